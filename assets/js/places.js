// Where phrases stand, whoever keeps the places of their keys.

import { ANY } from "./tokens.js";

/**
 * Where a phrase stands: record → { at: sorted places of its first key, weight: the best of them }.
 * `postings(key)` promises record → [place, weight] pairs; a place counts the keys of a record.
 */
export async function standing(phrase, postings) {
  const told = [...phrase.entries()].filter(([, key]) => key !== ANY);
  const lists = await Promise.all(told.map(([, key]) => postings(key)));
  return meeting(told.map(([offset], index) => ({ offset, list: lists[index] })));
}

/** The same where the postings are at hand: { offset: of a key in the phrase, list } each. */
export function meeting(parts) {
  parts.sort((a, b) => a.list.size - b.list.size);
  const [rarest, ...others] = parts;
  const found = new Map();
  for (const [number, pairs] of rarest.list) {
    if (!others.every(({ list }) => list.has(number))) continue;
    const sets = others.map(({ offset, list }) => ({ offset, places: placesIn(list, number) }));
    const here = pairs.filter(([place]) =>
      sets.every(({ offset, places }) => places.has(place - rarest.offset + offset)),
    );
    if (!here.length) continue;
    found.set(number, {
      at: here.map(([place]) => place - rarest.offset).sort((a, b) => a - b),
      weight: Math.max(...here.map(([, weight]) => weight)),
    });
  }
  return found;
}

/** The postings of a record as a set of places, made once. */
function placesIn(list, number) {
  const pairs = list.get(number);
  pairs.places ??= new Set(pairs.map(([place]) => place));
  return pairs.places;
}

/** The records of both, with the places of the first from which the second is `gap` keys or less. */
export function near(first, second, length, gap) {
  const found = new Map();
  for (const [number, { at, weight }] of first) {
    const others = second.get(number)?.at ?? [];
    const here = at.filter((place) => others.some((other) => isNear(place + length, other, gap)));
    if (here.length) found.set(number, { at: here, weight });
  }
  return found;
}

function isNear(end, start, gap) {
  return start >= end && start <= end + gap;
}

/** The records of all maps, each with the weakest of its weights. */
export function inAll(maps) {
  const [first, ...rest] = [...maps].sort((a, b) => a.size - b.size);
  const found = new Map();
  for (const [number, { at, weight }] of first ?? []) {
    const others = rest.map((map) => map.get(number));
    if (!others.every(Boolean)) continue;
    found.set(number, { at, weight: Math.min(weight, ...others.map((other) => other.weight)) });
  }
  return found;
}
