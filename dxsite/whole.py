"""Makes what spans all areas of a large catalogue, from as little of each plan as is enough."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from dxsite import cards, exports
from dxsite.admin import admin_files
from dxsite.assets import Artifact, Joined, Part, Proof, read_assets
from dxsite.catalog import Catalog
from dxsite.earlier import Earlier, Head, Piece
from dxsite.inspections import Question, look_at
from dxsite.memory import Memory
from dxsite.model import Theme
from dxsite.order import Order, Progress
from dxsite.pieces import ANCHORS, BODY, Body, parts_name
from dxsite.publishing import Publication
from dxsite.rendering import render
from dxsite.site import (
    Area,
    Frame,
    Gist,
    Site,
    finder_of_whole,
    guide_pages,
    joined_site,
    site_of_branch,
    site_of_whole,
)
from dxsite.spooling import Spooled, Stamp
from dxsite.terms import ALL_PLANS, TermFinder

if TYPE_CHECKING:
    from dxsite.search.parts import Part as FoundPart

NAME = "whole"
_MANY = 5_000
"""So many entries of feeds are held before those are let go that no feed has."""


@dataclass(slots=True)
class Gathered:
    """What the areas gave, as much of it as may be in memory for all of them."""

    earlier: Earlier
    themes: Sequence[Theme]
    gists: list[Gist] = field(default_factory=list)
    pages: list[exports.Listed] = field(default_factory=list)
    entries: list[exports.Entry] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    found: "list[FoundPart]" = field(default_factory=list)
    """What the search knows of each plan."""
    spooled: Spooled = field(default_factory=Spooled)
    places: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Plan → the area's name, the file with the plan's parts."""
    parts: dict[str, Mapping[str, Piece]] = field(default_factory=dict)
    """Plan → address of a file of all plans → where its part of it lies."""
    anchors: dict[str, frozenset[str]] = field(default_factory=dict)
    """Of the pages of the whole."""

    def add(self, name: str, body: Body, spooled: Spooled, marks: Mapping[str, str]) -> None:
        """Take an area in."""
        self.gists += body.gists
        self.pages += body.pages
        self.entries += body.entries
        if len(self.entries) > _MANY:  # only the newest of all stand in feeds
            self.entries = list(exports.worth_keeping(self.entries, self.themes))
        self.questions += body.questions
        self.pictures += (key for _, key in body.pictures)
        self.found += (part for part, _ in body.found.values())
        self.spooled.merge(spooled)
        files = {gist.slug: parts_name(gist.slug, marks[gist.slug]) for gist in body.gists}
        self.places |= {slug: (name, file) for slug, file in files.items()}
        self.parts |= body.parts

    def ids(self) -> dict[str, frozenset[str]]:
        """Of everything that has an address for the whole, by kind."""
        return {
            "plan": frozenset(gist.slug for gist in self.gists),
            "theme": frozenset(str(theme.id) for theme in self.themes),
            "term": frozenset(term.id for gist in self.gists for term in gist.terms),
        }

    def parts_of(self, slug: str) -> dict[str, Part]:
        """What reads a plan's part of every file in which all plans stand."""
        name, file = self.places[slug]
        return {
            address: Part(partial(self.earlier.piece, name, file, piece), piece.digest)
            for address, piece in self.parts[slug].items()
        }

    def forget_other_parts(self) -> None:
        """Let go of parts that earlier builds kept and this one did not use."""
        names: dict[str, list[str]] = {}
        for name, file in self.places.values():
            names.setdefault(name, [BODY, ANCHORS]).append(file)
        for name, kept in names.items():
            self.earlier.keep_only_files(name, kept)

    def dead(self, heads: Mapping[str, Head]) -> Iterator[Question]:
        """The links that lead nowhere in the whole site."""
        files = self.spooled.files
        asked = {q.path for q in self.questions if q.fragment} & files.keys()
        anchors = dict(self._anchors(asked - self.anchors.keys(), heads)) | self.anchors
        for question in self.questions:
            there = question.path in files
            if not there or (
                question.fragment and question.fragment not in anchors.get(question.path, ())
            ):
                yield question

    def _anchors(
        self, paths: set[str], heads: Mapping[str, Head]
    ) -> Iterator[tuple[str, frozenset[str]]]:
        for name, head in heads.items():
            if own := paths & head.files.keys():
                ids = self.earlier.thing(name, ANCHORS, head.mark) or {}
                yield from ((path, ids[path]) for path in own if path in ids)


