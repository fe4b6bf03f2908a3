"""What a search loads and how long it takes, in short; in full: tests/benchmarks/searching.py."""

from statistics import mean
from typing import Any

import pytest
from playwright.sync_api import Browser

from dxsite.pipeline import Built
from tests.benchmarks import searching
from tests.benchmarks.searching import Measured, percentile


@pytest.fixture(scope="module")
def measured(chromium: Browser, site: Any, built: tuple[Built, Any]) -> Measured:
    files = {artifact.path: artifact.data for artifact in built[0].artifacts}
    queries = searching.asked()
    return searching.measure(chromium, site.url, files, first=queries[::40], later=queries[::10])


def test_the_first_query_loads_at_most_130_kilobytes_in_all(measured: Measured) -> None:
    """Page, style, scripts, index, what the cards show; on average over all kinds of queries."""
    assert mean(measured.first_bytes) <= 130_000


def test_a_later_query_loads_at_most_16_kilobytes_on_average(measured: Measured) -> None:
    assert mean(measured.later_bytes) <= 16_000


def test_a_warm_query_is_answered_before_the_reader_notices(measured: Measured) -> None:
    """The benchmark's bar is 20 ms on an idle machine; this one also builds and tests."""
    assert percentile(measured.warm, 0.5) <= 100
