"""What changed, as Atom: of the whole site, of one plan, of one theme."""

from collections.abc import Callable
from typing import Any

from lxml import etree, html

from dxsite import urls
from tests.conftest import Desk
from tests.test_site import BASE, PLAN, Files, bare, made

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def feed(files: Files, url: str) -> Any:
    return etree.fromstring(files[urls.file_of(url)])


def texts(element: Any, path: str) -> list[str]:
    return [str(text) for text in element.xpath(path, namespaces=ATOM)]


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
    feeds = sorted(name for name in here if name.endswith("feed.xml"))
    ids = [texts(etree.fromstring(here[name]), "a:id/text()") for name in feeds]
    assert ids == [texts(etree.fromstring(there[name]), "a:id/text()") for name in feeds]
    assert len({id_ for (id_,) in ids}) == len(feeds) == 4


def test_the_pages_of_a_plan_and_a_theme_name_their_feed(small_plan: Callable[..., Desk]) -> None:
    files = made(small_plan())
    for page, own in (
        (urls.plan("aoi"), urls.plan_feed("aoi")),
        (urls.theme("security"), urls.theme_feed("security")),
        (urls.HOME, urls.FEED),
    ):
        tree: Any = html.document_fromstring(files[urls.file_of(page)].decode())
        assert own in tree.xpath("//link[@rel='alternate'][@type='application/atom+xml']/@href")
