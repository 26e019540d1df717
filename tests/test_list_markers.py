"""Broken numbers of lists: what the sequence asks for, and only where the letters can be it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore.correct.corrector import correct
from restore.correct.list_markers import BEHIND, BETWEEN, LETTERS, ROMAN, broken_markers, written


def found(*numbers: str) -> list[tuple[str, str]]:
    text = "\n".join(f"{number} Nội dung" for number in numbers)
    return [(edit.before, edit.after) for edit in broken_markers(text)]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (("7.", "S.", "9."), [("S", "8")]),
        (("4.", "S.", "6."), [("S", "5")]),
        (("9.", "1O."), [("1O", "10")]),
        (("l.", "2."), [("l", "1")]),
        (("I.", "Il.", "lII."), [("Il", "II"), ("lII", "III")]),
        (("I.", "II.", "ill."), [("ill", "III")]),
        (("II.", "m."), [("m", "III")]),
        (("II.", "In."), [("In", "III")]),
        (("c)", "d)", "d)", "e)"), [("d", "đ")]),
        (("a)", "b)", "o)"), [("o", "c")]),
        (("b)", "e)", "d)"), [("e", "c")]),
    ],
)
def test_what_the_sequence_asks_for(numbers: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    assert found(*numbers) == expected


@pytest.mark.parametrize(
    "numbers",
    [
        ("S.", "9."), ("3.", "S."), ("I.", "II.", "1.", "2.", "III."), ("1.", "2.", "1.", "2."), ("II.", "1."), ("I.", "1."),
        ("a)", "b)", "a)", "b)"), ("d)", "e)"), ("2.", "in."), ("X.", "m."),
    ],
)  # fmt: skip
def test_left_alone(numbers: tuple[str, ...]) -> None:
    assert found(*numbers) == []


def test_both_neighbours_make_it_surer() -> None:
    (behind,) = broken_markers("9. Một\n1O. Hai")
    (between,) = broken_markers("9. Một\n1O. Hai\n11. Ba")
    assert (behind.confidence, between.confidence) == (BEHIND, BETWEEN)


def test_a_number_inside_a_line_is_no_marker() -> None:
    assert list(broken_markers("9. Một\nmục 1O. Hai\n1O.000 đồng")) == []


@given(st.sampled_from(["arabic", "roman", "letter"]), st.integers(1, 9))
def test_a_whole_list_has_no_suggestion(style: str, length: int) -> None:
    mark = ")" if style == "letter" else "."
    assert found(*(f"{written(style, value)}{mark}" for value in range(1, length + 1))) == []  # type: ignore[arg-type]


@given(
    st.lists(
        st.sampled_from(["1.", "2.", "S.", "I.", "l.", "ill.", "d)", "đ)", "e)", "c)", "II."]), max_size=8
    )
)
def test_any_markers(numbers: list[str]) -> None:
    for before, after in found(*numbers):
        assert before != after
        assert after in ROMAN or after in LETTERS or after.isdigit()


def test_the_second_d_of_a_list_gets_its_stroke_back() -> None:
    found = correct(
        "a) mot;\nb) hai;\nc) ba;\nd) bon;\nd) nam;\ne) sau.\n" + "Thuc hien ke hoach cua Uy ban nhan dan."
    ).restored
    assert [line[:2] for line in found.split("\n")[:6]] == ["a)", "b)", "c)", "d)", "đ)", "e)"]


def test_a_point_that_is_cited_keeps_its_letter() -> None:
    found = correct("Thuc hien quy dinh tai diem d khoan 1 va diem b khoan 2 Dieu 5 cua Luat nay.").restored
    assert "điểm d khoản 1 và điểm b khoản 2" in found
