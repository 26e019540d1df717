"""What has changed in a batch is asked of its ledger: every change is told once, and none is lost."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restore.batch import changes
from restore.batch.changes import Changes, changes_since, to_look_at
from restore.batch.ledger import Ledger, remember
from restore.batch.rows import LEDGER_FILE
from restore.cli import main
from tests.batches import write_document


def restored(ledger: Ledger, *names: str) -> None:
    for name in names:
        ledger.begin(name, path=f"/{name}")
        ledger.finish(name, "success", columns={"grade": "good"})


def test_where_there_is_no_ledger_nobody_knows(tmp_path: Path) -> None:
    assert changes_since(tmp_path, "") == Changes("", None)
    (tmp_path / LEDGER_FILE).write_bytes(b"no ledger" * 100)
    assert changes_since(tmp_path, "") == Changes("", None)
    with closing(sqlite3.connect(tmp_path / "2.sqlite")) as connection:
        connection.execute("CREATE TABLE files (output, input, sha256, config, status, grade, reason, words, words_changed, "
                           "words_to_review, triage, started, finished)")  # fmt: skip
        connection.execute("PRAGMA user_version = 2")
    (tmp_path / "2.sqlite").replace(tmp_path / LEDGER_FILE)
    assert changes_since(tmp_path, "") == Changes("", None)


def test_what_was_finished_or_decided_after_a_mark_is_told(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        restored(ledger, "a", "b", "c")
        first = changes_since(tmp_path, "")
        assert first.outputs is None  # the first time, all is to be looked at
        assert changes_since(tmp_path, first.mark) == Changes(first.mark, ())
        ledger.begin("d", path="/d")
        assert changes_since(tmp_path, first.mark).outputs == ()  # in work
        restored(ledger, "b", "d")
        remember(tmp_path, "a", words=2, triage="{}")
        remember(tmp_path, "d", words=2, triage="{}")
        then = changes_since(tmp_path, first.mark)
        assert then.outputs == ("b", "a", "d")
        assert changes_since(tmp_path, then.mark).outputs == ()


def test_another_ledger_or_an_older_copy_has_another_history(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        with Ledger(folder) as ledger:
            restored(ledger, "a", "b")
    mark = changes_since(one, "").mark
    assert changes_since(other, mark).outputs is None
    copy = (one / LEDGER_FILE).read_bytes()
    with Ledger(one) as ledger:
        restored(ledger, "b", "c")
    late = changes_since(one, "").mark
    assert changes_since(one, mark).outputs == ("b", "c")
    (one / LEDGER_FILE).write_bytes(copy)
    assert changes_since(one, late).outputs is None


NAMES = st.sampled_from("abcde")


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(NAMES, st.sampled_from(["success", "failed", "decided"])), max_size=6), max_size=5
    )
)
def test_who_asks_now_and_then_misses_nothing(rounds: list[list[tuple[str, str]]]) -> None:
    with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder)) as ledger:
        out = Path(folder)
        restored(ledger, *"abcde")
        mark = changes_since(out, "").mark
        for changed in rounds:
            for name, what in changed:
                if what == "decided":
                    remember(out, name, words=1, triage="{}")
                else:
                    ledger.begin(name, path=f"/{name}")
                    ledger.finish(name, "success" if what == "success" else "failed")
            found = changes_since(out, mark)
            assert found.outputs is not None
            assert sorted(found.outputs) == sorted({name for name, _ in changed})
            mark = found.mark


def test_of_a_small_batch_all_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "LOOKED_AT", 3)
    with Ledger(tmp_path) as ledger:
        restored(ledger, "a")
        mark = changes_since(tmp_path, "").mark
        restored(ledger, "b")
    assert to_look_at(tmp_path, 3, mark).outputs is None
    assert to_look_at(tmp_path, 4, mark).outputs == ("b",)
    assert to_look_at(tmp_path, 3, mark).mark == to_look_at(tmp_path, 4, mark).mark > mark


def test_a_search_in_a_large_batch_looks_at_what_its_ledger_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(changes, "LOOKED_AT", 1)

    def found(*options: str) -> str:
        assert main(["search", str(tmp_path), "trồng", "--lang", "en", *options]) == 0
        return capsys.readouterr().err

    with Ledger(tmp_path) as ledger:
        for name in "abc":
            write_document(tmp_path, name, "trồng cây")
        restored(ledger, *"abc")
        assert "3 documents" in found()
        write_document(tmp_path, "a", "nuôi bò")
        write_document(tmp_path, "by-hand", "trồng rừng")
        assert "3 documents" in found()  # nobody has told the ledger
        restored(ledger, "a")
        assert "2 documents" in found()
        assert "3 documents" in found("--full-update")
