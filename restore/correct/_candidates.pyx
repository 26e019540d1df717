# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
# distutils: language = c++
"""Words that could have been written where a run of characters was observed: depth-first over a trie of graphemes.

A dynamic-programming row over end positions goes along: ``row[j]`` is the least cost (-log P, nats) of having observed
the first j characters after the graphemes so far, each of which became 0 to 3 observed characters.
"""

import numpy as np

from libc.stdint cimport int32_t
from libcpp.algorithm cimport nth_element, sort
from libcpp.vector cimport vector

cdef enum:
    MAX_SPAN = 14  # observed characters of one word; the longest syllables have 7 letters, each may become two
    MAX_DEPTH = 16
    MAX_OBSERVED = 3

cdef float INFINITE = 1e9


cdef struct Found:
    int32_t start
    int32_t end
    int32_t word
    float cost  # of the channel alone
    float rank  # channel and prior together: what the shortlist is made by


cdef bint by_rank(const Found& a, const Found& b) noexcept nogil:
    return a.rank < b.rank


cdef class Trie:
    """The lexicon as a trie of grapheme numbers, with the best log prior below every node.

    Args:
        first_child, sibling, grapheme, word: int32 arrays, one entry a node; -1 for none. Node 0 is the root. Graphemes are the
            lower-case ones ``0 .. half-1``; the capital of g is ``g + half``.
        best: float32, the best word log prior at or below the node.
        prior: float32, the log prior of each word.
        capital_only: uint8, whether the word is only ever written in capitals (an abbreviation).
    """

    cdef int32_t[::1] first_child, sibling, grapheme, word
    cdef float[::1] best, prior
    cdef const unsigned char[::1] capital_only
    cdef public int half

    def __init__(self, first_child, sibling, grapheme, word, best, prior, capital_only, int half):
        self.first_child, self.sibling, self.grapheme, self.word = first_child, sibling, grapheme, word
        self.best, self.prior, self.capital_only, self.half = best, prior, capital_only, half


cdef struct Row:
    int low  # the first and the last entry below the bound; what lies outside is infinite and not written
    int high
    float cost[MAX_SPAN + 1]


cdef struct Rows:
    Row lower  # small letters, the first one small or a capital
    Row upper  # capitals throughout


