"""/data/catalog.json."""

import json
from collections.abc import Sequence
from textwrap import indent
from typing import Any

from dxsite import urls
from dxsite.assets import Artifact, Joined, Part
from dxsite.catalog import Plan
from dxsite.plandata import plan_json

Json = dict[str, Any]


def part_of(plan: Plan) -> bytes:
    """A plan as it stands in the catalogue."""
    return indent(text_of(plan_json(plan)), "  ").encode()


def whole(plans: Sequence[Part], built: str) -> Artifact:
    """The catalogue: its head, its plans, its foot."""
    empty = f"{text_of({'schema_version': 1, 'generated': built, 'plans': []})}\n"
    head, _, foot = empty.rpartition("[]")
    path = urls.file_of(urls.CATALOG_JSON)
    if not plans:
        return Artifact(path, empty.encode())
    return Joined(path, f"{head}[\n".encode(), plans, b",\n", f"\n ]{foot}".encode())


def text_of(value: Json) -> str:
    """JSON as all files have it."""
    return json.dumps(value, ensure_ascii=False, indent=1)
