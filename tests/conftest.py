"""What several tests share: the real catalogue, the real site, small content folders."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from dxsite import pipeline, serving
from dxsite.calling import CALLED_AS
from dxsite.diagnostics import Finding, Report
from dxsite.plandata import plan_json
from dxsite.publishing import publish

# The same examples in every run, so that a change is to blame for what fails. To look for new
# ones: python3 build.py test --hypothesis-profile=random
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("random", deadline=None)
settings.load_profile("same")

ROOT = Path(__file__).resolve().parent.parent
os.environ.pop(CALLED_AS, None)  # what is told does not depend on how the tests were started
TODAY = date(2026, 11, 20)
"""The day as of which all tests build; 令和8年度."""


def _quiet(_: str) -> None:
    """Progress is not what tests look at."""


@pytest.fixture(scope="session")
def catalog() -> dict[str, Any]:
    """The repository's own content as /data/catalog.json has it."""
    report = Report()
    order = pipeline.Order(root=ROOT, output=ROOT / "public", today=TODAY)
    read = pipeline.check(order, report)
    assert read is not None, report.findings
    plans = [plan_json(plan) for plan in read.plans]
    loaded: dict[str, Any] = json.loads(json.dumps({"plans": plans}, ensure_ascii=False))
    return loaded


@dataclass(frozen=True, slots=True)
class PublishedSite:
    """The repository's own site, built, and served under its own headers."""

    url: str
    """Without a slash at the end."""
    root: Path


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[pipeline.Built, Path]:
    """The repository's own site, published once into a folder of its own."""
    output = tmp_path_factory.mktemp("site") / "public"
    report = Report()
    order = pipeline.Order(root=ROOT, output=output, today=TODAY, base_url="https://example.org")
    made = _published(order, report)
    assert made is not None, report.findings
    return made, output


def _published(order: pipeline.Order, report: Report) -> pipeline.Built | None:
    """What a build publishes, and its artifacts too."""
    made = pipeline.make(order, report, _quiet)
    if made is not None:
        publish(made.artifacts, order.output, clean=order.clean)
    return made


@pytest.fixture(scope="session")
def site(built: tuple[pipeline.Built, Path]) -> Iterator[PublishedSite]:
    """The published site behind a local server that honours `_headers`."""
    files = {artifact.path: artifact.data for artifact in built[0].artifacts}
    server = serving.Serving.of_files(files)
    yield PublishedSite(server.url.rstrip("/"), built[1])
    server.close()


@dataclass(frozen=True, slots=True)
class Desk:
    """A small repository of one's own: `content/` from a dict, the real templates and assets."""

    root: Path

    def write(self, path: str, text: str | bytes) -> None:
        """Put a file under `content/`."""
        target = self.root / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())

    def findings(self, *, drafts: bool = False) -> tuple[Finding, ...]:
        """Everything that `check` says."""
        report = Report()
        order = pipeline.Order(
            root=self.root, output=self.root / "public", today=TODAY, drafts=drafts
        )
        pipeline.check(order, report)
        return report.findings

    def order(self, **options: Any) -> pipeline.Order:
        """A build of one process without index and cards, unless `options` say otherwise."""
        settings: dict[str, Any] = {
            "today": TODAY,
            "index": False,
            "cards": False,
            "jobs": 1,
            **options,
        }
        return pipeline.Order(root=self.root, output=self.root / "public", **settings)

    def build(self, **options: Any) -> pipeline.Built | None:
        """Build into `public/` without an index, unless `options` say otherwise."""
        settings: dict[str, Any] = {"index": False, "today": TODAY, **options}
        order = pipeline.Order(root=self.root, output=self.root / "public", **settings)
        return _published(order, Report())


def desk_in(folder: Path) -> Desk:
    """A repository with templates and assets, still without content."""
    for name in ("templates", "assets"):
        shutil.copytree(ROOT / name, folder / name)
    return Desk(folder)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk of one's own."""
    return desk_in(tmp_path)


@pytest.fixture
def small_plan(desk: Desk) -> Callable[..., Desk]:
    """A desk that already holds the smallest content without a fault (tests/small/)."""

    def make(**replaced: str) -> Desk:
        shutil.copytree(ROOT / "tests" / "small" / "content", desk.root / "content")
        for path, text in replaced.items():
            desk.write(path, text)
        return desk

    return make
