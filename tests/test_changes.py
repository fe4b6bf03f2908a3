"""Stories of changes: what a clerk altered, and exactly what `diff` says about it.

`changes/*.txt` are written like the stories of faults (test_stories.py). What the later state has
otherwise than tests/small stands in sections; a section whose head begins with `before` is in
both states:

    == before content/aoi/measures/windows.yaml     the whole file, or edits
    == content/aoi/measures/forms.yaml              the later state only
    -- 担当課:                                       lines that begin with -- are replaced
    ++ 担当課:                                       by the lines after ++
    == content/aoi/measures/windows.yaml, removed   it is not there any more
    == said                                         what `diff` prints; it comes last

With REWRITE_STORIES=1 in the environment, the last section becomes what is said now: read it
before you keep it.
"""

import copy
import json
import os
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dxsite import changes
from dxsite.changes import FORMATS, LABELS, Change, Kind, Manner, Op, apply, compare
from dxsite.changes.differences import Fields, Items
from dxsite.changes.markdown import escaped, link
from dxsite.changes.plans import CATALOG, PLANS
from dxsite.changes.words import calendar, plain
from dxsite.changes.years import shifted, span_of
from dxsite.diagnostics import Report
from dxsite.editions import Editions, read_editions
from dxsite.exports.schemas import catalog_schema
from dxsite.fiscal import FiscalYear, Span
from dxsite.sources import read_sources
from tests.conftest import ROOT, Desk
from tests.test_stories import lay_out

Json = dict[str, Any]
STORIES = sorted((Path(__file__).parent / "changes").glob("*.txt"))


def editions(before: Path, after: Path) -> Editions:
    """Both states, which have no faults."""
    reports = Report(), Report()
    sides = [read_sources(r, report) for r, report in zip((before, after), reports, strict=True)]
    read = read_editions(sides[0], sides[1], reports, drafts=False)
    assert [report.findings for report in reports if report.errors] == []
    return read


def told(story: Path, folder: Path) -> tuple[Change, ...]:
    """The changes between the two states of a story."""
    sections = re.split(r"^== ", story.read_text("utf-8"), flags=re.MULTILINE)[1:-1]
    both = [s.removeprefix("before ") for s in sections if s.startswith("before ")]
    later = [s for s in sections if not s.startswith("before ")]
    before, after = Desk(folder / "before"), Desk(folder / "after")
    lay_out(before, both)
    lay_out(after, both + later)
    read = editions(before.root, after.root)
    found = compare(read.before, read.after, read.themes)
    assert apply(read.before, found) == read.after
    return found


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.stem)
def test_the_story_is_told_as_written(story: Path, tmp_path: Path) -> None:
    title, *sections = re.split(r"^== ", story.read_text("utf-8"), flags=re.MULTILINE)
    assert re.fullmatch(r"[A-Z][^\n]*\.\n\n", title), "a story begins with one sentence"
    head, _, expected = sections[-1].partition("\n")
    assert head == "said"
    said = FORMATS["text"](told(story, tmp_path), Manner())
    if os.environ.get("REWRITE_STORIES"):
        kept = story.read_text("utf-8").partition("== said\n")[0]
        story.write_text(f"{kept}== said\n{said}\n", "utf-8")
    else:
        assert said == expected.rstrip("\n")


def test_every_kind_of_change_has_a_story(tmp_path: Path) -> None:
    """A sentence that nobody has read is not finished."""
    kinds: set[Kind] = set()
    for story in STORIES:
        kinds |= {change.kind for change in told(story, tmp_path)}
        shutil.rmtree(tmp_path / "before")
        shutil.rmtree(tmp_path / "after")
    assert kinds == set(Kind) == set(LABELS)


# ------------------------------------------------------------- nothing is lost, whatever is edited


