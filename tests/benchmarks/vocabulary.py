"""The words of which synthetic plans are made: words/*.yaml, all of them invented."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import yaml

_WORDS = Path(__file__).resolve().parent / "words"


@dataclass(frozen=True, slots=True)
class Topic:
    """What a measure is about."""

    id: str
    names: tuple[str, ...]
    themes: tuple[str, ...]
    words: Mapping[str, str]
    """For the gaps of a sentence: what, tool, who, old, gain."""
    kpis: tuple[tuple[str, str, str, int, int], ...]
    """Name, unit, `up` or `down`, from, to."""
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """What a glossary explains."""

    id: str
    name: str
    long_form: str | None
    reading: str
    text: str


def _read(name: str) -> Any:
    return yaml.safe_load((_WORDS / f"{name}.yaml").read_text("utf-8"))


TOPICS = {
    id_: Topic(
        id_,
        tuple(entry["names"]),
        tuple(entry["themes"]),
        {word: entry[word] for word in ("what", "tool", "who", "old", "gain")},
        tuple(tuple(kpi) for kpi in entry["kpis"]),
        tuple(entry["terms"]),
    )
    for id_, entry in _read("topics").items()
}
TERMS = {id_: Term(id_, *entry) for id_, entry in _read("glossary").items()}
SENTENCES: Mapping[str, Any] = _read("sentences")


def told(random: Random, kind: str, count: int, topic: Topic | None = None) -> list[str]:
    """So many different sentences of a kind, in any order, their gaps filled."""
    words = topic.words if topic else {}
    chosen: Sequence[str] = random.sample(SENTENCES[kind], count)
    return [sentence.format(**words, n=random.randint(2, 5)) for sentence in chosen]
