"""The costs of a plan by year and part, as it prints them, or as its measures add up."""

from collections.abc import Iterable
from dataclasses import dataclass

from dxsite import urls
from dxsite.catalog import Plan
from dxsite.charts.costs import Costs, Part, costs_chart
from dxsite.charts.drawing import Drawing
from dxsite.fiscal import FiscalYear
from dxsite.model import CostTotal
from dxsite.numerals import thousand_yen
from dxsite.site.measures import top_of
from dxsite.totals import is_everything, sum_of_measures


@dataclass(frozen=True, slots=True)
class TotalRow:
    """One cell of the plan's own totals; `added` is what its measures add up to."""

    group: str
    year: str
    amount: str
    general_fund: str | None
    added: str | None
    agrees: bool


@dataclass(frozen=True, slots=True)
class AddedRow:
    """What the measures of a part cost in a year, added up here; None where none is told."""

    part: str
    year: str
    amount: str | None


@dataclass(frozen=True, slots=True)
class FinancesView:
    """A chart and its table: the plan's own totals, or where it prints none, sums."""

    chart: Drawing | None
    chart_url: str
    totals: tuple[TotalRow, ...]
    added: tuple[AddedRow, ...]


def finances_of(plan: Plan) -> FinancesView | None:
    """None where the plan tells no costs."""
    return plan.once("finances", _finances_of)


def _finances_of(plan: Plan) -> FinancesView | None:
    url = urls.plan_chart(plan.slug, "costs")
    if plan.file.cost_totals:
        drawing = costs_chart(_printed(plan))
        return FinancesView(drawing, url, tuple(_row(t, plan) for t in plan.file.cost_totals), ())
    costs = _added(plan)
    if not costs.parts:
        return None
    rows = (
        AddedRow(part.title, year.both, thousand_yen(amount) if amount is not None else None)
        for part in costs.parts
        for year, amount in zip(costs.years, part.amounts, strict=True)
    )
    return FinancesView(costs_chart(costs), url, (), tuple(rows))


def _row(total: CostTotal, plan: Plan) -> TotalRow:
    general, added = total.general_fund, sum_of_measures(total, plan)
    return TotalRow(
        total.group,
        total.year.both if total.year is not None else "計",
        thousand_yen(total.thousand_yen),
        thousand_yen(general) if general is not None else None,
        thousand_yen(added) if added is not None else None,
        added in (None, total.thousand_yen),
    )


def _printed(plan: Plan) -> Costs:
    """The plan's totals by year; its grand total stands over the bars where it is their sum."""
    cells = {(str(t.group), t.year): t for t in plan.file.cost_totals if t.year is not None}
    years = _from_to(year for _, year in cells if year is not None)
    groups = [group for group in dict.fromkeys(g for g, _ in cells) if not is_everything(group)]
    whole = {t.year: t for t in cells.values() if is_everything(t.group)}
    if not groups:  # a plan that prints the grand total only
        groups = list(dict.fromkeys(group for group, _ in cells))
    titles = {str(node.code): node.title or node.code for node in plan.file.structure}
    parts = tuple(
        Part(
            group,
            titles.get(group, group),
            tuple(t.thousand_yen if (t := cells.get((group, y))) else None for y in years),
        )
        for group in groups
    )
    sums = _sums(parts, len(years))
    totals = (
        total if (cell := whole.get(y)) and cell.thousand_yen == total else None
        for y, total in zip(years, sums, strict=True)
    )
    funds = tuple(cell.general_fund if (cell := whole.get(y)) else None for y in years)
    return Costs(f"{plan.file.title}の年度ごとの費用", years, parts, tuple(totals), funds)


def _added(plan: Plan) -> Costs:
    """The measures' costs under the top nodes of the structure; a measure counts once."""
    amounts: dict[str, dict[FiscalYear, int]] = {}
    for measure in plan.measures:
        top = top_of(plan, measure.parents[0])
        for key, amount in measure.costs:
            if key.year is not None and amount.thousand_yen is not None:
                by_year = amounts.setdefault(top, {})
                by_year[key.year] = by_year.get(key.year, 0) + amount.thousand_yen
    years = _from_to(year for by_year in amounts.values() for year in by_year)
    titles = {str(node.code): node.title or node.code for node in plan.file.structure}
    parts = tuple(
        Part(code, titles[code], tuple(amounts[code].get(year) for year in years))
        for code in titles
        if code in amounts
    )
    none = (None,) * len(years)
    title = f"{plan.file.title}の施策に書かれた費用を年度ごとに足した額"
    return Costs(title, years, parts, _sums(parts, len(years)), none)


def _sums(parts: Iterable[Part], count: int) -> tuple[int | None, ...]:
    """The sum of each year; None where a part is not told."""
    columns = [[part.amounts[n] for part in parts] for n in range(count)]
    return tuple(
        sum(amount or 0 for amount in column) if None not in column else None for column in columns
    )


def _from_to(years: Iterable[FiscalYear]) -> tuple[FiscalYear, ...]:
    known = list(years)
    return tuple(map(FiscalYear, range(min(known), max(known) + 1))) if known else ()
