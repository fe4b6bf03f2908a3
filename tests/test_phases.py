"""The words of a schedule tell the kind of its phase; what tells none stays without one."""

from typing import Any

import pytest

from dxsite.site.phases import Phase, furthest, phases_of
from tests.conftest import ROOT

LINES = (ROOT / "tests/cases/phases.tsv").read_text("utf-8").splitlines()
CASES = [tuple(line.split("\t")) for line in LINES if not line.startswith("#")]


@pytest.mark.parametrize(("kinds", "text"), CASES, ids=[text for _, text in CASES])
def test_the_texts_of_the_plans_have_the_kinds_that_a_person_reads(kinds: str, text: str) -> None:
    assert " ".join(phases_of(text)) == kinds.replace("-", "")


def test_the_list_holds_the_texts_of_the_plans(catalog: dict[str, Any]) -> None:
    """Nearly all: who corrects a text of a plan need not touch a test."""
    texts = set()
    for plan in catalog["plans"]:
        entries = [entry for m in plan["measures"] for entry in m["schedule"]]
        texts |= {entry["text"] or entry["item"] for entry in [*entries, *plan["roadmap"]]}
    listed = {text for _, text in CASES}
    assert len(texts & listed) >= 0.9 * len(texts)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("導入業務拡大", [Phase.GROW]),  # the last word is the head
        ("試験運用", [Phase.TRIAL]),  # the longest word, not the 運用 in it
        ("運用（試行）", [Phase.TRIAL]),  # a note in brackets belongs to its phrase
        ("本格運用、仕様検討", [Phase.STUDY, Phase.RUN]),  # in the order of the phases
        ("データ活用の風土", []),  # what describes decides nothing
        ("検討とシステム構築", [Phase.STUDY, Phase.BUILD]),
        ("文化", []),
        ("ＢＰＲ", [Phase.STUDY]),  # the width of a sign makes no difference
        ("", []),
    ],
)
def test_the_rule(text: str, kinds: list[Phase]) -> None:
    assert list(phases_of(text)) == kinds


def test_a_measure_stands_where_it_has_come_furthest() -> None:
    assert furthest([Phase.RUN, Phase.STUDY]) is Phase.RUN
    assert furthest([]) is None
