"""The image of a line, cut out of the page it stands on, so that a person sees what the program saw.

Only lines with a change or a doubt get one. The words of a line are told apart by their boxes: the page that shows
the image frames those that changed.
"""

from __future__ import annotations

from base64 import b64encode
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import cv2
import numpy as np
from numpy.typing import NDArray

from restore.edit import Edit
from restore.field import Provenance
from restore.page import BBox, WordSpan
from restore.preview import Preview

# Of the height of the line, around its words: descenders, and marks above capitals that a box may miss.
MARGIN = 0.35
GRAYS = (
    4  # levels: print stays readable and takes half of what eight levels take, on clean and bad scans alike
)
INK_PERCENT = 2  # darker than all but this share of the pixels is ink, also where a line has one short word
PAPER_GRAIN = 0.3  # of the way from paper to ink: nearer to the paper than that is white
# Of one document; about 25 megabytes. A text layer that is damaged throughout has twice as many lines on 500 pages:
# the lines in doubt come first, then the others from the beginning.
MAX_LINES = 12_000


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a word of the original (code points) stands on the image of its line, in pixels of that image."""

    start: int
    end: int
    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Crop:
    """The image of one line.

    Attributes:
        src: a data URI.
        width: pixels.
        height: pixels.
        page: 1-based number of the page that it was cut from.
        frames: its words, in the order of the text.
    """

    src: str
    width: int
    height: int
    page: int
    frames: tuple[Frame, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    page: int
    spans: tuple[WordSpan, ...]
    in_doubt: bool


def line_crops(
    original: str,
    spans: Sequence[WordSpan],
    previews: Mapping[int, Preview],
    edits: Iterable[Edit] = (),
    doubtful: Iterable[Provenance] = (),
    *,
    max_lines: int = MAX_LINES,
) -> dict[int, Crop]:
    """The images of the lines that were changed or are in doubt.

    Args:
        original: the text of all pages, ``original.txt``.
        spans: the words of the pages and their places in it, in order.
        previews: the pages by their numbers from 1; lines of other pages get no image. A page is asked for only
            where one of its lines needs it.
        edits: what was changed.
        doubtful: where words stand that were read with little certainty.
        max_lines: how many lines get an image at most; those in doubt come first.

    Returns:
        The images by the number of their line in the original, counted from 1, in that order.
    """
    wanted = _wanted_lines(original, spans, edits, doubtful)
    chosen = sorted(wanted, key=lambda line: (not line.in_doubt, line.number))[:max_lines]
    found: dict[int, Crop] = {}
    for page, lines in groupby(sorted(chosen, key=lambda line: line.number), key=lambda line: line.page):
        preview = previews.get(page)
        picture = _decoded(preview.picture) if preview else None
        if preview is None or picture is None:
            continue
        for line in lines:
            found[line.number] = _crop(picture, preview, line)
    return found


def _decoded(picture: bytes) -> NDArray[np.uint8] | None:
    pixels = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_GRAYSCALE)
    return None if pixels is None else pixels.astype(np.uint8, copy=False)


def _wanted_lines(
    original: str, spans: Sequence[WordSpan], edits: Iterable[Edit], doubtful: Iterable[Provenance]
) -> list[_Line]:
    """The lines of pages with something to look at, in order."""
    starts = [0, *(at + 1 for at, character in enumerate(original) if character == "\n")]
    doubts: dict[int, bool] = {}
    places = [(edit.start, edit.end, edit.status in ("review", "suggested")) for edit in edits]
    places += [(place.start, place.end, True) for place in doubtful]
    for start, end, in_doubt in places:
        first = bisect_right(starts, start) - 1
        last = max(first, bisect_left(starts, end) - 1)
        for index in range(first, last + 1):
            doubts[index] = doubts.get(index, False) or in_doubt
    word_starts = [span.start for span in spans]
    lines: list[_Line] = []
    for index in sorted(doubts):
        end = starts[index + 1] if index + 1 < len(starts) else len(original) + 1
        words = spans[bisect_left(word_starts, starts[index]) : bisect_left(word_starts, end)]
        if words:
            lines.append(_Line(index + 1, words[0].page, tuple(words), doubts[index]))
    return lines


def _crop(picture: NDArray[np.uint8], preview: Preview, line: _Line) -> Crop:
    height, width = picture.shape
    boxes = [_scaled(span.word.bbox, preview.scale).within(width, height) for span in line.spans]
    around = BBox.union(boxes)
    letters = np.median([box.width if preview.turns % 2 else box.height for box in boxes])
    margin = round(MARGIN * float(letters)) + 2
    place = BBox(
        around.left - margin, around.top - margin, around.right + margin, around.bottom + margin
    ).within(width, height)
    cut = picture[place.top : place.bottom, place.left : place.right]
    pixels = np.ascontiguousarray(np.rot90(cut, preview.turns))
    turned = [_turned(_moved(box, place), place.width, place.height, preview.turns) for box in boxes]
    frames = tuple(
        Frame(span.start, span.end, box.left, box.top, box.width, box.height)
        for span, box in zip(line.spans, turned, strict=True)
    )
    return Crop(_encoded(pixels), pixels.shape[1], pixels.shape[0], line.page, frames)


def _scaled(box: BBox, scale: float) -> BBox:
    return BBox(*(round(value * scale) for value in (box.left, box.top, box.right, box.bottom)))


def _moved(box: BBox, place: BBox) -> BBox:
    return BBox(box.left - place.left, box.top - place.top, box.right - place.left, box.bottom - place.top)


def _turned(box: BBox, width: int, height: int, turns: int) -> BBox:
    """Where a box is after the picture of this size made quarter turns counter-clockwise.

    >>> _turned(BBox(0, 0, 10, 20), 100, 50, 1)
    BBox(left=0, top=90, right=20, bottom=100)
    """
    for _ in range(turns % 4):
        box = BBox(box.top, width - box.right, box.bottom, width - box.left)
        width, height = height, width
    return box


def _encoded(pixels: NDArray[np.uint8]) -> str:
    """Ink in a few grays on white paper, as a data URI: a line of print takes one to two kilobytes."""
    ink, paper = np.percentile(pixels, (INK_PERCENT, 50))
    # What is nearer to the paper than to the ink by far is the paper's own grain.
    white = paper - PAPER_GRAIN * (paper - ink)
    share = np.clip((pixels - ink) / max(white - ink, 1.0), 0.0, 1.0)
    grays = (np.round(share * (GRAYS - 1)) * (255 // (GRAYS - 1))).astype(np.uint8)
    written, picture = cv2.imencode(".webp", grays, [cv2.IMWRITE_WEBP_QUALITY, 101])  # above 100: lossless
    assert written
    return "data:image/webp;base64," + b64encode(picture.tobytes()).decode("ascii")
