"""Plans what readers take away from the page of a plan or a measure: citations, a card, a code."""

from collections.abc import Callable
from functools import partial

from dxsite import urls
from dxsite.catalog import Plan
from dxsite.memory import Memory
from dxsite.model import Measure
from dxsite.site import citations, words
from dxsite.site.citations import Work
from dxsite.site.codes import code_of
from dxsite.site.overview import measure_row
from dxsite.site.pages import Embed, Frame, Share


def shares_of(plan: Plan, frame: Frame, memory: Memory) -> dict[str, Callable[[], Share]]:
    """Page → what makes that which it offers: the plan, every measure."""
    url = urls.plan(plan.slug)
    makers: dict[str, partial[Share]] = {url: partial(_share_of_plan, plan, frame)}
    for measure in plan.measures:
        url = urls.measure(plan.slug, measure.id)
        makers[url] = partial(_share_of_measure, measure, plan, frame)
    return {
        url: partial(memory.recall, f"share {url}", maker.args, maker)
        for url, maker in makers.items()
    }


def _share_of_plan(plan: Plan, frame: Frame) -> Share:
    work = citations.work_of_plan(plan, frame)
    lead = words.first_sentence(plan.file.summary)
    return _share(plan, work, frame, lead, f"期間：{words.period(plan.file.period)}")


def _share_of_measure(measure: Measure, plan: Plan, frame: Frame) -> Share:
    row = measure_row(measure, plan)
    parts = (("目標", row.key_figure), ("いつ", row.when))
    figure = "／".join(f"{name}：{text}" for name, text in parts if text)
    work = citations.work_of_measure(measure, plan, frame)
    return _share(plan, work, frame, row.lead, figure or None)


def _share(plan: Plan, work: Work, frame: Frame, lead: str, figure: str | None) -> Share:
    town = f"{plan.file.prefecture}{plan.file.municipality}"
    source = f"{work.plan}（要約：{frame.title}、{words.day(frame.built)}）"
    return Share(
        sentence=citations.sentence(work),
        bibtex=citations.bibtex(work),
        csl=citations.as_json([citations.csl(work)]),
        bibtex_url=urls.plan_bibtex(plan.slug),
        csl_url=urls.plan_csl(plan.slug),
        embed=Embed(work.address, work.title, town, lead, figure, source) if work.address else None,
        code=code_of(work.address) if work.address else None,
    )
