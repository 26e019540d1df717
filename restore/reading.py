"""The pages of a file, each read in the way its text layer deserves.

A PDF page's text layer is judged by :mod:`restore.language.health`:

    healthy or foreign       kept: the document was born digital, or read by an engine that knew its language;
                             columns at its top and end that it runs across are parted
    healthy in part          the lines of a scan that an engine read as garbage: the page is read again
    legacy                   its words are converted from TCVN3, VNI …
    damaged, stripped, none  the page is read again from its image; figures and plain words of the layer are
                             another reading of its lines
    a few words on much ink  likewise: the layer is the stamp of a digital signature on a scan

``--mode keep`` keeps every layer that has words, ``--mode redo`` none. One page that cannot be read never
costs the file: it becomes an empty page and a warning. Empty paper is not read at all, and what shows through from
the other side of a sheet is not taken for words (:mod:`restore.scan.blank`).
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import cv2
import numpy as np

from restore.config import Config
from restore.document import Warning
from restore.errors import (
    InputError,
    MissingToolError,
    OutputError,
    RestoreError,
    UnsuitableError,
    disk_error,
    is_full,
)
from restore.field import Provenance
from restore.language.encodings import convert_legacy
from restore.language.health import MIN_WORDS, health, line_health
from restore.language.vietnamese import is_syllable
from restore.messages import error_text, message
from restore.page import Block, Line, Page, ProcessingStep, Word, document_text
from restore.preview import Preview
from restore.previews import Previews, preview
from restore.scan.blank import ink_on, strengthened
from restore.scan.enlarge import enlarged
from restore.scan.ingest import SUFFIXES as SUFFIXES
from restore.scan.ingest import PageImage, ScannedFile
from restore.scan.ingest import open_document as open_document
from restore.scan.layer_order import in_reading_order
from restore.scan.layer_readings import layer_readings
from restore.scan.parts import ALL, Parts
from restore.scan.read import read_page
from restore.scan.text_layer import as_shown
from restore.timing import timed

# A layer with fewer words that covers less than this share of the ink does not hold the page. The stamps of
# digital signatures have 10 to 40 words; a born-digital page with a large photograph has more.
SPARSE_WORDS = 60
SPARSE_INK_SHARE = 0.3
# Words in lines of garbage in a layer that is healthy as a whole: none on 90 pages of healthy layers and readings.
GARBAGE_LINES_SHARE = 0.1
INK = 128  # gray below which a pixel is ink
# Below one half Tesseract itself holds the page for more likely wrong than right; bad scans of print have .9.
DOUBTFUL_CONFIDENCE = 0.5
# On a page of faint ink alone that is doubtful as a whole, these lines are print. Rendered: what shows through, mirrored,
# at most 0.54 a line of two words or more; faint print 0.94 and more.
SURE_OF_FAINT_LINE = 0.7

_FIGURE_RE = re.compile(r"\d[\d.,/:%-]*")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was seen in a file.

    Attributes:
        media_type: of the file, by its content.
        page_count: pages in the file, also those that were not asked for.
        pages: those that were, in order.
        encodings: from which text layers were converted.
        warnings: what a person should know of single pages.
        previews: small pictures of the pages by their numbers.
    """

    media_type: str
    page_count: int
    pages: tuple[Page, ...]
    encodings: tuple[str, ...]
    warnings: tuple[Warning, ...]
    previews: Mapping[int, Preview] = field(default_factory=dict, compare=False)

    @property
    def encoding(self) -> str | None:
        """The legacy encoding that all pages were converted from, if it was the same for all."""
        converted = sum(warning.code == "page-converted" for warning in self.warnings)
        whole = len(self.encodings) == 1 and converted == sum(bool(page.blocks) for page in self.pages)
        return self.encodings[0] if whole else None


