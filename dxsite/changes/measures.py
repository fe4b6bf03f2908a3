"""How measures are compared, in which words each field is told."""

from dxsite.changes import costs, excerpts, figures, lists, records, schedules, words
from dxsite.changes.change import Json, Kind
from dxsite.changes.differences import Difference, Fields, Items, Leaf, Names, Said, Say
from dxsite.changes.pairing import likeness, texts_in

_RENAMED = Kind.RENAMED


def _title(item: Json, key: str = "title") -> str:
    return str(item.get(key) or "")


def _kpi_name(item: Json) -> tuple[str, str]:
    return item.get("kind", "KPI"), item.get("label") or "指標は未定"


def _same_title(one: Json, other: Json) -> float:
    return 1.0 if _title(one) and _title(one) == _title(other) else 0.0


def _same_measure(one: Json, other: Json) -> float:
    """The title, or nearly the whole text: an id that changed, not another measure."""
    content = likeness(_content(one), _content(other))
    return 0.6 + 0.4 * content if _same_title(one, other) else content if content >= 0.75 else 0.0


def _content(measure: Json) -> str:
    fields = ("title", "summary", "sections", "outcomes", "schedule", "kpis", "footnotes", "tables")
    return "\n".join(text for field in fields for text in texts_in(measure.get(field)))


def _same_kpi(one: Json, other: Json) -> float:
    label = likeness(one["label"] or "", other["label"] or "")
    figures_ = one["unit"] == other["unit"] and one["targets"] == other["targets"]
    return label if label >= 0.9 else 0.3 * label + 0.4 * figures_


def _same_text(one: Json, other: Json) -> float:
    return likeness(one["text"] or "", other["text"] or "") if one["text"] else 0.0


def _address(difference: Difference, names: Names) -> Said:
    """Tell where a measure's page is now; that the whole plan moved is told at the plan."""
    said = words.value("ページのアドレス", Kind.READDRESSED, words.plain)(difference, names)
    own = difference.around[-1]
    moved = own.then["id"] != own.now["id"]
    return said if moved else Said(Kind.FOLLOWS, said.text)


def _by_year(label: str, say: Say) -> Items:
    return Items(lambda _: (label, ""), say, figures.year_key, figures.same_figure)


_KPI = Fields(
    {
        "label": Leaf(words.value("名称", _RENAMED)),
        "id": Leaf(words.value("ページ内のアドレス", Kind.READDRESSED, words.plain)),
        "kind": Leaf(words.value("種類", words=words.plain)),
        "unit": Leaf(words.value("単位")),
        "direction": Leaf(
            words.choice("目標の向き", {"up": "増やす", "down": "減らす", "keep": "保つ"})
        ),
        "cumulative": Leaf(words.choice("数え方", {True: "累計", False: "年度ごと"})),
        "pending": Leaf(words.choice("指標", {True: "後で定める", False: "定めている"})),
        "same_as": Leaf(words.value("再掲の元", words=lists.plain_or_none)),
        "baseline": Leaf(figures.baseline),
        "targets": _by_year("目標", figures.target),
        "actuals": _by_year("実績", figures.actual),
        "note": Leaf(excerpts.prose("注記")),
    }
)

_FIELDS = Fields(
    {
        "id": Leaf(words.follows),
        "number": Leaf(words.number("番号")),
        "title": Leaf(words.value("名称", _RENAMED)),
        "url": Leaf(_address),
        "status": Leaf(words.value("状況")),
        "parents": Leaf(lists.moved("体系", lists.node)),
        "departments": Leaf(lists.names("担当課")),
        "departments_note": Leaf(words.value("担当課の補足")),
        "kpis": Items(
            _kpi_name,
            records.record(records.kpi),
            key=lambda kpi: str(kpi["id"]),
            near=_same_kpi,
            fields=_KPI,
        ),
        "schedule": Items(
            lambda row: ("工程", row.get("text") or row.get("item") or ""),
            schedules.row("工程"),
            near=schedules.same_work,
        ),
        "costs": Items(lambda _: ("費用", ""), costs.cost, key=figures.year_key),
        "summary": Leaf(excerpts.prose("要約")),
        "sections": Items(
            lambda section: ("本文", _title(section, "heading")),
            records.record(records.text),
            key=lambda section: str(section["heading"]),
            near=_same_text,
            fields=Fields(
                {
                    "heading": Leaf(words.value("見出し", _RENAMED)),
                    "text": Leaf(excerpts.prose("")),
                }
            ),
        ),
        "outcomes": Leaf(excerpts.sentences("期待される効果")),
        "tables": Items(
            lambda table: ("表", _title(table)),
            records.record(records.table),
            key=_title,
            fields=Fields(
                {
                    "title": Leaf(words.value("題名", _RENAMED)),
                    "columns": Leaf(lists.names("列")),
                    "rows": Leaf(records.cells),
                }
            ),
        ),
        "footnotes": Leaf(excerpts.sentences("計画の注")),
        "notes": Leaf(excerpts.sentences("読者への注")),
        "themes": Leaf(lists.names("テーマ", lists.theme)),
        "terms": Leaf(lists.names("関係の深い用語", lists.term)),
        "related": Leaf(lists.names("関連する施策", lists.related)),
        "source": Fields(
            {
                "document": Leaf(words.value("出典の文書")),
                "section": Leaf(words.value("出典の節")),
                "page": Leaf(words.number("出典のページ")),
            }
        ),
        "source_words": Leaf(lists.names("検索用の原典の語")),
        "updated": Leaf(words.date("更新日")),
    }
)

MEASURES = Items(
    lambda measure: ("施策", _title(measure)),
    records.record(records.measure),
    key=lambda measure: str(measure["id"]),
    near=_same_measure,
    fields=_FIELDS,
    record="measure",
)
