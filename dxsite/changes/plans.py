"""How plans are compared, in which words each field is told."""

from collections.abc import Callable

from dxsite import urls
from dxsite.changes import costs, excerpts, lists, records, schedules, words, years
from dxsite.changes.change import Json, Kind
from dxsite.changes.differences import Fields, Items, Leaf
from dxsite.changes.measures import MEASURES
from dxsite.changes.pairing import likeness


def _by(*keys: str) -> Callable[[Json], str]:
    """Names an item by some of its values."""
    return lambda item: "/".join("" if item[key] is None else str(item[key]) for key in keys)


def _like(key: str) -> Callable[[Json, Json], float]:
    """Items are the same whose value has nearly the same letters."""
    return lambda one, other: likeness(one[key] or "", other[key] or "")


def _titled(label: str, key: str = "title") -> Callable[[Json], tuple[str, str]]:
    return lambda item: (label, str(item.get(key) or ""))


def _node(item: Json) -> tuple[str, str]:
    return "体系", f"{item.get('code')} {item.get('title') or ''}".strip()


def _erratum(item: Json) -> tuple[str, str]:
    return "正誤", f"{item.get('printed')}→{item.get('corrected')}"


def _same_title(one: Json, other: Json) -> float:
    return 1.0 if one["title"] and one["title"] == other["title"] else 0.0


_STRUCTURE = Items(
    _node,
    records.record(),
    key=_by("code"),
    near=_same_title,
    fields=Fields(
        {
            "code": Leaf(words.value("記号")),
            "level": Leaf(words.value("段")),
            "title": Leaf(words.value("名称", Kind.RENAMED)),
            "parent": Leaf(words.value("上位", Kind.MOVED)),
            "text": Leaf(excerpts.prose("説明")),
        }
    ),
)

_REVIEWS = Items(
    _titled("前の計画の項目"),
    records.record(records.review),
    key=_by("number"),
    near=_same_title,
    fields=Fields(
        {
            "number": Leaf(words.number("番号")),
            "title": Leaf(words.value("名称", Kind.RENAMED)),
            "status": Leaf(words.value("結果")),
            "results": Leaf(excerpts.sentences("成果")),
            "successors": Leaf(lists.names("引き継ぐ施策", lists.own)),
        }
    ),
)

_PRIORITIES = Items(
    _titled("優先度"),
    records.record(records.priority),
    key=_by("structure", "group", "title"),
    near=_like("title"),
    fields=Fields(
        {
            "structure": Leaf(words.value("体系")),
            "group": Leaf(words.value("区分")),
            "title": Leaf(words.value("名称", Kind.RENAMED)),
            "urgency": Leaf(words.value("緊急度")),
            "importance": Leaf(words.value("重要度")),
        }
    ),
)

_FUTURE = Items(
    _titled("今後検討する施策"),
    records.record(),
    key=_by("number"),
    near=_same_title,
    fields=Fields(
        {
            "number": Leaf(words.number("番号")),
            "title": Leaf(words.value("名称", Kind.RENAMED)),
            "group": Leaf(words.value("区分")),
            "text": Leaf(words.value("内容", Kind.REWORDED)),
        }
    ),
)

_ROLES = Items(
    _titled("役割", "role"),
    records.record(),
    key=_by("role"),
    near=_like("duty"),
    fields=Fields(
        {
            "role": Leaf(words.value("役職", Kind.RENAMED)),
            "duty": Leaf(excerpts.prose("")),
        }
    ),
)

_CHAPTERS = Items(
    _titled("章"),
    records.record(),
    key=_by("id"),
    near=_same_title,
    fields=Fields(
        {
            "id": Leaf(words.value("ページ内のアドレス", Kind.READDRESSED, words.plain)),
            "title": Leaf(words.value("題名", Kind.RENAMED)),
            "section": Leaf(words.value("出典の節")),
            "text": Leaf(excerpts.prose("")),
        }
    ),
)

_ERRATA = Items(
    _erratum,
    records.record(),
    key=_by("printed", "where"),
    near=_like("printed"),
    fields=Fields(
        {
            "printed": Leaf(words.value("印刷")),
            "corrected": Leaf(words.value("このサイトでの書き方")),
            "where": Leaf(words.value("場所")),
        }
    ),
)

_GLOSSARY = Items(
    _titled("用語", "term"),
    records.record(),
    key=_by("id"),
    near=lambda one, other: 1.0 if one["term"] == other["term"] else 0.0,
    fields=Fields(
        {
            "id": Leaf(words.value("ページのアドレス", Kind.READDRESSED, words.plain)),
            "term": Leaf(words.value("用語", Kind.RENAMED)),
            "long_form": Leaf(words.value("正式名称")),
            "reading": Leaf(words.value("読み")),
            "aliases": Leaf(lists.names("別の書き方")),
            "see": Leaf(words.value("参照する用語", words=lists.plain_or_none)),
            "inside": Leaf(words.value("親の用語", words=lists.plain_or_none)),
            "text": Leaf(excerpts.prose("説明")),
            "section": Leaf(words.value("説明のある節")),
        }
    ),
    record="term",
)

_FIELDS = Fields(
    {
        "slug": Leaf(words.value("ページのアドレス", Kind.READDRESSED, urls.plan)),
        "code": Leaf(words.number("全国地方公共団体コード")),
        "municipality": Leaf(words.value("自治体の名前", Kind.RENAMED)),
        "reading": Leaf(words.value("自治体の名前の読み")),
        "prefecture": Leaf(words.value("都道府県")),
        "title": Leaf(words.value("計画名", Kind.RENAMED)),
        "version": Leaf(words.value("版")),
        "established": Leaf(words.date("策定")),
        "revised": Leaf(words.date("改定")),
        "fiscal_years": Leaf(years.period("計画期間")),
        "period_note": Leaf(words.value("計画期間の補足")),
        "vision": Leaf(excerpts.prose("めざす姿")),
        "summary": Leaf(excerpts.prose("要約")),
        "parent_plans": Leaf(lists.names("上位計画")),
        "source": Fields(
            {
                "document": Leaf(words.value("出典の文書")),
                "publisher": Leaf(words.value("発行")),
                "url": Leaf(words.value("出典のアドレス", words=lists.plain_or_none)),
                "licence": Leaf(words.value("出典の利用条件")),
            }
        ),
        "structure": _STRUCTURE,
        "measures": MEASURES,
        "reviews": _REVIEWS,
        "priorities": _PRIORITIES,
        "priorities_note": Leaf(excerpts.prose("優先度の断り")),
        "cost_totals": Items(
            lambda _: ("費用の合計", ""), costs.cost_total, key=_by("group", "fiscal_year")
        ),
        "future_measures": _FUTURE,
        "roadmap": Items(
            _titled("ロードマップ", "text"),
            schedules.row("ロードマップ"),
            near=schedules.same_work,
        ),
        "roles": _ROLES,
        "chapters": _CHAPTERS,
        "errata": _ERRATA,
        "notes": Leaf(excerpts.sentences("読者への注")),
        "glossary": _GLOSSARY,
        "updated": Leaf(words.date("更新日")),
    }
)

PLANS = Items(
    _titled("計画"),
    records.record(records.plan),
    key=_by("slug"),
    near=lambda one, other: 1.0 if one["code"] == other["code"] else 0.0,
    fields=_FIELDS,
    record="plan",
)

CATALOG = Fields({"plans": PLANS})
"""The root: only the plans are compared, not the day of the build."""
