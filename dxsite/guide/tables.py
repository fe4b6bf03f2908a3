"""The tables of fields in content/README.md, made from the model."""

import re
from collections.abc import Iterator

from dxsite.model import TOP_RECORDS, Record, keys_of
from dxsite.model.records import inner_of

GUIDE = "content/README.md"
_PART = re.compile(r"(<!-- 項目: (\w+) -->\n).*?(<!-- ここまで -->)", re.DOTALL)


def with_tables(guide: str) -> str:
    """The guide with every part between its marks made anew."""
    return _PART.sub(lambda m: m[1] + "\n" + _tables(TOP_RECORDS[m[2]]) + "\n" + m[3], guide)


def _tables(cls: type[Record]) -> str:
    parts = [_table(cls)]
    for names, inner in inner_tables(cls):
        parts.append(f"「{'の'.join(names)}」の一つひとつに書く項目:\n\n{_table(inner)}")
    return "\n".join(parts)


def inner_tables(cls: type[Record]) -> Iterator[tuple[tuple[str, ...], type[Record]]]:
    """The records inside a record, each with the keys that lead to it."""
    for known in keys_of(cls):
        inner = inner_of(known)
        if inner is not None:
            yield (known.name,), inner
            yield from (((known.name, *names), deeper) for names, deeper in inner_tables(inner))


def _table(cls: type[Record]) -> str:
    lines = ["| 項目 | 必須 | 何を書くか | 書き方 | 例 |", "|---|---|---|---|---|"]
    for known in keys_of(cls):
        example = f"`{known.example}`" if known.example else ""
        cells = (known.name, "○" if known.required else "", known.doc, known.shape.words, example)
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"
