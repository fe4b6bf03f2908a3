"""The editing screen: what is published, what it may do, what becomes of what it writes."""

import io
import json
import re
import tarfile
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256, sha512
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
import yaml
from click.testing import CliRunner

from dxsite import hosts, serving, urls
from dxsite.admin import bundle
from dxsite.admin.repairs import changed
from dxsite.carrying import restored, tidied
from dxsite.cli import cli
from dxsite.diagnostics import Report
from dxsite.exports.hosting import ADMIN_SECURITY_POLICY, CONTENT_SECURITY_POLICY
from dxsite.faults import Fault
from dxsite.model import Measure, PlanFile, keys_of
from dxsite.scaffolding import modeline
from dxsite.sources import Source
from tests.conftest import ROOT, Desk

Json = Any
SMALL = ROOT / "tests" / "small" / "content"
FORMS = "content/aoi/measures/forms.yaml"
ON = (SMALL / "site.yaml").read_text("utf-8").replace("git.example.org/", "github.com/town/")
ON += "\n編集画面: はい\n"

PROGRAM = b"""\
a=`https://cdn.example/fontsource/fonts/one:vf@5.3.0/latin-wght-normal.woff2`;
b=`https://status.example/api/v2/status.json`;c=`https://cdn.example/@some/cms`;
function o(e){return isNaN(n)||e.indexOf(`.`)!==-1||t.object?e:n}
if(f){xI(r,n),r[n]=t}else return xI(r,n),!1}
t.some(e=>!Y0.test(e)&&!_I(r[e]))?i[e]=s:z();
if(e in u)x();else if(t?.widget===`keyvalue`)d[e]={},y()
"""
FILES = {
    "dist/sveltia-cms.js": PROGRAM,
    "npm/assets/one-latin-wght-normal-abc.woff2": b"font",
    "locales/ja.json": b"{}",
    "package.json": b'{"version": "1.2.3"}',
}


@pytest.fixture
def locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> bundle.Lock:
    """A small package in place of the real one, not installed; and a cache folder of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, data in {**FILES, "dist/other.js": b"never taken"}.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    (tmp_path / "cms.tgz").write_bytes(packed.getvalue())
    integrity = f"sha512-{b64encode(sha512(packed.getvalue()).digest()).decode()}"
    digests = {name: sha256(data).hexdigest() for name, data in FILES.items()}
    lock = bundle.Lock("@some/cms", "1.2.3", integrity, digests)
    monkeypatch.setattr(bundle, "lock", lambda: lock)
    return lock


@pytest.fixture
def installed(locked: bundle.Lock) -> bundle.Lock:
    for name, data in FILES.items():
        (locked.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (locked.folder / name).write_bytes(data)
    return locked


def npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Let `npm` be a script, which finds the package as $CMS and where to put it as $TO."""
    tools = tmp_path / "tools"
    tools.mkdir()
    head = f'#!/bin/sh\nCMS="{tmp_path}/cms.tgz"\nfor TO in "$@"; do :; done\n'
    (tools / "npm").write_text(head + script)
    (tools / "npm").chmod(0o755)
    monkeypatch.setenv("PATH", str(tools), prepend=":")


def files_of(desk: Desk, **options: Any) -> dict[str, bytes]:
    built = desk.build(**options)
    assert built is not None
    return {artifact.path: artifact.data for artifact in built.artifacts}


# ------------------------------------------------------------------------------ what is published


@pytest.mark.usefixtures("locked")
def test_without_the_setting_nothing_of_it_is_published(small_plan: Callable[..., Desk]) -> None:
    """And the headers are those of tests/small/public, byte for byte."""
    files = files_of(small_plan(), base_url="https://example.org")
    assert [path for path in files if path.startswith("admin")] == []
    assert files["_headers"] == (ROOT / "tests/small/public/_headers").read_bytes()
    assert b"http-equiv" not in files["404.html"]


