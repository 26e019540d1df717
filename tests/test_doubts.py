"""Doubts of words: one a word of the restored text, in order, in the original, with what else the whole word may be."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restore.correct import doubts
from restore.correct.corrector import Correction, correct, correct_scanned, joined
from restore.correct.doubts import MOST_ALTERNATIVES, WordDoubt
from restore.correct.readings import Piece
from restore.edit import Edit
from restore.language import vietnamese
from tests.scanned import second_reading, spans_of

DAMAGED = "Can cir KShoach s6 129/KH-UBND, 48IBTV-TG ngay 30/5/2022 cua H<';>i d6ng nhan dan thanh ph6"
CLEAN = "Căn cứ Kế hoạch của Ủy ban nhân dân quận về việc triển khai phong trào thi đua"
ANY = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)


def check(found: Correction) -> None:
    words = found.restored.split()
    assert len(found.doubts) == len(words) == found.words
    assert found.confidences == tuple(doubt.confidence for doubt in found.doubts)
    for one, other in pairwise(found.doubts):
        assert one.start <= other.start
        assert one.end <= other.end
    for said, doubt in zip(words, found.doubts, strict=True):
        assert 0 <= doubt.start <= doubt.end <= len(found.original)
        assert 0.0 <= doubt.confidence <= 1.0
        assert len(doubt.alternatives) <= MOST_ALTERNATIVES
        assert len(set(doubt.alternatives)) == len(doubt.alternatives)
        assert not {said, ""} & set(doubt.alternatives)


@given(ANY)
@settings(max_examples=60, deadline=None)
def test_every_word_of_any_text_has_its_doubt(text: str) -> None:
    for whole in (text, f"{DAMAGED}\n{text} thvc hi~n", f"{CLEAN}\n{text} cac don vi"):
        check(correct(whole))


def by_word(found: Correction) -> dict[str, WordDoubt]:
    return dict(zip(found.restored.split(), found.doubts, strict=True))


def test_what_the_original_has_is_an_alternative_of_a_changed_word_and_of_no_other() -> None:
    found = correct(DAMAGED)
    for said, doubt in by_word(found).items():
        seen = vietnamese.nfc(found.original[doubt.start : doubt.end])
        assert (seen in doubt.alternatives) == (seen != said)


def test_a_suggested_reading_of_a_code_is_its_alternative() -> None:
    found = correct("Thvc hi~n KS hoach s6 771KH-UBND ngay 14112/2015 cua Uy ban nhan dan thanh ph6")
    known = by_word(found)
    assert known["771KH-UBND"].alternatives[0] == "77/KH-UBND"
    assert known["14112/2015"].alternatives[0] == "14/12/2015"


def test_alternatives_of_a_piece_are_those_of_the_whole_word() -> None:
    pieces = [Piece(0, 1, "(", -3, 1.0, ()), Piece(1, 5, "quán", 7, 0.4, ("quận", "quân"))]
    edit = Edit(
        start=1,
        end=5,
        before="qu~n",
        after="quán",
        kind="mixed",
        source="model",
        confidence=0.4,
        status="review",
    )
    (found,) = doubts.of_words("(qu~n)", [edit], "(qu~n)", [edit], pieces)
    assert found == WordDoubt(0, 6, 0.4, ("(quận)", "(quân)", "(qu~n)"))


def test_the_least_sure_part_of_a_word_has_its_best_alternative_first() -> None:
    pieces = [
        Piece(0, 2, "an", 7, 0.9, ("ăn", "ân")),
        Piece(2, 3, "-", -3, 1.0, ()),
        Piece(3, 5, "la", 8, 0.5, ("lá", "là")),
    ]
    (found,) = doubts.of_words("an-la", [], "an-la", [], pieces)
    assert found.confidence == 0.5
    assert found.alternatives == ("an-lá", "ăn-la", "an-là", "ân-la")


def test_words_that_one_edit_made_of_one_stand_where_it_stands() -> None:
    edit = Edit(
        start=3,
        end=7,
        before="duca",
        after="của các",
        kind="split",
        source="model",
        confidence=0.7,
        status="review",
    )
    found = doubts.of_words("an duca xa", [edit], "an duca xa", [edit], [])
    assert [(one.start, one.end) for one in found] == [(0, 2), (3, 7), (3, 7), (8, 10)]
    assert [one.confidence for one in found] == [1.0, 0.7, 0.7, 1.0]


@pytest.mark.parametrize("text", [CLEAN, f"Ủy ban nhân dân quận. {DAMAGED}"])
def test_a_text_in_nfd_has_the_same_doubts_at_its_own_places(text: str) -> None:
    composed, apart = correct(text), correct(unicodedata.normalize("NFD", text))
    check(apart)
    assert apart.confidences == composed.confidences
    assert [one.alternatives for one in apart.doubts] == [one.alternatives for one in composed.doubts]
    for one, other in zip(composed.doubts, apart.doubts, strict=True):
        seen = apart.original[other.start : other.end]
        assert vietnamese.nfc(seen) == composed.original[one.start : one.end]


def test_joined_stretches_keep_their_doubts_at_their_places_in_the_whole() -> None:
    one, other = correct(DAMAGED + "\n"), correct(CLEAN)
    whole = joined([(0, one), (len(one.original), other)])
    check(whole)
    assert whole.doubts[: one.words] == one.doubts
    shift = len(one.original)
    assert whole.doubts[one.words :] == tuple(doubt.moved(shift) for doubt in other.doubts)


def test_a_scanned_word_has_what_its_letters_may_be_and_other_readings_as_alternatives() -> None:
    text = "Hội Nông dân quản Kiến An tố chức hội nghị"
    spans = spans_of(text, {"quản": (0.6, {2: "ậá"}), "tố": (0.9, {1: "ổ"})})
    found = correct_scanned(text, spans, [second_reading(spans, 3, 3, "quân")])
    check(found)
    known = by_word(found)
    assert known["quận"].alternatives[0] in ("quản", "quân")
    assert {"quản", "quân"} <= set(known["quận"].alternatives)
    assert known["tổ"].alternatives == ("tố",)
    assert known["quận"].confidence < known["tổ"].confidence < known["dân"].confidence


@given(
    st.lists(
        st.sampled_from(["quản", "quận", "n4m", "(trị,", "UBND.", "¢", "Số:", "12/KH-UBND", "côngnghiệp"]),
        max_size=8,
    )
)
@settings(max_examples=40, deadline=None)
def test_every_word_of_any_scan_has_its_doubt(words: list[str]) -> None:
    text = " ".join(words)
    sure = {"quản": (0.5, {2: "ậ"}), "¢": (0.3, {0: "c"}), "n4m": (0.4, {1: "ă"})}
    check(correct_scanned(text, spans_of(text, sure)))
