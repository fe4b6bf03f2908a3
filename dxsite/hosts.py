"""Reads `_headers` and `_redirects` as a static host does."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from dxsite import urls

UNSAID = {"Cache-Control": "public, max-age=0, must-revalidate"}
"""What hosts send where no rule says otherwise: a copy may be kept, and is asked after."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """One line of `_redirects`."""

    pattern: re.Pattern[str]
    target: str
    status: int


@dataclass(frozen=True, slots=True)
class Rules:
    """What a host does beyond sending files."""

    headers: tuple[tuple[re.Pattern[str], tuple[tuple[str, str], ...]], ...] = ()
    redirects: tuple[Redirect, ...] = ()

    def headers_of(self, path: str) -> dict[str, str]:
        """The headers of all rules that match."""
        found: dict[str, str] = {}
        for pattern, headers in self.headers:
            if pattern.fullmatch(path):
                found.update(headers)
        return found

    def redirect_of(self, path: str) -> Redirect | None:
        """The first redirect that matches."""
        return next((r for r in self.redirects if r.pattern.fullmatch(path)), None)


def read_rules(files: Mapping[str, bytes]) -> Rules:
    """The rules among a site's files."""
    headers = files.get(urls.file_of(urls.HEADERS), b"").decode()
    redirects = files.get(urls.file_of(urls.REDIRECTS), b"").decode()
    return Rules(tuple(_header_rules(headers)), tuple(_redirect_rules(redirects)))


def _header_rules(text: str) -> list[tuple[re.Pattern[str], tuple[tuple[str, str], ...]]]:
    rules = []
    for block in re.split(r"\n\s*\n", text):
        lines = [line for line in block.splitlines() if line.strip() and line[0] != "#"]
        if lines:
            pairs = (line.strip().partition(":") for line in lines[1:])
            headers = tuple((name.strip(), value.strip()) for name, _, value in pairs)
            rules.append((_pattern(lines[0].strip()), headers))
    return rules


def _redirect_rules(text: str) -> list[Redirect]:
    rules = []
    for line in text.splitlines():
        parts = line.split()
        if len(parts) >= 2 and not line.startswith("#"):
            status = int(parts[2].rstrip("!")) if len(parts) > 2 else 301
            rules.append(Redirect(_pattern(parts[0]), parts[1], status))
    return rules


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.escape(path).replace(r"\*", ".*"))
