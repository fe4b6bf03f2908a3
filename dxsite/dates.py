"""Shapes of time: years, spans of years, days."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from dxsite import patterns
from dxsite.diagnostics import Report
from dxsite.documents import Mapping, Node, Scalar
from dxsite.fiscal import FiscalYear, Span, normal, read_span, read_year
from dxsite.misfits import report_shape, shortened
from dxsite.patterns import Schema, told
from dxsite.positions import Place, Text
from dxsite.shapes import Shape

YEAR_FORMS = "R5、令和5年度、2023"
SPAN_FORMS = f"{YEAR_FORMS}、R5-R7（期間。早い年度が先）、R5-（以降）、全期間、R5-?（終わりが不明）"


@dataclass(frozen=True, slots=True)
class Year:
    """A fiscal year."""

    words: str = "年度（R5、令和5年度、2023 など）"

    def read(self, node: Node, report: Report) -> FiscalYear | None:
        if not isinstance(node, Scalar):
            report_shape(node, self.words, report)
            return None
        year = read_year(node.text)
        if year is None:
            _report_year(node.text, YEAR_FORMS, report)
        return year

    def schema(self) -> Schema:
        return {**_WESTERN, "pattern": patterns.whole(patterns.YEAR)}


def _report_year(text: Text, forms: str, report: Report) -> None:
    report.error(
        text.place,
        "bad-year",
        f"「{text}」を年度として読めません。",
        f"次のどれかの形で書いてください: {forms}。",
    )


@dataclass(frozen=True, slots=True)
class Years:
    """A span of fiscal years."""

    words: str = f"年度か期間（{SPAN_FORMS}）"

    def read(self, node: Node, report: Report) -> Span | None:
        if not isinstance(node, Scalar):
            report_shape(node, self.words, report)
            return None
        span = read_span(node.text)
        if span is None:
            _report_year(node.text, SPAN_FORMS, report)
        return span

    def schema(self) -> Schema:
        return {**_WESTERN, "pattern": patterns.whole(patterns.SPAN)}


_WESTERN: Schema = {"type": ["string", "integer"], "minimum": 1926, "maximum": 2099}


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day, or with `month_only` a month; kept as an ISO text."""

    month_only: bool = False

    @property
    def words(self) -> str:
        """The form to write."""
        return "年月（2023-03 の形）" if self.month_only else "日付（2026-11-20 の形）"

    def read(self, node: Node, report: Report) -> Text | None:
        if not isinstance(node, Scalar):
            report_shape(node, self.words, report)
            return None
        if not self._is_day(node.text + "-01" if self.month_only else node.text):
            report.error(
                node.place,
                "bad-date",
                f"「{shortened(node)}」を{'年月' if self.month_only else '日付'}として読めません。",
                f"{self.words}で書いてください。",
            )
            return None
        return node.text

    @staticmethod
    def _is_day(text: str) -> bool:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return False
        return text == day.isoformat() and day.year > 1988  # 平成 and later

    def schema(self) -> Schema:
        pattern = patterns.MONTH if self.month_only else patterns.DAY
        return {"type": "string", "pattern": patterns.whole(pattern)}


@dataclass(frozen=True, slots=True)
class YearKey:
    """The year of one entry of a table by year; None where the plan names no year."""

    year: FiscalYear | None
    certain: bool
    place: Place
    at_end: bool = False
    """Whether the plan says 年度末: the figure is to be reached by 31 March."""


@dataclass(frozen=True, slots=True)
class ByYear:
    """A small table: fiscal year → value.

    `R9末` is the end of a year; `R9?` marks a year that the print leaves open.
    """

    item: Shape
    yearless: bool = False
    """Whether the key 年度なし is allowed, for a figure without a year."""

    @property
    def words(self) -> str:
        """What each line is."""
        none = "、年の記載がなければ「年度なし」" if self.yearless else ""
        forms = f"計画に「年度末」とあれば「R9末」、年が読み取れなければ「R9?」{none}"
        return f"年度ごとに「R9: 内容」の形（{forms}）。内容は{self.item.words}"

    def read(self, node: Node, report: Report) -> tuple[tuple[YearKey, Any], ...] | None:
        if not isinstance(node, Mapping):
            report_shape(node, "「R9: 内容」の形の、年度ごとの並び", report)
            return None
        entries: list[tuple[YearKey, Any]] = []
        for key, child in node.entries:
            plain = normal(key)
            year = read_year(plain.removesuffix("?").removesuffix("末"))
            if year is None and not (self.yearless and key == YEARLESS):
                _report_year(key, YEAR_FORMS, report)
            value = self.item.read(child, report)
            if value is None:
                continue
            if year is not None and any(year == known.year for known, _ in entries):
                report.error(
                    key.place,
                    "repeated-key",
                    f"「{key}」と同じ年度が二度書かれています。",
                    "どちらか一方を消してください。",
                )
            certain, at_end = not plain.endswith("?"), plain.removesuffix("?").endswith("末")
            entries.append((YearKey(year, certain, key.place, at_end), value))
        return tuple(entries)

    def schema(self) -> Schema:
        yearless = f"|{YEARLESS}" if self.yearless else ""
        years = patterns.whole(rf"{patterns.YEAR}末?\s*[?？]?\s*{yearless}")
        item = told(self.item.schema(), self.item.words)
        return {"type": "object", "patternProperties": {years: item}, "additionalProperties": False}


YEARLESS = "年度なし"
