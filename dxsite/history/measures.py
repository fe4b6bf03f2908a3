"""What changed in a measure, as the rest of a sentence that begins with its title."""

from collections.abc import Callable, Mapping
from typing import Any

from dxsite.changes import Change, Kind, Op
from dxsite.changes.figures import strictness
from dxsite.history.wording import (
    NOTHING,
    Json,
    came,
    figure,
    last_years,
    listed,
    quoted,
    swapped,
    times,
    turned,
    when,
    year,
)
from dxsite.numerals import thousand_yen
from dxsite.shapes import DASH

_STRICTNESS = {
    "。目標を緩める": "減らすことが目標なので、目標は緩くなりました。",
    "。目標を厳しくする": "減らすことが目標なので、目標は厳しくなりました。",
    "。減らす幅を広げる": "減らす幅を大きくする変更です。",
    "。減らす幅を縮める": "減らす幅を小さくする変更です。",
    "。減らすことが目標": "減らすことを目標とする指標です。",
}
_DIRECTIONS = {"up": "増やす", "down": "減らす", "keep": "保つ"}


def whole(change: Change, titles: dict[str, str], reviews: list[Json]) -> str:
    """が新しく加わりました。担当課は情報課です。"""
    other = quoted(titles.get(change.other or "", change.other or ""))
    if change.op is Op.INSERT:
        if change.kind is Kind.SPLIT:
            return f"が新しく加わりました。内容の多くは、{other}にあったものです。"
        names = [str(name) for name in change.after["departments"][:3]]
        return "が新しく加わりました。" + (f"担当課は{listed(names)}です。" if names else "")
    for review in reviews:
        if review["title"] == change.before["title"] and review["status"]:
            return f"がなくなりました。{fate(review, titles)}"
    if change.kind is Kind.MERGED:
        return f"がなくなり、内容の多くは{other}に移りました。"
    return "がなくなりました。"


def fate(review: Json, titles: dict[str, str]) -> str:
    """What the later plan says became of an item of the earlier one."""
    heirs = [titles[name] for name in review["successors"] if name in titles]
    if not heirs:
        return f"結果は{quoted(review['status'])}とされました。"
    same = heirs == [review["title"]]
    where = "同じ名前の施策" if same else listed([quoted(heir) for heir in heirs])
    return f"結果は{quoted(review['status'])}とされ、{where}に引き継がれました。"


def inside(
    change: Change,
    before: Json,
    after: Json,
    nodes: Mapping[str, str],
    titles: Mapping[str, str],
) -> str | None:
    """What changed in a measure that stays; None where there are no words for it.

    `before` and `after` are the measure in both states, `nodes` what codes are called.
    """
    if change.field == "parents":
        states = (change.before or [], change.after or [])
        return _parents(*([nodes.get(c, c) for c in s] for s in states))
    if change.field == "kpis":
        return _kpi(change, before, after, titles)
    tell = _FIELDS.get(change.field)
    return tell(change, before, after) if tell else None


def _parents(before: list[str], after: list[str]) -> str:
    gone = [name for name in before if name not in after]
    come = [name for name in after if name not in before]
    if gone and come:
        return f"は、体系の{listed(gone)}から{listed(come)}に移りました。"
    if gone:
        return f"は、体系の{listed(gone)}から外れました。"
    if come:
        return f"は、体系の{listed(come)}にも入りました。"
    return swapped("の体系の中での位置", before, after)


