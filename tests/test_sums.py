"""Whoever fetches data can prove that it arrived as it was published."""

import hashlib
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Desk
from tests.test_site import Files, made


@pytest.fixture
def data(small_plan: Callable[..., Desk]) -> Files:
    """The files of /data/ by name, its page aside."""
    files = made(small_plan())
    beside = {n.removeprefix("data/"): data for n, data in files.items() if n.startswith("data/")}
    return {name: data for name, data in beside.items() if name != "index.html"}


def test_sha256sum_finds_every_data_file_as_it_was_published(data: Files, tmp_path: Path) -> None:
    program = shutil.which("sha256sum")
    if not program:
        pytest.skip("sha256sum is not on this system")
    for name, content in data.items():
        (tmp_path / name).write_bytes(content)
    command = [program, "--check", "--strict", "SHA256SUMS"]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert sorted(line.partition(":")[0] for line in told.stdout.splitlines()) == sorted(
        data.keys() - {"SHA256SUMS"}
    )
    (tmp_path / "costs.csv").write_bytes(data["costs.csv"] + b"x")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 1


def test_the_data_package_says_size_and_hash_of_each_table(data: Files) -> None:
    resources = json.loads(data["datapackage.json"])["resources"]
    assert len(resources) == 9
    for one in resources:
        table = data[one["path"]]
        assert one["hash"] == f"sha256:{hashlib.sha256(table).hexdigest()}"
        assert one["bytes"] == len(table)
