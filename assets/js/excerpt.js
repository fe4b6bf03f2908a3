// What a hit shows of its text, the words of the query marked.

import { linesOf, placesOf } from "./record.js";

const LENGTH = 96;
const BEFORE = 24;

/** The fields that may explain a hit; the others are on the card anyway. */
const EXPLAINING = ["body", "figure", "heading", "words"];
/** A figure is explained by its own figures; its heading is its measure, which the card names. */
const EXPLAINING_FIGURE = ["body", "figure"];
const ENDS = new Set(["。", "！", "？"]);

/** Pieces of text, each with whether it is marked. */
export function marked(line, phrases, from = 0, to = line.pieces.length) {
  const hit = new Set();
  for (const phrase of phrases) {
    for (const [start, end] of placesOf(phrase, line)) {
      for (let index = start; index < end; index += 1) hit.add(index);
    }
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

/** The line that explains the hit best, cut to what is around the words; null where none is. */
export function excerptOf(record, phrases) {
  const isFigure = record.kind === "kpi";
  const fields = isFigure ? EXPLAINING_FIGURE : EXPLAINING;
  const lines = fields.flatMap((field) => linesOf(record, field));
  const worth = (line) => phrases.filter((phrase) => placesOf(phrase, line).length).length;
  const best = lines.reduce((a, b) => (b && worth(b) > worth(a) ? b : a), lines[0]);
  if (!best) return null;
  if (worth(best)) return { field: best.field, parts: windowOf(best, phrases) };
  if (isFigure) return null;
  const lead = linesOf(record, "body")[0] ?? best;
  return { field: lead.field, parts: windowOf(lead, phrases) };
}

function windowOf(line, phrases) {
  const size = line.pieces.length;
  const places = phrases.flatMap((phrase) => placesOf(phrase, line));
  const first = Math.min(...places.map(([start]) => start), size);
  let from = 0;
  if (first < size && first > BEFORE && size > LENGTH) {
    from = Math.min(first - BEFORE, size - LENGTH);
    const sentence = line.pieces.slice(from, first).findLastIndex((piece) => ENDS.has(piece));
    if (sentence >= 0) from += sentence + 1;
  }
  const to = Math.min(size, from + LENGTH);
  const parts = marked(line, phrases, from, to);
  if (from > 0) parts.unshift({ text: "…", marked: false });
  if (to < size) parts.push({ text: "…", marked: false });
  return parts;
}
