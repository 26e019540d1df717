"""Of every word of a restored text: where it stands in the original, how sure it is, and what else it may be.

A word is what stands between two blanks, marks at its edges among it. It may be made of several pieces of the best path,
and of text that nothing read anew; an alternative of one piece is one of the whole word, the rest of which stays.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from restore.correct.readings import Piece
from restore.edit import Edit, OffsetMap, applied, apply
from restore.language import vietnamese

_WORD_RE = re.compile(r"\S+")
MOST_ALTERNATIVES = 5  # of a word: more is no help to who has to choose


@dataclass(frozen=True, slots=True)
class WordDoubt:
    """One word of a restored text, changed or not.

    Attributes:
        start: where the word stands in the original (code points); an edit that it comes from is in the span as a whole.
        end: one past its last character.
        confidence: probability that the word is right, 0 to 1.
        alternatives: other readings of the whole word, best first, without the chosen one; what the original has there
            is one of them where it differs.
    """

    start: int
    end: int
    confidence: float
    alternatives: tuple[str, ...] = ()

    def moved(self, by: int) -> WordDoubt:
        """The same word in a text that begins so many code points earlier.

        >>> WordDoubt(0, 2, 0.5).moved(3)
        WordDoubt(start=3, end=5, confidence=0.5, alternatives=())
        """
        return WordDoubt(self.start + by, self.end + by, self.confidence, self.alternatives)


def of_words(
    original: str,
    edits: Sequence[Edit],
    composed: str,
    found: Sequence[Edit],
    pieces: Sequence[Piece],
) -> tuple[WordDoubt, ...]:
    """Every word of the restored text in its order, as sure as the least sure piece of it.

    Args:
        original: the text as it was decoded.
        edits: of the original, those that compose it among them.
        composed: the original in NFC, which was read.
        found: the edits of the composed text, suggested ones too.
        pieces: readings of the composed text, in order; places that none of them covers are as sure as their edits.

    >>> edit = Edit(start=3, end=5, before="dd", after="đã", kind="mixed", source="model", confidence=0.5, status="review")
    >>> pieces = [Piece(0, 2, "an", 7, 0.9, ("ăn",)), Piece(3, 5, "đã", 8, 0.5, ("đá",))]
    >>> for word in of_words("an dd 5", [edit], "an dd 5", [edit], pieces):
    ...     print(word.start, word.end, word.confidence, word.alternatives)
    0 2 0.9 ('ăn',)
    3 5 0.5 ('đá', 'dd')
    6 7 1.0 ()
    """
    restored = apply(composed, found)
    sure = _sure(composed, found, pieces)
    inner, outer = OffsetMap(found), OffsetMap(edits)
    others = _Alternatives(restored, found, pieces)
    words = []
    for match in _WORD_RE.finditer(restored):
        start, end = inner.span(*match.span())
        confidence = round(float(sure[start : max(end, start + 1)].min()), 4)
        span = outer.span(*match.span())
        words.append(WordDoubt(*span, confidence, others.of(match, _seen(original, span))))
    return tuple(words)


def of_healthy(composed: str, edits: Sequence[Edit]) -> tuple[WordDoubt, ...]:
    r"""Every word of a text that was only composed: nothing in it is doubted.

    >>> of_healthy("nghị định", ())
    (WordDoubt(start=0, end=4, confidence=1.0, alternatives=()), WordDoubt(start=5, end=9, confidence=1.0, alternatives=()))
    """
    places = OffsetMap(edits)
    return tuple(WordDoubt(*places.span(*match.span()), 1.0) for match in _WORD_RE.finditer(composed))


def _sure(text: str, edits: Sequence[Edit], pieces: Iterable[Piece]) -> npt.NDArray[np.float64]:
    """By character of the composed text how sure it is: as its reading, as the edit over it, or as no suggestion denies."""
    sure = np.ones(len(text) + 1)
    for piece in pieces:
        sure[piece.start : piece.end] = np.minimum(sure[piece.start : piece.end], piece.confidence)
    for edit in edits:
        if edit.status == "suggested":
            doubt = 1.0 - edit.confidence  # right as it stands is what the suggestion denies
            sure[edit.start : edit.end] = np.minimum(sure[edit.start : edit.end], doubt)
    for edit in applied(edits):
        sure[edit.start : edit.end] = edit.confidence
    return sure


def _seen(original: str, span: tuple[int, int]) -> str:
    """What the original has in a span, in NFC, its white space as single blanks."""
    return vietnamese.nfc(" ".join(original[slice(*span)].split()))


class _Alternatives:
    """What else the words of a restored text may be: by its pieces and by what is suggested."""

    def __init__(self, restored: str, edits: Sequence[Edit], pieces: Sequence[Piece]) -> None:
        self._restored = restored
        changes = list(applied(edits))
        self._ends = [edit.end for edit in changes]
        self._shifts = np.concatenate(
            [[0], np.cumsum([len(e.after) - len(e.before) for e in changes], dtype=np.int64)]
        )
        self._pieces = sorted(self._placed(pieces, edits), key=lambda placed: placed[:2])
        self._starts = [start for start, _, _, _ in self._pieces]

    def _placed(
        self, pieces: Iterable[Piece], edits: Iterable[Edit]
    ) -> Iterator[tuple[int, int, float, tuple[str, ...]]]:
        """Start and end in the restored text of what has alternatives, how sure it is, and they."""
        for piece in pieces:
            if piece.alternatives and piece.text:
                start, end = self._start(piece.start), self._start(piece.start) + len(piece.text)
                blank = len(piece.text) - len(piece.text.lstrip())
                if self._restored[start:end] == piece.text:
                    yield start + blank, end, piece.confidence, piece.alternatives
        for edit in edits:
            if edit.status == "suggested":
                start = self._start(edit.start)
                if self._restored[start : start + len(edit.before)] == edit.before:
                    readings = (edit.after, *edit.alternatives)
                    yield start, start + len(edit.before), 1.0 - edit.confidence, readings

    def _start(self, place: int) -> int:
        """Where a place of the composed text that no edit has in its middle stands in the restored one."""
        return place + int(self._shifts[bisect_right(self._ends, place)])

    def of(self, word: re.Match[str], seen: str) -> tuple[str, ...]:
        """Other readings of a word, best first: of its parts the least sure one's go first; what was seen is among them."""
        inside = self._pieces[bisect_left(self._starts, word.start()) : bisect_left(self._starts, word.end())]
        ranked = sorted(
            (rank, sure, word[0][: start - word.start()] + other + word[0][end - word.start() :])
            for start, end, sure, others in inside
            if end <= word.end()
            for rank, other in enumerate(others)
        )
        known = dict.fromkeys(text for _, _, text in ranked if text not in ("", word[0]))
        if seen in ("", word[0]) or seen in list(known)[:MOST_ALTERNATIVES]:
            return tuple(known)[:MOST_ALTERNATIVES]
        known.pop(seen, None)
        return (*tuple(known)[: MOST_ALTERNATIVES - 1], seen)
