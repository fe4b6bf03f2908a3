"""What may stand in a reader's way, looked for on every page in every state of a browser.

Tests take the short form. Pages that together hold every shape of the site are loaded, walked by
keyboard, and looked at in four states: 320 and 1280 px and two more, by turns. What is told by
comparing colours takes most of the time and follows from the shapes, so it is asked once for each
set of colours (light, dark, forced) of these pages, and there once of all that looks and is nested
alike (`ALIKE`). All else is asked once of a page on which everything stands as it stood in a state
before (`STANDS`), as it does in the dark. Every other page is looked at in one state, by turns, and measured at 320 px, also
with text of twice the size; these stand one after another in the same document (exchange.py).
`python3 build.py test --every-state` loads every page, takes it in every state with all there is
to ask, and notes what it found in dxsite/accessibility.json, which the site publishes.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import Enum
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from lxml import html
from playwright.sync_api import Browser, BrowserContext, CDPSession, ConsoleMessage, Page, Request

from tests.browser.exchange import each

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
CORE = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
AXE_VERSION = re.findall(r"axe v([\d.]+)", CORE)[0]

TAGGED = {"type": "tag", "values": WCAG}
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that compare colours."""
AXE = (
    CORE
    + """;axe.configure({ rules: [
  { id: "color-contrast", selector: "*:not([data-alike])" },
  { id: "link-in-text-block", selector: "a[href]:not([data-alike])" },
]});"""
)
"""axe-core, to which colours that were compared are not news."""

ALIKE = """() => {
  const looks = ["color", "backgroundColor", "backgroundImage", "opacity", "fontSize", "fontWeight",
    "textShadow", "textDecorationLine", "position", "zIndex", "float", "overflow", "filter",
    "mixBlendMode", "borderBottomStyle", "borderBottomColor", "borderBottomWidth"];
  const numbers = new Map();
  const known = new Map([[null, 0]]);
  for (const one of document.querySelectorAll("*")) {
    const style = getComputedStyle(one);
    const words = one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length > 0
      && ["", "::before", "::after"].map((part) => {
        const drawn = part ? getComputedStyle(one, part) : style;
        return part && drawn.content === "none" ? "" : looks.map((look) => drawn[look]).join();
      });
    const parent = known.get(one.parentElement);
    const sign = [parent, one.tagName, one.getAttribute("class"), one.getAttribute("role"),
      one.disabled, one.getAttribute("aria-disabled"), words].join("|");
    const isNews = !numbers.has(sign);
    if (isNews) numbers.set(sign, numbers.size + 1);
    known.set(one, numbers.get(sign));
    one.toggleAttribute("data-alike", !isNews);
  }
}"""
"""Marks what looks and is nested as something before it: what is told by comparing its colours is
told of that already. Its element, class, role, state and style, and those of all around it, count;
what neither is seen nor has a box is not taken for what is."""

ASK_AXE = """async ([only, without, sparing]) => {
  if (sparing) (ALIKE)();
  const { violations } = await axe.run({
    runOnly: only, resultTypes: ["violations"], reporter: "no-passes",
    rules: Object.fromEntries(without.map((rule) => [rule, { enabled: false }])),
    preload: false, iframes: false,
  });
  document.querySelectorAll("[data-alike]").forEach((one) => one.removeAttribute("data-alike"));
  return violations.flatMap(({ id, impact, help, nodes }) =>
    nodes.map(({ target }) => [id, impact, target.join(" "), help]));
}""".replace("ALIKE", ALIKE)

STANDS = """() => {
  document.querySelectorAll("details").forEach((one) => (one.open = true));
  const places = [document.documentElement.outerHTML];
  for (const one of document.querySelectorAll("*")) {
    const { x, y, width, height } = one.getBoundingClientRect();
    const { visibility, opacity, overflow, clipPath } = getComputedStyle(one);
    places.push(one.checkVisibility(), visibility, opacity, overflow, clipPath,
      x + scrollX, y + scrollY, width, height, one.scrollWidth, one.scrollHeight);
  }
  globalThis.stood ??= new Set();
  const before = stood.size;
  return stood.add(places.join()).size === before;
}"""
"""Whether the page is what it was in a state before, and all of it is seen or hidden, stands and
scrolls as it did there: then only what compares colours can find something else."""

