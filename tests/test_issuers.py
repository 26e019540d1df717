"""Offices at the top: which is above which, and which issue a document together."""

from __future__ import annotations

import pytest

from restore.document import Header
from restore.parser import build_document


def header(offices: str, number: str, title: str) -> Header:
    """The head of a document with these lines at its top left."""
    nation = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    date = "Bình An, ngày 05 tháng 6 năm 2020"
    return build_document(
        f"{offices}\nSố: {number}\n{nation}\n{date}\n{title}\nTrồng cây\n\n1. Mục đích\n"
    ).header


@pytest.mark.parametrize(
    ("offices", "parent", "issuer"),
    [
        ("CÔNG TY DỆT AN LẠC\nCHI NHÁNH BÌNH AN", "CÔNG TY DỆT AN LẠC", "CHI NHÁNH BÌNH AN"),
        ("TRƯỜNG ĐẠI HỌC BÌNH AN\nKHOA NÔNG HỌC", "TRƯỜNG ĐẠI HỌC BÌNH AN", "KHOA NÔNG HỌC"),
        ("UBND HUYỆN AN LẠC\nBAN CHỈ HUY\nPHÒNG CHỐNG LỤT BÃO", "UBND HUYỆN AN LẠC", "BAN CHỈ HUY PHÒNG CHỐNG LỤT BÃO"),
        ("TỔNG CỤC MUỐI VIỆT NAM\nNHIÊN LIỆU BÌNH AN", "TỔNG CỤC MUỐI VIỆT NAM", "NHIÊN LIỆU BÌNH AN"),
        ("CÔNG TY CỔ PHẦN\nNHIÊN LIỆU BÌNH AN", None, "CÔNG TY CỔ PHẦN NHIÊN LIỆU BÌNH AN"),
    ],
)  # fmt: skip
def test_the_office_above(offices: str, parent: str | None, issuer: str) -> None:
    """A second office is told by its first words, or by the initials in the notation after a whole name."""
    found = header(offices, "07/KH-NLBA", "KẾ HOẠCH")
    assert (found.issuer_parent.value, found.issuer.value) == (parent, issuer)


@pytest.mark.parametrize(
    ("offices", "number", "title", "issuers"),
    [
        ("SỞ DU LỊCH TỈNH A\nHIỆP HỘI DU LỊCH TỈNH B", "11/BGN-SDL-HHDL", "BẢN GHI NHỚ", 2),
        ("SỞ DU LỊCH TỈNH A\nHIỆP HỘI DU LỊCH TỈNH B", "11/KH-SDL-HHDL", "KẾ HOẠCH", 2),
        ("HỘI NÔNG DÂN TỈNH A\nNGÂN HÀNG CHÍNH SÁCH XÃ HỘI", "11/CTPH", "CHƯƠNG TRÌNH PHỐI HỢP", 2),
        ("SỞ Y TẾ\nBỆNH VIỆN AN LẠC", "11/CTPH", "CHƯƠNG TRÌNH PHỐI HỢP", 0),
        ("UBND TỈNH A\nSỞ Y TẾ", "11/KH-SYT", "KẾ HOẠCH", 0),
    ],
)  # fmt: skip
def test_offices_that_issue_together(offices: str, number: str, title: str, issuers: int) -> None:
    """A notation with both codes, or a title that two use over offices of one rank; else one is above the other."""
    found = header(offices, number, title)
    assert len(found.issuers) == issuers
    assert (found.issuer_parent.status == "absent") == bool(issuers)
    assert found.subject.value == "Trồng cây"
