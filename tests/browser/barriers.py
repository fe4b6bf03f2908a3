"""What may stand in a reader's way, looked for on every page in every state of a browser.

A page is loaded once; then the browser changes around it, as a reader's settings would. Tests
take the short form: every page in one state, by turns, and pages that together hold every shape
of the site at 320 and 1280 px and in two more states, by turns. Contrast takes more than half of
the time and follows from the shapes, so the short form looks at it on their pages only.
`python3 build.py test --every-state` takes every page in every state and notes what it found in
dxsite/accessibility.json, which the site publishes.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from lxml import html
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Request

ARGUMENTS = [
    "--no-sandbox",  # containers run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
AXE_VERSION = re.findall(r"axe v([\d.]+)", AXE)[0]

ASK_AXE = """tags => axe.run({
  runOnly: {type: "tag", values: tags}, resultTypes: ["violations"], preload: false,
  rules: {"color-contrast": {enabled: %s}},
})"""


class Violation(NamedTuple):
    """One element that breaks one rule of axe."""

    rule: str
    impact: str
    element: str
    """A selector."""
    help: str


class State(NamedTuple):
    """How a reader has set the browser."""

    name: str
    width: int
    colours: str = "light"
    """light, dark or forced"""
    text: int = 16
    """The reader's own text size in pixels; 32 is 200 %."""


STATES = (
    State("320px", 320),
    State("768px", 768),
    State("1280px", 1280),
    State("320px-dark", 320, "dark"),
    State("1280px-dark", 1280, "dark"),
    State("320px-forced-colours", 320, "forced"),
    State("1280px-forced-colours", 1280, "forced"),
    State("320px-text-200", 320, text=32),
    State("1280px-text-200", 1280, text=32),
)

NARROW, WIDE, NARROW_LARGE = STATES[0], STATES[2], STATES[7]


class Barrier(NamedTuple):
    """One thing that stands in the way, and where."""

    address: str
    state: str
    what: str


class Inspector:
    """One tab of a browser that goes from page to page."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self._url = url
        self._debugger = page.context.new_cdp_session(page)
        self._debugger.send("Page.enable")
        self._text = 16
        self.runs = 0
        """How often axe was asked."""

    def look(
        self,
        address: str,
        states: Sequence[State],
        *,
        keyboard: Sequence[State] = (),
        contrast: bool = True,
    ) -> Iterator[Barrier]:
        """Ask axe in each of the states, and walk by keyboard in some; see that nothing is wider
        than the window in these, at 320 px, and there with text of twice the size."""
        self.page.goto(self._url + address)
        settle(self.page)
        for state in keyboard:
            self._enter(state)
            for what in walk(self.page, self._debugger):
                yield Barrier(address, state.name, what)
        self.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        self._debugger.send("Runtime.evaluate", {"expression": AXE})
        for state in STATES:
            if state not in states and state not in (NARROW, NARROW_LARGE):
                continue
            self._enter(state)
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            if wide > state.width:
                yield Barrier(address, state.name, f"the page is {wide} px wide")
            if state in states:
                self.runs += 1
                for found in violations(self.page, contrast=contrast):
                    yield Barrier(address, state.name, " | ".join(found))

    def _enter(self, state: State) -> None:
        if state.text != self._text:
            sizes = {"standard": state.text, "fixed": state.text * 13 // 16}
            self._debugger.send("Page.setFontSizes", {"fontSizes": sizes})
            self._text = state.text
        self.page.emulate_media(
            color_scheme="dark" if state.colours == "dark" else "light",
            forced_colors="active" if state.colours == "forced" else "none",
            reduced_motion="reduce",  # what moves is elsewhere by the time one looks
        )
        self.page.set_viewport_size({"width": state.width, "height": 800})


def violations(page: Page, *, contrast: bool = True) -> list[Violation]:
    """What axe, already there, finds wrong with the page as it stands."""
    found = page.evaluate(ASK_AXE % str(contrast).lower(), WCAG)
    return [
        Violation(rule["id"], rule["impact"], " ".join(map(str, node["target"])), rule["help"])
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def rules(browser: Browser) -> int:
    """How many rules axe goes by."""
    page = browser.new_page()
    page.evaluate(AXE)
    number = int(page.evaluate("tags => axe.getRules(tags).length", WCAG))
    page.close()
    return number


def settle(page: Page) -> None:
    """Wait for what a search page still does."""
    if page.locator("#search").count():
        page.wait_for_selector('#search:not([data-state="busy"])')


# ------------------------------------------------------------------------------- by keyboard

PREPARE = """() => {
  const all = [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex]")];
  const seen = all.filter((one) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility());
  const first = new Map();
  const wanted = seen.filter((one) => {
    if (one.type !== "radio") return true;
    if (first.has(one.name)) return false;
    return first.set(one.name, one);
  });
  globalThis.walk = { wanted, reached: new Set(), unseen: new Set() };
  const isInside = (box) =>
    box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  document.addEventListener("focusin", ({ target }) => {
    globalThis.walk.reached.add(target);
    const style = getComputedStyle(target);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    target.seen = outlined && isInside(target.getBoundingClientRect()) ? "at once" : outlined;
  });
  document.addEventListener("focusout", ({ target }) => {  // by now it has been scrolled to
    if (target.seen === "at once") return;
    if (target.seen && isInside(target.getBoundingClientRect())) return;
    globalThis.walk.unseen.add(target.outerHTML.slice(0, 120));
  });
  document.activeElement?.blur();
  return globalThis.walk.wanted.length;
}"""
RESULT = """() => {
  const { wanted, reached, unseen } = globalThis.walk;
  const missed = wanted.filter((one) => !reached.has(one)).map((one) => one.outerHTML.slice(0, 120));
  return { missed, unseen: [...unseen], ended: document.activeElement === document.body
    || document.activeElement === wanted[0] || wanted.indexOf(document.activeElement) < 3 };
}"""
TAB = {"type": "rawKeyDown", "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}


def walk(page: Page, debugger: CDPSession) -> list[str]:
    """Press Tab until the page has been gone through: all is reached, seen, and let go again."""
    for _ in range(page.evaluate(PREPARE) + 2):
        debugger.send("Input.dispatchKeyEvent", TAB)
    told = page.evaluate(RESULT)
    return [
        *(f"not reached by Tab: {one}" for one in told["missed"]),
        *(f"focus is not seen: {one}" for one in told["unseen"]),
        *([] if told["ended"] else ["Tab does not come to an end"]),
    ]


# ------------------------------------------------------------------------------------- shapes


def addresses(root: Path) -> list[str]:
    """Every page of a published folder, by address."""
    names = sorted(path.relative_to(root).as_posix() for path in root.rglob("*.html"))
    return ["/" + name.removesuffix("index.html") for name in names]


def is_measure(address: str) -> bool:
    """Whether it is the page of one measure; they are a third of the site."""
    return "/measures/" in address and not address.startswith("/guide/")


def shapes(root: Path, address: str) -> frozenset[str]:
    """What a page is made of: each element with its class, role and state, and its parent's."""
    name = address.lstrip("/") + ("" if address.endswith(".html") else "index.html")
    tree = html.document_fromstring((root / name).read_text("utf-8"))
    return frozenset(f"{kind(one.getparent())}>{kind(one)}" for one in tree.iter("*"))


