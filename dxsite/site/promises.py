"""What a measure holds for one fiscal year."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dxsite import urls
from dxsite.catalog import Plan
from dxsite.fiscal import FiscalYear, Span
from dxsite.model import Kpi, Measure
from dxsite.site import words
from dxsite.site.pages import Link


@dataclass(frozen=True, slots=True)
class Work:
    """One entry of a schedule that the print puts into the year."""

    text: str
    when: str
    """Its own years; empty where it is this year alone."""
    begins: bool
    """Whether it begins this year."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What one measure holds for the year."""

    measure: Link
    lead: str
    departments: str | None
    works: tuple[Work, ...]
    targets: tuple[str, ...]
    """Targets that are due this year, in words."""


def stage_of(period: Span, now: FiscalYear) -> str:
    """Whether `now` lies `before`, `during` or `after` a plan's period."""
    if period.first is not None and now < period.first:
        return "before"
    return "after" if period.last is not None and now > period.last else "during"


def promises_of(plan: Plan, now: FiscalYear) -> Mapping[str, Promise]:
    """What the print puts into the fiscal year `now`, by id of the measure, where it is anything."""
    name = f"promises {int(now)}"
    found: dict[str, Promise] | None = plan.worked_out.get(name)
    if found is None:
        some = ((measure.id, _promise_of(measure, plan, now)) for measure in plan.measures)
        found = plan.worked_out[name] = {id_: promise for id_, promise in some if promise}
    return found


def _promise_of(measure: Measure, plan: Plan, now: FiscalYear) -> Promise | None:
    works = tuple(_works(measure, plan.file.period, now))
    targets = tuple(text for kpi in measure.kpis for text in _targets(kpi, now))
    if not works and not targets:
        return None
    link = Link(measure.title, urls.measure(plan.slug, measure.id))
    lead = words.first_sentence(measure.summary)
    return Promise(link, lead, words.departments(measure), works, targets)


def _works(measure: Measure, period: Span, now: FiscalYear) -> Iterator[Work]:
    for entry in measure.schedule:
        span = entry.span
        if not (period.covers(now) if span.always else span.covers(now)):
            continue
        alone = span.first == span.last == now and span.certain
        yield Work(words.step(entry), "" if alone else span.label, span.first == now)


def _targets(kpi: Kpi, now: FiscalYear) -> Iterator[str]:
    for key, figure in kpi.targets:
        if key.year == now and not figure.is_dash:
            doubt = "" if key.certain else "（年度は不確か）"
            yield f"{kpi.label} {figure.text(kpi.unit)}{doubt}"
