// The words of a sentence that say what it is about.

/** What people write around what they look for. */
const ASKING =
  /^(?:方法|仕方|やり方|場合|場所|理由|意味|内容|詳細|自分|可能|必要|予定|本当|出来|一番|最近|今後)$/u;
const FUNCTION = /^[\p{sc=Hira}ー]+$/u;
const SIGN = /^[^\p{L}\p{N}]+$/u;
const NUMBERED = /^[\d,.]+$/u;
const KATAKANA = /^[ァ-ヺー]+$/u;

/** No kana, or more than the one kanji of a verb. */
const MANY_KANJI = /^[^ぁ-ゖ]+$|\p{sc=Han}.*\p{sc=Han}/u;

let segmenter;

/**
 * The content words of a text without blanks, in order: { text, isNoun, parts }.
 * Neighbours that no kana parts are one word; `parts` are the pieces a dictionary sees in it.
 * One kanji, with kana or without, is a verb as a rule: it helps, but nothing depends on it.
 */
export function contentWords(text, lexicon) {
  const words = [];
  let open = null;
  for (const segment of segmentsOf(text)) {
    const isKnown = lexicon.knows(segment);
    if (SIGN.test(segment) || (FUNCTION.test(segment) && !isKnown)) {
      open = null;
      continue;
    }
    const isPlain = !/[ぁ-ゖ]/u.test(segment);
    if (open && isPlain) {
      open.text += segment;
      // No dictionary knows where a new loan word ends.
      if (KATAKANA.test(segment) && KATAKANA.test(open.parts.at(-1))) {
        open.parts.push(open.parts.pop() + segment);
      } else open.parts.push(segment);
    } else {
      words.push({ text: segment, parts: [segment], isKnown });
      open = isPlain ? words.at(-1) : null;
    }
  }
  for (const word of words) {
    word.isNoun = word.isKnown || (word.text.length > 1 && MANY_KANJI.test(word.text));
    word.parts = word.parts.filter((part) => part.length > 1 && !/^\d/u.test(part));
  }
  return words.filter(({ text }) => !ASKING.test(text) && !NUMBERED.test(text));
}

/** As the browser's dictionary cuts it; by kind of letter where it has none. */
function segmentsOf(text) {
  if (!globalThis.Intl?.Segmenter) return text.match(/[\p{sc=Han}々]+|[ァ-ヺー]+|\w+|[ぁ-ゖ]+/gu) ?? [];
  segmenter ??= new Intl.Segmenter("ja", { granularity: "word" });
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}
