"""How indicators stand, as data: what nobody reported is null."""

from dxsite.figures import Figure
from dxsite.fiscal import FiscalYear
from dxsite.model import Measure
from dxsite.plandata import Json, measure_json, plan_json
from dxsite.plans import Plan
from dxsite.progress import Progress, progress_of


def plan_told(plan: Plan) -> Json:
    """A plan as data, with what this site works out of its figures."""
    told = plan_json(plan)
    told["measures"] = [measure_told(measure) for measure in plan.measures]
    return told


def measure_told(measure: Measure) -> Json:
    """A measure as data; each of its indicators with how it stands."""
    told = measure_json(measure)
    for kpi, record in zip(told["kpis"], measure.kpis, strict=True):
        kpi["progress"] = _told(progress_of(record), record.unit)
    return told


def _told(progress: Progress | None, unit: str | None) -> Json | None:
    """None where nobody reported a figure."""
    if progress is None:
        return None
    return {
        "standing": progress.standing.value,
        "fiscal_year": _year(progress.year),
        "actual": _figure(progress.actual, unit),
        "basis": progress.basis.value if progress.basis else None,
        "target": _figure(progress.against, unit),
        "target_fiscal_year": _year(progress.target_year),
        "line_from": _year(progress.since),
        "line_number": progress.wanted,
        "doubt": progress.doubt.value if progress.doubt else None,
    }


def _year(year: FiscalYear | None) -> int | None:
    return None if year is None else int(year)


def _figure(figure: Figure | None, unit: str | None) -> Json | None:
    return {"text": figure.text(unit), "number": figure.number} if figure else None
