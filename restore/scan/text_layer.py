"""A PDF page's text layer as a ``Page`` of words with boxes, in the order of the layer.

What the layer is worth is judged elsewhere; here it is only read, letter by letter, as PDFium gives it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil

import pypdfium2
import pypdfium2.raw as pdfium

from restore.page import BBox, Block, Line, Page, Word
from restore.scan.lines import group_lines
from restore.scan.rendering import POINTS_PER_INCH

# What PDFium gives for a hyphen at the end of a line.
_LINE_END_HYPHENS = frozenset({0x02, 0xFFFE})


@dataclass(frozen=True, slots=True)
class _Letter:
    text: str
    box: BBox | None  # None for blanks that PDFium puts in between words


def read_text_layer(
    page: pypdfium2.PdfPage, *, number: int, dpi: int, scale: float | None = None
) -> Page | None:
    """The text layer of a PDF page, or None where it has no words.

    Args:
        page: the page; it is not rendered.
        number: 1-based page number.
        dpi: resolution in whose pixels the boxes are.
        scale: pixels a point, where that is not ``dpi`` / 72.

    Returns:
        Words with confidence 1, in lines and blocks as the layer orders them; source ``text-layer``.
    """
    scale = scale or dpi / POINTS_PER_INCH
    # PDFium's own renderer rounds up as well: these are the sides of the image that it would draw.
    width, height = ceil(page.get_width() * scale), ceil(page.get_height() * scale)
    position = pypdfium2.PdfPosConv(page, (0, 0, width, height, 0))
    text_page = page.get_textpage()
    try:
        letters = list(_letters(text_page, position))
    finally:
        text_page.close()
    lines = []
    count = 0
    for line_letters in _split(letters, "\n"):
        words = []
        for word_letters in _split(line_letters, " "):
            boxes = [letter.box for letter in word_letters if letter.box]
            if boxes:
                text = "".join(letter.text for letter in word_letters)
                words.append(Word(f"p{number}w{count}", text, BBox.union(boxes), 1.0))
                count += 1
        if words:
            lines.append(Line(tuple(words)))
    if not lines:
        return None
    blocks = tuple(Block(tuple(group)) for group in group_lines(lines))
    return Page(number, width, height, dpi, blocks, source="text-layer")


def _letters(text_page: pypdfium2.PdfTextPage, position: pypdfium2.PdfPosConv) -> Iterator[_Letter]:
    high = 0
    for index in range(text_page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        text = "-" if code in _LINE_END_HYPHENS else chr(code)
        if text in "\r\n":
            yield _Letter("\n", None)
        elif text.isspace():
            yield _Letter(" ", None)
        elif text.isprintable():
            yield _Letter(text, _box(text_page, index, position))


def _box(text_page: pypdfium2.PdfTextPage, index: int, position: pypdfium2.PdfPosConv) -> BBox:
    left, bottom, right, top = text_page.get_charbox(index, loose=False)
    x0, y0 = position.to_bitmap(left, top)
    x1, y1 = position.to_bitmap(right, bottom)
    # A turned page swaps the corners; a letter without ink (or a hair stroke) still has its place.
    return BBox(min(x0, x1), min(y0, y1), max(x0, x1, min(x0, x1) + 1), max(y0, y1, min(y0, y1) + 1))


def _split(letters: Iterable[_Letter], mark: str) -> Iterator[list[_Letter]]:
    part: list[_Letter] = []
    for letter in letters:
        if letter.text == mark:
            yield part
            part = []
        else:
            part.append(letter)
    yield part
