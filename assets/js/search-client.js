// Talks to the worker that searches.

let shared;

/** The one client of a page, so that its parts share a worker; `index`: pagefind.js of the index. */
export function clientOf(index) {
  shared ??= new SearchClient(index);
  return shared;
}

/** Starts the worker when first needed; every question gets its own answer. */
class SearchClient {
  #index;
  #worker;
  #waiting = new Map();
  #number = 0;

  constructor(index) {
    this.#index = new URL(index, location.href).href;
  }

  /** Load what a search needs before the first question comes. */
  open() {
    this.#ask({ query: null }).catch(() => {}); // the question itself will tell
  }

  /** What the engine's `search` answers. */
  search(query, filters, options) {
    return this.#ask({ query, filters, options });
  }

  /** What the engine's `suggest` answers. */
  suggest(text) {
    return this.#ask({ suggest: text });
  }

  #ask(question) {
    this.#worker ??= this.#start();
    const id = (this.#number += 1);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, address: this.#index, ...question });
    });
  }

  #start() {
    const worker = new Worker(new URL("search-worker.js", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data: { id, answer, error } }) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) waiting.reject(new Error(error));
      else waiting.resolve(answer);
    });
    worker.addEventListener("error", () => {
      for (const { reject } of this.#waiting.values()) reject(new Error("no worker"));
      this.#waiting.clear();
      this.#worker = undefined;
    });
    return worker;
  }
}
