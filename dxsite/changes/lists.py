"""Lists of names that change, in words: departments, themes, related measures."""

from collections.abc import Callable

from dxsite.changes.change import Kind
from dxsite.changes.differences import Around, Difference, Names, Said, Say
from dxsite.changes.words import NOTHING, arrow, plain, quoted, turned

_SHOWN = 4
Resolve = Callable[[str, Around, Names], str]
"""An id, the plan in one state and the names → what readers call it."""


def names(label: str, resolve: Resolve | None = None) -> Say:
    """Tell a list of names: who came, who went."""

    def say(difference: Difference, known: Names) -> Said:
        then, now = _state(difference, earlier=True), _state(difference, earlier=False)
        before = _called(difference.before, resolve, then, known)
        after = _called(difference.after, resolve, now, known)
        if before == after:  # other ids, the same things: told where the id changed
            return Said(Kind.FOLLOWS, f"{label}の ID {_joined(difference.before)}")
        gone = [name for name in before if name not in after]
        come = [name for name in after if name not in before]
        if not gone and not come:
            return Said(Kind.REORDERED, f"{label}の並びを変更")
        kind = turned(before, after)
        if (gone and come) or not before or not after:
            return Said(kind, f"{label} {arrow(_joined(gone), _joined(come))}")
        if come:
            return Said(kind, f"{label}に{_quoted(come)}を追加")
        return Said(kind, f"{label}から{_quoted(gone)}を削除")

    return say


def moved(label: str, resolve: Resolve) -> Say:
    """Tell where in the structure a measure stands."""
    tell = names(label, resolve)

    def say(difference: Difference, known: Names) -> Said:
        said = tell(difference, known)
        if _recoded(difference):
            return Said(Kind.FOLLOWS, said.text)
        keep = said.kind in (Kind.FOLLOWS, Kind.REORDERED)
        return said if keep else Said(Kind.MOVED, said.text)

    return say


def _recoded(difference: Difference) -> bool:
    """Whether the places are the same, and only their codes are others."""
    before, after = difference.before or [], difference.after or []
    old, new = (
        {n.get("code"): n.get("title") for n in state.get("structure", [])}
        for state in (difference.plan.then, difference.plan.now)
    )
    return len(before) == len(after) and all(
        a == b or (a not in new and b not in old and old.get(a) and old.get(a) == new.get(b))
        for a, b in zip(before, after, strict=True)
    )


def _state(difference: Difference, *, earlier: bool) -> Around:
    """The plan, as if it had always been as it was, or as it is."""
    plan = difference.plan
    state = plan.then if earlier else plan.now
    return Around(plan.items, state, state)


def _called(
    ids: list[str] | None, resolve: Resolve | None, plan: Around, known: Names
) -> list[str]:
    return [resolve(id_, plan, known) if resolve else plain(id_) for id_ in ids or []]


def _joined(given: list[str]) -> str:
    shown = "、".join(map(plain, given[:_SHOWN]))
    rest = len(given) - _SHOWN
    return (f"{shown}、ほか{rest}" if rest > 0 else shown) or NOTHING


def _quoted(given: list[str]) -> str:
    shown = "".join(quoted(name) for name in given[:_SHOWN])
    rest = len(given) - _SHOWN
    return f"{shown}ほか{rest}件" if rest > 0 else shown


def plain_or_none(given: str | None) -> str:
    """A name without quotes."""
    return plain(given) if given else NOTHING


def theme(id_: str, _: Around, names_: Names) -> str:
    """A theme's title."""
    return plain(names_.themes.get(id_, id_))


def term(id_: str, plan: Around, _: Names) -> str:
    """A term of the plan."""
    found = (t["term"] for t in plan.now.get("glossary", []) if t.get("id") == id_)
    return plain(next(found, id_))


def related(path: str, plan: Around, names_: Names) -> str:
    """A measure of any plan; its municipality is named where it is another one."""
    slug, _, _ = path.partition("/")
    title = plain(names_.measures.get(path, path))
    if slug == plan.now.get("slug"):
        return title
    return f"{title}（{plain(names_.plans.get(slug, slug))}）"


def own(id_: str, plan: Around, names_: Names) -> str:
    """A measure of the same plan."""
    return plain(names_.measures.get(f"{plan.now.get('slug')}/{id_}", id_))


def node(code: str, plan: Around, _: Names) -> str:
    """A node of the structure: its code and title."""
    for found in plan.now.get("structure", []):
        if found.get("code") == code:
            return plain(f"{code} {found.get('title') or ''}")
    return plain(code)
