"""The editing screen in a real browser, in its mode for a folder on one's own computer.

The folder is the browser's private one, filled with content: no dialogue of the system opens.
The program comes by npm, once for each lock, into the cache folder in which builds look for it.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from dxsite import pipeline, serving
from dxsite.admin import bundle
from dxsite.carrying import tidied
from dxsite.diagnostics import Report
from dxsite.faults import Fault
from dxsite.sources import Source
from tests.browser.barriers import listen
from tests.conftest import ROOT, TODAY

SMALL = ROOT / "tests" / "small" / "content"
FORMS = "content/aoi/measures/forms.yaml"
MEASURE = """\
# 上の覚え書き
名称: オンライン申請の拡充

順: 10

体系:
  - 1-(1)

テーマ:
  - online-procedures

担当課:
  - 情報課

要約: |
  家から申請できる手続きを増やします。
  RPAで受付を自動にします。

本文:
  現状: |
    窓口に来る必要があります。

    電話もできます。

工程:
  - 年度: 2023-
    内容: 検討

KPI:
  # 計画の10ページ
  - ID: applications
    名称: 申請の数
    単位: 件
    現状:
      値:
        表記: 1（試行）
        数: 1
    目標:
      2023: 1,500
      2024末: 80以上
      2025?: 88.0

  - ID: counters
    名称: 窓口の数
    目標:
      R7: 3

費用:
  2023: 6,000
  2024: －

表:
  - 題名: 手続きの数
    列:
      - 手続き
      - 数
    行:
      - - 住民票
        - 1.0

      - - 印鑑
        - 2

用語:
  - rpa

出典:
  節: 3.10

