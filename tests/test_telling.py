"""A report reads well for people, for GitHub, for machines."""

import ast
import json
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dxsite import guide, telling
from dxsite.calling import CALLED_AS
from dxsite.cli import cli
from dxsite.diagnostics import Finding, Report, Severity
from dxsite.faults import Fault
from dxsite.positions import Place
from tests.conftest import ROOT

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


def test_a_hint_names_a_command_as_the_program_was_called(monkeypatch: pytest.MonkeyPatch) -> None:
    assert telling.more([ERROR]).endswith(": dxsite explain unknown-key")
    monkeypatch.setenv(CALLED_AS, "python3 build.py")
    assert telling.more([ERROR]).endswith(": python3 build.py explain unknown-key")


def test_no_sentence_spells_how_a_command_is_typed() -> None:
    """It depends on how the program was called; `calling` knows."""
    typed = re.compile(rf"(?:dxsite|build\.py) (?:{'|'.join(cli.commands)})\b")
    trees = [ast.parse(path.read_text("utf-8")) for path in (ROOT / "dxsite").rglob("*.py")]
    texts = [
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    spelled = [text for text in texts if typed.search(text)]
    assert [text for text in spelled if re.search(r"[ぁ-ん]", text)] == []


def test_build_py_passes_on_how_it_was_called(tmp_path: Path) -> None:
    """A copy of it, with an environment that is ready and a program that says what it got."""
    shutil.copy(ROOT / "build.py", tmp_path)
    (tmp_path / "requirements.txt").write_text("", "utf-8")
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/python").symlink_to(sys.executable)
    (tmp_path / "dxsite").mkdir()
    told = f"import os; print(os.environ['{CALLED_AS}'])"
    (tmp_path / "dxsite/__main__.py").write_text(told, "utf-8")
    mark = "import build; build.STAMP.write_text(build.mark(build.REQUIREMENTS))"
    subprocess.run([sys.executable, "-c", mark], cwd=tmp_path, check=True)

    def said(script: str, cwd: Path) -> str:
        command = [sys.executable, script, "check"]
        done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    python = Path(sys.executable).name
    assert said("build.py", tmp_path) == f"{python} build.py"
    (tmp_path / "町の 計画").mkdir()
    (tmp_path / "町の 計画" / "build.py").symlink_to(tmp_path / "build.py")
    assert said("../build.py", tmp_path / "町の 計画") == f"{python} ../build.py"
    assert said("町の 計画/build.py", tmp_path) == f'{python} "町の 計画/build.py"'


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


def rules_of(base_url: str | None) -> dict[str, dict[str, Any]]:
    """What SARIF says of every code of the guide."""
    findings = [replace(ERROR, code=code) for code in guide.faults()]
    log = json.loads(telling.as_sarif(findings, base_url=base_url))
    return {rule["id"]: rule for rule in log["runs"][0]["tool"]["driver"]["rules"]}


def test_code_scanning_learns_what_the_guide_says_of_a_rule() -> None:
    """The members are those of a reportingDescriptor; GitHub shows up to 1024 letters of two."""
    rules = rules_of("https://example.org/")
    assert rules.keys() == guide.faults().keys()
    for code, rule in rules.items():
        assert rule.keys() == {
            *("id", "shortDescription", "fullDescription", "help", "helpUri"),
            "defaultConfiguration",
        }
        assert rule["helpUri"] == f"https://example.org/guide/faults/{code}/"
        assert rule["shortDescription"] == {"text": guide.faults()[code].title}
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert "直し方" in rule["help"]["text"]
        assert "](/" not in rule["help"]["markdown"]
        assert rule["help"]["markdown"].count("```") % 2 == 0
        assert rule["defaultConfiguration"]["level"] in ("error", "warning")
    help_ = rules["unknown-key"]["help"]["markdown"]
    assert "[項目の一覧](https://example.org/guide/fields/)" in help_
    assert "`content/aoi/measures/forms.yaml`\n\n```yaml\n" in help_
    assert rules["outside-period"]["defaultConfiguration"] == {"level": "warning"}


def test_without_an_address_a_rule_has_no_links() -> None:
    rules = rules_of(None)
    assert not [code for code, rule in rules.items() if "helpUri" in rule]
    assert "「項目の一覧」" in rules["unknown-key"]["help"]["markdown"]
    assert not [code for code, rule in rules.items() if "](" in rule["help"]["markdown"]]


def test_a_log_of_code_scanning_has_what_the_standard_asks_for() -> None:
    log: dict[str, Any] = json.loads(telling.as_sarif([ERROR, WARNING]))
    assert log.keys() == {"$schema", "version", "runs"}
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints", "columns count letters"
    assert run["tool"]["driver"]["name"] == "dxsite"
    assert re.fullmatch("[a-zA-Z]{2}(-[a-zA-Z]{2})?", run["tool"]["driver"]["language"])
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        (place,) = result["locations"]
        region = place["physicalLocation"]["region"]
        assert min(region["startLine"], region["startColumn"]) >= 1
    (odd,) = (rule for rule in run["tool"]["driver"]["rules"] if rule["id"] == "odd")
    assert odd == {"id": "odd"}, "no page of the guide, no words"


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
