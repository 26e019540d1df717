"""The font of an invisible text layer: it draws nothing, has widths, and says which letters its codes are.

A composite font (Type0, Identity-H, CIDFontType2) with a TrueType program of three glyphs: ``.notdef``, which is never used, one
for every letter and one for the blank. The letters that a document needs are numbered from 1 and named by ToUnicode; a table
leads each number to its glyph. So the font is embedded whole, in some hundred bytes, whatever the letters are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from io import BytesIO

from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
from fontTools.ttLib.tables._g_l_y_f import Glyph  # type: ignore[import-untyped]
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

FONT_NAME = "RestoreLayer"
# In thousandths of the font's size. A blank half as wide as a letter is about the gap between printed words.
LETTER_WIDTH = 500
BLANK_WIDTH = 250
ASCENT = 750
DESCENT = -250
_SYMBOLIC = 4
_MADE = 3_029_529_600  # 1 January 2000, in seconds of the format: from 1904
_NO_SUCH = "\N{REPLACEMENT CHARACTER}"
# What ToUnicode must not name: ISO 19005-2, 6.2.11.7.2.
_UNNAMEABLE = frozenset("\x00\ufeff\ufffe")
_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{rows}endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


class LayerFont:
    """The font for some letters, and their codes.

    >>> font = LayerFont("ế K")
    >>> font.encode("Kế").hex()
    '00020003'
    """

    def __init__(self, letters: Iterable[str]) -> None:
        """Number the letters, the blank among them."""
        self.letters = sorted({" ", _NO_SUCH, *letters} - _UNNAMEABLE)
        self._codes = {letter: number for number, letter in enumerate(self.letters, 1)}

    def encode(self, text: str) -> bytes:
        """The codes of a text, two bytes a letter; what has no code becomes the replacement character."""
        other = self._codes[_NO_SUCH]
        return b"".join(self._codes.get(letter, other).to_bytes(2, "big") for letter in text)

    def embed(self, pdf: Pdf) -> Object:
        """The font as an object of a PDF."""
        blank = self._codes[" "]
        glyphs = b"\0\0" + b"".join((2 if letter == " " else 1).to_bytes(2, "big") for letter in self.letters)
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name(f"/{FONT_NAME}"),
            Flags=_SYMBOLIC,
            FontBBox=Array([0, DESCENT, LETTER_WIDTH, ASCENT]),
            ItalicAngle=0,
            Ascent=ASCENT,
            Descent=DESCENT,
            CapHeight=ASCENT,
            StemV=80,
            FontFile2=pdf.make_indirect(Stream(pdf, font_program(), Length1=len(font_program()))),
        )
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name(f"/{FONT_NAME}"),
            CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
            FontDescriptor=pdf.make_indirect(descriptor),
            DW=LETTER_WIDTH,
            W=Array([blank, Array([BLANK_WIDTH])]),
            CIDToGIDMap=pdf.make_indirect(Stream(pdf, glyphs)),
        )
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=Name(f"/{FONT_NAME}"),
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([pdf.make_indirect(descendant)]),
                ToUnicode=pdf.make_indirect(Stream(pdf, self._to_unicode())),
            )
        )

    def _to_unicode(self) -> bytes:
        rows = list(self._rows())
        parts = [
            rows[start : start + 100] for start in range(0, len(rows), 100)
        ]  # as many as a CMap takes at once
        rows = [f"{len(some)} beginbfchar\n{''.join(some)}endbfchar\n" for some in parts]
        return _CMAP.format(rows="".join(rows)).encode("ascii")

    def _rows(self) -> Iterator[str]:
        for letter, code in self._codes.items():
            yield f"<{code:04X}> <{letter.encode('utf-16-be').hex().upper()}>\n"


def _corners(width: int) -> Glyph:
    """A glyph without area that reaches from corner to corner: some viewers frame chosen text by the extent of its shapes."""
    pen = TTGlyphPen(None)
    for corner in ((0, DESCENT), (width, ASCENT)):
        pen.moveTo(corner)
        pen.lineTo((corner[0], corner[1] + 1))
        pen.lineTo(corner)
        pen.closePath()
    return pen.glyph()


@cache
def font_program() -> bytes:
    """The TrueType program: three glyphs without area. The same bytes every time."""
    names = [".notdef", "letter", "blank"]
    builder = FontBuilder(1000, isTTF=True)
    builder.font.recalcTimestamp = False
    builder.setupGlyphOrder(names)
    builder.setupGlyf({".notdef": Glyph(), "letter": _corners(LETTER_WIDTH), "blank": _corners(BLANK_WIDTH)})
    widths = (LETTER_WIDTH, LETTER_WIDTH, BLANK_WIDTH)
    builder.setupHorizontalMetrics({name: (width, 0) for name, width in zip(names, widths, strict=True)})
    builder.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    builder.setupMaxp()
    builder.updateHead(created=_MADE, modified=_MADE)
    target = BytesIO()
    builder.font.save(target)
    return target.getvalue()
