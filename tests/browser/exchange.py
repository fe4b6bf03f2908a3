"""Puts page after page into one document: many are looked at for the price of a few loads.

A page that stands in place of another has its own body, title and address, the style that all
pages share, and what its own scripts do to it: they run anew, those that the first page has too
do not. What only a load can tell (how the policy takes the page, what the console says of it) is
told of the pages that are loaded.
"""

from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Page

EACH = """async ([addresses, argument]) => {
  const stylesOf = (page) => [...page.querySelectorAll("link[rel=stylesheet]")]
    .map((link) => link.getAttribute("href")).join(" ");
  const scriptsOf = (page) => [...page.querySelectorAll("script[src]")]
    .map((script) => script.getAttribute("src"));
  const run = scriptsOf(document);
  const wanted = async (address) => {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address} is not there`);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (stylesOf(page) !== stylesOf(document)) throw new Error(`${address} has another style`);
    // A module runs once for each of its addresses.
    globalThis.exchanged = (globalThis.exchanged ?? 0) + 1;
    const scripts = scriptsOf(page).filter((script) => !run.includes(script))
      .map((script) => `${script}?page=${globalThis.exchanged}`);
    await Promise.all(scripts.map(preloaded));
    return { address, page, scripts };
  };
  const preloaded = (href) => new Promise((resolve, reject) => {
    const link = Object.assign(document.createElement("link"), { rel: "modulepreload", href });
    Object.assign(link, { onload: resolve, onerror: () => reject(new Error(`no ${href}`)) });
    document.head.append(link);
  });
  const put = async ({ address, page, scripts }) => {
    history.replaceState(null, "", address);
    document.title = page.title;
    document.documentElement.lang = page.documentElement.lang;
    document.body.replaceWith(page.body);
    for (const script of scripts) await import(script);
  };
  const look = %s;
  const seen = [];
  // Some at a time are there before the first is put: who waits for a page has one drawn.
  for (let at = 0; at < addresses.length; at += 20) {
    for (const page of await Promise.all(addresses.slice(at, at + 20).map(wanted))) {
      await put(page);
      seen.push(await look(argument));
    }
  }
  return seen;
}"""


def each(page: Page, addresses: Sequence[str], look: str, argument: object = None) -> list[Any]:
    """What the function `look` answers on each page, in the window as it is.

    `page` is on the site already, on any of its pages.
    """
    seen: list[Any] = page.evaluate(EACH % look, [list(addresses), argument])
    return seen
