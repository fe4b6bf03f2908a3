"""The schemas of content files say what the reader says.

A value is judged twice: by the reader, from its text, and by the schema, as an editor would have
parsed that text (YAML 1.2). What the reader takes, an editor must not mark; where that, or the
other way round, is not so, STRICTER and LOOSER say why.
"""

import itertools
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import jsonschema
import pytest
import yaml

from dxsite import patterns, scaffolding
from dxsite.dates import ByYear
from dxsite.diagnostics import Report
from dxsite.documents import Mapping, Scalar, parse_document
from dxsite.exports import schemas
from dxsite.figures import FigureShape
from dxsite.fiscal import read_span, read_year
from dxsite.misfits import is_blank
from dxsite.model import KNOWN_KEYS, TOP_RECORDS, Key, keys_of
from dxsite.model.records import inner_records, read_record, schema_of
from dxsite.positions import Place, Text
from dxsite.shapes import Shape, Url, Whole
from dxsite.sources import Source
from tests.conftest import ROOT
from tests.editor.core import value_of
from tests.test_broken import BROKEN, read_case

Json = Any

EXAMPLES = ROOT / "dxsite" / "model" / "examples"
CONTENT = sorted((ROOT / "content").rglob("*.yaml"))
SAMPLES = sorted(
    path for name in ("small", "shapes") for path in (ROOT / "tests" / name).rglob("*.yaml")
)
RECORDS = [
    *dict.fromkeys(cls for top in TOP_RECORDS.values() for cls in (top, *inner_records(top)))
]


def kind_of(path: PurePosixPath) -> str | None:
    """What kind of content file lies at a path; None where it is none."""
    kind = "measure" if path.parent.name == "measures" else path.stem
    return kind if kind in TOP_RECORDS and path.suffix == ".yaml" else None


@cache
def validator(kind: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(schemas.for_editors()[kind]))


def reader_takes(kind: str, text: str) -> bool:
    report = Report()
    root = parse_document(Source("x.yaml", text.encode()), KNOWN_KEYS, report).root
    return bool(root and read_record(TOP_RECORDS[kind], root, report)) and not report.errors


def editor_takes(kind: str, text: str) -> bool:
    try:
        return bool(validator(kind).is_valid(value_of(text)))
    except yaml.YAMLError:
        return False


# ------------------------------------------------------------------------------------ the schemas


@pytest.mark.parametrize("kind", TOP_RECORDS)
def test_a_schema_is_one(kind: str) -> None:
    schema = json.loads(schemas.for_editors()[kind])
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("kind", TOP_RECORDS)
def test_the_copy_in_the_repository_is_what_the_model_says(kind: str) -> None:
    """`dxsite schema` makes it anew."""
    path = ROOT / scaffolding.SCHEMAS / f"{kind}.json"
    assert path.read_bytes() == schemas.for_editors()[kind], "run `dxsite schema`"


def test_the_folder_of_copies_holds_nothing_else() -> None:
    names = {path.name for path in (ROOT / scaffolding.SCHEMAS).iterdir()}
    assert names == {f"{kind}.json" for kind in TOP_RECORDS}


