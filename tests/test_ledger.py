"""The catalogue says what the printed plans say, no less and no more.

Each `ledger/<plan>.tsv` was typed from the printed plan's text by somebody who did not see
`content/`. The catalogue is turned into rows of the same form, and both are compared fact by fact.
"""

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).parents[1]
LEDGERS = {path.stem: path for path in sorted((Path(__file__).parent / "ledger").glob("*.tsv"))}
PRINTED_PLANS = REPOSITORY.parent / "shared" / "plans"

Json = dict[str, Any]  # Any: the parsed catalog.json, whose shape other tests hold


@dataclass(frozen=True)
class Fact:
    """One row of a ledger; `measure` is `*` for a fact of the plan itself."""

    measure: str
    fact: str
    label: str = ""
    year: str = ""
    value: str = ""
    number: str = ""
    of: str = ""
    operator: str = ""
    certain: str = ""


SAID_ONCE = ("municipality", "code", "prefecture", "title", "version", "established", "revised")
"""Kinds that a plan has at most one of, called alike in catalog.json."""

HELD: dict[str, tuple[str, ...]] = dict.fromkeys(SAID_ONCE, ("value",)) | {
    "period": ("value",),
    "parent_plan": ("value",),
    "structure": ("label", "value"),
    "role": ("label",),
    "roadmap": ("label", "year", "value"),
    "review": ("label", "value"),
    "review_status": ("label", "value"),
    "priority": ("label", "value", "number"),
    "total": ("label", "year", "number", "of"),
    "future": ("label", "value"),
    "future_group": ("label", "value"),
    "term": ("value",),
    "measure": ("measure", "value"),
    "parent": ("measure", "value"),
    "department": ("measure", "value"),
    "department_note": ("measure", "value"),
    "status": ("measure", "value"),
    "schedule": ("measure", "year", "value", "certain"),
    "row_department": ("measure", "label", "value"),
    "kpi": ("measure", "label", "value"),
    "kgi": ("measure", "label", "value"),
    "same_as": ("measure", "label"),
    "kpi_pending": ("measure",),
    "baseline": ("measure", "label", "year", "value", "number"),
    "target": ("measure", "label", "year", "value", "number", "of", "operator", "certain"),
    "cost": ("measure", "year", "number"),
    "table": ("measure", "label", "value"),
    "named": ("measure", "value"),
    "footnote": ("measure",),
}
"""Kind of fact → the columns in which ledger and catalogue must agree.

Of a `total`, `of` is the part paid from the general fund (うち一般財源). A `priority` has 緊急度 as
its value and 重要度 as its number. A `table` row has `label` and `value` in one row of one of the
measure's tables; a `named` value is found anywhere in the measure.
"""

OPTIONAL = {"parent_plan", "role", "term"}
"""Kinds whose rows with `certain` = no may be left out: explained or named in passing."""

SELECTED = {"row_department", "table", "named", "footnote"}
"""Kinds of which a ledger lists some; the catalogue may hold more."""


# ------------------------------------------------------------------------------------- the truths


@pytest.mark.parametrize("slug", LEDGERS)
def test_a_ledger_uses_only_known_kinds_of_fact(slug: str) -> None:
    """A misspelt kind of fact would never be compared."""
    _expect_nothing("unknown kinds of fact", {f.fact for f in _ledger(slug)} - set(HELD))


@pytest.mark.parametrize("kind", HELD)
@pytest.mark.parametrize("slug", LEDGERS)
def test_the_catalogue_holds_every_printed_fact(catalog: Json, slug: str, kind: str) -> None:
    """What the ledger says stands in the catalogue."""
    ledger = _ledger(slug)
    required = [f for f in ledger if not (f.fact in OPTIONAL and f.certain == "no")]
    missing = _held(required, kind) - _held(_facts(_plan(catalog, slug), ledger), kind)
    _expect_nothing(f"{slug}: {kind} printed, but missing from the catalogue", missing.elements())


@pytest.mark.parametrize("kind", [kind for kind in HELD if kind not in SELECTED])
@pytest.mark.parametrize("slug", LEDGERS)
def test_the_catalogue_holds_only_printed_facts(catalog: Json, slug: str, kind: str) -> None:
    """What the catalogue says stands in the ledger."""
    ledger = _ledger(slug)
    surplus = _held(_facts(_plan(catalog, slug), ledger), kind) - _held(ledger, kind)
    _expect_nothing(f"{slug}: {kind} in the catalogue, but not printed", surplus.elements())


