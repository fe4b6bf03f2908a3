"""A figure fits its KPI."""

import re
import unicodedata

from dxsite.catalog import Catalog
from dxsite.diagnostics import Report
from dxsite.figures import Figure
from dxsite.model import Kpi


def check(catalog: Catalog, report: Report) -> None:
    """Units stand once, in 単位; a KPI has a name and a figure, or says that both will come."""
    for plan in catalog.plans:
        for measure in plan.measures:
            for kpi in measure.kpis:
                _check_kpi(kpi, report)


def _check_kpi(kpi: Kpi, report: Report) -> None:
    if not kpi.pending and not kpi.label:
        report.error(
            kpi.place,
            "missing-key",
            "指標に「名称」がありません。",
            "指標の名前を書くか、計画がまだ定めていないなら「未設定: はい」と書いてください。",
        )
    if not kpi.pending and not kpi.targets and not kpi.baseline:
        report.warning(
            kpi.place,
            "kpi-without-figures",
            f"指標「{kpi.label or kpi.id}」に「目標」も「現状」もありません。",
            "計画に値があれば「目標:」に書き、まだ決まっていないなら「未設定: はい」と書いてください。",
        )
    figures = [figure for _, figure in (*kpi.targets, *kpi.actuals)]
    if kpi.baseline:
        figures.append(kpi.baseline.figure)
    for figure in figures:
        _check_unit(figure, kpi.unit, report)


def _check_unit(figure: Figure, unit: str | None, report: Report) -> None:
    """`1,500件` beside 単位: 件 would silently become words without a number."""
    if figure.explicit or figure.number is not None or figure.words is None:
        return
    plain = unicodedata.normalize("NFKC", figure.words)
    match = re.match(r"\D{0,4}?(\d[\d,.]*)\s*(\S{1,6})$", plain)
    wanted = unicodedata.normalize("NFKC", unit or "")
    if match and (wanted.startswith(match[2]) or match[2].startswith(wanted or "\0") or not unit):
        report.error(
            figure.place,
            "number-with-unit",
            f"「{figure.words}」の数に単位「{match[2]}」が付いています。",
            f"数は「{match[1]}」だけにし、単位は「単位: {match[2]}」に書いてください。",
        )
