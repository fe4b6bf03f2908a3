"""A catalogue of many plans is a tree of small ones; a small one stays as it is."""

import json
import pickle
import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree, html

from dxsite import pipeline, urls
from dxsite.assets import Files
from dxsite.catalog import Catalog
from dxsite.diagnostics import Report
from dxsite.fiscal import fiscal_year_of
from dxsite.memory import Memory
from dxsite.positions import Text
from dxsite.search.whole import records_of
from dxsite.site import Gist, Limits, areas_of, gist_of, gists_of
from dxsite.site.prefectures import PREFECTURES, prefecture_of
from tests.conftest import ROOT, TODAY, Desk
from tests.test_site import found
from tests.towns import PLANS, many


def order(desk: Desk) -> pipeline.Order:
    """A build of pages alone."""
    return pipeline.Order(
        root=desk.root,
        output=desk.root / "public",
        today=TODAY,
        base_url="https://example.org",
        index=False,
        cards=False,
    )


def files(desk: Desk) -> dict[str, bytes]:
    """Every file of a desk's site; its links were inspected."""
    report = Report()
    built = pipeline.make(order(desk), report, lambda _: None)
    assert built is not None, report.findings
    return dict(Files(built.artifacts))


def catalog(desk: Desk) -> Catalog:
    """What a desk's content says."""
    report = Report()
    read = pipeline.check(order(desk), report)
    assert read is not None, report.findings
    return read


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return many(tmp_path_factory.mktemp("japan"))


@pytest.fixture(scope="module")
def site(desk: Desk) -> dict[str, bytes]:
    return files(desk)


@pytest.fixture(scope="module")
def gists(desk: Desk) -> tuple[Gist, ...]:
    return gists_of(catalog(desk).plans, TODAY, Memory())


def links(page: bytes) -> list[str]:
    """The addresses within the site to which a page's own part leads, without fragments."""
    addresses = map(str, found(html.document_fromstring(page.decode()), "//main//a/@href"))
    return [url.partition("#")[0] for url in addresses if url.startswith("/")]


def pages_of(site: Mapping[str, bytes]) -> list[str]:
    """The pages, the staff guide aside."""
    return [name for name in site if name.endswith(".html") and not name.startswith("guide/")]


# ------------------------------------------------------------------------------------- the tree


def test_a_small_catalogue_is_one_area_at_the_root(gists: tuple[Gist, ...]) -> None:
    whole = areas_of(gists, Limits(whole=len(gists)))
    assert (whole.is_large, [*whole.leaves]) == (False, [whole])
    assert (whole.branch, whole.name) == (urls.WHOLE, "")
    assert whole.titled("用語集") == "用語集"
    assert whole.slugs == tuple(gist.slug for gist in gists)


def test_one_plan_more_makes_prefectures(gists: tuple[Gist, ...]) -> None:
    whole = areas_of(gists, Limits(whole=len(gists) - 1))
    assert [area.branch.home for area in whole.areas] == [
        f"/prefectures/{name}/" for name in ("aomori", "yamagata", "tokyo", "hiroshima")
    ]


@pytest.mark.parametrize("limit", [1, 2, 3, 8, 10])
def test_every_plan_is_in_one_leaf_and_no_leaf_has_too_many(
    gists: tuple[Gist, ...], limit: int
) -> None:
    whole = areas_of(gists, Limits(whole=3, area=limit))
    sizes = [len(leaf.slugs) for leaf in whole.leaves]
    assert max(sizes) <= limit
    assert sorted(slug for leaf in whole.leaves for slug in leaf.slugs) == sorted(whole.slugs)
    prefixes = [leaf.branch.prefix for leaf in whole.leaves]
    assert len(set(prefixes)) == len(prefixes)


