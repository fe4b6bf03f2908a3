"""What is new, as feeds: measures edited last, what revisions changed; of the site, plans, themes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest

from dxsite import urls
from dxsite.addresses import first_name
from dxsite.assets import Artifact
from dxsite.catalog import Plan
from dxsite.exports.former import first_of
from dxsite.exports.syndication import Feed, News, artifacts
from dxsite.history import Item, Step, steps_of
from dxsite.memory import Memory
from dxsite.model import Theme
from dxsite.site import words
from dxsite.site.pages import Frame

_ENTRIES = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """What feeds tell of: a measure as it is, or what a revision changed; its texts are plain."""

    updated: str
    """ISO day."""
    slug: str
    order: int
    id: str
    url: str
    title: str
    text: str
    themes: tuple[str, ...]
    departments: tuple[str, ...] = ()
    is_change: bool = False

    @property
    def news(self) -> News:
        """The same as a feed shows it."""
        return News(f"urn:dxsite:{self.id}", self.url, self.title, self.text, self.updated)


def entries_of(plan: Plan) -> Iterator[Entry]:
    """Every measure of a plan, and what its revisions changed."""
    for measure in plan.measures:
        yield Entry(
            str(measure.updated),
            plan.slug,
            measure.order,
            f"{first_of(plan)}:{first_name(measure.id, plan.addresses)}",
            urls.measure(plan.slug, measure.id),
            f"{plan.file.municipality}「{measure.title}」",
            "".join(measure.summary.split("\n")),
            tuple(map(str, measure.themes)),
        )
    for step in steps_of(plan):
        yield from _changes(step, plan)


def _changes(step: Step, plan: Plan) -> Iterator[Entry]:
    """An entry for each measure that a step changed, one for the plan, one for its terms."""
    records: dict[tuple[str, str], list[Item]] = {}
    for item in step.items:
        records.setdefault((item.record, item.id if item.record == "measure" else ""), []).append(
            item
        )
    for order, ((record, id_), items) in enumerate(records.items()):
        first = items[0]
        own = f":{first_name(id_, plan.addresses)}" if id_ else ""
        titles = {"plan": "計画全体", "term": "用語集", "measure": f"「{first.lead}」"}
        yield Entry(
            max(item.updated for item in items),
            step.slug,
            order,
            f"change:{first_of(plan)}:{step.name}:{record}{own}",
            first.url if record == "measure" and first.url else step.url,
            f"{plan.file.municipality}{titles[record]}の変更（{words.month(step.ends)}の改定）",
            "".join(item.sentence for item in items),
            tuple(dict.fromkeys(theme for item in items for theme in item.themes)),
            tuple(dict.fromkeys(name for item in items for name in item.departments)),
            is_change=True,
        )


def newest(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """As many as a feed holds."""
    latest = nlargest(_ENTRIES, entries, key=lambda e: (e.updated, e.slug, -e.order, e.id))
    return tuple(latest)


def worth_keeping(entries: Iterable[Entry], themes: Sequence[Theme]) -> tuple[Entry, ...]:
    """Those that stand in some feed of the whole catalogue; others need not be remembered."""
    known = tuple(entries)
    kept: set[Entry] = set()
    for own in _by_kind(known):
        kept.update(newest(own))
        for theme in themes:
            kept.update(newest(entry for entry in own if theme.id in entry.themes))
    return tuple(entry for entry in known if entry in kept)


def _by_kind(entries: Sequence[Entry]) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Measures, changes."""
    return (
        tuple(entry for entry in entries if not entry.is_change),
        tuple(entry for entry in entries if entry.is_change),
    )


def of_plan(plan: Plan, frame: Frame, memory: Memory) -> Iterator[Artifact]:
    """The feeds of a plan: its measures, its changes, those of each of its departments."""
    measures, changes = _by_kind(tuple(entries_of(plan)))
    town, slug = plan.file.municipality, plan.slug
    page = urls.plan_changes(slug)
    feeds = [
        _feed(
            urls.plan_feed(slug),
            f"plan:{first_of(plan)}",
            f"{town}の計画 更新情報",
            urls.plan(slug),
            measures,
        ),
        _feed(
            urls.feed_of_changes(page),
            f"changes:plan:{first_of(plan)}",
            f"{town}の計画の変更",
            page,
            changes,
        ),
    ]
    # A plan of which no earlier revision is kept has nothing to tell of a department.
    names = {str(n) for m in plan.measures for n in m.departments} if plan.revisions else set()
    for name in sorted(names):
        url = urls.department_changes(slug, name)
        own = tuple(entry for entry in changes if name in entry.departments)
        id_ = url.rpartition("/")[2].removesuffix(".xml")
        feeds.append(
            _feed(
                url, f"changes:plan:{first_of(plan)}:{id_}", f"{town} {name}の施策の変更", page, own
            )
        )
    for feed in feeds:
        yield from artifacts(feed, frame, memory)


def of_whole(
    entries: Sequence[Entry], themes: Sequence[Theme], frame: Frame, memory: Memory
) -> Iterator[Artifact]:
    """The feeds of the site, then those of each theme."""
    measures, changes = _by_kind(entries)
    title = f"{frame.title} 更新情報"
    feeds = [Feed(urls.FEED, "urn:dxsite:feed", title, urls.HOME, _news(measures))]
    title = f"{frame.title} 計画の変更"
    feeds.append(_feed(urls.CHANGES_FEED, "changes", title, urls.CHANGES, changes))
    for theme in themes:
        page = urls.theme(theme.id)
        one, other = (
            tuple(entry for entry in own if theme.id in entry.themes) for own in (measures, changes)
        )
        title = f"テーマ「{theme.title}」"
        feeds.append(
            _feed(urls.theme_feed(theme.id), f"theme:{theme.id}", f"{title} 更新情報", page, one)
        )
        url = urls.feed_of_changes(page)
        feeds.append(_feed(url, f"changes:theme:{theme.id}", f"{title}の施策の変更", page, other))
    for feed in feeds:
        yield from artifacts(feed, frame, memory)


def _feed(url: str, id_: str, title: str, page: str, entries: Iterable[Entry]) -> Feed:
    return Feed(url, f"urn:dxsite:feed:{id_}", title, page, _news(entries))


def _news(entries: Iterable[Entry]) -> tuple[News, ...]:
    return tuple(entry.news for entry in newest(entries))
