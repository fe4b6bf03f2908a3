"""No page stands in anyone's way: those that together hold every shape, in several states."""

import pytest
from playwright.sync_api import Browser

from tests.browser import barriers
from tests.browser.barriers import State
from tests.browser.conftest import Site

BLOCKS = 22
Form = dict[str, tuple[State, ...]]


@pytest.fixture(scope="module")
def form(site: Site) -> Form:
    return barriers.short_form(site.root, lambda _: True)


@pytest.mark.parametrize("block", range(BLOCKS))
def test_no_page_stands_in_anyones_way(
    block: int, chromium: Browser, site: Site, form: Form
) -> None:
    whole = {address: states for address, states in form.items() if len(states) > 1}
    pages = dict(list(whole.items())[block::BLOCKS])
    assert pages
    assert barriers.looked_at(chromium, site.url, pages)[0] == []


def test_every_page_shape_state_and_script_is_looked_at(site: Site, form: Form) -> None:
    assert form.keys() == set(barriers.addresses(site.root))
    assert all(form.values())
    known = {address: barriers.shapes(site.root, address) for address in form}
    whole = [address for address, states in form.items() if len(states) > 1]
    shapes = {shape for address in whole for shape in known[address]}
    assert all(one <= shapes for one in known.values())
    assert {state for states in form.values() for state in states} == set(barriers.STATES)
    for state in (barriers.NARROW, barriers.WIDE):
        assert all(state in form[address] for address in whole)
    scripts = {address: barriers.scripts(site.root, address) for address in form}
    assert set(scripts.values()) == {scripts[address] for address in whole}


def test_colours_are_compared_in_each_set_of_colours_that_a_page_is_seen_in(form: Form) -> None:
    for number, states in enumerate(form.values()):
        compared = barriers.colourful(states, number)
        assert set(compared) <= set(states)
        assert {state.colours for state in compared} == {state.colours for state in states}
