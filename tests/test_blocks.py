"""Blocks keep a file to the letter, and change in one place only."""

import random
import re
from collections.abc import Sequence
from difflib import ndiff
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dxsite import writing
from dxsite.blocks import Block, Blocks
from dxsite.cutting import read_blocks
from dxsite.diagnostics import Report
from dxsite.documents import parse_document
from dxsite.editing import Path, get, insert, likeness, put, remove, reorder
from dxsite.model import KNOWN_KEYS, TOP_RECORDS, Measure, PlanFile, Record, ThemesFile
from dxsite.model.records import RecordOf
from dxsite.sentences import reads_alike
from dxsite.signs import forbidden_signs
from dxsite.sources import Source, read_sources
from dxsite.writing import Value
from tests.conftest import ROOT

CONTENT = [s for s in read_sources(ROOT, Report()) if s.path.endswith(".yaml")]


def held_by(path: str) -> type[Record]:
    return Measure if "/measures/" in path else TOP_RECORDS[path.split("/")[-1][: -len(".yaml")]]


def read(text: str, cls: type[Record] = Measure) -> Blocks:
    """The blocks of a text without a fault."""
    report = Report()
    blocks = read_blocks(Source("content/aoi/measures/forms.yaml", text.encode()), cls, report)
    assert report.errors == 0, report.findings
    assert blocks is not None
    return blocks


def rejoined(blocks: Blocks, block: Block | None = None) -> str:
    """Every stretch of every block, one after the other."""
    block = block or blocks.root
    bounds = (block.start, block.own, block.mark, block.value)
    text = "".join(blocks.text[a:b] for a, b in pairwise(bounds))
    at = block.value
    for child in block.inner:
        text += blocks.text[at : child.start] + rejoined(blocks, child)
        at = child.end
    assert block.inner or block.value <= block.leaf[0] <= block.leaf[1] <= block.close
    return (
        text
        + blocks.text[at : block.close]
        + blocks.text[block.close : block.tail]
        + blocks.text[block.tail : block.end]
    )


# ------------------------------------------------------------------ untidy files

WORDS = [
    *("申請", "窓口 一つ", "50%", "R5", "no", "a-b", "※1 注", "「引用」", "1,500", "x"),
    *("a: b", "#x", "", "%", " 前", "- a", "'q' ", '"', "\\", "名称：あ", "{a}", "a\nb", "a  b\n"),
]
SENTENCES = [
    "手続きを減らします。",
    "「はい。いいえ。」と答えます。",
    "本当ですか？",
    "- 一つ目",
    "",
    "A B",
]

NOTES = ("# 覚え書き", "# 番号: 1", "#- a: b", "# yaml-")

texts = st.sampled_from(WORDS)
headings = texts.filter(lambda text: "\n" not in text)
proses = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5).map("\n".join)
kpis = st.fixed_dictionaries(
    {"ID": st.just("a")},
    optional={
        "名称": texts,
        "現状": st.fixed_dictionaries({"値": texts}, optional={"時点": texts}),
        "目標": st.dictionaries(st.sampled_from(["R5", "R6", "R7末"]), texts, min_size=1),
        "注記": texts,
    },
)
measures: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {"名称": texts},
    optional={
        "順": st.just("10"),
        "テーマ": st.lists(texts, min_size=1, max_size=3),
        "要約": proses.filter(str.strip),
        "本文": st.dictionaries(headings, proses.filter(str.strip), min_size=1, max_size=2),
        "KPI": st.lists(kpis, min_size=1, max_size=3),
        "表": st.lists(
            st.fixed_dictionaries(
                {"題名": texts, "行": st.lists(st.lists(texts, min_size=1), min_size=1, max_size=2)}
            ),
            min_size=1,
            max_size=1,
        ),
        "知らない項目": texts,
        "更新日": st.just("2026-11-20"),
    },
)


