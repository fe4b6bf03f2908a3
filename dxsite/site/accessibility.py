"""Plans the page that says how accessible the site is, with what the last full test found."""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from dxsite.model import SiteSettings
from dxsite.site import words

RESULTS = "accessibility.json"
"""Written by `python3 build.py test --every-state`, never by hand."""

_COLOURS = {
    "light": "明るい配色",
    "dark": "暗い配色（ダークモード）",
    "forced": "利用者が決めた配色（ハイコントラスト）",
}


@dataclass(frozen=True, slots=True)
class Results:
    """What was tested, when, with what, and what was found."""

    day: str
    """In words."""
    pages: int
    states: tuple[tuple[str, str, str], ...]
    """Width, colours and size of text of each setting, in words."""
    complete: bool
    """Whether every page was tested in every state, not each in some."""
    runs: int
    walked: int
    """How many pages were gone through by keyboard."""
    rules: int
    barriers: int
    tools: str
    html: tuple[str, int] | None
    """The checker of HTML and how many faults it found; None where it was not to be had."""


@dataclass(frozen=True, slots=True)
class AccessibilityView:
    """The policy, which people wrote, and the results, which a program wrote."""

    text: str
    results: Results | None
    """None as long as no test was recorded."""
    operator: str | None
    contact: str | None
    """Where a barrier can be reported."""


def view_of(text: str, site: SiteSettings) -> AccessibilityView:
    """What the page shows beneath its title."""
    contact = f"{site.repository}/issues" if site.repository else None
    return AccessibilityView(text, results(), site.operator, contact)


@cache
def results() -> Results | None:
    """The results as the page tells them."""
    record = resources.files("dxsite").joinpath(RESULTS)
    if not record.is_file():
        return None
    told = json.loads(record.read_text("utf-8"))
    states = told["states"]
    checker = told["html"]
    return Results(
        day=words.day(told["date"]),
        pages=told["pages"],
        states=tuple(_state(state) for state in states),
        complete=told["runs"] == told["pages"] * len(states),
        runs=told["runs"],
        walked=told["walked"],
        rules=told["rules"],
        barriers=told["barriers"],
        tools=f"axe-core {told['axe']}、Chromium {told['browser']}",
        html=(checker["checker"], checker["faults"]) if checker else None,
    )


def _state(state: dict[str, Any]) -> tuple[str, str, str]:
    return f"{state['width']}px", _COLOURS[state["colours"]], f"{state['text'] * 100 // 16}%"
