"""The contracts of the house: who may know whom, who may touch what, how large a thing may be."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dxsite import urls
from dxsite.model import KNOWN_KEYS
from tests.conftest import ROOT

MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((ROOT / "dxsite").rglob("*.py"))
}
TREES = {name: ast.parse(path.read_text("utf-8")) for name, path in MODULES.items()}

STOREYS = [
    *(
        "memory",
        "keeping",
        "positions",
        "diagnostics",
        "faults",
        "calling",
        "crew",
        "fiscal",
        "numerals",
        "passages",
        "signs",
        "urls",
        "tokens",
        "patterns",
    ),
    *(
        "sources",
        "survey",
        "slips",
        "decoding",
        "syntax",
        "documents",
        "misfits",
        "shapes",
        "dates",
        "figures",
    ),
    *(
        "provenance",
        "revisions",
        "annals",
        "model",
        "addresses",
        "plans",
        "strays",
        "naming",
        "reading",
    ),
    *("catalog", "plandata", "terms", "totals", "checks", "changes", "history"),
    "progress",
    *("guide", "charts", "stylesheets"),
    *(
        "site",
        "assets",
        "hosts",
        "typesetting",
        "markup",
        "rendering",
        "exports",
        "inspections",
        "search",
    ),
    "admin",
    *("cards", "offline"),
    *("rewriting", "sentences", "layout", "writing", "blocks", "cutting", "splicing", "editing"),
    *("scaffolding", "mending", "moving", "sheets"),
    *(
        "formatting",
        "carrying",
        "editions",
        "spooling",
        "publishing",
        "order",
        "keys",
        "earlier",
        "plainly",
        "pieces",
        "making",
        "leaves",
        "whole",
        "divided",
        "pipeline",
        "telling",
        "panels",
        "counting",
        "shelves",
        "browsing",
        "watching",
        "serving",
    ),
    *("cli", "__main__"),
]
"""Bottom to top: a module imports from those before it, and from its own package."""

DOORS = {
    "yaml": {"documents"},
    "markdown_it": {"markup"},
    "jinja2": {"rendering"},
    "subprocess": {"search", "revisions", "admin"},
    "openpyxl": {"sheets"},
    "PIL": {"cards"},
    "segno": {"site"},
    "multiprocessing": {"crew"},
    "concurrent": {"crew"},
    "pickle": {"earlier"},
    "zipfile": {"offline", "sheets"},
    "pagefind": {"search"},
    "rcssmin": {"assets"},
    "rjsmin": {"assets"},
    "watchdog": {"watching"},
    "http": {"serving"},
    "socketserver": {"serving"},
    "threading": {"crew", "serving"},
    "click": {"cli"},
    "sys": {"cli", "search"},  # search asks for the interpreter that has Pagefind
    "argparse": set(),
    "logging": set(),
    "random": set(),
    "locale": set(),
}
"""Stranger → the only modules that know it."""

PLANS = [
    "上山市",
    "福山市",
    "大野城",
    "大江町",
    "関市",
    "kaminoyama",
    "fukuyama",
    "onojo",
    "062073",
]
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|rgba|hsl|hsla|oklch)\(")
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def storey(module: str) -> str:
    """The part of the house in which a module stands: dxsite.site.plans → site."""
    return module.split(".")[1] if "." in module else ""


def imports(module: str) -> Iterator[str]:
    """The modules, ours by their full name, that a module imports."""
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in MODULES else node.module for name in inner)


def texts(module: str) -> Iterator[tuple[int, str]]:
    """Every string of a module that is no docstring, with its line."""
    docs = {
        id(node.value)
        for node in ast.walk(TREES[module])
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value


@pytest.mark.parametrize("module", MODULES)
def test_imports_run_downwards_only(module: str) -> None:
    own = storey(module)
    if not own:
        return  # dxsite itself, which imports nothing and holds the version
    below = {f"dxsite.{name}" for name in STOREYS[: STOREYS.index(own) + 1]} | {"dxsite"}
    ours = {name for name in imports(module) if name.split(".")[0] == "dxsite"}
    assert {name for name in ours if ".".join(name.split(".")[:2]) not in below} == set()


def test_the_architecture_lists_the_storeys_as_they_stand() -> None:
    text = (ROOT / "dxsite" / "ARCHITECTURE.md").read_text("utf-8")
    table = text.partition("| module |")[2].partition("\n\n")[0]
    cells = (line.split("|")[1] for line in table.splitlines()[2:])
    named = [name for cell in cells for name in re.findall(r"`(\w+)/?`", cell)]
    assert named == [name for name in STOREYS if name != "__main__"]
    assert {*named, "__main__"} == {storey(module) for module in MODULES} - {""}


def test_no_modules_import_each_other_in_a_circle() -> None:
    known = {module: set(imports(module)) & MODULES.keys() - {module} for module in MODULES}
    for module in MODULES:  # a package's face imports its parts, which do not import the face
        known[module].discard(module.rpartition(".")[0])
    while free := {module for module, names in known.items() if not names}:
        known = {m: names - free for m, names in known.items() if m not in free}
    assert known == {}


@pytest.mark.parametrize("module", MODULES)
def test_each_stranger_has_one_door(module: str) -> None:
    strangers = {name.split(".")[0] for name in imports(module)}
    assert {s for s in strangers if storey(module) not in DOORS.get(s, {storey(module)})} == set()


@pytest.mark.parametrize("module", MODULES)
def test_only_the_command_line_prints_or_exits(module: str) -> None:
    names = {
        node.func.id
        for node in ast.walk(TREES[module])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not names & {"print", "input", "exit", "quit", "eval", "exec", "breakpoint"}


@pytest.mark.parametrize("module", MODULES)
def test_a_module_says_what_it_is_for_in_one_line(module: str) -> None:
    doc = ast.get_docstring(TREES[module]) or ""
    assert re.fullmatch(r".*[.:;]?", doc.split("\n\n")[0]), "the first paragraph is one line"
    assert doc


@pytest.mark.parametrize("module", MODULES)
def test_modules_and_functions_are_short(module: str) -> None:
    """300 lines a module, 50 a function."""
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(TREES[module])
        if isinstance(node, ast.FunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= 50
    ]
    assert long == []
    assert len(MODULES[module].read_text("utf-8").splitlines()) <= 300


@pytest.mark.parametrize(
    "path",
    [*MODULES.values(), *TEMPLATES, *sorted((ROOT / "assets").rglob("*.[cj]s*"))],
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_no_plan_is_special(path: Path) -> None:
    """Neither code nor templates name a municipality; differences between plans are content."""
    text = path.read_text("utf-8")
    assert [name for name in PLANS if name in text] == []


@pytest.mark.parametrize("module", [m for m in MODULES if storey(m) not in ("model", "figures")])
def test_a_yaml_key_is_spelled_in_the_model_only(module: str) -> None:
    """Nobody else looks a key up or compares with it.

    The four keys of a figure in parts are the exception: they stand with the figure's reader.
    """
    looked_up: list[ast.expr] = []
    for node in ast.walk(TREES[module]):
        match node:
            case ast.Subscript(slice=ast.expr() as key):
                looked_up.append(key)
            case ast.Call(func=ast.Attribute(attr="get" | "pop" | "setdefault"), args=[key, *_]):
                looked_up.append(key)
            case ast.Compare(left=left, comparators=others):
                looked_up += [left, *others]
    words = {n.value for key in looked_up for n in ast.walk(key) if isinstance(n, ast.Constant)}
    assert words & KNOWN_KEYS == set()


@pytest.mark.parametrize("module", [m for m in MODULES if storey(m) != "urls"])
def test_an_address_is_spelled_in_urls_only(module: str) -> None:
    pages = {v for v in vars(urls).values() if isinstance(v, str) and re.match("/[a-z0-9_]", v)}
    spelled = [
        f"{line}: {text}"
        for line, text in texts(module)
        if "://" not in text and any(page in text for page in pages)
    ]
    assert spelled == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_template_spells_no_address(path: Path) -> None:
    assert re.findall(r"""(?:href|src|action)=["']/[^"']*""", path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_template_trusts_nothing_but_what_markup_made(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"\|\s*safe\b|autoescape\s+false|Markup", text)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"", text), "the policy forbids it"


def test_a_colour_is_spelled_in_tokens_css_only() -> None:
    css = ROOT / "assets" / "css"
    for path in sorted(css.rglob("*.css")):
        if path.name != "tokens.css":
            assert not COLOUR.search(path.read_text("utf-8")), path.name
    tokens = (css / "tokens.css").read_text("utf-8")
    for path in TEMPLATES:  # a browser's own frame takes no variable, but the same colour
        text = re.sub(r"&#\d+;", "", path.read_text("utf-8"))
        assert {c for c in COLOUR.findall(text) if c not in tokens} == set(), path.name
