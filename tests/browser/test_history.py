"""A plan with earlier revisions and reported figures, as readers meet it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from dxsite import pipeline, serving, urls
from dxsite.diagnostics import Report
from tests.browser.barriers import STATES, visited
from tests.conftest import TODAY
from tests.revised import PLAN, SECOND, revised

PAGES = (
    urls.plan_changes(PLAN),
    urls.CHANGES,
    urls.plan(PLAN),
    urls.plan_kpis(PLAN),
    urls.measure(PLAN, "online-applications"),
    urls.theme("online-procedures"),
)
"""Every kind of page on which the history or a reported figure stands."""
SEEN = [one for one in STATES if one.width != 768 and one.colours != "forced" and one.text == 16]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    desk = revised(tmp_path_factory.mktemp("revised"))
    order = pipeline.Order(
        root=desk.root, output=desk.root / "public", today=TODAY, base_url="/", index=False
    )
    report = Report()
    built = pipeline.make(order, report, lambda _: None)
    assert built is not None, report.findings
    server = serving.Serving.of_files({file.path: file.data for file in built.artifacts})
    yield server.url.rstrip("/")
    server.close()


@pytest.fixture
def reader(chromium: Browser) -> Iterator[Page]:
    with chromium.new_context(locale="ja-JP") as context:
        yield context.new_page()


@pytest.mark.parametrize("url", PAGES)
def test_no_barrier_is_found_and_nothing_leaves_the_page(
    url: str, address: str, chromium: Browser
) -> None:
    """Narrow and wide, in the light and in the dark, colours in each of the four."""
    with visited(chromium, address) as (inspector, complaints):
        assert [*inspector.look(url, SEEN, colours=SEEN)] == []
    assert complaints == []


def test_a_count_leads_to_what_it_counts_and_a_sentence_to_its_measure(
    address: str, reader: Page
) -> None:
    reader.goto(address + urls.CHANGES)
    reader.get_by_role("link", name="目標の引き上げ").first.click()
    assert reader.url.endswith(urls.change(PLAN, SECOND, "raised"))
    part = reader.locator(f"#since-{SECOND}-raised")
    assert part.is_visible()
    part.get_by_role("link", name="電子申請の推進").click()
    assert reader.url.endswith(urls.measure(PLAN, "online-applications"))
    assert reader.get_by_role("heading", name="この施策の変更").is_visible()
