"""A mark beside a figure leads to a footnote."""

import re
from collections.abc import Iterator

from dxsite.catalog import Catalog
from dxsite.diagnostics import Report
from dxsite.model import Measure
from dxsite.positions import Place


def check(catalog: Catalog, report: Report) -> None:
    """`20※3` needs a line of 脚注 that begins with ※3."""
    for plan in catalog.every_plan:
        for measure in plan.measures:
            if "footnotes" in measure.lost:
                continue
            known = {_mark_of(footnote) for footnote in measure.footnotes}
            for mark, place in _marks(measure):
                if mark not in known:
                    report.error(
                        place,
                        "unknown-footnote",
                        f"「{mark}」で始まる注が、この施策の「脚注」にありません。",
                        f"「脚注:」に「- {mark} …」の行を書き足すか、印を直してください。",
                    )


def _mark_of(footnote: str) -> str | None:
    match = re.match(r"※\s*(\d{0,2})", footnote)  # \d knows full-width digits too
    return f"※{int(match[1]) if match[1] else ''}" if match else None


def _marks(measure: Measure) -> Iterator[tuple[str, Place]]:
    for kpi in measure.kpis:
        figures = [figure for _, figure in (*kpi.targets, *kpi.actuals)]
        for figure in [*figures, *([kpi.baseline.figure] if kpi.baseline else [])]:
            if figure.footnote:
                yield figure.footnote, figure.place
    for key, amount in measure.costs:
        if amount.footnote:
            yield amount.footnote, key.place
