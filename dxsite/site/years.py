"""The same schedules told year by year: what begins, what goes on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dxsite.fiscal import FiscalYear, Span
from dxsite.site.lanes import Bar, LaneGroup, axis_of, certain_years
from dxsite.site.phases import Phase


@dataclass(frozen=True, slots=True)
class YearEntry:
    """One entry in the list of a year; `owner` is the municipality where there are several."""

    label: str | None
    url: str | None
    owner: str | None
    text: str
    until: str | None
    """How long it goes on, in words; None where it ends in the same year."""
    kind: str
    phases: tuple[Phase, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """What is planned in one fiscal year; `year` is None for what the print gives no year."""

    year: FiscalYear | None
    is_now: bool
    in_period: bool
    is_open: bool
    """Whether the list stands open at first: this year and what comes, or all of a past plan."""
    begins: tuple[YearEntry, ...]
    continues: tuple[YearEntry, ...]


def by_year(
    groups: Sequence[LaneGroup], period: Span, now: FiscalYear, *, owners: bool
) -> tuple[Year, ...]:
    """Every year of the axis, then what has no year.

    An entry whose end is lost stands in its first year only: that it goes on is not known.
    """
    years = axis_of(groups, period)
    past = years[-1] < now
    begins: dict[FiscalYear | None, list[YearEntry]] = {}
    continues: dict[FiscalYear, list[YearEntry]] = {}
    for entry, bar, own in _entries(groups, period, owners=owners):
        certain = certain_years(bar.span, years, own)
        begins.setdefault(certain[0] if certain else None, []).append(entry)
        for year in certain[1:]:
            continues.setdefault(year, []).append(entry)
    told = [
        Year(
            year,
            year == now,
            period.covers(year),
            past or year >= now,
            tuple(begins.get(year, ())),
            tuple(continues.get(year, ())),
        )
        for year in years
    ]
    if None in begins:
        told.append(Year(None, False, True, True, tuple(begins[None]), ()))
    return tuple(told)


def _entries(
    groups: Sequence[LaneGroup], period: Span, *, owners: bool
) -> Iterator[tuple[YearEntry, Bar, Span]]:
    for group in groups:
        for lane in group.lanes:
            for bar in lane.bars:
                entry = YearEntry(
                    lane.label,
                    lane.url,
                    group.title if owners else None,
                    bar.text,
                    _until(bar),
                    bar.kind,
                    bar.phases,
                )
                yield entry, bar, lane.period or period


def _until(bar: Bar) -> str | None:
    span = bar.span
    if bar.undated:
        return None
    if span.always:
        return span.label
    if bar.end == "open":
        return "以降も続く"
    if span.last is None:
        return "終わりは不明"
    last = f"{span.last.era}まで" if span.last != span.first else None
    if bar.end == "doubtful":
        return f"{last or ''}（年度は不確か）"
    return last
