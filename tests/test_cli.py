"""The command line keeps contract §1, seen from outside: a process, its streams, its exit; what
is the same whatever process asks for it is asked for in this one."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from dxsite.cli import Late, cli
from tests.conftest import ROOT, Desk

MEASURE = (ROOT / "tests/small/content/aoi/measures/forms.yaml").read_text("utf-8")
UNFINISHED = re.sub(r"    現状:\n.*?60以上\n", "", MEASURE, flags=re.DOTALL)
"""A KPI without figures: a warning."""
WRONG = MEASURE.replace("担当課:", "担当課：").replace("順: 10", "順: 十")

Done = subprocess.CompletedProcess[str]


def run(*arguments: str | Path, cwd: Path = ROOT, **environment: str) -> Done:
    """`dxsite` with these arguments."""
    return subprocess.run(
        [sys.executable, "-m", "dxsite", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def within(*arguments: str | Path) -> Done:
    """The same within this process, a second sooner; no `Fault` is told there."""
    words = [*map(str, arguments)]
    told = CliRunner().invoke(cli, words, standalone_mode=False, catch_exceptions=False)
    code = told.return_value if isinstance(told.return_value, int) else told.exit_code
    return Done(words, code, told.stdout, told.stderr)


@pytest.fixture
def desk(small_plan: Callable[..., Desk]) -> Desk:
    return small_plan()


def test_good_content_is_0(desk: Desk) -> None:
    done = run("check", "-C", desk.root)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "誤りも注意もありません。\n"


def test_a_fault_of_the_content_is_1(desk: Desk) -> None:
    desk.write("aoi/measures/forms.yaml", WRONG)
    done = run("check", "-C", desk.root)
    assert done.returncode == 1
    assert done.stdout.startswith("content/aoi/measures/forms.yaml:3:4: 誤り:")
    assert "誤り2件" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_warning_is_1_only_where_strictness_is_wanted(desk: Desk) -> None:
    desk.write("aoi/measures/forms.yaml", UNFINISHED)
    assert within("check", "-C", desk.root).returncode == 0
    assert within("check", "-C", desk.root, "--strict").returncode == 1
    assert within("build", "-C", desk.root, "--no-index").returncode == 0
    assert run("build", "-C", desk.root, "--no-index", "--strict").returncode == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("bild",),
        ("build", "--jobs", "0"),
        ("check", "--format", "xml"),
        ("check", "-C", "/nowhere"),
    ],
)
def test_wrong_usage_is_2(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_a_broken_house_is_2_and_says_the_next_step(desk: Desk) -> None:
    (desk.root / "templates" / "measure.html").write_text("{{ view.nonsense }}", "utf-8")
    done = run("build", "-C", desk.root, "--no-index")
    assert done.returncode == 2
    assert "measure.html" in done.stderr
    assert "→" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (desk.root / "public").exists()


def test_a_folder_of_somebody_else_is_2(desk: Desk) -> None:
    target = desk.root / "thesis"
    target.mkdir()
    (target / "chapter.txt").write_text("mine", "utf-8")
    done = run("build", "-C", desk.root, "--no-index", "-o", target)
    assert done.returncode == 2
    assert [path.name for path in target.iterdir()] == ["chapter.txt"]


def test_the_result_goes_to_stdout_and_the_rest_to_stderr(desk: Desk) -> None:
    done = run("build", "-C", desk.root, "--no-index")
    assert re.fullmatch(r"\d+ページを作りました（[^）]*）。\n", done.stdout)
    assert "内容を読んでいます" in done.stderr


def test_quiet_leaves_the_result_alone(desk: Desk) -> None:
    done = run("build", "-C", desk.root, "--no-index", "-q")
    assert done.stderr == ""
    assert done.stdout.endswith("。\n")


def test_a_build_with_faults_says_that_nothing_changed(desk: Desk) -> None:
    desk.write("aoi/measures/forms.yaml", WRONG)
    done = run("build", "-C", desk.root, "--no-index")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.endswith("公開中のサイトは変わっていません。\n")


@pytest.mark.parametrize("no_color", ["", "1"])
def test_a_pipe_gets_no_colours(no_color: str) -> None:
    done = run("check", "-C", "/nowhere", NO_COLOR=no_color)
    assert "\x1b" not in done.stderr + done.stdout


def test_json_is_sorted_by_path_line_and_column(desk: Desk) -> None:
    desk.write("aoi/measures/forms.yaml", WRONG)
    desk.write("aoi/measures/a.yaml", "順: 十\n名称: a\nテーマ: x\n")
    done = within("check", "-C", desk.root, "--format", "json")
    rows = json.loads(done.stdout)
    places = [(row["path"], row["line"], row["column"]) for row in rows]
    assert places == sorted(places)
    assert len(rows) > 4
    assert {row["path"] for row in rows} == {
        "content/aoi/measures/a.yaml",
        "content/aoi/measures/forms.yaml",
    }
    assert set(rows[0]) == {"path", "line", "column", "severity", "code", "message", "hint"}
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["code"]) for row in rows)


def test_json_of_good_content_is_an_empty_array(desk: Desk) -> None:
    assert json.loads(within("check", "-C", desk.root, "--format", "json").stdout) == []


@pytest.mark.parametrize("form", ["github", "sarif", "text"])
def test_every_form_is_utf8_whatever_the_locale(desk: Desk, form: str) -> None:
    desk.write("aoi/measures/forms.yaml", WRONG)
    done = run("check", "-C", desk.root, "--format", form, LC_ALL="C")
    assert done.returncode == 1
    assert "担当" in done.stdout


def test_the_folder_in_which_one_stands_does_not_matter(desk: Desk, tmp_path: Path) -> None:
    """Paths are told from the root that -C names, which may be relative."""
    desk.write("aoi/measures/forms.yaml", WRONG)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    here = run("check", cwd=desk.root)
    assert run("check", "-C", desk.root, cwd=elsewhere).stdout == here.stdout
    assert run("check", "-C", os.path.relpath(desk.root, elsewhere), cwd=elsewhere).stdout == (
        here.stdout
    )


def test_a_base_url_may_have_a_path(desk: Desk) -> None:
    done = within("build", "-C", desk.root, "--no-index", "-u", "https://example.org/plans/")
    assert done.returncode == 0
    home = (desk.root / "public" / "index.html").read_text("utf-8")
    assert 'href="/plans/aoi/"' in home
    assert 'rel="canonical" href="https://example.org/plans/"' in home


def test_a_new_file_can_be_filled_in_without_reading_the_code(desk: Desk) -> None:
    """What `new` lays out is told to be empty, key by key, and nothing else."""
    assert within("new", "measure", "aoi", "counter", "-C", desk.root).returncode == 0
    rows = json.loads(within("check", "-C", desk.root, "--format", "json").stdout)
    assert {row["path"] for row in rows} == {"content/aoi/measures/counter.yaml"}
    assert {row["code"] for row in rows} <= {"empty-value", "missing-key"}
    again = run("new", "measure", "aoi", "counter", "-C", desk.root)
    assert again.returncode == 2
    assert "もうあります" in again.stderr


def test_a_new_review_goes_where_the_plan_has_its_reviews(desk: Desk) -> None:
    path = desk.root / "content" / "aoi" / "plan.yaml"
    before = path.read_text("utf-8")
    for count in (1, 2):
        assert within("new", "review", "aoi", "-C", desk.root).returncode == 0
        assert path.read_text("utf-8").count(f"  - 番号: {count}\n") == 1
    rows = json.loads(within("check", "-C", desk.root, "--format", "json").stdout)
    assert [(row["path"], row["code"]) for row in rows] == [
        ("content/aoi/plan.yaml", "empty-value"),
        ("content/aoi/plan.yaml", "empty-value"),
    ]
    added = [line for line in path.read_text("utf-8").splitlines() if line not in before]
    assert all(line.startswith(("振り返り:", "  - 番号:", "    ")) for line in added)


def test_the_date_is_an_argument(desk: Desk) -> None:
    within("build", "-C", desk.root, "--no-index", "--date", "2027-04-01", "-q")
    catalog = json.loads((desk.root / "public/data/catalog.json").read_text("utf-8"))
    assert catalog["generated"] == "2027-04-01"


def test_help_speaks_japanese() -> None:
    done = run("--help")
    assert done.returncode == 0
    assert "静的なウェブサイト" in done.stdout


def test_a_command_is_listed_with_the_first_line_of_its_help() -> None:
    """The list stands apart from the commands, which are read only when they are called."""
    for name, listed in cli.commands.items():
        assert isinstance(listed, Late)
        assert (listed.now().name, listed.now().get_short_help_str(80)) == (
            name,
            listed.short_help,
        )


NEEDLESS = {
    "check": "PIL concurrent multiprocessing openpyxl sudachipy watchdog",
    "build --no-index --no-cards": "PIL concurrent multiprocessing openpyxl sudachipy watchdog",
    "--help": "PIL dxsite.model jinja2 markdown_it yaml",
}
"""Command → what it must not wait for."""


@pytest.mark.parametrize("command", NEEDLESS)
def test_a_command_reads_only_what_it_needs(command: str, desk: Desk) -> None:
    asking = (
        "import sys, dxsite.cli as c\n"
        "try: c.cli.main(sys.argv[1:], standalone_mode=False)\n"
        "finally: print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", asking, *command.split()],
        cwd=desk.root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    read = set(done.stdout.splitlines()[-1].split())
    assert "dxsite.cli" in read
    assert read & set(NEEDLESS[command].split()) == set()
