"""A page of the guide as plain text, for a terminal."""

import re


def as_plain(text: str) -> str:
    """Markdown without its marks; code is indented below the path of its file."""
    lines = []
    inside = False
    for line in text.strip().splitlines():
        if line.startswith("```"):
            inside = not inside
            lines.append(f"  {line.removeprefix('```')}" if inside else None)
        elif inside:
            lines.append(f"  | {line}".rstrip())
        else:
            lines.append(_unmarked(line))
    return "\n".join(line for line in lines if line is not None)


def _unmarked(line: str) -> str:
    line = re.sub(r"^(#+) +(.*)", r"【\2】", line)
    line = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", line)
    return re.sub(r"\*\*|(?<!`)`(?!`)", "", line)
