"""The list of a batch: ranked by SQLite just as the summary ranks, and shown a page at a time, however long it is."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from restore.batch.ledger import LEDGER_FILE, Ledger
from restore.batch.ledger_schema import bring_up_to_date
from restore.batch.summary import known_rows
from restore.batch.triage import columns
from restore.desk.answers import PAGE
from restore.desk.app import build_app
from restore.desk.catalogue import Asked, Catalogue, folded, ranking
from restore.desk.pictures import Pictures
from restore.desk.service import Desk
from restore.errors import InputError, OutputError
from restore.review.triage import REASONS, Reason, Triage, ranked, totals
from tests.triage_rows import made_up

MANY = 700
CODES = [code for code in REASONS if code != "failed"]


def ledger_of(out: Path, rows: Sequence[Triage]) -> Path:
    """A ledger that knows these documents; their folders are not needed to list them."""
    out.mkdir(parents=True, exist_ok=True)
    with Ledger(out) as ledger:
        ledger._connection.execute("PRAGMA synchronous = OFF")
        ledger._connection.execute("BEGIN")
        for row in rows:
            ledger.begin(row.name, path=f"/in/{row.name}")
            if row.state == "failed":
                error = InputError("missing-file", path=Path("/in", row.name))
                ledger.finish(row.name, "failed", error=error, lang="vi")
            else:
                ledger.finish(row.name, "success", columns=columns(row))
        ledger._connection.execute("COMMIT")
    return out


def changed(out: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(out / LEDGER_FILE, isolation_level=None)) as connection:
        connection.execute(statement, values)


def names(catalogue: Catalogue, asked: Asked | None = None, most: int = 10_000) -> list[str]:
    return [row.name for row in catalogue.listed(asked or Asked(), most).rows]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ledger_of(tmp_path_factory.mktemp("many"), list(made_up(MANY)))


def test_documents_stand_as_the_summary_ranks_them(many: Path) -> None:
    wanted = ranked(known_rows(many))
    with closing(Catalogue(many)) as found:
        assert found.listed(Asked(), MANY).rows == wanted
        assert list(found.names()) == [row.name for row in wanted if row.state != "failed"]
        figures = found.figures()
    assert figures.states == Counter(row.state for row in wanted)
    sums = totals(wanted)
    assert (figures.to_review, figures.need_seconds) == (sums["words_to_review"], sums["need_seconds"])


reasons = st.lists(st.builds(Reason, st.sampled_from(CODES), st.integers(0, 700)), max_size=4,
                   unique_by=lambda reason: reason.code)  # fmt: skip
lines = st.builds(
    Triage, name=st.text("abđ/1", min_size=1, max_size=6), state=st.sampled_from(("good", "review", "poor")),
    reasons=reasons.map(tuple), words=st.integers(0, 900), words_to_review=st.integers(0, 900),
    decisions=st.integers(0, 9),
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(lines, min_size=1, max_size=12, unique_by=lambda row: row.name))
def test_seconds_are_those_of_the_summary_to_the_last_one(rows: list[Triage]) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as ledger:
        bring_up_to_date(ledger, Path())
        for row in rows:
            values = columns(row)
            names = ", ".join(["output", "input", "stamp", "status", *values])
            marks = ", ".join("?" * (4 + len(values)))
            ledger.execute(
                f"INSERT INTO documents ({names}) VALUES ({marks})",
                (row.name, "", "", "success", *values.values()),
            )
        told = [(name, need) for name, _, need, *_ in ranking(ledger)]
    assert told == [(row.name, row.need_seconds) for row in ranked(rows)]


def test_a_page_begins_where_it_is_asked_for(many: Path) -> None:
    with closing(Catalogue(many)) as found:
        pieces = [names(found, Asked(start=start), 99) for start in range(0, MANY, 99)]
        assert [name for piece in pieces for name in piece] == names(found)
        assert found.listed(Asked(start=MANY), 99).rows == ()
        assert {found.listed(Asked(start=start), 99).count for start in (0, 99, MANY)} == {MANY}


@pytest.mark.parametrize("states", [("failed",), ("poor", "good"), ("review", "none such")])
def test_states_are_chosen(many: Path, states: tuple[str, ...]) -> None:
    wanted = [row.name for row in ranked(known_rows(many)) if row.state in states]
    with closing(Catalogue(many)) as found:
        assert names(found, Asked(states=states)) == wanted


@pytest.mark.parametrize("words", [
    "quyet dinh", "Quyết định", "QUYẾT an bình", "đông 00012", "chi cục thuế 2001-0", "Phòng 3/Hộp 07", "không có gì", "%", "_",
])  # fmt: skip
def test_words_are_found_with_and_without_marks(many: Path, words: str) -> None:
    def told(row: Triage) -> str:
        return folded(
            " ".join(part for part in (row.name, row.doc_type, row.number, row.issuer, row.date) if part)
        )

    parts = folded(words).split()
    wanted = [row.name for row in ranked(known_rows(many)) if all(part in told(row) for part in parts)]
    with closing(Catalogue(many)) as found:
        assert names(found, Asked(words=words)) == wanted
        assert found.listed(Asked(words=words), 1).count == len(wanted)


def test_other_orders(tmp_path: Path) -> None:
    rows = [
        Triage("trang 10", "review", (Reason("words", 1),), words=9, words_to_review=1, mean_confidence=0.9),
        Triage("Trang 9", "review", (Reason("words", 7),), words=9, words_to_review=7, mean_confidence=0.8),
        Triage("ảnh", "good", words=9, mean_confidence=0.7),
    ]
    with closing(Catalogue(ledger_of(tmp_path, rows))) as found:
        assert names(found) == ["Trang 9", "trang 10", "ảnh"]
        assert names(found, Asked(sort="name")) == ["ảnh", "Trang 9", "trang 10"]
        assert names(found, Asked(sort="left")) == ["Trang 9", "trang 10", "ảnh"]
        assert names(found, Asked(sort="confidence")) == ["ảnh", "Trang 9", "trang 10"]


def test_what_was_decided_changes_the_figures_and_not_the_order(tmp_path: Path) -> None:
    rows = [
        Triage(name, "review", (Reason("words", count),), words=90, words_to_review=count)
        for name, count in (("a", 9), ("b", 5), ("c", 2))
    ]
    with closing(Catalogue(ledger_of(tmp_path, rows))) as found:
        assert found.neighbours("a") == (None, "b")
        done = Triage("a", "good", words=90, decisions=9)
        changed(tmp_path, "UPDATE documents SET triage = ?, grade = 'good' WHERE output = 'a'",
                columns(done)["triage"])  # fmt: skip
        found.note(done)
        assert found.listed(Asked(), 1).rows == (done,)
        assert found.neighbours("a") == (None, "b")
        assert found.neighbours("b") == ("a", "c")
        figures = found.figures()
        assert (figures.states, figures.to_review, figures.decisions) == ({"good": 1, "review": 2}, 7, 9)
        ledger_of(tmp_path, [Triage("new", "good", words=1)])  # a batch is at work
        assert found.has("new")
        assert found.neighbours("new") == (None, None)


def test_failed_documents_and_links_are_passed_over(tmp_path: Path) -> None:
    rows = [
        Triage("bad.pdf", "failed", (Reason("failed", 1),)),
        *(Triage(name, "good", words=1) for name in ("a", "b", "c/d")),
    ]
    out = ledger_of(tmp_path / "out", rows)
    (tmp_path / "elsewhere").mkdir()
    (out / "b").symlink_to(tmp_path / "elsewhere")
    with closing(Catalogue(out)) as found:
        assert list(found.names()) == ["a", "c/d"]
        assert found.neighbours("a") == (None, "c/d")
        assert names(found) == ["bad.pdf", "a", "c/d"]
        assert [
            name for name in ("bad.pdf", "a", "b", "c/d", "c", "", "a/", "\ud800", "a\0") if found.has(name)
        ] == ["a", "c/d"]


@pytest.mark.parametrize("kept", [None, "", "{", "[]", "7", '"words"', '{"reasons": 5}', '{"version": 1}'])
def test_a_line_that_is_lost_or_damaged_is_ranked_by_its_counts(tmp_path: Path, kept: str | None) -> None:
    rows = [
        Triage("a", "review", (Reason("words", 3),), words=90, words_to_review=3),
        Triage("b", "review", (Reason("words", 9),), words=90, words_to_review=9),
    ]
    changed(ledger_of(tmp_path, rows), "UPDATE documents SET triage = ? WHERE output = 'b'", kept)
    with closing(Catalogue(tmp_path)) as found:
        listed = found.listed(Asked(), 9)
        assert {row.name for row in listed.rows} == {"a", "b"}
        assert found.figures().to_review == 12
        if kept in (None, "", "{"):
            assert [row.name for row in listed.rows] == ["b", "a"]
        assert names(found, Asked(words="b")) == ["b"]


def test_the_ledger_of_an_older_version_is_listed(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / LEDGER_FILE, isolation_level=None)) as connection:
        connection.execute(
            "CREATE TABLE files (output TEXT PRIMARY KEY, input TEXT, sha256 TEXT, config TEXT, status TEXT, grade TEXT, "
            "reason TEXT, words INTEGER, words_changed INTEGER, words_to_review INTEGER, started TEXT, finished TEXT)"
        )
        for name, status, words in (("a", "ok", 3), ("b", "ok", 9), ("c", "failed", None)):
            connection.execute(
                "INSERT INTO files VALUES (?, ?, 'ab', 'cd', ?, 'review', NULL, 90, 4, ?, '2026-01-02T03:04:05+00:00', NULL)",
                (name, f"/in/{name}", status, words),
            )
        connection.execute("PRAGMA user_version = 1")
    with closing(Catalogue(tmp_path)) as found:
        assert names(found) == ["c", "b", "a"]
        assert found.has("a") and not found.has("c")


def test_where_there_is_nothing_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        Catalogue(tmp_path)
    with pytest.raises(InputError, match="no-batch"):
        Catalogue(ledger_of(tmp_path, []))


def test_the_browser_gets_a_page_however_long_the_list(many: Path) -> None:
    with closing(Desk(many)) as desk:
        app = build_app(desk, Pictures(many), token="key", hosts=None, lang="vi")
        client = TestClient(app, base_url="http://127.0.0.1/key/")
        first = client.get("api/documents")
        assert len(first.content) < 100_000
        told = first.json()
        assert (len(told["documents"]), told["count"], told["totals"]["documents"]) == (PAGE, MANY, MANY)
        found = [row["name"] for row in told["documents"]]
        while told["next"] < told["count"]:
            told = client.get(f"api/documents?from={told['next']}").json()
            found += [row["name"] for row in told["documents"]]
        assert found == [row.name for row in ranked(known_rows(many))]
        failed = client.get("api/documents?state=failed&lang=en").json()["documents"]
        assert failed and all("không" not in row["error"] for row in failed)
        for odd in ("from=-1", f"from={'9' * 40}", "from=x", "sort=;--", "state=,,%00", "q=%00%27%22"):
            assert client.get(f"api/documents?{odd}").status_code == 200, odd
        assert json.loads(first.text)["totals"]["states"]["failed"] == len(
            [row for row in known_rows(many) if row.state == "failed"]
        )
