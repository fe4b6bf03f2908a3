"""What a preview of a large catalogue shows, cut into shelves: plans, areas, what is above them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import chain
from pathlib import Path

from dxsite import exports, urls
from dxsite.admin import admin_files
from dxsite.assets import Artifact, Files
from dxsite.catalog import Catalog
from dxsite.counting import Count
from dxsite.diagnostics import Report
from dxsite.making import Maker
from dxsite.memory import Memory
from dxsite.panels import waiting
from dxsite.rendering import render
from dxsite.site import Area, Card, Frame, Gist, Site, guide_pages
from dxsite.site.catalogue import prose_pages
from dxsite.survey import Survey
from dxsite.whole import finders_above, pages_of_whole

SITE, ABOVE = "", "/"
"""Shelves that are neither a plan's nor an area's: what tells of no plan, and of all."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Some pages, and all files that belong to them."""

    site: Site
    artifacts: tuple[Artifact, ...]


@dataclass(frozen=True)
class Scene:
    """A large catalogue at one moment, as far as the plans' own files and what all share tell."""

    maker: Maker
    looked: Survey
    content: Catalog
    """Without any plan."""
    tree: Area
    frame: Frame
    home: Card | None

    @cached_property
    def areas(self) -> Mapping[str, Area]:
        """Plan → where it lies."""
        return self.tree.of_plans()

    @cached_property
    def prefixes(self) -> Mapping[str, Area]:
        """Folder of the site → the area whose pages are in it."""
        return {area.branch.prefix.strip("/"): area for area in self.tree.leaves}

    def shelf_of(self, path: str) -> str:
        """The shelf on which a file stands: a plan's slug, an area's folder, else empty."""
        folders = path.split("/")
        if folders[0] in self.areas:
            return folders[0]
        names = ("/".join(folders[:depth]) for depth in (3, 2))
        return next((name for name in names if name in self.prefixes), "")

    def of_plan(self, slug: str, catalog: Catalog, memory: Memory) -> Shelf:
        """The pages of one plan, read before; none where it could not be read."""
        maker, area = replace(self.maker, memory=memory), self.areas[slug]
        named = (maker.named_elsewhere(plan, {slug}) for plan in catalog.plans)
        around = maker.around(catalog.plans, chain.from_iterable(named))
        site = maker.site_of_plans(area, catalog.plans, around, catalog, self.frame)
        return Shelf(site, tuple(maker.files(site, area, catalog, catalog.plans, self.home)))

    def of_area(self, name: str, memory: Memory) -> Shelf:
        """The pages that span the plans of an area, which are read for them."""
        maker, area = replace(self.maker, memory=memory), self.prefixes[name]
        catalog = maker.read(area.slugs, Report())
        there = {plan.slug for plan in catalog.plans}
        if missing := set(area.slugs) - there:  # their faults are told where somebody opens them
            area = replace(area, slugs=tuple(s for s in area.slugs if s not in missing))
        site = maker.site_of_area(area, catalog, self.frame)
        return Shelf(site, tuple(maker.files(site, area, catalog, (), self.home)))

    def of_site(self, memory: Memory) -> Shelf:
        """What stands above all plans and tells of none."""
        content, assets = self.content, self.maker.assets
        pages = (*guide_pages(content.site), *prose_pages(content.pages, content.site))
        site = Site(self.frame, pages, {urls.HOME: self.home} if self.home else {}, {}, {})
        return Shelf(
            site,
            (
                *assets.artifacts,
                *render(site, self._templates, assets, {}, memory),
                *exports.of_hosts(self.frame, pages),
                *admin_files(content, self.frame, assets),
            ),
        )

    def above(self, gists: Sequence[Gist], memory: Memory) -> Shelf:
        """The pages above all areas, from the gists of all plans."""
        order = self.maker.order
        went_in = order, self.content, self.tree, gists, self.frame
        site = memory.recall("above", went_in, partial(pages_of_whole, *went_in))
        finders = finders_above(self.tree, gists)
        return Shelf(
            site,
            (
                *render(site, self._templates, self.maker.assets, finders, memory),
                *exports.towns_of(site.towns),
            ),
        )

    @property
    def _templates(self) -> Path:
        return self.maker.order.root / "templates"


Make = Callable[[Scene, str, Sequence[Gist]], Shelf]
"""Plans a shelf of a scene; the gists are those of all plans, where they are known."""


class Shelves(Mapping[str, bytes]):
    """All files, each shelf of them planned when one of its files is first asked for."""

    def __init__(
        self, scene: Scene, count: Count, gists: tuple[Gist, ...] | None, make: Make
    ) -> None:
        self.scene, self.count = scene, count
        self._gists, self._make = gists, make
        self._made: dict[str, tuple[Shelf, Files]] = {}

    def shelf(self, name: str) -> Shelf:
        """A shelf: of a plan, an area, or one of the two that are neither."""
        return self._on(name)[0]

    def __getitem__(self, path: str) -> bytes:
        for files in self._where(path):
            if path in files:
                return files[path]
        if path not in self:
            raise KeyError(path)
        slugs = self.scene.tree.slugs
        ways = tuple((area.name, area.branch.home) for area in self.scene.tree.leaves)
        return waiting(self.count.known_of(slugs), len(slugs), ways)

    def __contains__(self, path: object) -> bool:
        if any(path in files for files in self._where(str(path))):
            return True
        # Perhaps it is; nobody can tell before all plans have been read.
        alone = self._gists is None and not self.scene.shelf_of(str(path))
        return alone and str(path).endswith(".html")

    def __iter__(self) -> Iterator[str]:
        for name in (SITE, ABOVE, *self.scene.prefixes, *self.scene.areas):
            if name != ABOVE or self._gists is not None:
                yield from self._on(name)[1]

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _where(self, path: str) -> Iterator[Files]:
        name = self.scene.shelf_of(path)
        yield self._on(name)[1]
        if name == SITE and self._gists is not None:
            yield self._on(ABOVE)[1]

    def _on(self, name: str) -> tuple[Shelf, Files]:
        if name not in self._made:
            shelf = self._make(self.scene, name, self._gists or ())
            self._made[name] = shelf, Files(shelf.artifacts)
        return self._made[name]
