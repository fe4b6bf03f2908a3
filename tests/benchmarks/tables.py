"""What was measured as Markdown, beside the bars that it is held to."""

import os
import platform
import re
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.cases import CASES, COLD, EDITED, UNCHANGED, WATCHED, Watched
from tests.benchmarks.processes import Taken
from tests.benchmarks.projects import FULL, HUGO, INDEXED, ZOLA
from tests.benchmarks.tools import Tool

MB, GB = 1e6, 1e9
_PEERS = {HUGO: "Hugo", ZOLA: "Zola"}


@dataclass(frozen=True, slots=True)
class Output:
    """What a tool wrote."""

    files: int
    bytes: int
    page: int
    """Bytes of the page of one measure."""


@dataclass
class Results:
    """Everything that was measured of one size, tool by its name."""

    size: str
    words: str
    """How large that is."""
    measures: int
    tools: Sequence[Tool]
    absent: Sequence[str]
    """Why other tools are missing."""
    day: str
    load: tuple[float, float] = (0.0, 0.0)
    taken: dict[tuple[str, str], list[Taken]] = field(default_factory=dict)
    watched: dict[str, Watched] = field(default_factory=dict)
    failures: dict[tuple[str, str], str] = field(default_factory=dict)
    outputs: dict[str, Output] = field(default_factory=dict)

    def wall(self, case: str, tool: str) -> float | None:
        """Median seconds; None where it was not measured."""
        return _middle([taken.wall for taken in self.taken.get((case, tool), ())])

    def processor(self, case: str, tool: str) -> float | None:
        """Median seconds on processors."""
        return _middle([taken.processor for taken in self.taken.get((case, tool), ())])

    def memory(self, case: str, tool: str) -> float | None:
        """Median bytes."""
        return _middle([taken.memory for taken in self.taken.get((case, tool), ())])

    def inside(self, tool: str) -> float | None:
        """Median seconds of an edited sentence inside the preview."""
        found = self.watched.get(tool)
        return _middle(found.sentence) if found else None

    def renamed(self, tool: str) -> float | None:
        """Median seconds until a new title stands on the page and in the list."""
        found = self.watched.get(tool)
        return _middle(found.title) if found else None


@dataclass(frozen=True, slots=True)
class Bar:
    """What is to be reached at a size."""

    size: str
    name: str
    limit: float
    unit: str
    value: Callable[[Results], float | None]


def _middle(values: Sequence[float]) -> float | None:
    return statistics.median(values) if values else None


def _ratio(one: float | None, other: float | None) -> float | None:
    return one / other if one is not None and other else None


def _against(case: str, other: str) -> Callable[[Results], float | None]:
    return lambda r: _ratio(r.wall(case, FULL), r.wall(case, other))


def _indexing(r: Results) -> float | None:
    with_index, without = r.wall(COLD, INDEXED), r.wall(COLD, FULL)
    return with_index - without if with_index is not None and without is not None else None


BARS = (
    Bar("L", "cold, wall, full page ÷ Hugo", 0.5, "", _against(COLD, HUGO)),
    Bar(
        *("L", "cold, memory, full page ÷ Hugo", 0.1, ""),
        lambda r: _ratio(r.memory(COLD, FULL), r.memory(COLD, HUGO)),
    ),
    Bar("M", "cold, wall, full page ÷ Zola", 1.0, "", _against(COLD, ZOLA)),
    Bar("L", "nothing changed, fresh process", 1.5, "s", lambda r: r.wall(UNCHANGED, FULL)),
    Bar("L", "nothing changed ÷ Hugo", 0.03, "", _against(UNCHANGED, HUGO)),
    Bar("L", "one edit, fresh process", 2.0, "s", lambda r: r.wall(EDITED, FULL)),
    Bar("L", "one edit, fresh process ÷ Hugo", 0.04, "", _against(EDITED, HUGO)),
    Bar("L", "one edit inside the preview", 0.1, "s", lambda r: r.inside(FULL)),
    Bar("L", "a new title inside the preview, list too", 0.1, "s", lambda r: r.renamed(FULL)),
    Bar("L", "the index alone (cold with it − without)", 120, "s", _indexing),
    Bar("L", "memory with the index", 1.0, "GB", lambda r: _in_gb(r.memory(COLD, INDEXED))),
    Bar("L", "one edit with the index", 5.0, "s", lambda r: r.wall(EDITED, INDEXED)),
    Bar("real", "cold with the index", 3.0, "s", lambda r: r.wall(COLD, INDEXED)),
    Bar("real", "one edit inside the preview", 0.1, "s", lambda r: r.inside(FULL)),
)
_BUSY = "**Others used the machine meanwhile: only CPU and memory say anything here.**"
GROWTH = 1.2
"""How much longer a measure may take at L than at M."""


