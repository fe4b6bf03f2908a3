"""Random edits of a large catalogue, for as long as one likes: what changed gives what all gives.

    .venv/bin/python -m tests.random_edits [MINUTES]

Each round makes other towns in other prefectures, then edits them in another order; a difference
between a build of what changed and one of everything ends it with the round's number.
"""

import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.conftest import ROOT, Desk
from tests.test_divided import EDITS, Clock, hold
from tests.towns import fill

PREFECTURES = ("hokkaido", "yamagata", "tokyo", "gifu", "hiroshima", "fukuoka", "okinawa")


def round_of(number: int) -> None:
    """One catalogue, every kind of edit once."""
    chance = random.Random(number)
    with tempfile.TemporaryDirectory() as folder:
        for name in ("templates", "assets"):
            shutil.copytree(ROOT / name, Path(folder) / name)
        shutil.copytree(ROOT / "tests/small/content", Path(folder) / "content")
        desk = Desk(Path(folder))
        names = chance.sample(PREFECTURES, k=chance.randint(2, 4))
        fill(desk, {name: chance.randint(1, 4) for name in names} | {names[0]: 3})
        hold(desk, Clock(desk), chance, len(EDITS))


def main() -> None:
    """Rounds until the time is over."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    end, number = time.monotonic() + minutes * 60, 0
    while time.monotonic() < end:
        number += 1
        print(f"round {number}", file=sys.stderr, flush=True)
        round_of(number)
    print(f"{number} rounds of {len(EDITS)} edits, no difference")


if __name__ == "__main__":
    main()
