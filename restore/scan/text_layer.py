"""A PDF page's text layer as a ``Page`` of words with boxes, in the order of the layer.

What the layer is worth is judged elsewhere; here it is only read, letter by letter, as PDFium gives it. Three things are
no part of the page as a reader sees it, and left out: what stands beside the page (outside of its crop box), an
invisible copy of visible words, and letters of which the file does not say what they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, cos

import pypdfium2
import pypdfium2.raw as pdfium

from restore.page import BBox, Block, Line, Page, Word
from restore.scan.lines import group_lines
from restore.scan.rendering import POINTS_PER_INCH

# What PDFium gives for a hyphen at the end of a line, soft or not; it leaves out the line's end.
_LINE_END_HYPHENS = frozenset({0x02, 0xFFFE})
SOFT_HYPHEN = "\N{SOFT HYPHEN}"
# Bullets and arrows of Symbol and Wingdings, which Word writes as characters of private use.
_SYMBOLS = {
    0xF02D: "-",
    0xF0A7: "▪",
    0xF0A8: "▫",
    0xF0B7: "•",
    0xF0D8: "➢",
    0xF0E0: "→",
    0xF0FC: "✓",
    0xF076: "❖",
}
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
# A layer with more letters that are unknown than this is none: its font names no characters.
UNKNOWN_SHARE = 0.1
# An invisible word is the copy of visible ones that cover this share of it.
COPY_SHARE = 0.5
# Letters of a line that runs up or down the page: PDFium may part them all. Distances in parts of the line's thickness.
UPRIGHT_COSINE = 0.5  # of the letter's angle: below, the letter is turned by 60 degrees or more
BLANK_GAP = 0.15
LINE_GAP = 1.0


@dataclass(frozen=True, slots=True)
class _Letter:
    text: str
    box: BBox | None  # None for blanks that PDFium puts in between words
    visible: bool = True
    turned: bool = False


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
        Words with confidence 1, in lines and blocks as the layer orders them; source ``text-layer``. Soft hyphens stand
        where they are, and for a hyphen that ends a line: TCVN3 writes ư with that code. See :func:`as_shown`.
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
    known = [letter for letter in letters if letter.text != UNKNOWN]
    if len(letters) - len(known) > UNKNOWN_SHARE * sum(letter.box is not None for letter in letters):
        return None
    lines = [line for found in _lines(letters) if (line := _on_page(found, width, height))]
    lines = _without_copies(lines)
    if not lines:
        return None
    counted = iter(range(sum(len(line) for line in lines)))
    numbered = [
        Line(tuple(Word(f"p{number}w{next(counted)}", word.text, word.box, 1.0) for word in line))
        for line in lines
    ]
    blocks = tuple(Block(tuple(group)) for group in group_lines(numbered))
    return Page(number, width, height, dpi, blocks, source="text-layer")


def as_shown(layer: Page) -> Page:
    r"""The layer with its soft hyphens as they are printed: as a hyphen at the end of a line, not at all elsewhere.

    >>> words = [Word("p1w0", "so\xadft", BBox(0, 0, 9, 9), 1.0), Word("p1w1", "KH\xad", BBox(10, 0, 19, 9), 1.0)]
    >>> as_shown(Page(1, 99, 99, 300, (Block((Line(tuple(words)),)),), "text-layer")).text
    'soft KH-'
    """
    if SOFT_HYPHEN not in layer.text:
        return layer

    def shown(line: Line) -> Line:
        *before, last = line.words
        ended = last.text.removesuffix(SOFT_HYPHEN) + "-" * last.text.endswith(SOFT_HYPHEN)
        words = (*before, replace(last, text=ended))
        return Line(tuple(replace(word, text=word.text.replace(SOFT_HYPHEN, "") or "-") for word in words))

    return replace(
        layer,
        blocks=tuple(replace(block, lines=tuple(map(shown, block.lines))) for block in layer.blocks),
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    text: str
    box: BBox
    visible: bool


def _lines(letters: Sequence[_Letter]) -> Iterator[list[_Seen]]:
    """The words of each line."""
    for line in _split(_rejoined(letters), "\n"):
        words = []
        for part in _split(line, " "):
            boxes = [letter.box for letter in part if letter.box]
            if boxes:
                visible = any(letter.visible for letter in part)
                words.append(_Seen("".join(letter.text for letter in part), BBox.union(boxes), visible))
        yield words


def _on_page(line: Iterable[_Seen], width: int, height: int) -> list[_Seen]:
    """The words whose middle is on the page, and of which a letter is known."""
    return [
        word
        for word in line
        if 0 <= word.box.left + word.box.right < 2 * width
        and 0 <= word.box.top + word.box.bottom < 2 * height
        and word.text.strip(UNKNOWN)
    ]


def _without_copies(lines: Sequence[list[_Seen]]) -> list[list[_Seen]]:
    """Lines without invisible words that stand where visible ones do: an engine's reading of a page that needed none."""
    visible = [word.box for line in lines for word in line if word.visible]
    hidden = sum(not word.visible for line in lines for word in line)
    if not visible or not hidden:
        return list(lines)
    kept = [
        [word for word in line if word.visible or _covered(word.box, visible) < COPY_SHARE] for line in lines
    ]
    return [line for line in kept if line]


