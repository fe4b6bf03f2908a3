"""Whole records that come, go or change places, in words."""

from collections.abc import Callable, Sequence

from dxsite.changes.change import Json, Kind, Op, Step
from dxsite.changes.differences import Difference, Items, Names, Said, Say
from dxsite.changes.figures import figure, when
from dxsite.changes.words import arrow, plain, quoted, short
from dxsite.shapes import DASH

_SHOWN = 2


def record(describe: Callable[[Json], str] | None = None) -> Say:
    """Tell an item of a list that comes or goes; `describe` says more of a new one."""

    def say(difference: Difference, names: Names) -> Said:
        if difference.op is Op.ORDER:
            return _reordered(difference)
        item = difference.after if difference.op is Op.INSERT else difference.before
        name = called(difference.shape, item)
        other = names.moves.get((difference.op, difference.path))
        if other is not None:
            return _moved(difference, name, other, names)
        if difference.op is Op.DELETE:
            return Said(Kind.REMOVED, f"{name}を削除")
        note = describe(item) if describe else ""
        return Said(Kind.ADDED, f"{name}を追加" + (f"（{note}）" if note else ""), f"{name}を追加")

    return say


def called(shape: object, item: Json) -> str:
    """施策「電子申請の推進」"""
    assert isinstance(shape, Items)
    label, title = shape.called(item)
    return f"{label}{quoted(title)}"


def _moved(difference: Difference, name: str, other: str, names: Names) -> Said:
    """A measure whose content is elsewhere now, a KPI under another measure."""
    slug = difference.plan.now.get("slug")
    title = quoted(names.measures.get(f"{slug}/{other}", other))
    whole = isinstance(difference.shape, Items) and difference.shape.record is not None
    if difference.op is Op.INSERT:
        kind = Kind.SPLIT if whole else Kind.MOVED
        note = f"内容の多くは施策{title}から" if whole else f"施策{title}から移動"
        return Said(kind, f"{name}を追加（{note}）", f"{name}を追加（{title}から）", other=other)
    if difference.path[2] == "future_measures":
        note = f"施策{title}として追加"
        return Said(Kind.MOVED, f"{name}を削除（{note}）", f"{name}を施策に", other=other)
    kind = Kind.MERGED if whole else Kind.MOVED
    note = f"内容の多くは施策{title}へ" if whole else f"施策{title}へ移動"
    return Said(kind, f"{name}を削除（{note}）", f"{name}を削除（{title}へ）", other=other)


def _reordered(difference: Difference) -> Said:
    """Tell which items stand elsewhere; those that kept their order are not named."""
    titles, after = difference.titles, difference.after
    label = _kind_of(difference)
    moved = _out_of_order(difference.before, after)
    told = []
    for name in moved[:_SHOWN]:
        at = after.index(name)
        place = f"{quoted(titles[after[at - 1]], 30)}の次" if at else "先頭"
        told.append(f"{quoted(titles[name], 30)}を{place}へ")
    rest = f"、ほか{len(moved) - _SHOWN}件" if len(moved) > _SHOWN else ""
    return Said(
        Kind.REORDERED,
        f"{label}の並び順を変更（{'、'.join(told)}{rest}）",
        f"{label}の並び順を変更",
    )


def _kind_of(difference: Difference) -> str:
    assert isinstance(difference.shape, Items)
    return difference.shape.called({})[0]


def _out_of_order(before: Sequence[Step], after: Sequence[Step]) -> list[Step]:
    """The fewest items that moved: all but a longest run that kept its order."""
    place = {name: number for number, name in enumerate(before)}
    best: list[tuple[int, int]] = []
    """For each item the length of the longest run that ends with it, and the item before."""
    for i, name in enumerate(after):
        runs = [(best[j][0], j) for j in range(i) if place[after[j]] < place[name]]
        length, previous = max(runs, default=(0, -1))
        best.append((length + 1, previous))
    at = max(range(len(best)), key=lambda i: best[i][0], default=-1)
    kept = set()
    while at >= 0:
        kept.add(after[at])
        at = best[at][1]
    return [name for name in after if name not in kept]


def measure(item: Json) -> str:
    """Who does it, how many figures it has."""
    parts = (
        [f"担当課 {'、'.join(map(plain, item['departments'][:3]))}"] if item["departments"] else []
    )
    parts += [f"指標{len(item['kpis'])}件"] if item["kpis"] else []
    return "、".join(parts)


def plan(item: Json) -> str:
    """How many measures it has."""
    return f"施策{len(item['measures'])}件"


def kpi(item: Json) -> str:
    """Its last target."""
    targets = [row for row in item["targets"] if row["text"] != DASH]
    if not targets:
        return ""
    last = max(targets, key=lambda row: row["fiscal_year"] or 0)
    return f"目標 {figure(last)}、{when(last)}"


def text(item: Json) -> str:
    """How it begins."""
    return short(item["text"] or "", 40)


def table(item: Json) -> str:
    """How large it is."""
    return f"{len(item['rows'])}行"


def review(item: Json) -> str:
    """What became of it."""
    return f"結果は{quoted(item['status'])}" if item["status"] else ""


def priority(item: Json) -> str:
    """Its two numbers."""
    return f"緊急度{item['urgency']}、重要度{item['importance']}"


def cells(difference: Difference, _: Names) -> Said:
    """Tell the cells of a table that changed, or how many rows came and went."""
    before: list[list[str]] = difference.before
    after: list[list[str]] = difference.after
    if [len(row) for row in before] == [len(row) for row in after]:
        changed = [
            (a, b, new[0])
            for old, new in zip(before, after, strict=True)
            for a, b in zip(old, new, strict=True)
            if a != b
        ]
        told = [
            (f"{quoted(line, 20)}の" if b != line else "") + arrow(quoted(a, 30), quoted(b, 30))
            for a, b, line in changed[:_SHOWN]
        ]
        rest = f"、ほか{len(changed) - _SHOWN}か所" if len(changed) > _SHOWN else ""
        return Said(Kind.CHANGED, f"{'、'.join(told)}{rest}")
    gone = [row for row in before if row not in after]
    come = [row for row in after if row not in before]
    parts = [_rows(gone, "削除"), _rows(come, "追加")]
    return Said(Kind.CHANGED, "、".join(p for p in parts if p) or "行の並びを変更")


def _rows(rows: list[list[str]], done: str) -> str:
    if not rows:
        return ""
    first = quoted("、".join(rows[0]), 40)
    more = f"ほか{len(rows) - 1}" if len(rows) > 1 else ""
    return f"行{first}{more}を{done}"
