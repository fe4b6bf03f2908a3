"""Pages that strangers wrote on, in a browser under the site's own headers.

Nothing may run, nothing may leave, and a page is made of the elements and attributes of which the
same page without strangers is made, and of those that prose has.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, Dialog

from tests.browser.barriers import listen, settle

PROSE = {
    *("p", "br", "h2", "h3", "h4", "h5", "h6", "em", "strong", "code", "pre", "hr", "blockquote"),
    *("ul", "ol", "ol start", "li", "a", "a href", "a title", "a class"),
    *("table", "thead", "tbody", "tr", "th", "td", "code class", "th data-align", "td data-align"),
}
"""What simple Markdown makes: elements, and attributes after them."""

MADE_OF = """(page) => {
  const found = new Set();
  for (const one of page.querySelectorAll("*")) {
    found.add(one.localName);
    for (const { name } of one.attributes) found.add(`${one.localName} ${name}`);
  }
  return [...found];
}"""
BROKEN = """(page) => {
  const wrong = [];
  const count = (selector, number) => {
    const found = page.querySelectorAll(selector).length;
    if (found !== number) wrong.push(`${found} of ${selector}`);
  };
  count("main", 1);
  count("h1", 1);
  count("body > header", 1);
  count("body > footer", 1);
  count("head > title", 1);
  count("html[lang=ja]", 1);
  if (page.body.lastElementChild.localName !== "footer") wrong.push("something after the footer");
  const ids = new Set();
  for (const { id } of page.querySelectorAll("[id]")) {
    if (ids.has(id)) wrong.push(`two of #${id}`);
    ids.add(id);
  }
  for (const one of page.querySelectorAll("script, link[rel=stylesheet], img, use, iframe")) {
    const from = one.getAttribute("src") ?? one.getAttribute("href");
    if (from !== null && !/^\\/assets\\/[0-9a-f]{16}\\//u.test(from)) wrong.push(`from ${from}`);
  }
  for (const one of page.querySelectorAll("[href], [action], [cite], [formaction]")) {
    for (const name of ["href", "action", "cite", "formaction"]) {
      const to = one.getAttribute(name);
      if (to === null) continue;
      let url;
      try { url = new URL(to, "https://own.example/"); } catch { wrong.push(`no address: ${to}`); continue; }
      if (!/^(https?|mailto|tel):$/u.test(url.protocol)) wrong.push(`leads to ${to}`);
      const own = to.startsWith("/") || to.startsWith("#");
      if (own && url.host !== "own.example") wrong.push(`leads elsewhere: ${to}`);
    }
  }
  return wrong;
}"""
READ = (
    f"const madeOf = {MADE_OF}, broken = {BROKEN};"
    + """
  const answers = [];
  for (const address of addresses) {
    const text = await (await fetch(address)).text();
    const page = new DOMParser().parseFromString(text, "text/html");
    answers.push([address, madeOf(page), broken(page)]);
  }
  return answers;
"""
)
WATCH = """
window.__broken = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.__broken.push(`${event.effectiveDirective} ${event.blockedURI}`));
"""


class Looker:
    """A reader of one site, who notes what is wrong."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.wrong: list[str] = []
        self.opened = 0
        self._url = url.rstrip("/")
        self._context = browser.new_context(locale="ja-JP", accept_downloads=True)
        self._context.add_init_script(WATCH)
        self._heard: list[str] = []
        listen(self._context, self._url, self._heard)
        self.page = self._context.new_page()
        self.page.on("dialog", self._dismiss)

    def _dismiss(self, dialog: Dialog) -> None:
        self._heard.append("a dialog")
        dialog.dismiss()

    def close(self) -> None:
        self._context.close()

    def read(self, addresses: list[str]) -> Iterator[tuple[str, set[str], list[str]]]:
        """Address, what the page is made of, what is broken; parsed, not shown."""
        self.page.goto(f"{self._url}/")
        for address, made_of, broken in self.page.evaluate(
            f"async (addresses) => {{{READ}}}", addresses
        ):
            yield address, set(made_of), broken

    def open(self, addresses: Iterable[str]) -> None:
        """Show each page, all that is folded unfolded."""
        for address in addresses:
            self.page.goto(self._url + address)
            settle(self.page)
            self.page.evaluate("document.querySelectorAll('details').forEach((d) => d.open = true)")
            self.opened += 1
            self._note(address)

    def search(self, first: str, queries: Iterable[str]) -> int:
        """Ask for `first`, then for each query; what the answers are made of is what the first
        answer was made of. How many hits there were."""
        known: set[str] = set()
        hits = 0
        for query in (first, *queries):
            address = f"/search/?q={quote(query, safe='')}"
            self.page.goto(self._url + address)
            self.page.wait_for_selector('#search[data-state="done"]')
            made_of = set(self.page.evaluate(f"({MADE_OF})(document)"))
            known = known or made_of | SAID
            self.wrong += [f"{address}: made of {one}" for one in sorted(made_of - known)]
            hits += int(self.page.get_attribute("#search", "data-total") or 0)
            self.opened += 1
            self._note(address)
        return hits

    def table(self) -> list[list[str]]:
        """The hits of the query that stands there, as the reader saves them."""
        with self.page.expect_download() as download:
            self.page.click("#search-csv button")
        data = Path(download.value.path()).read_bytes().decode("utf-8-sig")
        return list(csv.reader(io.StringIO(data, newline=""), strict=True))

    def _note(self, address: str) -> None:
        if self.page.evaluate("'__hostile' in window || '__hostile' in Object.prototype"):
            self.wrong.append(f"{address}: it ran")
        self.wrong += [f"{address}: {one}" for one in self.page.evaluate("window.__broken")]
        self.wrong += [f"{address}: {one}" for one in self._heard]
        self._heard.clear()


SAID = {"mark", "mark class", "a data-search", "strong", "em"}
"""What the page may say of one query and not of another."""
