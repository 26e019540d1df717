"""PDF, TIFF, PNG and JPEG files as page images, loaded one page at a time.

One bad page does not cost the file: opening reads the file's table of pages only, and each page is loaded,
and may fail, by itself.
"""

from __future__ import annotations

import contextlib
import re
import struct
import warnings
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile

from restore.errors import InputError
from restore.page import Page
from restore.scan.text_layer import POINTS_PER_INCH, read_text_layer

SUFFIXES = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff"})
MAX_MEGAPIXELS = 150.0  # A2 at 400 dpi has 62, A3 at 600 dpi 70
DEFAULT_DPI = 300
# A page that is one embedded scan is rendered at the scan's own resolution: stretching it gains nothing. Wrong
# letters of 4,000 on rendered pages of 12 points, scanned at 200 dpi and read at 200 / 300 / 400: gray
# 4 / 6 / 11, bitonal 7 / 8 / 17. Coarser scans are stretched, as Tesseract loses marks on low letters.
LOWEST_SCAN_DPI = 200
HIGHEST_SCAN_DPI = 400
# An image that covers this share of the page is the page; a smaller one is a picture or a signature on it.
SCAN_SHARE = 0.5
# What a file says outside of this is a default of some program (1, 72, 96), not a scanner's resolution.
LOWEST_BELIEVABLE_DPI = 100
HIGHEST_BELIEVABLE_DPI = 1200
A4_LONG_SIDE_INCHES = 11.69
_PDF_HEADER_WITHIN = 1024  # bytes: readers accept garbage before %PDF- as far as that
# Named by their classes, which also loads them: Pillow by itself begins without TIFF.
_MEDIA_TYPES = {
    PngImageFile.format: "image/png",
    JpegImageFile.format: "image/jpeg",
    TiffImageFile.format: "image/tiff",
}
_EMPTY_PAGE_TREE_RE = re.compile(rb"<<[^<>]*/Kids\s*\[\s*\][^<>]*>>")
_IMAGE_ERRORS = (OSError, SyntaxError, ValueError, EOFError, KeyError, TypeError, struct.error, zlib.error)


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page as an image.

    Attributes:
        number: 1-based page number in its file.
        image: gray (height x width) or blue-green-red (height x width x 3), 8 bits.
        dpi: resolution.
    """

    number: int
    image: NDArray[np.uint8]
    dpi: int


@dataclass(frozen=True, slots=True)
class ScannedFile:
    """An open file of page images. Use it as a context manager, or close it.

    Attributes:
        path: the file.
        media_type: what it is, by its content.
        page_count: number of pages.
        load: loads the page of a 1-based number; raises InputError for that page only.
        text_layer: the text that a PDF carries for the page of a 1-based number, boxes in pixels of the image
            that ``load`` would give, without rendering it; None where there is none; raises like ``load``.
        close: closes the file.
    """

    path: Path
    media_type: str
    page_count: int
    load: Callable[[int], PageImage]
    text_layer: Callable[[int], Page | None]
    close: Callable[[], None]

    def __enter__(self) -> ScannedFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_document(
    path: Path, *, dpi: int = DEFAULT_DPI, max_megapixels: float = MAX_MEGAPIXELS
) -> ScannedFile:
    """Open a PDF, TIFF, PNG or JPEG file, told apart by its content.

    Args:
        path: the file; it is only read.
        dpi: resolution at which PDF pages are rendered that are not one embedded scan.
        max_megapixels: a page image with more million pixels is refused before it is decoded.

    Raises:
        InputError: the file is missing, of another kind, damaged, encrypted or without pages.
    """
    try:
        with path.open("rb") as file:
            is_pdf = b"%PDF-" in file.read(_PDF_HEADER_WITHIN)
    except FileNotFoundError as error:
        raise InputError("missing-file", path=path) from error
    except IsADirectoryError as error:
        raise InputError("not-a-file", path=path) from error
    except OSError as error:
        raise InputError("unreadable-file", path=path, reason=error.strerror or error) from error
    return _open_pdf(path, dpi, max_megapixels) if is_pdf else _open_image(path, max_megapixels)


def page_count(path: Path) -> int:
    """Number of pages, without loading any.

    Raises:
        InputError: as :func:`open_document`.
    """
    with open_document(path) as scanned:
        return scanned.page_count


def _check_size(path: Path, number: int, width: float, height: float, limit: float) -> None:
    megapixels = width * height / 1e6
    if megapixels > limit:
        raise InputError(
            "image-too-large", path=path, page=number, megapixels=f"{megapixels:.0f}", limit=f"{limit:g}"
        )


def _check_number(path: Path, number: int, count: int) -> None:
    if not 1 <= number <= count:
        raise InputError("no-such-pages", path=path, pages=number, page_count=count)


# PDF


def _open_pdf(path: Path, dpi: int, limit: float) -> ScannedFile:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        # PDFium refuses a file without pages without saying why: its error code is an earlier file's.
        if _EMPTY_PAGE_TREE_RE.search(path.read_bytes()):
            raise InputError("pdf-without-pages", path=path) from error
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise InputError("encrypted-pdf", path=path) from error
        raise InputError("unreadable-file", path=path, reason=error) from error
    count = len(document)
    if not count:
        document.close()
        raise InputError("pdf-without-pages", path=path)

    @contextlib.contextmanager
    def opened(number: int) -> Iterator[pypdfium2.PdfPage]:
        _check_number(path, number, count)
        try:
            with contextlib.closing(document[number - 1]) as page:
                yield page
        except pypdfium2.PdfiumError as error:
            raise InputError("unreadable-page", path=path, page=number, reason=error) from error

    def load(number: int) -> PageImage:
        with opened(number) as page:
            resolution = _scan_dpi(page) or dpi
            scale = resolution / POINTS_PER_INCH
            _check_size(path, number, page.get_width() * scale, page.get_height() * scale, limit)
            with contextlib.closing(page.render(scale=scale)) as bitmap:
                return PageImage(number, _gray_if_colourless(bitmap.to_numpy().copy()), resolution)

    def text_layer(number: int) -> Page | None:
        with opened(number) as page:
            return read_text_layer(page, number=number, dpi=_scan_dpi(page) or dpi)

    return ScannedFile(path, "application/pdf", count, load, text_layer, document.close)


def _scan_dpi(page: pypdfium2.PdfPage) -> int | None:
    """The resolution of the one image that is the page, within bounds; None where the page is no scan."""
    area = page.get_width() * page.get_height()
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = item.get_bounds()
        width, height = right - left, top - bottom
        if width > 0 and height > 0 and width * height >= SCAN_SHARE * area:
            pixels_x, pixels_y = item.get_px_size()
            # The longer sides belong together also where the image is placed turned.
            own = max(pixels_x, pixels_y) / (max(width, height) / POINTS_PER_INCH)
            return int(min(max(round(own), LOWEST_SCAN_DPI), HIGHEST_SCAN_DPI))
    return None


def _gray_if_colourless(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    if image.ndim == 2:
        return image
    if image.shape[2] == 1:
        return image[:, :, 0]
    blue, green, red = image[:, :, 0], image[:, :, 1], image[:, :, 2]
    if np.array_equal(blue, green) and np.array_equal(green, red):
        return np.ascontiguousarray(red)
    return np.ascontiguousarray(image[:, :, :3])


# Images


@contextlib.contextmanager
def _tame_pillow() -> Iterator[None]:
    """Our limit has a flag to lift it, Pillow's has none; and its warnings of damaged tags go nowhere."""
    before = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            yield
    finally:
        Image.MAX_IMAGE_PIXELS = before


