"""Stories of faults: what a clerk typed, and exactly what `check` says about it.

`stories/*.txt` can be read and written without Python. A story is a sentence, then sections:

    == content/aoi/measures/forms.yaml        a file of tests/small with edits: lines that begin
    -- 担当課:                                with -- are replaced by the lines after ++;
    ++ 担当課：                               without such lines it is the whole file

    == content/aoi/measures/forms.yaml, saved as cp932      its bytes are in another encoding
    == content/aoi/measures/forms.yaml, with CRLF           its lines end as Windows ends them
    == content/themes.yaml, removed                         it is not there
    == content/themes.yaml, emptied                         it holds nothing
    == said                                                 what `check` prints; it comes last

With REWRITE_STORIES=1 in the environment, the last section becomes what is said now: read it
before you keep it.
"""

import ast
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dxsite import pipeline, telling
from dxsite.catalog import read_catalog
from dxsite.checks import check_catalog
from dxsite.diagnostics import Finding, Report
from dxsite.sources import Source
from tests.conftest import ROOT, TODAY, Desk

STORIES = sorted((Path(__file__).parent / "stories").glob("*.txt"))
SMALL = ROOT / "tests" / "small"
MEASURE = "aoi/measures/forms.yaml"
SMALL_MEASURE = (SMALL / "content" / MEASURE).read_text("utf-8")
TOLD_BELOW = {"unreadable-file", "too-large", "control-character", "odd-file-name"}
"""Codes that no story can cause."""
TOLD_OF_SHEETS = {
    *("missing-column", "missing-sheet", "not-a-text", "stray-row"),
    *("unknown-column", "unknown-sheet"),
}
"""Codes that only an import can tell: test_sheets.py."""
TOLD_ELSEWHERE = {"dead-link", "forgotten-address", *TOLD_OF_SHEETS}
"""Codes that only a build or a history can tell: test_site.py, test_addresses.py."""


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.stem)
def test_the_story_is_told_as_written(story: Path, desk: Desk) -> None:
    title, *sections = re.split(r"^== ", story.read_text("utf-8"), flags=re.MULTILINE)
    assert re.fullmatch(r"[A-Z][^\n]*\.\n\n", title), "a story begins with one sentence"
    head, _, expected = sections[-1].partition("\n")
    assert head == "said"
    lay_out(desk, sections[:-1])
    said = telling.as_text(desk.findings())
    if os.environ.get("REWRITE_STORIES"):
        kept = story.read_text("utf-8").partition("== said\n")[0]
        story.write_text(f"{kept}== said\n{said}\n" if said else f"{kept}== said\n", "utf-8")
    else:
        assert said == expected.strip("\n")


def lay_out(desk: Desk, sections: list[str]) -> None:
    """The small content with what the sections of a story change in it."""
    for file in (SMALL / "content").rglob("*.*"):
        desk.write(file.relative_to(SMALL / "content").as_posix(), file.read_bytes())
    for section in sections:
        head, _, body = section.partition("\n")
        path, _, manner = head.partition(", ")
        name = path.removeprefix("content/")
        target = desk.root / path
        if manner == "removed":
            target.unlink()
            continue
        if manner == "emptied":
            desk.write(name, "")
            continue
        text = body.rstrip("\n") + "\n" if body.strip() else ""
        if text.startswith(("-- ", "++ ")) or not text:
            text = edited(target.read_text("utf-8"), text)
        if manner == "with CRLF":
            text = text.replace("\n", "\r\n")
        desk.write(
            name, text.encode(manner.removeprefix("saved as ") if "saved" in manner else "utf-8")
        )


def edited(text: str, edits: str) -> str:
    """`text` with each run of -- lines replaced by the ++ lines that follow it."""
    for old, new in re.findall(r"((?:^--.*\n)+)((?:^\+\+.*\n)*)", edits, re.MULTILINE):
        before, after = (
            re.sub(r"^(?:--|\+\+) ?", "", run, flags=re.MULTILINE) for run in (old, new)
        )
        assert f"\n{text}".count(f"\n{before}") == 1, (
            f"stands not once in the small content:\n{before}"
        )
        text = f"\n{text}".replace(f"\n{before}", f"\n{after}")[1:]
    return text


def test_every_code_has_a_story() -> None:
    """A complaint that nobody has read is not finished."""
    told = set()
    for story in STORIES:
        told |= set(re.findall(r"（([a-z0-9-]+)）$", story.read_text("utf-8"), re.MULTILINE))
    assert codes() - told == TOLD_BELOW | TOLD_ELSEWHERE


def codes() -> set[str]:
    """Every code that dxsite can tell, read from its source."""
    found: set[str] = set()
    for path in (ROOT / "dxsite").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(attr="error" | "warning"),
                    args=[_, ast.Constant(value=str(code)), _, *_],
                ):
                    found.add(code)
                case ast.Call(
                    func=ast.Name(id="Slip" | "Sign"),
                    args=[_, _, ast.Constant(value=str(code)), _, _],
                ):
                    found.add(code)
                case ast.Return(value=ast.Tuple(elts=[_, ast.Constant(value=str(code)), _, _, _])):
                    found.add(code)
    return {code for code in found if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)}


# ------------------------------------------------------------------ what no text file can show


def only(findings: tuple[Finding, ...]) -> tuple[str, str]:
    """Place and code of the one finding."""
    (finding,) = findings
    return str(finding.place), finding.code


def test_a_control_character_is_told_where_it_hides(small_plan: Callable[..., Desk]) -> None:
    desk = small_plan()
    desk.write(MEASURE, SMALL_MEASURE.replace("内容: 検討", "内容: 検\x0b討"))
    assert only(desk.findings()) == (f"content/{MEASURE}:24:10", "control-character")


