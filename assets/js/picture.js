// A button beside the link to every chart's file, which makes a PNG of the same file.

const TIMES = 2; // a screen's pixels are small, and paper wants more than one a point

for (const link of document.querySelectorAll("a[data-picture]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "dx-chart__button";
  button.append("図を保存（PNG）", hidden(`：${link.dataset.picture}`));
  button.addEventListener("click", () => save(link, button));
  link.after(button);
}

function hidden(text) {
  const span = document.createElement("span");
  span.className = "dx-visually-hidden";
  span.textContent = text;
  return span;
}

async function save(link, button) {
  button.disabled = true;
  try {
    const picture = new Image();
    picture.src = link.href;
    await picture.decode();
    const canvas = document.createElement("canvas");
    canvas.width = picture.naturalWidth * TIMES;
    canvas.height = picture.naturalHeight * TIMES;
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
    const way = document.createElement("a");
    way.href = URL.createObjectURL(blob);
    way.download = new URL(link.href).pathname.split("/").pop().replace(/svg$/, "png");
    way.click();
    setTimeout(() => URL.revokeObjectURL(way.href), 10_000);
  } finally {
    button.disabled = false;
  }
}
