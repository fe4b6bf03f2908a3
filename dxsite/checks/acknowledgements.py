"""An acknowledged oddity is no warning any more; an idle acknowledgement is one."""

from dxsite.catalog import Catalog
from dxsite.diagnostics import Report


def check(catalog: Catalog, report: Report) -> None:
    """Run after all other rules, whose warnings it takes back."""
    for plan in catalog.every_plan:
        for measure in plan.measures:
            if measure.lost or not plan.file.is_whole:
                continue  # not all that is odd could be seen
            for known in measure.acknowledged:
                if not report.withdraw(measure.place.path, known.oddity):
                    report.warning(
                        known.at("oddity"),
                        "idle-acknowledgement",
                        "この「確認済み」にあたる注意は、もうありません。",
                        "この項目を消してください。",
                    )