LOOK = """async ([only, without, sparing, enlarging]) => {
  document.querySelectorAll("details").forEach((one) => (one.open = true));
  const root = document.documentElement;
  const wide = root.scrollWidth;
  const violations = only && await (ASK_AXE)([only, without, sparing]);
  if (!enlarging) return { wide, violations };
  root.style.fontSize = "200%";
  const enlarged = root.scrollWidth;
  root.style.fontSize = "";
  return { wide, enlarged, violations };
}""".replace("ASK_AXE", ASK_AXE)


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
ALWAYS_MEASURED = (NARROW, NARROW_LARGE)


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
        self._colours = ""
        self.runs = 0
        """How often axe was asked."""

    def look(
        self,
        address: str,
        states: Sequence[State],
        *,
        keyboard: Sequence[State] = (),
        colours: Sequence[State] = (),
    ) -> Iterator[Barrier]:
        """Ask axe in each of the states, of colours too in some, and walk by keyboard in some; see
        that nothing is wider than the window in these, at 320 px, and there with large text."""
        self.page.goto(self._url + address)
        settle(self.page)
        for state in keyboard:
            self.enter(state)
            for what in walk(self.page, self._debugger):
                yield Barrier(address, state.name, what)
        self._debugger.send("Runtime.evaluate", {"expression": AXE})
        for state in STATES:
            if state in states or state in ALWAYS_MEASURED:
                self.enter(state)
                sparing = len(states) < len(STATES)
                others = state in states and not (sparing and self.page.evaluate(STANDS))
                ask = Ask.of(colours=state in colours, others=others)
                answer = self.page.evaluate(LOOK, [*asked(ask, sparing=sparing), False])
                yield from self._told(address, state, answer)

    def glance(self, form: Mapping[str, State], state: State) -> Iterator[Barrier]:
        """Ask axe of those pages whose state it is, without colours; see that nothing is wider than
        the window on these or, at 320 px, on any, and there with large text too."""
        self.page.goto(self._url + "/")
        self.enter(state)
        self._debugger.send("Runtime.evaluate", {"expression": AXE})
        mine = [address for address, own in form.items() if own == state]
        others = [address for address in form if state == NARROW and address not in mine]
        for addresses, ask in ((mine, Ask.OTHERS), (others, Ask.NONE)):
            answers = each(self.page, addresses, LOOK, [*asked(ask), state == NARROW])
            for address, answer in zip(addresses, answers, strict=True):
                yield from self._told(address, state, answer)

    def _told(self, address: str, state: State, answer: dict[str, Any]) -> Iterator[Barrier]:
        if answer["wide"] > state.width:
            yield Barrier(address, state.name, f"the page is {answer['wide']} px wide")
        # By a style, which is what the setting comes to where no rule asks for the width in em.
        if answer.get("enlarged", 0) > state.width:
            what = f"the page is {answer['enlarged']} px wide"
            yield Barrier(address, NARROW_LARGE.name, what)
        if answer["violations"] is not None:
            self.runs += 1
            for found in answer["violations"]:
                yield Barrier(address, state.name, " | ".join(found))

    def enter(self, state: State) -> None:
        """Set the browser as this reader has."""
        if state.text != self._text:
            sizes = {"standard": state.text, "fixed": state.text * 13 // 16}
            self._debugger.send("Page.setFontSizes", {"fontSizes": sizes})
            self._text = state.text
        if state.colours != self._colours:
            self._colours = state.colours
            self._emulate(state.colours)
        self.page.set_viewport_size({"width": state.width, "height": 800})

    def _emulate(self, colours: str) -> None:
        self.page.emulate_media(
            color_scheme="dark" if colours == "dark" else "light",
            forced_colors="active" if colours == "forced" else "none",
            reduced_motion="reduce",  # what moves is elsewhere by the time one looks
        )


class Ask(Enum):
    """Which rules axe is asked to go by; colours do not change with the width."""

    ALL = "all"
    COLOURS = "colours"
    OTHERS = "all but colours"
    NONE = "none"

    @classmethod
    def of(cls, *, colours: bool, others: bool) -> "Ask":
        """By what is to be asked."""
        if colours:
            return cls.ALL if others else cls.COLOURS
        return cls.OTHERS if others else cls.NONE


def asked(ask: Ask, *, sparing: bool = True) -> list[object]:
    """The same as `LOOK` and `ASK_AXE` want to be told it; colours are compared once where it is
    sparing, of what looks alike."""
    only = {"type": "rule", "values": COLOURS} if ask is Ask.COLOURS else TAGGED
    without = COLOURS if ask is Ask.OTHERS else []
    return [None if ask is Ask.NONE else only, without, sparing and ask in (Ask.ALL, Ask.COLOURS)]


def violations(page: Page, ask: Ask = Ask.ALL) -> list[Violation]:
    """What axe, already there, finds wrong with the page as it stands."""
    return [Violation(*found) for found in page.evaluate(ASK_AXE, asked(ask))]


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


@cache
def shapes(root: Path, address: str) -> frozenset[str]:
    """What a page is made of: each element with its class, role and state, and its parent's."""
    return frozenset(
        f"{kind(one.getparent())}>{kind(one)}" for one in tree(root, address).iter("*")
    )


def scripts(root: Path, address: str) -> frozenset[str]:
    """The files of scripts that a page asks for."""
    return frozenset(str(source) for source in tree(root, address).xpath("//script/@src"))


def tree(root: Path, address: str) -> Any:
    name = address.lstrip("/") + ("" if address.endswith(".html") else "index.html")
    return html.document_fromstring((root / name).read_text("utf-8"))


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


Said = Callable[[int, int], None]
"""Takes how many pages were looked at, and of how many."""


def _quiet(done: int, of: int) -> None:
    """Say nothing."""


def inspected(
    browser: Browser, url: str, form: Mapping[str, tuple[State, ...]], said: Said = _quiet
) -> tuple[list[Barrier], int]:
    """What stands in the way on the pages of a form, and how often axe was asked."""
    loaded = {address: states for address, states in form.items() if len(states) > 1}
    others = {address: states[0] for address, states in form.items() if len(states) == 1}
    looks = (looked_at(browser, url, loaded, said), glanced_at(browser, url, others))
    return [one for found, _ in looks for one in found], sum(runs for _, runs in looks)


def looked_at(
    browser: Browser, url: str, form: Mapping[str, Sequence[State]], said: Said = _quiet
) -> tuple[list[Barrier], int]:
    """The same of pages that are loaded and walked by keyboard; what they complain of counts."""
    found: list[Barrier] = []
    with visited(browser, url) as (inspector, complaints):
        for number, (address, states) in enumerate(form.items()):
            # One width each: a page of hundreds of links takes half a minute to walk.
            keyboard = ((WIDE, NARROW)[number % 2],)
            found += inspector.look(
                address, states, keyboard=keyboard, colours=colourful(states, number)
            )
            found += [Barrier(address, "", complaint) for complaint in complaints]
            complaints.clear()
            said(number + 1, len(form))
        return found, inspector.runs


def colourful(states: Sequence[State], number: int) -> list[State]:
    """The states in which colours are compared: where not all are looked at, one for each set."""
    if len(states) == len(STATES):
        return list(states)
    turned = [*states[number % 2 :], *states[: number % 2]]
    return list({state.colours: state for state in turned}.values())


def glanced_at(
    browser: Browser, url: str, form: Mapping[str, State], states: Sequence[State] = STATES
) -> tuple[list[Barrier], int]:
    """The same of pages that are seen in one state each, in some of the states."""
    found: list[Barrier] = []
    with visited(browser, url) as (inspector, complaints):
        for state in states:
            found += inspector.glance(form, state)
            found += [Barrier("", state.name, complaint) for complaint in complaints]
            complaints.clear()
        return found, inspector.runs


@contextmanager
def visited(browser: Browser, url: str) -> Iterator[tuple[Inspector, list[str]]]:
    """A reader of the site, and what its pages complain of."""
    complaints: list[str] = []
    with browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo") as context:
        listen(context, url, complaints)
        yield Inspector(context.new_page(), url), complaints


def listen(context: BrowserContext, url: str, complaints: list[str]) -> None:
    """Note console errors, those of the Content-Security-Policy among them, what no one
    caught, requests that leave the site."""

    def note_stranger(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != urlsplit(url).netloc:
            complaints.append(f"request to a stranger: {request.url}")

    context.on("request", note_stranger)

    def note_error(message: ConsoleMessage) -> None:
        # Chromium complains of a page that says that it is gone; it is shown all the same.
        if message.type == "error" and not message.text.endswith("status of 410 (Gone)"):
            complaints.append(f"console: {message.text}")

    context.on("console", note_error)
    context.on("weberror", lambda error: complaints.append(f"uncaught: {error.error}"))
