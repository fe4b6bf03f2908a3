"""No address of the site leads nowhere."""

import re
from collections.abc import Sequence
from html import unescape
from urllib.parse import unquote, urlsplit

from dxsite import urls
from dxsite.assets import Artifact
from dxsite.diagnostics import Report
from dxsite.faults import Fault
from dxsite.site.pages import Site

_ADDRESS = re.compile(r'\s(?:href|src)="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')


def inspect(site: Site, artifacts: Sequence[Artifact], report: Report) -> None:
    """Every link of every page leads to a file, and its fragment to an element.

    A dead link in prose is the content's fault; it is told at the file that the page was made
    from. A dead link anywhere else would be the templates' fault.
    """
    texts = {a.path: a.data.decode() for a in artifacts if a.path.endswith(".html")}
    anchors = {path: set(_ID.findall(text)) for path, text in texts.items()}
    files = {artifact.path for artifact in artifacts}
    origins = {urls.file_of(page.url): page.origin for page in site.pages}
    repeating = {urls.file_of(page.url) for page in site.pages if page.repeats}
    told = set[str]()
    for path in sorted(texts, key=lambda path: path in repeating):
        for address in dict.fromkeys(_ADDRESS.findall(texts[path])):
            target = _target(unescape(address), path, site.frame.base_path)
            if target is None or _exists(target, files, anchors):
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


def _exists(target: tuple[str, str], files: set[str], anchors: dict[str, set[str]]) -> bool:
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
