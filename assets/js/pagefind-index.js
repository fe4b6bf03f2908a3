// The engine of the published site: Pagefind's index, read file by file as a query needs it.
//
// pagefind.js and its WebAssembly would be 114 KB before the first answer, tell neither where a
// word stands nor which words there are, and rank by what Japanese does not have. The form of the
// files is asserted at every build, in dxsite/search/ordering.py; tests compare the answers with
// those of pagefind.js.

import { readCbor } from "./cbor.js";
import { standing } from "./places.js";
import { recordOf } from "./record.js";
import { ANY } from "./tokens.js";

const SIGNATURE = "pagefind_dcd".length;
/** Pagefind keeps a weight as -24 × weight - 1, before the places that have it. */
const WEIGHT = 24;
const AFTER_ALL = "\u{10ffff}";

/** The index in the folder `base`, its lexicon in the folder `words`. */
export async function openPagefindIndex(base, words) {
  const [entry, lexicon] = await Promise.all([
    get(`${base}pagefind-entry.json`).then((response) => response.json()),
    unpacked(`${words}lexicon`).then(parsed),
  ]);
  const [language] = Object.values(entry.languages);
  const contents = await unpacked(`${base}pagefind.${language.hash}.pf_meta`);
  const [, pages, chunks, filters] = readCbor(unsigned(contents));
  const index = new PagefindIndex(base, words, lexicon, pages, chunks);
  index.facets = await index.readFacets(filters);
  return index;
}

class PagefindIndex {
  #base;
  #words;
  #pages;
  #chunks;
  #files = new Map();
  #known = new Map();

  constructor(base, words, lexicon, pages, chunks) {
    this.#base = base;
    this.#words = words;
    this.#pages = pages.map(([id]) => id);
    this.#chunks = chunks;
    this.lexicon = lexicon;
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
    return this.#once(address, (bytes) => recordOf(parsed(unsigned(bytes))));
  }

  /** Reading → words that are so read, for all readings that begin with a letter. */
  async vocabulary(letter) {
    if (!this.lexicon.letters.includes(letter)) return {};
    return this.#once(this.#words + letter.codePointAt(0).toString(16), parsed);
  }

  /** Facet → value → the records that have it. */
  async readFacets(filters) {
    const read = async ([name, file]) => {
      const bytes = await unpacked(`${this.#base}filter/${file}.pf_filter`);
      const [, values] = readCbor(unsigned(bytes));
      return [name, new Map(values.map(([value, numbers]) => [value, new Set(numbers)]))];
    };
    return new Map(await Promise.all(filters.map(read)));
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
      inside.map(([, , hash]) => this.#once(`${this.#base}index/${hash}.pf_index`, wordsOf)),
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

  #once(address, read) {
    if (!this.#files.has(address)) this.#files.set(address, unpacked(address).then(read));
    return this.#files.get(address);
  }
}

/** [word without diacritics, its pages, its spellings with diacritics and theirs] each. */
function wordsOf(bytes) {
  const [words] = readCbor(unsigned(bytes));
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

async function get(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  return response;
}

async function unpacked(address) {
  const response = await get(address);
  const stream = response.body.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function unsigned(bytes) {
  return bytes.subarray(SIGNATURE);
}

function parsed(bytes) {
  return JSON.parse(new TextDecoder().decode(bytes));
}
