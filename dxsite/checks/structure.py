"""A plan's structure is a tree that its measures name."""

from dxsite.catalog import Catalog, Plan
from dxsite.diagnostics import Report, did_you_mean
from dxsite.positions import Text
from dxsite.shapes import Torn


def check(catalog: Catalog, report: Report) -> None:
    """Parents of nodes stand before them; all others name existing nodes."""
    for plan in catalog.every_plan:
        if "structure" in plan.file.lost or isinstance(plan.file.structure, Torn):
            continue
        _check_tree(plan, report)
        codes = [str(node.code) for node in plan.file.structure]
        named = [code for measure in plan.measures for code in measure.parents]
        for priority in plan.file.priorities:
            named += [code for code in (priority.structure, priority.group) if code]
        named += [future.group for future in plan.file.future_measures if future.group]
        for code in named:
            _check_code(code, codes, report)


def _check_tree(plan: Plan, report: Report) -> None:
    above: set[str] = set()
    for node in plan.file.structure:
        if node.parent and node.parent not in above:
            report.error(
                node.parent.place,
                "unknown-structure",
                f"体系の上位「{node.parent}」が、これより前にありません。",
                "上位の段を先に書くか、記号を確かめてください。",
            )
        above.add(node.code)


def _check_code(code: Text, codes: list[str], report: Report) -> None:
    if code not in codes:
        report.error(
            code.place,
            "unknown-structure",
            f"体系に「{code}」という記号はありません。",
            did_you_mean(code, codes, f"plan.yaml にある記号は {'、'.join(codes)} です。"),
        )
