"""The head in the orders that plain text holds it in, damaged letters, blanks and stamps."""

from __future__ import annotations

import pytest

from restore.document import Header
from restore.parser import build_document


def header(text: str) -> Header:
    return build_document(text).header


LEFT = ["ỦY BAN NHÂN DÂN", "TỈNH BÌNH AN", "Số: 349/QĐ-UBND"]
RIGHT = [
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Bình An, ngày 20 tháng 02 năm 2025",
]
BELOW = [
    "QUYẾT ĐỊNH",
    "Về việc đặt tên đường",
    "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH",
    "Căn cứ Luật A số 1/2020/QH14;",
]
ORDERS = {
    "left then right": [*LEFT, *RIGHT],
    "right then left": [*RIGHT, *LEFT],
    "rows": [left for pair in zip(LEFT, RIGHT, strict=True) for left in pair],
    "columns on one line": [f"{left} {right}" for left, right in zip(LEFT, RIGHT, strict=True)],
    "columns parted by a gap": [f"{left}      {right}" for left, right in zip(LEFT, RIGHT, strict=True)],
    "number and date below": [*LEFT[:2], *RIGHT[:2], f"{LEFT[2]} {RIGHT[2]}"],
}


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("joint", ["\n", "\n\n"])
def test_every_order_gives_the_same_head(order: str, joint: str) -> None:
    found = header(joint.join([*ORDERS[order], *BELOW]))
    assert found.issuer.value == "ỦY BAN NHÂN DÂN TỈNH BÌNH AN"
    assert found.issuer_parent.status == "absent"
    assert (found.number.value, found.notation.value) == ("349", "QĐ-UBND")
    assert (found.place.value, found.issued_date.value) == ("Bình An", "2025-02-20")
    assert (found.doc_type.value, found.doc_type_code.value) == ("Quyết định", "QĐ")
    assert found.subject.value == "Về việc đặt tên đường"
    assert found.national_name.value == RIGHT[0]
    assert found.motto.value == RIGHT[1]


@pytest.mark.parametrize(
    ("line", "number", "status", "notation"),
    [
        ("Số: 727 /LĐLĐ", "727", "present", "LĐLĐ"),
        ("Số:        /KH - PGDĐT", None, "blank", "KH-PGDĐT"),
        ("Số: ........./TB-CNĐH", None, "blank", "TB-CNĐH"),
        ("Số 12-QĐ/TU", "12", "present", "QĐ/TU"),
        ("Số: 05a/TTr-UBND", "05a", "present", "TTr-UBND"),
        ("Luật số: 63/2025/QH15", "63", "present", "2025/QH15"),
        ("Số: 66.3/2025/NQ-CP", "66.3", "present", "2025/NQ-CP"),
        ("Sô: 214/BC-UBND", "214", "present", "BC-UBND"),
        ("Số: 15", "15", "present", None),
        ("Số: ~l&/KH-UBND", None, "unreadable", "KH-UBND"),
        ("Số: 6Š /KH-UBND", None, "unreadable", "KH-UBND"),
        ("Số:\n354 /QĐ-UBND", "354", "present", "QĐ-UBND"),
        ("Số: 102\n/QĐ-TTPVHCC", "102", "present", "QĐ-TTPVHCC"),
    ],
)
def test_numbers(line: str, number: str | None, status: str, notation: str | None) -> None:
    found = header(f"UBND HUYỆN CẨM SƠN\n{line}\nCẩm Sơn, ngày 02 tháng 3 năm 2023\n\nKẾ HOẠCH\nTrồng cây\n")
    assert (found.number.value, found.number.status, found.notation.value) == (number, status, notation)
    assert found.issuer.value == "UBND HUYỆN CẨM SƠN"


def test_the_stamp_of_arrival_has_another_number() -> None:
    text = (
        "SỞ Y TẾ\nĐẾN\nSố: 8812/XY\nSố: 31/SYT-VP\nBình An, ngày 01 tháng 6 năm 2020\n"
        "V/v trực hè\nKính gửi: Bệnh viện"
    )
    assert (header(text).number.value, header(text).notation.value) == ("31", "SYT-VP")


def test_an_invalid_date_is_unreadable() -> None:
    found = header("Số: 1/KH-UBND\nBình An, ngày 45 tháng 02 năm 2025\nKẾ HOẠCH\nA")
    assert (found.issued_date.value, found.issued_date.status) == (None, "unreadable")
    assert found.issued_date.raw == "ngày 45 tháng 02 năm 2025"


