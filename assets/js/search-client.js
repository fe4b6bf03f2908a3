// Talks to the worker that searches.

/** Starts the worker when first needed; every question gets its own answer. */
export class SearchClient {
  #address;
  #index;
  #worker;
  #waiting = new Map();
  #number = 0;

  /** `address`: the worker; `index`: pagefind.js of the index. */
  constructor(address, index) {
    this.#address = address;
    this.#index = new URL(index, location.href).href;
  }

  /** Load what a search needs before the first question comes. */
  open() {
    this.#ask(null).catch(() => {}); // the question itself will tell
  }

  /** What the engine's `search` answers. */
  search(query, filters, options) {
    return this.#ask(query, filters, options);
  }

  #ask(query, filters, options) {
    this.#worker ??= this.#start();
    const id = (this.#number += 1);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, address: this.#index, query, filters, options });
    });
  }

  #start() {
    const worker = new Worker(this.#address, { type: "module" });
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
