"""Every roadmap, every entry of it, as a reader with a browser meets it."""

import json
import re
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.exchange import each

OF_PLANS = "*/roadmap/index.html"
BY_THEME = "*/roadmap/themes/index.html"
OF_THEMES = "themes/*/index.html"
OF_ALL = "roadmap/index.html"

DRAWN = """() => [...document.querySelectorAll('.dx-timeline__drawing .dx-timeline__table')].map(t => {
    const side = (e, name) => Math.round(e.getBoundingClientRect()[name]);
    const years = [...t.querySelectorAll('thead th.dx-timeline__year')].map(th => ({
        year: parseInt(th.querySelector('.dx-timeline__west').textContent),
        left: side(th, 'left'), right: side(th, 'right')}));
    const rows = [...t.tBodies].map(body => ({
        url: body.querySelector('.dx-timeline__link')?.getAttribute('href') ?? null,
        label: body.querySelector('.dx-timeline__label')?.textContent.trim() ?? null,
        bars: [...body.querySelectorAll('.dx-timeline__bar')].map(bar => ({
            text: bar.querySelector('.dx-timeline__text').textContent.trim(),
            when: bar.querySelector('.dx-timeline__when').firstChild.textContent.trim(),
            kind: bar.dataset.kind, end: bar.dataset.end,
            left: side(bar.closest('td'), 'left'), right: side(bar.closest('td'), 'right')})),
        undated: [...body.querySelectorAll('[data-kind=undated] li > .dx-timeline__text')]
            .map(text => text.textContent.trim())}));
    return {years, rows};
})"""
"""Every table of a roadmap: its columns, its measures, the stretch that each bar covers."""

LISTED = """() => Object.fromEntries([...document.querySelectorAll('.dx-years')].at(-1)
    .querySelectorAll('details').values().map(year => [
        year.querySelector('.dx-years__name').textContent.trim(),
        [...year.querySelectorAll('.dx-years__part')].map(part => [
            part.textContent.trim(),
            [...part.nextElementSibling.children].map(entry => [
                entry.querySelector('a').getAttribute('href'),
                entry.querySelector('.dx-years__text').textContent.trim()])])]))"""
"""The list of years: year → its parts → (measure, text)."""


class Site(Protocol):
    """What the fixture `site` of tests/conftest.py yields."""

    url: str
    root: Path


def urls_of(site: Site, *patterns: str) -> list[str]:
    found = sorted(path for pattern in patterns for path in site.root.glob(pattern))
    return [f"/{path.relative_to(site.root).parent.as_posix()}/" for path in found]


def plans(site: Site) -> list[dict[str, Any]]:
    catalog = json.loads((site.root / "data/catalog.json").read_text("utf-8"))
    found: list[dict[str, Any]] = catalog["plans"]
    return found


def expected(entry: dict[str, Any], period: dict[str, int], axis: list[int]) -> tuple[int, int]:
    """The first and the last year that an entry's bar may cover, straight from the open data."""
    if entry["always"]:
        return period["from"], period["to"]
    if entry["open_end"]:
        return entry["from"], axis[-1]
    if entry["to"] is None:
        return entry["from"], max(entry["from"], period["to"])
    return entry["from"], entry["to"]


def spaceless(text: str) -> str:
    return re.sub(r"\s", "", text)


def wrong_bars(
    tables: list[dict[str, Any]], measures: dict[str, tuple[dict[str, Any], dict[str, Any]]]
) -> tuple[int, list[str]]:
    """(how many entries were looked at, what is not where it belongs).

    The bar of a lost end begins where it must and ends where the next begins, or at the border.
    """
    seen = 0
    wrong: list[str] = []
    for table in tables:
        left = {column["year"]: column["left"] for column in table["years"]}
        right = {column["year"]: column["right"] for column in table["years"]}
        for row in table["rows"]:
            measure, plan = measures[row["url"]]
            work = [bar for bar in row["bars"] if bar["kind"] == "work"]
            undated = list(row["undated"])
            for entry in measure["schedule"]:
                seen += 1
                text = spaceless(entry["text"] or entry["item"])
                if entry["from"] is None and not entry["always"]:
                    match = [other for other in undated if spaceless(other) == text]
                    if match:
                        undated.remove(match[0])
                    else:
                        wrong.append(f"{row['url']} {text}: not among those without a year")
                    continue
                first, last = expected(entry, plan["fiscal_years"], sorted(left))
                lost = entry["to"] is None and not (entry["open_end"] or entry["always"])
                fits = [
                    bar
                    for bar in work
                    if spaceless(bar["text"]) == text
                    and abs(bar["left"] - left[first]) <= 2
                    and (
                        (bar["right"] <= right[last] + 2 and bar["end"] == "unknown")
                        if lost
                        else abs(bar["right"] - right[last]) <= 2
                    )
                    and (str(first) in bar["when"] or entry["always"])
                    and ("不" in bar["when"]) == (not entry["certain"])
                ]
                if fits:
                    work.remove(fits[0])
                else:
                    wrong.append(f"{row['url']} {text}: not in {first} to {last}")
            wrong += [f"{row['url']}: {bar['text']} is no entry" for bar in work]
            wrong += [f"{row['url']}: {text} is no entry" for text in undated]
    return seen, wrong


