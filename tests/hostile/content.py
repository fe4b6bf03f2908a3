"""Content in which every field of the model says what a stranger wrote.

The fields are those that the model declares; where each stands in a file, the model's own whole
examples show, in which every key is used.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from dxsite.diagnostics import Finding, Severity
from dxsite.figures import FigureShape
from dxsite.model import TOP_RECORDS, keys_of, whole_example
from dxsite.model.keys import inner_class
from dxsite.sources import Source

STRINGS = Path(__file__).with_name("strings.txt")

Tree = Any  # of dict, list and str, as YAML has them
Way = tuple[str | int, ...]
"""Keys and positions that lead to a value; `KEY` before the last one means that key itself."""
KEY = "<key>"


def read_strings() -> dict[str, list[str]]:
    """What it tries → the texts."""
    found: dict[str, list[str]] = {}
    for line in STRINGS.read_text("utf-8").splitlines():
        if line.startswith("# "):
            kind = line.removeprefix("# ")
        elif line:
            said = json.loads(line)
            text = said if isinstance(said, str) else said["of"] * said["times"]
            found.setdefault(kind, []).append(text)
    return found


@dataclass(frozen=True, slots=True)
class Field:
    """One place of a file that takes a text."""

    file: str
    """The kind of file."""
    way: Way
    shape: str
    """What the model says it means."""
    key: str
    """Its own key, and the record that declares it."""

    @property
    def name(self) -> str:
        return f"{self.file}: {' › '.join(map(str, self.way))}"


def fields_of(file: str, tree: Tree = None) -> list[Field]:
    """Every field of one kind of file, lists, tables, headings and years included."""
    return list(_of_record(file, TOP_RECORDS[file], tree or example(file), ()))


def example(file: str) -> Tree:
    """The whole example, as texts."""
    return yaml.load(whole_example(file), Loader=yaml.BaseLoader)


def _of_record(file: str, cls: type[Any], tree: Tree, way: Way) -> Iterator[Field]:
    for known in keys_of(cls):
        if known.name in tree:
            label = f"{cls.__name__}.{known.field}"
            yield from _of_shape(file, known.shape, tree[known.name], (*way, known.name), label)


def _of_shape(file: str, shape: Any, tree: Tree, way: Way, label: str) -> Iterator[Field]:
    inner = inner_class(shape)
    if isinstance(tree, list):
        for number, item in enumerate(tree):
            yield from _of_shape(file, getattr(shape, "item", shape), item, (*way, number), label)
    elif isinstance(tree, dict) and inner is not None:
        yield from _of_record(file, inner, tree, way)
    elif isinstance(tree, dict) and isinstance(shape, FigureShape):
        yield from (Field(file, (*way, part), "part of FigureShape", label) for part in tree)
    elif isinstance(tree, dict):
        for name, item in tree.items():
            yield Field(file, (*way, KEY, name), f"key of {type(shape).__name__}", label)
            within = getattr(shape, "item", shape)
            yield from _of_shape(file, within, item, (*way, name), label)
    else:
        yield Field(file, way, type(shape).__name__, label)


def put(tree: Tree, way: Way, text: str) -> bool:
    """Say it there; False where a neighbour already has the name."""
    *above, last = way
    naming = bool(above) and above[-1] == KEY
    for step in above[: -1 if naming else None]:
        tree = tree[step]
    if not naming:
        tree[last] = text
        return True
    if text in tree:
        return False
    whole = [(text if name == last else name, value) for name, value in tree.items()]
    tree.clear()
    tree.update(whole)
    return True


@dataclass
class File:
    """One content file under attack."""

    path: str
    kind: str
    tree: Tree
    said: dict[Way, str] = field(default_factory=dict)
    """What strangers say, and where."""
    follows: "dict[Way, tuple[File, Way]]" = field(default_factory=dict)
    """What names something by its name, and where it got that name."""
    lines: list[Way] = field(default_factory=list)
    """Line → the field that it holds."""

    @cached_property
    def fields(self) -> list[Field]:
        """Where a stranger may say something."""
        return fields_of(self.kind, self.tree)

    @cached_property
    def shapes(self) -> dict[Way, str]:
        """What the model says that each field means."""
        return {one.way: one.shape for one in self.fields}

    @property
    def folder(self) -> str:
        """The plan's, or that of its earlier revision."""
        return self.path.removeprefix("content/").rpartition("/")[0].removesuffix("/measures")

    def text(self) -> str:
        """As YAML, one field a line; keys are renamed last, lest ways lead nowhere."""
        tree = deepcopy(self.tree)
        followed = {
            way: file.said[name] for way, (file, name) in self.follows.items() if name in file.said
        }
        self._now = self.said | followed
        for way, text in sorted(self._now.items(), key=lambda pair: KEY in pair[0]):
            put(tree, way, text)
        self.lines = []
        return "".join(f"{line}\n" for line in self._written(tree, (), 0))

    def _written(self, tree: Tree, way: Way, depth: int) -> Iterator[str]:
        blank = "  " * depth
        steps = tree.items() if isinstance(tree, dict) else enumerate(tree)
        for step, value in steps:
            old = self._old_name(way, step)
            head = (
                "-" if isinstance(tree, list) else f"{quoted(str(step)) if old != step else step}:"
            )
            self.lines.append((*way, old))
            if isinstance(value, str):
                yield f"{blank}{head} {quoted(value)}"
            else:
                yield f"{blank}{head}"
                yield from self._written(value, (*way, old), depth + 1)

    def _old_name(self, way: Way, step: str | int) -> str | int:
        names = {text: old for (*above, old), text in self._now.items() if above == [*way, KEY]}
        return names.get(str(step), step) if isinstance(step, str) else step

    def blamed(self, line: int) -> "list[tuple[File, Way]]":
        """What a finding on that line tells of: what strangers said there, below, or where it got
        its name from."""
        way = self.lines[line - 1] if 0 < line <= len(self.lines) else ()
        named = (*way[:-1], KEY, *way[-1:])
        own = [(self, w) for w in self.said if w[: len(way)] == way or w == named]
        return own or [self.follows[w] for w in (way, named) if w in self.follows]


