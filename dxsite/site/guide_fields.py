"""Plans the guide's pages of fields, one for each kind of file."""

from collections.abc import Iterator
from dataclasses import dataclass

from dxsite import guide, urls
from dxsite.guide import Group, Kind
from dxsite.site.pages import Link, Page


@dataclass(frozen=True, slots=True)
class GroupEntry:
    """Fields that stand side by side, among others."""

    id: str
    page: Link
    fields: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class KindEntry:
    """A kind of file among others."""

    kind: Kind
    page: Link
    groups: tuple[GroupEntry, ...]


@dataclass(frozen=True, slots=True)
class KindView:
    """Every field of one kind of file."""

    kind: Kind


def kind_entries() -> tuple[KindEntry, ...]:
    """What leads to the pages of fields."""
    return tuple(
        KindEntry(
            kind,
            Link(kind.title, urls.guide_kind(kind.id)),
            tuple(_group_entry(kind, group) for group in kind.groups),
        )
        for kind in guide.kinds()
    )


def _group_entry(kind: Kind, group: Group) -> GroupEntry:
    fields = (Link(field.name, urls.guide_field(kind.id, field.id)) for field in group.fields)
    return GroupEntry(
        group.id, Link(group.title, urls.guide_field(kind.id, group.id)), tuple(fields)
    )


def kind_pages(trail: tuple[Link, ...]) -> Iterator[Page]:
    """A page for each kind of file."""
    for kind in guide.kinds():
        yield Page(
            urls.guide_kind(kind.id),
            "guide-kind.html",
            f"「{kind.title}」に書ける項目",
            f"「{kind.title}」のファイルに書ける項目のすべてです。書き方の例とともに載せています。",
            trail,
            KindView(kind),
            section=urls.GUIDE,
        )
