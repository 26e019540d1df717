"""The body: which line opens a section, what is its title, and how sections nest."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from restore.document import Section
from restore.parser import build_document
from restore.structure.body import build_tree, section_places
from restore.structure.lines import split_lines
from restore.structure.origin import Origin
from restore.structure.paragraphs import split_paragraphs

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


def test_no_sentence_ends_with_an_open_word() -> None:
    text = (
        "1. Hoàn thành trước ngày\n\n05/12/2023./.\n\n2. Thực hiện Nghị định số\n\n30/2020/NĐ-CP của\n\nChính phủ.\n"
        "3. Báo cáo hằng năm\n\nCác xã báo cáo.\n4. Hạn chế, khuyết điểm\n\nCác xã chậm.\n"
    )
    found = sections(text)
    assert [one.text for one in found[:2]] == [
        "Hoàn thành trước ngày 05/12/2023./.", "Thực hiện Nghị định số 30/2020/NĐ-CP của Chính phủ.",
    ]  # fmt: skip
    assert found[3].title == "Hạn chế, khuyết điểm"
    assert (found[2].title, [one.text for one in found[2].children]) == (
        "Báo cáo hằng năm",
        ["Các xã báo cáo."],
    )


def outline(text: str) -> list[tuple[int, str | None, str | None]]:
    """Level, number and title of every numbered section."""

    def rows(found: tuple[Section, ...], level: int) -> list[tuple[int, str | None, str | None]]:
        return [
            row
            for one in found
            for row in (
                [(level, one.number, one.title), *rows(one.children, level + 1)]
                if one.number
                else rows(one.children, level)
            )
        ]

    return rows(sections(text), 1)


def test_every_style_has_its_depth() -> None:
    text = (
        "PHẦN THỨ NHẤT\nĐÁNH GIÁ\nA. KẾT QUẢ\nI. Kinh tế\n1. Nông nghiệp\n1.1. Trồng trọt\n1.1.1. Lúa\n"
        "a) Vụ xuân\n- Đầu vụ:\n+ Tăng;\n1.1.2. Ngô\n1.2. Chăn nuôi\n2. Công nghiệp\nII. Xã hội\nB. HẠN CHẾ\n"
        "PHẦN THỨ HAI\nNHIỆM VỤ\nA. MỤC TIÊU\n"
    )
    assert [(level, number) for level, number, _ in outline(text)] == [
        (1, "NHẤT"), (2, "A"), (3, "I"), (4, "1"), (5, "1.1"), (6, "1.1.1"), (7, "a"), (6, "1.1.2"),
        (5, "1.2"), (4, "2"), (3, "II"), (2, "B"), (1, "HAI"), (2, "A"),
    ]  # fmt: skip


def test_a_list_that_a_sentence_leads_to_is_inside_its_item() -> None:
    text = (
        "1. Hồ sơ gồm:\na) Đơn có:\n1) Tên;\n2) Địa chỉ;\nb) Giấy tờ gồm:\n(i) Bản sao;\n(ii) Bản chính;\n"
        "c) Các bản vẽ sau:\n1. Mặt bằng.\n2. Mặt đứng.\nd) Lệ phí.\n2. Trình tự.\n"
    )
    assert [(level, number) for level, number, _ in outline(text)] == [
        (1, "1"), (2, "a"), (3, "1"), (3, "2"), (2, "b"), (3, "i"), (3, "ii"), (2, "c"), (3, "1"), (3, "2"),
        (2, "d"), (1, "2"),
    ]  # fmt: skip


def test_the_letter_i_is_told_from_the_number() -> None:
    letters = "".join(f"{letter}) Việc.\n" for letter in "abcdđeghikl")
    romans = "".join(f"{number}) Việc.\n" for number in ("i", "ii", "iii", "iv", "v", "vi"))
    assert [row[:2] for row in outline(f"1. Gồm:\n{letters}")][1:] == [
        (2, letter) for letter in "abcdđeghikl"
    ]
    assert [number for _, number, _ in outline(f"1. Gồm:\n{romans}")][1:] == [
        "i",
        "ii",
        "iii",
        "iv",
        "v",
        "vi",
    ]


def test_a_list_goes_on_over_pages() -> None:
    text = (
        f"1. Phòng Văn hóa\n{FULL}\n\n- 2 -\n\nnay trong toàn huyện.\n\n2. Phòng Y tế\n\na) Kiểm tra;\n\n3\n\n"
        "b) Báo cáo.\n\n\f4\n\n3. Công an huyện\nBảo đảm an ninh.\n"
    )
    assert [row[:2] for row in outline(text)] == [(1, "1"), (1, "2"), (2, "a"), (2, "b"), (1, "3")]
    assert sections(text)[0].children[0].text == f"{FULL} nay trong toàn huyện."


def test_titles_over_several_lines() -> None:
    text = (
        "Chương I\nQUY ĐỊNH CHUNG VỀ\nQUẢN LÝ CHỢ\nĐiều 1. Phạm vi\nQuy chế này quy định về chợ.\n"
        "CHƯƠNG II TỔ CHỨC\nMục 1. BAN QUẢN LÝ\nĐiều 2. Thành lập\nXã thành lập Ban.\n"
    )
    assert outline(text) == [
        (1, "I", "QUY ĐỊNH CHUNG VỀ QUẢN LÝ CHỢ"), (2, "1", "Phạm vi"), (1, "II", "TỔ CHỨC"),
        (2, "1", "BAN QUẢN LÝ"), (3, "2", "Thành lập"),
    ]  # fmt: skip


def test_headings_that_run_into_their_text() -> None:
    text = (
        "Điều 1. Phạm vi điều chỉnh Quy chế này quy định việc tiếp công dân tại trụ sở.\n"
        "Điều 2. Hiệu lực của giấy phép là 5 năm.\n"
    )
    assert [(one.title, one.text) for one in sections(text)] == [
        ("Phạm vi điều chỉnh", "Quy chế này quy định việc tiếp công dân tại trụ sở."),
        (None, "Hiệu lực của giấy phép là 5 năm."),
    ]


def test_a_sentence_without_its_stop_is_no_title() -> None:
    text = "Điều 2. Các xã, phường chịu trách nhiệm thi hành Quyết định này\nĐiều 3. Trách nhiệm thi hành\nCác xã.\n"
    assert [(level, title) for level, _, title in outline(text)] == [(1, None), (1, "Trách nhiệm thi hành")]


def test_a_unit_with_all_its_words_is_a_label() -> None:
    text = (
        "II. TỔ CHỨC THỰC HIỆN\n1. Đề nghị Ủy ban nhân dân các huyện, thị xã, thành phố: chỉ đạo các ngành.\n"
        "2. Sở Y tế chủ trì tổ chức thực hiện các nội dung sau: khám, chữa bệnh.\n3. Tuyên truyền.\n4. Kinh phí.\nTự cân đối.\n"
    )
    assert [title for _, _, title in outline(text)][1:] == [
        "Đề nghị Ủy ban nhân dân các huyện, thị xã, thành phố", None, None, "Kinh phí.",
    ]  # fmt: skip


def test_numbers_begin_anew_under_headings() -> None:
    text = "THÔNG BÁO\nVề cuộc họp\n\nNỘI DUNG HỌP\n1. Thông qua.\n2. Bầu thư ký.\nTHẢO LUẬN\n1. Ý kiến một.\n2. Ý kiến hai.\n"
    found = sections(text)
    assert [(one.kind, one.number) for one in found] == [
        ("heading", None), ("clause", "1"), ("clause", "2"), ("heading", None), ("clause", "1"), ("clause", "2"),
    ]  # fmt: skip


POOL = (
    "Điều 1. Phạm vi", "Điều 2. Hiệu lực", "Điều l. Gì đó", "Chương I", "QUY ĐỊNH CHUNG", "Mục 1. CHUNG", "I. MỤC ĐÍCH",
    "Il. NỘI DUNG", "1. Sửa đổi Điều 5 như sau:", "2. Bãi bỏ Điều 6.", "1.1. Chi tiết", "a) Đơn;", "b} Giấy tờ.", "i) Bản sao;",
    "ii) Bản chính;", "- Dạy học", "+ Sáng;", "* Đối với trường:", "“Điều 5. Đăng ký", "“2. Cấm đốt.”.", "và nhân dân”.", '"Khoản',
    "Các xã báo cáo kết quả thực hiện trong năm và", "nhân dân toàn xã.", "”", "S. Sở Y tế", "Căn cứ Luật Đất đai;", "“",
)  # fmt: skip


@given(st.lists(st.sampled_from(POOL), max_size=25), st.sampled_from(["\n", "\n\n", "\n\f"]))
def test_every_line_of_the_body_is_in_the_tree(chosen: list[str], between: str) -> None:
    text = between.join(chosen)
    lines = split_lines(text)
    origin = Origin(text)
    places = sorted(span for span, _ in section_places(build_tree(origin, split_paragraphs(lines))))
    covered = {position for start, end in places for position in range(start, end)}
    for line in lines:
        inside = {line.start + offset for offset, sign in enumerate(line.text) if not sign.isspace()}
        assert inside <= covered


@given(st.lists(st.sampled_from(POOL), max_size=25))
def test_what_is_quoted_is_quoted_as_a_whole(chosen: list[str]) -> None:
    def check(found: tuple[Section, ...], inside: bool) -> None:
        for one in found:
            assert one.quoted or not inside
            assert not (one.quoted and not inside and one.number)
            check(one.children, one.quoted)

    check(sections("\n".join(chosen)), inside=False)


def test_an_article_alone_on_its_line_has_the_paragraph_below_as_its_text() -> None:
    text = (
        "Điều 1\nNhà nước bảo vệ rừng.\n\nĐiều 2\nNghiêm cấm:\n1. Đốt rừng;\n2. Săn bắn.\n\n"
        "Điều 3.- Luật này có hiệu lực ngay.\n"
    )
    first, second, third = sections(text)
    assert (first.text, second.text, third.text) == (
        "Nhà nước bảo vệ rừng.",
        "Nghiêm cấm:",
        "Luật này có hiệu lực ngay.",
    )
    assert [child.number for child in second.children] == ["1", "2"]
    assert third.marker == "Điều 3.-"


def test_a_heading_ends_where_its_list_or_its_figures_begin() -> None:
    text = (
        "I. THỜI GIAN\n1. Thời gian, địa điểm\na) Vòng loại: tại trường.\nb) Chung kết: tại huyện.\n2. Yêu cầu\n"
        "100% học sinh tham gia cuộc thi do nhà trường tổ chức vào dịp đầu xuân hằng năm, trừ học\nsinh ốm.\n"
        "3. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam xã và các đoàn thể của xã\nVận động hội viên cùng tham gia.\n"
    )
    assert outline(text) == [
        (1, "I", "THỜI GIAN"), (2, "1", "Thời gian, địa điểm"), (3, "a", "Vòng loại"), (3, "b", "Chung kết"),
        (2, "2", "Yêu cầu"), (2, "3", "Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam xã và các đoàn thể của xã"),
    ]  # fmt: skip
