"""`dxsite`, which divides a catalogue of few plans as it does one of many.

It is of another version where FAULTS_VERSION names one.
"""

import os
from functools import partial

import dxsite

dxsite.__version__ = os.environ.get("FAULTS_VERSION", dxsite.__version__)

from dxsite import pipeline  # noqa: E402 - modules take the version when they are read
from dxsite.cli import main  # noqa: E402
from dxsite.site import Limits  # noqa: E402

LIMITS = Limits(whole=2, area=2)

if __name__ == "__main__":
    pipeline.Order = partial(pipeline.Order, limits=LIMITS)  # type: ignore[misc, assignment]
    main()
