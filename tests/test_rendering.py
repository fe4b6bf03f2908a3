"""Templates: our compiler gives what jinja2's own gives; its code is kept, and never trusted."""

import os
import re
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import jinja2
import pytest
from markupsafe import Markup

from dxsite import pipeline, rendering
from dxsite.crew import helpers
from dxsite.diagnostics import Report
from dxsite.faults import Fault
from dxsite.memory import Memory
from dxsite.positions import Place, Text
from dxsite.rendering.compiling import Environment, escaped
from dxsite.rendering.keeping import FOLDER
from tests.conftest import ROOT, TODAY, Desk

Files = dict[str, bytes]


def pages(root: Path) -> Files:
    """Every page of a site, the gallery of components among them."""
    order = pipeline.Order(
        root=root,
        output=root / "public",
        today=TODAY,
        base_url="https://example.org/folder",
        index=False,
        cards=False,
        gallery=True,
    )
    made = pipeline.draft(order, Report(), lambda _: None, Memory())
    assert made is not None
    return {a.path: a.data for a in made.artifacts if a.path.endswith(".html")}


def test_every_page_is_that_of_plain_jinja(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = pages(ROOT)
    plain = partial(jinja2.Environment, autoescape=True)
    with monkeypatch.context() as patch:
        patch.setattr(rendering, "Environment", plain)
        patch.setattr(rendering, "Kept", lambda _: None)
        theirs = pages(ROOT)
    assert ours == theirs


CASES = [
    "{% macro m(a, b=2) %}{{ a }}-{{ b }}{% endmacro %}{{ m(x) }} {{ m(x, 3) }} {{ m(b=x, a=1) }}",
    "{% macro m(a) %}<b>{{ caller() }}{{ a }}</b>{% endmacro %}{% call m(x) %}{{ x }}{% endcall %}",
    "{% macro m() %}{{ varargs|join(',') }}{{ kwargs['k'] }}{% endmacro %}{{ m(1, x, k=x) }}",
    "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(*[x]) }}{{ m(**{'a': x}) }}",
    "{% for i in [x, x] %}{{ loop.index }}{{ i }}{{ loop.last }}{% endfor %}",
    "{{ x ~ '<i>' ~ html }}{{ html ~ x }}{% set y %}{{ x }}{% endset %}{{ y }}",
    "{{ x.upper() }}{{ 'a&b' }}{{ '<' if x else '>' }}{{ [x]|join('<') }}{{ none }}{{ 1.5 }}",
    "{% set d = {'a': x, 'b': {'c': 1}} %}{{ d.a }}{{ d['a'] }}{{ d.b.c }}{{ d.keys()|list }}",
    "{{ x|default('-') }}{{ z is defined }}{{ text }}{{ text.place.line }}{{ html }}{{ 'a'|upper }}",
]


@pytest.mark.parametrize("source", CASES)
def test_what_templates_may_write_is_written_alike(source: str) -> None:
    given = {"x": "<&\"'>", "html": Markup("<b>"), "text": Text("<t>", Place("a.yaml", 7))}
    strict: dict[str, Any] = {"undefined": jinja2.StrictUndefined}
    ours = Environment(**strict).from_string(source).render(given)
    assert ours == jinja2.Environment(autoescape=True, **strict).from_string(source).render(given)


@pytest.mark.parametrize("source", ["{{ z }}", "{{ z.a }}", "{% if z %}{% endif %}", "{{ z() }}"])
def test_a_name_that_is_not_there_is_told(source: str) -> None:
    with pytest.raises(jinja2.UndefinedError):
        Environment(undefined=jinja2.StrictUndefined).from_string(source).render()


def test_only_what_is_html_already_is_not_escaped() -> None:
    assert escaped(Text("<", Place("a.yaml"))) == escaped("<") == "&lt;"
    assert (escaped(Markup("<")), escaped(None), escaped(1)) == ("<", "None", "1")


def test_an_attribute_that_is_not_there_is_told_with_its_line(
    small_plan: Callable[..., Desk],
) -> None:
    desk = small_plan()
    template = desk.root / "templates" / "components" / "pager.html"
    template.write_text(
        template.read_text("utf-8").replace("{{ previous.label }}", "\n{{ previous.name }}", 1)
    )
    line = next(
        n
        for n, text in enumerate(template.read_text("utf-8").splitlines(), start=1)
        if "previous.name" in text
    )
    with pytest.raises(Fault, match=rf"pager\.html:{line} .*'name'"):
        pages(desk.root)


def test_kept_code_is_that_of_its_template(small_plan: Callable[..., Desk]) -> None:
    desk = small_plan()
    first = pages(desk.root)
    kept = {path: path.stat().st_mtime_ns for path in (desk.root / FOLDER).iterdir()}
    assert kept
    assert pages(desk.root) == first
    assert {path: path.stat().st_mtime_ns for path in (desk.root / FOLDER).iterdir()} == kept
    template = desk.root / "templates" / "404.html"
    template.write_text(template.read_text("utf-8").replace("自治体からさがす", "市町からさがす"))
    second = pages(desk.root)
    assert [path for path in first if first[path] != second[path]] == ["404.html"]


def test_code_that_is_made_ahead_is_what_a_build_would_keep(
    small_plan: Callable[..., Desk],
) -> None:
    desk = small_plan()
    assert desk.build(gallery=True)
    built = {path.name: path.read_bytes() for path in (desk.root / FOLDER).iterdir()}
    shutil.rmtree(desk.root / FOLDER)
    with helpers(2) as crew:
        rendering.compile_ahead(desk.root / "templates", crew)
        assert crew
        crew.begin(len, "")()  # the only helper does one thing after the other
    ahead = {path.name: path.read_bytes() for path in (desk.root / FOLDER).iterdir()}
    both = ahead.keys() & built.keys()
    assert len(both) > 50
    assert {name: ahead[name] for name in both} == {name: built[name] for name in both}


def test_an_address_is_not_kept_with_the_code(small_plan: Callable[..., Desk]) -> None:
    """A kept template serves another site, whose files have other names."""
    desk = small_plan()
    before = pages(desk.root)["404.html"]
    style = desk.root / "assets" / "css" / "base.css"
    style.write_text(style.read_text("utf-8") + "\n.dx-new { margin: 0 }\n")
    after = pages(desk.root)["404.html"]
    sheets = [re.findall(rb"/assets/(\w+)/site\.css", page) for page in (before, after)]
    assert len(sheets[0]) == len(sheets[1]) == 1
    assert sheets[0] != sheets[1]


def test_torn_altered_or_foreign_code_is_not_run(small_plan: Callable[..., Desk]) -> None:
    desk = small_plan()
    first = pages(desk.root)
    one, two, *_, last = sorted((desk.root / FOLDER).iterdir())
    one.write_bytes(one.read_bytes()[:-5])
    two.write_bytes(b"")
    last.write_bytes(os.urandom(400))
    assert pages(desk.root) == first


def test_a_folder_that_cannot_be_written_stops_nothing(small_plan: Callable[..., Desk]) -> None:
    desk = small_plan()
    (desk.root / FOLDER.parent).write_text("a file where the folder should be")
    assert pages(desk.root)
