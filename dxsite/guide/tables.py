"""The tables of fields in content/README.md, made from the model."""

import re

from dxsite.model import TOP_RECORDS, Record, keys_of, ways

GUIDE = "content/README.md"
_PART = re.compile(r"(<!-- 項目: (\w+) -->\n).*?(<!-- ここまで -->)", re.DOTALL)


def with_tables(guide: str) -> str:
    """The guide with every part between its marks made anew."""
    return _PART.sub(lambda m: m[1] + "\n" + _tables(TOP_RECORDS[m[2]]) + "\n" + m[3], guide)


def _tables(cls: type[Record]) -> str:
    (_, top), *inside = ways(cls)
    parts = [_table(top)]
    for way, inner in inside:
        parts.append(
            f"「{'の'.join(known.name for known in way)}」の一つひとつに書く項目:\n\n{_table(inner)}"
        )
    return "\n".join(parts)


def _table(cls: type[Record]) -> str:
    lines = ["| 項目 | 必須 | 何を書くか | 書き方 | 例 |", "|---|---|---|---|---|"]
    for known in keys_of(cls):
        example = f"`{known.example.brief}`"
        cells = (known.name, "○" if known.required else "", known.doc, known.shape.words, example)
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"
