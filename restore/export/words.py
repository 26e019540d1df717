"""The words of the restored text where they stand on their pages: what a PDF's text layer, ALTO, PAGE and hOCR are made from.

Every word of the restored text is on one page, and in one line, in the order of the text. A word that edits made of several
has the box around them; of one that they split, its parts have their letters' share of it; one that was inserted has the gap
between its neighbours. Words that were dropped have no place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from restore.edit import APPLIED, Edit, EditStatus, apply
from restore.export.seats import Seat, places_of, seats_of
from restore.page import BBox, BlockKind, Page
from restore.replay import word_doubts
from restore.seen import Doubt, Seen

WordStatus = Literal["seen"] | EditStatus
_WORD_RE = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word of the restored text on its page.

    Attributes:
        text: as restored.
        bbox: pixels of the page.
        confidence: that the text is right, 0 to 1; of a reviewer's word 1.
        seen: what was read there, several words joined by a blank; empty for an inserted word.
        start: first code point in the original.
        end: one past the last.
        status: of the edit that made the word; ``seen`` where there is none, ``suggested`` where there is one that is not
            applied.
        alternatives: other readings, best first.
        reviewer: who decided it.
        word_ids: the words of the page that it was made of.
    """

    text: str
    bbox: BBox
    confidence: float
    seen: str
    start: int
    end: int
    status: WordStatus = "seen"
    alternatives: tuple[str, ...] = ()
    reviewer: str | None = None
    word_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """Words on one printed line, in reading order; there is at least one."""

    words: tuple[PlacedWord, ...]

    @property
    def text(self) -> str:
        """The words joined by one blank."""
        return " ".join(word.text for word in self.words)

    @property
    def bbox(self) -> BBox:
        """The box around all words."""
        return BBox.union(word.bbox for word in self.words)


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """Lines that belong together; there is at least one."""

    kind: BlockKind
    lines: tuple[PlacedLine, ...]

    @property
    def bbox(self) -> BBox:
        """The box around all lines."""
        return BBox.union(line.bbox for line in self.lines)


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """A page with the words that were restored on it.

    Attributes:
        number: 1-based page number in its file.
        width: pixels.
        height: pixels.
        dpi: resolution that the pixels are of.
        blocks: in reading order; none for an empty page.
        turned: degrees by which the page was turned counter-clockwise to be read: 0, 90, 180 or 270. At 90 its lines run
            down the page, at 270 up.
    """

    number: int
    width: int
    height: int
    dpi: int
    blocks: tuple[PlacedBlock, ...]
    turned: int = 0

    @property
    def words(self) -> Iterator[PlacedWord]:
        """All words in reading order."""
        for block in self.blocks:
            for line in block.lines:
                yield from line.words


def placed_pages(original: str, edits: Sequence[Edit], seen: Seen) -> tuple[PlacedPage, ...]:
    r"""The pages with the words of the restored text on them.

    Args:
        original: the text as it was read.
        edits: all that led to the restored text.
        seen: the pages, and how sure each word is.

    Returns:
        A page for each that was seen, also the empty ones; none for a text without pages.

    >>> from restore.page import Block, Line, Word
    >>> words = (Word("w0", "nhândân", BBox(0, 0, 70, 9), 0.9), Word("w1", "xã", BBox(80, 0, 99, 9), 0.9))
    >>> seen = Seen(pages=(Page(1, 100, 100, 300, (Block((Line(words),)),), "tesseract"),))
    >>> split = Edit(start=4, end=4, before="", after=" ", kind="split", source="model", confidence=1, status="auto")
    >>> [(word.text, word.bbox.left, word.bbox.right) for word in placed_pages("nhândân xã\n", [split], seen)[0].words]
    [('nhân', 0, 40), ('dân', 40, 70), ('xã', 80, 99)]
    """
    pages = seen.pages
    turns = [_turned(page) for page in pages]
    texts = _WORD_RE.findall(apply(original, edits))
    doubts = word_doubts(original, edits, seen.doubts)
    seats = list(seats_of(seen))
    found: list[dict[tuple[int, int], list[PlacedWord]]] = [{} for _ in pages]  # by block and line
    if seats:
        places = places_of(texts, doubts, seats, turns)
        for text, doubt, place, near in zip(texts, doubts, places, _touching(doubts, edits), strict=True):
            line = seats[place.line]
            stood = [seats[index] for index in place.seats]
            word = _word(text, doubt, place.box, stood, near)
            found[line.page].setdefault((line.block, line.line), []).append(word)
    elif pages and texts:  # a reviewer wrote on pages without a word
        whole = BBox(0, 0, max(pages[0].width, 1), max(pages[0].height, 1))
        found[0][0, 0] = [
            _word(text, doubt, whole, (), near)
            for text, doubt, near in zip(texts, doubts, _touching(doubts, edits), strict=True)
        ]
    return tuple(map(_page, pages, found, turns))


