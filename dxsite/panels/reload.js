// Shows an edit at once: of the page, only what differs is exchanged, so that the reader's place,
// opened boxes and typed words stay. What cannot be exchanged safely is loaded anew.

const SCRIPTED = "script, button, input, select, textarea, [data-picture], [data-copy]";
const script = document.currentScript;

async function watch(seen) {
  let was = await page();
  for (;;) {
    try {
      const news = await (await fetch(`/_dxsite/news/${seen}`)).text();
      if (news === seen) continue;
      const now = await page();
      // What the reader sees may stem from another build than what was fetched beside it.
      if (versionOf(was) !== seen || !exchange(document.documentElement, was, now)) {
        return location.reload();
      }
      [was, seen] = [now, versionOf(now)];
    } catch {
      await new Promise((again) => setTimeout(again, 1000));
    }
  }
}

async function page() {
  const text = await (await fetch(location.href)).text();
  return new DOMParser().parseFromString(text, "text/html").documentElement;
}

function versionOf(root) {
  return root.querySelector("script[data-version]")?.dataset.version;
}

// Turn `live`, which was made from `was`, into `now`; false where scripts have a part in it.
function exchange(live, was, now) {
  if (was.isEqualNode(now)) return true;
  if (live.nodeName !== was.nodeName || was.nodeName !== now.nodeName) return false;
  if (was.nodeType !== Node.ELEMENT_NODE) {
    live.data = now.data;
    return true;
  }
  if (was.matches("script[src]:not([data-version])")) return false;
  exchangeAttributes(live, was, now);
  return exchangeChildren(live, was, now);
}

function exchangeAttributes(live, was, now) {
  for (const { name } of was.attributes) {
    if (!now.hasAttribute(name)) live.removeAttribute(name);
  }
  for (const { name, value } of now.attributes) {
    if (was.getAttribute(name) !== value) live.setAttribute(name, value);
  }
}

function exchangeChildren(live, was, now) {
  const [shown, old, young] = [live, was, now].map((node) => [...node.childNodes]);
  const shortest = Math.min(old.length, young.length);
  let start = 0;
  while (start < shortest && old[start].isEqualNode(young[start])) start += 1;
  let end = 0;
  while (end < shortest - start && old.at(-1 - end).isEqualNode(young.at(-1 - end))) end += 1;
  if (start + end === old.length && old.length === young.length) return true;
  if (shown.length !== old.length) return false; // a script has been here
  const [gone, come] = [shown, young].map((nodes) => nodes.slice(start, nodes.length - end));
  const left = old.slice(start, old.length - end);
  if (alike(left, come)) return come.every((node, at) => exchange(gone[at], left[at], node));
  if ([...left, ...come].some(isScripted)) return false;
  gone.forEach((node) => node.remove());
  live.insertBefore(fragment(come), shown[old.length - end] ?? null);
  return true;
}

function alike(some, others) {
  return some.length === others.length && some.every((node, at) => node.nodeName === others[at].nodeName);
}

function isScripted(node) {
  return (
    node.nodeType === Node.ELEMENT_NODE &&
    (node.matches(SCRIPTED) || node.querySelector(SCRIPTED) !== null)
  );
}

function fragment(nodes) {
  const all = document.createDocumentFragment();
  all.append(...nodes.map((node) => document.importNode(node, true)));
  return all;
}

watch(script.dataset.version);
