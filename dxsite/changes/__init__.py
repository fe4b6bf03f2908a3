"""Compares two states of the catalogue: what changed, in the words of the plan."""

from dxsite.changes.change import LABELS, Change, Kind, Op
from dxsite.changes.comparison import apply, compare
from dxsite.changes.formats import FORMATS, Manner
from dxsite.changes.reports import Group, PlanReport, reports

__all__ = [
    "FORMATS",
    "LABELS",
    "Change",
    "Group",
    "Kind",
    "Manner",
    "Op",
    "PlanReport",
    "apply",
    "compare",
    "reports",
]
