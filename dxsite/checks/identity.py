"""No id is given twice where it becomes an address, none named twice in a list."""

from collections.abc import Iterable

from dxsite.catalog import Catalog
from dxsite.diagnostics import Report
from dxsite.positions import Text

_RENAME = "どちらかを別の名前に変えてください。"
_REMOVE = "どちらか一方を消してください。"


def check(catalog: Catalog, report: Report) -> None:
    """Themes, plans, terms of one plan, KPIs of one measure, chapters and structure codes."""
    _unique((theme.id for theme in catalog.themes), "テーマの ID", report)
    for plan in catalog.every_plan:
        _unique((term.id for term in plan.terms), "用語の ID", report)
        _unique((chapter.id for chapter in plan.file.chapters), "章の ID", report)
        _unique((node.code for node in plan.file.structure), "体系の記号", report)
        for measure in plan.measures:
            _unique((kpi.id for kpi in measure.kpis), "指標の ID", report)
            _unique(measure.parents, "体系の記号", report, _REMOVE)
            _unique(measure.themes, "テーマ", report, _REMOVE)
            _unique(measure.terms, "用語", report, _REMOVE)
            _unique(measure.related, "関連する施策", report, _REMOVE)


def check_codes(codes: Iterable[Text], report: Report) -> None:
    """No two plans are of one municipality."""
    hint = "写した plan.yaml なら、その自治体の団体コードに書き替えてください。"
    _unique(codes, "団体コード", report, hint)


def _unique(ids: Iterable[Text], what: str, report: Report, hint: str = _RENAME) -> None:
    seen: dict[str, Text] = {}
    for id_ in filter(None, ids):  # one that could not be read is none
        first = seen.setdefault(id_, id_).place
        if first is id_.place:
            continue
        where = "" if first.path == id_.place.path else f" {first.path} の"
        report.error(
            id_.place,
            "repeated-id",
            f"{what}「{id_}」が二度使われています（はじめは{where}{first.line}行目）。",
            hint,
        )
