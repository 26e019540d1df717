from libc.stdint cimport int32_t
from libcpp.vector cimport vector

from restore.correct._trie cimport Trie

cdef enum:
    MAX_SPAN = 14  # observed characters of one word; the longest syllables have 7 letters, each may become two
    MAX_DEPTH = 16
    MAX_OBSERVED = 3
    PAD = 3  # entries before the first one, so that no look back needs a question
    WIDTH = 16  # entries of a row: MAX_SPAN + 1 and one to make blocks of 4, which a processor adds at once

cdef struct Found:
    int32_t chunk
    int32_t start
    int32_t end
    int32_t word  # ~n for the n-th reading as it stands
    float cost  # of the channel alone
    float extra  # of blanks
    float rank  # channel, blanks and prior together: what the shortlist is made by

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

cdef class WordSearch:
    cdef Trie trie
    cdef const float[:, ::1] cost
    cdef const int32_t[:, ::1] strings
    cdef float prior_weight, base, slope, title_cost, all_caps_cost
    cdef int keep
    cdef Rows rows[MAX_DEPTH + 1]
    cdef float limit[WIDTH]  # of what may go on from each entry
    cdef float ending[WIDTH]  # of what may end there
    cdef float room[WIDTH]  # of what the whole path may cost
    cdef vector[float] table  # by grapheme, string length and place, what the string that begins there costs
    cdef vector[float] regret  # by place and grapheme, what it costs more than the cheapest way on
    cdef int graphemes, table_row, table_start, table_stop, stride
    cdef int start, length, blocks
    cdef vector[Found] found  # of the last look, by end

    cdef void watch(self, const int32_t[:, ::1] strings) noexcept
    cdef void look(self, int row, int start, int total, float budget, const vector[float]& ahead,
                   const vector[float]& between) noexcept nogil
    cdef bint extend(self, const Row* row, int grapheme, float extra, float bound, Row* out) noexcept nogil
    cdef void spare(self, const Row* row, Spare* left) noexcept nogil
    cdef bint affordable(self, const Spare* left, int grapheme, float bound) noexcept nogil
    cdef void descend(self, int node, int depth) noexcept nogil
    cdef void lay_out(self, int row, int start, int total, const vector[float]& ahead) noexcept nogil
