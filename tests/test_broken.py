"""Broken files: what a clerk mends first, written before anyone asked `check`.

`broken/*.txt` can be read and written without Python. Each begins with a sentence that names the
slip, then, line by line,

    置き場所: aoi/measures/shelter.yaml   where under content/ the file lies
    fullwidth-colon 24:3                 a finding: its code, line and column in that file
    aoi/plan.yaml unknown-key 3:1        a finding in another file
    指摘なし                             instead of those: nothing is said
    言葉: 半角の空白                     words that a message or a hint holds
    言わない言葉: （例: 1）                words that none holds

and, below a ruled line, the file as it was typed. All other files are those of tests/small.
What no text file can hold is made in Python further down.
"""

import contextlib
import os
import re
import shutil
import signal
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from dxsite.diagnostics import Finding
from tests.conftest import ROOT, Desk

BROKEN = sorted((Path(__file__).parent / "broken").glob("*.txt"))
SMALL = ROOT / "tests" / "small" / "content"
RULE = "==== ここから下がファイルの中身 ====\n"
JARGON = re.compile(
    r"YAML|マッピング|スカラー|シーケンス|None|Traceback|Errno|[A-Za-z]+ [a-z]+ [a-z]+"
)
"""Words of programmers, and sentences of an operating system."""

Told = tuple[str, str, int, int]
"""Path under content/, code, line, column."""


@dataclass(frozen=True, slots=True)
class Case:
    """One broken file and what is to be said about it."""

    slip: str
    path: str
    told: tuple[Told, ...]
    words: tuple[str, ...]
    never: tuple[str, ...]
    text: str


def read_case(written: str) -> Case:
    """A file of broken/ taken apart."""
    head, _, text = written.partition(RULE)
    slip, place, *lines = head.splitlines()
    path = place.removeprefix("置き場所: ")
    told, words, never = [], [], []
    for line in lines:
        if line == "指摘なし":
            continue
        if line.startswith("言葉: "):
            words.append(line.removeprefix("言葉: "))
            continue
        if line.startswith("言わない言葉: "):
            never.append(line.removeprefix("言わない言葉: "))
            continue
        found = re.fullmatch(r"(?:(\S.*) )?([a-z0-9]+(?:-[a-z0-9]+)*) (\d+):(\d+)", line)
        assert found, f"not a line of a head: {line}"
        told.append((found[1] or path, found[2], int(found[3]), int(found[4])))
    assert bool(told) != ("指摘なし" in lines), "findings, or 指摘なし"
    return Case(slip, path, tuple(sorted(told)), tuple(words), tuple(never), text)


@pytest.fixture
def office(tmp_path: Path) -> Desk:
    """The small content, without templates: nothing is built here."""
    shutil.copytree(SMALL, tmp_path / "content")
    return Desk(tmp_path)


def told_by(findings: tuple[Finding, ...]) -> tuple[Told, ...]:
    """What was said, without its words."""
    return tuple(
        sorted(
            (f.place.path.removeprefix("content/"), f.code, f.place.line, f.place.column)
            for f in findings
        )
    )


def assert_plain(findings: tuple[Finding, ...]) -> None:
    """Every sentence is one, in Japanese, for people who have never programmed."""
    for finding in findings:
        for sentence in (finding.message, finding.hint):
            assert sentence.endswith("。"), sentence
            assert len(sentence) < 300, "nobody reads that"
            assert re.search(r"[ぁ-ん]", sentence), sentence
            assert sentence.replace("　", "").isprintable(), sentence
            # What was read is quoted, and a file may be called X.YAML.
            assert not JARGON.search(re.sub(r"「[^」]*」", "", sentence)), sentence


@pytest.mark.parametrize("case", BROKEN, ids=lambda path: path.stem)
def test_the_slip_is_told_where_it_is_mended(case: Path, office: Desk) -> None:
    broken = read_case(case.read_bytes().decode())
    assert re.search(r"[ぁ-ん].*。$", broken.slip), "a case begins with one sentence"
    office.write(broken.path, broken.text)
    findings = office.findings()
    assert told_by(findings) == broken.told
    assert_plain(findings)
    said = "\n".join(f"{f.message} {f.hint}" for f in findings)
    for word in broken.words:
        assert word in said
    for word in broken.never:
        assert word not in said


