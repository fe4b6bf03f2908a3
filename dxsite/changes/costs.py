"""Costs that change, in words."""

from collections.abc import Callable

from dxsite.changes.change import Json, Kind, Op
from dxsite.changes.differences import Difference, Names, Said
from dxsite.changes.words import arrow, plain, short, turned
from dxsite.figures import grouped
from dxsite.fiscal import FiscalYear


def cost(difference: Difference, _: Names) -> Said:
    """Tell what a year costs."""
    return _told(difference, "費用", _year)


def cost_total(difference: Difference, _: Names) -> Said:
    """Tell one cell of the plan's own totals."""
    return _told(difference, "費用の合計", lambda row: f"{short(row['group'])}、{_year(row)}")


def _told(difference: Difference, label: str, where: Callable[[Json], str]) -> Said:
    before, after = difference.before, difference.after
    match difference.op:
        case Op.INSERT:
            text = f"{label}（{where(after)}） {_yen(after)}を追加"
            return Said(Kind.ADDED, text, f"{_of(after)}{label} {_yen(after)}を追加")
        case Op.DELETE:
            text = f"{label}（{where(before)}） {_yen(before)}を削除"
            return Said(Kind.REMOVED, text, f"{_of(before)}{label} {_yen(before)}を削除")
        case Op.ORDER:
            return Said(Kind.REORDERED, f"{label}の並び順を変更")
    amounts = arrow(_yen(before), _yen(after))
    if _yen(before) == _yen(after):
        marks = arrow(before.get("footnote") or "なし", after.get("footnote") or "なし")
        return Said(Kind.CHANGED, f"{label}（{where(after)}） {_yen(after)}の注の印 {plain(marks)}")
    text = f"{label}（{where(after)}） {amounts}"
    brief = f"{_of(after)}{label} {amounts}"
    old, new = before["thousand_yen"], after["thousand_yen"]
    if old is None or new is None or old == new:
        return Said(turned(old, new), text, brief)
    by = new - old
    kind, word = (Kind.RAISED, "増") if by > 0 else (Kind.LOWERED, "減")
    brief = f"{_of(after)}{label} {grouped(old)}→{grouped(new)}千円"
    return Said(kind, f"{text}（{grouped(abs(by))}千円の{word}）", brief, by)


def _year(row: Json) -> str:
    year = row["fiscal_year"]
    return "計" if year is None else f"{FiscalYear(year).era}／{FiscalYear(year).west}"


def _of(row: Json) -> str:
    """令和5年度の"""
    return "" if row["fiscal_year"] is None else f"{FiscalYear(row['fiscal_year']).era}の"


def _yen(row: Json) -> str:
    """6,000千円（うち一般財源 2,100千円）; － is no 0."""
    amount, own = row["thousand_yen"], row.get("general_fund_thousand_yen")
    text = "計上なし（－）" if amount is None else f"{grouped(amount)}千円"
    return text if own is None else f"{text}（うち一般財源 {grouped(own)}千円）"
