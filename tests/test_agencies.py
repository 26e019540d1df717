"""Offices that a document names: where a name ends, which names are one office, what short forms stand for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore.content import Agency
from restore.meaning.office_names import office_at
from restore.parser import build_document

HEAD = (
    "UBND QUẬN KIẾN AN\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO\n\nSố: 15/KH-PGDĐT\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "Độc lập - Tự do - Hạnh phúc\n\nKiến An, ngày 06 tháng 3 năm 2023\n\nKẾ HOẠCH\nTrồng cây xanh\n\nI. NỘI DUNG\n\n"
)


def agencies(text: str) -> tuple[Agency, ...]:
    return build_document(f"{HEAD}{text}\n").mentions.agencies


def named(text: str) -> list[str | None]:
    """The names after those of the head."""
    return [one.name.value for one in agencies(text)[2:]]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # the sentence goes on with a verb
        ("Sở Y tế chủ trì, phối hợp với các đơn vị.", "Sở Y tế"),
        ("Bộ Tài chính quy định mức thu.", "Bộ Tài chính"),
        ("Sở Công Thương ban hành hướng dẫn.", "Sở Công Thương"),
        ("Bộ Công an thành lập tổ công tác.", "Bộ Công an"),
        ("Hạt Kiểm lâm tuần tra rừng.", "Hạt Kiểm lâm"),
        ("Công ty Điện lực Sông Lam kính đề nghị.", "Công ty Điện lực Sông Lam"),
        # links inside a name, and between two
        ("Sở Lao động - Thương binh và Xã hội họp.", "Sở Lao động - Thương binh và Xã hội"),
        ("Sở Văn hoá, Thể thao và Du lịch họp.", "Sở Văn hoá, Thể thao và Du lịch"),
        ("Bệnh viện Sản - Nhi tỉnh tiêm vắc xin.", "Bệnh viện Sản - Nhi tỉnh"),
        ("Ban Chỉ huy Phòng, chống thiên tai và Tìm kiếm cứu nạn họp.",
         "Ban Chỉ huy Phòng, chống thiên tai và Tìm kiếm cứu nạn"),
        # words that ask for an object
        ("Trung tâm Dịch vụ nông nghiệp hướng dẫn.", "Trung tâm Dịch vụ nông nghiệp"),
        ("Đội Quản lý trật tự đô thị: kiểm tra vỉa hè.", "Đội Quản lý trật tự đô thị"),
        ("Công ty Quản lý tài sản mua trong năm.", "Công ty Quản lý tài sản"),
        ("Phòng Công tác sinh viên tổ chức tuần lễ.", "Phòng Công tác sinh viên"),
        # places at the end
        ("Công an huyện Tiên Lãng xử lý.", "Công an huyện Tiên Lãng"),
        ("Ủy ban nhân dân thành phố Hải Phòng Sáng - Xanh.", "Ủy ban nhân dân thành phố Hải Phòng"),
        ("Ủy ban nhân dân cấp tỉnh công bố.", "Ủy ban nhân dân cấp tỉnh"),
        ("Quận đoàn Kiến An phát động.", "Quận đoàn Kiến An"),
        ("Chi cục Thuế khu vực Sông Lũng thu thuế.", "Chi cục Thuế khu vực Sông Lũng"),
        # bodies of an office
        ("Văn phòng Ủy ban nhân dân tỉnh Lâm Đồng đôn đốc.", "Văn phòng Ủy ban nhân dân tỉnh Lâm Đồng"),
        ("Văn phòng HĐND và UBND huyện Tiên Lãng gửi.", "Văn phòng HĐND và UBND huyện Tiên Lãng"),
        ("Ban Thường vụ Huyện ủy xem xét.", "Ban Thường vụ Huyện ủy"),
    ],
)  # fmt: skip
def test_where_a_name_ends(text: str, name: str) -> None:
    assert named(text) == [name]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Giao Sở Y tế, Sở Nội vụ và Công an huyện Tiên Lãng.", ["Sở Y tế", "Sở Nội vụ", "Công an huyện Tiên Lãng"]),
        ("Bộ Quốc phòng, Bộ trưởng Bộ Công an.", ["Bộ Quốc phòng", "Bộ Công an"]),
        ("Hội Nông dân; Hội Phụ nữ; Đoàn Thanh niên.", ["Hội Nông dân", "Hội Phụ nữ", "Đoàn Thanh niên"]),
        ("Giám đốc Sở Y tế và Chánh Thanh tra Sở.", ["Sở Y tế", "Thanh tra Sở"]),
        ("Báo cáo Bộ Công an các vướng mắc; trình Bộ Y tế những việc cần làm.", ["Bộ Công an", "Bộ Y tế"]),
        # several at once, words that look like offices, laws, places
        ("UBND các phường; Hội Nông dân các xã; Ủy ban nhân dân tỉnh, thành phố.", []),
        ("Bộ luật Dân sự; Sở hữu trí tuệ; Phòng, chống dịch; Ban hành quy chế; Hội nghị; Trường hợp khác; Báo cáo.", []),
        ("Luật Tổ chức Chính phủ; Luật Mặt trận Tổ quốc Việt Nam; tỉnh Trường Giang; thành phố Hải Phòng Sáng.", []),
        ("TỔ CHỨC THỰC HIỆN CỦA SỞ Y TẾ VÀ CÔNG AN TỈNH", []),
    ],
)  # fmt: skip
def test_what_is_one_and_what_is_none(text: str, names: list[str]) -> None:
    assert named(text) == names


def test_one_office_by_many_names_is_counted_once() -> None:
    text = "1. UBND quận họp.\n2. Ủy ban nhân dân quận Kiến An gửi Ủy ban nhân dân quận.\n3. Phòng GD&ĐT tổng hợp."
    parent, issuer = agencies(text)
    assert (parent.name.value, parent.full_name, parent.count) == (
        "UBND QUẬN KIẾN AN",
        "Ủy ban nhân dân quận Kiến An",
        4,
    )
    assert (issuer.name.value, issuer.full_name, issuer.count) == ("PHÒNG GIÁO DỤC VÀ ĐÀO TẠO", None, 2)
    whole = f"{HEAD}{text}\n"
    assert [whole[spot.start : spot.end] for spot in parent.provenance] == [
        "UBND QUẬN KIẾN AN",
        "UBND quận",
        "Ủy ban nhân dân quận Kiến An",
        "Ủy ban nhân dân quận",
    ]


@pytest.mark.parametrize(
    ("text", "full"),
    [
        (
            "UBND thành phố chỉ đạo.",
            "Ủy ban nhân dân thành phố Hải Phòng",
        ),  # the gazetteer knows whose the district is
        ("Công an quận xử lý.", "Công an quận Kiến An"),
        ("Sở KH&ĐT thẩm định.", "Sở Kế hoạch và Đầu tư"),
        ("Tổ liên gia tự quản (LGTQ) họp. Ban LGTQ quận họp.", "Ban liên gia tự quản quận Kiến An"),
        ("UBND phường báo cáo.", "Ủy ban nhân dân phường"),  # which one, nobody says
        ("Sở Y tế báo cáo.", None),
    ],
)
def test_what_a_short_form_stands_for(text: str, full: str | None) -> None:
    assert [one.full_name for one in agencies(text)[2:]] == [full]


def test_a_council_without_its_place_is_the_one_that_speaks() -> None:
    text = HEAD.replace("UBND QUẬN KIẾN AN\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO", "HỘI ĐỒNG NHÂN DÂN\nXÃ ĐỒNG LỘC")
    (council,) = build_document(f"{text}Hội đồng nhân dân thảo luận.\n").mentions.agencies
    assert council.count == 2


def test_several_issuers_are_several_offices() -> None:
    text = "Sở Y tế và Sở Nội vụ phối hợp."
    names = [one.name.value for one in build_document(f"1. Nội dung\n{text}\n").mentions.agencies]
    assert names == ["Sở Y tế", "Sở Nội vụ"]


@given(st.text("SởYtếBộ UBNDxãCông anPhòng,.-()12\n", max_size=80))
def test_any_text(text: str) -> None:
    for one in agencies(text):
        assert one.count == len(one.provenance) or one.count < len(one.provenance)
    for start in range(len(text)):
        office = office_at(text, start, len(text))
        assert office is None or start == office.start < office.end <= len(text)
