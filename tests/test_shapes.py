"""Every shape that a plan is known to print goes through, and nothing is guessed into it.

`shapes/content/` holds three invented plans: 青井市 prints costs, KGIs and arrows that the text
lost, 緑町 baselines and tables, 橙市 phases and the review of its earlier version.
"""

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from lxml import html

from dxsite import pipeline
from dxsite.diagnostics import Report
from tests.conftest import ROOT, TODAY, Desk

SHAPES = ROOT / "tests" / "shapes" / "content"
CONTENT = sorted(SHAPES.rglob("*.yaml"))

Json = dict[str, Any]  # Any: parsed JSON


def laid_out(root: Path) -> Desk:
    """A repository with the three plans."""
    for name in ("templates", "assets"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copytree(SHAPES, root / "content")
    return Desk(root)


def made(desk: Desk) -> dict[str, bytes]:
    """Every file of a desk's site."""
    report = Report()
    order = pipeline.Order(root=desk.root, output=desk.root / "public", today=TODAY, index=False)
    built = pipeline.make(order, report, lambda _: None)
    assert built is not None, report.findings
    return {artifact.path: artifact.data for artifact in built.artifacts}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return laid_out(tmp_path_factory.mktemp("shapes"))


@pytest.fixture(scope="module")
def files(desk: Desk) -> dict[str, bytes]:
    return made(desk)


@pytest.fixture(scope="module")
def plans(files: dict[str, bytes]) -> dict[str, Json]:
    """Their catalogue, by folder."""
    return {plan["slug"]: plan for plan in json.loads(files["data/catalog.json"])["plans"]}


class Catalogue:
    """Short ways to one fact of the three plans, and to what its page says."""

    def __init__(self, files: dict[str, bytes], plans: dict[str, Json]) -> None:
        self.files = files
        self.plans = plans

    def measure(self, name: str) -> Json:
        """aoi/counter → that measure."""
        slug, _, id_ = name.partition("/")
        (measure,) = (m for m in self.plans[slug]["measures"] if m["id"] == id_)
        found: Json = measure
        return found

    def kpi(self, name: str) -> Json:
        """aoi/counter/counters → that KPI."""
        measure, _, id_ = name.rpartition("/")
        (kpi,) = (k for k in self.measure(measure)["kpis"] if k["id"] == id_)
        found: Json = kpi
        return found

    def term(self, slug: str, id_: str) -> Json:
        """One explanation."""
        (term,) = (t for t in self.plans[slug]["glossary"] if t["id"] == id_)
        found: Json = term
        return found

    def page(self, path: str, part: str = "//main") -> str:
        """What a reader sees at /path/, without blanks."""
        tree = html.document_fromstring(self.files[f"{path}/index.html"].decode())
        return "".join(str(tree.xpath(f"string({part})")).split())

    def measure_page(self, name: str) -> str:
        """The page of a measure."""
        return self.page(name.replace("/", "/measures/"))


@pytest.fixture(scope="module")
def catalogue(files: dict[str, bytes], plans: dict[str, Json]) -> Catalogue:
    return Catalogue(files, plans)


def step(years: str, item: str | None, text: str | None = None, **other: Any) -> Json:
    """A line of a schedule: `2024-2026`, `2024-` (open end), `2024-?` (lost end), `?`, `always`."""
    first, dash, last = years.partition("-")
    known = int(first) if first.isdigit() else None
    return {
        "item": item,
        "text": text,
        "from": known,
        "to": (int(last) if last.isdigit() else None) if dash else known,
        "open_end": bool(dash) and not last,
        "always": years == "always",
        "certain": "?" not in years,
        "departments": [],
        **other,
    }


def value(year: int | None, text: str, number: float | None, **other: Any) -> Json:
    """A target."""
    return {
        "fiscal_year": year,
        "year_end": False,
        "text": text,
        "number": number,
        "of": None,
        "operator": None,
        "certain": True,
        "footnote": None,
        **other,
    }


def baseline(text: str, number: float | None, as_of: str = "R5") -> Json:
    return {"text": text, "number": number, "of": None, "as_of": as_of, "footnote": None}


def cost(year: int, amount: int | None, footnote: str | None = None) -> Json:
    return {"fiscal_year": year, "thousand_yen": amount, "footnote": footnote}


# ---------------------------------------------------------------------------- the whole of it


def test_nothing_is_said_against_the_three_plans(desk: Desk) -> None:
    assert desk.findings() == ()


def test_the_catalogue_is_as_its_schema_says(files: dict[str, bytes]) -> None:
    schema = json.loads(files["data/catalog.schema.json"])
    jsonschema.Draft202012Validator(schema).validate(json.loads(files["data/catalog.json"]))


@pytest.mark.parametrize("path", CONTENT, ids=lambda path: path.relative_to(SHAPES).as_posix())
def test_an_editor_with_the_schema_accepts_the_file(files: dict[str, bytes], path: Path) -> None:
    """Texts as typed; dxsite reads them itself."""
    kind = "measure" if path.parent.name == "measures" else path.stem
    schema = json.loads(files[f"schema/{kind}.json"])
    typed = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
    jsonschema.Draft202012Validator(schema).validate(typed)


def test_every_measure_of_the_three_plans_has_its_page(
    files: dict[str, bytes], plans: dict[str, Json]
) -> None:
    urls = [measure["url"] for plan in plans.values() for measure in plan["measures"]]
    assert len(urls) == 17
    assert [url for url in urls if f"{url.strip('/')}/index.html" not in files] == []


# --------------------------------------------------------------------------------- the schedule


def test_a_row_whose_arrows_are_wholly_lost(catalogue: Catalogue) -> None:
    assert catalogue.measure("aoi/online-forms")["schedule"] == [
        step("?", "市民生活に関係の深い手続をオンライン化"),
        step("?", "押印が不要となった手続のオンライン化"),
    ]
    page = catalogue.measure_page("aoi/online-forms")
    assert page.count("年度の記載は不明") == 2  # in the list of years and in the drawing
    assert "終わりは不明" not in page


def test_an_arrow_with_a_known_start_a_lost_end_and_one_that_goes_on(catalogue: Catalogue) -> None:
    assert catalogue.measure("aoi/school-app")["schedule"] == [
        step("2022-?", "先進事例の調査・研究"),
        step("2024-?", "アプリ等の導入"),
        step("2024-2025", "利用者への説明"),
        step("2025-", "運用"),
    ]
    page = catalogue.measure_page("aoi/school-app")
    assert "令和4年度（2022年度）から（終わりは不明）" in page
    assert "令和7年度（2025年度）以降" in page


def test_a_row_for_the_whole_period(catalogue: Catalogue) -> None:
    steps = catalogue.measure("aoi/ai-rpa")["schedule"]
    assert steps[1] == step("always", "職員研修・サポートの実施")
    assert "計画期間を通じて" in catalogue.measure_page("aoi/ai-rpa")


def test_words_in_a_cell_without_a_year(catalogue: Catalogue) -> None:
    (only,) = catalogue.measure("midori/forms")["schedule"]
    assert only == step("?", "電子申請の活用による手続きのオンライン化", "順次構築")
    # The target's year is known, the schedule's is not.
    page = catalogue.measure_page("midori/forms")
    assert "目標は令和11年度（2029年度）まで" in page
    assert "年度の記載は不明" in page


def test_a_merged_cell_keeps_the_year_in_which_it_stands(catalogue: Catalogue) -> None:
    assert catalogue.measure("midori/counter-terminal")["schedule"] == [
        step("2024?", "窓口申請システムの活用", "順次構築", **{"from": 2024, "to": 2024}),
        step("2024-", "多様な支払い", "導入に向けた検討、順次導入"),
    ]
    page = catalogue.measure_page("midori/counter-terminal")
    assert "年度は不確か" in page
    assert "令和6年度（2024年度）から（不確かな年度を含む）" in page


def test_two_rows_with_their_own_departments(catalogue: Catalogue) -> None:
    own = ["教育文化課"]
    row = "小中学校図書室の蔵書管理システム構築"
    assert catalogue.measure("midori/library")["schedule"] == [
        step("2024?", row, "構築", departments=own, **{"from": 2024, "to": 2024}),
        step("2025?", row, "蔵書管理システムの運用", departments=own, **{"from": 2025, "to": 2025}),
        step(
            "2025-?",
            "町立図書館とのシステム一元化",
            "一元化の検討及び導入",
            departments=["総務課", "各担当課"],
        ),
    ]
    assert "総務課、各担当課" in catalogue.measure_page("midori/library")


def test_a_row_of_phases_with_two_at_once(catalogue: Catalogue) -> None:
    row = "標準準拠システムへの移行"
    assert catalogue.measure("midori/standard-systems")["schedule"] == [
        step("2024", row, "BPR"),
        step("2025", row, "構築"),
        step("2026-?", row, "ガバメントクラウド移行"),
        step("2026-2027", row, "連携システムのBPR"),
    ]


def test_a_cell_before_the_plan_begins(catalogue: Catalogue) -> None:
    assert catalogue.measure("daidai/forms")["schedule"] == [
        step("2025", "オンライン申請の拡充", "実施"),
        step("2026-2028", "オンライン申請の拡充", "拡充"),
    ]
    assert "計画期間外" in catalogue.measure_page("daidai/forms")


def test_a_dashed_arrow_and_the_solid_one_after_it_are_phases_of_one_row(
    catalogue: Catalogue,
) -> None:
    row = "「書かない窓口」の導入と手続き支援"
    assert catalogue.measure("daidai/no-write")["schedule"] == [
        step("2026-2027", row, "検討"),
        step("2028", row, "実施"),
    ]


def test_two_phases_in_one_cell(catalogue: Catalogue) -> None:
    (only,) = catalogue.measure("daidai/bpr")["schedule"]
    assert only == step("2026-2027", "BPRの実施", "検討・実施")


def test_a_measure_that_only_reports_what_was_done(catalogue: Catalogue) -> None:
    measure = catalogue.measure("midori/council")
    assert (measure["schedule"], measure["kpis"], measure["costs"]) == ([], [], [])
    assert measure["status"] == "実施済"
    assert measure["sections"] == [
        {"heading": "これまでの取組み", "text": "生中継と録画を続けています。"}
    ]
    page = catalogue.measure_page("midori/council")
    assert "計画に工程の記載はありません。" in page
    assert "計画に数値目標の記載はありません。" in page


# -------------------------------------------------------------------------------------- figures


def test_a_kgi_without_a_year_beside_a_kpi_of_the_same_name(catalogue: Catalogue) -> None:
    kgi = catalogue.kpi("aoi/online-forms/procedures-kgi")
    kpi = catalogue.kpi("aoi/online-forms/procedures")
    assert kgi["label"] == kpi["label"] == "オンライン申請できる手続数"
    assert (kgi["kind"], kpi["kind"]) == ("KGI", "KPI")
    assert kgi["cumulative"] is True
    assert kgi["targets"] == [value(None, "112手続", 112)]
    assert kpi["targets"] == [
        value(2022, "40手続", 40),
        value(2023, "64手続", 64),
        value(2024, "88手続", 88),
        value(2025, "112手続", 112),
    ]
    assert "年度の記載なし112手続" in catalogue.measure_page("aoi/online-forms")


def test_a_figure_with_a_decimal_point(catalogue: Catalogue) -> None:
    targets = catalogue.kpi("aoi/digital-divide/wish")["targets"]
    assert targets[0] == value(2022, "72.5%", 72.5)


def test_a_dash_is_no_target(catalogue: Catalogue) -> None:
    assert catalogue.kpi("aoi/school-app/users")["targets"] == [
        value(2022, "－", None),
        value(2023, "－", None),
        value(2024, "－", None),
        value(2025, "80%", 80),
    ]
    page = catalogue.measure_page("aoi/school-app")
    assert page.count("目標なし（－）") == 3


def test_a_share_of_those_concerned(catalogue: Catalogue) -> None:
    kgi = catalogue.kpi("aoi/school-app/users-kgi")
    assert kgi["targets"] == [value(None, "対象者の80%", 80)]


def test_a_target_in_words_with_the_mark_of_a_footnote(catalogue: Catalogue) -> None:
    everywhere = "導入を決定した全窓口"
    assert catalogue.kpi("aoi/counter/counters")["targets"] == [
        value(2022, "－", None),
        value(2023, "1（試行）", 1),
        value(2024, everywhere, None, footnote="※2"),
        value(2025, everywhere, None, footnote="※2"),
    ]
    page = catalogue.measure_page("aoi/counter")
    assert "導入を決定した全窓口※2" in page
    assert "※2試行の結果を受け" in page


def test_a_reduction_is_a_positive_number_that_goes_down(catalogue: Catalogue) -> None:
    kgi, kpi = catalogue.measure("aoi/ai-rpa")["kpis"]
    assert kgi["targets"] == [value(None, "導入前と比べて30%減", 30)]
    assert kpi["targets"][3] == value(2025, "30%減", 30)
    assert (kgi["direction"], kpi["direction"]) == ("down", "down")


def test_footnotes_stand_beside_numbers_and_costs(catalogue: Catalogue) -> None:
    measure = catalogue.measure("aoi/standard-systems")
    assert measure["kpis"][1]["targets"] == [
        value(2022, "1業務", 1, footnote="※2"),
        value(2023, "1業務", 1, footnote="※2"),
        value(2024, "1業務", 1, footnote="※2"),
        value(2025, "20業務", 20, footnote="※3"),
    ]
    assert measure["costs"] == [
        cost(2022, 0, "※4"),
        cost(2023, 0, "※4"),
        cost(2024, 0, "※4"),
        cost(2025, 427000, "※4"),
    ]
    assert [note[:2] for note in measure["footnotes"]] == ["※1", "※2", "※3", "※4"]
    page = catalogue.measure_page("aoi/standard-systems")
    assert "20業務※3" in page
    assert "0千円※4" in page


def test_a_baseline_with_its_date_and_a_target(catalogue: Catalogue) -> None:
    kpi = catalogue.kpi("midori/counter-terminal/certificates")
    assert kpi["baseline"] == baseline("181部", 181, "R5（令和6年1月末現在）")
    assert kpi["targets"] == [value(2029, "1,500部", 1500)]


def test_a_baseline_of_a_year_before_the_others(catalogue: Catalogue) -> None:
    kpi = catalogue.kpi("midori/standard-systems/running-costs")
    assert kpi["baseline"] == baseline("56,736千円", 56736, "R3")


def test_a_baseline_of_nought(catalogue: Catalogue) -> None:
    kpi = catalogue.kpi("midori/standard-systems/tasks")
    assert kpi["baseline"] == baseline("0業務", 0)


def test_a_target_whose_year_the_print_leaves_open(catalogue: Catalogue) -> None:
    (target,) = catalogue.kpi("midori/library/loans")["targets"]
    assert target == value(2029, "16,000冊", 16000, certain=False)
    page = catalogue.measure_page("midori/library")
    assert "16,000冊（令和11年度／2029年度、年度は不確か）" in page


STAFF: list[tuple[str, Json | None, Json]] = [
    ("classes", baseline("2回", 2), value(2029, "毎年5回", 5)),
    ("training", baseline("不定期で1回", 1), value(2029, "3年ごとに1回", 1)),
    ("cadastral-map", baseline("1枚あたり約5分", 5), value(2029, "1枚あたり2分に短縮する", 2)),
    ("telework", baseline("一月当たり29%", 29, "R5（令和5年12月時点）"), value(2029, "50%", 50)),
    ("security", baseline("1%", 1), value(2029, "全職員の50%受講", 50)),
    (
        "committee",
        baseline("委員への研修1回、全職員向け1回", None),
        value(2029, "毎年委員への研修及び全職員向け1回以上", None),
    ),
    (
        "followers",
        baseline("約7,000人", 7000),
        value(2029, "7,000人以上", 7000, operator=">=", year_end=True),
    ),
    (
        "paper",
        baseline("年間約37,000件分を紙媒体で印刷し保管", 37000),
        value(2029, "年間約37,000件分をペーパーレス化", None),
    ),
    (
        "chat",
        baseline("グループウェアの活用", None),
        value(2029, "チャット活用によるコミュニケーションの確立", None),
    ),
    ("satisfaction", None, value(2029, "5段階で4以上", 4, operator=">=")),
]


@pytest.mark.parametrize(("id_", "start", "target"), STAFF, ids=[row[0] for row in STAFF])
def test_a_figure_in_the_words_of_the_plan(
    catalogue: Catalogue, id_: str, start: Json | None, target: Json
) -> None:
    kpi = catalogue.kpi(f"midori/staff/{id_}")
    assert (kpi["baseline"], kpi["targets"]) == (start, [target])


def test_a_bound_from_above(catalogue: Catalogue) -> None:
    kpi = catalogue.kpi("midori/staff/waiting")
    assert kpi["baseline"] == baseline("90分程度", 90)
    assert kpi["targets"] == [
        value(2028, "45分以内", 45, operator="<="),
        value(2029, "45分以内に短縮する", 45, operator="<="),
    ]


def test_a_kpi_that_the_plan_will_set_later(catalogue: Catalogue) -> None:
    kpi = catalogue.kpi("midori/staff/later")
    assert (kpi["label"], kpi["pending"], kpi["targets"]) == (None, True, [])
    assert "計画は、この指標をあとで定めるとしています。" in catalogue.measure_page("midori/staff")


def test_a_kpi_repeated_from_another_measure(catalogue: Catalogue) -> None:
    kpi = catalogue.kpi("midori/my-number-card/certificates")
    assert kpi["same_as"] == "counter-terminal/certificates"
    page = catalogue.measure_page("midori/my-number-card")
    assert "再掲：もとの指標は「書かない窓口と多様な支払い」にあります。" in page


# ---------------------------------------------------------------------------------------- money


def test_a_dash_is_not_nought(catalogue: Catalogue) -> None:
    assert catalogue.measure("aoi/school-app")["costs"] == [
        cost(2022, None),
        cost(2023, None),
        cost(2024, 14000),
        cost(2025, 13000),
    ]
    assert catalogue.measure("aoi/digital-divide")["costs"][0] == cost(2022, 0)
    assert catalogue.measure_page("aoi/school-app").count("計上なし（－）") == 2
    assert "0千円" in catalogue.measure_page("aoi/digital-divide")


def test_the_totals_of_the_plan_with_its_general_fund(catalogue: Catalogue) -> None:
    totals = catalogue.plans["aoi"]["cost_totals"]
    assert len(totals) == 15
    assert totals[3] == {
        "group": "Ⅰ",
        "fiscal_year": 2025,
        "thousand_yen": 23000,
        "general_fund_thousand_yen": 13000,
    }
    assert totals[14] == {
        "group": "計",
        "fiscal_year": None,
        "thousand_yen": 506000,
        "general_fund_thousand_yen": 381600,
    }


def test_the_sums_of_the_measures_stand_beside_the_totals(catalogue: Catalogue) -> None:
    totals = catalogue.page("aoi", "//*[@id='totals']")
    assert totals.count("506,000千円（5億600万円）") == 2
    assert totals.count("431,000千円（4億3,100万円）") == 2
    assert "合計と異なる" not in totals


def test_a_total_that_is_not_their_sum_is_marked_and_left_as_printed(tmp_path: Path) -> None:
    desk = laid_out(tmp_path)
    plan = (SHAPES / "aoi/plan.yaml").read_text("utf-8")
    desk.write("aoi/plan.yaml", plan.replace("経費: 506,000", "経費: 507,000"))
    (finding,) = desk.findings()
    assert finding.code == "total-disagrees"
    page = html.document_fromstring(made(desk)["aoi/index.html"].decode())
    words = "".join(str(page.xpath("string(//*[@id='totals']//tbody/tr[last()])")).split())
    assert words == (
        "計計507,000千円（5億700万円）381,600千円（3億8,160万円）"
        "506,000千円（5億600万円）合計と異なる"
    )


# ------------------------------------------------------------------- structure and departments


def test_three_levels_each_with_its_own_word(catalogue: Catalogue) -> None:
    nodes = catalogue.plans["midori"]["structure"][:3]
    assert [(n["code"], n["level"], n["parent"]) for n in nodes] == [
        ("(1)", "基本目標", None),
        ("(1)-1", "施策分野", "(1)"),
        ("(1)-1-ア", "小分野", "(1)-1"),
    ]
    assert "基本目標(1)町民サービスの向上" in catalogue.measure_page("midori/forms")


def test_a_level_without_a_word_and_a_node_without_a_name(catalogue: Catalogue) -> None:
    nodes = {node["code"]: node for node in catalogue.plans["daidai"]["structure"]}
    assert (nodes["1.1"]["level"], nodes["1.1"]["title"]) == (None, "フロントヤード改革")
    assert (nodes["2.1"]["level"], nodes["2.1"]["title"]) == (None, None)


def test_one_measure_under_several_nodes(catalogue: Catalogue) -> None:
    assert catalogue.measure("daidai/bpr")["parents"] == ["2.1", "1.1"]
    assert catalogue.page("daidai", "//*[@id='structure']").count("BPRの実施") == 2


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("aoi/online-forms", "Ⅰ-1-①"),
        ("midori/forms", "(1)-1-1"),
        ("daidai/bpr", "⑬"),
    ],
)
def test_a_number_as_the_plan_writes_it(catalogue: Catalogue, name: str, number: str) -> None:
    assert catalogue.measure(name)["number"] == number
    assert f"施策{number}" in catalogue.measure_page(name)


