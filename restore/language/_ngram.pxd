from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t

cdef struct State:
    # Nodes of the model's trie for the last one, two and three tokens; -1 where the model has no such n-gram.
    int32_t last1
    int32_t last2
    int32_t last3

cdef class Ngram:
    cdef object _arrays  # keeps the mapped file alive
    cdef readonly int vocabulary
    cdef const uint16_t* token[5]
    cdef const uint8_t* logp[5]
    cdef const uint8_t* backoff[5]
    cdef const float* logp_codes[5]
    cdef const float* backoff_codes[5]
    cdef const uint32_t* begin1
    cdef const uint32_t* base[5]
    cdef const uint16_t* begin[5]
    cdef int32_t size[5]

    cdef State start(self) noexcept nogil
    cdef int32_t child(self, int level, int32_t node, int token) noexcept nogil
    cdef float score(self, const State* state, int token, State* next_state) noexcept nogil
