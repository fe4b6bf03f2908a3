"""Comments on a pull request what it changes, for report.yml.

fetch    asks GitHub which pull request it is, and fetches its commits as data
write    lets dxsite compare and check both states, read from git's objects
post     writes the one comment, or renews it

Only `fetch` and `post` hold a token, only `write` reads what strangers wrote. Nothing that they
wrote is ever printed, since the log of a workflow obeys commands.
"""

import json
import os
import re
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

MARK = "<!-- dxsite-report -->"
OURS = "github-actions[bot]"
LONGEST = 65_000
"""Letters of a comment; GitHub takes 65,536."""
PAGES = 20
"""Pages of a hundred comments that are looked through."""
SAME = "変わったところはありません。"
UNREAD = "読めないファイルがあるため、比べられませんでした。"
SOUND = "**誤りも注意もありません。**"

Json = Any


@dataclass(frozen=True)
class Pull:
    """A pull request, and the commits between which it changes something."""

    number: int
    base: str
    head: str


def main(step: str) -> None:
    """Run a step; it does nothing where the one before found nothing to do."""
    {"fetch": fetch, "write": write, "post": post}[step]()


def fetch() -> None:
    """Find the open pull requests of the run that has ended, and fetch their commits."""
    event = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_text("utf-8"))
    found = [pull for pull in map(_fetched, pulls_of(event["workflow_run"])) if pull]
    _state().write_text(json.dumps([asdict(pull) for pull in found]), "utf-8")
    print(f"{len(found)} pull request(s)")


def pulls_of(run: Json) -> list[Json]:
    """The open pull requests whose newest commit the run was for.

    The event names none for a fork; where it names some, no other is taken.
    """
    repository = os.environ["GITHUB_REPOSITORY"]
    if not run["head_repository"] or not _is_commit(run["head_sha"]):
        return []  # the fork is gone
    head = f"{run['head_repository']['owner']['login']}:{run['head_branch']}"
    query = ["-f", "state=open", "-f", "per_page=100", "-f", f"head={head}"]
    listed = _gh("--method", "GET", f"repos/{repository}/pulls", *query)
    named = {pull["number"] for pull in run["pull_requests"]}
    return [
        pull
        for pull in listed
        if pull["head"]["sha"] == run["head_sha"]
        and pull["base"]["repo"]["full_name"] == repository
        and isinstance(pull["number"], int)
        and (not named or pull["number"] in named)
    ]


def _fetched(pull: Json) -> Pull | None:
    """The commits of a pull request, in the repository but not in its files."""
    number, head, tip = pull["number"], pull["head"]["sha"], pull["base"]["sha"]
    # The first helper, an empty one, takes away all others.
    login = ["-c", "credential.helper=", "-c", "credential.helper=!gh auth git-credential"]
    ref = f"refs/dxsite/{number}"
    _git(*login, "fetch", "--no-tags", "--quiet", "origin", f"+refs/pull/{number}/head:{ref}")
    if _git("rev-parse", ref) != head or not _is_commit(tip):
        return None  # newer commits have come; their own run will tell
    return Pull(number, _git("merge-base", tip, head), head)


def write() -> None:
    """Put the text of each comment beside the state."""
    for pull in _pulls():
        changed = _dxsite("diff", pull.base, pull.head, "--format", "markdown")
        findings = _dxsite("check", "--revision", pull.head, "--format", "markdown")
        _text(pull).write_text(comment(pull, changed, findings), "utf-8")


def comment(pull: Pull, changed: str, findings: str) -> str:
    """The comment; empty where there is nothing to tell."""
    if changed == SAME and findings == SOUND:
        return ""
    if changed == SAME and findings != SOUND:
        changed = f"{SAME}読めないファイルは比べていません。"
    head = f"{MARK}\n### この提案で変わるところ\n\n"
    tail = (
        f"\n\n### 内容の検査\n\n{findings}\n\n"
        f"{pull.base[:7]} と {pull.head[:7]} を比べました。新しいコミットが届くと書き直します。\n"
    )
    return head + cut(changed, LONGEST - len(head) - len(tail)) + tail


def cut(text: str, room: int) -> str:
    """As many whole lines as fit."""
    if len(text) <= room:
        return text
    note = "\n\n長いため、残りを省きました。"
    return text[: max(room - len(note), 0)].rpartition("\n")[0] + note


def post() -> None:
    """Write the comments, or renew those that are ours."""
    repository = os.environ["GITHUB_REPOSITORY"]
    for pull in _pulls():
        text = _text(pull).read_text("utf-8")
        ours = _our_comment(repository, pull.number)
        if ours is not None:
            body = text or f"{MARK}\nこの提案で変わる内容はありません。\n"
            _gh("--method", "PATCH", f"repos/{repository}/issues/comments/{ours}", body=body)
        elif text:
            path = f"repos/{repository}/issues/{pull.number}/comments"
            _gh("--method", "POST", path, body=text)


def _our_comment(repository: str, number: int) -> int | None:
    """The comment that an earlier run wrote; others can copy the mark, but not the author."""
    path = f"repos/{repository}/issues/{number}/comments"
    for page in range(1, PAGES + 1):
        listed = _gh("--method", "GET", path, "-f", "per_page=100", "-f", f"page={page}")
        for told in listed:
            author = (told["user"] or {}).get("login")
            if author == OURS and told["body"].startswith(MARK):
                return int(told["id"])
        if len(listed) < 100:
            break
    return None


def _state() -> Path:
    return Path(os.environ["RUNNER_TEMP"]) / "pulls.json"


def _text(pull: Pull) -> Path:
    return Path(os.environ["RUNNER_TEMP"]) / f"comment-{pull.number}.md"


def _pulls() -> list[Pull]:
    return [Pull(**fields) for fields in json.loads(_state().read_text("utf-8"))]


def _is_commit(name: object) -> bool:
    return isinstance(name, str) and re.fullmatch(r"[0-9a-f]{40}", name) is not None


def _gh(*arguments: str, body: str | None = None) -> Json:
    """GitHub's answer; fields go as plain texts, a body on the standard input."""
    given = None if body is None else json.dumps({"body": body})
    source = [] if given is None else ["--input", "-"]
    return json.loads(_run(["gh", "api", *arguments, *source], given))


def _git(*arguments: str) -> str:
    return _run(["git", *arguments]).strip()


def _dxsite(*arguments: str) -> str:
    """What a command of dxsite prints; faults in the content are part of it."""
    site = os.environ.get("SITE_URL")
    address = ["-u", site] if site else []
    command = [sys.executable, "build.py", *arguments, *address, "-q"]
    return _run(command, fine=(0, 1)).strip() or UNREAD


def _run(command: list[str], given: str | None = None, fine: tuple[int, ...] = (0,)) -> str:
    """The output of a command; its complaints are kept out of the log."""
    done = subprocess.run(command, input=given, capture_output=True, encoding="utf-8", check=False)
    if done.returncode not in fine:
        sys.exit(f"{Path(command[0]).name} {command[1]}: exit code {done.returncode}")
    return done.stdout


if __name__ == "__main__":
    main(sys.argv[1])
