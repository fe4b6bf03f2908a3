"""Signs that nobody types on purpose: what each is, and what to do about it."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

# Blanks that look like the half-width one; the full-width one comes first.
BLANKS = "\u3000\u00a0\u1680\u2000-\u200a\u202f\u205f"
"""Inside brackets of an expression: every blank but the half-width one and the tab."""

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff"  # unfit for YAML
    "\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffd]"
    "|(?<![\u00a9-\u3299\ufe0f\U0001f000-\U0001ffff])\u200d"  # which emoji are joined with
)
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]+")
# Japanese in UTF-8 that was read as Windows-1252, or as Shift_JIS.
_GARBLED = re.compile(
    "[âãäåæçèéêëìíîï][\u0080-\u024f\u02c6\u02dc\u2010-\u2122]{2}|[縺繧繝][ｦ-ﾟ一-龠、-〕]"
)
_GARBLED_RUN = re.compile("[^\x00-\x7f]+")
_LEADS = re.compile("[縺繧繝]|[ã-é][\u0080-\u024f\u02c6\u02dc\u2010-\u2122]{2}")
_JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")


class Sign(NamedTuple):
    """One finding about a sign; `start` and `end` count from 0."""

    start: int
    end: int
    code: str
    message: str
    hint: str


def forbidden_signs(text: str) -> Iterator[Sign]:
    """What must not be published: the first such sign of each line."""
    told: int | None = None
    for match in _FORBIDDEN.finditer(text):
        line_start = text.rfind("\n", 0, match.start())
        if line_start == told:
            continue
        told = line_start
        message, hint = _words_for(match[0])
        yield Sign(match.start(), match.end(), "control-character", message, hint)


def without_forbidden(text: str) -> str:
    """`text` as it was probably meant."""
    return _FORBIDDEN.sub("", text)


def is_forbidden(letter: str) -> bool:
    """Whether one letter, which may have been written as `\\u200b`, must not be published."""
    return bool(_FORBIDDEN.fullmatch(letter))


def doubtful_signs(text: str) -> Iterator[Sign]:
    """What probably nobody can read, although it may be meant."""
    if _PRIVATE.search(text):
        for match in _PRIVATE.finditer(text):
            yield Sign(
                match.start(),
                match.end(),
                "private-use-character",
                "外字が入っています。ほかのパソコンやスマートフォンでは読めません。",
                "標準の漢字（なければ、かな）で書き直してください。",
            )
    if _GARBLED.search(text):
        for match in _GARBLED_RUN.finditer(text):
            meant = _meant(match[0])
            if meant:
                yield Sign(
                    match.start(),
                    match.end(),
                    "mojibake",
                    f"「{_cut(match[0])}」は、文字化けした「{_cut(meant)}」のようです。",
                    "元の文書からもう一度写すか、正しい文字に打ち直してください。",
                )


def name_of_blank(blank: str) -> str:
    """What clerks call a blank that is not the half-width one."""
    return {"\u3000": "全角の空白", "\t": "タブ"}.get(blank[:1], "半角でも全角でもない空白")


def _words_for(sign: str) -> tuple[str, str]:
    if sign == "\ufffd":
        return (
            "文字化けした跡の「\ufffd」が入っています。",
            "元の文書を見て、正しい文字に打ち直してください。",
        )
    kind = "制御文字" if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else "文字"
    return (
        f"目に見えない{kind}（U+{ord(sign):04X}）が入っています。",
        "前後の文字ごと消して、打ち直してください。貼り付けた文字に紛れていることがあります。",
    )


def _meant(garbled: str) -> str | None:
    """The Japanese that was taken for another encoding, or None where it was not."""
    # Some bytes get lost on the way; one 縺 alone may be the rare kanji that it is.
    errors = "ignore" if len(_LEADS.findall(garbled)) > 1 else "strict"
    for encoding in ("cp1252", "cp932"):
        try:
            meant = garbled.encode(encoding).decode("utf-8", errors)
        except UnicodeError:
            continue
        if _JAPANESE.search(meant):
            return meant
    return None


def _cut(text: str) -> str:
    visible = "".join(letter for letter in text if letter.isprintable())
    return visible if len(visible) <= 12 else visible[:11] + "…"
