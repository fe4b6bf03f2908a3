// From a query to the records that answer it, step by step, each step told to the reader.

import { inAll, near } from "./places.js";
import { formsOf } from "./readings.js";
import { contentWords } from "./sentence.js";
import { meant } from "./slips.js";
import { phrasesOf, tokensOf } from "./tokens.js";
import { GAP, partings, plainWays, relatedWays, way, yearOf } from "./ways.js";

const PARTS = /(?:[\s、。;/|?!]|,(?!\d{3}))+/u;
/** A name of several words. */
const LATIN = /^[\x20-\x7e]+$/u;
const HIRAGANA = /^[ぁ-ゖー]+$/u;
const BINDING = /[のなでにをはがとるたいもへ]$/u;
const KANA_WITHIN = /[ぁ-ゖー]{2,}/gu;
/** Only kana that binds nouns. */
const BOUND = /^[^ぁ-ゖ]+(?:の[^ぁ-ゖ]+)*$/u;
/** Of what a query says, so much must be found, rare words counting more. */
const COVERAGE = 0.5;
/** So many of its words, where one of them stands nowhere. */
const LEAST = 2;
const READINGS = 2;
const MEASURES = new Set(["measure", "kpi"]);

/** Finds records by one engine's phrases, vocabulary and lexicon. */
export class Finder {
  #engine;
  #lexicon;

  constructor(engine, lexicon) {
    this.#engine = engine;
    this.#lexicon = lexicon;
  }

