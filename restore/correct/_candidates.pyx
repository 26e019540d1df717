# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
# distutils: language = c++
"""Words that could have been written where a run of characters was observed: depth-first over a trie of graphemes.

A dynamic-programming row over end positions goes along: ``row[j]`` is the least cost (-log P, nats) of having observed
the first j characters after the graphemes so far, each of which became 0 to 3 observed characters. A branch is left as soon as
no path through the chunk with it can come near the best one: what the rest of the chunk costs at least is known beforehand
(an admissible bound, as in A*).
"""

import numpy as np

from libc.stdint cimport int32_t
from libc.string cimport memcpy
from libcpp.algorithm cimport sort
from libcpp.vector cimport vector

from restore.correct._trie cimport Node, Trie

cdef enum:
    MAX_SPAN = 14  # observed characters of one word; the longest syllables have 7 letters, each may become two
    MAX_DEPTH = 16
    MAX_OBSERVED = 3
    PAD = 3  # entries before the first one, so that no look back needs a question
    WIDTH = 16  # entries of a row: MAX_SPAN + 1 and one to make blocks of 4, which a processor adds at once
    WINDOW = 64  # characters of a long chunk whose costs are laid out at once

cdef float INFINITE = 1e9
cdef float FIRST_MARGIN = 4.0  # nats above the least possible cost that a first look for the best reading goes
cdef float ROUNDING = 1e-3

cdef struct Found:
    int32_t chunk
    int32_t start
    int32_t end
    int32_t word  # ~n for the n-th reading as it stands
    float cost  # of the channel alone
    float extra  # of blanks
    float rank  # channel, blanks and prior together: what the shortlist is made by


# The records that :meth:`Finder.read` returns.
FOUND = np.dtype([("chunk", "i4"), ("start", "i4"), ("end", "i4"), ("word", "i4"), ("cost", "f4"), ("extra", "f4"), ("rank", "f4")])


UNKNOWN = INFINITE  # what a path may cost that nobody has looked for


cdef bint by_span(const Found& a, const Found& b) noexcept nogil:
    if a.end != b.end:
        return a.end < b.end
    return a.rank < b.rank if a.rank != b.rank else a.word < b.word


cdef object records(vector[Found]& found):
    result = np.empty(found.size(), FOUND)
    cdef unsigned char[::1] out = result.view(np.uint8)
    if found.size():
        memcpy(&out[0], &found[0], found.size() * sizeof(Found))
    return result

cdef struct Row:
    float cost[PAD + WIDTH]  # entry j at PAD + j; infinite where nothing below the bound was found, and in the padding


cdef struct Rows:
    Row lower  # small letters, the first one small or a capital
    Row upper  # capitals throughout
    bint lower_alive, upper_alive

