"""What git merges by itself when two people edit at once, and what it does not.

Each test is two branches of a real repository. Files are in the house form, so the truth that
decides is git's own: changes on neighbouring lines collide, changes with one line between do not.
"""

import os
import subprocess
from pathlib import Path

import pytest

from dxsite import guide
from dxsite.diagnostics import Report
from dxsite.formatting import format_source
from dxsite.sources import Source

FORMS = "content/aoi/measures/forms.yaml"
UNTIDY = """\
# 施策一つにつき一つのファイルです。

名称: 電子申請の推進
番号: 1-1
状況: 実施中
体系: ["1"]
テーマ:
- online-procedures
- front-office
- cashless
要約: 窓口へ行かずに済みます。いつでも申請できます。費用も減ります。
工程:
- 年度: R5
  内容: 検討
- 年度: R6
  内容: 導入
KPI:
- ID: applications
  名称: 受付件数
  目標:
    R8: 1,000
    R9: 1,500
- ID: forms
  名称: 様式の数
  目標:
    R9: 80
更新日: 2026-11-20
"""


def formatted(text: str, path: str = FORMS) -> str:
    data = format_source(Source(path, text.encode()), Report())
    assert data is not None
    return data.decode()


class Repository:
    """A throwaway repository with one file in the house form, on the branch `main`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.git("init", "-q", "-b", "main")
        self.save(FORMS, formatted(UNTIDY))

    def git(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        who = {
            f"GIT_{role}_{part}": "a@b"
            for role in ("AUTHOR", "COMMITTER")
            for part in ("NAME", "EMAIL")
        }
        alone = {
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "HOME": str(self.root),
        }
        return subprocess.run(
            ["git", "-C", str(self.root), *arguments],
            env={"PATH": os.environ["PATH"], **who, **alone},
            capture_output=True,
            text=True,
            check=False,
        )

    def save(self, path: str, text: str) -> None:
        """Commit a file on the branch of now."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        self.git("add", "-A")
        assert self.git("commit", "-q", "-m", "x").returncode == 0

    def merged(self, ours: dict[str, str], theirs: dict[str, str]) -> str | None:
        """The file after both edits, each `old line → new lines`; None where they collide."""
        for branch, edits in (("ours", ours), ("theirs", theirs)):
            self.git("checkout", "-q", "-b", branch, "main")
            text = (self.root / FORMS).read_text("utf-8")
            for old, new in edits.items():
                assert text.count(old) == 1, old
                text = text.replace(old, new)
            self.save(FORMS, text)
        done = self.git("merge", "-q", "--no-edit", "ours")
        return (self.root / FORMS).read_text("utf-8") if done.returncode == 0 else None


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


MERGES = {
    "neighbouring fields": ({"推進": "推進事業"}, {"番号: 1-1": "番号: 1-2"}),
    "name and status": ({"推進": "推進事業"}, {"実施中": "実施済"}),
    "a field and one added next to its neighbour": (
        {"推進\n": "推進事業\n"},
        {"番号: 1-1": "順: 10\n\n番号: 1-1"},
    ),
    "adjacent steps of the schedule": ({"内容: 検討": "内容: 調査"}, {"年度: R6": "年度: R7"}),
    "targets of two KPIs": ({"R9: 1,500": "R9: 2,000"}, {"R9: 80": "R9: 90"}),
    "the last target of a KPI and the id of the next": (
        {"R9: 1,500": "R9: 2,000"},
        {"ID: forms": "ID: samples"},
    ),
    "sentences with one between": (
        {"窓口へ行かず": "役所へ行かず"},
        {"費用も減ります": "費用は減ります"},
    ),
    "items of a list with one between": (
        {"- online-procedures": "- online"},
        {"- cashless": "- payments"},
    ),
    "edits far apart on the same day": (
        {"推進": "推進事業", "2026-11-20": "2026-12-01"},
        {"R9: 80": "R9: 90", "2026-11-20": "2026-12-01"},
    ),
    "the same edit twice": ({"実施中": "実施済"}, {"実施中": "実施済"}),
}


