"""Work that is done in several processes at once; the only door to them."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


def hands(jobs: int | None) -> int:
    """How many processes may work at once; None: one per processor."""
    return jobs or os.cpu_count() or 1


def each(
    work: Callable[[Task], Result],
    tasks: Sequence[Task],
    jobs: int | None,
    begin: Callable[..., None],
    *given: object,
) -> Iterator[Result]:
    """The result of each task, in order, whatever their number of processes.

    Every process calls `begin(*given)` once, before its first task. One task, or one process,
    needs no other: then this one works.
    """
    workers = min(hands(jobs), len(tasks))
    if workers <= 1:
        begin(*given)
        yield from map(work, tasks)
        return
    with _pool(workers, begin, *given) as pool:
        yield from pool.map(work, tasks)


@contextmanager
def _pool(
    workers: int, begin: Callable[..., None], *given: object
) -> Iterator[ProcessPoolExecutor]:
    # A copy of a process that has threads could inherit a lock; a fresh one inherits nothing.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, context, initializer=begin, initargs=given)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)
