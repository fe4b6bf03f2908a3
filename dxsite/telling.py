"""Words a report for people, CI and machines."""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from dxsite import __version__, urls
from dxsite.calling import command
from dxsite.diagnostics import Finding, Severity
from dxsite.faults import Fault
from dxsite.positions import Place

if TYPE_CHECKING:
    from dxsite.publishing import Published

_NO_LINES: Mapping[str, Sequence[str]] = {}
_WIDEST = 72  # columns of a quoted line
_BEFORE_MARK = 48  # columns of it before the mark
UNCHANGED = "公開中のサイトは変わっていません。"
_LABELS = {Severity.ERROR: "誤り", Severity.WARNING: "注意"}


def as_text(findings: Sequence[Finding], lines: Mapping[str, Sequence[str]] = _NO_LINES) -> str:
    """One paragraph a finding: place, sentence, next step.

    With `lines`, path → lines of the file, the line is quoted and the place in it marked.
    """
    return "\n".join(
        f"{f.place}: {_LABELS[f.severity]}: {f.message}\n"
        f"{_quoted(f.place, lines.get(f.place.path, ()))}    → {f.hint}（{f.code}）"
        for f in findings
    )


def more(findings: Sequence[Finding]) -> str:
    """The line below a text that says how to learn more; empty where there is nothing to learn."""
    return f"くわしい直し方: {command('explain', findings[0].code)}" if findings else ""


def _quoted(place: Place, lines: Sequence[str]) -> str:
    """The line of a place, cut to a screen's width, with a mark below the column; or nothing."""
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    if not line.strip():
        return ""
    at = min(place.column - 1, len(line))
    start = 0
    while _columns(line[start:at]) > _BEFORE_MARK:
        start += 1
    end = at
    while end < len(line) and _columns(line[start : end + 1]) <= _WIDEST:
        end += 1
    cut = [" " if c in "\t\x0b\x0c" else c for c in line]
    before = ("…" if start else "") + "".join(cut[start:at])
    after = "".join(cut[at:end]) + ("…" if end < len(line) else "")
    number = f"    {place.line} | "
    return f"{number}{before}{after}\n{' ' * (len(number) - 2)}| {' ' * _columns(before)}^\n"


def _columns(text: str) -> int:
    """How wide a terminal shows a text: a full-width letter takes two columns."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    marks = sum(bool(unicodedata.combining(c)) for c in text)
    return len(text) + wide - marks


def as_json(findings: Sequence[Finding]) -> str:
    """The array of contract §1, one object a finding."""
    rows = [
        {
            "path": f.place.path,
            "line": f.place.line,
            "column": f.place.column,
            "severity": f.severity.value,
            "code": f.code,
            "message": f.message,
            "hint": f.hint,
        }
        for f in findings
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def as_github(findings: Sequence[Finding]) -> str:
    """Workflow commands, which GitHub shows beside the lines: as many as it shows of one step."""
    shown = [f for severity in Severity for f in _foremost(findings, severity)]
    lines = [_command(f) for f in shown]
    if left := len(findings) - len(shown):
        title = _property(f"ほかに{left}件あります")
        lines.append(f"::notice title={title}::{_escaped(counted(*_counts(findings)))}{_ALL}")
    return "\n".join(lines)


_SHOWN = 10
"""How many errors, and how many warnings, GitHub shows of one step."""
_ALL = "すべての一覧は、この検査の「Summary」のページにあります。"


def _foremost(findings: Sequence[Finding], severity: Severity) -> list[Finding]:
    """The findings to show, by place: the first of every file, then the second of every file …"""
    turns: Counter[str] = Counter()
    rounds: list[tuple[int, Finding]] = []
    for finding in sorted(f for f in findings if f.severity is severity):
        turns[finding.place.path] += 1
        rounds.append((turns[finding.place.path], finding))
    return sorted(finding for _, finding in sorted(rounds)[:_SHOWN])


def _command(f: Finding) -> str:
    title = _property(f"内容の{_LABELS[f.severity]}（{f.code}）")
    return (
        f"::{f.severity.value} file={_property(f.place.path)},line={f.place.line},"
        f"col={f.place.column},title={title}::{_escaped(f'{f.message} {f.hint}')}"
    )


COMMENT = 20_000
"""Bytes of a table in a comment, which also tells what changed; GitHub takes 65,536 letters."""
SUMMARY = 1_000_000
"""Bytes of the summary of a step; GitHub takes 1 MiB."""


def as_markdown(
    findings: Sequence[Finding], *, base_url: str | None = None, room: int = COMMENT
) -> str:
    """A table of at most `room` bytes, errors first; the letters of the content are disarmed.

    With `base_url`, where the site is published, each code leads to its page in the guide.
    """
    head = f"**{counted(*_counts(findings))}**"
    if not findings:
        return head
    lines = [head, "", "| | 場所 | 何が | 次にすること | 説明 |", "|---|---|---|---|---|"]
    room -= sum(len(line.encode()) + 1 for line in lines) + len(_LEFT_OUT.encode()) + 20
    rows = [row for s in Severity for row in _rows(findings, s, base_url)]
    fit = list(takewhile(lambda row: row[0] <= room, _measured(rows)))
    lines += [row for _, row in fit]
    if left := len(rows) - len(fit):
        lines += ["", _LEFT_OUT.format(left)]
    return "\n".join(lines)


_LEFT_OUT = "長いため、残りの{}件を省きました。"


def _rows(findings: Sequence[Finding], severity: Severity, base_url: str | None) -> Iterator[str]:
    from dxsite.changes.markdown import escaped, link  # late: few checks are told in Markdown

    for f in sorted(f for f in findings if f.severity is severity):
        page = None if base_url is None else f"{base_url.rstrip('/')}{urls.guide_fault(f.code)}"
        cells = (
            _LABELS[severity],
            f"{escaped(f.place.path)} {f.place.line}行{f.place.column}字",
            escaped(f.message),
            escaped(f.hint),
            link(f.code, page),
        )
        yield f"| {' | '.join(cells)} |"


def _measured(rows: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Each row with the bytes up to its end."""
    size = 0
    for row in rows:
        size += len(row.encode()) + 1
        yield size, row


