"""index.json beside the page of each measure."""

from collections.abc import Iterator
from functools import partial

from dxsite import urls
from dxsite.addresses import formers
from dxsite.assets import Artifact
from dxsite.catalog import Plan
from dxsite.exports.catalogue import text_of
from dxsite.exports.progress import measure_told
from dxsite.model import Measure, Removed
from dxsite.plandata import Json, identity_of


def of_plan(plan: Plan, built: str) -> Iterator[Artifact]:
    """Each measure of a plan beside its page."""
    for measure in plan.measures:
        alone = partial(_alone, measure, plan, built)
        yield Artifact(urls.file_of(urls.measure_json(plan.slug, measure.id)), alone)
    # No file leads elsewhere by itself: the same stands where a measure was before.
    now = {measure.id: measure for measure in plan.measures}
    for former in formers(plan.addresses):
        path = urls.file_of(urls.measure_json(plan.slug, former.id))
        if former.removed:
            yield Artifact(path, partial(_gone, former.removed, plan, built))
        elif former.now in now:
            yield Artifact(path, partial(_alone, now[former.now], plan, built))


def _alone(measure: Measure, plan: Plan, built: str) -> bytes:
    """A measure beside its page."""
    whole = _head(plan, built)
    revision = plan.past.revisions.get(f"measures/{measure.id}.yaml")
    told = {"commit": revision.commit, "date": revision.day} if revision else None
    return f"{text_of({**whole, 'measure': measure_told(measure), 'revision': told})}\n".encode()


def _gone(removed: Removed, plan: Plan, built: str) -> bytes:
    """What is said where a measure was."""
    told = {
        "id": removed.id,
        "title": removed.title,
        "since": removed.since,
        "reason": removed.reason,
        "successors": list(removed.successors),
    }
    return f"{text_of({**_head(plan, built), 'measure': None, 'removed': told})}\n".encode()


def _head(plan: Plan, built: str) -> Json:
    """What the data of a single measure begins with."""
    identity = identity_of(plan)
    shared = {key: identity[key] for key in ("slug", "code", "municipality", "prefecture", "title")}
    return {"schema_version": 1, "generated": built, "plan": shared}
