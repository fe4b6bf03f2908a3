// A record as the index keeps it: tokens, each line headed by the sign of its field.

import { ANY, fits, isPair, keyOf, piecesOf, tokensOf } from "./tokens.js";

/** The fields and their weights, as in dxsite/search/records.py. */
export const WEIGHTS = {
  title: 10,
  place: 4,
  department: 4,
  heading: 2,
  figure: 2,
  schedule: 2,
  body: 1,
  words: 0.5,
  when: 0.3,
  path: 0.3,
  label: 0.3,
};

/** The fields in that order; the first has the sign U+E000. */
export const FIELDS = Object.keys(WEIGHTS);
const FIRST_SIGN = 0xe000;

/** What a record of the index holds, line by line. */
export function recordOf(fragment) {
  const lines = [];
  for (const token of fragment.content.split(" ")) {
    const field = FIELDS[token.codePointAt(0) - FIRST_SIGN];
    if (field) lines.push({ field, tokens: [] });
    else lines.at(-1)?.tokens.push(token);
  }
  return { ...recordOfLines(lines.filter(({ tokens }) => tokens.length)), ...told(fragment) };
}

/** A record as an index in shards keeps it: its own text, not its tokens. */
export function recordOfText(bytes) {
  const { lines, ...told } = JSON.parse(new TextDecoder().decode(bytes));
  const cut = lines.map(([field, text]) => ({ field, tokens: tokensOf(text) }));
  return { ...recordOfLines(cut.filter(({ tokens }) => tokens.length)), ...told };
}

/** A record of lines of tokens; no address yet. */
export function recordOfLines(lines) {
  for (const line of lines) {
    line.keys = line.tokens.map(keyOf);
    line.pieces = piecesOf(line.tokens);
  }
  return { lines };
}

function told({ url, filters }) {
  return {
    url: url.replace(/(#.*)\/$/, "$1"),
    kind: filters.kind?.[0] ?? "",
    plans: filters.plan ?? [],
    years: filters.fy ?? [],
  };
}

/** The lines of one field. */
export function linesOf(record, field) {
  return record.lines.filter((line) => line.field === field);
}

/** The texts of the lines of a field. */
export function textsIn(record, field) {
  return linesOf(record, field).map((line) => line.pieces.join(""));
}

/** The text of the first line of a field, or null. */
export function textIn(record, field) {
  return textsIn(record, field)[0] ?? null;
}

/** Where a phrase stands in a line: [first piece, piece after the last] each. */
export function placesOf(phrase, line) {
  const [first, ...others] = phrase;
  const size = phrase.length + (isPair(phrase.at(-1)) ? 1 : 0);
  return startsOf(first, line)
    .filter((start) => others.every((key, index) => fits(key, line.keys[start + index + 1])))
    .map((start) => [start, start + size]);
}

/** Where a key stands in a line, which is asked the same of every word of every query. */
function startsOf(key, line) {
  line.starts ??= indexOf(line.keys);
  return (key === ANY ? [...line.keys.keys()] : line.starts.get(key)) ?? [];
}

/** Key → where it stands; `税*` → where a key begins so. */
function indexOf(keys) {
  const starts = new Map();
  for (const [index, key] of keys.entries()) {
    if (!key) continue;
    const first = String.fromCodePoint(key.codePointAt(0));
    for (const name of [key, first + ANY]) {
      if (starts.has(name)) starts.get(name).push(index);
      else starts.set(name, [index]);
    }
  }
  return starts;
}

/** The text of some pieces of a line. */
export function textOfPieces(line, start, end) {
  return line.pieces.slice(start, end).join("").trim();
}
