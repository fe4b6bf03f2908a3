"""What is handed to a process that makes an area of a large catalogue, and what it hands back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dxsite import exports
from dxsite.diagnostics import Finding
from dxsite.earlier import Earlier, Piece
from dxsite.inspections import Question
from dxsite.order import Order
from dxsite.site import Area, Card, Frame, Gist
from dxsite.spooling import Spooled, Stamp

if TYPE_CHECKING:  # a build without an index needs no dictionary of Japanese
    from dxsite.search.parts import Part

BODY, ANCHORS = "body", "anchors"
"""The names under which an area's body and its pages' ids are kept."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a process needs for any area; it is handed over once.

    `measures` tells which measures every plan has, by their files' names.
    """

    order: Order
    measures: Mapping[str, frozenset[str]]
    folder: Path
    """Where files are put aside."""
    earlier: Earlier


@dataclass(frozen=True, slots=True)
class Task:
    """An area whose files are to be made.

    Of the plans in `kept`, the files that an earlier build made are still good; `before` is the
    area's mark then.
    """

    area: Area
    name: str
    frame: Frame
    home: Card | None
    marks: Mapping[str, str]
    """Plan → a name for its own files as they are now."""
    mark: str
    """A name for all of them."""
    kept: frozenset[str] = frozenset()
    before: str = ""
    is_vain: bool = False
    """Whether nothing will be published: then it is only checked."""


@dataclass(frozen=True, slots=True)
class Body:
    """What the rest of the site needs to know of an area."""

    findings: tuple[Finding, ...]
    gists: tuple[Gist, ...] = ()
    pages: tuple[exports.Listed, ...] = ()
    """Every page, as the sitemap lists it."""
    entries: tuple[exports.Entry, ...] = ()
    questions: tuple[Question, ...] = ()
    """Links that lead to no page that was made with the one that holds them."""
    pictures: tuple[tuple[str, str], ...] = ()
    """Plan → what a picture of it is kept under."""
    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Plan → measures of other areas (`plan/measure`) that its pages name."""
    found: "Mapping[str, tuple[Part, tuple[str, ...]]]" = field(default_factory=dict)
    """Plan → what the search knows of it, and the files that are its own."""
    parts: Mapping[str, Mapping[str, Piece]] = field(default_factory=dict)
    """Plan → address of a file of all plans → where the plan's part of it lies."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """What a process made of a task."""

    name: str
    body: Body
    spooled: Spooled


@dataclass(frozen=True, slots=True)
class Before:
    """What an earlier build made of an area's plans that did not change since."""

    plans: frozenset[str] = frozenset()
    files: Mapping[str, Stamp] = field(default_factory=dict)
    anchors: Mapping[str, frozenset[str]] = field(default_factory=dict)
    body: Body = field(default_factory=lambda: Body(()))

    @classmethod
    def of(cls, task: Task, earlier: Earlier) -> "Before":
        """Nothing where any of it is missing."""
        head = earlier.head(task.name) if task.kept else None
        body = earlier.thing(task.name, BODY, task.before)
        anchors = earlier.thing(task.name, ANCHORS, task.before)
        if head is None or body is None or anchors is None:
            return cls()
        texts = {path for slug in task.kept & body.found.keys() for path in body.found[slug][1]}
        files = {
            path: stamp
            for path, stamp in head.files.items()
            if path in texts or _is_of(task.kept, path)
        }
        ids = {path: ids for path, ids in anchors.items() if _is_of(task.kept, path)}
        return cls(task.kept, files, ids, body)

    def added_to(self, leaf: Leaf) -> Leaf:
        """What was made now, and what was made before."""
        own = self.plans
        body = replace(
            leaf.body,
            pages=(*leaf.body.pages, *(p for p in self.body.pages if _is_of(own, p.url))),
            questions=(*leaf.body.questions, *self._questions()),
            pictures=(*leaf.body.pictures, *(p for p in self.body.pictures if p[0] in own)),
            found={
                **{slug: found for slug, found in self.body.found.items() if slug in own},
                **leaf.body.found,
            },
            parts={
                **{slug: parts for slug, parts in self.body.parts.items() if slug in own},
                **leaf.body.parts,
            },
        )
        files = {**self.files, **leaf.spooled.files}
        return Leaf(leaf.name, body, Spooled(files, leaf.spooled.aside))

    def _questions(self) -> Iterator[Question]:
        """Those that pages ask which stay as they are."""
        for question in self.body.questions:
            if askers := tuple(a for a in question.askers if _is_of(self.plans, a.page)):
                yield question._replace(askers=askers)


def _is_of(plans: frozenset[str], path: str) -> bool:
    """Whether a path or address belongs to one of the plans."""
    return path.lstrip("/").partition("/")[0] in plans


def parts_name(slug: str, mark: str) -> str:
    """The file that holds a plan's parts of files of all plans; another for another `mark`."""
    return f"{slug}.{mark}"
