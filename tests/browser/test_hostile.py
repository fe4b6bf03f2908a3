"""Strangers write content: nothing runs, nothing leaves, no page breaks, exports stay whole.

The short form: each string of tests/hostile/strings.txt in at least one field of each shape, all
in one site. `python3 build.py test --every-string` puts each string into every field.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from markupsafe import escape
from playwright.sync_api import Browser

from dxsite.diagnostics import Report
from dxsite.model import TOP_RECORDS, keys_of, ways
from dxsite.model.keys import inner_class
from dxsite.serving import Serving
from dxsite.sheets.csvfiles import write_csv
from dxsite.sheets.importing import values_of
from dxsite.sheets.plans import tables_of
from dxsite.sheets.workbooks import write_workbook
from dxsite.sources import read_sources
from tests.browser.barriers import covering, shapes
from tests.hostile import exports
from tests.hostile.building import Files, built
from tests.hostile.content import Content, content, fields_of, read_strings, spread
from tests.hostile.looking import PROSE, Looker

STRINGS = [text for kind, texts in read_strings().items() if kind != "enormous" for text in texts]
QUERIES = [
    "<script>window.__hostile=1</script>",
    '"><img src=x onerror=window.__hostile=1>',
    "{{ 7*7 }}",
]


@dataclass
class Attack:
    """A site that strangers wrote on, and who wrote what where."""

    content: Content
    files: Files
    root: Path
    asked: dict[str, int]
    """Shape → how many fields of it said something strange at first."""
    url: str = ""
    harmless: str = ""
    """Where the same site lies without strangers."""
    addresses: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def attack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attack]:
    written = content(6, 9)
    asked = spread(written.files, STRINGS)
    root = tmp_path_factory.mktemp("hostile")
    files = built(written, root, index=True)
    quiet = built(content(2, 3), tmp_path_factory.mktemp("harmless"))
    servers = [Serving.of_files(files), Serving.of_files(quiet)]
    url, harmless = (server.url.rstrip("/") for server in servers)
    yield Attack(written, files, root, dict(asked), url, harmless, pages_of(files))
    for server in servers:
        server.close()


def pages_of(files: Files) -> list[str]:
    """Pages on which content stands; the guide's pages beside its first are ours alone."""
    names = [name for name in files if name.endswith("index.html") or name == "404.html"]
    own = [name for name in names if not name.startswith("guide/") or name == "guide/index.html"]
    return ["/" + name.removesuffix("index.html") for name in sorted(own)]


def test_there_are_enough_strings_each_said_once() -> None:
    assert len(STRINGS) == len(set(STRINGS))
    assert len(STRINGS) >= 200
    assert len(read_strings()) >= 12


def test_every_key_that_takes_a_text_is_a_field() -> None:
    """Keys of all records, those in lists and tables included."""
    for file, top in TOP_RECORDS.items():
        known = {one.key for one in fields_of(file)}
        for _, cls in ways(top):
            keys = [key for key in keys_of(cls) if inner_class(key.shape) is None]
            assert {f"{cls.__name__}.{key.field}" for key in keys} <= known


def test_each_string_is_tried_in_each_shape_of_text(attack: Attack) -> None:
    for shape in ("Line", "Prose", "Choice", "FigureShape", "key of ByYear"):
        assert attack.asked[shape] >= 300, shape
    assert attack.asked["Line"] > 5 * len(STRINGS)
    assert attack.asked["Prose"] >= len(STRINGS)
    assert sum(attack.asked.values()) == attack.content.said + len(attack.content.refused)


def test_what_is_refused_is_refused_field_by_field(attack: Attack) -> None:
    """Each finding has a place at which somebody said something strange."""
    assert attack.content.wholly == []
    refused = {file.shapes[way] for file, way, _ in attack.content.refused}
    assert {"Slug", "Url", "Whole", "Years", "Day", "Line", "Prose"} <= refused


def test_no_address_or_id_or_link_is_a_stranger_s(attack: Attack) -> None:
    for file in attack.content.files:
        for way, text in file.said.items():
            kind = file.shapes[way]
            if kind == "Slug":
                assert text in ("404", "con", "constructor", "data", "null", "true", "undefined"), (
                    text
                )
            assert kind not in ("Whole", "Years", "Year", "Day", "key of ByYear"), (way, text)
            if kind == "Url":
                assert text.startswith("https://"), text
    assert not [name for name in attack.files if ".." in name or not name.isascii()]


