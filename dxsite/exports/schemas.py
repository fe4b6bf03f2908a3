"""JSON Schemas: of content files for editors, of the catalogue for programs."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from dxsite import urls
from dxsite.assets import Artifact
from dxsite.model import TOP_RECORDS
from dxsite.model.records import schema_of
from dxsite.progress import Basis, Doubt, Standing

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TITLES = {
    "plan": "計画（plan.yaml）",
    "measure": "施策（measures/*.yaml）",
    "glossary": "用語集（glossary.yaml）",
    "themes": "テーマ（themes.yaml）",
    "addresses": "以前のアドレス（addresses.yaml）",
    "site": "サイトの設定（site.yaml）",
    "search": "検索の言葉（search.yaml）",
}


def artifacts() -> Iterator[Artifact]:
    """A schema per kind of content file, and the catalogue's."""
    for kind, data in for_editors().items():
        yield Artifact(urls.file_of(urls.schema(kind)), data)
    yield Artifact(urls.file_of(urls.CATALOG_SCHEMA), _of_catalogue())


@cache
def _of_catalogue() -> bytes:
    return _bytes(catalog_schema())


@cache
def for_editors() -> Mapping[str, bytes]:
    """Kind of content file → its schema; `dxsite schema` keeps a copy of each beside the files."""
    return {
        kind: _bytes({"$schema": _DIALECT, "title": _TITLES[kind], **schema_of(cls)})
        for kind, cls in TOP_RECORDS.items()
    }


def _bytes(schema: dict[str, Any]) -> bytes:
    return (json.dumps(schema, ensure_ascii=False, indent=1) + "\n").encode()


