"""Addresses of what changed: from one revision of a plan to the next."""

from hashlib import sha256

CHANGES = "/changes/"
CHANGES_FEED = "/changes/feed.xml"
CHANGES_JSON = "/data/changes.json"


def plan_changes(slug: str) -> str:
    """What changed from each revision of a plan to the next."""
    return f"/{slug}/changes/"


def plan_changes_json(slug: str) -> str:
    """The same as data."""
    return f"{plan_changes(slug)}index.json"


def step(slug: str, name: str) -> str:
    """What changed since a revision."""
    return f"{plan_changes(slug)}#since-{name}"


def change(slug: str, name: str, sort: str) -> str:
    """The changes of one sort since a revision."""
    return f"{step(slug, name)}-{sort}"


def feed_of_changes(page: str) -> str:
    """The feed of the changes that concern what a page shows, a plan's or a theme's."""
    return f"{page}feed.xml" if page.endswith(CHANGES) else f"{page}changes.xml"


def department_changes(slug: str, name: str) -> str:
    """The feed of changes that concern a department.

    Departments have no ids; this is the same as long as the name is.
    """
    return f"{plan_changes(slug)}department-{sha256(name.encode()).hexdigest()[:10]}.xml"
