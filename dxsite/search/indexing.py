"""Lets Pagefind index the shadow of the site; the only door to pagefind."""

import json
import os
import subprocess
import sys
import zlib
from collections.abc import Iterable
from gzip import BadGzipFile
from pathlib import Path
from tempfile import TemporaryDirectory

from dxsite import urls
from dxsite.assets import Artifact
from dxsite.faults import Fault
from dxsite.search.ordering import in_order

VERSION = "1.5.2"
"""The Pagefind whose private settings, file names and way with words dxsite knows."""

CHUNK_SIZE = 500
"""A query loads a chunk for each of its pairs, so small chunks are cheap; a private setting.

Measured with two plans: 500 gives chunks of 1.1 KB and a table of contents of 3.5 KB, 2000 gives
3.6 KB and 2 KB, Pagefind's own 20,000 loads nearly everything.
"""

_COMMAND = (sys.executable, "-m", "pagefind_bin")
_REPAIR = "「python3 build.py」で実行すると、決まった版の道具がそろいます。"
_AGAIN = "空き容量を確かめて、もう一度実行してください。続くときは、" + _REPAIR
_ENTRY = "pagefind-entry.json"
# Everything else that Pagefind writes belongs to its own user interfaces.
_NAMES = ("pagefind.js", _ENTRY)
_KINDS = (".pf_meta", ".pf_index", ".pf_filter", ".pf_fragment", ".pagefind")


def index(shadow: Iterable[Artifact]) -> tuple[Artifact, ...]:
    """The files that make the shadow's pages searchable; none where there are no pages.

    What Pagefind left half written, or somebody took away meanwhile, is a Fault.
    """
    try:
        return _indexed(shadow)
    except (FileNotFoundError, BadGzipFile, EOFError, zlib.error, ValueError, KeyError) as error:
        raise Fault("Pagefind が書いた検索の索引を、読み取れません。", _AGAIN) from error


def _indexed(shadow: Iterable[Artifact]) -> tuple[Artifact, ...]:
    with TemporaryDirectory(prefix="dxsite-index-") as folder:
        pages, output = Path(folder, "pages"), Path(folder, "index")
        if not _write(shadow, pages):
            return ()
        _run(pages, output)
        files = {
            path.relative_to(output).as_posix(): path.read_bytes()
            for path in output.rglob("*")
            if path.suffix in _KINDS or path.name in _NAMES
        }
    return tuple(
        Artifact(urls.file_of(urls.SEARCH_INDEX + name), data)
        for name, data in sorted(in_order(files, _ENTRY).items())
    )


def _write(shadow: Iterable[Artifact], folder: Path) -> int:
    written = 0
    for page in shadow:
        path = folder / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page.data)
        written += 1
    return written


def _run(pages: Path, output: Path) -> None:
    # Neither a reader's settings nor a pagefind.yml nearby may change the index.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PAGEFIND_")}
    environment["PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE"] = str(CHUNK_SIZE)
    done = subprocess.run(
        [*_COMMAND, "--site", pages, "--output-path", output],
        cwd=pages,
        env=environment,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        said = (done.stderr or done.stdout).decode(errors="replace").strip()
        last = said.splitlines()[-1] if said else "理由は示されませんでした"
        raise Fault(f"検索の索引を作れませんでした（Pagefind: {last}）。", _REPAIR)
    found = json.loads((output / _ENTRY).read_bytes())["version"]
    if found != VERSION:
        raise Fault(f"Pagefind の版が {found} です。{VERSION} が必要です。", _REPAIR)
