"""Rules between records, one a module; each is a function of catalogue and report."""

from collections.abc import Callable

from dxsite.catalog import Catalog
from dxsite.checks import (
    acknowledgements,
    codes,
    counts,
    figures,
    footnotes,
    headings,
    identity,
    oddities,
    references,
    structure,
    tables,
    terms,
    totals,
    years,
)
from dxsite.diagnostics import Report

RULES: tuple[Callable[[Catalog, Report], None], ...] = (
    identity.check,
    codes.check,
    structure.check,
    headings.check,
    references.check,
    terms.check,
    figures.check,
    footnotes.check,
    tables.check,
    totals.check,
    years.check,
    counts.check,
    oddities.check,
    acknowledgements.check,
)


def check_catalog(catalog: Catalog, report: Report) -> None:
    """Hold the catalogue against every rule."""
    for rule in RULES:
        rule(catalog, report)
