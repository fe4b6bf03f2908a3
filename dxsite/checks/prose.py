"""Prose is short enough to be read, and holds no notes of its writers."""

import re
from collections.abc import Iterator

from dxsite.catalog import Catalog
from dxsite.diagnostics import Report
from dxsite.model import Measure
from dxsite.passages import Passage
from dxsite.positions import Place

LONGEST_SUMMARY = 300  # letters
LONGEST_SENTENCE = 80
MOST_OTHERS = 2  # など in one sentence

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_OTHERS = re.compile(r"など|(?<![平同対高中初上均])等(?![しいく級分身])")
"""「など」and「等」, not the 等 of 平等, 高等, 等しい."""
_SENTENCE = re.compile(r"[^。]+。?[」』）)]*")


def check(catalog: Catalog, report: Report) -> None:
    """要約 and 本文 of measures are short; no text anywhere has a note in it."""
    for passage in _passages(catalog):
        _check_notes(passage, report)
    for plan in catalog.every_plan:
        for measure in plan.measures:
            length = len(measure.summary or "")
            if length > LONGEST_SUMMARY:
                report.warning(
                    measure.at("summary"),
                    "long-summary",
                    f"要約が{length}字あります（めやすは{LONGEST_SUMMARY}字まで）。",
                    "何がどう変わるのかを二、三文で書き、詳しいことは「本文」に移してください。",
                )
            for passage in _of_measure(measure):
                _check_sentences(passage, report)
                _check_others(passage, report)


def _check_notes(passage: Passage, report: Report) -> None:
    if "#" not in passage:
        return
    for number, line in enumerate(passage.split("\n")):
        if re.match(r" *#(?!#)", line):
            report.warning(
                passage.at(number),
                "comment-in-prose",
                "文章の中の # で始まる行は、覚え書きではなく見出しとしてサイトに載ります。",
                "覚え書きなら、文章の外の、# から始まる行に移してください。",
            )


def _check_sentences(passage: Passage, report: Report) -> None:
    for place, sentence in _sentences(passage):
        length = len(_LINK.sub(r"\1", sentence.strip()))
        if length > LONGEST_SENTENCE:
            report.warning(
                place,
                "long-sentence",
                f"一文が{length}字あります（めやすは{LONGEST_SENTENCE}字まで）。",
                "二つ以上の文に分けてください。",
            )


def _check_others(passage: Passage, report: Report) -> None:
    """Readers cannot tell what a sentence speaks of that leaves everything open."""
    for place, sentence in _sentences(passage):
        count = len(_OTHERS.findall(sentence))
        if count > MOST_OTHERS:
            report.warning(
                place,
                "many-others",
                f"一文に「など」「等」が{count}回あります（めやすは{MOST_OTHERS}回まで）。",
                "主なものだけを書くか、文を分けてください。",
            )


def _sentences(passage: Passage) -> Iterator[tuple[Place, str]]:
    """Every sentence with the place where it begins."""
    for number, line in enumerate(passage.split("\n")):
        for sentence in _SENTENCE.finditer(line):
            place = passage.at(number)
            yield place._replace(column=place.column + sentence.start()), sentence[0]


def _of_measure(measure: Measure) -> Iterator[Passage]:
    texts = (measure.summary, *(text for _, text in measure.sections))
    yield from (text for text in texts if isinstance(text, Passage))


def _passages(catalog: Catalog) -> Iterator[Passage]:
    for plan in catalog.every_plan:
        for measure in plan.measures:
            yield from _of_measure(measure)
        texts = [plan.file.summary, *(node.text for node in plan.file.structure)]
        texts += [chapter.text for chapter in plan.file.chapters]
        texts += [term.text for term in plan.terms]
        yield from (text for text in texts if isinstance(text, Passage))
    yield from (theme.text for theme in catalog.themes if isinstance(theme.text, Passage))
