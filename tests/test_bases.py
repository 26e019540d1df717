"""Legal bases in all the forms that offices write them in, and what of their sentences stays in the body."""

from __future__ import annotations

import pytest

from restore.document import Document
from restore.parser import build_document

HEAD = "ỦY BAN NHÂN DÂN\nXÃ AN HÒA\n\nSố: 5/{code}-UBND\n\nAn Hòa, ngày 02 tháng 3 năm 2023\n\n{title}\nVề việc trồng cây\n\n"
END = "\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n"


def parsed(body: str, title: str = "QUYẾT ĐỊNH", code: str = "QĐ") -> Document:
    return build_document(HEAD.format(code=code, title=title) + body + END)


def bases(document: Document) -> list[str]:
    return [one.text.value or "" for one in document.legal_bases]


def first_text(document: Document) -> str:
    return next(one.text for one in document.sections if one.kind == "paragraph")


LAW = "Căn cứ Luật Lâm nghiệp ngày 15 tháng 11 năm 2017;"
DECREE = "Căn cứ Nghị định số 156/2018/NĐ-CP ngày 16 tháng 11 năm 2018 của Chính phủ;"
REQUEST = "Theo đề nghị của Trưởng phòng Kinh tế."
ARTICLE = "\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Phê duyệt phương án.\n"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"{LAW}\n\n{DECREE}\n\n{REQUEST}{ARTICLE}", [LAW, DECREE, REQUEST]),
        (f"{LAW}\n{DECREE}\n{REQUEST}{ARTICLE}", [LAW, DECREE, REQUEST]),
        (f"{LAW} {DECREE} {REQUEST}{ARTICLE}", [LAW, DECREE, REQUEST]),
        (f"- {LAW}\n- {DECREE}\n- {REQUEST}{ARTICLE}", [LAW, DECREE, REQUEST]),
        (f"+ {LAW}\n* {DECREE}\n{REQUEST}{ARTICLE}", [LAW, DECREE, REQUEST]),
        (f"{LAW}\n\nCHỦ TỊCH ỦY BAN NHÂN DÂN XÃ AN HÒA\n\n{DECREE}{ARTICLE}", [LAW, DECREE]),
        (
            f"{LAW}\nXét đề nghị của Trưởng phòng Kinh tế,{ARTICLE}",
            [LAW, "Xét đề nghị của Trưởng phòng Kinh tế,"],
        ),
        (
            f"{LAW}\nĐược sự đồng ý của Hội đồng nhân dân xã;{ARTICLE}",
            [LAW, "Được sự đồng ý của Hội đồng nhân dân xã;"],
        ),
        (
            "Căn cứ các văn bản sau:\n- Luật Lâm nghiệp năm 2017;\n- Nghị định số 156/2018/NĐ-CP.\n"
            + ARTICLE,
            ["Luật Lâm nghiệp năm 2017;", "Nghị định số 156/2018/NĐ-CP."],
        ),
        (
            "Căn cứ Luật Đầu tư ngày 19 tháng 6 năm 2015;\nLuật sửa đổi Luật Đầu tư ngày 22 tháng 11 năm 2019;"
            + ARTICLE,
            [
                "Căn cứ Luật Đầu tư ngày 19 tháng 6 năm 2015; Luật sửa đổi Luật Đầu tư ngày 22 tháng 11 năm 2019;"
            ],
        ),
        (f"Điều 1. Phê duyệt phương án.\nCăn cứ pháp lý{ARTICLE}", []),
    ],
)
def test_forms(body: str, expected: list[str]) -> None:
    assert bases(parsed(body)) == expected


@pytest.mark.parametrize(
    ("sentence", "clause", "rest"),
    [
        (
            "Thực hiện Kế hoạch số 9/KH-UBND của tỉnh về trồng cây, Ủy ban nhân dân xã xây dựng Kế hoạch như sau:",
            "Thực hiện Kế hoạch số 9/KH-UBND của tỉnh về trồng cây",
            "Ủy ban nhân dân xã xây dựng Kế hoạch như sau:",
        ),
        (
            "Căn cứ Kế hoạch số 9/KH-UBND của Ủy ban nhân dân tỉnh về trồng cây, nay Ủy ban nhân dân xã ban hành Kế hoạch:",
            "Căn cứ Kế hoạch số 9/KH-UBND của Ủy ban nhân dân tỉnh về trồng cây",
            "nay Ủy ban nhân dân xã ban hành Kế hoạch:",
        ),
    ],
)
def test_the_rest_of_the_sentence_stays_in_the_body(sentence: str, clause: str, rest: str) -> None:
    document = parsed(f"{sentence}\n\nI. MỤC ĐÍCH\n\nPhủ xanh đất trống.\n", "KẾ HOẠCH", "KH")
    assert bases(document) == [clause]
    assert first_text(document) == rest


def test_what_other_kinds_carry_out_is_no_basis() -> None:
    document = parsed(
        "Thực hiện Công văn số 9/SNV của Sở Nội vụ, xã báo cáo như sau:\n\n1. Kết quả\n\nTốt.\n",
        "BÁO CÁO",
        "BC",
    )
    assert bases(document) == []


def test_a_misread_clause_before_another_is_one() -> None:
    clauses = [
        "Nx cứ Luật Đất đai ngày 18 tháng 01 năm 2024;",
        "Căn cứ Luật Đầu tư công ngày 29 tháng 11 năm 2024;",
    ]
    document = parsed(
        "\n".join([*clauses, "Ủy ban nhân dân huyện thông báo:", "1. Lịch tiếp dân.", ""]), "THÔNG BÁO", "TB"
    )
    assert bases(document) == clauses


CARRIED_OUT = "Thực hiện Chỉ thị số 8-CT/TU ngày 8/5/2012 của Tỉnh ủy"


@pytest.mark.parametrize(("title", "code", "count"), [("NGHỊ QUYẾT", "NQ", 1), ("BÁO CÁO", "BC", 0)])
def test_a_resolution_rests_on_what_it_carries_out(title: str, code: str, count: int) -> None:
    found = parsed(
        f"{CARRIED_OUT}, Ban Chấp hành ra Nghị quyết về trồng cây như sau:\n\nI. MỤC TIÊU\n", title, code
    )
    assert bases(found) == [CARRIED_OUT] * count


def test_the_issuer_goes_on_after_the_last_basis_behind_a_dash() -> None:
    own = "Ủy ban nhân dân xã quy định như sau:"
    found = parsed(f"- {LAW}\n- Căn cứ Quy chế làm việc của xã, {own}\n\nĐiều 1. Giờ làm việc\n")
    assert bases(found) == [LAW, "Căn cứ Quy chế làm việc của xã"]
    assert own in [one.text for one in found.sections]
