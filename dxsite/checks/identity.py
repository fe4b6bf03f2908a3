"""No id is given twice where it becomes an address."""

from collections.abc import Iterable

from dxsite.catalog import Catalog
from dxsite.diagnostics import Report
from dxsite.positions import Text


def check(catalog: Catalog, report: Report) -> None:
    """Themes, terms of one plan, KPIs of one measure, chapters and structure codes."""
    _unique((theme.id for theme in catalog.themes), "テーマの ID", report)
    for plan in catalog.plans:
        _unique((term.id for term in plan.terms), "用語の ID", report)
        _unique((chapter.id for chapter in plan.file.chapters), "章の ID", report)
        _unique((node.code for node in plan.file.structure), "体系の記号", report)
        for measure in plan.measures:
            _unique((kpi.id for kpi in measure.kpis), "指標の ID", report)


def _unique(ids: Iterable[Text], what: str, report: Report) -> None:
    seen: dict[str, Text] = {}
    for id_ in ids:
        first = seen.setdefault(id_, id_)
        if first is not id_:
            report.error(
                id_.place,
                "repeated-id",
                f"{what}「{id_}」が二度使われています（はじめは{first.place.line}行目）。",
                "どちらかを別の名前に変えてください。",
            )
