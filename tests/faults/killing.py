"""Kills builds at random moments; what is published stays whole, and the next build mends it.

    .venv/bin/python -m tests.faults.killing [KILLS [SEED]]

Half of the kills hit a site of one plan, half one of 26, which several processes build. Each
build goes over a published site of another state of the content.
"""

import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from subprocess import Popen

from dxsite.publishing import MANIFEST
from tests.faults.place import NEW, OLD, Place, many, small

ANYWHEN, ASIDE, MOVING = "at any moment", "while files are put aside", "while files move"
GROUP, PARENT, WORKER = "all processes", "the first process", "a worker"


def killed(place: Place, chance: random.Random, when: str, whom: str, seconds: float) -> list[str]:
    """What a kill in a build of the other state broke; `seconds`: how long a build takes."""
    state = NEW if place.unlike(OLD) == [] else OLD
    place.turn(state)
    before = _stamp(place.output / MANIFEST)
    process = place.start()
    _wait(place, process, chance, when, seconds, before)
    workers = _workers(process.pid)
    try:
        if whom == GROUP:
            os.killpg(process.pid, signal.SIGKILL)
        elif whom == WORKER and workers:
            os.kill(chance.choice(workers), signal.SIGKILL)
        else:
            process.kill()
    except ProcessLookupError:
        pass  # it was done already
    out, err = process.communicate(timeout=120)
    wrong = _said_wrong(process.returncode, out + err)
    wrong += [f"lives on: {pid}" for pid in _still(workers)]
    wrong += [f"torn: {path}" for path in place.torn()]
    return wrong + [f"after the next build: {one}" for one in place.rebuilt(state)]


def _said_wrong(code: int, said: str) -> list[str]:
    """A build that could still speak says in words what happened, and what to do."""
    if code in (0, -signal.SIGKILL):
        return []
    fine = code == 2 and "→" in said and "Traceback" not in said
    return [] if fine else [f"exit {code}: {said}"]


def _wait(
    place: Place,
    process: "Popen[str]",
    chance: random.Random,
    when: str,
    seconds: float,
    before: object,
) -> None:
    """Until a random moment, or until the build is done."""
    if when == ANYWHEN:
        _sleep(process, chance.uniform(0, seconds))
        return
    own = place.output / f".dxsite-new-{process.pid}"
    begun: Callable[[], bool] = own.exists
    if when == MOVING:
        begun = lambda: _stamp(place.output / MANIFEST) != before  # noqa: E731
    while process.poll() is None and not begun():
        time.sleep(0.0005)
    _sleep(process, chance.uniform(0, 0.02 if when == MOVING else seconds / 2))


def _sleep(process: "Popen[str]", seconds: float) -> None:
    end = time.monotonic() + seconds
    while process.poll() is None and (left := end - time.monotonic()) > 0:
        time.sleep(min(left, 0.01))


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_ino, status.st_mtime_ns


def _workers(parent: int) -> list[int]:
    """The processes that a build started for work."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            own = path.joinpath("stat").read_text().rpartition(")")[2].split()[1] == str(parent)
            if own and b"spawn_main" in path.joinpath("cmdline").read_bytes():
                found.append(int(path.name))
        except OSError:
            continue
    return found


def _still(workers: list[int], patience: float = 10) -> list[int]:
    """Workers that did not end with their build."""
    end = time.monotonic() + patience
    while alive := [pid for pid in workers if _is_alive(pid)]:
        if time.monotonic() > end:
            break
        time.sleep(0.02)
    return alive


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def main(arguments: list[str]) -> int:
    kills, seed = [*map(int, arguments), *(100, 20261122)[len(arguments) :]]
    chance, counted, told = random.Random(seed), Counter[str](), list[str]()
    with tempfile.TemporaryDirectory() as folder:
        for name, make, half in (("one plan", small, kills // 2), ("26 plans", many, -kills // -2)):
            Path(folder, name).mkdir()
            place = make(Path(folder, name))
            place.turn(NEW)
            started = time.monotonic()
            assert place.rebuilt(NEW) == []
            seconds = time.monotonic() - started
            for number in range(half):
                when = (ANYWHEN, MOVING, ASIDE)[number % 3]
                whom = chance.choice((GROUP, PARENT, WORKER) if make is many else (GROUP, PARENT))
                wrong = killed(place, chance, when, whom, seconds)
                counted[f"{name}, {when}, {whom}"] += 1
                told += [f"{name} {number} {when}, {whom}: {one}" for one in wrong]
                print(f"{name} {number}: {when}, {whom}: {wrong or 'whole'}", file=sys.stderr)
    for what, count in sorted(counted.items()):
        print(f"{count:4} {what}")
    print(*told, f"{kills} kills, {len(told)} wrong", sep="\n")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
