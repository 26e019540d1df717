"""The content stream of an invisible text layer: each word of a page under its own ink.

Text space is that of the upright page, in pixels: a line begins with one matrix that leads from there to the PDF's user space
(crop box, turned pages, pages that were turned to be read), and its words follow one another on a common baseline, which may
lean, each drawn out or pressed together to the width of its box. Between two words stands a real blank.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from statistics import median
from typing import NamedTuple

from pikepdf import Matrix

from restore.export.characters import printable
from restore.export.pdf_font import ASCENT, LETTER_WIDTH, LayerFont
from restore.export.words import PlacedLine, PlacedPage
from restore.language.vietnamese import nfc

# Letters that reach below the line, and marks that stand there; what has none of them stands on it.
_DESCENDERS = frozenset("gjpqyQ,;()[]{}/|_@") | frozenset("ạặậẹệịọộợụựỵ") | frozenset("ẠẶẬẸỆỊỌỘỢỤỰỴ")
# Letters that are no higher than an x; a word of them alone tells less of the size of its line.
_LOW = frozenset("acegmnopqrsuvwxyzơư.,:;-_…")
# Parts of the height of a word: how far descenders reach below the line, how high low letters are.
_DESCENT = 0.22
_LOW_HEIGHT = 0.7
# A line that leans more than this is no line, and a shorter one than this many times its height does not tell.
_STEEPEST = math.tan(math.radians(8))
_TELLING_LENGTH = 6
# Poppler puts a blank only between words that are parted by 0.15 of the font's size, whatever blank stands there; boxes of
# words that touch are drawn narrower, but never to less than this part.
_LEAST_GAP = 0.2
_LEAST_WIDTH = 0.5
# A word this far off the line, in parts of the font's size, stands for itself.
_OFF_LINE = 0.6


class PageFrame(NamedTuple):
    """Where a page lies in its PDF.

    Attributes:
        left, bottom, right, top: of the crop box, in units of user space.
        rotate: degrees by which the page is shown turned clockwise.
    """

    left: float
    bottom: float
    right: float
    top: float
    rotate: int = 0


@dataclass(frozen=True, slots=True)
class _Box:
    """A word on the upright page, in pixels, top-left origin."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class _Run:
    """Words on one baseline: where it begins, how it leans, and the size of the font."""

    words: tuple[_Box, ...]
    x: float
    y: float
    slope: float
    size: int


def layer_text(page: PlacedPage) -> Iterator[str]:
    """The words of a page as the layer holds them."""
    for word in page.words:
        yield _shown(word.text)


def _shown(text: str) -> str:
    return nfc(printable(text))


def layer_content(page: PlacedPage, frame: PageFrame, font: LayerFont, name: str) -> bytes:
    """The operators that draw the words of a page, invisible; nothing where there are none.

    Args:
        page: the words.
        frame: where the page lies.
        font: has a code for every letter.
        name: what the page's resources call the font, with its slash.
    """
    lines = [line for block in page.blocks for line in block.lines]
    if not lines:
        return b""
    matrix = _to_user_space(page, frame)
    drawn = b"".join(
        _run_content(run, matrix, font, name.encode())
        for line in lines
        for run in _runs(_upright(line, page))
    )
    return b"q BT 3 Tr\n" + drawn + b"ET Q\n"


def _to_user_space(page: PlacedPage, frame: PageFrame) -> Matrix:
    """From pixels of the upright page to user space."""
    width, height = max(page.width, 1), max(page.height, 1)
    # From upright pixels to parts of the page as it is shown, 0 to 1 from its top left corner.
    as_read = {
        0: Matrix(1, 0, 0, 1, 0, 0),
        90: Matrix(0, 1, -1, 0, width, 0),
        180: Matrix(-1, 0, 0, -1, width, height),
        270: Matrix(0, -1, 1, 0, 0, height),
    }[page.turned]
    shown = as_read @ Matrix(1 / width, 0, 0, 1 / height, 0, 0)
    # From there to parts of the crop box, from its bottom left corner.
    lying = {
        0: Matrix(1, 0, 0, -1, 0, 1),
        90: Matrix(0, 1, 1, 0, 0, 0),
        180: Matrix(-1, 0, 0, 1, 1, 0),
        270: Matrix(0, -1, -1, 0, 1, 1),
    }[frame.rotate % 360]
    box = Matrix(frame.right - frame.left, 0, 0, frame.top - frame.bottom, frame.left, frame.bottom)
    return shown @ lying @ box


def _upright(line: PlacedLine, page: PlacedPage) -> list[_Box]:
    """The words of a line on the page as it was turned to be read."""
    found = []
    for word in line.words:
        left, top, right, bottom = word.bbox.left, word.bbox.top, word.bbox.right, word.bbox.bottom
        sides = {
            0: (left, top, right, bottom),
            90: (top, page.width - right, bottom, page.width - left),
            180: (page.width - right, page.height - bottom, page.width - left, page.height - top),
            270: (page.height - bottom, left, page.height - top, right),
        }[page.turned]
        found.append(_Box(_shown(word.text), *sides))
    return found


