from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t

cdef struct State:
    # Nodes of the model's trie for the last one to four tokens; -1 where no n-gram of the model goes on from them.
    int32_t last1
    int32_t last2
    int32_t last3
    int32_t last4

cdef class Ngram:
    cdef object _arrays  # keeps the mapped file alive
    cdef readonly int vocabulary
    cdef const uint16_t* token[6]
    cdef const uint8_t* logp[6]
    cdef const uint8_t* backoff[6]
    cdef const float* logp_codes[6]
    cdef const float* backoff_codes[6]
    cdef const uint32_t* begin1
    cdef const uint32_t* base[6]
    cdef const uint16_t* begin[6]
    cdef int32_t size[6]

    cdef State start(self) noexcept nogil
    cdef int32_t child(self, int level, int32_t node, int token) noexcept nogil
    cdef float score(self, const State* state, int token, State* next_state) noexcept nogil
