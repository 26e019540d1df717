"""The body: which line opens a section, what is its title, and how sections nest."""

from __future__ import annotations

from restore.document import Section
from restore.parser import build_document

FULL = "Các đơn vị chủ động phối hợp với Ủy ban nhân dân các xã tổ chức thực hiện từ năm"


def sections(text: str) -> tuple[Section, ...]:
    return build_document(text).sections


def tree(found: tuple[Section, ...]) -> list[object]:
    """Kind and number of each section with its children."""
    return [
        (section.kind, section.number, tree(section.children))
        if section.children
        else (section.kind, section.number)
        for section in found
    ]


def test_a_year_at_the_beginning_of_a_line_is_no_section() -> None:
    found = sections(f"1. Mục tiêu\n{FULL}\n2017. Các xã báo cáo.\n2. Nhiệm vụ\n{FULL} nay.\n")
    assert tree(found) == [("clause", "1", [("paragraph", None)]), ("clause", "2", [("paragraph", None)])]
    assert found[0].children[0].text == f"{FULL} 2017. Các xã báo cáo."


def test_a_number_in_a_wrapped_sentence_is_no_section() -> None:
    found = sections(f"1. Mục tiêu\nThực hiện theo khoản\n1. Điều 7 Luật này.\n2. Nhiệm vụ\n{FULL} nay.\n")
    assert [section.number for section in found] == ["1", "2"]


def test_a_dash_in_a_wrapped_name_is_no_bullet() -> None:
    line = "- Thi đua xây dựng thành phố theo phương châm “Sáng - Xanh - Sạch - Đẹp - An toàn"
    found = sections(f"1. Nội dung\n{line}\n- Văn minh” trong năm.\n- Tổng kết phong trào.\n")
    assert tree(found) == [("clause", "1", [("bullet", None), ("bullet", None)])]


def test_a_lost_number_is_taken_from_the_sequence() -> None:
    lines = [
        f"{number}. Đơn vị\n- Thực hiện.\n" for number in ("1", "2", "3", "4", "5", "6", "7", "S", "9", "1O")
    ]
    assert [section.number for section in sections("".join(lines))][5:] == ["6", "7", "8", "9", "10"]


def test_a_number_without_its_point_is_taken_when_it_is_due() -> None:
    found = sections("I. MỤC ĐÍCH, YÊU CẦU\n\n1.Mục đích\n\n- Kế thừa.\n\n2 Yêu cầu\n\n- Toàn diện.\n")
    assert tree(found) == [
        ("section", "I", [("clause", "1", [("bullet", None)]), ("clause", "2", [("bullet", None)])])
    ]


def test_titles_and_running_text() -> None:
    text = (
        "I. MỤC ĐÍCH\n1. Thời gian: Ngày 30/5.\n2. Sở Nội vụ:\n- Chủ trì.\n3. Sở Y tế phối hợp thực hiện;\n"
        "4. Kinh phí.\nDo ngân sách bảo đảm.\n"
    )
    found = [(one.title, one.text) for one in sections(text)[0].children]
    assert found == [
        ("Thời gian", "Ngày 30/5."),
        ("Sở Nội vụ:", ""),
        (None, "Sở Y tế phối hợp thực hiện;"),
        ("Kinh phí.", ""),
    ]


def test_articles_nest_in_chapters_and_run_through_them() -> None:
    text = (
        "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nQuy chế này áp dụng cho trường.\nChương II\nNHIỆM VỤ\n"
        "Điều 2. Giáo viên\n1. Giảng dạy:\na) Trên lớp;\nb) Ngoài trời.\n2. Báo cáo.\n"
    )
    found = sections(text)
    assert tree(found) == [
        ("chapter", "I", [("article", "1", [("paragraph", None)])]),
        (
            "chapter",
            "II",
            [("article", "2", [("clause", "1", [("point", "a"), ("point", "b")]), ("clause", "2")])],
        ),
    ]
    assert [chapter.title for chapter in found] == ["QUY ĐỊNH CHUNG", "NHIỆM VỤ"]
    assert found[1].id == "s2"
    assert found[1].children[0].children[0].children[1].id == "s2.1.1.2"


def test_an_article_cited_in_a_wrapped_line_is_no_article() -> None:
    line = "Các cơ quan, tổ chức và cá nhân có liên quan thực hiện trách nhiệm quy định tại khoản 2"
    found = sections(f"Điều 1. Trách nhiệm\n{line}\nĐiều 7 của Quy chế này.\nĐiều 2. Hiệu lực\nTừ ngày ký.\n")
    assert tree(found) == [("article", "1", [("paragraph", None)]), ("article", "2", [("paragraph", None)])]


def test_numbers_inside_a_quoted_article_are_not_the_documents_own() -> None:
    text = (
        "Điều 1. Sửa đổi Quy chế\n1. Sửa đổi Điều 8 như sau:\n“Điều 8. Lưu trữ\n1. Giấy tờ.\n2. Tệp tin.”.\n"
        "2. Bãi bỏ Điều 9.\nĐiều 2. Hiệu lực\nTừ ngày ký.\n"
    )
    found = sections(text)
    assert [section.number for section in found] == ["1", "2"]
    assert [section.number for section in found[0].children] == ["1", "2"]


def test_roles_follow_the_headings() -> None:
    text = (
        "I. MỤC ĐÍCH, YÊU CẦU\n1. Yêu cầu\n- A b.\nII. TIẾN ĐỘ\n- C d.\nIII. KINH PHÍ\n- E g.\n"
        "IV. CHẾ ĐỘ BÁO CÁO\n- H i.\n"
    )
    found = sections(text)
    assert [section.role for section in found] == ["purpose", "schedule", "funding", "reporting"]
    assert found[0].children[0].role == "requirements"


def test_a_paragraph_goes_on_over_a_page() -> None:
    text = (
        "1. Nội dung\n\nTổ chức tuyên truyền rộng rãi đến cán bộ và\n\n2\n\nnhân dân toàn xã.\n\n"
        "2. Kinh phí\n\nKhông.\n"
    )
    found = sections(text)
    assert [one.text for one in found[0].children] == [
        "Tổ chức tuyên truyền rộng rãi đến cán bộ và nhân dân toàn xã."
    ]
