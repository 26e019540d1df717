"""The benchmark of the search makes its documents up, always the same, and asks every kind of question."""

from __future__ import annotations

import json
from itertools import islice

import pytest

from restore.bench import search
from restore.bench.search import LONGEST, SHORTEST, Vocabulary, measure, sheets
from restore.cli import main
from restore.search.words import words_of


def test_its_documents_are_always_the_same_and_as_words_are_spread() -> None:
    first, second = (list(islice(sheets(10, Vocabulary()), 5)) for _ in range(2))
    assert first == second
    made = list(sheets(60, Vocabulary()))
    assert all(SHORTEST < len(sheet.text) < LONGEST + 1000 for sheet in made)
    words = Vocabulary().words

    def share(word: str) -> float:
        return sum(word in words_of(sheet.text) for sheet in made) / len(made)

    assert min(share(word) for word in words[:3]) > 0.9  # nearly every document
    assert max(share(word) for word in words[4000:4010]) < 0.3
    assert share("cộng") == 1.0


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("QUERIES", 2), ("ROUNDS", 1), ("SETTLED", 0.0)):
        monkeypatch.setattr(search, name, value)


def test_every_kind_of_question_is_asked() -> None:
    found = measure(25)
    assert found.documents == 25
    assert found.kilobytes > 0
    timings = {timing.kind: timing for timing in found.timings}
    assert {"common-word", "bare-phrase", "beginning", "filters", "number"} <= set(timings)
    assert timings["bare-phrase"].found >= 5
    assert timings["one-letter"].found == 25
    assert all(0 <= timing.median <= timing.late <= timing.slowest for timing in found.timings)


def test_the_verb(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        search, "_process", lambda out: 1.0
    )  # a process of its own, which the test above starts
    assert main(["bench", "search", "--documents", "1", "--json", "--lang", "en"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["documents"] == 1
    assert main(["bench", "search", "--documents", "3", "--lang", "vi"]) == 0
    shown = capsys.readouterr().out
    assert "cụm từ thường gặp" in shown
    assert "3 văn bản" in shown
