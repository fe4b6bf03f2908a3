"""Turns the addresses of a hosted site into those of files in a folder."""

import re
from collections.abc import Callable
from posixpath import dirname

from dxsite import urls

_ADDRESS = re.compile(r'(?P<name>\s(?:href|src|action|data-[a-z-]+))="(?P<path>/(?!/)[^"]*)"')
_BASE = re.compile(r'(\sdata-base)="[^"]*"')
_DROPPED = re.compile(r'<link rel="(?:modulepreload|alternate|search)"[^>]*>\n?')
_CANONICAL = re.compile(r'<link rel="canonical"[^>]*>\n?')
_MODULE = re.compile(r'<script type="module" src="[^"]*/(?P<name>[\w.-]+)"></script>\n?')
_HEAD = "</head>"


def local(url: str) -> str:
    """/a/b/?q=x#y → /a/b/index.html?q=x#y"""
    path = re.split(r"[?#]", url, maxsplit=1)[0]
    return f"/{urls.file_of(path)}{url[len(path) :]}"


def scripts_in(html: str) -> list[str]:
    """The modules that a page runs, in its order."""
    return [match["name"] for match in _MODULE.finditer(html)]


def relative(
    html: str, path: str, base_path: str, tag: Callable[[str, str], str], *, canonical: bool
) -> str:
    """A page that finds everything from where it lies.

    1. `path` is the page's file, `base_path` the folder in which the site is hosted.
    2. `tag`: root and modules → the one script that runs them in place of `type="module"`.
    3. `canonical`: whether the page says where it is hosted.
    """
    depth = dirname(path).count("/") + 1 if dirname(path) else 0
    root = "/".join([".."] * depth) or "."

    def moved(match: re.Match[str]) -> str:
        inside = match["path"].removeprefix(base_path) or "/"
        return f'{match["name"]}="{root}{local(inside)}"'

    names = " ".join(scripts_in(html))
    html = _MODULE.sub("", _DROPPED.sub("", html))
    if not canonical:
        html = _CANONICAL.sub("", html)
    html = _ADDRESS.sub(moved, html)
    html = _BASE.sub(rf'\1="{root}"', html)
    return html.replace(_HEAD, tag(root, names) + _HEAD, 1) if names else html
