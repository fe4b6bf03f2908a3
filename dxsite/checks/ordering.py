"""The measures of a plan have an order."""

from dxsite.catalog import Catalog
from dxsite.diagnostics import Report
from dxsite.model import Measure


def check(catalog: Catalog, report: Report) -> None:
    """No two measures of a plan have the same 順: then the files' names would decide."""
    for plan in catalog.every_plan:
        first: dict[int | None, Measure] = {}
        for measure in plan.measures:
            other = first.setdefault(measure.order, measure)
            # The same name and order is a copy, which has yet to become a measure of its own.
            if "order" in measure.lost or other.title == measure.title:
                continue
            report.warning(
                measure.at("order"),
                "same-order",
                f"順{measure.order}は「{other.title}」（{other.place.path}）と同じです。",
                "計画での並びどおりになるように、どちらかの数を変えてください。",
            )
