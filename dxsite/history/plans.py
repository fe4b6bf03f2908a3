"""What changed in a plan as a whole, as a sentence of its own."""

from collections.abc import Callable
from typing import Any

from dxsite.changes import Change, Kind, Op
from dxsite.changes.words import plain
from dxsite.changes.years import shifted, span_of
from dxsite.figures import grouped
from dxsite.history.measures import fate, row
from dxsite.history.wording import came, last_years, quoted, swapped, times, turned


def of_plan(change: Change, titles: dict[str, str]) -> str:
    """計画の期間が、……"""
    tell = _FIELDS.get(change.field)
    if change.field == "reviews":
        return f"前の計画の{quoted(change.after['title'])}の{fate(change.after, titles)}"
    if change.field == "future_measures" and len(change.path) == 4:
        return _future(change, titles)
    return tell(change) if tell else f"{change.text}。"


def of_term(change: Change) -> str:
    """The rest of a sentence that begins with the term."""
    if change.op is Op.INSERT:
        return "が用語集に加わりました。"
    if change.op is Op.DELETE:
        return "が用語集からなくなりました。"
    if change.field == "term":
        return f"は、{quoted(change.before)}から書き方が変わりました。"
    return "の説明が変わりました。"


def _future(change: Change, titles: dict[str, str]) -> str:
    item = change.after if change.op is Op.INSERT else change.before
    name = quoted(item["title"])
    if change.op is Op.INSERT:
        return f"今後検討する施策に、{name}が加わりました。"
    if change.other in titles:
        return f"今後検討する施策だった{name}が、施策になりました。"
    return f"今後検討する施策から、{name}がなくなりました。"


def _period(change: Change) -> str:
    before, after = change.before, change.after
    kind, words, _ = shifted(span_of(before), span_of(after))
    known = {Kind.EXTENDED: "延長", Kind.SHORTENED: "短縮"}
    verb = f"{words}されました" if kind in known and words.endswith(known[kind]) else "変わりました"
    if kind in known and (ends := last_years(before, after)):
        return f"計画の期間が{words}され、{ends}。"
    return f"計画の期間が、{times(before)}から{times(after)}に{verb}。"


def _item(label: str, key: str) -> Callable[[Change], str]:
    """A part of a plan that has a name."""

    def tell(change: Change) -> str:
        item: Any = change.after if change.op is Op.INSERT else change.before
        if len(change.path) == 4 and isinstance(item, dict):
            name = quoted(item.get(key) or item.get("code") or "")
            if change.op is Op.INSERT:
                return f"{label}に、{name}が加わりました。"
            return f"{label}から、{name}がなくなりました。"
        code = quoted(change.path[3]) if change.field == "structure" else ""
        return turned(f"{label}{code}の{_PARTS.get(str(change.path[-1]), '内容')}", *_short(change))

    return tell


_PARTS = {
    "title": "名前",
    "level": "段",
    "parent": "上位",
    "text": "説明",
    "duty": "内容",
    "urgency": "緊急度",
    "importance": "重要度",
}


def _short(change: Change) -> tuple[object, object]:
    values = (change.before, change.after)
    one, other = (grouped(v) if isinstance(v, int) else v for v in values)
    return one, other


def _chapter(change: Change) -> str:
    item: Any = change.after if change.op is Op.INSERT else change.before
    if len(change.path) == 4 and isinstance(item, dict):
        return came(f"章{quoted(item['title'])}", change)
    return "計画の章の説明が変わりました。"


_FIELDS: dict[str, Callable[[Change], str]] = {
    "title": lambda c: turned("計画の名前", c.before, c.after),
    "municipality": lambda c: turned("自治体の名前", c.before, c.after),
    "fiscal_years": _period,
    "vision": lambda c: turned("めざす姿", c.before, c.after),
    "parent_plans": lambda c: swapped(
        "上位計画",
        [quoted(plain(name)) for name in c.before or []],
        [quoted(plain(name)) for name in c.after or []],
    ),
    "structure": _item("体系", "title"),
    "roles": _item("推進体制の役割", "role"),
    "priorities": _item("緊急度と重要度", "title"),
    "future_measures": _item("今後検討する施策", "title"),
    "roadmap": lambda c: row("計画全体のロードマップの", c, ""),
    "summary": lambda _: "計画の要約が変わりました。",
    "chapters": _chapter,
    "period_note": lambda c: turned("計画期間の補足", c.before, c.after),
    "priorities_note": lambda _: "優先度の断りが変わりました。",
}
