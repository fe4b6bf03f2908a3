// The engine of the published site: Pagefind's index, read file by file as a query needs it.
//
// pagefind.js and its WebAssembly would be 114 KB before the first answer, tell neither where a
// word stands nor which words there are, and rank by what Japanese does not have. The form of the
// files is asserted at every build, in dxsite/search/ordering.py; tests compare the answers with
// those of pagefind.js.

import { readCbor } from "./cbor.js";
import { Kinds } from "./facets.js";
import { parsed } from "./fetching.js";
import { standing } from "./places.js";
import { recordOf } from "./record.js";
import { ANY } from "./tokens.js";

const SIGNATURE = "pagefind_dcd".length;
/** Pagefind keeps a weight as -24 × weight - 1, before the places that have it. */
const WEIGHT = 24;
const AFTER_ALL = "\u{10ffff}";

/** An index that Pagefind wrote. */
export class PagefindIndex {
  facetNames = [];
  #base;
  #words;
  #pages;
  #chunks;
  #files;
  #facets;
  #kinds;
  #known = new Map();

  /** What `entry`, the first of its files, leads to. */
  static async open(base, entry, words, files) {
    const [language] = Object.values(entry.languages);
    const contents = await files.once(`${base}pagefind.${language.hash}.pf_meta`, treeOf);
    const [, pages, chunks, filters] = contents;
    const index = new PagefindIndex(base, words, files, pages, chunks);
    await index.#open(filters);
    return index;
  }

  constructor(base, words, files, pages, chunks) {
    this.#base = base;
    this.#words = words;
    this.#files = files;
    this.#pages = pages.map(([id]) => id);
    this.#chunks = chunks;
    this.lexicon = words.lexicon;
  }

  /** How many records there are; each is known by its number, from 0. */
  get size() {
    return this.#pages.length;
  }

  /** Where a phrase stands: record → { at: places of its first key, weight: the best }. */
  phrase(keys) {
    return standing(keys, (key) => this.#postings(key));
  }

  /** What stands in a record. */
  text(number) {
    const address = `${this.#base}fragment/${this.#pages[number]}.pf_fragment`;
    return this.#files.once(address, (bytes) => recordOf(parsed(unsigned(bytes))));
  }

  vocabulary(letter) {
    return this.#words.vocabulary(letter);
  }

  places(letter) {
    return this.#words.places(letter);
  }

  kindOf(number) {
    return this.#kinds.kindOf(number);
  }

  isPlanned(number) {
    return this.#kinds.isPlanned(number);
  }

  /** Value → the records that have it. */
  async facet(name) {
    return this.#facets.get(name) ?? new Map();
  }

  async #open(filters) {
    const read = async ([name, file]) => {
      const [, values] = await this.#files.once(`${this.#base}filter/${file}.pf_filter`, treeOf);
      return [name, new Map(values.map(([value, numbers]) => [value, new Set(numbers)]))];
    };
    this.#facets = new Map(await Promise.all(filters.map(read)));
    this.#kinds = new Kinds(this.#facets);
    this.facetNames = [...this.#facets.keys()];
  }

  /** Record → [place, weight] pairs, wherever a key stands. */
  #postings(key) {
    if (!this.#known.has(key)) this.#known.set(key, this.#readPostings(key));
    return this.#known.get(key);
  }

  async #readPostings(key) {
    const isOpen = key.endsWith(ANY);
    const wanted = isOpen ? key.slice(0, -1) : key;
    const low = folded(wanted);
    const high = isOpen ? low + AFTER_ALL : low;
    // The ends of a chunk are shortened: one that ends with サー says サ.
    const inside = this.#chunks.filter(
      ([from, to]) => from <= high && to >= low.slice(0, to.length),
    );
    const chunks = await Promise.all(
      inside.map(([, , hash]) => this.#files.once(`${this.#base}index/${hash}.pf_index`, wordsOf)),
    );
    const all = new Map();
    const fits = (word) => (isOpen ? word.startsWith(wanted) : word === wanted);
    for (const words of chunks) {
      for (const [base, pages, variants] of words) {
        if (base < low || base > high) continue;
        for (const [word, some] of [[base, pages], ...variants]) if (fits(word)) add(all, some);
      }
    }
    return all;
  }
}

/** [word without diacritics, its pages, its spellings with diacritics and theirs] each. */
function wordsOf(bytes) {
  const [words] = treeOf(bytes);
  return words;
}

function add(all, pages) {
  let number = 0;
  for (const [step, places] of pages) {
    number += step;
    if (!all.has(number)) all.set(number, []);
    const found = all.get(number);
    let [weight, place] = [1, 0];
    for (const value of places) {
      if (value < 0) [weight, place] = [(-value - 1) / WEIGHT, 0];
      else found.push([(place += value), weight]);
    }
  }
}

/** Pagefind keeps バス under ハス. */
function folded(word) {
  return word.normalize("NFD").replace(/\p{M}/gu, "");
}

function treeOf(bytes) {
  return readCbor(unsigned(bytes));
}

function unsigned(bytes) {
  return bytes.subarray(SIGNATURE);
}
