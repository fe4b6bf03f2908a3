// The search page: from the address to the list, and back into the address.

import { PAGE, isNarrowed, isOpen, read, written } from "./address.js";
import { element } from "./draw.js";
import { formsIn, linesOf, placeLine } from "./notes.js";
import { feedLinks, indexBroken, labelOf, listOf, nothingFound, wayLinks } from "./onward.js";
import { addHits, answerBox, markedIn } from "./results.js";
import { clientOf } from "./search-client.js";
import { handOn } from "./trail.js";

const DEBOUNCE = 150;
const WAIT_BEFORE_SAYING = 300;
const REMEMBER_AFTER = 100;

const part = (name) => document.getElementById(`search-${name}`);
const root = document.getElementById("search");
const [form, status, answer, tools, list] = ["form", "status", "answer", "tools", "results"].map(part);
const [notes, none, more, feeds, table] = ["notes", "none", "more", "feeds", "csv"].map(part);
const [browse, facets, clear] = ["browse", "facets", "clear"].map(part);
const box = form.elements.namedItem("q");
const choices = [...document.querySelectorAll("[data-facet]")];
const arrangements = ["sort", "group"].map((name) => form.elements.namedItem(name));

const { base, index } = root.dataset;
const pageTitle = document.title;
const client = clientOf(index);
const names = new Map(choices.map((choice) => [`${choice.name} ${choice.value}`, choice]));
/** Where plans are too many for the page, their choices come apart from it. */
const plans = part("plans") && addPlans(part("plans"));
/** Link → the words that led to it. */
const trails = new WeakMap();

let typing;
let remembering;
let asked = 0;
let counted = {};

async function addPlans(place) {
  const { plansIn } = await import("./plan-choices.js");
  const added = await plansIn(place, base).catch(() => []);
  choices.push(...added);
  for (const choice of added) names.set(`${choice.name} ${choice.value}`, choice);
}

function nameOf(facet, value) {
  const choice = names.get(`${facet} ${value}`);
  return choice ? labelOf(choice) : value;
}

function wanted() {
  const filters = {};
  for (const { name, value, checked } of choices) {
    filters[name] ??= [];
    if (checked) filters[name].push(value);
  }
  const [sort, group] = arrangements.map(({ value }) => value);
  return { query: box.value.trim(), filters, sort, group };
}

function fill({ query, filters, ...arranged }) {
  box.value = query;
  for (const choice of choices) choice.checked = filters[choice.name].includes(choice.value);
  for (const select of arrangements) select.value = arranged[select.name];
}

/** Search for what the form says; a typed word replaces the address, a choice adds to history. */
function ask({ into = "push" } = {}) {
  clearTimeout(typing);
  const question = wanted();
  const here = read(location.search);
  const same = written(question) === written({ ...here, count: PAGE });
  return answerTo(question, { count: same ? here.count : PAGE, into: same ? "nothing" : into });
}

/** Let the address say what is asked; the entry before it keeps its place in the list. */
function enter(question, into, y) {
  const address = addressOf(question);
  if (into === "push") history.pushState({ y }, "", address);
  if (into === "replace") history.replaceState(null, "", address);
}

function addressOf(question) {
  return location.pathname + written(question);
}

async function answerTo(question, { count, into }) {
  const number = (asked += 1);
  if (into === "push" && remembering) remember();
  const y = scrollY;
  if (!isOpen(question)) {
    enter(question, into, y);
    return showNothingAsked();
  }
  busy();
  // After the list, or when it is late: the browser takes longer over its history than the
  // worker over most questions.
  let settle = () => {
    enter(question, into, y);
    settle = () => {};
  };
  const late = setTimeout(() => {
    if (number !== asked) return;
    settle();
    sayBusy();
  }, WAIT_BEFORE_SAYING);
  const found = await hitsOf(question, 0, count).catch(() => null);
  clearTimeout(late);
  if (number !== asked) return;
  if (found) show(question, found);
  else showBroken();
  settle();
}

function hitsOf({ query, filters, sort, group }, from, count) {
  return client.search(query, filters, { from, count, sort, group, facets: openFacets() });
}

/** The facets whose numbers can be seen: of very many plans no others are loaded. */
function openFacets() {
  const boxes = facets.open ? facets.querySelectorAll(".dx-facet[open] [data-facet]") : [];
  return [...new Set([...boxes].map(({ name }) => name))];
}

/** Nothing that is drawn: a quick answer shall not wait for a paler list to be painted. */
function busy() {
  root.dataset.state = "busy";
}

function sayBusy() {
  status.textContent = "検索しています…";
  pale();
}

function pale() {
  list.setAttribute("aria-busy", "true");
}

function done(total) {
  root.dataset.total = String(total);
  root.dataset.state = "done";
  list.removeAttribute("aria-busy");
}

/** Empty the answer; what a state needs, it shows itself. */
function empty() {
  for (const one of [list, notes, answer, none, feeds]) one.replaceChildren();
  for (const one of [answer, none, tools, more, feeds, clear]) one.hidden = true;
}

function showNothingAsked() {
  document.title = pageTitle;
  status.textContent = "";
  empty();
  browse.hidden = false;
  count({});
  done(0);
}

function showBroken() {
  status.textContent = "";
  empty();
  browse.hidden = false;
  none.hidden = false;
  none.append(...indexBroken());
  done(0);
}

