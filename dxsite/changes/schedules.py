"""Rows of schedules and roadmaps that change, in words."""

from dxsite.changes.change import Json, Kind, Op
from dxsite.changes.differences import Difference, Names, Said, Say
from dxsite.changes.excerpts import pieces, told_pieces
from dxsite.changes.pairing import likeness
from dxsite.changes.words import NOTHING, arrow, quoted, short
from dxsite.changes.years import between, briefly, dated, shifted, span_of

_QUOTE = 40


def same_work(one: Json, other: Json) -> float:
    """How alike two rows are: above all in what is done, then when, then in which line."""
    line = one.get("item", one.get("row")) == other.get("item", other.get("row"))
    when = span_of(one) == span_of(other)
    what = likeness(one["text"] or "", other["text"] or "")
    if one["text"] is None and other["text"] is None:
        what = likeness(one.get("item") or "", other.get("item") or "")
        return 0.9 * what + 0.1 * when
    if line and when:
        return max(0.5, 0.7 * what + 0.3)  # the same cell of the printed table
    return 0.7 * what + 0.2 * when + 0.1 * line


def row(label: str) -> Say:
    """Tell a row that comes, goes, moves in time or says something else."""

    def say(difference: Difference, _: Names) -> Said:
        before, after = difference.before, difference.after
        if difference.op is Op.ORDER:
            return Said(Kind.REORDERED, f"{label}の並び順を変更")
        name = label + _name(before or after, difference.around[-2].now["title"])
        if difference.op is Op.INSERT:
            return Said(Kind.ADDED, f"{name}（{_when(after)}）を追加", f"{name}を追加")
        if difference.op is Op.DELETE:
            return Said(Kind.REMOVED, f"{name}（{_when(before)}）を削除", f"{name}を削除")
        old, new = span_of(before), span_of(after)
        rest = _rest(before, after)
        if old == new:
            kind = Kind.REWORDED if before["text"] != after["text"] else Kind.CHANGED
            told = f"{label}（{dated(new)}） {'、'.join(rest)}"
            return Said(
                kind, told, f"{label} {'、'.join(rest)}" if len(told) < 60 else f"{label}の変更"
            )
        kind, words, by = shifted(old, new)
        told = "、".join((f"{name} {between(old, new, words)}", *rest))
        return Said(kind, told, f"{label} {briefly(old, new, kind)}", by)

    return say


def _rest(before: Json, after: Json) -> list[str]:
    """What changed beside the years."""
    told = []
    lines = [r.get("item", r.get("row")) for r in (before, after)]
    if lines[0] != lines[1]:
        told.append(f"項目 {arrow(*(quoted(i, _QUOTE) if i else NOTHING for i in lines))}")
    old, new = before["text"], after["text"]
    if old != new:
        told.append(told_pieces(pieces(old, new)) if old and new else arrow(_said(old), _said(new)))
    groups = [r.get("departments", []) for r in (before, after)]
    if groups[0] != groups[1]:
        told.append(f"担当課 {arrow(*('、'.join(map(short, g)) or NOTHING for g in groups))}")
    return told


def _said(text: str | None) -> str:
    return f"内容{quoted(text, _QUOTE)}" if text else f"内容の{NOTHING}"


def _name(given: Json, title: str) -> str:
    """The line of the table, unless it is called like the whole measure, and what is done."""
    line = given.get("item", given.get("row"))
    parts = [part for part in (line if line != title else None, given["text"]) if part]
    return quoted("：".join(parts) or line or "", _QUOTE)


def _when(given: Json) -> str:
    return dated(span_of(given))
