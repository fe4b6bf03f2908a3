"""An index that is pulled away, or only half written, is told; nothing of it is published."""

import sys
from pathlib import Path

import pytest

from dxsite.assets import Artifact
from dxsite.faults import Fault
from dxsite.search import indexing

PAGE = b"<!doctype html><html><body data-pagefind-body><h1>x</h1><p>ab bc</p></body></html>"
DAMAGE = {
    "all gone": "import shutil; shutil.rmtree(output)",
    "no table": "entry.unlink()",
    "half a table": "entry.write_bytes(entry.read_bytes()[:20])",
    "an empty table": "entry.write_bytes(b'{}')",
    "contents gone": "meta.unlink()",
    "contents cut off": "meta.write_bytes(meta.read_bytes()[:-9])",
    "contents empty": "meta.write_bytes(b'')",
    "contents altered": "meta.write_bytes(meta.read_bytes()[:15] + bytes(9))",
    "killed": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
}
SCRIPT = """\
import subprocess, sys
from pathlib import Path
subprocess.run([sys.executable, "-m", "pagefind_bin", *sys.argv[1:]], check=True)
output = Path(sys.argv[-1])
entry, meta = output / "pagefind-entry.json", next(output.glob("*.pf_meta"))
"""


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_index_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    script = tmp_path / "pagefind.py"
    script.write_text(SCRIPT + DAMAGE[damage] + "\n", "utf-8")
    monkeypatch.setattr(indexing, "_COMMAND", (sys.executable, str(script)))
    with pytest.raises(Fault) as told:
        indexing.index([Artifact("a/index.html", PAGE)])
    assert "索引" in told.value.message


def test_the_same_page_is_indexed_where_nothing_is_damaged() -> None:
    assert indexing.index([Artifact("a/index.html", PAGE)])
