"""The tasks of a plan by urgency and importance."""

from dataclasses import dataclass

from dxsite import urls
from dxsite.catalog import Plan
from dxsite.charts.drawing import Drawing
from dxsite.charts.priorities import Task, priorities_chart
from dxsite.model import Priority


@dataclass(frozen=True, slots=True)
class PrioritiesView:
    """The plan's tasks by urgency and importance: a plot, and its table."""

    chart: Drawing | None
    chart_url: str
    rows: tuple[tuple[int, str, Priority], ...]
    """(number in the plot, name, values)."""


def priorities_of(plan: Plan) -> PrioritiesView | None:
    """None where the plan ranks nothing."""
    return plan.once("priorities", _priorities_of)


def _priorities_of(plan: Plan) -> PrioritiesView | None:
    if not plan.file.priorities:
        return None
    rows = tuple(
        (number, _task(priority), priority)
        for number, priority in enumerate(plan.file.priorities, 1)
    )
    tasks = [Task(n, title, p.urgency, p.importance) for n, title, p in rows]
    drawing = priorities_chart(f"{plan.file.title}の取組の緊急度と重要度", tasks)
    return PrioritiesView(drawing, urls.plan_chart(plan.slug, "priorities"), rows)


def _task(priority: Priority) -> str:
    code = f"{priority.structure} " if priority.structure else ""
    return f"{code}{priority.title}{f'（{priority.group}）' if priority.group else ''}"
