"""The benchmark of the ledger makes one up through its own tables, and asks it as the program does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from restore.batch.changes import changes_since
from restore.batch.rows import ledger_rows
from restore.batch.summary import known_rows
from restore.bench import ledger
from restore.bench.labels import LABELS
from restore.bench.ledger import Measure, fill, measure
from restore.bench.processes import Run
from restore.cli import main


def test_its_rows_are_those_of_a_ledger_and_always_the_same(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        fill(tmp_path / name, 150)
    rows = ledger_rows(tmp_path / "one")
    assert rows == ledger_rows(tmp_path / "other")
    assert [sum(row.status == status for row in rows) for status in ("success", "partial", "failed")] == [
        145,
        2,
        3,
    ]
    lines = list(known_rows(tmp_path / "one"))
    assert len(lines) == 150
    assert all(line.words and line.confidence for line in lines if line.state != "failed")
    assert changes_since(tmp_path / "one", "").mark.endswith(":150")


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> Measure:
    monkeypatch.setattr(ledger, "ROUNDS", 1)
    monkeypatch.setattr(ledger, "SUMMARY_JSON", "ledger.sqlite")  # is not written here
    monkeypatch.setattr(ledger, "run", lambda command: Run(2 if "status" in command else 0, "", 1.0, 50.0))
    return measure(300, inputs=5)


def test_everything_is_asked(measured: Measure) -> None:
    took = {one.what: one for one in measured.took}
    assert {"row", "changes", "begin-run", "new-file", "all-done", "summaries", "summaries-again"} == set(
        took
    )
    assert all(one.cpu >= 0 and one.clock > 0 for one in measured.took)
    assert 300 < measured.bytes_a_page < 3000
    assert {f"ledger-{what}" for what in took} < set(LABELS)


def test_the_verb(
    measured: Measure, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(ledger, "measure", lambda documents: measured)
    assert main(["bench", "ledger", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["documents"] == 300
    assert main(["bench", "ledger", "--lang", "vi"]) == 0
    assert "byte một trang" in capsys.readouterr().out