@dataclass(frozen=True, slots=True)
class PageReading:
    """What was seen on one page.

    Attributes:
        page: the page.
        encoding: from which its text layer was converted.
        warnings: what a person should know of it.
        preview: a small picture of it, where it was read from its image.
    """

    page: Page
    encoding: str | None = None
    warnings: tuple[Warning, ...] = ()
    preview: Preview | None = None


def read_file(path: Path, config: Config, parts: Parts = ALL) -> Reading:
    """Read the wanted pages of a PDF or an image file, with the parts of reading that are not left out.

    Raises:
        InputError: the file cannot be opened, has none of the wanted pages, or its only page cannot be read.
        MissingToolError: Tesseract is needed and not there.
    """
    with open_document(path, max_megapixels=config.max_megapixels) as scanned:
        numbers = wanted_pages(scanned, config)
        readings = tuple(_readings(scanned, numbers, config, parts))
    return reading_of(path, scanned.media_type, scanned.page_count, readings, config)


def wanted_pages(scanned: ScannedFile, config: Config) -> tuple[int, ...]:
    """The numbers of the pages that are asked for.

    Raises:
        UnsuitableError: the file has none of them.
        InputError: it has more than a file may have.
    """
    count = scanned.page_count
    every = range(1, count + 1)
    numbers = tuple(n for n in every if config.wants_page(n)) if config.pages else tuple(every)
    if not numbers:
        raise UnsuitableError("no-such-pages", path=scanned.path, pages=config.pages, page_count=count)
    if len(numbers) > config.max_pages:
        raise InputError("too-many-pages", path=scanned.path, count=len(numbers), limit=config.max_pages)
    return numbers


def reading_of(
    path: Path, media_type: str, page_count: int, readings: Sequence[PageReading], config: Config
) -> Reading:
    """What was seen in a file, put together from its pages.

    Args:
        path: the file.
        media_type: of it.
        page_count: pages in it.
        readings: of the wanted pages, in order.
        config: the settings they were read with.
    """
    encodings = dict.fromkeys(reading.encoding for reading in readings if reading.encoding)
    pages = tuple(reading.page for reading in readings)
    pictures = {reading.page.number: reading.preview for reading in readings if reading.preview}
    return Reading(
        media_type,
        page_count,
        pages,
        tuple(encodings),
        tuple(warning for reading in readings for warning in reading.warnings),
        Previews(path, pages, config, pictures),
    )


def page_image(path: Path, number: int, max_megapixels: float) -> PageImage:
    """The picture of one page that its words' boxes refer to, but for a ``shrunk`` one.

    Raises:
        InputError: the file cannot be opened, or has no such page.
    """
    with open_document(path, max_megapixels=max_megapixels) as scanned:
        if not 1 <= number <= scanned.page_count:
            raise InputError("no-such-pages", path=path, pages=number, page_count=scanned.page_count)
        return scanned.load(number)


def layer_text(path: Path, config: Config) -> str:
    """The text layer of a PDF as it stands, damaged or not; a page whose layer cannot be read has none.

    Raises:
        InputError: the file cannot be opened, or no page has a text layer (``no-text-layer``).
    """
    pages: list[Page] = []
    with open_document(path, max_megapixels=config.max_megapixels) as scanned:
        for number in range(1, scanned.page_count + 1):
            with suppress(InputError):
                layer = scanned.text_layer(number)
                pages += [as_shown(layer)] if layer else []
    if not pages:
        raise InputError("no-text-layer", path=path)
    return document_text(pages)[0]


def _readings(
    scanned: ScannedFile, numbers: Sequence[int], config: Config, parts: Parts
) -> Iterator[PageReading]:
    """The pages, only one image held at a time; an error costs its page, or a file with no other."""
    for number in numbers:
        try:
            yield read_one(scanned, number, config, parts)
        except (MissingToolError, OutputError):
            raise
        except RestoreError as error:
            if scanned.page_count == 1:
                raise
            yield lost_page(number, error)


