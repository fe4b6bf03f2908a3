// Ways on from an answer: with fewer words, elsewhere, without the choices, by feed.

import { isNarrowed, written } from "./address.js";
import { anchor, element, searchLink } from "./draw.js";

const ELSEWHERE = 5;

/** What the page says where nothing was found. */
export function nothingFound(question, { ways, counts }, nameOf) {
  const links = [
    ...elsewhere(question, counts, nameOf),
    ...(isNarrowed(question.filters)
      ? [searchLink(to({ ...question, filters: {} }), "しぼり込みを外してさがす")]
      : []),
    ...wayLinks(question, ways),
  ];
  return [
    element("p", "dx-none__title", "見つかりませんでした。"),
    ...(links.length
      ? [listOf(links)]
      : [element("p", "", "短い言葉や、ほかの言い方でも試してください。")]),
    element("p", "", "下の一覧から、テーマや自治体ごとにさがすこともできます。"),
  ];
}

/** Links to other queries that find something, each with how much it finds everywhere. */
export function wayLinks(question, ways) {
  return ways.map(({ query, total }) =>
    searchLink(to({ ...question, query, filters: {} }), `「${query}」でさがす（${total}件）`),
  );
}

/** What the page says where the index cannot be read. */
export function indexBroken() {
  return [
    element("p", "dx-none__title", "検索の索引を読み込めませんでした。"),
    element("p", "", "通信を確かめて読み込み直すか、下の一覧からさがしてください。"),
  ];
}

/** Links as a list. */
export function listOf(links) {
  return element(
    "ul",
    "dx-ways",
    links.map((link) => element("li", "dx-ways__item", [link])),
  );
}

/** A feed's link for each plan and theme that alone is asked for; `choices` are their inputs. */
export function feedLinks(choices, { filters }, { plans, answer }, base) {
  const only = (values) => (values?.length === 1 ? values[0] : null);
  const plan = only(filters.plan) ?? only(plans);
  const theme = only(filters.theme);
  const isAsked = ({ name, value, dataset }) =>
    (name === "plan" && value === plan) ||
    (name === "theme" && (value === theme || dataset.page === base + answer?.url));
  return choices
    .filter((choice) => choice.dataset.feed && isAsked(choice))
    .map((choice) => {
      const label = labelOf(choice);
      const what = choice.name === "plan" ? `${label}の計画` : `テーマ「${label}」`;
      return anchor(choice.dataset.feed, "dx-feed", `${what}の更新をフィードで受け取る`);
    });
}

/** The label of a choice, as the page shows it. */
export function labelOf(choice) {
  return choice.parentElement.querySelector("[data-label]").textContent;
}

/** The same query in the municipalities that were not chosen. */
function elsewhere(question, counts, nameOf) {
  const { filters } = question;
  if (!filters.plan?.length) return [];
  return Object.entries(counts.plan ?? {})
    .filter(([plan, count]) => count && !filters.plan.includes(plan))
    .sort(([, a], [, b]) => b - a)
    .slice(0, ELSEWHERE)
    .map(([plan, count]) =>
      searchLink(
        to({ ...question, filters: { ...filters, plan: [plan] } }),
        `${nameOf("plan", plan)}でさがす（${count}件）`,
      ),
    );
}

function to(question) {
  return location.pathname + written(question);
}
