"""The words of an old text layer beside those of a page that was read again: another reading of the same lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from statistics import median

from restore.page import BBox, Line, Page, Reading, Word

SOURCE = "text-layer"
# Nothing is known of how sure the engine of the layer was.
CONFIDENCE = 0.5
# Words stand in one place if they share this much of the narrower one's width; words of a layer are on a line if they
# share this much of the lower one's height.
SAME_PLACE = 0.3
SAME_LINE = 0.5
# And what the layer has there must begin and end where the page's words do, in heights of words.
SAME_ENDS = 0.5


def layer_readings(page: Page, layer: Page, usable: Callable[[str], bool]) -> tuple[Reading, ...]:
    """What the layer has in the place of the page's words, where all of it is usable.

    Args:
        page: as it was read, its boxes in the same pixels as the layer's.
        layer: the words of the old layer.
        usable: whether a word of the layer may be right as it stands.

    >>> from restore.page import Block
    >>> def page(*texts):
    ...     words = [Word(f"p1w{n}", text, BBox(50 * n, 0, 50 * n + 40, 20), 0.9) for n, text in enumerate(texts)]
    ...     return Page(1, 300, 300, 200, (Block((Line(tuple(words)),)),), "tesseract")
    >>> found = layer_readings(page("ngày", "2015"), page("ngiy", "2016"), str.isdigit)
    >>> [(reading.word_ids, reading.words[0].text) for reading in found]
    [(('p1w1',), '2016')]
    """
    others = list(layer.words)
    unit = float(median(word.bbox.height for word in page.words)) if page.blocks else 0.0
    found = []
    for block in page.blocks:
        for line in block.lines:
            level = [other for other in others if _overlap(line.bbox, other.bbox, across=False) > SAME_LINE]
            for words, seen in _places(line, level):
                if seen and all(usable(word.text) for word in seen) and _coincide(words, seen, unit):
                    held = tuple(replace(word, id="", confidence=CONFIDENCE) for word in seen)
                    found.append(Reading(tuple(word.id for word in words), held, SOURCE))
    return tuple(found)


def _places(line: Line, level: Sequence[Word]) -> Iterator[tuple[list[Word], list[Word]]]:
    """Neighbours on the line and all words of the layer that share a place with one of them."""
    words: list[Word] = []
    seen: list[Word] = []
    for word in line.words:
        here = [other for other in level if _overlap(word.bbox, other.bbox, across=True) > SAME_PLACE]
        if words and not any(other in seen for other in here):
            yield words, sorted(seen, key=lambda each: each.bbox.left)
            words, seen = [], []
        words.append(word)
        seen += [other for other in here if other not in seen]
    if words:
        yield words, sorted(seen, key=lambda each: each.bbox.left)


def _coincide(words: Sequence[Word], seen: Sequence[Word], unit: float) -> bool:
    one, other = BBox.union(word.bbox for word in words), BBox.union(word.bbox for word in seen)
    return max(abs(one.left - other.left), abs(one.right - other.right)) <= SAME_ENDS * unit


def _overlap(one: BBox, other: BBox, *, across: bool) -> float:
    """What share of the narrower one's width (or the lower one's height) both have in common."""
    if across:
        return (min(one.right, other.right) - max(one.left, other.left)) / min(one.width, other.width)
    return (min(one.bottom, other.bottom) - max(one.top, other.top)) / min(one.height, other.height)
