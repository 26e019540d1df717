"""Second readings: what the first one doubts, what lies under a seal and what it left out, read again in one go.

A place is a run of words of one line, or print that no word covers, cut out of the picture. The script model
(``Vietnamese``, trained on other material than ``vie``) reads all places of a page in one process: starting it costs as
much as three lines. What it sees in the place of words goes beside them as ``Reading``s, of which the decoder chooses;
where the page has no word, new ones become words of the page.

Costs are counted in print, never in seconds: the same page is always read the same way. The doubtfullest words come
first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import count
from statistics import median

import numpy as np
from numpy.typing import NDArray

from restore.page import BBox, Block, Line, Page, Word
from restore.scan import tesseract
from restore.scan.beside import beside
from restore.scan.parts import ALL, Parts
from restore.scan.remainder import is_print, unread
from restore.scan.scaling import shrunk
from restore.scan.seals import Seal

Gray = NDArray[np.uint8]
# A picture to be shown, and the way back from its boxes to those of the image that it was cut from.
_Cut = tuple[Gray, Callable[[BBox], BBox]]

# The script model, as Debian installs it and as Tesseract's own archive names it.
SCRIPT_MODELS = ("Vietnamese", "script/Vietnamese")
DOUBTFUL_SOURCE = "script-model"
SEAL_SOURCE = "without-ink"
# Words that the engine is less sure of than this are read again, as long as they make up at most this share of the
# page's print. Rendered pages (6 hard, 6 fax): below 0.85 and 0.93 the script model has 29 and 41 right words that neither
# the first reading nor its letters' choices had, in 0.15 and 0.23 of the first reading's seconds; `vie` itself, shown the
# words once more, has two thirds of them. What it reads from the page as scanned adds one word in twelve pages.
DOUBTFUL = 0.9
# Figures are doubtful below this: handwritten ones were read with up to 0.94, printed days with 0.95 and more.
DOUBTFUL_FIGURES = 0.95
SHARE = 0.1
# Lines are shown to the engine with words this high, in pixels: 18, 20, 24, 30 and 32 read alike, the lower the cheaper.
SHOWN_HEIGHT = 20
SHOWN_DPI = 150
# Lengths below are in units, the median height of the page's words.
MARGIN = 0.2  # shown around a place
COLUMN_GAP = 2.0  # what stands further apart on one line does not go on
UNDER_SEAL = 9.0  # so far a line may go on under a seal: two long words
# Lines are crossed by a seal if their middle lies this near to its middle, in radii.
CROSSED = 1.15
# A narrow word higher than this is no line of text. Capitals of a large heading are up to 2 units high.
COLUMN_HEIGHT = 2.5


@dataclass(frozen=True, slots=True)
class Place:
    """What is worth another reading: words of one line, or none, and the part of the picture to show."""

    words: tuple[Word, ...]
    bbox: BBox
    source: str


@cache
def script_model() -> str | None:
    """Tesseract's name of the script model, or None where it is not installed."""
    there = tesseract.installed_languages()
    return next((name for name in SCRIPT_MODELS if name in there), None)


def second_readings(
    page: Page,
    image: Gray,
    seals: Sequence[Seal],
    *,
    timeout: float,
    language: str = tesseract.LANGUAGE,
    parts: Parts = ALL,
) -> Page:
    """The page with what another reading saw of it.

    Args:
        page: as it was read, its boxes in pixels of the image.
        image: gray, cleaned, the ink of seals taken out.
        seals: where they were.
        timeout: seconds for all of it.
        language: of the first reading. It reads what has no words yet, and no other, where the script model is missing.
        parts: which readings are made.

    Returns:
        The page with ``readings``, and with new words, each line of them a block of its own at the end.

    Raises:
        MissingToolError: Tesseract or its data for the language is not installed.
        InputError: Tesseract failed, or took too long.
    """
    if not page.blocks:
        return page
    unit = float(median(word.bbox.height for word in page.words))
    page = _without_columns(page, unit)
    model = script_model()
    rest = unread(image, page, seals) if parts.remainder else None
    crossed = tuple(
        place
        for seal in (seals if parts.under_seals else ())
        for place in _crossed(page, rest.lines if rest else (), seal, unit)
    )
    doubtful = _doubtful(page, crossed, unit) if model and parts.doubtful else ()
    cuts = [cut(image, place.bbox, unit) for place in (*crossed, *doubtful)]
    if rest:
        cuts += [cut(rest.image, box, unit) for box in rest.lines]
    seen = _read(cuts, page.number, timeout, model or language)
    for words in seen[len(crossed) + len(doubtful) :]:
        page = _with_new(page, words, unit)
    for place, words in zip((*crossed, *doubtful), seen, strict=False):
        page = _with_seen(page, place, words, unit)
    return page


