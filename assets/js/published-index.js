// Opens the index of the published site: one of Pagefind's, or shards where there are many plans.

import { Files, Words, get } from "./fetching.js";

/** The index in the folder `base`, its lexicon in the folder `words`. */
export async function openIndex(base, words) {
  const files = new Files();
  const [entry, lexicon] = await Promise.all([
    get(`${base}pagefind-entry.json`).then((response) => response.json()),
    files.once(`${words}lexicon`),
  ]);
  const known = new Words(words, lexicon, files);
  if (!entry.listing) {
    const { PagefindIndex } = await import("./pagefind-index.js");
    return PagefindIndex.open(base, entry, known, files);
  }
  const { ShardsIndex } = await import("./shards-index.js");
  return new ShardsIndex(base, await files.once(`${base}index/${entry.listing}`), known, files);
}
