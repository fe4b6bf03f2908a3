"""Two made-up revisions of a real plan: every kind of change is told, as a newspaper could."""

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from lxml import etree, html

from dxsite import pipeline, urls
from dxsite.cli.formatting import fmt
from dxsite.cli.writing import new
from dxsite.diagnostics import Report
from dxsite.history import GROUPS, Sort
from tests.conftest import Desk
from tests.revised import FIRST, PLAN, SECOND, revised
from tests.test_divided import LIMITS
from tests.test_feeds import JSON_FEED, texts
from tests.test_site import BASE, Files, made
from tests.towns import fill

SENTENCES = {
    Sort.PLAN: [
        "計画の期間が2年延長され、終わりが令和9年度（2027年度）から令和11年度（2029年度）になりました。",
        "めざす姿が、「誰一人取り残されない、人にやさしいデジタル化の推進」から"
        "「だれもが使える、人にやさしいデジタル」に変わりました。",
        "上位計画に、「第9次上山市振興計画」が加わりました。",
        "体系「2-(3)」の名前が、「テレワークの推進」から「働き方の改革」に変わりました。",
        "今後検討する施策に、「手続きの案内の自動応答」が加わりました。",
    ],
    Sort.FATES: [
        "前の計画の「市議会会議録の電子化」の結果は「達成」とされました。",
        "前の計画の「消防職員、消防団員管理業務の効率化」の結果は「見直し」とされ、"
        "「防火対象物、危険物施設台帳の電子化」に引き継がれました。",
        "前の計画の「電子申請の推進」の結果は「継続検討」とされ、同じ名前の施策に引き継がれました。",
    ],
    Sort.ADDED: ["「多言語の窓口案内」が新しく加わりました。担当課は市民生活課です。"],
    Sort.REMOVED: [
        "「消防職員、消防団員管理業務の効率化」がなくなりました。結果は「見直し」とされ、"
        "「防火対象物、危険物施設台帳の電子化」に引き継がれました。",
        "「市議会会議録の電子化」がなくなりました。結果は「達成」とされました。",
    ],
    Sort.MERGED: [
        "「申請データの自動連携」が新しく加わりました。"
        "内容の多くは、「電子申請等管理システムの導入」にあったものです。",
        "「消防水利管理業務の効率化」がなくなり、"
        "内容の多くは「防火対象物、危険物施設台帳の電子化」に移りました。",
    ],
    Sort.BROUGHT_FORWARD: [
        "「道路占用許可業務の効率化」の予定「導入作業、本格運用」の時期が、"
        "令和8年度（2026年度）から令和7年度（2025年度）に1年前倒しされました。"
    ],
    Sort.RAISED: [
        "「電子申請の推進」の指標「電子申請受付件数」の令和9年度末（2027年度末）の目標が、"
        "1,500件/年から2,000件/年に引き上げられました。"
    ],
    Sort.LOWERED: [
        "「電子申請の推進」の指標「マイナンバーカード保有枚数率」の令和9年度末（2027年度末）の目標が、"
        "80%以上から75%以上に引き下げられました。",
        "「道路占用許可業務の効率化」の指標「道路占用許可業務に要する時間の削減」の"
        "令和8年度末（2026年度末）の目標が、▲100時間/年から▲80時間/年に引き下げられました。"
        "減らす幅を小さくする変更です。",
    ],
    Sort.DEPARTMENTS: [
        "「電子申請の推進」の担当課が、情報政策課からデジタル推進課に変わりました。",
        "「グループウェアの機能強化」の担当課が、秘書課から人事課に変わりました。",
    ],
    Sort.COSTS: [
        "「グループウェアの機能強化」の令和8年度（2026年度）の費用が、"
        "6,000千円（600万円）から7,500千円（750万円）に増えました。"
    ],
    Sort.NAMES: [
        "「柔軟な働き方の環境づくり」は、「テレワーク実施環境の構築」から名前が変わりました。",
        "「グループウェアの機能強化」は、"
        "体系の「1-(3) フロントヤード等業務改革（BPR）の取組の徹底」から外れました。",
    ],
    Sort.TERMS: ["用語「モノのインターネット」は、「IoT」から書き方が変わりました。"],
}
"""Of the newest step, all that these sorts hold; of the others, `SOME`."""
SOME = {
    Sort.POSTPONED: [
        "「基幹業務システムの標準化、ガバメントクラウド等移行」の予定"
        "「ベンダーとの契約、クラウド利用申請、移行作業、試験運用、本格運用」が2年延長され、"
        "終わりが令和7年度（2025年度）から令和9年度（2027年度）になりました。",
        "「庶務事務（出退勤、休暇、時間外）システムの導入」の予定「仕様検討」の時期が、"
        "令和7年度（2025年度）から令和9年度（2027年度）に2年延期されました。",
        "「教育・保育施設に係る給付費等請求事務の効率化」の指標「民間保育園の満足度」の目標（4以上）の年度が、"
        "令和8年度末（2026年度末）から令和10年度末（2028年度末）に2年遅くなりました。",
    ],
    Sort.SCHEDULE: [
        "「災害情報の自動メール配信」に、令和10年度（2028年度）の予定「配信先の見直し」が加わりました。",
        "「電子申請等管理システムの導入」から、令和7年度（2025年度）以降の予定「対象手続拡大」がなくなりました。",
    ],
    Sort.KPIS: [
        "「電子申請の推進」の指標「電子申請受付件数」に、令和8年度末（2026年度末）の目標（900件/年）が加わりました。",
        "「庶務事務（出退勤、休暇、時間外）システムの導入」から、後で定めるとされていた指標がなくなりました。",
        "「電子申請等管理システムの導入」から、指標「電子申請受付件数」が「申請データの自動連携」に移りました。",
        "「防火対象物、危険物施設台帳の電子化」に、指標「各水利情報検索及び入力時間の平均短縮時間」が"
        "「消防水利管理業務の効率化」から移りました。目標は、令和7年度末（2025年度末）に5分です。",
        "「道路占用許可業務の効率化」に、指標「オンライン申請の割合」が加わりました。"
        "目標は、令和9年度末（2027年度末）に50%です。",
    ],
    Sort.ACTUALS: [
        "「柔軟な働き方の環境づくり」の指標「テレワーク実施件数」の令和6年度（2024年度）の実績が、112件と報告されました。",
    ],
    Sort.WORDS: ["「電子申請の推進」の要約が変わりました。"],
}


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return revised(tmp_path_factory.mktemp("revised"))


