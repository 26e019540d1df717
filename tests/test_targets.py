"""Figures to be reached."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore.content import Target
from restore.meaning.targets import plain_number
from restore.parser import build_document

PLAN = "UBND XÃ HÒA AN\nSố: 12/KH-UBND\nHòa An, ngày 02 tháng 3 năm 2023\nKẾ HOẠCH\nTrồng cây năm 2023\n"
LAW = "QUỐC HỘI\nLuật số: 12/2023/QH15\nLUẬT\nTRỒNG CÂY\n"
REPORT = "UBND XÃ HÒA AN\nSố: 12/BC-UBND\nHòa An, ngày 02 tháng 3 năm 2023\nBÁO CÁO\nCông tác trồng cây\n"


def targets(text: str, head: str = PLAN) -> tuple[Target, ...]:
    return build_document(head + text).mentions.targets


def plain(found: tuple[Target, ...]) -> list[tuple[str | None, str | None, str]]:
    return [(one.number.value, one.unit.value, one.comparison) for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Phấn đấu đạt 95% trở lên hộ dân tham gia.", ("95", "%", "at-least")),
        ("Xây dựng ít nhất 30 mô hình.", ("30", "mô hình", "at-least")),
        ("100% cán bộ đăng ký thi đua.", ("100", "%", "exactly")),
        ("Phấn đấu mỗi năm giảm 10% hộ nghèo.", ("10", "%", "decrease")),
        ("Phấn đấu có từ 30 đến 40 hộ tham gia.", ("30/40", "hộ", "exactly")),
        ("Tỷ lệ cây sống đạt trên 90%.", ("90", "%", "more-than")),
        ("Phấn đấu trồng mới 20.000 cây xanh.", ("20000", "cây xanh", "exactly")),
        ("Phấn đấu tỷ lệ hộ nghèo giảm còn dưới 2,5%.", ("2.5", "%", "less-than")),
        ("Phát triển 25.000 ha rừng gỗ lớn.", ("25000", "ha", "exactly")),
        ("Số vụ cháy không quá 03 vụ.", ("3", "vụ", "at-most")),
        ("Phấn đấu tăng 9,5 % so với kế hoạch.", ("9.5", "%", "increase")),
        ("Phấn đấu thời gian lưu trú bình quân đạt 2,5 ngày.", ("2.5", "ngày", "exactly")),
        ("Phấn đấu tuổi thọ bình quân đạt 75 tuổi trong 5 năm.", ("75", "tuổi", "exactly")),
        ("Giới thiệu ít nhất 3 điểm đến.", ("3", "điểm đến", "at-least")),
    ],
)
def test_one_target(text: str, expected: tuple[str, str, str]) -> None:
    assert plain(targets(f"I. NỘI DUNG\n1. Việc chính\n- {text}\n")) == [expected]


def test_under_a_heading_of_aims_every_figure_counts() -> None:
    found = targets(
        "I. CHỈ TIÊU\n1. Mỗi thôn trồng 15 ha rừng, chậm nhất sau 2 năm.\n2. Có 03 trường tham gia.\n"
    )
    assert plain(found) == [("15", "ha", "exactly"), ("3", "trường", "exactly")]
    assert found[0].section_id == "s1.1"
    assert found[0].text.value == "15 ha"


@pytest.mark.parametrize(
    "text",
    [
        "Phấn đấu hoàn thành trong 10 ngày, trước năm 2025.",
        "Phấn đấu thực hiện theo Nghị quyết số 12/NQ-HĐND.",
        "Đã trồng được 300 cây, đạt 95% kế hoạch.",
        "Lưu lượng xe tăng 18% so với dự báo.",
        "Hỗ trợ 50% học phí cho học sinh.",
        "Phấn đấu đến 2025 thành xã nông thôn mới.",
        "Kiểm tra trong 03 xã của huyện.",
        "Doanh nghiệp có từ 500 lao động trở lên lập tổ an toàn.",
        "Trẻ từ 06 tuổi trở lên tham gia.",
        "Trực 24/24 giờ tại thôn 5 người cử.",
        "Kinh phí tối thiểu 500 triệu đồng.",
    ],
)
def test_no_targets(text: str) -> None:
    assert targets(f"I. NỘI DUNG\n1. Việc chính\n- {text}\n") == ()


def test_laws_and_reports_set_none_by_their_comparisons() -> None:
    text = "1. Nội dung\nHội đồng có ít nhất 05 thành viên, cây sống đạt trên 90%.\n"
    assert targets(text, LAW) == ()
    assert targets(text, REPORT) == ()
    assert targets("1. Chỉ tiêu chấm điểm\nĐạt 90% được 4 điểm.\n", LAW) == ()
    assert plain(targets("1. Nội dung\nNhà nước phấn đấu che phủ 45%.\n", LAW)) == [("45", "%", "exactly")]
    assert len(targets(text)) == 2
    ahead = "I. KẾT QUẢ\nCây sống đạt 90%.\nII. MỤC TIÊU NĂM 2024\nCây sống đạt 95%.\n"
    assert plain(targets(ahead, REPORT)) == [("95", "%", "exactly")]


@given(st.integers(0, 10**9))
def test_thousands_are_read_back(number: int) -> None:
    assert plain_number(f"{number:,}".replace(",", ".")) == str(number)


@given(st.text("0123456789.,% -hộcây()\n", max_size=60))
def test_no_text_fails(text: str) -> None:
    for target in targets(f"I. CHỈ TIÊU\n{text}\n"):
        assert target.number.value
        assert target.unit.value
