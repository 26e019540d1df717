"""Image files as pages: every pixel format that Pillow reads, one frame held at a time, damaged ones as far as they go."""

from __future__ import annotations

import contextlib
import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.Jpeg2KImagePlugin import Jpeg2KImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

from restore.scan.directories import directory_count
from restore.scan.pixels import eight_bits, gray_if_colourless

# Named by their classes, which also loads them: Pillow by itself begins without TIFF.
MEDIA_TYPES: dict[str | None, str] = {
    PngImageFile.format: "image/png",
    JpegImageFile.format: "image/jpeg",
    "MPO": "image/jpeg",  # what a JPEG turns out to be that holds the same photograph for other eyes
    TiffImageFile.format: "image/tiff",
    BmpImageFile.format: "image/bmp",
    GifImageFile.format: "image/gif",
    WebPImageFile.format: "image/webp",
    Jpeg2KImageFile.format: "image/jp2",
}
_FORMATS = [name for name in MEDIA_TYPES if name and name != "MPO"]
# What Pillow raises for files that are not what they say; out of memory, for one that says of a part of it that it has gigabytes.
PICTURE_ERRORS = (
    OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, AssertionError, OverflowError, MemoryError,
    struct.error, zlib.error,
)  # fmt: skip
# What a file says outside of this is a default of some program (1, 72, 96), not a scanner's resolution.
LOWEST_BELIEVABLE_DPI = 100
HIGHEST_BELIEVABLE_DPI = 1200
A4_LONG_SIDE_INCHES = 11.69
# Tesseract needs no more: a page of twice this resolution or more is shrunk, by a whole number, to what is nearest above.
# Wrong letters of 4,000, see restore.scan.rendering.
READING_DPI = 300
LONGEST_SIDE = 32_000  # pixels; Tesseract refuses 32,768
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_PHOTOMETRIC = 262
_WHITE_IS_ZERO = 0
_JPEG_BLOCK = 16  # rows of one row of blocks, the most there are
_END_OF_JPEG = b"\xff\xd9"


@dataclass(frozen=True, slots=True)
class Frame:
    """One page of an image file.

    Attributes:
        pixels: gray or blue-green-red, 8 bits.
        dpi: resolution of ``pixels``.
        shrunk: how many pixels of the file, each way, became one.
        damage: why part of the page is missing; empty for a whole one.
    """

    pixels: NDArray[np.uint8]
    dpi: int
    shrunk: int
    damage: str = ""


@contextlib.contextmanager
def tame_pillow() -> Iterator[None]:
    """Our limit has a flag to lift it, Pillow's has none; and its warnings of damaged tags go nowhere."""
    before = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            yield
    finally:
        Image.MAX_IMAGE_PIXELS = before


def open_picture(file: BinaryIO) -> Image.Image:
    """The picture in an open file, not decoded yet.

    Given a name, Pillow maps uncompressed gray TIFF into memory, with rows of the wrong length where the file says
    that it lies on its side.

    Raises:
        UnidentifiedImageError: no picture of a kind in :data:`MEDIA_TYPES`.
    """
    file.seek(0)
    return Image.open(file, formats=_FORMATS)


def frame_count(picture: Image.Image, file: BinaryIO) -> int:
    """The number of pages: more than one in a TIFF alone, as what moves is no document.

    Where the chain of a TIFF's pages is broken, what it breaks at is the last page: one that cannot be read.
    """
    return directory_count(file) if picture.format == TiffImageFile.format else 1


def seek(picture: Image.Image, number: int) -> Image.Image:
    """The picture at the page of a 1-based number, also one that was loaded and let go before.

    Raises:
        PICTURE_ERRORS: there is no such page, or its description is broken.
    """
    loaded = not getattr(picture, "tile", None)
    if loaded and picture.tell() == number - 1:
        picture.seek(1 if number == 1 else 0)
    picture.seek(number - 1)
    return picture


def load_frame(path: Path, picture: Image.Image) -> Frame:
    """The pixels of the picture's present page, upright as viewers show them (Exif), what is transparent white.

    The picture lets go of them: it holds nothing while the page is read.

    Args:
        path: the file, which is opened once more for a JPEG that was cut off.
        picture: not decoded yet.

    Raises:
        PICTURE_ERRORS: nothing of it can be decoded.
    """
    dpi = believable_dpi(picture)
    factor = reading_factor(dpi, picture.size)
    left, damage = _draft(picture, factor), ""
    try:
        picture.load()
        decoded = picture
    except MemoryError:  # it is not the file that ends here
        raise
    except PICTURE_ERRORS as error:
        damage = str(error)
        decoded = _what_there_is(path, picture, factor, error)
    turn = _TURNS.get(decoded.getexif().get(_ORIENTATION, 1))  # TIFF has been turned already
    plain = _plain(decoded, left)
    if turn is not None:
        plain = plain.transpose(turn)
    tones = np.asarray(plain)
    # Before the next copy is made: a colour page takes Pillow four bytes a pixel.
    picture.im = plain.im = decoded.im = Image.new("L", (1, 1)).im
    pixels = gray_if_colourless(tones if tones.ndim == 2 else tones[:, :, ::-1]).copy()
    if damage and not _whiten_unreached(pixels):
        raise OSError(damage)
    return Frame(pixels, round(dpi / factor), factor, damage)


