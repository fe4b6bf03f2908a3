"""A report reads well for people, for GitHub, for machines."""

import json
import re
from dataclasses import replace
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


def quoted(line: str, column: int) -> list[str]:
    """The two lines that quote a line and mark a column."""
    finding = Finding(Place("a.yaml", 2, column), Severity.ERROR, "x", "誤り。", "直す。")
    _, *lines, _ = telling.as_text([finding], {"a.yaml": ["", line]}).split("\n")
    return lines


def test_people_see_the_line_and_the_place_in_it() -> None:
    """A full-width letter takes two columns of a terminal."""
    assert quoted("担当課：", 4) == ["    2 | 担当課：", "      |       ^"]
    assert quoted("a: b", 4) == ["    2 | a: b", "      |    ^"]


def test_a_long_line_is_cut_around_its_place() -> None:
    line, mark = quoted("あ" * 60 + "い" + "う" * 60, 61)
    assert line == f"    2 | …{'あ' * 24}い{'う' * 11}…"
    assert mark == f"      | {' ' * (48 + 1)}^"


def test_a_place_behind_the_end_is_marked_there() -> None:
    assert quoted("a:", 9) == ["    2 | a:", "      |   ^"]


def test_a_line_that_is_not_there_or_empty_is_not_quoted() -> None:
    assert quoted("", 1) == []
    finding = Finding(Place("a.yaml", 9, 1), Severity.ERROR, "x", "誤り。", "直す。")
    assert telling.as_text([finding], {"a.yaml": ["b"]}) == telling.as_text([finding])


def test_one_line_says_how_to_learn_more() -> None:
    assert telling.more([ERROR, WARNING]) == "くわしい直し方: dxsite explain unknown-key"
    assert telling.more([]) == ""


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
        "::error file=content/aoi/measures/x.yaml,line=14,col=5,"
        "title=内容の誤り（unknown-key）::「担当」"
    )
    assert warning == (
        "::warning file=content/a%2Cb/100%25%3Ax.yaml,line=1,col=1,title=内容の注意（odd）"
        "::一行目%0A二行目 直す。"
    )


def found(path: str, line: int, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(Place(path, line), severity, "odd", f"{path}の{line}", "直す。")


def test_github_gets_what_it_shows_and_no_file_hides_another() -> None:
    """Ten errors, ten warnings; the first of every file comes before the second of any."""
    many = [found("a", line) for line in range(1, 30)]
    others = [found(path, 1) for path in "bcdef"]
    warnings = [found("a", line, Severity.WARNING) for line in range(1, 13)]
    *lines, notice = telling.as_github([*warnings, *many, *others]).split("\n")
    shown = [line.split(",")[0:2] for line in lines]
    assert shown[:10] == [
        *(["::error file=a", f"line={line}"] for line in range(1, 6)),
        *([f"::error file={path}", "line=1"] for path in "bcdef"),
    ]
    assert shown[10:] == [["::warning file=a", f"line={line}"] for line in range(1, 11)]
    assert notice.startswith("::notice title=ほかに26件あります::誤り34件、注意12件。")


def test_a_table_tells_errors_first_and_leads_to_the_guide() -> None:
    table = telling.as_markdown([WARNING, ERROR], base_url="https://example.org/")
    assert table.splitlines() == [
        "**誤り1件、注意1件。**",
        "",
        "| | 場所 | 何が | 次にすること | 説明 |",
        "|---|---|---|---|---|",
        "| 誤り | content/aoi/measures/x.yaml 14行5字 | 「担当」という項目はありません。"
        " | 「担当課」のことでしたら、そのように書き直してください。"
        " | [unknown-key](<https://example.org/guide/faults/unknown-key/>) |",
        "| 注意 | content/a,b/100%:x.yaml 1行1字 | 一行目二行目 | 直す。"
        " | [odd](<https://example.org/guide/faults/odd/>) |",
    ]
    assert "| unknown-key |" in telling.as_markdown([ERROR])
    assert telling.as_markdown([]) == "**誤りも注意もありません。**"


def test_a_table_keeps_the_letters_of_strangers_harmless() -> None:
    bad = "a | b `c` <img src=x> @someone #1\n| d |\x00\u202e [e](http://f) ![g](h) \\| www.i.jp"
    (row,) = telling.as_markdown([replace(ERROR, message=bad)]).splitlines()[4:]
    cells = re.split(r"(?<!\\)(?:\\\\)*\|", row)
    assert len(cells) == 7
    assert not re.search(r"(?<!\\)[`<>\[\]]|@some|#1|\x00|\u202e|http://|www\.i", row)


def test_a_table_that_is_too_long_says_what_it_leaves_out() -> None:
    many = [found("い" * 40, line) for line in range(1, 9000)]
    table = telling.as_markdown(many, room=telling.SUMMARY)
    assert 0.99 * telling.SUMMARY < len(table.encode()) <= telling.SUMMARY < 1024 * 1024
    left = int(re.findall(r"残りの(\d+)件を省きました", table)[0])
    assert table.count("\n| 誤り |") + left == len(many)
    assert len(telling.as_markdown(many).encode()) <= telling.COMMENT


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
