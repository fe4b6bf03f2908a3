"""The zip that needs no host: what is in it, where its links lead, how modules become one script."""

import re
import zipfile
from collections.abc import Callable
from html import unescape
from io import BytesIO
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner

from dxsite import pipeline
from dxsite.cli import cli
from dxsite.diagnostics import Report
from dxsite.faults import Fault
from dxsite.offline.addresses import local, relative
from dxsite.offline.bundling import bundled
from tests.conftest import ROOT, TODAY, Desk

README = "はじめにお読みください.txt"


def zipped(root: Path, output: Path, base_url: str | None = None, jobs: int | None = None) -> bytes:
    order = pipeline.Order(
        root=root, output=output, today=TODAY, base_url=base_url, offline=True, jobs=jobs
    )
    report = Report()
    assert pipeline.build(order, report, lambda _: None), report.findings
    return output.read_bytes()


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    output = tmp_path_factory.mktemp("offline") / "offline.zip"
    return unzipped(zipped(ROOT, output, "https://example.org/sub"))


def test_every_link_of_every_page_leads_to_a_file_beside_it(real: dict[str, bytes]) -> None:
    pages = {path: data.decode() for path, data in real.items() if path.endswith(".html")}
    assert len(pages) > 350
    ids = {path: set(re.findall(r'\sid="([^"]*)"', text)) for path, text in pages.items()}
    dead = []
    for path, text in pages.items():
        for address in re.findall(r'\s(?:href|src|action|data-texts)="([^"]*)"', text):
            parts = urlsplit(unescape(address))
            if parts.scheme in ("http", "https", "data"):
                continue
            target = normpath(join(dirname(path), unquote(parts.path))) if parts.path else path
            fragment = unquote(parts.fragment)
            if target not in real or (fragment and fragment not in ids.get(target, ())):
                dead.append((path, address))
    assert dead == []


def test_no_page_asks_for_what_a_folder_cannot_give(real: dict[str, bytes]) -> None:
    for path, data in real.items():
        if path.endswith(".html"):
            text = data.decode()
            assert 'type="module"' not in text, path
            assert "modulepreload" not in text, path
            assert not re.search(r'="/[^/"]', text), path
    names = set(real)
    assert not names & {"_headers", "_redirects", "robots.txt", "sitemap.xml", "404.html"}
    assert not [name for name in names if name.startswith("pagefind/")]
    scripts = {name for name in names if name.endswith(".js")}
    assert scripts == {"assets/offline.js", "assets/texts.js"}


def test_it_says_first_what_it_is(real: dict[str, bytes]) -> None:
    text = real[README].decode("utf-8-sig")
    assert "index.html をダブルクリック" in text
    assert "令和8年11月20日" in text
    assert "https://example.org/sub/" in text
    assert text.count("\r\n") == text.count("\n")


def test_the_same_site_is_the_same_zip(
    small_plan: Callable[..., Desk], tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = small_plan().root
    other = tmp_path_factory.mktemp("elsewhere")
    first = zipped(root, root / "a.zip", jobs=1)
    assert zipped(root, other / "b.zip", jobs=4) == first


def test_without_a_known_address_no_page_claims_one(small_plan: Callable[..., Desk]) -> None:
    desk = small_plan()
    settings = desk.root / "content/site.yaml"
    settings.write_text(re.sub(r"(?m)^URL:.*\n", "", settings.read_text("utf-8")), "utf-8")
    page = unzipped(zipped(desk.root, desk.root / "o.zip"))["aoi/index.html"].decode()
    assert "canonical" not in page
    hosted = unzipped(zipped(desk.root, desk.root / "o.zip", "https://example.org"))
    assert (
        '<link rel="canonical" href="https://example.org/aoi/">'
        in hosted["aoi/index.html"].decode()
    )


def test_the_command_makes_one_file(small_plan: Callable[..., Desk]) -> None:
    root = small_plan().root
    result = CliRunner().invoke(
        cli, ["build", "-C", str(root), "--offline", "--date", "2026-11-20", "-q"]
    )
    assert result.exit_code == 0, result.output
    assert zipfile.is_zipfile(root / "offline.zip")
    assert not (root / "public").exists()
    assert not list(root.glob("*.zip.*"))


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("/", "/index.html"),
        ("/aoi/", "/aoi/index.html"),
        ("/aoi/#node-1", "/aoi/index.html#node-1"),
        ("/search/?q=a/b#c", "/search/index.html?q=a/b#c"),
        ("/data/kpis.csv", "/data/kpis.csv"),
    ],
)
def test_an_address_becomes_that_of_a_file(url: str, file: str) -> None:
    assert local(url) == file


def test_a_page_in_a_folder_finds_its_way() -> None:
    page = (
        '<head><script type="module" src="/s/assets/x/a.js"></script>\n</head>'
        '<a href="/s/">h</a><a href="/s/b/#c">b</a><a href="#d">d</a>'
        '<a href="https://example.org/">o</a><form action="/s/search/" data-base="/s">'
    )
    moved = relative(
        page, "p/q/index.html", "/s", lambda root, names: f"[{root} {names}]", canonical=True
    )
    assert moved == (
        "<head>[../.. a.js]</head>"
        '<a href="../../index.html">h</a><a href="../../b/index.html#c">b</a><a href="#d">d</a>'
        '<a href="https://example.org/">o</a>'
        '<form action="../../search/index.html" data-base="../..">'
    )


def test_modules_become_functions_in_the_order_they_need() -> None:
    script = bundled(
        {
            "a.js": 'import { b, c as d } from "./b.js";\nimport "./e.js";\nconst f = () => import("./g.js");\n',
            "b.js": "export const b = 1;\nexport function c() {}\n",
            "e.js": "export class E {}\nexport async function w() {}\n",
            "g.js": "export const g = 2;\n",
            "unused.js": "",
        },
        ["a.js"],
    )
    assert 'const { b, c: d } = use("b.js");\nuse("e.js");' in script
    assert 'Promise.resolve().then(() => use("g.js"))' in script
    assert "return { b, c };" in script
    assert "return { E, w };" in script
    assert "unused.js" not in script
    assert re.findall(r'^"(\w\.js)":', script, re.MULTILINE) == ["b.js", "e.js", "a.js", "g.js"]


@pytest.mark.parametrize(
    "source",
    [
        "export default 1;\n",
        'export * from "./b.js";\n',
        'import x from "./b.js";\n',
        'import { x } from "./missing.js";\n',
        "const u = import.meta.url;\n",
        "await 1;\n",
        'import { a } from "./a.js";\n',
    ],
)
def test_a_form_that_cannot_be_joined_is_told(source: str) -> None:
    with pytest.raises(Fault):
        bundled({"a.js": source, "b.js": "export const x = 1;\n"}, ["a.js"])