# ------------------------------------------------------------------ what no text file can hold

FORMS = "aoi/measures/forms.yaml"
TEXT = (SMALL / FORMS).read_text("utf-8")


def typed(old: str, new: str, *, ends: str = "\n") -> bytes:
    """The measure of tests/small with one piece of it typed otherwise."""
    assert TEXT.count(old) == 1, old
    return TEXT.replace(old, new).replace("\n", ends).encode()


def strewn(sign: str) -> bytes:
    """The measure of tests/small with a sign amid a word, at 24:10."""
    return typed("内容: 検討", f"内容: 検{sign}討")


INTACT: tuple[Told, ...] = ()
HARMLESS = TEXT.replace("－", "0")  # older encodings of Japanese do not agree on this dash

BYTES: dict[str, tuple[str, bytes, tuple[Told, ...]]] = {
    # Saved in another encoding, or no text at all.
    "measure-in-shift-jis": (FORMS, HARMLESS.encode("cp932"), ((FORMS, "not-utf8", 1, 1),)),
    "measure-in-euc-jp": (FORMS, HARMLESS.encode("euc_jp"), ((FORMS, "not-utf8", 1, 1),)),
    "measure-in-jis": (FORMS, HARMLESS.encode("iso2022_jp"), ((FORMS, "not-utf8", 1, 1),)),
    "measure-in-utf-16": (FORMS, TEXT.encode("utf-16"), ((FORMS, "not-utf8", 1, 1),)),
    "measure-in-utf-16-without-mark": (
        FORMS,
        TEXT.encode("utf-16-le"),
        ((FORMS, "not-text", 1, 1),),
    ),
    "measure-in-utf-32": (FORMS, TEXT.encode("utf-32"), ((FORMS, "not-utf8", 1, 1),)),
    "one-word-in-shift-jis": (
        FORMS,
        typed("内容: 検討", "内容: ▲").replace("▲".encode(), "検討".encode("cp932")),
        ((FORMS, "not-utf8", 24, 1),),
    ),
    "cut-amid-a-letter": (
        FORMS,
        TEXT[: TEXT.index("用語:") + 1].encode()[:-1],
        ((FORMS, "not-utf8", 45, 1),),
    ),
    "workbook-renamed": (
        "aoi/measures/door.yaml",
        b"PK\x03\x04\x14\0\x06\0[Content_Types].xml",
        (("aoi/measures/door.yaml", "not-text", 1, 1),),
    ),
    "picture-renamed": (
        "aoi/measures/door.yaml",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        (("aoi/measures/door.yaml", "not-text", 1, 1),),
    ),
    "pdf-renamed": (
        "aoi/measures/door.yaml",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\0",
        (("aoi/measures/door.yaml", "not-text", 1, 1),),
    ),
    "nul": (FORMS, strewn("\0"), ((FORMS, "not-text", 1, 1),)),
    "half-a-surrogate": (
        FORMS,
        typed("内容: 検討", "内容: ▲").replace("▲".encode(), b"\xed\xa0\x80"),
        ((FORMS, "not-utf8", 24, 1),),
    ),
    **{
        f"{path}-in-shift-jis": (
            path,
            (SMALL / path).read_text("utf-8").encode("cp932"),
            ((path, "not-utf8", 1, 1),),
        )
        for path in ("aoi/plan.yaml", "aoi/glossary.yaml", "themes.yaml", "site.yaml")
    },
    "page-in-shift-jis": (
        "pages/about.md",
        "# このサイト\n".encode("cp932"),
        (("pages/about.md", "not-utf8", 1, 1),),
    ),
    # Marks and line ends that editors add.
    "byte-order-mark": (FORMS, b"\xef\xbb\xbf" + TEXT.encode(), INTACT),
    "byte-order-mark-twice": (
        FORMS,
        b"\xef\xbb\xbf" * 2 + TEXT.encode(),
        INTACT,
    ),
    "byte-order-mark-in-the-middle": (
        FORMS,
        typed("順: 10", "\ufeff順: 10"),
        ((FORMS, "control-character", 3, 1),),
    ),
    "windows-lines": (FORMS, typed("順: 10", "順: 10", ends="\r\n"), INTACT),
    "windows-lines-with-a-slip": (
        FORMS,
        typed("順: 10", "順: 十", ends="\r\n"),
        ((FORMS, "bad-number", 3, 4),),
    ),
    "old-mac-lines": (FORMS, typed("順: 10", "順: 10", ends="\r"), INTACT),
    "old-mac-lines-with-a-slip": (
        FORMS,
        typed("順: 10", "順: 十", ends="\r"),
        ((FORMS, "bad-number", 3, 4),),
    ),
    "mixed-lines-with-a-slip": (
        FORMS,
        typed("順: 10", "順: 十").replace(b"\n", b"\r\n", 2),
        ((FORMS, "bad-number", 3, 4),),
    ),
    "windows-lines-doubled": (
        FORMS,
        typed("順: 10", "順: 十", ends="\r\r\n"),
        ((FORMS, "bad-number", 5, 4),),
    ),
    # What cannot be seen.
    **{
        f"control-character-{ord(sign):04x}": (
            FORMS,
            strewn(sign),
            ((FORMS, "control-character", 24, 10),),
        )
        for sign in "\x08\x0b\x0c\x1b\x7f\x85\u2028\u2029"
    },
    "replacement-character": (FORMS, strewn("\ufffd"), ((FORMS, "control-character", 24, 10),)),
    "zero-width-space-in-a-key": (
        FORMS,
        typed("担当課:", "担当\u200b課:"),
        ((FORMS, "control-character", 11, 3),),
    ),
    "zero-width-space-in-a-theme": (
        FORMS,
        typed("- online-procedures", "- online-\u200bprocedures"),
        ((FORMS, "control-character", 9, 12),),
    ),
    "direction-mark-before-a-date": (
        FORMS,
        typed("更新日: ", "更新日: \u200e"),
        ((FORMS, "control-character", 52, 6),),
    ),
    "soft-hyphen-in-a-term": (
        FORMS,
        typed("- rpa", "- r\u00adpa"),
        ((FORMS, "control-character", 46, 6),),
    ),
    "no-break-space-as-indent": (
        FORMS,
        typed("  - 情報課", "\u00a0\u00a0- 情報課"),
        ((FORMS, "fullwidth-indent", 12, 1),),
    ),
    "no-break-space-after-a-colon": (
        FORMS,
        typed("単位: 件", "単位:\u00a0件"),
        ((FORMS, "fullwidth-space", 32, 8),),
    ),
    "em-space-after-a-colon": (
        FORMS,
        typed("名称: オンライン", "名称:\u2003オンライン"),
        ((FORMS, "fullwidth-space", 1, 4),),
    ),
    "variation-selector": (FORMS, strewn("葛\U000e0100"), INTACT),
    "emoji": (FORMS, strewn("📱"), INTACT),
    # Much too much.
    "ten-megabytes": (FORMS, TEXT.encode() + b"#\n" * 5_000_000, ((FORMS, "too-large", 1, 1),)),
    "largest-allowed": (
        FORMS,
        TEXT.encode() + b"#" * (1_000_000 - len(TEXT.encode())),
        INTACT,
    ),
    "thousand-brackets": (FORMS, b"a: " + b"[" * 1000 + b"]" * 1000, ((FORMS, "too-deep", 1, 19),)),
    "thousand-braces": (FORMS, b"a: " + b"{a: " * 1000, ((FORMS, "too-deep", 1, 64),)),
    "thousand-list-marks": (FORMS, b"a:\n" + b"- " * 1000 + b"b", ((FORMS, "too-deep", 2, 31),)),
    "thousand-indents": (
        FORMS,
        "".join(f"{' ' * level}a:\n" for level in range(1000)).encode(),
        ((FORMS, "too-deep", 17, 17),),
    ),
    "alias-bomb": (
        FORMS,
        b"a: &a [x, x]\n"
        + b"".join(b"%c: &%c [*%c, *%c]\n" % (n, n, n - 1, n - 1) for n in b"bcdefghi"),
        ((FORMS, "alias", 1, 4),),
    ),
    "alias-of-itself": (FORMS, b"a: &a\n  - *a\n", ((FORMS, "alias", 1, 4),)),
    "line-of-100000-letters": (
        FORMS,
        typed("RPAで受付を", "RPAで受付を" * 15_000),
        ((FORMS, "long-summary", 14, 1), (FORMS, "long-sentence", 16, 3)),
    ),
    "key-of-300-letters": (
        FORMS,
        f"{TEXT}\n{'項' * 300}: 一\n".encode(),
        ((FORMS, "unknown-key", 54, 1),),
    ),
    "500-departments": (
        FORMS,
        typed("  - 情報課\n", "".join(f"  - 第{n}課\n" for n in range(500))),
        INTACT,
    ),
    "500-unreadable-years": (
        FORMS,
        typed("  - 年度: R5\n    内容: 検討\n", "  - 年度: 未定\n" * 500),
        tuple((FORMS, "bad-year", 23 + n, 9) for n in range(500)),
    ),
    # Nothing at all.
    **{
        f"nothing-but-{what}": (FORMS, data, ((FORMS, "empty-file", 1, 1),))
        for what, data in {
            "no-bytes": b"",
            "line-ends": b"\n\n\n",
            "blanks": b"   ",
            "a-tab": b"\t\n",
            "a-fullwidth-blank": "　\n".encode(),
            "a-byte-order-mark": b"\xef\xbb\xbf",
            "a-document-mark": b"---\n",
        }.items()
    },
}