@pytest.mark.parametrize(
    ("name", "departments", "note", "words"),
    [
        ("aoi/counter", [], None, "担当記載なし"),
        ("midori/forms", [], "各担当課", "担当各担当課"),
        ("midori/staff", ["総務課", "健康福祉課"], None, "担当総務課、健康福祉課"),
        ("daidai/no-write", ["市民課"], "ほか関係各課", "担当市民課ほか関係各課"),
        ("daidai/forms", ["デジタル推進室"], "関係各課", "担当デジタル推進室、関係各課"),
        ("daidai/bpr", ["デジタル推進室"], "全庁", "担当デジタル推進室、全庁"),
    ],
)
def test_departments_and_what_is_no_department(
    catalogue: Catalogue, name: str, departments: list[str], note: str | None, words: str
) -> None:
    measure = catalogue.measure(name)
    assert (measure["departments"], measure["departments_note"]) == (departments, note)
    assert words in catalogue.measure_page(name)


def test_named_actions_inside_a_measure_are_a_list(catalogue: Catalogue) -> None:
    ((section),) = catalogue.measure("daidai/disaster")["sections"]
    assert section["text"].count("\n- **") == 3
    page = catalogue.files["daidai/measures/disaster/index.html"].decode()
    assert "<strong>ハザードマップのデジタル化</strong>：だれでも見られる地図にします。" in page
    assert "<strong>「避難所チェックイン」の検討</strong>：" in page


