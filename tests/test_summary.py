"""The summaries of a batch: the same after every run, from old ledgers too."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from restore.batch.inputs import Job
from restore.batch.ledger import Ledger, ledger_rows, remember
from restore.batch.ledger_schema import LEDGER_VERSION
from restore.batch.run import Totals, run_batch
from restore.batch.summary import known_rows, summary_html, summary_json, write_summaries
from restore.batch.triage import columns, refresh
from restore.config import Config
from restore.decisions import FieldValue, append_decisions, field_decision
from restore.errors import InputError, OutputError
from restore.messages import error_text
from restore.results import read_folder
from restore.review.triage import Reason, Triage, record, totals

DAMAGED = "UY BAN NHAN DAN\nSo: 12/KH-UBND\nAn Lao, ngay 05 thang 3 nam 2024\nKE HOACH\nTrong cay nam 2024\nI. MUC DICH\n"
HEALTHY = "Căn cứ Luật Tổ chức chính quyền địa phương; theo đề nghị của Chánh Văn phòng.\n"


def run(folder: Path, out: Path) -> Totals:
    jobs = [Job(path, path.name) for path in sorted(folder.iterdir())]
    return run_batch(jobs, out, Config(jobs=1, lang="en"))


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder with a damaged text, a healthy one and a bad file; and its results."""
    base = tmp_path_factory.mktemp("batch")
    folder = base / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(DAMAGED, "utf-8")
    (folder / "b.txt").write_text(HEALTHY, "utf-8")
    (folder / "c.pdf").write_bytes(b"%PDF-1.4\nthis is no PDF")
    totals = run(folder, base / "out")
    assert (totals.ok, totals.failed, totals.skipped) == (2, 1, 0)
    return folder, base / "out"


def written_json(out: Path) -> str:
    return b"".join(summary_json(out, "en")).decode()


def test_a_resumed_batch_has_the_same_summary(batch: tuple[Path, Path]) -> None:
    folder, out = batch
    first = summary_html(out, "vi"), written_json(out)
    totals = run(folder, out)
    assert (totals.skipped, totals.left) == (2, 1)
    assert (summary_html(out, "vi"), written_json(out)) == first


