// The engine of a site of many plans: shards, each read file by file as a query needs it.
// dxsite/search/segments.py tells the form of a posting, shards.py that of a chunk.

import { ANY } from "./tokens.js";
import { meeting } from "./places.js";
import { recordOfText } from "./record.js";

const AFTER_ALL = "\u{10ffff}";
/** A posting: bytes, and which of its bits are the place in the record and the weight. */
const SIZE = 4;
const PLACE_BITS = 20;
const WEIGHT_BITS = 3;
const PLACE = (1 << PLACE_BITS) - 1;
const WEIGHT = (1 << WEIGHT_BITS) - 1;
const SHARED = "";

/** Searches all shards as one index; records are numbered plan after plan, shard after shard. */
export class ShardsIndex {
  /** Nothing is loaded before it is asked for. */
  isLarge = true;
  facetNames = ["prefecture", "plan", "kind", "theme", "department", "fy", "status"];
  #base;
  #words;
  #files;
  #kinds;
  #plans = [];
  /** Of each record: the number of its plan, of its kind. */
  #planAt;
  #kindAt;
  #shards;
  #facets = new Map();

  constructor(base, { kinds, weights, shards }, words, files) {
    this.#base = base;
    this.#words = words;
    this.#files = files;
    this.#kinds = kinds;
    this.lexicon = words.lexicon;
    let start = 0;
    this.#shards = shards.map(({ plans, blocks, facets }) => {
      const shard = new Shard(`${base}index/`, blocks, weights, files);
      Object.assign(shard, { start, facets, plans: [] });
      for (const [slug, digest, counts] of plans) {
        const plan = { slug, digest, counts, start };
        start += counts.reduce((a, b) => a + b, 0);
        this.#plans.push(plan);
        shard.plans.push(plan);
      }
      return shard;
    });
    this.size = start;
    this.#planAt = new Uint16Array(start);
    this.#kindAt = new Uint8Array(start);
    this.#plans.forEach(({ start: number, counts }, plan) => {
      counts.forEach((count, kind) => {
        this.#planAt.fill(plan, number, number + count);
        this.#kindAt.fill(kind, number, (number += count));
      });
    });
  }

  /** Where a phrase stands: record → { at: places of its first key, weight: the best }. */
  async phrase(keys) {
    const found = new Map();
    const all = await Promise.all(this.#shards.map((shard) => shard.phrase(keys)));
    for (const some of all) for (const [number, standing] of some) found.set(number, standing);
    return found;
  }

  /** What stands in a record. */
  text(number) {
    const { digest, start } = this.#planOf(number);
    return this.#files.once(`${this.#base}fragment/${digest}/${number - start}`, recordOfText);
  }

  vocabulary(letter) {
    return this.#words.vocabulary(letter);
  }

  places(letter) {
    return this.#words.places(letter);
  }

  /** The kind of a record. */
  kindOf(number) {
    return this.#kinds[this.#kindAt[number]];
  }

  /** Whether a record belongs to a plan alone. */
  isPlanned(number) {
    return this.#planOf(number).slug !== SHARED;
  }

  /** Value → the records that have it. */
  facet(name) {
    if (!this.#facets.has(name)) this.#facets.set(name, this.#readFacet(name));
    return this.#facets.get(name);
  }

  async #readFacet(name) {
    const values = new Map();
    const enter = (value, number) => {
      if (!values.has(value)) values.set(value, new Set());
      values.get(value).add(number);
    };
    const told = { kind: (number) => this.kindOf(number), plan: (number) => this.#planOf(number).slug }[name];
    for (let number = 0; told && number < this.size; number += 1) {
      if (told(number) !== SHARED) enter(told(number), number);
    }
    await Promise.all(
      this.#shards.map(async ({ start, facets }) => {
        if (!facets[name]) return;
        const stored = await this.#files.once(`${this.#base}index/${facets[name]}`);
        for (const [value, steps] of Object.entries(stored)) {
          let number = start;
          for (const step of steps) enter(value, (number += step));
        }
      }),
    );
    return values;
  }

  #planOf(number) {
    return this.#plans[this.#planAt[number]];
  }
}

