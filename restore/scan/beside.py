"""Which words of a page another reading's words stand beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from restore.page import Reading, Word

# Two words stand in one place if they share this much of the narrower one's width.
SAME_PLACE = 0.3


def beside(words: Sequence[Word], seen: Sequence[Word], source: str) -> Iterator[Reading]:
    """What was seen, parted by the words of the page that it stands beside.

    Words and seen words that share their place stand in one reading; seen words that stand in nobody's place are left
    out. A word in whose place nothing was seen has a reading without words.

    >>> from restore.page import BBox
    >>> words = [Word("p1w0", "Cộng", BBox(0, 0, 40, 9), 0.9), Word("p1w1", "hòa", BBox(50, 0, 80, 9), 0.9)]
    >>> seen = [Word("", "Cộnghòa", BBox(1, 0, 79, 9), 0.8)]
    >>> [(reading.word_ids, [word.text for word in reading.words]) for reading in beside(words, seen, "layer")]
    [(('p1w0', 'p1w1'), ['Cộnghòa'])]
    """
    group: list[Word] = []
    rest = sorted(seen, key=lambda word: word.bbox.left)
    for word in words:
        if group and not any(_shares_place(word, other) and _shares(group, other) for other in rest):
            yield _beside(group, rest, source)
            group = []
        group.append(word)
    if group:
        yield _beside(group, rest, source)


def _beside(group: Sequence[Word], seen: Sequence[Word], source: str) -> Reading:
    there = tuple(other for other in seen if _shares(group, other))
    return Reading(tuple(word.id for word in group), there, source)


def _shares(group: Sequence[Word], other: Word) -> bool:
    return any(_shares_place(word, other) for word in group)


def _shares_place(one: Word, other: Word) -> bool:
    width = min(one.bbox.right, other.bbox.right) - max(one.bbox.left, other.bbox.left)
    return width > SAME_PLACE * min(one.bbox.width, other.bbox.width)
