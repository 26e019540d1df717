"""A head's number line with a handwritten number: its label is restored, its notation suggested, its number left alone."""

from __future__ import annotations

import pytest

from restore.correct.corrector import correct
from restore.correct.number_line import HEAD_LINES, number_line


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("se :,At>fiKH -VBND", [("se", "Số"), ("iKH -VBND", "/KH-UBND")]),
        ("86: 53)f ITB-DHTD", [("86", "Số"), ("ITB-DHTD", "/TB-DHTD")]),
        ("   St': 5kq /QD-UBND", [("St'", "Số"), ("/QD-UBND", "/QĐ-UBND")]),
        ("Số: 5kq /QĐ-UBND", []),
    ],
)
def test_garbled(line: str, expected: list[tuple[str, str]]) -> None:
    text = f"UBND THANH PHO\n{line}\n"
    found = number_line(text)
    assert found is not None
    assert [(edit.before, edit.after) for edit in found.edits] == expected
    label = "review" if line.startswith("86") else "auto"  # a label all of digits may be a number
    assert [edit.status for edit in found.edits] == [label, "suggested"][: len(expected)]
    assert text[found.start : found.end] == line.strip()


@pytest.mark.parametrize(
    "line",
    [
        "S6: 12/KH-UBND", "S6:      /KH-UBND", "S6: .... /KH-UBND",  # nothing is garbled
        "S6: 12 ILDLD", "S6: ab/XY-UBND", "Kinh gui: ab/KH-UBND", "So 5kq /QD-UBND",
    ],
)  # fmt: skip
def test_other_lines(line: str) -> None:
    assert number_line(line) is None


def test_only_in_the_head() -> None:
    line = "86: 53)f ITB-UBND"
    assert number_line("a\n\n" * (HEAD_LINES - 1) + line) is not None
    assert number_line("a\n" * HEAD_LINES + line) is None


def test_restored_in_a_document() -> None:
    text = (
        "UY BAN NHAN DAN\nTHANH PH6 KI£N AN\n\nse :,At>fiKH -VBND\n\n"
        "Thirc hien chi dao cua Uy ban nhan dan thanh ph6 v~ vi~c tri~n khai cac nhi~m vu tr9ng tam trong nam nay, "
        "cac co quan, dan vi, doanh nghi~p va nhan dan tren dia ban thanh ph6 t6 chirc thuc hi~n cac n9i dung sau."
    )
    found = correct(text)
    assert "Số :,At>fiKH -VBND\n" in found.restored
    assert [(edit.before, edit.after) for edit in found.edits if edit.status == "suggested"] == [
        ("iKH -VBND", "/KH-UBND")
    ]
