// Which records a choice of facets lets through, and how many each choice would give.

/** Whether a record has one of the wanted values of every facet; `except` one facet. */
export function passes(id, wanted, facets, except = null) {
  return Object.entries(wanted).every(
    ([facet, values]) =>
      facet === except ||
      !values.length ||
      values.some((value) => facets.get(facet)?.get(value)?.has(id)),
  );
}

/** Facet → value → how many of `ids` have it, each facet counted as if it were open. */
export function countsOf(ids, wanted, facets) {
  const counts = {};
  for (const [facet, values] of facets) {
    const open = ids.filter((id) => passes(id, wanted, facets, facet));
    counts[facet] = Object.fromEntries(
      [...values].map(([value, some]) => [value, open.filter((id) => some.has(id)).length]),
    );
  }
  return counts;
}
