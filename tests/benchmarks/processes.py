"""What a command takes: seconds, processor time, memory, those of all processes it starts included.

Memory is PSS (proportional set size, `/proc/PID/smaps_rollup`) added up over the command and all
its descendants, sampled while it runs: pages that workers share are counted once, and no process
is missed, since also those belong to it that merely live in its session. Processor time is that
of the command and all descendants for which it waited, as the kernel adds it up (`wait4`).
"""

import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_SHORTEST = 0.005
"""Seconds between two looks at the memory."""
_OFTEN = 0.05
"""Seconds between two looks for new processes."""
_SHARE = 20
"""A look may take one part in so many of the time: on few cores it would disturb what it sees."""
_PATIENCE = 10
"""Seconds in which a preview ends by itself."""
_TAIL = 2000
"""Bytes that are kept of what a command prints."""
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Taken:
    """What a finished command took."""

    wall: float
    """Seconds."""
    processor: float
    """Seconds, user and system."""
    memory: int
    """Bytes at the highest."""
    status: int
    said: str
    """The end of what it printed."""


@dataclass(frozen=True, slots=True)
class _Process:
    pid: int
    parent: int
    session: int
    processor: float
    """Seconds, its own and those of finished children."""
    started: int
    """Ticks since the machine began: a number that is given anew is another process."""


class Tree:
    """A process with all that it started."""

    def __init__(self, pid: int) -> None:
        self._root = pid
        self._known: set[tuple[int, int]] = set()

    def processes(self) -> list[_Process]:
        """All that live: by their parents, or by their session where the parent is gone."""
        every = {process.pid: process for process in _every_process()}
        tree = {
            process.pid
            for process in every.values()
            if process.session == self._root or (process.pid, process.started) in self._known
        }
        while more := {p.pid for p in every.values() if p.parent in tree} - tree:
            tree |= more
        self._known |= {(pid, every[pid].started) for pid in tree}
        return [every[pid] for pid in sorted(tree)]

    def processor(self) -> float:
        """Seconds so far."""
        return sum(process.processor for process in self.processes())

    def end(self) -> None:
        """Kill what is left of it."""
        for process in self.processes():
            try:
                os.kill(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                continue


class Watch(threading.Thread):
    """Notes the highest memory of a tree until told to stop."""

    def __init__(self, tree: Tree) -> None:
        super().__init__(daemon=True)
        self._tree, self._over = tree, threading.Event()
        self.highest = 0

    def run(self) -> None:
        found, due = list[int](), 0.0
        while True:
            used = time.thread_time()  # not by the clock: others may be at work
            if time.perf_counter() >= due:
                found = [process.pid for process in self._tree.processes()]
                due = time.perf_counter() + max(_OFTEN, _SHARE * (time.thread_time() - used))
                used = time.thread_time()
            self.highest = max(self.highest, sum(map(_pss, found)))
            if self._over.wait(max(_SHORTEST, _SHARE * (time.thread_time() - used))):
                return

    def stop(self) -> int:
        """The highest that was seen."""
        self._over.set()
        self.join()
        return self.highest


def run(command: Sequence[str], folder: Path, *, timeout: float) -> Taken:
    """Run to the end; after `timeout` seconds everything is killed."""
    with tempfile.TemporaryFile() as log:
        started = time.perf_counter()
        process = _start(command, folder, log)
        tree = Tree(process.pid)
        watch = Watch(tree)
        watch.start()
        killer = threading.Timer(timeout, tree.end)
        killer.daemon = True
        killer.start()
        try:
            _, state, usage = os.wait4(process.pid, 0)
        finally:  # also where the benchmark itself is interrupted
            wall = time.perf_counter() - started
            killer.cancel()
            memory = watch.stop()
            tree.end()
        process.returncode = os.waitstatus_to_exitcode(state)
        said = _end_of(log)
    return Taken(wall, usage.ru_utime + usage.ru_stime, memory, process.returncode, said)


@contextmanager
def running(command: Sequence[str], folder: Path) -> Iterator[tuple[Tree, Callable[[], str]]]:
    """A command that goes on until its block ends, such as a preview; with what it says so far."""
    with tempfile.TemporaryFile() as log:
        process = _start(command, folder, log)
        tree = Tree(process.pid)
        try:
            yield tree, lambda: _end_of(log)
        finally:
            process.terminate()
            try:
                process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            tree.end()


def _start(command: Sequence[str], folder: Path, log: IO[bytes]) -> "subprocess.Popen[bytes]":
    """In a session of its own, printing into a file: a pipe that nobody reads would stop it."""
    return subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def _end_of(log: IO[bytes]) -> str:
    size = os.fstat(log.fileno()).st_size
    return os.pread(log.fileno(), _TAIL, max(0, size - _TAIL)).decode(errors="replace")


def _every_process() -> Iterator[_Process]:
    for folder in Path("/proc").iterdir():
        if not folder.name.isdecimal():
            continue
        try:
            fields = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        seconds = sum(map(int, fields[11:15])) / _TICKS
        yield _Process(int(folder.name), int(fields[1]), int(fields[3]), seconds, int(fields[19]))


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024
