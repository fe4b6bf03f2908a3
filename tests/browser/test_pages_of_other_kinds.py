"""No other page stands in anyone's way; its own file, so that two workers share the pages."""

from playwright.sync_api import Browser

from tests.browser import barriers
from tests.browser.conftest import Site


def test_no_other_page_stands_in_anyones_way(chromium: Browser, site: Site) -> None:
    form = barriers.short_form(site.root, lambda address: not barriers.is_measure(address))
    assert len(form) > 100
    assert barriers.inspected(chromium, site.url, form)[0] == []


def test_the_short_form_has_every_page_and_every_shape_in_every_state(site: Site) -> None:
    form = barriers.short_form(site.root, lambda _: True)
    assert list(form) == barriers.addresses(site.root)
    assert all(form.values())
    whole = [address for address, states in form.items() if states == barriers.STATES]
    shapes = {shape for address in whole for shape in barriers.shapes(site.root, address)}
    assert all(barriers.shapes(site.root, address) <= shapes for address in form)
