"""What a plan.yaml alone tells of its plan: enough to know where on the site it belongs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dxsite.catalog import Plan
from dxsite.fiscal import fiscal_year_of
from dxsite.model import PlanFile
from dxsite.positions import Text
from dxsite.reading import read_file
from dxsite.site import Gist, gist_of
from dxsite.sources import CONTENT, Source
from dxsite.survey import Stamped, Survey


@dataclass(frozen=True, slots=True)
class Known:
    """A plan as its own file tells of it."""

    slug: str
    code: Text | None
    gist: Gist | None
    """Without measures and terms; None where the file has faults."""


def known_of(root: Path, today: date, slug: str) -> Known:
    """Read one plan's own file; its faults are told where the plan is read."""
    path = f"{CONTENT}/{slug}/plan.yaml"
    try:
        source = Source(path, (root / path).read_bytes())
    except OSError:
        return Known(slug, None, None)
    file, _ = read_file(PlanFile, source, {"slug": slug}, True)
    if file is None:
        return Known(slug, None, None)
    plan = Plan(file, (), ())
    gist = gist_of(plan, fiscal_year_of(today)) if file.is_whole else None
    return Known(slug, file.code, gist)


def known_plans(
    looked: Survey,
    kept: Mapping[Stamped, Known],
    read: Callable[[Sequence[str]], Iterable[Known]],
) -> dict[Stamped, Known]:
    """What each plan.yaml tells, by its folder, size and time; the same file is not read again."""
    files = {
        slug: (slug, *stamp[1:])
        for slug, stamps in looked.plans.items()
        for stamp in stamps
        if stamp[0] == "plan.yaml"
    }
    new = [slug for slug, stamp in files.items() if stamp not in kept]
    told = {files[slug]: one for slug, one in zip(new, read(new), strict=True)}
    return {stamp: told.get(stamp) or kept[stamp] for stamp in files.values()}
