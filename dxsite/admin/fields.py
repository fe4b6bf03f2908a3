"""One input of the editing screen for each declared key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dxsite.dates import ByYear, Day
from dxsite.figures import FigureShape
from dxsite.model import Key, Record, keys_of
from dxsite.model.records import RecordOf
from dxsite.shapes import Choice, Headed, Line, ListOf, Prose, Shape

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Choosing:
    """What a key may name: the records in one list of one file."""

    collection: str
    file: str
    id: str
    """The way to what is written: `用語集.*.ID`."""
    label: str
    """The way to what is shown for it."""


@dataclass(frozen=True, slots=True)
class Around:
    """What the inputs of one file must know beside the model."""

    headings: Sequence[str] = ()
    """The headings below which prose may stand."""
    choosing: Mapping[tuple[type[Record], str], Choosing] = field(default_factory=dict)
    """Record and field → what it may name."""


def fields_of(cls: type[Record], around: Around) -> list[Json]:
    """The inputs of a record, in the order of its keys.

    A key without an input keeps its value: the program leaves alone what it does not know.
    """
    return [made for known in keys_of(cls) if (made := _field(cls, known, around))]


def name_of(cls: type[Record], field_name: str) -> str:
    """How a field is called in the files."""
    return next(known.name for known in keys_of(cls) if known.field == field_name)


def _field(cls: type[Record], known: Key, around: Around) -> Json | None:
    chosen = around.choosing.get((cls, known.field))
    widget = _relation(known.shape, chosen) if chosen else _widget(known.shape, known.name, around)
    if widget is None:
        return None
    # A figure may stand in parts, each with a key of its own; its own input is empty then.
    required = known.required and not isinstance(known.shape, FigureShape)
    return {
        "name": known.name,
        "label": known.name,
        "required": required,
        "hint": _hint(known),
        **widget,
    }


def _widget(shape: Shape, name: str, around: Around) -> Json | None:
    match shape:
        case Prose():
            return {"widget": "text"}
        case Choice():
            return {"widget": "select", "options": _options(shape)}
        case Day(month_only=False):
            # A day without hours: the program then neither adds nor moves any.
            return {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}
        case RecordOf():
            return {"widget": "object", "collapsed": "auto", "fields": fields_of(shape.cls, around)}
        case ListOf():
            return _list(shape, name, around)
        case ByYear():
            return {"widget": "keyvalue", "key_label": "年度", "value_label": name}
        case Headed():
            return _below_headings(around.headings)
    return _text(shape)


def _text(shape: Shape) -> Json:
    """A line that is one text for the program too, so that 6,000 and 80以上 stay as they are."""
    pattern = shape.schema().get("pattern")
    if pattern is None or isinstance(shape, Line):
        return {"widget": "string"}
    return {"widget": "string", "pattern": [pattern, f"{shape.words}を書いてください。"]}


def _list(shape: ListOf, name: str, around: Around) -> Json:
    bounds = {"min": shape.least} if shape.least else {}
    if shape.most is not None:
        bounds["max"] = shape.most
    common = {"widget": "list", "label_singular": f"{name}の一つ", **bounds}
    if isinstance(shape.item, RecordOf):
        shown = _shown_of(shape.item.cls)
        summary = {"summary": f"{{{{{shown}}}}}"} if shown else {}
        fields = fields_of(shape.item.cls, around)
        return {**common, "collapsed": True, **summary, "fields": fields}
    item = _widget(shape.item, name, around)
    return {**common, "field": {"name": "item", "label": name, "required": False, **(item or {})}}


def _shown_of(cls: type[Record]) -> str | None:
    """The key whose text stands for a record in a list: what people call it, or else its first."""
    keys = [known for known in keys_of(cls) if not isinstance(known.shape, RecordOf | ListOf)]
    called = [known for known in keys if known.field in ("title", "label", "term")]
    return next((known.name for known in (*called, *keys)), None)


def _options(shape: Choice) -> list[Json]:
    meanings = shape.meanings
    return [
        {"label": f"{word}（{meanings[word]}）" if meanings.get(word) else word, "value": word}
        for word in shape.options
    ]


def _below_headings(headings: Sequence[str]) -> Json | None:
    if not headings:
        return None
    texts = [
        {"name": heading, "label": heading, "widget": "text", "required": False}
        for heading in headings
    ]
    return {"widget": "object", "collapsed": "auto", "fields": texts}


def _relation(shape: Shape, chosen: Choosing) -> Json:
    many: Json = {}
    if isinstance(shape, ListOf):
        many = {"multiple": True, **({"min": shape.least} if shape.least else {})}
        many |= {"max": shape.most} if shape.most is not None else {}
    return {
        "widget": "relation",
        "collection": chosen.collection,
        "file": chosen.file,
        "value_field": chosen.id,
        "display_fields": [chosen.label, chosen.id],
        "search_fields": [chosen.label, chosen.id],
        **many,
    }


def _hint(known: Key) -> str:
    """What to write; the form too, where it is one of the plans' and not of the file."""
    plain = isinstance(known.shape, Line | Prose | Choice | Day | ListOf | RecordOf | Headed)
    form = "" if plain else f"。{known.shape.words}"
    return f"{known.doc}{form}".replace("*", "＊").replace("_", "＿")