def test_handwritten_figures_in_the_date() -> None:
    found = header("Số: 1/KH-UBND An Lão, ngày 3O tháng 5 năm 2017\nKẾ HOẠCH\nA")
    assert (found.place.value, found.issued_date.value, found.issued_date.suggested) == (
        "An Lão",
        "2017-05-30",
        True,
    )
    found = header("Số: 1/KH-UBND\nAn Lão, ngày fÐ tháng 4 năm 2017\nKẾ HOẠCH\nA")
    assert (found.place.value, found.issued_date.status) == ("An Lão", "unreadable")


def test_a_form_without_day_month_and_year_is_blank() -> None:
    found = header("Số: /KH-UBND\n........, ngày ... tháng ... năm ...\nKẾ HOẠCH\nA")
    assert (found.issued_date.status, found.issued_date.blank_parts) == ("blank", ("day", "month", "year"))
    assert found.place.status == "blank"


def test_a_letter_has_no_title() -> None:
    text = (
        "UBND HUYỆN AN LÃO CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "PHÒNG NỘI VỤ Độc lập - Tự do - Hạnh phúc\n"
        "Số: 5/PNV An Lão, ngày 28 tháng 3 năm 2017\n"
        "V/v đăng ký\n"
        "thi đua năm 2017\n"
        "Kính gửi: Các trường học; Các trạm y tế.\n"
        "Phòng Nội vụ đề nghị các đơn vị gửi đăng ký trước ngày 10/4/2017.\n"
    )
    found = header(text)
    assert (found.doc_type.value, found.doc_type_code.status) == ("Công văn", "absent")
    assert found.subject.value == "V/v đăng ký thi đua năm 2017"
    assert [field.value for field in found.addressees] == ["Các trường học", "Các trạm y tế"]
    assert (found.issuer_parent.value, found.issuer.value) == ("UBND HUYỆN AN LÃO", "PHÒNG NỘI VỤ")


def test_a_lost_title_is_known_by_the_code() -> None:
    found = header(
        "UBND XÃ A\nSố: 5/QĐ-UBND\nXã A, ngày 01 tháng 02 năm 2020\n\nCăn cứ Luật X số 1/2020/QH14;"
    )
    assert (found.doc_type.value, found.doc_type.raw) == ("Quyết định", "QĐ-UBND")


@pytest.mark.parametrize(
    ("mark", "field"),
    [
        ("MẬT", "secrecy"),
        ("THƯỢNG KHẨN", "urgency"),
        ("LƯU HÀNH NỘI BỘ", "circulation"),
        ("SAO Y BẢN CHÍNH", "copy_of"),
    ],
)
def test_handling_marks(mark: str, field: str) -> None:
    found = header("\n".join([*LEFT, mark, *RIGHT, *BELOW]))
    assert getattr(found, field).value == mark
    assert found.issuer.value == "ỦY BAN NHÂN DÂN TỈNH BÌNH AN"


def test_the_subject_stops_before_a_paragraph() -> None:
    lines = [
        "BÁO CÁO",
        "Kết quả phòng, chống thiên tai năm 2024",
        "Thực hiện sự chỉ đạo của Ủy ban nhân dân huyện về công tác phòng, chống thiên",
        "tai, Ủy ban nhân dân xã báo cáo kết quả như sau:",
        "1. Công tác chỉ đạo",
    ]
    assert (
        header("\n".join([*LEFT, *RIGHT, *lines])).subject.value == "Kết quả phòng, chống thiên tai năm 2024"
    )


def test_a_subject_may_begin_with_the_name_of_another_type() -> None:
    lines = ["THÔNG TƯ", "HƯỚNG DẪN TRỒNG RỪNG", "VÀ BẢO VỆ RỪNG", "Căn cứ Luật Lâm nghiệp số 16/2017/QH14;"]
    found = header("\n".join(["BỘ X", "Số: 1/2020/TT-BX", *RIGHT, *lines]))
    assert (found.doc_type.value, found.subject.value) == ("Thông tư", "HƯỚNG DẪN TRỒNG RỪNG VÀ BẢO VỆ RỪNG")


def test_a_law_is_dated_by_its_adoption() -> None:
    text = (
        "QUỐC HỘI\nLuật số: 7/2030/QH18\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "LUẬT\nCÂY XANH\nĐiều 1. Phạm vi điều chỉnh\nLuật này quy định về cây xanh.\n"
        "Luật này được Quốc hội khóa XVIII, kỳ họp thứ 2 thông qua ngày 20 tháng 11 năm 2030.\n"
        "CHỦ TỊCH QUỐC HỘI\nLê Văn Tám\n"
    )
    assert header(text).issued_date.value == "2030-11-20"


