// What a search did with the words of the query, said in one honest line each.

import { searchLink } from "./draw.js";

/**
 * Kind of note → what is said. `{word}` is the word of the query, `{forms}` what came of it, each
 * in its own 「」. A sentence whose forms are missing is left out; an unknown kind says nothing.
 */
const WORDING = {
  synonym: "「{word}」の同義語{forms}でも検索しました。",
  related: "「{word}」に関わる語{forms}でも検索しました。",
  spelling: "「{word}」は、表記の違う{forms}でも検索しました。",
  reading: "「{word}」を読みとみて、{forms}を検索しました。",
  guess: "もしかして{forms} — 「{word}」は見つからなかったため、これで検索しました。",
  partial: "一部の語が一致しました：「{word}」。見つからなかった語：{forms}。",
  split: "語に分けて検索しました：{forms}。",
  year: "「{word}」に予定や目標があるものも含みます。",
  apart: "「{word}」の語が離れて出てくるものも含みます。",
};
/** The kinds whose forms a reader may want to search for themselves. */
const LINKED = ["synonym", "related", "guess"];
/** The kinds whose forms stand in what was found. */
const FOUND = ["synonym", "related", "spelling", "reading", "guess", "split", "apart"];

/** The lines, each a list of texts and nodes; `toSearch` gives the address of another query. */
export function linesOf(notes, query, toSearch) {
  const lines = notes.map(({ kind, word, forms = [] }) => {
    const form = (text) => (LINKED.includes(kind) ? linkTo(text, word, query, toSearch) : text);
    const named = forms.flatMap((text) => ["「", form(text), "」"]);
    const sentences = (WORDING[kind] ?? "").match(/[^。]+。/gu) ?? [];
    return sentences
      .filter((sentence) => forms.length || !sentence.includes("{forms}"))
      .flatMap((sentence) => sentence.split(/(\{word\}|\{forms\})/u))
      .flatMap((piece) => (piece === "{word}" ? word : piece === "{forms}" ? named : piece));
  });
  return lines.filter((line) => line.length);
}

/** The forms that one may meet in what was found. */
export function formsIn(notes) {
  return notes.filter(({ kind }) => FOUND.includes(kind)).flatMap(({ forms = [] }) => forms);
}

/** That only some municipalities were searched because the query names them, and the way out. */
export function placeLine(plans, query, nameOf, toSearch) {
  const names = plans.map((plan) => nameOf("plan", plan));
  const rest = without(names, query);
  const isOut = rest && rest !== query;
  return [
    `${names.join("と")}の計画からさがしました。`,
    ...(isOut ? [searchLink(toSearch(rest), `すべての自治体から「${rest}」をさがす`)] : []),
  ];
}

/** A query without the municipalities in it, be they named in full or, alone, without 市, 町. */
function without(names, query) {
  const short = names.map((name) => name.slice(0, -1));
  return names
    .reduce((text, name) => text.replace(name, " "), query)
    .split(/\s+/u)
    .filter((part) => !short.includes(part))
    .join(" ")
    .replace(/^[\sのとや・、]+/u, "")
    .trim();
}

function linkTo(form, word, query, toSearch) {
  return searchLink(toSearch(query.includes(word) ? query.replace(word, () => form) : form), form);
}
