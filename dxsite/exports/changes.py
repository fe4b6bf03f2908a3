"""What changed between revisions as data: of each plan, and of all."""

from collections.abc import Iterator, Sequence
from functools import partial

from dxsite import urls
from dxsite.assets import Artifact, Part
from dxsite.catalog import Plan
from dxsite.exports.catalogue import as_part, of_all, text_of
from dxsite.history import GROUPS, Item, Step, steps_of
from dxsite.plandata import Json


def of_plan(plan: Plan, built: str) -> Iterator[Artifact]:
    """The changes of a plan, beside their page."""
    alone = partial(_alone, plan, built)
    yield Artifact(urls.file_of(urls.plan_changes_json(plan.slug)), alone)


def part_of(plan: Plan) -> bytes:
    """A plan's part of the changes of all."""
    return as_part(_plan(plan))


def whole(plans: Sequence[Part], built: str) -> Artifact:
    """The changes of all plans."""
    return of_all(urls.CHANGES_JSON, plans, built)


def _alone(plan: Plan, built: str) -> bytes:
    return f"{text_of({'schema_version': 1, 'generated': built, **_plan(plan)})}\n".encode()


def _plan(plan: Plan) -> Json:
    return {
        "slug": plan.slug,
        "code": plan.file.code,
        "municipality": plan.file.municipality,
        "title": plan.file.title,
        "revisions": [
            {
                "id": one.revision or None,
                "version": one.file.version,
                "established": one.file.established,
                "revised": one.file.revised,
            }
            for one in (*plan.revisions, plan)
        ],
        "steps": [_step(step) for step in steps_of(plan)],
    }


def _step(step: Step) -> Json:
    return {
        "since": step.name,
        "from": step.begins,
        "to": step.ends,
        "url": step.url,
        "changes": [_item(item) for item in step.items],
    }


def _item(item: Item) -> Json:
    return {
        "sort": item.sort.value,
        "heading": GROUPS[item.sort],
        "kind": item.kind,
        "record": item.record,
        "id": item.id,
        "title": item.lead or None,
        "url": item.url,
        "sentence": item.sentence,
        "text": item.text,
        "before": item.before,
        "after": item.after,
        "by": item.by,
        "departments": list(item.departments),
        "themes": list(item.themes),
    }