# Lines


def _runs(words: Sequence[_Box]) -> Iterator[_Run]:
    """The words of a line on their baseline; those that stand off it, each on its own."""
    level = _run(words)
    kept: list[_Box] = []
    for word in words:
        off = abs(_base(word) - (level.y + (word.left - level.x) * level.slope))
        if off > _OFF_LINE * level.size:
            if kept:
                yield _run(kept)
            yield _run([word])
            kept = []
        else:
            kept.append(word)
    if kept:
        yield level if len(kept) == len(words) else _run(kept)


def _run(words: Sequence[_Box]) -> _Run:
    slope = _slope(words)
    x = words[0].left
    y = median(_base(word) - ((word.left + word.right) / 2 - x) * slope for word in words)
    tall = [word for word in words if not _is_low(word.text)] or words
    heights = ((_base(word) - word.top) / (_LOW_HEIGHT if _is_low(word.text) else 1.0) for word in tall)
    return _Run(tuple(words), x, y, slope, max(round(median(heights) * 1000 / ASCENT), 1))


def _base(word: _Box) -> float:
    """Where the line is that a word stands on."""
    hangs = not _DESCENDERS.isdisjoint(word.text)
    return word.bottom - _DESCENT * (word.bottom - word.top) * hangs


def _is_low(text: str) -> bool:
    return _LOW.issuperset(text)


def _slope(words: Sequence[_Box]) -> float:
    """How much lower the line ends than it begins, per pixel: the least squares through its words."""
    level = [word for word in words if _DESCENDERS.isdisjoint(word.text)]  # told, not reckoned
    telling = level if len(level) > 2 else words
    standing = [((word.left + word.right) / 2, _base(word)) for word in telling]
    height = median(word.bottom - word.top for word in words)
    if len(words) < 3 or words[-1].right - words[0].left < _TELLING_LENGTH * height:
        return 0.0
    x0 = sum(x for x, _ in standing) / len(standing)
    y0 = sum(y for _, y in standing) / len(standing)
    spread = sum((x - x0) ** 2 for x, _ in standing)
    slope = sum((x - x0) * (y - y0) for x, y in standing) / spread if spread else 0.0
    return slope if abs(slope) <= _STEEPEST else 0.0


# Operators


def _run_content(run: _Run, matrix: Matrix, font: LayerFont, name: bytes) -> bytes:
    """One line: its matrix, and for each word its place on it, its width and its letters.

    On a line that leans words go down or up in steps, each of them level: Poppler parts a word where its letters do not stand
    on one height.
    """
    # Text goes right and up; pixels go right and down.
    text = Matrix(1, 0, 0, -1, run.x, run.y) @ matrix
    parts = [b"%s %d Tf %s Tm\n" % (name, run.size, _numbers(text))]
    place = fall = 0
    for word, after in zip_longest(run.words, run.words[1:]):
        start = round(word.left - run.x)
        low = round(((word.left + word.right) / 2 - run.x) * run.slope)
        if (start, low) != (place, fall):
            parts.append(b"%d %d Td " % (start - place, fall - low))
        place, fall = start, low
        natural = len(word.text) * run.size * LETTER_WIDTH / 1000
        width = max(word.right - word.left, 1)
        if after and after.left >= word.left:
            room = after.left - word.left - _LEAST_GAP * run.size
            width = min(width, max(room, _LEAST_WIDTH * width))
        drawn_out = 100 * width / natural
        letters = font.encode(
            word.text + " "
        )  # at a line's end, too: some programs see no line ends on turned pages
        parts.append(b"%s Tz <%s> Tj\n" % (_number(drawn_out), letters.hex().encode()))
    return b"".join(parts)


def _numbers(matrix: Matrix) -> bytes:
    return b" ".join(
        (
            *(_number(one, 5) for one in matrix.shorthand[:4]),
            *(_number(one, 2) for one in matrix.shorthand[4:]),
        )
    )


def _number(value: float, places: int = 1) -> bytes:
    """A number as PDF writes it: never with an exponent.

    >>> _number(0.00001), _number(-0.0), _number(12.5)
    (b'0', b'0', b'12.5')
    """
    text = f"{value:.{places}f}".rstrip("0").rstrip(".") if places else f"{value:.0f}"
    return b"0" if text in ("-0", "") else text.encode()


def letters_of(pages: Iterable[PlacedPage]) -> set[str]:
    """All letters that the layer of these pages needs."""
    return {letter for page in pages for word in layer_text(page) for letter in word}
