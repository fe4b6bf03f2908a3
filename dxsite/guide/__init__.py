"""The staff guide: texts that lie here as Markdown, fields as the model declares them."""

from dxsite.guide.fields import Field, Group, Kind, kinds
from dxsite.guide.plain import as_plain
from dxsite.guide.tables import GUIDE, with_tables
from dxsite.guide.texts import Chapter, FaultText, chapters, faults

__all__ = [
    "GUIDE",
    "Chapter",
    "FaultText",
    "Field",
    "Group",
    "Kind",
    "as_plain",
    "chapters",
    "faults",
    "kinds",
    "with_tables",
]
