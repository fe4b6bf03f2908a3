"""Rules between records, one a module; each is a function of catalogue and report."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from dxsite.catalog import Catalog
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
from dxsite.diagnostics import Report

__all__ = ["check_catalog", "check_codes", "check_everything", "check_gone", "check_whole"]

RULES: tuple[Callable[[Catalog, Report], None], ...] = (
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


def check_catalog(catalog: Catalog, report: Report, today: date | None = None) -> None:
    """Hold the catalogue against every rule; without `today` no day is too late."""
    if today is not None:
        days.check_future(catalog, today, report)
    for rule in RULES:
        rule(catalog, report)
    for plan in catalog.every_plan:
        for revision in plan.revisions:
            alone = replace(catalog, plans=(revision,), torn=())
            for rule in OF_REVISIONS:
                rule(alone, report)


def check_everything(catalog: Catalog, report: Report) -> None:
    """Hold a catalogue of all plans against the rules that need every one of them."""
    ids = of_catalog(catalog)
    pages = (page.id for page in catalog.pages)
    check_whole(catalog.addresses, ids, pages, report)
    check_gone(catalog.addresses, catalog.gone, ids["plan"] or (), report)