def test_parts_of_a_prefecture_are_about_equal_and_in_the_order_of_codes(
    gists: tuple[Gist, ...],
) -> None:
    (yamagata,) = areas_of(gists).branches
    codes = {gist.slug: gist.code for gist in gists}
    assert [len(part.slugs) for part in yamagata.areas] == [5, 5]
    assert [codes[slug] for part in yamagata.areas for slug in part.slugs] == sorted(
        codes[slug] for slug in yamagata.slugs
    )
    assert [link.label for link in yamagata.areas[1].trail] == [
        "ホーム",
        "山形県",
        "山形県その2",
    ]


def test_the_table_of_prefectures_is_that_of_jis() -> None:
    assert [one.code for one in PREFECTURES] == [f"{n:02}" for n in range(1, 48)]
    assert len({(one.slug, one.name, one.reading) for one in PREFECTURES}) == 47
    assert all(re.fullmatch("[a-z]+", one.slug) for one in PREFECTURES)
    assert {one.name[-1] for one in PREFECTURES} == set("道県都府")


@pytest.mark.parametrize(
    ("name", "code", "slug"),
    [
        ("山形県", "062073", "yamagata"),
        ("山形", "062073", "yamagata"),
        ("県", "990000", "elsewhere"),
    ],
)
def test_a_plan_with_an_odd_prefecture_has_a_place(name: str, code: str, slug: str) -> None:
    assert prefecture_of(name, code).slug == slug


# ------------------------------------------------------------------------------------ the gists


def test_a_gist_is_small_plain_and_travels_between_processes(desk: Desk) -> None:
    plan = catalog(desk).plans[0]
    gist = gist_of(plan, fiscal_year_of(TODAY))
    assert pickle.loads(pickle.dumps(gist)) == gist
    assert len(pickle.dumps(gist)) < 3_000
    assert b"plan.yaml" not in pickle.dumps(gist)  # no place in any of its texts


def test_a_sentence_more_in_a_measure_leaves_the_gist_as_it_is(desk: Desk) -> None:
    """Of a plan that keeps an earlier revision, it is one change more."""
    plan = replace(catalog(desk).plans[0], revisions=())
    first = plan.measures[0]
    longer = replace(first, summary=Text(f"{first.summary}もう一文です。", first.place))
    edited = replace(plan, measures=(longer, *plan.measures[1:]))
    now = fiscal_year_of(TODAY)
    assert gist_of(edited, now) == gist_of(plan, now)


# ------------------------------------------------------------------------------ the large site


def test_every_address_of_the_contract_is_there(site: Mapping[str, bytes]) -> None:
    catalogue = json.loads(site["data/catalog.json"])
    themes = {t for p in catalogue["plans"] for m in p["measures"] for t in m["themes"]}
    terms = {term["id"] for plan in catalogue["plans"] for term in plan["glossary"]}
    promised = ["/", "/themes/", "/kpis/", "/glossary/", "/search/", "/data/", "/404.html"]
    promised += ["/roadmap/", "/compare/", "/sitemap.xml", "/feed.xml", "/prefectures/"]
    promised += [f"/themes/{theme}/" for theme in themes]
    promised += [f"/glossary/{term}/" for term in terms]
    for plan in catalogue["plans"]:
        own = f"/{plan['slug']}/"
        promised += [own, f"{own}roadmap/", f"{own}kpis/", f"{own}glossary/"]
        promised += [f"{own}measures/{measure['id']}/" for measure in plan["measures"]]
    assert [url for url in promised if urls.file_of(url) not in site] == []
    assert len(themes) > 1
    assert len(terms) > 2


def test_every_leaf_has_the_pages_of_a_small_catalogue(
    site: Mapping[str, bytes], gists: tuple[Gist, ...]
) -> None:
    for leaf in areas_of(gists).leaves:
        own = leaf.branch
        for url in (own.home, own.themes, own.compare, own.kpis, own.glossary, own.roadmap):
            assert urls.file_of(url) in site
        for gist in gists:
            if gist.slug in leaf.slugs:
                assert all(urls.file_of(own.term(term.id)) in site for term in gist.terms)