def lost_page(number: int, error: RestoreError) -> PageReading:
    """What stands for a page that cannot be read: an empty page, and a warning that says why."""
    page = Page(number, 0, 0, 0, (), source="none")
    if "path" in error.values:  # the document must not depend on where its file lies
        error = type(error)(error.key, **{**error.values, "path": Path(error.values["path"]).name})
    return PageReading(page, warnings=(_warning("page-failed", number, reason=error_text(error, "en")),))


def read_one(scanned: ScannedFile, number: int, config: Config, parts: Parts = ALL) -> PageReading:
    """Read one page of an open file.

    Raises:
        MissingToolError: Tesseract is needed and not there.
        OutputError: the disk of the temporary files is full.
        RestoreError: the page cannot be read; others may.
    """
    try:
        return _read(scanned, number, config, parts)
    except RestoreError:
        raise
    except OSError as error:
        if is_full(error):
            raise disk_error(tempfile.gettempdir(), error) from error
        raise _unreadable(scanned.path, number, error) from error
    except (MemoryError, cv2.error) as error:
        if isinstance(error, cv2.error) and error.code != cv2.Error.StsNoMem:
            raise _unreadable(scanned.path, number, error) from error
        raise InputError("page-memory", path=scanned.path, page=number) from error
    except Exception as error:  # one bad page never costs a file
        raise _unreadable(scanned.path, number, error) from error


def _unreadable(path: Path, number: int, error: Exception) -> InputError:
    reason = f"{type(error).__name__}: {error}"
    return InputError("unreadable-page", path=path, page=number, reason=reason)


def _read(scanned: ScannedFile, number: int, config: Config, parts: Parts) -> PageReading:
    layer = None if config.mode == "redo" else scanned.text_layer(number)
    image = cache(lambda: scanned.load(number))  # a page that is kept need not be rendered
    kept = _from_layer(layer, image, config) if layer else None
    if kept and not (config.mode == "auto" and scanned.is_scan(number) and _is_garbage_in_part(kept.page)):
        return kept
    try:
        page, warnings = _from_image(image(), config, parts)
    except InputError as error:
        if layer is None:
            raise
        lost = _warning("page-layer-only", number, reason=error_text(error, "en"))
        return kept or PageReading(as_shown(layer), warnings=(lost,))
    if layer:
        found = layer_readings(page, as_shown(layer), _is_plain)
        page = replace(page, readings=(*page.readings, *found))
    if kept or (layer and health(layer.text).grade in ("damaged", "stripped")):
        warnings = (_warning("page-reread", page.number), *warnings)
    return PageReading(page, None, warnings, preview(image().image, page) if page.blocks else None)


def _is_plain(text: str) -> bool:
    """Whether an engine that knows no Vietnamese may have read a word right: a figure, or small letters without marks.

    >>> [_is_plain(text) for text in ("19/12/2016", "ban,", "s6", "hi~n", "HQiLHPN", "I", "UBND")]
    [True, True, False, False, False, False, False]
    """
    bare = text.strip(".,;:()")
    return bool(_FIGURE_RE.fullmatch(bare)) or (len(bare) > 2 and bare.islower() and is_syllable(bare))


def _from_image(picture: PageImage, config: Config, parts: Parts) -> tuple[Page, tuple[Warning, ...]]:
    """The page as it was read from its picture, boxes on the picture as the file has it, and what to know of it."""
    damage = (_warning("page-cut-off", picture.number, reason=picture.damage),) if picture.damage else ()
    with timed("blank"):
        ink = ink_on(picture.image, picture.dpi)
    if ink == "none":
        height, width = picture.image.shape[:2]
        page = Page(picture.number, width, height, picture.dpi, (), source="tesseract")
    elif ink == "faint":
        shown = replace(picture, image=strengthened(picture.image, picture.dpi))
        page = _without_noise(read_page(shown, timeout=config.page_timeout, parts=parts))
        page = replace(page, steps=(ProcessingStep("strengthen-ink"), *page.steps))
    else:
        page = read_page(picture, timeout=config.page_timeout, parts=parts)
    page = replace(enlarged(page, picture.shrunk), steps=(*picture.steps, *page.steps))
    if not page.blocks:
        code = "page-empty" if ink == "print" else "page-blank"
        return page, (*damage, _warning(code, page.number))
    return page, (*damage, *_doubts(page))


