"""By which revision each content file was last changed, and which files are no more."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Revision:
    """One commit."""

    commit: str
    """The whole hash: how short a hash can be differs from clone to clone."""
    day: str
    """When it was committed, as an ISO day in Japan."""

    @property
    def short(self) -> str:
        """The hash as people are shown it."""
        return self.commit[:10]


@dataclass(frozen=True, slots=True)
class Past:
    """What the history tells of one plan's files."""

    revisions: Mapping[str, Revision] = field(default_factory=dict)
    """File below the plan's folder → the revision that last changed it; without those that were
    changed since, and those of which the history does not tell."""
    gone: Mapping[str, str | None] = field(default_factory=dict)
    """File below the plan's folder that was there once → what it was renamed to, if to another of
    the same plan."""
    moved: str | None = None
    """The folder that plan.yaml was moved to."""


NO_PAST = Past()
"""Of files that no history tells of."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the history tells of all content; nothing where there is none."""

    plans: Mapping[str, Past] = field(default_factory=dict)
    """Folder → its past, of folders that are no more, too."""

    def of(self, plan: str) -> Past:
        """The past of a plan's folder."""
        return self.plans.get(plan, NO_PAST)

    @property
    def gone(self) -> Mapping[str, str | None]:
        """Folder that held a plan.yaml once → the folder to which that was moved."""
        return {slug: past.moved for slug, past in self.plans.items() if "plan.yaml" in past.gone}


UNKNOWN = Provenance()
"""Without git, or where nobody asked."""
