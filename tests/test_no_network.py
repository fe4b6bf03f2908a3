"""A build uses no network: none of its processes asks for a name or opens a connection."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Desk

GUARD = """\
import sys

def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        with open({told!r}, "a") as told:
            told.write(f"{{event}} {{arguments[-1]!r}}\\\\n")
        raise OSError("a build needs no network")

sys.addaudithook(refuse)
open({began!r}, "a").write("x")
"""
"""Python reads it at the start of every process; whoever catches the error is told of as well."""
PROBE = "import socket; socket.create_connection(('192.0.2.1', 80), 0.2)"


def build(desk: Desk, *before: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    command = [*before, sys.executable, "-m", "dxsite", "build", "-C", str(desk.root)]
    return run([*command, "--date", "2026-11-20", "-u", "https://example.org"], **environment)


def run(command: list[str], **environment: str) -> "subprocess.CompletedProcess[str]":
    paths = [*filter(None, [environment.pop("before", "")]), str(ROOT)]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), **environment}
    return subprocess.run(
        command, env=env, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=200, check=False
    )


@pytest.fixture
def small(desk: Desk) -> Desk:
    shutil.copytree(ROOT / "tests" / "small" / "content", desk.root / "content")
    return desk


def test_no_python_process_of_a_build_opens_a_connection(small: Desk, tmp_path: Path) -> None:
    """Index and cards included, whose processes begin with the same guard."""
    guard = tmp_path / "guard"
    guard.mkdir()
    told, began = guard / "told.txt", guard / "began.txt"
    text = GUARD.format(told=str(told), began=str(began))
    (guard / "sitecustomize.py").write_text(text, "utf-8")
    assert run([sys.executable, "-c", PROBE], before=str(guard)).returncode == 1
    assert "socket." in told.read_text("utf-8"), "the guard sees who asks"
    told.unlink()
    built = build(small, before=str(guard))
    assert built.returncode == 0, built.stderr
    assert not told.exists(), told.read_text("utf-8")
    assert len(began.read_text("utf-8")) > 2
    assert (small.root / "public" / "pagefind" / "pagefind-entry.json").is_file()


def test_a_build_goes_well_where_there_is_no_network_at_all(small: Desk) -> None:
    """Programs that are not Python too: a name space of its own, where not even 127.0.0.1 is up."""
    alone = ["unshare", "--user", "--map-root-user", "--net"]
    if not shutil.which("unshare") or run([*alone, "true"]).returncode:
        pytest.skip("this system lets nobody make a name space without network (unshare --net)")
    assert run([*alone, sys.executable, "-c", PROBE]).returncode == 1
    built = build(small, *alone)
    assert built.returncode == 0, built.stderr
    assert (small.root / "public" / "pagefind" / "pagefind-entry.json").is_file()
    assert list((small.root / "public").rglob("card.png"))
