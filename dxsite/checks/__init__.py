"""Rules between records, one a module; each is a function of catalogue and report."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import partial

from dxsite.catalog import Catalog, Plan
from dxsite.checks import (
    acknowledgements,
    addresses,
    codes,
    counts,
    days,
    directions,
    editor,
    figures,
    footnotes,
    headings,
    identity,
    lists,
    oddities,
    ordering,
    prose,
    references,
    revisions,
    structure,
    tables,
    terms,
    totals,
    years,
)
from dxsite.checks.addresses import check_gone, check_whole, of_catalog
from dxsite.checks.identity import check_codes
from dxsite.diagnostics import Finding, Report
from dxsite.memory import Memory

__all__ = ["check_catalog", "check_codes", "check_everything", "check_gone", "check_whole"]

Rule = Callable[[Catalog, Report], None]

RULES: tuple[Rule, ...] = (
    identity.check,
    codes.check,
    structure.check,
    headings.check,
    references.check,
    addresses.check,
    terms.check,
    figures.check,
    footnotes.check,
    tables.check,
    totals.check,
    years.check,
    counts.check,
    lists.check,
    ordering.check,
    days.check,
    directions.check,
    prose.check,
    oddities.check,
    acknowledgements.check,
    editor.check,
    revisions.check,
)
OF_REVISIONS = (
    identity.check,
    structure.check,
    headings.check,
    figures.check,
    tables.check,
    ordering.check,
    days.check,
)
"""What earlier revisions are held against too: what a comparison rests on."""


def check_catalog(
    catalog: Catalog, report: Report, today: date | None = None, memory: Memory | None = None
) -> None:
    """Hold the catalogue against every rule; without `today` no day is too late.

    Of one plan, a rule sees that plan, what all plans share, and which measures others have.
    """
    memory = memory or Memory()
    check_codes((plan.file.code for plan in catalog.every_plan), report)
    ids = {plan.slug: frozenset(map(str, plan.measure_ids)) for plan in catalog.every_plan}
    shared = replace(catalog, plans=(), torn=(), elsewhere={**catalog.elsewhere, **ids})
    shared = memory.recall("check", shared, lambda: shared)  # compared once, not for every plan
    _hold(shared, RULES, report)
    for plan in catalog.every_plan:
        went_in = plan, shared, today
        told = memory.recall(f"check {plan.slug}", went_in, partial(_of_plan, *went_in))
        for finding in told:
            report.add(finding)


def _of_plan(plan: Plan, shared: Catalog, today: date | None) -> tuple[Finding, ...]:
    """What is wrong with a plan, and with its earlier revisions."""
    report = Report()
    whole = plan.file.is_whole
    alone = replace(shared, plans=(plan,) if whole else (), torn=() if whole else (plan,))
    if today is not None:
        days.check_future(alone, today, report)
    _hold(alone, RULES, report)
    for revision in plan.revisions:
        _hold(replace(shared, plans=(revision,)), OF_REVISIONS, report)
    return report.findings


def _hold(catalog: Catalog, rules: Iterable[Rule], report: Report) -> None:
    for rule in rules:
        rule(catalog, report)


def check_everything(catalog: Catalog, report: Report) -> None:
    """Hold a catalogue of all plans against the rules that need every one of them."""
    ids = of_catalog(catalog)
    pages = (page.id for page in catalog.pages)
    check_whole(catalog.addresses, ids, pages, report)
    check_gone(catalog.addresses, catalog.gone, ids["plan"] or (), report)
