"""Spans of years that move, in words."""

from dxsite.changes.change import Json, Kind
from dxsite.changes.differences import Difference, Names, Said, Say
from dxsite.changes.words import arrow
from dxsite.fiscal import FiscalYear, Span


def span_of(row: Json) -> Span:
    """The span that a row of the catalogue states."""
    first, last = row["from"], row["to"]
    return Span(
        None if first is None else FiscalYear(first),
        None if last is None else FiscalYear(last),
        open_end=row.get("open_end", False),
        always=row.get("always", False),
        certain=row.get("certain", True),
    )


def period(label: str) -> Say:
    """Tell the span of a whole plan."""

    def say(difference: Difference, _: Names) -> Said:
        before, after = span_of(difference.before), span_of(difference.after)
        kind, words, by = shifted(before, after)
        return Said(
            kind,
            f"{label} {between(before, after, words)}",
            f"{label} {briefly(before, after, kind)}",
            by,
        )

    return say


def between(before: Span, after: Span, words: str) -> str:
    """令和7年度 → 令和8年度（2025 → 2026年度、1年延期）"""
    a, b = _west(before), _west(after)
    if a.endswith("年度") and b.endswith("年度") and a != b:
        a = a.removesuffix("年度")
    west = " → ".join(dict.fromkeys(filter(None, (a, b))))
    notes = "、".join(filter(None, (west, words)))
    return f"{_era(before)} → {_era(after)}" + (f"（{notes}）" if notes else "")


def dated(span: Span) -> str:
    """令和5年度／2023年度, for use in parentheses."""
    doubt = "、年度は不確か" if span.last is not None and not span.certain else ""
    return "／".join(filter(None, (_era(span), _west(span)))) + doubt


def briefly(before: Span, after: Span, kind: Kind) -> str:
    """令和7→8年度（延期）"""
    note = {
        Kind.POSTPONED: "（延期）",
        Kind.BROUGHT_FORWARD: "（前倒し）",
        Kind.EXTENDED: "（延長）",
        Kind.SHORTENED: "（短縮）",
    }.get(kind, "")
    if before.first is None or after.first is None:
        return arrow(before.label, after.label) + note
    one, other = _years(before), _years(after)
    if before.first.era[:2] == after.first.era[:2] and one[1] == other[1]:
        return f"{one[0]}→{other[0][2:]}{one[1]}{note}"
    return f"{''.join(one)}→{''.join(other)}{note}"


def _years(span: Span) -> tuple[str, str]:
    """(令和5～7, 年度); the era is said once."""
    assert span.first is not None
    first = span.first.era.removesuffix("年度")
    if span.open_end:
        return first, "年度以降"
    if span.last is None:
        return first, "年度から"
    last = span.last.era.removesuffix("年度")
    if last == first:
        return first, "年度"
    return f"{first}～{last[2:] if last[:2] == first[:2] else last}", "年度"


def _era(span: Span) -> str:
    """The span in era years."""
    if span.first is None:
        return span.label
    if span.open_end:
        return f"{span.first.era}以降"
    if span.last is None:
        return f"{span.first.era}から終わり不明"
    if span.first == span.last:
        return span.first.era
    return f"{span.first.era}から{span.last.era}"


def _west(span: Span) -> str:
    """The span in western years; empty where it names no year."""
    if span.first is None:
        return ""
    if span.open_end:
        return f"{span.first.west}以降"
    if span.last is None:
        return f"{span.first.west}から"
    return span.first.west if span.first == span.last else f"{int(span.first)}～{span.last.west}"


def shifted(before: Span, after: Span) -> tuple[Kind, str, int | None]:
    """What became of a span: its kind, in words, and by how many years."""
    if before.first is None or after.first is None:
        doubtful = after.first is not None and not after.certain
        return Kind.CHANGED, "年度は不確か" if doubtful else "", None
    start = after.first - before.first
    if before.last is not None and after.last is not None:
        kind, words, by = _moved(start, after.last - before.last)
    elif before.last is None and after.last is None:
        kind, words, by = _moved(start, start)
        if before.open_end != after.open_end:
            words = _also(words, "以降の記載なしに" if before.open_end else "以降の記載に")
    else:
        opened = after.last is None
        kind = Kind.OPENED if opened else Kind.CLOSED
        stated = (after if opened else before).open_end
        if opened:
            words = "終わりの年度がなくなる" if stated else "終わりの年度が不明に"
        else:
            words = "終わりの年度が決まる" if stated else "終わりの年度が分かる"
        by = None
        if start:
            words = _also(f"開始を{_moved(start, start)[1]}", words)
    if before.certain != after.certain and (before.last is None) == (after.last is None):
        words = _also(words, "年度は確か" if after.certain else "年度は不確か")
    return kind, words, by


def _moved(start: int, end: int) -> tuple[Kind, str, int | None]:
    """What it means that a span's ends move by so many years."""
    if start == end:
        if not start:
            return Kind.CHANGED, "", None
        return (
            (Kind.POSTPONED, f"{start}年延期", start)
            if start > 0
            else (Kind.BROUGHT_FORWARD, f"{-start}年前倒し", start)
        )
    if not start:
        return (
            (Kind.EXTENDED, f"{end}年延長", end)
            if end > 0
            else (Kind.SHORTENED, f"{-end}年短縮", end)
        )
    begins = f"開始を{abs(start)}年{'延期' if start > 0 else '前倒し'}"
    if not end:
        return (Kind.POSTPONED if start > 0 else Kind.BROUGHT_FORWARD), begins, start
    ends = f"終わりを{abs(end)}年{'延期' if end > 0 else '前倒し'}"
    if (start > 0) == (end > 0):
        kind = Kind.POSTPONED if start > 0 else Kind.BROUGHT_FORWARD
        return kind, f"{begins}、{ends}", start
    return (Kind.EXTENDED if end > 0 else Kind.SHORTENED), f"{begins}、{ends}", end - start


def _also(one: str, other: str) -> str:
    return f"{one}、{other}" if one else other
