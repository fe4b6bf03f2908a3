"""No address of the site leads nowhere."""

import re
from collections.abc import Sequence
from functools import partial
from html import unescape
from urllib.parse import unquote, urlsplit

from dxsite import urls
from dxsite.assets import Artifact
from dxsite.diagnostics import Report
from dxsite.faults import Fault
from dxsite.memory import Memory
from dxsite.site.pages import Site

_ADDRESS = re.compile(r'\s(?:href|src)="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')

Address = tuple[str, tuple[str, str]]
"""As written → (file, fragment)."""


def inspect(site: Site, artifacts: Sequence[Artifact], report: Report, memory: Memory) -> None:
    """Every link of every page leads to a file, and its fragment to an element.

    A dead link in prose is the content's fault; it is told at the file that the page was made
    from. A dead link anywhere else would be the templates' fault.
    """
    base = site.frame.base_path
    looked_at = {
        a.path: memory.recall(f"links {a.path}", (a.data, base), partial(_look_at, a, base))
        for a in artifacts
        if a.path.endswith(".html")
    }
    anchors = {path: ids for path, (_, ids) in looked_at.items()}
    files = {artifact.path for artifact in artifacts}
    origins = {urls.file_of(page.url): page.origin for page in site.pages}
    repeating = {urls.file_of(page.url) for page in site.pages if page.repeats}
    told = set[str]()
    for path in sorted(looked_at, key=lambda path: path in repeating):
        for address, target in looked_at[path][0]:
            if _exists(target, files, anchors):
                continue
            if path in repeating and address in told:
                continue
            told.add(address)
            place = origins.get(path)
            if place is None:
                raise Fault(
                    f"ページ /{path} のリンク「{address}」の先がありません。",
                    "templates/ の変更を見直してください。",
                )
            report.error(
                place,
                "dead-link",
                f"リンク「{address}」の先がこのサイトにありません。",
                "リンクのアドレスを確かめてください。",
            )


def _look_at(page: Artifact, base_path: str) -> tuple[tuple[Address, ...], frozenset[str]]:
    """The addresses within the site that a page names, each once, and its own ids."""
    text = page.data.decode()
    targets = (
        (address, _target(unescape(address), page.path, base_path))
        for address in dict.fromkeys(_ADDRESS.findall(text))
    )
    found = tuple((address, target) for address, target in targets if target is not None)
    return found, frozenset(_ID.findall(text))


def _exists(target: tuple[str, str], files: set[str], anchors: dict[str, frozenset[str]]) -> bool:
    path, fragment = target
    return path in files and (not fragment or fragment in anchors.get(path, ()))


def _target(address: str, path: str, base_path: str) -> tuple[str, str] | None:
    """(file, fragment) of an address within the site, or None where it leads outside."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    if not parts.path:
        return path, unquote(parts.fragment)
    inside = unquote(parts.path).removeprefix(base_path)
    if inside.startswith(urls.SEARCH_INDEX):
        return None  # made last, and read by scripts only
    return urls.file_of(inside), unquote(parts.fragment)
