// How well a record answers a query, by its own text.

import { linesOf, placesOf } from "./record.js";

/** What the best place of a phrase is worth. */
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
const TITLE_SHARE = 60;
const REPEAT = 0.5;
const MOST_REPEATS = 8;

/** Measures are what the catalogue is of; what only explains or groups them comes after. */
const KIND = { measure: 0, kpi: -8, term: -200, page: -200 };
const WHOLE = 0.99;

/**
 * The worth of a record, or null where a phrase is missing in it.
 * A query that is a plan's whole title asks for the plan.
 */
export function rank(record, phrases) {
  let worth = 0;
  for (const phrase of phrases) {
    const found = record.lines
      .map((line) => ({ line, count: placesOf(phrase, line).length }))
      .filter(({ count }) => count);
    if (!found.length) return null;
    const count = found.reduce((sum, place) => sum + place.count, 0);
    worth += Math.max(...found.map(({ line }) => worthOf(line, phrase)));
    worth += REPEAT * Math.min(count - 1, MOST_REPEATS);
  }
  const share = titleShare(record, phrases);
  const isPlan = record.kind === "page" && /^\/[^/#]+\/$/.test(record.url);
  const kind = isPlan && share >= WHOLE ? 0 : (KIND[record.kind] ?? 0);
  return worth / Math.max(1, phrases.length) + TITLE_SHARE * share + kind;
}

function worthOf(line, phrase) {
  const isPart = line.field === "department" && shareOf(line, [phrase]) < WHOLE;
  return isPart ? PART_OF_DEPARTMENT : WORTH[line.field];
}

/** How much of the title, from 0 to 1, the phrases make up. */
export function titleShare(record, phrases) {
  return Math.max(0, ...linesOf(record, "title").map((line) => shareOf(line, phrases)));
}

/** How much of a line, from 0 to 1, the phrases make up; signs do not count. */
export function shareOf(line, phrases) {
  const counted = new Set([...line.keys.keys()].filter((index) => line.keys[index]));
  const hit = new Set();
  for (const phrase of phrases) {
    for (const [start, end] of placesOf(phrase, line)) {
      for (let index = start; index < end; index += 1) if (counted.has(index)) hit.add(index);
    }
  }
  return counted.size ? hit.size / counted.size : 0;
}