def _without_columns(page: Page, unit: float) -> Page:
    """The page without words as high as several lines, and without the doubtful words of their lines.

    Numbers of a list, which stand below each other at the margin, are read as one such word. Left out, they are then
    read number by number.
    """

    def kept(line: Line) -> Line:
        if not any(_is_column(word, unit) for word in line.words):
            return line
        return Line(tuple(word for word in line.words if word.confidence >= DOUBTFUL))

    if not any(_is_column(word, unit) for word in page.words):
        return page
    blocks = (tuple(line for line in map(kept, block.lines) if line.words) for block in page.blocks)
    return replace(page, blocks=tuple(Block(lines) for lines in blocks if lines))


def _is_column(word: Word, unit: float) -> bool:
    high = word.bbox.height > COLUMN_HEIGHT * unit and word.bbox.height > 2 * word.bbox.width
    return high and word.confidence < DOUBTFUL


def _read(cuts: Sequence[_Cut], number: int, timeout: float, language: str) -> list[tuple[Word, ...]]:
    """What stands in each of the pictures, boxes in pixels of the image that they were cut from."""
    shown = [picture for picture, _ in cuts]
    lines = tesseract.recognize_lines(shown, number=number, dpi=SHOWN_DPI, timeout=timeout, language=language)
    return [
        tuple(replace(word, id="", bbox=back(word.bbox)) for word in words)
        for (_, back), words in zip(cuts, lines, strict=True)
    ]


def _with_seen(page: Page, place: Place, seen: Sequence[Word], unit: float) -> Page:
    """The page with what was seen in a place, beside its words and, under a seal, where there are none."""
    here = (word for word in page.words if _holds(place.bbox, word.bbox))
    words = place.words or tuple(sorted(here, key=lambda word: word.bbox.left))
    page = replace(page, readings=(*page.readings, *beside(words, seen, place.source)))
    return _with_new(page, seen, unit) if place.source == SEAL_SOURCE else page


def _with_new(page: Page, words: Sequence[Word], unit: float) -> Page:
    """The page with those words of a line that stand where it has none, and that are to be believed."""
    new = [word for word in words if is_print(word, page, unit)]
    if not new:
        return page
    ids = count(1 + max((int(word.id.rpartition("w")[2]) for word in page.words), default=-1))
    line = Line(tuple(replace(word, id=f"p{page.number}w{next(ids)}") for word in new))
    return _before_its_line(page, line, unit) or replace(page, blocks=(*page.blocks, Block((line,))))


def _before_its_line(page: Page, new: Line, unit: float) -> Page | None:
    """The page with what was left out at the beginning of a line, a list's number, in that line; None where there is none."""
    for block in page.blocks:
        for line in block.lines:
            gap = line.words[0].bbox.left - new.bbox.right
            if 0 <= gap < COLUMN_GAP * unit and _is_level(new.bbox, line.words[0].bbox):
                whole = Line((*new.words, *line.words))
                lines = tuple(whole if other is line else other for other in block.lines)
                longer = replace(block, lines=lines)
                return replace(
                    page, blocks=tuple(longer if other is block else other for other in page.blocks)
                )
    return None


