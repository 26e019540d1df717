"""The words of an old text layer beside those of a page that was read again: another reading of the same lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from statistics import median

from restore.page import BBox, Page, Reading, Word
from restore.scan.beside import beside

SOURCE = "text-layer"
# Nothing is known of how sure the engine of the layer was.
CONFIDENCE = 0.5
# Words of a layer are on a line if they share this much of the lower one's height.
SAME_LINE = 0.5
# And what the layer has there must begin and end where the page's words do, in heights of words.
SAME_ENDS = 0.5


def layer_readings(page: Page, layer: Page, usable: Callable[[str], bool]) -> tuple[Reading, ...]:
    """What the layer has in the place of the page's words, where all of it is usable.

    Args:
        page: as it was read, its boxes in the same pixels as the layer's.
        layer: the words of the old layer.
        usable: whether a word of the layer may be right as it stands.

    >>> from restore.page import Block, Line
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
            level = [other for other in others if _overlap(line.bbox, other.bbox) > SAME_LINE]
            words = {word.id: word for word in line.words}
            for reading in beside(line.words, level, SOURCE):
                there, seen = [words[name] for name in reading.word_ids], reading.words
                if seen and all(usable(word.text) for word in seen) and _coincide(there, seen, unit):
                    held = tuple(replace(word, id="", confidence=CONFIDENCE) for word in seen)
                    found.append(replace(reading, words=held))
    return tuple(found)


def _coincide(words: Sequence[Word], seen: Sequence[Word], unit: float) -> bool:
    one, other = BBox.union(word.bbox for word in words), BBox.union(word.bbox for word in seen)
    return max(abs(one.left - other.left), abs(one.right - other.right)) <= SAME_ENDS * unit


def _overlap(one: BBox, other: BBox) -> float:
    """What share of the lower one's height both have in common."""
    return (min(one.bottom, other.bottom) - max(one.top, other.top)) / min(one.height, other.height)
