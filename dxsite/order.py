"""What is to be built, from where, to where, as of which day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dxsite.provenance import UNKNOWN, Provenance
from dxsite.site.areas import LIMITS, Limits

Progress = Callable[[str], None]
"""Takes what is being done, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One build."""

    root: Path
    output: Path
    today: date
    base_url: str | None = None
    drafts: bool = False
    strict: bool = False
    clean: bool = False
    index: bool = True
    preview: bool = False
    """Whether search engines are to be kept away."""
    gallery: bool = False
    """Whether the components are shown on a page of their own, for those who make the site."""
    cards: bool = True
    """Whether shared links get a picture."""
    offline: bool = False
    """Whether `output` becomes one zip that needs no host."""
    jobs: int | None = None
    """How many processes may work at once; None: one per processor."""
    limits: Limits = LIMITS
    """How many plans fit on one page."""
    provenance: Provenance = UNKNOWN
    """What the history tells of the content."""
