"""Prose without its Markdown, as it is searched."""

import re
from collections.abc import Iterator

_MARKS = re.compile(
    r"^\s*(?:[-*+>]|#+|\d+\.)\s+|\[(?P<label>[^\]]*)\]\([^)]*\)|\*\*|`", re.MULTILINE
)


def plain(prose: str) -> Iterator[str]:
    """The paragraphs of a prose field without its Markdown; a line break is no blank."""
    for paragraph in prose.split("\n\n"):
        bare = _MARKS.sub(lambda mark: mark["label"] or "", paragraph)
        yield "".join(line.strip() for line in bare.splitlines())
