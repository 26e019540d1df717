"""A document as DOCX, set as Decree 30/2020/NĐ-CP, Appendix I, says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

import docx
from docx.document import Document as DocxDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from restore.document import Document, Table
from restore.export.characters import printable
from restore.export.docx_styles import LOOKS, TEXT_WIDTH, style_id, template
from restore.export.grid import column_shares, grid
from restore.export.head import Head
from restore.export.layout import Block, Sheet, Signature, lay_out
from restore.export.packages import timeless
from restore.export.plain import listed

# mm; quốc hiệu on one line of 12 points bold needs 88 mm.
_LEFT_COLUMN, _RIGHT_COLUMN = 73.0, TEXT_WIDTH - 73.0
_RECIPIENTS_COLUMN = 75.0
_SIGNATURE_ROOM = 4  # empty lines for signature and seal
# Mean width of a letter of Times, in ems, measured over the fixed lines of the head (capitals bold: .70, else .45).
_CAPITAL_EM, _SMALL_EM = 0.70, 0.45
_POINT = 0.3528  # mm


def docx_bytes(document: Document) -> bytes:
    """The document as the bytes of a DOCX file; the same document gives the same bytes."""
    sheet = lay_out(document)
    file = docx.Document(BytesIO(template()))
    _describe(file, sheet.head)
    _page_numbers(file, sheet.head.contact)
    _head(file, sheet.head)
    _body(file, sheet.body)
    _end(file, sheet)
    for annex in sheet.annexes:
        _annex(file, annex)
    target = BytesIO()
    file.save(target)
    return timeless(target.getvalue())


def _describe(file: DocxDocument, head: Head) -> None:
    properties = file.core_properties
    properties.title = printable(f"{head.type_name} {head.subject or head.about}".strip())[:255]
    properties.author = properties.last_modified_by = ""
    properties.comments = ""
    properties.language = "vi-VN"


def _write(paragraph: Paragraph, style: str, text: str = "", *, bold: str = "") -> Paragraph:
    """Give an empty paragraph its style and its text, ``bold`` before it."""
    # By its id, not its name: python-docx looks a name up in all styles for every paragraph, nine tenths of the time.
    paragraph._p.style = style_id(style)
    if bold:
        paragraph.add_run(printable(bold)).bold = True
    if text:
        paragraph.add_run(printable(f" {text}" if bold else text))
    return paragraph


def _head(file: DocxDocument, head: Head) -> None:
    if any((head.parent, head.issuer, head.national_name, head.number, head.place_date, head.marks)):
        table = file.add_table(rows=2, cols=2)
        _fix(table, [_LEFT_COLUMN, _RIGHT_COLUMN])
        (office, state), (number, place) = ((row.cells[0], row.cells[1]) for row in table.rows)
        _fill(office, [("Cơ quan chủ quản", line) for line in head.parent])
        _fill(office, [("Cơ quan ban hành", line) for line in head.issuer])
        _fill(state, [("Quốc hiệu", head.national_name), ("Tiêu ngữ", head.motto)])
        if head.issuer:
            _rule(office.add_paragraph(), _LEFT_COLUMN, 0.45 * _width("Cơ quan ban hành", head.issuer[-1]))
        if head.national_name or head.motto:
            last = ("Tiêu ngữ", head.motto) if head.motto else ("Quốc hiệu", head.national_name)
            _rule(state.add_paragraph(), _RIGHT_COLUMN, _width(*last))
        _fill(number, [("Số ký hiệu", head.number), ("Trích yếu công văn", head.about)])
        for mark in head.marks:
            _frame(_write(number.add_paragraph(), "Dấu chỉ mức độ", f" {mark} ").runs[0])
        _fill(place, [("Địa danh thời gian", head.place_date)])
        for cell in (office, state, number, place):
            _drop_first(cell)
    if head.type_name:
        _write(file.add_paragraph(), "Tên loại", head.type_name)
    if head.subject:
        _write(file.add_paragraph(), "Trích yếu", head.subject)
        _rule(
            file.add_paragraph(), TEXT_WIDTH, 0.45 * min(_width("Trích yếu", head.subject), TEXT_WIDTH / 1.5)
        )
    _addressees(file, head.addressees)
    if head.addressees or not head.subject:
        _write(file.add_paragraph(), "Lời văn")


def _addressees(file: DocxDocument, addressees: Sequence[str]) -> None:
    """Kính gửi stands in from the left; several addressees below it, each with its dash."""
    lines = [f"Kính gửi: {one}" for one in addressees]
    if len(lines) > 1:
        lines = ["Kính gửi:", *listed(tuple(addressees))]
    for index, line in enumerate(lines):
        paragraph = _write(file.add_paragraph(), "Kính gửi", line)
        paragraph.paragraph_format.left_indent = Mm(25 if index == 0 else 35)


def _body(file: DocxDocument, blocks: Iterable[Block]) -> None:
    for block in blocks:
        if block.table:
            _table(file, block.table)
        elif block.style == "centred":
            paragraph = _write(file.add_paragraph(), "Đề mục giữa")
            for index, line in enumerate(block.head.splitlines()):
                if index:
                    paragraph.add_run().add_break()
                paragraph.add_run(printable(line))
        elif block.style == "heading":
            _write(file.add_paragraph(), "Đề mục", block.head)
        elif block.style == "basis":
            _write(file.add_paragraph(), "Căn cứ", block.text)
        else:
            text = f"{block.marker} {block.text}" if block.marker else block.text
            _write(file.add_paragraph(), "Lời văn", text, bold=block.head)


def _table(file: DocxDocument, table: Table) -> None:
    cells = grid(table)
    columns = len(cells[0])
    target = file.add_table(rows=len(cells), cols=columns)
    if table.ruled:
        target.style = "Table Grid"
    target.alignment = WD_TABLE_ALIGNMENT.CENTER
    _set_widths(target, [TEXT_WIDTH * share for share in column_shares(table, columns)])
    for row, line in enumerate(cells):
        for column, cell in enumerate(line):
            if cell is None:
                continue
            place = target.cell(row, column)
            if cell.row_span > 1 or cell.column_span > 1:
                place = place.merge(target.cell(row + cell.row_span - 1, column + cell.column_span - 1))
            _write(place.paragraphs[0], "Ô bảng", " ".join(cell.text.split()))
    _write(file.add_paragraph(), "Đường kẻ")


def _end(file: DocxDocument, sheet: Sheet) -> None:
    """Recipients to the left, who signed to the right; several signers side by side above the recipients."""
    if not sheet.recipients and not sheet.signatures:
        return
    _write(file.add_paragraph(), "Đường kẻ")
    if len(sheet.signatures) > 1:
        for start in range(0, len(sheet.signatures), 2):
            if start:
                _write(file.add_paragraph(), "Đường kẻ")
            pair = sheet.signatures[start : start + 2]
            signers = file.add_table(rows=1, cols=2)
            _fix(signers, [TEXT_WIDTH / 2] * 2)
            for cell, signature in zip(signers.rows[0].cells, pair, strict=False):
                _sign(cell, signature)
        for line in _recipients(sheet.recipients):
            _write(file.add_paragraph(), *line)
        return
    table = file.add_table(rows=1, cols=2)
    _fix(table, [_RECIPIENTS_COLUMN, TEXT_WIDTH - _RECIPIENTS_COLUMN])
    left, right = table.rows[0].cells
    _fill(left, _recipients(sheet.recipients))
    _drop_first(left)
    for signature in sheet.signatures:
        _sign(right, signature)


def _recipients(recipients: tuple[str, ...]) -> list[tuple[str, str]]:
    if not recipients:
        return []
    return [("Nơi nhận", "Nơi nhận:"), *(("Danh sách nơi nhận", line) for line in listed(recipients))]


def _sign(cell: _Cell, signature: Signature) -> None:
    _fill(cell, [("Thẩm quyền ký", line) for line in (*signature.authority, *signature.position)])
    if signature.name:
        for _ in range(_SIGNATURE_ROOM):
            _write(cell.add_paragraph(), "Họ tên")
        _write(cell.add_paragraph(), "Họ tên", signature.name)
    _drop_first(cell)


def _annex(file: DocxDocument, blocks: Sequence[Block]) -> None:
    """What is annexed begins a page of its own."""
    if blocks[0].table:
        _write(file.add_paragraph(), "Lời văn")
    before = len(file.paragraphs)
    _body(file, blocks)
    file.paragraphs[before - bool(blocks[0].table)].paragraph_format.page_break_before = True


def _page_numbers(file: DocxDocument, contact: str) -> None:
    """Numbers in the middle of the top margin from the second page on; the office's address at the foot of the first."""
    section = file.sections[0]
    section.different_first_page_header_footer = True
    paragraph = _write(section.header.paragraphs[0], "Số trang")
    for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
        run = paragraph.add_run()
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)
    if contact:
        _write(section.first_page_footer.paragraphs[0], "Địa chỉ cơ quan", contact)


