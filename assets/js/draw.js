// Makes elements. Text goes in as text: nothing here makes HTML of words.

/** An element with a class and content: text, or nodes. */
export function element(name, kind, content = []) {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  made.append(...(typeof content === "string" ? [content] : content));
  return made;
}

/** A link. */
export function anchor(address, kind, content) {
  const made = element("a", kind, content);
  made.href = address;
  return made;
}

/** A link to another search, which the search page answers without leaving. */
export function searchLink(address, label, kind = "") {
  const made = anchor(address, kind, label);
  made.dataset.search = "";
  return made;
}

/** Pieces of text as nodes, the marked ones marked. */
export function drawn(parts) {
  return parts.map(({ text, marked }) => (marked ? element("mark", "dx-mark", text) : text));
}

/** Pieces of text as one text. */
export function textOf(parts) {
  return parts.map(({ text }) => text).join("");
}
