"""The measures of a synthetic plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from tests.benchmarks.vocabulary import SENTENCES, TOPICS, Topic, told

HEADINGS = ("現状", "課題", "取組内容", "めざす姿")
NOW = 8
"""The year of Reiwa up to which figures were reported."""


@dataclass(frozen=True, slots=True)
class Step:
    """An entry of a schedule."""

    first: int
    last: int
    row: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """A KPI; years are those of Reiwa."""

    id: str
    label: str
    unit: str
    direction: str
    as_of: int
    baseline: int
    targets: tuple[tuple[int, int], ...]
    actuals: tuple[tuple[int, int], ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure, as it is written for each generator of sites."""

    id: str
    title: str
    order: int
    number: str
    parent: str
    themes: tuple[str, ...]
    departments: tuple[str, ...]
    status: str | None
    summary: str
    sections: tuple[tuple[str, str], ...]
    outcomes: tuple[str, ...]
    schedule: tuple[Step, ...]
    kpis: tuple[Indicator, ...]
    costs: tuple[tuple[int, int], ...]
    """Year, thousand yen."""
    terms: tuple[str, ...]
    related: tuple[str, ...]
    source_words: tuple[str, ...]
    note: str | None
    page: int
    updated: str


@dataclass(frozen=True, slots=True)
class Place:
    """What measures know of the plan in which they stand."""

    slug: str
    first: int
    last: int
    leaves: Sequence[str]
    """The parts of the structure that hold measures."""
    terms: frozenset[str]
    topics: Sequence[str]
    neighbour: str
    neighbours_topics: frozenset[str]


def topics_of(random: Random, count: int) -> list[str]:
    """The topics of a plan, which are the ids of its measures, in their order."""
    return random.sample(sorted(TOPICS), count)


def measures_of(random: Random, place: Place) -> tuple[Measure, ...]:
    """A measure per topic."""
    counted = dict.fromkeys(place.leaves, 0)
    made = []
    for index, id_ in enumerate(place.topics):
        parent = place.leaves[index * len(place.leaves) // len(place.topics)]
        counted[parent] += 1
        number = f"{parent}-{counted[parent]}"
        made.append(_measure(random, TOPICS[id_], place, index, (parent, number)))
    return tuple(made)


def _measure(
    random: Random, topic: Topic, place: Place, index: int, position: tuple[str, str]
) -> Measure:
    has_costs = random.random() < 0.6
    actions = "\n".join(told(random, "action", 3, topic))
    items = "\n".join(f"- {item}" for item in told(random, "item", 3, topic))
    texts = (
        "\n".join(told(random, "now", random.randint(3, 4), topic)),
        "\n".join(told(random, "problem", 3, topic)),
        f"{actions}\n\n{items}",
        "\n".join(told(random, "goal", 2, topic)),
    )
    return Measure(
        id=topic.id,
        title=random.choice(topic.names),
        order=index * 10 + 10,
        number=position[1],
        parent=position[0],
        themes=topic.themes,
        departments=tuple(random.sample(SENTENCES["departments"], random.randint(1, 3))),
        status=random.choice(SENTENCES["status"]) if random.random() < 0.2 else None,
        summary="\n".join(told(random, "summary", random.randint(2, 3), topic)),
        sections=tuple(zip(HEADINGS, texts, strict=True)),
        outcomes=tuple(told(random, "outcome", random.randint(2, 4), topic)),
        schedule=tuple(_schedule(random, place)),
        kpis=tuple(_indicators(random, topic, place)),
        costs=tuple(_costs(random, place)) if has_costs else (),
        terms=tuple(term for term in topic.terms if term in place.terms),
        related=tuple(_related(random, topic.id, place)),
        source_words=tuple(random.sample(SENTENCES["source_words"], random.randint(3, 6))),
        note=random.choice(SENTENCES["notes"]) if random.random() < 0.15 else None,
        page=12 + index,
        updated=f"2026-{random.randint(1, 10):02}-{random.randint(1, 28):02}",
    )


def _schedule(random: Random, place: Place) -> list[Step]:
    """One row of phases that follow each other, and sometimes a second for the whole period."""
    texts = random.choice(SENTENCES["phases"])
    years = place.last - place.first + 1
    count = min(len(texts), years)
    starts = [place.first + number * years // count for number in range(count)]
    ends = [*(start - 1 for start in starts[1:]), place.last]
    rows = random.sample(SENTENCES["rows"], 2) if random.random() < 0.5 else [None]
    steps = [
        Step(first, last, rows[0], text)
        for first, last, text in zip(starts, ends, texts[-count:], strict=True)
    ]
    return [*steps, *(Step(place.first, place.last, row, "随時実施") for row in rows[1:])]


def _indicators(random: Random, topic: Topic, place: Place) -> list[Indicator]:
    chosen = random.sample(topic.kpis, random.choice((1, 1, 2)))
    return [
        _indicator(random, kpi, place, f"kpi-{number}")
        for number, kpi in enumerate(chosen, start=1)
    ]


def _indicator(
    random: Random, kpi: tuple[str, str, str, int, int], place: Place, id_: str
) -> Indicator:
    """Figures that run from the baseline to the last target without turning back."""
    label, unit, direction, start, end = kpi
    part = random.uniform(0.75, 1)
    goal = start + round((end - start) * part)
    span = place.last - place.first + 1
    targets = tuple(
        (year, start + (goal - start) * (year - place.first + 1) // span)
        for year in range(place.first, place.last + 1)
    )
    reached = [(year, value) for year, value in targets if year < NOW]
    told_of = random.random() < 0.5
    actuals = tuple(
        (year, start + round((value - start) * random.uniform(0.6, 1.1))) for year, value in reached
    )
    return Indicator(
        id=id_,
        label=label,
        unit=unit,
        direction=direction,
        as_of=place.first - 1,
        baseline=start,
        targets=targets if random.random() < 0.7 else targets[-1:],
        actuals=actuals if told_of else (),
        note=random.choice(SENTENCES["kpi_notes"]) if random.random() < 0.2 else None,
    )


def _costs(random: Random, place: Place) -> list[tuple[int, int]]:
    yearly = random.randint(5, 400)
    return [
        (year, round(yearly * random.uniform(0.5, 1.5)) * 100)
        for year in range(place.first, place.last + 1)
    ]


def _related(random: Random, own: str, place: Place) -> list[str]:
    """Two of the same plan, and the same topic next door."""
    others = [id_ for id_ in place.topics if id_ != own]
    names = [f"{place.slug}/{id_}" for id_ in random.sample(others, min(2, len(others)))]
    return [*names, *([f"{place.neighbour}/{own}"] if own in place.neighbours_topics else [])]
