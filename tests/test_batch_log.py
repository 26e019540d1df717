"""The structured log: every line is JSON whatever the names, and no log ever fails a batch."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore.batch.events import Event
from restore.batch.log import JsonLog, log_line
from restore.errors import OutputError, readable

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def opened(target: Path | None, troubles: list[OSError] | None = None) -> JsonLog:
    heard = [] if troubles is None else troubles
    return JsonLog(target, "r1", heard.append, now=lambda: NOON)


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@given(st.text(), st.text(), st.text())
def test_any_name_and_reason_make_one_line_that_no_terminal_obeys(name: str, reason: str, trace: str) -> None:
    event = Event("page", document=readable(name), page=1, status="failed", reason=reason, trace=trace)
    line = log_line(event, run="r1", when=NOON)
    found = json.loads(line)
    assert (found.get("document", ""), found.get("reason", ""), found.get("trace", "")) == (
        readable(name), reason, trace,
    )  # fmt: skip
    line.encode()
    for mark in ("\x1b", "\x7f", "\x9b", "\N{RIGHT-TO-LEFT OVERRIDE}", "\N{LINE SEPARATOR}", "\N{NEXT LINE}"):
        assert mark not in line
    assert len(line.splitlines()) == 1


def test_vietnamese_names_stay_readable() -> None:
    line = log_line(Event("document", document="Quận Kiến An/kế hoạch.pdf"), run="r1", when=NOON)
    assert "Quận Kiến An/kế hoạch.pdf" in line


def test_times_are_utc_and_what_is_not_known_is_left_out() -> None:
    here = datetime(2026, 11, 2, 19, 30, tzinfo=timezone(timedelta(hours=7)))
    assert json.loads(log_line(Event("batch-begins"), run="r1", when=here)) == {
        "time": "2026-11-02T12:30:00.000Z",
        "level": "info",
        "event": "batch-begins",
        "run": "r1",
    }


def test_a_log_is_added_to_and_begun_anew_where_it_was_moved_away(tmp_path: Path) -> None:
    path, moved = tmp_path / "batch.log", tmp_path / "batch.log.1"
    path.write_text('{"event":"of an earlier run"}\n', "utf-8")
    log = opened(path)
    log(Event("batch-begins"))
    path.rename(moved)
    log(Event("batch-ends"))
    log.close()
    assert [line["event"] for line in lines(moved)] == ["of an earlier run", "batch-begins"]
    assert [line["event"] for line in lines(path)] == ["batch-ends"]


def test_each_event_is_in_the_file_at_once(tmp_path: Path) -> None:
    log = opened(tmp_path / "log")
    for count in (1, 2, 3):
        log(Event("page", page=count))
        assert len(lines(tmp_path / "log")) == count
    log.close()
    log.close()


def test_a_log_that_cannot_be_opened_stops_before_the_batch(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="log-not-writable"):
        opened(tmp_path / "nowhere" / "log")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_told_once_and_costs_the_batch_nothing() -> None:
    troubles: list[OSError] = []
    log = opened(Path("/dev/full"), troubles)
    for _ in range(3):
        log(Event("page", page=1))
    log.close()
    assert [error.strerror for error in troubles] == ["No space left on device"]


def test_when_there_is_room_again_the_log_tells_what_it_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    troubles: list[OSError] = []
    log = opened(tmp_path / "log", troubles)
    write, room = os.write, [10]  # bytes that there is room for

    def scarce(descriptor: int, content: bytes) -> int:
        if not room[0]:
            raise OSError(28, "No space left on device")
        written = write(descriptor, content[: room[0]])
        room[0] -= written
        return written

    monkeypatch.setattr(os, "write", scarce)
    log(Event("page", page=1))  # its first ten bytes
    log(Event("page", page=2))
    room[0] = 10_000
    log(Event("page", page=3))
    log.close()
    cut, gap, third = (tmp_path / "log").read_text("utf-8").splitlines()
    assert cut == '{"time":"2'
    assert json.loads(gap) == {
        "time": "2026-11-02T12:00:00.000Z", "level": "warning", "event": "log-gap", "run": "r1", "lost": 2,
    }  # fmt: skip
    assert json.loads(third)["page"] == 3
    assert len(troubles) == 1
