"""Days come in the order of events."""

from datetime import date

from dxsite.catalog import Catalog
from dxsite.diagnostics import Report


def check(catalog: Catalog, report: Report) -> None:
    """No plan was revised before it was established."""
    for plan in catalog.every_plan:
        file = plan.file
        if file.established and file.revised and file.revised < file.established:
            report.warning(
                file.revised.place,
                "revised-before-established",
                f"改定（{file.revised}）が、策定（{file.established}）より前です。",
                "年月を打ち間違えていないか、二つが入れ替わっていないか確かめてください。",
            )


def check_future(catalog: Catalog, today: date, report: Report) -> None:
    """No file was changed after today."""
    for plan in catalog.every_plan:
        for updated in (plan.file.updated, *(measure.updated for measure in plan.measures)):
            if updated and updated > today.isoformat():
                report.warning(
                    updated.place,
                    "future-date",
                    f"更新日（{updated}）が、今日より先の日付です。",
                    "このファイルを最後に変えた日に直してください。",
                )
