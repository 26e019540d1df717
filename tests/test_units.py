"""Names of units: what begins one, where it ends, how an enumeration is parted."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore.meaning.units import is_unit, part_units, unit_end
from restore.structure.lines import fold


def end_of(text: str) -> str:
    return text[: unit_end(text, fold(text), 0, len(text))]


@pytest.mark.parametrize(
    "text",
    [
        "Phòng Quản lý đô thị quận",
        "Các Hội, Đoàn thể",
        "Các sở, ban, ngành; UBND các huyện, thị xã",
        "Thủ trưởng các đơn vị",
        "Bí thư các chi bộ",
        "Trưởng các phòng",
        "Cán bộ, giáo viên",
        "Các thành viên Ban Chỉ đạo",
        "Báo và Đài Phát thanh - Truyền hình tỉnh",
        "Trung tâm Văn hóa - Thông tin và Thể thao",
        "Sở Giao thông vận tải, Sở Tài chính",
        "Chi cục Trồng trọt và bảo vệ thực vật",
        "Tổ công tác kiểm tra liên ngành",
        "Ủy ban MTTQ Việt Nam xã và các tổ chức chính trị - xã hội",
        "PHÒNG QUẢN LÝ ĐÔ THỊ",
        "Công ty cổ phần Công trình công cộng và Xây dựng",
        "Trạm Y tế (bộ phận dân số)",
        "Phòng Kế hoạch tổng hợp",
        "Trung tâm Công nghệ thông tin",
        "Vụ Tổ chức cán bộ và Phòng Kiểm tra - Giám sát",
        "Phòng Quản trị thiết bị",
    ],
)
def test_a_unit_is_one_to_its_end(text: str) -> None:
    assert is_unit(text)


@pytest.mark.parametrize(
    "text",
    [
        "Công tác tuyên truyền",
        "Phòng, chống dịch bệnh",
        "Phòng chống thiên tai",
        "Hội nghị tổng kết",
        "Hội thi tay nghề",
        "Bộ tiêu chí đánh giá",
        "Ban hành văn bản",
        "Số lượng",
        "Sở hữu trí tuệ",
        "Tổ chức thực hiện",
        "Quy định chung",
        "Quỹ đất",
        "Các hoạt động chính",
        "Môi trường",
        "Trường hợp khác",
        "Đơn vị tính",
        "Nhà ở",
        "Kinh phí",
        "",
    ],
)
def test_other_headings_are_no_units(text: str) -> None:
    assert not is_unit(text)


@pytest.mark.parametrize(
    ("unit", "rest"),
    [
        ("Hạt Kiểm lâm", "hướng dẫn các vườn ươm"),
        ("Sở Y tế", "Chủ trì, phối hợp với Sở Tài chính"),
        ("Ban chỉ đạo các xã", "tổ chức các hoạt động"),
        ("các đơn vị được phân công nhiệm vụ trong Kế hoạch này", "có trách nhiệm khẩn trương"),
        ("các công ty khai thác công trình thủy lợi", "điều tiết nước"),
        ("UBND các phường, tổ chức, cá nhân liên quan", "triển khai, thực hiện"),
        ("các tổ chức chính trị - xã hội", "tuyên truyền, vận động"),
        ("Sở Giao thông vận tải TP. Hưng Yên", "kiểm tra"),
        ("cơ quan nơi ông An đến liên hệ công tác", "tạo điều kiện giúp đỡ"),
        ("người được giao quản lý kho", "có trách nhiệm kiểm kê"),
        ("các cơ quan được giao nhiệm vụ", "xây dựng kế hoạch"),
        ("các phòng, ban", "tổ chức triển khai"),
        ("Chánh Văn phòng các sở", "chuẩn bị ý kiến"),
        ("các công ty khai thác đá", "nộp phí"),
        ("Phòng Cảnh sát phòng cháy, chữa cháy", "tổ chức kiểm tra"),
        ("Ban Hậu cần - Kỹ thuật", "bảo đảm xăng dầu"),
        ("Đảng đoàn Hội đồng nhân dân tỉnh", "lãnh đạo giám sát"),
        ("Công đoàn cấp trên cơ sở", "hướng dẫn"),
        ("Ban Quản lý dự án đầu tư xây dựng", "làm chủ đầu tư"),
        ("Cục Hạ tầng và Thiết bị y tế", "có trách nhiệm kiểm tra"),
        ("Sở  Y tế", "chủ  trì kiểm tra"),
        ("Bộ Quốc phòng", "biên soạn tài liệu"),
    ],
)
def test_a_name_ends_where_its_work_begins(unit: str, rest: str) -> None:
    assert end_of(f"{unit} {rest}") == unit


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("phòng Tư pháp, UBND các xã và Công an huyện", ["phòng Tư pháp", "UBND các xã", "Công an huyện"]),
        ("các phòng, ban, ngành và đoàn thể liên quan", ["các phòng, ban, ngành và đoàn thể liên quan"]),
        ("UBND các xã, tổ chức, cá nhân liên quan", ["UBND các xã", "tổ chức, cá nhân liên quan"]),
        ("Công an xã, cùng các đoàn thể", ["Công an xã", "các đoàn thể"]),
        ("Sở Văn hóa, Thể thao và Du lịch", ["Sở Văn hóa, Thể thao và Du lịch"]),
    ],
)
def test_enumerations_are_parted(text: str, parts: list[str]) -> None:
    assert [text[slice(*span)] for span in part_units(text, fold(text), 0, len(text))] == parts


WORDS = st.sampled_from(
    [
        "Phòng",
        "Y",
        "tế",
        "các",
        "xã",
        ",",
        "và",
        "tổ",
        "chức",
        "(",
        ")",
        ".",
        ";",
        ":",
        "kiểm",
        "tra",
        "Ban",
        "chỉ",
        "đạo",
        "được",
        "giao",
        "cùng",
        "với",
        "UBND",
        "\x00",
        "“",
        "12",
    ]
)


@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_ends_and_parts_lie_in_the_text(text: str) -> None:
    folded = fold(text)
    end = unit_end(text, folded, 0, len(text))
    assert 0 <= end <= len(text)
    assert "\x00" not in text[:end]
    if end:
        parts = part_units(text, folded, 0, end)
        assert parts[0].start == 0
        assert parts[-1].end == end
        assert all(one.end <= other.start for one, other in pairwise(parts))


@pytest.mark.parametrize(
    ("unit", "task"),
    [
        ("Phòng Kế hoạch tổng hợp", "tổng hợp số liệu"),
        ("Phòng Kế hoạch", "tổng hợp số liệu của các khoa"),
        ("Phòng Quản trị thiết bị", "thẩm định giá"),
        ("Các phòng, ban", "tuyên truyền tới viên chức"),
        ("Các khoa lâm sàng", "tự đánh giá"),
        ("Hội Chữ thập đỏ", "cấp cứu người bị nạn"),
        ("Điện lực Kiến An", "hạ ngầm cáp trục"),
        ("Trạm Y tế phường", "trực ngày đêm"),
        ("Phòng KT&QLCL", "phân tích kết quả"),
    ],
)
def test_a_unit_ends_where_it_does_something(unit: str, task: str) -> None:
    assert end_of(f"{unit} {task}") == unit