class Whole:
    """The part of the site that belongs to no area."""

    def __init__(
        self, order: Order, content: Catalog, tree: Area, gathered: Gathered, frame: Frame
    ) -> None:
        self.order, self.content, self.tree = order, content, tree
        self.gathered, self.frame = gathered, frame
        by_slug = {gist.slug: gist for gist in gathered.gists}
        self.gists = tuple(by_slug[slug] for slug in tree.slugs)
        self.joined: dict[str, tuple[str, Proof]] = {}
        """What was made and is joined of parts: its name, and what proves it."""

    def make(self, publication: Publication, progress: Progress) -> Spooled:
        """Put every file of the whole aside; it is taken in with the areas."""
        order, memory = self.order, Memory()
        site = pages_of_whole(order, self.content, self.tree, self.gists, self.frame)
        finders = finders_above(self.tree, self.gists)
        assets = read_assets(order.root)
        parts = [self.gathered.parts_of(gist.slug) for gist in self.gists]
        self.gathered.pages += map(exports.listed, site.pages)
        artifacts: list[Artifact] = [
            *assets.artifacts,
            *render(site, order.root / "templates", assets, finders, memory),
            *exports.of_whole(
                site, self.gathered.pages, parts, self.gathered.entries, self.content.themes, memory
            ),
            *admin_files(self.content, self.frame, assets),
        ]
        look = look_at(site, artifacts, memory)
        self.gathered.questions += look.questions
        self.gathered.anchors |= look.anchors
        pictures = cards.pictures_of(tuple(site.cards.values()), order.root)
        artifacts += pictures.artifacts()
        self.gathered.pictures += pictures.keys
        artifacts += self._index(progress)
        joined = {one.path: one for one in artifacts if isinstance(one, Joined)}
        proven = dict(self._proven(joined))
        spooled = publication.spool(artifacts, NAME, proven)
        self.joined = {path: (one.name, one.proof) for path, one in joined.items()}
        self.gathered.spooled.merge(spooled)
        return spooled

    def _proven(self, joined: Mapping[str, Joined]) -> Iterator[tuple[str, Stamp]]:
        """Joined files of which no part changed since they were published."""
        head = self.gathered.earlier.head(NAME)
        for path, (name, proof) in head.joined.items() if head else ():
            if head and path in joined and joined[path].name == name:
                joined[path].take_for_proven(proof)
                yield path, head.files[path]

    def _index(self, progress: Progress) -> Iterator[Artifact]:
        """What searches all plans, from what each knows of itself."""
        if not self.order.index:
            return
        from dxsite.search.parts import files_of, kept_beside, whole_of  # late, as in leaves

        store, content = kept_beside(self.order.root), self.content
        searched = whole_of(self.gathered.found, content.themes, store)
        yield from files_of(
            searched,
            content.search_words,
            store,
            lambda done, all_: progress(f"検索の索引を作っています…（{done}/{all_}）"),
        )
        store.keep_only(searched.names)


def pages_of_whole(
    order: Order, content: Catalog, tree: Area, gists: Sequence[Gist], frame: Frame
) -> Site:
    """The pages that span areas."""
    sites = [
        site_of_whole(
            gists,
            tree,
            content,
            exports.TABLES,
            frame,
            gallery=order.gallery,
            cards=order.cards,
        ),
        *(site_of_branch(branch, gists, content, frame) for branch in tree.branches),
        Site(frame, tuple(guide_pages(content.site)), {}, {}, {}),
    ]
    return joined_site(frame, sites)


def finders_above(tree: Area, gists: Sequence[Gist]) -> dict[str, TermFinder]:
    """Which terms those pages link, by the prefix of their addresses."""
    by_slug = {gist.slug: gist for gist in gists}
    return {
        branch.branch.prefix or ALL_PLANS: finder_of_whole([by_slug[s] for s in branch.slugs])
        for branch in (tree, *tree.branches)
    }
