"""Targets and other figures of KPIs that change, in words."""

import re
from collections.abc import Callable
from typing import Any

from dxsite.changes.change import Json, Kind
from dxsite.changes.differences import Difference, Names, Said
from dxsite.changes.words import NOTHING, arrow, plain, short, turned, whole_row
from dxsite.figures import Number
from dxsite.fiscal import FiscalYear
from dxsite.shapes import DASH

_BOUNDS = re.compile(r"[\d,.\s]+|約|およそ|程度|以上|以下|以内|未満|超")
_LEVEL = re.compile(r"[にへ](?:短縮|削減|縮減|減|抑)|まで")
_REDUCTION = re.compile(r"[▲△]|(?:減|削減|短縮|縮減)(?:率|時間|額|数|量)?$")


def year_key(row: Json) -> str:
    """How a row of a table by year is named in a path."""
    return "none" if row["fiscal_year"] is None else str(row["fiscal_year"])


def same_figure(one: Json, other: Json) -> float:
    """The same figure in another year is the same target, moved."""
    return 0.9 if _figure(one) == _figure(other) and one["text"] != DASH else 0.0


def _figure(row: Json) -> tuple[Any, ...]:
    return row["text"], row["number"], row["of"], row["operator"]


def target(difference: Difference, _: Names) -> Said:
    """Tell a target that comes, goes or changes."""
    return _told(difference, "目標", _judged)


def actual(difference: Difference, _: Names) -> Said:
    """Tell an actual figure; whether more is better is not said."""
    return _told(difference, "実績", lambda *_: (Kind.CHANGED, "", None))


_Judge = Callable[[Json, Json, Difference], tuple[Kind, str, Number | None]]


def _told(difference: Difference, label: str, judge: _Judge) -> Said:
    if whole := whole_row(difference, label, when, figure):
        return whole
    before, after = difference.before, difference.after
    if _figure(before) == _figure(after):
        return _redated(label, before, after)
    if _follows_unit(before, after, difference):
        return Said(Kind.FOLLOWS, f"{label}（{when(after)}） {_arrow(before, after)}")
    kind, note, by = judge(before, after, difference)
    if _year(before) == _year(after):
        text = f"{label}（{when(after)}） {_arrow(before, after)}" + _noted(note)
    else:
        states = (f"{figure(row)}（{when(row)}）" for row in (before, after))
        text = f"{label} {arrow(*states)}" + _noted(note)
    brief = _brief(figure(before), figure(after)) + _noted(note.rpartition("。")[2])
    return Said(kind, text, f"{label} {brief}", by)


def _noted(note: str) -> str:
    return f"（{note}）" if note else ""


def _year(row: Json) -> tuple[Any, ...]:
    return row["fiscal_year"], row["year_end"], row["certain"]


def when(row: Json) -> str:
    """令和9年度末／2027年度末"""
    if row["fiscal_year"] is None:
        return "年度の記載なし"
    year, end = FiscalYear(row["fiscal_year"]), "末" if row["year_end"] else ""
    return f"{year.era}{end}／{year.west}{end}" + ("" if row["certain"] else "、年度は不確か")


def figure(row: Json) -> str:
    return "なし（－）" if row["text"] == DASH else short(row["text"])


def _arrow(before: Json, after: Json) -> str:
    return arrow(figure(before), figure(after))


def _brief(before: str, after: str) -> str:
    """1,500→1,200件/年: what both end in is said once."""
    unit = re.search(r"[^\d０-９]+$", after)
    if unit and before.endswith(unit[0]) and before != unit[0]:
        before = before.removesuffix(unit[0])
    return f"{before}→{after}"


