// The engine without an index: reads every text. Serves a bundle without a host, and the tests.

import { Kinds } from "./facets.js";
import { standing } from "./places.js";
import { WEIGHTS, recordOfLines } from "./record.js";

import { ANY, tokensOf } from "./tokens.js";

/** Between two lines, so that no phrase reaches from one to the next. */
const APART = 100;

/**
 * An engine of the same questions as pagefind-index.js.
 * `texts`: { lexicon, readings: letter → reading → words, records: [{ url, filters, lines }] };
 * a line is [field, text].
 */
export function openScanIndex(texts) {
  return new ScanIndex(texts);
}

class ScanIndex {
  #readings;
  #records;
  #places = null;
  #facets;
  #kinds;

  constructor({ lexicon, readings, records }) {
    this.lexicon = lexicon;
    this.#readings = readings;
    this.#records = records.map(({ url, filters, lines }) => ({
      url,
      kind: filters.kind[0],
      plans: filters.plan ?? [],
      years: filters.fy ?? [],
      ...recordOfLines(lines.map(([field, text]) => ({ field, tokens: tokensOf(text) }))),
    }));
    this.#facets = facetsOf(records);
    this.#kinds = new Kinds(this.#facets);
    this.facetNames = [...this.#facets.keys()];
  }

  get size() {
    return this.#records.length;
  }

  phrase(keys) {
    return standing(keys, (key) => this.#postings(key));
  }

  async text(number) {
    return this.#records[number];
  }

  async vocabulary(letter) {
    return this.#readings[letter] ?? {};
  }

  async places() {
    return [];
  }

  async facet(name) {
    return this.#facets.get(name) ?? new Map();
  }

  kindOf(number) {
    return this.#kinds.kindOf(number);
  }

  isPlanned(number) {
    return this.#kinds.isPlanned(number);
  }

  #postings(key) {
    this.#places ??= placesOfAll(this.#records);
    if (!key.endsWith(ANY)) return this.#places.get(key) ?? new Map();
    const all = new Map();
    for (const [other, some] of this.#places) {
      if (!other.startsWith(key.slice(0, -1))) continue;
      for (const [number, pairs] of some) all.set(number, [...(all.get(number) ?? []), ...pairs]);
    }
    return all;
  }
}

/** Key → record → [place, weight] pairs. */
function placesOfAll(records) {
  const all = new Map();
  records.forEach(({ lines }, number) => {
    let place = 0;
    for (const { field, keys } of lines) {
      for (const key of keys) {
        place += 1;
        if (!key) continue;
        if (!all.has(key)) all.set(key, new Map());
        const some = all.get(key);
        if (!some.has(number)) some.set(number, []);
        some.get(number).push([place, WEIGHTS[field]]);
      }
      place += APART;
    }
  });
  return all;
}

function facetsOf(records) {
  const facets = new Map();
  records.forEach(({ filters }, number) => {
    for (const [name, values] of Object.entries(filters)) {
      if (!facets.has(name)) facets.set(name, new Map());
      for (const value of values) {
        if (!facets.get(name).has(value)) facets.get(name).set(value, new Set());
        facets.get(name).get(value).add(number);
      }
    }
  });
  return facets;
}
