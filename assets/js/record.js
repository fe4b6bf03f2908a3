// A record as the index keeps it: tokens, each line headed by the sign of its field.

import { isPair, keyOf, piecesOf } from "./tokens.js";

/** The fields in the order of dxsite/search/records.py; the first has the sign U+E000. */
export const FIELDS = [
  "title",
  "place",
  "department",
  "heading",
  "figure",
  "schedule",
  "body",
  "words",
  "when",
  "path",
  "label",
];

const FIRST_SIGN = 0xe000;

/** What a record of the index holds, line by line. */
export function recordOf(fragment) {
  const lines = [];
  for (const token of fragment.content.split(" ")) {
    const field = FIELDS[token.codePointAt(0) - FIRST_SIGN];
    if (field) lines.push({ field, tokens: [] });
    else lines.at(-1)?.tokens.push(token);
  }
  for (const line of lines) {
    line.keys = line.tokens.map(keyOf);
    line.pieces = piecesOf(line.tokens);
  }
  return {
    url: fragment.url.replace(/(#.*)\/$/, "$1"),
    kind: fragment.filters.kind?.[0] ?? "",
    plans: fragment.filters.plan ?? [],
    lines,
  };
}

/** The lines of one field. */
export function linesOf(record, field) {
  return record.lines.filter((line) => line.field === field);
}

/** The text of the first line of a field, or null. */
export function textIn(record, field) {
  return linesOf(record, field)[0]?.pieces.join("") ?? null;
}

/** Where a phrase stands in a line: [first piece, piece after the last] each. */
export function placesOf(phrase, line) {
  const { keys, begins } = phrase;
  const last = keys.length - 1;
  const places = [];
  for (let start = 0; start + last < line.keys.length; start += 1) {
    const here = keys.every((key, index) => {
      const other = line.keys[start + index];
      return begins && index === last ? other.startsWith(key) : other === key;
    });
    if (here) places.push([start, start + last + (isPair(keys[last]) ? 2 : 1)]);
  }
  return places;
}
