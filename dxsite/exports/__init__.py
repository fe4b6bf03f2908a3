"""Everything that is published beside the pages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from dxsite import urls
from dxsite.assets import Artifact, Assets, Part
from dxsite.catalog import Catalog, Plan
from dxsite.exports import (
    bibliography,
    calendar,
    catalogue,
    changes,
    feed,
    hosting,
    package,
    schemas,
    single,
    sums,
    tables,
)
from dxsite.exports.feed import Entry, entries_of, worth_keeping
from dxsite.exports.hosting import Listed, listed
from dxsite.exports.pictures import artifacts as pictures_of
from dxsite.exports.towns import artifacts as towns_of
from dxsite.memory import Memory
from dxsite.model import Theme
from dxsite.site.pages import Frame, Page, Site

__all__ = [
    "TABLES",
    "Entry",
    "Listed",
    "entries_of",
    "export",
    "listed",
    "of_hosts",
    "of_plan",
    "of_whole",
    "parts_of",
    "pictures_of",
    "towns_of",
    "worth_keeping",
]

TABLES = tables.FILES


def export(catalog: Catalog, site: Site, assets: Assets, memory: Memory) -> Iterator[Artifact]:
    """Everything, from a catalogue in memory."""
    for plan in catalog.plans:
        yield from of_plan(plan, site.frame, memory)
    yield from pictures_of(site, assets, memory)
    entries = [entry for plan in catalog.plans for entry in entries_of(plan)]
    parts = [_remembered(plan, site.frame, memory) for plan in catalog.plans]
    yield from of_whole(site, map(listed, site.pages), parts, entries, catalog.themes, memory)


def of_plan(plan: Plan, frame: Frame, memory: Memory) -> Iterator[Artifact]:
    """Open data, citations and feeds of one plan; where the plan was before, the same again.

    No such file leads elsewhere by itself, and not every host reads `_redirects`.
    """
    own = urls.file_of(urls.plan(plan.slug)).removesuffix("index.html")
    for artifact in _of_plan(plan, frame, memory):
        yield artifact
        for slug in plan.former:
            former = urls.file_of(urls.plan(slug)).removesuffix("index.html")
            yield Artifact(former + artifact.path.removeprefix(own), partial(_data, artifact))


def _data(artifact: Artifact) -> bytes:
    return artifact.data


def _of_plan(plan: Plan, frame: Frame, memory: Memory) -> Iterator[Artifact]:
    yield from single.of_plan(plan, frame.built)
    yield from changes.of_plan(plan, frame.built)
    yield from bibliography.of_plan(plan, frame)
    yield from feed.of_plan(plan, frame, memory)
    yield from calendar.of_plan(plan, frame)


def of_whole(
    site: Site,
    pages: Iterable[Listed],
    parts: Sequence[Mapping[str, Part]],
    entries: Sequence[Entry],
    themes: Sequence[Theme],
    memory: Memory,
) -> Iterator[Artifact]:
    """Files in which all plans stand, their schemas, feeds, and what hosts and robots read.

    `pages` are those of all parts of the site, `parts` what each plan gives, in order, `entries`
    all that feeds may tell of.
    """
    whole = catalogue.whole([plan[urls.CATALOG_JSON] for plan in parts], site.frame.built)
    news = changes.whole([plan[urls.CHANGES_JSON] for plan in parts], site.frame.built)
    rows = [tables.whole(t, [plan[urls.table(t.name)] for plan in parts]) for t in tables.TABLES]
    described = [*schemas.artifacts(), *package.artifacts(rows)]
    yield from (whole, news, *rows, *described)
    yield sums.artifact((whole, news, *rows, *described))
    yield from calendar.of_themes(themes, parts)
    yield from feed.of_whole(entries, themes, site.frame, memory)
    yield from hosting.artifacts(site.frame, tuple(pages))
    yield from towns_of(site.towns)


def of_hosts(frame: Frame, pages: Iterable[Page]) -> Iterator[Artifact]:
    """What hosts and browsers read, of some pages, and the schemas: no plan stands in them."""
    yield from hosting.artifacts(frame, tuple(map(listed, pages)))
    yield from schemas.artifacts()


def parts_of(plan: Plan, frame: Frame) -> dict[str, Part]:
    """What a plan gives to files in which all plans stand, by their addresses."""
    rows = {urls.table(t.name): Part(partial(tables.part_of, t, plan)) for t in tables.TABLES}
    return {
        urls.CATALOG_JSON: Part(partial(catalogue.part_of, plan)),
        urls.CHANGES_JSON: Part(partial(changes.part_of, plan)),
        **rows,
        **dict(calendar.parts_of(plan, frame)),
    }


def _remembered(plan: Plan, frame: Frame, memory: Memory) -> dict[str, Part]:
    return {
        address: Part(
            partial(memory.recall, f"part {plan.slug}{address}", (plan, frame), part.make)
        )
        for address, part in parts_of(plan, frame).items()
    }
