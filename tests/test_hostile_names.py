"""Whatever a stranger calls a file, a folder or a record: it is told, or it works; nothing gets out."""

import os
import shutil
from pathlib import Path

import pytest

from dxsite import pipeline, telling
from dxsite.diagnostics import Finding, Report, Severity
from dxsite.site import Limits
from dxsite.sources import shown
from tests.conftest import ROOT, Desk
from tests.faults.place import files_of

NAMES = {
    "japanese": "電子申請",
    "blank": "a b",
    "ideographic blank": "a\u3000b",
    "only a blank": " ",
    "three dots": "...",
    "begins with two dots": "..a",
    "dash": "-rf",
    "option": "--output-dir=x",
    "escaped dots": "%2e%2e",
    "escaped way out": "%2e%2e%2f%2e%2e%2fvictim",
    "backslashes": "..\\..\\victim",
    "line break": "a\nb",
    "return": "a\rb",
    "tab": "a\tb",
    "turned round": "a\u202elmay.b",
    "invisible": "a\u200bb",
    "very long": "a" * 240,
    "very long in japanese": "長" * 80,
    "not utf-8": os.fsdecode(b"a\xff\xfeb"),
    "shift-jis": os.fsdecode("電子".encode("shift-jis")),
    "capitals": "FORMS",
    "device": "con",
    "another device": "lpt1",
    "markup": "<img src=x onerror=alert(1)>",
    "quotes": "a'b\"c",
    "shell": "$(touch victim)",
    "drive": "c:victim",
    "template": "{{ 7*7 }}",
    "composed": "é",
    "decomposed": "e\u0301",
    "fullwidth": "ｆｏｒｍｓ",
    "percent": "%00",
    "home": "~root",
    "hidden": ".git",
    "manifest": ".dxsite-files",
}
PLACES = {
    "a measure": "aoi/measures/{}.yaml",
    "a plan": "{}/plan.yaml",
    "a page": "pages/{}.md",
    "a file of the site": "{}.yaml",
    "a folder of a plan": "aoi/{}/x.yaml",
    "a folder named as a file": "aoi/measures/{}.yaml/x.yaml",
}
SILENT = (".", "~")
"""What begins so belongs to editors, and is left alone."""


def put(desk: Desk, path: str) -> None:
    kinds = {"measures": "aoi/measures/forms.yaml", "plan": "aoi/plan.yaml"}
    kind = next((source for kind, source in kinds.items() if kind in path), None)
    text = (desk.root / "content" / kind).read_text("utf-8") if kind else "# 題名\n\n文章です。\n"
    desk.write(path, text.replace("062073", "062081").replace("順: 10", "順: 20"))


def told(desk: Desk) -> tuple[Finding, ...]:
    """What `check` says, in every form in which it can be said."""
    findings = desk.findings()
    for form in telling.FORMATS.values():
        form(findings).encode()
    telling.as_markdown(findings).encode()
    return findings


def outside(desk: Desk) -> dict[str, bytes]:
    """Every file that a build has no business with."""
    own = ("public/", ".dxsite-cache/")
    return {p: d for p, d in files_of(desk.root).items() if not p.startswith(own)}


def build(desk: Desk, limits: Limits) -> tuple[object, Report]:
    report = Report()
    return pipeline.build(desk.order(limits=limits), report, lambda _: None), report


@pytest.fixture
def linked(tmp_path: Path) -> Desk:
    """Small content, with the real templates and assets."""
    root = tmp_path / "root"
    root.mkdir()
    for name in ("templates", "assets"):
        (root / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "tests/small/content", root / "content")
    return Desk(root)


def put_all(desk: Desk, place: str, names: list[str]) -> list[str]:
    """Files of these names, as far as the disk knows such names; which it does."""
    known = []
    for name in names:
        try:
            put(desk, PLACES[place].format(name))
        except OSError:  # too long, or no name at all on some systems
            continue
        known.append(name)
    return known


@pytest.mark.parametrize("place", PLACES)
def test_a_name_that_is_no_address_is_told(linked: Desk, place: str) -> None:
    odd = [name for name in NAMES.values() if not name.startswith(SILENT)]
    names = put_all(linked, place, odd)
    assert len(names) > len(odd) - 3
    before = outside(linked)
    errors = [f for f in told(linked) if f.severity is Severity.ERROR]
    paths = {part for f in errors for part in f.place.path.split("/")}
    parts = {*paths, *(part.rpartition(".")[0] for part in paths)}
    assert [name for name in names if shown(name) not in parts] == []
    assert all(f.message and f.hint and f.place.path.isprintable() for f in errors)
    for limits in (Limits(whole=0), Limits()):
        outcome, report = build(linked, limits)
        assert outcome is None
        assert report.errors
    assert outside(linked) == before
    assert list(linked.root.parent.iterdir()) == [linked.root]


def test_what_editors_leave_behind_is_left_alone(linked: Desk) -> None:
    for place in PLACES:
        put_all(linked, place, [name for name in NAMES.values() if name.startswith(SILENT)])
    before = outside(linked)
    for limits in (Limits(whole=0), Limits()):
        outcome, report = build(linked, limits)
        assert outcome, report.findings
    assert outside(linked) == before
    assert list(linked.root.parent.iterdir()) == [linked.root]


IDS = ("../../victim", "..", ".", "/victim", "a/../../victim", "%2e%2e", "con", "a" * 101, "a\\b")


@pytest.mark.parametrize(
    ("path", "id_"),
    [
        ("themes.yaml", "online-procedures"),
        ("aoi/glossary.yaml", "rpa"),
        ("aoi/measures/forms.yaml", "forms"),
    ],
)
def test_an_id_that_leads_elsewhere_is_told(linked: Desk, path: str, id_: str) -> None:
    file = linked.root / "content" / path
    text = file.read_text("utf-8")
    assert f"ID: {id_}\n" in text
    for bad in IDS:
        file.write_text(text.replace(f"ID: {id_}\n", f"ID: '{bad}'\n", 1), "utf-8")
        assert "bad-id" in {f.code for f in told(linked)}, bad
    outcome, _ = build(linked, Limits())
    assert outcome is None
    assert list(linked.root.parent.iterdir()) == [linked.root]
