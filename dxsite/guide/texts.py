"""The texts of the staff guide, as they lie beside this module."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

_HERE = "dxsite.guide"
_WARNING = "種類: 注意\n"
_FENCE = re.compile(r"^```(.*)\n((?:(?!```).*\n)*)```$", re.MULTILINE)
_SECTION = re.compile(r"^## +(.+)\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter; the file is called after its number and its `id`, which is its address."""

    id: str
    title: str
    lead: str
    """The first paragraph: what the chapter is for."""
    text: str
    """All that follows, as Markdown."""


@dataclass(frozen=True, slots=True)
class FaultText:
    """What the guide says of one code that `check` can tell.

    1. `text` is Markdown: why it matters, then the sections 直し方, 直す前, 直したあと.
    2. `is_warning`: the content may be published as it is.
    """

    code: str
    title: str
    text: str
    is_warning: bool

    @property
    def reason(self) -> str:
        """Why it matters: what stands before the first section."""
        return _SECTION.split(self.text)[0].strip()

    @property
    def sections(self) -> Mapping[str, str]:
        """Heading → what stands below it."""
        parts = _SECTION.split(self.text)[1:]
        return dict(zip(parts[::2], parts[1::2], strict=True))

    def examples(self, heading: str) -> tuple[tuple[str, str], ...]:
        """Path and text of every block of one section."""
        return tuple(_FENCE.findall(self.sections.get(heading, "")))


@cache
def chapters() -> tuple[Chapter, ...]:
    """All chapters, in the order in which they are to be read."""
    return tuple(
        Chapter(name.partition("-")[2], title, *_lead(rest))
        for name, title, rest in _texts("chapters")
    )


@cache
def faults() -> Mapping[str, FaultText]:
    """Code → its page, by code."""
    return {
        name: FaultText(name, title, rest.removeprefix(_WARNING), rest.startswith(_WARNING))
        for name, title, rest in _texts("faults")
    }


def _texts(folder: str) -> Iterator[tuple[str, str, str]]:
    """Name without ending, title, and the rest of every file, by name."""
    entries = resources.files(_HERE).joinpath(folder).iterdir()
    for entry in sorted(entries, key=lambda entry: entry.name):
        first, _, rest = entry.read_text("utf-8").partition("\n")
        yield entry.name.removesuffix(".md"), first.removeprefix("# ").strip(), rest.lstrip("\n")


def _lead(text: str) -> tuple[str, str]:
    lead, _, rest = text.partition("\n\n")
    return lead.replace("\n", ""), rest
