"""Where the time goes: the steps of a page are named, do not overlap, and make up its time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from restore.results import assemble
from restore.scan.ingest import open_document
from restore.scan.read import read_page
from restore.seen import Seen
from restore.timing import collecting, timed

SCAN = Path(__file__).parents[1] / "samples" / "quyet-dinh-clean" / "page-1.png"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that stands until it is put on."""
    now = [0.0]
    monkeypatch.setattr(time, "perf_counter", lambda: now[0])
    return now


def test_a_step_within_a_step_is_counted_once(clock: list[float]) -> None:
    with collecting() as steps, timed("second-reading"):
        clock[0] += 1
        with timed("recognize"):
            clock[0] += 2
        clock[0] += 4
    assert steps == {"recognize": 2, "second-reading": 5}


def test_a_step_that_fails_or_comes_again_counts(clock: list[float]) -> None:
    @timed("clean")
    def cleaning(seconds: float) -> None:
        clock[0] += seconds
        raise OSError

    with collecting() as steps:
        for seconds in (1.0, 2.0):
            with pytest.raises(OSError):
                cleaning(seconds)
    assert steps == {"clean": 3}


def test_nothing_is_measured_where_nobody_collects(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "perf_counter", lambda: pytest.fail("the clock was read"))
    with timed("clean"):
        pass


def test_the_steps_make_up_the_time_of_a_page() -> None:
    began = time.perf_counter()
    with collecting() as steps, open_document(SCAN) as scanned:
        read_page(scanned.load(1), timeout=120)
    seconds = time.perf_counter() - began
    assert 0.9 * seconds < sum(steps.values()) <= seconds
    assert list(steps) == [
        *("open", "load", "orientation", "clean", "seals", "tables", "recognize", "second-reading", "order"),
    ]


def test_a_document_is_made_of_its_structure_and_the_rest() -> None:
    with collecting() as steps:
        assemble("Căn cứ Luật Tổ chức chính quyền địa phương\n", (), Seen())
    assert set(steps) == {"assemble", "structure"}