cdef class Finder:
    """Candidates of a chunk under one channel.

    Args:
        trie: the lexicon.
        cost: float32 [graphemes, strings], -log P(string | grapheme).
        prior_weight: how much the word's log prior counts in pruning.
        base, slope: a branch is left where ``cost - prior_weight * best prior below`` exceeds ``base + slope * characters``.
        keep: candidates kept a span.
        title_cost: cost of a capital first letter, all_caps_cost: of a word all in capitals.
    """

    cdef Trie trie
    cdef float[:, ::1] cost
    cdef float prior_weight, base, slope, title_cost, all_caps_cost
    cdef int keep
    cdef Rows rows[MAX_DEPTH + 1]
    cdef const int32_t[:, ::1] strings
    cdef int start, length
    cdef vector[Found] found

    def __init__(self, Trie trie, float[:, ::1] cost, *, float prior_weight, float base, float slope, int keep,
                 float title_cost, float all_caps_cost):
        self.trie, self.cost = trie, cost
        self.prior_weight, self.base, self.slope, self.keep = prior_weight, base, slope, keep
        self.title_cost, self.all_caps_cost = title_cost, all_caps_cost

    cdef void extend(self, const Row* row, int grapheme, float extra, float bound, Row* out) noexcept nogil:
        """One grapheme more: entries beyond ``bound`` are dropped at once, so a row is a narrow band."""
        cdef int j, k, string
        cdef int low = row.low, high = min(row.high + MAX_OBSERVED, self.length)
        cdef float best, value
        cdef const float* costs = &self.cost[grapheme, 0]
        out.low, out.high = self.length + 1, -1
        for j in range(low, high + 1):
            best = row.cost[j] + costs[0] if j <= row.high else INFINITE
            for k in range(1, MAX_OBSERVED + 1):
                if j - k < low:
                    break
                if j - k > row.high or row.cost[j - k] >= INFINITE:
                    continue
                string = self.strings[self.start + j - k, k]
                value = row.cost[j - k] + costs[string]
                if value < best:
                    best = value
            best += extra
            if best < bound + self.slope * j:
                out.cost[j] = best
                if j < out.low:
                    out.low = j
                out.high = j
            else:
                out.cost[j] = INFINITE

    cdef void descend(self, int node, int depth) noexcept nogil:
        cdef int child = self.trie.first_child[node]
        cdef int j, word, grapheme, low, high
        cdef float bound, value, a, b
        cdef Rows* here = &self.rows[depth]
        cdef Rows* below = &self.rows[depth + 1]
        cdef bint alive
        cdef Found hit
        while child >= 0:
            grapheme = self.trie.grapheme[child]
            bound = self.base + self.prior_weight * self.trie.best[child]
            if depth == 0:
                # the first letter: small, or a capital at a cost; a word all in capitals goes on beside it
                self.extend(&here.lower, grapheme, 0.0, bound, &below.lower)
                self.extend(&here.lower, grapheme + self.trie.half, self.title_cost, bound, &below.upper)
                self.either(&below.lower, &below.upper)
                for j in range(below.upper.low, below.upper.high + 1):
                    below.upper.cost[j] += self.all_caps_cost - self.title_cost
            else:
                self.extend(&here.lower, grapheme, 0.0, bound, &below.lower)
                self.extend(&here.upper, grapheme + self.trie.half, 0.0, bound, &below.upper)
            alive = False
            word = self.trie.word[child]
            low, high = min(below.lower.low, below.upper.low), max(below.lower.high, below.upper.high)
            for j in range(low, high + 1):
                a = below.lower.cost[j] if below.lower.low <= j <= below.lower.high else INFINITE
                b = below.upper.cost[j] if below.upper.low <= j <= below.upper.high else INFINITE
                value = a if a < b else b
                if value < bound + self.slope * j:
                    alive = True
                    if word >= 0 and j > 0:
                        if self.trie.capital_only[word]:
                            value = b
                        hit.rank = value - self.prior_weight * self.trie.prior[word]
                        if hit.rank < self.base + self.slope * j:
                            hit.start, hit.end, hit.word, hit.cost = self.start, self.start + j, word, value
                            self.found.push_back(hit)
            if alive and depth + 1 < MAX_DEPTH:
                self.descend(child, depth + 1)
            child = self.trie.sibling[child]

    cdef void either(self, Row* row, const Row* other) noexcept nogil:
        """Take the cheaper entry of two rows."""
        cdef int j
        if other.high < 0:
            return
        if row.high < 0:
            row[0] = other[0]
            return
        for j in range(other.low, other.high + 1):
            if j < row.low or j > row.high:
                row.cost[j] = other.cost[j]
            elif other.cost[j] < row.cost[j]:
                row.cost[j] = other.cost[j]
        for j in range(min(row.high, other.high) + 1, max(row.low, other.low)):
            row.cost[j] = INFINITE
        row.low, row.high = min(row.low, other.low), max(row.high, other.high)

    def find(self, const int32_t[:, ::1] strings, float split_cost, float slack):
        """Candidates of one chunk.

        Args:
            strings: int32 [characters, 4], number of the string of k characters that begins at each character.
            split_cost: cost of a blank that the damage took away; starts inside the chunk that cannot come within ``slack``
                nats of reading the chunk in the best way found so far are skipped.

        Returns:
            (start, end, word, cost) arrays: int32, int32, int32, float32; the best ``keep`` of every span.
        """
        cdef int total = <int>strings.shape[0]
        cdef int j, s, e
        cdef vector[float] reach = vector[float](total + 1, INFINITE)
        cdef vector[vector[Found]] spans
        cdef vector[Found] kept
        cdef size_t i
        self.strings = strings
        reach[0] = 0.0
        for s in range(total):
            if reach[s] >= INFINITE or reach[s] > reach[total] + slack:
                continue
            self.start = s
            self.length = min(total - s, <int>MAX_SPAN)
            self.found.clear()
            self.rows[0].lower.low = self.rows[0].lower.high = 0
            self.rows[0].lower.cost[0] = 0.0
            self.rows[0].upper = self.rows[0].lower
            with nogil:
                self.descend(0, 0)
            spans.clear()
            spans.resize(self.length + 1)
            for i in range(self.found.size()):
                spans[self.found[i].end - s].push_back(self.found[i])
            for e in range(1, self.length + 1):
                if spans[e].empty():
                    continue
                if <int>spans[e].size() > self.keep:
                    nth_element(spans[e].begin(), spans[e].begin() + self.keep, spans[e].end(), &by_rank)
                    spans[e].resize(self.keep)
                sort(spans[e].begin(), spans[e].end(), &by_rank)
                if reach[s] + spans[e][0].rank + split_cost < reach[s + e]:
                    reach[s + e] = reach[s] + spans[e][0].rank + split_cost
                kept.insert(kept.end(), spans[e].begin(), spans[e].end())
            # a mark or a digit may stand between words: whatever follows it can begin a word
            if reach[s] + 3.0 < reach[s + 1]:
                reach[s + 1] = reach[s] + 3.0
        return _arrays(kept)


