"""The house itself is broken: neither the content's fault nor a bug."""

from collections.abc import Iterator
from contextlib import contextmanager


class Fault(Exception):
    """Something outside the content stops the work; `cli` prints it and exits with 2.

    `message` says what happened and `hint` what to do next, both in Japanese.
    """

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[type["Fault"], tuple[str, str]]:
        """So that a process can hand it to the one that waits for its work."""
        return type(self), (self.message, self.hint)


class Damaged(Fault):
    """Of what earlier builds kept, something is missing or altered: without all of it it works."""


@contextmanager
def refusals_told() -> Iterator[None]:
    """What the disk refuses, and nobody nearer knew how to tell, is told as a Fault."""
    try:
        yield
    except BrokenPipeError:  # who read what we say went away
        raise
    except OSError as error:
        where = f"「{error.filename}」を" if error.filename else "ファイルを"
        raise Fault(
            f"{where}読み書きできません（{error.strerror or error}）。",
            "ほかのプログラムが書き換えていないか、空き容量と権限を確かめて、"
            "もう一度実行してください。",
        ) from error