@pytest.mark.parametrize("slug", LEDGERS)
def test_the_tables_hold_only_printed_rows(catalog: Json, slug: str) -> None:
    """A row is known by what the ledger says of it; in a grid without headings, each cell is."""
    ledger = _ledger(slug)
    surplus = []
    for measure in _plan(catalog, slug)["measures"]:
        title = _known(ledger, "measure", measure["title"], str.__eq__)
        facts = [f for f in ledger if f.fact == "table" and f.measure in (title, measure["title"])]
        for table in measure["tables"]:
            for row in table["rows"]:
                cells = [row] if table["columns"] else [[cell] for cell in row if cell]
                surplus += [
                    "｜".join(c) for c in cells if not any(_in_row(c, fact) for fact in facts)
                ]
    _expect_nothing(f"{slug}: table rows in the catalogue, but not printed", surplus)


@pytest.mark.parametrize("slug", LEDGERS)
def test_every_measure_title_stands_in_the_printed_plan(catalog: Json, slug: str) -> None:
    """A title is carried over, not reworded."""
    printed = _words(_printed(slug))
    titles = [measure["title"] for measure in _plan(catalog, slug)["measures"]]
    _expect_nothing("titles not in the source", [t for t in titles if _words(t) not in printed])


@pytest.mark.parametrize("slug", LEDGERS)
def test_every_figure_stands_in_the_printed_plan(catalog: Json, slug: str) -> None:
    """A figure is carried over, not computed."""
    printed = _printed(slug)
    figures = _figures(_plan(catalog, slug))
    unseen = [f"{where}: {number}" for where, number in figures if not _seen(number, printed)]
    _expect_nothing("figures not in the source", unseen)


# --------------------------------------------------------------- the catalogue as rows of a ledger


def _facts(plan: Json, ledger: list[Fact]) -> list[Fact]:
    """A plan of catalog.json as a ledger; names are those of `ledger` where it knows them."""
    measures = [f for measure in plan["measures"] for f in _measure_facts(measure, ledger)]
    return [*_plan_facts(plan, ledger), *measures]


def _plan_facts(plan: Json, ledger: list[Fact]) -> Iterator[Fact]:
    for kind in SAID_ONCE:
        if plan[kind] is not None:
            yield Fact("*", kind, value=plan[kind])
    yield Fact("*", "period", value=_span(plan["fiscal_years"]))
    for node in plan["structure"]:
        yield Fact("*", "structure", label=node["code"], value=node["title"] or "")
    for role in plan["roles"]:
        yield Fact("*", "role", label=role["role"])
    for bar in plan["roadmap"]:
        row = _known(ledger, "roadmap", bar["row"] or "", str.startswith)
        yield Fact("*", "roadmap", label=row, year=_span(bar), value=bar["text"])
    for review in plan["reviews"]:
        number = str(review["number"])
        yield Fact("*", "review", label=number, value=review["title"])
        if review["status"] is not None:
            yield Fact("*", "review_status", label=number, value=review["status"])
    for priority in plan["priorities"]:
        urgency, importance = _number(priority["urgency"]), _number(priority["importance"])
        yield Fact("*", "priority", priority["title"], value=urgency, number=importance)
    for total in plan["cost_totals"]:
        group, year = total["group"] or "計", _number(total["fiscal_year"]) or "計"
        spent, of = (_number(total[k]) for k in ("thousand_yen", "general_fund_thousand_yen"))
        yield Fact("*", "total", group, year, number=spent, of=of)
    for future in plan["future_measures"]:
        number = str(future["number"])
        yield Fact("*", "future", label=number, value=future["title"])
        yield Fact("*", "future_group", label=number, value=future["group"] or "")
    for title in plan["parent_plans"]:
        yield Fact("*", "parent_plan", value=_known(ledger, "parent_plan", title, str.__contains__))
    for term in plan["glossary"]:
        yield Fact("*", "term", value=_term(term, ledger))


