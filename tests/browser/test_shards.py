"""An index in shards answers as one in one piece does: the same real plans, divided differently."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from dxsite import pipeline, serving
from dxsite.catalog import Catalog
from dxsite.diagnostics import Report
from dxsite.pipeline import Built
from dxsite.search.lexicon import Limits
from dxsite.search.parts import Parts, Remembered, files_of, whole_of
from dxsite.site import LIMITS
from tests.browser.test_queries import Answer, Query, ask, queries, rows, share_first
from tests.conftest import ROOT, TODAY

THREE = (1, 21)
"""Regions that divide the plans into two shards; what they share is the third."""
ALL = Limits(plans=1, words=10_000, readings=10_000)
FACETS = ["plan", "kind", "theme", "department", "fy", "status"]

OPEN = """async texts => {
  const script = document.querySelector("script[type=module][src*=search]").src;
  const load = name => import(new URL(name, script).href);
  const [{ Engine }, { openIndex }] = await Promise.all(
    ["engine.js", "published-index.js"].map(load));
  const at = path => new URL(path, location.origin).href;
  const open = async (index, words) => {
    const store = await openIndex(at(`${index}/pagefind/`), at(`${words}/search/words/`));
    return { store, engine: new Engine(store) };
  };
  window.whole = await open("", "");
  window.one = await open("/one", "");
  window.three = await open("/three", "");
  window.pagefind = await open("/three", "/three");
}"""

ASK = """async ([name, queries, wanted, options]) => {
  const answers = [];
  for (const query of queries) {
    const answer = await window[name].engine.search(query, wanted, options);
    answers.push(JSON.stringify({ query, ...answer, words: undefined }));
  }
  return answers;
}"""


@pytest.fixture(scope="module")
def content() -> Catalog:
    order = pipeline.Order(root=ROOT, output=ROOT / "public", today=TODAY)
    catalog = pipeline.check(order, Report())
    assert catalog is not None
    return catalog


def sharded(content: Catalog, regions: tuple[int, ...]) -> dict[str, bytes]:
    store = Remembered()
    parts = Parts(content.search_words, content.themes, store)
    made = [parts.of_plan(plan) for plan in content.plans]
    whole = whole_of((part for part, _ in made), content.themes, store, regions)
    files = [*(text for _, texts in made for text in texts)]
    files += files_of(whole, content.search_words, store, limits=ALL)
    return {file.path: file.data for file in files}


@pytest.fixture(scope="module")
def bench(chromium: Browser, built: tuple[Built, Any], content: Catalog) -> Iterator[Page]:
    """A page that has the published index, the same in one shard, and in three."""
    files = {artifact.path: artifact.data for artifact in built[0].artifacts}
    for name, regions in (("one", ()), ("three", THREE)):
        files |= {f"{name}/{path}": data for path, data in sharded(content, regions).items()}
    listing = [path for path in files if path.startswith("three/pagefind/index/")]
    assert {path.split("/")[3] for path in listing if path.count("/") > 3} == {"0", "1", "2"}
    server = serving.Serving.of_files(files)
    with chromium.new_context(base_url=server.url.rstrip("/")) as context:
        page = context.new_page()
        page.goto("/search/")
        page.evaluate(OPEN)
        yield page
    server.close()


def everything() -> list[str]:
    return [query.text for query in queries()] + [row["検索語"] for row in rows("nothing.tsv")]


def answers(page: Page, name: str, asked: list[str], **options: Any) -> list[dict[str, Any]]:
    wanted = options.pop("wanted", {})
    made = page.evaluate(ASK, [name, asked, wanted, {"facets": FACETS, **options}])
    return [json.loads(answer) for answer in made]


def test_three_shards_answer_every_query_as_one_does(bench: Page) -> None:
    """Hits in the same order, totals, counts of facets, notes, explanations."""
    asked = everything()
    assert answers(bench, "three", asked) == answers(bench, "one", asked)


def test_shards_find_what_pagefinds_index_finds(bench: Page) -> None:
    """And count it the same; of equal hits each index has its own first."""
    asked = everything()
    told = ("query", "total", "notes", "plans", "ways", "counts")
    ours, theirs = (answers(bench, name, asked) for name in ("three", "whole"))
    for one, other in zip(ours, theirs, strict=True):
        assert {name: one[name] for name in told} == {name: other[name] for name in told}
        assert (one["answer"] or {}).get("url") == (other["answer"] or {}).get("url")


@pytest.mark.parametrize(
    "options",
    [
        {"wanted": {"plan": ["fukuyama", "oe"]}},
        {"wanted": {"kind": ["kpi"], "fy": ["2025"]}},
        {"wanted": {"theme": ["telework"]}, "sort": "fy"},
        {"group": "plan", "from": 5, "count": 40},
    ],
)
def test_choices_and_orders_are_the_same_too(bench: Page, options: dict[str, Any]) -> None:
    asked = ["", *everything()[::9]]
    assert answers(bench, "three", asked, **options) == answers(bench, "one", asked, **options)


def test_a_text_of_a_shard_is_that_of_pagefind(bench: Page) -> None:
    differing = bench.evaluate(
        """async () => {
          const of = async store => {
            const all = Array.from({ length: store.size }, (_, number) => store.text(number));
            return new Map((await Promise.all(all)).map(record => [record.url, record]));
          };
          const [ours, theirs] = [await of(three.store), await of(whole.store)];
          const told = record => JSON.stringify([record?.kind, record?.plans, record?.years,
            record?.lines.map(({ field, pieces, keys }) => [field, pieces, keys])]);
          return [...theirs].filter(([url, record]) => told(record) !== told(ours.get(url)))
            .map(([url]) => url).concat(ours.size === theirs.size ? [] : ["sizes differ"]);
        }"""
    )
    assert differing == []


def test_of_many_plans_only_the_facets_that_are_open_are_loaded(
    bench: Page, content: Catalog
) -> None:
    some = answers(bench, "three", ["電子申請"], facets=["kind"], wanted={"fy": ["2025"]})
    assert set(some[0]["counts"]) == {"kind", "fy"}
    assert len(content.plans) <= LIMITS.whole, "the published site is one piece"
    assert set(answers(bench, "whole", ["電子申請"], facets=[])[0]["counts"]) == set(FACETS)


def test_the_words_of_many_plans_lead_to_the_right_page(bench: Page) -> None:
    """With a lexicon of parts: municipalities by letter, nouns from titles and headings."""
    asked: list[Query] = queries()
    found: dict[str, Answer] = {
        answer.query: answer for answer in ask(bench, [query.text for query in asked])
    }
    share, missed = share_first(asked, found, 1)
    assert share >= 0.95, "\n".join(missed)


def test_suggestions_need_no_list_of_all_departments(bench: Page, content: Catalog) -> None:
    def suggested(name: str, text: str) -> list[list[str]]:
        script = f"""async text => (await {name}.engine.suggest(text))
          .map(({{ kind, title }}) => [kind, title.map(part => part.text).join("")])"""
        made: list[list[str]] = bench.evaluate(script, text)
        return made

    named = (m.departments for plan in content.plans for m in plan.measures if m.departments)
    department = str(next(named)[0])
    assert ["department", department] in suggested("pagefind", department[:-1])
    assert ["plan", "福山市"] in suggested("pagefind", "ふくやま")


@pytest.fixture(scope="module")
def many(built: tuple[Built, Any], content: Catalog) -> Iterator[str]:
    """The address of the same site, published with shards."""
    own = ("pagefind/", "search/words/")
    files = {a.path: a.data for a in built[0].artifacts if not a.path.startswith(own)}
    server = serving.Serving.of_files(files | sharded(content, THREE))
    yield server.url.rstrip("/")
    server.close()


def test_a_facet_has_its_numbers_when_it_is_opened(chromium: Browser, many: str) -> None:
    with chromium.new_context(base_url=many, viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.goto("/search/?q=電子申請")
        page.wait_for_selector('#search[data-state="done"]:not([data-total="0"])')
        year = page.locator("details.dx-facet", has=page.locator("#facet-fy"))
        kind = page.locator("details.dx-facet", has=page.locator("#facet-kind"))
        assert kind.locator("[data-count]").first.inner_text().endswith("件")
        assert year.locator("[data-count]").first.text_content() == ""
        page.click("#facet-fy")
        year.get_by_text("件").first.wait_for()
        total = page.get_attribute("#search", "data-total")
        choice = year.locator("[data-choice]:visible").first
        number = (choice.locator("[data-count]").text_content() or "").removesuffix("件")
        choice.locator("input").check()
        page.wait_for_selector(f'#search[data-state="done"][data-total="{number}"]')
        assert int(number) <= int(total or 0)