def test_the_number_line_may_stand_below_the_subject() -> None:
    lines = [*LEFT[:2], *RIGHT[:2], *BELOW[:2], f"{LEFT[2]} {RIGHT[2]}", *BELOW[2:]]
    found = header("\n".join(lines))
    assert found.issuer.value == "ỦY BAN NHÂN DÂN TỈNH BÌNH AN"
    assert (found.number.value, found.place.value, found.issued_date.value) == (
        "349",
        "Bình An",
        "2025-02-20",
    )
    assert found.subject.value == "Về việc đặt tên đường"


@pytest.mark.parametrize(
    ("line", "status", "notation"),
    [("S6:12?- I LĐLĐ", "unreadable", "LĐLĐ"), ("Số: 8;1 1 KH-UBND", "unreadable", "KH-UBND")],
)
def test_a_number_that_is_none_before_a_lost_stroke_is_unreadable(
    line: str, status: str, notation: str
) -> None:
    found = header("\n".join([*LEFT[:2], line, *RIGHT, *BELOW]))
    assert (found.number.status, found.notation.value) == (status, notation)


def test_a_letter_may_write_its_subject_without_its_mark() -> None:
    lines = [
        *LEFT[:2],
        "Số: 7/UBND-VX",
        "Về tuyên truyền ngày",
        "trồng cây",
        *RIGHT,
        "Kính gửi: Các xã",
        "Đề nghị các xã trồng cây.",
    ]
    found = header("\n".join(lines))
    assert (found.doc_type.value, found.subject.value) == ("Công văn", "Về tuyên truyền ngày trồng cây")
    assert [field.value for field in found.addressees] == ["Các xã"]


def test_a_regulation_is_not_numbered_as_what_it_is_attached_to() -> None:
    lines = [
        "QUY CHẾ",
        "Trồng cây",
        "(Ban hành kèm theo Quyết định số 5/QĐ-UBND ngày 01 tháng 3 năm 2022",
        "của Ủy ban nhân dân xã)",
    ]
    document = build_document(
        "\n".join([*LEFT[:2], *RIGHT[:2], *lines, "Điều 1. Phạm vi", "Quy chế này quy định."])
    )
    assert (document.header.doc_type.value, document.header.subject.value) == ("Quy chế", "Trồng cây")
    assert (document.header.number.status, document.header.notation.status) == ("absent", "absent")
    assert document.sections[0].number == "1"


def test_numbers_of_drawings_glued_to_lines_are_left_out() -> None:
    lines = [*LEFT[:2], f"6356351778000{LEFT[2]}", *RIGHT[:2], f"8426452349500{RIGHT[2]}", *BELOW]
    found = header("\n".join(lines))
    assert (found.issuer.value, found.number.value) == ("ỦY BAN NHÂN DÂN TỈNH BÌNH AN", "349")
    assert found.place.value == "Bình An"


