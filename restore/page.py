"""What was seen on paper: pages of blocks of lines of words, never edited afterwards.

Coordinates are pixels of the page image at ``Page.dpi``, origin at the top left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class BBox:
    """An upright rectangle in pixels, top-left origin; right and bottom are exclusive."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Width in pixels."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Height in pixels."""
        return self.bottom - self.top

    def within(self, width: int, height: int) -> BBox:
        """The part of the box on a page of this size; a box beyond it becomes the nearest pixel.

        >>> BBox(-1, 5, 17, 61).within(40, 60)
        BBox(left=0, top=5, right=17, bottom=60)
        """
        left, top = min(max(self.left, 0), width - 1), min(max(self.top, 0), height - 1)
        return BBox(left, top, max(min(self.right, width), left + 1), max(min(self.bottom, height), top + 1))

    @staticmethod
    def union(boxes: Iterable[BBox]) -> BBox:
        """The smallest box around all boxes.

        Raises:
            ValueError: there is no box.

        >>> BBox.union([BBox(0, 0, 2, 2), BBox(5, 1, 6, 9)])
        BBox(left=0, top=0, right=6, bottom=9)
        """
        found = tuple(boxes)
        if not found:
            raise ValueError("no box to unite")
        return BBox(
            min(box.left for box in found),
            min(box.top for box in found),
            max(box.right for box in found),
            max(box.bottom for box in found),
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """What else a letter may be by the engine's own account: ``cost`` nats behind the letter that it chose."""

    text: str
    cost: float


@dataclass(frozen=True, slots=True)
class Word:
    """One word as an engine read it.

    Attributes:
        id: unique in its file.
        text: without blanks.
        bbox: where it stands.
        confidence: the engine's own, 0 to 1; a text layer has 1.
        choices: by character of the text, what else it may be, likeliest first; empty where the engine says nothing of it.
    """

    id: str
    text: str
    bbox: BBox
    confidence: float
    choices: tuple[tuple[Choice, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand on one printed line, left to right."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words joined by one blank."""
        return " ".join(word.text for word in self.words)

    @property
    def bbox(self) -> BBox:
        """The box around all words."""
        return BBox.union(word.bbox for word in self.words)


BlockKind = Literal["body", "page-number", "running-head", "footnote", "table"]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together: a paragraph, the issuer's lines, the recipients.

    ``kind`` tells what is printed on the page but is no part of the document's body.
    """

    lines: tuple[Line, ...]
    kind: BlockKind = "body"

    @property
    def text(self) -> str:
        """The lines joined by line breaks."""
        return "\n".join(line.text for line in self.lines)

    @property
    def bbox(self) -> BBox:
        """The box around all lines."""
        return BBox.union(line.bbox for line in self.lines)


@dataclass(frozen=True, slots=True)
class ProcessingStep:
    """One thing that was done to a page before it was read, with its settings, in order."""

    name: str
    settings: tuple[tuple[str, float | int | str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What another reading saw in the place of some words: evidence for the decoder, which alone chooses.

    Attributes:
        word_ids: the words of the page that it stands beside, neighbours on one line, left to right.
        words: what it saw there, with its own confidences; none where it saw nothing.
        source: who read it: "script-model", "as-scanned", "without-ink", "text-layer" …
    """

    word_ids: tuple[str, ...]
    words: tuple[Word, ...]
    source: str


RegionKind = Literal["seal", "signature", "handwriting", "overlay", "picture"]


@dataclass(frozen=True, slots=True)
class Region:
    """Something on the page that is no text of the document, laid aside with its place.

    ``text`` is what is written in it, where that was read: a digital signature's stamp is an "overlay" with its text.
    """

    kind: RegionKind
    bbox: BBox
    text: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: its place in rows and columns from 0, how many it spans, and its words in reading order."""

    row: int
    column: int
    bbox: BBox
    word_ids: tuple[str, ...]
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it stands on a page; ``ruled`` tells whether lines were printed around its cells."""

    bbox: BBox
    cells: tuple[Cell, ...]
    ruled: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it was read: blocks in reading order.

    Attributes:
        number: 1-based page number in its file.
        width: pixels.
        height: pixels.
        dpi: resolution of the image that the boxes refer to.
        blocks: in reading order.
        source: ``tesseract``, ``text-layer`` or ``text``.
        steps: what was done to the image before it was read.
        readings: what other readings saw in the place of some of the words.
        regions: what was laid aside: seals, signatures, overlays.
        tables: the tables among the blocks.
    """

    number: int
    width: int
    height: int
    dpi: int
    blocks: tuple[Block, ...]
    source: str
    steps: tuple[ProcessingStep, ...] = ()
    readings: tuple[Reading, ...] = ()
    regions: tuple[Region, ...] = ()
    tables: tuple[Table, ...] = ()

    @property
    def words(self) -> Iterator[Word]:
        """All words in reading order."""
        for block in self.blocks:
            for line in block.lines:
                yield from line.words

    @property
    def text(self) -> str:
        """The page's text: lines as printed, one empty line between blocks."""
        return "\n\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True)
class WordSpan:
    """Where a word of a page stands in the text of the whole document (code points)."""

    start: int
    end: int
    page: int
    word: Word


def document_text(pages: Iterable[Page]) -> tuple[str, tuple[WordSpan, ...]]:
    r"""The text of all pages, parted by one empty line, and where each word stands in it.

    >>> word = Word("p1w0", "An", BBox(0, 0, 9, 9), 1.0)
    >>> page = Page(1, 100, 100, 300, (Block((Line((word,)),)),), "text-layer")
    >>> text, spans = document_text([page])
    >>> text, spans[0].start, spans[0].end
    ('An\n', 0, 2)
    """
    parts: list[str] = []
    spans: list[WordSpan] = []
    offset = 0

    def add(text: str) -> None:
        nonlocal offset
        parts.append(text)
        offset += len(text)

    for page in pages:
        for block in page.blocks:
            if parts:
                add("\n")
            for line in block.lines:
                for index, word in enumerate(line.words):
                    if index:
                        add(" ")
                    spans.append(WordSpan(offset, offset + len(word.text), page.number, word))
                    add(word.text)
                add("\n")
    return "".join(parts), tuple(spans)
