// Words that are read as a query is written.

const MOST_WORDS = 3;
const MOST_FORMS = 12;

/** The forms of the plans whose reading a word in hiragana is, the likeliest first. */
export async function formsOf(word, engine) {
  const signs = [...spoken(word)];
  const known = await Promise.all(signs.map((sign) => engine.vocabulary(sign)));
  /** What has been read up to each place: forms with how many words they are made of. */
  const read = signs.map(() => []);
  read.push([]);
  read[0].push({ form: "", words: 0 });
  for (let from = 0; from < signs.length; from += 1) {
    for (let to = from + 1; read[from].length && to <= signs.length; to += 1) {
      const part = signs.slice(from, to).join("");
      const words = (known[from][part] ?? []).slice(0, MOST_WORDS);
      if (part === "の" && from > 0 && to < signs.length) words.unshift("の");
      for (const before of read[from]) {
        for (const next of words) {
          read[to].push({ form: before.form + next, words: before.words + cost(part) });
        }
      }
    }
    for (const forms of read.slice(from + 1)) {
      forms.sort((a, b) => a.words - b.words);
      forms.length = Math.min(forms.length, MOST_FORMS);
    }
  }
  return read.at(-1).map(({ form }) => form);
}

/** A syllable may be nearly any word; a long reading can hardly be another. */
function cost(part) {
  return part.length < 2 ? 3 : 1;
}

/** As dxsite/search/analysis.py keeps readings: without voicing. */
function spoken(word) {
  return word.normalize("NFD").replace(/\p{M}/gu, "");
}
