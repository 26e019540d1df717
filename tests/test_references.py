"""Documents cited in running text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


Row = tuple[str | None, str | None, str | None, str | None, str | None]


def rows(text: str) -> list[Row]:
    return [
        (one.doc_type.value, one.number.value, one.notation.value, one.date.value, one.issuer.value)
        for one in references(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kế hoạch số số 129/KH-UBND", ("Kế hoạch", "129", "KH-UBND", None, None)),
        ("Chỉ thị 24/CT- UBND", ("Chỉ thị", "24", "CT-UBND", None, None)),
        (
            "Biên bản họp số 3/BB-KS ngày 08/01/2024 của Khoa về cây",
            ("Biên bản", "3", "BB-KS", "2024-01-08", "Khoa"),
        ),
        ("Biên bản làm việc ngày 10/01/2024 giữa hai bên", ("Biên bản", None, None, "2024-01-10", None)),
        ("Hợp đồng lao động số 12 ngày 05/5/2023", ("Hợp đồng", "12", None, "2023-05-05", None)),
        ("số  5/KH-UBND", ("Kế hoạch", "5", "KH-UBND", None, None)),
        ("Kế hoạch số 5/KH-UBND - Phòng Y tế", ("Kế hoạch", "5", "KH-UBND", None, None)),
        ("Thông tư 22/2021/TT-BGDĐT. Phòng", ("Thông tư", "22", "2021/TT-BGDĐT", None, None)),
        ("Kết luận 54-KL/TW", ("Kết luận", "54", "KL/TW", None, None)),
        ("Chương trình số 46 - CTr/TU", ("Chương trình", "46", "CTr/TU", None, None)),
        ("Nghị định số 59-CP", ("Nghị định", "59", "CP", None, None)),
        ("Quyết định 84/2005/QĐ-UB", ("Quyết định", "84", "2005/QĐ-UB", None, None)),
        ("Kế hoạch số 129 ngày 05/4/2024", ("Kế hoạch", "129", None, "2024-04-05", None)),
        ("theo Nghị định 30 thì", ("Nghị định", "30", None, None, None)),
        ("Kết luận ngày 12/3/2024 của Chủ tịch", ("Kết luận", None, None, "2024-03-12", "Chủ tịch")),
        ("Thông báo kết luận số 5/TB-VP", ("Thông báo", "5", "TB-VP", None, None)),
        ("Kế hoạch liên ngành số 5/KHLN-YT", ("Kế hoạch", "5", "KHLN-YT", None, None)),
        (
            "Thông tư liên tịch số 9/2013/TTLT-BGDĐT",
            ("Thông tư liên tịch", "9", "2013/TTLT-BGDĐT", None, None),
        ),
        ("QĐ số 12 ngày 01/02/2020", ("Quyết định", "12", None, "2020-02-01", None)),
        ("Văn bản số 5521/UBND-NC", (None, "5521", "UBND-NC", None, None)),
        (
            "Quyết định của Thủ tướng Chính phủ số 9/QĐ-TTg",
            ("Quyết định", "9", "QĐ-TTg", None, "Thủ tướng Chính phủ"),
        ),
        (
            "theo đề nghị của Trưởng phòng Nội vụ tại Tờ trình số 3/TTr-PNV",
            ("Tờ trình", "3", "TTr-PNV", None, "Trưởng phòng Nội vụ"),
        ),
        (
            "Kế hoạch 5/KH-UBND của UBND xã ngày 01/02/2020",
            ("Kế hoạch", "5", "KH-UBND", "2020-02-01", "UBND xã"),
        ),
        (
            "KE HOACH so 5/KH-UBND cua UBND xa ve viec trong cay",
            ("Kế hoạch", "5", "KH-UBND", None, "UBND xa"),
        ),
    ],
)
def test_forms_of_citations(text: str, expected: Row) -> None:
    assert rows(f"Xem {text}") == [expected]


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("của Sở Văn hóa, Thể thao và Du lịch về việc", "Sở Văn hóa, Thể thao và Du lịch"),
        ("của Sở Khoa học và Công nghệ phê duyệt", "Sở Khoa học và Công nghệ"),
        ("của Sở Y tế, Phòng Y tế xây dựng", "Sở Y tế"),
        ("của Sở Y tế và Công văn của xã", "Sở Y tế"),
        ("của Sở Lao động - Thương binh và Xã hội ban hành", "Sở Lao động - Thương binh và Xã hội"),
        ("của Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ quy định", "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ"),
        ("của Ban chỉ đạo thực hiện Xóa rác, bụi quận năm 2022", "Ban chỉ đạo thực hiện Xóa rác, bụi quận"),
        ("do Bộ Giao thông vận tải ban hành", "Bộ Giao thông vận tải"),
        ("của UBND TP. Hải Phòng hướng dẫn", "UBND TP. Hải Phòng"),
        ("của Sở ban hành", "Sở"),
        ("của Ủy, ban nhân dân xã", None),
        ("của mình", None),
    ],
)
def test_issuers_end_where_their_names_do(text: str, issuer: str | None) -> None:
    (found,) = references(f"Theo Quyết định số 9/QĐ-ABC {text}.")
    assert found.issuer.value == issuer


@pytest.mark.parametrize(
    ("text", "name", "number", "date"),
    [
        ("Luật Đất đai năm 2024", "Luật Đất đai", None, "2024"),
        ("Luật Đất đai 2013", "Luật Đất đai", None, "2013"),
        (
            "Luật Phòng, chống ma túy số 73/2021/QH14 ngày 30/3/2021",
            "Luật Phòng, chống ma túy",
            "73",
            "2021-03-30",
        ),
        ("Bộ luật Lao động số 45/2019/QH14", "Bộ luật Lao động", "45", None),
        (
            "Luật sửa đổi, bổ sung một số điều của Luật Cây xanh và Luật Hồ nước ngày 22/11/2019",
            "Luật sửa đổi, bổ sung một số điều của Luật Cây xanh và Luật Hồ nước",
            None,
            "2019-11-22",
        ),
        ("Luật Trẻ em và Luật Giáo dục năm 2019", "Luật Giáo dục", None, "2019"),
        ("Hiến pháp năm 2013", "Hiến pháp", None, "2013"),
    ],
)
def test_laws_by_name(text: str, name: str, number: str | None, date: str | None) -> None:
    (found,) = references(f"Căn cứ {text};")
    assert (found.name.value, found.number.value, found.date.value) == (name, number, date)


@pytest.mark.parametrize(
    "text",
    [
        "Trực 24/7 tại phường.",
        "Đạt 12/45 điểm, tăng 3/4 so với năm 2020.",
        "Tel 02/A.",
        "Xe 15A-12345, số 12/QL1A, tháng 12/2020, quý 4/2021, năm học 2023-2024.",
        "Kế hoạch 5 năm, Báo cáo 6 tháng, Dự án số 2, Mẫu số 04/2024/LLTP, mẫu quyết định số 02.",
        "Theo Luật Giáo dục, Luật Trẻ em trên địa bàn xã năm 2024.",
        "Gửi Báo cáo ngày 25/12/2024.",
    ],
)
def test_fractions_and_bare_names_are_no_documents(text: str) -> None:
    assert references(text) == ()


def test_a_number_left_blank() -> None:
    (found,) = references("Theo Tờ trình số        /TTr-SNV ngày      tháng 01 năm 2025 của Sở Nội vụ.")
    assert (found.doc_type.value, found.notation.value, found.date.value) == (
        "Tờ trình",
        "TTr-SNV",
        "2025-01",
    )
    assert (found.number.status, found.number.value, found.date.blank_parts) == ("blank", None, ("day",))


def test_a_code_goes_on_over_a_line() -> None:
    text = (
        "- Các phường thực hiện các giải pháp nêu trong Chỉ thị 24/CT-\n"
        "UBND ngày 14/12/2015 của Ủy ban nhân dân thành phố về quảng cáo."
    )
    (found,) = references(text)
    assert (found.number.value, found.notation.value, found.date.value) == ("24", "CT-UBND", "2015-12-14")


def test_several_references_in_order() -> None:
    text = "Theo Công văn số 87/BTV-GĐXH và 88/BTV-TG ngày 10/5/2017 của Ban Thường vụ."
    assert rows(text) == [
        ("Công văn", "87", "BTV-GĐXH", None, None),
        ("Công văn", "88", "BTV-TG", "2017-05-10", "Ban Thường vụ"),
    ]
    assert [row[1] for row in rows("Các Quyết định số 12/QĐ-UBND, 15/QĐ-UBND; số 92/2017/NĐ-CP.")] == [
        "12",
        "15",
        "92",
    ]


REGULATION = """QUYẾT ĐỊNH
Ban hành Quy chế trồng cây

