"""What GitHub runs and shows: workflows, the comment on a pull request, forms, hooks.

The scripts of the workflows run here too, in a repository of their own, with tests/github/gh.py
in place of GitHub.
"""

import json
import os
import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dxsite import telling
from dxsite.cli import cli
from dxsite.diagnostics import Finding, Severity
from dxsite.positions import Place
from tests.conftest import ROOT

Json = Any

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").iterdir())
FORMS = sorted(p for p in (GITHUB / "ISSUE_TEMPLATE").iterdir() if p.name != "config.yml")
HOOKS = [ROOT / ".pre-commit-hooks.yaml", ROOT / ".pre-commit-config.yaml"]

RIGHTS = {
    "audit.yml": {None: {"contents": "read"}},
    "rebuild.yml": {None: {"contents": "read"}},
    "release.yml": {
        None: {"contents": "read"},
        "publish": {"actions": "read", "contents": "write"},
    },
    "check.yml": {None: {"contents": "read"}},
    "report.yml": {None: {}, "comment": {"contents": "read", "pull-requests": "write"}},
    "test.yml": {None: {"contents": "read"}},
    "tidy.yml": {None: {}, "tidy": {"contents": "write", "actions": "write"}},
}
"""Workflow → job, or None for all → what its token may do."""


SECRETS = {"rebuild.yml": ["BUILD_HOOK"]}
"""Workflow → what it is told and must not tell; it runs the code of the default branch only."""


def loaded(path: Path) -> Json:
    """A file of GitHub's; `on` is a word there, as in YAML 1.2."""
    return yaml.load(path.read_text("utf-8"), Loader=_Loader)


class _Loader(yaml.SafeLoader):
    """YAML 1.2's notion of yes and no."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - yaml's own protocol
        letter: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:bool"]
        for letter, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


def steps(workflow: Json) -> Iterator[Json]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


def texts(node: Json) -> Iterator[str]:
    """Every text of a tree."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from texts(value)


# --------------------------------------------------------------------------------- workflows


