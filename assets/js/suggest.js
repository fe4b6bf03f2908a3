// What a search box offers while one types: a combobox whose list is a help, never in the way.

import { drawn, element, textOf } from "./draw.js";
import { clientOf } from "./search-client.js";
import { handOn } from "./trail.js";

const DEBOUNCE = 150;
const KINDS = {
  measure: "施策",
  kpi: "数値目標",
  term: "用語",
  page: "計画の章・テーマ",
  department: "担当課",
  plan: "自治体",
};

/** Offer suggestions below a search box that has the focus. */
export function offerSuggestions(box) {
  new Suggestions(box, clientOf(box.form.dataset.index), "検索の候補").open();
}

/** The same below another box, from a client of its own; the box then leads nowhere else. */
export function offerFrom(box, client, label) {
  new Suggestions(box, client, label, { only: true }).open();
}

class Suggestions {
  #box;
  #list;
  #said = element("p", "dx-visually-hidden");
  #client;
  #base;
  #offers = [];
  #active = -1;
  #asked = 0;
  #timer;
  #silent = false;
  /** Whether the box has no answer but its suggestions. */
  #only;

  constructor(box, client, label, { only = false } = {}) {
    this.#box = box;
    this.#base = box.form.dataset.base;
    this.#client = client;
    this.#only = only;
    this.#list = element("ul", "dx-suggest");
    this.#list.id = `${box.id}-list`;
    this.#list.hidden = true;
    this.#list.setAttribute("role", "listbox");
    this.#list.setAttribute("aria-label", label);
    this.#said.setAttribute("role", "status");
    box.parentElement.append(this.#list);
    box.form.append(this.#said);
    for (const [name, value] of [
      ["role", "combobox"],
      ["aria-autocomplete", "list"],
      ["aria-controls", this.#list.id],
      ["aria-expanded", "false"],
    ]) {
      box.setAttribute(name, value);
    }
  }

  /** Load the index, and listen. */
  open() {
    this.#client.open();
    const later = () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#ask(), DEBOUNCE);
    };
    this.#box.addEventListener("input", (event) => event.isComposing || later());
    this.#box.addEventListener("compositionend", later);
    this.#box.addEventListener("keydown", (event) => this.#press(event));
    this.#box.addEventListener("blur", () => this.#close());
    this.#box.addEventListener("focus", () => (this.#silent = false));
    this.#box.form.addEventListener("submit", (event) => this.#submit(event));
    // The box keeps the focus, so that its blur does not close the list under the finger.
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
    this.#list.addEventListener("click", ({ target }) => {
      const option = target.closest("[role=option]");
      if (option) this.#choose([...this.#list.children].indexOf(option));
    });
    if (this.#box.value && document.activeElement === this.#box) later();
  }

  async #ask() {
    const number = (this.#asked += 1);
    const text = this.#box.value.trim();
    if (!text || this.#silent) return this.#close();
    try {
      const offers = await this.#client.suggest(text);
      if (number === this.#asked && document.activeElement === this.#box) this.#show(offers);
    } catch {
      this.#silent = true; // until the box is entered again: an engine that fails, fails each time
      this.#close();
    }
  }

  #show(offers) {
    this.#offers = offers;
    this.#list.replaceChildren(...offers.map((offer, index) => this.#option(offer, index)));
    const none = this.#only ? "候補がありません" : "";
    this.#said.textContent = offers.length ? `候補が${offers.length}件あります` : none;
    this.#activate(-1);
    this.#unfold(offers.length > 0);
  }

  #option({ kind, place, title, note }, index) {
    const option = element("li", "dx-suggest__option", [
      element("span", "dx-suggest__kind", place ?? KINDS[kind] ?? ""),
      element("span", "dx-suggest__title", drawn(title)),
      ...(note ? [element("span", "dx-suggest__note", note)] : []),
    ]);
    option.id = `${this.#list.id}-${index}`;
    option.setAttribute("role", "option");
    return option;
  }

  #unfold(open) {
    this.#list.hidden = !open;
    this.#box.setAttribute("aria-expanded", String(open));
  }

  #close() {
    clearTimeout(this.#timer);
    this.#asked += 1;
    this.#said.textContent = "";
    this.#activate(-1);
    this.#unfold(false);
  }

  #activate(index) {
    this.#active = index;
    for (const [place, option] of [...this.#list.children].entries()) {
      option.setAttribute("aria-selected", String(place === index));
    }
    const option = this.#list.children[index];
    if (option) this.#box.setAttribute("aria-activedescendant", option.id);
    else this.#box.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  #press(event) {
    if (event.isComposing || event.keyCode === 229) return; // the input method's own key
    const open = !this.#list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!open && !this.#offers.length) return this.#ask();
      event.preventDefault();
      if (!open) this.#unfold(true);
      // Beyond either end the box itself comes between, so that one can go on typing.
      const round = this.#offers.length + 1;
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.#activate(((this.#active + 1 + step + round) % round) - 1);
    } else if (event.key === "Enter" && open && this.#active >= 0) {
      event.preventDefault();
      this.#choose(this.#active);
    } else if (event.key === "Escape" && (open || this.#box.value)) {
      event.preventDefault();
      if (open) return this.#close();
      this.#box.value = "";
      this.#box.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  #submit(event) {
    if (this.#only) event.preventDefault();
    if (this.#only && this.#offers.length && !this.#list.hidden) this.#choose(0);
    else this.#close();
  }

  #choose(index) {
    const { title, url, query } = this.#offers[index];
    const typed = this.#box.value.trim();
    this.#close();
    if (!url) {
      this.#box.value = query ?? textOf(title);
      this.#box.form.requestSubmit();
      return;
    }
    if (this.#only) return location.assign(this.#base + url);
    const marked = title.filter((part) => part.marked).map(({ text }) => text);
    handOn(this.#base + url, [...new Set([...marked, ...typed.split(/\s+/u)])]);
    location.assign(this.#base + url);
  }
}
