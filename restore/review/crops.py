"""The image of a line, cut out of the page it stands on, so that a person sees what the program saw.

Only lines with a change or a doubt get one. The words of a line are told apart by their boxes: the page that shows
the image frames those that changed.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

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


# As sheet.py writes them: JSON in which no "<" stands.
_IMAGES_RE = re.compile(r'<script type="application/json" class="i">([^<]*)</script>')


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a word of the original (code points) stands on the image of its line, in pixels of that image."""

    start: int
    end: int
    left: int
    top: int
    width: int
    height: int


class Place(NamedTuple):
    """Where an image was cut: the box on the preview of its page, and that preview's scale and quarter turns."""

    left: int
    top: int
    right: int
    bottom: int
    scale: float
    turns: int


@dataclass(frozen=True, slots=True)
class Crop:
    """The image of one line.

    Attributes:
        src: a data URI.
        width: pixels.
        height: pixels.
        page: 1-based number of the page that it was cut from.
        frames: its words, in the order of the text.
        place: where on the page it was cut.
    """

    src: str
    width: int
    height: int
    page: int
    frames: tuple[Frame, ...]
    place: Place


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


def crops_in(page: str, original: str, spans: Sequence[WordSpan]) -> dict[int, Crop]:
    """The images in a diff page that was made before, for one that is made anew where the scan is out of reach.

    Args:
        page: the HTML of ``diff.html``.
        original: the text that it was made of, ``original.txt``.
        spans: the words of the pages and their places in it, in order.
    """
    lines = _Lines(original, spans)
    found: dict[int, Crop] = {}
    for data in _IMAGES_RE.findall(page):
        for number, (src, width, height, at, _, place) in json.loads(data).items():
            frames = _frames(lines.words(int(number) - 1), Place(*place))
            found[int(number)] = Crop(src, width, height, at, frames, Place(*place))
    return found


def _decoded(picture: bytes) -> NDArray[np.uint8] | None:
    pixels = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_GRAYSCALE)
    return None if pixels is None else pixels.astype(np.uint8, copy=False)


def _wanted_lines(
    original: str, spans: Sequence[WordSpan], edits: Iterable[Edit], doubtful: Iterable[Provenance]
) -> list[_Line]:
    """The lines of pages with something to look at, in order."""
    text = _Lines(original, spans)
    doubts: dict[int, bool] = {}
    # Letters that are only coded in another way look the same: no image tells more of them.
    looked_at = (edit for edit in edits if edit.kind != "encoding")
    places = [(edit.start, edit.end, edit.status in ("review", "suggested")) for edit in looked_at]
    places += [(place.start, place.end, True) for place in doubtful]
    for start, end, in_doubt in places:
        for index in text.touched(start, end):
            doubts[index] = doubts.get(index, False) or in_doubt
    lines: list[_Line] = []
    for index in sorted(doubts):
        words = text.words(index)
        if words:
            lines.append(_Line(index + 1, words[0].page, tuple(words), doubts[index]))
    return lines


class _Lines:
    """The lines of a text and the words of pages on them."""

    def __init__(self, original: str, spans: Sequence[WordSpan]) -> None:
        self._starts = [0, *(at + 1 for at, character in enumerate(original) if character == "\n")]
        self._starts.append(len(original) + 1)
        self._spans = spans
        self._word_starts = [span.start for span in spans]

    def touched(self, start: int, end: int) -> range:
        """The lines, from 0, that a span of the text lies on."""
        first = bisect_right(self._starts, start) - 1
        return range(first, max(first, bisect_left(self._starts, end) - 1) + 1)

    def words(self, index: int) -> Sequence[WordSpan]:
        """The words of a line."""
        first, last = (bisect_left(self._word_starts, self._starts[index + more]) for more in (0, 1))
        return self._spans[first:last]


def _crop(picture: NDArray[np.uint8], preview: Preview, line: _Line) -> Crop:
    height, width = picture.shape
    boxes = [_scaled(span.word.bbox, preview.scale).within(width, height) for span in line.spans]
    around = BBox.union(boxes)
    letters = np.median([box.width if preview.turns % 2 else box.height for box in boxes])
    margin = round(MARGIN * float(letters)) + 2
    box = BBox(
        around.left - margin, around.top - margin, around.right + margin, around.bottom + margin
    ).within(width, height)
    cut = picture[box.top : box.bottom, box.left : box.right]
    pixels = np.ascontiguousarray(np.rot90(cut, preview.turns))
    place = Place(box.left, box.top, box.right, box.bottom, preview.scale, preview.turns)
    height, width = pixels.shape
    return Crop(_encoded(pixels), width, height, line.page, _frames(line.spans, place), place)


def _frames(spans: Sequence[WordSpan], place: Place) -> tuple[Frame, ...]:
    """The words of a line on its image."""
    found = []
    width, height = place.right - place.left, place.bottom - place.top
    for span in spans:
        box = _scaled(span.word.bbox, place.scale)
        moved = BBox(
            box.left - place.left, box.top - place.top, box.right - place.left, box.bottom - place.top
        )
        turned = _turned(moved.within(width, height), width, height, place.turns)
        found.append(Frame(span.start, span.end, turned.left, turned.top, turned.width, turned.height))
    return tuple(found)


def _scaled(box: BBox, scale: float) -> BBox:
    return BBox(*(round(value * scale) for value in (box.left, box.top, box.right, box.bottom)))


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
