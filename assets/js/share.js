// The buttons that copy a text; without them it can be selected.

const SAID_FOR = 2000;

for (const button of document.querySelectorAll("[data-copy]")) {
  const label = button.textContent;
  const box = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    const done = await copied(box);
    button.textContent = done ? "コピーしました" : "選びました。Ctrl＋Cでコピーできます";
    setTimeout(() => (button.textContent = label), SAID_FOR);
  });
  // What the button says now is its name: a reader who is on it hears the change.
  button.setAttribute("aria-live", "polite");
}

async function copied(box) {
  try {
    await navigator.clipboard.writeText(box.value);
    return true;
  } catch {
    box.focus();
    box.select();
    return false;
  }
}
