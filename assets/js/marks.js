// Marks the words that led a reader to this page, and leads from one to the next.

import { element } from "./draw.js";
import { KEY } from "./trail.js";

const ALL = "dx-search";
const CURRENT = "dx-search-now";
const MOST = 500;
/** Words that run on inside one of these belong together, links between them or not. */
const BLOCKS = "p,li,td,th,dt,dd,h1,h2,h3,h4,h5,h6,caption,figcaption,blockquote,summary,div";
/** A character with the signs that change it: ﾀﾞ is one. */
const CHARACTER = /.[\p{M}\uff9e\uff9f]*/gsu;
const AROUND = 20;

/**
 * The words that led to this page, once. They count only for a reader who comes from where they
 * were kept: the same page may be reached by other ways later.
 */
function taken(searchPage) {
  const from = document.referrer && new URL(document.referrer);
  if (from?.origin !== location.origin) return [];
  try {
    const key = KEY + location.pathname;
    const kept = JSON.parse(sessionStorage.getItem(key));
    sessionStorage.removeItem(key);
    if (kept?.from === from.pathname) return kept.words;
  } catch {
    // A browser may keep nothing.
  }
  const isSearch = from.pathname === searchPage;
  return isSearch ? (from.searchParams.get("q") ?? "").split(/\s+/u).filter(Boolean) : [];
}

/** The ranges of `main` that hold one of the words, in whatever width or case, in order. */
function rangesOf(main, words) {
  const wanted = [...new Set(words.map(folded).filter(Boolean))].sort((a, b) => b.length - a.length);
  return wanted.length ? [...textsOf(main)].flatMap((text) => rangesIn(text, wanted)) : [];
}

function folded(text) {
  return text.normalize("NFKC").toLowerCase();
}

/** The text of each block: its folded characters, and for each where it stands. */
function* textsOf(main) {
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  let [block, text] = [null, { keys: "", places: [] }];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (parent.closest("svg, script, .dx-visually-hidden") || !isReachable(parent)) continue;
    if (parent.closest(BLOCKS) !== block) {
      yield text;
      [block, text] = [parent.closest(BLOCKS), { keys: "", places: [] }];
    }
    for (const { 0: character, index } of node.data.matchAll(CHARACTER)) {
      const key = folded(character);
      text.keys += key;
      const place = { node, start: index, end: index + character.length };
      text.places.push(...Array(key.length).fill(place));
    }
  }
  yield text;
}

/** What is hidden cannot be shown; what is folded can be unfolded. */
function isReachable(parent) {
  return parent.checkVisibility() || parent.closest("details:not([open])");
}

function rangesIn({ keys, places }, wanted) {
  const ranges = [];
  for (let at = 0; at < keys.length; ) {
    const word = wanted.find((word) => keys.startsWith(word, at));
    if (word) {
      const range = document.createRange();
      const [first, last] = [places[at], places[at + word.length - 1]];
      range.setStart(first.node, first.start);
      range.setEnd(last.node, last.end);
      ranges.push(range);
    }
    at += word?.length ?? 1;
  }
  return ranges;
}

/** Says how many there are; its buttons lead to the next one, and away. */
function bar(words, ranges) {
  const said = element("p", "dx-marks__text");
  said.setAttribute("role", "status");
  const next = button("次の箇所");
  const off = button("印を消す");
  const made = element("section", "dx-marks", [
    element("div", "dx-marks__row", [said, next, off]),
  ]);
  made.setAttribute("aria-label", "検索した言葉の印");
  let current = -1;
  next.addEventListener("click", () => {
    current = (current + 1) % ranges.length;
    CSS.highlights.set(CURRENT, new Highlight(ranges[current]));
    goTo(ranges[current]);
    said.replaceChildren(
      `${ranges.length}か所の${current + 1}番目`,
      element("span", "dx-visually-hidden", `：${around(ranges[current])}`),
    );
  });
  off.addEventListener("click", () => {
    CSS.highlights.clear();
    history.replaceState({ ...history.state, words: null }, "");
    made.remove();
    document.getElementById("main").focus({ preventScroll: true });
  });
  // A live region speaks of what changes in it, not of what it is born with.
  const names = words.map((word) => `「${word}」`).join("");
  setTimeout(() => (said.textContent = `${names}${ranges.length}か所に印を付けました`));
  return made;
}

function button(label) {
  const made = element("button", "dx-marks__button", label);
  made.type = "button";
  return made;
}

function goTo(range) {
  const parent = range.startContainer.parentElement;
  for (let fold = parent.closest("details"); fold; fold = fold.parentElement.closest("details")) {
    fold.open = true;
  }
  const sideways = parent.closest("[role=region][tabindex]");
  if (sideways) {
    const { left, width } = sideways.getBoundingClientRect();
    sideways.scrollLeft += range.getBoundingClientRect().left - left - width / 3;
  }
  scrollBy({ top: range.getBoundingClientRect().top - innerHeight / 3 });
}

/** The words around a mark, for those who cannot see it. */
function around({ startContainer: { data }, startOffset }) {
  const from = Math.max(0, startOffset - AROUND);
  return `${from ? "…" : ""}${data.slice(from, startOffset + AROUND).trim()}…`;
}

function mark() {
  const main = document.getElementById("main");
  const form = document.querySelector("[data-search-box]");
  if (!CSS.highlights) return;
  // Kept with this entry of the history: to come back is to find the marks again.
  const words = history.state?.words ?? taken(new URL(form.action).pathname);
  if (!words.length) return;
  const ranges = rangesOf(main, words).slice(0, MOST);
  if (!ranges.length) return;
  history.replaceState({ ...history.state, words }, "");
  CSS.highlights.set(ALL, new Highlight(...ranges));
  const met = new Set(ranges.map((range) => folded(range.toString())));
  main.prepend(bar(words.filter((word) => met.has(folded(word))), ranges));
}

mark();
