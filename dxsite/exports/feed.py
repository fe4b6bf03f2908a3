"""/feed.xml: the measures that changed last, as Atom."""

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from dxsite import urls
from dxsite.assets import Artifact
from dxsite.catalog import Catalog
from dxsite.site.pages import Frame

_ATOM = "http://www.w3.org/2005/Atom"
_ENTRIES = 50


def artifacts(catalog: Catalog, frame: Frame) -> Iterator[Artifact]:
    """One feed; ids do not depend on where the site is published."""
    ET.register_namespace("", _ATOM)
    base = frame.base_url
    changed = sorted(
        ((m.updated, plan, m) for plan in catalog.plans for m in plan.measures),
        key=lambda entry: (entry[0], entry[1].slug, -entry[2].order, entry[2].id),
        reverse=True,
    )[:_ENTRIES]
    feed = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "ja"})
    _child(feed, "title", f"{frame.title} 更新情報")
    _child(feed, "id", "urn:dxsite:feed")
    _child(feed, "updated", _instant(max((day for day, _, _ in changed), default=frame.built)))
    _link(feed, f"{base}{urls.FEED}", "self")
    _link(feed, f"{base}{urls.HOME}", "alternate")
    author = ET.SubElement(feed, f"{{{_ATOM}}}author")
    _child(author, "name", frame.operator or frame.title)
    for day, plan, measure in changed:
        entry = ET.SubElement(feed, f"{{{_ATOM}}}entry")
        url = base + urls.measure(plan.slug, measure.id)
        _child(entry, "title", f"{plan.file.municipality}「{measure.title}」")
        _child(entry, "id", f"urn:dxsite:{plan.slug}:{measure.id}")
        _child(entry, "updated", _instant(day))
        _link(entry, url, "alternate")
        _child(entry, "summary", "".join(measure.summary.split("\n")))
    ET.indent(feed, " ")
    data: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True) + b"\n"
    yield Artifact(urls.file_of(urls.FEED), data)


def _child(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}{name}").text = text


def _link(parent: ET.Element, url: str, rel: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}link", {"rel": rel, "href": url})


def _instant(day: str) -> str:
    """The beginning of a Japanese day; the content knows days only."""
    return f"{day}T00:00:00+09:00"