Điều 1. Phạm vi
Quyết định này quy định việc trồng cây.
Điều 2. Nguyên tắc
1. Cây trồng theo khoản 2 Điều này; đơn vị nêu tại Điều 3.
2. Việc chăm sóc theo điểm b khoản 1 Điều 3 Quyết định này.
Điều 3. Tổ chức
1. Các đơn vị:
a) Phòng Kinh tế;
b) Phòng Nội vụ.
2. Thực hiện theo điểm a khoản 2 Điều 5 Nghị định số 9/2020/NĐ-CP và khoản 1 Điều 7 Luật Cây xanh.
"""


def test_own_parts_lead_to_their_sections() -> None:
    document = build_document(REGULATION)
    found = [(one.text.value, one.locator.value, one.own, one.target_id) for one in document.references]
    assert found == [
        ("Quyết định này", None, True, None),
        ("khoản 2 Điều này", "khoản 2 Điều này", True, "s2.2"),
        ("Điều 3", "Điều 3", True, "s3"),
        ("điểm b khoản 1 Điều 3 Quyết định này", "điểm b khoản 1 Điều 3", True, "s3.1.2"),
        ("điểm a khoản 2 Điều 5 Nghị định số 9/2020/NĐ-CP", "điểm a khoản 2 Điều 5", False, None),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Hồ sơ theo Điều 3 và khoản 2 Điều này.",
            [("Điều 3", "s3"), ("khoản 2 Điều này", "s2.2")],
        ),
        (
            "Theo điểm a khoản 1 Điều này và Điều 3 của Quyết định này.",
            [("điểm a khoản 1 Điều này", None), ("Điều 3", "s3")],
        ),
        (
            "Theo khoản 1 Điều này, Điều 5 Nghị định số 30/2020/NĐ-CP.",
            [("khoản 1 Điều này", "s2.1"), ("Điều 5", None)],
        ),
        ("Theo khoản 1, khoản 2 Điều này.", [("khoản 1, khoản 2 Điều này", "s2.1")]),
        (
            "Theo khoản 1 Điều 3 và khoản 2 Điều này.",
            [("khoản 1 Điều 3", "s3.1"), ("khoản 2 Điều này", "s2.2")],
        ),
    ],
)
def test_parts_in_a_row_with_those_of_this_article(
    text: str, expected: list[tuple[str | None, str | None]]
) -> None:
    document = build_document(
        REGULATION.replace("Cây trồng theo khoản 2 Điều này; đơn vị nêu tại Điều 3.", text)
    )
    found = [(one.locator.value, one.target_id) for one in document.references if one.locator.value]
    assert found[: len(expected)] == expected


def test_this_time_and_this_sum_are_no_parts() -> None:
    text = (
        "Tại thời điểm này, tài khoản này, địa điểm này, danh mục này; điều khoản này và thành phần này. "
        "Điều này cho thấy việc điều này là cần, mức 1 và tài khoản 2."
    )
    regulation = REGULATION.replace("Cây trồng theo khoản 2 Điều này; đơn vị nêu tại Điều 3.", text)
    found = [one.text.value for one in build_document(regulation).references]
    assert found[:2] == ["Quyết định này", "điểm b khoản 1 Điều 3 Quyết định này"]


PLAN = """KẾ HOẠCH
Trồng cây

