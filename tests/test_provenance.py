"""Every page says by which revision its file was last changed, where a history tells."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from dxsite import annals, pipeline
from dxsite.annals import read_provenance
from dxsite.diagnostics import Report
from dxsite.provenance import UNKNOWN
from tests.conftest import ROOT, TODAY, Desk
from tests.test_diff import commit, git
from tests.test_divided import LIMITS, PREFECTURES, Clock, differences, in_memory, published
from tests.towns import fill

FORMS = "measures/forms.yaml"
MEASURE = (ROOT / "tests/small/content/aoi" / FORMS).read_text("utf-8")


@pytest.fixture
def kept(small_plan: Callable[..., Desk]) -> Desk:
    """The small content under git: one commit for everything, one for the measure alone."""
    desk = small_plan()
    git(desk.root, "init", "-q", "-b", "main")
    commit(desk, "はじめ")
    desk.write(f"aoi/{FORMS}", MEASURE.replace("R9: 60以上", "R9: 50以上"))
    commit(desk, "見直し")
    return desk


def commits(desk: Desk) -> dict[str, str]:
    """File of the small plan → the commit that is said of it."""
    return {name: r.commit for name, r in read_provenance(desk.root).of("aoi").revisions.items()}


def test_each_file_has_the_commit_that_last_changed_it(kept: Desk) -> None:
    first, second = git(kept.root, "rev-list", "--reverse", "HEAD").split()
    assert commits(kept) == {FORMS: second, "plan.yaml": first, "glossary.yaml": first}


def test_the_day_is_that_of_japan(kept: Desk) -> None:
    when = "2026-03-31T15:30:00+00:00"
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(
        ["git", "-C", str(kept.root), *who, "commit", "-q", "--amend", "--no-edit"],
        env={"PATH": os.environ["PATH"], "GIT_COMMITTER_DATE": when},
        check=True,
    )
    assert read_provenance(kept.root).of("aoi").revisions[FORMS].day == "2026-04-01"


def test_a_file_that_is_not_committed_as_it_is_has_none(kept: Desk) -> None:
    kept.write(f"aoi/{FORMS}", MEASURE)
    kept.write("aoi/measures/new.yaml", MEASURE)
    assert commits(kept).keys() == {"plan.yaml", "glossary.yaml"}
    git(kept.root, "add", "-A")
    assert commits(kept).keys() == {"plan.yaml", "glossary.yaml"}
    git(kept.root, "mv", "content/aoi/plan.yaml", "content/aoi/other.yaml")
    assert commits(kept).keys() == {"glossary.yaml"}


def test_of_a_shallow_clone_only_what_it_can_know_is_told(kept: Desk, tmp_path: Path) -> None:
    second = git(kept.root, "rev-parse", "HEAD")
    kept.write("aoi/plan.yaml", (kept.root / "content/aoi/plan.yaml").read_text("utf-8") + "\n")
    commit(kept, "計画")
    third = git(kept.root, "rev-parse", "HEAD")
    for depth, told in ((1, {}), (2, {"plan.yaml": third})):
        clone = Desk(tmp_path / f"clone-{depth}")
        git(tmp_path, "clone", "-q", "--depth", str(depth), f"file://{kept.root}", str(clone.root))
        assert commits(clone) == told
    whole = Desk(tmp_path / "whole")
    git(tmp_path, "clone", "-q", f"file://{kept.root}", str(whole.root))
    assert commits(whole)[FORMS] == second
    assert read_provenance(whole.root) == read_provenance(kept.root)


def test_of_a_clone_without_old_files_nothing_is_fetched(kept: Desk, tmp_path: Path) -> None:
    """As hosts clone that want to be quick: the commits are all there, old files are not."""
    folder = kept.root / "content/aoi/measures"
    (folder / "forms.yaml").rename(folder / "e-forms.yaml")
    text = (folder / "e-forms.yaml").read_text("utf-8")
    (folder / "e-forms.yaml").write_text(text.replace("2026-11-20", "2026-11-21"), "utf-8")
    commit(kept, "改名")
    git(kept.root, "config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--filter=blob:none", f"file://{kept.root}", str(clone))
    missing = git(clone, "rev-list", "--objects", "--all", "--missing=print")
    assert "\n?" in missing
    whole, partly = read_provenance(kept.root).of("aoi"), read_provenance(clone).of("aoi")
    assert whole.gone == {FORMS: "measures/e-forms.yaml"}
    assert partly.revisions == whole.revisions
    assert partly.gone.keys() == whole.gone.keys()
    assert git(clone, "rev-list", "--objects", "--all", "--missing=print") == missing


def test_content_may_lie_below_the_top_of_its_repository(kept: Desk, tmp_path: Path) -> None:
    outer = Desk(tmp_path / "外" / "dx")
    shutil.copytree(kept.root / "content", outer.root / "content")
    git(outer.root.parent, "init", "-q", "-b", "main")
    commit(Desk(outer.root.parent), "外")
    assert commits(outer).keys() == {FORMS, "plan.yaml", "glossary.yaml"}
    outer.write(f"aoi/{FORMS}", MEASURE)
    assert commits(outer).keys() == {"plan.yaml", "glossary.yaml"}


def test_a_past_revision_tells_of_itself(kept: Desk) -> None:
    kept.write(f"aoi/{FORMS}", "壊れた")
    past = read_provenance(kept.root, "HEAD~1").of("aoi")
    assert {r.commit for r in past.revisions.values()} == {git(kept.root, "rev-parse", "HEAD~1")}


def test_outside_a_repository_git_is_not_even_asked(
    small_plan: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(annals, "git_says", lambda *words: asked.append(words))
    assert read_provenance(small_plan().root) is UNKNOWN
    assert asked == []


def test_a_repository_without_a_commit_tells_nothing(small_plan: Callable[..., Desk]) -> None:
    desk = small_plan()
    git(desk.root, "init", "-q")
    assert read_provenance(desk.root) is UNKNOWN


# ------------------------------------------------------------------------------------- on pages


def site(desk: Desk) -> dict[str, bytes]:
    past = read_provenance(desk.root)
    order = pipeline.Order(
        root=desk.root, output=desk.root / "public", today=TODAY, index=False, provenance=past
    )
    built = pipeline.make(order, Report(), lambda _: None)
    assert built
    return {artifact.path: artifact.data for artifact in built.artifacts}


def said(page: bytes) -> tuple[str, list[str]]:
    """What a page says of its revision, and where that leads."""
    tree: Any = html.fromstring(page.decode())  # Any: lxml's elements
    found = tree.xpath("//p[@class='dx-updated'][2]")
    if not found:
        return "", []
    return found[0].text_content(), [str(href) for href in found[0].xpath(".//a/@href")]


def test_a_page_says_the_revision_and_leads_to_it(kept: Desk) -> None:
    first, second = git(kept.root, "rev-list", "--reverse", "HEAD").split()
    files = site(kept)
    for page, commit_ in (("aoi/measures/forms", second), ("aoi", first)):
        text, links = said(files[f"{page}/index.html"])
        assert commit_[:10] in text
        assert links == [f"https://git.example.org/plans/commit/{commit_}"]
        assert re.search(r"、令和\d+年\d+月\d+日（\d{4}年\d+月\d+日）に保存", text)
    told = json.loads(files["aoi/measures/forms/index.json"])["revision"]
    assert told["commit"] == second
    assert list(json.loads(files["aoi/measures/forms/index.json"]))[-1] == "revision"
    assert second not in files["data/catalog.json"].decode()


def test_without_a_repository_to_lead_to_it_only_says_it(kept: Desk) -> None:
    settings = (kept.root / "content/site.yaml").read_text("utf-8")
    kept.write("site.yaml", re.sub("リポジトリ: .*\n", "", settings))
    text, links = said(site(kept)["aoi/measures/forms/index.html"])
    assert git(kept.root, "rev-parse", "HEAD")[:10] in text
    assert links == []


def test_without_a_history_a_page_says_nothing_of_it(small_plan: Callable[..., Desk]) -> None:
    files = site(small_plan())
    assert said(files["aoi/index.html"]) == ("", [])
    assert json.loads(files["aoi/measures/forms/index.json"])["revision"] is None


def test_the_same_commit_gives_the_same_bytes_in_any_clone(kept: Desk, tmp_path: Path) -> None:
    clone = Desk(tmp_path / "clone")
    git(tmp_path, "clone", "-q", f"file://{kept.root}", str(clone.root))
    git(clone.root, "config", "core.abbrev", "20")
    for name in ("templates", "assets"):
        shutil.copytree(ROOT / name, clone.root / name, dirs_exist_ok=True)
    assert differences(site(kept), site(clone)) == set()


# ------------------------------------------------------------------------------ of a large catalogue


@pytest.fixture
def many(small_plan: Callable[..., Desk]) -> Desk:
    desk = small_plan()
    fill(desk, PREFECTURES)
    desk.write(".gitignore", "")
    git(desk.root, "init", "-q", "-b", "main")
    git(desk.root, "add", "content")
    git(desk.root, "commit", "-q", "-m", "はじめ")
    return desk


def test_a_large_catalogue_tells_what_a_small_one_does(many: Desk) -> None:
    past = read_provenance(many.root)
    by_parts = published(many, provenance=past)
    assert differences(by_parts, in_memory(many, provenance=past)) == set()
    assert any(git(many.root, "rev-parse", "HEAD").encode() in data for data in by_parts.values())


def test_a_commit_alone_rewrites_only_the_pages_that_say_it(many: Desk) -> None:
    """What was changed is built before it is committed, and once more after."""
    path = next((many.root / "content").glob("town-*/measures/m0.yaml"))
    path.write_text(path.read_text("utf-8") + "\n# 覚え書き\n", "utf-8")
    Clock(many)
    before = published(many, provenance=read_provenance(many.root))
    git(many.root, "commit", "-q", "-am", "覚え書き")
    past = read_provenance(many.root)
    after = published(many, provenance=past)
    assert differences(after, in_memory(many, provenance=past)) == set()
    folder = f"{path.parent.parent.name}/measures/m0/"
    assert differences(before, after) == {f"{folder}index.html", f"{folder}index.json"}
    order = many.order(limits=LIMITS, provenance=past)
    outcome = pipeline.build(order, Report(), lambda _: None)
    assert outcome
    assert (outcome.published.written, outcome.published.removed) == (0, 0)


def test_a_large_catalogue_keeps_addresses_too(many: Desk) -> None:
    slugs = sorted(path.parent.name for path in (many.root / "content").glob("town-*/plan.yaml"))
    first, second = slugs[:2]
    fax = "  - ID: fax\n    題名: ファクス\n    日付: 2026-04-01\n    理由: やめました。\n"
    many.write(
        f"{first}/addresses.yaml", f"改名:\n  - 以前のID: old\n    今のID: m0\n\n廃止:\n{fax}"
    )
    theme = "  - 以前のID: online\n    今のID: online-procedures\n    種類: テーマ\n"
    moved = f"  - 以前のID: before\n    今のID: {second}\n    種類: 計画\n"
    term = "  - 以前のID: robot\n    今のID: rpa\n    種類: 用語\n"
    gone = "  - ID: merged\n    題名: 前の計画\n    日付: 2026-04-01\n    理由: 合併。\n    種類: 計画\n"
    many.write("addresses.yaml", f"改名:\n{theme}\n{moved}\n{term}\n廃止:\n{gone}")
    Clock(many)
    past = read_provenance(many.root)
    files = published(many, provenance=past)
    assert differences(files, in_memory(many, provenance=past)) == set()
    lines = files["_redirects"].decode().splitlines()
    assert f"/{first}/measures/old/ /{first}/measures/m0/ 301!" in lines
    assert f"/before/* /{second}/:splat 301!" in lines
    for page in ("before/measures/m1", "merged", "themes/online", "glossary/robot"):
        assert f"{page}/index.html" in files
    assert "prefectures/gifu/themes/online/index.html" in files
    path = many.root / f"content/{first}/addresses.yaml"
    path.write_text(path.read_text("utf-8").replace("やめました", "終えました"), "utf-8")
    past = read_provenance(many.root)
    again = published(many, provenance=past)
    assert differences(again, in_memory(many, provenance=past)) == set()
    assert differences(files, again) <= {
        f"{first}/measures/fax/index.html",
        f"{first}/measures/fax/index.json",
        *("data/addresses.csv", "data/datapackage.json", "data/SHA256SUMS"),
    }


def test_what_history_knows_is_told_of_a_large_catalogue_too(many: Desk) -> None:
    gone = max((many.root / "content").glob("town-*")).name
    for path in (many.root / "content").glob("*/measures/*.yaml"):
        text = path.read_text("utf-8")
        path.write_text(re.sub(r"^関連:\n(?:  - .*\n)+\n", "", text, flags=re.MULTILINE), "utf-8")
    (many.root / "content" / "town-0" / "measures" / "m1.yaml").unlink()
    shutil.rmtree(many.root / "content" / gone)
    git(many.root, "commit", "-q", "-am", "by hand")
    past = read_provenance(many.root)
    for _ in range(2):
        report = Report()
        order = many.order(limits=LIMITS, provenance=past)
        assert pipeline.build(order, report, lambda _: None)
        assert [(f.code, f.place.path) for f in report.findings] == [
            ("forgotten-address", "content/addresses.yaml"),
            ("forgotten-address", "content/town-0/addresses.yaml"),
        ]