def _record(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


_TEXT = {"type": "string", "minLength": 1}
_MAYBE_TEXT = {"type": ["string", "null"], "minLength": 1}
_YEAR = {"type": "integer", "minimum": 1950, "maximum": 2100}
_MAYBE_YEAR = {"type": ["integer", "null"], "minimum": 1950, "maximum": 2100}
_MAYBE_NUMBER = {"type": ["number", "null"]}
_AMOUNT = {"type": "integer", "minimum": 0}
_MAYBE_AMOUNT = {"type": ["integer", "null"], "minimum": 0}
_YES_NO = {"type": "boolean"}
_TEXTS = _list(_TEXT)
_DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_MONTH = {"type": "string", "pattern": r"^\d{4}-\d{2}$"}
_VALUES = _list(
    _record(
        fiscal_year=_MAYBE_YEAR,
        year_end=_YES_NO,
        text=_TEXT,
        number=_MAYBE_NUMBER,
        of=_MAYBE_NUMBER,
        operator={"enum": [">=", "<=", None]},
        certain=_YES_NO,
        footnote=_MAYBE_TEXT,
    )
)
_BASELINE = _record(
    text=_TEXT, number=_MAYBE_NUMBER, of=_MAYBE_NUMBER, as_of=_MAYBE_TEXT, footnote=_MAYBE_TEXT
)
_MAYBE_FIGURE = {"anyOf": [_record(text=_TEXT, number=_MAYBE_NUMBER), {"type": "null"}]}
_PROGRESS = _record(
    standing={"enum": [standing.value for standing in Standing]},
    fiscal_year=_MAYBE_YEAR,
    actual=_MAYBE_FIGURE,
    basis={"enum": [*(basis.value for basis in Basis), None]},
    target=_MAYBE_FIGURE,
    target_fiscal_year=_MAYBE_YEAR,
    line_from=_MAYBE_YEAR,
    line_number=_MAYBE_NUMBER,
    doubt={"enum": [*(doubt.value for doubt in Doubt), None]},
)
_KPI = _record(
    id=_TEXT,
    label=_MAYBE_TEXT,
    kind={"enum": ["KPI", "KGI"]},
    unit=_MAYBE_TEXT,
    direction={"enum": ["up", "down", "keep", None]},
    cumulative={"type": ["boolean", "null"]},
    pending=_YES_NO,
    same_as=_MAYBE_TEXT,
    baseline={"anyOf": [_BASELINE, {"type": "null"}]},
    targets=_VALUES,
    actuals=_VALUES,
    note=_MAYBE_TEXT,
    progress={"anyOf": [_PROGRESS, {"type": "null"}]},
)
_SCHEDULE = _record(
    item=_MAYBE_TEXT,
    text=_MAYBE_TEXT,
    **{"from": _MAYBE_YEAR},
    to=_MAYBE_YEAR,
    open_end=_YES_NO,
    always=_YES_NO,
    certain=_YES_NO,
    departments=_TEXTS,
)
_MEASURE = _record(
    id=_TEXT,
    number=_MAYBE_TEXT,
    title=_TEXT,
    url=_TEXT,
    parents=_TEXTS,
    themes=_TEXTS,
    departments=_TEXTS,
    departments_note=_MAYBE_TEXT,
    status=_MAYBE_TEXT,
    summary=_TEXT,
    sections=_list(_record(heading=_TEXT, text=_TEXT)),
    outcomes=_TEXTS,
    schedule=_list(_SCHEDULE),
    kpis=_list(_KPI),
    costs=_list(_record(fiscal_year=_YEAR, thousand_yen=_MAYBE_AMOUNT, footnote=_MAYBE_TEXT)),
    tables=_list(_record(title=_TEXT, columns=_TEXTS, rows=_list(_list({"type": "string"})))),
    footnotes=_TEXTS,
    notes=_TEXTS,
    terms=_TEXTS,
    related=_TEXTS,
    source_words=_TEXTS,
    source=_record(document=_MAYBE_TEXT, section=_TEXT, page={"type": ["integer", "null"]}),
    updated=_DAY,
)
_PLAN = _record(
    slug=_TEXT,
    code={"type": "string", "pattern": r"^\d{6}$"},
    municipality=_TEXT,
    reading=_TEXT,
    prefecture=_TEXT,
    title=_TEXT,
    version=_MAYBE_TEXT,
    established=_MONTH,
    revised={"type": ["string", "null"], "pattern": r"^\d{4}-\d{2}$"},
    fiscal_years=_record(**{"from": _YEAR}, to=_YEAR),
    period_note=_MAYBE_TEXT,
    vision=_TEXT,
    summary=_TEXT,
    parent_plans=_TEXTS,
    source=_record(document=_TEXT, publisher=_TEXT, url=_MAYBE_TEXT, licence=_MAYBE_TEXT),
    structure=_list(
        _record(
            code=_TEXT, level=_MAYBE_TEXT, title=_MAYBE_TEXT, parent=_MAYBE_TEXT, text=_MAYBE_TEXT
        )
    ),
    measures=_list(_MEASURE),
    reviews=_list(
        _record(
            number={"type": "integer"},
            title=_TEXT,
            status=_MAYBE_TEXT,
            results=_TEXTS,
            successors=_TEXTS,
        )
    ),
    priorities=_list(
        _record(
            structure=_MAYBE_TEXT,
            group=_MAYBE_TEXT,
            title=_TEXT,
            urgency=_AMOUNT,
            importance=_AMOUNT,
        )
    ),
    priorities_note=_MAYBE_TEXT,
    cost_totals=_list(
        _record(
            group=_TEXT,
            fiscal_year=_MAYBE_YEAR,
            thousand_yen=_AMOUNT,
            general_fund_thousand_yen=_MAYBE_AMOUNT,
        )
    ),
    future_measures=_list(
        _record(number={"type": "integer"}, title=_TEXT, group=_MAYBE_TEXT, text=_MAYBE_TEXT)
    ),
    roadmap=_list(
        _record(
            row=_MAYBE_TEXT,
            text=_TEXT,
            **{"from": _MAYBE_YEAR},
            to=_MAYBE_YEAR,
            open_end=_YES_NO,
            always=_YES_NO,
            certain=_YES_NO,
        )
    ),
    roles=_list(_record(role=_TEXT, duty=_TEXT)),
    glossary=_list(
        _record(
            id=_TEXT,
            term=_TEXT,
            long_form=_MAYBE_TEXT,
            reading=_MAYBE_TEXT,
            aliases=_TEXTS,
            see=_MAYBE_TEXT,
            inside=_MAYBE_TEXT,
            text=_MAYBE_TEXT,
            section=_MAYBE_TEXT,
        )
    ),
    chapters=_list(_record(id=_TEXT, title=_TEXT, section=_MAYBE_TEXT, text=_TEXT)),
    errata=_list(_record(printed=_TEXT, corrected=_TEXT, where=_MAYBE_TEXT)),
    notes=_TEXTS,
    updated=_DAY,
)


def catalog_schema() -> dict[str, Any]:
    """The schema of /data/catalog.json."""
    whole = _record(schema_version={"const": 1}, generated=_DAY, plans=_list(_PLAN))
    return {"$schema": _DIALECT, "title": "catalog.json", **whole}
