"""What is told about keys that are missing, unknown, or swallowed by the text above them."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as MappingOf

from dxsite.dates import ByYear
from dxsite.diagnostics import Report, nearest, quotable
from dxsite.documents import Mapping, Node, Scalar
from dxsite.documents import Sequence as Items
from dxsite.fiscal import normal, read_year
from dxsite.misfits import is_blank
from dxsite.model.keys import Key, inner_class, keys_of
from dxsite.positions import Place, Text
from dxsite.shapes import Headed, ListOf, Prose

_KEY_IN_PROSE = re.compile(r"^(?P<name>[^\s:#]{1,20}):(?: |$)", re.MULTILINE)


def report_no_record(node: Node, keys: Sequence[Key], report: Report) -> None:
    """Tell that something else stands where a record is expected."""
    names = "、".join(known.name for known in keys)
    hint = f"使える項目は {names} です。"
    only = keys[0] if len(keys) == 1 else None
    if only is not None and isinstance(node, Items):
        hint = f"はじめの行に「{only.name}:」と書き、箇条書きはその下に字下げして書いてください。"
    report.error(
        node.place,
        "wrong-shape",
        "「項目の名前: 内容」の並びが必要なところに、ほかの書き方があります。",
        hint,
    )


def report_missing(known: Key, place: Place, report: Report) -> None:
    """Tell that a required key is not there, and show how it is written."""
    report.error(place, "missing-key", f"「{known.name}」がありません。", _written(known))


def _written(known: Key) -> str:
    inner = inner_class(known.shape)
    below = known.example.brief
    if inner is not None:
        first = next((k for k in keys_of(inner) if k.required), keys_of(inner)[0])
        below = f"{first.name}: {first.example.brief}"
    if isinstance(known.shape, Prose):
        return f"「{known.name}: |」の行を書き足し、その下に字下げして文章を書いてください。"
    if isinstance(known.shape, ListOf):
        below = f"- {below}"
    elif inner is None and not isinstance(known.shape, ByYear):
        return f"「{known.name}: {below}」のように書き足してください。"
    return f"「{known.name}:」の行を書き足し、その下に字下げして「{below}」のように書いてください。"


def report_unknown(node: Mapping, keys: MappingOf[str, Key], report: Report) -> frozenset[str]:
    """Tell of every key of `node` that its record does not have; the names they were to have.

    A part of the empty key above it belongs to that key.
    """
    if all(name in keys for name, _ in node.entries):
        return frozenset()
    meant: set[str] = set()
    written = {str(name) for name, _ in node.entries}
    missing = [name for name in keys if name not in written]
    empty: Key | None = None  # the key above that says nothing itself
    for name, child in node.entries:
        known = keys.get(name)
        if known is not None:
            empty = known if is_blank(child) else None
            continue
        guess = nearest(name, missing)
        hint = f"使える項目は {'、'.join(keys)} です。"
        if guess is not None:
            meant.add(guess)
            hint = f"「{guess}」のことでしたら、そのように書き直してください。"
        if empty is not None and _is_part(name, empty):
            meant.add(empty.name)
            hint = f"上の「{empty.name}」の中身なら、半角の空白二つで字下げしてください。"
        elif len(keys) == len(missing) == 1 and _is_part(name, keys[missing[0]]):
            meant.add(missing[0])
            hint = (
                f"はじめの行に「{missing[0]}:」と書き、その下に字下げして"
                "「- 」で始めて書いてください。"
            )
        report.error(
            name.place, "unknown-key", f"「{quotable(name)}」という項目はありません。", hint
        )
    return frozenset(meant)


def _is_part(name: Text, above: Key) -> bool:
    inner = inner_class(above.shape)
    if inner is not None:
        return any(name == known.name for known in keys_of(inner))
    return isinstance(above.shape, ByYear) and bool(read_year(normal(name).rstrip("?末")))


def swallowed_keys(node: Mapping, keys: MappingOf[str, Key]) -> Iterator[Text]:
    """Keys of the record that were indented so far that they became lines of a text above."""
    for name, child in node.entries:
        known = keys.get(name)
        children = [child]
        if known and isinstance(known.shape, Headed) and isinstance(child, Mapping):
            children = [text for _, text in child.entries]
        for text in children:
            if not isinstance(text, Scalar) or text.block is None or ":" not in text.text:
                continue
            written = {str(name) for name, _ in node.entries}
            for found in _KEY_IN_PROSE.finditer(text.text):
                if found["name"] in keys and found["name"] not in written:
                    line = text.text.count("\n", 0, found.start())
                    place = text.block._replace(line=text.block.line + line)
                    yield Text(found["name"], place)


def report_swallowed(name: Text, report: Report) -> None:
    """Tell of one of `swallowed_keys`."""
    report.error(
        name.place,
        "syntax",
        f"「{name}:」が字下げされているため、上の文章の続きになっています。",
        "項目なら、ほかの項目と同じ位置まで字下げを減らし、"
        "文章の一部なら「:」を「：」に替えてください。",
    )
