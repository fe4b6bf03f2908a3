// The ways in which the plans may say a word of a query.

import { phrasesOf } from "./tokens.js";

/** How much less than the word itself each way is worth, from 0 to 1. */
export const PENALTY = {
  literal: 0,
  spelling: 0.05,
  year: 0.05,
  number: 0.05,
  synonym: 0.35,
  apart: 0.2,
  reading: 0.2,
  guess: 0.3,
  related: 0.45,
  inYear: 0.7,
};

/** Words of at most so many keys between them are near. */
export const GAP = 4;

const HIRAGANA = /^[ぁ-ゖー]{3,}$/u;
const ERAS = { 令和: 2018, R: 2018, 平成: 1988, H: 1988 };
const YEAR = /^(?:(令和|平成|[RrHh])\.?(\d{1,2}|元)|((?:19|20)\d\d))(年度?)?(末)?$/u;
const NUMBER = /^(約)?([\d,.]+)(千|万|億)?(.*)$/u;
const UNITS = [
  ["%", "パーセント"],
  ["人", "名"],
];
const LARGE = { 千: 1e3, 万: 1e4, 億: 1e8 };

/**
 * One way: its kind, the form that stands in the text, and what holds it: phrases that must all
 * stand (near each other where `gap` is given), or a fiscal year that the record covers.
 * `isWhole`: kana inside longer kana is seldom meant, らいん in オンライン, かめら in 確かめられる.
 */
export function way(kind, form, more = {}) {
  return { kind, form, penalty: PENALTY[kind], phrases: phrasesOf(form), ...more };
}

/** The word itself, other spellings, years, numbers, synonyms. */
export function plainWays(word, lexicon) {
  const isKana = HIRAGANA.test(word);
  const forms = new Map([[word, way("literal", word, { isWhole: isKana })]]);
  const add = (kind, form, more) => {
    if (!forms.has(form)) forms.set(form, way(kind, form, more));
  };
  for (const form of lexicon.spelled(word)) add("spelling", form);
  if (isKana) add("spelling", katakana(word), { isWhole: true });
  for (const form of numbersOf(word)) add("number", form);
  const year = yearOf(word);
  for (const form of year?.forms ?? []) add("year", form);
  for (const known of [...forms.keys()]) {
    for (const form of lexicon.same(known)) {
      for (const spelled of [form, ...lexicon.spelled(form)]) add("synonym", spelled);
    }
  }
  if (year) forms.set("", { ...way("inYear", word), phrases: [], fy: String(year.number) });
  return [...forms.values()];
}

/** What has to do with the word, for when nothing says it. */
export function relatedWays(word, lexicon) {
  return [word, ...lexicon.spelled(word)].flatMap((form) =>
    lexicon
      .related(form)
      .flatMap((other) => [other, ...lexicon.spelled(other)])
      .map((other) => way("related", other)),
  );
}

/** The word in two or three parts that stand near each other. */
export function partings(word) {
  const given = word.split(/[の・]/u).filter(Boolean);
  if (given.length > 1) return [given];
  const signs = [...word];
  const at = (from, to) => signs.slice(from, to).join("");
  const pairs = [];
  const threes = [];
  for (let first = 2; first <= signs.length - 2; first += 1) {
    pairs.push([at(0, first), at(first)]);
    for (let second = first + 2; second <= signs.length - 2; second += 1) {
      threes.push([at(0, first), at(first, second), at(second)]);
    }
  }
  return [...pairs, ...threes];
}

/** A year as a query says it: its number and the forms that the plans print; null for others. */
export function yearOf(word) {
  const [, era, count, west, unit] = word.match(YEAR) ?? [];
  if (!era && !(west && (unit || word === west))) return null;
  const number = west ? Number(west) : ERAS[era.toUpperCase()] + (count === "元" ? 1 : Number(count));
  const forms = [`${number}年`];
  for (const [name, start] of Object.entries(ERAS)) {
    const inEra = number - start;
    if (inEra < 1 || (start === 1988 && number > 2019)) continue;
    forms.push(name.length > 1 ? `${name}${inEra}年` : `${name}${inEra}`);
    if (inEra === 1 && name.length > 1) forms.push(`${name}元年`);
  }
  return { number, forms };
}

function numbersOf(word) {
  const [, about = "", digits, large, unit = ""] = word.match(NUMBER) ?? [];
  if (!digits) return [];
  const forms = [];
  const value = Number(digits.replaceAll(",", ""));
  const whole = large ? [`${value * LARGE[large]}`] : [digits];
  if (!large && value >= 1e4 && value % 1e3 === 0) whole.push(`${value / 1e4}万`);
  for (const number of large ? [digits + large, ...whole] : whole) {
    forms.push(number + unit);
    for (const pair of UNITS) {
      const index = pair.findIndex((name) => unit.startsWith(name));
      if (index >= 0) forms.push(number + pair[1 - index] + unit.slice(pair[index].length));
    }
  }
  return about ? forms : forms.filter((form) => form !== word);
}

function katakana(word) {
  return word.replace(/[ぁ-ゖ]/gu, (sign) => String.fromCodePoint(sign.codePointAt(0) + 0x60));
}
