"""Years lie where a plan can have meant them."""

from collections.abc import Iterator

from dxsite.catalog import Catalog, Plan
from dxsite.diagnostics import Report
from dxsite.fiscal import FiscalYear
from dxsite.model import Measure
from dxsite.positions import Place

NEAR = 10  # years; plans print what came before and what will follow, but not decades of it


def check(catalog: Catalog, report: Report) -> None:
    """Every year of a measure lies within ten years of its plan's period."""
    for plan in catalog.every_plan:
        if not plan.file.is_whole and not plan.file.period:
            continue
        if plan.file.period.first is None or plan.file.period.last is None:
            report.error(
                plan.file.at("period"),
                "bad-period",
                "計画の期間の始まりか終わりが分かりません。",
                "「期間: R5-R9」のように、始まりと終わりの年度を書いてください。",
            )
            continue
        for measure in plan.measures:
            _check_measure(measure, plan, report)


def _check_measure(measure: Measure, plan: Plan, report: Report) -> None:
    reported = [key for kpi in measure.kpis for key, _ in kpi.actuals]
    years = [
        *promised_years(measure),
        *((key.year, key.place) for key in reported if key.year is not None),
    ]
    first, last = plan.file.period.first, plan.file.period.last
    assert first is not None and last is not None  # noqa: PT018 - `check` has seen to it
    for year, place in years:
        if not first - NEAR <= year <= last + NEAR:
            report.error(
                place,
                "far-year",
                f"{year.short}（{year.west}）は、計画の期間（{first.short}～{last.short}）から離れすぎています。",
                "数字を打ち間違えていないか確かめてください。",
            )


def promised_years(measure: Measure) -> Iterator[tuple[FiscalYear, Place]]:
    """The years of schedule, targets and costs, each with its place."""
    for entry in measure.schedule:
        ends = (entry.span.first, entry.span.last)
        yield from ((year, entry.at("span")) for year in ends if year is not None)
    keys = [key for kpi in measure.kpis for key, _ in kpi.targets]
    keys += [key for key, _ in measure.costs]
    yield from ((key.year, key.place) for key in keys if key.year is not None)
