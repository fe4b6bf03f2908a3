"""Which figures are parts of a whole, and so have a place on one scale."""

from dxsite.figures import Figure, Number
from dxsite.model import Kpi

_PERCENT = frozenset({"%", "％"})
_CHANGES = frozenset({"減", "削減", "短縮", "縮減", "増"})


def share_of(kpi: Kpi) -> float | None:
    """The last target as a share of its whole, 0 to 100; None where it is no share.

    A share is a printed percentage of something to be raised or kept, or a printed fraction. A
    reduction is a share of what was before, and stays off the scale.
    """
    if kpi.last_target is None or kpi.direction == "down":
        return None
    return _share(kpi.last_target[1], kpi.unit)


def _share(figure: Figure, unit: str | None) -> float | None:
    if figure.number is None:
        return None
    if figure.of:
        return round(100 * figure.number / figure.of, 1)
    if unit in _PERCENT and figure.number <= 100 and figure.after not in _CHANGES:
        return float(figure.number)
    return None


def whole_of(kpi: Kpi) -> Number | None:
    """What all numbers of a KPI are parts of: a denominator that all share, or 100 percent."""
    if share_of(kpi) is None:
        return None
    figures = [figure for _, figure in (*kpi.targets, *kpi.actuals) if figure.number is not None]
    wholes = {figure.of for figure in figures}
    if len(wholes) != 1:
        return None
    of = wholes.pop()
    return of if of is not None else 100


def reached(kpi: Kpi) -> tuple[int, int] | None:
    """(fiscal year, percent) of the last actual against the target of its own year.

    Only for what is to grow: how much of a reduction is reached depends on where it began.
    """
    if kpi.direction != "up":
        return None
    targets = {key.year: figure for key, figure in kpi.targets}
    for key, actual in sorted(kpi.actuals, key=lambda entry: -(entry[0].year or 0)):
        target = targets.get(key.year)
        if key.year is None or target is None or actual.number is None or not target.number:
            continue
        if actual.of == target.of:
            return int(key.year), int(100 * actual.number / target.number)
    return None
