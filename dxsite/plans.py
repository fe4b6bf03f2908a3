"""One municipality's plan with all that belongs to it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any, TypeVar

from dxsite.fiscal import normal
from dxsite.model import Addresses, Measure, PlanFile, Term
from dxsite.positions import Place, Text
from dxsite.provenance import NO_PAST, Past
from dxsite.sources import CONTENT

T = TypeVar("T")

NO_ADDRESSES = Addresses(place=Place(f"{CONTENT}/addresses.yaml"))


@dataclass(frozen=True, slots=True)
class Prose:
    """A Markdown page of the site itself; `id` is its file name and its address."""

    id: str
    text: Text


@dataclass(frozen=True)
class Plan:
    """One municipality's plan with all that belongs to it.

    1. `measures` are in the order of the plan.
    2. `unread` names the files with faults (`measures/x`, `glossary`, `plan`): what they would
       have given is not known, so nobody is blamed for naming it.
    3. `drafts` are the ids of measures that are left out until they are finished.
    4. `revisions` are the plan as it was, the oldest first; they only tell what has changed.
    """

    file: PlanFile
    measures: tuple[Measure, ...]
    terms: tuple[Term, ...]
    unread: frozenset[str] = frozenset()
    drafts: frozenset[str] = frozenset()
    addresses: Addresses = NO_ADDRESSES
    former: tuple[str, ...] = ()
    """Folders that it had before; the first, first."""
    past: Past = NO_PAST
    revision: str = ""
    """The name of an earlier revision; empty for the plan as it is now."""
    revisions: "tuple[Plan, ...]" = ()

    @cached_property
    def worked_out(self) -> dict[str, Any]:
        """What has been worked out of this plan alone, by name, so that nobody does it twice."""
        return {}

    def once(self, name: str, make: Callable[["Plan"], T]) -> T:
        """What `make` works out of this plan alone, kept under a name that nobody else uses."""
        if name not in self.worked_out:
            self.worked_out[name] = make(self)
        found: T = self.worked_out[name]
        return found

    @property
    def slug(self) -> str:
        """The plan's folder and address."""
        return self.file.slug

    @property
    def dated(self) -> str:
        """The month since when the plan reads like this: of its revision, else of its making."""
        return str(self.file.revised or self.file.established or "")

    @property
    def age(self) -> tuple[str, list[int], str]:
        """What puts revisions in order: the month, the numbers of the version, the name."""
        version = re.findall(r"\d+", normal(self.file.version or ""))
        return self.dated, [int(number) for number in version], self.revision

    @cached_property
    def measure_ids(self) -> frozenset[str]:
        """Ids of the measures, unread ones and drafts included."""
        broken = {PurePosixPath(name).name for name in self.unread if name.startswith("measures/")}
        return frozenset(m.id for m in self.measures) | broken | self.drafts

    def codes_under(self, code: str) -> frozenset[str]:
        """A node of the structure and all below it; empty where there is no such node."""
        codes: set[str] = set()
        for node in self.file.structure:  # parents stand before their children
            if node.code == code or node.parent in codes:
                codes.add(str(node.code))
        return frozenset(codes)

    @cached_property
    def term_ids(self) -> frozenset[str]:
        """Ids of the terms that this plan explains."""
        return frozenset(str(t.id) for t in self.terms)
