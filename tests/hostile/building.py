"""Builds what strangers wrote, as far as `check` and the inspections let it in."""

from collections.abc import Sequence
from pathlib import Path

from dxsite import pipeline, search
from dxsite.diagnostics import Finding, Report
from dxsite.memory import Memory
from dxsite.sources import Source
from tests.conftest import ROOT, TODAY
from tests.hostile.content import Content

Files = dict[str, bytes]


def built(content: Content, root: Path, *, index: bool = False) -> Files:
    """Every file of the site; what is refused has been taken back from `content`."""
    for name in ("templates", "assets"):
        if not (root / name).exists():
            (root / name).symlink_to(ROOT / name)
    memory = Memory()
    order = pipeline.Order(
        root=root,
        output=root / "public",
        today=TODAY,
        base_url="https://example.org",
        index=False,
        cards=False,
    )
    files: Files = {}

    def checked(sources: list[Source]) -> Sequence[Finding]:
        report = Report()
        pipeline.check(order, report, sources, memory)
        return report.findings

    def inspected(_: list[Source]) -> Sequence[Finding]:
        content.write(root)
        report = Report()
        made = pipeline.make(order, report, lambda _: None, memory)
        files.update({one.path: one.data for one in made.artifacts} if made else {})
        return report.findings

    content.let_in(checked)
    content.let_in(inspected)
    if index:
        catalog = pipeline.check(order, Report())
        assert catalog is not None
        files |= {one.path: one.data for one in search.search_files(catalog, memory)}
    return files
