"""Documents cited in running text."""

from __future__ import annotations

import pytest

from restore.document import Reference
from restore.parser import build_document


def references(text: str) -> tuple[Reference, ...]:
    return build_document(f"1. Nội dung\n{text}\n").references


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Thực hiện Kế hoạch số 44/KH-SGDĐT ngày 04/4/2023 của Sở Giáo dục và Đào tạo về việc thi đua.",
            ("Kế hoạch", "44", "KH-SGDĐT", "2023-04-04", "Sở Giáo dục và Đào tạo"),
        ),
        (
            "Theo Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm\n2010 của Chính phủ về thủ tục hành chính.",
            ("Nghị định", "63", "2010/NĐ-CP", "2010-06-08", "Chính phủ"),
        ),
        ("Theo Chỉ thị 24/CT - UBND ngày 14/12/2015.", ("Chỉ thị", "24", "CT-UBND", "2015-12-14", None)),
        ("Theo số 92/2017/NĐ-CP đã nêu.", ("Nghị định", "92", "2017/NĐ-CP", None, None)),
        ("Theo Nghị quyết số 15-NQ/HU của Huyện ủy.", ("Nghị quyết", "15", "NQ/HU", None, "Huyện ủy")),
        ("Theo Luật Giáo dục số 43/2019/QH14.", ("Luật", "43", "2019/QH14", None, None)),
        ("Theo Luật Lưu trữ ngày 11 tháng 11 năm 2011.", ("Luật", None, None, "2011-11-11", None)),
        ("Theo Công văn số 301/TLĐ, ngày 13/3/2017.", ("Công văn", "301", "TLĐ", "2017-03-13", None)),
    ],
)
def test_one_reference(text: str, expected: tuple[str | None, ...]) -> None:
    (found,) = references(text)
    fields = (found.doc_type, found.number, found.notation, found.date, found.issuer)
    assert tuple(field.value for field in fields) == expected
    assert found.section_id == "s1.1"


@pytest.mark.parametrize(
    "text", ["Trực 24/7 tại phường.", "Đạt 12/45 điểm, tăng 3/4 so với năm 2020.", "Tel 02/A."]
)
def test_fractions_are_no_documents(text: str) -> None:
    assert references(text) == ()


def test_several_references_in_order() -> None:
    text = "Theo Công văn số 87/BTV-GĐXH và công văn số 88/BTV-TG ngày 10/5/2017 của Ban Thường vụ."
    assert [found.number.value for found in references(text)] == ["87", "88"]