def believable_dpi(picture: Image.Image) -> int:
    """The resolution that the file names, or the one at which it would be an A4 page.

    >>> believable_dpi(Image.new("L", (2480, 3508)))
    300
    """
    named = picture.info.get("dpi", (0, 0))[0]
    if LOWEST_BELIEVABLE_DPI <= float(named) <= HIGHEST_BELIEVABLE_DPI:
        return round(float(named))
    return a4_dpi(max(picture.size))


def a4_dpi(long_side: float, *, lowest: int = LOWEST_BELIEVABLE_DPI) -> int:
    """The resolution at which a side of so many pixels is the longer one of A4, within what scanners have.

    >>> a4_dpi(3508), a4_dpi(40), a4_dpi(60_000)
    (300, 100, 1200)
    """
    return min(max(round(long_side / A4_LONG_SIDE_INCHES), lowest), HIGHEST_BELIEVABLE_DPI)


def reading_factor(dpi: int, size: tuple[int, int] = (1, 1)) -> int:
    """By what whole number a page is shrunk before it is read.

    >>> [reading_factor(dpi) for dpi in (200, 300, 599, 600, 1200)], reading_factor(300, (60_000, 40))
    ([1, 1, 1, 2, 4], 2)
    """
    return max(dpi // READING_DPI, -(-max(size) // LONGEST_SIDE), 1)


def _draft(picture: Image.Image, factor: int) -> int:
    """Have a JPEG decoded at a half, a quarter or an eighth of its size, which costs no memory; what is left to shrink."""
    if not isinstance(picture, JpegImageFile) or factor not in (2, 4, 8):
        return factor
    width = picture.width
    picture.draft(picture.mode, (width // factor, picture.height // factor))
    return 1 if picture.width < width else factor


def _what_there_is(path: Path, picture: Image.Image, factor: int, error: Exception) -> Image.Image:
    """The picture with what could be decoded of it.

    Raises:
        PICTURE_ERRORS: that is nothing.
    """
    if isinstance(picture, JpegImageFile):
        # Without an end, nothing of a progressive JPEG is decoded; with one, all that came of it.
        whole = open_picture(io.BytesIO(path.read_bytes() + _END_OF_JPEG))
        _draft(whole, factor)
        whole.load()
        return whole
    if isinstance(picture, ImageFile):
        picture.tile = []  # nothing more to decode
    try:
        if picture.im.size != picture.size:
            raise error
    except AssertionError:  # it was not even begun
        raise error from None
    return picture


def _plain(picture: Image.Image, factor: int) -> Image.Image:
    """The picture in gray (L) or RGB, what is transparent white, so many pixels made one each way."""
    if picture.mode.startswith(("I", "F")):
        deep = np.array(picture)
        if picture.mode.startswith("I;16") and _is_white_zero(picture):
            deep = np.iinfo(deep.dtype).max - deep  # Pillow does so for all other depths
        picture = Image.fromarray(eight_bits(deep))
    elif picture.mode == "1":
        picture = picture.convert("L")
    elif picture.has_transparency_data:
        layer = picture.convert("RGBA")
        picture = Image.new("RGB", layer.size, (255, 255, 255))
        picture.paste(layer, mask=layer.getchannel("A"))
    elif picture.mode not in ("L", "RGB"):
        picture = picture.convert("RGB")
    return picture.reduce(factor) if factor > 1 else picture


def _is_white_zero(picture: Image.Image) -> bool:
    return isinstance(picture, TiffImageFile) and picture.tag_v2.get(_PHOTOMETRIC) == _WHITE_IS_ZERO


def _whiten_unreached(pixels: NDArray[np.uint8]) -> bool:
    """Whiten the rows that no data came for, at the end or (BMP) at the start: they are all of one colour.

    False if all rows are.
    """
    first, last = pixels[0, 0].copy(), pixels[-1, -1].copy()
    seen = np.flatnonzero((pixels != last).reshape(len(pixels), -1).any(axis=1))
    if not seen.size:
        return False
    end = int(seen[-1]) + 1
    pixels[end:] = 255
    pixels[: int(np.argmax((pixels != first).reshape(len(pixels), -1).any(axis=1)))] = 255
    # In the row of blocks where a JPEG breaks off, those to the right are missing.
    block = pixels[max(end - _JPEG_BLOCK, 0) : end]
    reached = np.flatnonzero((block != last).reshape(*block.shape[:2], -1).any(axis=(0, 2)))
    if reached.size:
        block[:, int(reached[-1]) + 1 :] = 255
    return True
