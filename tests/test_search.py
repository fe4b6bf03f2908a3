"""The search index: what is put into it, and that it is the same each time."""

import gzip
import random
import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from dxsite import pipeline
from dxsite.assets import Artifact
from dxsite.catalog import Catalog
from dxsite.diagnostics import Report
from dxsite.faults import Fault
from dxsite.search import indexing, ordering
from dxsite.search.indexing import index
from dxsite.search.records import Field
from dxsite.search.shadow import shadow as shadow_of
from dxsite.search.whole import records_of
from dxsite.site.catalogue import KINDS

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def content() -> Catalog:
    order = pipeline.Order(root=ROOT, output=ROOT / "public", today=date(2026, 11, 20))
    catalog = pipeline.check(order, Report())
    assert catalog is not None
    return catalog


@pytest.fixture(scope="module")
def shadow(content: Catalog) -> list[Artifact]:
    return list(shadow_of(records_of(content)))


def test_every_measure_kpi_and_term_can_be_found_at_its_own_address(content: Catalog) -> None:
    records = list(records_of(content))
    urls = [record.url for record in records]
    assert len(urls) == len(set(urls))
    assert {record.kind for record in records} == {kind for kind, _ in KINDS}
    for plan in content.plans:
        for measure in plan.measures:
            assert f"/{plan.slug}/measures/{measure.id}/" in urls
            for kpi in measure.kpis:
                assert f"/{plan.slug}/measures/{measure.id}/#kpi-{kpi.id}" in urls
        for term in plan.terms:
            assert f"/glossary/{term.id}/" in urls


def test_everything_that_a_reader_is_told_can_be_found(content: Catalog) -> None:
    """Notes, and the reasons why oddities of the print are left as they are."""
    lines = {record.url: {line for _, line in record.lines} for record in records_of(content)}
    for plan in content.plans:
        for measure in plan.measures:
            assert set(measure.told) <= lines[f"/{plan.slug}/measures/{measure.id}/"]


def test_weightier_fields_come_first() -> None:
    weights = [field.weight for field in Field]
    assert weights == sorted(weights, reverse=True)


def test_a_shadow_page_gives_pagefind_nothing_to_cut_words_by(shadow: list[Artifact]) -> None:
    for page in shadow:
        html = page.data.decode()
        assert "lang=" not in html
        assert "<title" not in html
        assert "data-pagefind-meta" not in html
        assert set(re.findall("<([a-z]+)", html)) <= {"html", "body", "i", "b"}


def test_the_same_pages_give_the_same_bytes_in_whatever_order(shadow: list[Artifact]) -> None:
    shuffled = shadow.copy()
    random.Random(0).shuffle(shuffled)
    assert index(shadow) == index(shuffled)


def test_only_what_the_search_page_loads_is_published(shadow: list[Artifact]) -> None:
    paths = [artifact.path for artifact in index(shadow)]
    kinds = {re.sub(r"[^/]+(?=\.pf_)|unknown", "*", path) for path in paths}
    assert kinds == {
        "pagefind/*.pf_meta",
        "pagefind/filter/*.pf_filter",
        "pagefind/fragment/*.pf_fragment",
        "pagefind/index/*.pf_index",
        "pagefind/pagefind-entry.json",
        "pagefind/pagefind.js",
        "pagefind/wasm.*.pagefind",
    }


def test_small_chunks_are_what_a_query_loads(shadow: list[Artifact]) -> None:
    """The setting is private: a Pagefind that no longer knows it would write one large chunk."""
    chunks = [a for a in index(shadow) if a.path.endswith(".pf_index")]
    assert sum(len(chunk.data) for chunk in chunks) / len(chunks) < 2_000


def test_nothing_to_index_is_no_fault() -> None:
    assert index([]) == ()


def test_the_pinned_version_is_the_known_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    pins = [need for need in project["dependencies"] if need.startswith("pagefind")]
    assert pins
    assert all(pin.endswith(f"=={indexing.VERSION}") for pin in pins)


def test_an_index_of_unknown_form_is_refused() -> None:
    entry = b'{"version":"9","languages":{"unknown":{"hash":"unknown_1"}}}'
    packed = gzip.compress(b"pagefind_dcd\xf6")
    with pytest.raises(Fault, match="索引の形"):
        ordering.in_order({"e": entry, "pagefind.unknown_1.pf_meta": packed}, "e")
