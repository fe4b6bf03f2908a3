"""Plans the pages of roadmaps: a plan's by policy, the same by theme, and that of all plans."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from dxsite import urls
from dxsite.catalog import Catalog, Plan
from dxsite.fiscal import FiscalYear, Span
from dxsite.model import Measure, Theme
from dxsite.site import density, lanes, timelines, years
from dxsite.site.areas import Area, Surroundings
from dxsite.site.density import Density, Subject
from dxsite.site.lanes import Bar, Lane, LaneGroup
from dxsite.site.measures import grouped_by_structure
from dxsite.site.pages import Later, Link, Page
from dxsite.site.timelines import AxisYear, Timeline
from dxsite.site.years import Year

Groups = Sequence[tuple[LaneGroup, Sequence[Measure]]]


@dataclass(frozen=True, slots=True)
class Roadmap:
    """The same entries twice: drawn on an axis, and as a list of years for narrow screens."""

    timeline: Timeline
    years: tuple[Year, ...]
    past: str | None
    """What is said where this year does not stand on the axis."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One way of grouping the measures."""

    link: Link
    is_current: bool


@dataclass(frozen=True, slots=True)
class RoadmapView:
    """All measures of a plan on one axis, and the roadmap that the plan itself prints."""

    plan: Link
    arrangements: tuple[Arrangement, ...]
    measures: Roadmap
    density: Density
    uncounted: str | None
    printed: Roadmap | None


@dataclass(frozen=True, slots=True)
class RoadmapsView:
    """All plans on one axis: their periods, and how many measures are at which phase."""

    axis: tuple[AxisYear, ...]
    periods: Timeline
    by_plan: Density
    by_theme: Density


def roadmap_pages(
    plan: Plan, surroundings: Surroundings, themes: Sequence[Theme], now: FiscalYear
) -> Iterator[Page]:
    """A plan's roadmap, grouped by policy, then by theme; made from that plan alone."""
    by_policy, by_theme = urls.roadmap(plan.slug), urls.roadmap_by_theme(plan.slug)
    town = plan.file.municipality
    own = Link(town, urls.plan(plan.slug))
    name = f"{town}の{plan.file.title.removeprefix(town)}"
    for url, title, text, grouped in (
        (
            by_policy,
            f"{town}の工程一覧",
            f"{name}の全施策の工程を、一つの年度の軸に並べた表です。",
            partial(_by_policy, plan),
        ),
        (
            by_theme,
            f"{town}の工程一覧（テーマごと）",
            f"{name}の全施策の工程を、テーマごとにまとめて、一つの年度の軸に並べた表です。",
            partial(_by_theme, plan, themes),
        ),
    ):
        ways = (("方針ごと", by_policy), ("テーマごと", by_theme))
        arrangements = tuple(Arrangement(Link(way, at), at == url) for way, at in ways)
        yield Page(
            url,
            "roadmap.html",
            title,
            text,
            (*surroundings.trail, own),
            Later(_view, plan, own, url, grouped, arrangements, now),
            section=own.url,
            plan=plan.slug,
            updated=plan.file.updated,
            origin=plan.file.place,
            branch=surroundings.branch,
            readings=surroundings.readings,
        )


def _by_policy(plan: Plan) -> Groups:
    return _groups(plan, grouped_by_structure(plan), "policy")


def _by_theme(plan: Plan, themes: Sequence[Theme]) -> Groups:
    subjects = [
        (theme.title, tuple(m for m in plan.measures if theme.id in m.themes)) for theme in themes
    ]
    return _groups(plan, [(title, found) for title, found in subjects if found], "theme")


def roadmaps_page(catalog: Catalog, area: Area, now: FiscalYear) -> Page:
    """The roadmap of all plans of an area; only counts cross the border of a plan."""
    return Page(
        area.branch.roadmap,
        "roadmaps.html",
        area.titled("全自治体の工程"),
        area.told(
            "すべての計画の期間と、どの年度にいくつの施策がどの段階にあるかを、一つの年度の軸で見られます。"
        ),
        (*area.trail, Link("テーマ", area.branch.themes)),
        Later(_whole_view, catalog, area, now),
        section=urls.THEMES,
    )


def _whole_view(catalog: Catalog, area: Area, now: FiscalYear) -> RoadmapsView:
    groups = [LaneGroup(None, None, tuple(_period_lane(plan) for plan in catalog.plans))]
    period = _whole([plan.file.period for plan in catalog.plans])
    periods = timelines.lay_out("計画の期間", groups, period, now)
    axis = [column.year for column in periods.axis]
    counts = [
        Subject(
            Link(plan.file.municipality, urls.roadmap(plan.slug)),
            density.counts_of(plan.measures, plan.file.period),
            density.uncounted(plan.measures),
            plan.file.period,
        )
        for plan in catalog.plans
    ]
    axis = sorted({*axis, *(year for subject in counts for year, _ in subject.counts)})
    themes = [_theme_subject(theme, catalog, area) for theme in catalog.themes]
    return RoadmapsView(
        tuple(AxisYear(year, year == now, in_period=True) for year in axis),
        periods,
        density.density_of("自治体ごとの、年度と段階ごとの施策の数", counts, axis, now),
        density.density_of(
            "テーマごとの、年度と段階ごとの施策の数",
            [subject for subject in themes if subject.counts],
            axis,
            now,
        ),
    )


