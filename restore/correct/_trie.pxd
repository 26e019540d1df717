from libc.stdint cimport int32_t
from libcpp.vector cimport vector

cdef struct Node:
    int32_t first_child
    int32_t sibling
    int32_t grapheme
    int32_t word
    float best

cdef class Trie:
    cdef vector[Node] nodes
    cdef vector[float] prior
    cdef vector[char] capital_only
    cdef vector[vector[int32_t]] letters  # of each word
    cdef readonly int half

    cdef void arrange(self, const vector[Node]& nodes) noexcept nogil
    cdef void spell(self, int node, vector[int32_t]& path) noexcept nogil
