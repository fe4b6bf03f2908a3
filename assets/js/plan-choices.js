// The choices of the facet of plans, where they are too many to stand in the page.

import { element } from "./draw.js";

/** Fill the facet from the published list of towns; gives its boxes. */
export async function plansIn(place, base) {
  const answer = await fetch(place.dataset.towns);
  if (!answer.ok) throw new Error(`${answer.status}`);
  const towns = (await answer.json()).flatMap(([prefecture, some]) =>
    some.map(([name, , slug, code]) => ({ prefecture, name, slug, code })),
  );
  const seen = new Set();
  const twice = new Set(towns.map(({ name }) => name).filter((name) => seen.has(name) || !seen.add(name)));
  const rows = towns.map((town) => rowOf(town, twice.has(town.name), base));
  place.querySelector("fieldset").append(...rows.map(({ row }) => row));
  return rows.map(({ box }) => box);
}

/** One choice, as the page writes those of other facets; a name that is not alone says where. */
function rowOf({ prefecture, name, slug, code }, isTwice, base) {
  const box = element("input", "dx-facet__box");
  Object.assign(box, { type: "checkbox", name: "plan", value: slug });
  box.setAttribute("form", "search-form");
  const data = { facet: "", page: `${base}/${slug}/`, feed: `${base}/${slug}/feed.xml`, code };
  Object.assign(box.dataset, data);
  const label = element("span", "dx-facet__label", isTwice ? `${name}（${prefecture}）` : name);
  label.dataset.label = "";
  const count = element("span", "dx-facet__count");
  count.dataset.count = "";
  const row = element("label", "dx-facet__choice", [box, label, count]);
  row.dataset.choice = "";
  row.hidden = true;
  return { row, box };
}
