"""Write page images as a PDF, with an invisible text layer where one is given, without dates."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

HELVETICA_WIDTH = 0.5  # mean width of a letter of Helvetica in type sizes; the layer is stretched to the word


@dataclass(frozen=True, slots=True)
class LayerWord:
    """A word of the text layer, in Latin-1: left edge, base line (from the top), width, size in pixels."""

    text: str
    left: float
    baseline: float
    width: float
    size: float


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page: image (1, L, P or RGB), its dpi, JPEG quality (0: lossless), words of the text layer."""

    image: Image.Image
    dpi: int
    quality: int = 0
    words: tuple[LayerWord, ...] = ()


def _image_object(page: PdfPage) -> bytes:
    image = page.image
    bits = 1 if image.mode == "1" else 8
    colours = "/DeviceRGB" if image.mode == "RGB" else "/DeviceGray"
    if page.quality:
        stream = io.BytesIO()
        image.save(stream, "JPEG", quality=page.quality)
        data, filter_name = stream.getvalue(), "DCTDecode"
    elif image.mode == "P":
        palette = (image.getpalette() or [])[: 3 * 16]
        colours = f"[/Indexed /DeviceRGB {len(palette) // 3 - 1} <{bytes(palette).hex()}>]"
        data, filter_name = zlib.compress(image.tobytes(), 9), "FlateDecode"
    else:
        data, filter_name = zlib.compress(image.tobytes(), 9), "FlateDecode"
    head = (
        f"<< /Type /XObject /Subtype /Image /Width {image.width} /Height {image.height} /ColorSpace {colours}"
    )
    return _stream(f"{head} /BitsPerComponent {bits} /Filter /{filter_name}", data)


def _stream(head: str, data: bytes) -> bytes:
    return f"{head} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _content(page: PdfPage) -> bytes:
    scale = 72 / page.dpi
    width, height = page.image.width * scale, page.image.height * scale
    lines = [f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Im Do Q"]
    if page.words:
        lines.append("BT 3 Tr")
    for word in page.words:
        size = word.size * scale
        stretch = 100 * word.width * scale / max(len(word.text) * HELVETICA_WIDTH * size, 0.1)
        text = "".join("\\" + letter if letter in "()\\" else letter for letter in word.text)
        place = f"1 0 0 1 {word.left * scale:.2f} {height - word.baseline * scale:.2f} Tm"
        lines.append(f"/F {size:.2f} Tf {stretch:.1f} Tz {place} ({text}) Tj")
    if page.words:
        lines.append("ET")
    return _stream("<<", "\n".join(lines).encode("latin-1"))


def pdf_bytes(pages: Sequence[PdfPage]) -> bytes:
    """A PDF 1.4 of the pages."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    first = 4  # objects 1 to 3 are the catalogue, the page tree and the font; three objects a page follow
    kids = " ".join(f"{first + 3 * index} 0 R" for index in range(len(pages)))
    tree = f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode()
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", tree, font]
    for index, page in enumerate(pages):
        number = first + 3 * index
        width, height = (side * 72 / page.dpi for side in page.image.size)
        resources = f"<< /XObject << /Im {number + 1} 0 R >> /Font << /F 3 0 R >> >>"
        head = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width:.3f} {height:.3f}] /Resources {resources}"
        objects.append(f"{head} /Contents {number + 2} 0 R >>".encode())
        objects += [_image_object(page), _content(page)]
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets: list[int] = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(out)


def write_pdf(path: Path, pages: Sequence[PdfPage]) -> None:
    """Write the pages to a file."""
    path.write_bytes(pdf_bytes(pages))
