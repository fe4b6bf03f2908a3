"""Work that is done in several processes at once; the only door to them."""

import os
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

Task = TypeVar("Task")
Result = TypeVar("Result")


def hands(jobs: int | None) -> int:
    """How many processes may work at once; None: one per processor."""
    return jobs or os.cpu_count() or 1


class Crew:
    """Processes that wait for work; none is started before there are two tasks.

    Every process calls `begin(*given)` once, before its first task: this one too, where it works
    itself.
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
        if self._pool is None:
            # A copy of a process with threads could inherit a lock; a fresh one inherits nothing.
            from concurrent.futures import ProcessPoolExecutor  # late: most runs work alone
            from multiprocessing import get_context

            context = get_context("spawn")
            self._pool = ProcessPoolExecutor(
                self._hands,
                context,
                self._begin,
                self._given,  # type: ignore[arg-type]  # any
            )
        return self._pool.map(work, tasks, chunksize=step)
