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
    const open = new Set(ids.filter((id) => passes(id, wanted, facets, facet)));
    counts[facet] = Object.fromEntries([...values].map(([value, some]) => [value, inBoth(some, open)]));
  }
  return counts;
}

/** How many are in both; the smaller set is walked. */
function inBoth(one, other) {
  const [few, many] = one.size < other.size ? [one, other] : [other, one];
  let count = 0;
  for (const id of few) if (many.has(id)) count += 1;
  return count;
}

/** What the facets tell of each record, for an index that has them all at hand. */
export class Kinds {
  #kinds = new Map();
  #planned = new Set();

  constructor(facets) {
    for (const [kind, numbers] of facets.get("kind") ?? []) {
      for (const number of numbers) this.#kinds.set(number, kind);
    }
    for (const numbers of facets.get("plan")?.values() ?? []) {
      for (const number of numbers) this.#planned.add(number);
    }
  }

  /** The kind of a record. */
  kindOf(number) {
    return this.#kinds.get(number);
  }

  /** Whether a record belongs to a plan. */
  isPlanned(number) {
    return this.#planned.has(number);
  }
}
