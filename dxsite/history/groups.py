"""Which changes are told together, under which heading."""

from enum import StrEnum

from dxsite.changes import Change, Kind, Op


class Sort(StrEnum):
    """A sort of change as citizens ask for it; `GROUPS` has the headings, in order."""

    PLAN = "plan"
    FATES = "fates"
    ADDED = "added"
    REMOVED = "removed"
    MERGED = "merged"
    POSTPONED = "postponed"
    BROUGHT_FORWARD = "brought-forward"
    SCHEDULE = "schedule"
    RAISED = "raised"
    LOWERED = "lowered"
    KPIS = "kpis"
    ACTUALS = "actuals"
    DEPARTMENTS = "departments"
    COSTS = "costs"
    NAMES = "names"
    TERMS = "terms"
    WORDS = "words"


GROUPS = {
    Sort.PLAN: "計画全体の変更",
    Sort.FATES: "前の計画の取組がどうなったか",
    Sort.ADDED: "新しく加わった施策",
    Sort.REMOVED: "なくなった施策",
    Sort.MERGED: "まとめられた施策、分かれた施策",
    Sort.POSTPONED: "延期、延長",
    Sort.BROUGHT_FORWARD: "前倒し、短縮",
    Sort.SCHEDULE: "予定のそのほかの変更",
    Sort.RAISED: "目標の引き上げ",
    Sort.LOWERED: "目標の引き下げ",
    Sort.KPIS: "指標と目標のそのほかの変更",
    Sort.ACTUALS: "新しく報告された実績",
    Sort.DEPARTMENTS: "担当課の変更",
    Sort.COSTS: "費用の変更",
    Sort.NAMES: "施策の名前と位置づけの変更",
    Sort.TERMS: "用語集の変更",
    Sort.WORDS: "説明の文章の変更",
}
"""Sort → heading, in the order in which they are told."""

_BY_KIND = {
    Kind.POSTPONED: Sort.POSTPONED,
    Kind.EXTENDED: Sort.POSTPONED,
    Kind.BROUGHT_FORWARD: Sort.BROUGHT_FORWARD,
    Kind.SHORTENED: Sort.BROUGHT_FORWARD,
    Kind.RAISED: Sort.RAISED,
    Kind.LOWERED: Sort.LOWERED,
}
_WHOLE = {
    Kind.ADDED: Sort.ADDED,
    Kind.SPLIT: Sort.MERGED,
    Kind.MERGED: Sort.MERGED,
    Kind.REMOVED: Sort.REMOVED,
}
_OF_MEASURE = {
    "kpis": Sort.KPIS,
    "schedule": Sort.SCHEDULE,
    "departments": Sort.DEPARTMENTS,
    "departments_note": Sort.DEPARTMENTS,
    "costs": Sort.COSTS,
    "title": Sort.NAMES,
    "number": Sort.NAMES,
    "parents": Sort.NAMES,
    "status": Sort.NAMES,
    "summary": Sort.WORDS,
    "sections": Sort.WORDS,
    "outcomes": Sort.WORDS,
    "tables": Sort.WORDS,
    "footnotes": Sort.WORDS,
}
_OF_PLAN = {
    **dict.fromkeys(("title", "municipality", "prefecture", "fiscal_years"), Sort.PLAN),
    **dict.fromkeys(("vision", "parent_plans", "structure", "roadmap"), Sort.PLAN),
    **dict.fromkeys(("priorities", "cost_totals", "future_measures", "roles"), Sort.PLAN),
    **dict.fromkeys(("summary", "chapters", "period_note", "priorities_note"), Sort.WORDS),
}


def sort_of(change: Change) -> Sort | None:
    """The sort of a change; None for what is no news: where a page stands, what this site itself
    adds (themes, notes to readers, words for the search), and what goes with another change."""
    if change.kind in (Kind.FOLLOWS, Kind.READDRESSED, Kind.REORDERED):
        return None
    if change.record == "term":
        return Sort.TERMS if change.whole or change.field in ("term", "text") else None
    if change.record == "plan":
        if change.field == "reviews":
            return Sort.FATES if change.op is Op.INSERT and change.after["status"] else None
        return _OF_PLAN.get(change.field)
    if change.whole:
        return _WHOLE[change.kind]
    known = _OF_MEASURE.get(change.field)
    if known is Sort.KPIS and "actuals" in change.path:
        return Sort.ACTUALS
    if known in (Sort.KPIS, Sort.SCHEDULE):
        return _BY_KIND.get(change.kind, known)
    return known
