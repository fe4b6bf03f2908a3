// What is searched for, as the address of the page says it.

/** The facets that an address may carry, each any number of times. */
export const FACETS = ["plan", "theme", "kind", "department", "fy", "status"];

/** The query and the filters of an address's parameters. */
export function read(parameters) {
  const wanted = new URLSearchParams(parameters);
  return {
    query: wanted.get("q")?.trim() ?? "",
    filters: Object.fromEntries(FACETS.map((facet) => [facet, wanted.getAll(facet)])),
  };
}

/** The parameters of a query and its filters, with their `?`; empty where nothing is asked. */
export function written({ query, filters }) {
  const parameters = new URLSearchParams();
  if (query) parameters.set("q", query);
  for (const facet of FACETS) {
    for (const value of filters[facet] ?? []) parameters.append(facet, value);
  }
  const text = parameters.toString();
  return text && `?${text}`;
}

/** Whether anything is asked for. */
export function isOpen({ query, filters }) {
  return Boolean(query) || Object.values(filters).some((values) => values.length);
}
