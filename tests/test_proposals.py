"""Proposals: which phrase a garbled line resembles, where its words stand, and shortlists of words."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from restore.correct import proposals
from restore.correct.candidates import words
from restore.correct.proposals import phrase_proposals, skeleton, word_proposals


def phrases(text: str) -> list[tuple[str, str]]:
    """What stood there and what is proposed."""
    return [(text[p.start : p.end], words().text[p.word]) for p in phrase_proposals(text) if p.phrase]


@pytest.mark.parametrize(
    ("text", "letters", "places"),
    [
        ("Độc lập", "dociap", (0, 1, 2, 4, 5, 6)),
        ("H0A 5Ở", "hoaso", (0, 1, 2, 4, 5)),
        ("th\\Ic", "thic", (0, 1, 3, 4)),
        ("~ - .", "", ()),
    ],
)
def test_skeletons(text: str, letters: str, places: tuple[int, ...]) -> None:
    found = skeleton(text)
    assert (found.letters, found.places) == (letters, places)
    assert skeleton(text, 7).places == tuple(place + 7 for place in places)


@given(st.text(max_size=30))
def test_every_letter_of_a_skeleton_has_its_place(text: str) -> None:
    found = skeleton(text)
    assert len(found.letters) == len(found.places)
    assert list(found.places) == sorted(set(found.places))
    assert all(text[place].isalnum() for place in found.places)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("CQNG HOA xA HQI CH:U NGHiA VItT NAM", "cộng hòa xã hội chủ nghĩa việt nam"),
        ("CONfl H0A XA Hi)l CIIU NflHlA V1RT NAIl", "cộng hòa xã hội chủ nghĩa việt nam"),
        ("Dec lqp - Tp do - H~nh phdc", "độc lập tự do hạnh phúc"),
        ("TO CHU'C THlJC HI~N", "tổ chức thực hiện"),
    ],
)
def test_a_garbled_phrase_is_proposed_word_by_word(line: str, expected: str) -> None:
    found = phrases(line)
    assert [word for _, word in found] == expected.split()
    assert all(observed.strip() == observed for observed, _ in found)


def test_words_stand_where_they_were_seen() -> None:
    assert phrases("TO CHU'C THlJC HI~N") == [
        ("TO", "tổ"),
        ("CHU'C", "chức"),
        ("THlJC", "thực"),
        ("HI~N", "hiện"),
    ]
    # the blank was lost between two of them
    assert phrases("TO CHUCTHVC HI~N")[:3] == [("TO", "tổ"), ("CHUC", "chức"), ("THVC", "thực")]


@pytest.mark.parametrize("number", ["III.", "2.", "a)", "IV."])
def test_the_number_of_a_heading_is_no_part_of_its_phrase(number: str) -> None:
    found = list(phrase_proposals(f"{number} TO CHU'C THlJC HI~N"))
    assert found
    assert min(p.start for p in found) > len(number)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "123 456",
        "Cac phong, ban, don vi, UBND cac phuong can cu nhiem vu duoc giao de thuc hien noi dung nay cho tot va kip thoi",
        "TBNMT",  # too short: alike by chance
        "Khong co gi giong",
    ],
)
def test_running_text_and_chance_propose_nothing(line: str) -> None:
    assert phrases(line) == []


def test_a_phrase_that_is_already_there_needs_no_proposal() -> None:
    assert phrases("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") == []


def test_each_line_is_looked_at_by_itself() -> None:
    first, second = "CQNG HOA xA HQI CH:U NGHiA VItT NAM", "TO CHU'C THlJC HI~N"
    assert phrases(f"{first}\n\n{second}") == phrases(first) + phrases(second)
    for end in "\n\r\x0b\x0c\u2028":
        for proposal in phrase_proposals(f"TO CHU'C THlJC{end}HI~N"):
            assert end not in f"TO CHU'C THlJC{end}HI~N"[proposal.start : proposal.end]


@given(st.text("TOCHU'~THlJCHI N.QNGAxiV1\n", max_size=60))
@settings(max_examples=60, deadline=None)
def test_proposals_lie_in_their_line_and_do_not_overlap(text: str) -> None:
    found = sorted(phrase_proposals(text), key=lambda p: p.start)
    for proposal in found:
        assert 0 <= proposal.start < proposal.end <= len(text)
        assert "\n" not in text[proposal.start : proposal.end]
        assert text[proposal.start].isalnum()
        assert 0 <= proposal.word < len(words().text)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("text", "word"), [("h9'P", "hợp"), ("d}r@ng", "đồng"), ("d$utkg", "dựng"), ("ru&a1t", "luật")]
)
def test_a_shortlist_has_the_word(text: str, word: str) -> None:
    found = list(word_proposals(f"xx {text} yy", 3, 3 + len(text)))
    assert word in {words().text[p.word] for p in found}
    assert {(p.start, p.end) for p in found} == {(3, 3 + len(text))}
    assert not any(p.phrase for p in found)
    assert len(found) < 300


@pytest.mark.parametrize("text", ["~", "", "@#$"])
def test_no_letters_no_shortlist(text: str) -> None:
    assert list(word_proposals(text, 0, len(text))) == []


@pytest.mark.parametrize("letters", [0, 1, 7, 12, 30, 90])
def test_only_phrases_too_short_or_too_long_are_left_out(letters: int) -> None:
    skeletons, places = proposals._of_length(letters)
    assert [proposals._skeletons()[place] for place in places] == list(skeletons)
    for skeleton_ in set(proposals._skeletons()) - set(skeletons):
        best = skeleton_[:letters].ljust(letters, "_") if letters > len(skeleton_) else skeleton_[:letters]
        assert fuzz.ratio(best, skeleton_) < proposals.PHRASE_CUTOFF
