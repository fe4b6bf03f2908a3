"""How indicators stand, in the words of the site."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from dxsite.catalog import Plan
from dxsite.figures import grouped
from dxsite.fiscal import FiscalYear
from dxsite.model import Kpi
from dxsite.progress import Basis, Doubt, Progress, Standing, progress_of

WORDS = {
    Standing.REACHED: "達成",
    Standing.ON_TRACK: "順調",
    Standing.BEHIND: "遅れ",
    Standing.UNKNOWN: "分からない",
}
NOT_REPORTED = "報告なし"
_DOUBTS = {
    Doubt.NO_NUMBER: "数ではないため、目標と比べられません。",
    Doubt.NO_YEAR: "年度が不確かなため、目標と比べられません。",
    Doubt.NO_TARGET: "計画に目標の値がないため、比べられません。",
    Doubt.UNLIKE: "計画の目標と書き方が違うため、比べられません。",
    Doubt.NO_LINE: "この年度の目標も、目標までの進み方が分かる値も計画にないため、進み具合は分かりません。",
}


@dataclass(frozen=True, slots=True)
class StandingView:
    """How one indicator stands; `kind` is `none` where nobody reported while others did."""

    kind: str
    word: str
    sentence: str


@dataclass(frozen=True, slots=True)
class StandingsView:
    """How many indicators stand how, in the order of the words; those without a word are 0."""

    counts: tuple[tuple[str, str, int], ...]
    """(kind, word, how many)"""
    total: int


def has_reports(plan: Plan) -> bool:
    """Whether any indicator of a plan has a reported figure."""
    known: bool | None = plan.worked_out.get("has reports")
    if known is None:
        known = any(kpi.actuals for measure in plan.measures for kpi in measure.kpis)
        plan.worked_out["has reports"] = known
    return known


def standing_of(kpi: Kpi, plan: Plan) -> StandingView | None:
    """None in a plan of which nobody reported anything: then there is nothing to miss."""
    progress = progress_of(kpi)
    if progress is None:
        if kpi.pending or kpi.same_as or not has_reports(plan):
            return None
        return StandingView("none", NOT_REPORTED, "この指標の実績は、まだ報告されていません。")
    return StandingView(
        progress.standing.value, WORDS[progress.standing], _sentence(progress, kpi.unit)
    )


def standings_of(views: Iterable[StandingView | None]) -> StandingsView | None:
    """The sum; None where nobody reported anything."""
    counted = Counter(view.kind for view in views if view)
    words = {**{s.value: word for s, word in WORDS.items()}, "none": NOT_REPORTED}
    if not any(counted[standing.value] for standing in WORDS):
        return None
    counts = tuple((kind, word, counted[kind]) for kind, word in words.items() if counted[kind])
    return StandingsView(counts, sum(counted.values()))


def _sentence(progress: Progress, unit: str | None) -> str:
    year = progress.year.both if progress.year else "年度の書かれていない"
    head = f"{year}の実績は{progress.actual.text(unit)}です。"
    if progress.basis is None or progress.against is None:
        return f"{head}{_DOUBTS[progress.doubt or Doubt.UNLIKE]}"
    target = progress.against.text(unit)
    when = progress.target_year.both if progress.target_year else ""
    if progress.basis is Basis.YEAR:
        met = progress.standing is Standing.ON_TRACK
        return f"{head}その年度の目標（{target}）に{'届いています' if met else '届いていません'}。"
    if progress.basis is Basis.LINE:
        return f"{head}{_line(progress, target, when, unit)}"
    named = f"{when}の目標（{target}）" if when else f"計画の目標（{target}）"
    if progress.standing is Standing.REACHED:
        return f"{head}{named}に届いています。"
    late = "目標の年度を過ぎましたが、" if progress.basis is Basis.PAST else ""
    return f"{head}{late}{named}に届いていません。"


def _line(progress: Progress, target: str, when: str, unit: str | None) -> str:
    since: FiscalYear | None = progress.since
    wanted = round(progress.wanted or 0, 1)
    number = grouped(int(wanted) if wanted == int(wanted) else wanted)
    met = progress.standing is Standing.ON_TRACK
    return (
        f"この年度の目標はありません。{since.both if since else ''}の値から{when}の目標（{target}）へ"
        f"まっすぐ進むと{number}{unit or ''}になり、それに{'届いています' if met else '届いていません'}。"
    )
