// What a hit shows of its text, the words of the query marked.

import { spansOfAll } from "./rank.js";
import { linesOf } from "./record.js";

const LENGTH = 96;
const BEFORE = 24;

/** The fields that may explain a hit, the plainest first; the others are on the card anyway. */
const EXPLAINING = ["body", "figure", "schedule", "heading", "words", "path", "label"];
/** The card of a figure names its measure, which is its heading. */
const EXPLAINING_FIGURE = ["body", "figure", "path", "label"];
const ON_CARD = ["title", "place", "department"];
const ENDS = new Set(["。", "！", "？"]);

/** Pieces of text, each with whether it is marked. */
export function marked(line, words, from = 0, to = line.pieces.length) {
  const hit = new Set();
  for (const [start, end] of spansOfAll(words, line)) {
    for (let index = start; index < end; index += 1) hit.add(index);
  }
  const parts = [];
  for (let index = from; index < to; index += 1) {
    const on = hit.has(index);
    const last = parts.at(-1);
    if (last && last.marked === on) last.text += line.pieces[index];
    else parts.push({ text: line.pieces[index], marked: on });
  }
  return parts;
}

/**
 * The line that explains the hit best, cut to what is around the words. Where the card itself
 * shows the words, the beginning of the text; null where there is none.
 */
export function excerptOf(record, words) {
  const isFigure = record.kind === "kpi";
  const worth = (line) => words.filter((word) => spansOfAll([word], line).length).length;
  const onCard = ON_CARD.flatMap((field) => linesOf(record, field)).some(worth);
  const lines = (isFigure ? EXPLAINING_FIGURE : EXPLAINING)
    .filter((field) => !["path", "label"].includes(field) || !onCard)
    .flatMap((field) => linesOf(record, field));
  const best = lines.reduce((a, b) => (worth(b) > worth(a) ? b : a), lines[0]);
  const lead = isFigure ? null : (linesOf(record, "body")[0] ?? null);
  const line = best && worth(best) ? best : lead;
  return line && { field: line.field, parts: windowOf(line, words) };
}

function windowOf(line, words) {
  const size = line.pieces.length;
  const places = spansOfAll(words, line);
  const first = Math.min(...places.map(([start]) => start), size);
  let from = 0;
  if (first < size && first > BEFORE && size > LENGTH) {
    from = Math.min(first - BEFORE, size - LENGTH);
    const sentence = line.pieces.slice(from, first).findLastIndex((piece) => ENDS.has(piece));
    if (sentence >= 0) from += sentence + 1;
  }
  const to = Math.min(size, from + LENGTH);
  const parts = marked(line, words, from, to);
  if (from > 0) parts.unshift({ text: "…", marked: false });
  if (to < size) parts.push({ text: "…", marked: false });
  return parts;
}