def _in_gb(value: float | None) -> float | None:
    return value / GB if value is not None else None


def section(results: Results, others: Mapping[str, Results]) -> str:
    """Everything of one size; `others` were measured in the same go."""
    parts = [
        f"### {results.size}: {results.words}",
        f"{results.day}, {machine()}; load {results.load[0]:.1f} before, "
        f"{results.load[1]:.1f} after. "
        + ", ".join(dict.fromkeys(f"{t.name.split('-')[0]} {t.version}" for t in results.tools))
        + ".",
        _BUSY if results.load[0] > 1 else "",
        *(f"Left out: {reason}." for reason in results.absent),
        _cases_table(results),
        _outputs_table(results),
        _bars_table(results, others),
    ]
    return "\n\n".join(part for part in parts if part)


def machine() -> str:
    """What it ran on."""
    processor, memory = Path("/proc/cpuinfo").read_text(), Path("/proc/meminfo").read_text()
    model = re.search(r"model name\s*: (.+)", processor)
    kib = re.search(r"MemTotal:\s*(\d+)", memory)
    return (
        f"{os.cpu_count()} cores ({model[1] if model else platform.machine()}), "
        f"{int(kib[1]) * 1024 / GB if kib else 0:.0f} GB, Python {platform.python_version()}"
    )


def _cases_table(results: Results) -> str:
    ratios = [f"{kind} ÷ {_PEERS[peer]}" for peer in _peers(results) for kind in ("wall", "CPU")]
    head = ["case", "tool", "runs", "wall", "CPU", "memory", *ratios]
    rows = [f"| {' | '.join(head)} |", "|---|---|" + "--:|" * (len(head) - 2)]
    for case, words in CASES.items():
        for tool in results.tools:
            rows += _watched_row(results, tool, words) if case == WATCHED else ()
            rows += _case_row(results, tool, case, words) if case != WATCHED else ()
    return "\n".join(rows)


def _case_row(results: Results, tool: Tool, case: str, words: str) -> Iterator[str]:
    if reason := results.failures.get((case, tool.name)):
        yield f"| {words} | {tool.label} | failed: {reason} |"
        return
    taken = results.taken.get((case, tool.name))
    if not taken:
        return
    walls = [run.wall for run in taken]
    wall, processor = results.wall(case, tool.name), results.processor(case, tool.name)
    ratios: list[str] = []
    for peer in _peers(results):
        ratios.append(_words(_ratio(wall, results.wall(case, peer))))
        ratios.append(_words(_ratio(processor, results.processor(case, peer))))
    yield (
        f"| {words} | {tool.label} | {len(taken)} "
        f"| {wall:.2f} s ({min(walls):.2f}–{max(walls):.2f}) | {processor:.2f} s "
        f"| {_bytes(results.memory(case, tool.name) or 0)} |{_cells(ratios)}"
    )