@pytest.fixture(scope="module")
def files(plan: Desk) -> Files:
    return made(plan)


def steps(files: Files) -> Any:
    return json.loads(files[urls.file_of(urls.plan_changes_json(PLAN))])["steps"]


def sentences(files: Files, sort: Sort) -> list[str]:
    return [c["sentence"] for c in steps(files)[0]["changes"] if c["sort"] == sort]


def page(files: Files, url: str) -> Any:
    return html.document_fromstring(files[urls.file_of(url)].decode())


def of(tree: Any, name: str) -> list[Any]:
    """Elements of a class."""
    found: list[Any] = tree.xpath(f".//*[contains(concat(' ', @class, ' '), ' {name} ')]")
    return found


def test_the_two_revisions_are_content_without_a_fault(plan: Desk) -> None:
    assert [str(finding) for finding in plan.findings()] == []


@pytest.mark.parametrize("sort", GROUPS)
def test_every_sort_of_change_is_told_in_sentences(sort: Sort, files: Files) -> None:
    told = sentences(files, sort)
    if sort in SENTENCES:
        assert told == SENTENCES[sort]
    else:
        assert set(told) >= set(SOME[sort])
    assert all(one.endswith("。") and "→" not in one and "None" not in one for one in told)


def test_the_newest_step_comes_first_and_each_is_named_after_where_it_begins(files: Files) -> None:
    assert [step["since"] for step in steps(files)] == [SECOND, FIRST]
    (only,) = steps(files)[1]["changes"]
    assert only["sentence"].endswith("1年延期されました。")
    assert only["by"] == 1


