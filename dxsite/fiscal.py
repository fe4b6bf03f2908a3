"""年度 as the plans write them: eras, western years, spans."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple


class _Era(NamedTuple):
    name: str
    letter: str
    offset: int  # western year = era year + offset
    last: int  # last era year in which a fiscal year could begin


# 平成31年度 and 令和元年度 are the same fiscal year, 2019.
_ERAS = (_Era("令和", "R", 2018, 99), _Era("平成", "H", 1988, 31), _Era("昭和", "S", 1925, 64))
_YEAR = re.compile(
    r"(?:(?P<era>令和|平成|昭和|[RHS])\.?(?P<n>元|\d{1,2})|(?P<west>(?:19|20)\d\d))(?:年度|年)?",
    re.IGNORECASE,
)
_WHOLE = frozenset({"全期間", "随時", "計画期間中"})
_UNKNOWN = frozenset({"?", "不明"})


class FiscalYear(int):
    """A 年度, known by the calendar year in which it begins on 1 April: 令和5年度 = 2023."""

    @property
    def era(self) -> str:
        """令和5年度"""
        return _era(self)

    @property
    def west(self) -> str:
        """2023年度"""
        return f"{int(self)}年度"

    @property
    def both(self) -> str:
        """令和5年度（2023年度）"""
        return f"{self.era}（{self.west}）"

    @property
    def short(self) -> str:
        """R5"""
        era = next(e for e in _ERAS if self > e.offset)
        return f"{era.letter}{self - era.offset}"


@lru_cache(maxsize=256)
def _era(year: FiscalYear) -> str:
    era = next(e for e in _ERAS if year > e.offset)
    number = year - era.offset
    return f"{era.name}{'元' if number == 1 else number}年度"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of fiscal years as the plan prints it.

    1. `always`: the whole plan period, without a year of its own.
    2. `open_end`: it begins in `first` and the plan says 以降.
    3. `certain` is False where the print leaves a year open; then `first` or `last` may be None.
    4. Otherwise `first` and `last` are known, `first` ≤ `last`.
    """

    first: FiscalYear | None
    last: FiscalYear | None
    open_end: bool = False
    always: bool = False
    certain: bool = True

    @property
    def label(self) -> str:
        """The span in words, era before western year."""
        if self.always:
            return "計画期間を通じて"
        if self.first is None:
            return "年度の記載は不明"
        if self.open_end:
            return f"{self.first.both}以降"
        if self.last is None:
            return f"{self.first.both}から（終わりは不明）"
        doubt = "" if self.certain else "（年度は不確か）"
        if self.first == self.last:
            return self.first.both + doubt
        return (
            f"{self.first.era}から{self.last.era}（{int(self.first)}～{int(self.last)}年度）{doubt}"
        )

    def covers(self, year: int) -> bool:
        """Whether the print puts `year` inside; uncertain ends count as their known year only."""
        if self.always:
            return True
        if self.first is None:
            return False
        if self.open_end:
            return self.first <= year
        return self.first <= year <= (self.last if self.last is not None else self.first)


def normal(text: str) -> str:
    """`text` with full-width digits, letters and signs made half-width, blanks removed."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def read_year(text: str) -> FiscalYear | None:
    """The fiscal year that `text` names, or None: `R5`, `令和5年度`, `２０２３`, `平成31`."""
    match = _YEAR.fullmatch(normal(text))
    if not match:
        return None
    if match["west"]:
        west = int(match["west"])
        return FiscalYear(west) if west > _ERAS[-1].offset else None
    number = 1 if match["n"] == "元" else int(match["n"])
    era = next(e for e in _ERAS if match["era"].upper() in (e.name, e.letter))
    return FiscalYear(number + era.offset) if 1 <= number <= era.last else None


def read_span(text: str) -> Span | None:
    """The span that `text` names, or None.

    `R5`, `R5-R7`, `R5-` or `R5以降` (open end), `全期間`; a `?` marks what the print leaves
    open: `R5?`, `R5-?` (end unknown), `?` (no year at all).
    """
    plain = re.sub(r"[〜～~–—―ー−‐から]+", "-", normal(text)).removesuffix("まで")
    if plain in _WHOLE:
        return Span(None, None, always=True)
    if plain in _UNKNOWN:
        return Span(None, None, certain=False)
    plain = re.sub(r"以降\??$", lambda m: "-" + m[0][2:], plain)
    certain = not plain.endswith("?")
    plain = plain.removesuffix("?")
    start, dash, end = plain.partition("-")
    first = read_year(start)
    if first is None:
        return None
    if not dash:
        return Span(first, first, certain=certain)
    if not end:
        return Span(first, None, certain=False) if not certain else Span(first, None, open_end=True)
    last = read_year(end)
    if last is None or last < first:
        return None
    return Span(first, last, certain=certain)


def fiscal_year_of(day: date) -> FiscalYear:
    """The fiscal year in which `day` lies; it begins on 1 April."""
    return FiscalYear(day.year if day.month >= 4 else day.year - 1)


_TOLD = re.compile(
    r"(?P<year>(?:(?:令和|平成|昭和)(?:元|\d{1,2})|(?:19|20)\d\d)年)(?P<fiscal>度)?(?:(?P<month>\d{1,2})月)?"
)


def year_told(text: str) -> FiscalYear | None:
    """The fiscal year of the first time that a text names: 令和5年度…, 2021年3月末 (= 2020)."""
    match = _TOLD.search(normal(text))
    year = read_year(match["year"]) if match else None
    if match is None or year is None or match["fiscal"]:
        return year
    if match["month"] is None:
        return None  # a calendar year lies in two fiscal years
    return year if int(match["month"]) >= 4 else FiscalYear(year - 1)


_PRINTED = re.compile(
    r"(?P<era>令和|平成|昭和)(?P<n>元|\d{1,2})(?P<rest>年度末|年度|年(?:\d{1,2}月(?:\d{1,2}日|末)?)?)(?!代)"
)


def era_years(text: str) -> Iterator[tuple[int, int, str]]:
    """Where a text prints a year or day of an era, and what that is in western years."""
    for match in _PRINTED.finditer(text):
        era = next(e for e in _ERAS if e.name == match["era"])
        year = era.offset + (1 if match["n"] == "元" else int(match["n"]))
        yield match.start(), match.end(), f"{year}{match['rest']}"


def both_calendars(text: str) -> str:
    """令和5年度 → 令和5年度（2023年度）; what has a western year already stays as it is.

    A text with brackets of its own is told twice: 令和5年度（令和6年1月末）／2023年度（2024年1月末）.
    """
    western = text
    for start, end, year in reversed(list(era_years(text))):
        western = western[:start] + year + western[end:]
    if western == text or re.search(r"(?:19|20)\d\d年", text):
        return text
    return f"{text}／{western}" if "（" in text else f"{text}（{western}）"


_LAW = re.compile(r"(?:法律|政令|省令|告示|条例|規則)")
_TOLD_TWICE = re.compile(r"[^（）]{0,3}[（／](?:19|20)\d\d年")


def with_western_years(text: str) -> str:
    """Prose with the western year behind each year of an era, but in the number of a law.

    令和5年6月に始めた → 令和5年6月（2023年6月）に始めた; inside brackets a stroke parts them.
    """
    for start, end, year in reversed(list(era_years(text))):
        if _LAW.match(text, end) or _TOLD_TWICE.match(text, end):
            continue
        inside = text.count("（", 0, start) > text.count("）", 0, start)
        text = text[:end] + (f"／{year}" if inside else f"（{year}）") + text[end:]
    return text
