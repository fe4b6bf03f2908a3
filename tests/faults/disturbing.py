"""Disturbs builds in every way but kills; see killing.py.

    .venv/bin/python -m tests.faults.disturbing [ROUNDS [SEED]]

Each disturbance answers with what is wrong: published files that are torn, a build that fails
without words, a next build that differs from a clean one.
"""

import http.client
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.conftest import ROOT, TODAY
from tests.faults import refusing
from tests.faults.place import NEW, OLD, Place, divided, files_of, small


def other(place: Place) -> str:
    """The state that is not published."""
    return NEW if place.unlike(OLD) == [] else OLD


def _refused(place: Place, state: str, code: int, said: str, before: dict[str, bytes]) -> list[str]:
    """What is wrong with a build that was refused something."""
    if code == 0:
        return place.unlike(state)
    wrong = [] if place.published() == before else ["published files changed"]
    if code != 2 or "→" not in said or "Traceback" in said:
        wrong.append(f"exit {code}: {said}")
    return wrong


def full_disk(place: Place, chance: random.Random) -> list[str]:
    """Room for a part of what a build puts aside; `place` lies on a disk of its own."""
    state, before = other(place), place.published()
    place.turn(state)
    needed = sum(map(len, place.expected[state].values()))
    ballast = refusing.fill_but(place.folder, chance.randrange(4096, needed))
    code, said = place.build()
    ballast.unlink()
    wrong = _refused(place, state, code, said, before)
    return wrong + [f"later: {one}" for one in place.rebuilt(state)]


def long_files(place: Place, chance: random.Random) -> list[str]:
    """No file may be longer than so many bytes."""
    state, before = other(place), place.published()
    place.turn(state)
    largest = max(map(len, place.expected[state].values()))
    limit = partial(refusing.no_file_above, chance.randrange(100, largest))
    code, said = place.build(preexec_fn=limit)
    wrong = _refused(place, state, code, said, before)
    return wrong + [f"later: {one}" for one in place.rebuilt(state)]


def no_permission(place: Place, chance: random.Random) -> list[str]:
    """Something may not be written, or not be read."""
    state, before = other(place), place.published()
    place.turn(state)
    cache = place.root / ".dxsite-cache"
    cache.mkdir(exist_ok=True)
    folders = [f for f in place.output.rglob("*") if f.is_dir()]
    closed = chance.choice([place.output, cache, place.root / "templates", chance.choice(folders)])
    mode = closed.stat().st_mode
    closed.chmod(0o555 if closed.name != "templates" else 0)
    try:
        code, said = place.build(preexec_fn=refusing.as_others)
    finally:
        closed.chmod(mode)
    if closed in folders:  # the last moment at which anything can be refused
        wrong = [f"torn: {one}" for one in place.torn()]
        wrong += [f"exit {code}: {said}"] if "Traceback" in said else []
    else:
        wrong = _refused(place, state, code, said, before)
    return wrong + [f"{closed} later: {one}" for one in place.rebuilt(state)]


def edits_meanwhile(place: Place, chance: random.Random) -> list[str]:
    """Content and templates are saved again and again, half and whole, while a build reads."""
    state, before = other(place), place.published()
    place.turn(state)
    kept = {f: files_of(place.root / f) for f in ("content", "templates", "assets")}
    process = place.start()
    while process.poll() is None:
        _disturb(place.root, kept, chance)
        time.sleep(0.002)
    said = "".join(process.communicate())
    wrong = [f"exit {process.returncode}: {said}"] if "Traceback" in said else []
    if process.returncode:
        wrong += [] if place.published() == before else ["published files changed"]
    for folder, files in kept.items():
        _restore(place.root / folder, files)
    place.turn(state)
    html = (d for p, d in place.published().items() if p.endswith(".html"))
    wrong += ["cut off" for data in html if not data.rstrip().endswith(b"</html>")]
    return wrong + [f"later: {one}" for one in place.rebuilt(state)]


def _disturb(root: Path, kept: dict[str, dict[str, bytes]], chance: random.Random) -> None:
    """One save, whole or half, one file taken away, or one folder."""
    folder = chance.choice(["content", "content", "templates", "assets"])
    path, data = chance.choice(list(kept[folder].items()))
    target = root / folder / path
    match chance.randrange(6):
        case 0:
            target.unlink(missing_ok=True)
        case 1 if folder == "content" and "/" in path:
            shutil.rmtree(root / folder / path.split("/")[0], ignore_errors=True)
        case 2:
            _restore(root / folder, kept[folder])
        case 3 if target.exists():
            target.write_bytes(data[: chance.randrange(len(data) + 1)])
        case _:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)


def _restore(folder: Path, files: dict[str, bytes]) -> None:
    for path, data in files.items():
        target = folder / path
        if not target.exists() or target.read_bytes() != data:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)


def two_at_once(place: Place, chance: random.Random) -> list[str]:
    """Two builds into one output, the second of another state of the content."""
    place.turn(other(place))
    first = place.start()
    time.sleep(chance.uniform(0, 1))
    state = chance.choice((OLD, NEW))
    place.turn(state)
    second = place.start()
    said = ["".join(process.communicate()) for process in (first, second)]
    codes = [process.returncode for process in (first, second)]
    wrong = [] if codes == [0, 0] else [f"exit {codes}: {said}"]
    if place.unlike(OLD) and place.unlike(NEW):
        wrong.append("a mixture")
    return wrong + [f"later: {one}" for one in place.rebuilt(state)]