def test_the_page_tells_every_sentence_and_leads_to_the_measures(files: Files) -> None:
    tree = page(files, urls.plan_changes(PLAN))
    items = [" ".join(li.text_content().split()) for li in of(tree, "dx-changes__item")]
    told = [change["sentence"] for step in steps(files) for change in step["changes"]]
    assert len(items) == len(told)
    assert all(item.startswith(one) for item, one in zip(items, told, strict=True))
    links = set(tree.xpath("//li[@class='dx-changes__item']//a/@href"))
    wanted = {c["url"] for s in steps(files) for c in s["changes"] if c["record"] == "measure"}
    assert wanted - {None} <= links
    # What is gone leads to what took it over.
    gone = next(li for li in of(tree, "dx-changes__item") if "に移りました" in li.text_content())
    assert gone.xpath(".//a/@href") == [urls.measure(PLAN, "fire-safety-ledgers")]


def test_headings_stand_in_order_and_count_what_they_hold(files: Files) -> None:
    tree = page(files, urls.plan_changes(PLAN))
    newest = tree.get_element_by_id(f"since-{SECOND}")
    counts = [a.text_content().strip() for a in of(newest, "dx-change-counts__link")]
    told = [(GROUPS[sort], len(sentences(files, sort))) for sort in GROUPS]
    assert counts == [f"{title}{count}" for title, count in told]
    assert [h.text for h in newest.iter("h3")] == [title for title, _ in told]


def test_a_measure_tells_its_own_changes_and_those_of_what_it_took_over(files: Files) -> None:
    tree = page(files, urls.measure(PLAN, "fire-safety-ledgers"))
    told = [li.text_content() for li in of(tree, "dx-changes__item")]
    assert any(one.startswith("この施策に、指標「各水利情報検索") for one in told)
    assert "「消防水利管理業務の効率化」がなくなり、" in "".join(told)
    unchanged = page(files, urls.measure(PLAN, "utility-bills-and-payments"))
    assert "この施策の変更" not in unchanged.text_content()


def test_earlier_revisions_have_no_pages_of_their_own(files: Files) -> None:
    assert [name for name in files if name.startswith(PLAN) and "revisions" in name] == []
    assert urls.file_of(urls.measure(PLAN, "council-minutes")) not in files
    whole = json.loads(files["data/catalog.json"])
    assert len(whole["plans"]) == 1
    assert "council-minutes" not in {m["id"] for m in whole["plans"][0]["measures"]}


# ------------------------------------------------------------------------------------ data, feeds


def test_the_data_of_all_plans_and_the_table_say_the_same(files: Files) -> None:
    (plan,) = json.loads(files["data/changes.json"])["plans"]
    assert plan["steps"] == steps(files)
    assert [r["id"] for r in plan["revisions"]] == [FIRST, SECOND, None]
    rows = list(csv.DictReader(io.StringIO(files["data/changes.csv"].decode("utf-8-sig"))))
    told = [change for step in plan["steps"] for change in step["changes"]]
    assert [row["文"] for row in rows] == [change["sentence"] for change in told]
    raised = next(row for row in rows if row["変更"] == "目標の引き上げ")
    assert (raised["前の値"], raised["次の値"], raised["差"]) == ("1,500件/年", "2,000件/年", "500")
    late = [row["差"] for row in rows if row["変更"] == GROUPS[Sort.POSTPONED]]
    assert late == ["2", "2", "2", "2", "1"]


def test_feeds_of_changes_tell_every_sentence_once(files: Files) -> None:
    own = etree.fromstring(files[urls.file_of(urls.feed_of_changes(urls.plan_changes(PLAN)))])
    told = "".join(texts(own, "a:entry/a:summary/text()"))
    for step in steps(files):
        for change in step["changes"]:
            assert told.count(change["sentence"]) == 1, change["sentence"]
    whole = etree.fromstring(files[urls.file_of(urls.CHANGES_FEED)])
    assert texts(whole, "a:entry/a:id/text()") == texts(own, "a:entry/a:id/text()")
    assert f"urn:dxsite:change:{PLAN}:{SECOND}:measure:online-applications" in texts(
        own, "a:entry/a:id/text()"
    )
    assert "上山市「電子申請の推進」の変更（令和8年10月（2026年10月）の改定）" in texts(
        own, "a:entry/a:title/text()"
    )


