"""No other page stands in anyone's way; its own file, so that two workers share the pages."""

import pytest
from playwright.sync_api import Browser

from tests.browser import barriers
from tests.browser.barriers import State
from tests.browser.conftest import Site

BLOCKS = 24


@pytest.fixture(scope="module")
def form(site: Site) -> dict[str, tuple[State, ...]]:
    return barriers.short_form(site.root, lambda address: not barriers.is_measure(address))


@pytest.mark.parametrize("block", range(BLOCKS))
def test_no_other_page_stands_in_anyones_way(
    block: int, chromium: Browser, site: Site, form: dict[str, tuple[State, ...]]
) -> None:
    pages = dict(list(form.items())[block::BLOCKS])
    assert len(pages) > 5
    assert barriers.inspected(chromium, site.url, pages)[0] == []


def test_the_short_form_has_every_page_every_shape_and_every_state(
    site: Site, form: dict[str, tuple[State, ...]]
) -> None:
    both = form | barriers.short_form(site.root, barriers.is_measure)
    assert both.keys() == set(barriers.addresses(site.root))
    assert all(both.values())
    known = {address: barriers.shapes(site.root, address) for address in both}
    whole = [address for address, states in both.items() if len(states) > 1]
    shapes = {shape for address in whole for shape in known[address]}
    assert all(one <= shapes for one in known.values())
    assert {state for states in both.values() for state in states} == set(barriers.STATES)
    for state in (barriers.NARROW, barriers.WIDE):
        assert all(state in both[address] for address in whole)
