// Finds one municipality among many: whoever enters its field is offered names and readings.

import { nearest, townsIn } from "./town-names.js";

const MOST = 12;

/** What a combobox offers for a text, as the search's own client gives it. */
class TownClient {
  #address;
  #towns;

  constructor(address) {
    this.#address = address;
  }

  open() {
    this.#towns ??= load(this.#address);
  }

  async suggest(text) {
    return nearest(text, await this.#towns, MOST).map(({ name, reading, slug, prefecture }) => ({
      title: [{ text: name }],
      place: prefecture,
      note: reading,
      url: `/${slug}/`,
    }));
  }
}

async function load(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status}`);
  return townsIn(await answer.json());
}

for (const form of document.querySelectorAll("[data-town-finder]")) {
  const box = form.querySelector("input");
  const enter = async () => {
    const { offerFrom } = await import("./suggest.js");
    offerFrom(box, new TownClient(form.dataset.towns), "自治体の候補");
  };
  form.hidden = location.protocol === "file:"; // from a folder, no list can be loaded
  box.addEventListener("focus", enter, { once: true });
}
