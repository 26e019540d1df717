"""Interpolated modified Kneser-Ney estimates, weighted by corpus, and their pruning.

Estimates: Chen & Goodman 1999. Weights: an occurrence counts as much as its corpus, but discounts are estimated from the
unweighted counts and scaled, so that a corpus of much weight does not pass for words seen often.
Pruning: the n-grams whose loss costs the training text least go (Stolcke 1998), the others keep their probability, and
back-off weights make every context sum to one again. (To hand the counts of pruned n-grams down to the lower orders, as
"Kneser pruning" does, was tried: office documents' perplexity was 47.1 with it, 45.9 without.)
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tools.ngram_counts import NONE, Floats, Ints, Level

PRECISION = 1.002  # of the threshold; a file is that near to its budget
_TINY = 1e-12  # keeps logs finite
_LEAST = 1e-6  # left over in a context, whatever the rounding

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Estimates:
    """Natural logs for every n-gram of one order: P(last token | the others), and the weight when it is backed off from."""

    logp: Floats
    backoff: Floats


def discounts(counts: Ints) -> Floats:
    """Modified Kneser-Ney discounts of n-grams seen not at all, once, twice and more often, from their counts.

    >>> discounts(np.array([1] * 60 + [2] * 20 + [3] * 10 + [4] * 5)).round(3).tolist()
    [0.0, 0.6, 1.1, 1.8]
    """
    n1, n2, n3, n4 = (max(1, np.count_nonzero(counts == k)) for k in (1, 2, 3, 4))
    y = n1 / (n1 + 2 * n2)
    return np.clip(
        [0.0, 1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3], 0.0, [0, 0.99, 1.99, 2.99]
    )


def adjusted_counts(levels: Sequence[Level]) -> list[tuple[Ints, Floats]]:
    """By level, the raw and the weighted Kneser-Ney counts.

    The highest order and what follows a paragraph's start count occurrences; below, an n-gram counts once, at the mean
    weight of the occurrences, for each longer n-gram that it ends.
    """
    found = [(levels[-1].count, levels[-1].weighted)]
    for n in range(len(levels) - 1, 0, -1):
        (raw, weighted), level, below = found[-1], levels[n], levels[n - 1]
        size = len(below.keys)
        endings = np.bincount(level.suffix, minlength=size)
        worth = np.bincount(level.suffix, weighted / np.maximum(raw, 1), size)
        found.append(
            (
                np.where(below.after_start, below.count, endings).astype(np.int32),
                np.where(below.after_start, below.weighted, worth),
            )
        )
    return found[::-1]


def estimate(levels: Sequence[Level]) -> list[Estimates]:
    """Estimates of every n-gram, lowest order first."""
    adjusted = adjusted_counts(levels)
    logp = [_unigrams(*adjusted[0])]
    backoff = []
    for n in range(1, len(levels)):
        level, (raw, weighted) = levels[n], adjusted[n]
        discount = _discounted(raw, weighted)
        size, prefix = len(levels[n - 1].keys), level.prefix
        total = np.maximum(np.bincount(prefix, weighted, size), _TINY)
        left = np.bincount(prefix, discount, size) / total
        p = (weighted - discount) / total[prefix] + left[prefix] * np.exp(logp[-1][level.suffix])
        logp.append(np.log(np.maximum(p, _TINY)))
        backoff.append(np.log(np.where(left > 0, left, 1.0)))
    backoff.append(np.zeros(len(levels[-1].keys)))
    return [Estimates(*pair) for pair in zip(logp, backoff, strict=True)]


def _discounted(raw: Ints, weighted: Floats) -> Floats:
    """What each n-gram gives away to those never seen."""
    return discounts(raw)[np.minimum(raw, 3)] * weighted / np.maximum(raw, 1)


def _unigrams(raw: Ints, weighted: Floats) -> Floats:
    """Log P of every token by itself; what discounting left is shared evenly, and ``<s>`` is never predicted."""
    predicted = np.arange(len(raw)) > 0
    discount = np.where(predicted, _discounted(raw, weighted), 0.0)
    kept = np.where(predicted, weighted - discount, 0.0)
    total = weighted[1:].sum()
    p = kept / total + discount.sum() / total / (len(raw) - 1) * predicted
    return np.log(np.maximum(p, _TINY))


def losses(levels: Sequence[Level], estimates: Sequence[Estimates]) -> list[Floats]:
    """By level above 1, the training text's log probability that each n-gram is worth."""
    found = []
    for n in range(1, len(levels)):
        level, here, below = levels[n], estimates[n], estimates[n - 1]
        lower = below.backoff[level.prefix] + below.logp[level.suffix]
        found.append(level.weighted * (here.logp - lower))
    return found


