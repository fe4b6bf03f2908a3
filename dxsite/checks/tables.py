"""Every row of a table has as many values as there are columns."""

from dxsite.catalog import Catalog
from dxsite.diagnostics import Report
from dxsite.shapes import Torn


def check(catalog: Catalog, report: Report) -> None:
    """A row that is too short or too long would shift its values under other headings.

    A table without headings has as many columns as its first row.
    """
    for plan in catalog.every_plan:
        for measure in plan.measures:
            for table in measure.tables:
                if isinstance(table.columns, Torn) or isinstance(table.rows, Torn):
                    continue
                width = len(table.columns or next(iter(table.rows), ()))
                for number, row in enumerate(table.rows, 1):
                    if len(row) != width and not isinstance(row, Torn):
                        report.error(
                            row[0].place if row else table.at("rows"),
                            "wrong-count",
                            f"表の{number}行目の値が{len(row)}個ですが、列は{width}個です。",
                            "値を列と同じ数にしてください。空の欄は「－」のように計画のとおりに書きます。",
                        )
