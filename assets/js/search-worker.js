// Searches beside the page. A worker has no document, so Pagefind does not cut the query anew.

import { openEngine } from "./engine.js";

let engine;

addEventListener("message", async ({ data: { id, address, query, filters, options } }) => {
  try {
    engine ??= openEngine(address);
    const opened = await engine;
    postMessage({ id, answer: query === null ? null : await opened.search(query, filters, options) });
  } catch (error) {
    engine = undefined;
    postMessage({ id, error: String(error) });
  }
});
