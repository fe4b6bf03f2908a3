"""No page of a measure stands in anyone's way."""

import pytest
from playwright.sync_api import Browser

from tests.browser import barriers
from tests.browser.barriers import State
from tests.browser.conftest import Site

BLOCKS = 12


@pytest.fixture(scope="module")
def form(site: Site) -> dict[str, tuple[State, ...]]:
    return barriers.short_form(site.root, barriers.is_measure)


@pytest.mark.parametrize("block", range(BLOCKS))
def test_no_page_of_a_measure_stands_in_anyones_way(
    block: int, chromium: Browser, site: Site, form: dict[str, tuple[State, ...]]
) -> None:
    pages = dict(list(form.items())[block::BLOCKS])
    assert len(pages) > 5
    assert barriers.inspected(chromium, site.url, pages)[0] == []
