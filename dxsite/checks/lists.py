"""One item of a list holds one thing."""

import re

from dxsite.catalog import Catalog
from dxsite.diagnostics import Report


def check(catalog: Catalog, report: Report) -> None:
    """Departments stand one a line, or pages and tables take two for one."""
    for plan in catalog.every_plan:
        for measure in plan.measures:
            lists = (measure.departments, *(entry.departments for entry in measure.schedule))
            for department in (item for items in lists for item in items):
                if are_several(department):
                    report.warning(
                        department.place,
                        "several-in-one",
                        f"「{department}」は、一つの「- 」に課がいくつか並んでいるようです。",
                        "課ごとに行を分け、それぞれ「- 」で始めてください。",
                    )


def are_several(item: str) -> bool:
    """Whether signs that part a list stand in `item`, outside brackets."""
    return bool(re.search("[、，,､]", re.sub(r"[（(][^）)]*[）)]", "", item)))
