"""A target against what was reported: reached, on track, behind, or not to be known.

The rule, which `guide/chapters/06-results.md` and the pages tell in words:

1. Only the newest reported figure counts. Where nothing is reported, nothing is said.
2. It is `REACHED` where it meets the last target; of what is to be kept, in that target's year.
3. Else it is held against the target of its own year: met is `ON_TRACK`, missed is `BEHIND`.
4. Where its year has none, against the straight line from the nearest earlier target, or else from
   the baseline, to the next target.
5. Past the year of the last target, what misses that target is `BEHIND`.
6. All else is `UNKNOWN`: words instead of numbers, years in doubt, no way to compare.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from dxsite.dates import YearKey
from dxsite.figures import Figure, Number
from dxsite.fiscal import FiscalYear, year_told
from dxsite.model import Kpi

_CHANGES = frozenset({"減", "削減", "短縮", "縮減", "増"})
_FEWER = re.compile(r"(?:減|削減|短縮|縮減)(?:率|時間|額|数|量)?$")


class Standing(StrEnum):
    """How an indicator stands."""

    REACHED = "reached"
    ON_TRACK = "on-track"
    BEHIND = "behind"
    UNKNOWN = "unknown"


class Basis(StrEnum):
    """What the newest reported figure was held against."""

    LAST = "last"
    YEAR = "year"
    LINE = "line"
    PAST = "past"


class Doubt(StrEnum):
    """Why it cannot be known how an indicator stands."""

    NO_NUMBER = "no-number"
    """What was reported is no number."""
    NO_YEAR = "no-year"
    """A year is in doubt."""
    NO_TARGET = "no-target"
    UNLIKE = "unlike"
    """Report and target cannot be compared."""
    NO_LINE = "no-line"
    """The year has no target, and no line leads to the next."""


@dataclass(frozen=True, slots=True)
class Point:
    """A figure of a year."""

    year: FiscalYear
    figure: Figure


@dataclass(frozen=True, slots=True)
class Progress:
    """How an indicator stands, by its newest reported figure.

    `wanted` is what the straight line tells, where that is the basis; `against` the target that
    was compared, of `target_year` if the plan names one.
    """

    standing: Standing
    year: FiscalYear | None
    actual: Figure
    basis: Basis | None = None
    against: Figure | None = None
    target_year: FiscalYear | None = None
    wanted: float | None = None
    since: FiscalYear | None = None
    """Where the line begins."""
    doubt: Doubt | None = None
    """Of what cannot be known."""


def progress_of(kpi: Kpi) -> Progress | None:
    """None where nobody reported a figure."""
    if not kpi.actuals:
        return None
    key, actual = max(kpi.actuals, key=lambda entry: entry[0].year or 0)
    if actual.number is None:
        return _unknown(Doubt.NO_NUMBER, key.year, actual)
    if key.year is None or not key.certain:
        return _unknown(Doubt.NO_YEAR, key.year, actual)
    if kpi.last_target is None:
        return _unknown(Doubt.NO_TARGET, key.year, actual)
    here = Point(key.year, actual)
    return _at_last(here, *kpi.last_target, kpi) or _on_the_way(here, kpi)


def _at_last(here: Point, key: YearKey, target: Figure, kpi: Kpi) -> Progress | None:
    """Where the last target, or the only one without a year, tells it; None where it does not."""
    met = _meets(here.figure, target, kpi)
    due = key.year is None or here.year >= key.year
    if met and (kpi.direction != "keep" or due):
        return _held(Standing.REACHED, here, Basis.LAST, target, key.year)
    if key.year is None:
        if met is False and kpi.direction == "keep":
            return _held(Standing.BEHIND, here, Basis.LAST, target, None)
        return _unknown(Doubt.UNLIKE if met is None else Doubt.NO_LINE, here.year, here.figure)
    if here.year <= key.year:
        return None
    if met is None or not key.certain:
        return _unknown(Doubt.UNLIKE if key.certain else Doubt.NO_YEAR, here.year, here.figure)
    return _held(Standing.BEHIND, here, Basis.PAST, target, key.year)


def _on_the_way(here: Point, kpi: Kpi) -> Progress:
    """Before the year of the last target, or in it."""
    for key, target in kpi.targets:
        if key.year == here.year and not target.is_dash:
            met = _meets(here.figure, target, kpi)
            if met is None or not key.certain:
                doubt = Doubt.UNLIKE if key.certain else Doubt.NO_YEAR
                return _unknown(doubt, here.year, here.figure)
            standing = Standing.ON_TRACK if met else Standing.BEHIND
            return _held(standing, here, Basis.YEAR, target, key.year)
    return _on_line(here, kpi) or _unknown(Doubt.NO_LINE, here.year, here.figure)


def _unknown(doubt: Doubt, year: FiscalYear | None, actual: Figure) -> Progress:
    return Progress(Standing.UNKNOWN, year, actual, doubt=doubt)


def _held(
    standing: Standing, here: Point, basis: Basis, against: Figure, year: FiscalYear | None
) -> Progress:
    return Progress(standing, here.year, here.figure, basis, against, year)


def _on_line(actual: Point, kpi: Kpi) -> Progress | None:
    """Against the straight line between the figures before and after; None where there is none."""
    targets = [
        Point(key.year, figure)
        for key, figure in kpi.targets
        if key.year is not None and key.certain and figure.number is not None
    ]
    after = min((p for p in targets if p.year > actual.year), key=lambda p: p.year, default=None)
    earlier = [p for p in (*targets, *_baseline(kpi)) if p.year < actual.year]
    before = max(earlier, key=lambda p: p.year, default=None)
    if before is None or after is None or after.figure.before in ("約", "およそ"):
        return None
    ends = [_value(p.figure) for p in (before, after, actual)]
    alike = {_manner(p.figure, kpi) for p in (before, after, actual)}
    way = _way(after.figure, kpi)
    if any(end is None for end in ends) or len(alike) > 1 or way is None:
        return None
    begin, end, reported = (float(end) for end in ends if end is not None)
    if (end - begin) * (1 if way == ">=" else -1) < 0:
        return None  # the line would lead the other way
    share = (actual.year - before.year) / (after.year - before.year)
    wanted = begin + share * (end - begin)
    met = reported >= wanted if way == ">=" else reported <= wanted
    return Progress(
        Standing.ON_TRACK if met else Standing.BEHIND,
        actual.year,
        actual.figure,
        Basis.LINE,
        after.figure,
        after.year,
        wanted * float(after.figure.of or 1),
        before.year,
    )


def _baseline(kpi: Kpi) -> list[Point]:
    told = kpi.baseline
    year = year_told(told.as_of) if told and told.as_of else None
    return [Point(year, told.figure)] if told and year is not None else []


def _meets(actual: Figure, target: Figure, kpi: Kpi) -> bool | None:
    """Whether a figure is what the target wants; None where that cannot be known."""
    one, other = _value(actual), _value(target)
    way = _way(target, kpi)
    if one is None or other is None or _manner(actual, kpi) != _manner(target, kpi):
        return None
    if way is None:
        return True if kpi.direction == "keep" and one == other else None
    ahead = one > other if way == ">=" else one < other
    met = ahead or (one == other and target.after not in ("超", "未満"))
    rough = target.before in ("約", "およそ") or target.after == "程度"
    return None if rough and not met else met


def _value(figure: Figure) -> Number | None:
    """What is compared: the number, or the share of its whole."""
    if figure.number is None:
        return None
    if figure.of is not None:
        return figure.number / figure.of if figure.of else None
    return figure.number


def _manner(figure: Figure, kpi: Kpi) -> tuple[bool, bool]:
    """Figures of one manner measure the same: shares or numbers, levels or changes."""
    return figure.of is not None, _is_change(figure, kpi)


def _is_change(figure: Figure, kpi: Kpi) -> bool:
    marked = figure.before in ("▲", "△") or figure.after in _CHANGES
    return marked or bool(_FEWER.search(kpi.label or ""))


def _way(target: Figure, kpi: Kpi) -> str | None:
    """Whether the figure is to be at least (>=) or at most (<=) the target."""
    bound = {"超": ">=", "未満": "<="}.get(target.after, target.operator)
    if _is_change(target, kpi):  # the more is saved, the better
        return None if bound == "<=" else ">="
    wanted = {"up": ">=", "down": "<="}.get(kpi.direction or "")
    if bound and wanted and bound != wanted:
        return None
    if wanted == "<=" and not bound and not _is_level(target, kpi):
        return None
    return bound or wanted


def _is_level(target: Figure, kpi: Kpi) -> bool:
    """Whether a figure to go down is the level to reach, not the amount to save.

    A plan may print either; only a baseline above it tells.
    """
    told = kpi.baseline.figure if kpi.baseline else None
    if told is None or told.number is None or target.number is None:
        return False
    return told.number > target.number
