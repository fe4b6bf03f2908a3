"""KPI: a named figure with a baseline, targets by year, later actuals."""

from dxsite.dates import ByYear, YearKey
from dxsite.figures import Figure, FigureShape
from dxsite.model.records import Record, RecordOf, key, record
from dxsite.positions import Text
from dxsite.shapes import YES_NO, Choice, Line, Slug


@record
class Baseline(Record):
    """現状: where the figure stood when the plan was written."""

    figure: Figure = key("値", FigureShape(), "計画に書かれた現在の値")
    as_of: Text | None = key("時点", Line(), "いつの値か。計画の書き方のまま", default=None)


@record
class Kpi(Record):
    """評価指標.

    1. `label` may be None only where `pending`: the plan promises to set the KPI later.
    2. `direction` says which way the measured quantity is to go; for a reduction it is `down`
       and the figures are positive magnitudes.
    3. A target with year None holds for the whole period.
    4. `same_as` names the KPI that this one repeats (再掲): `<measure id>/<kpi id>`.
    """

    id: Text = key("ID", Slug(), "この施策の中での名前。公開したら変えない")
    label: Text | None = key("名称", Line(), "指標の名前。計画の書き方のまま", default=None)
    kind: str = key(
        "種類",
        Choice({"KPI": "KPI", "KGI": "KGI"}, {"KPI": "重要業績評価指標", "KGI": "最終目標の指標"}),
        "KGI（最終目標）のときだけ書く",
        default="KPI",
    )
    unit: Text | None = key("単位", Line(), "数の単位", default=None)
    direction: str | None = key(
        "向き",
        Choice(
            {"増やす": "up", "減らす": "down", "保つ": "keep"},
            {
                "増やす": "数が大きくなるのが目標",
                "減らす": "数が小さくなるのが目標。時間や費用の短縮・削減も",
                "保つ": "今の数を保つのが目標",
            },
        ),
        "数をどちらへ動かすのが目標か。時間や費用の短縮・削減は「減らす」",
        default=None,
    )
    cumulative: bool | None = key(
        "累計", YES_NO, "計画に「累計」とあれば「はい」、年ごととあれば「いいえ」", default=None
    )
    pending: bool = key("未設定", YES_NO, "計画が「後で定める」としていれば「はい」", default=False)
    same_as: Text | None = key(
        "再掲", Line(), "ほかの施策の指標の再掲なら「施策のファイル名/指標のID」", default=None
    )
    baseline: Baseline | None = key(
        "現状", RecordOf(Baseline), "計画を作ったときの値", default=None
    )
    targets: tuple[tuple[YearKey, Figure], ...] = key(
        "目標",
        ByYear(FigureShape(), yearless=True),
        "年度ごとの目標",
        default=(),
    )
    actuals: tuple[tuple[YearKey, Figure], ...] = key(
        "実績", ByYear(FigureShape()), "年度ごとの実績。報告があった年だけ書く", default=()
    )
    note: Text | None = key("注記", Line(), "対象の範囲など、指標についての断り", default=None)

    @property
    def last_target(self) -> tuple[YearKey, Figure] | None:
        """The target of the last year that has one; `－` is none, no year comes before all."""
        targets = (target for target in self.targets if not target[1].is_dash)
        return max(targets, key=lambda target: target[0].year or 0, default=None)