def _watched_row(results: Results, tool: Tool, words: str) -> Iterator[str]:
    if reason := results.failures.get((WATCHED, tool.name)):
        yield f"| {words} | {tool.label} | failed: {reason} |"
        return
    found = results.watched.get(tool.name)
    if not found:
        return
    ratios: list[str] = []
    for peer in _peers(results):
        beside = results.watched.get(peer, Watched())
        ratios.append(_words(_ratio(_middle(found.sentence), _middle(beside.sentence))))
        ratios.append(_words(_ratio(_middle(found.processor), _middle(beside.processor))))
    yield (
        f"| {words} | {tool.label} | {len(found.sentence)} | {_span(found.sentence)} "
        f"| {_middle(found.processor):.2f} s | {_bytes(found.memory)} |{_cells(ratios)}"
    )
    titles = [_ratio(_middle(found.title), results.renamed(peer)) for peer in _peers(results)]
    state = "**the list stays old**" if found.stale else _span(found.title)
    yield (
        f"| the same, a new title, in the list of the plan too | {tool.label} | {len(found.title)} "
        f"| {state} | | |{''.join(f' {_words(ratio)} | |' for ratio in titles)}"
    )


def _peers(results: Results) -> list[str]:
    """Those that stand beside dxsite."""
    return [tool.name for tool in results.tools if tool.name in _PEERS]


def _cells(values: Sequence[str]) -> str:
    return "".join(f" {value} |" for value in values)


def _span(values: Sequence[float]) -> str:
    """Seconds as milliseconds: the median, the least, the most."""
    least, most = min(values) * 1000, max(values) * 1000
    return f"{statistics.median(values) * 1000:.0f} ms ({least:.0f}–{most:.0f})"


def _outputs_table(results: Results) -> str:
    if not results.outputs:
        return ""
    rows = ["| writes | files | bytes | one measure's page |", "|---|--:|--:|--:|"]
    for tool in results.tools:
        if output := results.outputs.get(tool.name):
            page = f"{output.page / 1000:.1f} KB"
            rows.append(f"| {tool.label} | {output.files:,} | {_bytes(output.bytes)} | {page} |")
    return "\n".join(rows)


def _bars_table(results: Results, others: Mapping[str, Results]) -> str:
    bars = [(bar, bar.value(results)) for bar in BARS if bar.size == results.size]
    rows = [
        f"| {bar.name} | ≤ {bar.limit:g} {bar.unit} | {_words(value)} {bar.unit} "
        f"| {_verdict(value, bar.limit)} |"
        for bar, value in bars
    ]
    if results.size == "L":
        growth = _growth(others.get("M"), results)
        told = _words(growth) if growth is not None else "M and L in one run are needed"
        rows.append(
            f"| growth, time per measure, L ÷ M | ≤ {GROWTH} | {told} | {_verdict(growth, GROWTH)} |"
        )
    if not rows:
        return ""
    return "\n".join(["| bar | wanted | measured | |", "|---|--:|--:|---|", *rows])


def _growth(small: Results | None, large: Results) -> float | None:
    if small is None:
        return None
    one, other = large.wall(COLD, FULL), small.wall(COLD, FULL)
    ratio = _ratio(one, other)
    return ratio * small.measures / large.measures if ratio is not None else None


def _verdict(value: float | None, limit: float) -> str:
    if value is None:
        return "not measured"
    return "met" if value <= limit else "**missed**"


def _words(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def _bytes(value: float) -> str:
    return f"{value / GB:.2f} GB" if value >= GB else f"{value / MB:.0f} MB"


def replaced(text: str, name: str, part: str) -> str:
    """`text` with the part between the marks of `name` made anew, or added at its end."""
    begin, end = f"<!-- measured: {name} -->", f"<!-- end: {name} -->"
    block = f"{begin}\n\n{part}\n\n{end}"
    before, found, rest = text.partition(begin)
    if not found:
        return f"{text.rstrip()}\n\n{block}\n"
    return before + block + rest.partition(end)[2]
