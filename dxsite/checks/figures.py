"""A figure fits its KPI."""

import re
import unicodedata
from collections.abc import Set

from dxsite.catalog import Catalog
from dxsite.diagnostics import Report
from dxsite.figures import Figure
from dxsite.model import Kpi


def check(catalog: Catalog, report: Report) -> None:
    """Units stand once, in 単位; a KPI has a name and a figure, or says that both will come."""
    units = {*_COUNTERS}
    for plan in catalog.every_plan:
        for measure in plan.measures:
            units |= {_folded(kpi.unit) for kpi in measure.kpis if kpi.unit}
    for plan in catalog.every_plan:
        for measure in plan.measures:
            for kpi in measure.kpis:
                _check_kpi(kpi, units, report)


def _check_kpi(kpi: Kpi, units: Set[str], report: Report) -> None:
    if not kpi.pending and not kpi.label and "label" not in kpi.lost:
        report.error(
            kpi.place,
            "missing-key",
            "指標に「名称」がありません。",
            "指標の名前を書くか、計画がまだ定めていないなら「未設定: はい」と書いてください。",
        )
    unknown = {"targets", "baseline"} & kpi.lost
    if not kpi.pending and not kpi.targets and not kpi.baseline and not unknown:
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
        _check_unit(figure, kpi.unit, units, report)


def _check_unit(figure: Figure, unit: str | None, units: Set[str], report: Report) -> None:
    """`1,500件` beside 単位: 件 would silently become words without a number."""
    if figure.explicit or figure.number is not None or figure.words is None:
        return
    plain = unicodedata.normalize("NFKC", figure.words)
    match = re.match(r"\D{0,4}?(\d[\d,.]*)\s*(\S{1,6})$", plain)
    if not match:
        return
    written, wanted = match[2], unicodedata.normalize("NFKC", unit or "")
    same = wanted.startswith(written) or written.startswith(wanted or "\0") or not unit
    if not same and _folded(written) not in units:
        return
    report.error(
        figure.place,
        "number-with-unit",
        f"「{figure.words}」の数に単位「{written}」が付いています。",
        f"数は「{match[1]}」だけにし、単位は「単位: {written}」に書いてください。"
        if same
        else f"単位が「単位: {unit}」でよければ数は「{match[1]}」だけにし、"
        "違うなら「表記」と「数」に分けて書いてください。",
    )


def _folded(unit: str) -> str:
    """A unit with か所, 箇所, ヵ所, ヶ所 made alike, and the words that may follow it cut off."""
    plain = re.sub("[箇個ヵヶカケ](?=[所月国年])", "か", unicodedata.normalize("NFKC", unit))
    return re.sub("(?:以上|以下|以内|未満|程度|超)$", "", plain)


_COUNTERS = frozenset(
    ["件", "人", "名", "回", "台", "枚", "か所", "種類", "手続", "手続き", "団体", "世帯", "%"]
)
"""Units that no plan has to use before they are known."""
