// How well a record answers a query, by its own text.

import { linesOf, placesOf } from "./record.js";

/** What the best place of a word is worth. */
const WORTH = {
  title: 100,
  place: 40,
  department: 40,
  heading: 30,
  figure: 20,
  schedule: 20,
  body: 10,
  words: 6,
  when: 3,
  path: 3,
  label: 3,
};
/** Part of a department's name says little: ICT is in every ICT推進課. */
const PART_OF_DEPARTMENT = 5;
/** What it costs that a record says the word otherwise, where others say it as it was typed. */
const OTHERWISE = 100;
/** The record covers the year that was asked for, without saying it. */
const IN_YEAR = 3;
const SAID = new Set(["literal", "spelling", "number", "year"]);
const TITLE_SHARE = 60;
const REPEAT = 0.5;
const MOST_REPEATS = 8;
/** Of what a way in kana is worth inside longer kana. */
const INSIDE = 0.1;

/** Measures are what the catalogue is of; what belongs to, explains or groups them comes after. */
const KIND = { measure: 0, kpi: -120, term: -400, page: -400 };
const NAMED = 0.8;
const WHOLE = 0.99;
const PARTIAL = 200;

/**
 * The worth of a record, or null where it does not hold the words after all. With `isPartial`
 * some of them do. A rare word says more of what is wanted than a common one.
 * A query that is the name of a KPI or of a plan asks for the KPI or the plan.
 */
export function rank(record, words, isPartial) {
  let [worth, held, whole] = [0, 0, 0];
  const needed = words.filter(({ isNoun }) => isNoun);
  for (const word of words) {
    const here = worthOf(record, word);
    if (here) worth += (here - (isOtherwise(record, word) ? OTHERWISE : 0)) * word.rarity;
    else if (needed.includes(word) && !isPartial) return null;
    whole += word.rarity;
    held += here ? word.rarity : 0;
  }
  if (!held) return null;
  const share = titleShare(record, words);
  return (
    worth / whole +
    TITLE_SHARE * share +
    kindOf(record, share) +
    (isPartial ? PARTIAL * (held / whole) : 0)
  );
}

function kindOf(record, share) {
  const isPlan = record.kind === "page" && /^\/[^/#]+\/$/.test(record.url);
  if (isPlan && share >= WHOLE) return 0;
  if (record.kind === "kpi" && share >= NAMED) return -1;
  return KIND[record.kind] ?? 0;
}

function isOtherwise(record, { ways }) {
  const said = ways.filter(({ kind, isWhole }) => SAID.has(kind) && !isWhole);
  return said.length > 0 && !said.some((way) => worthOfWay(record, way));
}

/** What a word's best way is worth in a record; 0 where none holds. */
function worthOf(record, word) {
  return Math.max(0, ...word.ways.map((way) => worthOfWay(record, way) * (1 - way.penalty)));
}

function worthOfWay(record, way) {
  if (way.fy) return record.years?.includes(way.fy) ? IN_YEAR : 0;
  let [best, count] = [0, 0];
  for (const line of record.lines) {
    const spans = spansOf(way, line);
    if (!spans.length) continue;
    count += spans.length;
    best = Math.max(best, worthOfLine(line, way, spans));
  }
  const isAll = way.gap || way.phrases.every((phrase) => record.lines.some((line) => placesOf(phrase, line).length));
  return best && isAll ? best + REPEAT * Math.min(count - 1, MOST_REPEATS) : 0;
}

function worthOfLine(line, way, spans) {
  const worth = WORTH[line.field];
  if (way.isWhole && spans.every(([start, end]) => isInside(line, start, end))) return worth * INSIDE;
  const isPart = line.field === "department" && shareOf(line, spans) < WHOLE;
  return isPart ? PART_OF_DEPARTMENT : worth;
}

function isInside(line, start, end) {
  const script = /^[ぁ-ゖ]/u.test(line.pieces[start]) ? /^[ぁ-ゖー]/u : /^[ァ-ヺー]/u;
  return script.test(line.pieces[start - 1] ?? "") || script.test(line.pieces[end] ?? "");
}

/** Where a way stands in a line: [first piece, piece after the last] each. */
export function spansOf({ phrases, gap }, line) {
  const places = phrases.map((phrase) => placesOf(phrase, line));
  if (!gap) return places.flat();
  let chains = places[0].map((span) => [span]);
  for (const next of places.slice(1)) {
    chains = chains.flatMap((chain) => {
      const end = chain.at(-1)[1];
      return next.filter(([start]) => start >= end && start <= end + gap).map((span) => [...chain, span]);
    });
  }
  return chains.flat();
}

/** Where any way of any word stands in a line. */
export function spansOfAll(words, line) {
  return words.flatMap(({ ways }) => ways.flatMap((way) => spansOf(way, line)));
}

/** How much of the title, from 0 to 1, the words make up. */
export function titleShare(record, words) {
  const shares = linesOf(record, "title").map((line) => shareOf(line, wholeSpans(words, line)));
  return Math.max(0, ...shares);
}

function wholeSpans(words, line) {
  return words.flatMap(({ ways }) =>
    ways.flatMap((way) =>
      spansOf(way, line).filter(([start, end]) => !way.isWhole || !isInside(line, start, end)),
    ),
  );
}

/** How much of a line, from 0 to 1, spans make up; signs do not count. */
export function shareOf(line, spans) {
  const hit = new Set();
  for (const [start, end] of spans) {
    for (let index = start; index < end; index += 1) if (line.keys[index]) hit.add(index);
  }
  const counted = line.keys.filter(Boolean).length;
  return counted ? hit.size / counted : 0;
}
