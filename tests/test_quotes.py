"""Quoted amendments stay inside their quotation, whatever marks stand around them."""

from __future__ import annotations

import pytest

from restore.document import Section
from restore.parser import build_document
from restore.structure.lines import split_lines
from restore.structure.numbering import find_marker
from restore.structure.quotes import Quotation, find_quotations

HEAD = "Điều 1. Sửa đổi, bổ sung một số điều của Quy chế\n"
TAIL = "Điều 2. Hiệu lực\nQuyết định này có hiệu lực từ ngày ký.\n"


def sections(text: str) -> tuple[Section, ...]:
    return build_document(text).sections


def own(found: tuple[Section, ...]) -> list[object]:
    """Numbers of the document's own sections."""
    return [
        (one.number, own(one.children)) if own(one.children) else one.number
        for one in found
        if not one.quoted and one.number
    ]


def quotations(found: tuple[Section, ...]) -> list[Section]:
    here = [one for one in found if one.quoted]
    return here + [inner for one in found if not one.quoted for inner in quotations(one.children)]


BODY = (
    "1. Sửa đổi, bổ sung Điều 5 như sau:\n"
    "{open}Điều 5. Đăng ký\n1. Chủ ghe nộp hồ sơ gồm:\na) Đơn;\nb) Giấy tờ.\n2. Xã cấp số trong 05 ngày.{close}\n"
    "2. Bãi bỏ Điều 9.\n"
)


@pytest.mark.parametrize(
    ("opened", "closed"),
    [("“", "”."), ("“", "”"), ("“", "”;"), ('"', '".'), ("“", '".'), ('"', "”."), ("“", "“."), ("“", "")],
)
def test_an_amended_article_with_its_clauses(opened: str, closed: str) -> None:
    found = sections(HEAD + BODY.format(open=opened, close=closed) + TAIL)
    assert own(found) == [("1", ["1", "2"]), "2"]
    (quotation,) = quotations(found)
    assert (quotation.kind, quotation.number, quotation.text) == ("paragraph", None, "")
    (article,) = quotation.children
    assert (article.kind, article.number, article.title, article.quoted) == ("article", "5", "Đăng ký", True)
    assert [(one.number, one.quoted) for one in article.children] == [("1", True), ("2", True)]
    assert [one.number for one in article.children[0].children] == ["a", "b"]
    assert article.children[1].text == "Xã cấp số trong 05 ngày."


def test_the_quotation_hangs_under_the_point_that_amends() -> None:
    text = (
        HEAD
        + "1. Sửa đổi Điều 5:\na) Sửa đổi khoản 2 như sau:\n“2. Cấm đốt đồng.”;\nb) Bãi bỏ khoản 3.\n2. Bãi bỏ Điều 6.\n"
    )
    text += TAIL
    point = sections(text)[0].children[0].children[0]
    assert (point.number, point.text) == ("a", "Sửa đổi khoản 2 như sau:")
    assert [one.text for one in point.children[0].children] == ["Cấm đốt đồng."]


def test_several_quotations_and_one_line_ones() -> None:
    text = (
        HEAD
        + "1. Sửa đổi khoản 2 Điều 3 như sau: “2. Chợ hạng I có từ 200 ghe.”.\n"
        + "2. Bổ sung Điều 5a như sau:\n“Điều 5a. Neo đậu\nGhe neo theo vạch.”.\n“Điều 5b. Rời bến\nGhe rời bến theo giờ.”.\n"
        + TAIL
    )
    found = sections(text)
    assert own(found) == [("1", ["1", "2"]), "2"]
    assert [one.children[0].number for one in quotations(found)] == ["2", "5a", "5b"]


def test_quotations_inside_a_quotation() -> None:
    text = (
        HEAD
        + "1. Sửa đổi Điều 5 như sau:\n“Điều 5. Quỹ\n1. Quỹ “Vì người nghèo” (sau đây gọi là “Quỹ”) do xã lập.\n"
        + "2. Quỹ có con dấu “riêng”.”.\n2. Sửa đổi Điều 6 như sau:\n“Điều 6. Thu, chi”.\n"
        + TAIL
    )
    found = sections(text)
    assert own(found) == [("1", ["1", "2"]), "2"]
    assert len(quotations(found)) == 2


def test_a_lost_closing_mark_ends_before_the_next_point() -> None:
    text = (
        HEAD
        + "1. Sửa đổi Điều 5 như sau:\n“Điều 5. Quỹ\n1. Quỹ do xã lập.\n2. Quỹ có con dấu.\n"
        + "2. Sửa đổi Điều 6 như sau:\n“Điều 6. Thu, chi\n1. Thu đúng.\n2. Chi đủ.\n"
        + "3. Bãi bỏ Điều 7.\n"
        + TAIL
    )
    found = sections(text)
    assert own(found) == [("1", ["1", "2", "3"]), "2"]
    assert [len(one.children[0].children) for one in quotations(found)] == [2, 2]


def test_a_paragraph_without_number_is_its_own_text() -> None:
    text = HEAD + "1. Sửa đổi tên Điều 5 như sau:\n“Neo đậu ghe, xuồng tại bến”.\n2. Bãi bỏ Điều 9.\n" + TAIL
    (quotation,) = quotations(sections(text))
    assert (quotation.text, quotation.children) == ("Neo đậu ghe, xuồng tại bến", ())


@pytest.mark.parametrize(
    "text",
    [
        "1. Nội dung\n“Toàn dân đoàn kết” là phương châm chung.\n2. Kinh phí\nDo xã bảo đảm.\n",
        "1. Khẩu hiệu\n“Sạch nhà, đẹp ngõ\n2. Kinh phí\nDo xã bảo đảm.\n",
        "Điều 1. Thay cụm từ\nThay thế cụm từ “Sở Xây dựng” bằng cụm từ “Sở Giao thông”.\nĐiều 2. Hiệu lực\nTừ ngày ký.\n",
    ],
)
def test_no_quotation(text: str) -> None:
    found = sections(text)
    assert [one.number for one in found] == ["1", "2"]
    assert not quotations(found)


def test_lines_of_quotations() -> None:
    lines = split_lines("1. Sửa đổi Điều 2 như sau:\n“Điều 2. Bến\nBến có biển báo.”\n2. Bãi bỏ Điều 3.\n")
    assert find_quotations(lines, [find_marker(line) for line in lines]) == (Quotation(1, 3),)
