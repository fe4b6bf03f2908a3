"""What a plan says became of the items of an earlier one."""

from collections.abc import Iterator
from dataclasses import dataclass

from dxsite import urls
from dxsite.catalog import Plan
from dxsite.site.pages import Link


@dataclass(frozen=True, slots=True)
class ReviewView:
    """An item of the earlier plan."""

    number: int
    title: str
    status: str | None
    results: tuple[str, ...]
    successors: tuple[Link, ...]


def reviews_of(plan: Plan) -> Iterator[ReviewView]:
    """Every item, in the order of the earlier plan."""
    titles = {m.id: m.title for m in plan.measures}
    for review in plan.file.reviews:
        links = (
            Link(titles[name], urls.measure(plan.slug, name))
            for name in review.successors
            if name in titles
        )
        yield ReviewView(review.number, review.title, review.status, review.results, tuple(links))
