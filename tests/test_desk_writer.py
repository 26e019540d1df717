"""Results are written in the pauses of those who decide."""

from __future__ import annotations

import threading

from restore.desk.writer import Writer


def test_what_was_asked_for_is_done_when_the_desk_closes() -> None:
    done: list[str] = []
    writer = Writer(done.append)
    for name in ("one", "two", "one"):
        writer.ask(name)
    writer.close()
    assert set(done) == {"one", "two"}


def test_a_long_job_waits_for_a_pause_and_is_done_once() -> None:
    started, release, done = threading.Event(), threading.Event(), []

    def write(name: str) -> None:
        started.set()
        release.wait(5)
        done.append(name)

    writer = Writer(write)
    writer.ask("one")
    assert started.wait(5)
    threading.Timer(0.5, release.set).start()
    writer.settle()  # the first time takes half a second: the next waits three times as long
    for _ in range(5):
        writer.ask("one")
    assert done == ["one"]
    writer.settle()
    assert done == ["one", "one"]
    writer.close()


def test_settling_waits_for_the_job_under_way() -> None:
    done: list[str] = []
    writer = Writer(done.append)
    for number in range(20):
        writer.ask(str(number))
    writer.settle()
    assert len(done) == 20
    writer.close()
