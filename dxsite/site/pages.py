"""What every planned page has, whatever it shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from dxsite import urls
from dxsite.charts.drawing import Drawing
from dxsite.fiscal import FiscalYear
from dxsite.positions import Place
from dxsite.site.codes import Code
from dxsite.urls import Branch


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart of a page that is also a file; `source` says where its numbers are printed."""

    url: str
    drawing: Drawing
    source: str


@dataclass(frozen=True, slots=True)
class Card:
    """A picture of what a shared link leads to, as texts."""

    url: str
    """Of the picture."""
    site: str
    town: str
    plan: str
    title: str
    figures: tuple[tuple[str, str], ...]
    """What it is, and the figure; at most three."""


class Later:
    """A view that is planned when somebody first looks at it; equal where what is seen is."""

    __slots__ = ("_plan", "_seen")

    def __init__(self, plan: Callable[..., object], *given: object) -> None:
        self._plan: Callable[[], object] | None = partial(plan, *given)
        self._seen: object = None

    def seen(self) -> Any:
        """The view."""
        plan = self._plan  # which another thread may have done, and put away, by the next line
        if plan is not None:
            self._seen = plan()
            self._plan = None
        return self._seen

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Later) and self.seen() == other.seen()

    __hash__ = None  # type: ignore[assignment]  # as of any view with lists in it


@dataclass(frozen=True, slots=True)
class Page:
    """One page: where it stands and what it shows, without HTML.

    1. `url` is a path from the site's root.
    2. `crumbs` leads from the home page to the page's parent.
    3. `view` is what `template` shows, or its `Later`; each template has one type of view.
    4. `plan` is the slug of the plan to whose glossary the page's prose is linked.
    """

    url: str
    template: str
    title: str
    description: str
    crumbs: tuple[Link, ...]
    view: Any
    section: str = ""
    plan: str | None = None
    updated: str | None = None
    term: str | None = None
    """The id of the term that the page itself explains."""
    origin: Place | None = None
    """The file that holds the page's prose."""
    repeats: bool = False
    """Whether its texts are those of other pages, where their faults are told."""
    pictures: tuple[Picture, ...] = ()
    branch: Branch = urls.WHOLE
    """The part of the catalogue in which it stands: where its themes and terms lead."""
    readings: tuple[tuple[str, str], ...] = ()
    """Names of the municipalities that it may name, with how they are read."""
    goes_to: str | None = None
    """Of an address that was given up, where it leads; empty where what was there is gone."""

    @property
    def is_former(self) -> bool:
        """Whether its address was given up: then no list names it."""
        return self.goes_to is not None

    @property
    def shown(self) -> Any:
        """What the template shows."""
        return self.view.seen() if isinstance(self.view, Later) else self.view


@dataclass(frozen=True, slots=True)
class Frame:
    """What all pages share: the site's name, its navigation, the day of the build."""

    title: str
    tagline: str
    description: str
    base_url: str
    """Where the site is published, without a slash at the end; empty where unknown."""
    base_path: str
    """The folder of `base_url`, without a slash at the end."""
    navigation: tuple[Link, ...]
    built: str
    """ISO day of the build."""
    built_words: str
    """The same in words."""
    this_year: FiscalYear
    preview: bool
    """Whether this is a preview that search engines must not keep."""
    operator: str | None
    licence: str | None
    editor: bool = False
    """Whether there is an editing screen, which has a policy of its own."""


@dataclass(frozen=True, slots=True)
class Embed:
    """What a card for other people's pages says."""

    address: str
    title: str
    town: str
    lead: str
    figure: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Share:
    """What the page of a plan or a measure offers to take away.

    `embed` and `code` are None where the address of the site is not known.
    """

    sentence: str
    bibtex: str
    csl: str
    bibtex_url: str
    csl_url: str
    """The files with the whole plan."""
    embed: Embed | None
    code: Code | None


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality as it is found by name."""

    prefecture: str
    name: str
    reading: str
    slug: str
    code: str
    """全国地方公共団体コード"""


@dataclass(frozen=True, slots=True)
class Site:
    """The page graph: every page, the frame around it, what pages say to others than readers."""

    frame: Frame
    pages: tuple[Page, ...]
    cards: Mapping[str, Card]
    """Page → its picture; empty where no pictures are wanted."""
    shares: Mapping[str, Callable[[], Share]]
    """Page → what makes that which a reader may take away."""
    statements: Mapping[str, tuple[dict[str, Any], ...]]
    """Page → schema.org, the breadcrumb aside."""
    towns: tuple[Town, ...] = ()
    """All municipalities, by prefecture; empty where the home page names each."""

    def share_of(self, page: Page) -> Share | None:
        """What a reader may take away from a page."""
        maker = self.shares.get(page.url)
        return maker() if maker else None

    def card_of(self, page: Page) -> Card | None:
        """The picture of a page: its own, else that of its plan, else that of the site."""
        plan = urls.plan(page.plan) if page.plan else urls.HOME
        return self.cards.get(page.url) or self.cards.get(plan) or self.cards.get(urls.HOME)
