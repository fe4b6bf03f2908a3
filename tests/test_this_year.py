"""What a plan holds for one fiscal year: what is printed, and nothing that is guessed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dxsite import pipeline
from dxsite.catalog import Plan
from dxsite.diagnostics import Report
from dxsite.fiscal import FiscalYear
from dxsite.positions import Text
from dxsite.site.thisyear import ThisYearView, this_year_of
from tests.conftest import TODAY

ROOT = Path(__file__).resolve().parent.parent
MEASURE = (ROOT / "tests/small/content/aoi/measures/forms.yaml").read_text("utf-8")
PRINTED = """\
工程:
  - 年度: R5
    内容: 検討

  - 年度: R6-
    内容: 運用
"""
Reading = Callable[..., Plan]


@pytest.fixture
def plan(small_plan: Callable[..., Any]) -> Reading:
    """The small plan (令和5 to 9年度) with another schedule; its targets are due R6 and R9."""

    def read(*entries: str) -> Plan:
        lines = [
            f'  - 年度: "{year}"\n    内容: {text}\n' for year, text in map(str.split, entries)
        ]
        schedule = "工程:\n" + "\n".join(lines) if lines else ""
        assert PRINTED in MEASURE
        desk = small_plan()
        desk.write("aoi/measures/forms.yaml", MEASURE.replace(PRINTED, schedule))
        report = Report()
        order = pipeline.Order(root=desk.root, output=desk.root / "public", today=TODAY)
        catalog = pipeline.check(order, report)
        assert catalog is not None, report.findings
        return catalog.plans[0]

    return read


def works(view: ThisYearView) -> list[tuple[str, str, bool]]:
    return [
        (work.text, work.when, work.begins)
        for group in view.groups
        for promise in group.promises
        for work in promise.works
    ]


def targets(view: ThisYearView) -> list[str]:
    return [text for group in view.groups for one in group.promises for text in one.targets]


def test_who_else_is_responsible_is_told_too(plan: Reading) -> None:
    """As on the measure's own page: the plan's ほか is part of the answer."""
    one = plan("R7 導入")
    (measure,) = one.measures
    note = Text("ほか関係各課", measure.place)
    shared = replace(one, measures=(replace(measure, departments_note=note),))
    ((promise,),) = [group.promises for group in this_year_of(shared, FiscalYear(2025)).groups]
    assert promise.departments == "情報課ほか関係各課"


def test_what_is_printed_for_the_year_is_told_once(plan: Reading) -> None:
    view = this_year_of(plan("R5 検討", "R7 導入", "R8 運用"), FiscalYear(2025))
    assert works(view) == [("導入", "", True)]
    assert view.measures == 1


def test_a_stretch_says_its_own_years(plan: Reading) -> None:
    view = this_year_of(plan("R6-R8 導入", "R5- 運用"), FiscalYear(2025))
    assert works(view) == [
        ("導入", "令和6年度から令和8年度（2024～2026年度）", False),
        ("運用", "令和5年度（2023年度）以降", False),
    ]


def test_a_target_of_the_year_is_told(plan: Reading) -> None:
    view = this_year_of(plan("R5 検討"), FiscalYear(2024))
    assert targets(view) == ["手続き数 40件"]
    assert works(view) == []


def test_a_lost_end_is_no_promise(plan: Reading) -> None:
    """Begun in R6 with an end that the print lost: perhaps, and said apart."""
    view = this_year_of(plan("R6-? 導入"), FiscalYear(2025))
    assert view.groups == ()
    assert [link.label for link in view.begun] == ["オンライン申請の拡充"]


def test_what_runs_all_the_time_ends_with_the_plan(plan: Reading) -> None:
    whole = plan("随時 支援")
    assert works(this_year_of(whole, FiscalYear(2027))) == [("支援", "計画期間を通じて", False)]
    after = this_year_of(whole, FiscalYear(2028))
    assert (after.stage, after.groups, after.begun) == ("after", (), ())


def test_before_the_plan_nothing_is_promised(plan: Reading) -> None:
    before = this_year_of(plan("R5 検討"), FiscalYear(2022))
    assert (before.stage, before.groups) == ("before", ())
