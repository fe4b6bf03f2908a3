"""A small plan becomes exactly this site; every plan becomes one that programs can rely on.

`small/public/` holds what the small content becomes: `files.txt` lists every file, the others
are some of these files, pages as the words that a reader sees. With REWRITE_SITE=1 in the
environment they become what is made now: read the difference before you keep it.
"""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from lxml import etree, html

from dxsite import pipeline, urls
from dxsite.diagnostics import Report
from tests.conftest import ROOT, TODAY, Desk, desk_in

GOLDEN = ROOT / "tests" / "small" / "public"
MEASURE = (ROOT / "tests/small/content/aoi/measures/forms.yaml").read_text("utf-8")
PLAN = (ROOT / "tests/small/content/aoi/plan.yaml").read_text("utf-8")
TABLES = (
    *("measures", "kpis", "kpi_values", "schedules", "costs", "glossary", "reviews"),
    *("changes", "addresses"),
)
BASE = "https://example.org"

Files = Mapping[str, bytes]


def made(desk: Desk, base_url: str = BASE, **options: Any) -> Files:
    """Every file of a desk's site, nothing written."""
    report = Report()
    settings: dict[str, Any] = {"index": False, "today": TODAY, **options}
    order = pipeline.Order(
        root=desk.root, output=desk.root / "public", base_url=base_url, **settings
    )
    built = pipeline.make(order, report, lambda _: None)
    assert built is not None, report.findings
    return {artifact.path: artifact.data for artifact in built.artifacts}


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Files:
    desk = desk_in(tmp_path_factory.mktemp("small"))
    shutil.copytree(ROOT / "tests" / "small" / "content", desk.root / "content")
    return made(desk)


@pytest.fixture
def real(built: tuple[pipeline.Built, Path]) -> Files:
    return {artifact.path: artifact.data for artifact in built[0].artifacts}


@pytest.fixture(params=["small", "real"])
def either(request: pytest.FixtureRequest) -> Files:
    """The small site, then the real one."""
    files: Files = request.getfixturevalue(request.param)
    return files


def expect(name: str, text: str) -> None:
    """Compare with a file of small/public/, or rewrite it where that was asked for."""
    path = GOLDEN / name
    if os.environ.get("REWRITE_SITE"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    assert text == path.read_bytes().decode()


def words(page: bytes) -> str:
    """What a reader sees of a page, one line an element; scripts and drawings aside."""
    tree = html.document_fromstring(page.decode())
    for hidden in found(tree, "//script|//style|//svg"):
        hidden.drop_tree()
    for inside in found(tree, "//span[@class='dx-number']|//wbr"):
        inside.drop_tag()
    lines = (" ".join(text.split()) for text in found(tree, "//title//text()|//main//text()"))
    return "\n".join(line for line in lines if line) + "\n"


def found(tree: Any, path: str) -> list[Any]:  # Any: elements or texts, as the path says
    """What an XPath finds."""
    return list(tree.xpath(path))


# ------------------------------------------------------------------------- the small site itself


def test_the_small_content_becomes_exactly_these_files(small: Files) -> None:
    names = {re.sub(r"^assets/[0-9a-f]{16}/.*", "assets/…", name) for name in small}
    names = {re.sub(r"^guide/faults/.+/", "guide/faults/…/", name) for name in names}
    expect("files.txt", "".join(f"{name}\n" for name in sorted(names)))


@pytest.mark.parametrize(
    "name",
    [
        "data/kpi_values.csv",
        "data/schedules.csv",
        "feed.xml",
        "sitemap.xml",
        "robots.txt",
        "opensearch.xml",
        "_headers",
        "_redirects",
    ],
)
def test_a_file_for_programs_holds_exactly_this(small: Files, name: str) -> None:
    expect(name, without_faults(small[name].decode()))


def test_a_measure_as_data_holds_exactly_this(small: Files) -> None:
    name = "aoi/measures/forms/index.json"
    text = small[name].decode()
    assert text.count("\n") == 1  # on one line; here it is spread so that a difference can be read
    expect(name, f"{json.dumps(json.loads(text), ensure_ascii=False, indent=1)}\n")


def without_faults(text: str) -> str:
    """A sitemap without the guide's pages of codes: each new code has one."""
    return re.sub(r" *<url>\s*<loc>[^<]*/guide/faults/[^<]+</loc>\s*</url>\n", "", text)


@pytest.mark.parametrize("name", ["aoi/measures/forms/index.html", "aoi/roadmap/index.html"])
def test_a_page_says_exactly_this(small: Files, name: str) -> None:
    expect(name.replace(".html", ".txt"), words(small[name]))


# ---------------------------------------------------------------------------- the same every time


def test_two_builds_give_the_same_bytes(small_plan: Callable[..., Desk]) -> None:
    desk = small_plan()
    assert made(desk) == made(desk)


def test_the_day_is_the_only_clock(small_plan: Callable[..., Desk]) -> None:
    """What the day of the build changes is what shows this year or the day itself."""
    desk = small_plan()
    today, next_year = made(desk), made(desk, today=TODAY.replace(year=2027))
    changed = {name for name in today if today[name] != next_year[name]}
    assert "data/catalog.json" in changed
    assert not {name for name in changed if name.startswith(("assets/", "schema/", "_"))}
    assert not {name for name in changed if name.endswith(".csv")}


def test_neither_the_folder_nor_the_order_of_hashes_shows(small_plan: Callable[..., Desk]) -> None:
    """Two processes, started elsewhere and with other hash seeds, give the same bytes."""
    desk = small_plan()
    trees = [tree_of(desk, seed, folder) for seed, folder in (("1", ROOT), ("2", desk.root))]
    assert trees[0] == trees[1]
    assert len(trees[0]) > 20


def tree_of(desk: Desk, seed: str, folder: Path) -> dict[str, bytes]:
    """What the command line makes of a desk when it is started in `folder`."""
    output = desk.root / f"public-{seed}"
    command = [sys.executable, "-m", "dxsite", "build", "-C", str(desk.root), "-o", str(output)]
    subprocess.run(
        [*command, "--no-index", "--date", "2026-11-20", "-q"],
        check=True,
        cwd=folder,
        capture_output=True,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "LC_ALL": "C"},
    )
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in output.rglob("*")
        if path.is_file()
    }


