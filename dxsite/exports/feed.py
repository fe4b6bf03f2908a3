"""The measures that changed last, as Atom and JSON Feed: of the site, each plan, each theme."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from heapq import nlargest
from xml.etree import ElementTree as ET

from dxsite import urls
from dxsite.assets import Artifact
from dxsite.catalog import Plan
from dxsite.memory import Memory
from dxsite.model import Theme
from dxsite.site.pages import Frame

_ATOM = "http://www.w3.org/2005/Atom"
_ENTRIES = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """A measure as feeds tell of it; its texts are plain."""

    updated: str
    """ISO day."""
    slug: str
    order: int
    id: str
    municipality: str
    title: str
    summary: str
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Feed:
    """One feed; `id` does not depend on where the site is published."""

    url: str
    id: str
    title: str
    page: str
    """The page whose measures it tells of."""
    entries: tuple[Entry, ...]
    """The newest first."""


def entries_of(plan: Plan) -> Iterator[Entry]:
    """Every measure of a plan."""
    for measure in plan.measures:
        yield Entry(
            str(measure.updated),
            plan.slug,
            measure.order,
            str(measure.id),
            str(plan.file.municipality),
            str(measure.title),
            "".join(measure.summary.split("\n")),
            tuple(map(str, measure.themes)),
        )


def newest(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """As many as a feed holds."""
    latest = nlargest(_ENTRIES, entries, key=lambda e: (e.updated, e.slug, -e.order, e.id))
    return tuple(latest)


def worth_keeping(entries: Iterable[Entry], themes: Sequence[Theme]) -> tuple[Entry, ...]:
    """Those that stand in some feed of the whole catalogue; others need not be remembered."""
    known = tuple(entries)
    kept = set(newest(known))
    for theme in themes:
        kept.update(newest(entry for entry in known if theme.id in entry.themes))
    return tuple(entry for entry in known if entry in kept)


def of_plan(plan: Plan, frame: Frame, memory: Memory) -> Iterator[Artifact]:
    """The feed of a plan."""
    feed = _Feed(
        urls.plan_feed(plan.slug),
        f"urn:dxsite:feed:plan:{plan.slug}",
        f"{plan.file.municipality}の計画 更新情報",
        urls.plan(plan.slug),
        newest(entries_of(plan)),
    )
    yield from _artifacts(feed, frame, memory)


def of_whole(
    entries: Sequence[Entry], themes: Sequence[Theme], frame: Frame, memory: Memory
) -> Iterator[Artifact]:
    """The feed of the site, then one a theme."""
    title = f"{frame.title} 更新情報"
    site = _Feed(urls.FEED, "urn:dxsite:feed", title, urls.HOME, newest(entries))
    yield from _artifacts(site, frame, memory)
    for theme in themes:
        feed = _Feed(
            urls.theme_feed(theme.id),
            f"urn:dxsite:feed:theme:{theme.id}",
            f"テーマ「{theme.title}」 更新情報",
            urls.theme(theme.id),
            newest(entry for entry in entries if theme.id in entry.themes),
        )
        yield from _artifacts(feed, frame, memory)


def _artifacts(feed: _Feed, frame: Frame, memory: Memory) -> Iterator[Artifact]:
    """Both forms, at addresses that differ in their ending."""
    for url, form in ((feed.url, _atom), (urls.json_of_feed(feed.url), _json)):
        make = partial(memory.recall, f"feed {url}", (feed, frame), partial(form, feed, frame))
        yield Artifact(urls.file_of(url), make)


def _json(feed: _Feed, frame: Frame) -> bytes:
    """JSON Feed 1.1; ids are those of the Atom feed."""
    base = frame.base_url
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": f"{base}{feed.page}",
        "feed_url": f"{base}{urls.json_of_feed(feed.url)}",
        "language": "ja",
        "authors": [{"name": frame.operator or frame.title}],
        "items": [
            {
                "id": f"urn:dxsite:{entry.slug}:{entry.id}",
                "url": base + urls.measure(entry.slug, entry.id),
                "title": f"{entry.municipality}「{entry.title}」",
                "content_text": entry.summary,
                "date_modified": _instant(entry.updated),
            }
            for entry in feed.entries
        ],
    }
    return f"{json.dumps(told, ensure_ascii=False, indent=1)}\n".encode()


def _atom(feed: _Feed, frame: Frame) -> bytes:
    ET.register_namespace("", _ATOM)
    base = frame.base_url
    entries = feed.entries
    root = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "ja"})
    _child(root, "title", feed.title)
    _child(root, "id", feed.id)
    newest = max((entry.updated for entry in entries), default=frame.built)
    _child(root, "updated", _instant(newest))
    _link(root, f"{base}{feed.url}", "self")
    _link(root, f"{base}{feed.page}", "alternate")
    author = ET.SubElement(root, f"{{{_ATOM}}}author")
    _child(author, "name", frame.operator or frame.title)
    for entry in entries:
        told = ET.SubElement(root, f"{{{_ATOM}}}entry")
        _child(told, "title", f"{entry.municipality}「{entry.title}」")
        _child(told, "id", f"urn:dxsite:{entry.slug}:{entry.id}")
        _child(told, "updated", _instant(entry.updated))
        _link(told, base + urls.measure(entry.slug, entry.id), "alternate")
        _child(told, "summary", entry.summary)
    ET.indent(root, " ")
    data: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def _child(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}{name}").text = text


def _link(parent: ET.Element, url: str, rel: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}link", {"rel": rel, "href": url})


def _instant(day: str) -> str:
    """The beginning of a Japanese day; the content knows days only."""
    return f"{day}T00:00:00+09:00"