@pytest.mark.parametrize("path", CONTENT, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_content_file_leads_editors_to_its_schema(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    first = path.read_text("utf-8").partition("\n")[0]
    assert f"{first}\n" == scaffolding.modeline(name)
    leads_to = (path.parent / first.partition("$schema=")[2]).resolve()
    assert leads_to == ROOT / scaffolding.SCHEMAS / f"{kind_of(PurePosixPath(name))}.json"


def test_a_new_file_leads_editors_to_its_schema() -> None:
    for text, path in (
        (scaffolding.new_plan(), "content/aoi/plan.yaml"),
        (scaffolding.new_measure(), "content/aoi/measures/forms.yaml"),
        (scaffolding.new_term("rpa", first=True), "content/aoi/glossary.yaml"),
    ):
        assert text.startswith(scaffolding.modeline(path))
    assert "$schema" not in scaffolding.new_term("rpa", first=False)


def properties(schema: Json) -> Iterator[tuple[str, Json]]:
    """Every key of a schema, with what is said of it."""
    for part in (schema, *schema.get("anyOf", ())):
        for name, inner in part.get("properties", {}).items():
            yield name, inner
            yield from properties(inner)
    for name in ("items", "additionalProperties"):
        if isinstance(schema.get(name), dict):
            yield from properties(schema[name])
    for inner in schema.get("patternProperties", {}).values():
        yield from properties(inner)


@pytest.mark.parametrize("kind", TOP_RECORDS)
def test_every_key_is_told_in_japanese(kind: str) -> None:
    found = dict(properties(json.loads(schemas.for_editors()[kind])))
    assert found
    for name, told in found.items():
        assert told["title"] == name
        assert re.search("[ぁ-んァ-ン一-龠]", told["description"])
    for cls in (TOP_RECORDS[kind], *inner_records(TOP_RECORDS[kind])):
        for known in keys_of(cls):
            told = schema_of(cls)["properties"][known.name]
            assert told["markdownDescription"].startswith(f"{known.doc}。")
            assert known.shape.words in told["markdownDescription"]


# ----------------------------------------------------------------------------------- the examples


def alternatives(schema: Json) -> Json:
    """A schema with the keys that any of its alternatives has."""
    inner = [part for part in schema.get("anyOf", ()) if "properties" in part]
    return {**schema, **inner[0]} if inner else schema


def examples(name: str, told: Json) -> Json:
    """The examples of a key; those that hold more than a list stand in its description, as YAML."""
    block = re.search("\n```yaml\n(.*?)\n```", told.get("markdownDescription", ""), re.DOTALL)
    return [value_of(block[1])[name]] if block else told.get("examples", [])


def minimal(schema: Json) -> Json:
    """The least that a record can hold: what it must, as in the examples."""
    schema = alternatives(schema)
    return {
        name: least(schema["properties"][name], examples(name, schema["properties"][name])[0])
        for name in schema["required"]
    }


def least(schema: Json, example: Json) -> Json:
    """An example without what it need not hold."""
    if isinstance(example, list) and "properties" in schema.get("items", {}):
        return [minimal(schema["items"])]
    if isinstance(example, dict) and "properties" in alternatives(schema):
        return minimal(schema)
    return example


def used(schema: Json) -> Iterator[tuple[str, Json]]:
    """Every key with each of its examples, put in its place of the least file that holds it."""
    schema = alternatives(schema)
    for name, told in schema["properties"].items():
        for example in examples(name, told):
            yield name, {**minimal(schema), name: example}
        for below, value in inside(told):
            yield f"{name}/{below}", {**minimal(schema), name: value}


def inside(schema: Json) -> Iterator[tuple[str, Json]]:
    """The same of what stands below a key."""
    if "properties" in alternatives(schema):
        yield from used(schema)
    elif "properties" in schema.get("items", {}):
        yield from ((name, [value]) for name, value in used(schema["items"]))
    for item in schema.get("patternProperties", {}).values():
        yield from ((name, {"R5": value}) for name, value in inside(item))


@pytest.mark.parametrize("kind", TOP_RECORDS)
def test_every_key_has_an_example(kind: str) -> None:
    found = list(properties(json.loads(schemas.for_editors()[kind])))
    assert [name for name, told in found if not examples(name, told)] == []
    assert [name for name, told in found if examples(name, told)[0] in ("", [], {}, None)] == []


@pytest.mark.parametrize("kind", TOP_RECORDS)
def test_what_an_editor_offers_to_type_in_is_flat(kind: str) -> None:
    """The language server of VS Code types `[object Object]` for a record in a list."""
    for name, told in properties(json.loads(schemas.for_editors()[kind])):
        for example in told.get("examples", ()):
            items = example if isinstance(example, list) else [example]
            assert all(isinstance(item, str | int) and "\n" not in str(item) for item in items), (
                name
            )


@pytest.mark.parametrize("kind", TOP_RECORDS)
def test_every_example_is_right_in_its_place(kind: str) -> None:
    """In a file that holds nothing else than it must."""
    schema = json.loads(schemas.for_editors()[kind])
    whole = dict(used(schema))
    assert {name.rpartition("/")[2] for name in whole} == {name for name, _ in properties(schema)}
    for name, tree in whole.items():
        validator(kind).validate(tree)
        text = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)
        assert reader_takes(kind, text), (name, text)


def test_a_wrong_example_would_be_noticed() -> None:
    tree = dict(used(json.loads(schemas.for_editors()["measure"])))["KPI/現状/値"]
    tree["KPI"][0]["現状"]["値"] = "1,20"
    text = yaml.safe_dump(tree, allow_unicode=True)
    assert not validator("measure").is_valid(tree)
    assert not reader_takes("measure", text)


# ---------------------------------------------------------------------------------- whole files


@pytest.mark.parametrize(
    "path", [*SAMPLES, *CONTENT], ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_a_good_file_is_taken_by_both(path: Path) -> None:
    text = path.read_text("utf-8")
    kind = kind_of(PurePosixPath(path.as_posix()))
    assert kind
    validator(kind).validate(value_of(text))
    assert reader_takes(kind, text)


def test_what_the_reader_takes_of_the_broken_files_an_editor_takes() -> None:
    """Unless the reader has mended what is no YAML."""
    seen = 0
    for path in BROKEN:
        case = read_case(path.read_text("utf-8"))
        kind = kind_of(PurePosixPath(case.path))
        if kind and reader_takes(kind, case.text):
            seen += 1
            try:
                value = value_of(case.text)
            except yaml.YAMLError:
                continue
            assert list(validator(kind).iter_errors(value)) == [], path.stem
    assert seen > 50


FAULTS = ("unknown key", "missing key", "wrong choice", "wrong type")
"""The classes of faults that both find, wherever they are."""


def fitting(schema: Json, tree: Json) -> Json:
    """A schema with that of its alternatives which is for such a tree."""
    kind = "array" if isinstance(tree, list) else "object" if isinstance(tree, dict) else "string"
    for part in (*schema.get("anyOf", ()), *schema.get("allOf", ())):
        inner = fitting(part, tree)
        if kind in inner.get("type", ()):
            return {**schema, **inner}
    return schema


def mutated(tree: Json, schema: Json) -> Iterator[tuple[str, Json]]:
    """A tree of texts with one fault, each with its class, once for each place of the schema."""
    schema = fitting(schema, tree)
    if isinstance(tree, dict) and "properties" in schema:
        yield "unknown key", {**tree, "知らない項目": "あ"}
        for name in schema["required"]:
            yield "missing key", {key: value for key, value in tree.items() if key != name}
        inner = schema["properties"]
    elif isinstance(tree, dict):
        item = [*schema.get("patternProperties", {}).values(), schema.get("additionalProperties")]
        inner = dict.fromkeys(tree, item[0])
    else:
        inner = {}
    for name in tree if isinstance(tree, dict) else ():
        for fault, value in mutated(tree[name], inner[name]):
            yield fault, {**tree, name: value}
    if isinstance(tree, list):
        for fault, value in mutated(tree[0], schema["items"]):
            yield fault, [value, *tree[1:]]
    if "enum" in schema:
        yield "wrong choice", "どれでもない"
    kinds: list[Json] = [["あ"], {"あ": "い"}, "あ"]
    own = 0 if isinstance(tree, list) else 1 if isinstance(tree, dict) else 2
    # A figure may be a text or a record, so that neither is wrong.
    yield from (("wrong type", kinds[n]) for n in range(3) if n != own and {n, own} != {1, 2})


@pytest.mark.parametrize("kind", TOP_RECORDS)
def test_both_find_a_fault_wherever_it_is(kind: str) -> None:
    samples = [p for p in SAMPLES if kind_of(PurePosixPath(p.as_posix())) == kind]
    samples = samples or [p for p in CONTENT if p.stem == kind] or [EXAMPLES / f"{kind}.yaml"]
    schema = json.loads(schemas.for_editors()[kind])
    found = set()
    seen = set()
    for path in sorted(samples, key=lambda path: path.stat().st_size)[-3:]:
        tree = shortened(yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader))
        for fault, wrong in mutated(tree, schema):
            mark = (fault, changed_at(tree, wrong))
            if mark in seen:
                continue
            seen.add(mark)
            found.add(fault)
            text = yaml.dump(wrong, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
            assert not editor_takes(kind, text), (fault, text)
            assert not reader_takes(kind, text), (fault, text)
    assert found >= {"unknown key", "wrong type"}


def shortened(tree: Json) -> Json:
    """A tree with at most three items in each list."""
    if isinstance(tree, dict):
        return {key: shortened(value) for key, value in tree.items()}
    return [shortened(item) for item in tree[:3]] if isinstance(tree, list) else tree


def changed_at(tree: Json, wrong: Json) -> str:
    """Where two trees differ, lists counted as one place, and in what."""
    if type(tree) is not type(wrong):
        return type(wrong).__name__
    if isinstance(tree, dict):
        if tree.keys() != wrong.keys():
            return str(sorted(tree.keys() ^ wrong.keys()))
        (name,) = (name for name in tree if tree[name] != wrong[name])
        return f"{name}/{changed_at(tree[name], wrong[name])}"
    return f"-/{changed_at(tree[0], wrong[0])}" if isinstance(tree, list) else str(wrong)


# ------------------------------------------------------------------------------- single values

VALUES = [
    *("", "~", "null", "true", "False", "no", "はい", "増やす", "一文", '""', '"　"', "KGI"),
    *("0", "1", "-1", "+5", "010", "0o7", "0x1F", "1.5", "1.0", ".5", "1e3", "1_000", "1,500"),
    *("１２", "①", "5 000", "－", '"-"', "—", "80以上", "150／800", "▲870", "20※3", "－※1", "※"),
    *("R5", "令和元年度", "r5", "Ｒ５", "R0", "H35", "2023", "1900", "2023.0", "２０２３", "R 5"),
    *("R5-R7", "R5～", "R7-R5", "全期間", '"?"', "R5?", "R5-？", "R5以降", "R5からR7まで", "不明"),
    *("2023-03", "2023-3", "2023-13", "2026-11-20", "2026-02-30", "1980-01-01", "2026-11-20T00:00"),
    *("online-forms", "Online", "a_b", "1-a", "-a", "https://example.org/", "example.org"),
    *("https://", "https://example.org/a b", "1000000000000000", ".inf"),
    *("http://example.org/", "https://a.example/https://b.example/", "https://a.example、b"),
    *("https://a.example，b", "https://a.example/?u=http://b", "HTTPS://a.example/", "https://あ/"),
    *("1,20", "1,2,3", "12,345", "1234,567", "1,500,00", "1,500,000", "1,", '",5"', "1,,500"),
    *(
        "1、500",
        "1、50",
        "１，５００",
        "１，５０",
        "1 , 500",
        "1, 50",
        "1,500.5",
        "1,50.5",
        "1.5.5",
    ),
    *("80,00以上", "8,000以上", "約1,20", "約1,200", "150／8,00", "150／8,000", "▲1,0", "▲1,000"),
    *(
        "1,20※1",
        "1,200※1",
        "1、500※1",
        "1人当たり1,20",
        "累計 1,20",
        "累計 1,200",
        "1,20件",
        "1,20,あ",
    ),
    *("12345678901234567", "1234567890123456,000", "0.1234567890", "1.5以上", "3年ごとに1,20"),
    *("２０", "2 0", "-1,500", "1,500円", "1,500 ", "五", "²", "1／2／3", "1,20／5", "1,20／5,0"),
    *('{R5: "1,20"}', '{R5: "1,200"}', '{表記: "1,20"}', '{表記: あ, 数: "1,20"}'),
    *('{表記: あ, 数: "1,200"}', '{表記: あ, 数: "1 200"}', "{表記: あ, 数: 1000000000000000}"),
    *("[]", "[あ]", "[1, 2]", "[~]", '[""]', "[true]", "[a, b, c, d]", "[[あ]]", "[{あ: い}]"),
    *(
        "{}",
        "{あ: い}",
        "{あ: }",
        "{R5: 1}",
        "{R5: }",
        "{2023: －}",
        "{R9末: 1}",
        '{"R9?": 80以上}',
    ),
    *("{年度なし: 1}", "{令和: 1}", "{R5: [1]}", "{R5: {表記: あ, 数: 1}}"),
    *("{表記: あ}", "{表記: あ, 数: 1.5, 母数: １, 比較: 以上}", "{数: 1}", "{表記: あ, 数: -1}"),
    *("{表記: あ, 比較: 超}", "{表記: あ, 単位: い}", "{表記: あ, 数: 約5}", "{表記: あ, 数: }"),
]
"""What a clerk may write after a colon."""


def key_taken(known: Key, text: str) -> bool:
    """What the reader says of a file with this key alone."""
    report = Report()
    root = parse_document(Source("x.yaml", text.encode()), KNOWN_KEYS, report).root
    if report.errors or not isinstance(root, Mapping):
        return False
    ((_, node),) = root.entries
    if is_blank(node):
        return not known.required
    return known.shape.read(node, report) is not None and not report.errors


WORDS = "YAML has a meaning of its own for the word: allowed, an editor would propose it everywhere"
EMPTY = "an editor takes the word null for nothing at all, which is allowed"
FOLDED = "the reader folds more letters than a pattern can list"
NUMBERS = "an editor sees the number, not how it was written"
DAYS = "a pattern does not know how long a month is"
YEARS = "a pattern does not know how long an era was, nor which of two years comes first"

_NULL = {"null", "~"}
_PLAIN = {*_NULL, "true", "False"}
_SPELLED = {"+5", "0o7", "0x1F", "1.0", "1e3", "2023.0"}
STRICTER = {
    WORDS: {
        **dict.fromkeys(("Line", "Prose", "FigureShape"), _PLAIN),
        "Line?": _PLAIN - _NULL,
        "Prose?": _PLAIN - _NULL,
        "Slug": {"null", "true"},
        "ListOf": {"[true]", "[~]"},
        "ListOf?": {"[true]", "[~]"},
    },
    FOLDED: {name: {"①", "²"} for name in ("Whole", "Whole?", "AmountShape")},
}
"""Why an editor marks what the reader takes: reason → shape → values; a ? means an optional key."""
LOOSER = {
    EMPTY: {
        f"{name}?": _NULL
        for name in (
            "Whole",
            "Year",
            "Day",
            "Url",
            "Choice",
            "ListOf",
            "RecordOf",
            "ByYear",
            "Headed",
        )
    },
    NUMBERS: {
        "Whole": _SPELLED,
        "Whole?": _SPELLED,
        "AmountShape": _SPELLED,
        "Slug": {"+5", "0x1F", "1.0", "2023.0"},
        "Years": {"2023.0"},
        "Year?": {"2023.0"},
    },
    YEARS: {"Years": {"H35", "R7-R5"}, "Year?": {"H35"}},
    DAYS: {"Day": {"2026-02-30"}},
}
"""Why an editor lets pass what the reader does not take."""


def test_the_schema_of_every_key_says_what_its_reader_says() -> None:
    stricter: set[tuple[str, str]] = set()
    looser: set[tuple[str, str]] = set()
    for cls in RECORDS:
        told = schema_of(cls)["properties"]
        for known in keys_of(cls):
            judge = jsonschema.Draft202012Validator(told[known.name])
            for name, value, text in written(known):
                by_reader = key_taken(known, text)
                by_editor = judge.is_valid(value_of(text)[known.name])
                if by_reader and not by_editor:
                    stricter.add((name, value))
                elif by_editor and not by_reader:
                    looser.add((name, value))
    assert (stricter - listed(STRICTER), listed(STRICTER) - stricter) == (set(), set())
    assert (looser - listed(LOOSER), listed(LOOSER) - looser) == (set(), set())


def written(known: Key) -> Iterator[tuple[str, str, str]]:
    """Every value as that of a key, and as that of a year of a table by year: shape, value, text."""
    name = type(known.shape).__name__ + ("" if known.required else "?")
    for value in VALUES:
        yield name, value, f"{known.name}: {value}\n"
        if isinstance(known.shape, ByYear):
            yield type(known.shape.item).__name__, value, f"{known.name}:\n  R5: {value}\n"


def listed(reasons: dict[str, dict[str, set[str]]]) -> set[tuple[str, str]]:
    return {
        (name, value)
        for shapes in reasons.values()
        for name, values in shapes.items()
        for value in values
    }


# --------------------------------------------------------------------------------------- years


def test_the_pattern_of_a_year_is_that_of_the_reader() -> None:
    eras = ["", "R", "r", "Ｒ", "H", "S", "令和", "平成", "昭和", "令", "T"]
    numbers = [
        "",
        "元",
        "0",
        "1",
        "5",
        "05",
        "12",
        "31",
        "35",
        "５",
        "１２",
        "2023",
        "２０２３",
        "123",
    ]
    written = itertools.product(eras, ["", "."], numbers, ["", "年", "年度", "度"], ["", " "])
    for text in map("".join, written):
        by_reader = read_year(text) is not None
        by_editor = bool(re.search(patterns.whole(patterns.YEAR), text))
        assert by_editor or not by_reader, text
        assert by_reader or not by_editor or re.match("(?:H|平成).*3[25-9]|.*0年?", text), text


def test_the_pattern_of_a_span_is_that_of_the_reader() -> None:
    years = ["", "R5", "R7", "令和元年度", "２０２３", "5", "R"]
    marks = ["", "-", "～", "から", "〜", "－", "以降", "/", " - "]
    written = itertools.product(years, marks, years, ["", "?", "？"], ["", "まで"])
    for text in [*map("".join, written), "全期間", "随時", "?", "不明", "計画期間中", "未定"]:
        by_reader = read_span(text) is not None
        by_editor = bool(re.search(patterns.whole(patterns.SPAN), text))
        assert by_editor or not by_reader, text
        if by_editor and not by_reader:
            first, last = re.split("[-～か〜－ ら]+", re.sub("[?？まで]", "", text))
            assert (read_year(first) or 0) > (read_year(last) or 0), text


# ------------------------------------------------------------------------- numbers and addresses


def test_the_patterns_of_numbers_are_those_of_the_readers() -> None:
    """Of every row of up to five of these signs, and of longer ones."""
    rows = [
        "".join(row) for size in range(1, 6) for row in itertools.product("15,. 、", repeat=size)
    ]
    rows += [
        "1,500",
        "12,500",
        "1234,500",
        "1,500,000",
        "1,500,00",
        "1,,500",
        "1,500.25",
        "1,50.25",
    ]
    rows += [
        "１，５００",
        "１，５０",
        "１．５",
        "1" * 15,
        "1" * 16,
        "1" * 16 + ",000",
        "0." + "1" * 10,
    ]
    shapes: dict[str, tuple[Shape, str]] = {
        "whole": (Whole(), patterns.whole(patterns.WHOLE)),
        "figure": (FigureShape(), patterns.FIGURE),
    }
    for row in rows:
        node = Scalar(Text(row, Place("x.yaml")))
        for name, (shape, pattern) in shapes.items():
            report = Report()
            by_reader = not is_blank(node) and shape.read(node, report) is not None
            by_reader = by_reader and not report.errors
            assert bool(re.search(pattern, row)) == by_reader, (name, row)
        parts = f'表記: あ\n数: "{row}"\n'
        root = parse_document(Source("x.yaml", parts.encode()), KNOWN_KEYS, Report()).root
        report = Report()
        FigureShape().read(root or node, report)
        by_editor = bool(re.search(patterns.whole(patterns.NUMBER), row))
        assert by_editor == (not report.errors), row


@pytest.mark.parametrize("before", ["", "約", "▲", "年間約", "1人当たり", "累計", "3年ごとに"])
@pytest.mark.parametrize(
    "after", ["", "以上", "減", "※1", "以上※12", "件", "／8", "／8,00", "／8,000"]
)
def test_the_pattern_of_a_figure_is_that_of_its_reader(before: str, after: str) -> None:
    for number in (
        "5",
        "1,20",
        "1,200",
        "12.5",
        "1,20.5",
        "1、200",
        "1、20",
        "１，２００",
        "1,200,00",
    ):
        text = f"{before}{number}{after}"
        report = Report()
        FigureShape().read(Scalar(Text(text, Place("x.yaml"))), report)
        assert bool(re.search(patterns.FIGURE, text)) == (not report.errors), text


def test_the_pattern_of_an_address_is_that_of_its_reader() -> None:
    pieces = ["", "http://", "https://", "a.example", "/", " ", "、", "，", "'", "あ"]
    for text in map("".join, itertools.product(pieces, repeat=4)):
        node = Scalar(Text(text, Place("x.yaml")))
        by_reader = Url().read(node, Report()) is not None
        assert bool(re.search(patterns.whole(patterns.ADDRESS), text)) == by_reader, text
