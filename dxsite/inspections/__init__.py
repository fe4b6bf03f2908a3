"""Rules over finished artifacts, one a module."""

from collections.abc import Sequence

from dxsite.assets import Artifact
from dxsite.diagnostics import Report
from dxsite.inspections import links
from dxsite.memory import Memory
from dxsite.site.pages import Site


def inspect(site: Site, artifacts: Sequence[Artifact], report: Report, memory: Memory) -> None:
    """Hold the finished site against every rule, before anything is published."""
    links.inspect(site, artifacts, report, memory)