def quoted(text: str) -> str:
    """In double quotes; letters as they are, but what YAML must see escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\x7f").replace("\x85", "\\x85")


def spread(
    files: Sequence[File], strings: Sequence[str], only: Callable[[Field], bool] = lambda _: True
) -> Mapping[str, int]:
    """Each field of each file says the next string of its shape; how many strings each shape had."""
    turns: dict[str, int] = {}
    for file in files:
        for one in file.fields:
            if only(one) and one.way not in file.follows:
                turn = turns.get(one.shape, 0)
                file.said[one.way] = strings[turn % len(strings)]
                turns[one.shape] = turn + 1
    return turns


@dataclass
class Content:
    """A whole content folder, a part of which strangers wrote."""

    files: list[File]
    refused: list[tuple[File, Way, str]] = field(default_factory=list)
    """What `check` did not let in."""
    wholly: list[str] = field(default_factory=list)
    """Files of which everything was taken back, since no field was blamed."""

    @property
    def said(self) -> int:
        """How many fields say what a stranger wrote."""
        return sum(len(file.said) for file in self.files)

    def sources(self) -> list[Source]:
        """Every file as it would lie on disk."""
        texts = {file.path: file.text() for file in self.files}
        for name in ("about", "accessibility"):
            texts[f"content/pages/{name}.md"] = "# 題名\n\n文章です。\n"
        return [Source(path, text.encode("utf-8", "replace")) for path, text in texts.items()]

    def write(self, root: Path) -> None:
        """Put it under `root`, whatever was there before."""
        for source in self.sources():
            path = root / source.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(source.data)

    def let_in(self, findings: Callable[[list[Source]], Sequence[Finding]]) -> int:
        """Take back what is refused until nothing is; how often `findings` was asked.

        A finding is of the field on its line. Where it blames one that says nothing strange, some
        other field of its file must be to blame: they are all taken back.
        """
        for turn in range(1, 30):
            blamed = [
                finding
                for finding in findings(self.sources())
                if finding.severity is Severity.ERROR
            ]
            if not blamed:
                return turn
            by_path = {file.path: file for file in self.files}
            found = [pair for finding in blamed for pair in self._blamed(finding, by_path)]
            if not any(way in file.said for file, way in found):
                paths = {finding.place.path for finding in blamed}
                found = [(by_path[path], way) for path in paths for way in by_path[path].said]
                self.wholly += paths
            if not found:  # what they name has a strange id, good in itself
                found = [(o, way) for o in self.files for way in o.said if way[-1] == "ID"]
            if not found:
                raise AssertionError(f"content without strangers is refused: {blamed[:3]}")
            for file, way in found:
                if way in file.said:
                    self.refused.append((file, way, file.said.pop(way)))
        raise AssertionError("what is refused never ends")

    def _blamed(self, finding: Finding, by_path: Mapping[str, File]) -> list[tuple[File, Way]]:
        """Who is to blame: a field, or what it means to name and does not find."""
        file = by_path[finding.place.path]
        if found := file.blamed(finding.place.line):
            return found
        if finding.code == "dead-link":  # told of a page, thus of a file, and of one of many
            texts = {text for text in file.said.values() if INSIDE.search(text)}
            return [(o, way) for o in self.files for way, text in o.said.items() if text in texts]
        kind, head = NAMED.get(finding.code, ("", ""))
        return [
            (other, way)
            for other in self.files
            if other.folder == file.folder
            and other.kind == kind
            and (kind == "plan" or other is file)
            for way in other.said
            if way[0] == head
        ]


INSIDE = re.compile(r"\]\([/#]|\]: /")
"""A link to a page of the site."""
NAMED = {
    "unknown-footnote": ("measure", "脚注"),
    "unknown-structure": ("plan", "体系"),
    "unknown-heading": ("plan", "本文の見出し"),
}
"""What cannot be found → the file and its part where it should be."""


MORE = ["課題", "方向", "効果", "背景"]
"""Headings beside those of the examples, so that fewer files hold more prose."""


def content(plans: int, measures: int) -> Content:
    """Whole examples: so many plans with so many measures each, that nobody has touched."""
    files = [
        File(f"content/{kind}.yaml", kind, example(kind)) for kind in ("site", "themes", "search")
    ]
    files[0].tree |= {"編集画面": "いいえ"}  # its program is not at hand
    for number in range(plans):
        slug = "aoi" if number == 0 else f"aoi{number}"
        plan = example("plan") | {"団体コード": _code(number)}
        plan["本文の見出し"] += MORE
        glossary = example("glossary")
        files.append(File(f"content/{slug}/plan.yaml", "plan", plan))
        files.append(File(f"content/{slug}/glossary.yaml", "glossary", glossary))
        names = ["counter", "online-forms", *(f"m{n}" for n in range(measures - 2))]
        for order, name in enumerate(names, 1):
            measure = example("measure") | {"順": str(order)}
            measure["本文"] |= dict.fromkeys(MORE, "文章です。")
            measure["KPI"][0]["目標"]["R8"] = {
                "表記": "約1,200",
                "数": "1,200",
                "母数": "2,000",
                "比較": "以上",
            }
            if name == "counter":
                measure["KPI"][0]["ID"] = "procedures"
                del measure["KPI"][1]
                measure["関連"] = ["aoi/online-forms"]
            files.append(File(f"content/{slug}/measures/{name}.yaml", "measure", measure))
    slugs = [file.folder for file in files if file.kind == "plan"]
    files.append(File("content/addresses.yaml", "addresses", example("addresses")))
    files += [File(f"content/{slug}/addresses.yaml", "addresses", former()) for slug in slugs]
    files += earlier("aoi", files)
    follow([file for file in files if not file.folder.endswith("1")])
    return Content(files)


def earlier(slug: str, files: Sequence[File]) -> Iterator[File]:
    """A plan as it was, with the first of its measures."""
    for name in ("plan", "glossary", "measures/counter"):
        now = next(file for file in files if file.path == f"content/{slug}/{name}.yaml")
        tree = deepcopy(now.tree)
        if name == "plan":
            tree |= {"策定": "2021-03", "改定": "2022-03"}
        yield File(f"content/{slug}/revisions/old/{name}.yaml", now.kind, tree)


def former() -> Tree:
    """Addresses that measures of a plan once had."""
    gone = {"ID": "fax", "題名": "ファクス", "日付": "2026-04-01", "理由": "やめました。"}
    return {
        "改名": [{"以前のID": "window", "今のID": "counter"}],
        "廃止": [gone | {"後継": ["online-forms"]}],
    }


def follow(files: Sequence[File]) -> None:
    """Let everything in a plan's folder that names a node or a heading follow its new name."""
    for plan in (file for file in files if file.kind == "plan"):
        names = {node["記号"]: ("体系", n, "記号") for n, node in enumerate(plan.tree["体系"])}
        heads = {head: ("本文の見出し", n) for n, head in enumerate(plan.tree["本文の見出し"])}
        for file in files:
            if file.folder != plan.folder:
                continue
            for one in file.fields:
                *above, last = one.way
                value = last if KEY in above else _at(file.tree, one.way)
                is_node = last in ("上位", "体系", "区分") or above == ["体系"]
                if is_node and value in names:
                    file.follows[one.way] = (plan, names[value])
                elif above == ["本文", KEY]:
                    file.follows[one.way] = (plan, heads[value])


def _at(tree: Tree, way: Way) -> str:
    for step in way:
        tree = tree[step]
    return str(tree)


def _code(number: int) -> str:
    """A code of five digits with its check digit, of no municipality."""
    digits = f"{99900 + number}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(6, 1, -1), strict=True))
    return digits + str(11 - total % 11)[-1]