def closure(levels: Sequence[Level], masks: Sequence[Mask]) -> list[Mask]:
    """Masks for all levels, with the prefix and the suffix of every kept n-gram kept too."""
    kept = [np.ones(len(levels[0].keys), bool), *(mask.copy() for mask in masks)]
    for n in range(len(levels) - 1, 1, -1):
        kept[n - 1][levels[n].prefix[kept[n]]] = True
        kept[n - 1][levels[n].suffix[kept[n]]] = True
    return kept


def choose(
    levels: Sequence[Level], scores: Sequence[Floats], cost: Sequence[float], budget: float
) -> list[Mask]:
    """Masks of the n-grams worth most, as many as fit into ``budget`` bytes at ``cost`` bytes each, by order."""
    low, high = 1e-3, 1e5
    best = closure(levels, [score > high for score in scores])
    while high > low * PRECISION:
        threshold = math.sqrt(low * high)
        kept = closure(levels, [score > threshold for score in scores])
        if sum(c * mask.sum() for c, mask in zip(cost, kept, strict=True)) <= budget:
            best, high = kept, threshold
        else:
            low = threshold
    return best


def renormalise(
    levels: Sequence[Level], estimates: Sequence[Estimates], kept: Sequence[Mask]
) -> list[Estimates]:
    """The estimates with the back-off weights that make every context sum to one when only these n-grams are kept."""
    backoff = []
    for n in range(1, len(levels)):
        size, prefix, suffix = len(levels[n - 1].keys), levels[n].prefix[kept[n]], levels[n].suffix[kept[n]]
        taken = np.bincount(prefix, np.exp(estimates[n].logp[kept[n]]), size)
        covered = np.bincount(prefix, np.exp(estimates[n - 1].logp[suffix]), size)
        left = np.maximum(1 - taken, _LEAST) / np.maximum(1 - covered, _LEAST)
        backoff.append(np.log(np.where(taken > 0, left, 1.0)))
    backoff.append(np.zeros(len(levels[-1].keys)))
    return [Estimates(old.logp, new) for old, new in zip(estimates, backoff, strict=True)]


def score_stream(
    ids: npt.NDArray[np.uint16], rows: Sequence[Ints], estimates: Sequence[Estimates], kept: Sequence[Mask]
) -> Floats:
    """Log P of every token but ``<s>`` of a stream whose n-grams stand in ``rows`` (:func:`tools.ngram_counts.locate`)."""
    logp = np.zeros(len(ids))
    waiting = ids != 0
    for n in range(len(rows) - 1, -1, -1):
        here = np.flatnonzero(waiting & _known(rows[n], kept[n]))
        logp[here] += estimates[n].logp[rows[n][here]]
        waiting[here] = False
        if n:
            after = np.flatnonzero(waiting)
            context = rows[n - 1][after - 1]
            paid = _known(context, kept[n - 1])
            logp[after[paid]] += estimates[n - 1].backoff[context[paid]]
    return logp[ids != 0]


def _known(row: Ints, kept: Mask) -> Mask:
    return (row != NONE) & kept[row]