def by_name(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("path", WORKFLOWS, ids=by_name)
def test_every_action_is_pinned_by_its_commit_and_says_its_version(path: Path) -> None:
    used = [step["uses"] for step in steps(loaded(path)) if "uses" in step]
    lines = re.findall(
        r"uses: (\S+@[0-9a-f]{40}) # v\d+\.\d+\.\d+$", path.read_text(), re.MULTILINE
    )
    assert lines == used


def test_an_action_has_one_pin_everywhere() -> None:
    used = {s["uses"] for path in WORKFLOWS for s in steps(loaded(path)) if "uses" in s}
    assert len(used) == len({name.split("@")[0] for name in used})


@pytest.mark.parametrize("path", WORKFLOWS, ids=by_name)
def test_a_workflow_may_do_no_more_than_it_needs(path: Path) -> None:
    workflow = loaded(path)
    rights = {None: workflow["permissions"]}
    rights |= {n: job["permissions"] for n, job in workflow["jobs"].items() if "permissions" in job}
    assert rights == RIGHTS[path.name]
    assert re.findall(r"secrets\.(\w+)", path.read_text("utf-8")) == SECRETS.get(path.name, [])


@pytest.mark.parametrize("path", WORKFLOWS, ids=by_name)
def test_a_workflow_ends_by_itself_and_gives_way_to_a_newer_run(path: Path) -> None:
    workflow = loaded(path)
    assert workflow["concurrency"]["group"]
    assert all(0 < job["timeout-minutes"] <= 30 for job in workflow["jobs"].values())


@pytest.mark.parametrize("path", WORKFLOWS, ids=by_name)
def test_no_workflow_runs_words_of_strangers(path: Path) -> None:
    """An expression inside a script is pasted before the shell reads it: a branch may be `$(…)`."""
    workflow = loaded(path)
    assert "pull_request_target" not in workflow["on"]
    for step in steps(workflow):
        assert "${{" not in step.get("run", "")
        assert not any("github.event" in text for text in texts(step.get("env", {})))


@pytest.mark.parametrize("path", WORKFLOWS, ids=by_name)
def test_no_checkout_leaves_its_token_in_the_repository(path: Path) -> None:
    for step in steps(loaded(path)):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


def test_the_workflow_that_may_write_takes_nothing_from_a_pull_request() -> None:
    workflow = loaded(GITHUB / "workflows" / "report.yml")
    assert workflow["on"] == {"workflow_run": {"workflows": ["check"], "types": ["completed"]}}
    (checkout, _, *own) = steps(workflow)
    assert checkout["with"]["ref"] == "${{ github.event.repository.default_branch }}"
    assert not any("artifact" in text for text in texts(workflow["jobs"]))
    with_token = [step["run"].split()[-1] for step in own if "GH_TOKEN" in step["env"]]
    assert with_token == ["fetch", "post"], "what reads the content holds no token"


def test_what_is_released_is_written_by_a_job_that_runs_nothing_of_ours() -> None:
    publish = loaded(GITHUB / "workflows" / "release.yml")["jobs"]["publish"]
    assert publish["if"] == "github.ref_type == 'tag'"
    assert [step for step in publish["steps"] if "uses" in step] == []
    assert "python" not in "".join(texts(publish))


def test_what_is_told_a_secret_runs_for_no_stranger() -> None:
    for name in SECRETS:
        assert set(loaded(GITHUB / "workflows" / name)["on"]) == {"schedule", "workflow_dispatch"}


# --------------------------------------------------------------------------- what is depended on

LOCKS = sorted(ROOT.glob("requirements*.txt"))


@pytest.mark.parametrize("path", LOCKS, ids=by_name)
def test_every_requirement_has_one_version_and_hashes_and_comes_from_nowhere_else(
    path: Path,
) -> None:
    text = re.sub(r"^#.*\n", "", path.read_text("utf-8"), flags=re.MULTILINE)
    for one in re.split(r"\n(?=\S)", text.strip()):
        first, *hashes = one.split(" \\\n    ")
        assert re.fullmatch(r"[a-z0-9-]+==[\w.]+( ; .+)?", first), first
        assert hashes, first
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", line) for line in hashes), first


def test_locks_agree_on_versions() -> None:
    """What is released, what is tested, and what is audited is the same."""
    versions: dict[str, set[str]] = {}
    locks = [path for path in LOCKS if path.name != "requirements-tools.txt"]
    for path in locks:
        for name, version in re.findall(r"^([a-z0-9-]+)==(\S+)", path.read_text(), re.MULTILINE):
            versions.setdefault(name, set()).add(version)
    assert {path.name for path in locks} == {"requirements.txt", "requirements-test.txt"}
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_every_lock_is_audited_and_kept_new() -> None:
    audit = (GITHUB / "workflows" / "audit.yml").read_text("utf-8")
    assert [path.name for path in LOCKS if f"-r {path.name}" not in audit] == []
    updates = loaded(GITHUB / "dependabot.yml")["updates"]
    kinds = {update["package-ecosystem"]: update for update in updates}
    assert kinds.keys() == {"github-actions", "pip", "npm"}
    folders = {
        f"/{path.parent.relative_to(ROOT).as_posix()}"
        for path in (ROOT / "tests").glob("*/package-lock.json")
    }
    assert set(kinds["npm"]["directories"]) == folders


def test_the_paper_on_security_sends_to_the_private_form_and_to_files_that_exist() -> None:
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    assert re.findall(r"\]\(([^)]+)\)", text) == ["../../security/advisories/new"] * 2
    assert not re.search(r"\S+@\S+\.\S+", text), "no address that nobody reads"
    for name in re.findall(r"`(tests/[^`]+)`", text):
        assert (ROOT / name).exists(), name


# ------------------------------------------------------------------------ a repository and GitHub

SMALL = ROOT / "tests" / "small" / "content"
BUILD = f"""\
import os, sys
os.environ["PYTHONPATH"] = {str(ROOT)!r}
os.execv({sys.executable!r}, [{sys.executable!r}, "-P", "-m", "dxsite", *sys.argv[1:]])
"""
"""Stands for build.py, which would make an environment first."""
EVIL = "import sys\nsys.exit('ran the code of a pull request')\n"


@dataclass(frozen=True)
class Hub:
    """A repository with a pull request from a fork, and what GitHub would say of it."""

    root: Path
    """A clone of the default branch, where a workflow runs."""
    fork: Path
    number: int = 7

    @property
    def state(self) -> Path:
        return self.root.parent / "gh.json"

    def git(self, *arguments: str, at: Path | None = None) -> str:
        command = ["git", "-C", str(at or self.root), *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def propose(self, **files: str) -> str:
        """Commit files to the fork's branch; GitHub keeps them under refs/pull."""
        for name, text in files.items():
            path = self.fork / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        self.git("add", "-A", at=self.fork)
        self.git("commit", "--quiet", "-m", "change", at=self.fork)
        self.git("push", "--quiet", "origin", f"HEAD:refs/pull/{self.number}/head", at=self.fork)
        return self.git("rev-parse", "HEAD", at=self.fork)

    def answer(self, sha: str, **other: Json) -> None:
        """What GitHub has: the pull request at `sha`, and `other`."""
        pull = {
            "number": self.number,
            "head": {"sha": sha, "label": "someone:$(touch pwned)"},
            "base": {"sha": self.git("rev-parse", "HEAD"), "repo": {"full_name": "town/plans"}},
        }
        state = {"pulls": [pull], "comments": [], "written": [], **other}
        self.state.write_text(json.dumps(state), "utf-8")

    def run(self, sha: str, **other: Json) -> "subprocess.CompletedProcess[str]":
        """The scripts of report.yml, for a run that has ended at `sha`."""
        event = {
            "head_sha": sha,
            "head_branch": "$(touch pwned)",
            "head_repository": {"owner": {"login": "someone"}},
            "pull_requests": [],
            **other,
        }
        place = self.root.parent / "event.json"
        place.write_text(json.dumps({"workflow_run": event}), "utf-8")
        environment = self.environment(GITHUB_EVENT_PATH=str(place))
        for step in list(steps(loaded(GITHUB / "workflows" / "report.yml")))[2:]:
            token = {"GH_TOKEN": "t"} if "GH_TOKEN" in step["env"] else {}
            done = self.shell(step["run"], {**environment, **token})
            if done.returncode:
                break
        return done

    def again(self) -> None:
        """The last step once more."""
        script = list(steps(loaded(GITHUB / "workflows" / "report.yml")))[-1]["run"]
        assert self.shell(script, self.environment(GH_TOKEN="t")).returncode == 0

    def environment(self, **other: str) -> dict[str, str]:
        kept = {n: v for n, v in os.environ.items() if not n.startswith(("GITHUB_", "GH_", "GIT_"))}
        return {
            **kept,
            "PATH": f"{self.root.parent / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "FAKE_GITHUB": str(self.state),
            "GITHUB_REPOSITORY": "town/plans",
            "RUNNER_TEMP": str(self.root.parent / "temp"),
            **other,
        }

    def shell(self, script: str, env: dict[str, str]) -> "subprocess.CompletedProcess[str]":
        """A step of a workflow, run as GitHub runs it."""
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
        return subprocess.run(
            command, cwd=self.root, env=env, capture_output=True, text=True, check=False
        )

    @property
    def written(self) -> list[tuple[str, str, str]]:
        """The requests that change something at GitHub."""
        return [tuple(request) for request in json.loads(self.state.read_text("utf-8"))["written"]]


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    made = Hub(tmp_path / "clone", tmp_path / "fork")
    (tmp_path / "temp").mkdir()
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "python").symlink_to(sys.executable)
    fake = ROOT / "tests" / "github" / "gh.py"
    (tools / "gh").write_text(f'#!/bin/sh\nexec "{sys.executable}" "{fake}" "$@"\n')
    (tools / "gh").chmod(0o755)
    origin = tmp_path / "origin.git"
    subprocess.run(["git", "init", "--quiet", "--bare", "-b", "main", origin], check=True)
    subprocess.run(["git", "init", "--quiet", "-b", "main", made.fork], check=True)
    for setting in ("user.name=Test", "user.email=test@example.org", "core.autocrlf=false"):
        made.git("config", *setting.split("="), at=made.fork)
    made.git("remote", "add", "origin", str(origin), at=made.fork)
    shutil.copytree(SMALL, made.fork / "content")
    shutil.copytree(GITHUB, made.fork / ".github")
    (made.fork / "build.py").write_text(BUILD)
    made.git("add", "-A", at=made.fork)
    made.git("commit", "--quiet", "-m", "first", at=made.fork)
    made.git("push", "--quiet", "origin", "main", at=made.fork)
    subprocess.run(["git", "clone", "--quiet", origin, made.root], check=True)
    return made


def changed(old: str, new: str, path: str = "aoi/measures/forms.yaml") -> dict[str, str]:
    """A file of the small content with one thing changed."""
    text = (SMALL / path).read_text("utf-8")
    assert old in text
    return {f"content/{path}": text.replace(old, new)}


TITLE = "名称: " + next(
    line.removeprefix("名称: ")
    for line in (SMALL / "aoi/measures/forms.yaml").read_text("utf-8").splitlines()
    if line.startswith("名称: ")
)


# ----------------------------------------------------------------------------------- the comment


def test_a_comment_tells_what_a_fork_changes(hub: Hub) -> None:
    """Later it is renewed: the one that is ours, whoever else wrote the mark."""
    sha = hub.propose(**changed(TITLE, "名称: 新しい名前"))
    hub.answer(sha)
    done = hub.run(sha)
    assert (done.returncode, done.stderr) == (0, "")
    ((method, path, body),) = hub.written
    assert (method, path) == ("POST", "repos/town/plans/issues/7/comments")
    assert body.startswith("<!-- dxsite-report -->\n### この提案で変わるところ\n")
    assert "新しい名前" in body
    assert "**誤りも注意もありません。**" in body
    assert not (hub.root / "pwned").exists()

    told = "<!-- dxsite-report -->\n前の内容"
    strangers = [{"id": n, "user": {"login": "someone"}, "body": told} for n in range(1, 121)]
    ours = {"id": 500, "user": {"login": "github-actions[bot]"}, "body": told}
    other = {"id": 400, "user": {"login": "github-actions[bot]"}, "body": f"> {told}"}
    gone = {"id": 300, "user": None, "body": told}
    hub.answer(sha, comments=[*strangers, gone, other, ours])
    hub.again()
    assert hub.written == [("PATCH", "repos/town/plans/issues/comments/500", body)]


def test_nothing_is_told_where_no_content_changes(hub: Hub) -> None:
    """An earlier comment is taken back."""
    sha = hub.propose(**{"README.md": "あ\n"})
    hub.answer(sha)
    assert hub.run(sha).returncode == 0
    assert hub.written == []
    ours = {"id": 5, "user": {"login": "github-actions[bot]"}, "body": "<!-- dxsite-report -->"}
    hub.answer(sha, comments=[ours])
    hub.again()
    assert hub.written[0][2] == "<!-- dxsite-report -->\nこの提案で変わる内容はありません。\n"


def test_a_comment_tells_what_is_wrong(hub: Hub) -> None:
    sha = hub.propose(**changed(TITLE, "名前: 新しい名前"))
    hub.answer(sha)
    assert hub.run(sha).returncode == 0
    ((_, _, body),) = hub.written
    assert "変わったところはありません。読めないファイルは比べていません。" in body
    assert "**誤り2件、注意0件。**" in body
    assert "| 誤り | content/aoi/measures/forms.yaml" in body


def test_what_strangers_write_is_neither_run_nor_obeyed(hub: Hub) -> None:
    """Neither their code, nor their links out of the repository, nor their mentions."""
    code = {"build.py": EVIL, ".github/scripts/report.py": EVIL, "dxsite/__init__.py": EVIL}
    bad = '名称: "@everyone <img src=x> [見て](http://evil.example) ##[error]x `a` | b"'
    secret = hub.root.parent / "secret.yaml"
    secret.write_text("名称: 秘密の鍵\n", "utf-8")
    (hub.fork / "content" / "aoi" / "measures" / "link.yaml").symlink_to(secret)
    sha = hub.propose(**code, **changed(TITLE, bad))
    hub.answer(sha)
    done = hub.run(sha)
    assert done.returncode == 0
    assert (done.stdout, done.stderr) == ("", "")
    ((_, _, body),) = hub.written
    assert "秘密" not in body
    assert "ほかの場所を指すリンクです" in body
    assert not re.search(r"@everyone|(?<!\\)<img|(?<!\\)\[見て|http://evil", body)
    assert hub.git("status", "--porcelain") == ""


def test_a_long_report_fits_into_a_comment() -> None:
    report = runpy.run_path(str(GITHUB / "scripts" / "report.py"))
    pull = report["Pull"](7, "a" * 40, "b" * 40)
    text = report["comment"](pull, "- 一行\n" * 20_000, "| 表 |\n" * 3_000)
    assert 64_900 < len(text) <= report["LONGEST"] < 65_536
    assert "- 一行\n\n長いため、残りを省きました。\n\n### 内容の検査\n\n| 表 |\n" in text


@pytest.mark.parametrize(
    ("why", "told"),
    [
        ("an older commit", {"head_sha": "0" * 40}),
        ("no commit at all", {"head_sha": "main"}),
        ("another branch", {"head_branch": "other"}),
        ("another owner", {"head_repository": {"owner": {"login": "other"}}}),
        ("a fork that is gone", {"head_repository": None}),
        ("another number", {"pull_requests": [{"number": 8}]}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_no_other_pull_request_is_written_to(hub: Hub, why: str, told: Json) -> None:
    sha = hub.propose(**changed(TITLE, "名称: 新しい名前"))
    hub.answer(sha)
    assert hub.run(sha, **told).returncode == 0, why
    assert hub.written == []


def test_a_pull_request_that_went_on_is_left_to_its_own_run(hub: Hub) -> None:
    sha = hub.propose(**changed(TITLE, "名称: 新しい名前"))
    hub.propose(**changed(TITLE, "名称: もっと新しい名前"))
    hub.answer(sha)
    assert hub.run(sha).returncode == 0
    assert hub.written == []


# -------------------------------------------------------------------------- the editing screen


def test_what_the_editing_screen_saved_is_tidied_on_its_branch(hub: Hub) -> None:
    """With its comment back; by the code of the default branch; and it is checked anew."""
    path = "aoi/measures/forms.yaml"
    before = "# 覚え書き\n" + (SMALL / path).read_text("utf-8")
    (hub.fork / "content" / path).write_text(before, "utf-8")
    commit = ("commit", "--quiet", "-am")
    hub.git(*commit, "comment", at=hub.fork)
    hub.git("push", "--quiet", "origin", "main", at=hub.fork)
    hub.git("pull", "--quiet", "--ff-only")
    values = yaml.load(before.replace(TITLE, "名称: 新しい名前"), yaml.BaseLoader)
    saved = yaml.safe_dump(values, allow_unicode=True, sort_keys=False)
    hub.git("switch", "--quiet", "-c", "cms/aoi/forms", at=hub.fork)
    for name, text in {
        f"content/{path}": saved,
        "build.py": EVIL,
        "dxsite/__init__.py": EVIL,
    }.items():
        (hub.fork / name).parent.mkdir(exist_ok=True)
        (hub.fork / name).write_text(text, "utf-8")
    hub.git("add", "-A", at=hub.fork)
    hub.git(*commit, "saved", at=hub.fork)
    hub.git("push", "--quiet", "origin", "HEAD", at=hub.fork)
    hub.git("fetch", "--quiet", "origin")
    hub.state.write_text(json.dumps({"written": []}), "utf-8")
    ref = "refs/heads/cms/aoi/forms"
    environment = hub.environment(
        GH_TOKEN="t",
        GITHUB_SHA=hub.git("rev-parse", "HEAD", at=hub.fork),
        GITHUB_REF=ref,
        GITHUB_REF_NAME=ref.removeprefix("refs/heads/"),
    )
    for step in list(steps(loaded(GITHUB / "workflows" / "tidy.yml")))[2:]:
        done = hub.shell(step["run"], environment)
        assert done.returncode == 0, done.stderr
    hub.git("fetch", "--quiet", "origin")
    branch = "origin/cms/aoi/forms"
    tidied = before.replace(TITLE, "名称: 新しい名前")
    assert f"{hub.git('show', f'{branch}:content/{path}')}\n" == tidied
    assert hub.git("diff", "--name-only", f"{branch}~", branch) == f"content/{path}"
    assert hub.written == [("DISPATCH", "check.yml", "cms/aoi/forms")]


# ------------------------------------------------------------------------------------- the check


def test_the_check_of_a_pull_request(hub: Hub) -> None:
    """Beside the lines what is wrong, in the summary all of it, and what changes."""
    hub.propose(**changed(TITLE, "名前: x"), **changed("名称: ", "名称: 新しい", "site.yaml"))
    hub.git("fetch", "--quiet", "origin", "refs/pull/7/head")
    hub.git("-c", "user.name=T", "-c", "user.email=t@example.org", "merge", "--no-ff", "FETCH_HEAD")
    summary = hub.root.parent / "summary.md"
    environment = hub.environment(GITHUB_STEP_SUMMARY=str(summary))
    jobs = loaded(GITHUB / "workflows" / "check.yml")["jobs"]
    check, compare = (step["run"] for step in jobs["content"]["steps"] if "run" in step)
    done = hub.shell(check, environment)
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=content/aoi/measures/forms.yaml,line=1,")
    assert "### 内容の検査\n\n**誤り" in summary.read_text("utf-8")
    assert hub.shell(compare, environment).returncode == 0
    assert "### 変わるところ\n" in summary.read_text("utf-8")


def obeyed(line: str) -> tuple[str, dict[str, str], str] | None:
    """What GitHub's runner makes of a line of the log: a command, its properties, its message."""
    found = re.fullmatch(r"::(\w+)(?: ([^:]*(?::(?!:)[^:]*)*?))?::(.*)", line)
    if not found:
        return None

    def plain(text: str, marks: list[str]) -> str:
        return re.sub("|".join(marks), lambda m: bytes.fromhex(m[0][1:]).decode(), text)

    properties = dict(pair.split("=", 1) for pair in found[2].split(",")) if found[2] else {}
    data = ["%0D", "%0A", "%25"]
    return (
        found[1],
        {name: plain(value, [*data, "%3A", "%2C"]) for name, value in properties.items()},
        plain(found[3], data),
    )


@given(path=st.text(), message=st.text(), line=st.integers(1, 9999))
def test_github_reads_what_we_meant(path: str, message: str, line: int) -> None:
    finding = Finding(Place(path, line, 2), Severity.ERROR, "odd", message, "直す。")
    (told,) = re.split(r"\r\n|\r|\n", telling.as_github([finding]))
    where = {"file": path, "line": str(line), "col": "2", "title": "内容の誤り（odd）"}
    assert obeyed(told) == ("error", where, f"{message} 直す。")


# ------------------------------------------------------------------------- forms, owners, hooks

KINDS = {"markdown", "input", "textarea", "dropdown", "checkboxes"}


@pytest.mark.parametrize("path", FORMS, ids=by_name)
def test_a_form_is_one_that_github_shows(path: Path) -> None:
    form = loaded(path)
    assert form.keys() <= {"name", "description", "title", "labels", "body"}
    assert form["name"]
    assert form["description"]
    ids = [part["id"] for part in form["body"] if part["type"] != "markdown"]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[\w-]+", id_) for id_ in ids)
    for part in form["body"]:
        assert part["type"] in KINDS
        assert part["attributes"]["value" if part["type"] == "markdown" else "label"]
        if part["type"] in ("dropdown", "checkboxes"):
            assert part["attributes"]["options"]
    assert any(part.get("validations", {}).get("required") for part in form["body"])
    japanese = [t for t in texts([form["name"], form["description"]]) if re.search("[ぁ-ん]", t)]
    assert len(japanese) == 2


def test_the_forms_are_for_citizens_and_for_new_plans() -> None:
    assert {loaded(path)["name"] for path in FORMS} == {"誤りを見つけた", "計画を足したい"}
    config = loaded(GITHUB / "ISSUE_TEMPLATE" / "config.yml")
    assert config == {"blank_issues_enabled": True}


def test_a_pull_request_asks_for_source_and_comparison() -> None:
    text = (GITHUB / "pull_request_template.md").read_text("utf-8")
    assert re.findall("^## (.+)$", text, re.MULTILINE) == [
        "何を変えましたか",
        "出典",
        "確かめたこと",
    ]
    assert text.count("- [ ] ") == 3


def test_the_examples_of_owners_name_every_plan_and_nobody() -> None:
    text = (GITHUB / "CODEOWNERS").read_text("utf-8")
    lines = text.splitlines()
    assert all(not line or line.startswith("#") for line in lines), "only examples"
    owned = [line[2:].split() for line in lines if re.match(r"# [*/]", line)]
    assert all(re.fullmatch(r"@ORG/[a-z]+", team) for _, team in owned)
    plans = {path.parent.name for path in (ROOT / "content").glob("*/plan.yaml")}
    folders = {name.split("/")[2] for name, _ in owned if name.startswith("/content/")}
    assert folders - {""} == plans
    assert all((ROOT / name.strip("*/")).is_dir() for name, _ in owned)


def test_the_hooks_call_commands_that_exist() -> None:
    hooks = loaded(HOOKS[0])
    assert [hook["id"] for hook in hooks] == ["dxsite-check", "dxsite-fmt"]
    for hook in hooks:
        assert {"id", "name", "entry", "language", "files"} <= hook.keys()
        assert hook["language"] == "python"
        program, command = hook["entry"].split()
        assert (program, command in cli.commands) == ("dxsite", True)
    check, fmt = hooks
    assert check["pass_filenames"] is False, "records are checked against each other"
    assert re.search(fmt["files"], "content/aoi/measures/x.yaml")
    assert not re.search(fmt["files"], "content/.schema/x.yaml")
    ((ours,),) = [repo["hooks"][:1] for repo in loaded(HOOKS[1])["repos"]]
    assert ours["id"] == "dxsite-check"
