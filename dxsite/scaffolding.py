"""Lays out a new file to fill in."""

from collections.abc import Iterator

from dxsite.model import Key, Measure, PlanFile, Record, Term, keys_of
from dxsite.model.records import inner_of
from dxsite.shapes import ListOf, Prose

_HEAD = (
    "# 項目と項目の間は一行あけてください。\n"
    "# 覚え書きは、この行のように # から始まる一行に書きます。\n"
    "# 行の頭に # が付いた項目は、必要なら # を消して使ってください。\n"
)


def new_plan() -> str:
    """An empty plan.yaml."""
    return "\n".join((_HEAD, *_fields(PlanFile, "")))


def new_measure() -> str:
    """An empty measure."""
    return "\n".join((_HEAD, *_fields(Measure, "")))


def new_term(id_: str, *, first: bool) -> str:
    """An entry of glossary.yaml; with `first`, the beginning of the file too."""
    head = f"{_HEAD}\n用語集:" if first else ""
    _, *fields = _fields(Term, "    ")
    return "\n".join((head, f"  - ID: {id_}\n", *fields))


def _fields(cls: type[Record], indent: str) -> Iterator[str]:
    """One commented block a key; nothing is filled in that might be published by mistake."""
    for known in keys_of(cls):
        example = f" 例: {known.example}" if known.example else ""
        comment = f"{indent}# {known.doc}。{known.shape.words}{example}\n"
        mark = "" if known.required else "# "
        yield f"{comment}{indent}{mark}{known.name}:{_space(known, indent)}\n"


def _space(known: Key, indent: str) -> str:
    """What follows the colon, so that the form is right before anything is typed."""
    if not known.required:
        return ""
    inner = inner_of(known)
    lead = f"\n{indent}  - " if isinstance(known.shape, ListOf) else f"\n{indent}    "
    if inner is not None:
        names = [f"{key.name}:" for key in keys_of(inner) if key.required]
        return lead + f"\n{indent}    ".join(names)
    if isinstance(known.shape, Prose):
        return f" |\n{indent}  "
    return lead.rstrip() if isinstance(known.shape, ListOf) else ""
