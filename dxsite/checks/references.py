"""Names of themes, measures and KPIs lead somewhere."""

from collections.abc import Collection, Mapping

from dxsite.catalog import Catalog, Plan
from dxsite.checks.lists import are_several
from dxsite.diagnostics import Report, did_you_mean
from dxsite.model import Measure
from dxsite.positions import Text


def check(catalog: Catalog, report: Report) -> None:
    """テーマ, 関連, 再掲 and 後継 name what exists."""
    themes = {str(theme.title): str(theme.id) for theme in catalog.themes}
    measures = {plan.slug: plan.measure_ids for plan in catalog.every_plan}
    measures = {**catalog.elsewhere, **measures}
    for plan in catalog.every_plan:
        for measure in plan.measures:
            if "themes" not in catalog.unread:
                for theme in measure.themes:
                    _check_theme(theme, themes, report)
            for name in measure.related:
                if f"{name.partition('/')[0]}/plan" not in catalog.unread:
                    _check_measure(name, measures, f"{plan.slug}/{measure.id}", report)
            _check_repeats(measure, plan, report)
        for review in plan.file.reviews:
            for name in review.successors:
                _check_successor(name, plan, report)


def _check_theme(theme: Text, ids: dict[str, str], report: Report) -> None:
    """`ids` are known by their titles."""
    if theme in ids.values():
        return
    if theme in ids:
        hint = f"名前ではなく、themes.yaml の ID「{ids[theme]}」を書いてください。"
    elif are_several(theme):
        hint = "一つの「- 」には一つだけ書き、テーマごとに行を分けてください。"
    else:
        hint = did_you_mean(theme, ids.values(), "themes.yaml にある ID から選んでください。")
    report.error(theme.place, "unknown-theme", f"「{theme}」というテーマはありません。", hint)


def _check_measure(
    name: Text, measures: Mapping[str, Collection[str]], own: str, report: Report
) -> None:
    """`measures` are known by their plans."""
    slug, _, id_ = name.partition("/")
    if name == own:
        report.error(
            name.place,
            "related-to-itself",
            "関連に、この施策自身が書かれています。",
            "この行を消してください。",
        )
    elif id_ not in measures.get(slug, ()):
        known = sorted(f"{plan}/{one}" for plan, ids in measures.items() for one in ids)
        report.error(
            name.place,
            "unknown-measure",
            f"「{name}」という施策はありません。",
            did_you_mean(
                name, known, "「自治体のフォルダー名/施策のファイル名」の形で書いてください。"
            ),
        )


def _check_repeats(measure: Measure, plan: Plan, report: Report) -> None:
    known = {f"{m.id}/{kpi.id}" for m in plan.measures for kpi in m.kpis}
    for kpi in measure.kpis:
        name = kpi.same_as
        if name == f"{measure.id}/{kpi.id}":
            report.error(
                name.place,
                "related-to-itself",
                "再掲の元に、この指標自身が書かれています。",
                "元の施策の指標に直すか、この行を消してください。",
            )
        elif name and name not in known and f"measures/{name.partition('/')[0]}" not in plan.unread:
            report.error(
                name.place,
                "unknown-kpi",
                f"再掲の元「{name}」が見つかりません。",
                did_you_mean(name, known, "「施策のファイル名/指標のID」の形で書いてください。"),
            )


def _check_successor(name: Text, plan: Plan, report: Report) -> None:
    if name not in plan.measure_ids:
        report.error(
            name.place,
            "unknown-measure",
            f"後継の施策「{name}」がこの計画にありません。",
            did_you_mean(
                name, plan.measure_ids, "施策のファイル名（.yaml なし）を書いてください。"
            ),
        )
