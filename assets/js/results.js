// Draws what a search found.

import { anchor, drawn, element, textOf } from "./draw.js";

const LABELS = {
  schedule: "工程など：",
  words: "計画にある言葉：",
  heading: "項目：",
  path: "体系：",
  label: "テーマなど：",
};
const LABELS_OF_PAGES = { words: "関連する言葉：", heading: "めざす姿：", label: "体系：" };
const LABELS_OF_TERMS = { heading: "別の書き方：" };
/** 「KPIの名前：1,500件/年（令和9年度末／2027年度末）」 */
const FIGURE = /^(?:(?<name>.*)：)?(?<value>[^：]+?)(?:（(?<when>[^（）]*年度[^（）]*)）)?$/u;

/**
 * Draws hits into a place, after those that are there: one list, or one a municipality. `nameOf`
 * names a value of a facet, `counts` has the number of hits a plan. Gives the new items.
 */
export function addHits(place, hits, { group, filters, counts, base, nameOf }) {
  let plan = place.lastElementChild?.dataset.plan;
  return hits.map((hit) => {
    if (group === "plan") plan = planOf(hit, plan, filters.plan);
    const list = group === "plan" ? listOf(place, plan, counts, nameOf) : onlyList(place);
    const item = hitItem(hit, { level: group === "plan" ? "h4" : "h3", base, nameOf });
    list.append(item);
    return item;
  });
}

/** The term or theme that the query names, above the list. */
export function answerBox(hit, base) {
  const lines = [
    element("p", "dx-answer__name", hit.kind === "term" ? "用語の説明" : "テーマ"),
    element("p", "dx-answer__title", [linkOf(hit, base)]),
  ];
  if (hit.excerpt) lines.push(element("p", "dx-answer__text", textOf(hit.excerpt.parts)));
  return lines;
}

/** The marked texts of a hit, each once. */
export function markedIn({ title, excerpt }) {
  const parts = [...title, ...(excerpt?.parts ?? [])].filter(({ marked }) => marked);
  return [...new Set(parts.map(({ text }) => text))];
}

function onlyList(place) {
  if (!place.firstElementChild) place.append(element("ol", "dx-hits"));
  return place.firstElementChild;
}

/** A hit of several plans stands with the plan before it, if that is one of them. */
function planOf({ plans }, before, wanted = []) {
  const own = plans.filter((plan) => !wanted.length || wanted.includes(plan)).sort();
  return own.includes(before) ? before : (own[0] ?? "");
}

function listOf(place, plan, counts, nameOf) {
  const there = [...place.children].find((part) => part.dataset.plan === plan);
  if (there) return there.lastElementChild;
  const count = counts.plan?.[plan];
  const heading = element("h3", "dx-group__title", [
    plan ? nameOf("plan", plan) : "ほか",
    ...(count ? [" ", element("span", "dx-group__count", `${count}件`)] : []),
  ]);
  heading.id = `group-${plan || "others"}`;
  const list = element("ol", "dx-hits");
  list.setAttribute("aria-labelledby", heading.id);
  const part = element("div", "dx-group", [heading, list]);
  part.dataset.plan = plan;
  place.append(part);
  return list;
}

/** A hit in the list; its only link leads to the page. */
function hitItem(hit, { level, base, nameOf }) {
  const item = element("li", "dx-hit");
  item.dataset.result = hit.kind;
  item.append(
    element("p", "dx-hit__crumbs", crumbsOf(hit, nameOf)),
    element(level, "dx-hit__title", [linkOf(hit, base)]),
  );
  const said = hit.excerpt && textOf(hit.excerpt.parts);
  const isSame = said === hit.figure;
  if (hit.figure) item.append(figureOf(hit, isSame ? hit.excerpt.parts : [{ text: hit.figure }]));
  if (said && !isSame) item.append(excerptOf(hit));
  const facts = factsOf(hit);
  if (facts.length) item.append(element("dl", "dx-hit__facts", facts.map(pair)));
  return item;
}

function linkOf(hit, base) {
  return anchor(base + hit.url, "dx-hit__link", drawn(hit.title));
}

function crumbsOf(hit, nameOf) {
  const places = hit.plans.map((plan) => nameOf("plan", plan)).join("・");
  const own = hit.kind === "kpi" && hit.measure ? `施策「${hit.measure}」` : null;
  return [places, hit.path, own, nameOf("kind", hit.kind)].filter(Boolean).join(" › ");
}

/** The figure, its value large; marked where it is what the query met. */
function figureOf({ kind, figure }, parts) {
  const { name = "", value, when = "" } = FIGURE.exec(figure)?.groups ?? { value: figure };
  const start = figure.indexOf(value, name && name.length + 1);
  const pieces = [
    ["span", "label", ["目標"]],
    ["span", "what", kind === "kpi" ? [] : cut(parts, 0, name.length)],
    ["strong", "value", cut(parts, start, start + value.length)],
    ["span", "when", when && cut(parts, figure.length - when.length - 1, figure.length - 1)],
  ];
  const drawnPieces = pieces
    .filter(([, , content]) => content.length)
    .map(([tag, role, content]) => element(tag, `dx-hit__${role}`, content));
  return element("p", "dx-hit__figure", drawnPieces);
}

/** The nodes of a stretch of marked text. */
function cut(parts, from, to) {
  let at = 0;
  const some = parts.map(({ text, marked }) => {
    const piece = text.slice(Math.max(0, from - at), Math.max(0, to - at));
    at += text.length;
    return { text: piece, marked };
  });
  return drawn(some.filter(({ text }) => text));
}

function excerptOf({ kind, excerpt }) {
  const labels = { page: LABELS_OF_PAGES, term: LABELS_OF_TERMS }[kind] ?? LABELS;
  const label = labels[excerpt.field];
  const parts = label ? [element("span", "dx-hit__label", label)] : [];
  return element("p", "dx-hit__text", [...parts, ...drawn(excerpt.parts)]);
}

function factsOf(hit) {
  const facts = {
    いつ: hit.when,
    // 「ほか」 belongs to the name before it.
    担当: hit.departments.join("、").replace("、ほか", "ほか"),
  };
  return Object.entries(facts).filter(([, text]) => text);
}

function pair([name, text]) {
  return element("div", "dx-hit__pair", [
    element("dt", "dx-hit__name", name),
    element("dd", "dx-hit__fact", text),
  ]);
}