# ---------------------------------------------------------------------------- what programs read


def test_the_catalogue_is_as_its_schema_says(either: Files) -> None:
    schema = json.loads(either["data/catalog.schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(either["data/catalog.json"]))


def test_the_catalogue_says_null_and_never_nothing(either: Files) -> None:
    assert '""' not in either["data/catalog.json"].decode()


@pytest.mark.parametrize(
    ("kind", "files"),
    [
        ("measure", "*/measures/*.yaml"),
        ("plan", "*/plan.yaml"),
        ("glossary", "*/glossary.yaml"),
        ("themes", "themes.yaml"),
        ("site", "site.yaml"),
    ],
)
def test_the_schema_for_editors_accepts_the_content(small: Files, kind: str, files: str) -> None:
    schema = json.loads(small[f"schema/{kind}.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    paths = [*(ROOT / "tests/small/content").glob(files), *(ROOT / "content").glob(files)]
    for path in paths:
        # The loader of texts alone: what editors themselves take for a number may be one.
        typed = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
        assert [str(error.message) for error in validator.iter_errors(typed)] == [], path
    assert len(paths) > 1


def test_every_measure_has_its_data_beside_its_page(either: Files) -> None:
    catalog = json.loads(either["data/catalog.json"])
    for plan in catalog["plans"]:
        for measure in plan["measures"]:
            folder = measure["url"].strip("/")
            assert f"{folder}/index.html" in either
            assert json.loads(either[f"{folder}/index.json"])["measure"] == measure


@pytest.mark.parametrize("name", TABLES)
def test_a_table_opens_in_a_spreadsheet(either: Files, name: str) -> None:
    """BOM, CRLF, one header row in Japanese, the code first, one line a cell."""
    data = either[f"data/{name}.csv"]
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n")
    header, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    assert header[0] == "全国地方公共団体コード"
    assert len(set(header)) == len(header)
    assert {len(row) for row in rows} <= {len(header)}
    assert all(re.fullmatch(r"\d{6}", row[0]) for row in rows)
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if "\n" in cell or "\r" in cell]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_a_text_that_looks_like_a_formula_is_disarmed(small_plan: Callable[..., Desk]) -> None:
    desk = small_plan()
    formula = '"=HYPERLINK(0)"'
    desk.write("aoi/measures/forms.yaml", MEASURE.replace("オンライン申請の拡充", formula))
    assert ",'=HYPERLINK(0)," in made(desk)["data/measures.csv"].decode()


def test_the_package_describes_every_column(either: Files) -> None:
    package = json.loads(either["data/datapackage.json"])
    for resource in package["resources"]:
        text = either[f"data/{resource['path']}"].decode("utf-8-sig")
        header = next(csv.reader(io.StringIO(text)))
        assert [field["name"] for field in resource["schema"]["fields"]] == header
    assert len(package["resources"]) == len(TABLES)


@pytest.mark.parametrize("name", ["sitemap.xml", "feed.xml", "opensearch.xml"])
def test_xml_is_well_formed_and_absolute(either: Files, name: str) -> None:
    root = etree.fromstring(either[name])
    links = found(root, "//*[local-name()='loc']/text()|//@href|//@template")
    assert links
    assert [link for link in links if not link.startswith(f"{BASE}/")] == []


def test_the_sitemap_lists_every_page(either: Files) -> None:
    locs = found(etree.fromstring(either["sitemap.xml"]), "//*[local-name()='loc']/text()")
    listed = {urls.file_of(loc.removeprefix(BASE)) for loc in locs}
    assert listed == {name for name in either if name.endswith(".html")} - {"404.html"}


def test_every_address_of_the_contract_is_there(real: Files) -> None:
    catalog = json.loads(real["data/catalog.json"])
    promised = [
        ["/", "/themes/", "/kpis/", "/glossary/", "/search/", "/data/", "/about/"],
        ["/accessibility/", "/404.html", "/sitemap.xml", "/robots.txt", "/feed.xml"],
        ["/opensearch.xml", "/_headers", "/_redirects"],
        ["/data/catalog.json", *(f"/data/{name}.csv" for name in TABLES)],
    ]
    for plan in catalog["plans"]:
        own = f"/{plan['slug']}/"
        promised.append([own, f"{own}roadmap/", f"{own}kpis/", f"{own}glossary/"])
        promised.append([f"{own}measures/{measure['id']}/" for measure in plan["measures"]])
        promised.append([f"/glossary/{term['id']}/" for term in plan["glossary"]])
        promised += [[f"/themes/{t}/" for t in m["themes"]] for m in plan["measures"]]
    missing = [url for group in promised for url in group if urls.file_of(url) not in real]
    assert missing == []


def test_the_search_page_is_as_programs_expect(either: Files) -> None:
    page = html.document_fromstring(either["search/index.html"].decode())
    assert found(page, "//input[@type='search'][@name='q']")
    assert found(page, "//*[@id='search']")
    home = html.document_fromstring(either["index.html"].decode())
    assert found(home, "//form[@action='/search/']//input[@name='q']")


# ------------------------------------------------------------------------------- nothing is lost


def test_no_page_of_the_whole_site_leads_nowhere(either: Files) -> None:
    """Every address within the site is a file; every fragment an element of it, given once."""
    pages = {name: data.decode() for name, data in either.items() if name.endswith(".html")}
    ids = {name: re.findall(r'\sid="([^"]*)"', text) for name, text in pages.items()}
    assert {name for name, found in ids.items() if len(set(found)) != len(found)} == set()
    dead = [
        f"{name}: {address}"
        for name, address in links(pages)
        if leads_nowhere(name, address, either, ids)
    ]
    assert dead == []


def links(pages: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, text in pages.items():
        tree = html.document_fromstring(text)
        yield from ((name, str(address)) for address in found(tree, "//@href|//@src|//@action"))


def leads_nowhere(name: str, address: str, files: Files, ids: Mapping[str, list[str]]) -> bool:
    if re.match(r"(https?|mailto|tel|data):", address):
        return address.startswith(BASE) and leads_nowhere(
            name, address.removeprefix(BASE), files, ids
        )
    path, _, fragment = address.partition("#")
    target = urls.file_of(path.partition("?")[0]) if path else name
    return target not in files or bool(fragment and fragment not in ids[target])


def test_a_site_below_a_folder_stays_below_it(small_plan: Callable[..., Desk]) -> None:
    files = made(small_plan(), base_url="https://example.org/plans/")
    pages = {name: data.decode() for name, data in files.items() if name.endswith(".html")}
    inside = [address for _, address in links(pages) if address.startswith("/")]
    assert [address for address in inside if not address.startswith("/plans/")] == []
    assert "https://example.org/plans/aoi/" in files["sitemap.xml"].decode()


@pytest.mark.parametrize(
    ("path", "old"),
    [
        ("site.yaml", "試験のためだけのサイトです。"),
        ("themes.yaml", "役所へ行かずに手続きができるようにする施策です。"),
        ("aoi/plan.yaml", "青井市の計画です。"),
        ("pages/about.md", "試験のためのサイトです。"),
        ("pages/accessibility.md", "試験のためのサイトです。"),
    ],
)
def test_a_dead_link_is_the_fault_of_whoever_wrote_it(
    small_plan: Callable[..., Desk], path: str, old: str
) -> None:
    """No file of content says what makes the house look broken."""
    desk = small_plan()
    text = (desk.root / "content" / path).read_text("utf-8")
    assert old in text
    desk.write(path, text.replace(old, f"{old}[押す](/\\evil.example/)"))
    report = Report()
    order = pipeline.Order(root=desk.root, output=desk.root / "public", today=TODAY, index=False)
    assert pipeline.make(order, report, lambda _: None) is None
    found = {(finding.code, finding.place.path) for finding in report.findings}
    assert found == {("dead-link", f"content/{path}")}


def test_a_dead_link_in_prose_is_told_at_its_file(small_plan: Callable[..., Desk]) -> None:
    desk = small_plan()
    text = MEASURE.replace(
        "窓口に来る必要があります。", "[窓口](/aoi/counter/)に来る必要があります。"
    )
    desk.write("aoi/measures/forms.yaml", text)
    report = Report()
    order = pipeline.Order(root=desk.root, output=desk.root / "public", today=TODAY, index=False)
    assert pipeline.make(order, report, lambda _: None) is None
    (finding,) = report.findings
    assert (finding.code, finding.place.path) == (
        "dead-link",
        "content/aoi/measures/forms.yaml",
    )


# ------------------------------------------------------------------------------- little and much


def test_a_plan_without_measures_or_glossary_is_a_site(small_plan: Callable[..., Desk]) -> None:
    desk = small_plan()
    (desk.root / "content/aoi/measures/forms.yaml").unlink()
    (desk.root / "content/aoi/glossary.yaml").unlink()
    assert desk.findings() == ()
    assert "aoi/roadmap/index.html" in made(desk)


def test_a_measure_with_only_what_is_required_is_a_page(small_plan: Callable[..., Desk]) -> None:
    desk = small_plan()
    desk.write("aoi/measures/forms.yaml", bare(10))
    assert "aoi/measures/forms/index.html" in made(desk)


def test_two_plans_stand_in_the_order_of_their_codes(small_plan: Callable[..., Desk]) -> None:
    desk = small_plan()
    desk.write("ao/plan.yaml", PLAN.replace("062073", "402192").replace("青井", "赤井"))
    catalog = json.loads(made(desk)["data/catalog.json"])
    assert [plan["slug"] for plan in catalog["plans"]] == ["aoi", "ao"]


def test_a_draft_is_published_only_where_drafts_are_wanted(
    small_plan: Callable[..., Desk],
) -> None:
    desk = small_plan()
    desk.write("aoi/measures/soon.yaml", bare(20) + "\n下書き: はい\n")
    assert "aoi/measures/soon/index.html" not in made(desk)
    assert "aoi/measures/soon/index.html" in made(desk, drafts=True)
    assert not [name for name, data in made(desk).items() if b"measures/soon" in data]


def test_five_hundred_measures_are_a_site(small_plan: Callable[..., Desk]) -> None:
    desk = small_plan()
    for number in range(500):
        text = MEASURE.replace("順: 10", f"順: {number}").replace("拡充", f"拡充{number}")
        desk.write(f"aoi/measures/forms-{number}.yaml", text)
    files = made(desk)
    assert (
        sum(name.startswith("aoi/measures/") for name in files) == 4 * 501
    )  # page, data, chart, card
    assert "拡充499" in files["aoi/roadmap/index.html"].decode()


def bare(order: int) -> str:
    """A measure with nothing but what is required."""
    return f"""\
名称: 窓口の案内

順: {order}

体系:
  - "1"

テーマ:
  - security

要約: |
  窓口を案内します。

出典:
  節: 3 施策

更新日: 2026-11-20
"""
