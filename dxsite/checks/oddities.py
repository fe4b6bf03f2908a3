"""What a plan rarely means: told as a warning, kept as printed, acknowledged with a reason."""

from dxsite.catalog import Catalog, Plan
from dxsite.checks.years import NEAR, promised_years
from dxsite.diagnostics import Report
from dxsite.fiscal import FiscalYear, normal
from dxsite.model import Kpi, Measure
from dxsite.shapes import Torn

_HINT = (
    "打ち間違いなら直し、計画の印刷どおりなら「確認済み」に「注意: {oddity}」と"
    "「理由」を書いてください。"
)


def check(catalog: Catalog, report: Report) -> None:
    """Years outside the period, targets that disagree, targets before any work."""
    for plan in catalog.every_plan:
        labels = _targets_by_label(plan)
        for measure in plan.measures:
            _check_period(measure, plan, report)
            _check_start(measure, report)
            _check_kgi(measure, report)
            for kpi in measure.kpis:
                _check_label(kpi, labels, report)


def _check_period(measure: Measure, plan: Plan, report: Report) -> None:
    if not plan.file.is_whole and not plan.file.period:
        return
    first, last = plan.file.period.first, plan.file.period.last
    if first is None or last is None:
        return
    for year, place in promised_years(measure):
        far = not first - NEAR <= year <= last + NEAR  # told already, as an error
        if not far and not first <= year <= last:
            report.warning(
                place,
                "outside-period",
                f"{year.short}は、計画の期間（{first.short}～{last.short}）の外です。",
                _HINT.format(oddity="期間外の年度"),
            )


def _check_start(measure: Measure, report: Report) -> None:
    if "schedule" in measure.lost or isinstance(measure.schedule, Torn):
        return
    starts = [entry.span.first for entry in measure.schedule]
    known = [year for year in starts if year is not None]
    if not known or len(known) < len(starts):
        return  # something lasts the whole period, or its year is lost
    for kpi in measure.kpis:
        for key, figure in kpi.targets:
            if key.year is not None and not figure.is_dash and key.year < min(known):
                report.warning(
                    key.place,
                    "target-before-schedule",
                    f"目標の{key.year.short}は、工程が始まる{min(known).short}より前です。",
                    _HINT.format(oddity="工程より前の目標"),
                )


def _check_kgi(measure: Measure, report: Report) -> None:
    for kgi in measure.kpis:
        goal = next((figure for _, figure in kgi.targets if figure.number is not None), None)
        if kgi.kind != "KGI" or goal is None:
            continue
        for kpi in measure.kpis:
            numbered = [(k, f) for k, f in kpi.targets if f.number is not None and k.year]
            if kpi.kind == "KGI" or kpi.label != kgi.label or not numbered:
                continue
            key, figure = max(numbered, key=lambda target: target[0].year or FiscalYear(0))
            if figure.number != goal.number:
                report.warning(
                    key.place,
                    "kgi-differs",
                    f"KPIの最後の目標（{figure.text(kpi.unit)}）が、"
                    f"KGI（{goal.text(kgi.unit)}）と違います。",
                    _HINT.format(oddity="KGIとKPIの違い"),
                )


Goals = frozenset[tuple[FiscalYear | None, str]]


def _goals(kpi: Kpi) -> Goals:
    return frozenset((key.year, figure.text(kpi.unit)) for key, figure in kpi.targets)


def _targets_by_label(plan: Plan) -> dict[str, set[Goals]]:
    labels: dict[str, set[Goals]] = {}
    for measure in plan.measures:
        for kpi in measure.kpis:
            if kpi.label and kpi.kind != "KGI" and not kpi.same_as and kpi.targets:
                labels.setdefault(normal(kpi.label), set()).add(_goals(kpi))
    return labels


def _check_label(kpi: Kpi, labels: dict[str, set[Goals]], report: Report) -> None:
    if kpi.label and kpi.kind != "KGI" and len(labels.get(normal(kpi.label), ())) > 1:
        report.warning(
            kpi.place,
            "two-targets",
            f"指標「{kpi.label}」に、ほかの施策では違う目標が書かれています。",
            _HINT.format(oddity="同じ指標に違う目標"),
        )