@pytest.mark.usefixtures("installed")
def test_the_setting_publishes_page_configuration_and_program(
    small_plan: Callable[..., Desk],
) -> None:
    desk = small_plan(**{"site.yaml": ON})
    files = files_of(desk, base_url="https://example.org/sub")
    ours = {path: data for path, data in files.items() if path.startswith("admin")}
    assert sorted(ours) == [
        "admin/config.json",
        "admin/index.html",
        "admin/sveltia-cms.js",
        "admin/sveltia-cms/package.json",
        "admin/sveltia-cms/status.json",
        "admin/sveltia-cms@1.2.3/locales/ja.json",
        "admin/sveltia-cms@1.2.3/npm/assets/one-latin-wght-normal-abc.woff2",
    ]
    page = ours["admin/index.html"].decode()
    icon, *found = re.findall(r'(?:href|src)="([^"]*)"', page)
    assert icon.removeprefix("/sub/") in files
    assert found == [
        "/sub/admin/config.json",
        "/sub/admin/sveltia-cms.js",
        "/sub/guide/",
    ]
    assert '<meta name="robots" content="noindex">' in page
    assert b"/admin/" not in files["sitemap.xml"]
    again = files_of(desk, base_url="https://example.org/sub")
    assert files == again, "same input, same bytes"


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("preview", [False, True])
def test_every_path_has_one_policy_and_the_screen_its_own(
    preview: bool, small_plan: Callable[..., Desk]
) -> None:
    """Hosts differ in what they make of a header in two rules that match, so no two do."""
    files = files_of(small_plan(**{"site.yaml": ON}), preview=preview)
    rules = hosts.read_rules(files)
    paths = [f"/{path.removesuffix('index.html')}" for path in files]
    for path in [*paths, "/index.html", "/aoi/nowhere", "/assets/gone.js"]:
        found = [
            pair for pattern, pairs in rules.headers if pattern.fullmatch(path) for pair in pairs
        ]
        names = [name for name, _ in found]
        assert len(names) == len(set(names)), path
        own = path.startswith(urls.ADMIN)
        policy = ADMIN_SECURITY_POLICY if own else CONTENT_SECURITY_POLICY
        assert dict(found)["Content-Security-Policy"] == policy, path
        assert ("X-Robots-Tag" in names) == (own or preview), path
    # A page for addresses that no rule of ours can know says it itself.
    (said,) = re.findall(
        r'http-equiv="Content-Security-Policy" content="([^"]*)"', files["404.html"].decode()
    )
    assert f"{said}; frame-ancestors 'none'" == CONTENT_SECURITY_POLICY


def test_the_screen_speaks_to_this_site_and_to_github_only() -> None:
    assert "default-src 'none'" in ADMIN_SECURITY_POLICY
    assert re.findall(r"https?:\S*", ADMIN_SECURITY_POLICY) == ["https://api.github.com;"]
    scripts = re.search("script-src ([^;]*)", ADMIN_SECURITY_POLICY)
    assert scripts
    assert scripts[1] == "'self'"


# ------------------------------------------------------------------------------------ the program


@pytest.mark.usefixtures("locked")
def test_a_build_without_the_program_says_how_to_get_it(small_plan: Callable[..., Desk]) -> None:
    desk = small_plan(**{"site.yaml": ON})
    assert desk.findings() == (), "the content is right; what is missing is on this computer"
    with pytest.raises(Fault, match="編集画面の部品がありません") as raised:
        desk.build()
    assert "admin install" in raised.value.hint
    assert not (desk.root / "public").exists()


def test_a_build_refuses_a_program_that_someone_changed(
    small_plan: Callable[..., Desk], installed: bundle.Lock
) -> None:
    (installed.folder / "locales/ja.json").write_text('{"evil": 1}')
    with pytest.raises(Fault, match="記録してあるものと違います"):
        small_plan(**{"site.yaml": ON}).build()


def test_install_takes_what_the_lock_names_and_asks_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locked: bundle.Lock
) -> None:
    npm(tmp_path, monkeypatch, f'echo "$@" >> "{tmp_path}/asked"\ncp "$CMS" "$TO/cms.tgz"\n')
    assert not bundle.is_installed()
    assert bundle.install() == bundle.install() == locked.folder
    there = {p.relative_to(locked.folder).as_posix(): p for p in locked.folder.rglob("*.*")}
    assert {name: path.read_bytes() for name, path in there.items()} == FILES
    (asked,) = (tmp_path / "asked").read_text().splitlines()
    assert asked.startswith("pack @some/cms@1.2.3 --ignore-scripts ")
    assert [p.name for p in locked.folder.parent.iterdir()] == [locked.folder.name]


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ('echo x >> "$CMS"; cp "$CMS" "$TO"', "記録してあるものと違います"),
        ("echo E404 not found >&2; exit 1", "E404 not found"),
        ("exit 0", "取れませんでした"),
    ],
    ids=["other bytes", "no answer", "no file"],
)
def test_install_leaves_nothing_where_it_fails(
    script: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locked: bundle.Lock
) -> None:
    npm(tmp_path, monkeypatch, script)
    with pytest.raises(Fault, match=said):
        bundle.install()
    assert list(locked.folder.parent.iterdir()) == []