/** The chunks of some plans. */
class Shard {
  #base;
  #blocks;
  #weights;
  #files;

  constructor(base, blocks, weights, files) {
    this.#base = base;
    this.#blocks = blocks;
    this.#weights = weights;
    this.#files = files;
  }

  /** Where a phrase stands in the plans of this shard. */
  async phrase(phrase) {
    const told = [...phrase.entries()].filter(([, key]) => key !== ANY);
    const parts = await Promise.all(told.map(([, key]) => this.#plansWith(key)));
    const [rarest] = [...parts].sort((a, b) => a.size - b.size);
    const found = new Map();
    for (const plan of rarest.keys()) {
      if (!parts.every((part) => part.has(plan))) continue;
      const { start } = this.plans[plan];
      const lists = parts.map((part, index) => ({
        offset: told[index][0],
        list: this.#decoded(part.get(plan), start),
      }));
      for (const [number, standing] of meeting(lists)) found.set(number, standing);
    }
    return found;
  }

  /** Plan → the stretches of bytes that are its postings of a key. */
  async #plansWith(key) {
    const isOpen = key.endsWith(ANY);
    const low = isOpen ? key.slice(0, -1) : key;
    const high = isOpen ? low + AFTER_ALL : low;
    const blocks = await this.#within([this.#blocks], low, high);
    const chunks = await this.#within(blocks, low, high, chunkOf);
    const plans = new Map();
    for (const { bytes, keys } of chunks) {
      for (const [other, [from, to]] of keys) {
        if (other < low || other > high) continue;
        for (let at = from; at < to; ) {
          let plan, size;
          [plan, at] = varint(bytes, at);
          [size, at] = varint(bytes, at);
          if (!plans.has(plan)) plans.set(plan, []);
          plans.get(plan).push([bytes, at, (at += SIZE * size)]);
        }
      }
    }
    return plans;
  }

  /** The files of lists of [first key, name] that may hold keys from `low` to `high`. */
  async #within(lists, low, high, read = undefined) {
    const names = lists.flatMap((list) =>
      list
        .filter(([first], index) => first <= high && !(list[index + 1]?.[0] <= low))
        .map(([, name]) => name),
    );
    return Promise.all(names.map((name) => this.#files.once(this.#base + name, read)));
  }

  /** Record → [place, weight] pairs. */
  #decoded(stretches, start) {
    const records = new Map();
    for (const [bytes, from, to] of stretches) {
      const view = new DataView(bytes.buffer, bytes.byteOffset);
      let [posting, record, pairs] = [0, -1, null];
      for (let at = from; at < to; at += SIZE) {
        posting += view.getUint32(at, true);
        if (posting >>> PLACE_BITS !== record) {
          record = posting >>> PLACE_BITS;
          pairs = records.get(start + record) ?? [];
          records.set(start + record, pairs);
        }
        pairs.push([(posting & PLACE) >> WEIGHT_BITS, this.#weights[posting & WEIGHT]]);
      }
    }
    return records;
  }
}

/** Key → where its postings stand. */
function chunkOf(bytes) {
  const decoder = new TextDecoder();
  const keys = new Map();
  for (let at = 0; at < bytes.length; ) {
    let size;
    [size, at] = varint(bytes, at);
    const key = decoder.decode(bytes.subarray(at, (at += size)));
    [size, at] = varint(bytes, at);
    keys.set(key, [at, (at += size)]);
  }
  return { bytes, keys };
}

/** A number of seven bits a byte, and the place after it. */
function varint(bytes, at) {
  let [number, shift] = [0, 0];
  for (;;) {
    const byte = bytes[at++];
    number += (byte & 127) * 2 ** shift;
    if (byte < 128) return [number, at];
    shift += 7;
  }
}
