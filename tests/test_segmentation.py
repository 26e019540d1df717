"""Word evidence: who gains, by how much, and that sure words are not asked about."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restore.correct import segmentation
from restore.correct.segmentation import COMPOUND, DOUBTFUL, RIVAL, Doubt, segment, weigh, word_length


def sure(*syllables: str) -> list[Doubt]:
    return [Doubt((syllable,), (1.0,)) for syllable in syllables]


def test_a_reading_that_makes_a_word_wins() -> None:
    # đồng tình is a word here, đồng and tính are two
    doubt = Doubt(("tính", "tình"), (0.5, 0.4))
    weighed = weigh([*sure("quần", "chúng", "đồng"), doubt])
    assert weighed[3].readings == ("tình", "tính")
    assert [w.readings for w in weighed[:3]] == [("quần",), ("chúng",), ("đồng",)]


def test_the_balance_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        segmentation, "word_length", lambda syllables, index: 2 if syllables[index] == "b" else 1
    )
    ((first, second),) = [weigh([Doubt(("a", "b"), (0.5, 0.4))])[0].posteriors]
    gain = math.exp(COMPOUND)
    # .4 times the gain is more than .5; both share what they had together
    assert first == pytest.approx(0.9 * 0.4 * gain / (0.5 + 0.4 * gain))
    assert second == pytest.approx(0.9 * 0.5 / (0.5 + 0.4 * gain))
    assert weigh([Doubt(("a", "b"), (0.5, 0.4))])[0].readings == ("b", "a")
    assert weigh([Doubt(("a", "b"), (0.9, 0.05))])[0].readings == ("a", "b")


def test_the_sure_are_not_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(syllables: object, index: int) -> int:
        raise AssertionError("the segmenter was asked")

    monkeypatch.setattr(segmentation, "word_length", asked)
    sentence = [
        Doubt(("phong",), (0.4,)),  # no rival
        Doubt(("trào", "trao"), (DOUBTFUL, 1 - DOUBTFUL)),
        Doubt(("thi", "thì"), (0.9, RIVAL / 2)),
    ]
    assert weigh(sentence) == sentence
    assert weigh([]) == []


def test_what_was_decided_counts_for_the_next() -> None:
    # once vận is chosen, động makes a word with it
    weighed = weigh(
        [Doubt(("vẫn", "vận"), (0.5, 0.45)), Doubt(("động", "đồng"), (0.5, 0.45)), *sure("nhân", "dân")]
    )
    assert [doubt.readings[0] for doubt in weighed] == ["vận", "động", "nhân", "dân"]


syllables = st.sampled_from(["nhân", "dân", "phong", "trào", "bản", "thân", "của", "ủy", "ban"])


@given(
    st.lists(
        st.tuples(st.lists(syllables, min_size=1, max_size=3, unique=True), st.integers(1, 9)), max_size=6
    )
)
@settings(max_examples=30, deadline=None)
def test_readings_and_their_sum_stay(rows: list[tuple[list[str], int]]) -> None:
    sentence = []
    for readings, weight in rows:
        raw = [0.9 * weight**-k for k in range(len(readings))]
        sentence.append(Doubt(tuple(readings), tuple(p / max(sum(raw), 1) for p in raw)))
    for before, after in zip(sentence, weigh(sentence), strict=True):
        assert sorted(before.readings) == sorted(after.readings)
        assert sum(after.posteriors) == pytest.approx(sum(before.posteriors))
        assert list(after.posteriors) == sorted(after.posteriors, reverse=True)


@pytest.mark.parametrize(
    ("text", "index", "length"),
    [
        ("các phong trào", 1, 2),
        ("các phong trào", 2, 2),
        ("các phong trào", 0, 1),
        ("quần chúng đồng tính", 3, 1),
    ],
)
def test_word_length(text: str, index: int, length: int) -> None:
    assert word_length(text.split(), index) == length


def test_a_segmented_text_has_all_its_syllables() -> None:
    text = "thực hiện phong trào thi đua xây dựng đời sống văn hóa"
    assert " ".join(segment(text)) == text
    assert "phong trào" in segment(text)


def test_readings_that_cannot_win_are_not_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def length(syllables: list[str], index: int) -> int:
        asked.append(syllables[index])
        return 1

    monkeypatch.setattr(segmentation, "word_length", length)
    weigh([Doubt(("a", "b", "c"), (0.45, 0.4, 0.1))])
    assert asked == ["a", "b"]  # c would need more than the evidence gives
    weigh([Doubt(("d", "e"), (0.9, 0.1))])
    assert asked == ["a", "b"]


@pytest.mark.parametrize("text", ["thực hiện phong trào thi đua", "quần chúng đồng tình", "an"])
def test_the_core_alone_says_what_the_whole_package_says(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = segment(text)
    monkeypatch.setattr(segmentation, "_core", lambda: None)
    segment.cache_clear()
    assert segment(text) == alone
    segment.cache_clear()
