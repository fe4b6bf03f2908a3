// Searches without a host, in place of search-client.js: a file may neither fetch nor start a
// worker, but load a classic script, so the whole texts come as one.

import { Engine } from "./engine.js";
import { openScanIndex } from "./scan-index.js";

let shared;

/** The one client of a page. */
export function clientOf() {
  shared ??= new OfflineClient();
  return shared;
}

/** Loads the texts when first needed; answers as the engine does. */
class OfflineClient {
  #engine;

  open() {
    this.#opened().catch(() => {}); // the question itself will tell
  }

  async search(query, filters, options) {
    return (await this.#opened()).search(query, filters, options);
  }

  async suggest(text) {
    return (await this.#opened()).suggest(text);
  }

  #opened() {
    this.#engine ??= texts().then((read) => new Engine(openScanIndex(read)));
    return this.#engine;
  }
}

/** What the script sets that holds the texts: dxsite/offline. */
function texts() {
  const script = document.createElement("script");
  script.src = document.querySelector("script[data-texts]").dataset.texts;
  return new Promise((resolve, reject) => {
    script.onload = () => resolve(globalThis.dxsiteTexts);
    script.onerror = () => reject(new Error("no texts"));
    document.head.append(script);
  });
}
