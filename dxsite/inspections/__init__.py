"""Rules over finished artifacts, one a module."""

from collections.abc import Sequence

from dxsite.assets import Artifact
from dxsite.diagnostics import Report
from dxsite.inspections.links import Look, Question, look_at, tell
from dxsite.memory import Memory
from dxsite.site.pages import Site

__all__ = ["Look", "Question", "inspect", "look_at", "tell"]


def inspect(site: Site, artifacts: Sequence[Artifact], report: Report, memory: Memory) -> None:
    """Hold a whole site against every rule, before anything is published."""
    tell(look_at(site, artifacts, memory).questions, report)
