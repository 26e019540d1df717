"""Broken dates: real days of likely years, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore.correct.broken_dates import AMBIGUOUS, IN_WORDS, broken_dates, is_date

DAYS = st.dates(date(1900, 1, 1), date(2030, 12, 31))


def found(text: str) -> list[tuple[str, str]]:
    edits = sorted(broken_dates(text), key=lambda edit: edit.start)
    assert all(text[edit.start : edit.end] == edit.before != edit.after for edit in edits)
    return [(edit.before, edit.after) for edit in edits]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(27/7/1947 - 2717/2017)", [("2717/2017", "27/7/2017")]),
        ("ngay 2S/11/2016", [("2S/11/2016", "25/11/2016")]),
        ("(20/811888", [("20/811888", "20/8/1888")]),
        ("0l/2023", [("0l/2023", "01/2023")]),
        ("thang 0212017", [("0212017", "02/2017")]),
        ("tu ngay 01107 den ngay 31112", [("01107", "01/07"), ("31112", "31/12")]),
        ("ngdy JO thdng 02 ndm 2025", [("JO", "10")]),
        ("ngay l5 thang l0 nam 2O23", [("l5", "15"), ("l0", "10"), ("2O23", "2023")]),
        ("ngay I O thang 5 nam 2020", [("I O", "10")]),
        ("ngày l5 tháng 4,", [("l5", "15")]),
    ],
)
def test_read(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "ngay 0212017",  # a month and a year, but it is a day that is due
        "quy IIII2017", "112017", "so 0112007",  # no day, no slash, no frame
        "ngày l5 tháng 13 năm 2020", "ngay 3I thang 2 nam 2020", "ngày này tháng trước năm ngoái", "ngày 20 tháng liền sau",
        "ngay 45112", "ngay 311132",
        "20/8/1788", "2018/1788", "14/12/2015", "01/07", "tháng 02/2017", "ngày 15 tháng 4 năm 2020",
    ],
)  # fmt: skip
def test_left_alone(text: str) -> None:
    assert found(text) == []


def test_of_two_readings_the_second_is_an_alternative() -> None:
    (edit,) = broken_dates("ngay 1112/2016")
    assert (edit.after, edit.alternatives, edit.confidence) == ("11/2/2016", ("1/12/2016",), AMBIGUOUS)


@given(DAYS, st.sampled_from("lI"), st.sampled_from("Oo"))
def test_any_day_in_words(day: date, one: str, zero: str) -> None:
    number = f"{day.day:02}".replace("1", one).replace("0", zero)
    edits = [
        edit
        for edit in broken_dates(f"ngay {number} thang {day.month} nam {day.year}")
        if edit.before == number
    ]
    if number.isdigit():
        assert edits == []
    else:
        assert (edits[0].after, edits[0].confidence) == (f"{day.day:02}", IN_WORDS)


@given(st.text("0123456789/1lIiOS|ngaythm .-", max_size=40))
def test_whatever_is_read_is_a_date(text: str) -> None:
    for edit in broken_dates(text):
        assert text[edit.start : edit.end] == edit.before != edit.after
        parts = edit.after.split("/")
        if len(parts) == 3:
            assert is_date(*parts)