cdef tuple _arrays(vector[Found]& kept):
    cdef Py_ssize_t i, n = kept.size()
    starts, ends = np.empty(n, np.int32), np.empty(n, np.int32)
    words, costs = np.empty(n, np.int32), np.empty(n, np.float32)
    cdef int32_t[::1] a = starts, b = ends, c = words
    cdef float[::1] d = costs
    for i in range(n):
        a[i], b[i], c[i], d[i] = kept[i].start, kept[i].end, kept[i].word, kept[i].cost
    return starts, ends, words, costs


def align(const int32_t[::1] graphemes, const int32_t[:, ::1] strings, const float[:, ::1] cost):
    """The likeliest alignment of a word with what was observed.

    Args:
        graphemes: the word's graphemes, case and all.
        strings: as for :meth:`Finder.find`, of exactly the observed characters.
        cost: -log P(string | grapheme).

    Returns:
        (total cost, list of string numbers, one a grapheme).
    """
    cdef int n = <int>graphemes.shape[0], m = <int>strings.shape[0]
    cdef int i, j, k, string
    cdef float value
    table = np.full((n + 1, m + 1), INFINITE, np.float32)
    back = np.zeros((n + 1, m + 1), np.int32)
    cdef float[:, ::1] best = table
    cdef int32_t[:, ::1] step = back
    best[0, 0] = 0.0
    for i in range(1, n + 1):
        for j in range(m + 1):
            for k in range(min(j, <int>MAX_OBSERVED) + 1):
                if best[i - 1, j - k] >= INFINITE:
                    continue
                string = 0 if k == 0 else strings[j - k, k]
                value = best[i - 1, j - k] + cost[graphemes[i - 1], string]
                if value < best[i, j]:
                    best[i, j] = value
                    step[i, j] = k
    observed = [0] * n
    j = m
    for i in range(n, 0, -1):
        k = step[i, j]
        observed[i - 1] = 0 if k == 0 else strings[j - k, k]
        j -= k
    return best[n, m], observed


def within(const int32_t[::1] start, const int32_t[::1] end, const float[::1] rank, int length, float slack):
    """Which edges of a chunk lie on a path whose rank is within ``slack`` nats of the best path's (forward-backward).

    Args:
        start, end: edges sorted by start.
        rank: cost with the prior in it.
        length: of the chunk.

    Returns:
        A mask, bool [edges].
    """
    cdef vector[float] forward = vector[float](length + 1, INFINITE)
    cdef vector[float] backward = vector[float](length + 1, INFINITE)
    cdef Py_ssize_t i, n = start.shape[0]
    cdef float value
    forward[0] = 0.0
    backward[length] = 0.0
    for i in range(n):
        value = forward[start[i]] + rank[i]
        if value < forward[end[i]]:
            forward[end[i]] = value
    for i in range(n - 1, -1, -1):
        value = backward[end[i]] + rank[i]
        if value < backward[start[i]]:
            backward[start[i]] = value
    mask = np.zeros(n, np.bool_)
    cdef unsigned char[::1] out = mask.view(np.uint8)
    for i in range(n):
        out[i] = forward[start[i]] + rank[i] + backward[end[i]] <= forward[length] + slack
    return mask
