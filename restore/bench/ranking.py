"""Which words of a restored text are wrong: every difference from the true text is given to a word, or told apart.

The errors are those of the word error rate. A word is wrong where another or none stands in the true text; words that are
missing beside it, as where two were glued to one, are errors of it too. A word that is missing by itself was never read and no
word's error. Words that stand in the true text elsewhere, three or more in a row, are right and were moved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from restore.review.metrics import words_of

MOST_GLUED = 2  # missing words that one wrong word accounts for
FEWEST_MOVED = 3  # words in a row that tell of another order; fewer are found anywhere


@dataclass(frozen=True, slots=True)
class Ranked:
    """The words of a restored text.

    Attributes:
        words: as a word error rate counts them, so that marks alone are none.
        confidences: one a word.
        errors: by word, how many errors of the text are its own.
        missing: further errors, words of the true text that were never read.
        moved: words that are right and stand in another place of the true text; no errors.
    """

    words: tuple[str, ...]
    confidences: tuple[float, ...]
    errors: tuple[int, ...]
    missing: int
    moved: int


def rank(restored: str, confidences: Sequence[float], gold: str, lost: str = "") -> Ranked:
    r"""Give every error to a word.

    Args:
        restored: the restored text.
        confidences: of ``restored.split()``.
        gold: the true text.
        lost: lines of it that the damaged text does not hold at all; that they are missing is no error.

    >>> said, true = "Ủy bàn của nhândân huyện", "Ủy ban của nhân dân huyện An Lão\nnăm 2023"
    >>> found = rank(said, (1.0, 0.4, 1.0, 0.9, 1.0), true, lost="năm 2023")
    >>> found.errors, found.missing
    ((0, 1, 0, 2, 0), 2)
    """
    pairs = [
        (word, confidence)
        for chunk, confidence in zip(restored.split(), confidences, strict=True)
        for word in words_of(chunk)
    ]
    words, sure = [word for word, _ in pairs], [confidence for _, confidence in pairs]
    true, held = _true_words(gold, lost)
    stretches = [_Stretch(*stretch) for stretch in _differing(words, true)]
    for stretch in stretches:
        stretch.there = [place for place in stretch.there if held[place]]
    moved = _set_moved_apart(stretches, words, true)
    errors, missing = [0] * len(words), 0
    for stretch in stretches:
        extra = max(0, len(stretch.there) - len(stretch.here))
        glued = min(extra, MOST_GLUED * len(stretch.here))
        for place in stretch.here:
            errors[place] = 1
        if glued:
            errors[min(stretch.here, key=lambda place: sure[place])] += glued
        missing += extra - glued
    return Ranked(tuple(words), tuple(sure), tuple(errors), missing, moved)


@dataclass(slots=True)
class _Stretch:
    """Words without a counterpart between two right ones: places in the restored text and in the true one."""

    here: list[int]
    there: list[int]


def _true_words(gold: str, lost: str) -> tuple[list[str], list[bool]]:
    """The words of the true text, and whether the damaged text holds their lines; one that stands twice is lost once."""
    waiting = Counter(lost.splitlines())
    words: list[str] = []
    held: list[bool] = []
    for line in gold.splitlines():
        found = words_of(line)
        words += found
        held += [waiting[line] <= 0] * len(found)
        waiting[line] -= 1
    return words, held


def _differing(words: Sequence[str], true: Sequence[str]) -> Iterator[tuple[list[int], list[int]]]:
    for equal, group in groupby(Levenshtein.opcodes(words, true), key=lambda code: code.tag == "equal"):
        codes = list(group)
        if not equal:
            first, last = codes[0], codes[-1]
            yield [*range(first.src_start, last.src_end)], [*range(first.dest_start, last.dest_end)]


def _set_moved_apart(stretches: Sequence[_Stretch], words: Sequence[str], true: Sequence[str]) -> int:
    """Take the words that only stand elsewhere out of the stretches; how many there are."""
    moved = 0
    for one in stretches:
        for other in stretches:
            while run := _common_run(
                [words[place] for place in one.here], [true[place] for place in other.there]
            ):
                here, there, length = run
                del one.here[here : here + length]
                del other.there[there : there + length]
                moved += length
    return moved


def _common_run(one: Sequence[str], other: Sequence[str]) -> tuple[int, int, int] | None:
    """Where the longest run of words that both have begins in either, and its length; None for a short one."""
    if min(len(one), len(other)) < FEWEST_MOVED:
        return None
    best = 0, 0, 0
    lengths = [0] * (len(other) + 1)
    for i, word in enumerate(one):
        for j in range(len(other) - 1, -1, -1):
            lengths[j + 1] = lengths[j] + 1 if word == other[j] else 0
            if lengths[j + 1] > best[2]:
                best = i + 1 - lengths[j + 1], j + 1 - lengths[j + 1], lengths[j + 1]
    return best if best[2] >= FEWEST_MOVED else None