function show(question, found) {
  const { query, filters } = question;
  const { total, hits, counts } = found;
  document.title = query ? `「${query}」の検索結果｜${pageTitle}` : pageTitle;
  status.textContent = `${query ? `「${query}」` : "しぼり込み"}の検索結果 ${total}件`;
  empty();
  notes.append(...said(question, found));
  add(question, found, hits);
  if (found.answer) answer.append(...answerBox(found.answer, base));
  if (!total) none.append(...nothingFound(question, found, nameOf));
  feeds.append(...feedLinks(choices, question, found, base));
  answer.hidden = !found.answer;
  none.hidden = total > 0;
  browse.hidden = total > 0;
  tools.hidden = !total;
  feeds.hidden = !feeds.childElementCount;
  clear.hidden = !isNarrowed(filters);
  count(counts);
  offerMore(question, found, hits.length);
  offerTable(question, found);
  done(total);
}

function add(question, { counts, notes: told }, hits) {
  const items = addHits(list, hits, { ...question, counts, base, nameOf });
  for (const [place, item] of items.entries()) {
    trails.set(item, [...new Set([...markedIn(hits[place]), ...formsIn(told)])]);
  }
  return items;
}

/** What was done with the words, and what else could be asked. */
function said(question, { total, notes: told, plans, ways }) {
  const toSearch = (query) => addressOf({ ...question, query });
  const lines = linesOf(told, question.query, toSearch);
  if (plans.length) lines.unshift(placeLine(plans, question.query, nameOf, toSearch));
  const items = lines.map((line) => element("li", "dx-notes__item", line));
  return [
    ...(items.length ? [element("ul", "dx-notes", items)] : []),
    ...(total && ways.length ? [listOf(wayLinks(question, ways))] : []),
  ];
}

function offerMore(question, found, shown) {
  more.hidden = shown >= found.total;
  more.textContent = `もっと見る（のこり${found.total - shown}件）`;
  more.onclick = async () => {
    more.onclick = null;
    const number = asked;
    list.setAttribute("aria-busy", "true");
    const { hits } = await hitsOf(question, shown, PAGE).catch(() => ({}));
    if (number !== asked) return;
    list.removeAttribute("aria-busy");
    offerMore(question, found, shown + (hits?.length ?? 0));
    if (!hits) return (status.textContent = "続きを読み込めませんでした。");
    const [first] = add(question, found, hits);
    const count = shown + hits.length;
    history.replaceState(history.state, "", addressOf({ ...question, count }));
    first?.querySelector("a").focus();
  };
}

function offerTable(question, { total }) {
  const [button, told] = table.children;
  const number = asked;
  button.textContent = `この結果をCSVで保存（${total}件）`;
  told.textContent = "";
  button.onclick = async () => {
    const say = (text) => number === asked && ((told.textContent = text), true);
    const fetch = (from, count) => hitsOf(question, from, count);
    const codeOf = (plan) => names.get(`plan ${plan}`)?.dataset.code;
    try {
      const { saveTable } = await import("./csv.js");
      await saveTable({ query: question.query, total, fetch, say, base, nameOf, codeOf });
    } catch {
      say("保存できませんでした。通信を確かめてください。");
    }
  };
}

/** How many hits each choice would give; choices that give none step back. */
function count(counts) {
  counted = counts;
  for (const choice of choices) {
    const number = counts[choice.name]?.[choice.value];
    const row = choice.parentElement;
    row.querySelector("[data-count]").textContent = number === undefined ? "" : `${number}件`;
    const idle = number === undefined && choice.closest("[data-many]");
    row.hidden = (number === 0 || Boolean(idle)) && !choice.checked;
  }
  for (const facet of [...facets.querySelectorAll(".dx-facet"), facets]) {
    facet.hidden = !facet.querySelector("[data-choice]:not([hidden])");
  }
}

/** Keep the place in the list with this entry of the history. */
function remember() {
  clearTimeout(remembering);
  remembering = undefined;
  history.replaceState({ ...history.state, y: scrollY }, "");
}

/** Show what the address says, at the place where its list was left. */
async function start(otherwise) {
  clearTimeout(remembering);
  const y = history.state?.y ?? otherwise;
  await plans;
  fill(read(location.search));
  await ask({ into: "nothing" });
  if (y !== undefined) scrollTo({ top: y, behavior: "instant" });
}

function typed() {
  clearTimeout(typing);
  busy();
  pale();
  typing = setTimeout(() => ask({ into: "replace" }), DEBOUNCE);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});
box.addEventListener("input", (event) => event.isComposing || typed());
box.addEventListener("compositionend", typed);
for (const one of [facets, tools]) one.addEventListener("change", () => ask());
// An opened facet may still lack its numbers.
facets.addEventListener(
  "toggle",
  () => {
    const lacks = openFacets().some((name) => !counted[name]);
    if (lacks && isOpen(wanted()) && root.dataset.state === "done") ask({ into: "nothing" });
  },
  true,
);
clear.addEventListener("click", () => {
  for (const choice of choices) choice.checked = false;
  ask();
  box.focus();
});
root.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-search]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  remember();
  history.pushState({ y: 0 }, "", link.href);
  // The link itself may be gone then.
  start().then(() => status.focus({ preventScroll: true }));
});
for (const click of ["click", "auxclick"]) {
  list.addEventListener(click, ({ target }) => {
    const link = target.closest("a");
    const words = link && trails.get(link.closest("li"));
    if (words?.length) handOn(link.href, words);
  });
}
addEventListener("popstate", () => start(0));
addEventListener("pagehide", remember);
addEventListener(
  "scroll",
  () => {
    clearTimeout(remembering);
    remembering = setTimeout(remember, REMEMBER_AFTER);
  },
  { passive: true },
);
// The list is drawn after the page: only then is there a place to go back to.
history.scrollRestoration = "manual";

const wide = matchMedia("(min-width: 64em)");
const unfold = () => (facets.open = wide.matches);
wide.addEventListener("change", unfold);
unfold();

start();
