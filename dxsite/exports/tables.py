"""The CSV tables."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dxsite import urls
from dxsite.assets import Artifact, Joined, Part
from dxsite.catalog import Plan
from dxsite.exports import former, rows
from dxsite.exports.rows import Row
from dxsite.site.catalogue import TableFile

_FORMULA = re.compile("[=+@-]|[＝＋＠－].")
"""Japanese spreadsheets compute full-width signs too; `－` alone is a figure that is not printed."""


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file: a header in Japanese, one row a fact, 団体コード first."""

    name: str
    title: str
    text: str
    columns: tuple[tuple[str, str], ...]
    """(header, what it holds), 団体コード and 自治体 aside."""
    rows: Callable[[Plan], Iterable[Row]]


_END = "\r\n"
FIRST = (
    ("全国地方公共団体コード", "総務省の6桁のコード"),
    ("自治体", "自治体の名前"),
)
_MEASURE = (("施策ID", "自治体の中での施策の名前"), ("施策", "施策の名称"))


def part_of(table: Table, plan: Plan) -> bytes:
    """A plan's rows of a table."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=_END)
    for row in table.rows(plan):
        writer.writerow(map(_cell, (plan.file.code, plan.file.municipality, *row)))
    return text.getvalue().encode()


def whole(table: Table, plans: Sequence[Part]) -> Artifact:
    """UTF-8 with BOM and CRLF, so that spreadsheets open it with a double click."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=_END).writerow(name for name, _ in (*FIRST, *table.columns))
    head = b"\xef\xbb\xbf" + text.getvalue().encode()
    return Joined(urls.file_of(urls.table(table.name)), head, plans)


def _cell(value: Any) -> str:
    """One value on one line; a text that a spreadsheet would take for a formula is disarmed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, int | float):
        return str(value + 0)
    text = " ".join(str(value).split())
    return f"'{text}" if _FORMULA.match(text) else text


TABLES = (
    Table(
        "measures",
        "施策",
        "一行が施策一つです。",
        (
            *_MEASURE,
            ("番号", "計画が付けた番号"),
            ("体系", "体系の記号（複数は | 区切り）"),
            ("テーマ", "テーマのID（複数は | 区切り）"),
            ("担当課", "担当課（複数は | 区切り）"),
            ("担当課の補足", "ほか関係各課 など"),
            ("状況", "計画に書かれた状況"),
            ("要約", "このサイトによる要約"),
            ("出典文書", "計画の文書"),
            ("出典の節", "章や節"),
            ("出典のページ", "その節や施策が始まるページ（計画に印刷された番号）"),
            ("更新日", "内容を最後に変えた日"),
        ),
        rows.measures,
    ),
    Table(
        "kpis",
        "指標",
        "一行が指標（KPI・KGI）一つです。",
        (
            *_MEASURE,
            ("指標ID", "施策の中での指標の名前"),
            ("指標", "指標の名称"),
            ("種類", "KPI か KGI"),
            ("単位", "数の単位"),
            ("向き", "up 増やす、down 減らす、keep 保つ"),
            ("累計", "累計なら はい"),
            ("未設定", "計画が後で定めるとしていれば はい"),
            ("再掲", "再掲の元（施策ID/指標ID）"),
            ("注記", "対象の範囲など"),
            ("実績の年度", "いちばん新しい実績の年度（西暦）。報告がなければ空欄"),
            (
                "進み具合",
                "その実績を目標と比べた、達成、順調、遅れ、分からない。報告がなければ空欄",
            ),
        ),
        rows.kpis,
    ),
    Table(
        "kpi_values",
        "指標の値",
        "一行が現状、目標、実績の値一つです。",
        (
            _MEASURE[0],
            ("指標ID", "施策の中での指標の名前"),
            ("指標", "指標の名称"),
            ("値の種類", "現状、目標、実績"),
            ("年度", "年度が始まる西暦年"),
            ("時点", "現状の値の時点。目標では、計画に年度末とあれば「年度末」"),
            ("表記", "印刷のとおりの値"),
            ("数", "値の大きさ"),
            ("母数", "分数の分母"),
            ("比較", "以上は >=、以下は <="),
            ("年度は確か", "印刷から年度が分かれば はい"),
            ("脚注", "値に付いた注の印"),
        ),
        rows.values,
    ),
    Table(
        "schedules",
        "工程",
        "一行が工程一つです。",
        (
            *_MEASURE,
            ("順", "施策の中での順"),
            ("項目", "行の名前"),
            ("内容", "行うこと"),
            ("開始年度", "始まる年度（西暦）"),
            ("終了年度", "終わる年度（西暦）"),
            ("以降", "終わりが決まっていなければ はい"),
            ("全期間", "計画期間を通じてなら はい"),
            ("年度は確か", "印刷から年度が分かれば はい"),
            ("担当課", "この行の担当課（複数は | 区切り）"),
        ),
        rows.schedules,
    ),
    Table(
        "costs",
        "費用",
        "一行が施策一つの一年度の費用です。空欄は計上なし（－）で、0 とは違います。",
        (
            *_MEASURE,
            ("年度", "年度が始まる西暦年"),
            ("費用（千円）", "計画値"),
            ("脚注", "値に付いた注の印"),
        ),
        rows.costs,
    ),
    Table(
        "glossary",
        "用語",
        "一行が計画一つの用語一つです。",
        (
            ("用語ID", "計画をまたぐ用語の名前"),
            ("用語", "用語"),
            ("正式名称", "略さない名前"),
            ("読み", "読みがな"),
            ("別の書き方", "同じ語とみなす書き方（複数は | 区切り）"),
            ("参照", "参照先の用語ID"),
            ("親の用語", "説明の中でこの用語を説明している用語のID"),
            ("説明", "このサイトによる要約"),
            ("節", "計画で説明されている章や節"),
        ),
        rows.glossary,
    ),
    Table(
        "reviews",
        "前の計画の振り返り",
        "一行が前の計画の項目一つです。",
        (
            ("番号", "前の計画での番号"),
            ("項目", "項目の名前"),
            ("結果", "達成、継続検討 など"),
            ("成果", "行われたことの要約"),
            ("後継の施策ID", "引き継ぐ施策（複数は | 区切り）"),
        ),
        rows.reviews,
    ),
    Table(
        "changes",
        "計画の変更",
        "一行が、計画のある版から次の版までに変わったところ一つです。新しい版が先です。",
        (
            ("前の版", "前の版の名前"),
            ("前の版の年月", "前の版の改定（なければ策定）の年月"),
            ("次の版の年月", "次の版の改定（なければ策定）の年月"),
            ("順", "その版での順"),
            ("変更", "変更の種類"),
            ("変更の記号", "postponed 延期・延長、raised 引き上げ など"),
            ("変わり方", "added 追加、removed 削除、merged 統合 など"),
            ("対象", "計画、施策、用語"),
            ("対象のID", "施策や用語のID"),
            ("名前", "施策や用語の名前"),
            ("文", "何がどう変わったかの文"),
            ("前の値", "変わる前の値や年度"),
            ("次の値", "変わったあとの値や年度"),
            ("差", "動いた年数、目標の差"),
            ("担当課", "変更の前後の担当課（複数は | 区切り）"),
            ("テーマ", "テーマのID（複数は | 区切り）"),
            ("アドレス", "今のページ（サイトの中の場所）"),
        ),
        rows.changes,
    ),
    Table(*former.TABLE),
)

FILES = tuple(TableFile(urls.table(t.name), t.title, t.text, (*FIRST, *t.columns)) for t in TABLES)
"""What the data page says of each table."""
