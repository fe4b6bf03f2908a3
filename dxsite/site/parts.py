"""A table of the parts of an area."""

from dataclasses import dataclass

from dxsite.site.pages import Link


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part in a table: where it leads, what it is, its numbers."""

    link: Link
    note: str | None
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PartsView:
    """What each part holds."""

    caption: str
    head: str
    columns: tuple[str, ...]
    rows: tuple[PartRow, ...]
    total: tuple[int, ...]
