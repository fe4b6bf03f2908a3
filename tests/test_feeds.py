"""What changed, as Atom and JSON Feed: of the whole site, of one plan, of one theme."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import jsonschema
from lxml import etree, html

from dxsite import urls
from tests.conftest import Desk
from tests.test_site import BASE, PLAN, Files, bare, made

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def feed(files: Files, url: str) -> Any:
    return etree.fromstring(files[urls.file_of(url)])


def texts(element: Any, path: str) -> list[str]:
    return [str(text) for text in element.xpath(path, namespaces=ATOM)]


def feeds_of(files: Files) -> list[str]:
    """Every Atom feed, by path."""
    return sorted(n for n in files if n.endswith(".xml") and b"2005/Atom" in files[n])


def two_plans(desk: Desk) -> Files:
    desk.write("ao/plan.yaml", PLAN.replace("062073", "402192").replace("青井", "赤井"))
    desk.write("ao/measures/counter.yaml", bare(10))
    return made(desk)


def test_a_plan_has_a_feed_of_its_own_measures(small_plan: Callable[..., Desk]) -> None:
    files = two_plans(small_plan())
    own = feed(files, urls.plan_feed("ao"))
    assert texts(own, "a:title/text()") == ["赤井市の計画 更新情報"]
    assert texts(own, "a:entry/a:title/text()") == ["赤井市「窓口の案内」"]
    assert texts(own, "a:link[@rel='alternate']/@href") == [f"{BASE}{urls.plan('ao')}"]
    whole = feed(files, urls.FEED)
    assert set(texts(own, "a:entry/a:id/text()")) < set(texts(whole, "a:entry/a:id/text()"))


def test_a_theme_has_a_feed_across_plans(small_plan: Callable[..., Desk]) -> None:
    files = two_plans(small_plan())
    own = feed(files, urls.theme_feed("security"))
    assert texts(own, "a:entry/a:title/text()") == ["赤井市「窓口の案内」"]
    assert texts(own, "a:link[@rel='self']/@href") == [f"{BASE}{urls.theme_feed('security')}"]


def test_a_theme_without_measures_has_a_feed_to_wait_at(small_plan: Callable[..., Desk]) -> None:
    own = feed(made(small_plan()), urls.theme_feed("security"))
    assert texts(own, "a:entry") == []
    assert texts(own, "a:updated/text()") == ["2026-11-20T00:00:00+09:00"]


def test_an_id_does_not_depend_on_the_address_and_names_one_thing(
    small_plan: Callable[..., Desk],
) -> None:
    desk = small_plan()
    here, there = made(desk), made(desk, base_url="https://example.net/plans")
    feeds = feeds_of(here)
    ids = [texts(etree.fromstring(here[name]), "a:id/text()") for name in feeds]
    assert ids == [texts(etree.fromstring(there[name]), "a:id/text()") for name in feeds]
    assert len({id_ for (id_,) in ids}) == len(feeds) == 8


def test_the_pages_of_a_plan_and_a_theme_name_their_feed(small_plan: Callable[..., Desk]) -> None:
    files = made(small_plan())
    for page, own in (
        (urls.plan("aoi"), urls.plan_feed("aoi")),
        (urls.theme("security"), urls.theme_feed("security")),
        (urls.HOME, urls.FEED),
    ):
        tree: Any = html.document_fromstring(files[urls.file_of(page)].decode())
        assert own in tree.xpath("//link[@rel='alternate'][@type='application/atom+xml']/@href")


JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "home_page_url", "feed_url", "language", "authors", "items"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "home_page_url": {"type": "string", "pattern": "^https://"},
        "feed_url": {"type": "string", "pattern": "^https://"},
        "language": {"const": "ja"},
        "authors": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "object", "properties": {"name": {"type": "string"}}},
        },
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "url", "title", "content_text", "date_modified"],
                "additionalProperties": False,
                "properties": {
                    "id": {"type": "string"},
                    "url": {"type": "string", "pattern": "^https://"},
                    "title": {"type": "string"},
                    "content_text": {"type": "string"},
                    "date_modified": {"type": "string"},
                },
            },
        },
    },
}
"""What version 1.1 of JSON Feed asks for, of the members that ours have."""


def test_each_feed_has_a_twin_in_json_that_says_the_same(small_plan: Callable[..., Desk]) -> None:
    files = two_plans(small_plan())
    feeds = feeds_of(files)
    assert len(feeds) == 10
    for name in feeds:
        twin = json.loads(files[name.removesuffix("xml") + "json"])
        jsonschema.validate(twin, JSON_FEED)
        atom = etree.fromstring(files[name])
        assert [twin["title"]] == texts(atom, "a:title/text()")
        assert [twin["home_page_url"]] == texts(atom, "a:link[@rel='alternate']/@href")
        assert [twin["feed_url"]] == [f"{BASE}/{name.removesuffix('xml')}json"]
        items = twin["items"]
        assert [i["id"] for i in items] == texts(atom, "a:entry/a:id/text()")
        assert [i["title"] for i in items] == texts(atom, "a:entry/a:title/text()")
        assert [i["content_text"] for i in items] == texts(atom, "a:entry/a:summary/text()")
        assert [i["date_modified"] for i in items] == texts(atom, "a:entry/a:updated/text()")
        assert all(datetime.fromisoformat(item["date_modified"]).tzinfo for item in items)
