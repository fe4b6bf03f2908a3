// What is searched for, as the address of the page says it.

/** How many hits a page begins with. */
export const PAGE = 20;
/** More than any list has; an address may ask for anything. */
const MOST = 2000;

/** The facets that an address may carry, each any number of times. */
export const FACETS = ["plan", "theme", "kind", "department", "fy", "status", "prefecture"];
/** The ways to arrange the list; an address without one has the first way, "". */
const ARRANGEMENTS = { sort: ["fy"], group: ["plan"] };

/** What an address's parameters ask for. */
export function read(parameters) {
  const wanted = new URLSearchParams(parameters);
  const known = (name) => ARRANGEMENTS[name].find((value) => value === wanted.get(name)) ?? "";
  const count = Math.trunc(Number(wanted.get("n")));
  return {
    query: wanted.get("q")?.trim() ?? "",
    filters: Object.fromEntries(FACETS.map((facet) => [facet, wanted.getAll(facet)])),
    sort: known("sort"),
    group: known("group"),
    count: count > PAGE ? Math.min(count, MOST) : PAGE,
  };
}

/** The parameters of a question, with their `?`; empty where nothing is asked. */
export function written({ query, filters, sort = "", group = "", count = PAGE }) {
  const parameters = new URLSearchParams();
  if (query) parameters.set("q", query);
  for (const facet of FACETS) {
    for (const value of filters[facet] ?? []) parameters.append(facet, value);
  }
  if (sort) parameters.set("sort", sort);
  if (group) parameters.set("group", group);
  if (count > PAGE) parameters.set("n", String(count));
  const text = parameters.toString();
  return text && `?${text}`;
}

/** Whether anything is asked for. */
export function isOpen({ query, filters }) {
  return Boolean(query) || isNarrowed(filters);
}

/** Whether any facet lets only some records through. */
export function isNarrowed(filters) {
  return Object.values(filters).some((values) => values.length);
}