def _counts(findings: Sequence[Finding]) -> tuple[int, int]:
    """How many errors, how many warnings."""
    errors = sum(f.severity is Severity.ERROR for f in findings)
    return errors, len(findings) - errors


def as_sarif(findings: Sequence[Finding], *, base_url: str | None = None) -> str:
    """SARIF 2.1.0, for code scanning; each rule brings what the guide says of it.

    With `base_url`, where the site is published, each rule leads to its page in the guide.
    """
    codes = sorted({f.code for f in findings})
    results = [
        {
            "ruleId": f.code,
            "ruleIndex": codes.index(f.code),
            "level": f.severity.value,
            "message": {"text": f"{f.message} {f.hint}"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": quote(f.place.path)},
                        "region": {"startLine": f.place.line, "startColumn": f.place.column},
                    }
                }
            ],
        }
        for f in findings
    ]
    rules = [_rule(code, base_url) for code in codes]
    driver = {"name": "dxsite", "version": __version__, "language": "ja", "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0"}
    return json.dumps({**log, "runs": [run]}, ensure_ascii=False, indent=1)


def _rule(code: str, base_url: str | None) -> dict[str, Any]:
    """A reportingDescriptor: what the guide says of a code."""
    from dxsite import guide  # late: see _rows

    fault = guide.faults().get(code)
    if fault is None:
        return {"id": code}  # a fault of the house
    site = base_url.rstrip("/") if base_url else None
    return {
        "id": code,
        "shortDescription": {"text": fault.title},
        "fullDescription": {"text": guide.as_plain(fault.reason)},
        "help": {"text": guide.as_plain(fault.text), "markdown": _abroad(fault.text, site)},
        "defaultConfiguration": {"level": "warning" if fault.is_warning else "error"},
        **({"helpUri": f"{site}{urls.guide_fault(code)}"} if site else {}),
    }


def _abroad(text: str, site: str | None) -> str:
    """A text of the guide as it reads elsewhere: with the paths of its examples, and whole links."""
    text = re.sub(r"^```(\S+)$", r"`\1`\n\n```yaml", text, flags=re.MULTILINE)
    return re.sub(r"\[([^\]]*)\]\((/[^)]*)\)", rf"[\1]({site}\2)" if site else r"\1", text)


FORMATS: dict[str, Callable[[Sequence[Finding]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "markdown": as_markdown,
    "sarif": as_sarif,
}


def counted(errors: int, warnings: int) -> str:
    """The line that ends a check."""
    if not errors and not warnings:
        return "誤りも注意もありません。"
    return f"誤り{errors}件、注意{warnings}件。"


def published(pages: int, done: "Published", seconds: float) -> str:
    """The line that ends a build."""
    return (
        f"{pages}ページを作りました（書き換え{done.written}、変更なし{done.kept}、"
        f"削除{done.removed}、{seconds:.1f}秒）。"
    )


def fault_as_finding(fault: Fault) -> Finding:
    """A fault of the house, for the preview's panel of findings."""
    return Finding(Place("dxsite"), Severity.ERROR, "fault", fault.message, fault.hint)


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
