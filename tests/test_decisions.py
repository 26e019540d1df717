"""The log of decisions: what was acknowledged is on the disk, what was not is nowhere."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from restore import decisions
from restore.decisions import FieldValue, append_decisions, field_decision, read_decisions, undo_decision
from restore.errors import OutputError

ONE = field_decision(FieldValue(path="header.number", value="1"), "Lan")
TWO = field_decision(FieldValue(path="header.number", value="2\u2028\x85hai"), "Lan")


def test_a_full_disk_leaves_the_log_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "decisions.jsonl"
    append_decisions(path, [ONE])
    before = path.read_bytes()
    write = os.write

    def half(descriptor: int, data: bytes) -> int:
        if len(data) < 20:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(descriptor, data[: len(data) // 2])

    monkeypatch.setattr(decisions.os, "write", half)
    with pytest.raises(OutputError):
        append_decisions(path, [TWO])
    monkeypatch.undo()
    assert path.read_bytes() == before
    append_decisions(path, [TWO])
    assert read_decisions(path) == (ONE, TWO)


def test_a_log_that_cannot_be_made_safe_is_not_acknowledged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "decisions.jsonl"

    def fail(descriptor: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(decisions.os, "fsync", fail)
    with pytest.raises(OutputError):
        append_decisions(path, [ONE])
    monkeypatch.undo()
    assert read_decisions(path) == ()


def test_a_new_log_is_known_to_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    fsync = os.fsync

    def noted(descriptor: int) -> None:
        synced.append(os.path.realpath(f"/proc/self/fd/{descriptor}"))
        fsync(descriptor)

    monkeypatch.setattr(decisions.os, "fsync", noted)
    path = tmp_path / "decisions.jsonl"
    append_decisions(path, [ONE])
    assert synced == [str(path), str(tmp_path)]
    append_decisions(path, [undo_decision(ONE.id, "Lan")])
    assert synced[2:] == [str(path)]