I. MỤC ĐÍCH
1. Trồng cây theo Kế hoạch này.
II. NỘI DUNG
1. Các đơn vị nêu tại mục 2 phần II thực hiện; kế hoạch này thay kế hoạch cũ, dự án này và văn bản này thì không.
2. Các xã, xem Mục I, Mục VII.
"""


def test_plans_cite_themselves() -> None:
    found = [(one.text.value, one.target_id) for one in build_document(PLAN).references]
    assert found == [
        ("Kế hoạch này", None),
        ("mục 2 phần II", "s2.2"),
        ("kế hoạch này", None),
        ("Mục I, Mục VII", "s1"),
    ]


def test_the_note_under_a_title_cites_nothing() -> None:
    text = "QUY CHẾ\nTrồng cây\n(Ban hành kèm theo Quyết định số 5/QĐ-UBND ngày 01/02/2020)\n\nĐiều 1. Quy chế này ngắn gọn.\n"
    assert [one.text.value for one in build_document(text).references] == ["Quy chế này"]


def test_what_is_amended_is_another_document() -> None:
    text = """NGHỊ ĐỊNH
Sửa đổi, bổ sung một số điều của Nghị định số 9/2020/NĐ-CP

Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 9/2020/NĐ-CP
1. Sửa đổi khoản 1 Điều 2 như sau:

