"""Whether the words in doubt are the wrong ones: all words ranked by their confidence, and how often it is right.

Every word of the restored text counts, changed or not. Its errors are those of the word error rate: a word that is another
in the true text or has no place in it. A word that is missing cannot be ranked: it counts as an error of the less sure of
its two neighbours, where a person who looks there finds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from restore.bench.cases import Case
from restore.correct.corrector import correct
from restore.correct.weights import DEFAULT, Weights
from restore.review.metrics import words_of

LEAST_CERTAIN = 0.1  # the share of all words that a person may be asked to look at
# Edges of the bins of the reliability table: closer where most words are.
BINS = (0.0, 0.25, 0.5, 0.75, 0.9, 0.97, 0.99, 1.0)


@dataclass(frozen=True, slots=True)
class Ranked:
    """The words of a restored text.

    Attributes:
        words: as a word error rate counts them, so that marks alone are none.
        confidences: one a word.
        errors: by word, how many errors of the text are its own.
        missing: errors among them that are words which are not there.
    """

    words: tuple[str, ...]
    confidences: tuple[float, ...]
    errors: tuple[int, ...]
    missing: int


def rank(restored: str, confidences: Sequence[float], gold: str) -> Ranked:
    """Give every error to a word.

    Args:
        restored: the restored text.
        confidences: of ``restored.split()``.
        gold: the true text.

    >>> found = rank("Ủy bàn nhân dân", (1.0, 0.4, 0.9, 1.0), "Ủy ban nhân dân huyện")
    >>> found.errors, found.missing
    ((0, 1, 0, 1), 1)
    """
    pairs = [
        (word, confidence)
        for chunk, confidence in zip(restored.split(), confidences, strict=True)
        for word in words_of(chunk)
    ]
    words, sure = [word for word, _ in pairs], [confidence for _, confidence in pairs]
    errors = [0] * len(words)
    missing = 0
    for operation in Levenshtein.editops(words, words_of(gold)):
        place = operation.src_pos
        if operation.tag == "insert":
            missing += 1
            beside = [index for index in (place - 1, place) if 0 <= index < len(words)]
            place = min(beside, key=lambda index: sure[index], default=-1)
        if place >= 0:
            errors[place] += 1
    return Ranked(tuple(words), tuple(sure), tuple(errors), missing)


@dataclass(frozen=True, slots=True)
class Bin:
    """Words whose confidence lies in ``low .. high``: how many, how sure on average, how many of them right."""

    low: float
    high: float
    words: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """What the confidences of some texts are worth.

    Attributes:
        words: in the restored texts.
        errors: all that are left, ``missing`` words among them.
        missing: words that are not there.
        tenth: the least certain words, how many.
        caught: errors that they hold.
        attainable: errors that as many words could hold at most, were the ranking perfect.
        threshold: the confidence below which that tenth lies.
        to_review: words that are on the review list at the weights' threshold, and ``listed`` the errors they hold.
        listed: errors on the review list.
        bins: how often words of about the same confidence are right.
    """

    words: int
    errors: int
    missing: int
    tenth: int
    caught: float
    attainable: int
    threshold: float
    to_review: int
    listed: int
    bins: tuple[Bin, ...]

    @property
    def share(self) -> float:
        """The share of the errors that the least certain tenth holds; 1 where none is left."""
        return self.caught / self.errors if self.errors else 1.0

    def as_json(self) -> dict[str, object]:
        """The counts, the share and the table as ``bench confidence --json`` gives them."""
        rates = {"share": round(self.share, 4), "bins": [asdict(one) for one in self.bins]}
        return {**asdict(self), "caught": round(self.caught, 2), **rates}


def reliability(ranked: Iterable[Ranked], weights: Weights = DEFAULT) -> Reliability:
    """Rank the words of all texts together."""
    texts = list(ranked)
    rows = sorted(pair for text in texts for pair in zip(text.confidences, text.errors, strict=True))
    tenth = round(LEAST_CERTAIN * len(rows))
    threshold = rows[min(tenth, len(rows) - 1)][0] if rows else 0.0
    listed = [errors for confidence, errors in rows if confidence < weights.review]
    return Reliability(
        words=len(rows),
        errors=sum(errors for _, errors in rows),
        missing=sum(text.missing for text in texts),
        tenth=tenth,
        caught=errors_in(rows, tenth),
        attainable=sum(sorted((errors for _, errors in rows), reverse=True)[:tenth]),
        threshold=threshold,
        to_review=len(listed),
        listed=sum(listed),
        bins=tuple(_bins(rows)),
    )


def errors_in(rows: Sequence[tuple[float, int]], count: int) -> float:
    """Errors of the ``count`` least certain words; of words that are equally sure, the mean over every choice.

    >>> errors_in([(0.2, 1), (0.9, 1), (0.9, 0), (0.9, 0), (1.0, 1)], 2)
    1.3333333333333333
    """
    if not 0 < count <= len(rows):
        return 0.0
    edge = rows[count - 1][0]
    below = [errors for confidence, errors in rows if confidence < edge]
    level = [errors for confidence, errors in rows if confidence == edge]
    return sum(below) + sum(level) * (count - len(below)) / len(level)


def _bins(rows: Sequence[tuple[float, int]]) -> Iterable[Bin]:
    for low, high in pairwise(BINS):
        inside = [row for row in rows if low <= row[0] < high or row[0] == high == BINS[-1]]
        if inside:
            sure = sum(confidence for confidence, _ in inside) / len(inside)
            yield Bin(low, high, len(inside), sure, sum(not errors for _, errors in inside) / len(inside))


def measure(cases: Sequence[Case], weights: Weights = DEFAULT) -> Reliability:
    """Restore all texts and rank their words, lines that a damaged text does not hold taken out of the true one."""
    found = []
    for case in cases:
        correction = correct(case.damaged(), weights=weights)
        gold = case.held() or case.truth()
        found.append(rank(correction.restored, correction.confidences, gold))
    return reliability(found, weights)