def beside_a_preview(place: Place, _: random.Random) -> list[str]:
    """A preview answers while a build publishes; Ctrl-C ends it."""
    command = [sys.executable, "-m", place.module, "serve", "-C", str(place.root)]
    options = ["-a", "127.0.0.1:0", "--no-index", "--no-cards", "--date", TODAY.isoformat()]
    preview = subprocess.Popen(
        [*command, *options], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert preview.stdout
    port = re.search(r"127\.0\.0\.1:(\d+)", preview.stdout.readline())
    assert port
    state = other(place)
    place.turn(state)
    asked: list[int] = []
    stop = threading.Event()

    def ask() -> None:
        while not stop.wait(0.05):
            line = http.client.HTTPConnection("127.0.0.1", int(port[1]), timeout=60)
            line.request("GET", "/")
            asked.append(line.getresponse().status)
            line.close()

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        wrong = place.rebuilt(state)
    finally:
        stop.set()
        asking.join(60)
        preview.send_signal(signal.SIGINT)
    if preview.wait(60) or set(asked) != {200}:
        wrong.append(f"preview: exit {preview.returncode}, {set(asked)}")
    preview.stdout.close()
    return wrong


def damaged_cache(place: Place, chance: random.Random) -> list[str]:
    """Files of `.dxsite-cache/` are cut, taken away, or have another bit."""
    state = other(place)
    place.turn(state)
    files = [p for p in sorted((place.root / ".dxsite-cache").rglob("*")) if p.is_file()]
    for path in chance.sample(files, k=chance.randint(1, len(files))):
        data = bytearray(path.read_bytes())
        match chance.randrange(3):
            case 0:
                path.unlink()
            case 1:
                path.write_bytes(data[: chance.randrange(len(data) + 1)])
            case _ if data:
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
                path.write_bytes(data)
    return place.rebuilt(state)


def damaged_parts(place: Place, chance: random.Random) -> list[str]:
    """Of what is still good, only what others are joined from is damaged."""
    parts = [p for p in (place.root / ".dxsite-cache/site").rglob("*_data_*") if p.is_file()]
    for path in chance.sample(parts, k=min(3, len(parts))):
        data = bytearray(path.read_bytes())
        data[chance.randrange(len(data))] ^= 1
        path.write_bytes(data)
    state = other(place)
    place.turn(state)
    return place.rebuilt(state)


def cache_pulled_away(place: Place, chance: random.Random) -> list[str]:
    """Somebody deletes `.dxsite-cache/` while a build works."""
    state = other(place)
    place.turn(state)
    before = place.published()
    process = place.start()
    for _ in range(chance.randint(1, 4)):
        time.sleep(chance.uniform(0.2, 0.8))
        shutil.rmtree(place.root / ".dxsite-cache", ignore_errors=True)
    said = "".join(process.communicate())
    wrong = _refused(place, state, process.returncode, said, before)
    return wrong + [f"later: {one}" for one in place.rebuilt(state)]


def other_version(place: Place, _: random.Random) -> list[str]:
    """Another version of dxsite built last; its cache serves nobody else."""
    state = other(place)
    place.turn(state)
    version = {**os.environ, "FAULTS_VERSION": "0.0.0"}
    code, said = place.build(env=version)
    wrong = [f"exit {code}: {said}"] if code else place.unlike(state)
    return wrong + [f"later: {one}" for one in place.rebuilt(state)]


Disturbance = Callable[[Place, random.Random], list[str]]
EVERYWHERE: tuple[Disturbance, ...] = (
    full_disk,
    long_files,
    no_permission,
    edits_meanwhile,
    two_at_once,
    damaged_cache,
    cache_pulled_away,
)
DIVIDED: tuple[Disturbance, ...] = (damaged_parts, other_version)
SMALL: tuple[Disturbance, ...] = (beside_a_preview,)


def main(arguments: list[str]) -> int:
    rounds, seed = [*map(int, arguments), *(10, 20261122)[len(arguments) :]]
    chance, told, tried = random.Random(seed), list[str](), 0
    with tempfile.TemporaryDirectory() as folder:
        for make, ways in ((small, EVERYWHERE + SMALL), (divided, EVERYWHERE + DIVIDED)):
            with refusing.disk(Path(folder, make.__name__), 200) as why_not:
                if why_not:
                    print(why_not, file=sys.stderr)
                    ways = tuple(way for way in ways if way is not full_disk)
                if why_not := refusing.permissions_count(Path(folder)):
                    print(why_not, file=sys.stderr)
                    ways = tuple(way for way in ways if way is not no_permission)
                place = make(Path(folder, make.__name__))
                for number in range(rounds):
                    for way in ways:
                        wrong = way(place, chance)
                        tried += 1
                        told += [f"{make.__name__} {number} {way.__name__}: {w}" for w in wrong]
                        print(make.__name__, number, way.__name__, wrong or "whole", flush=True)
    print(*told, f"{tried} disturbances, {len(told)} wrong", sep="\n")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
