"""Targets of several plans on one scale, where that is honest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dxsite.catalog import Plan
from dxsite.charts.drawing import Drawing
from dxsite.charts.shares import share_band
from dxsite.model import Kpi, Measure
from dxsite.site import indicators
from dxsite.site.indicators import KpiView
from dxsite.site.shares import share_of


@dataclass(frozen=True, slots=True)
class ComparedKpi:
    """A KPI with its last target as a share, 0 to 100; None where it is no share of a whole."""

    kpi: KpiView
    share: float | None
    band: Drawing | None
    """The share drawn, where it is the only value and has no other chart."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The KPIs of a theme: those that share a scale, by share, then the others."""

    shares: tuple[ComparedKpi, ...]
    others: tuple[ComparedKpi, ...]


def comparison_of(plans: Sequence[tuple[Plan, Sequence[Measure]]]) -> Comparison | None:
    """The KPIs of the given measures; None where there are none."""
    compared = [entry for plan, measures in plans for entry in _compared(plan, measures)]
    if not compared:
        return None
    shares = [entry for entry in compared if entry.share is not None]
    return Comparison(
        tuple(sorted(shares, key=lambda entry: -(entry.share or 0))),
        tuple(entry for entry in compared if entry.share is None),
    )


def _compared(plan: Plan, measures: Sequence[Measure]) -> Iterator[ComparedKpi]:
    for measure in measures:
        views = indicators.views_of(measure, plan)
        for kpi, view in zip(measure.kpis, views, strict=True):
            if not (kpi.pending or kpi.same_as or _said_by_kpi(kpi, measure)):
                share = share_of(kpi)
                yield ComparedKpi(view, share, _band(view, share))


def _band(view: KpiView, share: float | None) -> Drawing | None:
    if share is None or not view.single or view.last_target is None:
        return None
    return share_band(f"{view.label}（{view.plan.label}）", view.last_target, share)


def _said_by_kpi(kgi: Kpi, measure: Measure) -> bool:
    """Whether a KGI only repeats what a KPI of the same name says year by year."""
    return kgi.kind == "KGI" and any(
        kpi.label == kgi.label and kpi.kind != "KGI" for kpi in measure.kpis
    )