def of_theme(
    plans: Sequence[tuple[Plan, Sequence[Measure]]], title: str, now: FiscalYear
) -> Roadmap | None:
    """The measures of several plans on one axis; None where there are none."""
    groups = [
        LaneGroup(
            plan.file.municipality,
            f"years-{plan.slug}",
            tuple(_lane(plan, measure, plan.file.period) for measure in measures),
        )
        for plan, measures in plans
        if measures
    ]
    if not groups:
        return None
    whole = _whole([plan.file.period for plan, measures in plans if measures])
    return _roadmap(f"「{title}」の施策の工程", groups, whole, now, owners=True)


def _view(
    plan: Plan,
    own: Link,
    url: str,
    grouped: Callable[[], Groups],
    arrangements: tuple[Arrangement, ...],
    now: FiscalYear,
) -> RoadmapView:
    file, groups = plan.file, grouped()
    drawn = _roadmap(f"{file.title}の工程一覧", [g for g, _ in groups], file.period, now)
    subjects = [
        Subject(
            Link(group.title or "", f"{url}#{group.anchor}"),
            density.counts_of(measures, file.period),
        )
        for group, measures in groups
    ]
    axis = [column.year for column in drawn.timeline.axis]
    printed = None
    if file.roadmap and arrangements[0].is_current:
        printed = _printed(plan, now)
    return RoadmapView(
        own,
        arrangements,
        drawn,
        density.density_of("年度と段階ごとの施策の数", subjects, axis, now),
        density.uncounted(plan.measures),
        printed,
    )


def _roadmap(
    caption: str,
    groups: Sequence[LaneGroup],
    period: Span,
    now: FiscalYear,
    *,
    owners: bool = False,
) -> Roadmap:
    timeline = timelines.lay_out(caption, groups, period, now)
    first, last = timeline.axis[0].year, timeline.axis[-1].year
    past = None
    if now > last:
        past = f"この表は{last.both}までです。今年度（{now.era}／{now.west}）は入っていません。"
    elif now < first:
        past = f"この表は{first.both}からです。今年度（{now.era}／{now.west}）は入っていません。"
    return Roadmap(timeline, years.by_year(groups, period, now, owners=owners), past)


def _printed(plan: Plan, now: FiscalYear) -> Roadmap:
    rows: dict[str | None, list[Bar]] = {}
    for row in plan.file.roadmap:
        rows.setdefault(row.row, []).append(Bar(row.span, row.text))
    laid = tuple(Lane(label, None, None, tuple(bars)) for label, bars in rows.items())
    caption = f"{plan.file.title}のロードマップ"
    return _roadmap(caption, [LaneGroup(None, None, laid)], plan.file.period, now)


def _groups(plan: Plan, groups: Iterable[tuple[str, Sequence[Measure]]], name: str) -> Groups:
    return [
        (LaneGroup(title, f"{name}-{number}", tuple(_lane(plan, m) for m in measures)), measures)
        for number, (title, measures) in enumerate(groups, 1)
    ]


def _lane(plan: Plan, measure: Measure, period: Span | None = None) -> Lane:
    link = Link(measure.title, urls.measure(plan.slug, measure.id))
    return lanes.of_measure(measure, link, period)


def _period_lane(plan: Plan) -> Lane:
    file = plan.file
    bar = Bar(file.period, file.title, "period")
    note = f"{len(plan.measures)}施策"
    return Lane(file.municipality, urls.roadmap(plan.slug), note, (bar,))


def _theme_subject(theme: Theme, catalog: Catalog, area: Area) -> Subject:
    found = [
        (plan, [measure for measure in plan.measures if theme.id in measure.themes])
        for plan in catalog.plans
    ]
    counts: density.Counts = density.Counts()
    for plan, measures in found:
        counts.update(density.counts_of(measures, plan.file.period))
    total = sum(len(measures) for _, measures in found)
    towns = sum(bool(measures) for _, measures in found)
    return Subject(
        Link(theme.title, area.branch.theme_years(theme.id)), counts, f"{towns}自治体、{total}施策"
    )


def _whole(periods: Sequence[Span]) -> Span:
    """From the first year of all periods to the last."""
    return Span(
        min((p.first for p in periods if p.first is not None), default=None),
        max((p.last for p in periods if p.last is not None), default=None),
    )
