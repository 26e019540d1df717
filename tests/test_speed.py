"""The measure of speed counts what was restored; how fast a machine is, is no test."""

from __future__ import annotations

import pytest

from restore.bench.speed import WORDS_A_PAGE, Speed, measure_speed


def test_every_text_is_restored_and_counted() -> None:
    seen: list[str] = []
    speed = measure_speed(iter(["Uy ban nhan dan", "ke hoach " * 328]), seen.append)
    assert seen == ["Uy ban nhan dan", "ke hoach " * 328]
    assert speed.words == 2 * WORDS_A_PAGE
    assert speed.pages == pytest.approx(2.0)
    assert speed.seconds >= 0.0
    assert 10 < speed.peak_megabytes < 100_000


def test_pages_a_second_by_hand() -> None:
    assert Speed(words=660, seconds=0.1, peak_megabytes=1.0).pages_per_second == pytest.approx(20.0)
    assert Speed(words=0, seconds=0.0, peak_megabytes=1.0).pages_per_second == 0.0


def test_work_takes_time() -> None:
    idle = measure_speed(["a"], lambda text: None)
    busy = measure_speed(["a"], lambda text: sum(range(2_000_000)))
    assert busy.seconds > idle.seconds
