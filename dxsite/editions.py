"""Two states of the content as catalogues that can be compared."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from dxsite.catalog import REVISIONS, Catalog, Plan, read_catalog
from dxsite.changes import Change, compare
from dxsite.diagnostics import Report
from dxsite.plandata import plan_json
from dxsite.sources import Source

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Editions:
    """An earlier and a later state, both as /data/catalog.json has its plans."""

    before: Json
    after: Json
    themes: Mapping[str, str]
    """Theme → title, the later one where there are two."""
    url: str | None
    """Where the earlier state says that the site is published; the later may be a proposal."""
    left_out: tuple[str, ...]
    """What is in neither, because one of them cannot be read: names of files and folders."""
    others: tuple[str, ...]
    """Files of the whole site and of earlier revisions that changed; they are no part of a plan."""

    def changes(self) -> tuple[Change, ...]:
        """What differs between them, in the words of the plan."""
        return compare(self.before, self.after, self.themes)


@dataclass(frozen=True, slots=True)
class _Side:
    plans: Mapping[str, Plan]
    folders: frozenset[str]
    catalog: Catalog


def read_editions(
    before: Sequence[Source],
    after: Sequence[Source],
    reports: tuple[Report, Report],
    *,
    drafts: bool,
) -> Editions:
    """Both states; what one of them cannot show is left out of both.

    Faults are those of reading: whether records fit together is the business of `check`. A plan
    whose files are the same in both is read once.
    """
    same = _unchanged(before, after)
    changed = [source for source in after if _folder(source) not in same]
    one = read_catalog(before, reports[0], drafts=drafts)
    other = read_catalog(changed, reports[1], drafts=drafts)
    earlier = _side(one, before, ())
    later = _side(other, after, (plan for plan in one.plans if plan.slug in same))
    broken = _unread_plans(earlier) | _unread_plans(later)
    slugs = sorted((earlier.plans.keys() | later.plans.keys()) - broken)
    pairs = [_levelled(earlier.plans.get(slug), later.plans.get(slug)) for slug in slugs]
    states = [
        {"plans": sorted((p for p in plans if p), key=lambda p: (p["code"], p["slug"]))}
        for plans in zip(*(pair[:2] for pair in pairs), strict=True)
    ] or [{"plans": []}, {"plans": []}]
    left_out = [f"content/{slug}" for slug in sorted(broken)]
    left_out += [
        f"content/{slug}/{name}.yaml"
        for slug, pair in zip(slugs, pairs, strict=True)
        for name in sorted(pair[2])
    ]
    themes = {str(theme.id): str(theme.title) for theme in (*one.themes, *other.themes)}
    others = sorted({s.path for s in {*before} ^ {*after} if not _folder(s) or _is_earlier(s)})
    return Editions(states[0], states[1], themes, one.site.url, tuple(left_out), tuple(others))


def _folder(source: Source) -> str:
    """The plan's folder in which a file lies; empty for files of the whole site."""
    parts = PurePosixPath(source.path).parts[1:]
    return parts[0] if len(parts) > 1 and parts[0] != "pages" else ""


def _is_earlier(source: Source) -> bool:
    """Whether a file belongs to an earlier revision of a plan, which is compared with nothing."""
    return PurePosixPath(source.path).parts[2:3] == (REVISIONS,)


def _unchanged(before: Sequence[Source], after: Sequence[Source]) -> frozenset[str]:
    """The plans all of whose files have the same bytes in both states."""
    states = [{(s.path, s.data): _folder(s) for s in side} for side in (before, after)]
    touched = {folder for _, folder in states[0].items() ^ states[1].items()}
    return frozenset(folder for folder in states[0].values() if folder) - touched


def _side(catalog: Catalog, sources: Sequence[Source], known: Iterable[Plan]) -> _Side:
    plans = {plan.slug: plan for plan in (*catalog.plans, *known)}
    return _Side(plans, frozenset(filter(None, map(_folder, sources))), catalog)


def _unread_plans(side: _Side) -> frozenset[str]:
    """Folders whose plan.yaml is missing or gives no plan."""
    return side.folders - side.plans.keys()


def _levelled(
    before: Plan | None, after: Plan | None
) -> tuple[Json | None, Json | None, frozenset[str]]:
    """Both states of a plan without what either could not read, and the names of that."""
    unread = frozenset().union(*(plan.unread for plan in (before, after) if plan))
    if before is after and before is not None:
        only = plan_json(_readable(before, unread))
        return only, only, unread
    old, new = (plan_json(_readable(plan, unread)) if plan else None for plan in (before, after))
    if old is not None and new is not None and "plan" in unread:
        assert before is not None
        good = new if "plan" in before.unread else old
        own = [{key: side[key] for key in ("measures", "glossary")} for side in (old, new)]
        old, new = {**good, **own[0]}, {**good, **own[1]}
    return old, new, unread


def _readable(plan: Plan, unread: frozenset[str]) -> Plan:
    measures = tuple(m for m in plan.measures if f"measures/{m.id}" not in unread)
    return replace(plan, measures=measures, terms=() if "glossary" in unread else plan.terms)
