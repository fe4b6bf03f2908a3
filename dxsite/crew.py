"""Work that is done in several processes at once; the only door to them."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from dxsite.faults import Fault

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

Task = TypeVar("Task")
Result = TypeVar("Result")


def hands(jobs: int | None) -> int:
    """How many processes may work at once; None: one per processor."""
    return jobs or os.cpu_count() or 1


@contextmanager
def helpers(jobs: int | None) -> Iterator["Crew | None"]:
    """Those that work beside this process, which is one of `jobs`; None where it works alone."""
    others = hands(jobs) - 1
    if not others:
        yield None
        return
    with Crew(others) as crew:
        yield crew


class Crew:
    """Processes that wait for work; none is started before there are two tasks.

    1. Every process calls `begin(*given)` once, before its first task: this one too, where it
       works itself.
    2. A process ends with the one that started it, however that ended; Ctrl-C is that one's to
       answer.
    3. A process that ends before its work is done is a Fault.
    """

    def __init__(
        self, jobs: int | None, begin: Callable[..., None] | None = None, *given: object
    ) -> None:
        self._hands = hands(jobs)
        self._begin, self._given = begin, given
        self._began = False
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Crew":
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def each(
        self, work: Callable[[Task], Result], tasks: Sequence[Task], step: int = 1
    ) -> Iterator[Result]:
        """The result of each task, in order, whatever the number of processes.

        `step`: so many small tasks are handed over at once.
        """
        if min(self._hands, len(tasks)) <= 1 or len(tasks) <= step:
            if tasks and self._begin and not self._began:
                self._begin(*self._given)
                self._began = True
            yield from map(work, tasks)
            return
        yield from self.beside(work, tasks, step)

    def beside(
        self, work: Callable[[Task], Result], tasks: Sequence[Task], step: int = 1
    ) -> Iterator[Result]:
        """The same, begun at once and in other processes only: this one goes on meanwhile."""
        with _ends_told():
            return _told(self._started().map(partial(_do, work), tasks, chunksize=step))

    def begin(self, work: Callable[[Task], Result], task: Task) -> Callable[[], Result]:
        """One task, begun at once in another process: what waits for its result."""
        return partial(next, self.beside(work, [task]))

    def _started(self) -> "ProcessPoolExecutor":
        if self._pool is None:
            from concurrent.futures import ProcessPoolExecutor  # late: most runs work alone
            from multiprocessing import get_context

            given = (self._begin, self._given)
            start = "fork" if _may_be_copied() else "spawn"
            self._pool = ProcessPoolExecutor(self._hands, get_context(start), _enter, given)
        return self._pool


def _may_be_copied() -> bool:
    """Whether a process can begin as a copy of this one, and need not read all modules anew.

    A copy of a process with threads, as a preview has, could inherit a lock; so it could of some
    libraries of other systems.
    """
    import platform
    import threading

    return platform.system() == "Linux" and threading.active_count() == 1


def _told(results: Iterator[Result]) -> Iterator[Result]:
    with _ends_told():
        yield from results


@contextmanager
def _ends_told() -> Iterator[None]:
    from concurrent.futures.process import BrokenProcessPool

    try:
        yield
    except BrokenProcessPool as error:
        raise Fault(
            "並行して動く処理の一つが、途中で止められました。",
            "メモリーの空きを確かめるか、-j 1 を付けて、もう一度実行してください。",
        ) from error


_failed: list[Exception] = []
"""Why this process could not begin; its first task tells."""


def _enter(begin: Callable[..., None] | None, given: Sequence[object]) -> None:
    """Begin in a fresh process."""
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        if begin:
            begin(*given)
    except Exception as error:  # the pool would print it, and tell nobody why it ended
        _failed.append(error)


def _do(work: Callable[[Task], Result], task: Task) -> Result:
    if _failed:
        raise _failed[0]
    return work(task)


def _end_with_parent() -> None:
    """A killed process tells nobody: those that it started would wait for work for ever."""
    from multiprocessing import parent_process

    if parent := parent_process():
        parent.join()
        os._exit(1)
