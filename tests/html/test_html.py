"""The HTML of every page is valid, as html-validate reads the standard.

The checker comes from npm, once for each lock file, into a folder outside the repository.
"""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests import npm

HERE = Path(__file__).parent


def checked(place: Path, root: Path) -> dict[str, Any]:
    roomy = "--max-semi-space-size=64"  # else much of the time goes into collecting garbage
    command = ["node", roomy, str(HERE / "validate.mjs"), str(place), str(root)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.fixture(scope="module")
def checker() -> Path:
    try:
        return npm.installed(HERE, "html-validate")
    except npm.Missing as missing:
        pytest.skip(str(missing))


def test_the_html_of_every_page_is_valid(checker: Path, built: tuple[Any, Path]) -> None:
    told = checked(checker, built[1])
    assert told["pages"] == sum(path.suffix == ".html" for path in built[1].rglob("*"))
    assert told["found"] == []


def test_the_checker_sees_what_is_wrong(checker: Path, tmp_path: Path) -> None:
    page = '<!DOCTYPE html><html lang="ja"><title>a</title><p id="a"><div id="a"></div></p>'
    (tmp_path / "index.html").write_text(page, "utf-8")
    rules = {one.rpartition("(")[2] for one in checked(checker, tmp_path)["found"]}
    assert rules >= {"no-dup-id)", "close-order)"}
