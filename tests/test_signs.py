"""Signs that nobody types on purpose are told; what only looks odd is left alone."""

import pytest

from dxsite.signs import doubtful_signs, forbidden_signs, without_forbidden


@pytest.mark.parametrize(
    "text",
    [
        "葛\U000e0100城市",  # a variant of a kanji
        "👨‍👩‍👧の窓口",
        "☎️ 電話",
        "Café、naïve、Ångström",
        "縺れた糸",
        "全角の　空白",
        "１２３、㈱、①",
    ],
)
def test_what_people_write_is_left_alone(text: str) -> None:
    assert list(forbidden_signs(text)) == []
    assert list(doubtful_signs(text)) == []


@pytest.mark.parametrize("sign", "\x00\r\x1b\x85\u200b\u200e\u00ad\ufeff\u2028\ufffd\u200d")
def test_what_cannot_be_seen_is_told_and_left_out(sign: str) -> None:
    (told,) = forbidden_signs(f"一行目\n検{sign}討{sign}")
    assert told.start == 5
    assert without_forbidden(f"検{sign}討") == "検討"


def test_a_sign_is_told_once_a_line() -> None:
    assert [sign.start for sign in forbidden_signs("\u200b\u200b\n\u200b")] == [0, 3]


@pytest.mark.parametrize(
    ("garbled", "meant"), [("å®Ÿæ–½", "実施"), ("縺薙ｌ縺ｯ", "これは"), ("繧ｷ繧ｹ繝・Β", "シス")]
)
def test_garbled_text_is_told_with_what_it_was(garbled: str, meant: str) -> None:
    (sign,) = doubtful_signs(f"名称: {garbled}")
    assert (sign.start, sign.code) == (4, "mojibake")
    assert f"「{meant}" in sign.message
