"""A target lies on the side of the baseline to which its KPI is to go."""

from dxsite.catalog import Catalog
from dxsite.diagnostics import Report
from dxsite.figures import Figure
from dxsite.model import Kpi

_SENSE = {"up": ("増やす", "少ない"), "down": ("減らす", "多い")}


def check(catalog: Catalog, report: Report) -> None:
    """The last target of a KPI that is to rise is no lower than the baseline, and the reverse."""
    for plan in catalog.every_plan:
        for measure in plan.measures:
            for kpi in measure.kpis:
                _check_kpi(kpi, report)


def _check_kpi(kpi: Kpi, report: Report) -> None:
    if kpi.baseline is None or kpi.last_target is None or kpi.direction not in _SENSE:
        return
    baseline, target = kpi.baseline.figure, kpi.last_target[1]
    if not _is_level(baseline) or not _is_level(target):
        return
    assert baseline.number is not None and target.number is not None  # noqa: PT018 - they are levels
    rises = target.number > baseline.number
    if target.number == baseline.number or rises == (kpi.direction == "up"):
        return
    word, sense = _SENSE[kpi.direction]
    report.warning(
        target.place,
        "target-against-direction",
        f"向きは「{word}」ですが、目標（{target.text(kpi.unit)}）が"
        f"現状（{baseline.text(kpi.unit)}）より{sense}です。",
        "数や「向き」の打ち間違いなら直し、計画の印刷どおりなら「確認済み」に"
        "「注意: 向きと逆の目標」と「理由」を書いてください。",
    )


def _is_level(figure: Figure) -> bool:
    """Whether a figure says how much there is, not by how much it changes or of what it is."""
    return (
        figure.number is not None
        and not figure.before
        and figure.of is None
        and figure.after in ("", "以上", "以下", "以内", "未満", "程度", "超")
    )