# --------------------------------------------------------------------------------------- tables


def test_a_table_in_groups(catalogue: Catalogue) -> None:
    (table,) = catalogue.measure("midori/forms")["tables"]
    assert table["title"] == "オンライン化済みの手続き"
    assert table["columns"] == ["担当課", "区分", "手続き"]
    assert table["rows"][2] == [
        "健康福祉課",
        "介護関係 <申請関係>",
        "①要介護・要支援新規認定の申請",
    ]


def test_a_table_of_circles_and_crosses(catalogue: Catalogue) -> None:
    (table,) = catalogue.measure("midori/counter-terminal")["tables"]
    assert table["rows"] == [
        ["税務町民課", "町県民税", "○"],
        ["建設水道課", "水道使用料", "×"],
    ]


def test_a_grid_without_headings(catalogue: Catalogue) -> None:
    (table,) = catalogue.measure("midori/standard-systems")["tables"]
    assert table["columns"] == []
    assert [len(row) for row in table["rows"]] == [3] * 6
    assert table["rows"][5] == ["⑯戸籍附票", "⑰印鑑登録", "計17業務"]
    page = catalogue.files["midori/measures/standard-systems/index.html"].decode()
    assert "<td>①住民基本台帳</td>" in page


# ------------------------------------------------------------------------------ the plan itself