def kind(element: Any) -> str:
    if element is None:
        return ""
    said = (element.get(name) for name in ("class", "role", "data-kind", "data-end", "type"))
    return " ".join([str(element.tag), *(str(word) for word in said if word)])


def covering(known: Mapping[str, frozenset[str]]) -> list[str]:
    """Few pages that together hold every shape, the one with most news first."""
    missing = frozenset().union(*known.values())
    chosen = []
    while missing:
        best = max(sorted(known), key=lambda address: len(known[address] & missing))
        chosen.append(best)
        missing -= known[best]
    return chosen


def short_form(root: Path, mine: Callable[[str], bool]) -> dict[str, tuple[State, ...]]:
    """Page → states, for the pages that `mine` takes."""
    known = {address: shapes(root, address) for address in addresses(root)}
    whole = {address: number for number, address in enumerate(covering(known))}
    return {
        address: _turns(whole[address]) if address in whole else (STATES[number % len(STATES)],)
        for number, address in enumerate(known)
        if mine(address)
    }


def _turns(number: int) -> tuple[State, ...]:
    """The states of the page of shapes with this number."""
    others = [state for state in STATES if state not in (NARROW, WIDE)]
    two = (others[(2 * number + more) % len(others)] for more in (0, 1))
    return (NARROW, WIDE, *two)


def every_state(root: Path, mine: Callable[[str], bool]) -> dict[str, tuple[State, ...]]:
    """The same in the long form."""
    return {address: STATES for address in addresses(root) if mine(address)}


def inspected(
    browser: Browser, url: str, form: Mapping[str, tuple[State, ...]]
) -> tuple[list[Barrier], int]:
    """What stands in the way on the pages of a form, and how often axe was asked.

    Whatever a page complains of counts too. By keyboard go those that are seen in all states.
    """
    found: list[Barrier] = []
    complaints: list[str] = []
    with browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo") as context:
        listen(context, url, complaints)
        inspector = Inspector(context.new_page(), url)
        for number, (address, states) in enumerate(form.items()):
            # One width each: a page of hundreds of links takes half a minute to walk.
            shapes = len(states) > 1
            keyboard = ((WIDE, NARROW)[number % 2],) if shapes else ()
            found += inspector.look(address, states, keyboard=keyboard, contrast=shapes)
            found += [Barrier(address, "", complaint) for complaint in complaints]
            complaints.clear()
    return found, inspector.runs


def listen(context: BrowserContext, url: str, complaints: list[str]) -> None:
    """Note console errors, those of the Content-Security-Policy among them, what no one
    caught, requests that leave the site."""

    def note_stranger(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != urlsplit(url).netloc:
            complaints.append(f"request to a stranger: {request.url}")

    context.on("request", note_stranger)
    context.on(
        "console",
        lambda message: (
            complaints.append(f"console: {message.text}") if message.type == "error" else None
        ),
    )
    context.on("weberror", lambda error: complaints.append(f"uncaught: {error.error}"))
