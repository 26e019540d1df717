# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Scores of the syllable model, straight from the memory-mapped file (format: restore.language.ngram)."""

import numpy as np

from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t

cdef enum:
    ORDER = 5
    BLOCK = 32


cdef class Ngram:
    """The model behind ``score(state, token) -> (logp, state)``; it holds no state of its own.

    Args:
        arrays: the arrays of a model file, by name.
        order: the file's order, 5.
    """

    def __init__(self, dict arrays, int order):
        cdef int n
        if order != ORDER:
            raise ValueError(f"the model is of order {order}, the program reads order {ORDER}")
        self._arrays = arrays
        self.vocabulary = len(arrays["logp_1"])
        cdef const uint8_t[::1] small
        cdef const uint16_t[::1] medium
        cdef const uint32_t[::1] large
        cdef const float[::1] real
        for n in range(1, ORDER + 1):
            small = arrays[f"logp_{n}"]
            self.logp[n] = &small[0]
            self.size[n] = <int32_t>small.shape[0]
            real = arrays[f"logp_codes_{n}"]
            self.logp_codes[n] = &real[0]
            if n > 1:
                medium = arrays[f"token_{n}"]
                self.token[n] = &medium[0]
            if n == ORDER:
                continue
            small = arrays[f"backoff_{n}"]
            self.backoff[n] = &small[0]
            real = arrays[f"backoff_codes_{n}"]
            self.backoff_codes[n] = &real[0]
            if n == 1:
                large = arrays["begin_1"]
                self.begin1 = &large[0]
            else:
                large = arrays[f"base_{n}"]
                self.base[n] = &large[0]
                medium = arrays[f"begin_{n}"]
                self.begin[n] = &medium[0]

    cdef State start(self) noexcept nogil:
        cdef State state
        state.last1 = 0  # the token <s> is number 0
        state.last2 = -1
        state.last3 = -1
        state.last4 = -1
        return state

    cdef int32_t child(self, int level, int32_t node, int token) noexcept nogil:
        """The child of a node of ``level`` that carries the token, as a node of ``level + 1``; -1 where there is none."""
        cdef int32_t low, high, half, length
        if level == 1:
            low = <int32_t>self.begin1[node]
            high = <int32_t>self.begin1[node + 1]
        else:
            low = <int32_t>(self.base[level][node // BLOCK] + self.begin[level][node])
            high = <int32_t>(self.base[level][(node + 1) // BLOCK] + self.begin[level][node + 1])
        if low == high:
            return -1
        cdef const uint16_t* tokens = self.token[level + 1]
        length = high - low
        while length > 1:  # no branch that the processor could guess wrong
            half = length >> 1
            low += half if tokens[low + half - 1] < token else 0
            length -= half
        return low if tokens[low] == token else -1

    cdef float score(self, const State* state, int token, State* next_state) noexcept nogil:
        """log p(token | state); writes the state after it.

        A model that holds an n-gram holds its last n - 1 tokens too: where those are missing, the search for it is spared.
        """
        cdef int32_t node2 = -1, node3 = -1, node4 = -1, node5 = -1
        cdef float penalty = 0.0
        if state.last1 >= 0:
            node2 = self.child(1, state.last1, token)
        if node2 >= 0 and state.last2 >= 0:
            node3 = self.child(2, state.last2, token)
        if node3 >= 0 and state.last3 >= 0:
            node4 = self.child(3, state.last3, token)
        if node4 >= 0 and state.last4 >= 0:
            node5 = self.child(4, state.last4, token)
        next_state.last1 = token
        # Back-off code 0 says that nothing follows: such a context is none, and hypotheses that differ there alone are one.
        next_state.last2 = node2 if node2 >= 0 and self.backoff[2][node2] else -1
        next_state.last3 = node3 if node3 >= 0 and self.backoff[3][node3] else -1
        next_state.last4 = node4 if node4 >= 0 and self.backoff[4][node4] else -1
        if node5 >= 0:
            return self.logp_codes[5][self.logp[5][node5]]
        if state.last4 >= 0:
            penalty += self.backoff_codes[4][self.backoff[4][state.last4]]
        if node4 >= 0:
            return penalty + self.logp_codes[4][self.logp[4][node4]]
        if state.last3 >= 0:
            penalty += self.backoff_codes[3][self.backoff[3][state.last3]]
        if node3 >= 0:
            return penalty + self.logp_codes[3][self.logp[3][node3]]
        if state.last2 >= 0:
            penalty += self.backoff_codes[2][self.backoff[2][state.last2]]
        if node2 >= 0:
            return penalty + self.logp_codes[2][self.logp[2][node2]]
        if state.last1 >= 0:
            penalty += self.backoff_codes[1][self.backoff[1][state.last1]]
        return penalty + self.logp_codes[1][self.logp[1][token]]

    def score_token(self, tuple state, int token):
        """``score((last1, .., last4), token) -> (logp, state)``, the same for Python."""
        cdef State before, after
        before.last1, before.last2, before.last3, before.last4 = state
        cdef float logp = self.score(&before, token, &after)
        return logp, (after.last1, after.last2, after.last3, after.last4)

    def sequence_logp(self, tokens):
        """log p of each token of a sequence that begins a paragraph, as a float32 array."""
        cdef State state = self.start(), following
        cdef Py_ssize_t i
        result = np.empty(len(tokens), np.float32)
        cdef float[::1] out = result
        for i in range(len(tokens)):
            out[i] = self.score(&state, tokens[i], &following)
            state = following
        return result

    def bigram(self, int first, int second):
        """The node of a bigram on level 2, -1 where the model has none."""
        return self.child(1, first, second)
