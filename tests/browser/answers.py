"""Answers in the engine's place, so that every state of the search page can be had.

The seam is the worker: one that has its answer written into it takes the same messages. No test
of the page then depends on what the plans hold, or on how well the engine finds it.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page

WORKER = """
const given = %s;
addEventListener("message", ({ data: { id, query, suggest, options } }) => {
  if (suggest !== undefined) {
    const { offers } = given;
    return postMessage(offers ? { id, answer: offers } : { id, error: "no suggestions" });
  }
  if (given.broken) return postMessage({ id, error: "no index" });
  if (query === null) return postMessage({ id, answer: null });
  const hits = given.hits.slice(options.from, options.from + options.count);
  postMessage({ id, answer: { ...given, total: given.hits.length, hits } });
});
"""
PLANS = ("fukuyama", "oe")
NOTES: list[dict[str, Any]] = [
    {"kind": "synonym", "word": "在宅勤務", "forms": ["テレワーク"]},
    {"kind": "spelling", "word": "サーバー", "forms": ["サーバ"]},
    {"kind": "reading", "word": "まどぐち", "forms": ["窓口"]},
    {"kind": "guess", "word": "テレワーグ", "forms": ["テレワーク"]},
    {"kind": "partial", "word": "窓口 予約", "forms": ["新幹線"]},
    {"kind": "split", "word": "", "forms": ["窓口", "予約"]},
    {"kind": "related", "word": "駅", "forms": ["バス"]},
    {"kind": "year", "word": "R9", "forms": ["R9"]},
    {"kind": "apart", "word": "窓口予約", "forms": []},
    {"kind": "of another day", "word": "x", "forms": ["y"]},
]
OFFERS: list[dict[str, Any]] = [
    {
        "kind": "measure",
        "title": [{"text": "電子", "marked": True}, {"text": "申請の推進", "marked": False}],
        "note": "福山市",
        "url": "/fukuyama/measures/online-procedures/",
        "query": None,
    },
    {
        "kind": "department",
        "title": [{"text": "電子政策課", "marked": False}],
        "note": None,
        "url": None,
        "query": "電子政策課",
    },
    {
        "kind": "term",
        "title": [{"text": "電子契約", "marked": False}],
        "note": None,
        "url": "/glossary/",
        "query": None,
    },
]


def hit(number: int, **given: Any) -> dict[str, Any]:
    """A measure, in the one plan and the other by turns."""
    plan = PLANS[number % 2]
    return {
        "url": f"/{plan}/?{number}",
        "kind": "measure",
        "plans": [plan],
        "places": [plan],
        "path": "方針1 › 1-(1) 手続き",
        "measure": None,
        "title": [{"text": "電子申請", "marked": True}, {"text": f"の推進{number}"}],
        "excerpt": {"field": "body", "parts": [{"text": "家から"}, {"text": "申請"}]},
        "departments": ["市民課", "税務課"],
        "when": "令和5年度（2023年度）から",
        "figure": "電子申請受付件数：1,500件/年（令和9年度末／2027年度末）",
        **given,
    }


def given(hits: int | list[dict[str, Any]] = 3, **more: Any) -> dict[str, Any]:
    """An answer of the engine; the numbers of its facets are those of its hits."""
    found = [hit(number) for number in range(hits)] if isinstance(hits, int) else hits
    plans = [plan for one in found for plan in one["plans"]]
    empty: dict[str, Any] = {"notes": [], "ways": [], "plans": [], "answer": None}
    counts = {"plan": {plan: plans.count(plan) for plan in PLANS}}
    return {"hits": found, "counts": counts, **empty, **more}


Answering = Callable[[dict[str, Any]], None]


def wait(page: Page) -> None:
    page.wait_for_selector('#search[data-state="done"]')


def search(page: Page, query: str = "電子申請", more: str = "") -> None:
    page.goto(f"/search/?q={quote(query)}{more}")
    wait(page)


def parameters(page: Page) -> dict[str, str]:
    found: dict[str, str] = page.evaluate(
        "Object.fromEntries(new URLSearchParams(location.search))"
    )
    return found


def until(page: Page, truth: str) -> None:
    """Wait for a truth that the page tells; the policy forbids it to look out by itself."""
    for _ in range(100):
        if page.evaluate(truth):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never came true: {truth}")


def results(page: Page) -> Locator:
    return page.locator("li[data-result]")
