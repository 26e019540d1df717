"""What the fonts of a page break of PDF/A-2b, 6.2.11: each is embedded, and says the same as its program."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from fontTools.ttLib import TTFont, TTLibError  # type: ignore[import-untyped]
from pikepdf import Array, Dictionary, Object, Page, Stream

_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
_SYMBOLIC = 4
# Widths may differ by this much from those of the program, in thousandths of the size (6.2.11.5).
_TOLERANCE = 1


def broken_fonts(page: Page) -> Iterator[str]:
    """Each font of a page, and of the forms on it, that breaks a rule, and the rule."""
    if "/Resources" in page:
        yield from _in_resources(page.resources, depth=0)
    for item in page.obj.get("/Annots", Array()):
        for look in _looks(item.get("/AP", Dictionary()) if isinstance(item, Dictionary) else Dictionary()):
            yield from _in_resources(look.get("/Resources", Dictionary()), depth=1)


def _looks(appearance: Object, depth: int = 0) -> Iterator[Stream]:
    """The forms of an annotation's appearance, those of its states among them: these are no deeper."""
    for _, value in appearance.items():
        if isinstance(value, Stream):
            yield value
        elif isinstance(value, Dictionary) and not depth:
            yield from _looks(value, depth + 1)


def _in_resources(resources: Object, depth: int) -> Iterator[str]:
    for _, font in resources.get("/Font", Dictionary()).items():
        for rule in _broken(font):
            yield f"{str(font.get('/BaseFont', font.get('/Name', '?')))[1:]}: {rule}"
    if depth > 4:
        return
    for kind in ("/XObject", "/Pattern"):
        for _, item in resources.get(kind, Dictionary()).items():
            if isinstance(item, Dictionary | Stream) and "/Resources" in item:
                yield from _in_resources(item.Resources, depth + 1)


def _broken(font: Object) -> Iterator[str]:
    kind = str(font.get("/Subtype"))
    if kind == "/Type3":
        yield from _in_resources(font.get("/Resources", Dictionary()), 3)
        return
    composite = kind == "/Type0"
    inner = font.DescendantFonts[0] if composite else font
    descriptor = inner.get("/FontDescriptor", Dictionary())
    if not any(name in descriptor for name in _PROGRAMS):
        yield "not embedded"
        return
    if composite:
        yield from _broken_composite(font, inner, descriptor)
    elif kind == "/TrueType":
        yield from _broken_encoding(font, descriptor)
        yield from _broken_widths(font, descriptor)


def _broken_composite(font: Object, inner: Object, descriptor: Object) -> Iterator[str]:
    encoding = font.get("/Encoding")
    if not isinstance(encoding, Stream) and str(encoding) not in ("/Identity-H", "/Identity-V"):
        yield "CMap not embedded"
    if str(inner.get("/Subtype")) == "/CIDFontType2":
        glyphs = inner.get("/CIDToGIDMap", Dictionary())
        if not isinstance(glyphs, Stream) and str(glyphs) != "/Identity":
            yield "no CIDToGIDMap"
            return
        yield from _broken_cid_widths(inner, descriptor, glyphs)


def _broken_encoding(font: Object, descriptor: Object) -> Iterator[str]:
    symbolic = int(descriptor.get("/Flags", 0)) & _SYMBOLIC
    encoding = font.get("/Encoding")
    base = str(encoding.get("/BaseEncoding")) if isinstance(encoding, Dictionary) else str(encoding)
    if symbolic and encoding is not None:
        yield "symbolic font with an encoding"
    if not symbolic and base not in ("/MacRomanEncoding", "/WinAnsiEncoding"):
        yield "no encoding"


def _broken_cid_widths(inner: Object, descriptor: Object, glyphs: Object) -> Iterator[str]:
    program = _program(descriptor)
    if program is None:
        yield "damaged program"
        return
    widths = _cid_widths(inner)
    advances, scale = _advances(program)
    table = glyphs.read_bytes() if isinstance(glyphs, Stream) else None
    default = float(inner.get("/DW", 1000))
    codes = range(len(table) // 2) if table is not None else sorted(widths)
    for code in codes:
        glyph = int.from_bytes(table[2 * code : 2 * code + 2], "big") if table is not None else code
        if (
            glyph
            and glyph < len(advances)
            and abs(widths.get(code, default) - advances[glyph] * scale) > _TOLERANCE
        ):
            yield "widths"
            return


def _cid_widths(inner: Object) -> dict[int, float]:
    """By code, the widths that /W names: ``first [w w …]`` or ``first last w``."""
    found: dict[int, float] = {}
    items = list(inner.get("/W", Array()))
    place = 0
    while place + 1 < len(items):
        first = int(items[place])
        if isinstance(items[place + 1], Array):
            found |= {first + index: float(width) for index, width in enumerate(items[place + 1])}
            place += 2
        else:
            last, width = int(items[place + 1]), float(items[place + 2])
            found |= dict.fromkeys(range(first, min(last, 0xFFFF) + 1), width)
            place += 3
    return found


def _broken_widths(font: Object, descriptor: Object) -> Iterator[str]:
    """Of a simple TrueType font with a standard encoding: the widths of the letters that it and the program both know."""
    program = _program(descriptor)
    if program is None:
        yield "damaged program"
        return
    encoding = font.get("/Encoding")
    if str(encoding) != "/WinAnsiEncoding" or "cmap" not in program:
        return
    best = program.getBestCmap() or {}
    advances, scale = _advances(program)
    first = int(font.get("/FirstChar", 0))
    for index, width in enumerate(font.get("/Widths", Array())):
        letter = bytes([min(first + index, 255)]).decode("cp1252", errors="replace")
        glyph = best.get(ord(letter))
        if glyph is None or not float(width):
            continue
        if abs(float(width) - advances[program.getGlyphID(glyph)] * scale) > _TOLERANCE:
            yield "widths"
            return


def _program(descriptor: Object) -> TTFont | None:
    """The TrueType program, None where it cannot be read."""
    if "/FontFile2" not in descriptor:
        return None
    try:
        found = TTFont(BytesIO(descriptor.FontFile2.read_bytes()), lazy=True)
        _advances(found)
    except (TTLibError, KeyError, ValueError, AssertionError, IndexError, OverflowError):
        return None
    return found


def _advances(program: TTFont) -> tuple[list[int], float]:
    """The width of each glyph, and the factor to thousandths of the size."""
    metrics = program["hmtx"].metrics
    return [metrics[name][0] for name in program.getGlyphOrder()], 1000 / program["head"].unitsPerEm
