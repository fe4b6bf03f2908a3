"""Orders changes as people read them: plan, record, line."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from dxsite import urls
from dxsite.changes.change import Change, Kind, Op
from dxsite.changes.words import quoted

_NAMED = 4
"""Changes that the one line about a plan names; the others are counted."""
_MANY = 2
"""Records that are named where they come or go; more are counted."""
_COMMON = 3
"""From so many records on, a change that all of them share is told once."""
_RECORDS = {"plan": "計画", "measure": "施策", "term": "用語"}
_FIRST = ("targets", "schedule", "departments", "costs", "kpis", "title")
"""What is told first of a measure, beside that it comes or goes."""
_CLEAR = frozenset(("kpis", "schedule", "departments", "costs"))
"""What is understood without the name of the measure, where only one measure changed."""
_MINOR = frozenset(
    ("source", "source_words", "related", "terms", "themes", "reading", "aliases", "updated")
)
"""What helps to find a record, but is no part of what the plan promises."""

Line = tuple[str, int]
"""What is told, and of how many changes."""


@dataclass(frozen=True, slots=True)
class Group:
    """What changed in one record, or in several alike."""

    heading: str
    url: str | None
    lines: tuple[Line, ...]
    whole: bool = False
    """Whether the record itself came or went; then its one line tells all."""


@dataclass(frozen=True, slots=True)
class PlanReport:
    """What changed in one plan."""

    slug: str
    municipality: str
    url: str | None
    summary: str
    """One line without the municipality."""
    groups: tuple[Group, ...]

    @property
    def count(self) -> int:
        """How many changes are told."""
        return sum(count for group in self.groups for _, count in group.lines)


def reports(changes: Iterable[Change]) -> tuple[PlanReport, ...]:
    """Every plan in which something is told, in the order of the changes."""
    plans: defaultdict[str, list[Change]] = defaultdict(list)
    for change in changes:
        if change.kind is not Kind.FOLLOWS:
            plans[change.plan].append(change)
    return tuple(_report(slug, own) for slug, own in plans.items())


def _report(slug: str, changes: Sequence[Change]) -> PlanReport:
    gone = any(c.whole and c.record == "plan" and c.op is Op.DELETE for c in changes)
    url = None if gone or not slug else urls.plan(slug)
    groups = [
        *_inner([c for c in changes if c.record == "plan" and not c.whole], url),
        *(_whole(c) for c in changes if c.whole),
    ]
    for record in ("measure", "term"):
        groups += _inner([c for c in changes if c.record == record and not c.whole], url)
    return PlanReport(slug, changes[0].municipality, url, summary(changes), tuple(groups))


def _whole(change: Change) -> Group:
    return Group("", change.url, ((change.text, 1),), whole=True)


def _inner(changes: Sequence[Change], plan_url: str | None) -> list[Group]:
    """Changes inside records of one kind: first what many share, then record by record."""
    sharing: defaultdict[str, list[Change]] = defaultdict(list)
    for change in changes:
        sharing[change.text].append(change)
    common: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for text, alike in sharing.items():
        ids = dict.fromkeys(change.id for change in alike)
        if len(ids) >= _COMMON:
            common[tuple(ids)].append(text)
    told = {text for texts in common.values() for text in texts}
    groups = [
        Group(
            _alike(sharing[texts[0]]), plan_url, tuple((text, len(sharing[text])) for text in texts)
        )
        for texts in common.values()
    ]
    records: defaultdict[str, list[Change]] = defaultdict(list)
    for change in changes:
        if change.text not in told:
            records[change.id].append(change)
    return groups + [_group(own, plan_url) for own in records.values()]


def _group(changes: Sequence[Change], plan_url: str | None) -> Group:
    first = changes[0]
    lines = tuple((change.text, 1) for change in changes)
    if first.record == "plan":
        return Group("計画の全体", plan_url, lines)
    url = first.url.partition("#")[0] if first.url else None
    return Group(f"{_RECORDS[first.record]}{quoted(first.title)}", url, lines)


def _alike(changes: Sequence[Change]) -> str:
    """施策「…」「…」ほか22件に共通"""
    titles = list(dict.fromkeys(change.title for change in changes))
    named = "".join(quoted(title, 30) for title in titles[:_COMMON])
    rest = f"ほか{len(titles) - _COMMON}件" if len(titles) > _COMMON else ""
    return f"{_RECORDS[changes[0].record]}{named}{rest}に共通"


def summary(changes: Sequence[Change]) -> str:
    """The most important changes of a plan in one line, and how many there are beside them."""
    counted, rest = _counted(changes)
    major = [change for change in rest if not _minor(change)]
    several = len({(c.record, c.id) for c in major}) > 1
    alike = Counter(change.text for change in major)
    first = {change.text: i for i, change in reversed(list(enumerate(major)))}
    chosen = sorted(first.values(), key=lambda i: (_weight(major[i]), i))
    chosen = chosen[: max(1, _NAMED - len(counted))]
    named = [major[i] for i in sorted(chosen, key=lambda i: (not major[i].whole, i))]
    parts = list(counted)
    clear = not several and all(change.field in _CLEAR for change in named)
    for lead, group in groupby(named, key=lambda c: _lead(c, alike[c.text], clear=clear)):
        parts.append(lead + "、".join(change.brief for change in group))
    left = len(rest) - sum(alike[change.text] for change in named)
    if left and not parts:
        day = all(change.field == "updated" for change in rest)
        return "更新日だけの変更" if day else f"出典や検索の語など{left}か所"
    return ("。" if several else "、").join([*parts, f"ほか{left}か所"] if left else parts)


def _lead(change: Change, count: int, *, clear: bool) -> str:
    """Which record is meant, where that is not clear."""
    if clear or change.whole or change.record == "plan":
        return ""
    return f"{_RECORDS[change.record]}{count}件 " if count > 1 else f"{quoted(change.title, 30)} "


def _counted(changes: Sequence[Change]) -> tuple[list[str], list[Change]]:
    """Records that came or went in numbers, as one phrase each; and all other changes."""
    phrases: list[str] = []
    rest = list(changes)
    for record, label in _RECORDS.items():
        for op, word in ((Op.INSERT, "追加"), (Op.DELETE, "削除")):
            own = [c for c in rest if c.whole and c.record == record and c.op is op]
            if len(own) > _MANY:
                phrases.append(f"{label}{len(own)}件を{word}")
                rest = [c for c in rest if not (c.whole and c.record == record and c.op is op)]
    return phrases, rest


def _minor(change: Change) -> bool:
    return change.field in _MINOR and not change.whole


def _weight(change: Change) -> int:
    """The smaller, the sooner it is told."""
    if change.whole:
        return 0 if change.record != "term" else len(_FIRST) + 1
    steps = [step for step in change.path if step in _FIRST]
    return 1 + _FIRST.index(str(steps[-1])) if steps else len(_FIRST) + 2