  /**
   * What answers a query.
   *
   * 1. `words`: what was looked for, each with the ways that found something; `isPartial` where
   *    not all of them need to stand in a record.
   * 2. `found`: record → weight, 0 to 10. `plans`: the municipalities that the query names.
   * 3. `notes`: what the reader should know of how it was found: { kind, word, forms }.
   */
  async find(query) {
    const asked = { plans: [], notes: [] };
    const whole = query.normalize("NFKC").trim();
    const parts = LATIN.test(whole) && this.#lexicon.knows(whole) ? [whole] : whole.split(PARTS);
    const given = parts.filter((part) => phrasesOf(part).length);
    await Promise.all(given.map((part) => this.#lexicon.meet(part, this.#engine)));
    const rest = given.length > 1 ? given.filter((part) => !this.#isPlan(part, asked)) : given;
    if (!rest.length && given.length) return this.find(given[0]);
    // Each part has notes of its own: what is told first does not depend on what is found first.
    const resolved = await Promise.all(
      rest.map(async (part) => {
        const own = { plans: [], notes: [] };
        return { own, words: await this.#word(part, own) };
      }),
    );
    for (const { own } of resolved) {
      asked.plans.push(...own.plans);
      asked.notes.push(...own.notes);
    }
    const answer = await this.#together(resolved.flatMap(({ words }) => words), asked);
    if (answer.found.size || !asked.notes.some(({ kind }) => kind === "split")) return answer;
    // No sentence after all, but one long word with a slip in it.
    const guesses = (await Promise.all(rest.map((part) => this.#guess(part)))).filter(Boolean);
    if (guesses.length < rest.length) return answer;
    return this.#together(guesses, { ...asked, notes: guesses.flatMap(({ told }) => told) });
  }

  #isPlan(part, asked) {
    const plan = this.#lexicon.municipality(part);
    if (plan) this.#narrow(asked, plan);
    return plan !== null;
  }

  #narrow(asked, { slugs, name }) {
    asked.plans.push(...slugs);
    asked.notes.push({ kind: "plan", word: name, forms: [name] });
  }

  /** A part of a query as one word, or as the words of a sentence. */
  async #word(text, asked) {
    await this.#lexicon.meet(text, this.#engine);
    const known = await this.#known(text);
    const plan = this.#lexicon.beginning(text);
    if (plan && (!known || (plan.isBound && !this.#hasMeasures(known.found)))) {
      this.#narrow(asked, plan);
      return this.#word(plan.rest, asked);
    }
    const found = known ?? (await this.#bound(text));
    if (found) return this.#told(await this.#alsoRead(found), asked);
    const contents = HIRAGANA.test(text) ? [] : contentWords(text, this.#lexicon);
    const isSentence = contents.length > 1 || (contents.length && isAbout(text, contents[0].text));
    const words = isSentence ? await this.#contents(contents) : [];
    if (words.some(({ found }) => found.size)) return this.#split(words, asked);
    const other = (await this.#read(text)) ?? (await this.#guess(text));
    if (other) return this.#told(other, asked);
    const parts = contents.length === 1 ? contents[0].parts : [];
    if (parts.length < 2) return [absent(text)];
    return this.#split(await this.#contents(parts.map((part) => ({ text: part, isNoun: true, parts: [] }))), asked);
  }

  #told(word, asked) {
    asked.notes.push(...word.told);
    return [word];
  }

  #split(words, asked) {
    asked.notes.push({ kind: "split", word: "", forms: words.filter(({ isNoun }) => isNoun).map(({ text }) => text) });
    for (const { told } of words) asked.notes.push(...told);
    return words;
  }

  /** The content words of a sentence; one that stands nowhere falls into its parts. */
  async #contents(contents) {
    const words = await Promise.all(
      contents.map(async ({ text, isNoun, parts }) => {
        const known = (await this.#known(text)) ?? (isNoun ? await this.#bound(text) : null);
        if (known) return { ...known, isNoun };
        const some = parts.filter((part) => part !== text);
        if (!some.length) return { ...absent(text), isNoun };
        return this.#contents(some.map((part) => ({ text: part, isNoun, parts: [] })));
      }),
    );
    return words.flat();
  }

  /** The word itself, its spellings and synonyms; else what has to do with it. */
  async #known(text) {
    const plain = await this.#found(text, plainWays(text, this.#lexicon));
    if (this.#hasMeasures(plain.found)) return { ...plain, told: notesOf(plain) };
    const more = relatedWays(text, this.#lexicon);
    const both = more.length ? await this.#found(text, [...plain.ways, ...more]) : plain;
    return both.found.size || yearOf(text) ? { ...both, told: notesOf(both) } : null;
  }

  #hasMeasures(found) {
    for (const number of found.keys()) if (MEASURES.has(this.#engine.kindOf(number))) return true;
    return false;
  }

  /** A compound whose parts the plans bind by の or the like. */
  async #bound(text) {
    if (!BOUND.test(text)) return null;
    for (const parts of partings(text)) {
      const phrases = parts.map((part) => phrasesOf(part)[0]);
      if (!phrases.every(Boolean)) continue;
      const places = await Promise.all(phrases.map((phrase) => this.#engine.phrase(phrase)));
      const sizes = parts.map((part) => tokensOf(part).length);
      const found = chained(places, sizes);
      if (!found.size) continue;
      const apart = { ...way("apart", parts.join("…")), phrases, gap: GAP };
      const weights = new Map([...found].map(([number, { weight }]) => [number, weight * (1 - apart.penalty)]));
      const note = { kind: "apart", word: text, forms: parts };
      return { text, ways: [apart], found: weights, isNoun: true, told: [note] };
    }
    return null;
  }

  /** A word that does not stand in kana may be one that is read so: らいん is LINE, not only ライン. */
  async #alsoRead(word) {
    if (!HIRAGANA.test(word.text) || word.ways.some(({ kind }) => kind === "literal")) return word;
    const read = await this.#read(word.text);
    if (!read) return word;
    const both = await this.#found(word.text, [...word.ways, ...read.ways]);
    return { ...both, told: [...word.told, ...read.told] };
  }

  /** Words that are read as the kana of a word. */
  async #read(text) {
    const runs = text.match(KANA_WITHIN) ?? [];
    if (!runs.length) return null;
    const forms = [];
    for (const run of runs) {
      const others = await formsOf(run, this.#engine);
      forms.push(...others.map((form) => text.replace(run, form)));
    }
    const found = [];
    for (const form of forms) {
      const word = await this.#found(text, [way("reading", form)]);
      if (word.found.size) found.push(word.ways[0]);
      if (found.length === READINGS) break;
    }
    return found.length ? this.#other("reading", text, found) : null;
  }

  /** What a slip of one sign may have meant. */
  async #guess(text) {
    const forms = await meant(text, this.#engine, this.#lexicon);
    const ways = forms.map((form) => way("guess", form));
    return ways.length ? this.#other("guess", text, ways) : null;
  }

  async #other(kind, text, ways) {
    const word = await this.#found(text, ways);
    if (!word.found.size) return null;
    const note = { kind, word: text, forms: word.ways.map(({ form }) => form) };
    return { ...word, told: [note] };
  }

  /** The ways that find something, and the records that any of them finds. */
  async #found(text, ways) {
    const found = new Map();
    const some = await Promise.all(
      ways.map(async (one) => {
        const records = await this.#recordsOf(one);
        for (const [number, weight] of records) {
          const worth = weight * (1 - one.penalty);
          if (!(found.get(number) >= worth)) found.set(number, worth);
        }
        return records.size ? one : null;
      }),
    );
    return { text, ways: some.filter(Boolean), found, isNoun: true };
  }

  async #recordsOf({ phrases, fy }) {
    if (fy) return new Map([...((await this.#engine.facet("fy")).get(fy) ?? [])].map((number) => [number, 1]));
    if (!phrases.length) return new Map();
    const maps = await Promise.all(phrases.map((phrase) => this.#engine.phrase(phrase)));
    return new Map([...inAll(maps)].map(([number, { weight }]) => [number, weight]));
  }

  /** The records that hold all the words; where there are none, those that hold most. */
  async #together(words, { plans, notes }) {
    const nouns = words.some(({ isNoun }) => isNoun) ? words.filter(({ isNoun }) => isNoun) : words;
    const named = plans.length ? await this.#engine.facet("plan") : null;
    const isOf = (number) => !named || plans.some((plan) => named.get(plan)?.has(number));
    const size = this.#engine.size;
    for (const word of words) word.rarity = Math.log((size + 1) / (word.found.size + 0.5));
    const whole = nouns.reduce((sum, { rarity }) => sum + rarity, 0);
    const found = new Map();
    let isPartial = false;
    const collect = (least, coverage) => {
      const numbers = new Set(nouns.flatMap((word) => [...word.found.keys()]));
      for (const number of numbers) {
        if (!isOf(number)) continue;
        const held = nouns.filter((word) => word.found.has(number));
        const share = held.reduce((sum, { rarity }) => sum + rarity, 0) / whole;
        if (held.length < least || share < coverage) continue;
        const weights = held.map((word) => word.found.get(number));
        found.set(number, (share * weights.reduce((a, b) => a + b, 0)) / nouns.length);
      }
    };
    collect(nouns.length, 0);
    if (!this.#hasMeasures(found) && nouns.length > 1) {
      isPartial = true;
      if (nouns.every((word) => word.found.size)) collect(1, 0);
      else collect(LEAST, COVERAGE);
    }
    const told = isPartial && found.size ? [...notes.filter(({ kind }) => kind !== "split"), partialNote(nouns, found)] : notes;
    return { words, found, plans, notes: told, isPartial };
  }
}

/** Whether a sentence is about its only noun, and not cut out of the middle of a text. */
function isAbout(text, noun) {
  const before = text.slice(0, text.indexOf(noun));
  return noun !== text && (!before || BINDING.test(before));
}

function absent(text) {
  return { text, ways: [], found: new Map(), isNoun: true, told: [] };
}

/** Each part of a compound near the one before. */
function chained(places, sizes) {
  let [found] = places;
  let length = sizes[0];
  for (let index = 1; index < places.length; index += 1) {
    found = near(found, places[index], length, GAP);
    length += sizes[index] + (index + 1 < places.length ? 0 : GAP);
  }
  return found;
}

/** What to say of the ways that found a word; nothing where it stands as it was typed. */
function notesOf({ text, ways }) {
  const isTyped = ways.some(({ kind }) => kind === "literal");
  const kinds = isTyped ? ["synonym", "related", "inYear"] : ["spelling", "synonym", "related", "inYear"];
  return kinds.flatMap((kind) => {
    const forms = ways.filter((one) => one.kind === kind).map(({ form }) => form);
    return forms.length ? [{ kind: kind === "inYear" ? "year" : kind, word: text, forms }] : [];
  });
}

function partialNote(nouns, found) {
  const isHeld = (word) => [...word.found.keys()].some((number) => found.has(number));
  const [held, missing] = [nouns.filter(isHeld), nouns.filter((word) => !isHeld(word))];
  return { kind: "partial", word: held.map(({ text }) => text).join("、"), forms: missing.map(({ text }) => text) };
}