def _kpi(change: Change, before: Json, after: Json, titles: Mapping[str, str]) -> str:
    # plans / slug / measures / id / kpis / KPI / part of it
    if len(change.path) == 6:
        return _whole_kpi(change, titles)
    old, new = _named(before, change.path[5]), _named(after, change.path[5])
    kpi = new or old or {}
    name = f"指標{quoted(kpi.get('label') or '指標は未定')}"
    part = str(change.path[6])
    if part == "targets":
        return _target(change, name, kpi)
    if part == "actuals":
        return _actual(change, name)
    if part == "label":
        return f"の指標の名前が、{quoted(change.before or '未定')}から{quoted(change.after or '未定')}に変わりました。"
    if part == "baseline":
        states = [row and row["text"] for row in (change.before, change.after)]
        return turned(f"の{name}の現状の値", *states)
    if part == "pending":
        end = "後で定めることになりました" if change.after else "定められました"
        return f"の{name}が、{end}。"
    if part == "direction":
        return turned(
            f"の{name}の向き", *(_DIRECTIONS.get(v) for v in (change.before, change.after))
        )
    if part == "cumulative":
        names = {True: "累計", False: "年度ごと", None: None}
        return turned(f"の{name}の数え方", names[change.before], names[change.after])
    labels = {"unit": "単位", "kind": "種類", "note": "注記", "same_as": "再掲の元"}
    return turned(f"の{name}の{labels.get(part, part)}", change.before, change.after)


def _named(measure: Json, name: object) -> Json | None:
    """A KPI by its id, or by its place where ids are not told apart."""
    for kpi in measure["kpis"]:
        if kpi["id"] == name:
            found: Json = kpi
            return found
    return measure["kpis"][name] if isinstance(name, int) and name < len(measure["kpis"]) else None


def _whole_kpi(change: Change, titles: Mapping[str, str]) -> str:
    kpi = change.after if change.op is Op.INSERT else change.before
    name = f"指標{quoted(kpi['label'])}" if kpi["label"] else "後で定めるとされていた指標"
    other = quoted(titles[change.other]) if change.other and change.other in titles else ""
    if change.op is Op.DELETE:
        return (
            f"から、{name}が{other}に移りました。" if other else f"から、{name}がなくなりました。"
        )
    targets = [row for row in kpi["targets"] if row["text"] != DASH]
    last = max(targets, key=lambda row: row["fiscal_year"] or 0, default=None)
    more = f"目標は、{when(last)}に{figure(last)}です。" if last and last["fiscal_year"] else ""
    return (
        f"に、{name}が{other}から移りました。{more}"
        if other
        else f"に、{name}が加わりました。{more}"
    )


def _actual(change: Change, name: str) -> str:
    before, after = change.before, change.after
    if change.op is Op.INSERT:
        return f"の{name}の{when(after)}の実績が、{figure(after)}と報告されました。"
    if change.op is Op.DELETE:
        return f"の{name}から、{when(before)}の実績（{figure(before)}）がなくなりました。"
    states = (figure(before), figure(after))
    return f"の{name}の{when(after)}の実績が、{states[0]}から{states[1]}に改められました。"


def _target(change: Change, name: str, kpi: Json) -> str:
    before, after = change.before, change.after
    if change.op is Op.INSERT:
        return f"の{name}に、{when(after)}の目標（{figure(after)}）が加わりました。"
    if change.op is Op.DELETE:
        return f"の{name}から、{when(before)}の目標（{figure(before)}）がなくなりました。"
    if before["fiscal_year"] != after["fiscal_year"] and before["text"] == after["text"]:
        by = change.by
        shift = f"{abs(by)}年{'遅く' if by > 0 else '早く'}なりました" if by else "変わりました"
        years = f"{when(before)}から{when(after)}に{shift}"
        return f"の{name}の目標（{figure(after)}）の年度が、{years}。"
    verb = {Kind.RAISED: "引き上げられました", Kind.LOWERED: "引き下げられました"}
    note = strictness(change.kind is Kind.RAISED, after, kpi) if change.kind in verb else ""
    end = verb.get(change.kind, "変わりました")
    states = f"{figure(before)}から{figure(after)}に{end}"
    return f"の{name}の{when(after)}の目標が、{states}。{_STRICTNESS.get(note, '')}"


def _schedule(change: Change, _: Json, after: Json) -> str:
    return row("の", change, after["title"])


