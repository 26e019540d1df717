"""The measures of Decree 30/2020/NĐ-CP, Appendix I, Part I: paper, margins, type, and the paragraph styles made of them.

Where the decree gives a span (13 to 14 points, 20 to 25 mm), one value inside it stands here. Each part of a document has a
named style of its own, so that whoever opens the file can change it in one place.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import NamedTuple

from docx import Document as new_docx
from docx.document import Document as DocxDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle

from restore.language.vietnamese import strip_marks

FONT = "Times New Roman"
# Section I.1 to I.3: A4; top and bottom 20 to 25 mm, left 30 to 35, right 15 to 20.
PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
TOP, BOTTOM, LEFT, RIGHT = 20.0, 20.0, 30.0, 15.0
PAGE_NUMBER_HEIGHT = 10.0  # mm from the paper's edge: in the middle of the top margin
TEXT_WIDTH = PAGE_WIDTH - LEFT - RIGHT
BODY_SIZE = 14.0
HEAD_SIZE = 13.0
OFFICE_SIZE = 12.0  # the smallest: quốc hiệu stands on one line, and long names of offices beside it


class Look(NamedTuple):
    """How a style prints.

    Attributes:
        size: points.
        bold: strong.
        italic: slanted.
        alignment: ``left``, ``centre`` or ``justify``.
        indent: of the first line, mm.
        before: points above.
        after: points below.
        level: of the outline, from 1; 0 for what is no heading.
    """

    size: float = BODY_SIZE
    bold: bool = False
    italic: bool = False
    alignment: str = "centre"
    indent: float = 0.0
    before: float = 0.0
    after: float = 0.0
    level: int = 0


_INDENT = 12.7  # mm; the decree says 1 cm or 1.27 cm
_GAP = 6.0  # points between paragraphs, the decree's least

LOOKS: dict[str, Look] = {
    "Quốc hiệu": Look(OFFICE_SIZE, bold=True),
    "Tiêu ngữ": Look(HEAD_SIZE, bold=True),
    "Cơ quan chủ quản": Look(OFFICE_SIZE),
    "Cơ quan ban hành": Look(OFFICE_SIZE, bold=True),
    "Số ký hiệu": Look(HEAD_SIZE, before=_GAP),
    "Trích yếu công văn": Look(12),
    "Địa danh thời gian": Look(HEAD_SIZE, italic=True, before=_GAP),
    "Dấu chỉ mức độ": Look(HEAD_SIZE, bold=True, before=_GAP),
    "Tên loại": Look(BODY_SIZE, bold=True, before=12, level=1),
    "Trích yếu": Look(BODY_SIZE, bold=True),
    "Kính gửi": Look(BODY_SIZE, alignment="left", before=_GAP),
    "Căn cứ": Look(BODY_SIZE, italic=True, alignment="justify", indent=_INDENT, after=_GAP),
    "Đề mục giữa": Look(BODY_SIZE, bold=True, before=_GAP, after=_GAP, level=1),
    "Đề mục": Look(BODY_SIZE, bold=True, alignment="justify", indent=_INDENT, after=_GAP, level=2),
    "Lời văn": Look(BODY_SIZE, alignment="justify", indent=_INDENT, after=_GAP),
    "Ô bảng": Look(HEAD_SIZE, alignment="left"),
    "Nơi nhận": Look(12, bold=True, italic=True, alignment="left"),
    "Danh sách nơi nhận": Look(11, alignment="left"),
    "Thẩm quyền ký": Look(BODY_SIZE, bold=True),
    "Họ tên": Look(BODY_SIZE, bold=True),
    "Số trang": Look(BODY_SIZE),
    "Địa chỉ cơ quan": Look(11),
    "Đường kẻ": Look(2, after=_GAP),
}


@cache
def style_id(name: str) -> str:
    """By what paragraphs name their style, in plain letters.

    >>> style_id("Quốc hiệu")
    'Quochieu'
    """
    return strip_marks(name).replace(" ", "")


_ALIGNMENTS = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "centre": WD_ALIGN_PARAGRAPH.CENTER,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


@cache
def template() -> bytes:
    """An empty DOCX file with the paper, the language and the styles of the decree; made once, for all documents."""
    docx = new_docx()
    _set_up(docx)
    target = BytesIO()
    docx.save(target)
    return target.getvalue()


def _set_up(docx: DocxDocument) -> None:
    section = docx.sections[0]
    section.page_width, section.page_height = Mm(PAGE_WIDTH), Mm(PAGE_HEIGHT)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance = section.footer_distance = Mm(PAGE_NUMBER_HEIGHT)
    normal = docx.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    _set_font(normal, Look())
    for name, look in LOOKS.items():
        style = docx.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        assert isinstance(style, ParagraphStyle)
        style.element.styleId = style_id(name)
        style.base_style = normal
        _set_font(style, look)
        _set_paragraph(style, look)


def _set_font(style: ParagraphStyle, look: Look) -> None:
    style.font.name, style.font.size = FONT, Pt(look.size)
    style.font.bold, style.font.italic = look.bold, look.italic
    properties = style.element.get_or_add_rPr()
    fonts = properties.rFonts
    for kind in ("w:cs", "w:eastAsia"):
        fonts.set(qn(kind), FONT)
    for name in [name for name in fonts.attrib if "Theme" in str(name)]:
        del fonts.attrib[name]
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    properties.append(language)


def _set_paragraph(style: ParagraphStyle, look: Look) -> None:
    layout = style.paragraph_format
    layout.alignment = _ALIGNMENTS[look.alignment]
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.line_spacing = 1.0
    layout.widow_control = True
    if look.indent:
        layout.first_line_indent = Mm(look.indent)
    if look.level:
        layout.keep_with_next = True
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(look.level - 1))
        style.element.get_or_add_pPr().append(level)