def test_every_plan_is_three_links_from_home_and_every_page_is_reached(
    site: Mapping[str, bytes], gists: tuple[Gist, ...]
) -> None:
    clicks = {"index.html": 0}
    frontier = ["index.html"]
    while frontier:
        path = frontier.pop(0)
        tree = html.document_fromstring(site[path].decode())
        for address in map(str, found(tree, "//a/@href")):
            target = urls.file_of(address.partition("#")[0])
            if address.startswith("/") and target in site and target not in clicks:
                clicks[target] = clicks[path] + 1
                if target.endswith(".html"):
                    frontier.append(target)
    assert set(pages_of(site)) - set(clicks) == {urls.file_of(urls.NOT_FOUND)}
    assert max(clicks[urls.file_of(urls.plan(gist.slug))] for gist in gists) <= 3


def test_no_page_that_spans_plans_names_more_than_a_leaf_has(
    site: Mapping[str, bytes], gists: tuple[Gist, ...]
) -> None:
    own = tuple(f"{gist.slug}/" for gist in gists)
    measures = {
        name: {url for url in links(site[name]) if "/measures/" in url}
        for name in pages_of(site)
        if not name.startswith(own)
    }
    assert max(map(len, measures.values())) <= 8 * 2
    root = [name for name in measures if not name.startswith("prefectures/")]
    assert {name: measures[name] for name in root if measures[name]} == {}
    plans = {f"/{gist.slug}/" for gist in gists}
    named = {name: plans & set(links(site[name])) for name in root}
    assert max(map(len, named.values())) <= 5  # the plans whose words explain a term


def test_a_plan_knows_its_prefecture_and_leads_to_the_pages_of_its_area(
    site: Mapping[str, bytes], gists: tuple[Gist, ...]
) -> None:
    areas = areas_of(gists).of_plans()
    for gist in gists:
        page = site[f"{gist.slug}/measures/m0/index.html"]
        tree = html.document_fromstring(page.decode())
        crumbs = [str(text) for text in found(tree, "//nav[@aria-label='現在位置']//a/text()")]
        assert crumbs == ["ホーム", gist.row.prefecture, gist.row.plan.label]
        area = areas[gist.slug].branch.prefix
        asked = [url for url in links(page) if "/themes/" in url or "/glossary/" in url]
        assert asked
        assert all(url.startswith((f"{area}/", f"/{gist.slug}/")) for url in asked)
        others = [other.slug for other in gists if other.slug != gist.slug]
        assert not [url for url in links(page) if url.split("/")[1] in others]


def test_two_towns_of_one_name_are_told_apart(site: Mapping[str, bytes]) -> None:
    rows = json.loads(site["prefectures/towns.json"])
    assert [name for name, _ in rows] == ["青森県", "山形県", "東京都", "広島県"]
    towns = [(prefecture, *town) for prefecture, some in rows for town in some]
    same = [town for town in towns if town[1] == towns[0][1]]
    assert len({town[0] for town in same}) == len({town[3] for town in same}) == len(PLANS)
    assert len(towns) == sum(PLANS.values())


def test_the_search_of_many_is_narrowed_by_prefecture(
    desk: Desk, site: Mapping[str, bytes]
) -> None:
    tree = html.document_fromstring(site["search/index.html"].decode())
    offered = found(tree, "//input[@data-facet][@name='prefecture']/@value")
    assert sorted(offered) == sorted(PLANS)
    assert not found(tree, "//input[@data-facet][@name='plan']")
    assert found(tree, "//*[@id='search-plans']/@data-towns") == [urls.TOWNS_JSON]
    records = [record for record in records_of(catalog(desk)) if record.kind == "measure"]
    assert {record.facets["prefecture"] for record in records} == {(name,) for name in PLANS}
    few = replace(catalog(desk), plans=catalog(desk).plans[:3])
    assert not [record for record in records_of(few) if "prefecture" in record.facets]


