// Saves a whole list of hits as a table that a spreadsheet opens. Loaded on demand only.

import { textOf } from "./draw.js";

const STEP = 100;
const COLUMNS = [
  ..."順位 全国地方公共団体コード 自治体 種類 名称 体系 施策".split(" "),
  ..."担当課 いつ 目標 一致した箇所 アドレス".split(" "),
];
const FORBIDDEN = /[\s\\/:*?"<>|\p{Cc}]+/gu;
const LONGEST_NAME = 60;
/** Some browsers fetch what they save a moment later, in milliseconds. */
const LIFE = 10_000;

let saving = false;

/**
 * Save what `fetch(from, count)` gives, `total` hits, under a name with the query in it.
 * `say` shows how far it is; where it answers false, the list is not wanted any more.
 */
export async function saveTable({ query, total, fetch, say, base, nameOf, codeOf }) {
  if (saving) return;
  saving = true;
  try {
    const rows = [COLUMNS];
    for (let from = 0; from < total; from += STEP) {
      if (!say(`用意しています… ${from}／${total}件`)) return;
      const { hits } = await fetch(from, STEP);
      rows.push(...hits.map((hit, index) => rowOf(hit, from + index + 1, base, nameOf, codeOf)));
    }
    if (!say(`${total}件を保存しました。`)) return;
    const name = ["検索結果", query].filter(Boolean).join("_").replace(FORBIDDEN, "_");
    // BOM and CRLF: a double click opens it in a spreadsheet.
    const text = rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
    download(`${name.slice(0, LONGEST_NAME)}.csv`, ["\ufeff", text]);
  } finally {
    saving = false;
  }
}

function download(name, parts) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(parts, { type: "text/csv" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), LIFE);
}

function rowOf(hit, rank, base, nameOf, codeOf) {
  return [
    rank,
    hit.plans.map(codeOf).join("|"),
    hit.plans.map((plan) => nameOf("plan", plan)).join("|"),
    nameOf("kind", hit.kind),
    textOf(hit.title),
    hit.path,
    hit.measure,
    hit.departments.join("|"),
    hit.when,
    hit.figure,
    hit.excerpt && textOf(hit.excerpt.parts),
    new URL(base + hit.url, location.href).href,
  ];
}

/** One value on one line, as dxsite/exports/tables.py writes it: no text passes for a formula. */
function cell(value) {
  const text = String(value ?? "")
    .split(/\s+/u)
    .filter(Boolean)
    .join(" ");
  const safe = /^(?:[=+\-@]|[＝＋－＠].)/u.test(text) ? `'${text}` : text;
  return /[",]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
