"""A source's bytes as text."""

import re

from dxsite.diagnostics import Report
from dxsite.positions import Place
from dxsite.sources import Source

# What no YAML reader takes, and line ends that editors do not count as such.
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")


def decode(source: Source, report: Report) -> str | None:
    """The source's text without byte order mark or carriage returns; None after a finding."""
    data = source.data.removeprefix(b"\xef\xbb\xbf")
    code, found = "not-utf8", "文字コードが UTF-8 ではありません"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        found = "文字コードが UTF-16 です"
    elif b"\0" in data:
        code, found = "not-text", "文字ではないデータが入っています"
    else:
        try:
            text = data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            if _decodes(data, "cp932"):
                found = "文字コードが Shift_JIS です"
            _report_encoding(Place(source.path, line), code, found, report)
            return None
        control = _INVISIBLE.search(text)
        if control is None:
            return text
        line = text.count("\n", 0, control.start()) + 1
        column = control.start() - text.rfind("\n", 0, control.start())
        report.error(
            Place(source.path, line, column),
            "control-character",
            "目に見えない制御文字が入っています。",
            "この行を打ち直してください。貼り付けた文字に紛れていることがあります。",
        )
        return None
    _report_encoding(source.place, code, found, report)
    return None


def _report_encoding(place: Place, code: str, found: str, report: Report) -> None:
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
