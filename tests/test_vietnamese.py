"""Letters, syllables, tones and cases: the laws of the one home of Vietnamese."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore.language import lexicon, vietnamese
from restore.language.vietnamese import (
    ACUTE,
    BREVE,
    CIRCUMFLEX,
    DOT,
    GRAVE,
    HOOK,
    HORN,
    MARKED_LETTERS,
    STROKE,
    TILDE,
    Letter,
    Syllable,
)

LETTERS = sorted(MARKED_LETTERS | set("abcdeghiklmnopqrstuvxyABCDEGHIKLMNOPQRSTUVXY"))
TONES = ("", GRAVE, HOOK, TILDE, ACUTE, DOT)
words = st.text(st.sampled_from(LETTERS), min_size=1, max_size=9)


@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_taken_apart_joins_again(letter: str) -> None:
    parts = vietnamese.split_letter(letter)
    assert vietnamese.join_letter(*parts) == letter
    assert parts.base.isascii()
    assert vietnamese.strip_marks(letter) == parts.base
    assert vietnamese.strip_tones(letter) == vietnamese.join_letter(parts.base, parts.mark)


def test_every_base_mark_and_tone_splits_as_it_was_joined() -> None:
    marks = {"a": ("", BREVE, CIRCUMFLEX), "e": ("", CIRCUMFLEX), "i": ("",), "o": ("", CIRCUMFLEX, HORN)}
    marks |= {"u": ("", HORN), "y": ("",)}
    made = set()
    for base, choices in marks.items():
        for mark in choices:
            for tone in TONES:
                for shape in (base, base.upper()):
                    letter = vietnamese.join_letter(shape, mark, tone)
                    assert vietnamese.split_letter(letter) == Letter(shape, mark, tone)
                    made.add(letter)
    stroke = {vietnamese.join_letter(base, STROKE) for base in "dD"}
    assert stroke == set("đĐ")
    letters = (made | stroke) - set("aeiouyAEIOUY")
    assert letters <= MARKED_LETTERS
    # 12 vowels with 5 tones each, the 6 of them that bear a mark without tone, and đ; twice for the capitals
    assert len(letters) == 2 * (12 * 5 + 6 + 1)


@pytest.mark.parametrize(
    "character", ["w", "1", "~", "ç", "ñ", "å", "ǖ", "가", "\N{COMBINING ACUTE ACCENT}", "😀"]
)
def test_what_is_no_vietnamese_letter_is_its_own_base(character: str) -> None:
    assert vietnamese.split_letter(character) == Letter(character, "", "")
    assert vietnamese.strip_marks(character) == character


@given(st.text())
def test_stripping_is_idempotent_and_keeps_the_length(text: str) -> None:
    bare = vietnamese.strip_marks(text)
    assert vietnamese.strip_marks(bare) == bare
    assert len(bare) == len(text)
    assert not MARKED_LETTERS & set(bare)
    toneless = vietnamese.strip_tones(text)
    assert vietnamese.strip_tones(toneless) == toneless
    assert vietnamese.strip_marks(toneless) == bare


@given(words)
def test_nfc_in_nfc_out(word: str) -> None:
    decomposed = unicodedata.normalize("NFD", word)
    assert vietnamese.nfc(decomposed) == word
    results = (
        vietnamese.strip_marks(word),
        vietnamese.strip_tones(word),
        vietnamese.move_tone(word, "old"),
        vietnamese.move_tone(word, "new"),
        *(vietnamese.apply_case(word, case) for case in ("lower", "title", "upper")),
    )
    for result in results:
        assert unicodedata.is_normalized("NFC", result)


@given(st.sampled_from(sorted(lexicon.syllables())), st.sampled_from(["lower", "title", "upper"]))
def test_the_tone_moves_there_and_back(syllable: str, case: str) -> None:
    word = vietnamese.apply_case(syllable, case)
    old, new = vietnamese.move_tone(word, "old"), vietnamese.move_tone(word, "new")
    assert vietnamese.move_tone(new, "old") == old
    assert vietnamese.move_tone(old, "new") == new
    assert vietnamese.move_tone(old, "old") == old
    assert word in (old, new)
    assert vietnamese.tone_of(old) == vietnamese.tone_of(new)
    assert vietnamese.strip_tones(old) == vietnamese.strip_tones(new)


@pytest.mark.parametrize(
    ("old", "new"),
    [("hóa", "hoá"), ("THỦY", "THUỶ"), ("Hòe", "Hoè"), ("ủy", "uỷ"), ("khỏe", "khoẻ"), ("lũy", "luỹ")],
)
def test_tones_with_two_homes(old: str, new: str) -> None:
    assert (vietnamese.move_tone(old, "new"), vietnamese.move_tone(new, "old")) == (new, old)
    assert vietnamese.parse_syllable(old) == vietnamese.parse_syllable(new)


@pytest.mark.parametrize(
    "word", ["quý", "quả", "hoàn", "thuyền", "loại", "của", "mùa", "khuỷu", "hoạch", "an"]
)
def test_tones_with_one_home(word: str) -> None:
    assert vietnamese.move_tone(word, "old") == vietnamese.move_tone(word, "new") == word


def test_every_syllable_of_the_dictionary_is_one() -> None:
    refused = [text for text in sorted(lexicon.syllables()) if vietnamese.parse_syllable(text) is None]
    assert refused == []


def test_a_syllable_of_the_dictionary_is_the_sum_of_its_parts() -> None:
    for text in lexicon.syllables():
        parts = vietnamese.parse_syllable(text)
        assert parts is not None
        assert parts.onset + parts.nucleus + parts.coda == vietnamese.strip_tones(text)
        assert parts.tone == vietnamese.tone_of(text)
        assert vietnamese.is_bare_syllable(vietnamese.strip_marks(text))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Nghiêng", Syllable("ngh", "iê", "ng", "")),
        ("QUỐC", Syllable("q", "uô", "c", ACUTE)),
        ("gì", Syllable("g", "i", "", GRAVE)),
        ("ủy", Syllable("", "uy", "", HOOK)),
        ("Đăk", None),
        ("thac", None),  # c, ch, p and t stop the voice: acute or dot only
        ("thàc", None),
        ("hóá", None),
        ("thựcc", None),
        ("x", None),
        ("", None),
        ("wan", None),
    ],
)
def test_syllables_by_hand(text: str, parts: Syllable | None) -> None:
    found = vietnamese.parse_syllable(text)
    if parts is not None and found is not None and text == "QUỐC":
        assert found.onset + found.nucleus == "quô"  # qu is one sound, its u may be counted either way
        assert (found.coda, found.tone) == ("c", ACUTE)
    elif parts is not None and found is not None and text == "gì":
        assert (found.onset + found.nucleus, found.coda, found.tone) == ("gi", "", GRAVE)
    else:
        assert found == parts


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("hoá thuỷ khoẻ", "new"),
        ("hóa thủy", "old"),
        ("hoá hóa", "old"),
        ("", "old"),
        ("HOÁ", "new"),
        ("quý", "old"),
    ],
)
def test_the_style_of_a_text_is_what_it_mostly_writes(text: str, style: str) -> None:
    assert vietnamese.tone_style(text) == style


@given(words, st.sampled_from(["lower", "title", "upper"]))
def test_a_case_put_on_is_the_case_found(word: str, case: str) -> None:
    written = vietnamese.apply_case(word, case)
    found = vietnamese.case_of(written)
    assert found == ("title" if case == "upper" and len(word) == 1 else case)
    assert vietnamese.apply_case(written, found) == written
    assert vietnamese.apply_case(word, "mixed") == word


@given(st.text())
def test_any_text_is_a_syllable_or_none(text: str) -> None:
    assert vietnamese.is_syllable(text) == (vietnamese.parse_syllable(text) is not None)
    if vietnamese.is_bare_syllable(text):
        assert text.isascii()
