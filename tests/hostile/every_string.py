"""Puts each string into every field, one site a string; the long form of tests/browser/test_hostile.py.

    python3 build.py test --every-string [FROM [TO]]    all, or those from one number to another

What `check` refuses is counted; what it lets in is built, read by other parsers, and opened. An
enormous string stands in every seventh field only, lest files be refused for their size. Exit
code 1 where something is wrong.
"""

import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from dxsite.serving import Serving
from tests.browser.barriers import ARGUMENTS
from tests.hostile import exports
from tests.hostile.building import built
from tests.hostile.content import content, read_strings, spread
from tests.hostile.looking import PROSE, Looker

SWITCHES = ("下書き", "編集画面")
"""Where yes does what it says: a draft has no page, the editing screen is not one of our pages."""
OPENED = ("/", "/aoi/", "/aoi/booklet/", "/aoi/measures/counter/", "/aoi/kpis/", "/glossary/rpa/")


def main(arguments: Sequence[str]) -> int:
    strings = [(kind, text) for kind, texts in read_strings().items() for text in texts]
    first, last, *_ = [*map(int, arguments), *(0, len(strings))[len(arguments) :]]
    told: list[str] = []
    pairs = refused = pages = 0
    with sync_playwright() as playwright:
        executable = os.environ.get("DXSITE_CHROMIUM")
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        known = look(browser, "", every=0, wanted=set())[3] | PROSE
        for number, (kind, text) in list(enumerate(strings))[first:last]:
            started = time.process_time()
            every = 7 if kind == "enormous" else 1
            tried, out, wrong, _, seen = look(browser, text, every=every, wanted=known)
            pairs, refused, pages = pairs + tried, refused + out, pages + seen
            told += [f"{number} {text!r:.40}: {one}" for one in wrong]
            spent = time.process_time() - started
            say(
                f"{number} {text!r:.40}: {tried}か所、断ったもの{out}、誤り{len(wrong)}（{spent:.1f}秒）"
            )
        browser.close()
    say("\n".join(told))
    say(
        f"文字列{last - first}、組み合わせ{pairs}、断ったもの{refused}、開いたページ{pages}、誤り{len(told)}"
    )
    return 1 if told else 0


def look(
    browser: Browser, text: str, *, every: int, wanted: set[str]
) -> tuple[int, int, list[str], set[str], int]:
    """Fields tried, fields refused, what is wrong, what pages are made of, pages opened."""
    written = content(1, 3)
    if every:
        turn = iter(range(1_000_000))
        switches = SWITCHES if text == "はい" else ()
        spread(
            written.files,
            [text],
            lambda one: next(turn) % every == 0 and one.way[-1] not in switches,
        )
    tried = written.said
    with tempfile.TemporaryDirectory() as folder:
        files = built(written, Path(folder))
    wrong = [*exports.wrong_in(files)[1], *exports.lost_from(files, written)[1]]
    server = Serving.of_files(files)
    looker = Looker(browser, server.url)
    try:
        names = [name for name in files if name.endswith("/index.html")]
        own = ["/" + n.removesuffix("index.html") for n in names if not n.startswith("guide/")]
        found: set[str] = set()
        for address, made_of, broken in looker.read(own):
            found |= made_of
            strange = made_of - wanted if wanted else ()
            wrong += [f"{address}: {one}" for one in (*sorted(strange), *broken)]
        looker.open(OPENED)
        return tried, len(written.refused), wrong + looker.wrong, found, looker.opened
    finally:
        looker.close()
        server.close()


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
