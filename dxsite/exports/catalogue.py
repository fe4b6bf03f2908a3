"""/data/catalog.json, and how any file holds the data of all plans."""

import json
from collections.abc import Sequence

from dxsite import urls
from dxsite.assets import Artifact, Joined, Part
from dxsite.catalog import Plan
from dxsite.exports.progress import plan_told
from dxsite.plandata import Json


def part_of(plan: Plan) -> bytes:
    """A plan as it stands in the catalogue."""
    return as_part(plan_told(plan))


def whole(plans: Sequence[Part], built: str) -> Artifact:
    """The catalogue."""
    return of_all(urls.CATALOG_JSON, plans, built)


def as_part(value: Json) -> bytes:
    """What is told of one plan, as it stands in a file of all: on a line of its own."""
    return text_of(value).encode()


def of_all(url: str, plans: Sequence[Part], built: str) -> Artifact:
    """What is told of all plans: the head, each plan's part, the foot."""
    empty = f"{text_of({'schema_version': 1, 'generated': built, 'plans': []})}\n"
    head, _, foot = empty.rpartition("[]")
    path = urls.file_of(url)
    if not plans:
        return Artifact(path, empty.encode())
    return Joined(path, f"{head}[\n".encode(), plans, b",\n", f"\n]{foot}".encode())


def text_of(value: Json) -> str:
    """JSON on one line: indented it takes eight times as long, and a quarter more bytes."""
    return json.dumps(value, ensure_ascii=False)
