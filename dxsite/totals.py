"""What the measures of a plan cost together, to stand beside the totals that it prints."""

from dxsite.catalog import Plan
from dxsite.model import CostTotal

_EVERYTHING = frozenset({"計", "合計", "総計", "全体"})


def is_everything(group: str) -> bool:
    """Whether a total is that of the whole plan."""
    return group in _EVERYTHING


def sum_of_measures(total: CostTotal, plan: Plan) -> int | None:
    """The costs, in thousand yen, of the measures and years that `total` speaks of.

    None where the structure does not have its group, or no such measure has a cost.
    """
    everything = is_everything(total.group)
    codes = plan.codes_under(total.group)
    amounts = [
        amount.thousand_yen
        for measure in plan.measures
        if everything or codes.intersection(measure.parents)
        for key, amount in measure.costs
        if amount.thousand_yen is not None and total.year in (None, key.year)
    ]
    return sum(amounts) if amounts else None
