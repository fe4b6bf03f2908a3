"""施策: one promise of a plan, one file."""

from dxsite.dates import ByYear, Day, YearKey, Years
from dxsite.figures import Amount, AmountShape
from dxsite.fiscal import Span
from dxsite.model.kpi import Kpi
from dxsite.model.records import Record, RecordOf, key, record, whole_file
from dxsite.positions import Text
from dxsite.shapes import YES_NO, Choice, Headed, Line, ListOf, Prose, Whole


@record
class ScheduleEntry(Record):
    """工程の一行: something that happens in a span of years."""

    span: Span = key("年度", Years(), "いつ行うか")
    item: Text | None = key("項目", Line(), "工程表の行に名前があるとき、その名前", default=None)
    text: Text | None = key("内容", Line(), "その期間に行うこと", default=None)
    departments: tuple[Text, ...] = key(
        "担当課", ListOf(Line()), "この行だけ担当が違うとき", default=()
    )


@record
class Table(Record):
    """A table of facts that the plan prints; a mere grid has no columns of a name."""

    title: Text = key("題名", Line(), "表の題名")
    columns: tuple[Text, ...] = key(
        "列", ListOf(Line()), "列の見出し。印刷に見出しがなければ書かない", default=()
    )
    rows: tuple[tuple[Text, ...], ...] = key("行", ListOf(ListOf(Line())), "一行ずつの値")


@record
class Source(Record):
    """出典: where in the printed plan it stands."""

    document: Text | None = key(
        "文書", Line(), "計画の題名と違う文書（別冊など）のとき、その題名", default=None
    )
    section: Text = key("節", Line(), "章や節の番号と題名")
    page: int | None = key(
        "ページ",
        Whole("ページ"),
        "その節や施策が始まるページ。計画の目次などに印刷された番号",
        default=None,
    )


ODDITIES = {
    "期間外の年度": "outside-period",
    "同じ指標に違う目標": "two-targets",
    "KGIとKPIの違い": "kgi-differs",
    "工程より前の目標": "target-before-schedule",
    "向きと逆の目標": "target-against-direction",
}
"""What the print may well say against all expectation: word in 確認済み → code of the warning."""
_ODDITIES = {
    "期間外の年度": "工程や目標の年度が、計画の期間の外にある",
    "同じ指標に違う目標": "同じ名前の指標に、違う目標が印刷されている",
    "KGIとKPIの違い": "KGIの値が、最後の年度のKPIと違う",
    "工程より前の目標": "取組が始まるより前の年度に、目標がある",
    "向きと逆の目標": "「増やす」指標の目標が現状より小さい、または「減らす」指標の目標が大きい",
}
"""The same, as editors explain it."""


@record
class Acknowledgement(Record):
    """確認済み: an oddity that the plan really prints, with what the reader is told of it."""

    oddity: str = key("注意", Choice(ODDITIES, _ODDITIES), "check が出した注意")
    reason: Text = key(
        "理由", Line(), "計画のどこに、どう書かれているか。サイトに「読者への注」として出る"
    )


@whole_file("measure")
@record
class Measure(Record):
    """施策一つ. The file's name is its id and its address; `plan` is the folder's name."""

    id: str = ""
    plan: str = ""

    @property
    def told(self) -> tuple[str, ...]:
        """What the reader is told: the notes, then why oddities are left as printed."""
        return (*self.notes, *(ack.reason for ack in self.acknowledged))

    title: Text = key("名称", Line(), "施策の名前。計画の書き方のまま")
    order: int = key("順", Whole(), "計画の中での並び順。10きざみにすると後から間に入れやすい")
    number: Text | None = key(
        "番号", Line(), "計画が施策に付けた番号。なければ書かない", default=None
    )
    parents: tuple[Text, ...] = key(
        "体系",
        ListOf(Line(), least=1),
        "どの方針や分野の施策か。plan.yaml の体系の記号",
    )
    themes: tuple[Text, ...] = key(
        "テーマ",
        ListOf(Line(), least=1, most=3),
        "themes.yaml のテーマの ID。一つから三つ",
    )
    departments: tuple[Text, ...] = key("担当課", ListOf(Line()), "担当する課", default=())
    departments_note: Text | None = key(
        "担当課の補足", Line(), "「ほか関係各課」など、課の名前ではないもの", default=None
    )
    status: Text | None = key("状況", Line(), "計画に「実施済」などとあるとき", default=None)
    summary: Text = key("要約", Prose(), "何がどう変わるのかを、市民の言葉で二、三文")
    sections: tuple[tuple[Text, Text], ...] = key(
        "本文",
        Headed(),
        "計画の見出しごとの要約。使える見出しは plan.yaml の「本文の見出し」",
        default=(),
    )
    outcomes: tuple[Text, ...] = key(
        "期待される効果", ListOf(Line()), "計画が挙げる効果", default=()
    )
    schedule: tuple[ScheduleEntry, ...] = key(
        "工程", ListOf(RecordOf(ScheduleEntry)), "いつ何をするか", default=()
    )
    kpis: tuple[Kpi, ...] = key(
        "KPI", ListOf(RecordOf(Kpi, incomplete=True)), "評価指標", default=()
    )
    costs: tuple[tuple[YearKey, Amount], ...] = key(
        "費用",
        ByYear(AmountShape()),
        "年度ごとの費用（千円）",
        default=(),
    )
    tables: tuple[Table, ...] = key("表", ListOf(RecordOf(Table)), "計画に印刷された表", default=())
    footnotes: tuple[Text, ...] = key(
        "脚注", ListOf(Line()), "計画がこの施策に付けた注", default=()
    )
    notes: tuple[Text, ...] = key(
        "読者への注", ListOf(Line()), "印刷の食い違いなど、読む人に断っておくこと", default=()
    )
    acknowledged: tuple[Acknowledgement, ...] = key(
        "確認済み",
        ListOf(RecordOf(Acknowledgement)),
        "計画の印刷どおりだと確かめた、check の注意",
        default=(),
    )
    terms: tuple[Text, ...] = key(
        "用語", ListOf(Line()), "関係の深い用語。glossary.yaml の ID", default=()
    )
    related: tuple[Text, ...] = key(
        "関連",
        ListOf(Line()),
        "関係の深い施策。「自治体/施策のファイル名」",
        default=(),
    )
    source_words: tuple[Text, ...] = key(
        "原典の語", ListOf(Line()), "要約に出てこない、計画の中の特徴ある言葉（検索用）", default=()
    )
    source: Source = key("出典", RecordOf(Source), "計画のどこに書かれているか")
    updated: Text = key("更新日", Day(), "このファイルの内容を最後に変えた日")
    draft: bool = key("下書き", YES_NO, "「はい」の間は公開しない", default=False)
