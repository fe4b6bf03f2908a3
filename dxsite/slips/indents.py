"""Blanks before a line that are not half-width ones."""

from dxsite.signs import name_of_blank
from dxsite.slips.line import ALL_BLANKS, Found, key_column


def is_odd(lead: str) -> bool:
    """Whether the blanks before a line are not what they should be."""
    return bool(lead.strip(" "))


def odd_indent(lines: list[str], index: int) -> Found:
    """Told at the first blank that is wrong."""
    line = lines[index]
    lead = line[: len(line) - len(line.lstrip(ALL_BLANKS))]
    column = next(i for i, c in enumerate(lead) if c != " ") + 1
    rest = line[len(lead) :]
    mended = " " * _meant(lead, rest, lines[:index]) + rest
    if "\t" in lead:
        return (
            column,
            "tab-indent",
            "字下げにタブが使われています。",
            "タブを消し、半角の空白で上の行とそろえてください。",
            mended,
        )
    name = name_of_blank(lead[column - 1])
    return (
        column,
        "fullwidth-indent",
        f"字下げに{name}が使われています。",
        f"{name}を消し、半角の空白で上の行とそろえてください。",
        mended,
    )


def _meant(lead: str, rest: str, above: list[str]) -> int:
    """How many blanks were probably meant: as many as above, where one of the usual widths fits."""
    before = next((line for line in reversed(above) if line.strip()), "")
    fitting = [key_column(before), len(before) - len(before.lstrip(" "))]
    if rest.startswith("- "):  # a dash stands below a dash
        fitting.reverse()
    widths = [
        len(lead.replace("\t", " " * tab).replace("\u3000", " " * wide))
        for tab, wide in ((2, 2), (4, 1), (8, 1))
    ]
    return next((width for width in fitting if width in widths), widths[0])
