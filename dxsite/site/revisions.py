"""By which revision a page's own file was last changed, as the page says it."""

from dataclasses import dataclass

from dxsite.catalog import Plan
from dxsite.model import SiteSettings
from dxsite.site import words


@dataclass(frozen=True, slots=True)
class RevisionView:
    """A commit, and where it can be read."""

    short: str
    url: str | None
    day: str
    """ISO day."""
    day_words: str


def revision_of(plan: Plan, file: str, site: SiteSettings) -> RevisionView | None:
    """Of a file below a plan's folder; None where no history tells."""
    revision = plan.past.revisions.get(file)
    if revision is None:
        return None
    repository = site.repository.rstrip("/").removesuffix(".git") if site.repository else None
    url = f"{repository}/commit/{revision.commit}" if repository else None
    return RevisionView(revision.short, url, revision.day, words.day(revision.day))
