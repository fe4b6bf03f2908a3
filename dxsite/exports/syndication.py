"""Writes a feed in both forms, Atom and JSON Feed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from xml.etree import ElementTree as ET

from dxsite import urls
from dxsite.assets import Artifact
from dxsite.memory import Memory
from dxsite.site.pages import Frame

_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class News:
    """One entry; its texts are plain, its `id` does not depend on where the site is published."""

    id: str
    url: str
    """From the root of the site."""
    title: str
    text: str
    updated: str
    """ISO day."""


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed; `id` does not depend on where the site is published."""

    url: str
    id: str
    title: str
    page: str
    """The page whose content it tells of."""
    entries: tuple[News, ...]
    """The newest first."""


def artifacts(feed: Feed, frame: Frame, memory: Memory) -> Iterator[Artifact]:
    """Both forms, at addresses that differ in their ending."""
    for url, form in ((feed.url, _atom), (urls.json_of_feed(feed.url), _json)):
        make = partial(memory.recall, f"feed {url}", (feed, frame), partial(form, feed, frame))
        yield Artifact(urls.file_of(url), make)


def _json(feed: Feed, frame: Frame) -> bytes:
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
                "id": entry.id,
                "url": base + entry.url,
                "title": entry.title,
                "content_text": entry.text,
                "date_modified": _instant(entry.updated),
            }
            for entry in feed.entries
        ],
    }
    return f"{json.dumps(told, ensure_ascii=False)}\n".encode()


def _atom(feed: Feed, frame: Frame) -> bytes:
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
        _child(told, "title", entry.title)
        _child(told, "id", entry.id)
        _child(told, "updated", _instant(entry.updated))
        _link(told, base + entry.url, "alternate")
        _child(told, "summary", entry.text)
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