def _without_noise(page: Page) -> Page:
    """A page of faint ink without the lines that the engine made of the other side of the sheet."""
    if _confidence(page.words) >= DOUBTFUL_CONFIDENCE:
        return page
    blocks = (
        replace(block, lines=tuple(line for line in block.lines if _is_sure(line))) for block in page.blocks
    )
    return replace(page, blocks=tuple(block for block in blocks if block.lines))


def _is_sure(line: Line) -> bool:
    return len(line.words) > 1 and _confidence(line.words) >= SURE_OF_FAINT_LINE


@timed("text-layer")
def _from_layer(layer: Page, image: Callable[[], PageImage], config: Config) -> PageReading | None:
    """The page as its text layer has it, or None where the layer is not worth it."""
    converted = _converted(layer)
    if converted:
        page, encoding = converted
        warning = _warning("page-converted", page.number, encoding=encoding)
        return PageReading(page, encoding, (warning,))
    layer = as_shown(layer)
    state = health(layer.text)
    foreign = state.grade == "other" and state.words >= MIN_WORDS
    if (state.grade == "healthy" or foreign) and not _is_sparse(layer, image):
        return PageReading(in_reading_order(layer))
    if config.mode == "keep":
        return PageReading(layer, warnings=(_warning("page-layer-kept", layer.number),))
    return None


def _converted(layer: Page) -> tuple[Page, str] | None:
    """A layer in a legacy encoding with its words converted, each in its place."""
    found = convert_legacy(layer.text)
    if found is None:
        return None
    text, encoding = found
    words = iter(text.split())
    if len(text.split()) != sum(1 for _ in layer.words):
        return None  # a code that is white space in Unicode: better to read the page again
    blocks = tuple(
        Block(
            tuple(Line(tuple(replace(word, text=next(words)) for word in line.words)) for line in block.lines)
        )
        for block in layer.blocks
    )
    return replace(layer, blocks=blocks), encoding


def _is_garbage_in_part(page: Page) -> bool:
    lines = line_health(page.text)
    garbage = sum(line.words for line in lines if line.grade in ("damaged", "stripped"))
    return garbage > GARBAGE_LINES_SHARE * sum(line.words for line in lines)


def _is_sparse(layer: Page, image: Callable[[], PageImage]) -> bool:
    """Whether a layer of few words leaves most of the page's ink uncovered."""
    if sum(1 for _ in layer.words) >= SPARSE_WORDS:
        return False
    try:
        pixels = image().image
    except InputError:  # too large, or broken: what the layer has is all there is
        return False
    gray = pixels if pixels.ndim == 2 else pixels.min(axis=2)
    ink = gray < INK
    total = int(np.count_nonzero(ink))
    for word in layer.words:
        box = word.bbox
        ink[max(box.top, 0) : box.bottom, max(box.left, 0) : box.right] = False
    return int(np.count_nonzero(ink)) > (1 - SPARSE_INK_SHARE) * total


def _doubts(page: Page) -> tuple[Warning, ...]:
    confidence = _confidence(page.words)
    if confidence < DOUBTFUL_CONFIDENCE:
        return (_warning("page-doubtful", page.number, confidence=f"{confidence:.2f}"),)
    return ()


def _confidence(words: Iterable[Word]) -> float:
    """The mean over letters."""
    counted = [(word.confidence, len(word.text)) for word in words]
    return sum(sure * letters for sure, letters in counted) / max(sum(letters for _, letters in counted), 1)


def _warning(code: str, number: int, **values: str) -> Warning:
    """A warning in English: the document must not depend on who reads the program's messages."""
    place = Provenance(page=number, start=0, end=0)
    return Warning(code=code, message=message(code, "en", page=number, **values), provenance=(place,))
