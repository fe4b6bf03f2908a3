"""Costs that change, in words."""

from collections.abc import Callable

from dxsite.changes.change import Json, Kind
from dxsite.changes.differences import Difference, Names, Said
from dxsite.changes.words import arrow, of_year, plain, short, turned, whole_row
from dxsite.figures import grouped
from dxsite.fiscal import FiscalYear


def cost(difference: Difference, _: Names) -> Said:
    """Tell what a year costs."""
    return _told(difference, "費用", _year)


def cost_total(difference: Difference, _: Names) -> Said:
    """Tell one cell of the plan's own totals."""
    return _told(difference, "費用の合計", lambda row: f"{short(row['group'])}、{_year(row)}")


def _told(difference: Difference, label: str, where: Callable[[Json], str]) -> Said:
    if whole := whole_row(difference, label, where, _yen):
        return whole
    before, after = difference.before, difference.after
    amounts = arrow(_yen(before), _yen(after))
    if _yen(before) == _yen(after):
        marks = arrow(before.get("footnote") or "なし", after.get("footnote") or "なし")
        return Said(Kind.CHANGED, f"{label}（{where(after)}） {_yen(after)}の注の印 {plain(marks)}")
    text = f"{label}（{where(after)}） {amounts}"
    brief = f"{of_year(after)}{label} {amounts}"
    old, new = before["thousand_yen"], after["thousand_yen"]
    if old is None or new is None or old == new:
        return Said(turned(old, new), text, brief)
    by = new - old
    kind, word = (Kind.RAISED, "増") if by > 0 else (Kind.LOWERED, "減")
    brief = f"{of_year(after)}{label} {grouped(old)}→{grouped(new)}千円"
    return Said(kind, f"{text}（{grouped(abs(by))}千円の{word}）", brief, by)


def _year(row: Json) -> str:
    year = row["fiscal_year"]
    return "計" if year is None else f"{FiscalYear(year).era}／{FiscalYear(year).west}"


def _yen(row: Json) -> str:
    """6,000千円（うち一般財源 2,100千円）; － is no 0."""
    amount, own = row["thousand_yen"], row.get("general_fund_thousand_yen")
    text = "計上なし（－）" if amount is None else f"{grouped(amount)}千円"
    return text if own is None else f"{text}（うち一般財源 {grouped(own)}千円）"
