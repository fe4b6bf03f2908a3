"""What a host answers: reads `_headers` and `_redirects` as static hosts do.

And what a host that stands on somebody's own computer refuses.
"""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from mimetypes import guess_type
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from dxsite import urls

UNSAID = {"Cache-Control": "public, max-age=0, must-revalidate"}
"""What hosts send where no rule says otherwise: a copy may be kept, and is asked after."""
_OURSELVES = ("127.0.0.1", "localhost", "::1")
_TYPES = {".js": "text/javascript", ".json": "application/json", ".xml": "application/xml"}


@dataclass(frozen=True, slots=True)
class Redirect:
    """One line of `_redirects`."""

    pattern: re.Pattern[str]
    target: str
    status: int
    forced: bool = False
    """Whether it counts where there is a file, too."""

    def target_of(self, path: str) -> str:
        """Where a path leads; what a star stood for takes the place of `:splat`."""
        found = self.pattern.fullmatch(path)
        splat = found[1] if found and found.groups() else ""
        return self.target.replace(":splat", splat)


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

    def answer_to(self, path: str, files: Container[str]) -> tuple[int, str]:
        """Status, and the file that is sent or the address where it lies."""
        redirect = self.redirect_of(path)
        if redirect and redirect.forced:
            return self._redirected(redirect, path)
        name = path.lstrip("/")
        if name == "" or name.endswith("/"):
            name += "index.html"
        if name in files:
            return 200, name
        if f"{name}/index.html" in files:
            return 301, f"/{name}/"  # two slashes would name a host
        return self._redirected(redirect, path) if redirect else (404, "404.html")

    def _redirected(self, redirect: Redirect, path: str) -> tuple[int, str]:
        target = redirect.target_of(path)
        if redirect.status in (301, 302):
            return 301, target
        return redirect.status, target.lstrip("/")

    def redirect_of(self, path: str) -> Redirect | None:
        """The first redirect that matches."""
        return next((r for r in self.redirects if r.pattern.fullmatch(path)), None)


def read_rules(files: Mapping[str, bytes]) -> Rules:
    """The rules among a site's files."""
    headers = files.get(urls.file_of(urls.HEADERS), b"").decode()
    redirects = files.get(urls.file_of(urls.REDIRECTS), b"").decode()
    return Rules(tuple(_header_rules(headers)), tuple(_redirect_rules(redirects)))


def refusal(method: str, host: str, address: str) -> int:
    """The status with which a preview refuses a question; 0 where it is to be answered."""
    if method not in ("GET", "HEAD"):
        return 405
    if _name_in(f"//{host}") not in _OURSELVES:
        return 421
    return 400 if _name_in(address) is None else 0


def _name_in(address: str) -> str | None:
    """The host that an address names, "" where it names none; None where it cannot be read."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return None


def type_of(name: str) -> str:
    """What browsers are told that a file is."""
    suffix = PurePosixPath(name).suffix
    kind = _TYPES.get(suffix) or guess_type(name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith(("text/", "application/x")) else kind


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
            status = parts[2] if len(parts) > 2 else "301"
            forced = status.endswith("!")
            rule = Redirect(_pattern(parts[0]), parts[1], int(status.rstrip("!")), forced)
            rules.append(rule)
    return rules


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.escape(path).replace(r"\*", "(.*)"))
