"""Where the content of measures went that are gone, or came from that are new."""

from collections.abc import Iterator, Mapping, Sequence

from dxsite.changes.change import Json, Op, Path
from dxsite.changes.differences import Difference, Items
from dxsite.changes.pairing import texts_in

_MOST = 0.5
_LEAST = 2
"""So many parts must be found again: one equal line of a schedule proves nothing."""
_SENTENCE = 12
"""Letters from which on a sentence is hardly equal by chance."""


def moves(found: Sequence[Difference]) -> dict[tuple[Op, Path], str]:
    """What comes or goes → the other measure of its plan.

    A measure is part of another where at least half of its parts (KPIs, steps, long sentences)
    went there; a KPI moved where it stands there with all its targets; a measure that was to be
    considered has begun where a new one has its name.
    """
    result: dict[tuple[Op, Path], str] = {}
    for op, other in ((Op.DELETE, Op.INSERT), (Op.INSERT, Op.DELETE)):
        for difference in found:
            if difference.op is not op or not isinstance(difference.shape, Items):
                continue
            if difference.shape.record == "measure":
                place = _shared(difference)
            elif difference.path[-2:-1] == ("future_measures",):
                place = _begun(difference, found)
            elif difference.path[-2:-1] == ("kpis",):
                place = _same_kpi(difference, [d for d in found if d.op is other])
            else:
                continue
            if place is not None:
                result[op, difference.path] = place
    return result


def _shared(difference: Difference) -> str | None:
    """The measure that has most of what this one had, and did not have it before."""
    gone = difference.op is Op.DELETE
    measure = difference.before if gone else difference.after
    parts = set(_parts(measure))
    plan = difference.plan
    if len(parts) < _LEAST or plan.before is None or plan.after is None:
        return None
    there, elsewhere = (plan.after, plan.before) if gone else (plan.before, plan.after)
    known = {m["id"]: set(_parts(m)) for m in elsewhere["measures"]}
    best = max(
        (
            (len(parts & (set(_parts(m)) - known.get(m["id"], set()))), m["id"])
            for m in there["measures"]
            if m["id"] != measure["id"]
        ),
        default=(0, ""),
    )
    return str(best[1]) if best[0] >= max(_LEAST, _MOST * len(parts)) else None


def _parts(measure: Json) -> Iterator[tuple[str, str]]:
    """What makes a measure this one: its KPIs, its steps, its long sentences."""
    yield from (("kpi", kpi["label"]) for kpi in measure["kpis"] if kpi["label"])
    yield from (("step", row["text"] or row["item"] or "") for row in measure["schedule"])
    for field in ("summary", "sections", "outcomes", "footnotes"):
        for text in texts_in(measure[field]):
            lines = text.split("\n")
            yield from (("line", line) for line in lines if len(line) >= _SENTENCE)


def _begun(difference: Difference, found: Sequence[Difference]) -> str | None:
    """The new measure that has the name of one that was only to be considered."""
    for other in found:
        if (
            difference.op is Op.DELETE
            and other.op is Op.INSERT
            and isinstance(other.shape, Items)
            and other.shape.record == "measure"
            and other.path[:2] == difference.path[:2]
            and other.after["title"] == difference.before["title"]
        ):
            return str(other.after["id"])
    return None


def _same_kpi(difference: Difference, others: Sequence[Difference]) -> str | None:
    """The measure of the same plan in which a KPI with this name and these targets stands."""
    kpi = difference.before or difference.after
    for other in others:
        if other.path[:3] != difference.path[:3]:
            continue
        if other.path[-2:-1] == ("kpis",):
            kpis, measure = [other.before or other.after], other.around[1]
        elif len(other.path) == 4 and other.path[2] == "measures":
            kpis, measure = (other.before or other.after)["kpis"], other.around[1]
        else:
            continue
        if any(_alike(kpi, candidate) for candidate in kpis):
            return str(measure.now["id"])
    return None


def _alike(one: Json, other: Mapping[str, object]) -> bool:
    return bool(one["label"]) and all(one[f] == other[f] for f in ("label", "unit", "targets"))
