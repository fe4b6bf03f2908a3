"""When plans begin and end what they promise, as iCalendar: of each plan, of each theme.

One event tells what the plan prints for one measure and one day: the first day of a fiscal year,
on which steps begin, or its last, on which they end and targets are due. What the print leaves
uncertain or open has no day and stands in no calendar.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial

from dxsite import urls
from dxsite.addresses import first_name
from dxsite.assets import Artifact, Joined, Part
from dxsite.catalog import Plan
from dxsite.exports.former import first_of
from dxsite.model import Measure, Theme
from dxsite.site.pages import Frame

_END = b"\r\n"
_SEAM = _END + b" "
_LONGEST = 75  # octets of a line (RFC 5545, 3.1)
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})

_TIME_ZONE = (
    ("BEGIN", "VTIMEZONE"),
    ("TZID", "Asia/Tokyo"),
    ("BEGIN", "STANDARD"),
    ("DTSTART", "19700101T000000"),
    ("TZOFFSETFROM", "+0900"),
    ("TZOFFSETTO", "+0900"),
    ("TZNAME", "JST"),
    ("END", "STANDARD"),
    ("END", "VTIMEZONE"),
)
"""Whose days these are; a calendar without any event still needs to hold something."""

Day = tuple[int, int]
"""(fiscal year, 0 for its first day or 1 for its last)"""


def of_plan(plan: Plan, frame: Frame) -> Iterator[Artifact]:
    """The calendar of a plan."""
    yield Artifact(urls.file_of(urls.plan_calendar(plan.slug)), partial(_of_plan, plan, frame))


def _of_plan(plan: Plan, frame: Frame) -> bytes:
    head = _head(f"{plan.file.municipality}「{plan.file.title}」の工程と目標")
    return head + b"".join(_events(plan, frame).values()) + _FOOT


def parts_of(plan: Plan, frame: Frame) -> Iterator[tuple[str, Part]]:
    """What a plan gives to the calendars of themes, by the calendars' addresses."""
    for theme in dict.fromkeys(str(theme) for measure in plan.measures for theme in measure.themes):
        yield urls.theme_calendar(theme), Part(partial(_of_theme, theme, plan, frame))


def of_themes(themes: Sequence[Theme], parts: Sequence[Mapping[str, Part]]) -> Iterator[Artifact]:
    """The calendar of each theme, from what all plans give, in order."""
    for theme in themes:
        url = urls.theme_calendar(theme.id)
        head = _head(f"テーマ「{theme.title}」の工程と目標")
        own = [plan[url] for plan in parts if url in plan]
        yield Joined(urls.file_of(url), head, own, b"", _FOOT)


def _of_theme(theme: str, plan: Plan, frame: Frame) -> bytes:
    events = _events(plan, frame)
    return b"".join(events[measure.id] for measure in plan.measures if theme in measure.themes)


def _events(plan: Plan, frame: Frame) -> Mapping[str, bytes]:
    """Measure → its events; they stand in the plan's calendar and in that of each theme."""
    return plan.once(
        f"events {frame.built} {frame.base_url}",
        lambda plan: {m.id: b"".join(_events_of(m, plan, frame)) for m in plan.measures},
    )


def _events_of(measure: Measure, plan: Plan, frame: Frame) -> Iterator[bytes]:
    days: dict[Day, list[tuple[str, str]]] = {}
    for day, kind, words in _told(measure):
        days.setdefault(day, []).append((kind, words))
    name = f"{first_of(plan)}.{first_name(measure.id, plan.addresses)}"
    address = frame.base_url + urls.measure(plan.slug, measure.id)
    for (year, end), told in sorted(days.items()):
        date = f"{year + end}{'0331' if end else '0401'}"
        kinds = "、".join(dict.fromkeys(kind for kind, _ in told))
        yield _lines(
            ("BEGIN", "VEVENT"),
            ("UID", f"{name}.{date}@dxsite"),
            ("DTSTAMP", f"{frame.built.replace('-', '')}T000000Z"),
            ("DTSTART;VALUE=DATE", date),
            ("SUMMARY", _escaped(f"{plan.file.municipality}「{measure.title}」：{kinds}")),
            ("DESCRIPTION", _escaped("\n".join(f"{kind}{words}" for kind, words in told))),
            *([("URL", address)] if frame.base_url else []),
            ("TRANSP", "TRANSPARENT"),
            ("END", "VEVENT"),
        )


def _told(measure: Measure) -> Iterator[tuple[Day, str, str]]:
    """Each day with what it is to the plan, and what happens."""
    for kpi in measure.kpis:
        for key, figure in kpi.targets:
            if key.year is not None and key.certain and not figure.is_dash:
                words = f"（{key.year.both}）：{kpi.label or kpi.id}　{figure.text(kpi.unit)}"
                yield (int(key.year), 1), "目標", words
    for entry in measure.schedule:
        span = entry.span
        if not span.certain or span.always or span.first is None:
            continue
        step = "　".join(text for text in (entry.item, entry.text) if text) or measure.title
        words = f"（{span.label}）：{step}"
        yield (int(span.first), 0), "始まる工程", words
        if span.last is not None and not span.open_end:
            yield (int(span.last), 1), "終わる工程", words


@lru_cache(maxsize=512)  # a preview asks for those of all themes at every edit
def _head(title: str) -> bytes:
    about = (
        "計画に印刷された年度の初めの日（4月1日）と終わりの日（3月31日）です。"
        "年度がはっきりしないものは入っていません。"
    )
    return _lines(
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//dxsite//dxsite//JA"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("NAME", _escaped(title)),
        ("X-WR-CALNAME", _escaped(title)),
        ("X-WR-CALDESC", _escaped(about)),
        ("REFRESH-INTERVAL;VALUE=DURATION", "P1W"),
        *_TIME_ZONE,
    )


def _lines(*pairs: tuple[str, str]) -> bytes:
    return b"".join(_folded(f"{name}:{value}") + _END for name, value in pairs)


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)


def _folded(line: str) -> bytes:
    """A line of at most 75 octets, continued behind a blank; no letter is torn."""
    data = line.encode()
    if len(data) <= _LONGEST:
        return data
    parts, start, room = [], 0, _LONGEST
    while len(data) - start > room:
        end = start + room
        while data[end] & 0xC0 == 0x80:  # within a letter
            end -= 1
        parts.append(data[start:end])
        start, room = end, _LONGEST - 1
    return _SEAM.join((*parts, data[start:]))


_FOOT = _lines(("END", "VCALENDAR"))
