"""Plans the page of all KPIs of an area."""

from collections.abc import Iterator
from dataclasses import dataclass

from dxsite import urls
from dxsite.catalog import Catalog, Plan
from dxsite.site import indicators
from dxsite.site.areas import Area
from dxsite.site.indicators import KpiView
from dxsite.site.overview import Overview, PlanRow
from dxsite.site.pages import Later, Page
from dxsite.site.standings import StandingsView, standings_of


@dataclass(frozen=True, slots=True)
class PlanKpis:
    """The KPIs of one plan."""

    plan: PlanRow
    kpis: tuple[KpiView, ...]
    standings: StandingsView | None
    """How many stand how; None where nobody reported anything."""


@dataclass(frozen=True, slots=True)
class KpisView:
    """Every KPI of every plan of an area."""

    plans: tuple[PlanKpis, ...]
    total: int
    has_standings: bool


def kpis_page(catalog: Catalog, area: Area, overview: Overview) -> Page:
    """The KPIs of an area's plans, plan by plan."""
    return Page(
        area.branch.kpis,
        "kpis.html",
        area.titled("数値目標の一覧"),
        area.told("すべての計画の評価指標（KPI）と目標値を、自治体ごとに並べた一覧です。"),
        area.trail,
        Later(_view, catalog, overview),
        section=urls.KPIS,
    )


def _view(catalog: Catalog, overview: Overview) -> KpisView:
    groups = tuple(
        _of_plan(plan, row) for plan, row in zip(catalog.plans, overview.plans, strict=True)
    )
    total = sum(len(group.kpis) for group in groups)
    return KpisView(groups, total, any(group.standings for group in groups))


def _of_plan(plan: Plan, row: PlanRow) -> PlanKpis:
    kpis = tuple(_kpis_of(plan))
    return PlanKpis(row, kpis, standings_of(kpi.standing for kpi in kpis))


def _kpis_of(plan: Plan) -> Iterator[KpiView]:
    for measure in plan.measures:
        yield from indicators.views_of(measure, plan)
