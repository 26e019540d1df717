"""Broken numbers, dates and codes: suggested where only one reading makes sense, silent elsewhere."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore.correct.numerals import suggestions
from restore.edit import apply

SAMPLES = Path(__file__).parents[1] / "samples"
DAMAGED_SLASH = st.sampled_from("1lIi|")


def found(text: str) -> list[tuple[str, str]]:
    return [(edit.before, edit.after) for edit in suggestions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ngay 14112/2015 cua", [("14112/2015", "14/12/2015")]),
        ("ngay 2110112020 cua", [("2110112020", "21/01/2020")]),
        ("ngay 3Oi5/2O22", [("3Oi5/2O22", "30/5/2022")]),
        ("s6 771KH-UBND", [("771KH-UBND", "77/KH-UBND")]),
        ("Chi thi 24iCT-UBND", [("24iCT-UBND", "24/CT-UBND")]),
        ("191KH - BCD ngay", [("191KH - BCD", "19/KH-BCD")]),
        ("12 / QD", []),
        ("121QD-UBND", [("121QD-UBND", "12/QĐ-UBND")]),
        ("1O. Dieu", [("1O", "10")]),
        ("l2 thang", [("l2", "12")]),
        ("nam OS nam", [("OS", "05")]),
        ("dat 2S%, 71.510/0", [("2S", "25"), ("71.510/0", "71.51%")]),
        ("1.SOO.OOO dong va l.250.000", [("1.SOO.OOO", "1.500.000"), ("l.250.000", "1.250.000")]),
        ("tu 8hOO den 17h3O", [("8hOO", "8h00"), ("17h3O", "17h30")]),
    ],
)
def test_what_is_suggested(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "ngày 14/12/2015", "129/KH-UBND", "63/2010/NĐ-CP", "1.250.000 đồng", "15/2018/QH14",
        "45112/2015",  # no day 45, no month of it
        "31/2/2015", "32i13i2015",  # February has no 31st, no month is the 13th
        "771XX-UBND",  # no type of document
        "0001KH-UBND",  # a number is not all zeros
        "1.500.000 dong", "8h30", "25%", "100/000", "10/0", "S.199", "O2", "16B",  # whole, or not a number's damage
        "20152016", "0912345678", "2022-2027", "H2O", "Il", "O", "IO", "A4", "10", "I. II. III.", "quý II/2020",
    ],
)  # fmt: skip
def test_what_makes_sense_or_none_is_left_alone(text: str) -> None:
    assert found(text) == []


@given(st.dates(date(1990, 1, 1), date(2029, 12, 31)), DAMAGED_SLASH, DAMAGED_SLASH)
def test_any_date_whose_slashes_were_misread(day: date, first: str, second: str) -> None:
    right = f"{day.day:02}/{day.month:02}/{day.year}"
    broken = f"{day.day:02}{first}{day.month:02}{second}{day.year}"
    assert found(f"Ngay {broken} cua") == [(broken, right)]
    assert found(f"Ngày {right} của") == []


@given(st.integers(1, 999), DAMAGED_SLASH, st.sampled_from(["KH", "TB", "BC"]))
def test_any_code_whose_slash_was_misread(number: int, slash: str, kind: str) -> None:
    assert found(f"so {number}{slash}{kind}-UBND ngay") == [
        (f"{number}{slash}{kind}-UBND", f"{number}/{kind}-UBND")
    ]


@given(st.text("0123456789/1lIi|.-KHQĐTB UBND\n", max_size=40))
def test_suggestions_are_in_order_apart_and_never_applied(text: str) -> None:
    edits = list(suggestions(text))
    assert apply(text, edits) == text
    for edit in edits:
        assert text[edit.start : edit.end] == edit.before != edit.after
        assert (edit.status, edit.source, edit.kind) == ("suggested", "number", "number")
        assert 0.5 < edit.confidence < 1
    assert all(a.end <= b.start for a, b in pairwise(edits))


def test_the_damaged_sample_has_them_and_the_clean_one_has_none() -> None:
    (damaged,), (clean,) = SAMPLES.glob("000_????????????????.txt"), SAMPLES.glob("002_*.txt")
    suggested = found(damaged.read_text(encoding="utf-8"))
    assert ("14112/2015", "14/12/2015") in suggested
    assert ("2110112020", "21/01/2020") in suggested
    assert ("771KH-UBND", "77/KH-UBND") in suggested
    assert ("24iCT-UBND", "24/CT-UBND") in suggested
    assert all(re.search(r"\d", after) for _, after in suggested)
    assert found(clean.read_text(encoding="utf-8")) == []
