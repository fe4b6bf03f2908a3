"""A 全国地方公共団体コード carries the right check digit."""

from dxsite.catalog import Catalog
from dxsite.diagnostics import Report


def check(catalog: Catalog, report: Report) -> None:
    """Every plan's code is six digits whose last one follows from the others."""
    for plan in catalog.every_plan:
        code = plan.file.code
        if "code" in plan.file.lost or not code:
            continue
        if not (code.isascii() and code.isdigit() and len(code) == 6):
            expected = "6桁の数字ではありません"
        elif int(code[5]) != check_digit(code[:5]):
            expected = "検査数字（最後の一桁）が合いません"
        else:
            continue
        report.error(
            code.place,
            "bad-code",
            f"団体コード「{code}」は{expected}。",
            "総務省の一覧にある6桁のコードを書いてください。",
        )


def check_digit(five: str) -> int:
    """The sixth digit of a code: 総務省's modulus-11 rule."""
    total = sum(int(digit) * weight for digit, weight in zip(five, (6, 5, 4, 3, 2), strict=True))
    return (11 - total % 11) % 10