“1. Hồ sơ quy định tại khoản 2 Điều này và Nghị định này, theo Quyết định số 3/QĐ-BTC.”.

2. Bãi bỏ Điều 2.
Điều 2. Hiệu lực
Nghị định này có hiệu lực ngay.
"""
    found = [one.text.value for one in build_document(text).references]
    assert found == [
        "Nghị định số 9/2020/NĐ-CP",
        "Nghị định số 9/2020/NĐ-CP",
        "Quyết định số 3/QĐ-BTC",
        "Nghị định này",
    ]


def test_one_document_is_tied_together() -> None:
    text = (
        "Nghị định 30 nói chung; Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ; Quyết định số 30/QĐ-X; "
        "Nghị định số 30/2020/NĐ-CP; Luật Cây năm 2019; Luật Cây số 5/2019/QH14; Luật Cây năm 2024."
    )
    found = references(text)
    assert [one.id for one in found] == [f"r{number}" for number in range(1, 8)]
    assert [one.same_as for one in found] == ["r2", None, None, "r2", "r6", None, None]


PIECES = st.sampled_from([
    "Kế hoạch", "Luật", "Nghị định", "số", " ", "30", "/", "-", "2020", "NĐ-CP", "này", "Điều", "khoản", "điểm a", "ngày",
    "05/3/2020", "của", "Chính phủ", ",", "và", "\n", ". ", "Mục II", "Phụ lục I", "kèm theo", "“", "tại", "Điều 1.", "năm",
])  # fmt: skip


@given(st.lists(PIECES, max_size=40).map(" ".join) | st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_references_stand_in_the_text_apart_from_each_other(text: str) -> None:
    document = build_document(f"KẾ HOẠCH\nTrồng cây\n\nI. MỤC ĐÍCH\n{text}")
    ids = [one.id for one in document.references]
    assert ids == [f"r{number}" for number in range(1, len(ids) + 1)]
    end = 0
    for one in document.references:
        pieces = one.text.provenance
        assert pieces[0].start >= end
        end = pieces[-1].end
        assert one.same_as is None or one.same_as in ids
        for part in (one.number, one.notation, one.date, one.issuer, one.locator, one.name):
            assert all(pieces[0].start <= piece.start and piece.end <= end for piece in part.provenance)