def _covered(box: BBox, others: Iterable[BBox]) -> float:
    area = sum(
        max(min(box.right, other.right) - max(box.left, other.left), 0)
        * max(min(box.bottom, other.bottom) - max(box.top, other.top), 0)
        for other in others
    )
    return area / (box.width * box.height)


def _rejoined(letters: Sequence[_Letter]) -> Iterator[_Letter]:
    """Letters of lines that run up or down the page, parted by a line's end each, as the words that they are."""
    before: _Letter | None = None
    for index, letter in enumerate(letters):
        after = next((other for other in letters[index + 1 : index + 4] if other.text != "\n"), None)
        if letter.text == "\n" and before and after and before.turned and after.turned:
            gap = _gap(before.box, after.box)
            if gap is not None:
                if gap > BLANK_GAP and before.text != " ":
                    before = _Letter(" ", before.box, turned=True)
                    yield _Letter(" ", None)
                continue
        if letter.text != "\n":
            before = letter
        yield letter


def _gap(one: BBox | None, other: BBox | None) -> float | None:
    """How far a letter stands above or below the one before, in parts of the line's thickness; None if on another line."""
    if one is None or other is None:
        return None
    thickness = min(one.width, other.width)
    beside = min(one.right, other.right) - max(one.left, other.left)
    gap = max(one.top, other.top) - min(one.bottom, other.bottom)
    return gap / thickness if beside > thickness / 2 and gap < LINE_GAP * thickness else None


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
        text = SOFT_HYPHEN if code in _LINE_END_HYPHENS else _SYMBOLS.get(code, chr(code))
        # A font may have no blank in its table of characters.
        if code == 0 or (pdfium.FPDFText_HasUnicodeMapError(text_page, index) == 1 and not text.isspace()):
            text = UNKNOWN
        if text in "\r\n":
            yield _Letter("\n", None)
        elif text.isspace():
            yield _Letter(" ", None)
        elif text.isprintable() or text == SOFT_HYPHEN:
            turned = cos(pdfium.FPDFText_GetCharAngle(text_page, index)) ** 2 < UPRIGHT_COSINE**2
            box = _box(text_page, index, position, loose=turned)
            yield _Letter(text, box, _is_visible(text_page, index), turned)
            if code in _LINE_END_HYPHENS:
                yield _Letter("\n", None)


def _is_visible(text_page: pypdfium2.PdfTextPage, index: int) -> bool:
    item = pdfium.FPDFText_GetTextObject(text_page, index)
    return not item or pdfium.FPDFTextObj_GetTextRenderMode(item) != pdfium.FPDF_TEXTRENDERMODE_INVISIBLE


def _box(
    text_page: pypdfium2.PdfTextPage, index: int, position: pypdfium2.PdfPosConv, *, loose: bool
) -> BBox:
    left, bottom, right, top = text_page.get_charbox(index, loose=loose)
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
