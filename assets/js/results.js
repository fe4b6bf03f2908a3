// Draws what a search found. Text goes in as text: nothing here makes HTML of words.

const KINDS = { measure: "施策", kpi: "数値目標", term: "用語", page: "計画の章・テーマ" };
const LABELS = {
  schedule: "工程など：",
  words: "計画にある言葉：",
  heading: "項目：",
  path: "体系：",
  label: "テーマなど：",
};
const LABELS_OF_PAGES = { words: "関連する言葉：", heading: "めざす姿：", label: "体系：" };
const LABELS_OF_TERMS = { heading: "別の書き方：" };

/** A hit in the list; its only link leads to the page. */
export function hitItem(hit, base) {
  const item = element("li", "dx-hit");
  item.dataset.result = hit.kind;
  item.append(
    element("p", "dx-hit__crumbs", crumbsOf(hit)),
    element("h3", "dx-hit__title", [link(hit, base)]),
  );
  if (hit.excerpt) {
    const labels = { page: LABELS_OF_PAGES, term: LABELS_OF_TERMS }[hit.kind] ?? LABELS;
    const label = labels[hit.excerpt.field];
    const parts = label ? [element("span", "dx-hit__label", label)] : [];
    item.append(element("p", "dx-hit__text", [...parts, ...hit.excerpt.parts.map(part)]));
  }
  const facts = factsOf(hit);
  if (facts.length) item.append(element("dl", "dx-hit__facts", facts.map(pair)));
  return item;
}

/** The term or theme that the query names, above the list. */
export function answerBox(hit, base) {
  const lines = [
    element("p", "dx-answer__name", hit.kind === "term" ? "用語の説明" : "テーマ"),
    element("p", "dx-answer__title", [link(hit, base)]),
  ];
  if (hit.excerpt) lines.push(element("p", "dx-answer__text", hit.excerpt.parts.map(plain)));
  return lines;
}

/** A link that searches for something else. */
export function searchLink(address, label) {
  const anchor = element("a", "dx-none__link", label);
  anchor.href = address;
  anchor.dataset.search = "";
  return anchor;
}

/** An element with a class and content: text, or nodes. */
export function element(name, kind, content = []) {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  made.append(...(typeof content === "string" ? [content] : content));
  return made;
}

function link(hit, base) {
  const anchor = element("a", "dx-hit__link", hit.title.map(part));
  anchor.href = base + hit.url;
  return anchor;
}

function part({ text, marked }) {
  return marked ? element("mark", "dx-hit__mark", text) : text;
}

function plain({ text }) {
  return text;
}

function crumbsOf(hit) {
  const kind = KINDS[hit.kind] ?? "";
  const steps = hit.kind === "kpi" ? [`施策「${hit.measure}」`, kind] : [kind];
  return [hit.places[0] && hit.places.join("・"), ...steps].filter(Boolean).join(" › ");
}

function factsOf(hit) {
  const said = hit.excerpt?.parts.map(plain).join("");
  const facts = {
    いつ: hit.when,
    目標: hit.figure === said ? null : hit.figure,
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
