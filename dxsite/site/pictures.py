"""Plans the picture cards: title, town and key figure of what a shared link leads to."""

from collections.abc import Iterator, Sequence

from dxsite import urls
from dxsite.catalog import Plan
from dxsite.fiscal import Span
from dxsite.model import Measure, SiteSettings
from dxsite.site.gists import Gist
from dxsite.site.overview import measure_row
from dxsite.site.pages import Card

_NAMED = 6
"""So many towns fit beside each other on the site's own card."""
_ERA = len("令和")


def cards_of(plan: Plan, site: str) -> dict[str, Card]:
    """Page → its card: the plan, every measure; `site` is the name of the site."""
    cards = {urls.plan(plan.slug): _card_of_plan(plan, site)}
    for measure in plan.measures:
        cards[urls.measure(plan.slug, measure.id)] = _card_of_measure(measure, plan, site)
    return cards


def card_of_site(gists: Sequence[Gist], site: SiteSettings) -> Card:
    """The card of the home page, which all pages share that have none of their own."""
    figures = (
        ("計画", str(len(gists))),
        ("施策", str(sum(gist.row.measures for gist in gists))),
        ("数値目標", str(sum(gist.row.kpis for gist in gists))),
    )
    names = [gist.row.plan.label for gist in gists]
    towns = "・".join(names) if len(names) <= _NAMED else f"{len(names)}の自治体"
    return Card(urls.card(urls.HOME), str(site.title), towns, "", str(site.tagline), figures)


def _card_of_plan(plan: Plan, site: str) -> Card:
    file = plan.file
    kpis = sum(len(measure.kpis) for measure in plan.measures)
    figures = [("期間", _period(file.period)), ("施策", f"{len(plan.measures)}件")]
    if kpis:
        figures.append(("数値目標", f"{kpis}件"))
    version = f" {file.version}" if file.version else ""
    return Card(
        urls.card(urls.plan(plan.slug)),
        site,
        _town(plan),
        f"めざす姿：{file.vision}",
        file.title + version,
        tuple(figures),
    )


def _period(span: Span) -> str:
    """令和5～9年度"""
    if span.first is None or span.last is None:
        return span.label
    first, last = span.first.era, span.last.era
    same = first[:_ERA] == last[:_ERA]
    return f"{first.removesuffix('年度')}～{last[_ERA:] if same else last}"


def _card_of_measure(measure: Measure, plan: Plan, site: str) -> Card:
    return Card(
        urls.card(urls.measure(plan.slug, measure.id)),
        site,
        _town(plan),
        plan.file.title,
        str(measure.title),
        tuple(_figures(measure, plan)),
    )


def _figures(measure: Measure, plan: Plan) -> Iterator[tuple[str, str]]:
    """The key figure where the plan prints one, and when."""
    row = measure_row(measure, plan)
    for kpi in measure.kpis:
        if kpi.last_target and kpi.label:
            key, figure = kpi.last_target
            doubt = "" if key.certain else "、年度は不確か"
            year = f"（{key.year.era}{'末' if key.at_end else ''}{doubt}）" if key.year else ""
            yield f"目標｜{kpi.label}", figure.text(kpi.unit) + year
            break
    if row.when:
        yield "いつ", row.when
    elif row.departments:
        yield "担当", row.departments


def _town(plan: Plan) -> str:
    return f"{plan.file.prefecture} {plan.file.municipality}"