def test_a_theme_and_a_department_have_feeds_of_their_own(files: Files) -> None:
    def ids(url: str) -> list[str]:
        return texts(etree.fromstring(files[urls.file_of(url)]), "a:entry/a:id/text()")

    theme = ids(urls.feed_of_changes(urls.theme("my-number-card")))
    assert theme == [f"urn:dxsite:change:{PLAN}:{SECOND}:measure:online-applications"]
    new_ = ids(urls.department_changes(PLAN, "デジタル推進課"))
    assert new_ == theme
    # A measure that another department has now still concerns those that had it.
    old = urls.file_of(urls.department_changes(PLAN, "情報政策課"))
    assert f"urn:dxsite:change:{PLAN}:{SECOND}:measure:data-linking" in texts(
        etree.fromstring(files[old]), "a:entry/a:id/text()"
    )


def test_each_feed_of_changes_is_what_its_formats_ask_for(files: Files) -> None:
    feeds = [n for n in files if n.endswith(".xml") and "change" in n]
    assert len(feeds) > 30
    seen = set()
    for name in feeds:
        atom = etree.fromstring(files[name])
        twin = json.loads(files[name.removesuffix("xml") + "json"])
        jsonschema.validate(twin, JSON_FEED)
        assert [item["id"] for item in twin["items"]] == texts(atom, "a:entry/a:id/text()")
        seen.update(texts(atom, "a:id/text()"))
        for address in texts(atom, "a:entry/a:link/@href"):
            assert urls.file_of(address.removeprefix(BASE)) in files
    assert len(seen) == len(feeds)


def test_pages_name_the_feeds_of_their_changes(files: Files) -> None:
    for url, feed in (
        (urls.plan_changes(PLAN), urls.feed_of_changes(urls.plan_changes(PLAN))),
        (urls.plan(PLAN), urls.feed_of_changes(urls.plan_changes(PLAN))),
        (urls.theme("disaster"), urls.feed_of_changes(urls.theme("disaster"))),
        (urls.CHANGES, urls.CHANGES_FEED),
    ):
        linked = page(files, url).xpath("//link[@rel='alternate']/@href")
        assert feed in linked, url
        assert urls.file_of(feed) in files


# -------------------------------------------------------------------------------- lists, no history


def test_all_plans_list_their_revisions_the_newest_first(files: Files) -> None:
    tree = page(files, urls.CHANGES)
    links = tree.xpath("//h3/a/@href")
    assert links == [urls.step(PLAN, SECOND), urls.step(PLAN, FIRST)]


def test_former_names_and_addresses_are_known(small_plan: Callable[..., Desk]) -> None:
    """A renamed measure is the same one, however it reads; a removed one leads to its address."""
    desk = small_plan()
    folder = desk.root / "content/aoi"
    old = (folder / "measures/forms.yaml").read_text("utf-8")
    desk.write("aoi/revisions/2022/plan.yaml", (folder / "plan.yaml").read_bytes())
    desk.write("aoi/revisions/2022/glossary.yaml", (folder / "glossary.yaml").read_bytes())
    plan = folder / "revisions/2022/plan.yaml"
    plan.write_text(re.sub("策定: .*", "策定: 2022-03", plan.read_text("utf-8")), "utf-8")
    other = "名称: まったく別の名前\n\n要約: |\n  昔の書き方です。\n\n"
    then = re.sub(r"名称: .*\n", "", re.sub(r"要約: \|\n(  .*\n)+\n", "", old), count=1)
    desk.write("aoi/revisions/2022/measures/papers.yaml", other + then)
    desk.write("aoi/revisions/2022/measures/fax.yaml", old.replace("オンライン申請", "ファクス"))
    desk.write(
        "aoi/addresses.yaml",
        "改名:\n  - 以前のID: papers\n    今のID: forms\n\n"
        "廃止:\n  - ID: fax\n    題名: ファクスの拡充\n    日付: 2026-04-01\n    理由: 役目を終えました。\n",
    )
    assert [f for f in desk.findings() if f.severity == "error"] == []
    (step,) = json.loads(made(desk)["aoi/changes/index.json"])["steps"]
    told = {(c["id"], c["sort"]): c["url"] for c in step["changes"] if c["record"] == "measure"}
    assert {sort for id_, sort in told if id_ == "fax"} == {"removed"}
    assert told["fax", "removed"] == "/aoi/measures/fax/"
    assert "names" in {sort for id_, sort in told if id_ == "forms"}
    assert not {"added", "removed"} & {sort for id_, sort in told if id_ == "forms"}


