"""`dxsite diff` between revisions and folders, seen from outside; real repositories of git."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dxsite import revisions
from dxsite.diagnostics import Finding, Report
from dxsite.editions import read_editions
from dxsite.faults import Fault
from dxsite.sources import Source, read_sources
from tests.conftest import ROOT, Desk

SMALL = ROOT / "tests" / "small" / "content"
MEASURE = (SMALL / "aoi/measures/forms.yaml").read_text("utf-8")
LOWERED = MEASURE.replace("R9: 60以上", "R9: 50以上").replace("- 年度: R5", "- 年度: R6")
SUMMARY = "青井市: KPI 手続き数 目標 60→50件以上（引き下げ）、工程 令和5→6年度（延期）"
WRONG = MEASURE.replace("担当課:", "担当課：")

Done = subprocess.CompletedProcess[str]


def dxsite(*arguments: str | Path, cwd: Path = ROOT, **environment: str) -> Done:
    """`dxsite diff` with these arguments."""
    return subprocess.run(
        [sys.executable, "-m", "dxsite", "diff", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def git(root: Path, *arguments: str) -> str:
    """What git says; with nobody's name and nobody's settings."""
    who = ("-c", "user.name=clerk", "-c", "user.email=clerk@example.org", "-c", "gc.auto=0")
    plain = {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "PATH": os.environ["PATH"],
    }
    done = subprocess.run(
        ["git", "-C", str(root), *who, *arguments],
        env=plain,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Desk:
    """Two commits: the small content, then a lowered target and a postponed step."""
    desk = Desk(tmp_path / "町の計画")
    shutil.copytree(SMALL, desk.root / "content")
    git(desk.root, "init", "-q", "-b", "main")
    commit(desk, "はじめ")
    desk.write("aoi/measures/forms.yaml", LOWERED)
    commit(desk, "見直し")
    return desk


def commit(desk: Desk, message: str) -> None:
    git(desk.root, "add", "-A")
    git(desk.root, "commit", "-q", "-m", message)


# ------------------------------------------------------------------------------------ what is compared


def test_two_revisions(repository: Desk) -> None:
    done = dxsite("HEAD~1", "HEAD", "-C", repository.root)
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == SUMMARY
    assert "「HEAD~1」と「HEAD」を比べています…" in done.stderr
    assert "1計画の2か所が変わっています。" in done.stderr


def test_a_revision_and_the_files_as_they_are(repository: Desk) -> None:
    """B may be left out; so may A, which is the last commit then."""
    repository.write("aoi/measures/forms.yaml", LOWERED.replace("- 情報課", "- 総務課"))
    assert (
        dxsite("HEAD~1", "-C", repository.root)
        .stdout.splitlines()[0]
        .endswith(
            "担当課 情報課 → 総務課、KPI 手続き数 目標 60→50件以上（引き下げ）、工程 令和5→6年度（延期）"
        )
    )
    assert dxsite("-C", repository.root).stdout.splitlines()[0] == "青井市: 担当課 情報課 → 総務課"


def test_two_folders(repository: Desk, tmp_path: Path) -> None:
    """No git is asked; folders are named from where one stands."""
    old = tmp_path / "old"
    shutil.copytree(SMALL, old / "content")
    done = dxsite("old", repository.root, cwd=tmp_path, PATH="")
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, SUMMARY)


def test_a_folder_and_a_revision(repository: Desk, tmp_path: Path) -> None:
    old = tmp_path / "old"
    shutil.copytree(SMALL, old / "content")
    assert dxsite(old, "main", "-C", repository.root).stdout.splitlines()[0] == SUMMARY


def test_nothing_changed(repository: Desk) -> None:
    done = dxsite("HEAD", "-C", repository.root)
    assert (done.returncode, done.stdout) == (0, "変わったところはありません。\n")


def test_a_revision_without_content_has_no_plans_yet(repository: Desk) -> None:
    git(repository.root, "checkout", "-q", "--orphan", "empty")
    git(repository.root, "rm", "-rq", "--cached", ".")
    git(repository.root, "commit", "-q", "--allow-empty", "-m", "空")
    done = dxsite("empty", "main", "-C", repository.root)
    assert (done.returncode, done.stdout.splitlines()[0]) == (
        0,
        "青井市: 計画「青井市DX推進計画」を追加",
    )


@pytest.mark.parametrize("name", ["main", "見直し", "v1.0", ":/はじめ", "HEAD^{tree}", "HEAD@{0}"])
def test_every_name_that_git_knows_is_a_revision(repository: Desk, name: str) -> None:
    git(repository.root, "branch", "見直し")
    git(repository.root, "tag", "-a", "v1.0", "-m", "第1版")
    done = dxsite(name, "HEAD", "-C", repository.root)
    assert (done.returncode, done.stderr.count("→")) == (0, 0)


def test_a_bare_repository_and_a_shallow_one(repository: Desk, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(repository.root), "bare.git")
    done = dxsite("HEAD~1", "HEAD", "-C", tmp_path / "bare.git")
    assert done.stdout.splitlines()[0] == SUMMARY
    url = (tmp_path / "bare.git").as_uri()
    git(tmp_path, "clone", "-q", "--depth", "2", url, "shallow")
    assert dxsite("HEAD~1", "-C", tmp_path / "shallow").stdout.splitlines()[0] == SUMMARY


def test_the_site_may_lie_in_a_folder_of_a_larger_repository(tmp_path: Path) -> None:
    whole = Desk(tmp_path / "larger" / "site")
    shutil.copytree(SMALL, whole.root / "content")
    git(whole.root.parent, "init", "-q")
    commit(whole, "はじめ")
    whole.write("aoi/measures/forms.yaml", LOWERED)
    assert dxsite("HEAD", "-C", whole.root).stdout.splitlines()[0] == SUMMARY


def test_a_revision_is_read_as_a_folder_is(repository: Desk) -> None:
    for name in (".forms.yaml.swp", "aoi/.hidden/x.yaml", "aoi/~$x.yaml", "memo.txt", "README.md"):
        repository.write(name, b"\0")
    commit(repository, "覚え書き")
    report = Report()
    read = revisions.read_side("HEAD", repository.root, report)
    assert report.findings == ()
    assert read == read_sources(repository.root, Report())


def test_what_cannot_be_a_content_file_is_told_of_a_revision_too(repository: Desk) -> None:
    measures = repository.root / "content/aoi/measures"
    (measures / "lost.yaml").symlink_to("nowhere.yaml")
    (measures / "large.yaml").write_text("# 覚え書き\n" * 100_000, "utf-8")
    (measures / "a\nb.yaml").write_text("名称: 窓口", "utf-8")
    (measures / "old.yml").write_text("名称: 窓口", "utf-8")
    commit(repository, "いろいろ")
    found = {f.code for f in findings("HEAD", repository.root)}
    assert found == {"unreadable-file", "too-large", "odd-file-name", "wrong-extension"}
    assert found == {f.code for f in findings(None, repository.root)}


NAMES = {
    *(
        "x.yaml",
        "x.md",
        "x.yml",
        "x.YAML",
        "x.MD",
        "x.yaml.txt",
        "x.md.txt",
        "x．ｙａｍｌ",
        "x.yaml ",
    ),
    *("window", "README", "memo.txt", "窓口", ".x.yaml", "~$x.yaml", "x.yaml~", "x\u200b.yaml"),
}
FOLDERS = {"", "aoi/", "aoi/measures/", "pages/", "y.md/", "aoi/y.yaml/", "aoi/y.YAML/", "aoi/.y/"}
ODD_FOLDERS = {"aoi/\u200b/", "aoi/~y/", "aoi/y.yml/inside/"}


def test_the_same_names_count_and_the_same_is_told_in_a_folder_and_a_revision(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path / "site")
    for folder in FOLDERS | ODD_FOLDERS:
        for name in NAMES:
            desk.write(folder + name, "名称: 窓口\n")
    desk.write("aoi/large.yaml", "# 覚え書き\n" * 100_000)
    for name in ("link", "link.yml", "link.txt"):
        (desk.root / "content/aoi" / name).symlink_to("x.yaml")
    git(desk.root, "init", "-q")
    commit(desk, "いろいろな名前")
    reports = Report(), Report()
    sides = [
        revisions.read_side(name, desk.root, report)
        for name, report in zip((None, "HEAD"), reports, strict=True)
    ]
    assert sides[0] == sides[1]
    assert reports[0].findings == reports[1].findings
    read = {source.path.removeprefix("content/") for source in sides[0]}
    followed = ("", "aoi/", "aoi/measures/", "pages/", "aoi/y.YAML/")
    assert read == {folder + name for folder in followed for name in ("x.yaml", "x.md")}
    assert {finding.code for finding in reports[0].findings} == {
        *("folder-named-as-file", "odd-file-name", "too-large", "wrong-extension")
    }


def findings(name: str | None, root: Path) -> tuple[Finding, ...]:
    report = Report()
    revisions.read_side(name, root, report)
    return report.findings


def test_nothing_is_written(repository: Desk) -> None:
    def state() -> dict[str, tuple[int, bytes]]:
        files = (path for path in repository.root.rglob("*") if path.is_file())
        return {str(p): (p.stat().st_mtime_ns, p.read_bytes()) for p in files}

    before = state()
    for form in ("text", "markdown", "json"):
        dxsite("HEAD~1", "HEAD", "-C", repository.root, "--format", form)
    assert state() == before


def test_a_hook_of_another_repository_is_not_in_the_way(repository: Desk, tmp_path: Path) -> None:
    other = tmp_path / "other"
    git(tmp_path, "init", "-q", "other")
    done = dxsite("HEAD~1", "-C", repository.root, GIT_DIR=str(other / ".git"))
    assert done.stdout.splitlines()[0] == SUMMARY


# --------------------------------------------------------------------------------------- wrong usage


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nowhere",), "「nowhere」という版もフォルダーも見つかりません"),
        (("HEAD~9",), "コミット、ブランチ、タグの名前か"),
        (("HEAD~1..HEAD",), "「dxsite diff HEAD~1 HEAD」のように"),
        (("HEAD", ""), "「」という版も"),
        (("--", "--help"), "「--help」という版も"),
        (("--", "-C"), "「-C」という版も"),
        (("HEAD:content/site.yaml",), "という版も"),
        (("HEAD\n",), "という版も"),
    ],
)
def test_an_unknown_revision_is_2_and_says_the_next_step(
    repository: Desk, arguments: tuple[str, ...], words: str
) -> None:
    done = dxsite("-C", repository.root, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert "→" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_without_content_is_2(repository: Desk) -> None:
    done = dxsite(repository.root / "content", "-C", repository.root)
    assert done.returncode == 2
    assert "中に content があるフォルダー" in done.stderr


def test_a_shallow_clone_says_how_to_get_the_rest(repository: Desk, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", repository.root.as_uri(), "shallow")
    done = dxsite("HEAD~1", "-C", tmp_path / "shallow")
    assert done.returncode == 2
    assert "git fetch --unshallow" in done.stderr


def test_no_repository_is_2(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "content")
    done = dxsite("HEAD", "-C", tmp_path, GIT_CEILING_DIRECTORIES=str(tmp_path.parent))
    assert done.returncode == 2
    assert "git のリポジトリとして読めません" in done.stderr


def test_no_git_is_2(repository: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository.root))
    with pytest.raises(Fault, match="git がありません"):
        revisions.read_side("HEAD", repository.root, Report())


def test_a_lost_object_is_told(repository: Desk) -> None:
    oid = git(repository.root, "rev-parse", "HEAD:content/aoi/measures/forms.yaml")
    (repository.root / ".git/objects" / oid[:2] / oid[2:]).unlink()
    done = dxsite("HEAD", "-C", repository.root)
    assert done.returncode == 2
    assert "→" in done.stderr
    assert "Traceback" not in done.stderr


# -------------------------------------------------------------------------------- faults in the content


def test_a_fault_on_one_side_is_1_and_the_rest_is_compared(repository: Desk) -> None:
    repository.write("aoi/measures/forms.yaml", WRONG)
    repository.write("aoi/glossary.yaml", "用語集:\n  - ID: ai\n    名称: AI\n    説明: 人工知能\n")
    done = dxsite("HEAD", "-C", repository.root)
    assert done.returncode == 1
    assert "今のファイルに、読めないところがあります。" in done.stderr
    assert "content/aoi/measures/forms.yaml:11:4: 誤り:" in done.stderr
    assert "次のファイルは比べていません: content/aoi/measures/forms.yaml" in done.stderr
    assert "用語「AI」を追加" in done.stdout
    assert "オンライン申請" not in done.stdout, "the measure is not called removed"


def test_a_broken_plan_is_left_out_as_a_whole(repository: Desk) -> None:
    repository.write("aoi/plan.yaml", "自治体: [")
    done = dxsite("HEAD", "-C", repository.root)
    assert (done.returncode, done.stdout) == (1, "")
    assert "次のファイルは比べていません: content/aoi" in done.stderr


def test_a_plan_with_one_bad_line_still_has_its_measures_compared(repository: Desk) -> None:
    text = (SMALL / "aoi/plan.yaml").read_text("utf-8")
    repository.write("aoi/plan.yaml", text + "\n段数: 3\n")
    done = dxsite("HEAD~1", "-C", repository.root)
    assert done.returncode == 1
    assert done.stdout.splitlines()[0] == SUMMARY


def test_rules_between_records_are_for_check(repository: Desk) -> None:
    """An older revision need not keep the rules of today."""
    repository.write("aoi/measures/forms.yaml", LOWERED.replace("- 1-(1)", "- 9"))
    done = dxsite("HEAD", "-C", repository.root)
    assert done.returncode == 0
    assert "体系 1-(1) オンライン申請 → 9" in done.stdout


def test_no_content_at_all_is_1(repository: Desk) -> None:
    shutil.rmtree(repository.root / "content")
    done = dxsite("HEAD", "-C", repository.root)
    assert done.returncode == 1
    assert "「content」フォルダーが見つかりません" in done.stderr


def test_a_plan_that_did_not_change_is_read_once_with_the_same_result(
    small_plan: Callable[..., Desk],
) -> None:
    """A faster way gives what the plain way gives."""
    desk = small_plan()
    shutil.copytree(desk.root / "content/aoi", desk.root / "content/ao")
    before = read_sources(desk.root, Report())
    desk.write("ao/measures/forms.yaml", LOWERED)
    after = read_sources(desk.root, Report())
    touched = tuple(Source(s.path, s.data + b"# \n") for s in after if s.path.endswith(".yaml"))
    fast = read_editions(before, after, (Report(), Report()), drafts=False)
    slow = read_editions(before, touched, (Report(), Report()), drafts=False)
    assert fast.before == slow.before
    assert fast.after == slow.after


# ---------------------------------------------------------------------------------------------- forms


def test_json_is_one_object_a_change(repository: Desk) -> None:
    done = dxsite("HEAD~1", "-C", repository.root, "--format", "json", "-q")
    rows = json.loads(done.stdout)
    assert done.stderr == ""
    assert [row["kind"] for row in rows] == ["lowered", "postponed"]
    assert set(rows[0]) == {
        *("plan", "municipality", "record", "id", "title", "url", "path", "op", "at", "kind"),
        *("before", "after", "by", "other", "text"),
    }
    assert rows[0]["path"] == [
        "plans",
        "aoi",
        "measures",
        "forms",
        "kpis",
        "forms",
        "targets",
        "2027",
    ]
    assert (rows[0]["before"]["number"], rows[0]["after"]["number"]) == (60, 50)
    assert rows[1]["by"] == 1


def test_files_beside_the_plans_are_named_only(repository: Desk) -> None:
    """Nobody shall read that nothing changed where something did."""
    text = (SMALL / "themes.yaml").read_text("utf-8")
    repository.write("themes.yaml", text.replace("情報を守る", "情報をしっかり守る"))
    done = dxsite("HEAD", "-C", repository.root)
    assert done.stdout == "変わったところはありません。\n"
    assert "計画のほかに変わったファイル: content/themes.yaml" in done.stderr


def test_json_of_nothing_is_an_empty_array(repository: Desk) -> None:
    done = dxsite("HEAD", "-C", repository.root, "--format", "json")
    assert json.loads(done.stdout) == []


def test_markdown_links_to_the_pages(repository: Desk) -> None:
    arguments = ("HEAD~1", "-C", repository.root, "--format", "markdown", "-q")
    done = dxsite(*arguments, "-u", "https://example.org/plans/")
    assert done.stdout == (
        "**[青井市](<https://example.org/plans/aoi/>)**: KPI 手続き数 目標 60→50件以上（引き下げ）、"
        "工程 令和5→6年度（延期）\n\n"
        "- [施策「オンライン申請の拡充」](<https://example.org/plans/aoi/measures/forms/>)\n"
        "  - KPI「手続き数」 目標（令和9年度／2027年度） 60件以上 → 50件以上（引き下げ）\n"
        "  - 工程「検討」 令和5年度 → 令和6年度（2023 → 2024年度、1年延期）\n"
    )
    assert "](</aoi/measures/forms/>)" in dxsite(*arguments).stdout


def test_the_site_may_say_itself_where_it_is_published(repository: Desk) -> None:
    """But a proposal cannot lead the links elsewhere."""
    settings = (SMALL / "site.yaml").read_text("utf-8")
    repository.write("site.yaml", settings + "\nURL: https://example.net/\n")
    assert "example.net" not in dxsite("HEAD~1", "-C", repository.root).stdout
    commit(repository, "公開")
    repository.write("aoi/measures/forms.yaml", MEASURE)
    assert "https://example.net/aoi/" in dxsite("-C", repository.root).stdout


def test_quiet_says_the_result_only(repository: Desk) -> None:
    done = dxsite("HEAD~1", "-C", repository.root, "-q")
    assert done.stderr == ""
    assert done.stdout.startswith(SUMMARY)


def test_every_form_is_utf8_whatever_the_locale(repository: Desk) -> None:
    done = dxsite("HEAD~1", "-C", repository.root, LC_ALL="C")
    assert done.stdout.splitlines()[0] == SUMMARY


def test_help_speaks_japanese() -> None:
    done = dxsite("--help")
    assert done.returncode == 0
    assert "計画の言葉で" in done.stdout
