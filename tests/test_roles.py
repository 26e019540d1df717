"""The role of a section is told by the words of its heading, in plans of all kinds of offices."""

from __future__ import annotations

import pytest

from restore.structure.roles import role_of


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("MỤC ĐÍCH, YÊU CẦU", "purpose"),
        ("Quan điểm, mục tiêu", "purpose"),
        ("YÊU CẦU", "requirements"),
        ("NGUYÊN TẮC THỰC HIỆN", "requirements"),
        ("NỘI DUNG, THỜI GIAN TRIỂN KHAI THỰC HIỆN", "content"),
        ("NHIỆM VỤ, GIẢI PHÁP", "content"),
        ("PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2025", "content"),
        ("THỜI GIAN, ĐỊA ĐIỂM", "schedule"),
        ("Lộ trình thực hiện", "schedule"),
        ("NGUỒN VỐN VÀ KINH PHÍ THỰC HIỆN", "funding"),
        ("DỰ TOÁN KINH PHÍ", "funding"),
        ("CÁC BƯỚC TIẾN HÀNH", "content"),
        ("TỔ CHỨC THỰC HIỆN", "implementation"),
        ("PHÂN CÔNG NHIỆM VỤ", "implementation"),
        ("Trách nhiệm của các cơ quan", "implementation"),
        ("CHẾ ĐỘ THÔNG TIN, BÁO CÁO", "reporting"),
        ("KIỂM TRA, GIÁM SÁT VÀ BÁO CÁO", "reporting"),
        ("ĐẶC ĐIỂM TÌNH HÌNH", None),
        ("KẾT QUẢ THỰC HIỆN NHIỆM VỤ", None),
        ("Sở Tài chính", None),
        ("Phòng Giáo dục và Đào tạo", None),
    ],
)
def test_roles(title: str, role: str | None) -> None:
    assert role_of(title) == role


def test_lost_marks_do_not_matter() -> None:
    assert role_of("MUC ĐlCH, YEU CẦU") == "requirements"
    assert role_of("TỎ CHỨC THỰC HIỆN") == "implementation"