def _measure_facts(measure: Json, ledger: list[Fact]) -> Iterator[Fact]:
    title = _known(ledger, "measure", measure["title"], str.__eq__)
    yield Fact(title, "measure", value=measure["number"] or "")
    for code in measure["parents"]:
        yield Fact(title, "parent", value=code)
    for department in measure["departments"]:
        yield Fact(title, "department", value=department)
    if measure["departments_note"] is not None:
        yield Fact(title, "department_note", value=measure["departments_note"])
    if measure["status"] is not None:
        yield Fact(title, "status", value=measure["status"])
    for step in measure["schedule"]:
        words = " ".join(filter(None, (step["item"], step["text"])))
        certain = _yes_no(step["certain"])
        yield Fact(title, "schedule", year=_span(step), value=words, certain=certain)
        for department in step["departments"]:
            yield Fact(title, "row_department", label=step["item"] or "", value=department)
    for kpi in measure["kpis"]:
        yield from _kpi_facts(title, kpi)
    for cost in measure["costs"]:
        year, spent = _number(cost["fiscal_year"]), _number(cost["thousand_yen"])
        yield Fact(title, "cost", year=year, number=spent)
    yield from (f for f in ledger if f.measure == title and _mentions(measure, f))


def _mentions(measure: Json, fact: Fact) -> bool:
    """Whether a fact of the ledger that may stand in many places stands in `measure`."""
    match fact.fact:
        case "table":
            tables = measure["tables"]
            return any(_in_row([t["title"] or "", *r], fact) for t in tables for r in t["rows"])
        case "named":
            return _words(fact.value) in _words("\n".join(_strings(measure)))
        case "footnote":
            return bool(measure["footnotes"] or any(kpi["note"] for kpi in measure["kpis"]))
        case _:
            return False


def _in_row(cells: list[str], fact: Fact) -> bool:
    """Whether a table's row has the label, not as the end of a longer word, and the value."""
    words = [_words(word) for cell in cells for word in cell.split()]
    label = re.compile(rf"(?<![一-龠]){re.escape(_words(fact.label))}")
    return any(map(label.search, words)) and any(_words(fact.value) in word for word in words)


def _strings(value: Any) -> Iterator[str]:
    """Every string in a piece of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def _kpi_facts(title: str, kpi: Json) -> Iterator[Fact]:
    if kpi["pending"]:
        yield Fact(title, "kpi_pending")
        return
    label = kpi["label"] or ""
    yield Fact(title, kpi["kind"].lower(), label=label, value=kpi["unit"] or "")
    if kpi["same_as"] is not None:
        yield Fact(title, "same_as", label=label)
    if (at := kpi["baseline"]) is not None:
        as_of, number = at["as_of"] or "", _number(at["number"])
        yield Fact(title, "baseline", label, as_of, at["text"], number)
    for target in kpi["targets"]:
        yield Fact(
            title,
            "target",
            label,
            _number(target["fiscal_year"]),
            target["text"],
            _number(target["number"]),
            _number(target["of"]),
            target["operator"] or "",
            _yes_no(target["certain"]),
        )


def _term(term: Json, ledger: list[Fact]) -> str:
    """The ledger's name of a term, which the catalogue may list among the other spellings."""
    written = [term["term"], term["long_form"], term["reading"], *term["aliases"]]
    names = [part for name in filter(None, written) for part in re.split(r"[()（）]", name)]
    known = (_known(ledger, "term", name, str.__eq__) for name in names)
    in_ledger = {f.value for f in ledger if f.fact == "term"}
    return next((name for name in known if name in in_ledger), term["term"])


def _known(ledger: list[Fact], kind: str, name: str, same: Callable[[str, str], bool]) -> str:
    """The ledger's own way to write `name`, or `name`.

    A measure that the plan prints with two titles has the other one as its label.
    """
    for fact in (f for f in ledger if f.fact == kind):
        own = {"measure": fact.measure, "roadmap": fact.label}.get(kind, fact.value)
        spellings = (own, fact.label) if kind == "measure" and fact.label else (own,)
        if any(same(_words(name), _words(spelling)) for spelling in spellings):
            return own
    return name


