"""The summaries of a batch: the same after every run, from old ledgers too."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from restore.batch.inputs import Job
from restore.batch.ledger import LEDGER_VERSION, Ledger, ledger_rows, remember
from restore.batch.run import Outcome, run_batch
from restore.batch.summary import known_rows, summary_html, summary_json, totals, triage_rows
from restore.batch.triage import columns, refresh
from restore.config import Config
from restore.decisions import FieldValue, append_decisions, field_decision
from restore.errors import InputError, OutputError
from restore.results import read_folder
from restore.review.triage import Reason, Triage, record

DAMAGED = "UY BAN NHAN DAN\nSo: 12/KH-UBND\nAn Lao, ngay 05 thang 3 nam 2024\nKE HOACH\nTrong cay nam 2024\nI. MUC DICH\n"
HEALTHY = "Căn cứ Luật Tổ chức chính quyền địa phương; theo đề nghị của Chánh Văn phòng.\n"


def run(folder: Path, out: Path) -> tuple[Outcome, ...]:
    jobs = [Job(path, path.name) for path in sorted(folder.iterdir())]
    return run_batch(jobs, out, Config(jobs=1, lang="en"), lambda outcome: None)


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, tuple[Outcome, ...]]:
    """A folder with a damaged text, a healthy one and a bad file; its results; what came of it."""
    base = tmp_path_factory.mktemp("batch")
    folder = base / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(DAMAGED, "utf-8")
    (folder / "b.txt").write_text(HEALTHY, "utf-8")
    (folder / "c.pdf").write_bytes(b"%PDF-1.4\nthis is no PDF")
    return folder, base / "out", run(folder, base / "out")


def data_rows(outcomes: tuple[Outcome, ...]) -> str:
    html = summary_html(outcomes, "en")
    return re.search(r'id="data">(.*?)</script>', html, re.DOTALL)[1]  # type: ignore[index]


def test_a_resumed_batch_has_the_same_summary(batch: tuple[Path, Path, tuple[Outcome, ...]]) -> None:
    folder, out, first = batch
    second = run(folder, out)
    assert [outcome.skipped for outcome in second] == [True, True, False]
    assert data_rows(second) == data_rows(first)
    assert summary_html(second, "vi") == summary_html(first, "vi")
    assert summary_json(second, "en") == summary_json(first, "en")
    assert known_rows(out) == triage_rows(first, "en")


def test_a_ledger_of_version_1_is_brought_up_to_date(
    batch: tuple[Path, Path, tuple[Outcome, ...]], tmp_path: Path
) -> None:
    folder, out, first = batch
    with closing(sqlite3.connect(out / "ledger.sqlite", isolation_level=None)) as connection:
        connection.execute("ALTER TABLE files DROP COLUMN triage")
        connection.execute("PRAGMA user_version = 1")
    assert {row.triage for row in ledger_rows(out)} == {None}
    assert [row.reasons for row in known_rows(out)] == [row.reasons for row in triage_rows(first, "en")]
    second = run(folder, out)
    assert [outcome.skipped for outcome in second] == [True, True, False]
    assert summary_json(second, "en") == summary_json(first, "en")
    with closing(sqlite3.connect(out / "ledger.sqlite")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (LEDGER_VERSION,)
    kept = {row.output: row.triage for row in ledger_rows(out)}
    assert kept["a.txt"]
    assert kept["b.txt"]
    assert kept["c.pdf"] is None


def test_a_ledger_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as connection:
        connection.execute(f"PRAGMA user_version = {LEDGER_VERSION + 1}")
    with pytest.raises(OutputError, match="ledger-unusable"):
        Ledger(tmp_path)


def test_where_there_is_no_ledger_nothing_is_made(tmp_path: Path) -> None:
    for ask in (lambda: known_rows(tmp_path), lambda: remember(tmp_path, "a", words=1)):
        with pytest.raises(OutputError, match="ledger-refused"):
            ask()
    assert list(tmp_path.iterdir()) == []


def test_a_changed_document_changes_its_line_while_a_batch_is_at_work(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.begin("a.txt", path=Path("a.txt"), sha256="1", config="2")
        ledger.finish("a.txt", status="ok", grade="review", words=3, triage=record(Triage("a.txt", "review")))
        ledger.begin("b.txt", path=Path("b.txt"), sha256="1", config="2")
        changed = Triage("a.txt", "good", words=3)
        remember(tmp_path, "a.txt", **columns(changed))
        assert known_rows(tmp_path) == (changed,)
        assert ledger.row("b.txt").status == "running"  # type: ignore[union-attr]


def test_a_document_of_which_only_the_counts_are_left_is_listed(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.begin("a.txt", path=Path("a.txt"), sha256="1", config="2")
        ledger.finish("a.txt", status="ok", grade="review", words=30, words_changed=4, words_to_review=2)
    (row,) = known_rows(tmp_path)
    assert row == Triage(
        "a.txt", "review", (Reason("words", 2),), words=30, words_changed=4, words_to_review=2
    )


def test_summary_json_tells_reasons_and_time(batch: tuple[Path, Path, tuple[Outcome, ...]]) -> None:
    folder, _, outcomes = batch
    content = json.loads(summary_json(outcomes, "en"))
    first, second, bad = content["files"]
    assert first["reasons"] == {"missing-recipients": 1, "missing-signer": 1} | first["reasons"]
    assert first["need_seconds"] > second["need_seconds"] == 0
    assert bad["reasons"] == {"failed": 1}
    assert content["totals"] == totals(outcomes)
    assert content["totals"]["need_seconds"] == sum(entry["need_seconds"] for entry in content["files"])
    assert bad["reason"].startswith(f"{folder / 'c.pdf'}: ")


def test_a_failed_file_tells_why_without_its_path() -> None:
    job = Job(Path("/in/c.pdf"), "c.pdf")
    (row,) = triage_rows([Outcome(job, "failed", error=InputError("missing-file", path=job.path))], "en")
    assert (row.state, row.error) == ("failed", "there is no such file or folder.")


def test_decisions_change_the_line_of_their_document(
    batch: tuple[Path, Path, tuple[Outcome, ...]], tmp_path: Path
) -> None:
    folder, _, _ = batch
    out = tmp_path / "out"
    first = run(folder, out)
    before = known_rows(out)[0]
    decision = field_decision(FieldValue(path="header.subject", value="Trồng cây năm 2024"), "Lan")
    append_decisions(out / "a.txt" / "decisions.jsonl", [decision])
    after = refresh(out, "a.txt", read_folder(out / "a.txt"))
    assert (before.decisions, after.decisions) == (0, 1)
    assert known_rows(out)[0] == after
    assert sum(after.confidence) == after.words
    assert totals(run(folder, out))["files"] == totals(first)["files"]
