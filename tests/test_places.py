"""Places: the gazetteer of the day, the chain of names, the home of the document, and no common words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore.content import Place
from restore.meaning import gazetteer
from restore.meaning.gazetteer import places_named
from restore.parser import build_document

HEAD = "ỦY BAN NHÂN DÂN\n{issuer}\n\nSố: 15/KH-UBND\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"
BODY = "{place}, ngày {day}\n\nKẾ HOẠCH\nTrồng cây xanh\n\nI. NỘI DUNG\n\n{text}\n"


def document(
    text: str, issuer: str = "QUẬN KIẾN AN", place: str = "Kiến An", day: str = "06 tháng 3 năm 2023"
) -> str:
    return HEAD.format(issuer=issuer) + BODY.format(place=place, day=day, text=text)


def places(text: str) -> tuple[Place, ...]:
    return build_document(text).mentions.places


def named(text: str) -> list[tuple[str | None, str, str | None]]:
    return [(one.name.value, one.level, one.code) for one in places(text)]


def test_the_head_says_where_the_document_is_from_and_is_no_mention_itself() -> None:
    ward, city = places(document("1. Phát động tại phường Trần Thành Ngọ, rồi cả thành phố Hải Phòng."))
    assert (ward.name.value, ward.level, ward.code) == ("Trần Thành Ngọ", "commune", "11443")
    assert (city.name.value, city.level, city.code) == ("Hải Phòng", "province", "31")


def test_what_is_annexed_is_no_mention() -> None:
    text = document("1. Thành phố Hải Phòng.") + "\nPHỤ LỤC\nDANH MỤC\n\n1. Tỉnh Lâm Đồng\n2. Tỉnh Gia Lai\n"
    closing = "\nNơi nhận:\n- Lưu: VT.\n\nCHỦ TỊCH\n\nNguyễn Văn An\n"
    text = text.replace("\nPHỤ LỤC", closing + "\nPHỤ LỤC")
    assert [place.name.value for place in places(text)] == ["Hải Phòng"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the chain tells which of many
        (
            "Tại xã Hòa Bình, huyện Vũ Thư, tỉnh Thái Bình.",
            [("Hòa Bình", "commune", "13258"), ("Vũ Thư", "district", "344"), ("Thái Bình", "province", "34")],
        ),
        (
            "Tại xã Hòa Bình (thành phố Kon Tum).",
            [("Hòa Bình", "commune", "23338"), ("Kon Tum", "district", "608")],
        ),
        # and nothing tells it here
        ("Tại xã Hòa Bình.", [("Hòa Bình", "commune", None)]),
        # a list, and what it all lies in
        (
            "Các phường Bắc Sơn, Nam Sơn và Tràng Minh đăng ký.",
            [
                ("Bắc Sơn", "commune", "11434"),
                ("Nam Sơn", "commune", "11437"),
                ("Tràng Minh", "commune", "11452"),
            ],
        ),
        ("Các phường: Bắc Sơn, Nam Sơn.", [("Bắc Sơn", "commune", "11434"), ("Nam Sơn", "commune", "11437")]),
        (
            "Hai xã Đông Hưng, Tây Hưng thuộc huyện Tiên Lãng.",
            [
                ("Đông Hưng", "commune", "11815"),
                ("Tây Hưng", "commune", "11812"),
                ("Tiên Lãng", "district", "315"),
            ],
        ),
        # bare provinces, short forms, capitals, the other tone style
        ("Sở Y tế Lâm Đồng và TP. Hồ Chí Minh.", [("Lâm Đồng", "province", "68"), ("Hồ Chí Minh", "province", "79")]),
        ("Đoàn đi TP.HCM và UBND Đắk Lắk.", [("Hồ Chí Minh", "province", "79"), ("Đắk Lắk", "province", "66")]),
        ("Tuyến Hà Nội - Hải Phòng.", [("Hà Nội", "province", "01"), ("Hải Phòng", "province", "31")]),
        ("Đoàn công tác tỉnh Khánh Hoà.", [("Khánh Hoà", "province", "56")]),
        ("Tỉnh Thừa Thiên - Huế và thành phố Huế.", [("Thừa Thiên - Huế", "province", "46"), ("Huế", "district", "474")]),
        ("Phường 12, Quận 3 họp.", [("12", "commune", "27130"), ("3", "district", "770")]),
        # a longer run of capitals, a name over the line's end
        (
            "Phát động phong trào thi đua xây dựng đô thị văn minh trên địa bàn thành phố Hải\nPhòng Sáng - Xanh - Sạch.",
            [("Hải Phòng", "province", "31")],
        ),
    ],
)  # fmt: skip
def test_which_place_is_meant(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert named(document(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Phát triển kinh tế - xã hội, an toàn xã hội; các phường, xã, quận, huyện; Xã hội hóa giáo dục.",
        "VĂN HÓA - XÃ HỘI; TỈNH ỦY; ỦY BAN NHÂN DÂN CÁC XÃ, PHƯỜNG; QUẬN ĐOÀN; THÀNH PHỐ TRỰC THUỘC",
        "Học tập và làm theo tư tưởng, đạo đức Hồ Chí Minh; Đoàn Thanh niên Cộng sản Hồ Chí Minh.",
        "Ông Nguyễn Bình Định, bà Trần Thái Bình và đồng chí Lê Hà Nam dự họp.",
        "Dọn vệ sinh đường Hà Giang, đường Điện Biên Phủ, sông Đồng Nai; thành phố đáng sống.",
        "Tại cấp xã: Chủ tịch và Bộ phận một cửa; cấp xã: Bộ Văn hóa; phường Chủ động.",
        "Hòa bình, hữu nghị; thành phố New York; các huyện Thanh, kiểm tra; TT 4; 12 xã, 3 phường.",
    ],
)
def test_common_words_and_persons_are_no_places(text: str) -> None:
    assert named(document(text)) == []


def test_the_day_chooses_the_gazetteer() -> None:
    text = "Tại phường Kiến An; tỉnh Bắc Ninh."
    new = document(text, issuer="THÀNH PHỐ HẢI PHÒNG", place="Hải Phòng", day="06 tháng 8 năm 2025")
    assert named(new) == [("Kiến An", "commune", "11443"), ("Bắc Ninh", "province", "24")]
    old = document(text, issuer="THÀNH PHỐ HẢI PHÒNG", place="Hải Phòng", day="06 tháng 6 năm 2025")
    assert named(old)[-1] == ("Bắc Ninh", "province", "27")


def test_without_a_date_the_newest_in_the_text_counts() -> None:
    text = "1. Tỉnh Bắc Ninh theo Kế hoạch số 5/KH-UBND ngày 12/{month}/2025 của Ủy ban nhân dân."
    assert named(text.format(month="8")) == [("Bắc Ninh", "province", "24")]
    assert named(text.format(month="5")) == [("Bắc Ninh", "province", "27")]


def test_a_ministry_in_the_capital_speaks_of_the_whole_country() -> None:
    text = document("Tại xã Tân Lập và xã Hòa Bình.", issuer="BỘ Y TẾ", place="Hà Nội")
    text = text.replace("ỦY BAN NHÂN DÂN\n", "")
    assert [one.code for one in places(text)] == [None, None]


def test_a_name_is_told_once_and_by_its_sure_code() -> None:
    found = named(document("1. Xã Hòa Bình.\n2. Xã Hòa Bình, huyện Vũ Thư, tỉnh Thái Bình.\n3. Xã Hòa Bình."))
    assert [one for one in found if one[0] == "Hòa Bình"] == [("Hòa Bình", "commune", "13258")]


def test_a_place_of_the_body_stands_where_it_is_printed() -> None:
    text = document("1. Tại phường Trần Thành Ngọ.")
    place = places(text)[-1]
    spot = place.name.provenance[0]
    assert text[spot.start : spot.end] == "Trần Thành Ngọ"
    assert place.section_id == "s1.1"


def test_a_type_of_another_time_keeps_its_level_and_claims_no_code() -> None:
    assert named(document("Tại huyện Từ Liêm và huyện Thanh Khê.", issuer="TỈNH HÀ TÂY", place="Hà Đông"))[
        -1
    ] == (
        "Thanh Khê",
        "district",
        None,
    )


def test_the_two_states_of_the_country() -> None:
    eras = {"before": 0, "from": 0}
    for province in gazetteer.provinces():
        for era in eras:
            eras[era] += province in gazetteer.in_era([province], era) and province.era in (era, "both")
    assert eras == {"before": 63, "from": 34}


def test_the_spelling_of_marks_decides_between_names_that_differ_by_marks_alone() -> None:
    assert {place.name for place in places_named("Tân Lập")} == {"Tân Lập"}
    assert {place.name for place in places_named("ĐẮK LẮK")} == {
        place.name for place in places_named("Đăk Lăk")
    }


@given(st.text("xã hộiTỉnhHàNộiQuận,.- \n0123phườngTP", max_size=80))
def test_any_text(text: str) -> None:
    for place in places(document(text)):
        assert place.name.provenance
        assert place.code is None or place.code.isdecimal()
