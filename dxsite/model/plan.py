"""計画: what a municipality promises, beside its measures."""

from dxsite.dates import Day, Year, Years
from dxsite.fiscal import FiscalYear, Span
from dxsite.model.records import Record, RecordOf, key, record, whole_file
from dxsite.positions import Text
from dxsite.shapes import Line, ListOf, Prose, Slug, Url, Whole


@record
class PlanDocument(Record):
    """The printed plan itself."""

    title: Text = key("題名", Line(), "計画の文書の題名")
    publisher: Text = key("発行", Line(), "発行した自治体")
    url: Text | None = key(
        "URL", Url(), "計画が公開されているアドレス。確かめたものだけ", default=None
    )
    licence: Text | None = key(
        "利用条件", Line(), "計画のデータの利用条件。分からなければ書かない", default=None
    )


@record
class StructureNode(Record):
    """One node of the plan's structure; `code` is how measures refer to it."""

    code: Text = key("記号", Line(), "施策の「体系」に書く記号")
    level: Text | None = key("段", Line(), "計画でのこの段の呼び名", default=None)
    title: Text | None = key("名称", Line(), "名前。印刷に名前のない段なら書かない", default=None)
    parent: Text | None = key("上位", Line(), "一つ上の記号", default=None)
    text: Text | None = key("説明", Prose(), "この段の説明の要約", default=None)
    measures: int | None = key(
        "施策の数", Whole(), "計画が「7事業」などと印刷している、この下の施策の数", default=None
    )


@record
class Chapter(Record):
    """A chapter of the plan that is no measure: background, organisation, …"""

    id: Text = key("ID", Slug(), "ページ内の名前")
    title: Text = key("見出し", Line(), "章の題名")
    text: Text = key("本文", Prose(), "章の要約")
    source: Text | None = key("節", Line(), "計画の章や節の番号と題名", default=None)


@record
class Review(Record):
    """One item of an earlier plan and what became of it."""

    number: int = key("番号", Whole(), "前の計画での番号")
    title: Text = key("名称", Line(), "項目の名前")
    status: Text | None = key("結果", Line(), "達成、継続検討、見直し など", default=None)
    results: tuple[Text, ...] = key("成果", ListOf(Line()), "何が行われたかの要約", default=())
    successors: tuple[Text, ...] = key(
        "後継", ListOf(Line()), "引き継ぐ施策のファイル名", default=()
    )


@record
class Priority(Record):
    """How urgent and important the plan says a part of its structure is, 0 to 100."""

    structure: Text | None = key("体系", Line(), "体系の記号", default=None)
    group: Text | None = key(
        "区分", Line(), "体系にない取組のとき、それが入る上位の記号", default=None
    )
    title: Text = key("名称", Line(), "印刷された名前")
    urgency: int = key("緊急度", Whole(), "緊急度")
    importance: int = key("重要度", Whole(), "重要度")


@record
class CostTotal(Record):
    """One cell of the plan's own totals, in thousand yen."""

    group: Text = key("区分", Line(), "体系の記号。全体なら「計」")
    year: FiscalYear | None = key("年度", Year(), "年度。計の欄なら書かない", default=None)
    thousand_yen: int = key("経費", Whole("千円"), "経費")
    general_fund: int | None = key("一般財源", Whole("千円"), "うち一般財源", default=None)


@record
class FutureMeasure(Record):
    """Something that the plan will consider later."""

    number: int = key("番号", Whole(), "印刷された番号")
    title: Text = key("名称", Line(), "名前")
    group: Text | None = key("区分", Line(), "体系の記号", default=None)
    text: Text | None = key("内容", Line(), "検討の方向", default=None)


@record
class RoadmapRow(Record):
    """One bar of the plan's own roadmap."""

    row: Text | None = key("行", Line(), "ロードマップの行の名前", default=None)
    span: Span = key("年度", Years(), "いつ")
    text: Text = key("内容", Line(), "行うこと")


@record
class Role(Record):
    """Who does what."""

    role: Text = key("役職", Line(), "役職や会議の名前")
    duty: Text = key("役割", Line(), "役割の要約")


@record
class Erratum(Record):
    """A misprint of the plan that the catalogue corrects."""

    printed: Text = key("誤", Line(), "印刷のとおり")
    corrected: Text = key("正", Line(), "このサイトでの書き方")
    where: Text | None = key("場所", Line(), "どこにあるか", default=None)


@whole_file("plan")
@record
class PlanFile(Record):
    """plan.yaml. The folder's name is the plan's slug and its address."""

    slug: str = ""
    municipality: Text = key("自治体", Line(), "自治体の名前")
    reading: Text = key("読み", Line(), "自治体の名前の読み")
    code: Text = key("団体コード", Line(), "全国地方公共団体コード（6桁）")
    prefecture: Text = key("都道府県", Line(), "都道府県の名前")
    title: Text = key("計画名", Line(), "計画の名前")
    version: Text | None = key("版", Line(), "「第1.0版」「Ver.3」など", default=None)
    established: Text = key("策定", Day(month_only=True), "策定した年月")
    revised: Text | None = key("改定", Day(month_only=True), "最後に改定した年月", default=None)
    period: Span = key("期間", Years(), "計画の期間")
    period_note: Text | None = key(
        "期間の補足", Line(), "年度の途中で始まるときなどの、印刷された期間", default=None
    )
    vision: Text = key("めざす姿", Line(), "計画が掲げる目標の言葉")
    summary: Text = key("要約", Prose(), "計画全体を二、三文で")
    parent_plans: tuple[Text, ...] = key(
        "上位計画", ListOf(Line()), "この計画が従う計画", default=()
    )
    document: PlanDocument = key("出典", RecordOf(PlanDocument), "計画の文書")
    headings: tuple[Text, ...] = key(
        "本文の見出し", ListOf(Line()), "施策の「本文」で使える見出し", default=()
    )
    structure: tuple[StructureNode, ...] = key(
        "体系", ListOf(RecordOf(StructureNode), least=1), "方針や分野。上位から順に"
    )
    chapters: tuple[Chapter, ...] = key(
        "章", ListOf(RecordOf(Chapter)), "施策以外の章の要約", default=()
    )
    roadmap: tuple[RoadmapRow, ...] = key(
        "ロードマップ", ListOf(RecordOf(RoadmapRow)), "計画全体のロードマップ", default=()
    )
    roles: tuple[Role, ...] = key("役割", ListOf(RecordOf(Role)), "推進体制の役割", default=())
    reviews: tuple[Review, ...] = key(
        "振り返り", ListOf(RecordOf(Review)), "前の計画の項目と、その結果", default=()
    )
    priorities: tuple[Priority, ...] = key(
        "優先度", ListOf(RecordOf(Priority)), "緊急度と重要度", default=()
    )
    priorities_note: Text | None = key(
        "優先度の断り", Line(), "優先度の表に付いた断り", default=None
    )
    cost_totals: tuple[CostTotal, ...] = key(
        "費用の合計", ListOf(RecordOf(CostTotal)), "計画に印刷された合計（千円）", default=()
    )
    future_measures: tuple[FutureMeasure, ...] = key(
        "今後検討する施策", ListOf(RecordOf(FutureMeasure)), "これから検討するもの", default=()
    )
    errata: tuple[Erratum, ...] = key(
        "正誤", ListOf(RecordOf(Erratum)), "直して載せた印刷の誤り", default=()
    )
    notes: tuple[Text, ...] = key(
        "読者への注", ListOf(Line()), "印刷の食い違いなど、読む人に断っておくこと", default=()
    )
    updated: Text = key("更新日", Day(), "このファイルの内容を最後に変えた日")
