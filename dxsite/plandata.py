"""A plan as data: what /data/catalog.json says of it."""

from collections.abc import Sequence
from typing import Any

from dxsite import urls
from dxsite.dates import YearKey
from dxsite.figures import Figure
from dxsite.fiscal import FiscalYear
from dxsite.model import Kpi, Measure, PlanFile, ScheduleEntry, Term
from dxsite.plans import Plan

Json = dict[str, Any]


def plan_json(plan: Plan) -> Json:
    """One plan as contract §3 has it."""
    measures = [measure_json(measure) for measure in plan.measures]
    glossary = [_term(term) for term in plan.terms]
    return {
        **identity_of(plan),
        "measures": measures,
        **_figures(plan.file),
        "glossary": glossary,
        **_words(plan.file),
    }


def identity_of(plan: Plan) -> Json:
    """Which plan it is, and what it says of itself as a whole."""
    file = plan.file
    return {
        "slug": plan.slug,
        "code": file.code,
        "municipality": file.municipality,
        "reading": file.reading,
        "prefecture": file.prefecture,
        "title": file.title,
        "version": file.version,
        "established": file.established,
        "revised": file.revised,
        "fiscal_years": {"from": file.period.first, "to": file.period.last},
        "period_note": file.period_note,
        "vision": file.vision,
        "summary": file.summary,
        "parent_plans": list(file.parent_plans),
        "source": {
            "document": file.document.title,
            "publisher": file.document.publisher,
            "url": file.document.url,
            "licence": file.document.licence,
        },
        "structure": [
            {"code": n.code, "level": n.level, "title": n.title, "parent": n.parent, "text": n.text}
            for n in file.structure
        ],
    }


def _figures(file: PlanFile) -> Json:
    return {
        "reviews": [
            {
                "number": r.number,
                "title": r.title,
                "status": r.status,
                "results": list(r.results),
                "successors": list(r.successors),
            }
            for r in file.reviews
        ],
        "priorities": [
            {
                "structure": p.structure,
                "group": p.group,
                "title": p.title,
                "urgency": p.urgency,
                "importance": p.importance,
            }
            for p in file.priorities
        ],
        "priorities_note": file.priorities_note,
        "cost_totals": [
            {
                "group": c.group,
                "fiscal_year": c.year,
                "thousand_yen": c.thousand_yen,
                "general_fund_thousand_yen": c.general_fund,
            }
            for c in file.cost_totals
        ],
        "future_measures": [
            {"number": f.number, "title": f.title, "group": f.group, "text": f.text}
            for f in file.future_measures
        ],
        "roadmap": [
            {
                "row": r.row,
                "text": r.text,
                "from": r.span.first,
                "to": r.span.last,
                "open_end": r.span.open_end,
                "always": r.span.always,
                "certain": r.span.certain,
            }
            for r in file.roadmap
        ],
        "roles": [{"role": r.role, "duty": r.duty} for r in file.roles],
    }


def _words(file: PlanFile) -> Json:
    return {
        "chapters": [
            {"id": c.id, "title": c.title, "section": c.source, "text": c.text}
            for c in file.chapters
        ],
        "errata": [
            {"printed": e.printed, "corrected": e.corrected, "where": e.where} for e in file.errata
        ],
        "notes": list(file.notes),
        "updated": file.updated,
    }


def measure_json(measure: Measure) -> Json:
    """One measure as contract §3 has it."""
    source = measure.source
    return {
        "id": measure.id,
        "number": measure.number,
        "title": measure.title,
        "url": urls.measure(measure.plan, measure.id),
        "parents": list(measure.parents),
        "themes": list(measure.themes),
        "departments": list(measure.departments),
        "departments_note": measure.departments_note,
        "status": measure.status,
        "summary": measure.summary,
        "sections": [{"heading": h, "text": t} for h, t in measure.sections],
        "outcomes": list(measure.outcomes),
        "schedule": [_schedule(entry) for entry in measure.schedule],
        "kpis": [_kpi(kpi) for kpi in measure.kpis],
        "costs": [
            {
                "fiscal_year": key.year,
                "thousand_yen": amount.thousand_yen,
                "footnote": amount.footnote,
            }
            for key, amount in measure.costs
        ],
        "tables": [
            {"title": t.title, "columns": list(t.columns), "rows": [list(row) for row in t.rows]}
            for t in measure.tables
        ],
        "footnotes": list(measure.footnotes),
        "notes": list(measure.told),
        "terms": list(measure.terms),
        "related": list(measure.related),
        "source_words": list(measure.source_words),
        "source": {
            "document": source.document,
            "section": source.section,
            "page": source.page,
        },
        "updated": measure.updated,
    }


def _schedule(entry: ScheduleEntry) -> Json:
    return {
        "item": entry.item,
        "text": entry.text,
        "from": entry.span.first,
        "to": entry.span.last,
        "open_end": entry.span.open_end,
        "always": entry.span.always,
        "certain": entry.span.certain,
        "departments": list(entry.departments),
    }


def _kpi(kpi: Kpi) -> Json:
    baseline = None
    if kpi.baseline:
        figure = kpi.baseline.figure
        baseline = {
            "text": figure.text(kpi.unit),
            "number": figure.number,
            "of": figure.of,
            "as_of": kpi.baseline.as_of,
            "footnote": figure.footnote,
        }
    return {
        "id": kpi.id,
        "label": kpi.label,
        "kind": kpi.kind,
        "unit": kpi.unit,
        "direction": kpi.direction,
        "cumulative": kpi.cumulative,
        "pending": kpi.pending,
        "same_as": kpi.same_as,
        "baseline": baseline,
        "targets": _values(kpi.targets, kpi.unit),
        "actuals": _values(kpi.actuals, kpi.unit),
        "note": kpi.note,
    }


def _values(values: Sequence[tuple[YearKey, Figure]], unit: str | None) -> list[Json]:
    return [
        {
            "fiscal_year": _integer(key.year),
            "year_end": key.at_end,
            "text": figure.text(unit),
            "number": figure.number,
            "of": figure.of,
            "operator": figure.operator,
            "certain": key.certain,
            "footnote": figure.footnote,
        }
        for key, figure in values
    ]


def _integer(year: FiscalYear | None) -> int | None:
    return None if year is None else int(year)


def _term(term: Term) -> Json:
    return {
        "id": term.id,
        "term": term.term,
        "long_form": term.long_form,
        "reading": term.reading,
        "aliases": list(term.aliases),
        "see": term.see,
        "inside": term.inside,
        "text": term.text,
        "section": term.source,
    }
