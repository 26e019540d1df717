"""Words as an engine that knows Vietnamese reads them from a scan, for tests."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from restore.page import BBox, Choice, Reading, Word, WordSpan

SURE = 0.95
Doubts = Mapping[str, tuple[float, Mapping[int, str]]]
"""By word: its confidence, and by letter what else it may be, each choice a nat further behind."""


def spans_of(text: str, doubts: Doubts | None = None) -> list[WordSpan]:
    """Every word of a text, sure and without rivals unless doubts say otherwise."""
    found = []
    for index, match in enumerate(re.finditer(r"\S+", text)):
        sure, rivals = (doubts or {}).get(match[0], (SURE, {}))
        choices = tuple(
            tuple(Choice(other, 1.0 + rank) for rank, other in enumerate(rivals.get(place, "")))
            for place in range(len(match[0]))
        )
        box = BBox(50 * index, 0, 50 * index + 40, 20)
        found.append(WordSpan(*match.span(), 1, Word(f"p1w{index}", match[0], box, sure, choices)))
    return found


def second_reading(
    spans: Sequence[WordSpan],
    first: int,
    last: int,
    text: str,
    sure: float = SURE,
    source: str = "script-model",
) -> Reading:
    """What another engine read in the place of the words first to last."""
    words = tuple(Word("", word, BBox(0, 0, 1, 1), sure, ((),) * len(word)) for word in text.split())
    return Reading(tuple(span.word.id for span in spans[first : last + 1]), words, source)