更新日: 2026-11-20
"""
"""Of everything that may lie in a measure, what the program might spoil."""

FILL = """async files => {
  const root = await navigator.storage.getDirectory();
  await root.getDirectoryHandle('.git', {create: true});
  for (const [path, text] of Object.entries(files)) {
    let folder = root;
    const names = path.split('/');
    const last = names.pop();
    for (const name of names) folder = await folder.getDirectoryHandle(name, {create: true});
    const file = await (await folder.getFileHandle(last, {create: true})).createWritable();
    await file.write(text);
    await file.close();
  }
}"""
READ = """async path => {
  let folder = await navigator.storage.getDirectory();
  const names = path.split('/');
  const last = names.pop();
  try {
    for (const name of names) folder = await folder.getDirectoryHandle(name);
    return await (await (await folder.getFileHandle(last)).getFile()).text();
  } catch {
    return '';  // it is just being replaced
  }
}"""
PICKER = "window.showDirectoryPicker = () => navigator.storage.getDirectory();"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small repository with the setting on, and a measure that holds everything."""
    root = tmp_path_factory.mktemp("admin")
    for name in ("templates", "assets"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copytree(SMALL, root / "content")
    site = (SMALL / "site.yaml").read_text("utf-8").replace("git.example.org", "github.com/town")
    (root / "content/site.yaml").write_text(f"{site}\n編集画面: はい\n", "utf-8")
    (root / FORMS).write_text(MEASURE, "utf-8")
    return root


@pytest.fixture(scope="module")
def server(root: Path) -> Iterator[serving.Serving]:
    if not shutil.which("npm") and not bundle.is_installed():
        pytest.skip("npm がないので、編集画面をブラウザーで試しません。")
    try:
        bundle.install()
    except Fault as fault:
        pytest.skip(f"編集画面をブラウザーで試しません。{fault.message}")
    report = Report()
    order = pipeline.Order(root=root, output=root / "public", today=TODAY, index=False)
    built = pipeline.make(order, report, lambda _: None)
    assert built is not None, report.findings
    server = serving.Serving.of_files({a.path: a.data for a in built.artifacts})
    yield server
    server.close()


@pytest.fixture
def screen(
    chromium: Browser, server: serving.Serving, root: Path, complaints: list[str]
) -> Iterator[Page]:
    """The editing screen with the repository open; it complains of nothing, asks no stranger."""
    url = server.url.rstrip("/")
    files = {
        path.relative_to(root).as_posix(): path.read_text("utf-8")
        for path in (root / "content").rglob("*.yaml")
    }
    tall = ViewportSize(width=1280, height=6000)  # inputs out of sight are not made
    with chromium.new_context(base_url=url, locale="ja-JP", viewport=tall) as context:
        listen(context, url, complaints)
        context.add_init_script(PICKER)
        page = context.new_page()
        page.goto("/about/")
        page.evaluate(FILL, files)
        page.goto("/admin/")
        page.get_by_role("button", name="ローカルリポジトリで作業").click()
        expect(page.get_by_text("サイト全体")).to_be_visible()
        yield page
    assert complaints == []


def opened(page: Page, name: str) -> None:
    """Open a measure of the plan."""
    page.goto(f"/admin/#/collections/aoi/entries/{name}")
    expect(page.get_by_role("textbox", name="順", exact=True)).to_be_visible()


def saved(page: Page, path: str, before: str) -> str:
    """Save; the file as the program wrote it."""
    page.get_by_role("button", name="保存", exact=True).click()
    for _ in range(400):
        text = str(page.evaluate(READ, path))
        if text and text != before:
            return text
        page.wait_for_timeout(50)
    pytest.fail(f"{path} was not saved")


def tidy(path: str, before: str | None, after: str) -> str:
    report = Report()
    earlier = None if before is None else Source(path, before.encode())
    data = tidied(earlier, Source(path, after.encode()), report)
    assert data is not None, report.findings
    return data.decode()


def test_what_was_edited_is_all_that_changes(screen: Page, root: Path) -> None:
    """The program drops comments and blank lines; tidied, the file has them again."""
    opened(screen, "forms")
    title = screen.get_by_role("textbox", name="名称", exact=True).first
    expect(title).to_have_value("オンライン申請の拡充")
    title.fill("家からの申請の拡充")
    written = saved(screen, FORMS, MEASURE)
    assert "覚え書き" not in written
    after = tidy(FORMS, MEASURE, written)
    assert after == MEASURE.replace("オンライン申請の拡充", "家からの申請の拡充")
    (root / FORMS).write_text(after, "utf-8")
    report = Report()
    order = pipeline.Order(root=root, output=root / "public", today=TODAY)
    assert pipeline.check(order, report) is not None, report.findings
    (root / FORMS).write_text(MEASURE, "utf-8")


def test_a_value_in_parts_gives_way_to_a_plain_one(screen: Page) -> None:
    """Its input is empty, since the parts have none of their own, and may be filled."""
    opened(screen, "forms")
    screen.get_by_role("button", name="すべて広げる").first.click()
    value = screen.get_by_role("textbox", name="値", exact=True)
    expect(value).to_have_value("")
    value.fill("1,200")
    after = tidy(FORMS, MEASURE, saved(screen, FORMS, MEASURE))
    parts = "      値:\n        表記: 1（試行）\n        数: 1\n"
    assert after == MEASURE.replace(parts, "      値: 1,200\n")


def test_a_new_measure_is_a_file_under_its_own_name(screen: Page, root: Path) -> None:
    """What the program writes reads back, passes the check, and is in the house form."""
    path = "content/aoi/measures/home-visits.yaml"
    screen.goto("/admin/#/collections/aoi/new")
    expect(screen.get_by_role("textbox", name="名称", exact=True)).to_be_visible()
    answers = {
        "スラッグ": "home-visits",
        "名称": "家への訪問",
        "順": "30",
        "要約": "職員が家を訪ねます。",
        "節": "3.11",
    }
    for name, answer in answers.items():
        screen.get_by_role("textbox", name=name, exact=True).first.fill(answer)
    screen.get_by_role("checkbox", name="オンライン申請").check()
    screen.get_by_role("checkbox", name="情報セキュリティ").check()
    screen.get_by_role("button", name="今日").click()
    after = tidy(path, None, saved(screen, path, ""))
    (root / path).write_text(after, "utf-8")
    report = Report()
    order = pipeline.Order(root=root, output=root / "public", today=TODAY)
    catalog = pipeline.check(order, report)
    (root / path).unlink()
    assert catalog is not None, report.findings
    made = next(m for plan in catalog.plans for m in plan.measures if m.id == "home-visits")
    assert (made.title, made.order, made.themes) == ("家への訪問", 30, ("security",))
    assert str(made.summary).strip() == "職員が家を訪ねます。"
    assert after.startswith("# yaml-language-server: $schema=../../.schema/measure.json\n\n名称:")
