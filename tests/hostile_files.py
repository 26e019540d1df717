"""Files that are made to do harm, small on the disk: a builder each, by name."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from tests.pdfs import one_page, pdf, stream

MEBI = 1 << 20


def flate_zeros(megabytes: int) -> bytes:
    """Zeros, a thousandth of their size."""
    packer = zlib.compressobj(9)
    zeros = bytes(MEBI)
    return b"".join(packer.compress(zeros) for _ in range(megabytes)) + packer.flush()


# Images


def chunk(kind: bytes, content: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int, height: int, pixels: bytes = b"", *more: bytes) -> bytes:
    """A gray PNG whose head says what it likes; ``more`` chunks stand before the pixels."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def saved(form: str, size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    """A small picture in a format of Pillow's."""
    out = io.BytesIO()
    gray = np.arange(size[0] * size[1], dtype=np.uint8).reshape(size[1], size[0])
    Image.fromarray(gray).save(out, form, **options)
    return out.getvalue()


def tiff_directories(count: int, last: int, *, width: int = 8, strip: int = 64) -> bytes:
    """A TIFF of so many pages that share one strip; the last one is followed by the one at ``last`` (0: by none)."""
    tags = {256: width, 257: 8, 258: 8, 259: 1, 262: 1, 273: 8, 277: 1, 278: 8, 279: strip}
    size = 2 + 12 * len(tags) + 4
    first = 8 + 64
    body = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags.items())
    parts = [b"II*\0" + struct.pack("<I", first) + bytes(64)]
    for number in range(count):
        following = first + (number + 1) * size if number + 1 < count else last
        parts.append(struct.pack("<H", len(tags)) + body + struct.pack("<I", following))
    return b"".join(parts)


def gif_frames(count: int) -> bytes:
    """A GIF that moves, of so many frames, and has no end."""
    data = saved("GIF")
    body = data[data.index(b",") : -1]
    return data[: data.index(b",")] + body * count


