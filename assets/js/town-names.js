// Which municipalities a text may mean: by name, by reading, by the letters of their address.

/** The towns of the published list, each with the forms that a text is held against. */
export function townsIn(prefectures) {
  return prefectures.flatMap(([prefecture, towns]) =>
    towns.map(([name, reading, slug]) => ({
      name,
      reading,
      slug,
      prefecture,
      forms: [name, reading, slug].map(plain),
      long: plain(prefecture + name),
    })),
  );
}

/** Up to `most` towns that a text may mean: those that begin with it before those that hold it. */
export function nearest(text, towns, most) {
  const wanted = plain(text);
  if (!wanted) return [];
  const ranked = towns.map((town) => [rank(wanted, town), town]).filter(([place]) => place >= 0);
  // The sort keeps the order of the list among equals: from north to south.
  return ranked
    .sort(([first], [second]) => first - second)
    .slice(0, most)
    .map(([, town]) => town);
}

function rank(wanted, { forms, long }) {
  if (forms.includes(wanted)) return 0;
  if (forms.some((form) => form.startsWith(wanted))) return 1;
  if (long.startsWith(wanted)) return 2;
  return forms.slice(0, 2).some((form) => form.includes(wanted)) ? 3 : -1;
}

/** Width, case and the kind of kana make no difference, nor do blanks. */
function plain(text) {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\s+/gu, "")
    .replace(/[ァ-ヶ]/gu, (sign) => String.fromCodePoint(sign.codePointAt(0) - 0x60));
}
