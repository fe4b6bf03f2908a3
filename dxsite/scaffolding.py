"""Lays out a new file to fill in."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from dxsite import layout
from dxsite.calling import command
from dxsite.catalog import REVISIONS
from dxsite.cutting import read_blocks
from dxsite.dates import ByYear
from dxsite.diagnostics import Report
from dxsite.faults import Fault
from dxsite.model import Key, Measure, PlanFile, Record, Review, Term, keys_of
from dxsite.model.records import inner_of
from dxsite.shapes import Headed, ListOf, Prose
from dxsite.sources import CONTENT, Source

_HEAD = (
    "# 項目と項目の間は一行あけてください。\n"
    "# 覚え書きは、この行のように # から始まる一行に書きます。\n"
    "# 行の頭に # が付いた項目は、必要なら # を消して使ってください。\n"
)


SCHEMAS = f"{CONTENT}/.schema"
"""The folder in which editors find the schemas of content files."""


def modeline(path: str) -> str:
    """The first line of the content file at `path`, which leads an editor to its schema."""
    place = PurePosixPath(path)
    kind = "measure" if place.parent.name == "measures" else place.stem
    up = "../" * (len(place.parts) - 2)
    return f"# yaml-language-server: $schema={up}{PurePosixPath(SCHEMAS).name}/{kind}.json\n"


def new_plan() -> str:
    """An empty plan.yaml."""
    return "\n".join((f"{modeline(f'{CONTENT}/x/plan.yaml')}{_HEAD}", *_fields(PlanFile, "")))


def new_measure() -> str:
    """An empty measure."""
    head = f"{modeline(f'{CONTENT}/x/measures/x.yaml')}{_HEAD}"
    return "\n".join((head, *_fields(Measure, "")))


def new_term(id_: str, *, first: bool) -> str:
    """An entry of glossary.yaml; with `first`, the beginning of the file too."""
    head = f"{modeline(f'{CONTENT}/x/glossary.yaml')}{_HEAD}\n用語集:" if first else ""
    _, *fields = _fields(Term, "    ")
    return "\n".join((head, f"  - ID: {id_}\n", *fields))


def new_review(plan: Source) -> str:
    """plan.yaml with an empty item of the review of an earlier plan, behind those that are there.

    A Fault where the file cannot be read.
    """
    blocks = read_blocks(plan, PlanFile, Report())
    if blocks is None:
        raise Fault(
            f"「{plan.path}」に読めないところがあります。",
            f"{command('check')} で誤りを直してから、もう一度実行してください。",
        )
    known = next(key for key in keys_of(PlanFile) if inner_of(key) is Review)
    section = blocks.find((known.name,))
    place, count = blocks.root.inner[-1].end, 0
    head = f"{known.name}:\n"
    if section is not None and section.inner:
        place, count, head = section.inner[-1].end, len(section.inner), ""
    else:
        names = [str(block.key) for block in blocks.root.inner]
        index = layout.place_of(blocks.shape, names, known.name)
        place = blocks.root.inner[index - 1].end
    number, *fields = _fields(Review, "    ")
    first = f"  - {number.strip().splitlines()[-1].strip()} {count + 1}\n"
    entry = "\n".join((first, *fields))
    before = blocks.text[:place].rstrip("\n")
    return f"{blocks.bom}{before}\n\n{head}{entry}{_apart(blocks.text[place:])}"


def revision_of(plan: str, name: str, sources: Iterable[Source]) -> Iterator[Source]:
    """The files of a plan as they are to stand below `revisions/NAME`: what is printed in it."""
    own = f"{CONTENT}/{plan}/"
    for source in sources:
        rest = source.path.removeprefix(own)
        folder, _, name_ = rest.rpartition("/")
        is_part = name_ in ("plan.yaml", "glossary.yaml") if not folder else folder == "measures"
        if source.path.endswith(".yaml") and is_part:
            path = f"{own}{REVISIONS}/{name}/{rest}"
            old, new = (modeline(one).encode() for one in (source.path, path))
            yield Source(path, source.data.replace(old, new, 1))


def _apart(rest: str) -> str:
    """What follows, after one blank line."""
    rest = rest.lstrip("\n")
    return f"\n{rest}" if rest else ""


def _fields(cls: type[Record], indent: str) -> Iterator[str]:
    """One commented block a key; nothing is filled in that might be published by mistake."""
    for known in keys_of(cls):
        example = "" if inner_of(known) else f" 例: {known.example.brief}"
        comment = f"{indent}# {known.doc}。{known.shape.words}{example}\n"
        if known.required:
            yield f"{comment}{indent}{known.name}:{_space(known, indent)}\n"
        else:
            lines = (f"{indent}# {line}".rstrip() for line in _form(known))
            yield comment + "\n".join(lines) + "\n"


def _form(known: Key) -> list[str]:
    """A key as it will stand when its marks are taken away, down to the last key inside."""
    shape, inner = known.shape, inner_of(known)
    if inner is not None:
        lines = [line for key in keys_of(inner) for line in _form(key)]
        if isinstance(shape, ListOf):
            return [f"{known.name}:", f"  - {lines[0]}", *(f"    {line}" for line in lines[1:])]
        return [f"{known.name}:", *(f"  {line}" for line in lines)]
    if isinstance(shape, ByYear):
        return [f"{known.name}:", f"  {known.example.brief.partition(' ')[0]}"]
    if isinstance(shape, Headed):
        return [f"{known.name}:", "  見出し: |", "    文章"]
    if isinstance(shape, ListOf):
        return [f"{known.name}:", "  -"]
    return [f"{known.name}:{' |' if isinstance(shape, Prose) else ''}"]


def _space(known: Key, indent: str) -> str:
    """What follows the colon, so that the form is right before anything is typed."""
    inner = inner_of(known)
    lead = f"\n{indent}  - " if isinstance(known.shape, ListOf) else f"\n{indent}    "
    if inner is not None:
        names = [f"{key.name}:" for key in keys_of(inner) if key.required]
        return lead + f"\n{indent}    ".join(names)
    if isinstance(known.shape, Prose):
        return f" |\n{indent}  "
    return lead.rstrip() if isinstance(known.shape, ListOf) else ""
