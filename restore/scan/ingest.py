"""PDF and image files as page images, loaded one page at a time.

One bad page does not cost the file: opening reads the file's table of pages only, and each page is loaded,
and may fail, by itself.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray
from PIL import UnidentifiedImageError

from restore.errors import InputError, file_error
from restore.page import Page, ProcessingStep
from restore.scan.picture import (
    MEDIA_TYPES,
    PICTURE_ERRORS,
    frame_count,
    load_frame,
    open_picture,
    seek,
    tame_pillow,
)
from restore.scan.pixels import gray_if_colourless, is_negative
from restore.scan.rendering import UNDECODABLE, can_decode_images, resolution
from restore.scan.text_layer import read_text_layer
from restore.timing import timed

SUFFIXES = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp", ".jp2"})
MAX_MEGAPIXELS = 150.0  # A2 at 400 dpi has 62, A3 at 600 dpi 70
DEFAULT_DPI = 300
_PDF_HEADER_WITHIN = 1024  # bytes: readers accept garbage before %PDF- as far as that
_PDFIUM_RE = re.compile(r"(.+) \(PDFium: (.+)\)\.")  # one sentence less in brackets
_EMPTY_PAGE_TREE_RE = re.compile(rb"<<[^<>]*/Kids\s*\[\s*\][^<>]*>>")


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page as an image.

    Attributes:
        number: 1-based page number in its file.
        image: gray (height x width) or blue-green-red (height x width x 3), 8 bits.
        dpi: resolution of ``image``.
        shrunk: how many pixels of the file's picture, each way, became one of ``image``.
        steps: what was done to the pixels: "shrunk", "negative".
        damage: why part of the picture is missing; empty for a whole one.
    """

    number: int
    image: NDArray[np.uint8]
    dpi: int
    shrunk: int = 1
    steps: tuple[ProcessingStep, ...] = ()
    damage: str = ""


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
        is_scan: whether pictures make up the page of a 1-based number, and its layer is what an engine read on them;
            raises like ``load``.
        close: closes the file.
    """

    path: Path
    media_type: str
    page_count: int
    load: Callable[[int], PageImage]
    text_layer: Callable[[int], Page | None]
    is_scan: Callable[[int], bool]
    close: Callable[[], None]

    def __enter__(self) -> ScannedFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@timed("open")
def open_document(
    path: Path, *, dpi: int = DEFAULT_DPI, max_megapixels: float = MAX_MEGAPIXELS
) -> ScannedFile:
    """Open a PDF or an image file, told apart by its content.

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
    except OSError as error:
        raise file_error(path, error) from error
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
        reason = _PDFIUM_RE.sub(r"\1: \2", str(error))
        raise InputError("unreadable-file", path=path, reason=reason) from error
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

    @timed("load")
    def load(number: int) -> PageImage:
        with opened(number) as page:
            drawn = resolution(page, dpi)
            width, height = page.get_width() * drawn.scale, page.get_height() * drawn.scale
            _check_size(path, number, width, height, limit)
            with contextlib.closing(page.render(scale=drawn.scale)) as bitmap:
                # What is gray takes a third of the bitmap; what is not takes its place.
                pixels = gray_if_colourless(bitmap.to_numpy()).copy()
            if pixels.min() == 255 and not can_decode_images(page):
                raise InputError("unreadable-page", path=path, page=number, reason=UNDECODABLE)
        return _upright_tones(PageImage(number, pixels, drawn.dpi))

    @timed("text-layer")
    def text_layer(number: int) -> Page | None:
        with opened(number) as page:
            drawn = resolution(page, dpi)
            return read_text_layer(page, number=number, dpi=drawn.dpi, scale=drawn.scale)

    def is_scan(number: int) -> bool:
        with opened(number) as page:
            return resolution(page, dpi).of_scan

    return ScannedFile(path, "application/pdf", count, load, text_layer, is_scan, document.close)


def _upright_tones(page: PageImage) -> PageImage:
    """The page with dark print on light paper, also where its picture is a negative."""
    if not is_negative(page.image):
        return page
    return replace(page, image=np.invert(page.image), steps=(*page.steps, ProcessingStep("negative")))


# Images


def _open_image(path: Path, limit: float) -> ScannedFile:
    try:
        with contextlib.ExitStack() as opened, tame_pillow():
            file = opened.enter_context(path.open("rb"))
            picture = open_picture(file)
            count = frame_count(picture, file)
            close = opened.pop_all().close
    except UnidentifiedImageError as error:
        if path.suffix.lower() in SUFFIXES:
            raise InputError("damaged-file", path=path, suffix=path.suffix.lower()) from error
        raise InputError(
            "unknown-file-type", path=path, suffixes=", ".join(sorted(SUFFIXES | {".txt"}))
        ) from error
    except PICTURE_ERRORS as error:
        raise InputError("unreadable-file", path=path, reason=error) from error
    media_type = MEDIA_TYPES[picture.format]

    @timed("load")
    def load(number: int) -> PageImage:
        _check_number(path, number, count)
        try:
            with tame_pillow():
                page = seek(picture, number) if count > 1 else open_picture(file)
                _check_size(path, number, *page.size, limit)
                frame = load_frame(path, page)
        except MemoryError as error:
            raise InputError("page-memory", path=path, page=number) from error
        except PICTURE_ERRORS as error:
            raise InputError("unreadable-page", path=path, page=number, reason=error) from error
        steps = (ProcessingStep("shrunk", (("factor", frame.shrunk),)),) if frame.shrunk > 1 else ()
        return _upright_tones(PageImage(number, frame.pixels, frame.dpi, frame.shrunk, steps, frame.damage))

    return ScannedFile(path, media_type, count, load, lambda number: None, lambda number: True, close)
