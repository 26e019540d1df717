"""Confidence: what speaks against a word makes it less sure, and the least sure words are the wrong ones."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from restore.bench.cases import find_cases
from restore.bench.confidence import reliability
from restore.bench.ranking import rank
from restore.correct import confidence, corrector, doubts, readings
from restore.correct.candidates import BLANK, MARK
from restore.correct.corrector import Correction, correct
from restore.correct.weights import CONFIDENCE, DEFAULT, TOGETHER
from restore.edit import Edit
from restore.review.labels import sign_label

SAMPLES = Path(__file__).parents[1] / "samples"
DAMAGED = "Can cir KShoach s6 129/KH-UBND, 48IBTV-TG ngay 30/5/2022 cua H<';>i d6ng nhan dan thanh ph6"


@cache
def plan() -> tuple[Correction, str]:
    (case,) = (case for case in find_cases(SAMPLES) if case.kind == "text")
    return correct(case.damaged()), case.truth()


def test_the_least_certain_tenth_of_the_sample_holds_most_errors() -> None:
    found, gold = plan()
    ranked = rank(found.restored, found.confidences, gold)
    assert reliability([ranked]).share > 0.85


def test_sure_words_of_the_sample_are_right_as_often_as_they_say() -> None:
    found, gold = plan()
    ranked = rank(found.restored, found.confidences, gold)
    surest = [errors for sure, errors in zip(ranked.confidences, ranked.errors, strict=True) if sure > 0.95]
    assert len(surest) > 0.5 * len(ranked.words)
    assert sum(surest) < 0.01 * len(surest)


def test_what_stands_as_it_stood_for_want_of_a_reading_is_least_sure() -> None:
    found = correct(DAMAGED)
    sure = dict(zip(found.restored.split(), found.confidences, strict=True))
    assert "H<';>i" in sure
    assert set(sorted(sure, key=lambda word: sure[word])[:2]) == {"48IBTV-TG", "H<';>i"}
    assert sure["H<';>i"] < 0.5 < 0.9 < sure["nhân"]
    assert sure["129/KH-UBND,"] > 0.8


def test_signs_have_a_column_for_each_coefficient_and_speak_where_they_should() -> None:
    work = corrector.read(DAMAGED)
    assert work is not None
    pieces = list(readings.pieces(work.decoder, work.decoding))
    found = confidence.signs(DAMAGED, pieces, work.decoding, corrector.broken_places(work))
    assert found.shape == (len(pieces), len(CONFIDENCE))
    assert np.isfinite(found).all()
    column = dict(zip(CONFIDENCE, found.T, strict=True))
    said = {piece.text.strip(): number for number, piece in enumerate(pieces)}
    assert column["code"][said["48IBTV-TG"]] == 1
    assert column["digits"][said["48IBTV-TG"]] == 1
    assert column["digits"].sum() == 1  # 129/KH-UBND is as it should be
    assert column["number"][said["30/5/2022"]] == 1
    assert column["symbol"][said["H<';>i"]] == 1
    assert column["code"].sum() == column["symbol"].sum() == 1
    assert column["letters"][said["H<';>i"]] == max(column["letters"])


def test_a_figure_glued_to_letters_and_a_mark_inside_a_word_speak_against_them() -> None:
    text = "Can cir Luat ngay 20t9; nitm202l, Lien doan'Lao dQng gui thu tai lieu@tdu.edu.vn nam 2025"
    work = corrector.read(text)
    assert work is not None
    pieces = list(readings.pieces(work.decoder, work.decoding))
    found = confidence.signs(text, pieces, work.decoding, corrector.broken_places(work))
    column = dict(zip(CONFIDENCE, found.T, strict=True))
    glued = {piece.text.strip() for piece, told in zip(pieces, column["in-word"], strict=True) if told}
    assert glued == {"20", "202"}
    joined = {text[piece.start] for piece, told in zip(pieces, column["joined"], strict=True) if told}
    assert joined == {"d", "L"}  # not those of the address


def test_what_a_suggestion_would_change_is_as_unsure_as_the_suggestion_is_sure() -> None:
    told = {
        "start": 3,
        "end": 12,
        "before": "12/QD-UBN",
        "after": "12/QĐ-UBN",
        "kind": "mark",
        "source": "number",
    }
    edit = Edit(**told, confidence=0.9, status="suggested")
    sure = _sure("so 12/QD-UBN moi", edit)
    assert sure == (1.0, 0.1, 1.0)
    taken = Edit(**told, confidence=0.9, status="auto")
    assert _sure("so 12/QD-UBN moi", taken) == (1.0, 0.9, 1.0)


def _sure(text: str, edit: Edit) -> tuple[float, ...]:
    return tuple(word.confidence for word in doubts.of_words(text, [edit], text, [edit], []))


def test_marks_and_healthy_lines_stay_sure() -> None:
    work = corrector.read(DAMAGED)
    assert work is not None
    pieces = corrector.judged_pieces(work)
    assert {piece.confidence for piece in pieces if piece.word in (MARK, BLANK)} == {1.0}
    assert confidence.judged("", [], work.decoding, lambda piece: True, lambda piece: False) == []
    everything = list(readings.pieces(work.decoder, work.decoding))
    assert (
        confidence.judged(DAMAGED, everything, work.decoding, lambda piece: True, lambda piece: False)
        == everything
    )


def test_an_edit_is_as_sure_as_its_word_and_below_the_threshold_it_waits() -> None:
    found, _ = plan()
    edits: list[Edit] = [edit for edit in found.edits if edit.cost is not None]
    assert {edit.status for edit in edits} == {"auto", "review"}
    assert all((edit.status == "review") == (edit.confidence < DEFAULT.review) for edit in edits)


def test_a_healthy_text_is_sure_of_every_word() -> None:
    found = correct("Căn cứ Luật Tổ chức chính quyền địa phương, Ủy ban nhân dân huyện báo cáo như sau:")
    assert set(found.confidences) == {1.0}
    assert found.mean_confidence == 1.0


def test_two_signs_that_weigh_together_are_multiplied_and_each_has_its_words_in_both_languages() -> None:
    work = corrector.read(DAMAGED)
    assert work is not None
    pieces = list(readings.pieces(work.decoder, work.decoding))
    found = confidence.signs(DAMAGED, pieces, work.decoding, corrector.broken_places(work))
    column = dict(zip(CONFIDENCE, found.T, strict=True))
    products = [name for name in CONFIDENCE if TOGETHER in name]
    assert "once × bond" in products
    assert column["once × bond"].any()
    for name in products:
        one, other = name.split(TOGETHER)
        assert np.array_equal(column[name], column[one] * column[other])
    spoken = [name for name in CONFIDENCE if name != "base"]
    assert [name for name in spoken for lang in ("vi", "en") if "sign-" in sign_label(name, lang)] == []
