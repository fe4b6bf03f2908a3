"""What was published once keeps its address."""

import json
import re
import shutil
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from click.testing import CliRunner
from lxml import html

from dxsite import pipeline
from dxsite.addresses import names_before
from dxsite.annals import read_provenance
from dxsite.cli.moving import remove_, rename_
from dxsite.diagnostics import Finding, Report
from dxsite.faults import Fault
from dxsite.hosts import read_rules
from dxsite.memory import Memory
from dxsite.model import Addresses
from dxsite.reading import read_file
from dxsite.site import former
from dxsite.sources import Source
from tests.conftest import ROOT, TODAY, Desk
from tests.test_diff import commit, git

SMALL = ROOT / "tests" / "small" / "content"
MEASURE = (SMALL / "aoi/measures/forms.yaml").read_text("utf-8")
Files = Mapping[str, bytes]


def made(desk: Desk, **options: object) -> Files:
    """Every file of a desk's site, with its history."""
    report = Report()
    settings = {"index": False, "cards": False, "today": TODAY, **options}
    order = pipeline.Order(
        root=desk.root,
        output=desk.root / "public",
        base_url="https://example.org",
        provenance=read_provenance(desk.root),
        **settings,  # type: ignore[arg-type]
    )
    built = pipeline.make(order, report, lambda _: None)
    assert built is not None, report.findings
    return {artifact.path: artifact.data for artifact in built.artifacts}


def told(desk: Desk) -> list[Finding]:
    """What `check` says, with the history."""
    report = Report()
    order = pipeline.Order(
        root=desk.root,
        output=desk.root / "public",
        today=TODAY,
        provenance=read_provenance(desk.root),
    )
    pipeline.check(order, report)
    return list(report.findings)


def tree_of(page: bytes) -> Any:  # Any: lxml's elements
    return html.fromstring(page.decode())


def rename(desk: Desk, what: str, new: str) -> None:
    called = CliRunner().invoke(rename_, [what, new, "-C", str(desk.root)])
    if called.exception:
        raise called.exception


def remove(desk: Desk, what: str, *options: str) -> None:
    words = [what, "--reason", "見直しでやめました。", "--date", "2026-10-01", *options]
    called = CliRunner().invoke(remove_, [*words, "-C", str(desk.root)])
    if called.exception:
        raise called.exception


def replace_all(desk: Desk, old: str, new: str) -> None:
    """In every content file, as a clerk does by hand."""
    for path in (desk.root / "content").rglob("*.yaml"):
        text = path.read_text("utf-8")
        if old in text and path.name != "addresses.yaml":
            path.write_text(text.replace(old, new), "utf-8")


def measure(number: int, related: str = "") -> str:
    text = MEASURE.replace("オンライン申請の拡充", f"施策その{number}")
    text = text.replace("順: 10", f"順: {number}0")
    return text.replace("用語:", f"関連:\n  - {related}\n\n用語:") if related else text


@pytest.fixture
def town(small_plan: Callable[..., Desk]) -> Desk:
    """Two plans under git, with measures that name each other."""
    desk = small_plan()
    for number in (2, 3, 4):
        desk.write(f"aoi/measures/m{number}.yaml", measure(number, "aoi/forms"))
    plan = (SMALL / "aoi/plan.yaml").read_text("utf-8")
    reviews = "振り返り:\n  - 番号: 1\n    名称: 前の項目\n    後継:\n      - forms\n\n更新日"
    desk.write("aoi/plan.yaml", plan.replace("更新日", reviews))
    other = plan.replace("青井市", "北町").replace("あおいし", "きたまち")
    desk.write("kita/plan.yaml", other.replace("062073", "062081"))
    desk.write("kita/measures/fax.yaml", measure(1, "aoi/m2"))
    shutil.copy(SMALL / "aoi/glossary.yaml", desk.root / "content/kita/glossary.yaml")
    git(desk.root, "init", "-q", "-b", "main")
    commit(desk, "1")
    return desk


# ------------------------------------------------------------------- ten revisions of a content


def second(desk: Desk) -> None:
    rename(desk, "aoi/forms", "e-forms")


def third(desk: Desk) -> None:
    rename(desk, "aoi/e-forms", "applications")


def fourth(desk: Desk) -> None:
    remove(desk, "aoi/m2", "--successor", "m3")


def fifth(desk: Desk) -> None:
    rename(desk, "aoi/m3", "counters")