def _open_image(path: Path, limit: float) -> ScannedFile:
    try:
        with contextlib.ExitStack() as opened, _tame_pillow():
            # Given the name, Pillow maps uncompressed gray TIFF into memory, with rows of the wrong length
            # where the file says that it lies on its side.
            picture = Image.open(opened.enter_context(path.open("rb")), formats=list(_MEDIA_TYPES))
            # A JPEG may turn out an MPO, whose further frames are the same photograph for other eyes.
            count = getattr(picture, "n_frames", 1) if picture.format == TiffImageFile.format else 1
            close = opened.pop_all().close
    except UnidentifiedImageError as error:
        if path.suffix.lower() in SUFFIXES:
            raise InputError("damaged-file", path=path, suffix=path.suffix.lower()) from error
        raise InputError(
            "unknown-file-type", path=path, suffixes=", ".join(sorted(SUFFIXES | {".txt"}))
        ) from error
    except _IMAGE_ERRORS as error:
        raise InputError("unreadable-file", path=path, reason=error) from error
    media_type = _MEDIA_TYPES.get(str(picture.format), "image/jpeg")

    def load(number: int) -> PageImage:
        _check_number(path, number, count)
        try:
            with _tame_pillow():
                if count > 1:
                    picture.seek(number - 1)
                _check_size(path, number, *picture.size, limit)
                return PageImage(number, _pixels(picture), _believable_dpi(picture))
        except _IMAGE_ERRORS as error:
            raise InputError("unreadable-page", path=path, page=number, reason=error) from error

    return ScannedFile(path, media_type, count, load, lambda number: None, close)


def _pixels(picture: Image.Image) -> NDArray[np.uint8]:
    """Gray or blue-green-red pixels, upright as viewers show them (Exif), what is transparent white."""
    picture.load()
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in ("1", "L"):
        return np.array(upright.convert("L"))
    if upright.mode.startswith("I"):  # 16 bits, scaled: Pillow's conversion to L cuts off at 255
        deep = np.array(upright).astype(np.int64)
        return np.clip(deep >> 8 if deep.max(initial=0) > 255 else deep, 0, 255).astype(np.uint8)
    if upright.has_transparency_data:
        layer = upright.convert("RGBA")
        upright = Image.new("RGB", layer.size, (255, 255, 255))
        upright.paste(layer, mask=layer.getchannel("A"))
    return _gray_if_colourless(np.array(upright.convert("RGB"))[:, :, ::-1])


def _believable_dpi(picture: Image.Image) -> int:
    """The resolution that the file names, or the one at which it would be an A4 page.

    >>> _believable_dpi(Image.new("L", (2480, 3508)))
    300
    """
    named = picture.info.get("dpi", (0, 0))[0]
    if LOWEST_BELIEVABLE_DPI <= float(named) <= HIGHEST_BELIEVABLE_DPI:
        return round(float(named))
    estimate = round(max(picture.size) / A4_LONG_SIDE_INCHES)
    return min(max(estimate, LOWEST_BELIEVABLE_DPI), HIGHEST_BELIEVABLE_DPI)
