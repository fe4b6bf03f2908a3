"""What processes of a crew may do."""

import os

from dxsite.faults import Fault


def killed(how: int) -> None:
    """Be stopped from outside."""
    os.kill(os.getpid(), how)


def faulty(message: str) -> None:
    """Find the house broken."""
    raise Fault(message, "次にすること")
