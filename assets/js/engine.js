// The search itself, over Pagefind's index. Whoever replaces it keeps `search(query, wanted)`.

import { excerptOf, marked } from "./excerpt.js";
import { countsOf, passes } from "./facets.js";
import { TAG, openIndex } from "./index-files.js";
import { rank, shareOf, titleShare } from "./rank.js";
import { linesOf, recordOf, textIn } from "./record.js";
import { phrasesOf } from "./tokens.js";

/** How many of the candidates are read and ranked by their own text. */
const RANKED = 30;
/** How much later the words count as standing in a record of a kind, before it was read. */
const BEHIND = { measure: 0, kpi: 5, term: 200, page: 200 };
const MEASURES = new Set(["measure", "kpi"]);
/** How many of the records that explain or group measures are read for an answer. */
const EXPLAINING = 2;
const WHOLE = 0.99;

/** Opens the index whose pagefind.js lies at `address`. */
export async function openEngine(address) {
  const opening = openIndex(address.slice(0, address.lastIndexOf("/") + 1));
  const [pagefind, index, facets] = await Promise.all([
    openPagefind(address),
    opening,
    opening.then((index) => index.filters()),
  ]);
  return new Engine(pagefind, index, facets);
}

async function openPagefind(address) {
  const pagefind = await import(address);
  await pagefind.options({ exactDiacritics: true, metaCacheTag: TAG });
  await pagefind.init();
  return pagefind;
}

class Engine {
  #pagefind;
  #index;
  #facets;
  #kinds = new Map();
  #last = {};

  constructor(pagefind, index, facets) {
    this.#pagefind = pagefind;
    this.#index = index;
    this.#facets = facets;
    for (const [kind, ids] of facets.get("kind") ?? []) {
      for (const id of ids) this.#kinds.set(id, kind);
    }
  }