def sixth(desk: Desk) -> None:
    """Neither a removed name nor a renamed one can be taken again; a new one can."""
    for name in ("m2", "forms"):
        desk.write(f"aoi/measures/{name}.yaml", measure(9))
        assert [(f.code, f.place.path) for f in told(desk)] == [
            ("reused-id", f"content/aoi/measures/{name}.yaml")
        ]
        (desk.root / f"content/aoi/measures/{name}.yaml").unlink()
    desk.write("aoi/measures/m5.yaml", measure(5, "kita/fax"))


def seventh(desk: Desk) -> None:
    replace_all(desk, "online-procedures", "procedures")
    entry = "改名:\n  - 以前のID: online-procedures\n    今のID: procedures\n    種類: テーマ\n"
    desk.write("addresses.yaml", entry)


def eighth(desk: Desk) -> None:
    rename(desk, "kita/fax", "smart-fax")
    rename(desk, "kita", "kita-machi")


def ninth(desk: Desk) -> None:
    replace_all(desk, "ID: rpa", "ID: robots")
    replace_all(desk, "  - rpa\n", "  - robots\n")
    path = desk.root / "content/addresses.yaml"
    entry = "  - 以前のID: rpa\n    今のID: robots\n    種類: 用語\n"
    text = path.read_text("utf-8")
    path.write_text(text.replace("改名:\n", f"改名:\n{entry}\n", 1), "utf-8")


def tenth(desk: Desk) -> None:
    remove(desk, "kita-machi", "--successor", "aoi")
    remove(desk, "aoi/counters", "--successor", "applications")


REVISIONS = (second, third, fourth, fifth, sixth, seventh, eighth, ninth, tenth)


def test_every_address_of_ten_revisions_leads_somewhere_in_the_last(town: Desk) -> None:
    published = set(addresses(made(town)))
    for number, revise in enumerate(REVISIONS, 2):
        revise(town)
        assert [str(finding) for finding in told(town)] == []
        commit(town, str(number))
        assert [str(finding) for finding in told(town)] == []
        files = made(town)
        published |= set(addresses(files))
    assert git(town.root, "rev-list", "--count", "HEAD") == "10"
    assert len(published) > 60
    lost = {url for url in published if not answered(url, files)}
    assert lost == set()
    # A host that only sends files shows every page, and the data of plans that kept their folder.
    assert {url for url in published if url.endswith("/") and not resolved(url, files)} == set()
    data = {url for url in published if url.startswith("/aoi/") and url.endswith("/index.json")}
    assert {url for url in data if url.lstrip("/") not in files} == set()
    for old, new in LAST.items():
        assert resolved(old, files) == new


LAST = {
    "/aoi/measures/forms/": "/aoi/measures/applications/",
    "/aoi/measures/e-forms/": "/aoi/measures/applications/",
    "/aoi/measures/m2/": "/aoi/measures/m2/",
    "/aoi/measures/m3/": "/aoi/measures/m3/",
    "/aoi/measures/counters/": "/aoi/measures/counters/",
    "/themes/online-procedures/": "/themes/procedures/",
    "/glossary/rpa/": "/glossary/robots/",
    "/kita/measures/fax/": "/kita/measures/fax/",
    "/kita/kpis/": "/kita/kpis/",
    "/kita-machi/measures/smart-fax/": "/kita-machi/measures/smart-fax/",
}
"""Where some addresses lead after ten revisions; what is gone says so in its own place."""


def addresses(files: Files) -> list[str]:
    """What people may have kept: pages, their data, feeds and calendars."""
    kept = re.compile(r"(?!404)(.*\.html|.+/index\.json|.*feed\.(xml|json)|.*\.ics)")
    names = [name for name in files if kept.fullmatch(name)]
    return [f"/{name.removesuffix('index.html')}" for name in names]


def answered(url: str, files: Files) -> bool:
    """Whether a host that reads `_redirects` has something to show."""
    rules = read_rules(files)
    for _ in range(5):
        status, name = rules.answer_to(url, files)
        if status != 301:
            return status in (200, 410) and name in files
        url = name
    return False


def resolved(url: str, files: Files) -> str | None:
    """Where a reader arrives whose host only sends files; None where there is nothing."""
    for _ in range(5):
        name = f"{url.lstrip('/')}index.html" if url.endswith("/") else url.lstrip("/")
        if name not in files:
            return None
        on = re.search(rb'http-equiv="refresh" content="0; url=([^"]+)"', files[name])
        if on is None:
            return url
        url = on[1].decode()
    return None