def test_a_plan_without_revisions_says_so_and_has_a_feed_to_wait_at(
    small_plan: Callable[..., Desk],
) -> None:
    files = made(small_plan())
    text = page(files, urls.plan_changes("aoi")).text_content()
    assert "このサイトに載っているのは、令和5年3月（2023年3月）の版だけです。" in text
    assert (
        "改定の前の版も載せている計画は、まだありません。"
        in page(files, urls.CHANGES).text_content()
    )
    assert texts(etree.fromstring(files["aoi/changes/feed.xml"]), "a:entry") == []
    assert [name for name in files if "department-" in name] == []
    assert "計画の変更" not in of(page(files, urls.plan("aoi")), "dx-doors")[0].text_content()


# ----------------------------------------------------------------------------- targets and reports


def test_a_measure_says_how_its_indicators_stand(files: Files) -> None:
    tree = page(files, urls.measure(PLAN, "groupware"))
    (standing,) = of(tree, "dx-standing")
    assert " ".join(standing.text_content().split()) == (
        "遅れ 令和7年度（2025年度）の実績は150名です。その年度の目標（200名）に届いていません。"
    )
    tree = page(files, urls.measure(PLAN, "telework"))
    assert [e.text for e in of(tree, "dx-standing__word")] == ["達成"]


def test_a_plan_and_a_theme_count_how_indicators_stand(files: Files) -> None:
    for url, expected in (
        (urls.plan(PLAN), ["達成 1", "遅れ 1", "分からない 1", "報告なし 18"]),
        (urls.plan_kpis(PLAN), ["達成 1", "遅れ 1", "分からない 1", "報告なし 18"]),
        (urls.theme("telework"), ["達成 1"]),
    ):
        items = of(page(files, url), "dx-standings__item")
        assert [" ".join(item.text_content().split()) for item in items] == expected, url


def test_the_list_of_all_indicators_says_how_those_stand_that_somebody_reported(
    files: Files,
) -> None:
    tree = page(files, urls.KPIS)
    items = [" ".join(item.text_content().split()) for item in of(tree, "dx-standings__item")]
    assert items == ["達成 1", "遅れ 1", "分からない 1", "報告なし 18"]
    rows = [row for row in of(tree, "dx-table__row") if "groupware" in str(etree.tostring(row))]
    (standing,) = of(rows[0], "dx-standing")
    assert " ".join(standing.text_content().split()) == "遅れ 実績 150名 令和7年度（2025年度）"


def test_data_say_how_an_indicator_stands_and_null_where_nobody_reported(files: Files) -> None:
    whole = json.loads(files["data/catalog.json"])
    jsonschema.validate(whole, json.loads(files["data/catalog.schema.json"]))
    kpis = {
        f"{measure['id']}/{kpi['id']}": kpi
        for measure in whole["plans"][0]["measures"]
        for kpi in measure["kpis"]
    }
    assert all((kpi["progress"] is None) == (not kpi["actuals"]) for kpi in kpis.values())
    told = [name for name, kpi in kpis.items() if kpi["progress"]]
    assert len(told) == 3
    (late,) = (kpis[name]["progress"] for name in told if name.startswith("groupware/"))
    assert late == {
        "standing": "behind",
        "fiscal_year": 2025,
        "actual": {"text": "150名", "number": 150},
        "basis": "year",
        "target": {"text": "200名", "number": 200},
        "target_fiscal_year": 2025,
        "line_from": None,
        "line_number": None,
        "doubt": None,
    }
    alone = json.loads(files[urls.file_of(urls.measure_json(PLAN, "groupware"))])
    assert late in [kpi["progress"] for kpi in alone["measure"]["kpis"]]
    rows = list(csv.DictReader(io.StringIO(files["data/kpis.csv"].decode("utf-8-sig"))))
    stand = {f"{r['施策ID']}/{r['指標ID']}": (r["実績の年度"], r["進み具合"]) for r in rows}
    assert {name for name, words in stand.items() if words != ("", "")} == set(told)
    assert stand[next(n for n in told if n.startswith("groupware/"))] == ("2025", "遅れ")


