"""What to type to run a command."""

import os

CALLED_AS = "DXSITE_CALLED_AS"
"""In the environment: what the person typed before the command, as build.py saw it."""


def called() -> str:
    """What the person typed to start dxsite: `python3 build.py`, or `dxsite`."""
    return os.environ.get(CALLED_AS) or "dxsite"


def command(*words: str) -> str:
    """A command as the person is to type it: `python3 build.py explain unknown-key`."""
    return " ".join((called(), *words))
