"""Counts of all n-grams of a token stream, as a trie of flat arrays.

An n-gram of order n is a row of level n; its key is the row of its first n - 1 tokens and its last token, so any order
fits into 64 bits, and rows are sorted as the file format wants them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Keys = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]
NONE = -1  # the row of an n-gram that there is not


@dataclass(frozen=True, slots=True)
class Level:
    """The n-grams of one order, sorted.

    Attributes:
        keys: row of the first n - 1 tokens on the level below ``<< 16 |`` last token; the token itself on level 1.
        suffix: row of the last n - 1 tokens on the level below; empty on level 1.
        count: occurrences.
        weighted: occurrences, each worth its corpus's weight.
        after_start: whether the n-gram begins with ``<s>``: nothing can stand before it.
    """

    keys: Keys
    suffix: Ints
    count: Ints
    weighted: Floats
    after_start: npt.NDArray[np.bool_]

    @property
    def prefix(self) -> Ints:
        """Row of the first n - 1 tokens on the level below (on level 1, always 0)."""
        return (self.keys >> np.uint64(16)).astype(np.int32)

    @property
    def token(self) -> npt.NDArray[np.uint16]:
        """The last token."""
        return (self.keys & np.uint64(0xFFFF)).astype(np.uint16)


def count_ngrams(ids: npt.NDArray[np.uint16], weights: Floats, order: int) -> list[Level]:
    """Levels 1 to ``order`` of a stream; n-grams that would run over a paragraph's start are left out.

    Args:
        ids: token numbers, 0 at each paragraph's start; every number up to the largest occurs.
        weights: what an occurrence at each position is worth.
        order: tokens of the longest n-grams.
    """
    size = int(ids.max()) + 1
    count = np.bincount(ids, minlength=size)
    weighted = np.bincount(ids, weights, size)
    one = np.arange(size)
    levels = [Level(one.astype(np.uint64), np.empty(0, np.int32), count.astype(np.int32), weighted, one == 0)]
    row = ids.astype(np.int32)  # by position, the n-gram that ends there
    for _ in range(1, order):
        before = row
        place = np.flatnonzero((ids[1:] != 0) & (before[:-1] != NONE)) + 1
        keys = (before[place - 1].astype(np.uint64) << np.uint64(16)) | ids[place]
        distinct, first, inverse, count = np.unique(
            keys, return_index=True, return_inverse=True, return_counts=True
        )
        row = np.full(len(ids), NONE, np.int32)
        row[place] = inverse
        below = levels[-1]
        levels.append(
            Level(
                distinct,
                before[place[first]],
                count.astype(np.int32),
                np.bincount(inverse, weights[place]),
                below.after_start[(distinct >> np.uint64(16)).astype(np.int32)],
            )
        )
    return levels


def locate(levels: Sequence[Level], ids: npt.NDArray[np.uint16]) -> list[Ints]:
    """By level and position of another stream, the row of the n-gram that ends there, ``NONE`` where it is not known."""
    row = ids.astype(np.int32)
    rows = [row]
    for level in levels[1:]:
        possible = np.flatnonzero((ids[1:] != 0) & (row[:-1] != NONE)) + 1
        keys = (row[possible - 1].astype(np.uint64) << np.uint64(16)) | ids[possible]
        place = np.minimum(np.searchsorted(level.keys, keys), len(level.keys) - 1)
        row = np.full(len(ids), NONE, np.int32)
        known = level.keys[place] == keys
        row[possible[known]] = place[known]
        rows.append(row)
    return rows
