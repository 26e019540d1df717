"""Broken codes: the slash by the type, the Đ by types, dictionary and document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore.correct.abbreviations import Form, Forms, dictionary_forms
from restore.correct.broken_codes import broken_codes, kept_codes, stroked, stroked_codes
from restore.edit import apply

DICTIONARY = Forms(dictionary_forms())
TAY_DO = Forms({**dictionary_forms(), "DHTD": (Form("ĐHTĐ", 0.85),)})


def found(text: str) -> list[tuple[str, str]]:
    return [(edit.before, edit.after) for edit in broken_codes(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("s6 77-TBITW", [("77-TBITW", "77-TB/TW")]),
        ("33-CTrlTU ngay", [("33-CTrlTU", "33-CTr/TU")]),
        ("lS-KHITU", [("lS-KHITU", "15-KH/TU")]),
        ("101-QDfTW,", [("101-QDfTW", "101-QĐ/TW")]),
        ("SOIKH-TLD", [("SOIKH-TLD", "50/KH-TLD")]),
        ("2841HD- TLD", [("2841HD- TLD", "284/HD-TLD")]),
        ("1842blKH-UBND", [("1842blKH-UBND", "1842b/KH-UBND")]),
        ("12120161NQ-CP", [("12120161NQ-CP", "12/2016/NQ-CP")]),
        ("15/2018IQH14", [("15/2018IQH14", "15/2018/QH14")]),
        ("48IBTV-TG", [("48IBTV-TG", "48/BTV-TG")]),
        ("301fILDLD", [("301fILDLD", "301/LDLD")]),
    ],
)
def test_read(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "27-KH/TU", "12/QĐ-UBND", "57/2024/TT-BW",  # whole; a truncated office is not guessed
        "1i.91KH-UBND", "-t-i'2IKH-UBND",  # the end of a number that nobody read
        "0001KH-UBND", "10-KLrrW", "48IXYZ-TG", "CO2", "16A", "154/2024/ND- Nghi",
    ],
)  # fmt: skip
def test_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("370/QD-BCA", "370/QĐ-BCA"),
        ("271/BC-LDL8", "271/BC-LĐLĐ"),
        ("39-KH/DD.LDLD", "39-KH/DD.LĐLĐ"),
        ("5/KH-DHTD", "5/KH-ĐHTĐ"),
        ("5/HD-UBND", "5/HD-UBND"),  # Hướng dẫn and Hợp đồng are both
        ("5/QĐ-DHTD", "5/QĐ-DHTD"),  # an engine that knows Đ
        ("12/2016/NQ-HDND", "12/2016/NQ-HĐND"),
    ],
)
def test_stroked(code: str, expected: str) -> None:
    assert stroked(code, TAY_DO) == expected


def test_an_unknown_office_is_left_as_it_is_without_the_document() -> None:
    assert stroked("5/KH-DHTD", DICTIONARY) == "5/KH-DHTD"


def test_broken_and_whole_codes_get_their_strokes_once() -> None:
    text = "so 3721KH-DHTD va 663/KH-DHTD, 5Gi/TB-DHTD, 12/KH-UBND, 02-QD/TU"
    edits = list(stroked_codes(text, list(broken_codes(text)), TAY_DO))
    assert [(edit.before, edit.after) for edit in edits] == [
        ("3721KH-DHTD", "372/KH-ĐHTĐ"),
        ("663/KH-DHTD", "663/KH-ĐHTĐ"),
        ("/TB-DHTD", "/TB-ĐHTĐ"),
        ("02-QD/TU", "02-QĐ/TU"),
    ]
    assert apply(text, edits) == text


def test_whole_codes_are_kept_from_other_readings() -> None:
    text = "so 08-KH/TU, 12/2016/NQ-CP; 5Gi/TB-DHTD, 16/11/2016 va/hoac A/B-C"
    assert [text[start:end] for start, end in kept_codes(text)] == ["08-KH/TU", "12/2016/NQ-CP", "/TB-DHTD"]


@given(st.text("0123456789/1lI-KHQĐDTBU. \n", max_size=40))
def test_any_text(text: str) -> None:
    edits = list(stroked_codes(text, list(broken_codes(text)), DICTIONARY))
    assert apply(text, edits) == text
    assert all(text[edit.start : edit.end] == edit.before != edit.after for edit in edits)