def test_what_the_plan_says_of_itself(catalogue: Catalogue) -> None:
    plan = catalogue.plans["daidai"]
    assert plan["version"] == "Ver.3"
    assert (plan["established"], plan["revised"]) == ("2026-06", None)
    assert catalogue.plans["midori"]["revised"] == "2025-03"
    assert plan["fiscal_years"] == {"from": 2026, "to": 2028}
    assert plan["vision"] == "やさしくつながる市役所"
    assert plan["parent_plans"] == ["橙市第5次総合計画・後期基本計画", "第3期橙市創生総合戦略"]


def test_priorities_of_parts_that_have_no_measure_yet(catalogue: Catalogue) -> None:
    plan = catalogue.plans["aoi"]
    assert plan["priorities"][:2] == [
        {
            "structure": "Ⅰ-1",
            "group": None,
            "title": "行政手続のオンライン化",
            "urgency": 100,
            "importance": 100,
        },
        {
            "structure": None,
            "group": "Ⅰ",
            "title": "マイナンバーカードの普及促進",
            "urgency": 40,
            "importance": 85,
        },
    ]


def test_priorities_come_with_their_disclaimer(catalogue: Catalogue) -> None:
    note = "この数値は提言などを基にしたもので、事業の優劣を決めるものではありません。"
    assert catalogue.plans["aoi"]["priorities_note"] == note
    assert note in catalogue.page("aoi")