@pytest.mark.parametrize("name", BYTES)
def test_the_bytes_are_told(name: str, office: Desk) -> None:
    path, data, told = BYTES[name]
    office.write(path, data)
    findings = office.findings()
    assert told_by(findings) == tuple(sorted(told))
    assert_plain(findings)


# -------------------------------------------------------------------- folders, links, file names


def _move(content: Path, old: str, new: str) -> None:
    (content / old).rename(content / new)


def _folder_in_place_of(content: Path, path: str) -> None:
    (content / path).unlink()
    (content / path).mkdir()


def _socket(content: Path) -> None:
    """A name that can be opened by nobody."""
    with socket.socket(socket.AF_UNIX) as door, contextlib.chdir(content / "aoi" / "measures"):
        door.bind("door.yaml")


def _unreadable(content: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root reads everything")
    (content / FORMS).chmod(0)


def _twin(content: Path) -> None:
    shutil.copytree(content / "aoi", content / "midori")


def _content_emptied(content: Path) -> None:
    shutil.rmtree(content)
    content.mkdir()


def _content_as_a_file(content: Path) -> None:
    shutil.rmtree(content)
    content.write_text("名称: 小さなサイト\n", "utf-8")


def _stray_files(content: Path) -> None:
    for name in ("Thumbs.db", "desktop.ini", "表.xlsx", "~$表.xlsx", ".DS_Store", "forms.yaml~"):
        (content / "aoi" / "measures" / name).write_bytes(b"\0")


def _written(path: str, source: str = FORMS) -> Callable[[Path], None]:
    """A copy of a file of tests/small under another name."""

    def lay(content: Path) -> None:
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_bytes((SMALL / source).read_bytes())

    return lay


def _case_matters(content: Path) -> None:
    if (content / FORMS.upper()).exists() or (content / "AOI").exists():
        pytest.skip("this disk does not tell capitals from small letters")
    _written("aoi/Plan.yaml", "aoi/plan.yaml")(content)
    _written("aoi/measures/Forms.yaml")(content)


DOOR = "aoi/measures/door.yaml"
FOLDERS: dict[str, tuple[Callable[[Path], None], tuple[Told, ...]]] = {
    "folder-named-yaml": (
        lambda content: (content / DOOR).mkdir(),
        ((DOOR, "folder-named-as-file", 1, 1),),
    ),
    "folder-named-yml": (
        lambda content: (content / "aoi/measures/door.yml").mkdir(),
        (("aoi/measures/door.yml", "folder-named-as-file", 1, 1),),
    ),
    "plan-is-a-folder": (
        lambda content: _folder_in_place_of(content, "aoi/plan.yaml"),
        (("aoi/plan.yaml", "folder-named-as-file", 1, 1),),
    ),
    "themes-are-a-folder": (
        lambda content: _folder_in_place_of(content, "themes.yaml"),
        (("themes.yaml", "folder-named-as-file", 1, 1),),
    ),
    "page-is-a-folder": (
        lambda content: _folder_in_place_of(content, "pages/about.md"),
        (("pages/about.md", "folder-named-as-file", 1, 1),),
    ),
    "link-to-nowhere": (
        lambda content: (content / DOOR).symlink_to("nowhere.yaml"),
        ((DOOR, "unreadable-file", 1, 1),),
    ),
    "link-to-itself": (
        lambda content: (content / DOOR).symlink_to("door.yaml"),
        ((DOOR, "unreadable-file", 1, 1),),
    ),
    "link-to-the-folder-above": (
        lambda content: (content / "aoi" / "loop").symlink_to(".."),
        INTACT,
    ),
    "pipe": (
        lambda content: os.mkfifo(content / DOOR),
        ((DOOR, "unreadable-file", 1, 1),),
    ),
    "socket": (_socket, ((DOOR, "unreadable-file", 1, 1),)),
    "no-permission": (_unreadable, ((FORMS, "unreadable-file", 1, 1),)),
    "no-site": (
        lambda content: (content / "site.yaml").unlink(),
        (("site.yaml", "missing-file", 1, 1),),
    ),
    "no-plan": (
        lambda content: (content / "aoi/plan.yaml").unlink(),
        (("aoi/glossary.yaml", "no-plan", 1, 1),),
    ),
    "folder-with-capital": (
        lambda content: _move(content, "aoi", "Aoi"),
        (("Aoi/glossary.yaml", "bad-file-name", 1, 1),),
    ),
    "folder-in-japanese": (
        lambda content: _move(content, "aoi", "青井"),
        (("青井/glossary.yaml", "bad-file-name", 1, 1),),
    ),
    "folder-with-blank": (
        lambda content: _move(content, "aoi", "aoi city"),
        (("aoi city/glossary.yaml", "bad-file-name", 1, 1),),
    ),
    "folder-name-taken": (
        lambda content: _move(content, "aoi", "kpis"),
        (("kpis/glossary.yaml", "taken-name", 1, 1),),
    ),
    "plan-copied-with-its-code": (
        _twin,
        (("midori/plan.yaml", "repeated-id", 5, 8),),
    ),
    "content-empty": (
        _content_emptied,
        (("content", "no-content", 1, 1),),
    ),
    "content-is-a-file": (
        _content_as_a_file,
        (("content", "no-content", 1, 1),),
    ),
    "empty-folder": (
        lambda content: (content / "midori" / "measures").mkdir(parents=True),
        INTACT,
    ),
    "files-of-other-tools": (_stray_files, INTACT),
    "names-that-differ-in-capitals": (
        _case_matters,
        (
            ("aoi/Plan.yaml", "stray-file", 1, 1),
            ("aoi/measures/Forms.yaml", "bad-file-name", 1, 1),
        ),
    ),
    "file-name-with-trailing-blank": (
        _written("aoi/measures/door.yaml "),
        (("aoi/measures/door.yaml ", "wrong-extension", 1, 1),),
    ),
    "file-name-with-line-end": (
        _written("aoi/measures/do\nor.yaml"),
        (("aoi/measures/do？or.yaml", "odd-file-name", 1, 1),),
    ),
    "file-name-with-zero-width-space": (
        _written("aoi/measures/do\u200bor.yaml"),
        (("aoi/measures/do？or.yaml", "odd-file-name", 1, 1),),
    ),
    "file-name-of-an-emoji": (
        _written("aoi/measures/📱.yaml"),
        (("aoi/measures/📱.yaml", "bad-file-name", 1, 1),),
    ),
    "file-name-of-a-hyphen": (
        _written("aoi/measures/-.yaml"),
        (("aoi/measures/-.yaml", "bad-file-name", 1, 1),),
    ),
    "file-name-like-an-option": (
        _written("aoi/measures/--help.yaml"),
        (("aoi/measures/--help.yaml", "bad-file-name", 1, 1),),
    ),
    "file-name-of-an-ending": (_written("aoi/measures/.yaml"), INTACT),
}


@pytest.fixture
def _patience() -> Iterator[None]:
    """Nobody waits for a file that never ends."""

    def give_up(*_: object) -> None:
        pytest.fail("never ends")  # not an error that reading a file could take for its own

    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(10)
    yield
    signal.alarm(0)


@pytest.mark.usefixtures("_patience")
@pytest.mark.parametrize("name", FOLDERS)
def test_the_folder_is_told(name: str, office: Desk) -> None:
    lay, told = FOLDERS[name]
    lay(office.root / "content")
    findings = office.findings()
    assert told_by(findings) == tuple(sorted(told))
    assert_plain(findings)
