"""One share of a whole as a band from 0 to 100 percent."""

from dxsite.charts.drawing import SMALL, Drawing, Mark, Path, Rect, Words

WIDTH = 300
_TOP, _HEIGHT = 2, 16
_FOOT = _TOP + _HEIGHT


def share_band(title: str, text: str, share: float) -> Drawing:
    """A target that is a share, 0 to 100; `text` is its print."""
    room = WIDTH - 4
    marks: list[Mark] = [
        Rect("track", 2, _TOP, room, _HEIGHT),
        Rect("target", 2, _TOP, round(room * share / 100, 1), _HEIGHT),
    ]
    for tick, anchor in ((0, "start"), (50, "middle"), (100, "end")):
        x = 2 + room * tick / 100
        marks.append(Path("ground", f"M{x:.1f} {_FOOT}v4"))
        marks.append(Words("quiet", x, _FOOT + 4 + SMALL, f"{tick}%", anchor=anchor))
    marks.sort(key=lambda mark: isinstance(mark, Words))
    description = f"目標は{text}。目盛りは0から100%。"
    return Drawing(WIDTH, _FOOT + 2 * SMALL, title, description, tuple(marks), "0～100%")
