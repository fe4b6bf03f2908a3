"""What a file of the site was made from, as one short name."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from hashlib import sha256
from importlib import metadata
from pathlib import Path

from dxsite import __version__
from dxsite.order import Order
from dxsite.provenance import Provenance
from dxsite.site import Area
from dxsite.sources import Source
from dxsite.survey import Stamped, Survey, common_changed, youngest

_ASIDE = {"root", "output", "clean", "strict", "jobs", "provenance"}
"""What an order says that changes no file of a plan or an area."""
_LIBRARIES = ("jinja2", "markdown-it-py", "markupsafe", "pillow", "pyyaml", "segno")
_TICK = 2_000_000_000
"""A file that changed so shortly (ns) before it was read may change again unnoticed."""


def key_of_all(order: Order, common: Iterable[Source]) -> str:
    """Of what every file may depend on: order, settings, templates, assets, dxsite itself."""
    digest = sha256()
    told = {f.name: repr(getattr(order, f.name)) for f in fields(order) if f.name not in _ASIDE}
    digest.update(repr((__version__, sorted(told.items()), _libraries())).encode())
    for source in common:
        digest.update(f"{source.path}\0{len(source.data)}\0".encode() + source.data)
    for folder, path in _shared(order.root):
        data = path.read_bytes()
        name = path.relative_to(folder).as_posix()
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


def youngest_shared(root: Path) -> int:
    """When the file that changed last did (ns), of all that every file may depend on.

    Whoever names what it was made from before it reads it looks here when it is done.
    """
    files = (path for _, path in _shared(root))
    return max(common_changed(root), *(path.stat().st_mtime_ns for path in files))


def _shared(root: Path) -> Iterator[tuple[Path, Path]]:
    """Every file of templates, assets and dxsite itself, each with its folder."""
    for folder in (root / "templates", root / "assets", Path(__file__).parent):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield folder, path


def keys_of_plans(
    base: str,
    area: Area,
    looked: Survey,
    named: Mapping[str, Iterable[str]],
    provenance: Provenance,
    now: int,
) -> dict[str, str]:
    """Plan of an area → the name of all that its pages were made from.

    `named` are the measures of other areas that its pages name. A plan with a file that changed
    within the last moment before `now` (ns) has an empty key, which is equal to none.
    """
    keys = {}
    for slug in area.slugs:
        own = looked.plans.get(slug, ())
        others = [looked.stamp_of(name) for name in sorted(named.get(slug, ()))]
        young = youngest(own, tuple(o for pair in others for o in pair)) > now - _TICK
        past = provenance.of(slug)
        text = repr((base, area.branch, area.trail_to_plans, own, others, past))
        keys[slug] = "" if young else sha256(text.encode()).hexdigest()
    return keys


def mark_of(base: str, stamps: tuple[Stamped, ...]) -> str:
    """Of a plan's own files, as short as a file's name."""
    return sha256(repr((base, stamps)).encode()).hexdigest()[:16]


def key_of_part(*keys: str) -> str:
    """Of a part that was made from others; empty where one of theirs is."""
    return sha256("".join(keys).encode()).hexdigest() if all(keys) else ""


def _libraries() -> tuple[str, ...]:
    return tuple(_version(name) for name in _LIBRARIES)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