  /**
   * What a query finds where only `wanted` is let through (facet → values, any of which do).
   *
   * 1. `total` counts all hits; `hits` are `count` of them, best first, those after `from`.
   * 2. `counts`: facet → value → hits, each facet counted as if nothing were chosen in it.
   * 3. `answer` is the term or the theme that the whole query names, or null.
   */
  async search(query, wanted, { from = 0, count = 20, sort = "", group = "" } = {}) {
    const asked = JSON.stringify([query, wanted, sort, group]);
    if (this.#last.asked !== asked) this.#last = { asked, ...(await this.#find(query, wanted, sort, group)) };
    const { ids, counts, phrases, answer } = this.#last;
    const shown = await Promise.all(ids.slice(from, from + count).map((id) => this.#read(id)));
    const hits = shown.map((record) => hitOf(record, phrases));
    return { total: ids.length, counts, hits, answer, notes: [], ways: [], plans: [] };
  }

  async #find(query, wanted, sort, group) {
    const phrases = query.split(/\s+/u).flatMap(phrasesOf);
    const found = await this.#candidates(query, phrases);
    const kept = [...found.keys()].filter((id) => passes(id, wanted, this.#facets));
    const distance = (id) => found.get(id) + (BEHIND[this.#kinds.get(id)] ?? 0);
    kept.sort((a, b) => distance(a) - distance(b));
    const [ids, answer] = await Promise.all([
      this.#ranked(kept, phrases),
      this.#answer(found, phrases),
    ]);
    this.#arrange(ids, sort, group);
    return { ids, phrases, answer, counts: countsOf([...found.keys()], wanted, this.#facets) };
  }

  /** Put the hits into the order that the reader chose; within it, that of rank stays. */
  #arrange(ids, sort, group) {
    if (sort === "fy") sortBy(ids, this.#first("fy"), (a, b) => a.localeCompare(b));
    if (group === "plan") {
      const plans = this.#first("plan");
      const order = [...new Set(ids.map((id) => plans.get(id) ?? ""))];
      sortBy(ids, plans, (a, b) => order.indexOf(a) - order.indexOf(b));
    }
  }

  /** Id → the first of its values of a facet. */
  #first(facet) {
    const first = new Map();
    for (const [value, ids] of this.#facets.get(facet) ?? []) {
      for (const id of ids) if (!(first.get(id) <= value)) first.set(id, value);
    }
    return first;
  }

  /** Id → how far into the text the phrases stand, for the records that hold them all. */
  async #candidates(query, phrases) {
    if (!phrases.length) {
      // Nothing asked finds everything, signs alone find nothing.
      return new Map(query.trim() ? [] : this.#index.ids.map((id) => [id, 0]));
    }
    const maps = await Promise.all(phrases.map((phrase) => this.#places(phrase)));
    const [fewest, ...rest] = maps.sort((a, b) => a.size - b.size);
    const all = [...fewest].filter(([id]) => rest.every((map) => map.has(id)));
    return new Map(
      all.map(([id, place]) => [id, rest.reduce((sum, map) => sum + map.get(id), place)]),
    );
  }

  async #places({ keys, begins }) {
    // Pagefind takes quoted words literally, an unquoted one as the beginning of words.
    const literal = begins ? keys.slice(0, -1) : keys;
    const found = literal.length ? await this.#ask(`"${literal.join(" ")}"`) : null;
    if (!begins) return found;
    const beginning = await this.#ask(keys.at(-1));
    return found ? new Map([...found].filter(([id]) => beginning.has(id))) : beginning;
  }

  async #ask(term) {
    const { results } = await this.#pagefind.search(term);
    return new Map(results.map(({ id, words }) => [id, Math.min(...words)]));
  }

  /** The best candidates in the order of their own text; the others follow as they came. */
  async #ranked(ids, phrases) {
    if (!phrases.length) return ids;
    const best = await Promise.all(
      ids.slice(0, RANKED).map(async (id) => ({ id, worth: rank(await this.#read(id), phrases) })),
    );
    const held = best.filter(({ worth }) => worth !== null).sort((a, b) => b.worth - a.worth);
    return [...held.map(({ id }) => id), ...ids.slice(RANKED)];
  }

  async #answer(found, phrases) {
    if (!phrases.length) return null;
    const others = [...found.keys()].filter((id) => !MEASURES.has(this.#kinds.get(id)));
    others.sort((a, b) => found.get(a) - found.get(b));
    for (const id of others.slice(0, EXPLAINING)) {
      const record = await this.#read(id);
      if (isNamed(record, phrases)) return hitOf(record, phrases);
    }
    return null;
  }

  async #read(id) {
    return recordOf(await this.#index.record(id));
  }
}

/** Whether the query is a name of a term, or the name of a theme, which belongs to no plan. */
function isNamed(record, phrases) {
  if (titleShare(record, phrases) >= WHOLE) return record.kind === "term" || !record.plans.length;
  if (record.kind !== "term") return false;
  return linesOf(record, "heading").some((line) => shareOf(line, phrases) >= WHOLE);
}

/** What a card shows of a record. */
function hitOf(record, phrases) {
  const [title] = linesOf(record, "title");
  return {
    url: record.url,
    kind: record.kind,
    plans: record.plans,
    places: linesOf(record, "place").map((line) => line.pieces.join("")),
    path: textIn(record, "path"),
    measure: record.kind === "kpi" ? textIn(record, "heading") : null,
    title: marked(title, phrases),
    excerpt: excerptOf(record, phrases),
    departments: linesOf(record, "department").map((line) => line.pieces.join("")),
    when: textIn(record, "when"),
    figure: textIn(record, "figure"),
  };
}

/** Sort in place by a value of each id; those without one come last. */
function sortBy(ids, values, compare) {
  ids.sort((a, b) => {
    const [x, y] = [values.get(a), values.get(b)];
    if (x === undefined || y === undefined) return (x === undefined) - (y === undefined);
    return compare(x, y);
  });
}
