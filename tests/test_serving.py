"""The preview builds once for all steps in which an editor saves a file, and soon."""

import threading
import time

from dxsite.serving import Edition, Preview


class Builder:
    """Counts the builds of a preview that runs beside the test."""

    def __init__(self) -> None:
        self.began: list[float] = []
        self.preview = Preview(self._build, lambda _: None)
        threading.Thread(target=self.preview.run, daemon=True).start()

    def _build(self) -> Edition:
        self.began.append(time.monotonic())
        return Edition({})


def test_the_steps_of_one_saving_are_one_build() -> None:
    builder = Builder()
    for _ in range(10):
        builder.preview.touch()
    assert builder.preview.news_after(0, 10) == 1
    time.sleep(0.3)
    assert builder.preview.version == 1


def test_a_build_waits_until_nothing_changes_any_more() -> None:
    builder = Builder()
    last = 0.0
    for _ in range(5):
        builder.preview.touch()
        last = time.monotonic()
        time.sleep(0.01)
    deadline = last + 30
    while not builder.began or builder.began[-1] < last:
        assert time.monotonic() < deadline, "the last change was never built"
        time.sleep(0.01)


def test_a_change_after_a_build_is_built_too() -> None:
    builder = Builder()
    builder.preview.touch()
    assert builder.preview.news_after(0, 10) == 1
    builder.preview.touch()
    assert builder.preview.news_after(1, 10) == 2
