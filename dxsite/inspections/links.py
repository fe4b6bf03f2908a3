"""No address of the site leads nowhere."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from dxsite import urls
from dxsite.assets import Artifact
from dxsite.diagnostics import Report
from dxsite.faults import Fault
from dxsite.memory import Memory
from dxsite.positions import Place
from dxsite.site.pages import Site

_ADDRESS = re.compile(r'\s(?:href|src)="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')

Address = tuple[str, tuple[str, str]]
"""As written → (file, fragment)."""


class Asker(NamedTuple):
    """A page that holds a link."""

    page: str
    """Its file."""
    origin: Place | None
    """The content's file from which it was made."""
    repeats: bool
    """Whether it only repeats what others say."""


class Question(NamedTuple):
    """A link that leads to no file of its own part of the site: perhaps to one of another.

    All pages of a part that hold it ask together: each leads to the same few.
    """

    address: str
    path: str
    fragment: str
    askers: tuple[Asker, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at the pages of a part of the site found."""

    anchors: Mapping[str, frozenset[str]]
    """Page → its ids."""
    questions: tuple[Question, ...]


def look_at(site: Site, artifacts: Sequence[Artifact], memory: Memory) -> Look:
    """Every link of every page leads to a file, and its fragment to an element."""
    base = site.frame.base_path
    looked_at = {
        a.path: memory.recall(f"links {a.path}", (a.data, base), partial(_look_at, a, base))
        for a in artifacts
        if a.path.endswith(".html")
    }
    anchors = {path: ids for path, (_, ids) in looked_at.items()}
    files = {artifact.path for artifact in artifacts}
    pages = {urls.file_of(page.url): page for page in site.pages}
    asked: defaultdict[tuple[str, str, str], list[Asker]] = defaultdict(list)
    for path, (addresses, _) in looked_at.items():
        page = pages.get(path)
        asker = Asker(path, page.origin, page.repeats) if page else Asker(path, None, False)
        for address, (target, fragment) in addresses:
            if target not in files or (fragment and fragment not in anchors.get(target, ())):
                asked[address, target, fragment].append(asker)
    return Look(anchors, tuple(Question(*link, tuple(by)) for link, by in asked.items()))


def tell(dead: Iterable[Question], report: Report) -> None:
    """Report links that lead nowhere.

    A dead link in prose is the content's fault; it is told at the file that the page was made
    from. A dead link anywhere else would be the templates' fault.
    """
    told = set[str]()
    links = ((asker, question.address) for question in dead for asker in question.askers)
    for asker, address in sorted(links, key=lambda link: (link[0].repeats, link[0].page)):
        if asker.repeats and address in told:
            continue
        told.add(address)
        if asker.origin is None:
            raise Fault(
                f"ページ /{asker.page} のリンク「{address}」の先がありません。",
                "templates/ の変更を見直してください。",
            )
        report.error(
            asker.origin,
            "dead-link",
            f"リンク「{address}」の先がこのサイトにありません。",
            "リンクのアドレスを確かめてください。",
        )


def _look_at(page: Artifact, base_path: str) -> tuple[tuple[Address, ...], frozenset[str]]:
    """The addresses within the site that a page names, each once, and its own ids."""
    text = page.data.decode()
    targets = (
        (address, _target(address, page.path, base_path))
        for address in dict.fromkeys(_ADDRESS.findall(text))
    )
    found = tuple((address, target) for address, target in targets if target is not None)
    return found, frozenset(_ID.findall(text))


def _target(address: str, path: str, base_path: str) -> tuple[str, str] | None:
    """(file, fragment) of an address within the site, or None where it leads outside."""
    target = _leads_to(address, base_path)
    return (path, target[1]) if target and not target[0] else target


@lru_cache(maxsize=4096)  # most links of a page stand on all pages
def _leads_to(address: str, base_path: str) -> tuple[str, str] | None:
    """The same; without a file where it leads to the page itself."""
    parts = urlsplit(unescape(address))
    if parts.scheme or parts.netloc:
        return None
    if not parts.path:
        return "", unquote(parts.fragment)
    inside = unquote(parts.path).removeprefix(base_path)
    if inside.startswith(urls.SEARCH_INDEX):
        return None  # made last, and read by scripts only
    return urls.file_of(inside), unquote(parts.fragment)
