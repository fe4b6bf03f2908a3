// Searches beside the page, so that typing never waits.

import { Engine } from "./engine.js";
import { openIndex } from "./published-index.js";

let engine;

async function opened(address, words) {
  const base = new URL(".", address);
  return new Engine(await openIndex(base.href, words ?? new URL("../search/words/", base).href));
}

addEventListener("message", async ({ data: { id, address, words, query, suggest, filters, options } }) => {
  try {
    engine ??= opened(address, words);
    const search = await engine;
    const answer = suggest !== undefined ? await search.suggest(suggest)
      : query === null ? null : await search.search(query, filters, options);
    postMessage({ id, answer });
  } catch (error) {
    engine = undefined;
    postMessage({ id, error: String(error) });
  }
});
