// Reads every page of a folder with html-validate; prints what is wrong with them as JSON.

import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [place, root] = process.argv.slice(2);
const { resolve } = createRequire(join(place, "package.json"));
const { HtmlValidate, StaticConfigLoader } = await import(pathToFileURL(resolve("html-validate")));

// What the standard forbids, and what a page needs to be whole; no matters of taste.
const rules = {
  root: true,
  extends: ["html-validate:standard", "html-validate:document"],
  rules: {
    "require-sri": "off", // styles and scripts are the site's own
    "no-dup-id": "error",
    "heading-level": "error",
    "multiple-labeled-controls": "error",
    "unique-landmark": "error",
  },
};
const loader = new StaticConfigLoader(rules);
const resolved = await loader.getConfigFor("index.html");
loader.getConfigFor = () => resolved; // once, not for every page
const validator = new HtmlValidate(loader);
const pages = readdirSync(root, { recursive: true }).filter((name) => name.endsWith(".html"));
const found = [];
for (const page of pages.sort()) {
  const { results } = await validator.validateString(readFileSync(join(root, page), "utf-8"));
  for (const { messages } of results) {
    for (const { line, column, message, ruleId } of messages) {
      found.push(`${page}:${line}:${column} ${message} (${ruleId})`);
    }
  }
}
console.log(JSON.stringify({ pages: pages.length, found }));
