"""A search has its time: what it gives when that is over is true, said to be a part, and the best that can be had."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from batches import write_document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_search_index import QUERIES, TEXTS, asked_of

from restore.search import candidates, patience
from restore.search.index import Answer, Index
from restore.search.patience import Patience

A_MILLION = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?) SELECT n FROM numbers"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> count[int]:
    """A clock that goes on by one whenever it is looked at."""
    ticks = count()
    monkeypatch.setattr(patience, "_clock", lambda: next(ticks))
    return ticks


def test_a_question_is_ended_when_its_time_is_over(clock: count[int]) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        rows, is_all = Patience(connection, 100).rows(A_MILLION, (1_000_000,), 0.5)
        assert not is_all
        assert [n for (n,) in rows] == list(range(1, len(rows) + 1))  # what came until then
        assert 0 < len(rows) < 5_000
        assert next(clock) <= 55
        # Nothing hangs on the connection.
        assert len(connection.execute(A_MILLION, (20_000,)).fetchall()) == 20_000
        assert next(clock) <= 56


def test_a_question_that_comes_too_late_is_not_asked(clock: count[int]) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        late = Patience(connection, 0)
        assert late.is_over()
        assert late.rows("no SQL at all", (), 1.0) == ([], False)


def test_without_an_end_all_is_told(clock: count[int]) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        rows, is_all = Patience(connection).rows(A_MILLION, (5_000,), 0.1)
        assert (len(rows), is_all) == (5_000, True)


def test_another_fault_is_no_end_of_time() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        patient = Patience(connection, 60)
        with pytest.raises(sqlite3.OperationalError, match="no such table"):
            patient.rows("SELECT 1 FROM nowhere", (), 1.0)
        assert patient.rows("SELECT 1", (), 1.0) == ([(1,)], True)


def _end(monkeypatch: pytest.MonkeyPatch, **shares: float) -> None:
    """Have parts of every search end after other shares of its time."""
    for name in ("_ENDS", "_ENDS_OF_BEGINNINGS"):
        monkeypatch.setattr(candidates, name, getattr(candidates, name)._replace(**shares))


@pytest.fixture
def gathered(tmp_path: Path) -> Index:
    """So many words begin with a "t" that FTS5 has to gather where they all stand."""
    for number in range(60):
        words = " ".join(f"t{number}x{n}" for n in range(20))
        write_document(
            tmp_path, f"d{number:02}", f"Ủy ban nhân dân {words}", issued_date=f"2020-01-{number % 28 + 1:02}"
        )
    index = Index(tmp_path)
    index.update()
    return index


@pytest.mark.parametrize("typed", ["t*", '"nhân t*"', "ban -t*"])
def test_what_a_letter_begins_is_not_gathered_without_end(
    gathered: Index, clock: count[int], monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    """FTS5 itself gathers the places of those words, in one step of the statement: it is ended in the midst of it."""
    monkeypatch.setattr(patience, "_STEPS", 1)
    _end(monkeypatch, widening=0.0, ranking=0.0, heads=0.0)  # nothing else is asked afterwards
    whole = gathered.search(typed, seconds=100_000)
    looks = next(clock)
    assert not whole.partial
    answer = gathered.search(typed, seconds=10)
    assert answer.partial
    assert answer.total <= whole.total
    assert next(clock) - looks < 30 < looks


def test_what_stands_nowhere_is_asked_once(gathered: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """Going through all documents is all that it costs: nothing has to be ranked."""
    asked: list[str] = []
    rows = Patience.rows

    def told(self: Patience, question: str, values: Sequence[object], share: float) -> tuple[list[Any], bool]:
        asked.append(question)
        return rows(self, question, values, share)

    monkeypatch.setattr(Patience, "rows", told)
    assert gathered.search('"dân nhân ban"').total == 0
    assert len(asked) == 1
    assert gathered.search('"nhân dân"').total == 60
    assert len(asked) > 2


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """The index itself never answers in time."""
    _end(monkeypatch, counting=0.0)


def _names(answer: Answer) -> list[str]:
    return [found.name for found in answer.found]


@pytest.mark.usefixtures("slow")
def test_where_a_beginning_takes_too_long_the_texts_are_looked_at(gathered: Index) -> None:
    for typed, total in (('"ủy ban nhân d*"', 60), ('"uy ban nhan d*"', 60), ('"ủy ban nhân t*"', 0), ("ban -t*", 0),
                         ('"nhân dân t7x*"', 1), ("ban -t7x*", 59), ("zz OR t7x*", 1)):  # fmt: skip
        answer = gathered.search(typed)
        assert (answer.total, answer.partial) == (total, False), typed  # so few that all could be looked at
        assert answer.exact
        assert len(answer.found) == min(total, 20)
        assert gathered.search(typed, seconds=None).total == total


@pytest.mark.usefixtures("slow")
def test_where_texts_are_too_many_the_newest_are_looked_at(
    gathered: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "_LOOKED_AT", 8)
    answer = gathered.search('"ủy ban nhân d*"')
    assert answer.partial
    assert not (answer.exact or answer.more)
    assert answer.total == len(answer.found) == 8
    assert _names(answer) == _names(gathered.search("ban", limit=8, seconds=None))  # the newest
    none = gathered.search('"ủy ban nhân t*"')
    assert (none.total, none.found, none.partial, none.documents) == (0, (), True, 60)
    thorough = gathered.search('"ủy ban nhân d*"', seconds=None)
    assert (thorough.partial, len(thorough.found)) == (False, 20)


def test_texts_are_looked_at_as_long_as_there_is_time(
    gathered: Index, slow: None, clock: count[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of sixty documents that may have it, one look at the clock each."""
    answer = gathered.search('"ủy ban nhân d*"', seconds=30)
    assert answer.partial
    assert 0 < answer.total == len(answer.found) < 20


def test_what_was_counted_in_time_is_given_the_newest_first(
    gathered: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "_STEPS", 1)
    everything = _names(gathered.search("ban", limit=60))
    seen: set[int] = set()
    _end(monkeypatch, counting=0.5, ranking=0.0)
    for last in range(0, 600, 20):  # counting ends at this look
        looks = count()
        monkeypatch.setattr(
            patience, "_clock", lambda last=last, looks=looks: 0.55 if next(looks) > last else 0.0
        )
        answer = gathered.search("ban", limit=60, seconds=1)
        assert answer.total == len(answer.found)
        assert answer.partial == (answer.total < 60)
        assert _names(answer) == everything[: answer.total]
        seen.add(answer.total)
    assert {0, 60} < seen  # and some between


@pytest.mark.parametrize("part", ["ranking", "heads"])
def test_what_cannot_be_ranked_in_time_is_all_found(
    gathered: Index, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    _end(monkeypatch, **{part: 0.0})
    answer = gathered.search("t7x* OR t8x1", limit=60)
    assert set(_names(answer)) == {"d07", "d08"}
    assert (answer.total, answer.exact, answer.partial) == (2, True, False)


@pytest.mark.usefixtures("slow")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXTS, min_size=1, max_size=6), st.lists(QUERIES, min_size=1, max_size=12))
def test_what_is_found_in_texts_is_what_the_query_means(texts: list[str], queries: list[str]) -> None:
    for typed, query, expected, answer in asked_of(texts, queries):
        found = set(_names(answer))
        assert found <= expected, typed
        assert answer.total == len(found)
        unsure = any(phrase.is_mixed for branch in query.branches for phrase in branch.unwanted)
        assert answer.partial or unsure or found == expected, typed
        assert not (answer.partial and query.has_beginnings), typed
