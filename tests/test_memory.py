"""A preview that remembers gives byte for byte what a clean build gives."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dxsite import pipeline
from dxsite.diagnostics import Finding, Report
from dxsite.memory import Memory
from tests.conftest import TODAY, Desk

ROOT = Path(__file__).resolve().parent.parent


def made(desk: Desk, memory: Memory) -> tuple[dict[str, bytes] | None, tuple[Finding, ...]]:
    order = pipeline.Order(root=desk.root, output=desk.root / "public", today=TODAY, index=False)
    report = Report()
    built = pipeline.make(order, report, lambda _: None, memory)
    files = {a.path: a.data for a in built.artifacts} if built else None
    return files, report.findings


def change(desk: Desk, path: str, old: str, new: str) -> None:
    file = desk.root / path
    text = file.read_text("utf-8")
    assert old in text, path
    file.write_text(text.replace(old, new), "utf-8")


def add_a_measure(desk: Desk) -> None:
    folder = desk.root / "content/aoi/measures"
    text = (folder / "forms.yaml").read_text("utf-8")
    (folder / "counter.yaml").write_text(text.replace("順: 10", "順: 20"), "utf-8")


def keep_revision(desk: Desk) -> None:
    for path in sorted((desk.root / "content/aoi").rglob("*.yaml")):
        kept = desk.root / "content/aoi/revisions/old" / path.relative_to(desk.root / "content/aoi")
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(path.read_text("utf-8").replace("策定: 2023-03", "策定: 2021-03"), "utf-8")


EDITS: dict[str, Callable[[Desk], None]] = {
    "title": lambda desk: change(
        desk, "content/aoi/measures/forms.yaml", "オンライン申請の", "電子申請の"
    ),
    "line before": lambda desk: change(desk, "content/aoi/plan.yaml", "読み:", "\n\n読み:"),
    "term": lambda desk: change(desk, "content/aoi/glossary.yaml", "名称: RPA", "名称: 受付"),
    "theme": lambda desk: change(desk, "content/themes.yaml", "オンライン化", "電子化"),
    "setting": lambda desk: change(desk, "content/site.yaml", "小さなサイト", "別のサイト"),
    "template": lambda desk: change(
        desk, "templates/measure.html", "何が変わるか", "何がよくなるか"
    ),
    "base template": lambda desk: change(desk, "templates/base.html", "本文へ移動", "本文へ"),
    "style": lambda desk: change(desk, "assets/css/base.css", "html {", "html { color: black;"),
    "fault": lambda desk: change(desk, "content/aoi/measures/forms.yaml", "要約:", "要約："),
    "mended": lambda desk: change(desk, "content/aoi/measures/forms.yaml", "要約：", "要約:"),
    "new measure": add_a_measure,
    "measure gone": lambda desk: (desk.root / "content/aoi/measures/counter.yaml").unlink(),
    "revision": keep_revision,
    "revision edited": lambda desk: change(
        desk, "content/aoi/revisions/old/measures/forms.yaml", "R9: 60以上", "R9: 50以上"
    ),
    "figure reported": lambda desk: change(
        desk,
        "content/aoi/measures/forms.yaml",
        "      R9: 60以上\n",
        "      R9: 60以上\n    実績:\n      R6: 45\n",
    ),
    "plan's name": lambda desk: change(desk, "content/aoi/plan.yaml", "青井市DX", "青井市デジタル"),
}
"""In an order in which each can be made; what needs another comes after it."""


def test_edits_in_a_row_are_what_a_clean_build_makes(small_plan: Callable[[], Desk]) -> None:
    desk, memory = small_plan(), Memory()
    made(desk, memory)
    for name, edit in EDITS.items():
        edit(desk)
        assert made(desk, memory) == made(desk, Memory()), name


def test_edits_in_any_order_are_what_a_clean_build_makes(small_plan: Callable[[], Desk]) -> None:
    desk, memory, chance = small_plan(), Memory(), random.Random(20261121)
    free = [
        name for name in EDITS if name not in ("mended", "measure gone", "fault", "revision edited")
    ]
    chance.shuffle(free)
    for name in free:
        EDITS[name](desk)
        assert made(desk, memory) == made(desk, Memory()), name


def test_a_page_that_an_edit_does_not_touch_is_not_made_again(
    small_plan: Callable[[], Desk],
) -> None:
    desk, memory = small_plan(), Memory()
    order = pipeline.Order(root=desk.root, output=desk.root / "public", today=TODAY, index=False)

    def pages() -> dict[str, Any]:
        built = pipeline.make(order, Report(), lambda _: None, memory)
        assert built is not None
        return {a.path: a.data for a in built.artifacts if a.path.endswith(".html")}

    before = pages()
    EDITS["title"](desk)
    after = pages()
    assert after["glossary/index.html"] is before["glossary/index.html"]
    assert after["aoi/measures/forms/index.html"] is not before["aoi/measures/forms/index.html"]
    assert sum(after[path] is before[path] for path in before) > len(before) / 2


def test_nothing_is_kept_that_a_round_did_not_ask_for() -> None:
    memory, made = Memory(), list[int]()

    def step() -> int:
        made.append(1)
        return len(made)

    memory.recall("x", 1, step)
    memory.end_round()
    assert memory.recall("x", 1, step) == 1
    memory.end_round()
    memory.end_round()
    assert memory.recall("x", 1, step) == 2
