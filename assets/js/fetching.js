// Files of an index, as they are published.

/** A response, or an error that names what is missing. */
export async function get(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  return response;
}

/** The bytes of a file that lies compressed. */
export async function unpacked(address) {
  const response = await get(address);
  const stream = response.body.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The JSON that bytes hold. */
export function parsed(bytes) {
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** Reads files once each. */
export class Files {
  #read = new Map();

  /** What `read` makes of the bytes at an address. */
  once(address, read = parsed) {
    if (!this.#read.has(address)) this.#read.set(address, unpacked(address).then(read));
    return this.#read.get(address);
  }
}

/** The words of a catalogue: dxsite/search/lexicon.py. */
export class Words {
  #base;
  #files;

  constructor(base, lexicon, files) {
    this.#base = base;
    this.#files = files;
    this.lexicon = lexicon;
  }

  /** Reading → words that are so read, for all readings that begin with a letter. */
  async vocabulary(letter) {
    return this.lexicon.letters.includes(letter) ? this.#files.once(this.#at(letter)) : {};
  }

  /** The municipalities whose name or reading begins with a letter, where not all are at hand. */
  async places(letter) {
    const isKnown = letter && this.lexicon.places?.includes(letter);
    return isKnown ? this.#files.once(`${this.#at(letter)}-plans`) : [];
  }

  #at(letter) {
    return this.#base + letter.codePointAt(0).toString(16);
  }
}
