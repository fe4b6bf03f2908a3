"""Dates and counts in the words of the site."""

from dxsite.dates import YearKey
from dxsite.fiscal import FiscalYear, Span
from dxsite.model import Kpi, Measure, ScheduleEntry
from dxsite.numerals import thousand_yen

DIRECTIONS = {"up": "増やす目標", "down": "減らす目標", "keep": "維持する目標"}
NOT_STATED = "記載なし"


def month(iso: str) -> str:
    """2025-05 → 令和7年5月（2025年5月）"""
    year, number = int(iso[:4]), int(iso[5:7])
    return f"{_era(year, number)}{number}月（{year}年{number}月）"


def day(iso: str) -> str:
    """2026-11-20 → 令和8年11月20日（2026年11月20日）"""
    year, number, date = int(iso[:4]), int(iso[5:7]), int(iso[8:10])
    return f"{_era(year, number)}{number}月{date}日（{year}年{number}月{date}日）"


def _era(year: int, number: int) -> str:
    """The era year of a calendar month; 令和 began in May 2019, 平成 in January 1989."""
    name, first = ("令和", 2018) if (year, number) >= (2019, 5) else ("平成", 1988)
    count = year - first
    return f"{name}{'元' if count == 1 else count}年"


def period(span: Span) -> str:
    """令和5年度～令和9年度（2023～2027年度）"""
    if span.first is None or span.last is None:
        return span.label
    return f"{span.first.era}～{span.last.era}（{int(span.first)}～{int(span.last)}年度）"


def when(spans: list[Span]) -> str | None:
    """One phrase for a whole schedule, or None where it names no year."""
    firsts = [span.first for span in spans if span.first is not None]
    if not firsts:
        return "計画期間を通じて" if any(span.always for span in spans) else None
    lasts = [span.last or span.first for span in spans if span.first is not None]
    first, last = min(firsts), max(year for year in lasts if year is not None)
    doubt = "" if all(span.certain for span in spans) else "（不確かな年度を含む）"
    if any(span.open_end for span in spans):
        if first == last:
            return f"{first.both}から{doubt}"
        return f"{first.era}から{last.era}以降（{int(first)}～{int(last)}年度以降）{doubt}"
    if any(span.first is not None and span.last is None for span in spans):
        return f"{first.both}から（終わりは不明）"
    if first == last:
        return first.both + doubt
    return f"{first.era}から{last.era}（{int(first)}～{int(last)}年度）{doubt}"


def when_of_targets(kpis: tuple[Kpi, ...]) -> str | None:
    """When the last target is due, for a measure whose plan prints no schedule."""
    keys = [key for kpi in kpis for key, figure in kpi.targets if key.year and not figure.is_dash]
    if not keys:
        return None
    last = max(keys, key=lambda key: key.year or FiscalYear(0))
    return f"目標は{target_year(last)}まで" + ("" if last.certain else "（年度は不確か）")


def target_year(key: YearKey) -> str:
    """The year of a target; in a table the print's doubt is said beside it."""
    if key.year is None:
        return "年度の記載なし"
    end = "末" if key.at_end else ""
    return f"{key.year.era}{end}（{key.year.west}{end}）"


def dated(text: str, key: YearKey) -> str:
    """1,500件/年（令和9年度末／2027年度末）"""
    if key.year is None:
        return text
    end = "末" if key.at_end else ""
    doubt = "" if key.certain else "、年度は不確か"
    return f"{text}（{key.year.era}{end}／{key.year.west}{end}{doubt}）"


def key_figure(kpis: tuple[Kpi, ...]) -> str | None:
    """The last target of the first KPI that has one, in one phrase."""
    for kpi in kpis:
        if kpi.last_target and kpi.label:
            key, figure = kpi.last_target
            return f"{kpi.label}：{dated(figure.text(kpi.unit), key)}"
    return None


def first_sentence(text: str, limit: int = 110) -> str:
    """The beginning of a prose field, for cards and descriptions."""
    plain = "".join(text.split("\n"))
    sentence = plain.partition("。")[0] + ("。" if "。" in plain else "")
    return sentence if len(sentence) <= limit else sentence[: limit - 1] + "…"


def planned(thousands: int | None) -> str:
    """An amount, or that the plan prints `－`, which differs from 0."""
    return "計上なし（－）" if thousands is None else thousand_yen(thousands)


def departments(measure: Measure) -> str | None:
    """ICT推進課、市民課ほか; デジタル推進室、全庁"""
    names = "、".join(measure.departments)
    note = measure.departments_note or ""
    apart = names and note and not note.startswith(_AND_MORE)
    return f"{names}{'、' if apart else ''}{note}" or None


_AND_MORE = ("ほか", "他", "など", "等", "（", "(")
"""Beginnings of a note that go on where the names end."""


def step(entry: ScheduleEntry) -> str:
    """What an entry of a schedule says, behind the item that it belongs to: 窓口：検討"""
    return "：".join(filter(None, (entry.item, entry.text)))
