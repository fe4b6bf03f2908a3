"""From each revision of a plan to the next: what changed, in sentences, grouped by kind."""

from dxsite.history.groups import GROUPS, Sort
from dxsite.history.steps import Item, Step, counts_of, steps_of

__all__ = ["GROUPS", "Item", "Sort", "Step", "counts_of", "steps_of"]
