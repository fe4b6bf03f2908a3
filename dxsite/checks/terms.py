"""Terms that are named are explained."""

from dxsite.catalog import Catalog, Plan
from dxsite.diagnostics import Report, did_you_mean
from dxsite.positions import Text
from dxsite.shapes import Torn


def check(catalog: Catalog, report: Report) -> None:
    """用語, 参照 and 親の用語 name terms of the same plan; every term says something."""
    for plan in catalog.every_plan:
        if isinstance(plan.terms, Torn):  # what is missing may be the one that is named
            continue
        for measure in plan.measures:
            for name in measure.terms:
                _check_term(name, plan, report)
        for term in plan.terms:
            for other in (term.see, term.inside):
                if other == term.id:
                    report.error(
                        other.place,
                        "related-to-itself",
                        f"用語「{term.term}」の中に、この用語自身の ID が書かれています。",
                        "ほかの用語の ID に直すか、この行を消してください。",
                    )
                elif other:
                    _check_term(other, plan, report)
            if not term.text and not term.see:
                report.error(
                    term.place,
                    "unexplained-term",
                    f"用語「{term.term}」に「説明」も「参照」もありません。",
                    "「説明: |」のあとに説明を書いてください。",
                )


def _check_term(name: Text, plan: Plan, report: Report) -> None:
    if name not in plan.term_ids:
        report.error(
            name.place,
            "unknown-term",
            f"「{name}」という用語は、この計画の用語集にありません。",
            did_you_mean(
                name,
                plan.term_ids,
                f"「content/{plan.slug}/glossary.yaml」に書き足すか、この行を消してください。",
                names={name: str(t.id) for t in plan.terms for name in (t.term, *t.aliases)},
            ),
        )
