"""Text that lost its marks one by one: what is seen of it, what comes back, and what stays."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore.correct import lost_marks
from restore.correct.corrector import correct
from restore.correct.weights import DEFAULT
from restore.edit import apply
from restore.language import marks
from restore.language.vietnamese import strip_marks, strip_tones
from restore.review.metrics import Scores, evaluate

SAMPLE = next((Path(__file__).parents[1] / "samples").glob("002_*.txt")).read_text(encoding="utf-8")


def lose(text: str, share: float, unit: str) -> str:
    """A text in which that share of its words (or letters) lost their marks."""
    chance = random.Random(1)
    pattern = r"\S+" if unit == "word" else r"\w"
    return re.sub(pattern, lambda match: strip_marks(match[0]) if chance.random() < share else match[0], text)


def restored(share: float, unit: str) -> Scores:
    text = lose(SAMPLE, share, unit)
    found = correct(text)
    assert apply(text, found.edits) == found.restored
    return evaluate(found.restored, SAMPLE, raw=text)


def every_third(text: str) -> str:
    """A text in which every third word that has marks lost them."""
    count = 0

    def strip(match: re.Match[str]) -> str:
        nonlocal count
        count += strip_marks(match[0]) != match[0]
        return strip_marks(match[0]) if count % 3 == 0 else match[0]

    return re.sub(r"\S+", strip, text)


def test_every_third_word_without_its_marks() -> None:
    # Measured: .27 wrong words before, under .03 after; before words were mended one by one, nothing was done.
    text = every_third(SAMPLE)
    scores = evaluate(correct(text).restored, SAMPLE, raw=text)
    assert evaluate(text, SAMPLE).wer > 0.25
    assert scores.wer < 0.03
    assert scores.hurt is not None
    assert scores.hurt <= 5


@pytest.mark.parametrize("unit", ["word", "letter"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.8])
def test_most_marks_come_back_and_few_right_words_are_hurt(share: float, unit: str) -> None:
    scores = restored(share, unit)
    before = evaluate(lose(SAMPLE, share, unit), SAMPLE)
    assert scores.word_errors < 0.25 * before.word_errors
    assert scores.hurt is not None
    assert scores.right_before is not None
    assert scores.hurt <= 0.02 * scores.right_before


def test_nothing_is_seen_in_a_right_text() -> None:
    assert set(marks.lost_shares(SAMPLE.split("\n"))) == {0.0}
    assert lost_marks.find(SAMPLE, (True,) * len(SAMPLE)) is None


def test_words_with_their_marks_codes_and_abbreviations_are_not_doubted() -> None:
    text = lose(SAMPLE, 0.3, "word")
    lost = lost_marks.find(text, (True,) * len(text))
    assert lost is not None
    doubted = {match[0] for match in re.finditer(r"\S+", text) if not lost.frozen[match.start()]}
    assert {"cac", "nhan"} & {word.strip(",.;") for word in doubted}
    for kept in ("thực", "hiện", "UBND", "24/CT-", "GD&ĐT", "2023", "05/12/2023./."):
        assert kept not in doubted


@given(st.floats(0.01, 0.95))
def test_the_channel_is_a_distribution_over_a_letter_and_what_is_left_of_it(share: float) -> None:
    for grapheme, row in lost_marks.family(share).counts.items():
        assert sum(row.values()) == pytest.approx(lost_marks.CERTAIN)
        assert set(row) <= {grapheme, strip_tones(grapheme), strip_marks(grapheme)}
        if strip_marks(grapheme) != grapheme:
            assert row[grapheme] / lost_marks.CERTAIN == pytest.approx(1 - share)


@given(st.sampled_from(["quan", "Quan", "QUAN"]), st.sampled_from(["quận", "quản", "Quân", "quanh", "quận."]))
def test_only_marks_are_given_back(observed: str, reading: str) -> None:
    found = lost_marks.with_marks(observed, reading)
    if strip_marks(reading).lower() == "quan":
        assert found is not None
        assert strip_marks(found) == observed
    else:
        assert found is None


def test_more_lost_marks_are_stronger_evidence() -> None:
    evidence = [marks.evidence(lose(SAMPLE, share, "word")) for share in (0.0, 0.1, 0.3, 0.6)]
    assert evidence == sorted(evidence)
    assert evidence[0] == 0 < evidence[1]


def test_foreign_small_words_are_no_evidence() -> None:
    lines = [
        "1989: Patrick Chesnais, phim La Lectrice",
        "1992: Jean Carmet, phim Merci la vie",
        "Claude Rich, La Fille",
    ] * 20
    assert set(marks.lost_shares(lines)) == {0.0}


def test_a_text_that_lost_every_small_u_with_horn() -> None:
    """U+00AD, ư in TCVN3, is a soft hyphen to most programs, and they drop it: "được" comes out as "đợc"."""
    text = SAMPLE.replace("ư", "")
    found = correct(text)
    assert apply(text, found.edits) == found.restored
    assert evaluate(text, SAMPLE).wer > 0.04
    assert evaluate(found.restored, SAMPLE).word_errors <= 2
    assert found.edits
    others = [edit for edit in found.edits if edit.after.lower().replace("ư", "") != edit.before.lower()]
    assert not others, "an edit gives back more than the letter that was lost"


def test_a_text_that_has_small_u_with_horn_lost_none() -> None:
    assert not marks.has_dropped(SAMPLE)
    assert not marks.has_dropped("Các hộ dân tại ba xã đề nghị hỗ trợ phân bón và tập huấn cách ghi sổ")


@pytest.mark.parametrize(("share", "unit"), [(0.1, "word"), (0.5, "word"), (0.33, "letter")])
def test_the_wrong_words_are_among_the_less_sure_ones(share: float, unit: str) -> None:
    # Codes and names in capitals are not doubted at all: they are left out.
    found = correct(lose(SAMPLE, share, unit))
    said = list(zip(found.restored.split(), SAMPLE.split(), found.confidences, strict=True))
    wrong = [sure for word, right, sure in said if word != right and word.islower()]
    assert wrong
    tenth = sorted(found.confidences)[len(said) // 10]
    assert all(sure < tenth for sure in wrong)
    assert sum(sure < DEFAULT.review for _, _, sure in said) < 0.1 * len(said)


def test_a_word_that_was_doubted_and_stays_is_as_sure_as_its_reading() -> None:
    text = lose(SAMPLE, 0.1, "word")
    found = correct(text)
    edited = {place for edit in found.edits for place in range(edit.start, edit.end)}
    stays = [text[start:end] for start, end in found.unread if start not in edited]
    assert len(stays) == len(found.unread)
    assert "quan" in stays


def test_the_edits_say_that_they_give_marks_back() -> None:
    found = correct(lose(SAMPLE, 0.3, "word"))
    assert {edit.source for edit in found.edits} == {"lost-marks"}
    assert {edit.status for edit in found.edits} == {"auto", "review"}
