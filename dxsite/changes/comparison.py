"""Compares two states of the catalogue: every change, in the words of the plan."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dxsite import urls
from dxsite.changes import words
from dxsite.changes.applying import applied
from dxsite.changes.change import Change, Json, Kind
from dxsite.changes.differences import (
    Around,
    Difference,
    Items,
    Leaf,
    Names,
    Said,
    differences,
)
from dxsite.changes.plans import CATALOG
from dxsite.changes.succession import moves

_UNKNOWN = Leaf(words.unknown)


def compare(
    before: Json, after: Json, themes: Mapping[str, str] | None = None
) -> tuple[Change, ...]:
    """What changed between two catalogues as /data/catalog.json has them.

    1. Only `plans` are compared.
    2. `apply(before, changes)` has the plans of `after`; nothing is lost.
    3. Changes are in the order of the later catalogue; what is gone stands where it stood.
    4. `themes` has the titles of themes, which the catalogue names by id only.
    """
    found = list(differences(_plans(before), _plans(after), CATALOG, _UNKNOWN))
    names = Names(
        themes=themes or {},
        measures={
            f"{plan['slug']}/{measure['id']}": measure["title"]
            for state in (before, after)
            for plan in state["plans"]
            for measure in plan["measures"]
        },
        plans={p["slug"]: p["municipality"] for s in (before, after) for p in s["plans"]},
        moves=moves(found),
    )
    changes = [_change(difference, names) for difference in found]
    return tuple(_quiet_days(changes))


def apply(before: Json, changes: Sequence[Change]) -> Json:
    """The later catalogue from the earlier one and what `compare` found; no value is altered."""
    return applied(before, changes, CATALOG)


def _plans(catalog: Json) -> Json:
    return {"plans": catalog["plans"]}


def _change(difference: Difference, names: Names) -> Change:
    shape = difference.shape
    assert isinstance(shape, Leaf | Items)
    said = shape.say(difference, names)
    text, brief = _placed(difference, said)
    plan, record, owner = _owner(difference)
    return Change(
        plan=str(plan.get("slug", "")),
        municipality=str(plan.get("municipality", "")),
        record=record,
        id=str(owner.get("slug" if record == "plan" else "id", "")),
        title=str(owner.get("term" if record == "term" else "title", "")),
        url=_page(difference, record),
        path=difference.path,
        op=difference.op,
        at=difference.at,
        kind=said.kind,
        before=difference.before,
        after=difference.after,
        by=said.by,
        other=said.other,
        text=text,
        brief=brief,
    )


def _placed(difference: Difference, said: Said) -> tuple[str, str]:
    """The words, on one line, with the part of the record before them: KPI「…」 目標 …"""
    around = difference.around
    if around and difference.shape is around[-1].items:
        around = around[:-1]  # the words name the item itself
    parts = [a.items.called(a.now) for a in around if a.items.record is None]
    text = [f"{label}{words.quoted(title)}" for label, title in parts]
    brief = [f"{label} {words.short(title, 30)}" for label, title in parts]
    short = said.brief or words.short(said.text)
    return words.plain(" ".join((*text, said.text))), words.plain(" ".join((*brief, short)))


def _owner(difference: Difference) -> tuple[Json, str, Json]:
    """The plan, what kind of record the change is in, the record; as they are now."""
    records = [around for around in difference.around if around.items.record]
    if not records:
        return {}, "plan", {}
    plan, own = records[0], records[-1]
    return plan.now, own.items.record or "plan", own.now


def _page(difference: Difference, record: str) -> str | None:
    """The page that shows it now."""
    around = difference.around
    if not around or around[0].after is None:
        return None
    plan: Json = around[0].after
    slug = str(plan["slug"])
    if record == "plan":
        return _part_of_plan(difference, plan)
    owner: Around = around[1]
    if owner.after is None:
        return None
    if record == "term":
        return urls.term(owner.after["id"])
    inner = around[2] if len(around) > 2 else None
    if inner is not None and inner.after is not None and difference.path[4] == "kpis":
        return urls.kpi(slug, owner.after["id"], inner.after["id"])
    return urls.measure(slug, owner.after["id"])


_PARTS = {
    "reviews": "reviews",
    "priorities": "priorities",
    "priorities_note": "priorities",
    "cost_totals": "totals",
    "future_measures": "future",
    "roles": "roles",
}
"""Field of a plan → the part of its page."""


def _part_of_plan(difference: Difference, plan: Json) -> str:
    slug = str(plan["slug"])
    field = str(difference.path[2]) if len(difference.path) > 2 else ""
    item = difference.around[1].after if len(difference.around) > 1 else None
    if field == "structure" and item in plan["structure"]:
        return urls.node(slug, plan["structure"].index(item) + 1)
    if field == "chapters" and item is not None:
        return urls.chapter(slug, item["id"])
    if field == "roadmap":
        return urls.roadmap(slug)
    if field == "glossary":
        return urls.plan_glossary(slug)
    if field in _PARTS and plan.get(field):
        return urls.plan_part(slug, _PARTS[field])
    return urls.plan(slug)


def _quiet_days(changes: Sequence[Change]) -> list[Change]:
    """The day of a change is told only where nothing else is."""
    told = {
        (change.plan, change.record, change.id)
        for change in changes
        if change.kind is not Kind.FOLLOWS and change.path[-1] != "updated"
    }
    return [
        replace(change, kind=Kind.FOLLOWS)
        if change.path[-1] == "updated" and (change.plan, change.record, change.id) in told
        else change
        for change in changes
    ]
