"""What the table of former addresses says."""

from collections.abc import Iterator
from typing import Any

from dxsite import urls
from dxsite.addresses import formers
from dxsite.catalog import Plan


def first_of(plan: Plan) -> str:
    """The folder that a plan had first: ids that others keep are made of it."""
    return (*plan.former, plan.slug)[0]


def _rows(plan: Plan) -> Iterator[tuple[Any, ...]]:
    titles = {m.id: m.title for m in plan.measures}
    for former in formers(plan.addresses):
        url, removed = urls.measure(plan.slug, former.id), former.removed
        if removed:
            heirs = "|".join(removed.successors)
            yield former.id, url, None, removed.title, removed.since, removed.reason, heirs
        elif former.now in titles:
            now = urls.measure(plan.slug, former.now)
            yield former.id, url, now, titles[former.now], None, None, None


TABLE = (
    "addresses",
    "以前のアドレス",
    "一行が、名前を変えたか載せるのをやめた施策一つです。",
    (
        ("以前の施策ID", "前に公開していた名前"),
        ("以前のアドレス", "前のページのアドレス（サイトの中の場所）"),
        ("今のアドレス", "名前を変えた施策の、今のアドレス。やめた施策では空欄"),
        ("施策", "施策の名称"),
        ("やめた日", "載せるのをやめた日"),
        ("やめた理由", "載せるのをやめた理由"),
        ("後継の施策ID", "代わりの施策（複数は | 区切り）"),
    ),
    _rows,
)
"""Name, title, what a row is, columns, rows of a plan."""
