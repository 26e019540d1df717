"""Markdown that renders as the decree has it, and in which the text's own signs have no meaning."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import restore
from restore.document import Document, Section, Table, TableCell
from restore.export.markdown import escaped, markdown, paragraph

CASES = Path(__file__).parent / "cases" / "structure" / "open"
RENDERER = MarkdownIt("commonmark", {"html": True}).enable("table")


def rendered(name: str) -> str:
    return str(RENDERER.render(markdown(restore.parse((CASES / name / "text.txt").read_text("utf-8")))))


def words(page: str) -> list[str]:
    return html.unescape(re.sub(r"<[^>]*>", " ", page)).split()


def test_a_decree() -> None:
    page = rendered("nghi-dinh")
    assert "<strong>CHÍNH PHỦ</strong><br>" in page
    assert "<em>Hà Nội, ngày 09 tháng 10 năm 2031</em>" in page
    assert '<div align="center">\n<h1>NGHỊ ĐỊNH</h1>' in page
    assert "<h2>Chương I<br>NHỮNG QUY ĐỊNH CHUNG</h2>" in page
    assert "<h3>Điều 1. Phạm vi điều chỉnh</h3>" in page
    assert "<em>Căn cứ Luật Tổ chức Chính phủ số 63/2025/QH15;</em>" in page
    assert "<p>2. Vườn cây di sản là khu vực có từ năm cây cổ thụ, gồm:</p>" in page
    assert "<p>đ) Vườn của hộ gia đình.</p>" in page
    assert (
        "<strong>TM. CHÍNH PHỦ</strong><br><strong>KT. THỦ TƯỚNG</strong><br><strong>PHÓ THỦ TƯỚNG</strong>"
        in page
    )
    assert page.index("<hr") < page.index("PHỤ LỤC I")


def test_a_letter() -> None:
    page = rendered("cong-van-khan")
    assert "Số: 2311/CAT-PC07<br>V/v tăng cường" in page
    assert "<h1>" not in page
    assert "<li>Trưởng phòng nghiệp vụ;</li>" in page


def test_an_article_with_its_text_and_dashes() -> None:
    page = rendered("quyet-dinh-truong")
    assert "<strong>Điều 2:</strong> Ban tổ chức có nhiệm vụ:" in page
    assert "<li>" in page


SIGNS = st.text(st.sampled_from("*_`#[]()<>|~!-+=:1.\\&\"'$ \tab"), max_size=30)


@settings(max_examples=300, deadline=None)
@given(SIGNS)
def test_no_sign_of_a_text_has_a_meaning(text: str) -> None:
    page = RENDERER.render(paragraph(text))
    assert words(page) == text.split()
    assert not re.search(r"<(?!/?p>)", page)
    bounded = f"x{text}x"
    cell = RENDERER.render(f"|  |\n|:---:|\n| **{escaped(bounded)}** |\n")
    assert words(cell) == bounded.split()


@pytest.mark.parametrize("kind", ["clause", "bullet"])
@settings(max_examples=60, deadline=None)
@given(text=SIGNS)
def test_no_item_of_a_document_becomes_another(kind: str, text: str) -> None:
    marker = "-" if kind == "bullet" else "3."
    section = Section(id="s1", kind="bullet" if kind == "bullet" else "clause", marker=marker, text=text)
    page = RENDERER.render(markdown(Document(sections=(section,))))
    assert words(page) == ([] if kind == "bullet" else [marker]) + text.split()


def test_a_table_with_spans() -> None:
    cells = (TableCell(row=0, column=0, column_span=2, text="A < B"), TableCell(row=1, column=1, text="5"))
    page = markdown(Document(tables=(Table(id="t1", rows=2, columns=2, cells=cells),)))
    assert page == '<table>\n<tr><td colspan="2">A &lt; B</td></tr>\n<tr><td>5</td></tr>\n</table>\n'


def test_an_empty_document_is_empty() -> None:
    assert markdown(Document()) == ""
