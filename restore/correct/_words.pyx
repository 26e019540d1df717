# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
# distutils: language = c++
"""Words that could have been written where a run of characters was observed: depth-first over a trie of graphemes.

A dynamic-programming row over end positions goes along: ``row[j]`` is the least cost (-log P, nats) of having observed
the first j characters after the graphemes so far, each of which became 0 to 3 observed characters. A branch is left as soon as
no path through the run with it can come near the best one: what the rest of the run costs at least is known beforehand
(an admissible bound, as in A*).
"""

from libc.stdint cimport int32_t
from libc.string cimport memcpy
from libcpp.algorithm cimport sort
from libcpp.vector cimport vector

from restore.correct._trie cimport Node, Trie

cdef enum:
    WINDOW = 64  # characters of a long run whose costs are laid out at once

cdef float INFINITE = 1e9


cdef bint by_span(const Found& a, const Found& b) noexcept nogil:
    if a.end != b.end:
        return a.end < b.end
    return a.rank < b.rank if a.rank != b.rank else a.word < b.word


cdef class WordSearch:
    """Words from one place of a run on, under one channel.

    Args:
        trie: the lexicon.
        cost: float32 [strings, graphemes], -log P(string | grapheme).
        prior_weight: how much the word's log prior counts in pruning.
        base, slope: a branch is left where ``cost - prior_weight * best prior below`` exceeds ``base + slope * characters``.
        keep: words kept a span.
        title_cost: cost of a capital first letter, all_caps_cost: of a word all in capitals.
    """

    def __init__(self, Trie trie, const float[:, ::1] cost, *, float prior_weight, float base, float slope, int keep,
                 float title_cost, float all_caps_cost):
        cdef int depth, j
        self.trie, self.cost, self.graphemes = trie, cost, <int>cost.shape[1]
        self.prior_weight, self.base, self.slope, self.keep = prior_weight, base, slope, keep
        self.title_cost, self.all_caps_cost = title_cost, all_caps_cost
        for depth in range(MAX_DEPTH + 1):
            for j in range(PAD + WIDTH):
                self.rows[depth].lower.cost[j] = self.rows[depth].upper.cost[j] = INFINITE
        self.rows[0].lower.cost[PAD] = 0.0

    cdef void watch(self, const int32_t[:, ::1] strings) noexcept:
        """Look at these runs from now on."""
        self.strings, self.table_row = strings, -1

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

    cdef void lay_out(self, int row, int start, int total, const vector[float]& ahead) noexcept nogil:
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
                step = ahead[start + place + k] - ahead[start + place]
                for grapheme in range(graphemes):
                    value = costs[grapheme] + step
                    regret[grapheme] = value if value < regret[grapheme] else regret[grapheme]
                for grapheme in range(graphemes):
                    self.table[(grapheme * MAX_OBSERVED + k - 1) * count + PAD + place] = costs[grapheme]

    cdef void look(self, int row, int start, int total, float budget, const vector[float]& ahead,
                   const vector[float]& between) noexcept nogil:
        """All words that begin at one place of a run, the best of every span; to ``found``, by their end.

        ``budget`` is what may still be spent from there on; ``ahead`` and ``between`` are what the rest of the run costs at least,
        inside a word and between readings.
        """
        cdef int j, rank = 0
        cdef size_t i, kept = 0
        self.start = start
        self.length = min(total - start, <int>MAX_SPAN)
        self.blocks = self.length // 4 + 1
        if row != self.table_row or start < self.table_start or start + self.length > self.table_stop:
            self.lay_out(row, start, total, ahead)
        for j in range(WIDTH):
            self.limit[j] = -INFINITE
        for j in range(self.length + 1):
            self.room[j] = budget - ahead[start + j]
            self.limit[j] = min(self.base + self.slope * j, self.room[j])
            self.ending[j] = min(self.limit[j], budget - between[start + j])
        self.found.clear()
        self.descend(0, 0)
        sort(self.found.begin(), self.found.end(), &by_span)
        for i in range(self.found.size()):
            rank = rank + 1 if i and self.found[i].end == self.found[i - 1].end else 0
            if rank < self.keep:
                self.found[kept] = self.found[i]
                kept += 1
        self.found.resize(kept)
