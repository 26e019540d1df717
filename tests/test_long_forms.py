"""Abbreviations that a document uses, and who says what they stand for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore.content import Abbreviation
from restore.parser import build_document


def abbreviations(text: str) -> tuple[Abbreviation, ...]:
    return build_document(f"1. Nội dung\n{text}\n").mentions.abbreviations


@pytest.mark.parametrize(
    ("text", "short", "long", "source"),
    [
        ("Kế hoạch tiêm chủng mở rộng (TCMR) năm 2024.", "TCMR", "tiêm chủng mở rộng", "document"),
        ("Ngành Giáo dục và Đào tạo (GD&ĐT) thực hiện.", "GD&ĐT", "Giáo dục và Đào tạo", "document"),
        ("Xóa quảng cáo, rao vặt (sau đây viết tắt là QCRV).", "QCRV", "quảng cáo, rao vặt", "document"),
        ("Tổ liên gia tự quản (sau đây gọi tắt là “LGTQ”) họp.", "LGTQ", "liên gia tự quản", "document"),
        ("Ban Chỉ đạo xóa rao vặt (gọi tắt là BCĐ) họp.", "BCĐ", "Ban Chỉ đạo", "document"),
        ("LGTQ (liên gia tự quản) họp.", "LGTQ", "liên gia tự quản", "document"),
        ("PCTT&TKCN: Phòng, chống thiên tai và Tìm kiếm cứu nạn.", "PCTT&TKCN",
         "Phòng, chống thiên tai và Tìm kiếm cứu nạn", "document"),
        # written out elsewhere, twice for chance cannot do that
        ("Xóa quảng cáo rao vặt. Tổ QCRV họp. Thu gom quảng cáo rao vặt.", "QCRV", "quảng cáo rao vặt", "document"),
        ("Xóa quảng cáo rao vặt. Tổ QCRV họp.", "QCRV", None, None),
        # the dictionary, in the document's own printing where it has one
        ("UBND các phường họp.", "UBND", "Ủy ban nhân dân", "dictionary"),
        ("UBND các phường và uỷ ban nhân dân các xã.", "UBND", "uỷ ban nhân dân", "document"),
        ("UBND các phường và ủy bạn nhân dân.", "UBND", "Ủy ban nhân dân", "dictionary"),
        ("Ủy Ban Nhân Dân quận và UBND phường.", "UBND", "Ủy Ban Nhân Dân", "document"),
        ("Phát triển KT-XH địa phương.", "KT-XH", "kinh tế - xã hội", "dictionary"),
        ("Theo QĐ số 15 của thành phố.", "QĐ", "Quyết định", "dictionary"),
        ("Chuẩn GNSS được dùng.", "GNSS", None, None),
    ],
)  # fmt: skip
def test_who_says_what_it_stands_for(text: str, short: str, long: str | None, source: str | None) -> None:
    found = [one for one in abbreviations(text) if one.short.value == short]
    assert [(one.long, one.source) for one in found] == [(long, source)]


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch số 129/KH-UBND, Nghị quyết số 15-NQ/HU, Nghị định số 73/2012/ NĐ-CP và 19/KH - BCĐ.",
        "Mục III, Phần XIV, quý II/2024, Chương IX.",
        "TỔ CHỨC THỰC HIỆN VÀ KINH PHÍ BAN HÀNH QUY CHẾ LÀM AN TOAN XA HOI",
        "LAND USE MANAGEMENT AND CAPITAL RESOURCES",
        "Việc này KHÔNG được làm và PHẢI báo cáo; loại A, khối B; TT",
        "Covid-19, COVID-19, Word, PowerPoint, m2, kW.",
    ],
)
def test_codes_numbers_and_headings_are_no_abbreviations(text: str) -> None:
    assert abbreviations(text) == ()


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("Kế hoạch số 46/KH-BCĐ ngày 09/3/2022 của Ban chỉ đạo xóa rao vặt quận.", "BCĐ", "Ban chỉ đạo"),
        (
            "Thông tư số 8/2021/TT-BGDĐT của Bộ trưởng Bộ Giáo dục và Đào tạo.",
            "BGDĐT",
            "Bộ Giáo dục và Đào tạo",
        ),
        ("Chỉ thị số 24/CT- UBND ngày 14/12/2015 của Ủy ban nhân dân thành phố.", "UBND", "Ủy ban nhân dân"),
        ("Theo Nghị quyết số 15-NQ/HU ngày 02/7/2020 của Huyện ủy.", "HU", "Huyện ủy"),
        ("Công văn số 301/BYT. Bộ Y tế yêu cầu khám bệnh.", "BYT", "Bộ Y tế"),
    ],
)
def test_the_sign_of_an_office_counts_where_the_document_writes_it_out(
    text: str, short: str, long: str
) -> None:
    (found,) = abbreviations(text)
    assert (found.short.value, found.long, found.source) == (short, long, "document")


def test_each_is_told_once_with_its_count_and_first_place() -> None:
    text = "1. Nội dung\nUBND quận, HĐND quận và UBND các phường; UBND thành phố.\n"
    first, second = build_document(text).mentions.abbreviations
    assert (first.short.value, first.count, second.short.value, second.count) == ("UBND", 3, "HĐND", 1)
    place = first.short.provenance[0]
    assert place.start == text.index("UBND")


def test_head_recipients_and_annexes_do_not_count() -> None:
    text = (
        "UBND QUẬN KIẾN AN\nPHÒNG Y TẾ\nSố: 5/KH-PYT\nKẾ HOẠCH\nPhun thuốc\n\nI. NỘI DUNG\nPhun thuốc ở trường học.\n\n"
        "Nơi nhận:\n- UBND quận;\n- Lưu: VT.\n\nTRƯỞNG PHÒNG\n\nLê Văn Bình\n\nPHỤ LỤC\nDANH MỤC BCG\n\n1. Vắc xin BCG\n"
    )
    assert build_document(text).mentions.abbreviations == ()


@given(st.text('UBNDĐ&-( )abQcrv.,:"“”/\n', max_size=60))
def test_any_text(text: str) -> None:
    for one in abbreviations(text):
        assert one.count >= 1
        assert one.short.provenance
        assert (one.long is None) == (one.source is None)