def test_a_chain_of_names_leads_to_the_last_at_once(town: Desk) -> None:
    second(town)
    third(town)
    files = made(town)
    redirects = files["_redirects"].decode().splitlines()
    for old in ("forms", "e-forms"):
        assert f"/aoi/measures/{old}/ /aoi/measures/applications/ 301!" in redirects
        page = tree_of(files[f"aoi/measures/{old}/index.html"])
        assert page.xpath("//meta[@http-equiv='refresh']/@content") == [
            "0; url=/aoi/measures/applications/"
        ]
        assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
        canonical = page.xpath("//link[@rel='canonical']/@href")
        assert canonical == ["https://example.org/aoi/measures/applications/"]
        assert "/aoi/measures/applications/" in page.xpath("//main//a/@href")
        data = json.loads(files[f"aoi/measures/{old}/index.json"])
        assert data["measure"]["url"] == "/aoi/measures/applications/"


def test_a_page_that_is_gone_says_what_it_was_and_leads_on(town: Desk) -> None:
    fourth(town)
    fifth(town)
    files = made(town)
    assert "/aoi/measures/m2/ /aoi/measures/m2/index.html 410!" in files["_redirects"].decode()
    page = tree_of(files["aoi/measures/m2/index.html"])
    said = " ".join(page.xpath("//main")[0].text_content().split())
    for words in ("施策その2", "令和8年10月1日（2026年10月1日）", "見直しでやめました。"):
        assert words in said
    links = page.xpath("//main//a/@href")
    assert "/aoi/measures/counters/" in links, "the successor, by its name of now"
    assert "/aoi/" in links
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    data = json.loads(files["aoi/measures/m2/index.json"])
    assert (data["measure"], data["removed"]["since"]) == (None, "2026-10-01")


def test_former_addresses_stand_in_no_list(town: Desk) -> None:
    for revise in REVISIONS:
        revise(town)
    files = made(town)
    assert "aoi/measures/m2/index.html" in files
    lists = (
        "sitemap.xml",
        "feed.xml",
        "data/catalog.json",
        "data/measures.csv",
        "search/index.html",
    )
    for name in lists:
        text = files[name].decode()
        for url in ("measures/m2/", "measures/forms/", "/kita/", "themes/online-procedures/"):
            assert url not in text, (name, url)
    rows = files["data/addresses.csv"].decode("utf-8-sig").splitlines()[1:]
    assert {row.split(",")[2] for row in rows} == {"m2", "m3", "counters", "forms", "e-forms"}


def test_every_page_of_a_plan_has_a_way_on_when_the_plan_moves(town: Desk) -> None:
    files = made(town)
    own = {name for name in files if name.startswith("aoi/") and name.endswith(".html")}
    pages = {f"{url.strip('/')}/index.html" for url in former.pages_of_plan("aoi")}
    assert own == pages | {name for name in own if "/measures/" in name}


def test_who_follows_a_plan_that_moved_goes_on_without_a_host_that_leads_on(town: Desk) -> None:
    def ids(files: Files, folder: str) -> list[str]:
        return [item["id"] for item in json.loads(files[f"{folder}/feed.json"])["items"]]

    def days(files: Files, folder: str) -> list[str]:
        lines = files[f"{folder}/calendar.ics"].decode().split("\r\n")
        return [line for line in lines if line.startswith("UID:")]

    before = made(town)
    rename(town, "kita/fax", "smart-fax")
    rename(town, "kita", "kita-machi")
    rename(town, "kita-machi", "kita-cho")
    files = made(town)
    beside = [n for n in files if n.startswith("kita-cho/") and re.search(r"\.(xml|json|ics)$", n)]
    assert len(beside) > 5
    for name in beside:
        for old in ("kita", "kita-machi"):
            assert files[name.replace("kita-cho", old, 1)] == files[name], name
    told = json.loads(files["kita/feed.json"])
    assert told["feed_url"] == "https://example.org/kita-cho/feed.json"
    assert told["items"][0]["url"] == "https://example.org/kita-cho/measures/smart-fax/"
    # To a reader nothing is new: every entry and every day is called as before.
    assert ids(files, "kita") == ids(before, "kita") == ["urn:dxsite:kita:fax"]
    assert days(files, "kita-cho") == days(before, "kita") != []
    for name in ("feed.xml", "themes/online-procedures/feed.xml"):
        assert re.findall(b"<id>.*</id>", files[name]) == re.findall(b"<id>.*</id>", before[name])


