"""Looks at every page in every state of a browser; notes the result for /accessibility/.

    python3 build.py test --every-state [--date 2026-11-21]    every page in every state
    python3 build.py test --every-shape [--date …]             the short form that the tests take

Two browsers share the pages. Exit code 1 where something stands in the way; the result is
written all the same, since the page must say so.
"""

import argparse
import json
import multiprocessing
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import sync_playwright

from dxsite import pipeline, serving
from dxsite.diagnostics import Report
from tests import npm
from tests.browser import barriers

ROOT = Path(__file__).resolve().parent.parent
RESULT = ROOT / "dxsite" / "accessibility.json"
_OFTEN = 10
"""Pages from one word of progress to the next."""
HTML = Path(__file__).parent / "html"
SHARES: tuple[Callable[[str], bool], ...] = (
    barriers.is_measure,
    lambda address: not barriers.is_measure(address),
)


class Share(NamedTuple):
    """What one browser found on its pages."""

    pages: int
    walked: int
    runs: int
    rules: int
    browser: str
    found: list[barriers.Barrier]


def main(args: list[str]) -> int:
    """Test, tell, write; 0 where nothing stands in the way."""
    parser = argparse.ArgumentParser(prog="build.py test")
    parser.add_argument("--every-state", action="store_true")
    parser.add_argument("--every-shape", action="store_true")
    parser.add_argument("--date", type=date.fromisoformat, default=date.today())  # noqa: DTZ011 - a day on paper
    wanted = parser.parse_args(args)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "public"
        order = pipeline.Order(root=ROOT, output=root, today=wanted.date)
        if pipeline.build(order, Report(), lambda _: None) is None:
            print("内容に誤りがあるため、検査できません。", file=sys.stderr)
            return 1
        with multiprocessing.get_context("spawn").Pool(len(SHARES)) as pool:
            tasks = [(str(root), number, wanted.every_state) for number in range(len(SHARES))]
            shares = pool.starmap(share, tasks)
        html = validated(root)
    found = [one for share in shares for one in share.found]
    RESULT.write_text(written(wanted.date, shares, html), "utf-8")
    for one in found:
        print(*one, sep="\t")
    runs = sum(share.runs for share in shares)
    print(f"{runs} runs, {len(found)} found, {time.monotonic() - started:.0f} s", file=sys.stderr)
    return 1 if found or (html or {}).get("faults") else 0


def share(folder: str, number: int, every_state: bool) -> Share:
    """One browser goes through its pages."""
    root = Path(folder)
    form = (barriers.every_state if every_state else barriers.short_form)(root, SHARES[number])
    files = {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}
    server = serving.Serving.of_files(files)

    def said(done: int, of: int) -> None:
        if done % _OFTEN == 0 or done == of:
            print(f"  ブラウザー{number + 1}: {done}/{of}ページ", file=sys.stderr, flush=True)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["DXSITE_CHROMIUM"], args=barriers.ARGUMENTS
        )
        found, runs = barriers.inspected(browser, server.url.rstrip("/"), form, said)
        rules = barriers.rules(browser)
        version = browser.version
        browser.close()
    server.close()
    walked = sum(states == barriers.STATES for states in form.values())
    return Share(len(form), walked, runs, rules, version, found)


def validated(root: Path) -> dict[str, Any] | None:
    """What the checker of HTML says; None where there is no npm."""
    try:
        place = npm.installed(HTML, "html-validate")
    except npm.Missing as missing:
        print(missing, file=sys.stderr)
        return None
    command = ["node", str(HTML / "validate.mjs"), str(place), str(root)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=600, check=True)
    version = json.loads((HTML / "package.json").read_text("utf-8"))["dependencies"]
    faults = json.loads(done.stdout)["found"]
    for fault in faults:
        print(fault)
    return {"checker": f"html-validate {version['html-validate']}", "faults": len(faults)}


def written(day: date, shares: list[Share], html: dict[str, Any] | None) -> str:
    """The record, without anything that differs from one run to the next."""
    record = {
        "date": day.isoformat(),
        "pages": sum(share.pages for share in shares),
        "states": [
            {"width": state.width, "colours": state.colours, "text": state.text}
            for state in barriers.STATES
        ],
        "runs": sum(share.runs for share in shares),
        "walked": sum(share.walked for share in shares),
        "rules": shares[0].rules,
        "barriers": sum(len(share.found) for share in shares),
        "axe": barriers.AXE_VERSION,
        "browser": re.findall(r"^\d+", shares[0].browser)[0],
        "html": html,
    }
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"
