"""Words changes for people, comments, machines."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from dxsite.changes.change import Change
from dxsite.changes.markdown import escaped, link
from dxsite.changes.reports import Group, PlanReport, reports
from dxsite.changes.words import plain

NONE = "変わったところはありません。"
LONGEST = 60_000
"""Letters of a Markdown report; GitHub takes comments of up to 65,536."""
_FIELDS = ("plan", "municipality", "record", "id", "title", "url", "path", "op", "at", "kind")
_VALUES = ("before", "after", "by", "other", "text")


@dataclass(frozen=True, slots=True)
class Manner:
    """How to write: where pages are, and how many changes of each plan to tell."""

    base_url: str = ""
    """Without a slash at its end; empty for addresses from the root of the site."""
    limit: int | None = None

    def at(self, url: str | None) -> str | None:
        """The address of a page."""
        return None if url is None else f"{self.base_url}{url}"


def as_text(changes: Sequence[Change], manner: Manner) -> str:
    """One line a plan, below it the records, below each its changes."""
    found = reports(changes)
    if not found:
        return NONE
    return "\n\n".join("\n".join(_text_of(report, manner)) for report in found)


def _text_of(report: PlanReport, manner: Manner) -> Iterator[str]:
    yield f"{plain(report.municipality)}: {report.summary}"
    groups, left = _limited(report, manner.limit)
    for group in groups:
        address = manner.at(group.url)
        tail = f"  {address}" if address else ""
        if group.whole:
            yield from (f"  {text}{tail}" for text, _ in group.lines)
            continue
        yield f"  {group.heading}{tail}"
        yield from (f"    {text}" for text, _ in group.lines)
    if left:
        yield f"  ほか{left}か所"


def as_markdown(changes: Sequence[Change], manner: Manner) -> str:
    """The same as nested lists with links; the letters of the content are disarmed."""
    found = reports(changes)
    if not found:
        return NONE
    lines: list[str] = []
    for report in found:
        lines += ["", *_markdown_of(report, manner)] if lines else _markdown_of(report, manner)
    return "\n".join(_cut(lines))


def _markdown_of(report: PlanReport, manner: Manner) -> list[str]:
    name = link(report.municipality, manner.at(report.url))
    lines = [f"**{name}**: {escaped(report.summary)}", ""]
    groups, left = _limited(report, manner.limit)
    for group in groups:
        address = manner.at(group.url)
        if group.whole:
            lines += [f"- {link(text, address)}" for text, _ in group.lines]
            continue
        lines.append(f"- {link(group.heading, address)}")
        lines += [f"  - {escaped(text)}" for text, _ in group.lines]
    return [*lines, f"- ほか{left}か所"] if left else lines


def _limited(report: PlanReport, limit: int | None) -> tuple[list[Group], int]:
    """The groups with their first `limit` lines together, and how many changes are left."""
    room = sum(len(group.lines) for group in report.groups) if limit is None else limit
    groups = []
    told = 0
    for group in report.groups:
        shown = group.lines[:room]
        room -= len(shown)
        told += sum(count for _, count in shown)
        if shown:
            groups.append(replace(group, lines=shown))
    return groups, report.count - told


def _cut(lines: Sequence[str]) -> list[str]:
    """As many lines as fit into a comment; every line stands for itself."""
    room = LONGEST
    for number, line in enumerate(lines):
        room -= len(line) + 1
        if room < 0:
            return [*lines[:number], "", f"長いため、残りの{len(lines) - number}行を省きました。"]
    return list(lines)


def as_json(changes: Sequence[Change], manner: Manner) -> str:
    """An array of objects, one a change, those that only follow others included."""
    rows = [
        {
            **{name: getattr(change, name) for name in _FIELDS},
            "url": manner.at(change.url),
            **{name: getattr(change, name) for name in _VALUES},
        }
        for change in changes
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1)


FORMATS: dict[str, Callable[[Sequence[Change], Manner], str]] = {
    "text": as_text,
    "markdown": as_markdown,
    "json": as_json,
}
