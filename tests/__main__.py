"""Runs everything that is tested.

With arguments only pytest runs, with these; nothing is installed then. A browser that is
named in DXSITE_CHROMIUM is taken before any other. `--every-state` looks at every page in every
state of a browser instead, see every_state.py; `--every-string` lets strangers write everywhere,
see hostile/every_string.py.

Progress goes to stderr. Every step runs, whatever became of the one before; pytest comes
last, since its closing line is the one to read.
"""

import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests import every_state
from tests.hostile import every_string

ROOT = Path(__file__).resolve().parent.parent

# The shell opens no windows: a fresh reader costs it a third of the time, and most tests have one.
SHELL, CHROMIUM, FONTS = "chromium-headless-shell", "chromium", "fonts-noto-cjk"
BROWSERS = [SHELL, CHROMIUM]
BROWSERS += ["google-chrome", "google-chrome-stable", "chromium-browser", "chrome"]


def main(args: list[str]) -> int:
    """Answer 0 where every step went well."""
    # Else every one of the hundreds of processes that tests start compiles all modules anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    pytest = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile"]
    # In the order of names, not of numbers of tests: long files of the browser come first.
    pytest += ["--no-loadscope-reorder"]
    pytest += ["--max-worker-restart", "1", *args]
    if args[:1] in (["--every-state"], ["--every-shape"]):
        return every_state.main(args) if have_browser() else 1
    if args[:1] == ["--every-string"]:
        return every_string.main(args[1:]) if have_browser() else 1
    if args:
        have_browser()
        have_git()
        return run(pytest)
    steps: dict[str, Callable[[], bool]] = {
        "ブラウザーの用意": have_browser,
        "git の用意": have_git,
        "ruff check": lambda: run([sys.executable, "-m", "ruff", "check"]) == 0,
        "ruff format": lambda: run([sys.executable, "-m", "ruff", "format", "--check"]) == 0,
        "mypy": lambda: run([sys.executable, "-m", "mypy"]) == 0,
    }
    failed = [name for name, step in steps.items() if not timed(name, step)]
    if failed:
        say(f"ここまでの失敗: {'、'.join(failed)}（続けて pytest を走らせます）")
    say("▶ pytest")
    return run(pytest) or (1 if failed else 0)


def timed(name: str, step: Callable[[], bool]) -> bool:
    say(f"▶ {name}")
    started = time.monotonic()
    passed = step()
    say(f"  {'合格' if passed else '失敗'}（{time.monotonic() - started:.1f} 秒）")
    return passed


def have_browser() -> bool:
    """Find a Chromium, else install one; say what to do where neither is possible."""
    if find_browser():
        return True
    ways: list[Callable[[], None]] = [install_playwrights]
    if is_debian():
        ways = [*(partial(install, [name, FONTS]) for name in (SHELL, CHROMIUM)), *ways]
    for attempt in ways:
        attempt()
        if find_browser():
            return True
    say(NO_BROWSER)
    return False


def have_git() -> bool:
    """Find git, which compares revisions; else install it."""
    if not shutil.which("git") and is_debian():
        install(["git"])
    if shutil.which("git"):
        return True
    say("git が見つかりません。https://git-scm.com/ から入れて、もう一度実行してください。")
    return False


def find_browser() -> bool:
    """Name a Chromium that starts in DXSITE_CHROMIUM, for the tests to come."""
    candidates = [os.environ.pop("DXSITE_CHROMIUM", None), *map(shutil.which, BROWSERS)]
    for candidate in [*filter(None, candidates), playwrights_browser()]:
        if starts(candidate):
            os.environ["DXSITE_CHROMIUM"] = candidate
            return True
    return False


def starts(browser: str) -> bool:
    """Whether it is a browser indeed: Ubuntu's chromium-browser only speaks of the snap."""
    try:
        command = [browser, "--version"]
        return subprocess.run(command, capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def playwrights_browser() -> str:
    """Where Playwright puts its own Chromium, present or not."""
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def is_debian() -> bool:
    """Whether apt has a real Chromium; Ubuntu's is a snap, which containers cannot run."""
    try:
        return platform.freedesktop_os_release()["ID"] == "debian"
    except OSError:
        return False


def install(packages: list[str]) -> None:
    say(f"  {' と '.join(packages)} を入れています…")
    apt = [*as_root(), "env", "DEBIAN_FRONTEND=noninteractive"]
    apt += ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=600"]
    if run([*apt, "update"]) == 0:
        run([*apt, "install", "-y", "--no-install-recommends", *packages])


def as_root() -> list[str]:
    """What to put before a command of root; it fails rather than ask for a password."""
    return [] if os.geteuid() == 0 else ["sudo", "-n"]


def install_playwrights() -> None:
    say("  Playwright の Chromium を入れています…")
    command = [sys.executable, "-m", "playwright", "install", "--no-shell"]
    if sys.platform == "linux" and run([*as_root(), "true"]) == 0:
        command.append("--with-deps")  # the libraries it needs, by apt
    run([*command, "chromium"])


def run(command: list[str]) -> int:
    """Run in the repository, the output going where ours goes."""
    try:
        return subprocess.call(command, cwd=ROOT)
    except FileNotFoundError as error:
        say(f"  {error.filename} がありません。")
        return 127


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


NO_BROWSER = """\
Chromium が見つからず、入れることもできませんでした（上の英文が理由です）。次のどれかをしてから、もう一度実行してください。
  Debian: sudo apt-get install chromium-headless-shell fonts-noto-cjk
  Ubuntu・Windows・macOS: Google Chrome か Chromium を入れる
  そのうえで見つからないときは、実行ファイルの場所を環境変数 DXSITE_CHROMIUM に書いてください"""

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