def test_names_in_a_circle_are_still_names() -> None:
    def renamed(*pairs: tuple[str, str]) -> Addresses:
        entries = "".join(f"  - 以前のID: {old}\n    今のID: {new}\n" for old, new in pairs)
        source = Source("content/aoi/addresses.yaml", f"改名:\n{entries}".encode())
        record, _ = read_file(Addresses, source, {}, incomplete=False)
        assert record is not None
        return record

    assert names_before("c", renamed(("a", "b"), ("b", "c"))) == ("a", "b")
    assert names_before("c", renamed(("a", "c"), ("b", "c"))) == ("a", "b")
    assert names_before("c", renamed(("b", "c"), ("a", "b"), ("x", "b"))) == ("a", "b", "x")
    assert names_before("a", renamed(("a", "b"), ("b", "a"))) == ("b",)


def test_an_offline_site_has_no_former_addresses(town: Desk) -> None:
    second(town)
    report = Report()
    order = pipeline.Order(
        root=town.root, output=town.root / "x.zip", today=TODAY, offline=True, cards=False
    )
    drafted = pipeline.draft(order, report, lambda _: None, Memory())
    assert drafted is not None
    assert not [page.url for page in drafted.site.pages if page.is_former]


# ------------------------------------------------------------------- names that nobody wrote down


def test_a_name_that_history_knows_is_told_with_the_next_step(town: Desk) -> None:
    folder = town.root / "content/aoi/measures"
    (folder / "m2.yaml").unlink()
    (folder / "m3.yaml").rename(folder / "m33.yaml")
    (folder / "m33.yaml").rename(folder / "m333.yaml")
    replace_all(town, "  - aoi/m2\n", "  - aoi/m4\n")
    assert told(town) == [], "as long as it is not committed, it may come back"
    commit(town, "by hand")
    (town.root / "content/kita").rename(town.root / "content/kita-machi")
    commit(town, "a whole plan")
    found = told(town)
    assert [(f.code, f.severity, f.place.path) for f in found] == [
        ("forgotten-address", "warning", "content/addresses.yaml"),
        ("forgotten-address", "warning", "content/aoi/addresses.yaml"),
        ("forgotten-address", "warning", "content/aoi/addresses.yaml"),
    ]
    plan, gone, renamed = (finding.hint for finding in found)
    assert "「改名」に「以前のID: kita、今のID: kita-machi、種類: 計画」" in plan
    assert "remove aoi/m2" in gone
    assert "「改名」に「以前のID: m3、今のID: m333」" in renamed
    rename(town, "aoi/m3", "m333")
    rename(town, "kita", "kita-machi")
    remove(town, "aoi/m2", "--title", "施策その2")
    assert told(town) == []


def test_who_deletes_at_github_is_told_in_the_proposal_and_mends_it_as_the_page_says(
    town: Desk,
) -> None:
    """The page of the finding needs nothing but a browser, and what it writes is enough."""
    for number, name in ((5, "online-forms"), (6, "fax")):
        town.write(f"aoi/measures/{name}.yaml", measure(number))
    commit(town, "two more")
    git(town.root, "switch", "-qc", "proposal")
    for name in ("online-forms", "fax"):
        (town.root / f"content/aoi/measures/{name}.yaml").unlink()
    commit(town, "deleted at GitHub")
    git(town.root, "switch", "-q", "--detach", "main")
    git(town.root, "merge", "-q", "--no-ff", "-m", "as GitHub checks it", "proposal")
    assert [finding.code for finding in told(town)] == ["forgotten-address"] * 2
    page = (ROOT / "dxsite/guide/faults/forgotten-address.md").read_text("utf-8")
    steps, _, after = page.partition("## 直したあと")
    assert "「Create new file」" in steps, "the file may not be there yet"
    written = after.split("```")[1]
    town.write("aoi/addresses.yaml", written[written.index("改名:") :])
    assert told(town) == []


def test_a_name_that_was_never_published_can_be_said_to_be_so(town: Desk) -> None:
    (town.root / "content/aoi/measures/m4.yaml").unlink()
    commit(town, "by hand")
    assert [finding.code for finding in told(town)] == ["forgotten-address"]
    town.write("aoi/addresses.yaml", "未公開:\n  - m4\n")
    assert told(town) == []


def test_what_came_and_went_within_a_proposal_was_never_there(town: Desk) -> None:
    git(town.root, "switch", "-qc", "proposal")
    town.write("aoi/measures/trial.yaml", measure(8))
    commit(town, "try")
    (town.root / "content/aoi/measures/trial.yaml").unlink()
    town.write("aoi/measures/better.yaml", measure(8))
    commit(town, "better")
    git(town.root, "switch", "-q", "main")
    git(town.root, "merge", "-q", "--no-ff", "-m", "merged", "proposal")
    assert told(town) == []
    merge = git(town.root, "rev-parse", "HEAD")
    past = read_provenance(town.root).of("aoi")
    assert past.revisions["measures/better.yaml"].commit == merge


