"""Renders planned pages with templates/; the only door to jinja2."""

import json
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from dxsite import urls
from dxsite.assets import Artifact, Assets, read_files, text_of
from dxsite.charts import svg
from dxsite.crew import Crew
from dxsite.faults import Fault
from dxsite.fiscal import FiscalYear, with_western_years
from dxsite.markup import Instructions, Prose, section_id
from dxsite.memory import Memory
from dxsite.rendering import compiling
from dxsite.rendering.compiling import Environment
from dxsite.rendering.keeping import FOLDER, Kept
from dxsite.site.pages import Frame, Page, Site
from dxsite.terms import ALL_PLANS, TermFinder
from dxsite.typesetting import figure, ruby

_EXAMPLES = "components/examples/"
"""Where every component has its examples, in a file of its own name."""
_GALLERY = "gallery"
_NO_SITE = Frame("", "", "", "", "", (), "", "", FiscalYear(0), False, None, None)
_NO_ASSETS = Assets((), {}, {}, {})
"""The code of a template is the same for every site."""
_ENGINE = (str(Path(jinja2.__file__).parent), compiling.__file__)
"""Where an error of a template may be raised without being its own."""


def render(
    site: Site, templates: Path, assets: Assets, finders: Mapping[str, TermFinder], memory: Memory
) -> Iterator[Artifact]:
    """One artifact per page, in the order of the site."""
    sources = _sources(templates)
    environment = memory.recall(
        "templates",
        (site.frame, assets.addresses, assets.imports, sources),
        lambda: _environment(site.frame, templates, sources, assets),
    )
    for page in site.pages:
        finder = finders.get(page.plan or page.branch.prefix or ALL_PLANS)
        html = partial(_remembered, page, finder, site, environment, memory)
        yield Artifact(urls.file_of(page.url), html)


def compile_ahead(templates: Path, crew: Crew | None) -> None:
    """Have the code of the templates made beside this process, where none is kept.

    Whoever needs a template that is not ready makes it, and tells what is wrong with it.
    """
    if crew and not (templates.parent / FOLDER).is_dir():
        crew.begin(_compile, templates)


def _compile(templates: Path) -> None:
    sources = _sources(templates)
    environment = _environment(_NO_SITE, templates, sources, _NO_ASSETS)
    for name, _ in sources:
        if not name.startswith((_EXAMPLES, _GALLERY)):
            environment.get_template(name)


def _sources(templates: Path) -> tuple[tuple[str, bytes], ...]:
    return tuple(file for file in read_files(templates) if file[0].endswith(".html"))


def _remembered(
    page: Page,
    finder: TermFinder | None,
    site: Site,
    environment: jinja2.Environment,
    memory: Memory,
) -> bytes:
    return memory.recall(
        f"page {page.url}",
        (page, finder, environment, *_said_of(page, site)),
        partial(_rendered, page, finder, site, environment),
    )


def _rendered(
    page: Page, finder: TermFinder | None, site: Site, environment: jinja2.Environment
) -> bytes:
    place, asset = environment.filters["url"], environment.filters["asset"]
    try:
        html = environment.get_template(page.template).render(
            page=page,
            view=page.shown,
            prose=Prose(finder, place, page.term, page.branch),
            instructions=Instructions(place, asset),
            picture=site.card_of(page),
            share=site.share_of(page),
            page_json_ld=_json_ld(page, site),
        )
    except jinja2.TemplateError as error:
        raise _fault(
            page, error, getattr(error, "name", None), getattr(error, "lineno", None)
        ) from error
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        last = next(f for f in reversed(frames) if not f.filename.startswith(_ENGINE))
        if not last.filename.endswith(".html"):
            raise  # our own code is wrong, not a template
        raise _fault(page, error, Path(last.filename).name, last.lineno) from error
    return html.encode()


def _said_of(page: Page, site: Site) -> tuple[object, ...]:
    """What a page takes from the site beside its own view."""
    return site.card_of(page), site.share_of(page), site.statements.get(page.url)


class _Loader(jinja2.BaseLoader):
    """Templates as they were read once: one that is saved meanwhile waits for the next build."""

    def __init__(self, sources: Sequence[tuple[str, bytes]]) -> None:
        self._texts = {name: text_of(f"templates/{name}", data) for name, data in sources}

    def get_source(
        self, _: jinja2.Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        if template not in self._texts:
            raise jinja2.TemplateNotFound(template)
        return self._texts[template], template, None

    def list_templates(self) -> list[str]:
        return sorted(self._texts)


def _environment(
    frame: Frame, templates: Path, sources: Sequence[tuple[str, bytes]], assets: Assets
) -> jinja2.Environment:
    environment = Environment(
        loader=_Loader(sources),
        bytecode_cache=Kept(templates.parent),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )

    def place(path: str) -> str:
        return frame.base_path + path

    def asset(name: str) -> str:
        if name not in assets.addresses:
            raise jinja2.TemplateRuntimeError(f"assets/ に {name} がありません")
        return place(assets.addresses[name])

    environment.filters["url"] = place
    environment.filters["figure"] = figure
    environment.filters["asset"] = asset

    @jinja2.pass_context
    def town(context: jinja2.runtime.Context, text: str) -> str:
        """A text with the reading above the first municipality of the page that it names."""
        for name, reading in context["page"].readings:
            before, found, after = text.partition(name)
            if found:
                return escape(before) + ruby(name, reading) + escape(after)
        return text

    environment.filters["town"] = town
    environment.filters["years"] = with_western_years
    environment.filters["section_id"] = section_id
    environment.filters["absolute"] = lambda path: frame.base_url + path
    environment.filters["svg"] = lambda drawing, id_: Markup(svg.in_page(drawing, id_))
    environment.globals["frame"] = frame
    environment.globals["urls"] = urls
    environment.globals["examples"] = [
        name.removeprefix(_EXAMPLES).removesuffix(".html")
        for name in environment.list_templates(filter_func=lambda name: name.startswith(_EXAMPLES))
    ]
    environment.globals["asset"] = asset
    environment.globals["scripts_of"] = assets.needed_by
    return environment


def _fault(page: Page, error: Exception, name: str | None, line: int | None) -> Fault:
    where = name or page.template
    at = f"{where}:{line}" if line else where
    return Fault(
        f"テンプレート {at} でページ {page.url} を作れません: {error}",
        "templates/ の変更を見直してください。",
    )


def _json_ld(page: Page, site: Site) -> Markup:
    """schema.org: the breadcrumb of every page, and what the page says of itself."""
    trail = [*page.crumbs, None] if page.crumbs else []
    items = [
        {
            "@type": "ListItem",
            "position": position,
            "name": page.title if link is None else link.label,
            "item": site.frame.base_url + (page.url if link is None else link.url),
        }
        for position, link in enumerate(trail, start=1)
    ]
    statements: list[dict[str, Any]] = list(site.statements.get(page.url, ()))
    if items:
        statements.insert(0, {"@type": "BreadcrumbList", "itemListElement": items})
    if not statements:
        return Markup("")
    text = json.dumps({"@context": "https://schema.org", "@graph": statements}, ensure_ascii=False)
    # `</` would end the element early, whatever stands in a title.
    return Markup(text.replace("<", "\\u003c"))
