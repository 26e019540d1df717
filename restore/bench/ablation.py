"""What each part of the core gives: the same damaged texts, each time without one of its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from restore.bench.cases import Case, cpu_seconds
from restore.bench.pages import mean
from restore.correct.corrector import correct
from restore.correct.weights import DEFAULT, PARTS, Weights
from restore.review.metrics import evaluate, pool

EVERYTHING = "everything"
WAYS = (EVERYTHING, *PARTS)  # of restoring, in the order in which they are measured


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one way of restoring made of all texts.

    Attributes:
        name: of the part that was switched off, or of the way.
        wer: word error of all texts, pooled by words.
        mean_wer: the mean of the texts' word errors.
        helped: words that were wrong and became right.
        hurt: words that were right and became wrong.
        cpu_seconds: for all texts.
    """

    name: str
    wer: float
    mean_wer: float
    helped: int
    hurt: int
    cpu_seconds: float

    def as_json(self) -> dict[str, str | float | int]:
        """The outcome as ``bench --json`` gives it."""
        return {
            "name": self.name,
            "wer": round(self.wer, 4),
            "mean_wer": self.mean_wer,
            "helped": self.helped,
            "hurt": self.hurt,
            "cpu_seconds": round(self.cpu_seconds, 2),
        }


def outcome(name: str, texts: Sequence[tuple[str, str]], restore: Callable[[str], str]) -> Outcome:
    """Restore and measure all texts in one way.

    Args:
        name: of the way.
        texts: each damaged text with the true one.
        restore: damaged text in, restored text out.

    >>> outcome("capitals", [("abc", "ABC")], str.upper).helped
    1
    """
    start = cpu_seconds()
    restored = [restore(damaged) for damaged, _ in texts]
    seconds = cpu_seconds() - start
    scores = [
        evaluate(after, gold, raw=before) for after, (before, gold) in zip(restored, texts, strict=True)
    ]
    pooled = pool(scores)
    means = mean(score.wer for score in scores)
    return Outcome(name, pooled.wer, means, pooled.helped or 0, pooled.hurt or 0, seconds)


def ablation(cases: Sequence[Case], weights: Weights = DEFAULT) -> Iterator[Outcome]:
    """The whole core, then the core without each of :data:`restore.correct.weights.PARTS` in turn."""
    texts = [(case.damaged(), case.truth()) for case in cases]
    correct(texts[0][0][:200], weights=weights)  # the models are loaded once a process
    yield outcome(EVERYTHING, texts, partial(_restored, weights=weights))
    for part in PARTS:
        yield outcome(part, texts, partial(_restored, weights=weights.without(part)))


def _restored(text: str, weights: Weights) -> str:
    return correct(text, weights=weights).restored
