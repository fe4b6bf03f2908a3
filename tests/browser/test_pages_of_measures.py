"""No page of a measure stands in anyone's way."""

from playwright.sync_api import Browser

from tests.browser import barriers
from tests.browser.conftest import Site


def test_no_page_of_a_measure_stands_in_anyones_way(chromium: Browser, site: Site) -> None:
    form = barriers.short_form(site.root, barriers.is_measure)
    assert len(form) > 100
    assert barriers.inspected(chromium, site.url, form)[0] == []
