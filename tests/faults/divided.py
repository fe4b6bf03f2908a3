"""`dxsite`, which divides a catalogue of four plans as it does one of many."""

from functools import partial

from dxsite import pipeline
from dxsite.cli import main
from dxsite.site import Limits

LIMITS = Limits(whole=3, area=2)

if __name__ == "__main__":
    pipeline.Order = partial(pipeline.Order, limits=LIMITS)  # type: ignore[misc, assignment]
    main()
