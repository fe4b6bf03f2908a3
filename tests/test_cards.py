"""Picture cards: lines as Japanese is set, the same bytes everywhere, kept between builds."""

import struct
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from dxsite import cards, pipeline, urls
from dxsite.cards import drawing
from dxsite.cards.lines import NEVER_FIRST, NEVER_LAST, broken, clamped
from dxsite.cards.store import FOLDER
from dxsite.crew import helpers
from dxsite.site import Card
from tests.conftest import ROOT, Desk

COLOURS = (b"\xff\xff\xff", b"\x00\x17\xc1", b"\x1a\x1a\x1a", b"\x4d\x4d\x4d")
CARD = Card(
    url="/aoi/measures/forms/card.png",
    site="小さなサイト",
    town="山形県 青井市",
    plan="青井市DX推進計画",
    title="オンライン申請の拡充",
    figures=(("目標｜手続き数", "60件以上（令和9年度）"), ("いつ", "令和5年度から")),
)
HEAVIEST = 30_000


def set_in(width: int, text: str) -> tuple[str, ...]:
    """Lines of `width` kanji; a Latin letter is half as wide."""
    return broken(text, width, lambda sign: 0.5 if sign.isascii() else 1.0)


@pytest.mark.parametrize(
    ("width", "text", "lines"),
    [
        (20, "電子申請の推進", ("電子申請の推進",)),
        (10, "書かない窓口、待たない窓口", ("書かない窓口、", "待たない窓口")),
        (7, "情報モラル教育の推進", ("情報モラル", "教育の推進")),
        (8, "「子育て」を支える", ("「子育て」を", "支える")),
        (6, "ガバメントクラウドへの移行", ("ガバメント", "クラウドへの", "移行")),
        (9, "LGWAN回線及びWi-Fi化", ("LGWAN回線及び", "Wi-Fi化")),
        (10, "", ()),
    ],
)
def test_a_title_is_broken_where_a_reader_pauses(
    width: int, text: str, lines: tuple[str, ...]
) -> None:
    assert set_in(width, text) == lines


@given(
    st.text("窓口の申請、。（）「」ーっデジタルDX12 ", min_size=1, max_size=60), st.integers(8, 20)
)
def test_every_line_fits_and_nothing_is_lost(text: str, width: int) -> None:
    lines = set_in(width, text)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(sum(0.5 if s.isascii() else 1.0 for s in line) <= width for line in lines)


@given(
    st.lists(
        st.sampled_from(["窓口の", "申請、", "（予約）", "「本」", "。"]), min_size=1, max_size=12
    )
)
def test_no_line_begins_or_ends_as_none_may(words: list[str]) -> None:
    text = "市" + "".join(words).replace("。。", "。").replace("、。", "。")
    lines = set_in(12, text)
    assert not [line for line in lines[1:] if line[0] in NEVER_FIRST and text.count(line[0]) < 3]
    assert not [line for line in lines[:-1] if line[-1] in NEVER_LAST]


def test_what_does_not_fit_ends_with_an_ellipsis() -> None:
    lines = set_in(6, "とても長い施策の名前をすべて書くことはできません")
    shown = clamped(lines, 2, 6, lambda _: 1.0)
    assert len(shown) == 2
    assert shown[1].endswith("…")
    assert len(shown[1]) <= 6


def test_a_card_is_a_small_png_of_the_right_size() -> None:
    picture = drawing.drawn(CARD, COLOURS)
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">IIBB", picture[16:26]) == (1200, 630, 4, 3)  # four bits, a palette
    assert len(picture) <= HEAVIEST
    colours = {
        colour for _, colour in Image.open(BytesIO(picture)).convert("RGB").getcolors() or ()
    }
    assert {tuple(colour) for colour in COLOURS[:3]} <= colours


@pytest.mark.parametrize(
    "title",
    [
        "あ" * 300,
        "A" * 300,
        "長い、" * 80,
        "𠮷野家と髙﨑市と辻󠄀堂と葛󠄀飾区の外字",
        "𪚥𪚥 \U0010ffff",
        "（" * 40,
        "　",
        "e\u0301 é ½ ① ㌔ ㈱",
    ],
)
def test_no_title_breaks_a_card(title: str) -> None:
    picture = drawing.drawn(replace(CARD, title=title), COLOURS)
    assert Image.open(BytesIO(picture)).size == (1200, 630)


