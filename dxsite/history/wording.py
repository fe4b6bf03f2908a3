"""A change as a sentence that a newspaper could print."""

from typing import Any

from dxsite.changes import Change, Op
from dxsite.changes.words import plain, short
from dxsite.changes.years import span_of
from dxsite.fiscal import FiscalYear, Span
from dxsite.shapes import DASH

Json = dict[str, Any]

NOTHING = "記載なし"


def quoted(text: object, longest: int = 80) -> str:
    """「text」; a text that holds such quotes gets 『』."""
    line = short(str(text), longest)
    return f"『{line}』" if "「" in line or "」" in line else f"「{line}」"


def listed(names: list[str]) -> str:
    """A課とB課; 「A」、「B」と「C」."""
    *first, last = names
    return f"{'、'.join(first)}と{last}" if first else last


def year(given: int | None, *, end: bool = False) -> str:
    """令和9年度末（2027年度末）"""
    if given is None:
        return "年度の書かれていない"
    known, tail = FiscalYear(given), "末" if end else ""
    return f"{known.era}{tail}（{known.west}{tail}）"


def when(row: Json) -> str:
    """The year of a target or a figure, with its doubt."""
    told = year(row["fiscal_year"], end=row.get("year_end", False))
    return told if row.get("certain", True) else f"{told}（年度は不確か）"


def figure(row: Json) -> str:
    """1,500件/年"""
    return "「目標なし（－）」" if row["text"] == DASH else short(row["text"])


def times(row: Json) -> str:
    """When a row of a schedule happens, as in 「時期が……から」."""
    span: Span = span_of(row)
    doubt = "" if span.certain or span.last is None else "（年度は不確か）"
    if span.first is None:
        return "計画期間全体" if span.always else NOTHING
    if span.open_end:
        return f"「{span.first.both}以降」{doubt}"
    if span.last is None:
        return f"「{span.first.both}から（終わりは不明）」"
    if span.first == span.last:
        return f"{span.first.both}{doubt}"
    return (
        f"「{span.first.era}から{span.last.era}まで（{int(span.first)}～{span.last.west}）」{doubt}"
    )


def last_years(before: Json, after: Json) -> str | None:
    """終わりが……から……になりました, of spans that begin alike; None where more is to be said."""
    old, new = span_of(before), span_of(after)
    plain = old.certain and new.certain and not (old.open_end or new.open_end)
    if not plain or old.first is None or old.first != new.first or not (old.last and new.last):
        return None
    return f"終わりが{old.last.both}から{new.last.both}になりました"


def swapped(what: str, before: list[str], after: list[str]) -> str:
    """What became of a list of names, behind what is told: の担当課が、AからBに変わりました。"""
    gone = [plain(name) for name in before if name not in after]
    come = [plain(name) for name in after if name not in before]
    if gone and come:
        return f"{what}が、{listed(gone)}から{listed(come)}に変わりました。"
    if come and before:
        return f"{what}に、{listed(come)}が加わりました。"
    if come:
        return f"{what}が、{listed(come)}と決まりました。"
    if gone and after:
        return f"{what}から、{listed(gone)}が外れました。"
    if gone:
        return f"{what}（{listed(gone)}）が書かれなくなりました。"
    return f"{what}の並びが変わりました。"


def turned(what: str, before: object, after: object) -> str:
    """の状況が、「検討中」から「実施済」に変わりました。"""
    if before in (None, "", []):
        return f"{what}が、{quoted(after)}と書かれました。"
    if after in (None, "", []):
        return f"{what}（{short(str(before), 40)}）が書かれなくなりました。"
    return f"{what}が、{quoted(before)}から{quoted(after)}に変わりました。"


def came(what: str, change: Change) -> str:
    """What came, went or changed, without more."""
    if change.op is Op.INSERT:
        return f"{what}が加わりました。"
    return f"{what}がなくなりました。" if change.op is Op.DELETE else f"{what}が変わりました。"


def value_of(given: object) -> str | None:
    """A value in few words, for a table; None for what is no single value."""
    if isinstance(given, str):
        return plain(given)
    if isinstance(given, bool) or given is None:
        return None
    if isinstance(given, int | float):
        return str(given)
    if isinstance(given, list) and all(isinstance(item, str) for item in given):
        return "|".join(plain(item) for item in given) or None
    if isinstance(given, dict) and "thousand_yen" in given:
        return None if given["thousand_yen"] is None else f"{given['thousand_yen']}千円"
    if isinstance(given, dict) and "from" in given:
        return times(given).strip("「」")
    if isinstance(given, dict) and "number" in given and given.get("text"):
        return plain(given["text"])
    return None