def _span(years: Json) -> str:
    """`2023`, `2023-2025`, `2025-` (open end), `2022-?` (end unknown), `?`, `always`."""
    first, last = _number(years["from"]), _number(years["to"])
    if years.get("always"):
        return "always"
    if years.get("open_end"):
        return f"{first}-"
    return first or "?" if first == last else f"{first or '?'}-{last or '?'}"


def _number(number: float | None) -> str:
    if number is None:
        return ""
    return str(int(number)) if number == int(number) else str(number)


def _yes_no(certain: bool) -> str:
    return "yes" if certain else "no"


# ------------------------------------------------------------------------------------- comparison


def _held(facts: Iterable[Fact], kind: str) -> Counter[str]:
    """The facts of one kind, each as one comparable line."""
    return Counter(
        " | ".join(f"{column}={_comparable(fact, column)}" for column in HELD[kind])
        for fact in facts
        if fact.fact == kind
    )


def _comparable(fact: Fact, column: str) -> str:
    text = str(getattr(fact, column))
    if fact.fact in ("kpi", "kgi", "same_as", "baseline", "target") and column == "label":
        return _bare(text)
    if fact.fact in ("baseline", "target") and column == "value":
        return _bare(text)  # a qualifier behind the value may stand in the note instead
    if fact.fact == "baseline" and column == "year":
        return _as_of(text)
    return _words(text)


def _words(text: str) -> str:
    """`text` without blanks, signs of one width, 「，」 as 「、」, no bullet, no closing 「。」."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("、", ",")
    return plain.removeprefix("●").removesuffix("。")


def _bare(text: str) -> str:
    """`text` without its mark ①, its qualifiers in brackets and its remark after ※."""
    plain = _words(re.sub(r"^\s*[①-⑳]", "", text)).split("※")[0]
    while (shorter := re.sub(r"\([^()]*\)", "", plain)) != plain:
        plain = shorter
    return plain


def _as_of(text: str) -> str:
    """A date as of which something was counted: `令和6年1月末` of `R5(令和6年1月末現在)`."""
    plain = re.sub(r"(現在|実績|時点)(?=\)|$)", "", _words(text))
    if exact := re.search(r"令和\d+年\d+月[^()]*", plain):
        return exact[0]
    return re.sub(r"^(?:R(\d+)(?:年度)?|令和(\d+)年度)(?:末)?$", r"令和\1\2年度", plain)


def _expect_nothing(what: str, differences: Iterable[str]) -> None:
    if lines := sorted(differences):
        pytest.fail("\n  ".join([f"{what} ({len(lines)}):", *lines]), pytrace=False)


# ---------------------------------------------------------------------------------------- reading


def _ledger(slug: str) -> list[Fact]:
    with LEDGERS[slug].open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True)
        return [Fact(**row) for row in rows]


def _plan(catalog: Json, slug: str) -> Json:
    plans: list[Json] = [plan for plan in catalog["plans"] if plan["slug"] == slug]
    if not plans:
        pytest.fail(f"the catalogue has no plan {slug}", pytrace=False)
    return plans[0]


def _printed(slug: str) -> str:
    path = PRINTED_PLANS / f"{slug}.txt"
    if not path.is_file():
        pytest.skip(f"the printed plan's text is not here: {path}")
    return path.read_text(encoding="utf-8")


def _figures(plan: Json) -> Iterator[tuple[str, float]]:
    """Every number of a baseline or target, with where it stands."""
    for measure in plan["measures"]:
        for kpi in measure["kpis"]:
            where = f"{measure['title']}, {kpi['label']}"
            for figure in filter(None, (kpi["baseline"], *kpi["targets"])):
                numbers = (figure["number"], figure.get("of"))
                yield from ((where, number) for number in numbers if number is not None)


def _seen(number: float, printed: str) -> bool:
    """Whether `number` occurs in the text, with or without commas, and not inside a longer one.

    Blanks are looked through, but also kept: without them two neighbouring cells are one number.
    """
    plain = unicodedata.normalize("NFKC", re.sub(r"[①-⑳]", " ", printed))
    spellings = "|".join(re.escape(s) for s in (f"{number:,}", _number(number)))
    alone = re.compile(rf"(?<![\d.])(?<!\d,)(?:{spellings})(?:\.0+)?(?!\d|\.\d|,\d{{3}}(?!\d))")
    return any(alone.search(text) for text in (plain, re.sub(r"\s+", "", plain)))
