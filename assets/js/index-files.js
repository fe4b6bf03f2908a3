// Reads the files of Pagefind's index that Pagefind itself reads only on detours.
//
// Asked for everything under a filter, Pagefind would load every word first; asked for a
// record, it would make an excerpt that nobody shows. The form of the files is asserted at every
// build, in dxsite/search/ordering.py.

const SIGNATURE = "pagefind_dcd".length;

/** What Pagefind adds to the address of its entry: caches keep one copy, and revalidate it. */
export const TAG = "1";

/** The table of contents of the index in the folder `base`. */
export async function openIndex(base) {
  const entry = await (await get(`${base}pagefind-entry.json?ts=${TAG}`)).json();
  const [language] = Object.values(entry.languages);
  const contents = await get(`${base}pagefind.${language.hash}.pf_meta`);
  const [, pages, , filters] = readCbor(await unpacked(contents));
  return new Index(base, pages, filters);
}

class Index {
  #base;
  #filters;
  #records = new Map();

  constructor(base, pages, filters) {
    this.#base = base;
    this.#filters = filters;
    this.ids = pages.map(([id]) => id);
  }

  /** Filter → value → the ids that have it. */
  async filters() {
    const read = async ([name, file]) => {
      const response = await get(`${this.#base}filter/${file}.pf_filter`);
      const [, values] = readCbor(await unpacked(response));
      const sets = values.map(([value, pages]) => [value, new Set(pages.map((n) => this.ids[n]))]);
      return [name, new Map(sets)];
    };
    return new Map(await Promise.all(this.#filters.map(read)));
  }

  /** One record: its address, its content, its filters. Each is loaded once. */
  async record(id) {
    if (!this.#records.has(id)) this.#records.set(id, this.#load(id));
    return this.#records.get(id);
  }

  async #load(id) {
    const bytes = await unpacked(await get(`${this.#base}fragment/${id}.pf_fragment`));
    return JSON.parse(new TextDecoder().decode(bytes));
  }
}

async function get(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  return response;
}

async function unpacked(response) {
  const stream = response.body.pipeThrough(new DecompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  return bytes.subarray(SIGNATURE);
}

/** The part of CBOR (RFC 8949) that Pagefind writes: unsigned integers, texts, arrays. */
function readCbor(bytes) {
  const decoder = new TextDecoder();
  let at = 0;
  const take = (count) => bytes.subarray(at, (at += count));
  const read = () => {
    const head = take(1)[0];
    const short = head & 31;
    const long = () => take(2 ** (short - 24)).reduce((sum, byte) => sum * 256 + byte, 0);
    const number = short < 24 ? short : long();
    switch (head >> 5) {
      case 0:
        return number;
      case 3:
        return decoder.decode(take(number));
      case 4:
        return Array.from({ length: number }, read);
      default:
        throw new Error(`the index holds CBOR of kind ${head >> 5}`);
    }
  };
  return read();
}