@pytest.mark.usefixtures("locked")
def test_install_fetches_only_what_the_site_asks_for(
    small_plan: Callable[..., Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    npm(tmp_path, monkeypatch, 'cp "$CMS" "$TO"\n')
    desk = small_plan()
    command = ["admin", "install", "-C", str(desk.root)]
    done = CliRunner().invoke(cli, command, standalone_mode=False)
    assert "何も取りませんでした" in done.stderr
    assert not bundle.is_installed()
    desk.write("site.yaml", ON)
    CliRunner().invoke(cli, command, standalone_mode=False)
    assert bundle.is_installed()


@pytest.mark.usefixtures("installed")
def test_the_program_asks_this_site_where_it_would_ask_others() -> None:
    files = {artifact.path: artifact.data.decode() for artifact in bundle.read_bundle()}
    program = files["admin/sveltia-cms.js"]
    assert "https://" not in program
    for address in re.findall("`(sveltia-cms[^`]+)`", program):
        assert f"admin/{address}" in files
    assert program.count("`sveltia-cms`") == 1
    assert json.loads(files["admin/sveltia-cms/status.json"]) == {"status": {}}


def test_a_repair_that_does_not_fit_is_told() -> None:
    with pytest.raises(Fault, match="0か所"):
        changed(b"another version", {})


# ------------------------------------------------------------------------------ the configuration


@pytest.fixture
def config(small_plan: Callable[..., Desk], installed: bundle.Lock) -> Json:  # noqa: ARG001
    files = files_of(small_plan(**{"site.yaml": ON}))
    return json.loads(files["admin/config.json"])


def test_a_save_opens_a_pull_request_on_the_sites_repository(config: Json) -> None:
    backend = config["backend"]
    assert (backend["name"], backend["repo"], backend["branch"]) == ("github", "town/plans", "main")
    assert backend["auth_methods"] == ["token"], "no third party takes part in signing in"
    assert config["publish_mode"] == "editorial_workflow"
    assert all(c["publish"] is False for c in config["collections"] if "folder" in c)


def inputs(config: Json) -> dict[str, list[Json]]:
    """File or folder → its inputs."""
    found = {}
    for collection in config["collections"]:
        if "folder" in collection:
            found[collection["folder"]] = collection["fields"]
        for file in collection.get("files", ()):
            found[file["file"]] = file["fields"]
    return found


def test_every_key_of_every_plan_has_an_input(config: Json) -> None:
    """With its own name, doc and whether it must be there; prose below headings by heading."""
    found = inputs(config)
    assert sorted(found) == [
        "content/aoi/glossary.yaml",
        "content/aoi/measures",
        "content/aoi/plan.yaml",
        "content/search.yaml",
        "content/themes.yaml",
    ]
    for path, cls in (("content/aoi/measures", Measure), ("content/aoi/plan.yaml", PlanFile)):
        known = {key.name: key for key in keys_of(cls)}
        assert [field["name"] for field in found[path]] == list(known)
        for field in found[path]:
            assert field["required"] == known[field["name"]].required
            assert field["hint"].startswith(known[field["name"]].doc)
    measure = {field["name"]: field for field in found["content/aoi/measures"]}
    assert {f["name"] for f in measure["本文"]["fields"]} == {"現状", "課題"}
    assert measure["要約"]["widget"] == "text"
    assert measure["費用"]["widget"] == "keyvalue"
    assert (measure["テーマ"]["min"], measure["テーマ"]["max"]) == (1, 3)
    assert measure["テーマ"]["value_field"] == "テーマ一覧.*.ID"
    assert [o["value"] for o in measure["下書き"]["options"]] == ["はい", "いいえ"]


def test_addresses_that_were_given_up_are_not_edited_there_and_no_measure_is_deleted(
    config: Json,
) -> None:
    """Both are done together: by `rename` and `remove`, or at GitHub as the guide tells."""
    assert not [path for path in inputs(config) if "addresses" in path]
    folders = [collection for collection in config["collections"] if "folder" in collection]
    assert folders
    for collection in folders:
        assert collection["delete"] is False
        assert collection["slug"]["editable"] == ["create"], "what there is keeps its address"
    guide = (ROOT / "dxsite/guide/chapters/12-editor.md").read_text("utf-8")
    cannot = guide.partition("## できないこと")[2].partition("\n## ")[0]
    assert "「addresses.yaml」" in cannot
    assert "](/guide/addresses/)" in cannot


def test_an_input_accepts_what_the_reader_accepts(config: Json) -> None:
    """Every text of a measure that has a pattern; numbers with commas are texts."""
    fields = {field["name"]: field for field in inputs(config)["content/aoi/measures"]}
    assert re.search(fields["順"]["pattern"][0], "1,200")
    assert not re.search(fields["順"]["pattern"][0], "10番")
    assert fields["順"]["widget"] == "string"
    span = next(f for f in fields["工程"]["fields"] if f["name"] == "年度")
    assert re.search(span["pattern"][0], "R5-R7")


# -------------------------------------------------------------------- what becomes of what it wrote


def saved(text: str, **values: Json) -> str:
    """A file as the editing screen saves it: values alone, numbers as it understands them."""
    read = {**yaml.safe_load(text), **values}
    kept = {key: value for key, value in read.items() if value is not None}
    return yaml.safe_dump(kept, allow_unicode=True, sort_keys=True, width=20)


def tidy(before: str, after: str, path: str = FORMS) -> str:
    report = Report()
    data = tidied(Source(path, before.encode()), Source(path, after.encode()), report)
    assert data is not None, report.findings
    return data.decode()


MEASURE = """\
# 上の覚え書き

名称: オンライン申請の拡充

順: 10

体系:
  # どの方針か
  - 1-(1)

テーマ:
  - online-procedures

要約: |
  家から申請できる手続きを増やします。

KPI:
  # 一つ目
  - ID: one
    現状:
      値: 88.0
    目標:
      令和6年度: 1,500
      R7: 3.10

  # 二つ目
  - ID: two
    目標:
      R7: 10

出典:
  節: 7 個別施策

更新日: 2026-11-20
"""


def test_what_was_not_edited_stays_to_the_letter() -> None:
    """Comments, blank lines, order, the zeros of 88.0 and 3.10."""
    assert tidy(MEASURE, saved(MEASURE)) == MEASURE


def test_only_what_was_edited_differs() -> None:
    edited = saved(MEASURE, 名称="オンライン申請", 番号="1-1")
    expected = MEASURE.replace("オンライン申請の拡充", "オンライン申請")
    expected = expected.replace("順: 10\n", "順: 10\n\n番号: 1-1\n")
    assert tidy(MEASURE, edited) == expected


def test_a_new_year_stands_among_the_years_and_an_item_goes_with_its_comment() -> None:
    read = yaml.safe_load(MEASURE)
    kpi = {**read["KPI"][0], "目標": {"R8": 20, "R7": 3.1, "令和6年度": "1,500"}}
    expected = MEASURE.replace("      R7: 3.10\n\n  # 二つ目\n", "      R7: 3.10\n")
    expected = re.sub(r"  - ID: two\n.*?\n\n", "", expected, flags=re.DOTALL)
    expected = expected.replace("      R7: 3.10\n", "      R7: 3.10\n      R8: 20\n\n")
    made = tidy(MEASURE, saved(MEASURE, KPI=[kpi]))
    assert sorted(made.split("\n")) == sorted(expected.split("\n"))
    assert "# 一つ目" in made
    assert "# 二つ目" not in made


def test_a_file_with_comments_was_written_by_a_person() -> None:
    """It is only formatted: what was taken out of it is not put back."""
    after = MEASURE.replace("# 上の覚え書き", "# 新しい覚え書き").replace("  # どの方針か\n", "")
    assert tidy(MEASURE, after) == after


def test_a_new_file_gets_the_line_for_editors() -> None:
    report = Report()
    data = tidied(None, Source(FORMS, saved(MEASURE).encode()), report)
    assert data is not None
    assert data.decode().startswith(f"{modeline(FORMS)}\n名称: ")


def test_a_file_that_cannot_be_read_is_left_and_told() -> None:
    report = Report()
    assert tidied(Source(FORMS, MEASURE.encode()), Source(FORMS, b"a: [b\n"), report) is None
    assert report.findings


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ("3.10", "3.1", "3.10"),
        ("012345", "12345", "012345"),
        ("1,500", "1,500", "1,500"),
        ("1,500", "1500", "1500"),
        ("文\n", "文", "文\n"),
        ("3.10", "3.2", "3.2"),
        (["a", "b", "1.0"], ["b", "1", "c"], ["b", "1.0", "c"]),
        ({"R7": "1.0", "R6": "2"}, {"R6": "2", "R7": "1"}, {"R7": "1.0", "R6": "2"}),
    ],
)
def test_a_spelling_stays_where_other_programs_see_no_difference(
    old: Json, new: Json, kept: Json
) -> None:
    made = restored(old, new)
    assert made == kept
    assert list(made) == list(kept)


def test_the_lock_is_of_files_with_a_licence() -> None:
    bundle.lock.cache_clear()
    locked = bundle.lock()
    assert re.fullmatch(r"sha512-[\w+/]{86}==", locked.integrity)
    assert "LICENSE.txt" in locked.files
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in locked.files.values())
    fonts = [name for name in locked.files if name.endswith(".woff2")]
    assert len(fonts) == 3


def test_the_preview_does_not_reload_the_screen_under_the_hands() -> None:
    """A save changes a file, and the preview follows files: what is being typed would be lost."""
    page = b"<!doctype html><body></body>"
    files = {"index.html": page, "admin/index.html": page}
    folders: list[Path] = []
    running = serving.start(lambda: serving.Edition(files), folders, "127.0.0.1", 0, lambda _: None)
    try:
        shown = {path: urlopen(running.url + path).read() for path in ("", "admin/")}
    finally:
        running.close()
    assert b"reload.js" in shown[""]
    assert shown["admin/"] == page
