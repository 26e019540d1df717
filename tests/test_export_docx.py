"""DOCX as Decree 30 has it: opened again, measured, and its parts found."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

import restore
from restore.document import Document, Field, Header, Table, TableCell
from restore.export.docx import docx_bytes
from restore.field import Provenance
from restore.page import BBox

CASES = Path(__file__).parent / "cases" / "structure" / "open"


def opened(name: str) -> DocxDocument:
    return docx.Document(BytesIO(docx_bytes(restore.parse((CASES / name / "text.txt").read_text("utf-8")))))


@pytest.fixture(scope="module")
def decree() -> DocxDocument:
    return opened("nghi-dinh")


@pytest.fixture(scope="module")
def letter() -> DocxDocument:
    return opened("cong-van-khan")


def paragraphs(file: DocxDocument, style: str) -> list[str]:
    """The texts of all paragraphs of a style, in cells as well."""
    found = [
        *file.paragraphs,
        *(p for table in file.tables for row in table.rows for cell in row.cells for p in cell.paragraphs),
    ]
    return [
        paragraph.text for paragraph in found if paragraph.style is not None and paragraph.style.name == style
    ]


def test_paper_and_margins(decree: DocxDocument) -> None:
    section = decree.sections[0]
    assert [round(side.mm) for side in (section.page_width, section.page_height)] == [210, 297]
    for margin, least, most in (
        (section.top_margin, 20, 25), (section.bottom_margin, 20, 25),
        (section.left_margin, 30, 35), (section.right_margin, 15, 20),
    ):  # fmt: skip
        assert least <= round(margin.mm, 1) <= most


def test_type_and_its_sizes(decree: DocxDocument) -> None:
    for name, sizes in (
        ("Quốc hiệu", (12, 13)), ("Tiêu ngữ", (13, 14)), ("Cơ quan ban hành", (12, 13)), ("Số ký hiệu", (13, 13)),
        ("Tên loại", (13, 14)), ("Lời văn", (13, 14)), ("Nơi nhận", (12, 12)), ("Danh sách nơi nhận", (11, 11)),
    ):  # fmt: skip
        font = decree.styles[name].font
        assert font.name == "Times New Roman"
        assert Pt(sizes[0]) <= font.size <= Pt(sizes[1]), name
    assert decree.styles["Nơi nhận"].font.bold and decree.styles["Nơi nhận"].font.italic
    assert decree.styles["Căn cứ"].font.italic and not decree.styles["Căn cứ"].font.bold
    assert not decree.styles["Cơ quan chủ quản"].font.bold
    body = decree.styles["Lời văn"].paragraph_format
    assert body.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert Mm(10) <= body.first_line_indent <= Mm(12.7)


def test_head_of_a_decree(decree: DocxDocument) -> None:
    (office, state), (number, place) = (
        (cells[0], cells[1]) for cells in (row.cells for row in decree.tables[0].rows)
    )
    assert office.text.split("\n")[0] == "CHÍNH PHỦ"
    assert state.text.split("\n")[:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert number.text == "Số: 97/2031/NĐ-CP"
    assert place.text == "Hà Nội, ngày 09 tháng 10 năm 2031"
    # A drawn line under the issuer and under the motto, none elsewhere in the head.
    assert [len(list(cell._tc.iter(qn("w:pBdr")))) for cell in (office, state, number, place)] == [1, 1, 0, 0]
    assert paragraphs(decree, "Tên loại") == ["NGHỊ ĐỊNH"]
    assert paragraphs(decree, "Trích yếu") == ["Quy định về quản lý vườn cây di sản và cây cổ thụ"]


def test_body_of_a_decree(decree: DocxDocument) -> None:
    assert len(paragraphs(decree, "Căn cứ")) == 3
    centred = paragraphs(decree, "Đề mục giữa")
    assert centred[:3] == [
        "Chương I\nNHỮNG QUY ĐỊNH CHUNG",
        "Chương II\nCHĂM SÓC VÀ BẢO VỆ",
        "Mục 1\nCHĂM SÓC",
    ]
    assert "Điều 4. Hành vi bị nghiêm cấm" in paragraphs(decree, "Đề mục")
    assert "đ) Vườn của hộ gia đình." in paragraphs(decree, "Lời văn")


def test_end_and_annex_of_a_decree(decree: DocxDocument) -> None:
    assert paragraphs(decree, "Nơi nhận") == ["Nơi nhận:"]
    assert paragraphs(decree, "Danh sách nơi nhận")[-1] == "- Lưu: VT, NN (2b)."
    assert paragraphs(decree, "Thẩm quyền ký") == ["TM. CHÍNH PHỦ", "KT. THỦ TƯỚNG", "PHÓ THỦ TƯỚNG"]
    assert paragraphs(decree, "Họ tên")[-1] == "Đỗ Văn Khuê"
    broken = [p.text for p in decree.paragraphs if p.paragraph_format.page_break_before]
    assert len(broken) == 1
    assert broken[0].startswith("PHỤ LỤC I")


def test_pages_are_numbered_from_the_second_on(decree: DocxDocument) -> None:
    section = decree.sections[0]
    assert section.different_first_page_header_footer
    (number,) = section.header.paragraphs
    assert [element.text for element in number._p.iter(qn("w:instrText"))] == [" PAGE "]
    assert decree.styles["Số trang"].paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert not list(section.first_page_header._element.iter(qn("w:instrText")))


def test_a_letter(letter: DocxDocument) -> None:
    number = letter.tables[0].cell(1, 0)
    assert number.text.split("\n")[:2] == [
        "Số: 2311/CAT-PC07",
        "V/v tăng cường công tác phòng cháy, chữa cháy tại khu dân cư",
    ]
    assert paragraphs(letter, "Tên loại") == []
    assert [text.strip() for text in paragraphs(letter, "Dấu chỉ mức độ")] == ["KHẨN"]
    assert len(list(number._tc.iter(qn("w:bdr")))) == 1
    assert paragraphs(letter, "Kính gửi") == [
        "Kính gửi:", "- Trưởng phòng nghiệp vụ;", "- Trưởng Công an các huyện, thành phố.",
    ]  # fmt: skip


def test_several_signers_stand_side_by_side() -> None:
    file = opened("nghi-quyet-lien-tich")
    signers = file.tables[1]
    assert len(signers.columns) == 2
    assert all(cell.text.strip() for cell in signers.rows[0].cells)


def test_a_table_keeps_its_spans() -> None:
    cells = (
        TableCell(row=0, column=0, column_span=2, text="Đơn vị"),
        TableCell(row=1, column=0, text="Sở Y tế"),
        TableCell(row=1, column=1, text="5"),
    )
    file = docx.Document(
        BytesIO(docx_bytes(Document(tables=(Table(id="t1", rows=2, columns=2, cells=cells),))))
    )
    (table,) = file.tables
    assert table.cell(0, 0).text == table.cell(0, 1).text == "Đơn vị"
    assert [cell.text for cell in table.rows[1].cells] == ["Sở Y tế", "5"]


def test_the_address_stands_at_the_foot_of_the_first_page() -> None:
    header = Header(contact=Field(value="Số 1, phố Huế", raw="Số 1, phố Huế", status="present"))
    section = docx.Document(BytesIO(docx_bytes(Document(header=header)))).sections[0]
    assert section.first_page_footer.paragraphs[0].text == "Số 1, phố Huế"
    assert section.footer.paragraphs[0].text == ""


def test_no_time_is_in_the_file() -> None:
    with ZipFile(BytesIO(docx_bytes(Document()))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01T00:00:00Z" in package.read("docProps/core.xml")


def test_the_columns_of_a_table_are_as_wide_as_on_the_page() -> None:
    def cell(column: int, left: int, right: int) -> TableCell:
        place = Provenance(page=1, bbox=BBox(left=left, top=0, right=right, bottom=9), start=0, end=1)
        return TableCell(row=0, column=column, text="x", provenance=(place,))

    table = Table(id="t1", rows=1, columns=2, cells=(cell(0, 0, 100), cell(1, 100, 400)))
    (printed,) = docx.Document(BytesIO(docx_bytes(Document(tables=(table,))))).tables
    narrow, wide = printed.columns
    assert wide.width / narrow.width == pytest.approx(3, abs=0.01)
    assert narrow.width + wide.width == pytest.approx(Mm(165), abs=Mm(1))