@cache
def small() -> Json:
    """The plans of tests/small and tests/shapes: every field, every shape of plan."""
    roots = (ROOT / "tests" / "small", ROOT / "tests" / "shapes")
    plans = {p["slug"]: p for root in roots for p in editions(root, root).after["plans"]}
    loaded: Json = json.loads(json.dumps({"plans": list(plans.values())}))
    return loaded


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value inside."""
    yield path
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(inner, (*path, key))


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


def field_of(path: tuple[Any, ...]) -> tuple[Any, ...]:
    """What values are alike: the path without positions."""
    return tuple("*" if isinstance(step, int) else step for step in path)


@cache
def pool() -> dict[tuple[Any, ...], list[Any]]:
    """Every value that any plan has in a field."""
    values: defaultdict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for path in places(small()):
        if path:
            values[field_of(path)].append(at(small(), path))
    return values


class Edited:
    """A catalogue after some edits; a failing test shows the edits only."""

    def __init__(self, catalog: Json, edits: list[str]) -> None:
        self.catalog, self.edits = catalog, edits

    def __repr__(self) -> str:
        return f"Edited({self.edits})"


@st.composite
def edited_catalogs(draw: st.DrawFn) -> Edited:
    """Edits as people make them: all values stay of their kind."""
    catalog = copy.deepcopy(small())
    edits = []
    for _ in range(draw(st.integers(1, 6))):
        path = draw(st.sampled_from([p for p in places(catalog) if p]))
        parent, step = at(catalog, path[:-1]), path[-1]
        how = draw(st.sampled_from(["replace", "remove", "add", "move", "double"]))
        other = copy.deepcopy(draw(st.sampled_from(pool()[field_of(path)])))
        if not isinstance(parent, list):
            how = "set"
            parent[step] = other
            if isinstance(other, str) and step not in FORMAL:
                typed = draw(st.text(st.sampled_from("窓口。\n年度1９,－▲A「」"), max_size=6))
                parent[step] = other[: draw(st.integers(0, len(other)))] + typed
        elif how == "remove":
            del parent[step]
        elif how == "add":
            parent.insert(step, other)
        elif how == "move":
            parent.insert(draw(st.integers(0, len(parent))), parent.pop(step))
        elif how == "double":
            parent.append(copy.deepcopy(parent[step]))
        else:
            parent[step] = other
        edits.append(f"{how} {'/'.join(map(str, path))}: {str(other)[:60]}")
    return Edited(catalog, edits)


FORMAL = ("direction", "kind", "operator", "updated", "established", "revised")
"""Fields whose texts have a form."""


@settings(max_examples=150, deadline=None)
@given(edited_catalogs(), edited_catalogs())
def test_the_changes_lead_from_one_catalogue_to_the_other(one: Edited, other: Edited) -> None:
    """Applied to the earlier state they give the later one, order of lists included."""
    before, after = one.catalog, other.catalog
    untouched = json.dumps(before), json.dumps(after)
    found = compare(before, after)
    assert apply(before, found) == after
    assert (json.dumps(before), json.dumps(after)) == untouched
    assert (found == ()) == (before == after)
    assert all(change.text and change.text.isprintable() for change in found)
    for form in FORMATS:
        assert FORMATS[form](found, Manner())


@settings(max_examples=100, deadline=None)
@given(edited_catalogs())
def test_a_catalogue_is_no_change_to_itself(one: Edited) -> None:
    assert compare(one.catalog, copy.deepcopy(one.catalog)) == ()


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text("ab", max_size=2),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@given(st.lists(ANYTHING, max_size=4), st.lists(ANYTHING, max_size=4))
def test_a_field_that_nobody_has_heard_of_is_neither_lost_nor_in_the_way(
    old: list[Any], new: list[Any]
) -> None:
    """A later version may publish more: such fields are compared as a whole."""
    before, after = copy.deepcopy(small()), copy.deepcopy(small())
    before["plans"][0] |= {f"x{i}": value for i, value in enumerate(old)}
    after["plans"][0] |= {f"x{i}": value for i, value in enumerate(new)}
    assert apply(before, compare(before, after)) == after


def test_no_change_shares_its_path_with_another_of_its_kind() -> None:
    before, after = small(), copy.deepcopy(small())
    after["plans"].reverse()
    for plan in after["plans"]:
        plan["measures"].reverse()
        plan["measures"][0]["title"] += "（改）"
    found = compare(before, after)
    assert len({(change.op, change.path) for change in found}) == len(found)
    assert apply(before, found) == after


VALUE = {"fiscal_year", "year_end", "text", "number", "of", "operator", "certain", "footnote"}
ROWS = {
    "schedule": {"item", "text", "from", "to", "open_end", "always", "certain", "departments"},
    "roadmap": {"row", "text", "from", "to", "open_end", "always", "certain"},
    "costs": {"fiscal_year", "thousand_yen", "footnote"},
    "cost_totals": {"group", "fiscal_year", "thousand_yen", "general_fund_thousand_yen"},
    "targets": VALUE,
    "actuals": VALUE,
}
"""What is told of items that are compared as a whole."""
WORKED_OUT = {"progress"}
"""What follows from other fields that are told, and is no change of the plan."""


def test_every_published_field_has_words() -> None:
    """A field that is added to the catalogue is to be told in words of its own."""

    def compared(schema: Json, items: Items) -> None:
        assert items.fields is not None
        assert set(schema["properties"]) - WORKED_OUT == set(items.fields.of)
        for name, shape in items.fields.of.items():
            inner = schema["properties"][name]
            if isinstance(shape, Fields):
                assert set(inner["properties"]) == set(shape.of), name
            elif isinstance(shape, Items) and shape.fields is None:
                assert set(inner["items"]["properties"]) == ROWS[name], name
            elif isinstance(shape, Items):
                compared(inner["items"], shape)

    compared(catalog_schema()["properties"]["plans"]["items"], PLANS)


# ------------------------------------------------------------------------------ what is in a change


def one(before: Json, after: Json, kind: Kind) -> Change:
    """The only change of a kind."""
    (change,) = (c for c in compare(before, after) if c.kind is kind)
    return change


def altered(edit: Any) -> tuple[Json, Json]:
    """The plan of tests/small, and the same after `edit` of its one measure."""
    root = ROOT / "tests" / "small"
    before = json.loads(json.dumps(editions(root, root).before))
    after = copy.deepcopy(before)
    edit(after["plans"][0]["measures"][0])
    return before, after


def test_a_change_says_which_record_which_field_and_by_how_much() -> None:
    def later(measure: Json) -> None:
        measure["schedule"][0] |= {"from": 2025, "to": 2025}

    change = one(*altered(later), Kind.POSTPONED)
    assert (change.plan, change.municipality) == ("aoi", "青井市")
    assert (change.record, change.id, change.title) == ("measure", "forms", "オンライン申請の拡充")
    assert (change.field, change.by, change.op) == ("schedule", 2, Op.REPLACE)
    assert change.path == ("plans", "aoi", "measures", "forms", "schedule", 0)
    assert change.url == "/aoi/measures/forms/"
    assert (change.before["from"], change.after["from"]) == (2023, 2025)


def test_a_kpi_is_linked_where_it_stands() -> None:
    def lower(measure: Json) -> None:
        measure["kpis"][0]["targets"][1] |= {"number": 50, "text": "50件以上"}

    change = one(*altered(lower), Kind.LOWERED)
    assert change.url == "/aoi/measures/forms/#kpi-forms"
    assert change.path[-2:] == ("targets", "2027")
    assert change.by == -10


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"text": "80%", "of": None}, {"text": "90%", "of": 100}),
        ({"text": "80件"}, {"text": "90人"}),
        ({"text": "80以上", "operator": ">="}, {"text": "90以下", "operator": "<="}),
        ({"text": "▲80時間"}, {"text": "90時間"}),
    ],
)
def test_figures_of_different_things_are_not_called_higher_or_lower(old: Json, new: Json) -> None:
    def change_both(catalog: Json, parts: Json, number: int) -> None:
        row = catalog["plans"][0]["measures"][0]["kpis"][0]["targets"][1]
        row |= {"number": number, "operator": None, **parts}

    before, after = altered(lambda _: None)
    change_both(before, old, 80)
    change_both(after, new, 90)
    assert one(before, after, Kind.CHANGED).by is None


def test_a_target_is_not_raised_where_the_figures_count_otherwise() -> None:
    def cumulate(measure: Json) -> None:
        kpi = measure["kpis"][0]
        kpi["cumulative"] = True
        kpi["targets"][1] |= {"number": 300, "text": "300件以上"}

    assert {c.kind for c in compare(*altered(cumulate))} == {Kind.SET, Kind.CHANGED}


def test_what_follows_is_there_but_not_told() -> None:
    def unit(measure: Json) -> None:
        measure["kpis"][0]["unit"] = "人"
        for row in measure["kpis"][0]["targets"]:
            row["text"] = row["text"].replace("件", "人")

    before, after = altered(unit)
    found = compare(before, after)
    assert [c.kind for c in found] == [Kind.CHANGED, Kind.FOLLOWS, Kind.FOLLOWS]
    assert changes.reports(found)[0].count == 1
    assert apply(before, found) == after


def test_themes_are_told_by_their_titles() -> None:
    def theme(measure: Json) -> None:
        measure["themes"] = ["security"]

    before, after = altered(theme)
    (change,) = compare(before, after, {"security": "情報セキュリティ"})
    assert change.text == "テーマ online-procedures → 情報セキュリティ"


SPANS = st.builds(
    lambda first, length, end, certain: Span(
        FiscalYear(first),
        None if end else FiscalYear(first + length),
        open_end=bool(end and certain),
        certain=certain,
    ),
    st.integers(2019, 2035),
    st.integers(0, 5),
    st.booleans(),
    st.booleans(),
)


@given(SPANS, SPANS)
def test_what_is_postponed_one_way_is_brought_forward_the_other(before: Span, after: Span) -> None:
    opposite = {
        Kind.POSTPONED: Kind.BROUGHT_FORWARD,
        Kind.EXTENDED: Kind.SHORTENED,
        Kind.OPENED: Kind.CLOSED,
    }
    opposite |= {b: a for a, b in opposite.items()}
    there, back = shifted(before, after), shifted(after, before)
    assert opposite.get(there[0], there[0]) == back[0]
    assert there[2] == (None if back[2] is None else -back[2])


def test_months_of_the_year_of_two_eras() -> None:
    assert calendar("2019-04") == "平成31年4月（2019年4月）"
    assert calendar("2019-05-01") == "令和元年5月1日（2019年5月1日）"
    assert calendar("2018-12") == "平成30年12月（2018年12月）"


def test_a_span_of_the_catalogue_is_a_span() -> None:
    assert span_of({"from": 2023, "to": None, "open_end": True}) == Span(
        FiscalYear(2023), None, open_end=True
    )


# ------------------------------------------------------------------------------ Markdown of strangers

HOSTILE = [
    "@octocat を呼ぶ",
    "直す #1 と GH-2 と org/repo#3",
    "<img src=x onerror=alert(1)> <!-- 隠す --> &lt;b&gt;",
    "[押す](https://evil.example) ![絵](//evil.example/a.png)",
    "www.evil.example と https://evil.example と mail@evil.example",
    "`a` **b** _c_ ~~d~~ | e | $f$ :tada: [^1]",
    "一行\n\n# 見出し\n- 箇条\n```\ncode",
    "\u202e逆\u2066さ\ufeffま\x1b[31m赤\x07",
    "\\[a](b)",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_strangers_stays_text(text: str) -> None:
    safe = escaped(text)
    assert "\n" not in safe
    assert safe.isprintable() or "\u200b" in safe
    assert not re.search(r"[\u202a-\u202e\u2066-\u2069\ufeff\x00-\x1f]", safe)
    bare = re.sub(r"\\[\\`*_{}\[\]()<>~|!#$&^=+]", "", safe)
    assert not re.search(r"[\\`*_\[\]<>~|$&]", bare), "every sign has its backslash"
    seen = re.sub(r"\\(.)", r"\1", safe)
    assert not re.search(r"@[\w]|#\d|GH-\d|://|www\.|:\w+:", seen, re.ASCII), "GitHub sees nothing"


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_hostile_titles_as_they_are(text: str) -> None:
    """Through a real parser: no element but those that the report makes, and all letters there."""

    def rename(measure: Json) -> None:
        measure["title"] = text
        measure["departments"] = [text]

    said = FORMATS["markdown"](compare(*altered(rename)), Manner("https://example.org"))
    tokens = (
        MarkdownIt("gfm-like", {"linkify": False}).enable(["table", "strikethrough"]).parse(said)
    )
    inner = [t for token in tokens for t in (token.children or [])]
    kinds = {token.type for token in (*tokens, *inner)}
    assert kinds <= {
        *("paragraph_open", "paragraph_close", "inline", "text", "text_special"),
        *("bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"),
        *("strong_open", "strong_close", "link_open", "link_close", "softbreak"),
    }
    links = [str(t.attrs["href"]) for t in inner if t.type == "link_open"]
    assert all(href.startswith("https://example.org/aoi/") for href in links)


@given(st.text(max_size=60))
def test_any_text_is_shown_letter_for_letter(text: str) -> None:
    shown = "".join(
        child.content
        for token in MarkdownIt("commonmark").parse("文" + escaped(text))
        for child in (token.children or [])
    )
    assert shown.replace("\u200b", "") == ("文" + plain(text)).rstrip()


def test_an_address_cannot_break_out_of_its_link() -> None:
    assert link("ページ", "/a b)<>\n(") == "[ページ](</a%20b%29%3C%3E%0A%28>)"
    assert link("なし", None) == "なし"


def many(count: int) -> tuple[Change, ...]:
    """As many changes, each in a measure of its own."""
    before = altered(lambda _: None)[0]
    measure = before["plans"][0]["measures"][0]
    before["plans"][0]["measures"] = [
        {**copy.deepcopy(measure), "id": f"m{i}", "title": f"施策{i}"} for i in range(count)
    ]
    after = copy.deepcopy(before)
    for i, own in enumerate(after["plans"][0]["measures"]):
        own["departments"] = [f"第{i}課"]
    return compare(before, after)


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_a_limit_says_how_many_more_there_are(form: str) -> None:
    said = FORMATS[form](many(10), Manner(limit=3))
    assert said.count("情報課 → 第") - said.partition("\n")[0].count("情報課 → 第") == 3
    assert said.endswith("ほか7か所")


def test_a_comment_never_becomes_too_long_for_github() -> None:
    said = FORMATS["markdown"](many(2000), Manner("https://example.org"))
    assert len(said) < 65_536
    assert re.search(r"長いため、残りの\d+行を省きました。$", said)


def test_nothing_changed() -> None:
    assert FORMATS["text"]((), Manner()) == "変わったところはありません。"
    assert FORMATS["markdown"]((), Manner()) == "変わったところはありません。"
    assert json.loads(FORMATS["json"]((), Manner())) == []


def test_the_root_is_all_that_is_compared() -> None:
    assert set(CATALOG.of) == {"plans"}
