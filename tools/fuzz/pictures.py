"""Image in: a damaged picture is opened as far as it goes or refused, any picture can be cleaned, and any hOCR read or refused."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from restore.errors import InputError
from restore.scan.blank import ink_on, strengthened
from restore.scan.clean import clean
from restore.scan.hocr import parse_pages
from restore.scan.ingest import open_document
from restore.scan.layout import order
from restore.scan.orientation import lies_sideways
from restore.scan.ruled import find_tables
from restore.scan.seals import find_seals
from tests.pictures import deep_png, png, tiff
from tools.fuzz.mutation import FIGURES, damaged, figures_changed, one_of, tokens_put_in

MEGAPIXELS = 1.0
MOST_PAGES = 3
SUFFIXES = (
    b"\x89PNG",
    b"\xff\xd8",
    b"II",
    b"MM",
    b"BM",
    b"GIF8",
    b"RIFF",
    b"\x00\x00\x00\x0cjP",
    b"\xff\x4f\xff\x51",
)


def _page() -> NDArray[np.uint8]:
    page = np.full((48, 40), 235, np.uint8)
    page[8:12, 4:30] = 15
    page[20:24, 4:36:3] = 40
    return page


def seeds() -> Iterator[bytes]:
    """One small picture in every format, depth and coding that is read, some of several pages."""
    gray = Image.fromarray(_page())
    colour = Image.merge("RGB", (gray, gray.rotate(90, expand=False), gray))
    bits = gray.convert("1")
    for picture, form, options in (
        (gray, "PNG", {}), (colour, "PNG", {"dpi": (300, 300)}), (bits, "PNG", {}), (colour.quantize(16), "PNG",
        {"transparency": 0}),
        (gray, "JPEG", {}), (colour, "JPEG", {"progressive": True, "dpi": (300, 300)}), (colour.convert("CMYK"), "JPEG", {}),
        (gray, "TIFF", {}), (bits, "TIFF", {"compression": "group4"}), (bits, "TIFF", {"compression": "group3"}),
        (colour, "TIFF", {"compression": "tiff_lzw", "dpi": (300, 300)}), (colour, "TIFF", {"compression": "jpeg"}),
        (gray, "TIFF", {"compression": "tiff_adobe_deflate"}), (gray, "TIFF", {"compression": "packbits"}),
        (gray, "TIFF", {"save_all": True, "append_images": [bits, colour]}), (colour.convert("LAB"), "TIFF", {}),
        (gray, "BMP", {}), (colour, "BMP", {}), (bits, "BMP", {}), (gray, "GIF", {}), (colour, "GIF",
        {"save_all": True, "append_images": [gray]}),
        (colour, "WEBP", {}), (colour.convert("RGBA"), "WEBP", {"lossless": True}), (gray, "JPEG2000", {}),
        (colour, "JPEG2000", {"irreversible": True}),
    ):  # fmt: skip
        target = BytesIO()
        picture.save(target, form, **options)
        yield target.getvalue()
    exif = Image.Exif()
    exif[0x0112] = 6
    for form in ("JPEG", "PNG", "TIFF", "WEBP"):
        target = BytesIO()
        gray.save(target, form, exif=exif)
        yield target.getvalue()
    yield deep_png(_page().astype(np.uint16) * 257)
    yield png(16, 2, 1, 0, b"\0\xff\x00" * 2)
    for deep in (np.uint16, np.float32, np.int32):
        yield tiff(_page().astype(deep), 1)
    yield tiff(_page(), 0, big=True)


# Damage


def _chunks(data: bytes, chance: Random) -> bytes:
    """A PNG with one chunk damaged, doubled, moved or left out, its sums right."""
    parts, place = [], 8
    while place + 12 <= len(data):
        (size,) = struct.unpack_from(">I", data, place)
        parts.append((data[place + 4 : place + 8], data[place + 8 : place + 8 + size]))
        place += 12 + size
    if not parts or len(parts) > 50:
        return damaged(data, chance)
    index = chance.randrange(len(parts))
    kind, content = parts[index]
    way = chance.randrange(5)
    if way == 0:
        parts.insert(chance.randint(0, len(parts)), parts[index])
    elif way == 1:
        del parts[index]
    elif way == 2:
        names = (
            b"PLTE",
            b"tRNS",
            b"eXIf",
            b"iCCP",
            b"zTXt",
            b"pHYs",
            b"acTL",
            b"fcTL",
            b"fdAT",
            b"iTXt",
            b"gAMA",
            b"sRGB",
        )
        parts[index] = chance.choice(names), content
    elif way == 3 and kind == b"IDAT":
        try:
            parts[index] = kind, zlib.compress(damaged(zlib.decompress(content), chance))
        except zlib.error:
            parts[index] = kind, damaged(content, chance)
    else:
        parts[index] = kind, damaged(content, chance)
    pieces = (
        struct.pack(">I", len(some)) + name + some + struct.pack(">I", zlib.crc32(name + some))
        for name, some in parts
    )
    return data[:8] + b"".join(pieces)


def _fields(data: bytes, chance: Random) -> bytes:
    """A TIFF with the kind, number or value of one of its fields changed, or the place of a page."""
    order = "<" if data[:2] == b"II" else ">"
    if len(data) < 16 or data[2:4] not in (b"*\0", b"\0*"):
        return damaged(data, chance)
    (table,) = struct.unpack_from(f"{order}I", data, 4)
    if table + 2 > len(data):
        return damaged(data, chance)
    (count,) = struct.unpack_from(f"{order}H", data, table)
    new = bytearray(data)
    entry = table + 2 + 12 * chance.randrange(max(count, 1))
    if max(entry + 12, table + 6 + 12 * count) > len(data):
        return damaged(data, chance)
    way = chance.randrange(5)
    if way == 0:
        tags = (256, 257, 258, 259, 262, 266, 273, 274, 277, 278, 279, 282, 284, 292, 293, 296, 317, 320, 322, 323, 324, 330, 338,
                339,
                347, 530, 34675, 34665)  # fmt: skip
        struct.pack_into(f"{order}H", new, entry, chance.choice(tags))
    elif way == 1:
        struct.pack_into(f"{order}H", new, entry + 2, chance.choice((1, 2, 3, 4, 5, 7, 9, 12, 13, 16, 0, 99)))
    elif way == 2:
        struct.pack_into(f"{order}I", new, entry + 4, chance.choice(FIGURES) % 2**32)
    elif way == 3:
        struct.pack_into(
            f"{order}I",
            new,
            entry + 8,
            chance.choice((*FIGURES, 5, 6, 32_773, 50_000, 50_001, 34_712)) % 2**32,
        )
    else:
        struct.pack_into(
            f"{order}I",
            new,
            table + 2 + 12 * count,
            chance.choice((table, 8, 0, 2**31, chance.randrange(len(data)))),
        )
    return bytes(new)


def _segments(data: bytes, chance: Random) -> bytes:
    """A JPEG (or JPEG 2000) with one of its segments damaged, doubled, moved or left out."""
    places = [
        index for index in range(2, len(data) - 4) if data[index] == 0xFF and 0xC0 <= data[index + 1] < 0xFF
    ][:60]
    if len(places) < 2:
        return damaged(data, chance)
    index = chance.randrange(len(places) - 1)
    start, end = places[index], places[index + 1]
    segment = data[start:end]
    way = chance.randrange(5)
    if way == 0:
        other = chance.choice(places)
        return data[:other] + segment + data[other:]
    if way == 1:
        return data[:start] + data[end:]
    if way == 2:
        return data[: start + 1] + bytes([chance.randrange(0xC0, 0xFF)]) + data[start + 2 :]
    head = damaged(segment[:24], chance) + segment[24:]
    return data[:start] + head + data[end:]


def mutate(data: bytes, chance: Random) -> bytes:
    """The picture damaged where its format is read, or anywhere; mostly at its beginning."""
    for _ in range(chance.choice((1, 1, 2, 3))):
        if chance.random() < 0.15:
            data = damaged(data, chance)
        elif data.startswith(b"\x89PNG"):
            data = _chunks(data, chance)
        elif data[:2] in (b"II", b"MM"):
            data = _fields(data, chance)
        elif data.startswith(b"\xff\xd8"):
            data = _segments(data, chance)
        else:
            head = chance.choice((40, 120, len(data)))
            data = damaged(data[:head], chance) + data[head:]
    return data


# Laws


def check_opening(data: bytes) -> None:
    """Whatever the file is, it is opened or refused, and so is each of its pages."""
    path = _scratch("input.png")
    path.write_bytes(data)
    try:
        with open_document(path, max_megapixels=MEGAPIXELS) as scanned:
            numbers = range(1, min(scanned.page_count, MOST_PAGES) + 1)
            for number in (*numbers, *numbers[:1], scanned.page_count + 1):
                try:
                    page = scanned.load(number)
                except InputError:
                    continue
                check_pixels(page.image)
                assert 0 < page.dpi <= 2400 and page.shrunk >= 1
    except InputError:
        return


def check_pixels(image: NDArray[np.uint8]) -> None:
    """What any page image is."""
    assert image.dtype == np.uint8 and image.size
    assert image.ndim == 2 or (image.ndim == 3 and image.shape[2] == 3)
    assert image.shape[0] * image.shape[1] <= MEGAPIXELS * 1e6


def pixel_seeds() -> Iterator[bytes]:
    """Pictures as :func:`check_cleaning` takes them: width, height, resolution, colours, pixels."""
    page = _page()
    wide = np.full((90, 300), 250, np.uint8)
    wide[40:44, 20:280] = 0
    noisy = np.random.default_rng(7).integers(0, 255, (120, 100), dtype=np.uint8)
    for pixels in (page, wide, noisy, np.zeros((1, 1), np.uint8), np.full((3, 200), 128, np.uint8)):
        for colours in (0, 1):
            yield (
                bytes(
                    [
                        pixels.shape[1] % 256,
                        pixels.shape[1] // 256,
                        pixels.shape[0] % 256,
                        pixels.shape[0] // 256,
                        100,
                        colours,
                    ]
                )
                + pixels.tobytes()
            )


def check_cleaning(data: bytes) -> None:
    """A picture of any pixels, sides and resolution is cleaned, and its boxes go there and back."""
    head, pixels = data[:6].ljust(6, b"\1"), data[6:]
    width, height = 1 + (head[0] + 256 * head[1]) % 400, 1 + (head[2] + 256 * head[3]) % 400
    shape = (height, width, 3) if head[5] % 2 else (height, width)
    image = np.resize(np.frombuffer(pixels or b"\xff", np.uint8), shape)
    dpi = (72, 100, 150, 200, 300, 600, 1200)[head[4] % 7]
    ink = ink_on(image, dpi)
    assert ink in ("none", "faint", "print")
    if ink == "faint":
        check_pixels(strengthened(image, dpi))
    lies_sideways(image, dpi)
    cleaned = clean(image, dpi)
    check_pixels(cleaned.image)
    assert cleaned.image.ndim == 2 and cleaned.dpi > 0
    for region in cleaned.regions:
        assert region.bbox.width > 0 and region.bbox.height > 0
    find_seals(cleaned.image, cleaned.dpi)
    check_pixels(find_tables(cleaned.image, cleaned.dpi, cleaned.lean).outside)


_HOCR = """<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml"><body>
<div class='ocr_page' id='page_1' title='image "x.png"; bbox 0 0 600 800; ppageno 0'>
<div class='ocr_carea' title="bbox 10 10 300 90"><p class='ocr_par' lang='vie' title="bbox 10 10 300 90">
<span class='ocr_line' title="bbox 10 10 300 40; baseline 0 -5; x_size 30">
<span class='ocrx_word' title='bbox 10 10 60 40; x_wconf 96'>
<span class='ocrx_cinfo' title='x_bboxes 1 2 3 4; x_conf 98'>{}</span></span>
<span class='ocrx_word' id='w2' title='bbox 70 10 120 40; x_wconf 91'>bổ<span class='ocrx_cinfo' id='l1'>
<span class='ocrx_cinfo' title='x_confs 98'>b</span><span title='x_confs 70.5'>h</span></span><span class='ocrx_cinfo'>
<span title='x_confs 97'>ỗ</span><span title='x_confs 96.5'>ổ</span></span></span></span>
<span class='ocr_header' title="bbox 10 50 300 80"><span class='ocrx_word' title='bbox 10 50 60 80; x_wconf 3'>129/KH</span></span>
</p></div></div>
<div class='ocr_page' id='page_2'></div></body></html>
"""
_HOCR_TOKENS = (
    b"<span class='ocrx_word' title='bbox 1 2 3 4; x_wconf 9'>x</span>", b"</span>", b"<p class='ocr_par'>", b"</p>",
    b"&lt;", b"&#0;",
    b"&#x1F300;", b"bbox -5 -5 -9 -9", b"x_wconf 999999", b"x_confs nan", b"x_confs inf", b"x_confs", b"title=''", b"<![CDATA[x]]>",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b"\xff", b"\xcc\x81", b"<!--", b"<?x?>", b"bbox 99999999999999999999 0 1 1",
)  # fmt: skip
mutate_hocr = one_of(damaged, figures_changed, tokens_put_in(_HOCR_TOKENS))


def hocr_seeds() -> Iterator[bytes]:
    """What Tesseract writes: words with and without lists of choices, a picture without words."""
    yield _HOCR.format("Kế").encode()
    yield _HOCR.format("&#7871;&amp;").encode()


def check_hocr(data: bytes) -> None:
    """Any hOCR is read or refused, and what was read can be put in order."""
    from restore.page import Page

    try:
        pages = parse_pages(data, 1)
    except ValueError:
        return
    for blocks in pages:
        words = [word for block in blocks for line in block.lines for word in line.words]
        for word in words:
            assert word.text and word.text == word.text.strip()
            assert 0 <= word.confidence <= 1, f"a confidence of {word.confidence}"
            assert all(choice.cost == choice.cost for choices in word.choices for choice in choices), (
                "a choice that costs nan"
            )
            assert word.bbox.width > 0 and word.bbox.height > 0, f"{word.bbox}"
        if blocks:
            order(Page(1, 600, 800, 100, blocks, "tesseract"))


@cache
def _scratch(name: str) -> Path:
    from tools.fuzz.scratch import scratch_file

    return scratch_file(name)