def row(lead: str, change: Change, title: str) -> str:
    """A row of a schedule or roadmap that came, went, moved or says something else."""
    old, new = change.before, change.after
    given = new or old
    line = given.get("item", given.get("row"))
    parts = [part for part in (line if line != title else None, given["text"]) if part]
    name = f"予定{quoted('：'.join(parts) or line or '')}"
    if change.op is Op.INSERT:
        return f"{lead.removesuffix('の')}に、{_of(new)}{name}が加わりました。"
    if change.op is Op.DELETE:
        return f"{lead.removesuffix('の')}から、{_of(old)}{name}がなくなりました。"
    if times(old) == times(new):
        if old["text"] != new["text"] and old["text"] and new["text"]:
            return f"{lead}{times(new)}の予定が、{quoted(old['text'])}から{quoted(new['text'])}に変わりました。"
        groups = [list(map(str, r.get("departments", []))) for r in (old, new)]
        if groups[0] != groups[1]:
            return swapped(f"{lead}{name}の担当課", *groups)
        return f"{lead}{name}の内容が変わりました。"
    if change.kind in _LENGTHS and (ends := last_years(old, new)):
        return f"{lead}{name}が{_moved(change).removesuffix('ました')}、{ends}。"
    return f"{lead}{name}の時期が、{times(old)}から{times(new)}に{_moved(change)}。"


def _of(row: Json) -> str:
    """令和8年度（2026年度）の, before what is planned then."""
    told = times(row).replace("「", "").replace("」", "")
    return "時期の書かれていない" if told == NOTHING else f"{told}の"


_LENGTHS = (Kind.EXTENDED, Kind.SHORTENED)


def _moved(change: Change) -> str:
    by = abs(change.by) if change.by else None
    words = {
        Kind.POSTPONED: "延期されました",
        Kind.BROUGHT_FORWARD: "前倒しされました",
        Kind.EXTENDED: "延長されました",
        Kind.SHORTENED: "短縮されました",
    }
    word = words.get(change.kind)
    return f"{by}年{word}" if word and by else word or "変わりました"


def _cost(change: Change, *_: Json) -> str:
    old, new = change.before, change.after
    of = f"{year((new or old)['fiscal_year'])}の費用"
    if change.op is Op.INSERT:
        return f"に、{of}（{_yen(new)}）が加わりました。"
    if change.op is Op.DELETE:
        return f"から、{of}（{_yen(old)}）がなくなりました。"
    amounts = old["thousand_yen"], new["thousand_yen"]
    if amounts[0] == amounts[1]:
        return f"の{of}（{_yen(new)}）の注の印が変わりました。"
    verb = "変わりました"
    if None not in amounts:
        verb = "増えました" if amounts[1] > amounts[0] else "減りました"
    return f"の{of}が、{_yen(old)}から{_yen(new)}に{verb}。"


def _yen(row: Json) -> str:
    amount = row["thousand_yen"]
    return "計上なし（－）" if amount is None else thousand_yen(amount)


def _texts(label: str, key: str | None = None) -> Callable[[Change, Json, Json], str]:
    def tell(change: Change, *_: Json) -> str:
        item: Any = change.after if change.op is Op.INSERT else change.before
        name = quoted(item[key]) if key and isinstance(item, dict) and item.get(key) else ""
        if not name and key and len(change.path) > 5 and isinstance(change.path[5], str):
            name = quoted(change.path[5])
        return came(f"の{label}{name}", change)

    return tell


def _departments(change: Change, *_: Json) -> str:
    if change.field == "departments_note":
        return turned("の担当課の補足", change.before, change.after)
    return swapped("の担当課", list(change.before or []), list(change.after or []))


def _title(change: Change, *_: Json) -> str:
    return f"は、{quoted(change.before)}から名前が変わりました。"


_FIELDS: dict[str, Callable[[Change, Json, Json], str]] = {
    "title": _title,
    "number": lambda c, *_: turned("の番号", c.before, c.after),
    "status": lambda c, *_: turned("の状況", c.before, c.after),
    "departments": _departments,
    "departments_note": _departments,
    "schedule": _schedule,
    "costs": _cost,
    "summary": _texts("要約"),
    "sections": _texts("本文", "heading"),
    "outcomes": _texts("期待される効果"),
    "tables": _texts("表", "title"),
    "footnotes": _texts("計画の注"),
}
