"""How to cite a plan and its measures: as a sentence, as BibTeX, as CSL-JSON."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dxsite import urls
from dxsite.catalog import Plan
from dxsite.model import Measure
from dxsite.site.pages import Frame

_BIBTEX = str.maketrans({sign: f"\\{sign}" for sign in "{}%$&#_"} | {"\\": "\\textbackslash{}"})


@dataclass(frozen=True, slots=True)
class Work:
    """What is cited: a plan, or a measure in it; None where the plan does not say.

    `established` and `revised` are months (2023-03); a reader holds the revised edition.
    """

    key: str
    town: str
    plan: str
    measure: str | None
    section: str | None
    page: int | None
    version: str | None
    publisher: str
    established: str
    revised: str | None
    site: str
    address: str
    """Where the page stands; empty where the site's own address is not known."""
    built: str

    @property
    def title(self) -> str:
        """The measure, or the plan itself."""
        return self.measure or self.plan

    @property
    def issued(self) -> str:
        """The month of the edition that a reader holds."""
        return self.revised or self.established


def work_of_plan(plan: Plan, frame: Frame) -> Work:
    """A plan as a whole."""
    return _work(plan, frame, urls.plan(plan.slug), plan.slug, None, None, None)


def work_of_measure(measure: Measure, plan: Plan, frame: Frame) -> Work:
    """A measure as a part of its plan."""
    return _work(
        plan,
        frame,
        urls.measure(plan.slug, measure.id),
        f"{plan.slug}-{measure.id}",
        measure.source.document,
        measure,
        measure.source.page,
    )


def _work(
    plan: Plan,
    frame: Frame,
    url: str,
    key: str,
    document: str | None,
    measure: Measure | None,
    page: int | None,
) -> Work:
    file = plan.file
    title = document or file.document.title
    return Work(
        key=key,
        town=file.municipality,
        plan=title,
        measure=measure.title if measure else None,
        section=measure.source.section if measure else None,
        page=page,
        version=file.version if file.version and file.version not in title else None,
        publisher=file.document.publisher,
        established=file.established,
        revised=file.revised,
        site=frame.title,
        address=frame.base_url + url if frame.base_url else "",
        built=frame.built,
    )


def sentence(work: Work) -> str:
    """For a report or a council paper; says that the site's words are a summary."""
    version = f"{work.version}、" if work.version else ""
    revised = f"、{_month(work.revised)}改定" if work.revised else ""
    place = f"「{work.section}」" if work.section else ""
    page = f"（目次では{work.page}ページから）" if work.page is not None else ""
    measure = f"「{work.measure}」" if work.measure else ""
    year, month, day = work.built.split("-")
    seen = f"{int(year)}年{int(month)}月{int(day)}日作成"
    address = f"{work.address}、" if work.address else ""
    return (
        f"{work.publisher}{measure}『{work.plan}』（{version}{_month(work.established)}策定{revised}）"
        f"{place}{page}。要約：{work.site}、{address}{seen}。"
    )


def _month(iso: str | None) -> str:
    year, month, *_ = (iso or "").split("-")
    return f"{int(year)}年{int(month)}月"


def bibtex(work: Work) -> str:
    """One entry; a measure is a part (@incollection) of its plan (@techreport)."""
    year, month, *_ = work.issued.split("-")
    shared = {
        "author": f"{{{_escaped(work.publisher)}}}",
        "title": _escaped(work.title),
        "year": year,
        "month": str(int(month)),
    }
    if work.measure:
        kind = "incollection"
        own = {
            "booktitle": _escaped(work.plan),
            "chapter": _escaped(work.section or ""),
            "pages": f"{work.page}--" if work.page is not None else "",
            "edition": _escaped(work.version or ""),
            "publisher": _escaped(work.publisher),
        }
    else:
        kind = "techreport"
        own = {
            "institution": _escaped(work.publisher),
            "number": _escaped(work.version or ""),
        }
    last = {"note": _escaped(note_of(work)), "url": work.address, "langid": "japanese"}
    if work.address:
        last["urldate"] = work.built
    lines = (f"  {name} = {{{text}}}" for name, text in {**shared, **own, **last}.items() if text)
    return f"@{kind}{{{work.key},\n" + ",\n".join(lines) + "\n}\n"


def note_of(work: Work) -> str:
    """The first edition of what was revised, and whose words the page has."""
    first = f"{_month(work.established)}策定、{_month(work.revised)}改定。" if work.revised else ""
    return f"{first}要約：{work.site}"


def csl(work: Work) -> dict[str, Any]:
    """One item as csl-data.json of CSL 1.0.2 describes it; without what the plan does not say."""
    year, month, *_ = work.issued.split("-")
    item: Mapping[str, Any] = {
        "id": work.key,
        "type": "chapter" if work.measure else "report",
        "title": work.title,
        "author": [{"literal": work.publisher}],
        "container-title": work.plan if work.measure else None,
        "publisher": work.publisher,
        "issued": {"date-parts": [[int(year), int(month)]]},
        "edition": work.version,
        "section": work.section,
        "page": str(work.page) if work.page is not None else None,
        "note": note_of(work),
        "URL": work.address or None,
        "accessed": {"date-parts": [[int(part) for part in work.built.split("-")]]}
        if work.address
        else None,
        "language": "ja",
    }
    return {name: value for name, value in item.items() if value is not None}


def works_of(plan: Plan, frame: Frame) -> Iterator[Work]:
    """The plan, then its measures."""
    yield work_of_plan(plan, frame)
    for measure in plan.measures:
        yield work_of_measure(measure, plan, frame)


def as_json(value: Any) -> str:
    """CSL-JSON as people read it."""
    return json.dumps(value, ensure_ascii=False, indent=1)


def _escaped(text: str) -> str:
    return re.sub(r"\s+", " ", text).translate(_BIBTEX)