def test_measures_that_the_plan_will_consider_later(catalogue: Catalogue) -> None:
    assert catalogue.plans["aoi"]["future_measures"] == [
        {
            "number": 1,
            "title": "マイナンバーカードの普及促進",
            "group": "Ⅰ",
            "text": "カードで使えるサービスを考えます。",
        },
        {"number": 4, "title": "健康管理に関するデータ活用", "group": "Ⅱ", "text": None},
    ]


def test_what_became_of_the_items_of_the_earlier_version(catalogue: Catalogue) -> None:
    reviews = catalogue.plans["daidai"]["reviews"]
    assert [review["number"] for review in reviews] == list(range(1, 25))
    fates = Counter(review["status"] for review in reviews)
    assert fates == {"達成": 15, "継続検討": 8, "見直し": 1}
    assert reviews[18] == {
        "number": 19,
        "title": "電子決裁の拡大",
        "status": "見直し",
        "results": ["課題が分かり、運用を止めています。"],
        "successors": ["bpr"],
    }
    assert reviews[6]["successors"] == ["disaster", "no-write"]


def test_a_chapter_with_its_section(catalogue: Catalogue) -> None:
    assert catalogue.plans["daidai"]["chapters"] == [
        {
            "id": "review",
            "title": "Ver.2の振り返り",
            "section": "第2章",
            "text": "24の項目を、達成、継続検討、見直しに分けて評価しています。",
        }
    ]


