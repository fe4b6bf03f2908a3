"""No page stands in anyone's way: every one that is seen in one state, beside those of
test_pages_of_all_shapes.py; its own file, so that two workers share the work."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import barriers
from tests.browser.barriers import State
from tests.browser.conftest import Axe, Site
from tests.browser.exchange import each

MEASURED = """() => ({
  title: document.title, language: document.documentElement.lang, address: location.pathname,
  high: document.documentElement.scrollHeight, wide: document.documentElement.scrollWidth,
  elements: document.body.querySelectorAll("*").length,
  buttons: [...document.querySelectorAll("button")].filter((one) => one.checkVisibility()).length,
})"""


@pytest.fixture(scope="module")
def form(site: Site) -> dict[str, State]:
    whole = barriers.short_form(site.root, lambda _: True)
    return {address: states[0] for address, states in whole.items() if len(states) == 1}


@pytest.mark.parametrize("state", barriers.STATES, ids=lambda state: state.name)
def test_no_page_stands_in_anyones_way(
    state: State, chromium: Browser, site: Site, form: dict[str, State]
) -> None:
    found, runs = barriers.glanced_at(chromium, site.url, form, [state])
    assert found == []
    assert runs == sum(own == state for own in form.values()) > 20


def test_a_page_that_takes_the_place_of_another_is_the_page_that_is_loaded(
    page: Page, form: dict[str, State]
) -> None:
    """In size, in number of elements, in what its scripts add."""
    page.set_viewport_size({"width": 320, "height": 800})
    addresses = list(form)[:: len(form) // 15]
    loaded: list[Any] = []
    for address in addresses:
        page.goto(address)
        loaded.append(page.evaluate(MEASURED))
    assert any(one["buttons"] > 1 for one in loaded)
    page.goto("/")
    assert each(page, addresses, MEASURED) == loaded


def test_a_barrier_is_seen_on_a_page_that_takes_the_place_of_another(
    chromium: Browser, site: Site
) -> None:
    """A button loses its name, a line its end, a script its head."""
    with barriers.visited(chromium, site.url) as (inspector, complaints):
        inspector.page.route(
            "**/about/",
            lambda route: route.fulfill(
                body=route.fetch()
                .text()
                .replace("<main", "<button></button><pre>%s</pre><main" % ("a" * 900), 1)
            ),
        )
        found = [*inspector.glance({"/about/": barriers.NARROW}, barriers.NARROW)]
    assert {barrier.address for barrier in found} == {"/about/"}
    told = " ".join(barrier.what for barrier in found)
    assert "px wide" in told
    assert "button-name" in told
    assert complaints == []


def test_text_that_only_fits_while_it_is_small_is_seen(chromium: Browser, site: Site) -> None:
    with barriers.visited(chromium, site.url) as (inspector, _):
        inspector.page.route(
            "**/about/",
            lambda route: route.fulfill(
                body=route.fetch().text().replace("<main", f"<pre>{'a' * 25}</pre><main", 1)
            ),
        )
        form = {"/about/": barriers.WIDE}
        found = [*inspector.glance(form, barriers.NARROW)]
    assert [(one.address, one.state) for one in found] == [
        ("/about/", barriers.NARROW_LARGE.name),
    ]


def test_large_text_by_a_style_is_large_text_by_the_setting(
    chromium: Browser, site: Site, form: dict[str, State]
) -> None:
    """At 320 px, where no rule of the style asks how many em that is."""
    addresses = list(form)[:: len(form) // 12]
    size = "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    enlarged = f"""() => {{
      document.documentElement.style.fontSize = "200%";
      const size = {size};
      document.documentElement.style.fontSize = "";
      return size;
    }}"""
    with barriers.visited(chromium, site.url) as (inspector, _):
        inspector.page.goto(site.url + "/")
        inspector.enter(barriers.NARROW)
        by_style = each(inspector.page, addresses, enlarged)
        assert by_style != each(inspector.page, addresses, f"() => {size}")
        inspector.enter(barriers.NARROW_LARGE)
        assert by_style == each(inspector.page, addresses, f"() => {size}")


def test_colours_are_compared_of_everything_that_looks_otherwise(page: Page, axe: Axe) -> None:
    """One of many alike is another colour, one stands on another, one is what was hidden before."""
    page.goto("/glossary/")
    assert axe(page) == []
    page.evaluate(
        """() => {
          const words = [...document.querySelectorAll("main p, main li, main dd, main a")]
            .filter((one) => one.innerText.trim()).slice(-3);
          words[0].style.color = "#999";
          words[1].style.backgroundColor = "#777";
          words[2].parentElement.style.opacity = ".4";
        }"""
    )
    found = axe(page)
    assert len({violation.element for violation in found}) >= 3
    assert {violation.rule for violation in found} == {"color-contrast"}