def test_a_letter_that_the_font_lacks_is_told() -> None:
    hard = replace(CARD, title="髙﨑の𠮷田、辻󠄀、渡邉、蠟、𪚥", town="ก市")
    assert cards.unknown_in([CARD]) == ""
    assert cards.unknown_in([hard]) == "ก𪚥"
    assert drawing.drawn(hard, COLOURS) == drawing.drawn(
        replace(hard, title=hard.title.replace("𪚥", "〓"), town="〓市"), COLOURS
    )


def made(root: Path, some: list[Card], jobs: int) -> list[bytes]:
    with helpers(jobs) as crew:
        pictures = cards.pictures_of(some, root, crew)
        return [artifact.data for artifact in pictures.artifacts()]


def test_the_bytes_do_not_depend_on_how_many_processes_draw(desk: Desk) -> None:
    some = [replace(CARD, title=f"施策{n}", url=f"/{n}/card.png") for n in range(60)]
    together = made(desk.root, some, 3)
    for kept in (desk.root / FOLDER).iterdir():
        kept.unlink()
    assert made(desk.root, some, 1) == together
    assert together == [drawing.drawn(card, COLOURS) for card in some]


def test_a_kept_picture_is_used_again_and_a_torn_one_drawn_anew(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    (first,) = made(desk.root, [CARD], 1)
    (kept,) = (desk.root / FOLDER).iterdir()
    with monkeypatch.context() as patch:
        patch.setattr("dxsite.cards.drawing.drawn", lambda *_, **__: pytest.fail("drawn again"))
        assert made(desk.root, [replace(CARD, url="/elsewhere/card.png")], 1) == [first]
    kept.write_bytes(kept.read_bytes()[:-10])
    assert made(desk.root, [CARD], 1) == [first]


def test_what_the_site_no_longer_shows_is_not_kept(desk: Desk) -> None:
    made(desk.root, [CARD, replace(CARD, title="別の施策")], 1)
    assert len(list((desk.root / FOLDER).iterdir())) == 2
    with helpers(1) as crew:
        pictures = cards.pictures_of([CARD], desk.root, crew)
        cards.keep_only(pictures.keys, desk.root)
    assert len(list((desk.root / FOLDER).iterdir())) == 1


def test_another_colour_is_another_picture(desk: Desk) -> None:
    (blue,) = made(desk.root, [CARD], 1)
    tokens = desk.root / "assets/css/tokens.css"
    text = tokens.read_text("utf-8").replace("--dx-blue-900: #0017c1", "--dx-blue-900: #115a36")
    tokens.write_text(text, "utf-8")
    assert made(desk.root, [CARD], 1) != [blue]


def test_a_store_that_cannot_be_written_stops_nothing(desk: Desk) -> None:
    (desk.root / FOLDER.parent).write_text("a file where the folder should be")
    assert made(desk.root, [CARD], 1) == [drawing.drawn(CARD, COLOURS)]


def test_every_plan_and_measure_has_a_light_card(built: tuple[pipeline.Built, Path]) -> None:
    files = {artifact.path: artifact.data for artifact in built[0].artifacts}
    pictures = {path: data for path, data in files.items() if path.endswith("card.png")}
    measures = [path for path in files if path.count("/") == 3 and path.endswith("index.json")]
    assert len(pictures) == len(measures) + 5 + 1
    assert max(map(len, pictures.values())) <= HEAVIEST
    assert {path.replace("index.json", "card.png") for path in measures} < pictures.keys()


def test_a_build_may_leave_them_out(small_plan: Callable[..., Desk]) -> None:
    built = small_plan().build(cards=False, base_url="https://example.org")
    assert built is not None
    files = {artifact.path: artifact.data for artifact in built.artifacts}
    assert not [path for path in files if path.endswith(".png")]
    assert b"og:image" not in files[urls.file_of(urls.HOME)]


def test_the_font_comes_with_its_licence() -> None:
    folder = ROOT / "dxsite" / "cards"
    assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / "OFL.txt").read_text("utf-8")
    assert (folder / "gothic-bold.otf").stat().st_size <= 3_000_000
