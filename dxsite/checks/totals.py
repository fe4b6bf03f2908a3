"""The totals that a plan prints are the sums of its measures."""

from dxsite.catalog import Catalog
from dxsite.diagnostics import Report
from dxsite.totals import sum_of_measures


def check(catalog: Catalog, report: Report) -> None:
    """A total that differs is either a slip of ours or one of the plan's."""
    for plan in catalog.every_plan:
        if plan.unread or plan.drafts:
            continue  # not all that the plan adds up is here
        for total in plan.file.cost_totals:
            added = sum_of_measures(total, plan)
            if added is None or added == total.thousand_yen:
                continue
            year = total.year.short if total.year is not None else "全年度"
            report.warning(
                total.at("thousand_yen"),
                "total-disagrees",
                f"費用の合計（{total.group}、{year}）は{total.thousand_yen:,}千円ですが、"
                f"施策の費用を足すと{added:,}千円です。",
                "打ち間違いがないか確かめ、計画の印刷どおりなら、このまま残して"
                "「読者への注」に書いてください。",
            )
