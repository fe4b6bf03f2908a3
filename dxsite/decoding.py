"""A source's bytes as text."""

from dxsite.diagnostics import Report
from dxsite.positions import Place
from dxsite.signs import Sign, doubtful_signs, forbidden_signs, without_forbidden
from dxsite.sources import Source

_MARK = b"\xef\xbb\xbf"
_ESCAPES_OF_JIS = (b"\x1b$B", b"\x1b$@", b"\x1b(J", b"\x1b(I")


def decode(source: Source, report: Report) -> str | None:
    """The source's text without byte order marks or carriage returns; None after a finding.

    Signs that must not be published are told, then left out.
    """
    data = source.data
    while data.startswith(_MARK):  # some editors add a second one
        data = data[len(_MARK) :]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        _report_encoding(source.place, "文字コードが UTF-16 です", report)
        return None
    if b"\0" in data:
        _report_encoding(source.place, "文字ではないデータが入っています", report, code="not-text")
        return None
    if any(escape in data for escape in _ESCAPES_OF_JIS):
        _report_encoding(source.place, "文字コードが JIS（ISO-2022-JP）です", report)
        return None
    try:
        text = data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        place = Place(source.path, data.count(b"\n", 0, error.start) + 1)
        found = "Shift_JIS です" if _decodes(data, "cp932") else "UTF-8 ではありません"
        _report_encoding(place, f"文字コードが {found}", report)
        return None
    for sign in doubtful_signs(text):
        report.warning(_place_of(sign, text, source.path), sign.code, sign.message, sign.hint)
    forbidden = list(forbidden_signs(text))
    for sign in forbidden:
        report.error(_place_of(sign, text, source.path), sign.code, sign.message, sign.hint)
    return without_forbidden(text) if forbidden else text


def unescaped(text: str, place: Place, report: Report) -> str:
    """A text that stood between quotes, without what only an escape can have brought in.

    Where a slip was found on its line, that has been told, and the escape is none any more.
    """
    for sign in forbidden_signs(text):
        report.error(place, sign.code, sign.message, sign.hint)
        return without_forbidden(text)
    return text


def _place_of(sign: Sign, text: str, path: str) -> Place:
    line = text.count("\n", 0, sign.start) + 1
    return Place(path, line, sign.start - text.rfind("\n", 0, sign.start))


def _report_encoding(place: Place, found: str, report: Report, *, code: str = "not-utf8") -> None:
    report.error(
        place,
        code,
        f"{found}。",
        "エディターの「名前を付けて保存」で文字コード UTF-8 を選び、保存し直してください。",
    )


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
