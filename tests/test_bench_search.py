"""The benchmark of the search makes its documents up, always the same, and asks every kind of question."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

import pytest

from restore.bench import search
from restore.bench.search import CHARACTERS, LONGEST, SHORTEST, Vocabulary, fill, measure, sheets, write
from restore.cli import main
from restore.search.index import Index
from restore.search.words import words_of


def test_its_documents_are_always_the_same_and_as_words_are_spread() -> None:
    first, second = (list(islice(sheets(10, CHARACTERS, Vocabulary()), 5)) for _ in range(2))
    assert first == second
    made = list(sheets(60, CHARACTERS, Vocabulary()))
    assert all(SHORTEST * CHARACTERS < len(sheet.text) < LONGEST * CHARACTERS + 1000 for sheet in made)
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
    assert found.check is not None
    timings = {timing.kind: timing for timing in found.timings}
    assert {"common-word", "bare-phrase", "beginning", "filters", "number"} <= set(timings)
    assert timings["bare-phrase"].found >= 5
    assert timings["one-letter"].found == 25
    assert all(0 <= timing.median <= timing.late <= timing.slowest for timing in found.timings)


def test_what_is_put_into_the_index_alone_answers_like_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "BATCH", 7)  # of a transaction
    folders = tmp_path / "files", tmp_path / "alone"
    for folder in folders:
        folder.mkdir()
    written = write(folders[0], sheets(20, 300, Vocabulary()))
    Index(folders[0]).update()
    _, put = fill(folders[1], sheets(20, 300, Vocabulary()))
    assert written == put
    assert not [path for path in folders[1].iterdir() if path.is_dir()]
    for typed in ("ủy ban", '"cong hoa"', "h*", "ủy -zzz"):
        first, second = (Index(folder).search(typed, limit=20) for folder in folders)
        assert first.total > 0
        assert [(one.name, one.card, one.score, one.hits) for one in first.found] == [
            (one.name, one.card, one.score, one.hits) for one in second.found
        ]


def test_texts_are_as_long_as_they_are_asked_for() -> None:
    lengths = [len(sheet.text) for sheet in sheets(40, 2_000, Vocabulary())]
    assert 2_000 < sum(lengths) / len(lengths) < 2_600  # with their heads
    assert min(lengths) < 1_900


def test_the_verb(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        search, "_process", lambda out: 1.0
    )  # a process of its own, which the test above starts
    assert main(["bench", "search", "--documents", "1", "--json", "--lang", "en"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["documents"] == 1
    assert report["has_files"]
    assert main(["bench", "search", "--documents", "3", "--lang", "vi"]) == 0
    shown = capsys.readouterr().out
    assert "cụm từ thường gặp" in shown
    assert "3 văn bản" in shown
    assert (
        main(["bench", "search", "--documents", "30", "--characters", "100", "--index-only", "--lang", "en"])
        == 0
    )
    shown = capsys.readouterr().out
    assert "30 documents" in shown
    assert "into the index alone" in shown
    assert "not all" not in shown
