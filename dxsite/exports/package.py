"""The Frictionless Data Package that describes the tables."""

import json
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from dxsite import urls
from dxsite.assets import Artifact
from dxsite.exports.tables import FIRST, TABLES


def artifacts(tables: Sequence[Artifact]) -> Iterator[Artifact]:
    """One description of all tables, with their sizes and hashes."""
    yield Artifact(urls.file_of(urls.DATA_PACKAGE), partial(_text, tables))


def _text(tables: Sequence[Artifact]) -> bytes:
    package = _package()
    for resource, table in zip(package["resources"], tables, strict=True):
        resource["hash"], resource["bytes"] = f"sha256:{table.proof.sha256}", table.proof.size
    return f"{json.dumps(package, ensure_ascii=False, indent=1)}\n".encode()


_NUMBERS = frozenset({"年度", "開始年度", "終了年度", "数", "母数", "費用（千円）", "順", "差"})


def _package() -> dict[str, Any]:
    """A Frictionless Data Package."""
    resources = [
        {
            "name": table.name.replace("_", "-"),
            "title": table.title,
            "description": table.text,
            "path": f"{table.name}.csv",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": {
                "fields": [
                    {
                        "name": name,
                        "type": "number" if name in _NUMBERS else "string",
                        "description": text,
                    }
                    for name, text in (*FIRST, *table.columns)
                ],
                "missingValues": [""],
            },
        }
        for table in TABLES
    ]
    return {"name": "dxsite", "title": "自治体のデジタル化計画", "resources": resources}