def _redated(label: str, before: Json, after: Json) -> Said:
    """The figure stays, its year or mark does not."""
    text = figure(after)
    first, last = before["fiscal_year"], after["fiscal_year"]
    if _year(before) == _year(after):
        marks = arrow(before["footnote"] or "なし", after["footnote"] or "なし")
        return Said(Kind.CHANGED, f"{label}（{when(after)}） {text}の注の印 {plain(marks)}")
    if first is None or last is None or first == last:
        return Said(Kind.CHANGED, f"{label} {text}の年度 {arrow(when(before), when(after))}")
    by = last - first
    note = "延期" if by > 0 else "前倒し"
    old, new = FiscalYear(first), FiscalYear(last)
    ends = ["末" if row["year_end"] else "" for row in (before, after)]
    return Said(
        Kind.POSTPONED if by > 0 else Kind.BROUGHT_FORWARD,
        f"{label} {text} {old.era}{ends[0]} → {new.era}{ends[1]}"
        f"（{first} → {last}年度{ends[1]}、{abs(by)}年{note}）",
        f"{label} {text} {old.era}{ends[0]}→{new.era}{ends[1]}（{note}）",
        by,
    )


def _follows_unit(before: Json, after: Json, difference: Difference) -> bool:
    """Whether nothing but the unit changed, which is told once, at the KPI."""
    kpi = difference.around[-2]
    old, new = kpi.then.get("unit"), kpi.now.get("unit")
    if old == new or before["number"] != after["number"] or before["of"] != after["of"]:
        return False
    bare = [row["text"].replace(unit or "", "") for row, unit in ((before, old), (after, new))]
    return _year(before) == _year(after) and bare[0] == bare[1]


def _judged(before: Json, after: Json, difference: Difference) -> tuple[Kind, str, Number | None]:
    """Whether a target was raised; only where both figures measure the same."""
    if DASH in (before["text"], after["text"]):
        return (Kind.SET if before["text"] == DASH else Kind.WITHDRAWN), "", None
    kpi = difference.around[-2]
    old, new = before["number"], after["number"]
    same_scale = before["of"] == after["of"] and _measure_of(before) == _measure_of(after)
    flipped = {before["operator"], after["operator"]} == {">=", "<="}
    same_way = all(kpi.then.get(f) == kpi.now.get(f) for f in ("unit", "cumulative", "direction"))
    if old is None or new is None or old == new or not same_scale or flipped or not same_way:
        return Kind.CHANGED, "", None
    by = round(new - old, 9)
    kind = Kind.RAISED if by > 0 else Kind.LOWERED
    word = "引き上げ" if by > 0 else "引き下げ"
    return kind, word + strictness(by > 0, after, kpi.now), by


def _measure_of(row: Json) -> str:
    """What a figure counts: its text without the number and its bounds."""
    return _BOUNDS.sub("", row["text"])


def strictness(raised: bool, row: Json, kpi: Json) -> str:
    """What a raised or lowered figure means where the plan wants less, if that is certain.

    A plan prints either the level to reach (待ち時間 45分以内) or the amount to save (▲870時間).
    """
    if kpi.get("direction") != "down":
        return ""
    if _LEVEL.search(row["text"]) or row["operator"] == "<=":
        return "。目標を緩める" if raised else "。目標を厳しくする"
    if _REDUCTION.search(row["text"]) or _REDUCTION.search(kpi.get("label") or ""):
        return "。減らす幅を広げる" if raised else "。減らす幅を縮める"
    return "。減らすことが目標"


def baseline(difference: Difference, _: Names) -> Said:
    """Tell where a figure stood."""
    before, after = difference.before, difference.after
    if before and after and not _follows_unit_of(before, after, difference):
        text = f"現状 {arrow(_stood(before), _stood(after))}"
        if _stood(before) == _stood(after):
            marks = arrow(before["footnote"] or "なし", after["footnote"] or "なし")
            text = f"現状 {figure(after)}の注の印 {plain(marks)}"
        return Said(Kind.CHANGED, text)
    kind = turned(before, after, Kind.FOLLOWS)
    return Said(kind, f"現状 {arrow(_stood(before), _stood(after))}")


def _stood(given: Json | None) -> str:
    if not given:
        return NOTHING
    return figure(given) + (f"（{short(given['as_of'])}）" if given["as_of"] else "")


def _follows_unit_of(before: Json, after: Json, difference: Difference) -> bool:
    kpi = difference.around[-1]
    old, new = kpi.then.get("unit") or "", kpi.now.get("unit") or ""
    bare = [
        {**row, "text": row["text"].replace(unit, "")}
        for row, unit in ((before, old), (after, new))
    ]
    return old != new and bare[0] == bare[1]
