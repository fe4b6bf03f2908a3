"""The door: makes the environment, hands over to the command line.

    python3 build.py [ARGS...]         dxsite ARGS...; with no command it is "build"
    python3 build.py test [ARGS...]    everything that is tested; ARGS go to pytest

It needs Python 3.11 or newer with nothing installed. The first run makes .venv
beside this file out of the locked requirements, each file checked by its hash; later
runs hand over at once. The stamp inside .venv names what was installed. It is removed
before anything changes, written last: without a matching one, .venv is made anew.

Paths in ARGS are relative to where you stand, since the folder is never changed. Called
from outside this repository, it names its own folder in DXSITE_ROOT, which is the default
of -C/--root; so the site that is built is the one this file belongs to. What you typed
before ARGS goes along in DXSITE_CALLED_AS, so that every hint can be typed as it stands.
"""

import contextlib
import hashlib
import importlib.machinery
import os
import signal
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

if sys.version_info < (3, 11):  # noqa: UP036 - the one place where an older Python arrives
    sys.stderr.write(
        f"Python 3.11 以上が必要です（いまは {sys.version.split()[0]}）。 Python 3.11+ is needed.\n"
    )
    sys.exit(2)

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed.txt"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")

REQUIREMENTS = ROOT / "requirements.txt"
TEST_REQUIREMENTS = ROOT / "requirements-test.txt"

OF_NO_COMMAND = {"-h", "--help", "--version"}


class Broken(Exception):
    """The environment cannot be made; the text says what to do next."""


def main(args: list[str]) -> int:
    """Hand over to dxsite, or to the tests; answer with the exit code."""
    testing = args[:1] == ["test"]
    try:
        prepare([REQUIREMENTS, TEST_REQUIREMENTS] if testing else [REQUIREMENTS])
    except Broken as broken:
        say(str(broken))
        return 2
    except OSError as error:
        say(f"{VENV.name} を準備できませんでした（{error}）。\n{NO_ACCESS}")
        return 2
    except KeyboardInterrupt:
        say("中断しました。次に実行すると、最初から準備し直します。")
        return 130
    if testing:
        return hand_over("tests", args[1:])
    if not args or (args[0].startswith("-") and args[0] not in OF_NO_COMMAND):
        args = ["build", *args]
    return hand_over("dxsite", args)


def prepare(needed: list[Path]) -> None:
    """Make .venv hold exactly what the needed requirement files lock."""
    if is_ready(needed):
        return
    with alone():
        if is_ready(needed):  # another run made it while this one waited
            return
        started = time.monotonic()
        kept = PYTHON.exists() and stamped() == {mark(REQUIREMENTS)}  # only the tests' are missing
        STAMP.unlink(missing_ok=True)
        if not kept:
            make_venv()
        install(needed[-1])
        STAMP.write_text("".join(f"{mark(file)}\n" for file in needed), encoding="utf-8")
        say(f"準備ができました（{time.monotonic() - started:.0f} 秒）。")


def is_ready(needed: list[Path]) -> bool:
    """Whether the stamp names all that is needed, for this Python on this machine."""
    return PYTHON.exists() and stamped() >= {mark(file) for file in needed}


def stamped() -> set[str]:
    """What .venv holds, one mark each; nothing where an install did not end well."""
    return set(STAMP.read_text(encoding="utf-8").splitlines()) if STAMP.exists() else set()


def mark(requirements: Path) -> str:
    """The line of the stamp for one requirement file."""
    locked = hashlib.sha256(requirements.read_bytes()).hexdigest()
    kind = importlib.machinery.EXTENSION_SUFFIXES[0]  # Python version, C library
    return f"{requirements.name} {locked} {kind} {sysconfig.get_platform()}"


def make_venv() -> None:
    say(f"実行環境 {VENV.name} を作っています…")
    try:
        import venv  # late: only the first run pays for it

        venv.create(VENV, clear=True, symlinks=sys.platform != "win32")
    except (ImportError, subprocess.CalledProcessError) as error:
        raise Broken(f"{VENV.name} を作れませんでした（{error}）。\n{NO_PIP}") from error


def install(requirements: Path) -> None:
    """Install a requirement file; it is complete in itself, so nothing else is resolved."""
    say(f"{requirements.name} の部品を入れています（1 分ほどかかることがあります）…")
    locked = ["--require-hashes", "--no-deps", "--requirement", str(requirements)]
    quiet = ["-qq", "--no-input", "--disable-pip-version-check"]
    if run([*pip(), "install", *quiet, *locked], output=sys.stderr) != 0:
        raise Broken(f"{requirements.name} を入れられませんでした。\n{NO_INSTALL}")


def pip() -> list[str]:
    """The pip to call: Python's own copy, else the host's (Debian without python3-venv)."""
    own = [str(PYTHON), "-m", "pip"]
    host = [sys.executable, "-m", "pip", "--python", str(PYTHON)]  # since pip 22.3
    if run([str(PYTHON), "-m", "ensurepip"]) == 0:
        return own
    if run([*host, "--version"]) == 0:
        return host
    raise Broken(f"pip が見つかりません。\n{NO_PIP}")


def run(command: list[str], *, output: int | TextIO = subprocess.DEVNULL) -> int:
    """Run without the caller's own Python settings, which could hide what is missing.

    What runs inherits the lock of `alone`, so it still counts when this process is killed.
    """
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    ours["PIP_USER"] = "0"
    return subprocess.call(command, stdout=output, stderr=output, env=ours, close_fds=False)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Let one run at a time change .venv; the system frees the lock of a killed one."""
    with VENV.with_name(".venv.lock").open("w") as file:
        os.set_inheritable(file.fileno(), True)
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("ほかで進んでいる準備が終わるのを待っています…")
                fcntl.flock(file, fcntl.LOCK_EX)
        yield


def hand_over(module: str, args: list[str]) -> int:
    """Become `python -m module args` inside .venv; where that is not possible, wait for it."""
    command = [str(PYTHON), "-P", "-X", "utf8", "-m", module, *args]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DXSITE_CALLED_AS": called()}
    if not ROOT.samefile(os.curdir):
        environment.setdefault("DXSITE_ROOT", str(ROOT))
    if os.name != "nt":  # there, the prompt would come back before the work is done
        os.execve(PYTHON, command, environment)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the child's to answer
    return subprocess.call(command, env=environment)


def called() -> str:
    """What was typed to start this file: `python3 build.py`."""
    typed = Path(sys.orig_argv[0]).name.removesuffix(".exe"), sys.argv[0]
    return " ".join(f'"{word}"' if " " in word else word for word in typed)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


NO_PIP = """\
次のどれかをしてから、もう一度実行してください。
  Debian・Ubuntu: apt install python3-venv
  Fedora: dnf install python3-pip
  Windows・macOS: python.org の Python 3.11 以上を入れる"""

NO_INSTALL = """\
上の英文が理由です。次を確かめてから、もう一度実行してください（続きからではなく、最初から準備し直します）。
  ネットワークにつながっていますか（プロキシが要るときは HTTPS_PROXY を設定します）
  ディスクに 500 MB ほどの空きがありますか
  HASHES と出ていたら、届いた部品が記録と違います。入れずに、管理者に知らせてください"""

NO_ACCESS = """\
ディスクの空きと、このフォルダーに書き込めるかを確かめてから、もう一度実行してください。
ほかの窓で dxsite が動いていたら、先に終わらせてください。"""

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
