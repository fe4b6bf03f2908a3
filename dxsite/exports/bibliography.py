"""How to cite: one file a plan and form, the plan and all its measures in it.

Not one a measure: 53,640 measures would be 107,280 files; each page shows its own citation.
"""

from collections.abc import Iterator
from functools import partial

from dxsite import urls
from dxsite.assets import Artifact
from dxsite.catalog import Plan
from dxsite.site import citations
from dxsite.site.pages import Frame


def of_plan(plan: Plan, frame: Frame) -> Iterator[Artifact]:
    """BibTeX, then CSL-JSON."""
    yield Artifact(urls.file_of(urls.plan_bibtex(plan.slug)), partial(_bibtex, plan, frame))
    yield Artifact(urls.file_of(urls.plan_csl(plan.slug)), partial(_csl, plan, frame))


def _bibtex(plan: Plan, frame: Frame) -> bytes:
    works = citations.works_of(plan, frame)
    return "\n".join(citations.bibtex(work) for work in works).encode()


def _csl(plan: Plan, frame: Frame) -> bytes:
    works = citations.works_of(plan, frame)
    return f"{citations.as_json([citations.csl(work) for work in works])}\n".encode()
