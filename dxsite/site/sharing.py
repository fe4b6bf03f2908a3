"""Plans what readers take away from the page of a plan or a measure: citations, a card, a code."""

from dxsite import urls
from dxsite.catalog import Plan
from dxsite.model import Measure
from dxsite.site import citations, words
from dxsite.site.citations import Work
from dxsite.site.codes import code_of
from dxsite.site.overview import measure_row
from dxsite.site.pages import Embed, Frame, Share


def shares_of(plan: Plan, frame: Frame) -> dict[str, Share]:
    """Page → what it offers: the plan, every measure."""
    work = citations.work_of_plan(plan, frame)
    lead = words.first_sentence(plan.file.summary)
    figure = f"期間：{words.period(plan.file.period)}"
    shares = {urls.plan(plan.slug): _share(plan, work, frame, lead, figure)}
    for measure in plan.measures:
        url = urls.measure(plan.slug, measure.id)
        shares[url] = _share_of_measure(measure, plan, frame)
    return shares


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
