"""Sample 000, 85 words of 100 damaged, against its transcript: how far the whole core comes."""

from pathlib import Path

import pytest

from restore.bench.cases import Case, find_cases
from restore.correct.corrector import correct
from restore.review.metrics import Scores, evaluate

SAMPLES = Path(__file__).parents[1] / "samples"
NAME = "000_d85d24a1343911c1"
DAMAGED, GOLD = SAMPLES / f"{NAME}.txt", SAMPLES / f"{NAME}.gold.txt"


@pytest.fixture(scope="module")
def scores() -> Scores:
    raw = DAMAGED.read_text(encoding="utf-8")
    return evaluate(correct(raw).restored, GOLD.read_text(encoding="utf-8"), raw=raw)


def test_the_transcript_keeps_the_lines() -> None:
    raw, gold = (path.read_text(encoding="utf-8").split("\n") for path in (DAMAGED, GOLD))
    assert len(raw) == len(gold)
    # A line is empty where the page is, or where the engine read specks.
    assert [i for i, line in enumerate(gold) if not line.strip() and raw[i].strip()] == [15, 128, 129]


def test_few_words_differ(scores: Scores) -> None:
    # Measured: 109 of 3,125.
    assert scores.words == 3125
    assert scores.word_errors <= 115


def test_what_was_right_stays_right(scores: Scores) -> None:
    # Measured: 2,569 helped and 6 hurt.
    assert scores.helped is not None
    assert scores.hurt is not None
    assert scores.helped >= 2540
    assert scores.hurt <= 8


def test_the_bench_finds_it() -> None:
    assert Case(NAME, "text", (DAMAGED,), GOLD) in find_cases(SAMPLES)
