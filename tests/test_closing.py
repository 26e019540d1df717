"""The end: recipients and signatures side by side, several signers, annexes."""

from __future__ import annotations

import pytest

from restore.document import Closing
from restore.parser import build_document


def closing(text: str) -> Closing:
    return build_document(
        "1. Nội dung\nĐề nghị các đơn vị thực hiện nghiêm túc các nội dung trên./.\n" + text
    ).closing


ITEMS = ["- Như trên;", "- Các phòng, ban thuộc", "huyện;", "- Lưu: VT."]
LAYOUTS = {
    "recipients first": ["Nơi nhận:", *ITEMS, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Văn Tám"],
    "signature first": ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Văn Tám", "Nơi nhận:", *ITEMS],
    "rows": ["Nơi nhận: KT. CHỦ TỊCH", "- Như trên; PHÓ CHỦ TỊCH", *ITEMS[1:3], "- Lưu: VT. Lê Văn Tám"],
    "gaps": ["Nơi nhận:          KT. CHỦ TỊCH", "- Như trên;        PHÓ CHỦ TỊCH", *ITEMS[1:], "Lê Văn Tám"],
    "signed": ["Nơi nhân:", *ITEMS, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "(Đã ký)", "Lê Văn Tám"],
    "overlay": ["Nơi nhận:", *ITEMS, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Ký bởi: UBND huyện", "Lê Văn Tám"],
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("joint", ["\n", "\n\n"])
def test_every_layout_gives_the_same_end(layout: str, joint: str) -> None:
    found = closing(joint.join(LAYOUTS[layout]))
    assert [field.value for field in found.recipients] == [
        "Như trên",
        "Các phòng, ban thuộc huyện",
        "Lưu: VT",
    ]
    assert found.filing.value == "Lưu: VT"
    assert (found.signer_authority.value, found.signer_position.value) == ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    assert found.signer_name.value == "Lê Văn Tám"
    assert len(found.signers) == 1


def test_the_head_signs_without_authority() -> None:
    found = closing("HIỆU TRƯỞNG\n\nTS. Nguyễn Thị Bích Ngọc\n")
    assert found.signer_authority.status == "absent"
    assert (found.signer_position.value, found.signer_name.value) == (
        "HIỆU TRƯỞNG",
        "TS. Nguyễn Thị Bích Ngọc",
    )


def test_several_signers() -> None:
    text = (
        "TM. CÔNG ĐOÀN\nCHỦ TỊCH\n\nTRẦN THỊ MAI\n\nKT. VIỆN TRƯỞNG VIỆN KIỂM SÁT\n"
        "NHÂN DÂN TỐI CAO\nPHÓ VIỆN TRƯỞNG\n\nHồ Văn Bảy\n"
    )
    rows = [(one.authority.value, one.position.value, one.name.value) for one in closing(text).signers]
    assert rows == [
        ("TM. CÔNG ĐOÀN", "CHỦ TỊCH", "TRẦN THỊ MAI"),
        ("KT. VIỆN TRƯỞNG VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO", "PHÓ VIỆN TRƯỞNG", "Hồ Văn Bảy"),
    ]


def test_forms_in_an_annex_do_not_sign_the_document() -> None:
    text = (
        "KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nLê Văn Tám\nPHỤ LỤC I\nMẪU TỜ KHAI\n1. Họ và tên\n2. Địa chỉ\n"
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nGIÁM ĐỐC\nNguyễn Văn Mẫu\n"
    )
    found = closing(text)
    assert (found.signer_name.value, found.recipients) == ("Lê Văn Tám", ())
    assert [field.value for field in found.appendices] == ["PHỤ LỤC I MẪU TỜ KHAI"]


def test_an_annex_is_kept_apart_from_the_body() -> None:
    text = (
        "1. Nội dung\nĐề nghị thực hiện./.\nGIÁM ĐỐC\nLê Văn Tám\nPHỤ LỤC\nDANH SÁCH\n1. Cây đa\n2. Cây thị\n"
    )
    body, annex = build_document(text).sections
    assert (body.number, annex.kind, annex.title) == ("1", "heading", "PHỤ LỤC DANH SÁCH")
    assert [section.number for section in annex.children] == ["1", "2"]


def test_a_position_without_a_name_is_a_signer() -> None:
    found = closing("Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n")
    assert (found.signer_authority.value, found.signer_position.value) == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    assert found.signer_name.status == "absent"


def test_the_line_that_enacts_does_not_sign() -> None:
    text = (
        "QUYẾT ĐỊNH\nVề việc đặt tên đường\nCHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN\nCăn cứ Luật A số 1/2020/QH14;\n"
        "QUYẾT ĐỊNH:\nĐiều 1. Đặt tên đường Nguyễn Trãi.\nNơi nhận:\n- Như Điều 1;\n"
        "- Lưu: VT.\nCHỦ TỊCH\nLê Văn Tám\n"
    )
    document = build_document(text)
    assert len(document.closing.signers) == 1
    assert [basis.text.value for basis in document.legal_bases] == ["Căn cứ Luật A số 1/2020/QH14;"]


SIDES = {
    "gaps": ["ĐẠI DIỆN BÊN A          ĐẠI DIỆN BÊN B", "CHỦ TỊCH          GIÁM ĐỐC", "Lê Văn Tám          Hồ Thị Mai"],
    "blanks": ["ĐẠI DIỆN BÊN A ĐẠI DIỆN BÊN B", "CHỦ TỊCH GIÁM ĐỐC", "Lê Văn Tám Hồ Thị Mai"],
    "column by column": ["ĐẠI DIỆN BÊN A", "CHỦ TỊCH", "Lê Văn Tám", "ĐẠI DIỆN BÊN B", "GIÁM ĐỐC", "Hồ Thị Mai"],
    "names apart": ["ĐẠI DIỆN BÊN A          ĐẠI DIỆN BÊN B", "CHỦ TỊCH          GIÁM ĐỐC", "Lê Văn Tám", "Hồ Thị Mai"],
    "second name first": [
        "ĐẠI DIỆN BÊN A          ĐẠI DIỆN BÊN B", "CHỦ TỊCH                GIÁM ĐỐC",
        "                        Hồ Thị Mai", "Lê Văn Tám",
    ],
    "sealed": ["ĐẠI DIỆN BÊN A    ĐẠI DIỆN BÊN B", "CHỦ TỊCH          GIÁM ĐỐC", "(Đã ký)    (Đã ký)", "Lê Văn Tám   Hồ Thị Mai"],
}  # fmt: skip


@pytest.mark.parametrize("layout", SIDES)
def test_signers_side_by_side(layout: str) -> None:
    rows = [
        (one.authority.value, one.position.value, one.name.value)
        for one in closing("\n".join(SIDES[layout])).signers
    ]
    assert rows == [
        ("ĐẠI DIỆN BÊN A", "CHỦ TỊCH", "Lê Văn Tám"),
        ("ĐẠI DIỆN BÊN B", "GIÁM ĐỐC", "Hồ Thị Mai"),
    ]


@pytest.mark.parametrize(
    ("lines", "signer"),
    [
        (["TM. Ban Chấp hành", "Chủ tịch", "Lê Văn Tám"], ("TM. Ban Chấp hành", "Chủ tịch", "Lê Văn Tám")),
        (["Hiệu trưởng", "(đã ký)", "Lê Văn Tám"], (None, "Hiệu trưởng", "Lê Văn Tám")),
        (["KT CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Văn Tám"], ("KT CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Văn Tám")),
        (["BÍ THƯ", "kiêm", "TRƯỞNG BAN", "Lê Văn Tám"], (None, "BÍ THƯ kiêm TRƯỞNG BAN", "Lê Văn Tám")),
        (["Q. GIÁM ĐỐC", "Đã ký: Lê Văn Tám"], (None, "Q. GIÁM ĐỐC", "Lê Văn Tám")),
    ],
)
def test_older_and_party_forms_of_signing(lines: list[str], signer: tuple[str | None, ...]) -> None:
    for before in ([], ["Nơi nhận:", "- Như trên;", "- Lưu VT."]):
        found = closing("\n".join([*before, *lines])).signers
        assert [(one.authority.value, one.position.value, one.name.value) for one in found] == [signer]


def test_recipients_in_a_row_and_without_dashes() -> None:
    for text in ("Nơi nhận: Như trên; Sở Nội vụ; Lưu VT.", "Nơi nhận:\nNhư trên;\nSở Nội vụ;\nLưu VT."):
        found = closing(f"{text}\nGIÁM ĐỐC\nLê Văn Tám\n")
        assert [field.value for field in found.recipients] == ["Như trên", "Sở Nội vụ", "Lưu VT"]


def test_two_positions_and_then_two_names() -> None:
    rows = [
        (one.position.value, one.name.value)
        for one in closing("THƯ KÝ\nCHỦ TỌA\nLê Văn Tám\nHồ Thị Mai\n").signers
    ]
    assert rows == [("THƯ KÝ", "Lê Văn Tám"), ("CHỦ TỌA", "Hồ Thị Mai")]


def test_a_position_on_two_lines_has_one_name() -> None:
    found = closing("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTHƯỜNG TRỰC\nLê Văn Tám\nHồ Thị Mai\n")
    assert [one.name.value for one in found.signers] == ["Lê Văn Tám"]
    assert found.signer_position.value == "PHÓ CHỦ TỊCH THƯỜNG TRỰC"


@pytest.mark.parametrize(
    ("filing", "drafter"),
    [
        ("Lưu: VT, KTN.Bảo", "KTN.Bảo"), ("Lưu: VT, NV(3)", "NV(3)"), ("Lưu: VT, NVA.300", "NVA.300"),
        ("Lưu VT, CCHC.Hùng (5)", "CCHC.Hùng (5)"), ("Lưu: VT", None), ("Lưu: VT, HS", None), ("Lưu VP", None),
        ("Lưu: VT, NV", "NV"), ("Lưu: VT Bộ Y tế, VT Bộ Nội vụ, PC", "PC"),
    ],
)  # fmt: skip
def test_a_drafter_is_named_after_the_registry(filing: str, drafter: str | None) -> None:
    text = f"1. Nội dung\nĐề nghị thực hiện./.\nNơi nhận:\n- Như trên;\n- {filing}.\nGIÁM ĐỐC\nLê Văn Tám\n"
    document = build_document(text)
    assert (document.closing.filing.value, document.header.drafter.value) == (filing, drafter)


def test_points_for_dashes_and_what_is_left_of_a_hand() -> None:
    found = closing(
        "Nơi nhận:\n. Như trên;\n- Hội Nông dân;\n. Lưu: VT.\nTM. BAN THƯỜNG VỤ\n..--cJlH{)' CHỦ TỊCH\n"
    )
    assert [field.value for field in found.recipients] == ["Như trên", "Hội Nông dân", "Lưu: VT"]
    assert (found.signer_authority.value, found.signer_position.value) == ("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH")


def test_signers_of_a_page_that_lost_its_line_ends() -> None:
    found = closing("Nơi nhận:\n- Như trên;\n- Lưu: VT, PCKT. BỘ TRƯỞNG\n(Đã ký)\nLê Văn Tám\n")
    assert [field.value for field in found.recipients] == ["Như trên", "Lưu: VT, PC"]
    assert (found.signer_authority.value, found.signer_name.value) == ("KT. BỘ TRƯỞNG", "Lê Văn Tám")


def test_each_annex_has_its_heading_and_its_own_sections() -> None:
    text = (
        "1. Nội dung\nĐề nghị thực hiện./.\nGIÁM ĐỐC\nLê Văn Tám\nPHỤ LỤC I\nDANH SÁCH XÃ\n"
        "(Kèm theo Kế hoạch số 5/KH-SYT ngày 02/3/2023)\n1. Xã An\n2. Xã Bình\nPHỤ LỤC II\nDANH SÁCH THÔN\nSTT\n1. Thôn Một\n"
        "SỞ Y TẾ\nQUY CHẾ\nLàm việc của tổ\n(Ban hành kèm theo Kế hoạch số 5/KH-SYT)\nĐiều 1. Phạm vi\n"
    )
    document = build_document(text)
    titles = ["PHỤ LỤC I DANH SÁCH XÃ", "PHỤ LỤC II DANH SÁCH THÔN", "QUY CHẾ Làm việc của tổ"]
    assert [field.value for field in document.closing.appendices] == titles
    assert [section.title for section in document.sections[1:]] == titles
    numbers = [[one.number for one in section.children if one.number] for section in document.sections[1:]]
    assert numbers == [["1", "2"], ["1"], ["1"]]


def test_a_mark_in_a_text_is_no_copy_without_its_number_or_date() -> None:
    text = "1. Nội dung\nMẫu chữ in hoa\nSAO Y BẢN CHÍNH\nSố trang văn bản\nIn thường\n"
    assert build_document(text).header.copy_of.status == "absent"


def test_what_a_copy_adds_is_no_part_of_the_document() -> None:
    text = (
        "1. Nội dung\nĐề nghị thực hiện./.\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nGIÁM ĐỐC\nLê Văn Tám\n"
        "SỞ Y TẾ\nSố: 9/TrS-SYT\nTRÍCH SAO\nBình An, ngày 05 tháng 6 năm 2022\n"
        "Nơi nhận:\n- Phòng Y tế;\n- Lưu: VT.\nTL. GIÁM ĐỐC\nCHÁNH VĂN PHÒNG\nHồ Thị Mai\n"
    )
    document = build_document(text)
    assert document.header.copy_of.value == "TRÍCH SAO"
    assert [field.value for field in document.closing.recipients] == ["Như trên", "Lưu: VT"]
    assert [signer.name.value for signer in document.closing.signers] == ["Lê Văn Tám"]
    assert (document.header.number.status, document.header.issued_date.status) == ("absent", "absent")
    copy = document.components[-1]
    assert (copy.kind, text[copy.start :].splitlines()[0]) == ("copy", "SỞ Y TẾ")


def test_a_recipient_goes_on_after_the_name_beside_it() -> None:
    items = (
        "- Sở Y tế: Văn phòng, Thanh tra,      Lê Văn Tám\n  Các phòng: Y, Dược;\n- Lưu: VT, TH (3b). Khoa"
    )
    found = closing("Nơi nhận:                  GIÁM ĐỐC\n" + items)
    assert [field.value for field in found.recipients] == [
        "Sở Y tế: Văn phòng, Thanh tra, Các phòng: Y, Dược",
        "Lưu: VT, TH (3b). Khoa",
    ]
    assert found.signer_name.value == "Lê Văn Tám"
    assert not found.appendices


@pytest.mark.parametrize(
    "note", ["Xác nhận của địa phương\nnơi nghỉ phép", "Ý KIẾN CỦA GIÁM ĐỐC\n.......", "Đã nhận đủ."]
)
def test_a_note_under_the_signatures_is_no_annex(note: str) -> None:
    found = closing(f"GIÁM ĐỐC\n\nLê Văn Tám\n\n{note}\n")
    assert found.appendices == ()
    assert found.signer_name.value == "Lê Văn Tám"


@pytest.mark.parametrize(
    ("filing", "drafter"),
    [
        ("VT, QLNS (Hoa).", "QLNS (Hoa)"),
        ("VT, KT&ĐBCL (Thư.05).", "KT&ĐBCL (Thư.05)"),
        ("VT, CN (3b). Khoa", "CN (3b). Khoa"),
        ("VT.", None),
    ],
)
def test_the_sign_of_who_drafted(filing: str, drafter: str | None) -> None:
    header = build_document(
        f"1. Nội dung\nĐề nghị thực hiện./.\nNơi nhận:\n- Lưu: {filing}\nGIÁM ĐỐC\nLê Văn Tám\n"
    ).header
    assert header.drafter.value == drafter


def test_a_copy_with_its_own_head_leaves_the_document_below_it() -> None:
    nation = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    copy = f"UBND XÃ AN HÒA\n{nation}\nSố: 3/SL-UBND\nAn Hòa, ngày 09 tháng 5 năm 2005\nBẢN SAO LỤC\n"
    end = "Nơi nhận:\n- Các thôn;\n- Lưu: VT.\nCHỦ TỊCH\nTrần Văn Chín\n\n"
    letter = f"SỞ Y TẾ\nSố: 17/SYT-NV\nV/v tiêm chủng\n{nation}\nBình An, ngày 25 tháng 4 năm 2005\n\n"
    text = (
        copy
        + end
        + letter
        + "Kính gửi: Các xã\n\n1. Lập danh sách.\n2. Báo cáo Sở.\n\nGIÁM ĐỐC\nLê Văn Tám\n"
    )
    found = build_document(text)
    assert (found.header.copy_of.value, found.header.issuer.value) == ("BẢN SAO LỤC", "SỞ Y TẾ")
    assert (found.header.number.value, found.closing.signer_name.value) == ("17", "Lê Văn Tám")
    assert [one.number for one in found.sections if one.number] == ["1", "2"]
    assert found.closing.appendices == ()
    assert (found.components[0].kind, found.components[1].kind) == ("copy", "issuer")
    assert "".join(text[one.start : one.end] for one in found.components) == text