class Untidy:
    """Writes a value as nobody should: any order, indent, quotes, blank lines, comments."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.notes = 0

    def file(self, value: dict[str, Any]) -> str:
        head = ["# yaml-language-server: $schema=x"] if self.chance.random() < 0.2 else []
        lines = [*head, *self.between(0), *self.entries(value, 0), *self.between(0)]
        text = "\n".join(lines) + self.chance.choice(["\n", "", "\n\n"])
        text = text.replace("\n", "\r\n") if self.chance.random() < 0.1 else text
        return "\ufeff" + text if self.chance.random() < 0.1 else text

    def between(self, indent: int) -> list[str]:
        lines: list[str] = []
        while self.chance.random() < 0.35:
            self.notes += 1
            note = self.chance.choice(NOTES[:3])
            pad = " " * (
                indent if self.chance.random() < 0.8 else self.chance.randrange(indent + 1)
            )
            lines.append(self.chance.choice(["", "", f"{pad}{note} {self.notes}"]))
        return lines

    def entries(self, value: Any, indent: int) -> list[str]:
        pad = " " * indent
        marks = [("-", v) for v in value]
        if isinstance(value, dict):
            names = self.chance.sample(list(value), len(value))
            marks = [(f"{writing.spelled_key(name)}:", value[name]) for name in names]
        lines: list[str] = []
        for mark, inner in marks:
            first, *below = self.entry(mark, inner, indent)
            lines += [*self.between(indent), pad + first, *below]
        return lines + (self.between(indent) if self.chance.random() < 0.3 else [])

    def entry(self, mark: str, value: Any, indent: int) -> list[str]:
        """First line without its indent."""
        if isinstance(value, str):
            return self.text(mark, value, indent)
        if self.chance.random() < 0.15 and "\n" not in str(writing.quote(str(value))):
            return [f"{mark} {self.brackets(value)}"]
        step = self.chance.choice([2, 4] if mark == "-" or isinstance(value, dict) else [0, 2, 3])
        lines = self.entries(value, indent + step)
        first = lines[0]
        if mark == "-" and first.strip() and not first.lstrip().startswith("#"):
            return [f"-{' ' * (step - 1)}{first.lstrip(' ')}", *lines[1:]]
        return [mark, *lines]

    def text(self, mark: str, value: str, indent: int) -> list[str]:
        pad = " " * (indent + self.chance.choice([1, 2, 4]))
        if "\n" in value or self.chance.random() < 0.2:
            sign = self.chance.choice(["|", "|-", "|+", ">-"] if "\n" not in value else ["|", "|-"])
            if value[:1] != " " and value.strip():
                return [
                    f"{mark} {sign}",
                    *(pad + line if line else "" for line in value.split("\n")),
                ]
        if self.chance.random() < 0.2:
            note = "  # 横の覚え書き" if self.chance.random() < 0.5 else ""
            return [f"{mark} {writing.quote(value)}{note}"]
        if self.chance.random() < 0.2 and re.fullmatch(r"\w+ \w+", value):
            return [f"{mark} {value.split(' ')[0]}", pad + value.partition(" ")[2]]
        return [f"{mark} {writing.spelled(value, item=mark == '-')}"]

    def brackets(self, value: Any) -> str:
        if isinstance(value, str):
            return writing.quote(value)
        if isinstance(value, dict):
            return (
                "{"
                + ", ".join(f"{writing.quote(k)}: {self.brackets(v)}" for k, v in value.items())
                + "}"
            )
        return "[" + ", ".join(map(self.brackets, value)) + "]"


untidy_files = st.builds(
    lambda value, seed: Untidy(seed).file(value), measures, st.integers(0, 10**6)
)

changeable_files = untidy_files.filter(lambda text: "|+" not in text and text.endswith("\n"))
"""Without texts that change with what follows them; `put` refuses to touch these."""


# ------------------------------------------------------------------ to the letter


@pytest.mark.parametrize("source", CONTENT, ids=lambda source: source.path)
def test_a_file_of_the_catalogue_is_kept_to_the_letter(source: Source) -> None:
    blocks = read_blocks(source, held_by(source.path), Report())
    assert blocks is not None
    assert str(blocks).encode() == source.data
    assert rejoined(blocks) == blocks.text


@settings(max_examples=300, deadline=None)
@given(untidy_files)
def test_an_untidy_file_is_kept_to_the_letter(text: str) -> None:
    blocks = read(text)
    assert str(blocks) == text
    assert rejoined(blocks) == blocks.text
    notes = [line.strip() for line in blocks.text.splitlines() if line.strip().startswith(NOTES)]
    assert sorted(c for c in blocks.comments() if not c.startswith("# 横")) == sorted(notes)


# ------------------------------------------------------------------ one change, one place

TIDY = """\
# 施策一つにつき一つのファイルです。

名称: 電子申請
# 計画の並び
順: 10

