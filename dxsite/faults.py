"""The house itself is broken: neither the content's fault nor a bug."""


class Fault(Exception):
    """Something outside the content stops the work; `cli` prints it and exits with 2.

    `message` says what happened and `hint` what to do next, both in Japanese.
    """

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
