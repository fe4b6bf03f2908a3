"""Words a report for people, CI and machines."""

import json
from collections.abc import Callable, Sequence
from urllib.parse import quote

from dxsite.diagnostics import Finding, Severity
from dxsite.faults import Fault
from dxsite.positions import Place
from dxsite.publishing import Published

UNCHANGED = "公開中のサイトは変わっていません。"
_LABELS = {Severity.ERROR: "誤り", Severity.WARNING: "注意"}


def as_text(findings: Sequence[Finding]) -> str:
    """One paragraph a finding: place, sentence, next step."""
    return "\n".join(
        f"{f.place}: {_LABELS[f.severity]}: {f.message}\n    → {f.hint}（{f.code}）"
        for f in findings
    )


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
    """Workflow commands, which GitHub shows as annotations beside the lines."""
    return "\n".join(
        f"::{f.severity.value} file={_property(f.place.path)},line={f.place.line},"
        f"col={f.place.column},title={f.code}::{_escaped(f'{f.message} {f.hint}')}"
        for f in findings
    )


def as_sarif(findings: Sequence[Finding]) -> str:
    """SARIF 2.1.0, for code scanning."""
    results = [
        {
            "ruleId": f.code,
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
    rules = [{"id": code} for code in sorted({f.code for f in findings})]
    run = {"tool": {"driver": {"name": "dxsite", "rules": rules}}, "results": results}
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0"}
    return json.dumps({**log, "runs": [run]}, ensure_ascii=False, indent=1)


FORMATS: dict[str, Callable[[Sequence[Finding]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}


def counted(errors: int, warnings: int) -> str:
    """The line that ends a check."""
    if not errors and not warnings:
        return "誤りも注意もありません。"
    return f"誤り{errors}件、注意{warnings}件。"


def published(pages: int, done: Published, seconds: float) -> str:
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