def test_without_a_history_nothing_is_told(town: Desk) -> None:
    (town.root / "content/aoi/measures/m4.yaml").unlink()
    commit(town, "by hand")
    shutil.rmtree(town.root / ".git")
    assert told(town) == []


# ------------------------------------------------------------------- the commands


def text_of(desk: Desk, path: str) -> str:
    return (desk.root / "content" / path).read_text("utf-8")


def test_renaming_mends_what_names_the_measure_and_keeps_every_comment(town: Desk) -> None:
    same = "再掲: forms/forms"
    noted = measure(4, "aoi/forms").replace("    単位: 件\n", f"    単位: 件\n    {same}\n")
    town.write("aoi/measures/m4.yaml", "# 覚え書き\n" + noted)
    town.write(
        "aoi/addresses.yaml", "# 覚え書き\n改名:\n  # 昔\n  - 以前のID: old\n    今のID: m3\n"
    )
    rename(town, "aoi/forms", "e-forms")
    after = noted.replace("aoi/forms", "aoi/e-forms").replace(same, "再掲: e-forms/forms")
    assert text_of(town, "aoi/measures/m4.yaml") == "# 覚え書き\n" + after
    assert "後継:\n      - e-forms\n" in text_of(town, "aoi/plan.yaml")
    assert text_of(town, "aoi/addresses.yaml") == (
        "# 覚え書き\n改名:\n  # 昔\n  - 以前のID: old\n    今のID: m3\n\n"
        "  - 以前のID: forms\n    今のID: e-forms\n"
    )
    assert text_of(town, "aoi/measures/e-forms.yaml") == MEASURE
    assert told(town) == []


def test_a_measure_may_have_its_own_name_back(town: Desk) -> None:
    rename(town, "aoi/forms", "e-forms")
    rename(town, "aoi/e-forms", "forms")
    assert "- 以前のID: e-forms\n    今のID: forms\n" in text_of(town, "aoi/addresses.yaml")
    assert told(town) == []
    assert resolved("/aoi/measures/e-forms/", made(town)) == "/aoi/measures/forms/"


def test_removing_takes_it_from_what_names_it(town: Desk) -> None:
    remove(town, "aoi/forms", "--successor", "m4")
    assert "関連" not in text_of(town, "aoi/measures/m2.yaml")
    assert "後継:\n      - m4\n" in text_of(town, "aoi/plan.yaml")
    assert "題名: オンライン申請の拡充\n    日付: 2026-10-01\n" in text_of(
        town, "aoi/addresses.yaml"
    )
    assert told(town) == []


def test_a_draft_leaves_no_address(town: Desk) -> None:
    town.write("aoi/measures/soon.yaml", measure(7) + "\n下書き: はい\n")
    remove(town, "aoi/soon")
    assert "未公開:\n  - soon\n" in text_of(town, "aoi/addresses.yaml")


@pytest.mark.parametrize(
    ("what", "new", "said"),
    [
        ("aoi/nothing", "m9", "measures/nothing.yaml」がありません"),
        ("aoi/m2", "m3", "measures/m3.yaml」はもうあります"),
        ("aoi/m2", "ghost", "前にほかのものの名前でした"),
        ("nowhere/m2", "m9", "content/nowhere/plan.yaml」がありません"),
        ("aoi", "kita", "content/kita」はもうあります"),
    ],
)
def test_what_cannot_be_renamed_is_left_as_it_is(
    town: Desk, what: str, new: str, said: str
) -> None:
    town.write(
        "aoi/addresses.yaml",
        "廃止:\n  - ID: ghost\n    題名: x\n    日付: 2026-04-01\n    理由: y\n",
    )
    before = {path: path.read_bytes() for path in (town.root / "content").rglob("*.yaml")}
    with pytest.raises(Fault, match=said):
        rename(town, what, new)
    assert before == {p: p.read_bytes() for p in (town.root / "content").rglob("*.yaml")}


def test_a_measure_whose_figures_others_repeat_cannot_go(town: Desk) -> None:
    text = measure(4).replace("    単位: 件\n", "    単位: 件\n    再掲: forms/forms\n")
    town.write("aoi/measures/m4.yaml", text)
    with pytest.raises(Fault, match="再掲の元"):
        remove(town, "aoi/forms")
