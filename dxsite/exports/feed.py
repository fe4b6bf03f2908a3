"""The measures that changed last, as Atom: of the whole site, of each plan, of each theme."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from xml.etree import ElementTree as ET

from dxsite import urls
from dxsite.assets import Artifact
from dxsite.catalog import Catalog, Plan
from dxsite.memory import Memory
from dxsite.model import Measure
from dxsite.site.pages import Frame

_ATOM = "http://www.w3.org/2005/Atom"
_ENTRIES = 50

Change = tuple[Plan, Measure]


@dataclass(frozen=True, slots=True)
class _Feed:
    """One feed; `id` does not depend on where the site is published."""

    url: str
    id: str
    title: str
    page: str
    """The page whose measures it tells of."""
    changes: Sequence[Change]
    """The newest first."""


def artifacts(catalog: Catalog, frame: Frame, memory: Memory) -> Iterator[Artifact]:
    """Every feed."""
    ET.register_namespace("", _ATOM)
    for feed in _feeds(catalog, frame):
        yield Artifact(urls.file_of(feed.url), partial(_remembered, feed, frame, memory))


def _feeds(catalog: Catalog, frame: Frame) -> Iterator[_Feed]:
    changes = sorted(
        ((plan, measure) for plan in catalog.plans for measure in plan.measures),
        key=lambda change: (change[1].updated, change[0].slug, -change[1].order, change[1].id),
        reverse=True,
    )
    yield _Feed(
        urls.FEED, "urn:dxsite:feed", f"{frame.title} 更新情報", urls.HOME, changes[:_ENTRIES]
    )
    for plan in catalog.plans:
        yield _Feed(
            urls.plan_feed(plan.slug),
            f"urn:dxsite:feed:plan:{plan.slug}",
            f"{plan.file.municipality}の計画 更新情報",
            urls.plan(plan.slug),
            [change for change in changes if change[0] is plan][:_ENTRIES],
        )
    for theme in catalog.themes:
        yield _Feed(
            urls.theme_feed(theme.id),
            f"urn:dxsite:feed:theme:{theme.id}",
            f"テーマ「{theme.title}」 更新情報",
            urls.theme(theme.id),
            [change for change in changes if theme.id in change[1].themes][:_ENTRIES],
        )


def _remembered(feed: _Feed, frame: Frame, memory: Memory) -> bytes:
    return memory.recall(f"feed {feed.url}", (feed, frame), partial(_atom, feed, frame))


def _atom(feed: _Feed, frame: Frame) -> bytes:
    base = frame.base_url
    changes = feed.changes
    root = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "ja"})
    _child(root, "title", feed.title)
    _child(root, "id", feed.id)
    newest = max((measure.updated for _, measure in changes), default=frame.built)
    _child(root, "updated", _instant(newest))
    _link(root, f"{base}{feed.url}", "self")
    _link(root, f"{base}{feed.page}", "alternate")
    author = ET.SubElement(root, f"{{{_ATOM}}}author")
    _child(author, "name", frame.operator or frame.title)
    for plan, measure in changes:
        entry = ET.SubElement(root, f"{{{_ATOM}}}entry")
        _child(entry, "title", f"{plan.file.municipality}「{measure.title}」")
        _child(entry, "id", f"urn:dxsite:{plan.slug}:{measure.id}")
        _child(entry, "updated", _instant(measure.updated))
        _link(entry, base + urls.measure(plan.slug, measure.id), "alternate")
        _child(entry, "summary", "".join(measure.summary.split("\n")))
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
