"""No page stands in anyone's way: those that together hold every shape, in several states."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Route

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


HIDDEN = """
.only { display: none; position: absolute; }
@media (prefers-color-scheme: dark) { .only.dark { display: block; } }
@media (width > 1000px) { .only.wide { display: block; } }
"""


@pytest.mark.parametrize("kind", ["dark", "wide"])
def test_what_is_there_in_some_states_only_is_seen_there(
    kind: str, chromium: Browser, site: Site
) -> None:
    """What is asked once of a page that stands as it stood is asked again where it does not."""
    name = {"dark": "320px-dark", "wide": "1280px"}[kind]
    (state,) = [one for one in barriers.STATES if one.name == name]
    button = f'<button class="only {kind}"></button><main'
    with barriers.visited(chromium, site.url) as (inspector, _):
        changed(inspector.page, "**/site.css", lambda text: text + HIDDEN)
        changed(inspector.page, "**/about/", lambda text: text.replace("<main", button, 1))
        found = [*inspector.look("/about/", [barriers.NARROW, state])]
    assert {one.state for one in found if one.what.startswith("button-name")} == {state.name}


def test_nothing_is_asked_twice_of_what_stands_as_it_stood(chromium: Browser, site: Site) -> None:
    dark = [one for one in barriers.STATES if one.colours == "dark"]
    with barriers.visited(chromium, site.url) as (inspector, _):
        assert [*inspector.look("/about/", [barriers.NARROW, barriers.WIDE, *dark])] == []
    assert inspector.runs == 2


def changed(page: Page, address: str, change: Callable[[str], str]) -> None:
    """Serve something else there."""

    def answer(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=change(response.text()))

    page.route(address, answer)
