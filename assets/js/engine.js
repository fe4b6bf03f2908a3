// The search itself, over Pagefind's index. Whoever replaces it keeps `search(query, filters)`.

import { excerptOf, marked } from "./excerpt.js";
import { rank, shareOf, titleShare } from "./rank.js";
import { linesOf, recordOf, textIn } from "./record.js";
import { phrasesOf } from "./tokens.js";

/** How many of the candidates are read and ranked by their own text. */
const RANKED = 30;
/** How far into a text a kind counts as standing, in tokens, when nothing was read yet. */
const BEHIND = { measure: 0, kpi: 5, term: 200, page: 200 };
const PROMISES = new Set(["measure", "kpi"]);
/** How many of the records that explain or group measures are read for an answer. */
const EXPLAINING = 2;
const WHOLE = 0.99;

/** Opens the index that lies at `address` (…/pagefind.js). */
export async function openEngine(address) {
  const pagefind = await import(address);
  // A fixed tag: the entry is revalidated like any page instead of being loaded anew each time.
  await pagefind.options({ exactDiacritics: true, metaCacheTag: "1" });
  await pagefind.init();
  return new Engine(pagefind);
}

class Engine {
  #pagefind;
  #facets;
  #last = { asked: null, ids: [] };

  constructor(pagefind) {
    this.#pagefind = pagefind;
  }

  /**
   * What a query finds under filters (facet → values, any of which will do).
   *
   * `total` counts all hits, `counts` the hits of each value of each facet as if that facet
   * were open; `hits` are those from `from`, `count` of them, best first.
   */
  async search(query, filters, { from = 0, count = 20 } = {}) {
    const asked = JSON.stringify([query, filters]);
    if (this.#last.asked !== asked) this.#last = { asked, ...(await this.#find(query, filters)) };
    const { ids, counts, phrases, records, answer } = this.#last;
    const shown = ids.slice(from, from + count);
    const hits = await Promise.all(
      shown.map(async (id) => hitOf(records.get(id) ?? (await this.#read(id)), phrases)),
    );
    return { total: ids.length, counts, hits, answer };
  }

  async #find(query, filters) {
    const facets = await (this.#facets ??= this.#readFacets());
    const phrases = query.split(/\s+/u).flatMap(phrasesOf);
    if (query.trim() && !phrases.length) return { ids: [], counts: {}, phrases, records: new Map() };
    const found = query.trim() ? await this.#matches(phrases) : facets.all;
    const kept = [...found.keys()].filter((id) => passes(id, filters, facets));
    const distance = (id) => found.get(id) + (BEHIND[facets.kind.get(id)] ?? 0);
    kept.sort((a, b) => distance(a) - distance(b));
    const { ids, records } = await this.#ranked(kept, phrases);
    const answer = await this.#answer(found, phrases, facets);
    return { ids, records, phrases, counts: countsOf(found, filters, facets), answer };
  }

  /** Id → how far into the text the phrases stand, for the records that hold them all. */
  async #matches(phrases) {
    const maps = await Promise.all(phrases.map((phrase) => this.#places(phrase)));
    const [fewest, ...rest] = maps.sort((a, b) => a.size - b.size);
    const both = [...fewest].filter(([id]) => rest.every((map) => map.has(id)));
    return new Map(
      both.map(([id, place]) => [id, rest.reduce((sum, map) => sum + map.get(id), place)]),
    );
  }

  async #places({ keys, begins }) {
    // Pagefind takes quoted words literally, unquoted ones as beginnings of words.
    const literal = begins ? keys.slice(0, -1) : keys;
    const found = literal.length ? await this.#ask(`"${literal.join(" ")}"`) : null;
    if (!begins) return found;
    const beginning = await this.#ask(keys.at(-1));
    return found ? new Map([...found].filter(([id]) => beginning.has(id))) : beginning;
  }

  async #ask(term) {
    const { results } = await this.#pagefind.search(term);
    return new Map(results.map(({ id, words }) => [id, Math.min(...words, 1e6)]));
  }

  /** The best candidates in the order of their own text; the others follow as they came. */
  async #ranked(kept, phrases) {
    const records = new Map();
    const best = kept.slice(0, RANKED);
    await Promise.all(best.map(async (id) => records.set(id, await this.#read(id))));
    if (!phrases.length) return { ids: kept, records };
    const worth = new Map(best.map((id) => [id, rank(records.get(id), phrases)]));
    const held = best.filter((id) => worth.get(id) !== null);
    held.sort((a, b) => worth.get(b) - worth.get(a));
    return { ids: [...held, ...kept.slice(RANKED)], records };
  }

  /** The term or the theme that the whole query names, whatever the filters. */
  async #answer(found, phrases, facets) {
    if (!phrases.length) return null;
    const explaining = [...found.keys()].filter((id) => !facets.promises.has(id));
    explaining.sort((a, b) => found.get(a) - found.get(b));
    for (const id of explaining.slice(0, EXPLAINING)) {
      const record = await this.#read(id);
      if (isNamed(record, phrases)) return hitOf(record, phrases);
    }
    return null;
  }

  async #read(id) {
    const facets = await this.#facets;
    return recordOf(await facets.results.get(id).data());
  }

  /** Which records have which value: facet → value → ids. */
  async #readFacets() {
    const { results } = await this.#pagefind.search(null);
    const values = new Map();
    for (const [facet, counts] of Object.entries(await this.#pagefind.filters())) {
      const ids = new Map();
      values.set(facet, ids);
      for (const value of Object.keys(counts)) {
        const some = await this.#pagefind.search(null, { filters: { [facet]: value } });
        ids.set(value, new Set(some.results.map(({ id }) => id)));
      }
    }
    const kind = new Map();
    for (const [name, ids] of values.get("kind") ?? []) for (const id of ids) kind.set(id, name);
    const promises = new Set([...kind].filter(([, name]) => PROMISES.has(name)).map(([id]) => id));
    const all = new Map(results.map(({ id }, index) => [id, index / results.length]));
    return { values, kind, promises, all, results: new Map(results.map((result) => [result.id, result])) };
  }
}

function passes(id, filters, facets, except = null) {
  return Object.entries(filters).every(
    ([facet, wanted]) =>
      facet === except ||
      !wanted.length ||
      wanted.some((value) => facets.values.get(facet)?.get(value)?.has(id)),
  );
}

function countsOf(found, filters, facets) {
  const counts = {};
  for (const [facet, values] of facets.values) {
    const open = [...found.keys()].filter((id) => passes(id, filters, facets, facet));
    counts[facet] = Object.fromEntries(
      [...values].map(([value, ids]) => [value, open.filter((id) => ids.has(id)).length]),
    );
  }
  return counts;
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
    places: linesOf(record, "place").map((line) => line.pieces.join("")),
    measure: record.kind === "kpi" ? textIn(record, "heading") : null,
    title: marked(title, phrases),
    excerpt: excerptOf(record, phrases),
    departments: linesOf(record, "department").map((line) => line.pieces.join("")),
    when: textIn(record, "when"),
    figure: textIn(record, "figure"),
  };
}
