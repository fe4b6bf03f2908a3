"""What programs read of a site that strangers wrote on, read by parsers that are not ours."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from bibtexparser.entrypoint import parse_string
from icalendar import Calendar
from lxml import etree, html
from openpyxl import load_workbook

from tests.hostile.content import Content

Files = Mapping[str, bytes]

FORMULA = re.compile(r"[=+\-@\t\r]|[＝＋－＠].", re.DOTALL)
SVG = {"script", "foreignObject", "a", "image", "use", "style", "animate", "set", "iframe"}
"""What no chart has."""
IDEOGRAPHIC = " 　\t"


def wrong_in(files: Files) -> tuple[dict[str, int], list[str]]:
    """How many files of each format were read, and what is wrong with them."""
    counts: dict[str, int] = {}
    wrong: list[str] = []
    for name, data in files.items():
        kind = name.rpartition(".")[2]
        if kind not in READERS:
            continue
        counts[kind] = counts.get(kind, 0) + 1
        try:
            wrong += [f"{name}: {text}" for text in READERS[kind](data)]
        except (ValueError, etree.XMLSyntaxError, csv.Error) as error:
            wrong.append(f"{name}: {error}")
    return counts, wrong


def _json(data: bytes) -> Iterator[str]:
    json.loads(data, parse_constant=_refuse)
    yield from ()


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _xml(data: bytes) -> Iterator[str]:
    tree = etree.fromstring(data)
    if tree.getroottree().docinfo.internalDTD is not None:
        yield "a document type"


def _svg(data: bytes) -> Iterator[str]:
    for element in etree.fromstring(data).iter("*"):
        name = etree.QName(element).localname
        if name in SVG:
            yield f"<{name}>"
        yield from (a for a in map(str, element.attrib) if a.startswith("on") or "href" in a)


def _csv(data: bytes) -> Iterator[str]:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    if {len(row) for row in rows} != {len(rows[0])}:
        yield "rows of different length"
    for row in rows:
        yield from (f"formula {cell[:40]!r}" for cell in row if FORMULA.match(cell))


def _bib(data: bytes) -> Iterator[str]:
    text = data.decode()
    library = parse_string(text)
    yield from (f"unreadable {block.raw!r:.80}" for block in library.failed_blocks)
    others = [*library.comments, *library.preambles, *library.strings]
    yield from (f"no entry: {block.raw!r:.80}" for block in others)
    if len(library.entries) != text.count("\n}\n"):
        yield f"{len(library.entries)} entries"


def _ics(data: bytes) -> Iterator[str]:
    calendar = Calendar.from_ical(data)
    assert isinstance(calendar, Calendar)
    names = {part.name for part in calendar.subcomponents}
    if not names <= {"VEVENT", "VTIMEZONE"}:
        yield f"made of {names}"
    known = {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "DESCRIPTION", "URL", "TRANSP"}
    for event in calendar.walk("VEVENT"):
        yield from (str(error) for error in event.errors)
        yield from (f"a property {name}" for name in event if name not in known)
    if len({event["UID"] for event in calendar.walk("VEVENT")}) != len(calendar.walk("VEVENT")):
        yield "an id twice"
    yield from (f"a line of {len(line)}" for line in data.split(b"\r\n") if len(line) > 75)


def _html(data: bytes) -> Iterator[str]:
    """schema.org."""
    page: Any = html.document_fromstring(data.decode())
    for script in page.xpath("//script[not(@src)]"):
        if script.get("type") != "application/ld+json":
            yield "a script"
            continue
        said = json.loads(script.text, parse_constant=_refuse)
        if said["@context"] != "https://schema.org":
            yield "not schema.org's context"


READERS: dict[str, Any] = {
    "json": _json,
    "xml": _xml,
    "svg": _svg,
    "csv": _csv,
    "bib": _bib,
    "ics": _ics,
    "html": _html,
}


def wrong_in_workbook(data: bytes) -> list[str]:
    """Formulas in an Excel file."""
    return [
        f"{sheet.title} {cell.coordinate}: {cell.value!r:.40}"
        for sheet in load_workbook(io.BytesIO(data)).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type not in ("s", "n") or (cell.data_type == "n" and cell.value is not None)
    ]


def lost_from(files: Files, content: Content) -> tuple[int, list[str]]:
    """How many texts of strangers the catalogue carries, and those that it has not as written.

    A line is one line there, and nothing stands around a text; that is all that may differ.
    """
    catalog = set(_texts(json.loads(files["data/catalog.json"])))
    carried, lost = 0, []
    for file in content.files:
        if file.kind not in ("plan", "measure", "glossary") or file.said.get(("下書き",)) == "はい":
            continue
        if "/revisions/" in file.path:
            continue  # of what was, only what has changed is told
        for way, text in file.said.items():
            if file.shapes[way] in ("Line", "key of Headed"):
                kept = " ".join(text.split("\n")).strip(IDEOGRAPHIC)
            elif file.shapes[way] == "Prose":
                kept = text.strip()
            else:
                continue
            if not kept:
                continue  # the same as nothing
            carried += 1
            if kept not in catalog:
                lost.append(f"{file.path} {way}: {text!r:.60}")
    return carried, lost


def _texts(tree: Any) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict):
        for value in tree.values():
            yield from _texts(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _texts(value)