def test_a_ledger_of_version_1_is_brought_up_to_date(batch: tuple[Path, Path], tmp_path: Path) -> None:
    """Of version 1, which kept no triage: it is made of document.json, and kept by the next run."""
    folder, source = batch
    out = tmp_path / "out"
    shutil.copytree(source, out)
    rows = ledger_rows(out)
    wanted = tuple(known_rows(out))
    (out / "ledger.sqlite").unlink()
    with closing(sqlite3.connect(out / "ledger.sqlite", isolation_level=None)) as connection:
        connection.execute(OF_VERSION_1)
        for row in rows:
            status = "failed" if row.status == "failed" else "ok"
            kept = (row.output, row.input, row.sha256, row.config, status, row.grade, row.reason)
            counts = (row.words, row.words_changed, row.words_to_review)
            connection.execute(
                "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '2026-01-02T03:04:05+00:00', NULL)",
                (*kept, *counts),
            )
        connection.execute("PRAGMA user_version = 1")
    assert {row.triage for row in ledger_rows(out)} == {None}
    assert [line.reasons for line in known_rows(out)] == [line.reasons for line in wanted]
    totals = run(folder, out)
    assert (totals.skipped, totals.failed) == (2, 1)
    with closing(sqlite3.connect(out / "ledger.sqlite")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (LEDGER_VERSION,)
    kept_now = {row.output: row.triage for row in ledger_rows(out)}
    assert kept_now["a.txt"]
    assert kept_now["b.txt"]
    assert kept_now["c.pdf"] is None
    assert [line.reasons for line in known_rows(out)] == [line.reasons for line in wanted]


OF_VERSION_1 = """
CREATE TABLE files (
    output TEXT PRIMARY KEY, input TEXT NOT NULL, sha256 TEXT NOT NULL, config TEXT NOT NULL, status TEXT NOT NULL,
    grade TEXT, reason TEXT, words INTEGER, words_changed INTEGER, words_to_review INTEGER,
    started TEXT NOT NULL, finished TEXT
) WITHOUT ROWID
"""


def test_a_ledger_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as connection:
        connection.execute(f"PRAGMA user_version = {LEDGER_VERSION + 1}")
    for ask in (lambda: Ledger(tmp_path), lambda: list(known_rows(tmp_path))):
        with pytest.raises(OutputError, match="ledger-newer") as caught:
            ask()
        for lang in ("vi", "en"):  # it is sound: nobody is told to delete what another version knows
            assert not re.search("[Dd]elete|[Xx]óa", error_text(caught.value, lang))


def test_where_there_is_no_ledger_nothing_is_made(tmp_path: Path) -> None:
    for ask in (lambda: list(known_rows(tmp_path)), lambda: remember(tmp_path, "a", words=1)):
        with pytest.raises(OutputError, match="ledger-refused"):
            ask()
    assert list(tmp_path.iterdir()) == []


def test_a_changed_document_changes_its_line_while_a_batch_is_at_work(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.begin("a.txt", path="/a.txt")
        kept = {"grade": "review", "words": 3, "triage": record(Triage("a.txt", "review"))}
        ledger.finish("a.txt", "success", columns=kept)
        ledger.begin("b.txt", path="/b.txt")
        changed = Triage("a.txt", "good", words=3)
        remember(tmp_path, "a.txt", **columns(changed))
        assert list(known_rows(tmp_path)) == [changed]
        assert ledger.row("b.txt").status == "started"  # type: ignore[union-attr]


def test_a_document_of_which_only_the_counts_are_left_is_listed(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.begin("a.txt", path="/a.txt")
        counts = {"grade": "review", "words": 30, "words_changed": 4, "words_to_review": 2}
        ledger.finish("a.txt", "success", columns=counts)
    (row,) = known_rows(tmp_path)
    assert row == Triage(
        "a.txt", "review", (Reason("words", 2),), words=30, words_changed=4, words_to_review=2
    )


def test_summary_json_tells_reasons_and_time(batch: tuple[Path, Path]) -> None:
    folder, out = batch
    content = json.loads(written_json(out))
    first, second, bad = content["files"]
    assert first["reasons"] == {"missing-recipients": 1, "missing-signer": 1} | first["reasons"]
    assert first["need_seconds"] > second["need_seconds"] == 0
    assert bad["reasons"] == {"failed": 1}
    assert (content["totals"]["ok"], content["totals"]["failed"]) == (2, 1)
    assert content["totals"]["need_seconds"] == sum(entry["need_seconds"] for entry in content["files"])
    assert bad["reason"].startswith(f"{folder / 'c.pdf'}: ")


def test_a_failed_file_tells_why_without_its_path(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.begin("c.pdf", path="/in/c.pdf")
        ledger.finish("c.pdf", "failed", error=InputError("missing-file", path="/in/c.pdf"), lang="vi")
    (row,) = known_rows(tmp_path, "en")
    assert (row.state, row.error) == ("failed", "there is no such file or folder.")


def test_decisions_change_the_line_of_their_document(batch: tuple[Path, Path], tmp_path: Path) -> None:
    folder, _ = batch
    out = tmp_path / "out"
    run(folder, out)
    before = next(known_rows(out))
    decision = field_decision(FieldValue(path="header.subject", value="Trồng cây năm 2024"), "Lan")
    append_decisions(out / "a.txt" / "decisions.jsonl", [decision])
    after = refresh(out, "a.txt", read_folder(out / "a.txt"))
    assert (before.decisions, after.decisions) == (0, 1)
    assert next(known_rows(out)) == after
    assert sum(after.confidence) == after.words
    assert run(folder, out).skipped == 2
    assert next(known_rows(out)) == after


def test_the_summaries_are_written_again_when_something_has_changed_and_only_then(
    batch: tuple[Path, Path], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    shutil.copytree(batch[1], out)
    write_summaries(out, "en")
    made = out / "summary.json", out / "summary.html"
    assert made[0].read_text("utf-8") == written_json(out)
    assert made[1].read_text("utf-8") == summary_html(out, "en")
    for path in made:
        path.write_text("as it was")
    write_summaries(out, "en")
    assert {path.read_text() for path in made} == {"as it was"}
    write_summaries(out, "vi")
    assert "as it was" not in {path.read_text() for path in made}
    remember(out, "a.txt", **columns(Triage("a.txt", "good", words=77)))
    write_summaries(out, "vi")
    assert json.loads(made[0].read_text("utf-8"))["totals"]["words"] >= 77
    made[1].unlink()
    write_summaries(out, "vi")
    assert made[1].read_text("utf-8") == summary_html(out, "vi")


def test_an_empty_ledger_has_a_summary(tmp_path: Path) -> None:
    with Ledger(tmp_path):
        pass
    assert json.loads(written_json(tmp_path)) == {"files": [], "totals": totals([])}


def test_a_long_summary_comes_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("restore.batch.summary._PIECE", 3)
    with Ledger(tmp_path) as ledger:
        for number in range(10):
            ledger.begin(f"{number}.txt", path=f"/{number}.txt")
            ledger.finish(f"{number}.txt", "success", columns={"grade": "good", "words": number})
    pieces = list(summary_json(tmp_path, "en"))
    assert len(pieces) >= 3
    content = json.loads(b"".join(pieces))
    assert [entry["output"] for entry in content["files"]] == [f"{number}.txt" for number in range(10)]
    assert content["totals"]["words"] == 45