def _doubtful(page: Page, taken: Sequence[Place], unit: float) -> tuple[Place, ...]:
    """Runs of doubtful words, the doubtfullest first until the budget is spent."""
    budget = SHARE * sum(word.bbox.width for word in page.words)
    elsewhere = {word.id for place in taken for word in place.words}
    runs = [
        run
        for line in _stretches(page, unit)
        for run in _runs(line)
        if elsewhere.isdisjoint(word.id for word in run)
    ]
    chosen = set()
    for index in sorted(range(len(runs)), key=lambda index: min(word.confidence for word in runs[index])):
        width = sum(word.bbox.width for word in runs[index])
        if width <= budget:
            budget -= width
            chosen.add(index)
    return tuple(
        Place(run, BBox.union(word.bbox for word in run), DOUBTFUL_SOURCE)
        for index, run in enumerate(runs)
        if index in chosen
    )


def _stretches(page: Page, unit: float) -> Iterator[tuple[Word, ...]]:
    """The lines of the page, parted at wide gaps: between columns."""
    for block in page.blocks:
        for line in block.lines:
            run: list[Word] = []
            for word in line.words:
                if run and word.bbox.left - run[-1].bbox.right > COLUMN_GAP * unit:
                    yield tuple(run)
                    run = []
                run.append(word)
            yield tuple(run)


def _runs(words: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    run: list[Word] = []
    for word in words:
        if _is_doubtful(word):
            run.append(word)
        elif run:
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


def _is_doubtful(word: Word) -> bool:
    if any(map(str.isdigit, word.text)):
        return word.confidence < DOUBTFUL_FIGURES
    return word.confidence < DOUBTFUL and any(map(str.isalnum, word.text))


def _crossed(page: Page, rest: Sequence[BBox], seal: Seal, unit: float) -> Iterator[Place]:
    """The parts of lines that lie under a seal, and where they may go on unread."""
    stretches = [(words, BBox.union(word.bbox for word in words)) for words in _stretches(page, unit)]
    stretches += [((), box) for box in rest]
    reach = round(CROSSED * seal.radius)
    first, last = seal.x - reach, seal.x + reach
    for words, box in stretches:
        near = abs((box.top + box.bottom) / 2 - seal.y) <= reach
        if not near or box.right < first or box.left > last + round(UNDER_SEAL * unit):
            continue
        under = tuple(word for word in words if word.bbox.right > first and word.bbox.left < last)
        under = under or words[:1]  # the line may begin under the seal
        level = [other for _, other in stretches if other is not box and _is_level(other, box)]
        shown = BBox.union([word.bbox for word in under] or [box])
        left, right = shown.left, shown.right
        if box.left > first:
            stop = max((other.right for other in level if other.right <= box.left), default=0)
            left = min(left, max(first, round(box.left - UNDER_SEAL * unit), stop + round(unit / 2)))
        if box.right < last:
            stop = min((other.left for other in level if other.left >= box.right), default=page.width)
            right = max(right, min(last, round(box.right + UNDER_SEAL * unit), stop - round(unit / 2)))
        yield Place(under, BBox(left, box.top, right, box.bottom), SEAL_SOURCE)


def _is_level(one: BBox, other: BBox) -> bool:
    return min(one.bottom, other.bottom) - max(one.top, other.top) > 0.3 * min(one.height, other.height)


def _holds(outer: BBox, inner: BBox) -> bool:
    middle = (inner.left + inner.right) / 2, (inner.top + inner.bottom) / 2
    return outer.left <= middle[0] < outer.right and outer.top <= middle[1] < outer.bottom


def cut(image: Gray, box: BBox, unit: float) -> _Cut:
    """A place cut out and brought to the size that lines are read at, and the way back for boxes.

    Args:
        image: gray.
        box: the place.
        unit: height of a usual word.
    """
    around = round(MARGIN * unit)
    left, top = max(box.left - around, 0), max(box.top - around, 0)
    crop = image[top : box.bottom + around, left : box.right + around]
    scale = min(SHOWN_HEIGHT / unit, 1.0)
    shown = shrunk(np.ascontiguousarray(crop), scale)

    height, width = image.shape[:2]

    def back(inner: BBox) -> BBox:
        x, y = left + round(inner.left / scale), top + round(inner.top / scale)
        x, y = min(x, width - 1), min(y, height - 1)
        right, bottom = left + round(inner.right / scale), top + round(inner.bottom / scale)
        return BBox(x, y, max(min(right, width), x + 1), max(min(bottom, height), y + 1))

    return shown, back
