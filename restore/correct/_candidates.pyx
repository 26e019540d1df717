# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
# distutils: language = c++
"""The candidates of chunks: words and readings as they stand, of which paths through a chunk are made.

What lies on no path near the chunk's best one is dropped (forward-backward).
"""

import numpy as np

from libc.stdint cimport int32_t
from libc.string cimport memcpy
from libcpp.vector cimport vector

from restore.correct._trie cimport Trie
from restore.correct._words cimport MAX_OBSERVED, Found, WordSearch

cdef float INFINITE = 1e9
cdef float FIRST_MARGIN = 4.0  # nats above the least possible cost that a first look for the best reading goes
cdef float ROUNDING = 1e-3

# The records that :meth:`Finder.read` returns.
FOUND = np.dtype([("chunk", "i4"), ("start", "i4"), ("end", "i4"), ("word", "i4"), ("cost", "f4"), ("extra", "f4"), ("rank", "f4")])


cdef object records(vector[Found]& found):
    result = np.empty(found.size(), FOUND)
    cdef unsigned char[::1] out = result.view(np.uint8)
    if found.size():
        memcpy(&out[0], &found[0], found.size() * sizeof(Found))
    return result

cdef class Finder:
    """Candidates of chunks under one channel.

    Args:
        trie: the lexicon.
        cost: float32 [strings, graphemes], -log P(string | grapheme).
        prior_weight: how much the word's log prior counts in pruning.
        base, slope: a branch is left where ``cost - prior_weight * best prior below`` exceeds ``base + slope * characters``.
        keep: candidates kept a span.
        title_cost: cost of a capital first letter, all_caps_cost: of a word all in capitals.
        glued_capitals: times the cost of a missing blank, before a word that is only written in capitals.
    """

    cdef Trie trie
    cdef WordSearch words
    cdef const int32_t[:, ::1] strings
    cdef const float[::1] blank
    cdef float glued_capitals
    cdef vector[float] least  # by string, what it costs at least, whatever letter it was
    cdef float least_prior  # what the commonest word costs for not being commoner
    # of the chunk that is being read: what it costs to reach each place, and to go on from there at least
    cdef vector[float] forward, ahead, between
    cdef vector[Found] edges
    # of all chunks
    cdef vector[float] bests
    cdef vector[vector[float]] forwards, backwards

    def __init__(self, Trie trie, const float[:, ::1] cost, *, float prior_weight, float base, float slope, int keep,
                 float title_cost, float all_caps_cost, float glued_capitals):
        self.trie, self.glued_capitals = trie, glued_capitals
        self.words = WordSearch(trie, cost, prior_weight=prior_weight, base=base, slope=slope, keep=keep,
                                title_cost=title_cost, all_caps_cost=all_caps_cost)
        self.least = np.min(cost, axis=1)
        self.least_prior = -prior_weight * max(trie.prior)

    cdef void look(self, int row, int start, int total, float budget) noexcept nogil:
        """All words that begin at one place of a chunk and may lie on a path of at most ``budget``, with the blank before them."""
        cdef float blank = self.blank[row + start]
        cdef size_t i
        cdef Found* hit
        self.words.look(row, start, total, budget - self.forward[start] - blank, self.ahead, self.between)
        for i in range(self.words.found.size()):
            hit = &self.words.found[i]
            hit.extra = self.glued_capitals * blank if self.trie.capital_only[hit.word] else blank
            hit.rank += hit.extra

    cdef void explore(self, int row, int total, const Found* literal, size_t literals, float budget) noexcept nogil:
        """All edges of a chunk that may lie on a path of at most ``budget``, and what each place costs to reach."""
        cdef int start
        cdef size_t i, l = 0
        self.edges.clear()
        self.forward.assign(total + 1, INFINITE)
        self.forward[0] = 0.0
        for start in range(total):
            while l < literals and literal[l].start == start:
                self.take(literal[l])
                l += 1
            if self.forward[start] + self.between[start] > budget:
                continue
            self.look(row, start, total, budget)
            for i in range(self.words.found.size()):
                self.take(self.words.found[i])

    cdef void take(self, const Found& edge) noexcept nogil:
        self.edges.push_back(edge)
        if self.forward[edge.start] + edge.rank < self.forward[edge.end]:
            self.forward[edge.end] = self.forward[edge.start] + edge.rank

    cdef void look_ahead(self, int row, int total, const Found* literal, size_t literals) noexcept nogil:
        """What the rest of a chunk costs at least from each place on, inside a word and between readings."""
        cdef int j, k
        cdef size_t l = literals
        cdef float inside, value
        self.ahead.assign(total + 1, INFINITE)
        self.between.assign(total + 1, INFINITE)
        self.ahead[total] = self.between[total] = 0.0
        for j in range(total - 1, -1, -1):
            inside = INFINITE
            for k in range(1, min(total - j, <int>MAX_OBSERVED) + 1):
                inside = min(inside, self.least[self.strings[row + j, k]] + self.ahead[j + k])
            value = inside + self.blank[row + j] + self.least_prior
            while l > 0 and literal[l - 1].start == j:
                l -= 1
                value = min(value, literal[l].rank + self.between[literal[l].end])
            self.between[j] = value
            self.ahead[j] = min(inside, value)

    cdef float best_reading(self, int row, int total, const Found* literal, size_t literals) noexcept nogil:
        """The rank of a chunk's best path: narrow looks first, each twice as wide."""
        cdef float margin = FIRST_MARGIN, budget, best
        cdef size_t l
        self.look_ahead(row, total, literal, literals)
        self.edges.clear()
        self.forward.assign(total + 1, INFINITE)
        self.forward[0] = 0.0
        for l in range(literals):
            self.take(literal[l])
        best = self.forward[total]
        while True:
            budget = min(best, self.between[0] + margin) + ROUNDING
            self.explore(row, total, literal, literals, budget)
            best = min(best, self.forward[total])
            if best <= budget:
                return best
            margin *= 2

    def read(self, const int32_t[:, ::1] strings, const float[::1] blank, literals, const int32_t[::1] first,
             const int32_t[::1] size, const int32_t[::1] literal_first, const int32_t[::1] literal_size, float slack):
        """Candidates of many chunks.

        Args:
            strings: int32 [rows, 4], number of the string of k characters that begins at each character.
            blank: float32 [rows], cost of a blank that the damage took away before each character.
            literals: :data:`FOUND`, readings as they stand, by start; each chunk has a path of them.
            first, size: int32 [chunks], where each chunk begins in ``strings``, and its characters.
            literal_first, literal_size: int32 [chunks], the same for its readings in ``literals``.
            slack: edges are kept that lie on a path within so many nats of the chunk's best.

        Returns:
            :data:`FOUND`, by chunk and start; of every span the best ``keep``. ``word`` is ``~n`` for the n-th of ``literals``.
        """
        cdef const unsigned char[::1] raw = literals.view(np.uint8)
        cdef const Found* literal = <const Found*>&raw[0] if raw.shape[0] else NULL
        cdef vector[Found] kept
        cdef vector[float] backward
        cdef Py_ssize_t c, i
        cdef int total
        cdef float best
        cdef Found edge
        self.strings, self.blank = strings, blank
        self.words.watch(strings)
        self.bests.clear()
        self.forwards.clear()
        self.backwards.clear()
        with nogil:
            for c in range(first.shape[0]):
                total = size[c]
                best = self.best_reading(first[c], total, &literal[literal_first[c]], literal_size[c])
                self.explore(first[c], total, &literal[literal_first[c]], literal_size[c], best + slack)
                backward.assign(total + 1, INFINITE)
                backward[total] = 0.0
                for i in range(<Py_ssize_t>self.edges.size() - 1, -1, -1):
                    edge = self.edges[i]
                    backward[edge.start] = min(backward[edge.start], backward[edge.end] + edge.rank)
                for i in range(<Py_ssize_t>self.edges.size()):
                    edge = self.edges[i]
                    if self.forward[edge.start] + edge.rank + backward[edge.end] <= best + slack:
                        edge.chunk = <int32_t>c
                        kept.push_back(edge)
                self.bests.push_back(best)
                self.forwards.push_back(self.forward)
                self.backwards.push_back(backward)
        return records(kept)

    def read_joined(self, const int32_t[:, ::1] strings, const float[::1] blank, const int32_t[::1] first,
                    const int32_t[::1] size, const int32_t[::1] left, const int32_t[::1] right, float false_blank, float slack):
        """Words over the blank between two chunks, where it may be false.

        Args:
            strings, blank, first, size: as for :meth:`read`, of both chunks as one.
            left, right: int32 [pairs], numbers of the chunks as they were last read.
            false_blank: what such a word costs more.
            slack: words are kept that lie on a path within so many nats of the best path through the chunks apart. What is left of
                a chunk beside them is only known where the chunk was found to part there.

        Returns:
            :data:`FOUND`; ``chunk`` is the number of the pair.
        """
        cdef vector[Found] kept
        cdef Py_ssize_t p
        cdef size_t i
        cdef int start, total, cut
        cdef float budget
        cdef Found edge
        self.strings, self.blank = strings, blank
        self.words.watch(strings)
        with nogil:
            for p in range(left.shape[0]):
                total = size[p]
                cut = <int>self.forwards[left[p]].size() - 1
                budget = self.bests[left[p]] + self.bests[right[p]] + slack - false_blank
                self.look_over(first[p], total, cut, self.backwards[right[p]])
                self.forward = self.forwards[left[p]]
                for start in range(cut):
                    if self.forward[start] + self.ahead[start] > budget:
                        continue
                    self.look(first[p], start, total, budget)
                    for i in range(self.words.found.size()):
                        edge = self.words.found[i]
                        if edge.end > cut and self.forward[start] + edge.rank + self.between[edge.end] <= budget:
                            edge.chunk = <int32_t>p
                            edge.extra += false_blank
                            kept.push_back(edge)
        return records(kept)

    cdef void look_over(self, int row, int total, int cut, const vector[float]& backward) noexcept nogil:
        """As :meth:`look_ahead`, for words that end behind ``cut``, where ``backward`` says what is left."""
        cdef int j, k
        cdef float least
        self.ahead.assign(total + 1, INFINITE)
        self.between.assign(total + 1, INFINITE)
        for j in range(total, -1, -1):
            least = backward[j - cut] if j > cut else INFINITE
            self.between[j] = least
            for k in range(1, min(total - j, <int>MAX_OBSERVED) + 1):
                least = min(least, self.least[self.strings[row + j, k]] + self.ahead[j + k])
            self.ahead[j] = least
