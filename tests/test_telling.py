"""A report reads well for people, for GitHub, for machines."""

import json
from typing import Any

from dxsite import telling
from dxsite.diagnostics import Finding, Report, Severity
from dxsite.faults import Fault
from dxsite.positions import Place

ERROR = Finding(
    Place("content/aoi/measures/x.yaml", 14, 5),
    Severity.ERROR,
    "unknown-key",
    "「担当」という項目はありません。",
    "「担当課」のことでしたら、そのように書き直してください。",
)
WARNING = Finding(
    Place("content/a,b/100%:x.yaml"), Severity.WARNING, "odd", "一行目\n二行目", "直す。"
)


def test_people_read_place_sentence_and_next_step() -> None:
    assert telling.as_text([ERROR]) == (
        "content/aoi/measures/x.yaml:14:5: 誤り: 「担当」という項目はありません。\n"
        "    → 「担当課」のことでしたら、そのように書き直してください。（unknown-key）"
    )


def test_nothing_wrong_is_nothing_said() -> None:
    assert telling.as_text([]) == ""
    assert telling.as_github([]) == ""
    assert json.loads(telling.as_json([])) == []


def test_machines_read_the_array_of_the_contract() -> None:
    assert json.loads(telling.as_json([ERROR])) == [
        {
            "path": "content/aoi/measures/x.yaml",
            "line": 14,
            "column": 5,
            "severity": "error",
            "code": "unknown-key",
            "message": "「担当」という項目はありません。",
            "hint": "「担当課」のことでしたら、そのように書き直してください。",
        }
    ]


def test_github_gets_one_escaped_line_a_finding() -> None:
    error, warning = telling.as_github([ERROR, WARNING]).split("\n")
    assert error.startswith(
        "::error file=content/aoi/measures/x.yaml,line=14,col=5,title=unknown-key::「担当」"
    )
    assert warning == (
        "::warning file=content/a%2Cb/100%25%3Ax.yaml,line=1,col=1,title=odd"
        "::一行目%0A二行目 直す。"
    )


def test_code_scanning_gets_sarif() -> None:
    log: dict[str, Any] = json.loads(telling.as_sarif([ERROR, WARNING, ERROR]))
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["odd", "unknown-key"]
    assert [result["level"] for result in run["results"]] == ["error", "warning", "error"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 14, "startColumn": 5}
    odd = run["results"][1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert odd == "content/a%2Cb/100%25%3Ax.yaml"


def test_a_report_keeps_each_fault_once_and_in_the_order_of_places() -> None:
    report = Report()
    for path, line, column in (("b", 1, 1), ("a", 10, 1), ("a", 9, 2), ("a", 9, 1), ("a", 9, 1)):
        report.error(Place(path, line, column), "x", "誤り。", "直す。")
    report.warning(Place("a", 9, 1), "x", "注意。", "見る。")
    places = [finding.place for finding in report.findings]
    assert places == [("a", 9, 1), ("a", 9, 1), ("a", 9, 2), ("a", 10, 1), ("b", 1, 1)]
    assert (report.errors, report.warnings) == (4, 1)


def test_the_closing_line_counts() -> None:
    assert telling.counted(0, 0) == "誤りも注意もありません。"
    assert telling.counted(2, 1) == "誤り2件、注意1件。"


def test_a_fault_of_the_house_can_stand_among_findings() -> None:
    finding = telling.fault_as_finding(Fault("テンプレートが壊れています。", "直してください。"))
    assert (finding.severity, finding.message) == (Severity.ERROR, "テンプレートが壊れています。")
