"""Reads every plan of a large catalogue once, for what spans all of them."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from dxsite.assets import read_assets
from dxsite.checks import check_catalog
from dxsite.crew import Crew, hands
from dxsite.diagnostics import Finding, Report
from dxsite.earlier import Earlier
from dxsite.fiscal import fiscal_year_of
from dxsite.keys import mark_of
from dxsite.making import Maker
from dxsite.memory import Memory
from dxsite.order import Order
from dxsite.site import Area, Gist, gist_of
from dxsite.sources import CONTENT, Source
from dxsite.survey import Stamped, Survey, youngest

_GISTS = "gists"
_TICK = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Counted:
    """What a plan's files told when they were read."""

    gist: Gist | None
    """None where plan.yaml has faults."""
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class Count:
    """What is known of each plan so far.

    What stays the same is kept between previews, of areas without findings: what is found in a
    plan may depend on others.
    """

    earlier: Earlier
    plans: dict[str, Counted] = field(default_factory=dict)
    began: int = field(default_factory=time.time_ns)
    """When files were first looked at (ns); what changed just before may change unnoticed."""

    @classmethod
    def beside(cls, root: Path) -> "Count":
        """One that keeps what it knows in a folder of its own, beside those of builds."""
        return cls(Earlier(root, root / "preview"))

    def known_of(self, slugs: Iterable[str]) -> int:
        """How many of some plans are known."""
        return sum(slug in self.plans for slug in slugs)

    def knows(self, slugs: Iterable[str]) -> bool:
        """Whether all of them are."""
        return all(slug in self.plans for slug in slugs)

    def take(self, areas: Iterable[Area], looked: Survey, base: str) -> None:
        """Take what is kept of areas whose files are as they were."""
        for area in areas:
            self._add(self.earlier.thing(_name(area), _GISTS, _key(area, looked, base)) or {})

    def is_settled(self, *stamps: tuple[Stamped, ...]) -> bool:
        """Whether files that look the same at another time are the same."""
        return youngest(*stamps) < self.began - _TICK

    def go_on(
        self,
        areas: Sequence[Area],
        maker: Maker,
        looked: Survey,
        base: str,
        is_enough: Callable[[], bool],
    ) -> Iterator[tuple[int, int]]:
        """Read what is not known yet: areas done, areas wanted."""
        wanted = [area for area in areas if not self.knows(area.slugs)]
        order, measures = maker.order, maker.measures
        with Crew(order.jobs, _begin, order, maker.common, measures) as crew:
            # In others, where there may be any: somebody waits for this one.
            each = crew.beside if hands(order.jobs) > 1 else crew.each
            told = each(_count, [area.slugs for area in wanted])
            for number, (area, counted) in enumerate(zip(wanted, told, strict=True), 1):
                self._add(counted)
                found = any(one.findings for one in counted.values())
                if not found and self.is_settled(*(looked.plans[slug] for slug in area.slugs)):
                    key = _key(area, looked, base)
                    self.earlier.keep_thing(_name(area), _GISTS, key, counted)
                yield number, len(wanted)
                if is_enough():
                    return

    def _add(self, counted: Mapping[str, Counted]) -> None:
        for slug, one in counted.items():
            self.plans.setdefault(slug, one)  # an edit meanwhile knows better


def counted(maker: Maker, slugs: Sequence[str]) -> dict[str, Counted]:
    """Read and check some plans."""
    report = Report()
    catalog = maker.read(slugs, report)
    check_catalog(catalog, report, maker.order.today)
    now = fiscal_year_of(maker.order.today)
    found = {plan.slug: gist_of(plan, now) for plan in catalog.plans}
    return {
        slug: Counted(
            found.get(slug),
            tuple(f for f in report.findings if f.place.path.startswith(f"{CONTENT}/{slug}/")),
        )
        for slug in slugs
    }


_maker: list[Maker] = []
"""What reads in this process."""


def _begin(
    order: Order, common: tuple[Source, ...], measures: Mapping[str, frozenset[str]]
) -> None:
    _maker[:] = [Maker(order, common, read_assets(order.root), measures, Memory())]


def _count(slugs: Sequence[str]) -> dict[str, Counted]:
    return counted(replace(_maker[0], memory=Memory()), slugs)


def _name(area: Area) -> str:
    return area.branch.prefix.strip("/").replace("/", "-")


def _key(area: Area, looked: Survey, base: str) -> str:
    return mark_of(base, tuple(file for slug in area.slugs for file in looked.plans[slug]))
