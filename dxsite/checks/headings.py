"""A measure's headings are those that its plan uses."""

from dxsite.catalog import Catalog
from dxsite.diagnostics import Report, did_you_mean
from dxsite.shapes import Torn


def check(catalog: Catalog, report: Report) -> None:
    """Every heading of 本文 is listed in plan.yaml."""
    for plan in catalog.every_plan:
        if "headings" in plan.file.lost or isinstance(plan.file.headings, Torn):
            continue
        allowed = plan.file.headings
        for measure in plan.measures:
            for heading, _ in measure.sections:
                if heading not in allowed:
                    report.error(
                        heading.place,
                        "unknown-heading",
                        f"「{heading}」は、この計画の本文の見出しにありません。",
                        did_you_mean(
                            heading, allowed, f"使える見出しは {'、'.join(allowed)} です。"
                        ),
                    )
