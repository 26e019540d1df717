"""The verb of the fault benchmark: what it tells of each fault, in both languages; the faults have tests of their own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from restore.bench import fault_trials
from restore.bench.fault_labels import FAULT_LABELS
from restore.bench.fault_scene import Scene
from restore.bench.fault_tools import Harm
from restore.bench.faults import Verdict
from restore.cli import bench_faults, main

FOUND = (
    Verdict("killed", 50),
    Verdict("ctrl-c", seconds=2.0),
    Verdict("sigterm", seconds=9.0),
    Verdict("full-disk", 0, skipped="no-mount"),
    Verdict("clock", 2, ("differs: a.txt/restored.txt",)),
)


@pytest.fixture(autouse=True)
def found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[int]:
    asked: list[int] = []

    def measure(folder: Path, *, count: int) -> Iterator[Verdict]:
        asked.append(count)
        yield from FOUND

    monkeypatch.setattr(bench_faults, "measure", measure)
    monkeypatch.setattr(bench_faults.tempfile, "mkdtemp", lambda prefix: str(tmp_path))
    return asked


def test_the_table_tells_what_was_lost(capsys: pytest.CaptureFixture[str], found: list[int]) -> None:
    assert main(["bench", "faults", "--moments", "7", "--lang", "en"]) == 0
    told = capsys.readouterr()
    assert found == [7]
    for said in (
        "nothing lost, nothing done again",
        "more than 3 seconds",
        "not permitted",
        "differs: a.txt/restored.txt",
    ):
        assert said in told.out
    assert "clock jumps a year on, then back; kill -9: differs: a.txt/restored.txt" in told.err
    assert main(["bench", "faults", "--lang", "vi"]) == 0
    assert found == [7, fault_trials.MOMENTS]
    assert "không mất gì" in capsys.readouterr().out


def test_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "faults", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["faults"]
    assert [row["name"] for row in rows] == [verdict.name for verdict in FOUND]
    assert rows[-1]["problems"] == ["differs: a.txt/restored.txt"]


def test_no_moments_are_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "faults", "--moments", "0"]) == 2
    assert "--moments" in capsys.readouterr().err


def test_every_fault_is_tried_and_has_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tried is only named here: each fault is done for real in the tests of faults."""
    monkeypatch.setattr(fault_trials, "undisturbed", lambda scene: scene)
    for name, value in (("SHEETS", (2,)), ("IMAGES", 1), ("TEXTS", 1)):
        monkeypatch.setattr(fault_trials, name, value)

    def tried(scene: Scene, name: str, trial: object) -> Verdict:
        return Verdict(name)

    monkeypatch.setattr(fault_trials, "_tried", tried)
    names = [verdict.name for verdict in fault_trials.measure(tmp_path, count=3)]
    assert len(names) == bench_faults._FAULTS
    assert set(get_args(Harm)) < set(names)
    assert all(f"fault-{name}" in FAULT_LABELS for name in names)
