"""A picture file as a PDF: its pictures as they are, one a page, as large as they were on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO

import img2pdf  # type: ignore[import-untyped]
import pikepdf
from PIL import Image, ImageSequence

# Resolutions that a scanner may have had; outside of them the file names none, or a screen's.
_LEAST_DPI, _MOST_DPI = 100, 1200
_POINTS_PER_INCH = 72

# What a PDF cannot hold as it is, as the library calls it.
_UNFIT = (
    img2pdf.AlphaChannelError,
    img2pdf.ExifOrientationError,
    img2pdf.ImageOpenError,
    img2pdf.JpegColorspaceError,
    img2pdf.PdfTooLargeError,
    img2pdf.UnsupportedColorspaceError,
    NotImplementedError,
    TypeError,
    ValueError,
)


def picture_pdf(data: bytes, dpi: Sequence[int]) -> bytes:
    """A PDF of all pictures of a file.

    JPEG, PNG, JPEG 2000 and fax pages are put in as they are coded; others are coded again without loss. What is transparent
    lies on white.

    Args:
        data: the file.
        dpi: the resolution of each page, for those whose file names none that can be believed.

    Raises:
        OSError: it is no picture, or a damaged one.
    """
    try:
        made = _convert([data], dpi)
        if _page_count(made) == len(dpi):
            return made
    except _UNFIT:
        pass
    return _convert(list(_frames(data)), dpi)


def _convert(pictures: Sequence[bytes], dpi: Sequence[int]) -> bytes:
    made: bytes = img2pdf.convert(
        list(pictures), layout_fun=_layout(dpi), rotation=img2pdf.Rotation.ifvalid, nodate=True
    )
    return made


def _layout(dpi: Sequence[int]) -> Callable[[int, int, tuple[float, float]], tuple[float, ...]]:
    """Page and picture are as large as the paper was."""
    left = iter(dpi)

    def layout(width: int, height: int, own: tuple[float, float]) -> tuple[float, ...]:
        read = next(left, _LEAST_DPI)
        across, down = own if all(_LEAST_DPI <= one <= _MOST_DPI for one in own) else (read, read)
        size = width / across * _POINTS_PER_INCH, height / down * _POINTS_PER_INCH
        return (*size, *size)

    return layout


def _frames(data: bytes) -> Iterator[bytes]:
    """Each picture as a PNG without transparency."""
    with Image.open(BytesIO(data)) as picture:
        for frame in ImageSequence.Iterator(picture):
            target = BytesIO()
            opaque(frame).save(target, "PNG", dpi=frame.info.get("dpi"))
            yield target.getvalue()


def opaque(picture: Image.Image) -> Image.Image:
    """A picture on white paper, in the colours that a PNG can have."""
    if picture.mode in ("LA", "PA", "RGBA", "La", "RGBa") or "transparency" in picture.info:
        found = picture.convert("RGBA")
        paper = Image.new("RGBA", found.size, "white")
        paper.alpha_composite(found)
        gray = picture.mode in ("LA", "La")
        return paper.convert("L" if gray else "RGB")
    if picture.mode in ("1", "L", "P", "RGB", "I;16"):
        return picture
    return picture.convert("I;16" if picture.mode in ("I", "I;16B", "F") else "RGB")


def _page_count(data: bytes) -> int:
    with pikepdf.open(BytesIO(data)) as pdf:
        return len(pdf.pages)
