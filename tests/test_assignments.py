"""Who has to do what: sections headed by units, sentences, the enacting article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore.content import Assignment, Deadline
from restore.meaning.assignments import find_assignments
from restore.meaning.passages import body_passages
from restore.parser import build_document
from restore.structure.frame import read_frame
from restore.structure.origin import Origin

HEAD = "UBND HUYỆN AN LÃO\nSố: 12/KH-UBND\nAn Lão, ngày 02 tháng 3 năm 2023\nKẾ HOẠCH\nTrồng cây năm 2023\n"


def assignments(text: str) -> tuple[Assignment, ...]:
    return build_document(HEAD + text).assignments


def plain(found: tuple[Assignment, ...]) -> list[tuple[str | None, list[str | None]]]:
    return [(one.unit.value, [task.text.value for task in one.tasks]) for one in found]


def test_sections_headed_by_units() -> None:
    found = assignments(
        "I. MỤC ĐÍCH\n1. Công tác tuyên truyền\n- Nâng cao nhận thức.\nII. TỔ CHỨC THỰC HIỆN\n"
        "1. Phòng Nông nghiệp\n- Chủ trì, phối hợp với Hạt Kiểm lâm, các xã hướng dẫn kỹ thuật;\n"
        "- Báo cáo kết quả trước ngày 15/12/2023.\n"
        "2. Các Hội, Đoàn thể: Hội Phụ nữ; Hội Nông dân\n- Vận động hội viên.\n"
        "3. Đề nghị Ủy ban MTTQ Việt Nam huyện: giám sát việc trồng cây.\n"
    )
    assert plain(found) == [
        (
            "Phòng Nông nghiệp",
            [
                "Chủ trì, phối hợp với Hạt Kiểm lâm, các xã hướng dẫn kỹ thuật",
                "Báo cáo kết quả trước ngày 15/12/2023",
            ],
        ),
        ("Các Hội, Đoàn thể", ["Vận động hội viên"]),
        ("Ủy ban MTTQ Việt Nam huyện", ["giám sát việc trồng cây"]),
    ]
    assert [unit.value for unit in found[0].tasks[0].with_units] == ["Hạt Kiểm lâm", "các xã"]
    assert found[0].section_id == "s2.1"


def test_bullets_headed_by_units_and_a_unit_above_them() -> None:
    found = assignments(
        "I. PHÂN CÔNG NHIỆM VỤ\n1. Các phòng, ban\n- Phòng Nội vụ: theo dõi thi đua.\n"
        "- Phòng Y tế: tổ chức khám.\n2. Trách nhiệm của Trạm Y tế\nTrực cấp cứu tại sân vận động.\n"
    )
    assert plain(found) == [
        ("Phòng Nội vụ", ["theo dõi thi đua"]),
        ("Phòng Y tế", ["tổ chức khám"]),
        ("Trạm Y tế", ["Trực cấp cứu tại sân vận động"]),
    ]


@pytest.mark.parametrize(
    ("text", "unit", "task"),
    [
        (
            "Giao Phòng Y tế chủ trì, phối hợp với Công an huyện tổ chức khám.",
            "Phòng Y tế",
            "chủ trì, phối hợp với Công an huyện tổ chức khám",
        ),
        ("Đề nghị các xã báo cáo trước ngày 05/12/2023.", "các xã", "báo cáo trước ngày 05/12/2023"),
        (
            "Trên đây là kế hoạch trồng cây, yêu cầu các đơn vị triển khai thực hiện./.",
            "các đơn vị",
            "triển khai thực hiện",
        ),
        (
            "Căn cứ Kế hoạch này, UBND các xã có trách nhiệm lập dự toán.",
            "UBND các xã",
            "có trách nhiệm lập dự toán",
        ),
        ("UBND huyện đề nghị các phòng, ban phối hợp.", "các phòng, ban", "phối hợp"),
        (
            "Sở Y tế Chủ trì, phối hợp với Sở Nội vụ kiểm tra.",
            "Sở Y tế",
            "Chủ trì, phối hợp với Sở Nội vụ kiểm tra",
        ),
    ],
)
def test_sentences(text: str, unit: str, task: str) -> None:
    assert plain(assignments(f"1. Nội dung\n{text}\n")) == [(unit, [task])]


@pytest.mark.parametrize(
    "text",
    [
        "Các cấp cần nâng cao nhận thức về cây xanh.",
        "Theo đề nghị của Trưởng phòng Nội vụ.",
        "Hồ sơ đề nghị Sở Y tế cấp phép gồm đơn và bản sao.",
        "Phòng Y tế đã tổ chức khám cho 300 người.",
        "Cơ quan chủ trì nhiệm vụ được công bố trên mạng.",
        "Việc đánh giá do Sở Nội vụ chủ trì.",
        "Phòng Y tế là cơ quan chuyên môn thuộc huyện.",
    ],
)
def test_sentences_that_assign_nothing(text: str) -> None:
    assert assignments(f"1. Nội dung\n{text}\n") == ()


def test_a_sentence_may_have_several_units() -> None:
    found = assignments(
        "1. Nội dung\nSở Y tế giao Phòng Nghiệp vụ làm đầu mối; Thanh tra Sở kiểm tra việc thực hiện.\n"
    )
    assert plain(found) == [
        ("Phòng Nghiệp vụ", ["làm đầu mối"]),
        ("Thanh tra Sở", ["kiểm tra việc thực hiện"]),
    ]
    found = assignments("1. Nội dung\nGiao Sở Y tế lập dự toán; đề nghị các xã phối hợp với Sở Y tế.\n")
    assert plain(found) == [("Sở Y tế", ["lập dự toán"]), ("các xã", ["phối hợp với Sở Y tế"])]


def test_under_a_frame_each_item_has_its_unit() -> None:
    found = assignments(
        "Điều 1. Phê duyệt.\nĐiều 2. Trách nhiệm của các cơ quan, đơn vị\n1. Giao Ban Quản lý dự án làm chủ đầu tư.\n"
        "2. Phòng Tài chính có trách nhiệm:\na) Thẩm định quyết toán;\nb) Hướng dẫn thanh toán.\n"
        "3. Kho bạc huyện kiểm soát thanh toán.\n"
    )
    assert plain(found) == [
        ("Ban Quản lý dự án", ["làm chủ đầu tư"]),
        ("Phòng Tài chính", ["Thẩm định quyết toán", "Hướng dẫn thanh toán"]),
        ("Kho bạc huyện", ["kiểm soát thanh toán"]),
    ]


def test_a_task_given_on_counts_for_both() -> None:
    found = assignments(
        "I. TỔ CHỨC THỰC HIỆN\n1. Ban Thường vụ Hội\na) Phân công Văn phòng làm đầu mối;\nb) Sơ kết hằng năm.\n"
    )
    assert plain(found) == [
        ("Ban Thường vụ Hội", ["Phân công Văn phòng làm đầu mối", "Sơ kết hằng năm"]),
        ("Văn phòng", ["làm đầu mối"]),
    ]


def test_what_was_done_and_what_others_wrote_assign_nothing() -> None:
    assert assignments("I. KẾT QUẢ THỰC HIỆN\n1. Phòng Y tế\n- Tổ chức khám cho 300 người.\n") == ()
    assert assignments("1. Sửa đổi Điều 5 như sau: “Giao Sở Y tế chủ trì kiểm tra.”\n") == ()


def test_the_deadline_of_a_task_is_its_date_or_its_words() -> None:
    origin = Origin(
        f"{HEAD}1. Phòng Y tế\na) Báo cáo trước ngày 05/12/2023.\nb) Họp hằng quý.\nc) Tổ chức khám.\n"
    )
    frame = read_frame(origin)
    passages = body_passages(origin, frame.subject, [basis.spans for basis in frame.bases], frame.nodes)
    day, quarter = (passages.text.index(words) for words in ("trước ngày", "hằng quý"))
    deadlines = (
        Deadline(text=passages.field(day, day + 21), date=passages.field(day, day + 21, "2023-12-05")),
        Deadline(text=passages.field(quarter, quarter + 8), kind="recurring", recurrence="quarterly"),
    )
    (assignment,) = find_assignments(passages, deadlines)
    assert [task.deadline.value for task in assignment.tasks] == ["2023-12-05", "hằng quý", None]


def test_a_label_and_its_text_are_one_task() -> None:
    found = assignments(
        "I. TỔ CHỨC THỰC HIỆN\n1. Phòng Y tế\na) Kiểm tra: tổ chức hai đợt.\nb) Báo cáo kết quả.\n"
    )
    assert plain(found) == [("Phòng Y tế", ["Kiểm tra: tổ chức hai đợt", "Báo cáo kết quả"])]


def test_the_enacting_article_has_one_unit() -> None:
    found = assignments(
        "Điều 1. Phê duyệt danh sách.\nĐiều 2. Chánh Văn phòng UBND tỉnh, Giám đốc Sở Y tế; Thủ trưởng các đơn vị và\n"
        "các tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này./.\n"
    )
    assert plain(found) == [
        (
            "Chánh Văn phòng UBND tỉnh, Giám đốc Sở Y tế; Thủ trưởng các đơn vị và các tổ chức, cá nhân có liên quan",
            ["chịu trách nhiệm thi hành Quyết định này"],
        )
    ]


def test_an_order_that_ends_with_a_colon_leaves_its_tasks_to_the_items() -> None:
    asked = "Để bảo vệ rừng, Sở Nông nghiệp đề nghị các đơn vị:\n1. Thống kê số cây.\n2. Gửi báo cáo về Sở.\n"
    assert plain(assignments(asked)) == [("các đơn vị", ["Thống kê số cây", "Gửi báo cáo về Sở"])]
    headed = "Sở Nông nghiệp đề nghị các đơn vị:\n1. UBND các xã:\n- Thống kê số cây.\n2. Hạt Kiểm lâm kiểm tra rừng.\n"
    assert plain(assignments(headed)) == [
        ("UBND các xã", ["Thống kê số cây"]),
        ("Hạt Kiểm lâm", ["kiểm tra rừng"]),
    ]


def test_a_list_of_members_is_no_assignment() -> None:
    assert assignments("I. THÀNH PHẦN\n1. Ban Tổ chức\n- Ông Trần Văn An;\n- Bà Lê Thị Bình.\n") == ()


def test_what_is_annexed_counts_if_it_is_a_plan() -> None:
    body = "1. Ban hành kèm theo.\nNơi nhận:\n- Lưu: VT.\nCHỦ TỊCH\nTrần Văn An\n"
    below = "I. TỔ CHỨC THỰC HIỆN\n1. Phòng Y tế\n- Tổ chức khám.\n"
    assert plain(assignments(f"{body}\nPHỤ LỤC\nKẾ HOẠCH KHÁM BỆNH\n{below}")) == [
        ("Phòng Y tế", ["Tổ chức khám"])
    ]
    assert assignments(f"{body}\nPHỤ LỤC\nQUY CHẾ KHÁM BỆNH\n{below}") == ()


PIECES = st.sampled_from((
    "I. TỔ CHỨC THỰC HIỆN", "1. Phòng Y tế", "2. Các xã: lập dự toán.", "- Tổ chức khám, phối hợp với Công an xã.",
    "Giao Sở Y tế kiểm tra; đề nghị các đơn vị:", "a) Báo cáo trước ngày 05/12/2023.", "Điều 3. Chánh Văn phòng",
    "UBND huyện yêu cầu các xã có trách nhiệm:", "PHỤ LỤC", "Trên đây là kế hoạch.", "+ Hội Phụ nữ", "“", "(",
    "chịu trách nhiệm thi hành Quyết định này./.", "Sở Y tế chủ trì, phối hợp với", ":", "Nơi nhận:", "- Lưu: VT.",
))  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("\n".join))
def test_tasks_stand_in_the_text_and_none_twice_for_one_unit(text: str) -> None:
    document = build_document(text)
    flat = " ".join(text.split())
    places = []
    for assignment in document.assignments:
        assert assignment.unit.value is not None
        assert assignment.unit.value in flat
        assert assignment.tasks
        unit = assignment.unit.provenance[0].start
        for task in assignment.tasks:
            assert task.text.value is not None
            assert all(text[place.start : place.end] for place in task.text.provenance)
            places.append((unit, task.text.provenance[0].start))
    assert len(places) == len(set(places))


def test_a_part_that_gives_duties_needs_no_known_word_of_doing() -> None:
    found = assignments(
        "I. MỤC ĐÍCH\n1. Nâng cao nhận thức.\nII. TỔ CHỨC QUẢN LÝ\n"
        "1. Điện lực Kiến An hạ ngầm cáp trục.\n2. Phòng Kế hoạch tổng hợp: tổng hợp số liệu.\n"
        "3. Các ông trong Ban Chỉ huy có mặt đủ.\n4. Chủ tịch Hội: Ông Trần Văn An.\n"
    )
    assert plain(found) == [
        ("Điện lực Kiến An", ["hạ ngầm cáp trục"]),
        ("Phòng Kế hoạch tổng hợp", ["tổng hợp số liệu"]),
    ]


def test_an_office_that_has_an_opinion_gives_duties() -> None:
    found = assignments(
        "Ủy ban nhân dân huyện có ý kiến như sau:\n1. Phòng Nông nghiệp huyện dự trữ 500 cây giống.\n"
        "2. Đề nghị Hạt Kiểm lâm kiểm tra vườn ươm.\n"
    )
    assert plain(found) == [
        ("Phòng Nông nghiệp huyện", ["dự trữ 500 cây giống"]),
        ("Hạt Kiểm lâm", ["kiểm tra vườn ươm"]),
    ]


def test_each_unit_of_a_sentence_has_its_own_duty() -> None:
    found = assignments(
        "I. MỤC ĐÍCH\n1. Nâng cao nhận thức.\nII. TỔ CHỨC THỰC HIỆN\n"
        "1. Phòng Nông nghiệp kiểm tra vườn ươm; Hạt Kiểm lâm chi trả tiền công.\n"
        "2. Thầy Trần Văn An: viết bài.\n3. Yêu cầu các phân xưởng vệ sinh kho.\n"
        "4. Đài Khí tượng thủy văn huyện dự báo sớm.\n5. Yêu cầu nhà thầu thi công bổ sung máy móc.\n"
    )
    assert plain(found) == [
        ("Phòng Nông nghiệp", ["kiểm tra vườn ươm"]),
        ("Hạt Kiểm lâm", ["chi trả tiền công"]),
        ("Thầy Trần Văn An", ["viết bài"]),
        ("các phân xưởng", ["vệ sinh kho"]),
        ("Đài Khí tượng thủy văn huyện", ["dự báo sớm"]),
        ("nhà thầu thi công", ["bổ sung máy móc"]),
    ]
