"""Values in the words of the plan."""

import unicodedata
from collections.abc import Callable
from typing import Any

from dxsite.changes.change import Json, Kind, Op
from dxsite.changes.differences import Difference, Names, Said, Say
from dxsite.figures import grouped
from dxsite.fiscal import FiscalYear

NOTHING = "記載なし"
_LONGEST = 60
"""Letters of a text that stand in one line; what is longer is cut."""


def plain(text: str) -> str:
    """`text` on one line, without characters that show nothing or turn the line round."""
    shown = (_shown(c) for c in text.replace("\r\n", "\n"))
    return " ".join("".join(shown).split())


def _shown(letter: str) -> str:
    if letter == "\n":
        return ""  # Japanese sentences need no blank between them
    if letter.isspace():
        return " "
    return "" if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp") else letter


def short(text: str, longest: int = _LONGEST) -> str:
    """`text` on one line, cut where it is too long."""
    line = plain(text)
    return line if len(line) <= longest else line[: longest - 1] + "…"


def quoted(text: str, longest: int = _LONGEST) -> str:
    """「text」"""
    return f"「{short(text, longest)}」"


def nothing(value: Any) -> bool:
    """Whether the plan says nothing here."""
    return value is None or value == "" or value == []


def shown(value: Any) -> str:
    """Any value of the catalogue as a reader knows it."""
    if nothing(value):
        return NOTHING
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, int | float):
        return grouped(value)
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return quoted("、".join(value))
    return "別の内容"


def arrow(before: str, after: str) -> str:
    """before → after; quotes need no blanks beside the arrow."""
    tight = before.endswith("」") and after.startswith("「")
    return f"{before}→{after}" if tight else f"{before} → {after}"


def turned(before: Any, after: Any, otherwise: Kind = Kind.CHANGED) -> Kind:
    """Whether something is said now, or no longer, or otherwise."""
    if nothing(before):
        return Kind.SET
    return Kind.WITHDRAWN if nothing(after) else otherwise


def value(label: str, otherwise: Kind = Kind.CHANGED, words: Callable[[Any], str] = shown) -> Say:
    """Tell a value: label before → after."""

    def say(difference: Difference, _: Names) -> Said:
        before, after = difference.before, difference.after
        text = f"{label} {arrow(words(before), words(after))}".strip()
        return Said(turned(before, after, otherwise), text)

    return say


def choice(label: str, options: dict[Any, str]) -> Say:
    """Tell a value that is one of a few."""
    return value(label, words=lambda chosen: options.get(chosen, NOTHING))


def number(label: str) -> Say:
    """Tell a number that is a name: 番号."""
    return value(label, words=lambda given: NOTHING if given is None else plain(str(given)))


def date(label: str) -> Say:
    """Tell a month or a day."""
    return value(label, words=calendar)


def calendar(iso: str | None) -> str:
    """2025-05 → 令和7年5月（2025年5月）; likewise days."""
    if not iso or len(iso) not in (7, 10):
        return shown(iso)
    year, parts = int(iso[:4]), zip(iso[5:].split("-"), "月日", strict=False)
    rest = "".join(f"{int(part)}{unit}" for part, unit in parts)
    # 令和 began in May: the first months of 2019 belong to 平成31年.
    era = "平成31年" if "2019-01" <= iso < "2019-05" else FiscalYear(year).era.removesuffix("度")
    return f"{era}{rest}（{year}年{rest}）"


def of_year(row: Json) -> str:
    """令和5年度の; empty for a row of no year."""
    return "" if row["fiscal_year"] is None else f"{FiscalYear(row['fiscal_year']).era}の"


def whole_row(
    difference: Difference, label: str, where: Callable[[Json], str], what: Callable[[Json], str]
) -> Said | None:
    """Tell a row of a table by year that comes, goes or stands elsewhere; None for a changed one.

    `where` says which row it is, `what` what it says.
    """
    if difference.op is Op.ORDER:
        return Said(Kind.REORDERED, f"{label}の並び順を変更")
    if difference.op is Op.REPLACE:
        return None
    is_new = difference.op is Op.INSERT
    row = difference.after if is_new else difference.before
    kind, end = (Kind.ADDED, "を追加") if is_new else (Kind.REMOVED, "を削除")
    text = f"{label}（{where(row)}） {what(row)}{end}"
    return Said(kind, text, f"{of_year(row)}{label} {what(row)}{end}")


def unknown(difference: Difference, _: Names) -> Said:
    """Tell a key that has no words of its own yet."""
    kinds = {Op.INSERT: Kind.SET, Op.DELETE: Kind.WITHDRAWN}
    return Said(
        kinds.get(difference.op, Kind.CHANGED),
        f"そのほかの項目（{plain(str(difference.path[-1]))}） "
        + arrow(shown(difference.before), shown(difference.after)),
    )


def follows(difference: Difference, names: Names) -> Said:
    """Tell what only goes with another change."""
    said = value("アドレス")(difference, names)
    return Said(Kind.FOLLOWS, said.text)
