"""Every component has a stylesheet and named examples, which only the preview shows."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from tests.conftest import ROOT, Desk
from tests.test_site import made

COMPONENTS = sorted((ROOT / "templates/components").glob("*.html"))
STYLES = ROOT / "assets/css/components"


def gallery_of(desk: Desk) -> Any:
    """The gallery as a tree of elements."""
    return html.document_fromstring(made(desk, gallery=True)["gallery/index.html"].decode())


each = pytest.mark.parametrize("component", COMPONENTS, ids=lambda path: path.stem)


@each
def test_a_component_has_a_stylesheet_or_says_where_its_styles_are(component: Path) -> None:
    told = re.search(r"Styled in ([\w-]+\.css)", component.read_text("utf-8"))
    styles = STYLES / (told[1] if told else f"{component.stem}.css")
    used = set(re.findall(r"\bdx-[a-z-]+", component.read_text("utf-8")))
    assert used & set(re.findall(r"\.(dx-[a-z-]+)", styles.read_text("utf-8")))


@each
def test_a_component_has_examples(component: Path) -> None:
    examples = component.parent / "examples" / component.name
    assert examples.exists()


def test_every_example_shows_something_under_a_name_of_its_own(
    small_plan: Callable[..., Desk],
) -> None:
    page = gallery_of(small_plan())
    shown = page.xpath("//*[@data-component]")
    expected = {path.stem for path in (ROOT / "templates/components/examples").glob("*.html")}
    assert {component.get("data-component") for component in shown} == expected
    for component in shown:
        examples = component.xpath(".//*[@data-example]")
        names = [example.get("data-example") for example in examples]
        assert len(names) == len(set(names)) > 0, component.get("data-component")
        for example in examples:
            body = example.find_class("dx-example__body")[0]
            assert body.xpath(".//*"), (
                component.get("data-component"),
                example.get("data-example"),
            )


def test_the_gallery_is_not_published(small_plan: Callable[..., Desk]) -> None:
    assert not [name for name in made(small_plan()) if "gallery" in name]


def test_no_id_stands_twice_in_the_gallery(small_plan: Callable[..., Desk]) -> None:
    page = gallery_of(small_plan())
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
