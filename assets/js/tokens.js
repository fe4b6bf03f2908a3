// Text into search tokens, and back: dxsite/tokens.py in the browser.
// tests/cases/tokens.json holds the two together; the rules are told there and in tokens.py.

const JAPANESE =
  "\\u3005-\\u3007\\u303b\\u3041-\\u3096\\u309d\\u309e\\u30a1-\\u30fa\\u30fc-\\u30fe\\u31f0-\\u31ff" +
  "\\u3400-\\u4dbf\\u4e00-\\u9fff\\u{20000}-\\u{323af}";
const LETTERS = "A-Za-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u024f\\u0370-\\u03ff\\u0400-\\u04ff";

const BLANK = "␣";
const INSIDE = "¦";
const PERCENT = "percent";

const PRINTED_SIGNS = /([\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff60\u2025\u2026]+)/u;
const PIECES = new RegExp(
  `(?<japanese>[${JAPANESE}](?:[・ ]*[${JAPANESE}])*)` +
    `|(?<word>[${LETTERS}]+)` +
    "|(?<number>[0-9]{1,3}(?:[,，][0-9]{3})+(?![0-9])(?:[.．][0-9]+)*|[0-9]+(?:[.．][0-9]+)*)" +
    "|(?<percent>[%％])" +
    "|(?<blank> +)" +
    "|(?<sign>.)",
  "gsu",
);
const HUMP = /(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g;
const PAIR = new RegExp(`[${JAPANESE}][・${BLANK}]*(?=[${JAPANESE}])`, "gu");
const SILENT = new RegExp(`[^${JAPANESE}${LETTERS}0-9]`, "gu");
const WORD = new RegExp(`^[${LETTERS}]`, "u");
const NUMBER = /^[0-9]/;
const JAPANESE_PAIR = new RegExp(`^[${JAPANESE}]{2}$`, "u");
const HYPHEN = /^[-‐‑–−－_]$/u;
const LATIN = new RegExp(`^[${LETTERS}0-9]+$`, "u");
const JAPANESE_ONE = new RegExp(`^[${JAPANESE}]$`, "u");

/** The tokens of a text, in order. */
export function tokensOf(text) {
  const tokens = [];
  let before = "";
  let blank = false;
  for (const match of folded(text).matchAll(PIECES)) {
    const kind = Object.keys(match.groups).find((name) => match.groups[name] !== undefined);
    if (kind === "blank") {
      blank = tokens.length > 0;
      continue;
    }
    const told = kind === before && (kind === "word" || kind === "number");
    const [first, ...rest] = cut(kind, match[0]);
    tokens.push((blank && !told ? BLANK : "") + first, ...rest);
    before = kind;
    blank = false;
  }
  return tokens;
}

/** What Pagefind finds a token by; empty for a sign. */
export function keyOf(token) {
  return token.replace(SILENT, "").toLowerCase();
}

/** What each token adds to the text, one string a token: of a pair, all but its second sign. */
export function piecesOf(tokens) {
  let before = "";
  return tokens.map((token) => {
    const bare = token.startsWith(BLANK) ? token.slice(BLANK.length) : token;
    const kind = WORD.test(bare) ? "word" : NUMBER.test(bare) ? "number" : "";
    const gap = bare !== token || (kind && kind === before) ? " " : "";
    before = kind;
    return gap + shown(kind, bare);
  });
}

/** The text that the tokens were cut from. */
export function textOf(tokens) {
  return piecesOf(tokens).join("");
}

/** Stands in a phrase for any one key; at the end of a key, for whatever may follow. */
export const ANY = "*";

/**
 * What a word of a query asks for: phrases, each an array of keys that must follow one another.
 *
 * 1. A phrase ends where a sign stands; a hyphen inside Latin is `*`, any one key.
 * 2. The last key of a run of Japanese says nothing new and is left out; a character alone is
 *    the beginning of any pair: `税*`.
 */
export function phrasesOf(word) {
  const phrases = [];
  let keys = [];
  const close = () => {
    const last = keys.at(-1);
    if (last !== undefined && JAPANESE_ONE.test(last)) {
      keys.pop();
      if (!JAPANESE_PAIR.test(keys.at(-1) ?? "")) keys.push(last + ANY);
    }
    if (keys.length) phrases.push(keys);
    keys = [];
  };
  const tokens = tokensOf(word);
  tokens.forEach((token, index) => {
    const key = keyOf(token);
    if (key) keys.push(key);
    else if (isInside(tokens, index)) keys.push(ANY);
    else close();
  });
  close();
  return phrases;
}

function isInside(tokens, index) {
  const [before, after] = [tokens[index - 1], tokens[index + 1]];
  return HYPHEN.test(tokens[index]) && LATIN.test(before ?? "") && LATIN.test(after ?? "");
}

/** Whether a phrase's key stands for the key of a text. */
export function fits(key, other) {
  if (key === ANY) return other !== undefined;
  return key.endsWith(ANY) ? other?.startsWith(key.slice(0, -1)) : other === key;
}

/** Whether a key is a pair, whose second character is the next token's first. */
export function isPair(key) {
  return JAPANESE_PAIR.test(key);
}

function folded(text) {
  return text
    .replaceAll(BLANK, " ")
    .replaceAll(INSIDE, "|")
    .split(PRINTED_SIGNS)
    .map((part, index) => (index % 2 ? part : part.normalize("NFKC")))
    .join("")
    .split(/\s+/u)
    .filter(Boolean)
    .join(" ");
}

function cut(kind, piece) {
  if (kind === "japanese") {
    const run = piece.replaceAll(" ", BLANK);
    const last = [...run].at(-1);
    const places = [...run.matchAll(PAIR)].map((match) => match.index);
    places.push(run.length - last.length);
    const pairs = places.slice(1).map((next, index) => {
      return run.slice(places[index], next) + String.fromCodePoint(run.codePointAt(next));
    });
    return [...pairs, last];
  }
  if (kind === "word") return [piece.replace(HUMP, INSIDE)];
  if (kind === "number") return [piece.replace(/[.．]/g, "d").replace(/[,，]/g, INSIDE)];
  return [kind === "percent" ? piece + PERCENT : piece];
}

function shown(kind, bare) {
  if (kind === "word") return bare.replaceAll(INSIDE, "");
  if (kind === "number") return bare.replaceAll(INSIDE, ",").replaceAll("d", ".");
  if (bare.endsWith(PERCENT)) return bare.slice(0, -PERCENT.length);
  const signs = [...bare];
  return signs.slice(0, Math.max(1, signs.length - 1)).join("").replaceAll(BLANK, " ");
}
