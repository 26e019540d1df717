"""Whether the words in doubt are the wrong ones: all words ranked by their confidence, and how many errors the first ones hold.

Every word of the restored text counts, changed or not; whose an error is :mod:`restore.bench.ranking` tells. Words that were never
read cannot be ranked: whoever reads the doubtful words alone does not find them, so they count as errors outside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise

from restore.bench.cases import Case, Kind, read_text
from restore.bench.ranking import Ranked, rank
from restore.config import Config
from restore.correct.corrector import correct
from restore.correct.weights import DEFAULT, Weights
from restore.pipeline import restore_file
from restore.replay import word_doubts

LEAST_CERTAIN = 0.1  # the share of all words that a person may be asked to look at
STEPS = 100  # points of the curve
# Edges of the bins of the reliability table: closer where most words are.
BINS = (0.0, 0.25, 0.5, 0.75, 0.9, 0.97, 0.99, 1.0)


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
        missing: words that were never read.
        moved: words that are right but stand elsewhere in the true text; no errors.
        tenth: the least certain words, how many.
        caught: errors that they hold.
        attainable: errors that as many words could hold at most, were the ranking perfect.
        threshold: the confidence below which that tenth lies.
        to_review: words that are on the review list at the weights' threshold, and ``listed`` the errors they hold.
        listed: errors on the review list.
        curve: for 0, 1 … 100 % of the words, the least certain first, the share of the words' errors that they hold.
        bins: how often words of about the same confidence are right.
    """

    words: int
    errors: int
    missing: int
    moved: int
    tenth: int
    caught: float
    attainable: int
    threshold: float
    to_review: int
    listed: int
    curve: tuple[float, ...]
    bins: tuple[Bin, ...]

    @property
    def share(self) -> float:
        """The share of all errors that the least certain tenth holds; 1 where none is left."""
        return self.caught / self.errors if self.errors else 1.0

    @property
    def share_of_read(self) -> float:
        """The same of the errors of words that were read."""
        own = self.errors - self.missing
        return self.caught / own if own else 1.0

    @property
    def outside(self) -> float:
        """Errors that the least certain tenth does not hold."""
        return self.errors - self.caught

    def as_json(self) -> dict[str, object]:
        """The counts, the shares, the curve and the table as ``bench confidence --json`` gives them."""
        return {
            **asdict(self),
            "caught": round(self.caught, 2),
            "outside": round(self.outside, 2),
            "share": round(self.share, 4),
            "share_of_read": round(self.share_of_read, 4),
            "curve": [round(share, 4) for share in self.curve],
            "bins": [asdict(one) for one in self.bins],
        }


def reliability(ranked: Iterable[Ranked], weights: Weights = DEFAULT) -> Reliability:
    """Rank the words of all texts together."""
    texts = list(ranked)
    rows = sorted(pair for text in texts for pair in zip(text.confidences, text.errors, strict=True))
    tenth = round(LEAST_CERTAIN * len(rows))
    threshold = rows[min(tenth, len(rows) - 1)][0] if rows else 0.0
    listed = [errors for confidence, errors in rows if confidence < weights.review]
    missing = sum(text.missing for text in texts)
    return Reliability(
        words=len(rows),
        errors=sum(errors for _, errors in rows) + missing,
        missing=missing,
        moved=sum(text.moved for text in texts),
        tenth=tenth,
        caught=errors_in(rows, tenth),
        attainable=sum(sorted((errors for _, errors in rows), reverse=True)[:tenth]),
        threshold=threshold,
        to_review=len(listed),
        listed=sum(listed),
        curve=curve(rows),
        bins=tuple(_bins(rows)),
    )


def curve(rows: Sequence[tuple[float, int]]) -> tuple[float, ...]:
    """For 0, 1 … 100 % of the words the share of the errors that they hold; all of them from the first word on where none is left.

    Args:
        rows: confidence and errors of each word, the least certain first.

    >>> found = curve([(0.2, 1), (0.9, 0), (0.95, 1), (1.0, 0)])
    >>> found[0], found[25], found[50], found[75], found[100]
    (0.0, 0.5, 0.5, 1.0, 1.0)
    """
    errors = sum(count for _, count in rows)
    if not errors:
        return (1.0,) * (STEPS + 1)
    return tuple(errors_in(rows, round(len(rows) * step / STEPS)) / errors for step in range(STEPS + 1))


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


def of_text(case: Case, weights: Weights = DEFAULT) -> Ranked:
    """The words of a damaged text as it is restored; lines that it does not hold are no errors of it."""
    correction = correct(case.damaged(), weights=weights)
    lost = read_text(case.lost) if case.lost else ""
    return rank(correction.restored, correction.confidences, case.truth(), lost)


def of_scan(case: Case, config: Config) -> Ranked:
    """The words of a scan as ``run`` reads it."""
    texts, confidences = [], []
    for path in case.paths:
        found = restore_file(path, config)
        texts.append(found.restored)
        doubts = word_doubts(found.original, found.own_edits, found.seen.doubts)
        confidences += [doubt.confidence for doubt in doubts]
    return rank("\n".join(texts), confidences, case.truth())


def measure(
    cases: Sequence[Case], config: Config | None = None, done: Callable[[str], None] = lambda name: None
) -> dict[Kind, Reliability]:
    """Restore all cases and rank their words, those of damaged texts and those of scans apart.

    Args:
        cases: damaged texts and scans.
        config: restore's settings.
        done: called with the name of each case that was restored.
    """
    settings = config or Config()
    ranked: dict[Kind, list[Ranked]] = {}
    for case in cases:
        found = of_text(case) if case.kind == "text" else of_scan(case, settings)
        ranked.setdefault(case.kind, []).append(found)
        done(case.name)
    return {kind: reliability(texts) for kind, texts in ranked.items()}
