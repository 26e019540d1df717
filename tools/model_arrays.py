"""The arrays of a model file, from estimates: 8-bit codes, children's places, and how often words have a capital."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from restore.language.ngram import BLOCK
from tools.kneser_ney import Estimates, Mask
from tools.model_text import TITLE, UPPER, Stream
from tools.ngram_counts import Floats, Level

CODES = 255  # of 8 bits, beside code 0, which is exactly 0
_HAIR = 1e-6  # nats; no weight, yet not 0
ROUNDS = 20  # of Lloyd's iteration; the error moves less than a thousandth of itself after


def quantise(values: Floats) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float32]]:
    """8-bit codes and their values; code 0 is exactly 0.

    The codes' values are those of least squared error (Lloyd 1982), begun at bins of equal frequency.

    >>> codes, table = quantise(np.array([0.0, -1.0, -3.0, -1.0]))
    >>> codes.tolist(), table[codes].tolist()
    ([0, 2, 1, 2], [0.0, -1.0, -3.0, -1.0])
    """
    codes = np.zeros(len(values), np.uint8)
    table = np.zeros(CODES + 1, np.float32)
    distinct, inverse, counts = np.unique(values[values != 0], return_inverse=True, return_counts=True)
    if not len(distinct):
        return codes, table
    if len(distinct) <= CODES:
        table[1 : len(distinct) + 1] = distinct
        codes[values != 0] = inverse + 1
        return codes, table
    number, total = np.cumsum(counts), np.cumsum(distinct * counts)
    edges = np.unique(np.searchsorted(number, np.linspace(0, number[-1], CODES + 1)[1:-1]) + 1)
    edges = np.unique(np.concatenate([[0], edges, [len(distinct)]]))
    for _ in range(ROUNDS):
        weight = np.diff(np.concatenate([[0], number])[edges])
        means = np.diff(np.concatenate([[0.0], total])[edges]) / weight
        inner = np.searchsorted(distinct, (means[:-1] + means[1:]) / 2)
        edges = np.unique(np.concatenate([[0], inner, [len(distinct)]]))
    weight = np.diff(np.concatenate([[0], number])[edges])
    means = np.diff(np.concatenate([[0.0], total])[edges]) / weight
    table[1 : len(means) + 1] = means
    codes[values != 0] = (np.searchsorted(edges, np.arange(len(distinct)), side="right"))[inverse]
    return codes, table


def title_rates(
    stream: Stream, weights: Floats, bigrams: npt.NDArray[np.uint64], vocabulary: Sequence[str]
) -> dict[str, npt.NDArray[np.uint8]]:
    """How often a word is written with a capital where its neighbours do not say so, in 1/255ths.

    ``title_1``: by word; ``title_left_2``: the second word of each bigram; ``title_right_2``: its first word.
    Words after a paragraph's start or a full stop, and words in capitals beside words in capitals, tell nothing. Each
    occurrence is worth its ``weights``: what has a capital in an office has none in an encyclopedia, and the other way round.
    """
    ids, shapes = stream.ids, stream.shapes
    full_stops = np.array([token in (".", ";", ":", "-", "/") for token in vocabulary])
    after = np.concatenate([[True], (ids[:-1] == 0) | full_stops[ids[:-1]]])
    told = (ids != 0) & ~after & (shapes != UPPER)
    key = (ids[:-1].astype(np.uint64) << np.uint64(16)) | ids[1:].astype(np.uint64)
    place = np.minimum(np.searchsorted(bigrams, key), len(bigrams) - 1)
    hit = bigrams[place] == key
    return {
        "title_1": _rate(ids.astype(np.int64), shapes == TITLE, told * weights, len(vocabulary)),
        "title_left_2": _rate(place, shapes[1:] == TITLE, told[1:] * hit * weights[1:], len(bigrams)),
        "title_right_2": _rate(place, shapes[:-1] == TITLE, told[:-1] * hit * weights[:-1], len(bigrams)),
    }


def _rate(place: np.ndarray, title: Mask, weights: Floats, size: int) -> npt.NDArray[np.uint8]:
    """Share of titles at each place, in 1/255ths; 0 where nothing told."""
    seen = np.bincount(place, weights, size)
    titles = np.bincount(place, weights * title, size)
    return np.round(255 * titles / np.where(seen > 0, seen, 1.0)).astype(np.uint8)


def pack(
    levels: Sequence[Level], estimates: Sequence[Estimates], kept: Sequence[Mask]
) -> dict[str, np.ndarray]:
    """The arrays of the file format (see restore.language.ngram) for the kept n-grams."""
    arrays: dict[str, np.ndarray] = {"count_1": levels[0].count.astype(np.uint32)}
    for n, (level, estimate, mask) in enumerate(zip(levels, estimates, kept, strict=True), 1):
        arrays[f"logp_{n}"], arrays[f"logp_codes_{n}"] = quantise(estimate.logp[mask])
        if n > 1:
            arrays[f"token_{n}"] = level.token[mask]
        if n == len(levels):
            continue
        children = np.bincount(levels[n].prefix[kept[n]], minlength=len(level.keys))[mask]
        # code 0 just where nothing follows, whatever the rounding
        backoff = np.where(estimate.backoff[mask] == 0, -_HAIR, estimate.backoff[mask])
        arrays[f"backoff_{n}"], arrays[f"backoff_codes_{n}"] = quantise(np.where(children > 0, backoff, 0.0))
        arrays |= _begins(n, np.concatenate([[0], np.cumsum(children)]))
    return arrays


def _begins(n: int, begin: np.ndarray) -> dict[str, np.ndarray]:
    """Where the children of each node begin; in blocks above level 1."""
    if n == 1:
        return {"begin_1": begin.astype(np.uint32)}
    base = begin[::BLOCK]
    offset = begin - np.repeat(base, BLOCK)[: len(begin)]
    if offset.max() >= 1 << 16:
        raise ValueError("a block of nodes has too many children; lower BLOCK")
    return {f"base_{n}": base.astype(np.uint32), f"begin_{n}": offset.astype(np.uint16)}