def test_a_bar_of_the_roadmap_for_the_whole_period(catalogue: Catalogue) -> None:
    (bar,) = catalogue.plans["midori"]["roadmap"]
    assert (bar["from"], bar["to"], bar["always"]) == (None, None, True)


def test_a_misprint_is_owned_up_to(catalogue: Catalogue) -> None:
    (erratum,) = catalogue.plans["aoi"]["errata"]
    assert erratum["printed"] == "デジタル・デバй ド"
    assert "「デジタル・デバйド」を「デジタル・デバイド」として" in catalogue.page("aoi")


def test_a_disagreement_within_the_plan_is_told_to_the_reader(catalogue: Catalogue) -> None:
    (note,) = catalogue.plans["aoi"]["notes"]
    assert note in catalogue.page("aoi")


# --------------------------------------------------------------------------------- the glossary


@pytest.mark.parametrize("id_", ["iaas", "paas", "saas"])
def test_a_term_explained_inside_another(catalogue: Catalogue, id_: str) -> None:
    assert catalogue.term("aoi", id_)["inside"] == "gov-cloud"
    assert "計画では「Gov-Cloud」の説明の中で" in catalogue.page(f"glossary/{id_}")


def test_a_term_that_only_refers_to_another(catalogue: Catalogue) -> None:
    term = catalogue.term("aoi", "government-cloud")
    assert (term["see"], term["text"]) == ("gov-cloud", None)
    assert "「Gov-Cloud」の項をご覧ください。" in catalogue.page("glossary/government-cloud")


def test_a_term_with_its_reading(catalogue: Catalogue) -> None:
    assert catalogue.term("aoi", "congestion")["reading"] == "ふくそう"
    assert catalogue.term("midori", "eltax")["reading"] == "エルタックス"


def test_a_term_with_other_spellings_and_a_long_form(catalogue: Catalogue) -> None:
    term = catalogue.term("daidai", "ar-vr")
    assert term["aliases"] == ["AR", "VR"]
    assert term["long_form"] == "Augmented Reality／Virtual Reality"


def test_terms_by_the_chapter_that_uses_them(catalogue: Catalogue) -> None:
    sections = Counter(term["section"] for term in catalogue.plans["daidai"]["glossary"])
    assert sections == {"第1章 総論": 1, "第3章 アクションプラン": 3}
