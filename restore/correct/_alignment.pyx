# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
# distutils: language = c++
"""Words aligned with what was observed: what that costs, and what each letter became.

``best[i][j]`` is the least cost (-log P, nats) of having observed the first j characters after the first i graphemes, each of
which became 0 to 3 observed characters.
"""

import numpy as np

from libc.stdint cimport int32_t
from libcpp.vector cimport vector

from restore.correct._trie cimport Trie

cdef enum:
    MAX_DEPTH = 16  # letters of a word
    MAX_OBSERVED = 3
    MAX_ALIGNED = 48  # so many letters cannot have become more

cdef float INFINITE = 1e9


cdef struct Aligned:
    float cost
    int caps  # letters in capitals: 0 none, 1 the first, 2 all


cdef class Aligner:
    """Words of the lexicon against what was observed, under one channel.

    Args:
        trie: the lexicon.
        cost: float32 [strings, graphemes], -log P(string | grapheme).
        title_cost: cost of a capital first letter, all_caps_cost: of a word all in capitals.
    """

    cdef Trie trie
    cdef const float[:, ::1] cost
    cdef const int32_t[:, ::1] strings
    cdef float title_cost, all_caps_cost

    def __init__(self, Trie trie, const float[:, ::1] cost, *, float title_cost, float all_caps_cost):
        self.trie, self.cost = trie, cost
        self.title_cost, self.all_caps_cost = title_cost, all_caps_cost

    def costs(self, const int32_t[:, ::1] strings, const int32_t[::1] word, const int32_t[::1] row, const int32_t[::1] length):
        """What it costs to have observed something had a word been written: float32 [pairs].

        Args:
            strings: int32 [rows, 4], number of the string of k characters that begins at each character.
            word: int32 [pairs], numbers of words.
            row, length: int32 [pairs], where in ``strings`` what was observed begins, and its characters.
        """
        cdef Py_ssize_t i
        cdef float table[MAX_DEPTH + 1][MAX_ALIGNED + 1]
        result = np.empty(word.shape[0], np.float32)
        cdef float[::1] out = result
        self.strings = strings
        with nogil:
            for i in range(word.shape[0]):
                out[i] = self.shape(word[i], row[i], length[i], table).cost
        return result

    cdef Aligned shape(self, int word, int row, int length, float[MAX_ALIGNED + 1]* table) noexcept nogil:
        """The cheapest of the word in small letters, with a capital, in capitals."""
        cdef Aligned best
        cdef float value
        best.cost = self.align_as(word, row, length, 2, table) + self.all_caps_cost
        best.caps = 2
        if not self.trie.capital_only[word]:
            value = self.align_as(word, row, length, 1, table) + self.title_cost
            if value < best.cost:
                best.cost, best.caps = value, 1
            value = self.align_as(word, row, length, 0, table)
            if value < best.cost:
                best.cost, best.caps = value, 0
        return best

    cdef float align_as(self, int word, int row, int length, int caps, float[MAX_ALIGNED + 1]* table) noexcept nogil:
        """Cost of the likeliest alignment; ``table`` keeps the way there."""
        cdef int letters = <int>self.trie.letters[word].size()
        cdef int i, j, k, grapheme
        cdef float best
        if length > letters * MAX_OBSERVED or length > MAX_ALIGNED:
            return INFINITE
        for j in range(1, length + 1):
            table[0][j] = INFINITE
        table[0][0] = 0.0
        for i in range(1, letters + 1):
            grapheme = self.trie.letters[word][i - 1]
            if caps == 2 or (caps == 1 and i == 1):
                grapheme += self.trie.half
            for j in range(length + 1):
                best = table[i - 1][j] + self.cost[0, grapheme]
                for k in range(1, min(j, <int>MAX_OBSERVED) + 1):
                    best = min(best, table[i - 1][j - k] + self.cost[self.strings[row + j - k, k], grapheme])
                table[i][j] = best
        return min(table[letters][length], INFINITE)

    def count(self, const int32_t[:, ::1] strings, const int32_t[::1] word, const int32_t[::1] row,
              const int32_t[::1] length, const float[::1] weight):
        """What the letters of words became: float32 [strings, graphemes], the sum of the weights.

        Args:
            strings, word, row, length: as for :meth:`costs`.
            weight: float32 [pairs].
        """
        cdef Py_ssize_t p
        cdef int i, j, k, grapheme
        cdef float table[MAX_DEPTH + 1][MAX_ALIGNED + 1]
        cdef Aligned best
        cdef float value
        result = np.zeros((self.cost.shape[0], self.cost.shape[1]), np.float32)
        cdef float[:, ::1] out = result
        self.strings = strings
        with nogil:
            for p in range(word.shape[0]):
                best = self.shape(word[p], row[p], length[p], table)
                if best.cost >= INFINITE:
                    continue  # more than its letters can have become
                self.align_as(word[p], row[p], length[p], best.caps, table)
                j = length[p]
                for i in range(<int>self.trie.letters[word[p]].size(), 0, -1):
                    grapheme = self.trie.letters[word[p]][i - 1]
                    if best.caps == 2 or (best.caps == 1 and i == 1):
                        grapheme += self.trie.half
                    k = 0
                    for k in range(min(j, <int>MAX_OBSERVED) + 1):
                        value = self.cost[self.strings[row[p] + j - k, k] if k else 0, grapheme]
                        if table[i - 1][j - k] + value == table[i][j]:
                            break
                    out[self.strings[row[p] + j - k, k] if k else 0, grapheme] += weight[p]
                    j -= k
        return result


def align(const int32_t[::1] graphemes, const int32_t[:, ::1] strings, const float[:, ::1] cost):
    """The likeliest alignment of a word with what was observed.

    Args:
        graphemes: the word's graphemes, case and all.
        strings: as for :meth:`Aligner.costs`, of exactly the observed characters.
        cost: float32 [graphemes, strings], -log P(string | grapheme).

    Returns:
        (total cost, list of string numbers, one a grapheme).
    """
    cdef int n = <int>graphemes.shape[0], m = <int>strings.shape[0]
    cdef int i, j, k, string
    cdef float value
    cdef vector[float] best = vector[float]((n + 1) * (m + 1), INFINITE)
    cdef vector[int32_t] step = vector[int32_t]((n + 1) * (m + 1), 0)
    best[0] = 0.0
    for i in range(1, n + 1):
        for j in range(m + 1):
            for k in range(min(j, <int>MAX_OBSERVED) + 1):
                if best[(i - 1) * (m + 1) + j - k] >= INFINITE:
                    continue
                string = 0 if k == 0 else strings[j - k, k]
                value = best[(i - 1) * (m + 1) + j - k] + cost[graphemes[i - 1], string]
                if value < best[i * (m + 1) + j]:
                    best[i * (m + 1) + j] = value
                    step[i * (m + 1) + j] = k
    observed = [0] * n
    j = m
    for i in range(n, 0, -1):
        k = step[i * (m + 1) + j]
        observed[i - 1] = 0 if k == 0 else strings[j - k, k]
        j -= k
    return best[n * (m + 1) + m], observed