@pytest.mark.parametrize("name", MERGES)
def test_git_merges_by_itself(repository: Repository, name: str) -> None:
    ours, theirs = MERGES[name]
    merged = repository.merged(ours, theirs)
    assert merged is not None
    for new in (*ours.values(), *theirs.values()):
        assert merged.count(new) == 1
    assert formatted(merged) == merged, "what was merged is in the house form"


COLLIDES = {
    "neighbouring lines inside one entry": ({"年度: R5": "年度: R4"}, {"内容: 検討": "内容: 調査"}),
    "neighbouring years of one KPI": ({"R8: 1,000": "R8: 1,100"}, {"R9: 1,500": "R9: 2,000"}),
    "neighbouring sentences": (
        {"窓口へ行かず": "役所へ行かず"},
        {"いつでも申請できます": "夜も申請できます"},
    ),
    "neighbouring items of a list": (
        {"- online-procedures": "- online"},
        {"- front-office": "- counters"},
    ),
    "two new steps in the same place": (
        {"内容: 導入\n": "内容: 導入\n\n  - 年度: R7\n    内容: 運用\n"},
        {"内容: 導入\n": "内容: 導入\n\n  - 年度: R8\n    内容: 改善\n"},
    ),
    "two new fields in the same place": (
        {"実施中\n": "実施中\n\n担当課の補足: 各課\n"},
        {"実施中\n": "実施中\n\n費用:\n  R5: 1\n"},
    ),
    "the day of the last change": ({"2026-11-20": "2026-12-01"}, {"2026-11-20": "2026-12-02"}),
}


@pytest.mark.parametrize("name", COLLIDES)
def test_git_asks_for_help(repository: Repository, name: str) -> None:
    """Expected: lines of one thought stand together, and a person should look at both edits."""
    assert repository.merged(*COLLIDES[name]) is None


def test_the_guide_shows_what_git_leaves_where_two_days_collide(repository: Repository) -> None:
    """GitHub writes the names of the branches: first the proposal, then what it goes into."""
    days = [{"2026-11-20": "2026-12-02"}, {"2026-11-20": "2026-12-01"}]
    assert repository.merged(*days) is None
    left = (repository.root / FORMS).read_text("utf-8")
    shown = left[left.index("<<<<<<<") :].replace(" HEAD\n", " fix-target\n")
    (trouble,) = (chapter for chapter in guide.chapters() if chapter.id == "trouble")
    shown = shown.replace(" ours\n", " main\n")
    assert f"```\n{shown}```" in trouble.text


def test_two_new_measures_never_collide(repository: Repository) -> None:
    """There is no index to edit: each is a file of its own."""
    for name in ("one", "two"):
        repository.git("checkout", "-q", "-b", name, "main")
        path = f"content/aoi/measures/{name}.yaml"
        repository.save(path, formatted(f"更新日: 2026-11-20\n名称: {name}\n", path))
    assert repository.git("merge", "-q", "--no-edit", "one").returncode == 0
    measures = (repository.root / "content/aoi/measures").iterdir()
    assert sorted(path.stem for path in measures) == ["forms", "one", "two"]


def test_before_formatting_neighbouring_fields_collide(repository: Repository) -> None:
    """Why there are blank lines: without them each of these is a conflict."""
    repository.save(FORMS, UNTIDY)
    assert repository.merged({"推進": "推進事業"}, {"番号: 1-1": "番号: 1-2"}) is None


def test_formatting_on_one_branch_only_collides_with_edits_on_the_other(
    repository: Repository,
) -> None:
    """Format a file before the work on it is shared out, or both branches before they meet."""
    repository.save(FORMS, UNTIDY)
    repository.git("checkout", "-q", "-b", "ours", "main")
    repository.save(FORMS, formatted(UNTIDY))
    repository.git("checkout", "-q", "-b", "theirs", "main")
    repository.save(FORMS, UNTIDY.replace("実施中", "実施済"))
    assert repository.git("merge", "-q", "--no-edit", "ours").returncode != 0
