"""What lies where in content/, by a look at the folders alone."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dxsite.sources import CONTENT

Stamped = tuple[str, int, int]
"""Path below its folder, size in bytes, time of the last change in nanoseconds."""
_PAGES = "pages"


@dataclass(frozen=True, slots=True)
class Survey:
    """Every file of the content without its bytes.

    A file whose stamp did not change has the same bytes, unless it changed so soon after the
    look that clocks cannot tell; by `youngest` a reader of stamps can beware of that.
    """

    common: tuple[Stamped, ...]
    """What belongs to no plan."""
    plans: Mapping[str, tuple[Stamped, ...]]
    """Folder → its files, in the order of the folders' names."""

    def measures_of(self, plan: str) -> frozenset[str]:
        """The ids of a plan's measures, by their files' names."""
        names = (path for path, _, _ in self.plans.get(plan, ()))
        return frozenset(
            name.removeprefix("measures/").removesuffix(".yaml")
            for name in names
            if name.startswith("measures/") and name.endswith(".yaml")
        )

    def stamp_of(self, measure: str) -> tuple[Stamped, ...]:
        """What lies behind a measure's name (`plan/measure`): its file and its plan's."""
        slug, _, id_ = measure.partition("/")
        wanted = {"plan.yaml", f"measures/{id_}.yaml"}
        return tuple(file for file in self.plans.get(slug, ()) if file[0] in wanted)


def survey(root: Path) -> Survey:
    """Look at every folder below `root/content`."""
    common: list[Stamped] = []
    plans: dict[str, tuple[Stamped, ...]] = {}
    for entry in _entries(os.path.join(root, CONTENT)):  # noqa: PTH118 - no Path a file
        if _is_plan(entry):
            plans[entry.name] = tuple(_stamped(entry.path, ""))
        elif not entry.is_dir(follow_symlinks=False):
            common.append(_stamp(entry, ""))
        elif entry.name == _PAGES:
            common += _stamped(entry.path, f"{_PAGES}/")
    return Survey(tuple(common), plans)


def plans_in(root: Path) -> tuple[str, ...]:
    """The folders of plans, without a look into them."""
    entries = _entries(os.path.join(root, CONTENT))  # noqa: PTH118 - no Path a file
    return tuple(entry.name for entry in entries if _is_plan(entry))


def survey_again(looked: Survey, root: Path, slugs: Iterable[str]) -> Survey:
    """The same after something changed in the folders of some plans, or they came or went."""
    plans = dict(looked.plans)
    for slug in slugs:
        folder = root / CONTENT / slug
        plans.pop(slug, None)
        if folder.is_dir() and not folder.is_symlink() and _may_be_plan(slug):
            plans[slug] = tuple(_stamped(str(folder), ""))
    return replace(looked, plans=dict(sorted(plans.items())))


def _may_be_plan(name: str) -> bool:
    return name != _PAGES and not name.startswith((".", "~"))


def _is_plan(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False) and _may_be_plan(entry.name)


def youngest(*stamps: tuple[Stamped, ...]) -> int:
    """When the file that changed last did (ns); 0 where there is none."""
    return max((time for folder in stamps for _, _, time in folder), default=0)


def common_changed(root: Path) -> int:
    """When the file that changed last did (ns), of those that belong to no plan."""
    content = root / CONTENT
    own = [_stamp(e, "") for e in _entries(str(content)) if not e.is_dir(follow_symlinks=False)]
    return youngest((*own, *_stamped(str(content / _PAGES), "")))


def _stamped(folder: str, prefix: str) -> Iterator[Stamped]:
    for entry in _entries(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from _stamped(entry.path, f"{prefix}{entry.name}/")
        else:
            yield _stamp(entry, prefix)


def _stamp(entry: os.DirEntry[str], prefix: str) -> Stamped:
    try:
        status = entry.stat()
    except OSError:  # a link that leads nowhere: told where files are read
        return f"{prefix}{entry.name}", -1, -1
    return f"{prefix}{entry.name}", status.st_size, status.st_mtime_ns


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        return sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:  # told where files are read
        return []