def _fix(table: docx.table.Table, widths: Sequence[float]) -> None:
    """Columns of just these widths (mm), no lines, no room between a cell's edge and its text."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        margin = OxmlElement(side)
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)
    _set_widths(table, widths)


def _set_widths(table: docx.table.Table, widths: Sequence[float]) -> None:
    """Columns of just these widths (mm), in a table without spans so far."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table._tbl.tr_lst:
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = Mm(width)


def _fill(cell: _Cell, lines: Iterable[tuple[str, str]]) -> None:
    for style, text in lines:
        if text:
            _write(cell.add_paragraph(), style, text)


def _drop_first(cell: _Cell) -> None:
    """Take out the empty paragraph that every new cell has, where there is another."""
    if len(cell.paragraphs) > 1:
        first = cell.paragraphs[0]._p
        first.getparent().remove(first)


def _rule(paragraph: Paragraph, room: float, length: float) -> None:
    """A drawn line of some length (mm) in the middle of the room that there is."""
    _write(paragraph, "Đường kẻ")
    side = max(0.0, (room - min(length, room)) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(side)
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _frame(run: Run) -> None:
    """A single frame around a run, as around the signs of urgency and secrecy."""
    border = OxmlElement("w:bdr")
    for name, value in (("val", "single"), ("sz", "8"), ("space", "0"), ("color", "000000")):
        border.set(qn(f"w:{name}"), value)
    run._r.get_or_add_rPr().append(border)


def _width(style: str, text: str) -> float:
    """About how wide a line is in print, in mm."""
    capitals = sum(letter.isupper() for letter in text)
    ems = capitals * _CAPITAL_EM + (len(text) - capitals) * _SMALL_EM
    return ems * LOOKS[style].size * _POINT
