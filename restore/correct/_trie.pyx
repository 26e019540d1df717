# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
# distutils: language = c++
"""The lexicon as a trie of graphemes."""

from libc.stdint cimport int32_t
from libcpp.vector cimport vector


cdef class Trie:
    """The lexicon as a trie of grapheme numbers, with the best log prior below every node.

    Args:
        first_child, sibling, grapheme, word: int32 arrays, one entry a node; -1 for none. Node 0 is the root. Graphemes are the
            lower-case ones ``0 .. half-1``; the capital of g is ``g + half``.
        best: float32, the best word log prior at or below the node.
        prior: float32, the log prior of each word.
        capital_only: uint8, whether the word is only ever written in capitals (an abbreviation).
    """

    def __init__(self, first_child, sibling, grapheme, word, best, prior, capital_only, int half):
        cdef Node node
        cdef vector[Node] nodes
        for node.first_child, node.sibling, node.grapheme, node.word, node.best in zip(
                first_child.tolist(), sibling.tolist(), grapheme.tolist(), word.tolist(), best.tolist()):
            nodes.push_back(node)
        self.arrange(nodes)
        self.prior, self.capital_only, self.half = prior.tolist(), capital_only.tolist(), half
        self.letters.resize(self.prior.size())
        cdef vector[int32_t] path
        self.spell(0, path)

    cdef void arrange(self, const vector[Node]& nodes) noexcept nogil:
        """Keep the nodes by levels, so that the children of one lie side by side in memory."""
        cdef size_t parent = 0
        cdef int child
        self.nodes.push_back(nodes[0])
        while parent < self.nodes.size():
            child = self.nodes[parent].first_child
            if child >= 0:
                self.nodes[parent].first_child = <int32_t>self.nodes.size()
            while child >= 0:
                self.nodes.push_back(nodes[child])
                child = nodes[child].sibling
                self.nodes.back().sibling = <int32_t>self.nodes.size() if child >= 0 else -1
            parent += 1

    cdef void spell(self, int node, vector[int32_t]& path) noexcept nogil:
        cdef int child = self.nodes[node].first_child
        while child >= 0:
            path.push_back(self.nodes[child].grapheme)
            if self.nodes[child].word >= 0:
                self.letters[self.nodes[child].word] = path
            self.spell(child, path)
            path.pop_back()
            child = self.nodes[child].sibling
