"""Writes synthetic towns as `content/`, in the house form."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.benchmarks.measures import HEADINGS, Indicator, Measure, Step
from tests.benchmarks.towns import Town
from tests.benchmarks.vocabulary import SENTENCES, TERMS, Term

_DIRECTIONS = {"up": "増やす", "down": "減らす"}


class Content:
    """The folder `content` of one project, plan by plan."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, town: Town) -> None:
        """The three kinds of files of a plan."""
        plan = self._folder / town.slug
        measures = plan / "measures"
        measures.mkdir(parents=True)
        (plan / "plan.yaml").write_text(plan_file(town), "utf-8")
        (plan / "glossary.yaml").write_text(glossary_file(town), "utf-8")
        for measure in town.measures:
            path = measures / f"{measure.id}.yaml"
            path.write_text(measure_file(measure), "utf-8")


def measure_file(measure: Measure) -> str:
    """One measure."""
    fields = [
        "# yaml-language-server: $schema=../../.schema/measure.json\n"
        "# 施策一つにつき一つのファイルです。ファイルの名前がページのアドレスになります。",
        f"名称: {measure.title}",
        f"順: {measure.order}",
        f"番号: {measure.number}",
        _list("体系", (measure.parent,)),
        _list("テーマ", measure.themes),
        _list("担当課", measure.departments),
        f"状況: {measure.status}" if measure.status else "",
        _prose("要約", measure.summary),
        "本文:\n" + "\n\n".join(_prose(head, text, "  ") for head, text in measure.sections),
        _list("期待される効果", measure.outcomes),
        "工程:\n" + "\n\n".join(_step(step) for step in measure.schedule),
        "KPI:\n" + "\n\n".join(_indicator(kpi) for kpi in measure.kpis),
        _by_year("費用", measure.costs) if measure.costs else "",
        _list("読者への注", (measure.note,)) if measure.note else "",
        _list("用語", measure.terms),
        _list("関連", measure.related),
        _list("原典の語", measure.source_words),
        f"出典:\n  節: 第3章 施策の内容 {measure.number}\n  ページ: {measure.page}",
        f"更新日: {measure.updated}",
    ]
    return "\n\n".join(field for field in fields if field) + "\n"


def plan_file(town: Town) -> str:
    """The plan itself."""
    fields = [
        "# yaml-language-server: $schema=../.schema/plan.json\n"
        "# 計画そのものについてのファイルです。",
        f"自治体: {town.name}",
        f"読み: {town.reading}",
        f'団体コード: "{town.code}"',
        f"都道府県: {town.prefecture}",
        f"計画名: {town.title}",
        f"策定: {2018 + town.first}-03",
        f"期間: R{town.first}-R{town.last}",
        f"めざす姿: {town.vision}",
        _prose("要約", town.summary),
        _list("上位計画", (f"{town.name}総合計画",)),
        f"出典:\n  題名: {town.title}\n  発行: {town.prefecture}{town.name}",
        _list("本文の見出し", HEADINGS),
        "体系:\n" + "\n\n".join(_structure(town)),
        "章:\n" + "\n\n".join(_chapters(town)),
        "役割:\n" + "\n\n".join(_roles()),
        "振り返り:\n" + "\n\n".join(_reviews(town)),
        "費用の合計:\n" + "\n\n".join(_totals(town)),
        f"更新日: {town.updated}",
    ]
    return "\n\n".join(fields) + "\n"


def glossary_file(town: Town) -> str:
    """The terms of a plan."""
    head = (
        "# yaml-language-server: $schema=../.schema/glossary.json\n"
        "# 計画の中で説明されている用語です。"
    )
    terms = "\n\n".join(_term(TERMS[id_]) for id_ in town.terms)
    return f"{head}\n\n用語集:\n{terms}\n"


def _term(term: Term) -> str:
    lines = [
        f"  - ID: {term.id}",
        f"    名称: {term.name}",
        f"    正式名称: {term.long_form}" if term.long_form else "",
        f"    読み: {term.reading}",
        _prose("説明", term.text, "    "),
        "    節: 用語の説明",
    ]
    return "\n\n".join(line for line in lines if line)


def _structure(town: Town) -> Iterator[str]:
    for node in town.structure:
        lines = [
            f'  - 記号: "{node.code}"',
            f"    名称: {node.title}",
            *([f'    上位: "{node.parent}"'] if node.parent else []),
            _prose("説明", node.text, "    "),
        ]
        yield "\n".join(lines)


def _chapters(town: Town) -> Iterator[str]:
    for number, (id_, heading, text) in enumerate(town.chapters, start=1):
        lines = (f"  - ID: {id_}", f"    見出し: {heading}", _prose("本文", text, "    "))
        yield "\n\n".join((*lines, f"    節: 第1章 {number} {heading}"))


def _roles() -> Iterator[str]:
    for role, duty in SENTENCES["roles"]:
        yield f"  - 役職: {role}\n    役割: {duty}"


def _reviews(town: Town) -> Iterator[str]:
    """What became of the earlier plan: an item for every fifth measure."""
    for number, measure in enumerate(town.measures[::5]):
        result = SENTENCES["reviews"][number % len(SENTENCES["reviews"])]
        text = SENTENCES["review_texts"][number % len(SENTENCES["review_texts"])]
        yield (
            f"  - 番号: {number + 1}\n    名称: {measure.title}\n    結果: {result}\n"
            f"    成果:\n      - {text}\n    後継:\n      - {measure.id}"
        )


def _totals(town: Town) -> Iterator[str]:
    for year in range(town.first, town.last + 1):
        added = sum(cost for m in town.measures for own, cost in m.costs if own == year)
        yield f"  - 区分: 計\n    年度: R{year}\n    経費: {added:,}"


def _step(step: Step) -> str:
    span = f"R{step.first}" if step.first == step.last else f"R{step.first}-R{step.last}"
    row = f"    項目: {step.row}\n" if step.row else ""
    return f"  - 年度: {span}\n{row}    内容: {step.text}"


def _indicator(kpi: Indicator) -> str:
    lines = [
        f"  - ID: {kpi.id}",
        f"    名称: {kpi.label}",
        f'    単位: "{kpi.unit}"',
        f"    向き: {_DIRECTIONS[kpi.direction]}",
        f"    現状:\n      値: {kpi.baseline:,}\n      時点: 令和{kpi.as_of}年度",
        _by_year("目標", kpi.targets, "    "),
        _by_year("実績", kpi.actuals, "    ") if kpi.actuals else "",
        f"    注記: {kpi.note}" if kpi.note else "",
    ]
    return "\n".join(line for line in lines if line)


def _list(key: str, items: Iterable[str]) -> str:
    lines = [f'  - "{item}"' if item[:1].isdigit() else f"  - {item}" for item in items]
    return "\n".join([f"{key}:", *lines]) if lines else ""


def _prose(key: str, text: str, indent: str = "") -> str:
    lines = (f"{indent}  {line}" if line else "" for line in text.split("\n"))
    return "\n".join([f"{indent}{key}: |", *lines])


def _by_year(key: str, values: Iterable[tuple[int, int]], indent: str = "") -> str:
    lines = (f"{indent}  R{year}: {value:,}" for year, value in values)
    return "\n".join([f"{indent}{key}:", *lines])
