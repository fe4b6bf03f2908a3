// The search: what a query finds, in which order, and what a card shows of it.

import { excerptOf, marked } from "./excerpt.js";
import { countsOf, passes } from "./facets.js";
import { Finder } from "./finder.js";
import { Lexicon, folded } from "./lexicon.js";
import { rank, shareOf, spansOfAll, titleShare } from "./rank.js";
import { linesOf, textIn, textsIn } from "./record.js";

/** How many of the candidates are read and ranked by their own text. */
const RANKED = 30;
/** How much less the words weigh in a record of a kind, before it was read. */
const BEHIND = { measure: 0, kpi: 9, term: 30, page: 30 };
/** How many of the records that explain or group measures are read for an answer. */
const EXPLAINING = 8;
const WHOLE = 0.99;
const SUGGESTED = 8;
const ANY_WORDS = { words: [], found: new Map(), notes: [], plans: [], isPartial: false };

/** Searches by an index: pagefind-index.js or scan-index.js. */
export class Engine {
  #index;
  #lexicon;
  #finder;
  #last = {};

  constructor(index) {
    this.#index = index;
    this.#lexicon = new Lexicon(index.lexicon);
    this.#finder = new Finder(index, this.#lexicon);
  }

  /**
   * What a query finds where only `wanted` is let through (facet → values, any of which do).
   *
   * 1. `total` counts all hits; `hits` are `count` of them, best first, those after `from`.
   *    `sort`: "fy" for the earliest fiscal year first; `group`: "plan" for plan after plan.
   * 2. `counts`: facet → value → hits, each facet counted as if nothing were chosen in it; of a
   *    large index only those of `facets`, and of those in which something is chosen.
   * 3. `answer` is the term or the theme that the whole query names, or null.
   * 4. `notes` and `plans` say how the query was understood: finder.js. `ways`: what else would
   *    find something, { query, total }, where this finds nothing or not all of it.
   */
  async search(query, wanted, { from = 0, count = 20, sort = "", group = "", facets = [] } = {}) {
    const asked = JSON.stringify([query, wanted, sort, group, facets]);
    if (this.#last.asked !== asked) {
      this.#last = { asked, ...(await this.#answer(query, wanted, sort, group, facets)) };
    }
    const { numbers, words, ...told } = this.#last;
    const shown = numbers.slice(from, from + count).map((number) => this.#index.text(number));
    const hits = (await Promise.all(shown)).map((record) => hitOf(record, words));
    return { total: numbers.length, hits, ...told };
  }

  /**
   * What a reader may be about to type: { kind, title, note, url, query }, titles first.
   * `kind`: that of a record, or `department`, `plan`.
   */
  async suggest(text) {
    const { words, found, plans } = await this.#finder.find(text);
    const ranked = await this.#ranked([...found.keys()], { words, found, isPartial: true });
    const records = await Promise.all(ranked.slice(0, RANKED).map((number) => this.#index.text(number)));
    const named = await this.#named(text, records);
    const titled = records
      .filter((record) => words.length && titleShare(record, words) > 0)
      .sort((a, b) => (a.kind === "term") - (b.kind === "term"))
      .map((record) => {
        const { kind, title, url, measure, places } = hitOf(record, words);
        return { kind, title, note: [places.join("・"), measure].filter(Boolean).join(" "), url, query: null };
      });
    const few = titled.slice(0, plans.length ? SUGGESTED : SUGGESTED - Math.min(named.length, 3));
    return [...few, ...named].slice(0, SUGGESTED);
  }

  async #named(text, records) {
    const wanted = folded(text.trim());
    if (!wanted) return [];
    const plain = (kind, name) => ({ kind, title: [{ text: name, marked: false }], note: null, url: null, query: name });
    const departments = this.#index.isLarge
      ? new Set(records.flatMap((record) => textsIn(record, "department")))
      : (await this.#index.facet("department")).keys();
    const matching = [...departments].filter((name) => folded(name).includes(wanted)).sort();
    await this.#lexicon.meet(wanted, this.#index);
    const plans = this.#lexicon.plansBeginning(wanted);
    return [...plans.map((name) => plain("plan", name)), ...matching.map((name) => plain("department", name))];
  }

  async #answer(query, wanted, sort, group, open) {
    const isAsked = query.trim() !== "";
    const all = () => new Map(Array.from({ length: this.#index.size }, (_, number) => [number, 0]));
    const understood = isAsked ? await this.#finder.find(query) : { ...ANY_WORDS, found: all() };
    const { words, found, notes, plans } = understood;
    const facets = await this.#facetsOf(wanted, open);
    const kept = [...found.keys()].filter((number) => passes(number, wanted, facets));
    const numbers = words.length ? await this.#ranked(kept, understood) : kept;
    await this.#arrange(numbers, sort, group);
    return {
      numbers,
      words,
      notes,
      plans,
      counts: countsOf([...found.keys()], wanted, facets),
      answer: words.length ? await this.#explained(found, words) : null,
      ways: isAsked && (!numbers.length || understood.isPartial) ? await this.#ways(understood) : [],
    };
  }

  /** The facets that are to be counted. */
  async #facetsOf(wanted, open) {
    const isNeeded = (name) => !this.#index.isLarge || open.includes(name) || wanted[name]?.length;
    const names = this.#index.facetNames.filter(isNeeded);
    return new Map(await Promise.all(names.map(async (name) => [name, await this.#index.facet(name)])));
  }

  /** The best candidates in the order of their own text; the others follow by weight. */
  async #ranked(numbers, { words, found, isPartial }) {
    const worth = new Map();
    for (const number of numbers) {
      worth.set(number, found.get(number) - (BEHIND[this.#index.kindOf(number)] ?? 0));
    }
    const ordered = numbers.sort((a, b) => worth.get(b) - worth.get(a) || a - b);
    const best = await Promise.all(
      ordered.slice(0, RANKED).map(async (number) => ({
        number,
        ...(await this.#worthOf(number, words, isPartial)),
      })),
    );
    // Of the same worth: by address, since every index counts its records in its own way.
    const held = best
      .filter(({ worth }) => worth !== null)
      .sort((a, b) => b.worth - a.worth || (a.url < b.url ? -1 : 1));
    return [...held.map(({ number }) => number), ...ordered.slice(RANKED)];
  }

  async #worthOf(number, words, isPartial) {
    const record = await this.#index.text(number);
    return { url: record.url, worth: rank(record, words, isPartial) };
  }

  /** Put the hits into the order that the reader chose; within it, that of rank stays. */
  async #arrange(numbers, sort, group) {
    if (sort === "fy") sortBy(numbers, await this.#first("fy"), (a, b) => a.localeCompare(b));
    if (group === "plan") {
      const plans = await this.#first("plan");
      const order = new Map();
      for (const number of numbers) order.set(plans.get(number), order.get(plans.get(number)) ?? order.size);
      sortBy(numbers, plans, (a, b) => order.get(a) - order.get(b));
    }
  }

  /** Record → the first of its values of a facet. */
  async #first(facet) {
    const first = new Map();
    for (const [value, numbers] of await this.#index.facet(facet)) {
      for (const number of numbers) if (!(first.get(number) <= value)) first.set(number, value);
    }
    return first;
  }

  /** The term or theme that the words name. */
  async #explained(found, words) {
    const others = [...found.keys()].filter((number) => this.#isExplaining(number));
    others.sort((a, b) => found.get(b) - found.get(a) || a - b);
    const records = await Promise.all(
      others.slice(0, EXPLAINING).map((number) => this.#index.text(number)),
    );
    // What bears the very name comes before what bears another of the same meaning.
    const bears = (some) => records.find((record) => isNamed(record, some));
    const named = bears(asTyped(words)) ?? bears(words);
    return named ? hitOf(named, words) : null;
  }

  /** A term, or a page of no plan: a theme. */
  #isExplaining(number) {
    const kind = this.#index.kindOf(number);
    return kind === "term" || (kind === "page" && !this.#index.isPlanned(number));
  }

  /** Each word alone, where there are several. */
  async #ways({ words, plans }) {
    const nouns = words.filter(({ isNoun, found }) => isNoun && found.size);
    if (words.length < 2 && !plans.length) return [];
    return nouns.map(({ text, found }) => ({ query: text, total: found.size }));
  }
}

/** The words with the ways that say them as they were typed. */
function asTyped(words) {
  return words.map((word) => ({ ...word, ways: word.ways.filter(({ kind }) => kind === "literal") }));
}

/** Whether the query is a name of a term, or the name of a theme, which belongs to no plan. */
function isNamed(record, words) {
  if (titleShare(record, words) >= WHOLE) return record.kind === "term" || !record.plans.length;
  if (record.kind !== "term") return false;
  return linesOf(record, "heading").some((line) => shareOf(line, spansOfAll(words, line)) >= WHOLE);
}

/** What a card shows of a record. */
function hitOf(record, words) {
  const [title] = linesOf(record, "title");
  return {
    url: record.url,
    kind: record.kind,
    plans: record.plans,
    places: textsIn(record, "place"),
    path: textIn(record, "path"),
    measure: record.kind === "kpi" ? textIn(record, "heading") : null,
    title: marked(title, words),
    excerpt: excerptOf(record, words),
    departments: textsIn(record, "department"),
    when: textIn(record, "when"),
    figure: textIn(record, "figure"),
  };
}

/** Sort in place by a value of each number; those without one come last. */
function sortBy(numbers, values, compare) {
  numbers.sort((a, b) => {
    const [x, y] = [values.get(a), values.get(b)];
    if (x === undefined || y === undefined) return (x === undefined) - (y === undefined);
    return compare(x, y);
  });
}
