// The search page: from the address to the list, and back into the address.

import { isOpen, read, written } from "./address.js";
import { answerBox, element, hitItem, searchLink } from "./results.js";
import { SearchClient } from "./search-client.js";

const PAGE = 20;
const DEBOUNCE = 150;
const WAIT_BEFORE_SAYING = 300;

const root = document.getElementById("search");
const form = document.getElementById("search-form");
const box = form.elements.namedItem("q");
const boxes = [...document.querySelectorAll("[data-facet]")];
const status = document.getElementById("search-status");
const list = document.getElementById("search-results");
const answer = document.getElementById("search-answer");
const none = document.getElementById("search-none");
const more = document.getElementById("search-more");
const browse = document.getElementById("search-browse");
const facets = document.getElementById("search-facets");
const clear = document.getElementById("search-clear");

const { base, index } = root.dataset;
const pageTitle = document.title;
const client = new SearchClient(new URL("search-worker.js", import.meta.url), index);

let typing;
let asked = 0;

function wanted() {
  const filters = {};
  for (const { name, value, checked } of boxes) {
    filters[name] ??= [];
    if (checked) filters[name].push(value);
  }
  return { query: box.value.trim(), filters };
}

function fill({ query, filters }) {
  box.value = query;
  for (const input of boxes) input.checked = filters[input.name].includes(input.value);
}

/** Search for what the form says; a typed word replaces the address, a choice adds to history. */
function ask({ into = "push" } = {}) {
  clearTimeout(typing);
  const question = wanted();
  const address = location.pathname + written(question);
  if (address !== location.pathname + location.search) {
    if (into === "push") history.pushState(null, "", address);
    if (into === "replace") history.replaceState(null, "", address);
  }
  return answerTo(question);
}

async function answerTo(question) {
  const number = (asked += 1);
  if (!isOpen(question)) return showNothingAsked();
  busy();
  const saying = setTimeout(() => (status.textContent = "検索しています…"), WAIT_BEFORE_SAYING);
  try {
    const found = await client.search(question.query, question.filters, { count: PAGE });
    if (number === asked) show(question, found);
  } catch {
    if (number === asked) showBroken();
  } finally {
    clearTimeout(saying);
  }
}

function busy() {
  root.dataset.state = "busy";
  list.setAttribute("aria-busy", "true");
}

function done(total) {
  root.dataset.total = String(total);
  root.dataset.state = "done";
  list.removeAttribute("aria-busy");
}

function showNothingAsked() {
  document.title = pageTitle;
  status.textContent = "";
  list.replaceChildren();
  for (const part of [none, more, answer, clear]) part.hidden = true;
  browse.hidden = false;
  count({});
  done(0);
}

function show(question, { total, hits, counts, answer: term }) {
  const { query } = question;
  document.title = query ? `「${query}」の検索結果｜${pageTitle}` : pageTitle;
  status.textContent = `${query ? `「${query}」` : "しぼり込み"}の検索結果 ${total}件`;
  list.replaceChildren(...hits.map((hit) => hitItem(hit, base)));
  answer.hidden = !term;
  answer.replaceChildren(...(term ? answerBox(term, base) : []));
  none.hidden = total > 0;
  browse.hidden = total > 0;
  clear.hidden = !Object.values(question.filters).some((values) => values.length);
  if (!total) none.replaceChildren(...waysOn(question));
  count(counts);
  offerMore(question, hits.length, total);
  done(total);
}

function showBroken() {
  status.textContent = "";
  list.replaceChildren();
  more.hidden = true;
  answer.hidden = true;
  browse.hidden = false;
  none.hidden = false;
  none.replaceChildren(
    element("p", "dx-none__title", "検索の索引を読み込めませんでした。"),
    element("p", "", "通信を確かめて読み込み直すか、下の一覧からさがしてください。"),
  );
  done(0);
}

function offerMore(question, shown, total) {
  more.hidden = shown >= total;
  more.textContent = `もっと見る（のこり${total - shown}件）`;
  more.onclick = async () => {
    const number = asked;
    const options = { from: shown, count: PAGE };
    const { hits } = await client.search(question.query, question.filters, options);
    if (number !== asked) return;
    const items = hits.map((hit) => hitItem(hit, base));
    list.append(...items);
    items[0]?.querySelector("a").focus();
    offerMore(question, shown + hits.length, total);
  };
}

/** Ways on from an empty answer: without the filters, or with fewer words. */
function waysOn({ query, filters }) {
  const words = query.split(/\s+/u);
  const without = { query, filters: {} };
  const ways = [];
  if (Object.values(filters).some((values) => values.length)) {
    ways.push(searchLink(location.pathname + written(without), "しぼり込みを外してさがす"));
  }
  if (words.length > 1) {
    for (const word of words) {
      const address = location.pathname + written({ query: word, filters });
      ways.push(searchLink(address, `「${word}」だけでさがす`));
    }
  }
  const hint = words.length > 1 || !query ? "" : "短い言葉や、ほかの言い方でも試してください。";
  return [
    element("p", "dx-none__title", "見つかりませんでした。"),
    ...(hint ? [element("p", "", hint)] : []),
    element(
      "ul",
      "dx-none__list",
      ways.map((way) => element("li", "dx-none__item", [way])),
    ),
    element("p", "", "下の一覧から、テーマや自治体ごとにさがすこともできます。"),
  ];
}

/** How many hits each choice would give; choices that give none step back. */
function count(counts) {
  for (const input of boxes) {
    const number = counts[input.name]?.[input.value];
    const row = input.closest("[data-choice]");
    row.querySelector("[data-count]").textContent = number === undefined ? "" : `${number}件`;
    row.hidden = number === 0 && !input.checked;
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});
box.addEventListener("focus", () => client.open(), { once: true });
box.addEventListener("input", (event) => {
  clearTimeout(typing);
  if (event.isComposing) return;
  busy();
  typing = setTimeout(() => ask({ into: "replace" }), DEBOUNCE);
});
box.addEventListener("compositionend", () => {
  busy();
  clearTimeout(typing);
  typing = setTimeout(() => ask({ into: "replace" }), DEBOUNCE);
});
facets.addEventListener("change", () => ask());
clear.addEventListener("click", () => {
  for (const input of boxes) input.checked = false;
  ask();
  box.focus();
});
root.addEventListener("click", (event) => {
  const anchor = event.target.closest("a[data-search]");
  if (!anchor || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, "", anchor.href);
  start();
});
addEventListener("popstate", () => start());
addEventListener("keydown", (event) => {
  const busyElsewhere = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || busyElsewhere) return;
  event.preventDefault();
  box.focus();
  box.select();
});

const wide = matchMedia("(min-width: 64em)");
const unfold = () => (facets.open = wide.matches);
wide.addEventListener("change", unfold);
unfold();

function start() {
  fill(read(location.search));
  ask({ into: "nothing" });
}

start();
