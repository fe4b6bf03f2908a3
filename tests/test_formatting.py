"""Stories of `dxsite fmt`: what a clerk typed, and what becomes of it.

`formatting/*.txt` can be read and written without Python: a sentence, the file as it was, then
either what it becomes or what is said while it stays as it is. With REWRITE_STORIES=1 in the
environment, the last section becomes what is so now: read it before you keep it.
"""

import os
import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dxsite import scaffolding, telling, writing
from dxsite.diagnostics import Report
from dxsite.faults import Fault
from dxsite.formatting import format_source
from dxsite.model import TOP_RECORDS, Measure
from dxsite.model.records import RecordOf
from dxsite.rewriting import rewrite
from dxsite.sentences import one_a_line, reads_alike
from dxsite.sources import Source
from tests.conftest import ROOT, Desk
from tests.test_blocks import CONTENT, held_by, measures, read, untidy_files
from tests.test_cli import run

STORIES = sorted((Path(__file__).parent / "formatting").glob("*.txt"))
PATH = "content/aoi/measures/forms.yaml"


def fmt(text: str, path: str = PATH) -> str:
    """A file without a fault in the house form."""
    report = Report()
    data = format_source(Source(path, text.encode()), report)
    assert report.errors == 0, report.findings
    assert data is not None
    return data.decode()


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.stem)
def test_the_story_is_told_as_written(story: Path) -> None:
    text = story.read_text("utf-8")
    title, path, before, _, outcome, after = re.fullmatch(
        r"([A-Z][^\n]*\.)\n\n== (\S+)\n(.*?)(== (becomes|said)\n(.*))?", text, re.DOTALL
    ).groups()  # type: ignore[union-attr]  # a story that does not match is told by this line
    assert title
    report = Report()
    data = format_source(Source(path, before.encode()), report)
    now = telling.as_text(report.findings) + "\n" if data is None else data.decode()
    if os.environ.get("REWRITE_STORIES"):
        head = text.partition("== becomes\n")[0].partition("== said\n")[0]
        story.write_text(f"{head}== {'said' if data is None else 'becomes'}\n{now}", "utf-8")
        return
    assert (outcome, after) == ("said" if data is None else "becomes", now)
    if data is not None:
        assert fmt(now, path) == now


# ------------------------------------------------------------------ the catalogue


@pytest.mark.parametrize("source", CONTENT, ids=lambda source: source.path)
def test_the_catalogue_is_in_the_house_form(source: Source) -> None:
    assert fmt(source.data.decode(), source.path) == source.data.decode()


@pytest.mark.parametrize("source", CONTENT, ids=lambda source: source.path)
def test_a_file_without_its_form_gets_it_back(source: Source) -> None:
    """Written anew from its values alone, a file comes out as it was, but for comments, quotes."""
    blocks = read(source.data.decode(), held_by(source.path))
    value = writing.plain(blocks.root.node)
    assert isinstance(value, dict)
    lines = writing.section(value, RecordOf(held_by(source.path)), top=True)
    kept = [line for line in blocks.text.splitlines() if not line.lstrip().startswith("#")]
    bare = re.sub(r"\n{2,}", "\n\n", "\n".join(kept)).strip("\n").replace(":\n\n  - ", ":\n  - ")
    assert unquoted("\n".join(lines)) == unquoted(bare)


def unquoted(text: str) -> str:
    return re.sub(r'"([^"\n]*)"$', r"\1", text, flags=re.MULTILINE)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/aoi/plan.yaml", scaffolding.new_plan()),
        (PATH, scaffolding.new_measure()),
        ("content/aoi/glossary.yaml", scaffolding.new_term("rpa", first=True)),
    ],
    ids=["plan", "measure", "term"],
)
def test_a_new_file_keeps_its_lines_in_their_order(path: str, text: str) -> None:
    def said(lines: str) -> list[str]:
        return [line.strip() for line in lines.splitlines() if line.strip()]

    assert said(fmt(text, path)) == said(text)


# ------------------------------------------------------------------ any file


@settings(max_examples=400, deadline=None)
@given(untidy_files)
def test_formatting_twice_is_formatting_once_and_loses_nothing(text: str) -> None:
    """That values and comments are kept is asserted by `format_source` itself."""
    once = fmt(text)
    assert fmt(once) == once
    assert not re.search(r"[ \t]$|\r|\ufeff", once, re.MULTILINE)
    assert once.endswith("\n")


@settings(max_examples=200, deadline=None)
@given(measures)
def test_what_is_written_is_in_the_house_form(value: dict[str, Any]) -> None:
    text = "\n".join(writing.section(value, RecordOf(Measure), top=True)) + "\n"
    assert fmt(text) == text


prose_pieces = st.sampled_from(
    [
        *"。！？「」（）※ \n-|#>*1`[]",
        "あ",
        "い。",
        "  ",
        "\n\n",
        "- ",
        "1. ",
        "**",
        "。\n",
        "](/a)",
        "　",
        "\n    ",
    ]
)


@settings(max_examples=600, deadline=None)
@given(st.lists(prose_pieces, max_size=20).map("".join))
def test_prose_makes_the_same_page_and_is_split_only_once(prose: str) -> None:
    once = one_a_line(prose)
    assert reads_alike(prose, once)
    assert one_a_line(once) == once
    assert re.sub(r"\s", "", once) == re.sub(r"\s", "", prose)