cdef struct Spare:
    int size
    int place[WIDTH]
    float nats[WIDTH]


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
    cdef const float[:, ::1] cost
    cdef const int32_t[:, ::1] strings
    cdef const float[::1] blank
    cdef float prior_weight, base, slope, title_cost, all_caps_cost, glued_capitals
    cdef int keep
    cdef vector[float] least  # by string, what it costs at least, whatever letter it was
    cdef float least_prior  # what the commonest word costs for not being commoner
    # of the chunk that is being read
    cdef Rows rows[MAX_DEPTH + 1]
    cdef float limit[WIDTH]  # of what may go on from each entry
    cdef float ending[WIDTH]  # of what may end there
    cdef float room[WIDTH]  # of what the whole path may cost
    cdef vector[float] table  # by grapheme, string length and place, what the string that begins there costs
    cdef vector[float] regret  # by place and grapheme, what it costs more than the cheapest way on
    cdef int graphemes
    cdef int table_row, table_start, table_stop, stride
    cdef vector[float] forward, ahead, between
    cdef int start, length, blocks
    cdef vector[Found] found, edges
    # of all chunks
    cdef vector[float] bests
    cdef vector[vector[float]] forwards, backwards

    def __init__(self, Trie trie, const float[:, ::1] cost, *, float prior_weight, float base, float slope, int keep,
                 float title_cost, float all_caps_cost, float glued_capitals):
        cdef int depth, j
        self.trie, self.cost = trie, cost
        self.prior_weight, self.base, self.slope, self.keep = prior_weight, base, slope, keep
        self.title_cost, self.all_caps_cost, self.glued_capitals = title_cost, all_caps_cost, glued_capitals
        self.least = np.min(cost, axis=1)
        self.least_prior = -prior_weight * max(trie.prior)
        self.table_row, self.graphemes = -1, <int>cost.shape[1]
        for depth in range(MAX_DEPTH + 1):
            for j in range(PAD + WIDTH):
                self.rows[depth].lower.cost[j] = self.rows[depth].upper.cost[j] = INFINITE
        self.rows[0].lower.cost[PAD] = 0.0

    cdef bint extend(self, const Row* row, int grapheme, float extra, float bound, Row* out) noexcept nogil:
        """One grapheme more: entries beyond ``bound`` are dropped at once. Whether any is left."""
        cdef int block, j
        cdef float fresh[4]
        cdef float best, value, least = INFINITE
        cdef float vanished = self.cost[0, grapheme]
        cdef const float* before = &row.cost[PAD]
        cdef const float* limit = self.limit
        cdef const float* one = &self.table[grapheme * MAX_OBSERVED * self.stride + PAD + self.start - self.table_start]
        cdef const float* two = one + self.stride
        cdef const float* three = two + self.stride
        for block in range(self.blocks):
            for j in range(4):
                best = before[j] + vanished
                value = before[j - 1] + one[j - 1]
                best = value if value < best else best
                value = before[j - 2] + two[j - 2]
                best = value if value < best else best
                value = before[j - 3] + three[j - 3]
                best = value if value < best else best
                best += extra
                best = best if best < bound + limit[j] else INFINITE
                least = best if best < least else least
                fresh[j] = best
            memcpy(&out.cost[PAD + 4 * block], fresh, sizeof(fresh))
            before, limit, one, two, three = before + 4, limit + 4, one + 4, two + 4, three + 4
        return least < INFINITE

    cdef void spare(self, const Row* row, Spare* left) noexcept nogil:
        """What each living entry of a row may still spend beyond the least that the rest of the chunk costs."""
        cdef int j
        left.size = 0
        for j in range(self.length + 1):
            if row.cost[PAD + j] < INFINITE:
                left.place[left.size] = (self.start - self.table_start + j) * self.graphemes
                left.nats[left.size] = self.room[j] - row.cost[PAD + j]
                left.size += 1

    cdef bint affordable(self, const Spare* left, int grapheme, float bound) noexcept nogil:
        """Whether a grapheme can follow from any living entry; most cannot, and this is cheaper to see than to extend."""
        cdef int i
        for i in range(left.size):
            if self.regret[left.place[i] + grapheme] < bound + left.nats[i]:
                return True
        return False

    cdef void descend(self, int node, int depth) noexcept nogil:
        cdef int number = self.trie.nodes[node].first_child
        cdef int j, half = self.trie.half
        cdef float bound, value, a, b
        cdef Rows* here = &self.rows[depth]
        cdef Rows* below = &self.rows[depth + 1]
        cdef const Node* child
        cdef Spare lower, upper
        cdef Found hit
        lower.size = upper.size = 0
        if depth == 0 or here.lower_alive:
            self.spare(&here.lower, &lower)
        if depth > 0 and here.upper_alive:
            self.spare(&here.upper, &upper)
        while number >= 0:
            child = &self.trie.nodes[number]
            bound = self.prior_weight * child.best
            if depth == 0:
                # the first letter: small, or a capital at a cost; a word all in capitals goes on beside it
                below.lower_alive = below.upper_alive = False
                if (self.affordable(&lower, child.grapheme, bound)
                        or self.affordable(&lower, child.grapheme + half, bound - self.title_cost)):
                    below.lower_alive = self.extend(&here.lower, child.grapheme, 0.0, bound, &below.lower)
                    below.upper_alive = self.extend(&here.lower, child.grapheme + half, self.title_cost, bound, &below.upper)
                if below.upper_alive:
                    below.lower_alive = True
                    for j in range(PAD, PAD + 4 * self.blocks):
                        a, b = below.lower.cost[j], below.upper.cost[j]
                        below.lower.cost[j] = a if a < b else b
                        below.upper.cost[j] = b + (self.all_caps_cost - self.title_cost)
            else:
                below.lower_alive = (self.affordable(&lower, child.grapheme, bound)
                                     and self.extend(&here.lower, child.grapheme, 0.0, bound, &below.lower))
                below.upper_alive = (self.affordable(&upper, child.grapheme + half, bound)
                                     and self.extend(&here.upper, child.grapheme + half, 0.0, bound, &below.upper))
            if below.lower_alive or below.upper_alive:
                if child.word >= 0:
                    for j in range(1, self.length + 1):
                        a = below.lower.cost[PAD + j] if below.lower_alive else INFINITE
                        b = below.upper.cost[PAD + j] if below.upper_alive else INFINITE
                        value = b if self.trie.capital_only[child.word] or b < a else a
                        hit.rank = value - self.prior_weight * self.trie.prior[child.word]
                        if hit.rank < self.ending[j]:
                            hit.start, hit.end, hit.word, hit.cost = self.start, self.start + j, child.word, value
                            self.found.push_back(hit)
                if depth + 1 < MAX_DEPTH:
                    self.descend(number, depth + 1)
            number = child.sibling

    cdef void lay_out(self, int row, int start, int total) noexcept nogil:
        """Bring together what every grapheme costs over the next characters of a chunk: the search asks many times."""
        cdef int count = min(total - start, <int>WINDOW), graphemes = self.graphemes
        cdef int place, k, grapheme
        cdef float step, value
        cdef const float* costs
        cdef float* regret
        self.table_row, self.table_start, self.table_stop = row, start, start + count
        self.stride = count  # what lies beyond a string's end is another string's, but the row is infinite there
        self.table.resize(PAD + graphemes * MAX_OBSERVED * count + WIDTH)
        self.regret.resize((count + 1) * graphemes)
        for place in range(count + 1):
            regret = &self.regret[place * graphemes]
            memcpy(regret, &self.cost[0, 0], graphemes * sizeof(float))
            for k in range(1, min(count - place, <int>MAX_OBSERVED) + 1):
                costs = &self.cost[self.strings[row + start + place, k], 0]
                step = self.ahead[start + place + k] - self.ahead[start + place]
                for grapheme in range(graphemes):
                    value = costs[grapheme] + step
                    regret[grapheme] = value if value < regret[grapheme] else regret[grapheme]
                for grapheme in range(graphemes):
                    self.table[(grapheme * MAX_OBSERVED + k - 1) * count + PAD + place] = costs[grapheme]

    cdef void look(self, int row, int start, int total, float budget) noexcept nogil:
        """All words that begin at one place of a chunk and may lie on a path of at most ``budget``; to ``found``, by their end."""
        cdef int j, k
        cdef float spent = self.forward[start] + self.blank[row + start], factor
        cdef size_t i, kept
        self.start = start
        self.length = min(total - start, <int>MAX_SPAN)
        self.blocks = self.length // 4 + 1
        if row != self.table_row or start < self.table_start or start + self.length > self.table_stop:
            self.lay_out(row, start, total)
        for j in range(WIDTH):
            self.limit[j] = -INFINITE
        for j in range(self.length + 1):
            self.limit[j] = min(self.base + self.slope * j, budget - spent - self.ahead[start + j])
            self.room[j] = budget - spent - self.ahead[start + j]
            self.ending[j] = min(self.limit[j], budget - spent - self.between[start + j])
        self.found.clear()
        self.descend(0, 0)
        sort(self.found.begin(), self.found.end(), &by_span)
        kept = 0
        k = 0
        for i in range(self.found.size()):
            k = k + 1 if i and self.found[i].end == self.found[i - 1].end else 0
            if k >= self.keep:
                continue
            factor = self.glued_capitals if self.trie.capital_only[self.found[i].word] else 1.0
            self.found[kept] = self.found[i]
            self.found[kept].extra = factor * self.blank[row + start]
            self.found[kept].rank += self.found[kept].extra
            kept += 1
        self.found.resize(kept)

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
            for i in range(self.found.size()):
                self.take(self.found[i])

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
             const int32_t[::1] size, const int32_t[::1] literal_first, const int32_t[::1] literal_size, float slack,
             const float[::1] expected):
        """Candidates of many chunks.

        Args:
            strings: int32 [rows, 4], number of the string of k characters that begins at each character.
            blank: float32 [rows], cost of a blank that the damage took away before each character.
            literals: :data:`FOUND`, readings as they stand, by start; each chunk has a path of them.
            first, size: int32 [chunks], where each chunk begins in ``strings``, and its characters.
            literal_first, literal_size: int32 [chunks], the same for its readings in ``literals``.
            slack: edges are kept that lie on a path within so many nats of the chunk's best.
            expected: float32 [chunks], what the best path may cost, by an earlier channel, which saves a look of its own; UNKNOWN
                where there was none.

        Returns:
            :data:`FOUND`, by chunk and start; of every span the best ``keep``. ``word`` is ``~n`` for the n-th of ``literals``.
        """
        cdef const unsigned char[::1] raw = literals.view(np.uint8)
        cdef const Found* literal = <const Found*>&raw[0] if raw.shape[0] else NULL
        cdef vector[Found] kept
        cdef vector[float] backward
        cdef Py_ssize_t c, i
        cdef int total
        cdef float best, explored
        cdef Found edge
        self.strings, self.blank, self.table_row = strings, blank, -1
        self.bests.clear()
        self.forwards.clear()
        self.backwards.clear()
        with nogil:
            for c in range(first.shape[0]):
                total = size[c]
                best, explored = expected[c], -INFINITE
                if best < INFINITE:
                    explored = best
                    self.look_ahead(first[c], total, &literal[literal_first[c]], literal_size[c])
                    self.explore(first[c], total, &literal[literal_first[c]], literal_size[c], explored + slack)
                    best = self.forward[total]
                if best > explored + slack:
                    best = self.best_reading(first[c], total, &literal[literal_first[c]], literal_size[c])
                if best > explored:
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

    def best(self):
        """The rank of the best path of every chunk that was last read, float32 [chunks]."""
        return np.array(self.bests, np.float32)

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
        self.strings, self.blank, self.table_row = strings, blank, -1
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
                    for i in range(self.found.size()):
                        edge = self.found[i]
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
