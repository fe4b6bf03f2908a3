"""As many measures stand under a part of the plan as the plan says."""

from dxsite.catalog import Catalog, Plan
from dxsite.diagnostics import Report


def check(catalog: Catalog, report: Report) -> None:
    """施策の数 of a node is the number of measures under it."""
    for plan in catalog.plans:
        if plan.unread or plan.drafts:
            continue  # not all that the plan counts is here
        for node in plan.file.structure:
            found = _count(str(node.code), plan)
            if node.measures is not None and node.measures != found:
                report.warning(
                    node.at("measures"),
                    "count-disagrees",
                    f"「{node.code}」の施策の数は{node.measures}ですが、{found}件あります。",
                    "書き忘れた施策や、「体系」の記号の打ち間違いがないか確かめてください。",
                )


def _count(code: str, plan: Plan) -> int:
    below = {code}
    for node in plan.file.structure:  # parents stand before their children
        if node.parent in below:
            below.add(str(node.code))
    return sum(bool(below.intersection(measure.parents)) for measure in plan.measures)
