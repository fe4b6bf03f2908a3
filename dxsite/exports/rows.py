"""What each CSV table says of one plan, row by row."""

from collections.abc import Iterator
from typing import Any

from dxsite.catalog import Plan
from dxsite.history import GROUPS, steps_of
from dxsite.model import Kpi, Measure
from dxsite.progress import progress_of
from dxsite.site.standings import WORDS

Row = tuple[Any, ...]
_RECORDS = {"plan": "計画", "measure": "施策", "term": "用語"}


def measures(plan: Plan) -> Iterator[Row]:
    """Every measure."""
    for m in plan.measures:
        yield (
            m.id,
            m.title,
            m.number,
            "|".join(m.parents),
            "|".join(m.themes),
            "|".join(m.departments),
            m.departments_note,
            m.status,
            "".join(m.summary.split()),
            m.source.document or plan.file.document.title,
            m.source.section,
            m.source.page,
            m.updated,
        )


def kpis(plan: Plan) -> Iterator[Row]:
    """Every KPI."""
    for measure, kpi in _all_kpis(plan):
        yield (
            measure.id,
            measure.title,
            kpi.id,
            kpi.label,
            kpi.kind,
            kpi.unit,
            kpi.direction,
            kpi.cumulative,
            kpi.pending,
            kpi.same_as,
            kpi.note,
            *_progress(kpi),
        )


def _progress(kpi: Kpi) -> Row:
    """The year of the newest report, and how it stands; empty where nobody reported."""
    progress = progress_of(kpi)
    return (progress.year, WORDS[progress.standing]) if progress else (None, None)


def values(plan: Plan) -> Iterator[Row]:
    """Baselines, targets, actuals."""
    for measure, kpi in _all_kpis(plan):
        key = (measure.id, kpi.id, kpi.label)
        if kpi.baseline:
            figure = kpi.baseline.figure
            text = figure.text(kpi.unit)
            yield (
                *key,
                "現状",
                None,
                kpi.baseline.as_of,
                text,
                figure.number,
                figure.of,
                None,
                True,
                figure.footnote,
            )
        for kind, values in (("目標", kpi.targets), ("実績", kpi.actuals)):
            for year, figure in values:
                text = figure.text(kpi.unit)
                yield (
                    *(
                        *key,
                        kind,
                        year.year,
                        "年度末" if year.at_end else None,
                        text,
                        figure.number,
                        figure.of,
                    ),
                    *(figure.operator, year.certain, figure.footnote),
                )


def schedules(plan: Plan) -> Iterator[Row]:
    """Every step of every schedule."""
    for measure in plan.measures:
        for number, entry in enumerate(measure.schedule, 1):
            span = entry.span
            yield (
                *(measure.id, measure.title, number, entry.item, entry.text),
                *(span.first, span.last, span.open_end, span.always, span.certain),
                "|".join(entry.departments),
            )


def costs(plan: Plan) -> Iterator[Row]:
    """What each year costs."""
    for measure in plan.measures:
        for key, amount in measure.costs:
            yield measure.id, measure.title, key.year, amount.thousand_yen, amount.footnote


def glossary(plan: Plan) -> Iterator[Row]:
    """Every term."""
    for t in plan.terms:
        text = "".join((t.text or "").split("\n")) or None
        names = (t.id, t.term, t.long_form, t.reading, "|".join(t.aliases))
        yield *names, t.see, t.inside, text, t.source


def reviews(plan: Plan) -> Iterator[Row]:
    """Every item of an earlier plan."""
    for r in plan.file.reviews:
        yield r.number, r.title, r.status, " ".join(r.results), "|".join(r.successors)


def changes(plan: Plan) -> Iterator[Row]:
    """What each revision changed, the newest first."""
    for step in steps_of(plan):
        for number, item in enumerate(step.items, 1):
            yield (
                *(step.name, step.begins, step.ends, number, GROUPS[item.sort], item.sort.value),
                *(item.kind, _RECORDS[item.record], item.id, item.lead or None),
                *(item.sentence, item.before, item.after, item.by),
                *("|".join(item.departments), "|".join(item.themes), item.url),
            )


def _all_kpis(plan: Plan) -> Iterator[tuple[Measure, Kpi]]:
    return ((measure, kpi) for measure in plan.measures for kpi in measure.kpis)