def test_where_nobody_reported_nothing_is_missed(small_plan: Callable[..., Desk]) -> None:
    files = made(small_plan())
    for name, data in files.items():
        if name.endswith(".html") and not name.startswith("guide/"):
            assert "dx-standing" not in data.decode(), name
            assert "報告なし" not in data.decode(), name


# -------------------------------------------------------------------------------------- by command


def test_a_command_keeps_the_plan_as_it_is(small_plan: Callable[..., Desk]) -> None:
    desk = small_plan()
    first = "# yaml-language-server: $schema=../.schema/plan.json\n"
    desk.write("aoi/plan.yaml", first + (desk.root / "content/aoi/plan.yaml").read_text("utf-8"))
    run = CliRunner().invoke(new, ["revision", "aoi", "2023-03", "-C", str(desk.root)])
    assert run.exit_code == 0, run.output
    kept = desk.root / "content/aoi/revisions/2023-03"
    now = desk.root / "content/aoi"
    assert (kept / "measures/forms.yaml").read_bytes() == (now / "measures/forms.yaml").read_bytes()
    assert (kept / "glossary.yaml").read_bytes() == (now / "glossary.yaml").read_bytes()
    assert (
        (kept / "plan.yaml")
        .read_text("utf-8")
        .startswith("# yaml-language-server: $schema=../../../.schema/plan.json\n")
    )
    # What is the same as before cannot come after it: the next step is told.
    assert [finding.code for finding in desk.findings()] == ["revision-order"]
    plan = (now / "plan.yaml").read_text("utf-8")
    desk.write("aoi/plan.yaml", plan.replace("策定: 2023-03", "策定: 2023-03\n\n改定: 2025-05"))
    assert [str(finding) for finding in desk.findings()] == []
    again = CliRunner().invoke(new, ["revision", "aoi", "2023-03", "-C", str(desk.root)])
    assert again.exit_code != 0
    second = CliRunner().invoke(new, ["revision", "aoi", "2025-05", "-C", str(desk.root)])
    assert second.exit_code == 0
    assert not (now / "revisions/2025-05/revisions").exists()


def test_earlier_revisions_are_formatted_too_and_stand_in_no_sheet(
    small_plan: Callable[..., Desk],
) -> None:
    desk = small_plan()
    CliRunner().invoke(new, ["revision", "aoi", "old", "-C", str(desk.root)])
    path = "aoi/revisions/old/measures/forms.yaml"
    text = (desk.root / "content" / path).read_text("utf-8")
    desk.write(path, text.replace("順: 10", "順:   10"))
    CliRunner().invoke(fmt, ["-C", str(desk.root)])
    assert (desk.root / "content" / path).read_text("utf-8") == text


def test_a_large_catalogue_leads_to_the_parts_that_have_the_rest(
    small_plan: Callable[..., Desk],
) -> None:
    desk = small_plan()
    fill(desk, {"yamagata": 3, "gifu": 1})
    built = pipeline.make(desk.order(limits=LIMITS), Report(), lambda _: None)
    assert built is not None
    files = {a.path: a.data for a in built.artifacts}
    tree = page(files, urls.CHANGES)
    assert len(tree.xpath("//h3/a")) == 2  # the first town of each prefecture
    assert {"/prefectures/yamagata/changes/", "/prefectures/gifu/changes/"} <= set(
        tree.xpath("//table//a/@href")
    )
    part = page(files, "/prefectures/yamagata/1/changes/")
    assert len(part.xpath("//h3/a")) == 1
