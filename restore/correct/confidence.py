"""How sure each word of the restored text is, changed or not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np

from restore.correct.readings import Piece
from restore.edit import Edit, OffsetMap, applied, apply

_WORD_RE = re.compile(r"\S+")


def of_words(text: str, edits: Sequence[Edit], pieces: Iterable[Piece]) -> tuple[float, ...]:
    """The confidence of every word of the restored text: that of the least sure piece of it.

    Args:
        text: before the edits.
        edits: of the text, suggested ones too.
        pieces: its readings; places that none of them covers are as sure as their edits.

    >>> edit = Edit(start=3, end=5, before="dd", after="đã", kind="mixed", source="model", confidence=0.5, status="review")
    >>> of_words("an dd 5", [edit], [Piece(0, 2, "an", 7, 0.9, ()), Piece(3, 5, "đã", 8, 0.5, ())])
    (0.9, 0.5, 1.0)
    """
    sure = np.ones(len(text) + 1)
    for piece in pieces:
        sure[piece.start : piece.end] = np.minimum(sure[piece.start : piece.end], piece.confidence)
    for edit in applied(edits):
        sure[edit.start : edit.end] = np.minimum(sure[edit.start : edit.end], edit.confidence)
    places = OffsetMap(edits)
    found = []
    for word in _WORD_RE.finditer(apply(text, edits)):
        start, end = places.span(*word.span())
        found.append(round(float(sure[start : max(end, start + 1)].min()), 4))
    return tuple(found)
