"""Whatever happens to a build, what is published is whole, and the next build mends the rest.

`python -m tests.faults.killing` and `python -m tests.faults.disturbing` do it many times over.
"""

import random
import signal
import sys
from pathlib import Path

import pytest

from dxsite.crew import Crew
from dxsite.faults import Fault
from tests.faults import disturbing, hands, killing, place, refusing
from tests.faults.place import Place

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return place.small(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def divided(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return place.divided(tmp_path_factory.mktemp("divided"), ("yamagata",))


def test_a_build_that_is_killed_leaves_whole_files(small: Place) -> None:
    assert killing.killed(small, random.Random(1), killing.MOVING, killing.GROUP, 1.5) == []


def test_a_build_whose_first_process_is_killed_leaves_no_other(divided: Place) -> None:
    divided.jobs, chance = 2, random.Random(1)
    assert killing.killed(divided, chance, killing.ASIDE, killing.PARENT, 1.5) == []


def test_what_stops_a_worker_is_told() -> None:
    with Crew(2) as crew:
        with pytest.raises(Fault) as told:
            list(crew.each(hands.faulty, ["何か", "ほか"]))
        assert (told.value.message, told.value.hint) == ("何か", "次にすること")
        with pytest.raises(Fault, match="途中で止められました"):
            list(crew.each(hands.killed, [signal.SIGKILL] * 2))


@pytest.mark.parametrize("disturb", [disturbing.edits_meanwhile, disturbing.two_at_once])
def test_a_disturbed_build_leaves_whole_files(
    small: Place, disturb: disturbing.Disturbance
) -> None:
    assert disturb(small, random.Random(disturb.__name__)) == []


def test_a_full_disk_leaves_the_site_as_it_was(tmp_path: Path, small: Place) -> None:
    with refusing.disk(tmp_path / "disk", 30) as why_not:
        if why_not:
            pytest.skip(why_not)
        here = small.moved_to(tmp_path / "disk/small")
        assert disturbing.full_disk(here, random.Random(1)) == []


def test_what_may_not_be_written_or_read_is_told(tmp_path: Path, small: Place) -> None:
    if why_not := refusing.permissions_count(tmp_path):
        pytest.skip(why_not)
    assert disturbing.no_permission(small, random.Random(3)) == []


def test_a_damaged_cache_changes_no_byte(divided: Place) -> None:
    divided.jobs = 1
    assert disturbing.damaged_parts(divided, random.Random(1)) == []
