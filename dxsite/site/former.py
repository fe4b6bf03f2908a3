"""Plans what stands at addresses that were given up: the way on, or what was there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dxsite import urls
from dxsite.addresses import Former, formers, gone_of, last, ways_of
from dxsite.catalog import Plan
from dxsite.model import Addresses, Removed, Theme
from dxsite.site import words
from dxsite.site.areas import Area, Surroundings
from dxsite.site.gists import Gist
from dxsite.site.pages import Link, Page

_HOME = Link("ホーム", urls.HOME)


def pages_of_plan(slug: str) -> tuple[str, ...]:
    """Every page of a plan, those of its measures aside."""
    return (
        urls.plan(slug),
        urls.this_year(slug),
        urls.plan_kpis(slug),
        urls.plan_glossary(slug),
        urls.plan_booklet(slug),
        urls.plan_changes(slug),
        urls.roadmap(slug),
        urls.roadmap_by_theme(slug),
    )


@dataclass(frozen=True, slots=True)
class MovedView:
    """The page to which a former address leads."""

    to: Link


@dataclass(frozen=True, slots=True)
class GoneView:
    """What was published here, since when it is not, and where to go on."""

    what: str
    """施策, 計画, テーマ or 用語."""
    name: str
    since: str
    """ISO day."""
    since_words: str
    reason: str
    successors: tuple[Link, ...]
    ways: tuple[Link, ...]
    """What may help where there is no successor."""


def former_measures(plan: Plan, surroundings: Surroundings) -> Iterator[Page]:
    """A page at each address that a measure of a plan once had."""
    links = {m.id: Link(m.title, urls.measure(plan.slug, m.id)) for m in plan.measures}
    own = Link(plan.file.municipality, urls.plan(plan.slug))
    ways = (
        Link(plan.file.title, own.url),
        Link(f"{own.label}の工程一覧（すべての施策）", urls.roadmap(plan.slug)),
    )
    maker = _Maker(plan.addresses, "measure", links, (*surroundings.trail, own), ways)
    for former in formers(plan.addresses):
        for page in maker.pages(former, urls.measure(plan.slug, former.id)):
            yield Page(
                *page,
                section=own.url,
                plan=plan.slug,
                origin=plan.addresses.place,
                branch=surroundings.branch,
                readings=surroundings.readings,
                goes_to=maker.target(former),
            )


def former_plans(addresses: Addresses, gists: Sequence[Gist], home: str) -> Iterator[Page]:
    """A page at each address of plans that have another folder or none; `home` lists all plans."""
    by_slug = {gist.slug: gist for gist in gists}
    links = {gist.slug: gist.row.plan for gist in gists}
    maker = _Maker(addresses, "plan", links, (_HOME,), (Link("載せている計画の一覧", home),))
    for former in formers(addresses, "plan"):
        gist = by_slug.get(former.now)
        for url, to in _addresses_of(former, gist):
            for page in maker.pages(former, url, to):
                yield Page(*page, origin=addresses.place, goes_to=to.url if to else "")


def former_subjects(
    area: Area, addresses: Addresses, themes: Sequence[Theme], terms: Mapping[str, str]
) -> Iterator[Page]:
    """A page at each address that a theme or a term once had; `terms` are those that the area's
    plans explain. A term that they do not, others may."""
    branch, whole = area.branch, urls.WHOLE
    own_terms = {id_: Link(name, branch.term(id_)) for id_, name in terms.items()}
    new = {f.now for f in formers(addresses, "term") if not f.removed} - own_terms.keys()
    elsewhere = {id_: Link("用語の説明", whole.term(id_)) for id_ in new if not area.is_whole}
    for kind, links, address, way in (
        (
            "theme",
            {str(theme.id): Link(theme.title, branch.theme(theme.id)) for theme in themes},
            branch.theme,
            Link(area.titled("テーマ"), branch.themes),
        ),
        (
            "term",
            {**elsewhere, **own_terms},
            branch.term,
            Link(area.titled("用語集"), branch.glossary),
        ),
    ):
        maker = _Maker(addresses, kind, links, (*area.trail, way), (way,))
        for former in formers(addresses, kind):
            for page in maker.pages(former, address(former.id)):
                yield Page(
                    *page,
                    section=way.url,
                    origin=addresses.place,
                    branch=branch,
                    readings=area.readings,
                    goes_to=maker.target(former),
                )


_Head = tuple[str, str, str, str, tuple[Link, ...], object]
"""Address, template, title, description, crumbs, view."""
_WORDS = {"measure": "施策", "plan": "計画", "theme": "テーマ", "term": "用語"}


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes pages for one kind of id."""

    addresses: Addresses
    kind: str
    links: Mapping[str, Link]
    """Id of now → its page."""
    crumbs: tuple[Link, ...]
    ways: tuple[Link, ...]

    def target(self, former: Former) -> str:
        """Where a former id leads; empty where it leads nowhere."""
        return "" if former.removed else self.links[former.now].url

    def pages(self, former: Former, url: str, to: Link | None = None) -> Iterator[_Head]:
        """The page at a former address; none where the page of now is not published (yet)."""
        if former.removed:
            yield self._gone(former.removed, url)
        elif former.now in self.links:
            link = to or self.links[former.now]
            text = f"「{link.label}」のページのアドレスが変わりました。"
            yield url, "moved.html", link.label, text, self.crumbs, MovedView(link)

    def _gone(self, removed: Removed, url: str) -> _Head:
        what, day = _WORDS[self.kind], words.day(removed.since)
        heirs = tuple(dict.fromkeys(self._heirs(removed, frozenset())))
        view = GoneView(what, removed.title, removed.since, day, removed.reason, heirs, self.ways)
        text = f"{what}「{removed.title}」のページは、{day}になくなりました。"
        return (
            url,
            "gone.html",
            f"{removed.title}（なくなったページ）",
            text,
            self.crumbs,
            view,
        )

    def _heirs(self, removed: Removed, seen: frozenset[str]) -> Iterator[Link]:
        """The successors that there are; of one that is gone too, its own."""
        ways, gone = ways_of(self.addresses, self.kind), gone_of(self.addresses, self.kind)
        for name in removed.successors:
            end = last(name, ways)
            if end is None:
                continue  # told by `check`
            if end in self.links:
                yield self.links[end]
            elif end in gone and end not in seen:
                yield from self._heirs(gone[end], seen | {end})


def _addresses_of(former: Former, gist: Gist | None) -> Iterator[tuple[str, Link | None]]:
    """Every address that a plan had, with where it leads now."""
    old = former.id
    if former.removed or gist is None:
        for url in pages_of_plan(old):
            yield url, None
        for id_ in former.removed.measures if former.removed else ():
            yield urls.measure(old, id_), None
        return
    town = gist.row.plan.label
    pairs = zip(pages_of_plan(old), pages_of_plan(gist.slug), strict=True)
    for url, now in pairs:
        yield url, Link(gist.row.title if now == urls.plan(gist.slug) else f"{town}の計画", now)
    for measure in gist.measures:
        yield (
            urls.measure(old, measure.id),
            Link(measure.title, urls.measure(gist.slug, measure.id)),
        )
    titles = {measure.id: measure.title for measure in gist.measures}
    for former_id, end in gist.former:
        label = titles.get(end, "前にあった施策")
        yield urls.measure(old, former_id), Link(label, urls.measure(gist.slug, end))
