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


@dataclass(frozen=True, slots=True)
class PlanKpis:
    """The KPIs of one plan."""

    plan: PlanRow
    kpis: tuple[KpiView, ...]


@dataclass(frozen=True, slots=True)
class KpisView:
    """Every KPI of every plan of an area."""

    plans: tuple[PlanKpis, ...]
    total: int


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
        PlanKpis(row, tuple(_kpis_of(plan)))
        for plan, row in zip(catalog.plans, overview.plans, strict=True)
    )
    return KpisView(groups, sum(len(group.kpis) for group in groups))


def _kpis_of(plan: Plan) -> Iterator[KpiView]:
    for measure in plan.measures:
        yield from indicators.views_of(measure, plan)
