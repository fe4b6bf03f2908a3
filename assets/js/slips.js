// What a word with one wrong sign may have meant.

import { isOneApart } from "./lexicon.js";
import { placesOf, textOfPieces } from "./record.js";
import { ANY, tokensOf } from "./tokens.js";

/** A shorter word is one sign away from too many others. */
const SHORTEST = 4;
/** A short word counts as meant only where it is more than body text. */
const SHORT = 5;
const NAMED = 2;
const KNOWN = 3;
const READ = 4;
const FORMS = 2;

const JAPANESE = /^[\p{sc=Hira}\p{sc=Kana}\p{sc=Han}ー々]$/u;

/** The forms of the plans that differ from a word by one sign, the most usual first. */
export async function meant(word, engine, lexicon) {
  const units = unitsOf(word);
  if ([...word].length < SHORTEST) return [];
  const latin = units.flatMap((unit, index) =>
    /^[a-z]{4,}$/iu.test(unit)
      ? lexicon.near(unit).map((other) => units.with(index, other).join(""))
      : [],
  );
  if (units.filter((unit) => JAPANESE.test(unit)).length < SHORTEST) return latin;
  const forms = new Map();
  for (const pattern of patternsOf(units)) {
    const found = await engine.phrase(pattern);
    const best = [...found].sort(([, a], [, b]) => b.weight - a.weight).slice(0, READ);
    for (const [number, { weight }] of best) {
      for (const form of formsIn(await engine.text(number), pattern, word)) {
        const known = forms.get(form) ?? { count: 0, weight: 0 };
        known.count = Math.max(known.count, found.size);
        known.weight = Math.max(known.weight, weight);
        forms.set(form, known);
      }
    }
  }
  const usual = [...forms].filter(
    ([, { count, weight }]) => units.length > SHORT || weight >= NAMED || count > 1,
  );
  usual.sort(([, a], [, b]) => b.weight - a.weight || b.count - a.count);
  return [...latin, ...usual.slice(0, FORMS).map(([form]) => form)];
}

/** Signs of Japanese, words of Latin, numbers. */
function unitsOf(word) {
  return tokensOf(word).map((token) => {
    const bare = token.replace("␣", "").replace("¦", "");
    return JAPANESE.test([...bare][0]) ? [...bare][0] : bare;
  });
}

/** Phrases with a hole where a sign may be another, one less, one more, or two exchanged. */
function patternsOf(units) {
  const patterns = [];
  for (let at = 0; at < units.length; at += 1) {
    if (!JAPANESE.test(units[at])) continue;
    patterns.push(units.with(at, null), units.toSpliced(at, 1));
    if (at) patterns.push(units.toSpliced(at, 0, null));
    if (at + 1 < units.length) patterns.push(units.with(at, null).with(at + 1, null));
  }
  return patterns
    .filter((some) => some.filter(Boolean).length >= KNOWN)
    .map(keysOf)
    .filter((keys) => keys.some((key) => key !== ANY));
}

function keysOf(units) {
  const is = (index) => Boolean(units[index]) && JAPANESE.test(units[index]);
  const keys = units.map((unit, index) => {
    if (unit === null) return ANY;
    if (!is(index)) return unit.toLowerCase();
    if (is(index + 1)) return unit + units[index + 1];
    const isLast = index + 1 === units.length;
    if (units[index + 1] === null || isLast) return is(index - 1) ? ANY : unit + ANY;
    return unit;
  });
  // The last sign of a pair needs no place of its own; a hole at the end does.
  if (keys.at(-1) === ANY && units.at(-1) !== null) keys.pop();
  return keys;
}

function* formsIn(record, pattern, word) {
  for (const line of record.lines) {
    for (const [start, end] of placesOf(pattern, line)) {
      const form = textOfPieces(line, start, end);
      if (/^[\p{L}\p{N}ー]+$/u.test(form) && isOneApart(word, form) && isLikely(word, form)) yield form;
    }
  }
}

/** Nobody types a kana for a kanji, and a word that merely ends is no slip. */
function isLikely(word, form) {
  const [a, b] = [[...word], [...form]];
  if (b.length < SHORTEST) return false;
  const at = a.findIndex((sign, index) => sign !== b[index]);
  const [typed, printed] = [a[at] ?? "", b[at] ?? ""];
  if (a.length === b.length) return scriptOf(typed) === scriptOf(printed);
  const [longer, place] = a.length > b.length ? [a, at < 0 ? a.length - 1 : at] : [b, at < 0 ? b.length - 1 : at];
  return scriptOf(longer[place]) === scriptOf(longer[place - 1] ?? longer[place + 1]);
}

function scriptOf(sign) {
  if (/[\p{sc=Kana}ー]/u.test(sign)) return "katakana";
  if (/\p{sc=Hira}/u.test(sign)) return "hiragana";
  return /[\p{sc=Han}々]/u.test(sign) ? "kanji" : "other";
}
