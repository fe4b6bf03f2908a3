"""Turns assets/ into fingerprinted artifacts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

from dxsite import urls
from dxsite.faults import Fault
from dxsite.stylesheets import looks_of

_FIRST = ("tokens.css", "base.css", "layout.css")
_LAST = "print.css"
_IMPORT = re.compile(r"""^(?:import|export)\b[^;"'(]*["']\./([^"']+)["']""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file of the finished site; `path` is relative to the output folder."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Assets:
    """All assets under one folder that is named after their content.

    One fingerprint for all lets scripts import each other by relative names.
    """

    artifacts: tuple[Artifact, ...]
    addresses: Mapping[str, str]
    """Name (`site.css`, `search.js`) → path from the site's root."""
    imports: Mapping[str, tuple[str, ...]]
    """Script → the scripts that it imports before it runs."""
    looks: Mapping[str, Mapping[str, str]]
    """What a chart that is a file wears: look → presentation attributes."""

    def needed_by(self, *names: str) -> tuple[str, ...]:
        """These scripts and all that they import, directly or not, each once."""
        needed = list(names)
        for name in needed:
            needed += [other for other in self.imports.get(name, ()) if other not in needed]
        return tuple(needed)


def read_assets(root: Path) -> Assets:
    """Join the styles into site.css; keep every other file under its own name.

    Styles and scripts lose comments and blanks: a third of what a reader's phone would load.
    """
    folder = root / "assets"
    if not folder.is_dir():
        raise Fault(
            f"「{folder}」フォルダーが見つかりません。",
            "リポジトリのいちばん上のフォルダーで実行してください。",
        )
    files = {"site.css": _joined_styles(folder / "css")}
    imports = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.suffix == ".css" or path.name.startswith("."):
            continue
        files[path.name] = path.read_bytes()
        if path.suffix == ".js":
            imports[path.name] = tuple(_IMPORT.findall(files[path.name].decode()))
            files[path.name] = jsmin(files[path.name])
    digest = sha256()
    for name, data in sorted(files.items()):
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    place = f"{urls.ASSETS}{digest.hexdigest()[:16]}/"
    return Assets(
        tuple(Artifact(urls.file_of(place + name), data) for name, data in files.items()),
        {name: place + name for name in files},
        imports,
        looks_of(files["site.css"].decode(), "dx-chart__"),
    )


def _joined_styles(folder: Path) -> bytes:
    """Tokens, base and layout first, then components by name, print last."""
    names = [folder / name for name in _FIRST if (folder / name).exists()]
    names += sorted(folder.glob("components/*.css"))
    if (folder / _LAST).exists():
        names.append(folder / _LAST)
    joined: bytes = cssmin(b"\n".join(path.read_bytes() for path in names))
    return joined
