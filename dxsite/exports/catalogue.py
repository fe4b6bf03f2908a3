"""/data/catalog.json and the JSON of each measure."""

import json
from collections.abc import Iterator, Sequence
from functools import partial
from textwrap import indent
from typing import Any

from dxsite import urls
from dxsite.assets import Artifact, Joined, Part
from dxsite.catalog import Plan
from dxsite.model import Measure
from dxsite.plandata import identity, measure_json, plan_json

Json = dict[str, Any]


def of_plan(plan: Plan, built: str) -> Iterator[Artifact]:
    """Each measure of a plan beside its page."""
    for measure in plan.measures:
        alone = partial(_alone, measure, plan, built)
        yield Artifact(urls.file_of(urls.measure_json(plan.slug, measure.id)), alone)


def part_of(plan: Plan) -> bytes:
    """A plan as it stands in the catalogue."""
    return indent(_text(plan_json(plan)), "  ").encode()


def whole(plans: Sequence[Part], built: str) -> Artifact:
    """The catalogue: its head, its plans, its foot."""
    empty = f"{_text({'schema_version': 1, 'generated': built, 'plans': []})}\n"
    head, _, foot = empty.rpartition("[]")
    path = urls.file_of(urls.CATALOG_JSON)
    if not plans:
        return Artifact(path, empty.encode())
    return Joined(path, f"{head}[\n".encode(), plans, b",\n", f"\n ]{foot}".encode())


def _alone(measure: Measure, plan: Plan, built: str) -> bytes:
    """A measure beside its page."""
    known = identity(plan)
    shared = {key: known[key] for key in ("slug", "code", "municipality", "prefecture", "title")}
    whole = {"schema_version": 1, "generated": built, "plan": shared}
    return f"{_text({**whole, 'measure': measure_json(measure)})}\n".encode()


def _text(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