# ------------------------------------------------------------------ the command


UNTIDY = "順: 10\n名称: 電子申請\n"
TIDY = "名称: 電子申請\n\n順: 10\n"


@pytest.fixture
def untidy(tmp_path: Path) -> Desk:
    untidy = Desk(tmp_path)
    untidy.write("aoi/measures/forms.yaml", UNTIDY)
    untidy.write("aoi/measures/tidy.yaml", TIDY)
    return untidy


def test_it_writes_and_says_what_it_did(untidy: Desk) -> None:
    file = untidy.root / PATH
    file.chmod(0o640)
    done = run("fmt", "-C", untidy.root)
    assert (done.returncode, done.stdout) == (0, f"{PATH}\n")
    assert done.stderr == "1ファイルを整えました（変更なし1）。\n"
    assert file.read_text("utf-8") == TIDY
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert sorted(p.name for p in file.parent.iterdir()) == ["forms.yaml", "tidy.yaml"]
    done = run("fmt", "-C", untidy.root)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "2ファイルとも、整っています。\n")


def test_with_check_it_writes_nothing(untidy: Desk) -> None:
    done = run("fmt", "--check", "-C", untidy.root)
    assert (done.returncode, done.stdout) == (1, f"{PATH}\n")
    assert done.stderr == "1ファイルが整っていません（変更なし1）。\n"
    assert (untidy.root / PATH).read_text("utf-8") == UNTIDY


def test_with_diff_it_shows_the_lines(untidy: Desk) -> None:
    done = run("fmt", "--diff", "-q", "-C", untidy.root)
    assert done.returncode == 1
    assert done.stdout.splitlines()[0] == f"--- {PATH}"
    assert done.stdout.splitlines()[3:] == ["+名称: 電子申請", "+", " 順: 10", "-名称: 電子申請"]
    assert done.stderr == ""
    untidy.write("aoi/measures/forms.yaml", "\ufeff" + TIDY.replace("\n", "\r\n"))
    done = run("fmt", "--diff", "-q", "-C", untidy.root)
    assert "改行の記号" in done.stdout


def test_a_file_with_a_fault_stays_while_others_are_formatted(untidy: Desk) -> None:
    untidy.write("aoi/measures/broken.yaml", '名称: "x\n')
    untidy.write("aoi/measures/sjis.yaml", "名称: 電子申請\n".encode("cp932"))
    done = run("fmt", "-C", untidy.root)
    assert (done.returncode, done.stdout) == (1, f"{PATH}\n")
    assert "broken.yaml:1:5: 誤り: 引用符" in done.stderr
    assert "Shift_JIS" in done.stderr
    assert done.stderr.endswith(
        "1ファイルを整えました（変更なし1、2ファイルは誤りがあるため、そのままです）。\n"
    )
    assert (untidy.root / "content/aoi/measures/broken.yaml").read_text("utf-8") == '名称: "x\n'


def test_paths_choose_what_is_formatted(untidy: Desk) -> None:
    untidy.write("midori/measures/forms.yaml", UNTIDY)
    untidy.write("midori/measures/broken.yaml", '名称: "x\n')
    folder = untidy.root / "content" / "aoi"
    for path, cwd in ((folder, ROOT), (Path("measures"), folder), (Path("content/aoi"), ROOT)):
        done = run("fmt", "--check", "-C", untidy.root, path, cwd=cwd)
        assert (done.returncode, done.stdout) == (1, f"{PATH}\n"), done.stderr
    assert run("fmt", "--check", "-C", untidy.root, folder / "measures/tidy.yaml").returncode == 0


def test_a_path_elsewhere_is_wrong_usage(untidy: Desk) -> None:
    for path in (untidy.root, untidy.root / "content" / "nowhere.yaml", ROOT / "pyproject.toml"):
        done = run("fmt", "-C", untidy.root, path)
        assert (done.returncode, done.stdout) == (2, "")
        assert "Traceback" not in done.stderr


def test_a_link_is_followed_not_replaced(untidy: Desk) -> None:
    link = untidy.root / "content/aoi/measures/link.yaml"
    (untidy.root / "elsewhere.yaml").write_text(UNTIDY, "utf-8")
    link.symlink_to(untidy.root / "elsewhere.yaml")
    run("fmt", "-C", untidy.root)
    assert link.is_symlink()
    assert (untidy.root / "elsewhere.yaml").read_text("utf-8") == TIDY


def test_a_file_that_cannot_be_written_is_a_fault(untidy: Desk) -> None:
    source = Source(PATH, UNTIDY.encode())
    (untidy.root / PATH).write_text("名称: ほかの人の編集\n", "utf-8")
    with pytest.raises(Fault, match="読み込んだあとで"):
        rewrite(untidy.root, source, TIDY.encode())
    assert (untidy.root / PATH).read_text("utf-8") == "名称: ほかの人の編集\n"
    with pytest.raises(Fault, match="書き込めません"):
        rewrite(untidy.root, Source("content/nowhere.yaml", b""), b"")


def test_every_kind_of_file_has_a_form(small_plan: Callable[..., Desk]) -> None:
    desk = small_plan()
    done = run("fmt", "-C", desk.root)
    assert done.returncode == 0, done.stderr
    assert {Path(p).stem for p in done.stdout.split()} <= {*TOP_RECORDS, "forms"}
    assert run("check", "-C", desk.root).returncode == 0
