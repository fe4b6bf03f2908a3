"""Which terms a page links: those of its plan, of its area, or the commonest of the whole."""

from collections.abc import Iterable, Sequence
from functools import partial

from dxsite.catalog import Catalog, Plan
from dxsite.memory import Memory
from dxsite.site.areas import Area
from dxsite.site.gists import Gist
from dxsite.site.vocabulary import commonest
from dxsite.terms import ALL_PLANS, TermFinder


def finder_of_plan(plan: Plan) -> TermFinder:
    """Of the pages of a plan, with what the plan says of each term."""
    return TermFinder(plan.terms)


def finder_of_area(plans: Iterable[Plan]) -> TermFinder:
    """Of the pages that span the plans of an area; terms of several plans have no one meaning."""
    return TermFinder((term for plan in plans for term in plan.terms), explaining=False)


def finder_of_whole(gists: Sequence[Gist]) -> TermFinder:
    """Of the pages above the areas of a large catalogue."""
    return TermFinder.of_spellings(commonest(gists))


def finders_of(
    catalog: Catalog, gists: Sequence[Gist], tree: Area, memory: Memory
) -> dict[str, TermFinder]:
    """All of them, by the plan's slug, the area's prefix, or `ALL_PLANS`."""
    finders = {
        plan.slug: memory.recall(f"terms {plan.slug}", plan.terms, partial(finder_of_plan, plan))
        for plan in catalog.plans
    }
    plans = {plan.slug: plan for plan in catalog.plans}
    for leaf in tree.leaves:
        own = tuple(plans[slug] for slug in leaf.slugs)
        name = leaf.branch.prefix or ALL_PLANS
        terms = tuple(plan.terms for plan in own)
        finders[name] = memory.recall(f"terms in {name}", terms, partial(finder_of_area, own))
    for branch in (tree, *tree.branches) if tree.is_large else ():
        some = [gist for gist in gists if gist.slug in set(branch.slugs)]
        finders[branch.branch.prefix or ALL_PLANS] = finder_of_whole(some)
    return finders
