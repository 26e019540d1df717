"""PDF in: a file that is damaged everywhere is read as far as it goes, or refused; so is it when a searchable PDF is made of it."""

from __future__ import annotations

import re
import warnings
import zlib
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random

import numpy as np
import pikepdf
import pypdfium2
from PIL import Image

from restore.document import Document
from restore.errors import InputError
from restore.export.pdf import searchable_pdf
from restore.export.pdf_rules import violations
from restore.export.words import PlacedPage, placed_pages
from restore.page import BBox, Block, Line, Page, Word, document_text
from restore.scan.ingest import open_document
from restore.seen import Seen
from tests.pdfs import A4, image, jbig2, jpeg2000, lettered, one_page, pdf, stream
from tools.fuzz.mutation import FIGURES, damaged, one_of

DPI, MEGAPIXELS = 30, 1.0  # a page of A4 has 0.1 megapixels
MOST_PAGES = 3
_LINES = ["Căn cứ Kế hoạch", "số 12/KH-UBND"]


def seeds() -> Iterator[bytes]:
    """Small files of one page and several: text with a map of its letters, pictures in every coding, forms, trees, locks."""
    drawn, letters = lettered(_LINES)
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    fonts = "/Font << /F 5 0 R >>"
    yield one_page(drawn, font, letters, resources=fonts)
    hidden, _ = lettered(_LINES, mode=3)
    gray = np.full((60, 42), 240, np.uint8)
    gray[10:20, 5:30] = 20
    shown = "q 595 0 0 842 0 0 cm /P Do Q\n"
    pictures = f"{fonts} /XObject << /P 7 0 R >>"
    jpeg = BytesIO()
    Image.fromarray(gray).save(jpeg, "JPEG")
    for scan in (
        image(gray),
        image(gray > 128),
        image(gray, "DCTDecode", jpeg.getvalue()),
        image(gray, "JPXDecode", jpeg2000(gray)),
        image(gray > 128, "JBIG2Decode", jbig2(gray > 128)),
        image(gray, "ASCIIHexDecode", gray.tobytes().hex().encode() + b">"),
        image(gray, "RunLengthDecode", b"".join(bytes([129, value]) for value in gray[:, 0]) + b"\x80"),
    ):
        yield one_page(shown + hidden, font, letters, scan, resources=pictures)
    form = stream("/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Matrix [1 0 0 1 0 0]", b"0 0 1 1 re f")
    yield one_page(shown, font, letters, form,
                   resources=pictures)  # fmt: skip
    yield _tree()
    for options in (
        {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
        {"linearize": True},
        {"encryption": pikepdf.Encryption(owner="x", user="")},
    ):
        target = BytesIO()
        with pikepdf.open(
            BytesIO(one_page(shown + drawn, font, letters, image(gray), resources=pictures))
        ) as source:
            source.save(target, deterministic_id="encryption" not in options, **options)
        yield target.getvalue()


def _tree() -> bytes:
    """Three pages in a tree of two levels, with an outline, a link, a form field, an attachment and a script."""
    page = "<< /Type /Page /Parent {} 0 R {} /Rotate {} /Resources << >> /Contents 8 0 R /Annots [9 0 R] >>"
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R /Outlines 10 0 R /OpenAction 11 0 R /Names << /EmbeddedFiles << /Names [(a) 12 0 R] >> >>"
        b" /AcroForm << /Fields [9 0 R] >> /Metadata 13 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 3 /MediaBox [0 0 200 300] >>",
        b"<< /Type /Pages /Parent 2 0 R /Kids [5 0 R 6 0 R] /Count 2 >>",
        page.format(2, A4, 0).encode(),
        page.format(3, "/CropBox [10 10 90 90]", 90).encode(),
        page.format(3, "/UserUnit 2", 270).encode(),
        b"null",
        stream("/Filter /FlateDecode", zlib.compress(b"1 0 0 RG 10 10 m 90 90 l S")),
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (x) /Rect [1 2 30 40] /AP << /N 14 0 R >> /A 11 0 R >>",
        b"<< /Type /Outlines /First 15 0 R /Last 15 0 R /Count 1 >>",
        b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>",
        b"<< /Type /Filespec /F (a) /EF << /F 8 0 R >> >>",
        stream("/Type /Metadata /Subtype /XML", b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"),
        stream(
            "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 14 0 R >> >>",
            b"/X Do 0 0 9 9 re f",
        ),
        b"<< /Title (x) /Parent 10 0 R /Dest [4 0 R /Fit] >>",
        trailer="/Info << /Title (x) /CreationDate (D:2020) >>",
    )


# Damage

_TOKEN_RE = re.compile(
    rb"/[A-Za-z0-9.+-]+|-?\d+(?:\.\d+)?|"
    rb"\((?:[^()\\]|\\.){0,60}\)|<[0-9A-Fa-f\s]{0,80}>|\d+ 0 R|\[|\]|<<|>>|endobj|endstream|stream|obj"
)
_STREAM_RE = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_OBJECT_RE = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_NAMES = (
    b"/Filter /FlateDecode", b"/Filter /LZWDecode", b"/Filter [/ASCII85Decode /FlateDecode]", b"/Filter /CCITTFaxDecode",
    b"/Filter /JBIG2Decode", b"/Filter /JPXDecode", b"/Filter /DCTDecode", b"/Filter /Crypt", b"/DecodeParms << /Predictor 15 >>",
    b"/DecodeParms << /K -1 /Columns 99999 >>", b"/DecodeParms << /JBIG2Globals 4 0 R >>", b"/SMask 7 0 R", b"/Mask 7 0 R",
    b"/Mask [0 1 2]", b"/ImageMask true", b"/ColorSpace [/Indexed /DeviceRGB 255 (abc)]", b"/ColorSpace [/ICCBased 4 0 R]",
    b"/ColorSpace [/Separation /x /DeviceCMYK 4 0 R]", b"/Decode [1 0]", b"/BitsPerComponent 16", b"/Rotate 90", b"/Rotate 45",
    b"/Rotate (x)", b"/UserUnit 75000", b"/MediaBox [0 0 0 0]", b"/MediaBox [0 0 14400 14400]", b"/MediaBox [9 9 1 1]",
    b"/MediaBox [/a /b /c /d]", b"/MediaBox 3", b"/CropBox [1 2 3]", b"/CropBox [-1e30 0 1e30 9]", b"/Parent 3 0 R",
    b"/Kids [2 0 R]",
    b"/Kids [3 0 R 3 0 R 3 0 R]", b"/Count -1", b"/Count 2147483647", b"/Annots [3 0 R]", b"/Annots 9",
    b"/Contents [4 0 R 4 0 R null]",
    b"/Contents null", b"/Contents 3 0 R", b"/Resources 3 0 R", b"/Resources null", b"/Font 3 0 R", b"/Font << /F 3 0 R >>",
    b"/XObject << /P 3 0 R >>", b"/XObject 1", b"/Group << /S /Transparency /CS 1 >>", b"/OC 3 0 R", b"/Type 1", b"/Subtype /Form",
    b"/Subtype /Image", b"/Subtype /Type3", b"/Encoding /Identity-H", b"/ToUnicode 4 0 R", b"/ToUnicode /Identity-H",
    b"/FontDescriptor << /FontFile 4 0 R >>", b"/DescendantFonts [5 0 R]", b"/Widths [0 -1 1e30]", b"/Metadata 4 0 R",
    b"/StructTreeRoot 2 0 R", b"/OCProperties 3 0 R", b"/OutputIntents [3 0 R]", b"/AA << /O 3 0 R >>",
    b"/Encrypt 3 0 R", b"/ID [(a)]",
    b"/Prev 0", b"/XRefStm 9", b"/F (x)", b"/Length -1", b"/Length 99999999", b"/Length 3 0 R", b"/N 2147483647", b"/First 1",
)  # fmt: skip
_OPERATORS = (
    b"q " * 300, b"Q Q Q ", b"/P Do ", b"/F 1e30 Tf ", b"/F 0 Tf ", b"BT ", b"ET ", b"1e30 0 0 1e30 0 0 cm ", b"0 0 0 0 0 0 cm ",
    b"nan 0 0 1 0 0 cm ", b"3 Tr ", b"9 Tr ", b"<FEFF> Tj ", b"[(a) -1e9 (b)] TJ ", b"BI /W 1 /H 1 /BPC 8 /CS /G ID x EI ",
    b"BI /W 999999 /H 999999 ID x EI ", b"/a BDC ", b"EMC EMC ", b"/x gs ", b"/x sh ", b"() ' ", b"1 0 0 1 1e9 1e9 Tm ", b"W n ",
    b"90 Tz ", b"-1 Tz ", b"[1 0] 0 d ", b"(\\", b"<<", b"/OC /x BDC ", b"d1 ",
)  # fmt: skip


def _tokens(data: bytes, chance: Random) -> bytes:
    """One token made another one, doubled, left out, or a figure that is hard to count with."""
    found = list(_TOKEN_RE.finditer(data))
    if not found:
        return damaged(data, chance)
    here, other = chance.choice(found), chance.choice(found)
    way = chance.randrange(4)
    if way == 0 and here[0][-1:].isdigit():
        new = str(chance.choice(FIGURES)).encode()
    elif way == 1:
        new = b""
    elif way == 2:
        new = here[0] + b" " + other[0]
    else:
        new = other[0]
    return data[: here.start()] + new + data[here.end() :]


def _entries(data: bytes, chance: Random) -> bytes:
    """A dictionary with one entry more, before or behind its own."""
    found = [place.end() for place in re.finditer(rb"<<", data)]
    if not found:
        return damaged(data, chance)
    place = chance.choice(found)
    return data[:place] + b" " + chance.choice(_NAMES) + b" " + data[place:]


def _objects(data: bytes, chance: Random) -> bytes:
    """One object in the place of another one, or a reference to it there."""
    found = list(_OBJECT_RE.finditer(data))
    if not found:
        return damaged(data, chance)
    here, other = chance.choice(found), chance.choice(found)
    new = other[2] if chance.random() < 0.6 else b"[" + other[1] + b" 0 R]"
    return data[: here.start(2)] + new + data[here.end(2) :]


def _streams(data: bytes, chance: Random) -> bytes:
    """What is packed in a stream damaged, and packed again; the length is put right, mostly."""
    found = list(_STREAM_RE.finditer(data))
    if not found:
        return damaged(data, chance)
    place = chance.choice(found)
    try:
        inner, packed = zlib.decompress(place[1]), True
    except zlib.error:
        inner, packed = place[1], False
    if chance.random() < 0.4:
        at = chance.randint(0, len(inner))
        inner = inner[:at] + b" " + chance.choice(_OPERATORS) + inner[at:]
    else:
        inner = chance.choice((_tokens, damaged))(inner, chance)
    new = zlib.compress(inner) if packed else inner
    head = data[: place.start(1)]
    if chance.random() < 0.8:
        lengths = list(re.finditer(rb"/Length \d+", head[-400:]))
        if lengths:
            start = len(head[:-400]) + lengths[-1].start()
            head = head[:start] + b"/Length %d" % len(new) + head[start + len(lengths[-1][0]) :]
    return head + new + data[place.end(1) :]


_ways = one_of(_tokens, _tokens, _entries, _entries, _objects, _streams, _streams, damaged, most=3)


def mutate(data: bytes, chance: Random) -> bytes:
    """The file damaged in its tokens, entries, objects, streams or bytes, its table of places mostly right."""
    data = _ways(data, chance)
    return _with_table(data) if chance.random() < 0.7 else data


def _with_table(data: bytes) -> bytes:
    """The file with the places of its objects as they are now, where it has a plain table."""
    head, mark, tail = data.rpartition(b"\nxref\n")
    trailer = tail.find(b"trailer")
    if not mark or trailer < 0:
        return data
    places = {int(found[1]): found.start() for found in re.finditer(rb"(?<!\d)(\d{1,4}) 0 obj", head)}
    count = max(places, default=0) + 1
    rows = b"".join(
        b"%010d %05d %c \n" % ((places[n], 0, ord("n")) if n in places else (0, 65535, ord("f")))
        for n in range(count)
    )
    rest = re.sub(rb"startxref\s+\d+", b"startxref\n%d" % (len(head) + 1), tail[trailer:])
    return head + mark + b"0 %d\n" % count + rows + rest


# Laws


def check_reading(data: bytes) -> None:
    """Whatever the file is, it is opened or refused, and so is each of its pages."""
    path = _scratch()
    path.write_bytes(b"%PDF-1.7\n" * (b"%PDF-" not in data[:1024]) + data)
    try:
        with open_document(path, dpi=DPI, max_megapixels=MEGAPIXELS) as scanned:
            numbers = range(1, min(scanned.page_count, MOST_PAGES) + 1)
            for number in (*numbers, scanned.page_count + 1):
                _read_page(scanned, number)
    except InputError:
        return


def _read_page(scanned, number: int) -> None:  # noqa: ANN001 - a ScannedFile
    for part in (scanned.text_layer, scanned.is_scan, scanned.load):
        try:
            found = part(number)
        except InputError:
            continue
        if isinstance(found, Page):
            assert found.text.strip() and min(found.width, found.height) > 0
            seen = Seen(pages=(found,))
            placed_pages(document_text(seen.pages)[0], (), seen)
            assert "\n" not in "".join(word.text for word in found.words)
            found.text.encode()
        elif not isinstance(found, bool) and found is not None:
            assert found.image.size and found.image.size <= MEGAPIXELS * 3.1e6
            assert found.image.dtype == np.uint8 and found.dpi > 0


def check_exporting(data: bytes) -> None:
    """A searchable PDF of it opens, has its words and its number of pages, and is what it says that it is; or it is refused."""
    data = b"%PDF-1.7\n" * (b"%PDF-" not in data[:1024]) + data
    try:
        made = searchable_pdf(data, _placed(), Document(), "restore 1")
        pypdfium2.PdfDocument(data).close()  # what cannot be opened was never read
    except (ValueError, pypdfium2.PdfiumError):
        return
    with pikepdf.open(BytesIO(made.data)) as pdf_made, pikepdf.open(BytesIO(data)) as source:
        assert len(pdf_made.pages) == len(source.pages), "pages were lost"
        claims = (
            b"pdfaid:part" in bytes(pdf_made.Root.Metadata.read_bytes())
            if "/Metadata" in pdf_made.Root
            else False
        )
    assert claims == (not made.violations), "says that it is PDF/A and is not, or the other way round"
    if claims:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # of content that breaks off
            assert violations(made.data) == ()
    pypdfium2.PdfDocument(made.data).close()


@cache
def _placed() -> tuple[PlacedPage, ...]:
    """Two pages with words on them, and one far behind that no small file has."""
    pages = []
    for number in (1, 2, 90):
        words = [
            Word(f"p{number}w{n}", text, BBox(20 + 90 * n, 30, 100 + 90 * n, 60), 0.9)
            for n, text in enumerate(["Kế", "hoạch", "số", "12"])
        ]
        pages.append(Page(number, 595, 842, 72, (Block((Line(tuple(words)),)),), "tesseract"))
    seen = Seen(pages=tuple(pages))
    return placed_pages(document_text(seen.pages)[0], (), seen)


@cache
def _scratch() -> Path:
    from tools.fuzz.scratch import scratch_file

    return scratch_file("input.pdf")
