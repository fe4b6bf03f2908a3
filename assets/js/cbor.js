// The part of CBOR (RFC 8949) that Pagefind writes: integers, texts, arrays.

/** The value that the bytes hold. */
export function readCbor(bytes) {
  const decoder = new TextDecoder();
  let at = 0;
  const read = () => {
    const head = bytes[at++];
    let number = head & 31;
    if (number > 23) {
      let count = 1 << (number - 24);
      for (number = 0; count; count -= 1) number = number * 256 + bytes[at++];
    }
    switch (head >> 5) {
      case 0:
        return number;
      case 1:
        return -1 - number;
      case 3:
        return decoder.decode(bytes.subarray(at, (at += number)));
      case 4: {
        const items = [];
        while (number--) items.push(read());
        return items;
      }
      default:
        throw new Error(`the index holds CBOR of kind ${head >> 5}`);
    }
  };
  return read();
}
