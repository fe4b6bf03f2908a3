// The search box of every page: "/" leads to it, and whoever enters it is offered suggestions.

const box = document.querySelector("[data-search-box] [name=q]");

async function enter() {
  try {
    const { offerSuggestions } = await import("./suggest.js");
    offerSuggestions(box);
  } catch {
    // Without suggestions it is still a search box.
  }
}

addEventListener("keydown", (event) => {
  const busyElsewhere = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || busyElsewhere) return;
  event.preventDefault();
  box.focus();
  box.select();
});

box.addEventListener("focus", enter, { once: true });
if (document.activeElement === box) box.dispatchEvent(new FocusEvent("focus"));
