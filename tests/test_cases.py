"""Short texts with what they really say: what is restored, what must not be touched, and what is not yet right.

A known failure that passes is a failing test: it belongs into another file then.
"""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from pathlib import Path

import pytest

from restore.correct.corrector import Correction, correct
from restore.edit import apply

FOLDER = Path(__file__).parent / "cases"
SAMPLE = Path(__file__).parents[1] / "samples" / "000_d85d24a1343911c1.txt"
Case = dict[str, str]


def _read(name: str) -> list[Case]:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


IN_THE_WILD, SYNTHETIC, NEGATIVE, KNOWN_FAILURES = map(
    _read, ("in_the_wild", "synthetic", "negative", "known_failures")
)
ALL = [*IN_THE_WILD, *SYNTHETIC, *NEGATIVE, *KNOWN_FAILURES]
cached = cache(correct)
SOURCES = {
    "nfc",
    "model",
    "phrase",
    "shortlist",
    "segmentation",
    "lost-marks",
    "case",
    "abbreviation",
    "list",
    "number",
}


def each(cases: list[Case]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", cases, ids=[case["label"] for case in cases])


@each([*IN_THE_WILD, *SYNTHETIC])
def test_restored(case: Case) -> None:
    assert cached(case["original"]).restored == case["fixed"]


@each(NEGATIVE)
def test_not_touched(case: Case) -> None:
    assert case["fixed"] == case["original"]
    found = cached(case["original"])
    assert found.restored == case["original"]
    assert found.words_changed == 0


@pytest.mark.xfail(strict=True, raises=AssertionError, reason="see the case's comment")
@each(KNOWN_FAILURES)
def test_known_failures(case: Case) -> None:
    assert cached(case["original"]).restored == case["fixed"]


def check_laws(found: Correction) -> None:
    """What holds of every correction, whatever the text."""
    original, edits = found.original, found.edits
    assert apply(original, edits) == found.restored
    assert len(found.confidences) == len(found.restored.split()) == found.words
    assert all(0 <= confidence <= 1 for confidence in found.confidences)
    assert unicodedata.is_normalized("NFC", found.restored)
    assert found.restored.count("\n") == original.count("\n")
    assert len(found.restored.splitlines()) == len(original.splitlines())
    assert [(e.start, e.end) for e in edits] == sorted((e.start, e.end) for e in edits)
    for edit in edits:
        assert 0 <= edit.start <= edit.end <= len(original)
        assert original[edit.start : edit.end] == edit.before != edit.after
        assert edit.after
        assert 0 <= edit.confidence <= 1
        assert edit.after not in edit.alternatives
        assert edit.source in SOURCES
        assert edit.cost is None or edit.source not in ("nfc", "abbreviation", "number")
        assert edit.cost is not None or edit.source != "model"
        assert (edit.status == "suggested") == (edit.source == "number")
        assert edit.status in ("auto", "review", "suggested")
    assert 0 <= found.mean_confidence <= 1
    assert found.words == len(found.restored.split())
    assert found.words_changed == sum(e.status != "suggested" and e.source != "nfc" for e in edits)


@each(ALL)
def test_laws(case: Case) -> None:
    check_laws(cached(case["original"]))


@each([case for case in ALL if case["label"].split("/")[0] != "empty"])
def test_another_normal_form_is_the_same_text(case: Case) -> None:
    decomposed = unicodedata.normalize("NFD", case["original"])
    found = correct(decomposed)
    check_laws(found)
    assert found.restored == cached(case["original"]).restored


@each(ALL)
def test_each_case_is_whole(case: Case) -> None:
    assert set(case) == {"label", "original", "fixed", "comment"}
    assert "/" in case["label"]
    assert unicodedata.is_normalized("NFC", case["fixed"])
    assert case["original"].count("\n") == case["fixed"].count("\n")


def test_the_files_are_sorted_full_and_told_apart() -> None:
    for cases, least in ((IN_THE_WILD, 25), (SYNTHETIC, 25), (NEGATIVE, 40), (KNOWN_FAILURES, 10)):
        labels = [case["label"] for case in cases]
        assert labels == sorted(set(labels))
        assert len(cases) >= least
    originals = [case["original"] for case in ALL]
    assert len(originals) == len(set(originals))
    assert all(case["comment"] for case in KNOWN_FAILURES)
    sample = SAMPLE.read_text(encoding="utf-8")
    assert all(case["original"] in sample for case in IN_THE_WILD)
