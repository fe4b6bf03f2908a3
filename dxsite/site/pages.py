"""What every planned page has, whatever it shows."""

from dataclasses import dataclass
from typing import Any

from dxsite.fiscal import FiscalYear
from dxsite.positions import Place


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page: where it stands and what it shows, without HTML.

    1. `url` is a path from the site's root.
    2. `crumbs` leads from the home page to the page's parent.
    3. `view` is what `template` shows; each template has one type of view.
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
    structured: tuple[dict[str, Any], ...] = ()
    """schema.org statements beside the breadcrumb."""


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
    readings: tuple[tuple[str, str], ...] = ()
    """Names of municipalities with how they are read."""


@dataclass(frozen=True, slots=True)
class Site:
    """The page graph: every page, and the frame around it."""

    frame: Frame
    pages: tuple[Page, ...]
