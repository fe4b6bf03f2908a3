"""One change between two states of the catalogue."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Json = dict[str, Any]
Step = str | int
Path = tuple[Step, ...]
"""Keys from the catalogue down: `("plans", "aoi", "measures", "forms", "title")`.

An item of a list is named by its id, code, number or year where the list has such; else by its
position, counted from 0: in the earlier list, or, for what is new, in the later one.
"""


class Kind(StrEnum):
    """What a change means in the plan; `LABELS` has the Japanese words."""

    ADDED = "added"
    REMOVED = "removed"
    MERGED = "merged"
    """A removed measure, most of which is now part of another."""
    SPLIT = "split"
    """A new measure, most of which was part of another."""
    RAISED = "raised"
    LOWERED = "lowered"
    POSTPONED = "postponed"
    BROUGHT_FORWARD = "brought-forward"
    EXTENDED = "extended"
    SHORTENED = "shortened"
    OPENED = "opened"
    """A span loses its last year."""
    CLOSED = "closed"
    """A span gets a last year."""
    RENAMED = "renamed"
    READDRESSED = "readdressed"
    MOVED = "moved"
    """The same thing stands elsewhere: under another policy, in another measure."""
    REORDERED = "reordered"
    REWORDED = "reworded"
    SET = "set"
    """Something is said where nothing was."""
    WITHDRAWN = "withdrawn"
    """Nothing is said any more."""
    CHANGED = "changed"
    FOLLOWS = "follows"
    """Nothing of its own: it goes with another change and need not be told."""


LABELS = {
    Kind.ADDED: "追加",
    Kind.REMOVED: "削除",
    Kind.MERGED: "統合",
    Kind.SPLIT: "分離",
    Kind.RAISED: "引き上げ",
    Kind.LOWERED: "引き下げ",
    Kind.POSTPONED: "延期",
    Kind.BROUGHT_FORWARD: "前倒し",
    Kind.EXTENDED: "延長",
    Kind.SHORTENED: "短縮",
    Kind.OPENED: "終わりの年度がなくなる",
    Kind.CLOSED: "終わりの年度が決まる",
    Kind.RENAMED: "改名",
    Kind.READDRESSED: "アドレスの変更",
    Kind.MOVED: "移動",
    Kind.REORDERED: "並び順の変更",
    Kind.REWORDED: "書き換え",
    Kind.SET: "記載",
    Kind.WITHDRAWN: "記載の取りやめ",
    Kind.CHANGED: "変更",
    Kind.FOLLOWS: "ほかの変更に伴うもの",
}


class Op(StrEnum):
    """What a change does to the JSON; `apply` needs no more than this."""

    REPLACE = "replace"
    INSERT = "insert"
    """A new key of an object, or a new item of a list, which then stands `at` its position."""
    DELETE = "delete"
    ORDER = "order"
    """The items that stay stand in another order; `before` and `after` are their names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change, told in Japanese and complete enough to be made again.

    1. `record` is `plan`, `measure` or `term`: what readers know as one thing; `id` and `title`
       are its later ones, or the earlier ones where it is gone.
    2. `text` tells the change to somebody who knows which record it is about; `brief` is the
       same in a few words, for one line about a plan.
    3. `by` is the amount of a change that has one: years of a shift, the difference of a figure.
    4. `other` is the id of a second measure that the change concerns (merged into it, split
       from it, moved to or from it).
    5. `url` is the page, from the root of the site; None where it is gone.
    """

    plan: str
    municipality: str
    record: str
    id: str
    title: str
    url: str | None
    path: Path
    op: Op
    at: int | None
    kind: Kind
    before: Any
    after: Any
    by: int | float | None
    other: str | None
    text: str
    brief: str

    @property
    def field(self) -> str:
        """The field of the plan, measure or term in which it lies: `kpis`, `schedule`, `title`."""
        depth = _DEPTHS[self.record]
        return str(self.path[depth]) if len(self.path) > depth else ""

    @property
    def whole(self) -> bool:
        """Whether the record itself comes or goes."""
        return len(self.path) == _DEPTHS[self.record] and self.op in (Op.INSERT, Op.DELETE)


_DEPTHS = {"plan": 2, "measure": 4, "term": 4}
"""Record → how many steps of a path lead to it."""
