"""Earlier revisions of a plan are earlier than it, and none is as old as another."""

from itertools import pairwise

from dxsite.catalog import Catalog, Plan
from dxsite.diagnostics import Report


def check(catalog: Catalog, report: Report) -> None:
    """The month of each, or else the number of its version, says which came first."""
    for plan in catalog.every_plan:
        for one, other in pairwise((*plan.revisions, plan)):
            if _is_plain(one) and _is_plain(other) and one.age[:2] == other.age[:2]:
                _tell_alike(one, other, report)
        for revision in plan.revisions:
            if _is_plain(revision) and _is_plain(plan) and revision.age[:2] > plan.age[:2]:
                report.error(
                    revision.file.at("revised" if revision.file.revised else "established"),
                    "revision-order",
                    f"前の版「{revision.revision}」（{revision.dated}）が、今の計画（{plan.dated}）より新しくなっています。",
                    "前の版と今の計画の「策定」「改定」「版」を確かめてください。",
                )


def _is_plain(plan: Plan) -> bool:
    """Whether its days could be read; what could not has been told."""
    return plan.file.is_whole and not plan.file.lost & {"established", "revised", "version"}


def _tell_alike(one: Plan, other: Plan, report: Report) -> None:
    name = f"前の版「{other.revision}」" if other.revision else "今の計画"
    report.error(
        one.file.at("revised" if one.file.revised else "established"),
        "revision-order",
        f"前の版「{one.revision}」と{name}は、年月（{one.dated}）も「版」も同じで、どちらが先か分かりません。",
        "新しいほうの plan.yaml の「改定」か「版」を、その版のものに書き替えてください。",
    )
