"""Writes the same towns for Hugo and for Zola: data as front matter, prose as Markdown.

Both get what costs them least: figures already in words, columns of the timeline already counted,
the prose of a page as one text, front matter in TOML (Hugo takes 2 % less time for it than for
JSON, a third less than for YAML; Zola has no other).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks.measures import Indicator, Measure
from tests.benchmarks.towns import Town
from tests.benchmarks.vocabulary import TERMS

TITLE = "まちのデジタル計画"


class HugoContent:
    """`content/` of a Hugo project."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True)
        _write(folder / "_index.md", {"title": TITLE}, "")

    def write(self, town: Town) -> None:
        """A folder per plan, a file per measure."""
        plan = self._folder / town.slug
        (plan / "glossary").mkdir(parents=True)
        _write(plan / "_index.md", _plan(town), chapters(town))
        named = {"title": "用語集", "layout": "glossary", "description": _glossary_lead(town)}
        _write(plan / "glossary" / "_index.md", named, glossary(town))
        for measure in town.measures:
            _write(plan / f"{measure.id}.md", _measure(measure, town), prose(measure))


class ZolaContent:
    """`content/` of a Zola project."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True)
        _write(folder / "_index.md", {"title": TITLE, "sort_by": "none"}, "")

    def write(self, town: Town) -> None:
        """A folder per plan, a file per measure."""
        plan = self._folder / town.slug
        (plan / "glossary").mkdir(parents=True)
        kind = {"template": "plan.html", "page_template": "measure.html", "sort_by": "weight"}
        _write(plan / "_index.md", _split(_plan(town)) | kind, chapters(town))
        named = {
            "title": "用語集",
            "description": _glossary_lead(town),
            "template": "glossary.html",
            "extra": {"town": town.name},
        }
        _write(plan / "glossary" / "_index.md", named, glossary(town))
        where = {"town": town.name, "prefecture": town.prefecture}
        for measure in town.measures:
            head = _split(_measure(measure, town) | where)
            _write(plan / f"{measure.id}.md", head, prose(measure))


def prose(measure: Measure) -> str:
    """All prose of a measure as one Markdown text."""
    outcomes = "\n".join(f"- {outcome}" for outcome in measure.outcomes)
    parts = [f"## {heading}\n\n{text}" for heading, text in measure.sections]
    return "\n\n".join([measure.summary, *parts, f"## 期待される効果\n\n{outcomes}"])


def chapters(town: Town) -> str:
    """All prose of a plan."""
    nodes = [f"## {node.code} {node.title}\n\n{node.text}" for node in town.structure]
    parts = [f"## {heading}\n\n{text}" for _, heading, text in town.chapters]
    return "\n\n".join([town.summary, *nodes, *parts])


def glossary(town: Town) -> str:
    """The terms of a plan."""
    terms = (TERMS[id_] for id_ in town.terms)
    return "\n\n".join(f"## {term.name}\n\n{term.text}" for term in terms)


def _glossary_lead(town: Town) -> str:
    return f"{town.name}の計画で説明されている用語です。"


def _plan(town: Town) -> dict[str, Any]:
    return {
        "title": town.name,
        "description": town.summary.partition("\n")[0],
        "weight": int(town.slug[-4:]),
        "plan": town.title,
        "prefecture": town.prefecture,
        "vision": town.vision,
        "period": _span(town.first, town.last),
    }


def _measure(measure: Measure, town: Town) -> dict[str, Any]:
    return {
        "title": measure.title,
        "description": measure.summary.partition("\n")[0],
        "weight": measure.order,
        "number": measure.number,
        "departments": list(measure.departments),
        "subjects": list(measure.themes),
        "words": [TERMS[id_].name for id_ in measure.terms],
        "years": [f"令和{year}年度" for year in range(town.first, town.last + 1)],
        "schedule": [
            {
                "row": step.row or "",
                "when": _span(step.first, step.last),
                "text": step.text,
                "before": step.first - town.first,
                "columns": step.last - step.first + 1,
                "after": town.last - step.last,
            }
            for step in measure.schedule
        ],
        "kpis": [{"label": kpi.label, "values": list(_values(kpi))} for kpi in measure.kpis],
        "costs": [
            {"when": f"令和{year}年度", "value": f"{cost:,}千円"} for year, cost in measure.costs
        ],
        "source": f"第3章 施策の内容 {measure.number}",
        "updated": measure.updated,
    }


def _span(first: int, last: int) -> str:
    until = f"から令和{last}年度まで" if last > first else ""
    return f"令和{first}年度{until}"


def _values(kpi: Indicator) -> Iterator[dict[str, str]]:
    figures = (
        ("現状", ((kpi.as_of, kpi.baseline),)),
        ("目標", kpi.targets),
        ("実績", kpi.actuals),
    )
    for kind, values in figures:
        for year, value in values:
            yield {"kind": kind, "when": f"令和{year}年度", "value": f"{value:,}{kpi.unit}"}


_OWN = ("title", "description", "weight")
"""What Zola itself knows; all else stands in `extra`."""


def _split(head: dict[str, Any]) -> dict[str, Any]:
    own = {key: head[key] for key in _OWN}
    return own | {"extra": {key: value for key, value in head.items() if key not in _OWN}}


def _toml(head: dict[str, Any]) -> str:
    """Front matter."""
    plain = [f"{key} = {_inline(value)}" for key, value in head.items() if key != "extra"]
    extra = [f"{key} = {_inline(value)}" for key, value in head.get("extra", {}).items()]
    return "\n".join(["+++", *plain, *(["[extra]", *extra] if extra else []), "+++"])


def _inline(value: Any) -> str:
    if isinstance(value, str):
        return f'"{value}"'  # the words of towns hold neither quotes nor backslashes
    if isinstance(value, dict):
        return "{" + ", ".join([f"{key} = {_inline(item)}" for key, item in value.items()]) + "}"
    if isinstance(value, list):
        return "[" + ", ".join([_inline(item) for item in value]) + "]"
    return str(value)


def _write(path: Path, head: dict[str, Any], text: str) -> None:
    path.write_text(f"{_toml(head)}\n\n{text}\n", "utf-8")