def _page(page: Page, lines: dict[tuple[int, int], list[PlacedWord]], turned: int) -> PlacedPage:
    kinds = [block.kind for block in page.blocks] or ["body"]
    blocks = tuple(
        PlacedBlock(kinds[block], tuple(PlacedLine(tuple(lines[key])) for key in keys))
        for block, keys in groupby(lines, key=lambda key: key[0])
    )
    return PlacedPage(page.number, page.width, page.height, page.dpi, blocks, turned)


def _turned(page: Page) -> int:
    """By how many degrees the page was turned counter-clockwise before it was read."""
    degrees = (
        int(value)
        for step in page.steps
        if step.name == "turn"
        for name, value in step.settings
        if name == "degrees"
    )
    return sum(degrees) % 360


# What is known of them


def _touching(doubts: Sequence[Doubt], edits: Iterable[Edit]) -> Iterator[tuple[Edit, ...]]:
    """The edits that touch or meet each word, in one walk along the text."""
    told = sorted((edit for edit in edits if edit.source != "nfc"), key=lambda edit: (edit.start, edit.end))
    first = 0
    for doubt in doubts:
        while first < len(told) and told[first].end < doubt.start:
            first += 1
        near = []
        for edit in told[first:]:
            if edit.start > doubt.end:
                break
            near.append(edit)
        yield tuple(near)


def _touches(edit: Edit, word: Doubt) -> bool:
    """Whether an edit made the word; an insertion or an inserted word does where the two meet."""
    if edit.start == edit.end or word.start == word.end:
        return edit.start <= word.end and word.start <= edit.end
    return edit.start < word.end and word.start < edit.end


def _word(text: str, doubt: Doubt, box: BBox, stood: Sequence[Seat], near: Sequence[Edit]) -> PlacedWord:
    seen = " ".join(seat.text for seat in stood)
    touching = [edit for edit in near if _touches(edit, doubt)]
    if text == seen:  # an insertion beside it is no edit of the word
        near = [edit for edit in touching if edit.start < edit.end]
    elif touching:
        # Otherwise what meets it has parted it from its neighbour: a blank for the comma of "KIẾN,AN".
        near = touching
    decided = [edit for edit in near if edit.status == "confirmed"]
    status: WordStatus = min((edit.status for edit in near), key=_STRENGTH.index, default="seen")
    if status in APPLIED and status != "confirmed" and text == seen:
        status = "seen"  # what was changed lies beside the word
    others = doubt.alternatives or next((edit.alternatives for edit in near if edit.alternatives), ())
    return PlacedWord(
        text=text,
        bbox=box,
        confidence=doubt.confidence,
        seen=seen,
        start=doubt.start,
        end=doubt.end,
        status=status,
        alternatives=tuple(other for other in others if other != text),
        reviewer=decided[0].reviewer if decided else None,
        word_ids=tuple(seat.id for seat in stood),
    )


_STRENGTH: tuple[WordStatus, ...] = ("confirmed", "review", "suggested", "auto", "seen")
