"""Tells when a file changes; the only door to watchdog."""

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

_CHANGES = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileClosedEvent,  # of a file that was written; not every system tells it
    FileMovedEvent,
    FileDeletedEvent,
    DirCreatedEvent,
    DirMovedEvent,
    DirDeletedEvent,
]
"""What may change the site. A build opens hundreds of files, and need not hear of each."""


class Told(Protocol):
    """Hears of a change at a path; `whole`: no more of it is to come."""

    def __call__(self, path: str, *, whole: bool) -> None: ...


def watch(folders: Iterable[Path], told: Told) -> None:
    """Tell of every change below the folders, from a thread of its own, for ever."""
    observer = Observer()
    observer.daemon = True
    for folder in folders:
        if folder.is_dir():
            observer.schedule(Watcher(told), str(folder), recursive=True, event_filter=_CHANGES)
    observer.start()


class Watcher(FileSystemEventHandler):
    """Passes on what watchdog tells."""

    def __init__(self, told: Told) -> None:
        self._told = told

    def on_any_event(self, event: FileSystemEvent) -> None:
        begun = event.event_type in ("created", "modified") and not event.is_directory
        for path in filter(None, (event.src_path, event.dest_path)):
            self._told(str(path), whole=not begun)