def test_minutes_are_dated_by_their_first_words() -> None:
    text = "BIÊN BẢN\nHọp thôn\nHôm nay, vào hồi 8 giờ\nngày 12 tháng 5 năm 2022, tại nhà văn hóa\n1. Nội dung họp.\n"
    found = header(text)
    assert (found.place.status, found.issued_date.value) == ("absent", "2022-05-12")


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("ĐỘ MẬT: MẬT", "secrecy", "MẬT"), ("TỐI MẬT", "secrecy", "TỐI MẬT"), ("(HOẢ TỐC HẸN GIỜ)", "urgency", "HOẢ TỐC HẸN GIỜ"),
        ("Độ khẩn: KHẨN", "urgency", "KHẨN"), ("CHỈ LƯU HÀNH NỘI BỘ", "circulation", "CHỈ LƯU HÀNH NỘI BỘ"),
        ("XEM XONG TRẢ LẠI", "circulation", "XEM XONG TRẢ LẠI"), ("SAO Y", "copy_of", "SAO Y"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", [0, 3])
def test_marks_of_handling(line: str, name: str, value: str, place: int) -> None:
    found = header("\n".join([*LEFT[:place], line, *LEFT[place:], *RIGHT, *BELOW]))
    assert getattr(found, name).value == value
    assert (found.issuer.value, found.issuer_parent.status) == ("ỦY BAN NHÂN DÂN TỈNH BÌNH AN", "absent")


def test_a_date_in_a_subject_is_not_that_of_the_document() -> None:
    subject = ["Sửa đổi Quyết định số 5/2020/QĐ-UBND", "ngày 01 tháng 01 năm 2020 của Ủy ban nhân dân tỉnh"]
    found = header("\n".join([*LEFT, *RIGHT, "QUYẾT ĐỊNH", *subject, *BELOW[2:]]))
    assert (found.subject.value, found.issued_date.value) == (" ".join(subject), "2025-02-20")


@pytest.mark.parametrize(
    "text", ["I. MỤC ĐÍCH", "1. Nội dung.", "Sở trân trọng kính mời ông dự họp.", "Đề nghị các xã thực hiện."]
)
def test_the_text_of_a_letter_is_no_addressee(text: str) -> None:
    found = header("\n".join([*LEFT[:2], "Số: 7/UBND-VX", "V/v trồng cây", *RIGHT, "Kính gửi: Các xã", text]))
    assert [field.value for field in found.addressees] == ["Các xã"]


def test_addressees_below_each_other_without_bullets() -> None:
    listed = "Kính gửi: Ban Giám hiệu\n    Phòng Quản trị\nvà Thiết bị\n\nKhoa báo cáo như sau:"
    found = header("\n".join([*LEFT[:2], "Số: 7/UBND-VX", "V/v trồng cây", *RIGHT, listed]))
    assert [field.value for field in found.addressees] == ["Ban Giám hiệu", "Phòng Quản trị và Thiết bị"]


@pytest.mark.parametrize(
    "column",
    [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA\nVIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
        "CỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do -\nHạnh phúc",
    ],
)
def test_a_narrow_column_breaks_the_name_of_the_nation(column: str) -> None:
    found = header(
        "\n".join(
            [*LEFT[:2], "Số: 7/KH-UBND", column, "An Lão, ngày 02 tháng 3 năm 2023", "KẾ HOẠCH", "Trồng cây"]
        )
    )
    assert found.national_name.value == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert found.motto.value == "Độc lập - Tự do - Hạnh phúc"
    assert found.issuer.value == " ".join(LEFT[:2])


@pytest.mark.parametrize("second", ["thuộc Sở quản lý", 'Sạch - Đẹp" năm 2022'])
def test_a_subject_goes_on_over_an_empty_line(second: str) -> None:
    first = 'Về việc công nhận các xã "Sáng' if '"' in second else "Về việc công nhận các xã"
    found = header("\n".join([*LEFT, *RIGHT, "QUYẾT ĐỊNH", first, "", second, "", *BELOW[2:]]))
    assert found.subject.value == f"{first} {second}"


def test_words_of_the_motto_in_a_subject_are_none() -> None:
    subject = ["Ban hành Quy chế của Hội đồng thẩm định", "độc lập", "tự do - hạnh phúc"]
    found = header("\n".join([*LEFT, *RIGHT, "QUYẾT ĐỊNH", *subject, *BELOW[2:]]))
    assert (found.subject.value, found.motto.value) == (" ".join(subject), "Độc lập - Tự do - Hạnh phúc")


def test_the_partys_number_may_be_blank_before_its_hyphen() -> None:
    found = header(
        "ĐẢNG BỘ HUYỆN A\nĐẢNG ỦY XÃ B\n*\nSố      -QC/ĐU\nĐẢNG CỘNG SẢN VIỆT NAM\nB, ngày 5 tháng 6 năm 2020\nQUY CHẾ\nLàm việc"
    )
    assert (found.issuer_parent.value, found.issuer.value) == ("ĐẢNG BỘ HUYỆN A", "ĐẢNG ỦY XÃ B")
    assert (found.number.status, found.notation.value) == ("blank", "QC/ĐU")


def test_what_was_asked_for_is_no_subject_of_a_form() -> None:
    found = header(
        "\n".join(
            [*LEFT[:2], "Số: 33/GNP-STP", *RIGHT, "GIẤY NGHỈ PHÉP", "Xét Đơn đề nghị của ông Lê Văn Tám,"]
        )
    )
    assert (found.doc_type.value, found.subject.status) == ("Giấy nghỉ phép", "absent")


def test_a_ward_whose_name_sounds_like_a_type_is_no_title() -> None:
    text = (
        "ỦY BAN NHÂN DÂN              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "PHƯỜNG AN BÌNH ĐÔNG            Độc lập - Tự do - Hạnh phúc\n"
        "Số: 5/QĐ-UBND            An Bình Đông, ngày 11 tháng 3 năm 2026\nQUYẾT ĐỊNH\nVề việc tặng Giấy khen\nĐiều 1. Tặng.\n"
    )
    header = build_document(text).header
    assert (header.issuer.value, header.doc_type.value) == (
        "ỦY BAN NHÂN DÂN PHƯỜNG AN BÌNH ĐÔNG",
        "Quyết định",
    )