def jpeg_claiming(width: int, height: int) -> bytes:
    """A JPEG whose head claims a size that its data has not."""
    data = bytearray(saved("JPEG"))
    place = data.index(b"\xff\xc0") + 5
    data[place : place + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def jp2_claiming(side: int) -> bytes:
    """A JPEG 2000 file whose two heads claim a size that its data has not."""
    data = bytearray(saved("JPEG2000"))
    box = data.index(b"ihdr") + 4
    data[box : box + 8] = struct.pack(">II", side, side)
    code = data.index(b"\xff\x51") + 6
    data[code : code + 8] = struct.pack(">II", side, side)
    data[code + 16 : code + 24] = struct.pack(">II", side, side)
    return bytes(data)


def webp_claiming(side: int) -> bytes:
    """An extended WebP file whose head claims a large canvas."""
    body = b"VP8X" + struct.pack("<I", 10) + bytes(4) + struct.pack("<I", side - 1)[:3] * 2
    body += saved("WEBP")[12:]
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def exif_nonsense() -> bytes:
    """A JPEG lying on a side that there is not, at a million dots an inch, with offsets that lead nowhere."""
    tags = [(0x0112, 3, 1, 77), (0x011A, 5, 1, 0xFFFFFF00), (0x8769, 4, 1, 8), (0x927C, 7, 0x7FFFFFFF, 8)]
    body = b"".join(struct.pack("<HHII", *tag) for tag in tags)
    exif = b"Exif\0\0II*\0" + struct.pack("<IH", 8, len(tags)) + body + struct.pack("<I", 8)
    return saved("JPEG", (200, 200), exif=exif, dpi=(65535, 65535))


IMAGES: dict[str, Callable[[], bytes]] = {
    "empty.png": lambda: b"",
    "bomb.png": lambda: png(100_000, 100_000, flate_zeros(1)),
    "claims-little.png": lambda: png(100, 100, flate_zeros(200)),
    "text-bomb.png": lambda: png(8, 8, zlib.compress(bytes(72)), chunk(b"zTXt", b"a\0\0" + flate_zeros(300))),
    "profile-bomb.png": lambda: png(8, 8, zlib.compress(bytes(72)), chunk(b"iCCP", b"a\0\0" + flate_zeros(300))),
    "zero.png": lambda: png(0, 0, b""),
    "cut.jpg": lambda: saved("JPEG", (400, 400))[:300],
    "claims.jpg": lambda: jpeg_claiming(65_000, 65_000),
    "claims.jp2": lambda: jp2_claiming(2_000_000_000),
    "claims.webp": lambda: webp_claiming(1 << 24),
    "exif.jpg": exif_nonsense,
    "endless.gif": lambda: gif_frames(20_000),
    "circle.tif": lambda: tiff_directories(3, 8 + 64),
    "self.tif": lambda: tiff_directories(1, 8 + 64),
    "strips.tif": lambda: tiff_directories(1, 0, strip=0x7FFFFFFF),
    "wide.tif": lambda: tiff_directories(1, 0, width=0x7FFFFFFF),
    "pages.tif": lambda: tiff_directories(60_000, 0),
}  # fmt: skip


# PDF

CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
LINE = "0 0 m 100 100 l S"
GRAY = "/ColorSpace /DeviceGray /BitsPerComponent 8"


def pages(tree: bytes, *others: bytes, page: bytes = PAGE, trailer: str = "") -> bytes:
    """A PDF whose page tree is object 2 and its page object 3; ``others`` are those from 4."""
    return pdf(CATALOGUE, b"<< /Type /Pages " + tree + b" >>", page, *others, trailer=trailer)


def claiming(count: int) -> bytes:
    """One page, said to be so many."""
    return pages(b"/Kids [3 0 R] /Count %d" % count)


def boxed(box: str) -> bytes:
    """A page of this size, with a line on it."""
    return one_page(LINE, box=f"/MediaBox [{box}]")


def packed_content(megabytes: int, what: bytes = b"") -> bytes:
    """A page whose content is as long as that once unpacked."""
    data = zlib.compress(what * (megabytes * MEBI // len(what))) if what else flate_zeros(megabytes)
    packed = stream("/Filter /FlateDecode", data)
    return pages(b"/Kids [3 0 R] /Count 1", packed, page=PAGE[:-2] + b"/Contents 4 0 R >>")


def with_image(head: str, data: bytes) -> bytes:
    """A page with one image of any head."""
    picture = stream(f"/Type /XObject /Subtype /Image {head}", data)
    return one_page("q 595 0 0 842 0 0 cm /I Do Q", picture, resources="/XObject << /I 5 0 R >>")


def with_predictor() -> bytes:
    """An image whose rows are said to be longer than any memory."""
    parameters = "/DecodeParms << /Predictor 15 /Columns 2147483647 /Colors 9999 >>"
    return with_image(
        f"/Width 10 /Height 10 {GRAY} /Filter /FlateDecode {parameters}", zlib.compress(bytes(999))
    )


def with_jbig2() -> bytes:
    """A page of JBIG2 of 2 to the 62nd dots."""
    page = struct.pack(">IIIIBH", 2**31, 2**31, 0, 0, 0, 0)
    head = "/Width 9 /Height 9 /ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /JBIG2Decode"
    return with_image(head, struct.pack(">IBBBI", 0, 48, 0, 1, len(page)) + page)


def with_font() -> bytes:
    """A font of 200 megabytes, with the widths of two billion letters."""
    font = b"/Type /Font /Subtype /TrueType /BaseFont /X /FirstChar 0 /LastChar 2147483647 /Widths [1]"
    return one_page(
        "BT /F 9 Tf (abc) Tj ET",
        b"<< " + font + b" /FontDescriptor 6 0 R >>",
        b"<< /Type /FontDescriptor /FontName /X /Flags 4 /FontFile2 7 0 R >>",
        stream("/Filter /FlateDecode /Length1 209715200", flate_zeros(200)),
        resources="/Font << /F 5 0 R >>",
    )


def with_actions(ran: Path) -> bytes:
    """A page that wants to run a program and a script as soon as it is opened."""
    script = "/OpenAction << /S /JavaScript /JS (app.launchURL\\('http://127.0.0.1:9/'\\);) >>"
    launch = f"/AA << /O << /S /Launch /F (/bin/touch) /Unix << /F (/bin/touch) /P ({ran}) >> >> >>"
    return one_page(LINE, catalogue=f"{script} {launch}")


def long_tree(depth: int) -> bytes:
    """A page tree of one branch."""
    branch = b"<< /Type /Pages /Kids [%d 0 R] /Count 1 /Parent %d 0 R >>"
    return pdf(CATALOGUE, *(branch % (number + 3, number + 1) for number in range(depth)), PAGE)


def form_calls(depth: int, width: int) -> bytes:
    """Forms that each draw the next one several times: width to the depth lines."""
    forms = []
    for number in range(depth):
        last = number == depth - 1
        body = b"0 0 m 9 9 l S " * width if last else b"/F Do " * width
        inner = "" if last else f"/Resources << /XObject << /F {6 + number} 0 R >> >>"
        forms.append(stream(f"/Type /XObject /Subtype /Form /BBox [0 0 595 842] {inner}", body))
    return one_page("/F Do", *forms, resources="/XObject << /F 5 0 R >>")


def crooked_object_stream() -> bytes:
    """An object stream that says that it lies in itself, and a cross-reference stream to that effect."""
    data = b"%PDF-1.7\n"
    place = len(data)
    inner = b"1 0 2 9   << /Type /Catalog /Pages 2 0 R >>"
    data += b"1 0 obj\n" + stream("/Type /ObjStm /N 2 /First 10 /Extends 1 0 R", inner) + b"\nendobj\n"
    table = len(data)
    rows = struct.pack(">BHHBHHBHHBHH", 0, 0, 255, 2, 1, 0, 2, 1, 1, 1, place, 0)
    data += b"3 0 obj\n" + stream("/Type /XRef /Size 4 /W [1 2 2] /Root 1 0 R", rows) + b"\nendobj\n"
    return data + b"startxref\n%d\n%%%%EOF\n" % table


LOCK = b"<< /Filter /Standard /V 1 /R 2 /O <" + b"00112233" * 8 + b"> /U <" + b"00112233" * 8 + b"> /P -4 >>"
ENCRYPTED = "/Encrypt 4 0 R /ID [<00> <00>]"
NESTED = PAGE[:-2] + b"/X " + b"[" * 100_000 + b"]" * 100_000 + b" >>"
ONE = b"/Kids [3 0 R] /Count 1"

PDFS: dict[str, Callable[[], bytes]] = {
    "nothing.pdf": lambda: b"%PDF-1.7\n",
    "encrypted.pdf": lambda: pages(ONE, LOCK, trailer=ENCRYPTED),
    "million.pdf": lambda: claiming(1_000_000),
    "billions.pdf": lambda: claiming(4_000_000_000),
    "minus.pdf": lambda: claiming(-5),
    "circle.pdf": lambda: pages(b"/Kids [2 0 R 3 0 R] /Count 9 /Parent 2 0 R"),
    "kids.pdf": lambda: pages(b"/Kids [4 0 R] /Count 3", b"<< /Type /Pages /Kids [2 0 R] /Count 3 /Parent 4 0 R >>"),
    "parents.pdf": lambda: pages(ONE + b" /Parent 3 0 R", page=b"<< /Type /Page /Parent 3 0 R >>"),
    "tree.pdf": lambda: long_tree(5_000),
    "nested.pdf": lambda: pages(ONE, page=NESTED),
    "nested-content.pdf": lambda: one_page(b"[" * 200_000 + b" 1 " + b"q " * 200_000),
    "reference.pdf": lambda: pages(b"/Kids 4 0 R /Count 1", b"4 0 R"),
    "length.pdf": lambda: pages(ONE, b"<< /Length 4 0 R >>\nstream\n0 0 m\nendstream", page=PAGE[:-2] + b"/Contents 4 0 R >>"),
    "objects.pdf": crooked_object_stream,
    "no-table.pdf": lambda: one_page(LINE).replace(b"xref", b"nono"),
    "zeros.pdf": lambda: packed_content(1_000),
    "long.pdf": lambda: packed_content(1, b"0 0 m 9 9 l S\n"),
    "forms.pdf": lambda: form_calls(12, 10),
    "huge.pdf": lambda: boxed("0 0 1000000000 1000000000"),
    "large.pdf": lambda: boxed("0 0 14400 14400"),
    "minus-box.pdf": lambda: boxed("0 0 -595 -842"),
    "nan.pdf": lambda: boxed("0 0 NaN Infinity"),
    "thin.pdf": lambda: boxed("0 0 0.0001 842"),
    "overflow.pdf": lambda: boxed("-99999999999999999999 0 1e38 842"),
    "wide-image.pdf": lambda: with_image(f"/Width 100000 /Height 100000 {GRAY} /Filter /FlateDecode", flate_zeros(10)),
    "minus-image.pdf": lambda: with_image(f"/Width -5 /Height 2147483647 {GRAY}", bytes(99)),
    "predictor.pdf": with_predictor,
    "filters.pdf": lambda: with_image(f"/Width 9 /Height 9 {GRAY} /Filter [{'/FlateDecode ' * 500}]", zlib.compress(bytes(99))),
    "jbig2.pdf": with_jbig2,
    "jpx.pdf": lambda: with_image("/Width 9 /Height 9 /Filter /JPXDecode", jp2_claiming(2_000_000_000)),
    "jpx-cut.pdf": lambda: with_image("/Width 9 /Height 9 /Filter /JPXDecode", saved("JPEG2000")[:90]),
    "font.pdf": with_font,
}  # fmt: skip


def write(folder: Path, name: str) -> Path:
    """The file of that name, made in a folder."""
    path = folder / name
    path.write_bytes((IMAGES | PDFS)[name]())
    return path
