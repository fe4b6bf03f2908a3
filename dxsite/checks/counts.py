"""As many measures stand under a part of the plan as the plan says."""

from dxsite.catalog import Catalog
from dxsite.diagnostics import Report


def check(catalog: Catalog, report: Report) -> None:
    """施策の数 of a node is the number of measures under it."""
    for plan in catalog.every_plan:
        if plan.unread or plan.drafts:
            continue  # not all that the plan counts is here
        for node in plan.file.structure:
            codes = plan.codes_under(node.code)
            found = sum(bool(codes.intersection(measure.parents)) for measure in plan.measures)
            if node.measures is not None and node.measures != found:
                report.warning(
                    node.at("measures"),
                    "count-disagrees",
                    f"「{node.code}」の施策の数は{node.measures}ですが、{found}件あります。",
                    "書き忘れた施策や、「体系」の記号の打ち間違いがないか確かめてください。",
                )