def test_home_finds_towns_by_prefecture_without_a_script(site: Mapping[str, bytes]) -> None:
    tree = html.document_fromstring(site["index.html"].decode())
    (finder,) = found(tree, "//form[@data-town-finder]")
    assert finder.get("hidden") is not None
    assert finder.get("data-towns") == urls.TOWNS_JSON
    assert {url for url in links(site["index.html"]) if url.count("/") == 3} >= {
        f"/prefectures/{name}/" for name in PLANS
    }
    assert len(found(tree, "//*[contains(@class,'dx-regions__item')]")) == 47


def test_pages_of_gists_count_what_there_is(site: Mapping[str, bytes]) -> None:
    catalogue = json.loads(site["data/catalog.json"])["plans"]
    for theme in {t for p in catalogue for m in p["measures"] for t in m["themes"]}:
        tree = html.document_fromstring(site[f"themes/{theme}/index.html"].decode())
        told = {
            "".join(found(row, "./th/a/text()")): [int(n) for n in found(row, "./td/text()")]
            for row in found(tree, "//tbody/tr")
        }
        counted: dict[str, list[int]] = {}
        for plan in catalogue:
            here = sum(theme in measure["themes"] for measure in plan["measures"])
            if here:
                towns, measures = counted.get(plan["prefecture"], [0, 0])
                counted[plan["prefecture"]] = [towns + 1, measures + here]
        assert told == counted


def test_the_sitemap_has_a_part_for_every_prefecture(site: Mapping[str, bytes]) -> None:
    index = etree.fromstring(site["sitemap.xml"])
    parts = [str(loc) for loc in found(index, "//*[local-name()='loc']/text()")]
    names = [part.removeprefix("https://example.org/") for part in parts]
    assert sorted(names) == sorted(["sitemap-site.xml", *(f"sitemap-{n}.xml" for n in PLANS)])
    listed = [
        urls.file_of(str(loc).removeprefix("https://example.org"))
        for name in names
        for loc in found(etree.fromstring(site[name]), "//*[local-name()='loc']/text()")
    ]
    assert len(set(listed)) == len(listed)
    assert set(listed) == {name for name in site if name.endswith(".html")} - {"404.html"}


def test_no_list_is_heavy(site: Mapping[str, bytes]) -> None:
    heavy = {name: len(site[name]) for name in pages_of(site) if len(site[name]) > 150_000}
    assert {name for name in heavy if "/measures/" not in name and "roadmap" not in name} == set()


# ------------------------------------------------------------------------------------ an edit


def test_an_edited_summary_changes_its_plan_and_its_area_only(
    tmp_path: Path, desk: Desk, site: Mapping[str, bytes], gists: tuple[Gist, ...]
) -> None:
    for name in ("templates", "assets"):
        (tmp_path / name).symlink_to(ROOT / name)
    shutil.copytree(desk.root / "content", tmp_path / "content")
    area = areas_of(gists).areas[1].areas[0]
    slug = area.slugs[2]
    path = tmp_path / f"content/{slug}/measures/m1.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("手続きを増やします", "手続きをもっと増やします"), "utf-8")
    after = files(Desk(tmp_path))
    changed = {name for name in site if site[name] != after[name]}
    assert after.keys() == site.keys()
    assert f"{slug}/measures/m1/index.html" in changed
    assert area.branch.prefix.strip("/") + "/" in {
        "/".join(name.split("/")[:3]) + "/" for name in changed
    }
    pages = {name for name in changed if name.endswith(".html")}
    assert not [n for n in pages if not n.startswith((f"{slug}/", area.branch.prefix[1:] + "/"))]
    assert not [name for name in changed - pages if name.startswith("sitemap")]


def test_the_five_plans_have_no_prefectures(built: tuple[pipeline.Built, Path]) -> None:
    """Their site is one area: no page, no list and no sitemap of a large one."""
    names = {artifact.path for artifact in built[0].artifacts}
    assert not [name for name in names if name.startswith(("prefectures", "sitemap-"))]
