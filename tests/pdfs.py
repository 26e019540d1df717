"""PDF files byte by byte: what no library writes, or not on purpose."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
from PIL import Image

A4 = "/MediaBox [0 0 595 842]"


def stream(head: str, data: bytes) -> bytes:
    """A stream object with its length."""
    return f"<< {head} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def pdf(*objects: bytes, trailer: str = "") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    data = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    end = f"trailer\n<< /Root 1 0 R /Size {len(objects) + 1} {trailer} >>\nstartxref\n{table}\n%%EOF\n"
    return data + end.encode()


def one_page(
    content: str | bytes, *others: bytes, resources: str = "", box: str = A4, catalogue: str = ""
) -> bytes:
    """A PDF of one page; ``others`` are the objects from number 5."""
    drawn = content.encode("latin-1") if isinstance(content, str) else content
    return pdf(
        f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>".encode(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R {box} /Resources << {resources} >> /Contents 4 0 R >>".encode(),
        stream("", drawn),
        *others,
    )


def image(
    pixels: np.ndarray, filter_name: str = "FlateDecode", data: bytes | None = None, more: str = ""
) -> bytes:
    """An image object: gray of 8 bits (array of uint8), or black and white (bool, true is white)."""
    bits = 1 if pixels.dtype == bool else 8
    raw = (np.packbits(pixels, axis=1) if bits == 1 else pixels).tobytes()
    head = (
        f"/Type /XObject /Subtype /Image /Width {pixels.shape[1]} /Height {pixels.shape[0]} "
        f"/ColorSpace /DeviceGray /BitsPerComponent {bits} /Filter /{filter_name} {more}"
    )
    return stream(head, zlib.compress(raw) if data is None else data)


def jpeg2000(pixels: np.ndarray) -> bytes:
    """The array as JPEG 2000."""
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG2000", irreversible=False)
    return out.getvalue()


def jbig2(pixels: np.ndarray) -> bytes:
    """An array of bool, true is white, as JBIG2 as PDF embeds it: page information, one generic region coded by MMR.

    MMR is the coding of fax group 4 (T.88, 6.2.6), which libtiff writes.
    """
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "TIFF", compression="group4", tiffinfo={262: 0, 278: pixels.shape[0]})
    with Image.open(out) as coded:
        start, length = coded.tag_v2[273][0], coded.tag_v2[279][0]
    fax = out.getvalue()[start : start + length]
    height, width = pixels.shape
    page = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    region = struct.pack(">IIIIB", width, height, 0, 0, 0) + b"\x01" + fax  # external OR; MMR

    def segment(number: int, kind: int, content: bytes) -> bytes:
        return struct.pack(">IBBBI", number, kind, 0, 1, len(content)) + content

    return segment(0, 48, page) + segment(1, 38, region)


def lettered(lines: list[str], *, mode: int = 0, top: float = 780, pitch: float = 16) -> tuple[str, bytes]:
    """Operators that draw lines of any letters, and the ToUnicode map of the codes that they are drawn with.

    The shapes are Helvetica's of other letters: the text is in the layer alone. ``mode`` 3 is invisible.
    """
    letters = sorted(set("".join(lines)) - {" "})
    code = {letter: 0x30 + index for index, letter in enumerate(letters)} | {" ": 0x20}
    drawn = f"BT {mode} Tr /F 11 Tf 1 0 0 1 60 {top} Tm {pitch} TL\n"
    drawn += "".join(f"<{bytes(code[letter] for letter in line).hex()}> Tj T*\n" for line in lines) + "ET\n"
    rows = [f"<{number:02X}> <{letter.encode('utf-16-be').hex()}>" for letter, number in code.items()]
    parts = "".join(
        f"{len(some)} beginbfchar\n" + "\n".join(some) + "\nendbfchar\n"
        for some in (rows[start : start + 100] for start in range(0, len(rows), 100))
    )
    head = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def "
    return drawn, stream(
        "", f"{head}1 begincodespacerange <00> <FF> endcodespacerange {parts}endcmap end end".encode()
    )