def test_every_export_is_read_by_parsers_that_are_not_ours(attack: Attack) -> None:
    counts, wrong = exports.wrong_in(attack.files)
    assert wrong == []
    assert {"json", "xml", "svg", "csv", "bib", "ics", "html"} == counts.keys()


def test_the_catalogue_carries_every_text_as_it_was_written(attack: Attack) -> None:
    carried, lost = exports.lost_from(attack.files, attack.content)
    assert lost == []
    assert carried > 1000


def test_strangers_write_earlier_revisions_and_former_addresses_too(attack: Attack) -> None:
    """What they say there reaches the pages of changes, and pages of what is gone."""
    said = {
        file.path: [text for way, text in file.said.items() if file.shapes[way] == "Line"]
        for file in attack.content.files
    }
    for path in ("revisions/old/plan", "revisions/old/measures/counter", "addresses"):
        assert len(said[f"content/aoi/{path}.yaml"]) >= 2, path
    (plan,) = [
        p for p in json.loads(attack.files["data/changes.json"])["plans"] if p["slug"] == "aoi"
    ]
    told = json.dumps(plan["steps"], ensure_ascii=False)
    lines = said["content/aoi/revisions/old/plan.yaml"]
    carried = [text for text in lines if json.dumps(text, ensure_ascii=False)[1:-1] in told]
    assert len(carried) >= 5
    gone = attack.files["aoi/measures/fax/index.html"].decode()
    assert any(escape(text) in gone for text in said["content/aoi/addresses.yaml"])


def test_no_sheet_of_a_workbook_holds_a_formula(attack: Attack) -> None:
    plans = [file.folder for file in attack.content.files if file.kind == "plan"]
    for folder in sorted(plan for plan in plans if "/" not in plan):
        values = values_of(folder, read_sources(attack.root, Report()), Report())
        tables = tables_of(folder, values)
        assert exports.wrong_in_workbook(write_workbook(tables)) == []
        files = write_csv(tables)
        assert [text for text in exports.wrong_in(files)[1] if "unreadable" in text] == []
        cells = [text for text in exports.wrong_in(files)[1] if "formula" in text]
        assert cells == []


def test_every_page_is_made_of_what_it_is_made_of_without_strangers(
    attack: Attack, chromium: Browser
) -> None:
    """Chromium parses every page; no element or attribute is new, no landmark is missing."""
    quiet, loud = Looker(chromium, attack.harmless), Looker(chromium, attack.url)
    try:
        known = set(PROSE)
        for _, made_of, broken in quiet.read(quiet_addresses(attack)):
            known |= made_of
            assert broken == []
        wrong = [
            f"{address}: {one}"
            for address, made_of, broken in loud.read(attack.addresses)
            for one in [*sorted(made_of - known), *broken]
        ]
    finally:
        quiet.close()
        loud.close()
    assert wrong == []
    assert len(attack.addresses) > 100


def quiet_addresses(attack: Attack) -> list[str]:
    """The pages of the first two plans."""
    measures = ("counter", "online-forms", "m0")
    return [
        address
        for address in attack.addresses
        if not any(f"/aoi{n}/" in address for n in range(2, 9))
        and ("/measures/" not in address or address.split("/")[-2] in measures)
        and not address.startswith(("/glossary/", "/themes/"))
    ]


def test_nothing_runs_and_nothing_leaves(attack: Attack, chromium: Browser, tmp_path: Path) -> None:
    """Pages that together have every shape, and all that show a whole plan, under the policy."""
    for name, data in attack.files.items():
        if name.endswith(".html"):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(data)
    known = {address: shapes(tmp_path, address) for address in attack.addresses}
    whole = [a for a in attack.addresses if a.endswith("/booklet/") or a.count("/") == 2]
    looker = Looker(chromium, attack.url)
    try:
        looker.open(dict.fromkeys([*covering(known), *whole]))
        assert looker.wrong == []
        assert looker.opened > 30
        assert looker.search("申請", QUERIES) > 50
        assert looker.wrong == []
    finally:
        looker.close()
