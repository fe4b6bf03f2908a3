"""The page of all components, for the preview; its plan is invented, its shapes are the real ones."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dxsite import urls
from dxsite.charts.costs import Costs, Part, costs_chart
from dxsite.charts.drawing import Drawing
from dxsite.charts.kpis import Subject, Value, kpi_chart
from dxsite.charts.priorities import Task, priorities_chart
from dxsite.charts.shares import share_band
from dxsite.fiscal import FiscalYear
from dxsite.site import words
from dxsite.site.indicators import KpiView, ValueRow
from dxsite.site.pages import Link, Page
from dxsite.site.standings import StandingView

_LONG = "年間3万件以上の受領がある施設の、窓口での支払いにおけるキャッシュレス決済の導入数"


@dataclass(frozen=True, slots=True)
class GalleryView:
    """What examples need beyond plain words: (name, heading, what is shown)."""

    charts: tuple[tuple[str, str, Drawing], ...]
    kpis: tuple[tuple[str, str, KpiView], ...]
    band: Drawing
    slug: str
    """A plan that exists, for the addresses of its pages."""


def gallery_page(slug: str) -> Page:
    """Every component with its named examples."""
    view = GalleryView(
        tuple((name, heading, drawn) for name, heading, drawn in _charts() if drawn is not None),
        tuple(_kpis()),
        share_band("満足度（青井市）", "80%以上", 80),
        slug,
    )
    return Page(
        urls.GALLERY,
        "gallery.html",
        "部品の見本",
        "このサイトの部品を、名前を付けた例とともに並べています。手元の確認だけに使い、公開しません。",
        (Link("ホーム", urls.HOME),),
        view,
    )


def _charts() -> Iterator[tuple[str, str, Drawing | None]]:
    yield "real", "現状から目標へ", kpi_chart(_subject("手続き数（青井市）", (31, 40, 52, 60)))
    actuals = (_value("actual", 2023, 35), _value("actual", 2024, 58))
    reported = _subject("手続き数（青井市）", (31, 40, 52, 60))
    yield (
        "actuals",
        "実績があるとき",
        kpi_chart(replace(reported, values=reported.values + actuals)),
    )
    yield "gaps", "書かれていない年度、不確かな年度", kpi_chart(_gaps())
    many = _subject(_LONG, (12_345_678, *range(13_000_000, 21_000_000, 1_000_000)))
    yield "many", "多くの年度と大きな数", kpi_chart(many)
    years = tuple(FiscalYear(year) for year in range(2023, 2026))
    parts = (
        Part("1", "便利な手続き", (6_000, 8_000, 20_000)),
        Part("2", "働き方と庁内のデジタル化を支える基盤の整備と人材の育成", (9_000, 12_000, 4_000)),
        Part("3", "安全", (2_000, None, 9_000)),
    )
    costs = Costs(
        "年度ごとの費用（青井市）", years, parts, (17_000, None, 33_000), (5_000, None, 9_000)
    )
    yield "costs", "年度ごとの費用", costs_chart(costs)
    tasks = [Task(n, "取組", 90 - n * 7 % 40, 95 - n * n % 50) for n in range(1, 13)]
    yield "priorities", "緊急度と重要度", priorities_chart("緊急度と重要度（青井市）", tasks)
    yield "share", "割合の値が一つ", share_band("満足度（青井市）", "80%以上", 80)


def _subject(title: str, numbers: tuple[int, ...]) -> Subject:
    baseline, *targets = numbers
    values = [_value("baseline", 2022, baseline)]
    values += [_value("target", year, number) for year, number in enumerate(targets, 2023)]
    return Subject(title, words.DIRECTIONS.get("up"), "件", tuple(values))


def _value(kind: str, year: int, number: int) -> Value:
    return Value(kind, FiscalYear(year), f"{number:,}件", f"{number:,}", number)


def _gaps() -> Subject:
    values = (
        _value("target", 2023, 10),
        Value("target", FiscalYear(2024), "－", is_dash=True),
        Value("target", FiscalYear(2025), "窓口で試行する"),
        Value("target", FiscalYear(2027), "40件以上", "40以上", 40, certain=False),
    )
    return Subject("手続き数（青井市）", words.DIRECTIONS.get("up"), "件", values)


def _kpis() -> Iterator[tuple[str, str, KpiView]]:
    chart = kpi_chart(_subject("手続き数（青井市）", (31, 60)))
    rows = (
        ValueRow("現状", "2023年3月末", "31件", certain=True, is_dash=False),
        ValueRow("目標", "令和9年度（2027年度）", "60件以上", certain=True, is_dash=False),
    )
    real = _kpi("real", "手続き数", chart, rows)
    single = _kpi("single", "満足度", None, rows[1:])
    yield (
        "real",
        "現状と目標",
        replace(
            real,
            reached="令和9年度（2027年度）の実績は、その年度の目標の80%です。",
            standing=StandingView("behind", "遅れ", "令和9年度（2027年度）の実績は48件です。"),
            last_actual="48件",
            last_actual_when="令和9年度（2027年度）",
        ),
    )
    yield "one", "値が一つ", replace(single, single=True, baseline=None)
    doubtful = (replace(rows[1], certain=False),)
    yield (
        "long",
        "長い言葉",
        replace(
            _kpi("long", _LONG, None, doubtful),
            baseline="年間約37,000件分を紙媒体で印刷し保管",
            last_target="年間約37,000件分をペーパーレス化",
            last_target_certain=False,
        ),
    )
    empty = _kpi("empty", "指標は未定", None, ())
    yield (
        "empty",
        "これから決める指標",
        replace(empty, pending=True, baseline=None, last_target=None),
    )


def _kpi(id_: str, label: str, chart: Drawing | None, rows: tuple[ValueRow, ...]) -> KpiView:
    return KpiView(
        id=f"example-{id_}",
        url=urls.KPIS,
        label=label,
        kind="KPI",
        unit="件",
        direction=words.DIRECTIONS["up"],
        cumulative=None,
        pending=False,
        note=None,
        same_as=None,
        rows=rows,
        chart=chart,
        chart_url=None,
        single=False,
        reached=None,
        standing=None,
        last_actual=None,
        last_actual_when=None,
        baseline="31件",
        baseline_when="2023年3月末",
        last_target="60件以上",
        last_target_when="令和9年度（2027年度）",
        last_target_certain=True,
        headline=None,
        years=(),
        yearless=None,
        measure=Link("電子申請の推進", urls.SEARCH),
        plan=Link("青井市", urls.HOME),
    )
