// What the catalogue's own words say about the words of a query: dxsite/search/lexicon.py.

const KANJI = "\\u3005-\\u3007\\u4e00-\\u9fff";
const KANA_OF_WORD = new RegExp(`^(?=(?:[^${KANJI}]*[${KANJI}]){2})[${KANJI}ぁ-ゖ]+$`, "u");
/** Kana that ends a word, not a word of its own: 引っ越し, but not ふるさと納税 or 地域おこし. */
const OKURIGANA = new RegExp(`(?<=[${KANJI}])[ぁ-ゖ]{1,2}(?![ぁ-ゖ])`, "gu");
const KATAKANA = /^[ァ-ヺー]+$/u;
const SMALL = { ァ: "ア", ィ: "イ", ゥ: "ウ", ェ: "エ", ォ: "オ", ヴ: "ブ", ヂ: "ジ", ヅ: "ズ" };
const MOST = 6;

/** Spellings, synonyms and names, all compared without width, case, blanks and ・. */
export class Lexicon {
  #spellings;
  #same = new Map();
  #related = new Map();
  #plans;
  #latin;

  /** `data`: /search/words/index.json. */
  constructor({ plans, spellings, same, related, latin }) {
    this.#plans = plans.map(planOf);
    this.#latin = latin;
    this.#spellings = () => {
      const made = spellings.map(([found, others]) => ({ found, pattern: patternOf(found, others) }));
      this.#spellings = () => made;
      return made;
    };
    for (const [found, others] of same) enter(this.#same, found, [...found, ...others]);
    for (const [found, from] of related) enter(this.#related, found, from);
  }

  /** Know the municipalities that a text may begin with, where the engine has not told them all. */
  async meet(text, engine) {
    const known = new Set(this.#plans.map(({ slug }) => slug));
    const told = await engine.places([...text][0]);
    const others = told.filter(([, slug]) => !known.has(slug));
    if (!others.length) return;
    this.#plans.push(...others.map(([number, ...plan]) => ({ ...planOf(plan), number })));
    this.#plans.sort((a, b) => a.number - b.number);
  }

  /** The word with its parts spelled as the plans spell them. */
  spelled(word) {
    const ways = new Set([word]);
    for (const { found, pattern } of this.#spellings()) {
      for (const way of [...ways]) {
        if (ways.size > MOST || !pattern.test(way)) continue;
        for (const form of found) ways.add(way.replace(pattern, form));
      }
    }
    if (/[ァ-ヺ]{2}ー$/u.test(word)) ways.add(word.slice(0, -1));
    ways.delete(word);
    return [...ways];
  }

  /** Words of the plans that mean the same. */
  same(word) {
    const others = this.#same.get(loose(word)) ?? [];
    return [...others].filter((other) => folded(other) !== folded(word));
  }

  /** Words of the plans that have to do with it. */
  related(word) {
    return [...(this.#related.get(loose(word)) ?? [])];
  }

  /** Whether anything is known of the word. */
  knows(word) {
    return [this.#same, this.#related].some((words) => words.has(loose(word)));
  }

  /** The municipality that a word names, and what follows its name; null where there is none. */
  municipality(word) {
    for (const plan of this.#plans) {
      for (const name of [plan.name, plan.reading]) {
        if (word === name) return { name: plan.name, slugs: this.#of(plan.name), rest: "" };
      }
    }
    return null;
  }

  /** The municipalities whose name or reading begins so. */
  plansBeginning(text) {
    const begin = this.#plans.filter(({ name, reading }) => name.startsWith(text) || reading.startsWith(text));
    return [...new Set(begin.map(({ name }) => name))];
  }

  /** The same for a word that only begins with a name: ○○市の電子申請, ○○の電子申請. */
  beginning(word) {
    for (const plan of this.#plans) {
      const names = [plan.name, plan.reading, plan.name.slice(0, -1), plan.reading.replace(/(し|ちょう|まち|むら)$/u, "")];
      for (const name of names) {
        if (name.length < 2 || !word.startsWith(name)) continue;
        const [, particle, rest] = word.slice(name.length).match(/^(の|で|は|が|に|・|、)?(.*)$/u);
        const isWhole = name === plan.name && rest.length > 1;
        if (!rest || !(particle || isWhole)) continue;
        return { name: plan.name, slugs: this.#of(plan.name), rest, isBound: Boolean(particle) };
      }
    }
    return null;
  }

  /** All municipalities of one name. */
  #of(name) {
    return this.#plans.filter((plan) => plan.name === name).map(({ slug }) => slug);
  }

  /** The Latin words that differ from a word by one letter. */
  near(word) {
    return this.#latin.filter((other) => isOneApart(word.toLowerCase(), other));
  }
}

function planOf([slug, name, reading]) {
  return { slug, name, reading };
}

/** What two spellings of a word share. */
export function folded(word) {
  return word.normalize("NFKC").replace(/[ ・]/gu, "").toLowerCase();
}

/** Whether two words differ by one sign: another, one more, one less, or two exchanged. */
export function isOneApart(one, other) {
  const [a, b] = [[...one], [...other]];
  if (Math.abs(a.length - b.length) > 1 || one === other) return false;
  const first = a.findIndex((sign, index) => sign !== b[index]);
  const at = first < 0 ? a.length : first;
  const same = (x, y) => a.slice(x).join("") === b.slice(y).join("");
  if (a.length > b.length) return same(at + 1, at);
  if (a.length < b.length) return same(at, at + 1);
  const isExchanged = a[at] === b[at + 1] && a[at + 1] === b[at] && same(at + 2, at + 2);
  return same(at + 1, at + 1) || isExchanged;
}

/** What all spellings of a word share: 引っ越し and 引越し, サーバー and サーバ. */
function loose(word) {
  const bare = folded(word);
  if (KATAKANA.test(bare)) return bare.replace(/ー/gu, "").replace(/[ァィゥェォヴヂヅ]/gu, (sign) => SMALL[sign]);
  return KANA_OF_WORD.test(bare) ? bare.replace(OKURIGANA, "") : bare;
}

function enter(map, found, words) {
  for (const word of words) {
    const key = loose(word);
    map.set(key, new Set([...(map.get(key) ?? []), ...found]));
  }
}

/** All spellings of a word: long marks, small letters, kana between kanji, hyphens. */
function patternOf(found, others) {
  const parts = [...found, ...others].sort((a, b) => b.length - a.length).map(lenient);
  return new RegExp(parts.join("|"), /[a-z]/i.test(parts[0]) ? "iu" : "u");
}

function lenient(word) {
  const signs = [...word];
  if (KATAKANA.test(word)) {
    return signs.map((sign) => (sign === "ー" ? "ー?" : `${classOf(sign)}ー?`)).join("").replaceAll("ー?ー?", "ー?");
  }
  if (KANA_OF_WORD.test(word)) {
    return signs.map((sign) => (/[ぁ-ゖ]/u.test(sign) ? `${sign}?` : sign)).join("");
  }
  return word.replace(/[-‐‑–−]/gu, "[-‐‑–−]?");
}

function classOf(sign) {
  const large = SMALL[sign] ?? sign;
  const all = Object.keys(SMALL).filter((small) => SMALL[small] === large);
  return all.length ? `[${large}${all.join("")}]` : sign;
}