@pytest.mark.parametrize("data", [b"\0", b"\x89PNG\r\n\x1a\n\0\0", b"a: b\n\0"])
def test_a_file_that_is_no_text_is_told(small_plan: Callable[..., Desk], data: bytes) -> None:
    desk = small_plan()
    desk.write("aoi/measures/image.yaml", data)
    assert only(desk.findings()) == ("content/aoi/measures/image.yaml:1:1", "not-text")


def test_a_stray_byte_is_told_on_its_line(small_plan: Callable[..., Desk]) -> None:
    desk = small_plan()
    desk.write(MEASURE, SMALL_MEASURE.encode() + "覚え書き".encode("cp932") + b"\xff")
    assert only(desk.findings()) == (f"content/{MEASURE}:53:1", "not-utf8")


def test_a_file_of_several_megabytes_is_not_read(small_plan: Callable[..., Desk]) -> None:
    desk = small_plan()
    desk.write(MEASURE, "# 覚え書き\n" * 100_000)
    assert only(desk.findings()) == (f"content/{MEASURE}:1:1", "too-large")


def test_a_file_that_cannot_be_opened_is_told(small_plan: Callable[..., Desk]) -> None:
    desk = small_plan()
    (desk.root / "content/aoi/measures/lost.yaml").symlink_to("nowhere.yaml")
    assert only(desk.findings()) == ("content/aoi/measures/lost.yaml:1:1", "unreadable-file")


@pytest.mark.parametrize("name", [b"\x90\\.yaml", b"a\nb.yaml", "施　策.yaml".encode()])
def test_a_file_name_that_cannot_be_shown_is_told_legibly(
    small_plan: Callable[..., Desk], name: bytes
) -> None:
    desk = small_plan()
    folder = os.fsencode(desk.root / "content/aoi/measures")
    Path(os.fsdecode(os.path.join(folder, name))).write_text("名称: 窓口", "utf-8")  # noqa: PTH118
    (finding,) = desk.findings()
    assert finding.code == "odd-file-name"
    assert "？" in finding.place.path
    assert telling.as_text([finding]).isprintable() or "\n    →" in telling.as_text([finding])
    telling.as_json([finding]).encode()


def test_a_backup_of_an_editor_is_left_alone(small_plan: Callable[..., Desk]) -> None:
    desk = small_plan()
    for name in (".forms.yaml.swp", "~$forms.yaml", ".#forms.yaml", "forms.yaml~", "memo.txt"):
        desk.write(f"aoi/measures/{name}", b"\0")
    assert desk.findings() == ()


def test_what_was_typed_stays_text(small_plan: Callable[..., Desk]) -> None:
    """no, 0123, 1:30 and a date come out as they went in."""
    desk = small_plan()
    text = SMALL_MEASURE.replace("節: 3 施策", "節: 1:30").replace(
        "時点: 2023年3月末", "時点: 2023-03-31"
    )
    desk.write(MEASURE, text.replace("名称: 手続き数", "名称: no").replace("順: 10", "順: 010"))
    order = pipeline.Order(root=desk.root, output=desk.root / "public", today=TODAY)
    catalog = pipeline.check(order, Report())
    assert catalog is not None
    (measure,) = catalog.plans[0].measures
    (kpi,) = measure.kpis
    assert measure.order == 10
    assert measure.source.section == "1:30"
    assert kpi.label == "no"
    assert kpi.baseline is not None
    assert kpi.baseline.as_of == "2023-03-31"


# ------------------------------------------------------------------------ nothing brings it down


def said_about(data: bytes, path: str = f"content/{MEASURE}") -> tuple[Finding, ...]:
    """What is said about the small content with one file's bytes replaced."""
    report = Report()
    files = {
        p.relative_to(SMALL).as_posix(): p.read_bytes() for p in (SMALL / "content").rglob("*.*")
    }
    sources = [Source(p, d) for p, d in sorted({**files, path: data}.items())]
    check_catalog(read_catalog(sources, report, drafts=False), report)
    return report.findings


PATHS = st.sampled_from(
    [p.relative_to(SMALL).as_posix() for p in sorted((SMALL / "content").rglob("*.*"))],
)
TYPED = st.text(
    st.sampled_from(list("：　\t-: |>#\"'[]{}&*!%@`?,<=\n０1年R５か\u2028\x85")), max_size=8
)


@settings(max_examples=100, deadline=None)
@given(PATHS, st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_bring_it_down(path: str, data: bytes) -> None:
    assert all(finding.place.line >= 1 for finding in said_about(data, path))


@settings(max_examples=200, deadline=None)
@given(PATHS, st.data())
def test_no_edit_brings_it_down(path: str, data: st.DataObject) -> None:
    """Deleted, doubled and inserted characters and lines; every place lies inside the file."""
    text = (SMALL / path).read_text("utf-8")
    for _ in range(data.draw(st.integers(1, 3))):
        pieces = data.draw(st.sampled_from([list(text), text.splitlines(keepends=True)])) or [""]
        at = data.draw(st.integers(0, len(pieces) - 1))
        count = data.draw(st.integers(0, 2))
        pieces[at : at + 1] = [data.draw(TYPED), *[pieces[at]] * count]
        text = "".join(pieces)
    lines = len(re.split(r"\r\n|\r|\n", text))
    for finding in said_about(text.encode(), path):
        assert finding.place.column >= 1
        assert finding.place.path != path or 1 <= finding.place.line <= lines