テーマ:
  - online-procedures
  # 窓口も入る
  - front-office

# ── ここから数字 ──

KPI:
  - ID: applications
    名称: 受付件数
    目標:
      R5: "100"  # 計画の33ページ
      R9: 1,500

  # 令和7年に足した
  - ID: forms
    名称: 様式の数
    # 終わりに注記を足す

更新日: 2026-11-20
# 終わり
"""


def test_a_value_is_found_by_keys_and_indices() -> None:
    blocks = read(TIDY)
    assert get(blocks, ("KPI", 0, "目標")) == {"R5": "100", "R9": "1,500"}
    assert get(blocks, ("テーマ", 1)) == "front-office"
    assert get(blocks, ("KPI", 2, "名称")) is None
    assert get(read("KPI: [{ID: a, 目標: {R5: 1}}]"), ("KPI", 0, "目標", "R5")) == "1"


def changes(before: str, after: Blocks) -> list[str]:
    """What an edit took away (-) and added (+), line by line."""
    lines = ndiff(before.splitlines(), str(after).splitlines())
    return [line for line in lines if line[0] in "+-"]


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("名称",), "オンライン申請", ["- 名称: 電子申請", "+ 名称: オンライン申請"]),
        (("順",), "10", []),
        (("テーマ", 1), "cashless", ["-   - front-office", "+   - cashless"]),
        (("テーマ",), ["online-procedures", "a", "front-office"], ["+   - a"]),
        (("KPI", 0, "目標", "R9"), "80以上", ["-       R9: 1,500", "+       R9: 80以上"]),
        (("KPI", 0, "目標", "R7"), "800", ["+       R7: 800"]),
        (("KPI", 0, "単位"), "%", ['+     単位: "%"']),
        (
            ("KPI", 0, "目標", "R5"),
            "120",
            ['-       R5: "100"  # 計画の33ページ', '+       R5: "120" # 計画の33ページ'],
        ),
        (("KPI", 1, "現状", "値"), "31", ["+     現状:", "+       値: 31"]),
        (("番号",), "1-1", ["+ ", "+ 番号: 1-1"]),
        (
            ("要約",),
            "窓口へ行かずに済みます。「はい。」と言えます。",
            ["+ ", "+ 要約: |", "+   窓口へ行かずに済みます。", "+   「はい。」と言えます。"],
        ),
        (("費用",), {"R5": "1", "R6": "－"}, ["+ 費用:", "+   R5: 1", "+   R6: －", "+ "]),
        (("出典", "節"), "7 # 8", ["+ 出典:", '+   節: "7 # 8"', "+ "]),
    ],
    ids=lambda value: "-".join(map(str, value)) if isinstance(value, tuple) else None,
)
def test_a_value_is_put_at_its_place(path: Path, value: Value, said: list[str]) -> None:
    after = put(read(TIDY), path, value)
    assert get(after, path) == value or path == ("要約",)
    assert changes(TIDY, after) == said


def test_of_a_list_of_records_only_what_differs_is_written() -> None:
    blocks = read(TIDY)
    kpis = get(blocks, ("KPI",))
    assert isinstance(kpis, list)
    new = {"名称": "満足度", "ID": "satisfaction"}
    assert changes(TIDY, put(blocks, ("KPI",), [kpis[0], new, kpis[1]])) == [
        "+   - ID: satisfaction",
        "+     名称: 満足度",
        "+ ",
    ]
    assert changes(TIDY, put(blocks, ("KPI",), kpis[:1])) == [
        "-   # 令和7年に足した",
        "-   - ID: forms",
        "-     名称: 様式の数",
        "-     # 終わりに注記を足す",
        "- ",
    ]


def test_a_key_goes_with_its_comments_and_others_stay() -> None:
    blocks = read(TIDY)
    assert changes(TIDY, remove(blocks, ("順",))) == ["- # 計画の並び", "- 順: 10"]
    assert "# ── ここから数字 ──\n\n更新日" in str(remove(blocks, ("KPI",)))
    assert changes(TIDY, remove(blocks, ("テーマ", 1))) == [
        "-   # 窓口も入る",
        "-   - front-office",
    ]


def test_the_first_key_of_an_item_leaves_the_dash_to_the_next() -> None:
    after = str(remove(read(TIDY), ("KPI", 1, "ID")))
    assert "  # 令和7年に足した\n  - 名称: 様式の数\n" in after
    after = str(put(remove(read(TIDY), ("KPI", 1, "ID")), ("KPI", 1, "ID"), "forms"))
    assert after == TIDY


def test_a_section_goes_with_its_last_entry() -> None:
    text = "名称: a\n\nKPI:\n  - ID: a\n    現状:\n      値: 1\n"
    assert str(remove(read(text), ("KPI", 0, "現状", "値"))) == "名称: a\n\nKPI:\n  - ID: a\n"
    assert str(remove(read(text), ("KPI", 0))) == "名称: a\n"
    with pytest.raises(ValueError, match="unpack"):
        remove(read("名称: a\n"), ("名称",))


def test_items_are_put_in_another_order_with_their_comments() -> None:
    blocks = reorder(read(TIDY), ("KPI",), [1, 0])
    assert "\nKPI:\n  # 令和7年に足した\n  - ID: forms\n" in str(blocks)
    assert str(reorder(blocks, ("KPI",), [1, 0])) == TIDY
    rows = read("表:\n  - 題名: t\n    行:\n      - - a\n        - b\n")
    assert "- - b\n        - a\n" in str(reorder(rows, ("表", 0, "行", 0), [1, 0]))


def test_an_item_is_inserted() -> None:
    blocks = read(TIDY)
    assert changes(TIDY, insert(blocks, ("テーマ", 0), "a")) == ["+   - a"]
    assert changes(TIDY, insert(blocks, ("KPI", 2), {"ID": "b"})) == ["+   - ID: b", "+ "]
    assert changes(TIDY, insert(blocks, ("用語", 0), "rpa")) == ["+ 用語:", "+   - rpa", "+ "]
    with pytest.raises(ValueError, match="名称"):
        insert(blocks, ("名称", 0), "a")
    with pytest.raises(ValueError, match="テーマ"):
        insert(blocks, ("テーマ", 9), "a")


def test_what_stands_in_brackets_is_opened_where_it_is_changed() -> None:
    blocks = read("名称: a\nKPI: [{ID: a, 目標: {R5: 1}}, {ID: b}]\n順: 1\n")
    after = put(blocks, ("KPI", 0, "目標", "R6"), "2")
    assert str(after) == (
        "名称: a\nKPI:\n  - ID: a\n    目標:\n      R5: 1\n      R6: 2\n\n  - ID: b\n順: 1\n"
    )


def test_the_lines_of_a_file_end_as_they_did() -> None:
    text = "\ufeff名称: a\r\n\r\n順: 1\r\n\r\nテーマ:\r\n  - a"
    after = put(put(read(text), ("テーマ", 1), "b"), ("番号",), "1")
    assert str(after) == (
        "\ufeff名称: a\r\n\r\n順: 1\r\n\r\n番号: 1\r\n\r\nテーマ:\r\n  - a\r\n  - b\r\n"
    )


def test_a_plan_and_its_themes_are_written_as_the_house_does() -> None:
    plan = read("自治体: 青井市\n", PlanFile)
    plan = put(plan, ("章",), [{"本文": "一。二。", "ID": "a", "見出し": "b"}])
    plan = put(plan, ("体系",), [{"記号": "1", "説明": "一。"}, {"記号": "2"}])
    assert str(plan) == (
        "自治体: 青井市\n\n体系:\n  - 記号: 1\n    説明: |\n      一。\n\n  - 記号: 2\n\n"
        "章:\n  - ID: a\n\n    見出し: b\n\n    本文: |\n      一。\n      二。\n"
    )
    theme = {"名称": "b", "ID": "a", "関連する語": ["x", "y"]}
    assert "\n".join(writing.section({"テーマ一覧": [theme]}, RecordOf(ThemesFile))) == (
        "テーマ一覧:\n  - ID: a\n\n    名称: b\n\n    関連する語:\n      - x\n      - y"
    )


# ------------------------------------------------------------------ nasty texts

NASTY = [
    *("no", "~", "null", "0123", "1:30", "2025-05-01", "1_000", "0x1F", "1e3", ".5", "<<", "="),
    *("|", ">", "|-", "- a", "-", "---", "--- a", "...", "? a", "?", ": a", ":", "a: b", "a:"),
    *("#b", "a #b", "a#b", "%", "%YAML 1.1", "@a", "`a`", "&a", "*a", "!a", "!!str a", "\\", '"'),
    *("'", "'a'", '"a" b', "a\"b'c", "[", "]", "[a]", "{a: b}", "a, b", "", " ", "　", " a", "a "),
    *(
        "　字下げ",
        "名称：電子申請",
        "R5：対応",
        "説明:なし",
        "：",
        "a：b",
        "｜",
        "・a",
        "－",
        "－a",
    ),
    *("a\nb", "a\n\nb\n", "\na", " a\n b", "a\\nb", "\t", "a\tb", "\ta", "🙂", "👨‍👩‍👧", "é"),
    *(
        "https://example.org/#a?b=c&d",
        "C:\\a",
        "<b>",
        "が",
        "\u200b",
        "\u3000#",
        "a　#b",
        "<<<<<<<",
    ),
    *("=======", "年度なし", "項目：\n値", "a # b: c", "{{ a }}", "a" * 2000, "あ: " * 500),
]
nasty = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n\t :#-|\"'、。")),
).filter(lambda text: not list(forbidden_signs(text)))
PLACES: Sequence[Path] = (
    ("名称",),
    ("更新日",),
    ("テーマ", 0),
    ("テーマ", 1),
    ("KPI", 0, "ID"),
    ("KPI", 1, "名称"),
    ("KPI", 1, "注記"),
    ("KPI", 0, "目標", "R5"),
    ("KPI", 0, "目標", "R6"),
    ("表", 0, "行", 0, 0),
    ("用語", 0),
    ("状況",),
)


@settings(max_examples=300, deadline=None)
@given(nasty, st.sampled_from(PLACES))
def test_a_text_is_read_back_as_it_was_written(text: str, path: Path) -> None:
    blocks = read(TIDY)
    after = put(blocks, path, text)
    assert get(after, path) == text
    assert sorted(after.comments()) == sorted(blocks.comments())
    undone = put(after, path, get(blocks, path) or "x")
    assert get(undone, path) == (get(blocks, path) or "x")


@settings(max_examples=100, deadline=None)
@given(st.lists(nasty, min_size=1, max_size=5))
def test_a_list_of_texts_is_read_back_as_it_was_written(items: list[str]) -> None:
    assert get(put(read(TIDY), ("読者への注",), items), ("読者への注",)) == items
    assert get(put(read(TIDY), ("テーマ",), items), ("テーマ",)) == items


@settings(max_examples=200, deadline=None)
@given(nasty, nasty)
def test_prose_is_read_back_with_the_same_page(heading: str, text: str) -> None:
    try:
        after = put(read(TIDY), ("本文", heading), text)
    except ValueError:
        assert len(heading) > 900 or "\n" in heading
        return
    found = get(after, ("本文", heading))
    assert isinstance(found, str)
    assert reads_alike(found, text)


@pytest.mark.parametrize(
    "sign", ["\0", "\x07", "\x0b", "\r", "\x1b", "\x85", "\u2028", "\ud800", "\ufeff"]
)
def test_a_sign_that_no_file_can_hold_is_refused(sign: str) -> None:
    for path in (("名称",), ("要約",), ("テーマ", 0), ("本文", "現状")):
        with pytest.raises(ValueError, match="cannot hold"):
            put(read(TIDY), path, f"a{sign}b")
    with pytest.raises(ValueError, match="cannot hold"):
        put(read(TIDY), ("本文", f"a{sign}b"), "c")


@settings(max_examples=60, deadline=None)
@given(changeable_files, measures)
def test_any_file_becomes_any_other_value_by_value(text: str, value: dict[str, Any]) -> None:
    """What is put is there, whatever the file looked like; what was there already stays."""
    blocks = put(read(text), (), value)
    shape = blocks.shape
    assert likeness(writing.plain(blocks.root.node), shape) == likeness(value, shape)
    assert str(put(blocks, (), value)) == str(blocks)


@settings(max_examples=150, deadline=None)
@given(changeable_files, st.data())
def test_what_is_removed_leaves_the_rest_alone(text: str, data: st.DataObject) -> None:
    blocks = read(text)
    value = writing.plain(blocks.root.node)
    assert isinstance(value, dict)
    name = data.draw(st.sampled_from(sorted(value)))
    if len(value) == 1:
        return
    after = remove(blocks, (name,))
    rest = {key: inner for key, inner in value.items() if key != name}
    found = parse_document(Source("", str(after).encode()), KNOWN_KEYS, Report())
    assert writing.plain(found.root) == rest