@pytest.mark.parametrize("pattern", [OF_PLANS, BY_THEME, OF_THEMES])
def test_every_entry_stands_in_the_columns_of_its_years(
    pattern: str, page: Page, site: Site
) -> None:
    measures = {m["url"]: (m, plan) for plan in plans(site) for m in plan["measures"]}
    page.set_viewport_size({"width": 1280, "height": 900})
    seen = 0
    wrong: list[str] = []
    shown: set[str] = set()
    page.goto("/")
    urls = urls_of(site, pattern)
    for url, tables in zip(urls, each(page, urls, DRAWN), strict=True):
        tables = [table for table in tables if table["rows"][0]["url"]]
        shown |= {row["url"] for table in tables for row in table["rows"]}
        looked, found = wrong_bars(tables, measures)
        seen, wrong = seen + looked, wrong + [f"{url}: {one}" for one in found]
    assert wrong == []
    assert shown == measures.keys()
    assert seen >= sum(len(measure["schedule"]) for measure, _ in measures.values())


def test_the_printed_roadmap_of_a_plan_stands_in_its_columns(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    printed = [plan for plan in plans(site) if plan["roadmap"]]
    assert printed
    for plan in printed:
        page.goto(f"/{plan['slug']}/roadmap/")
        table = page.evaluate(DRAWN)[0]
        left = {column["left"]: column["year"] for column in table["years"]}
        bars = [(row["label"], bar) for row in table["rows"] for bar in row["bars"]]
        assert sorted((label, bar["text"], left[bar["left"]]) for label, bar in bars) == sorted(
            (entry["row"], entry["text"], entry["from"]) for entry in plan["roadmap"]
        )


def test_on_a_phone_every_entry_begins_in_the_list_of_its_first_year(
    page: Page, site: Site
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    for plan in plans(site):
        page.goto(f"/{plan['slug']}/roadmap/")
        assert page.locator(".dx-timeline__drawing").last.is_hidden()
        assert page.locator(".dx-years").last.is_visible()
        years = page.evaluate(LISTED)
        begins = {
            (url, name, spaceless(text))
            for name, parts in years.items()
            for title, entries in parts
            for url, text in entries
            if title != "前の年度から続く"
        }
        for measure in plan["measures"]:
            for entry in measure["schedule"]:
                text = spaceless(entry["text"] or entry["item"])
                first = plan["fiscal_years"]["from"] if entry["always"] else entry["from"]
                assert any(
                    url == measure["url"]
                    and shown.startswith(text)
                    and (f"（{first}年度）" in name if first else "不明" in name)
                    for url, name, shown in begins
                ), f"{measure['url']} {text}"


def test_a_group_can_be_folded_away_with_the_keyboard(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(urls_of(site, OF_PLANS)[0])
    group = page.locator(".dx-timeline__fold").first
    group.locator("summary").focus()
    page.keyboard.press("Enter")
    assert group.locator("table").is_hidden()
    page.keyboard.press("Enter")
    assert group.locator("table").is_visible()


def test_no_year_runs_into_the_next(page: Page, site: Site) -> None:
    """The heads of the small bars, in the narrowest columns and in wide ones."""
    page.goto(urls_of(site, OF_ALL)[0])
    for width in (641, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        heads = page.evaluate(
            """() => [...document.querySelectorAll('th.dx-density__year')].map(head => {
            const text = document.createRange();
            text.selectNodeContents(head);
            return [head.textContent, text.getBoundingClientRect().width, head.clientWidth];})"""
        )
        assert len(heads) > 5
        assert [head for head, text, cell in heads if text > cell + 0.5] == [], width


def test_patterns_stay_where_colours_are_forced(chromium: Browser, site: Site) -> None:
    """Each kind of phase is told from the others without its colour."""
    with chromium.new_context(base_url=site.url, forced_colors="active") as context:
        page = context.new_page()
        page.goto(urls_of(site, OF_ALL)[0])
        looks = page.evaluate(
            """() => [...document.querySelectorAll('.dx-density')][0].querySelectorAll('.dx-phase')
            .values().map(sign => { const s = getComputedStyle(sign); return [
                sign.dataset.phase, s.backgroundColor + s.backgroundImage + s.borderStyle]})
            .toArray()"""
        )
    assert len(looks) >= 6
    assert len({look for _, look in looks}) == len(looks)


def test_a_roadmap_prints_on_its_side_with_its_heads_on_every_sheet(page: Page, site: Site) -> None:
    for number, url in enumerate(urls_of(site, OF_PLANS, OF_ALL)):
        page.emulate_media(media="null")
        page.goto(url)
        for paper in ("A4",) if number else ("A4", "A3"):  # one rule turns every sheet
            text = page.pdf(format=paper).decode("latin-1")
            boxes = re.findall(r"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", text)
            assert boxes, url
            assert all(float(wide) > float(high) for wide, high in boxes), url
        page.emulate_media(media="print")
        # A4 on its side without its margins: 273 mm.
        page.set_viewport_size({"width": 1031, "height": 700})
        assert page.locator(".dx-timeline__table").first.is_visible()
        assert page.locator(".dx-years:visible").count() == 0
        heads = page.locator(".dx-timeline__head").evaluate_all(
            "heads => heads.map(head => getComputedStyle(head).display)"
        )
        assert set(heads) == {"table-header-group"}, url
        assert page.evaluate("document.documentElement.scrollWidth") <= 1031, url
