# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
# distutils: language = c++
"""The one search: a beam over the positions of the text, hypotheses keyed by the language model's state.

Forwards it finds the best reading; backwards, over the arcs that it kept, the posterior of every edge
(forward-backward at a temperature).
"""

import numpy as np

from cython.operator cimport dereference
from libc.math cimport exp, log
from libc.stdint cimport int32_t, int64_t, uint64_t
from libcpp.algorithm cimport partial_sort
from libcpp.unordered_map cimport unordered_map
from libcpp.vector cimport vector

from restore.language._ngram cimport Ngram, State

cdef double NEVER = -1e30


cdef struct Node:
    State state
    int32_t previous  # the token before last, for the document's own n-grams
    int32_t last
    float score
    int32_t arc  # the arc of the best way here, -1 at the start
    double alpha
    double beta
    int32_t position


cdef struct Arc:
    int32_t source
    int32_t target
    int32_t edge
    float score


cdef struct Ranked:
    float score
    int32_t node


cdef bint by_score(const Ranked& a, const Ranked& b) noexcept nogil:
    return a.score > b.score


cdef double log_add(double a, double b) noexcept nogil:
    if a < b:
        a, b = b, a
    return a if b <= NEVER else a + log(1.0 + exp(b - a))


cdef uint64_t key_of(const State* state) noexcept nogil:
    # The longest n-gram the model knows decides what it says next.
    cdef uint64_t key
    if state.last4 >= 0:
        key = (<uint64_t>4 << 40) | <uint64_t>state.last4
    elif state.last3 >= 0:
        key = (<uint64_t>3 << 40) | <uint64_t>state.last3
    elif state.last2 >= 0:
        key = (<uint64_t>2 << 40) | <uint64_t>state.last2
    else:
        key = (<uint64_t>1 << 40) | <uint64_t>(state.last1 + 1)
    return key


cdef class DocumentCounts:
    """The document's own n-grams, weighted by their posteriors: a small interpolated trigram model of what it repeats.

    Args:
        tokens, weight: the tokens of the text in order, and their posteriors.
        own: how much of an occurrence is taken from every count: what the place that asks says for itself.
    """

    cdef unordered_map[uint64_t, float] pairs, triples, pair_totals, single_totals
    cdef float own

    def __init__(self, const int32_t[::1] tokens, const float[::1] weight, float own):
        cdef Py_ssize_t i
        cdef uint64_t a, b, c
        self.own = own
        for i in range(2, tokens.shape[0]):
            a, b, c = <uint64_t>tokens[i - 2], <uint64_t>tokens[i - 1], <uint64_t>tokens[i]
            self.pairs[(b << 20) | c] += weight[i]
            self.single_totals[b] += weight[i]
            self.triples[(a << 40) | (b << 20) | c] += weight[i]
            self.pair_totals[(a << 20) | b] += weight[i]

    cdef float beyond_own(self, unordered_map[uint64_t, float]& counts, uint64_t key) noexcept nogil:
        """How often something was seen, less what the place in question says for itself; negative where it never was."""
        cdef unordered_map[uint64_t, float].iterator found = counts.find(key)
        cdef float count
        if found == counts.end():
            return -1.0
        count = dereference(found).second - self.own
        return count if count > 0.0 else 0.0

    cdef float probability(self, int32_t previous, int32_t last, int token, float background) noexcept nogil:
        """P(token | previous, last) in this document: each order discounted by how often its context was seen."""
        cdef uint64_t a = <uint64_t>previous, b = <uint64_t>last, c = <uint64_t>token
        cdef float p = background, seen = self.beyond_own(self.single_totals, b), count
        if seen < 0.0:
            return p
        count = self.beyond_own(self.pairs, (b << 20) | c)
        p = ((count if count > 0.0 else 0.0) + 2.0 * p) / (seen + 2.0)
        seen = self.beyond_own(self.pair_totals, (a << 20) | b)
        if seen < 0.0:
            return p
        count = self.beyond_own(self.triples, (a << 40) | (b << 20) | c)
        return ((count if count > 0.0 else 0.0) + p) / (seen + 1.0)


    def mixed_logp(self, int previous, int last, int token, float logp, float share):
        """log of the model's and the document's probability of a token, mixed as in :func:`search`, for Python."""
        cdef float p = self.probability(previous, last, token, exp(logp))
        return log((1.0 - share) * exp(logp) + share * p)


def search(Ngram model, const int32_t[::1] begin, const int32_t[::1] end, const int32_t[::1] token, const float[::1] cost,
           const unsigned char[::1] restart, const float[::1] restart_cost, int length, *, float alpha, int width, float window,
           float temperature, DocumentCounts document=None, float document_weight=0.0):
    """The best path through a lattice, and the posterior of every edge.

    Args:
        begin, end, token, cost: the edges, sorted by begin; a token below 0 leaves the model's state as it is.
        restart: by position (length + 1), whether a sentence may begin there; restart_cost: at what cost.
        length: last position.
        alpha: weight of the language model.
        width, window: hypotheses kept a position, and how far (nats) behind the best.
        temperature: flattens scores for the posteriors, 1 is none.
        document, document_weight: the document's own n-grams and their share.

    Returns:
        (edge numbers of the best path, score, posterior of every edge as float32)

    Raises:
        ValueError: no path leads through the lattice.
    """
    cdef vector[Node] nodes
    cdef vector[Arc] arcs
    cdef vector[vector[int32_t]] waiting
    cdef vector[unordered_map[uint64_t, int32_t]] index
    cdef vector[float] best
    cdef vector[Ranked] ranked
    cdef vector[size_t] first_arc, last_arc
    cdef vector[int32_t] expanded
    cdef Node node, fresh
    cdef Arc arc
    cdef Ranked entry
    cdef State state
    cdef int64_t edges = begin.shape[0], e, first
    cdef int32_t position, target, i, kept, number
    cdef float score, logp, p
    cdef uint64_t key
    cdef unordered_map[uint64_t, int32_t].iterator place
    cdef double value
    waiting.resize(length + 1)
    index.resize(length + 1)
    best = vector[float](length + 1, <float>NEVER)
    node.state = model.start()
    node.previous, node.last = 0, 0
    node.score, node.arc, node.alpha, node.beta, node.position = 0.0, -1, 0.0, NEVER, 0
    nodes.push_back(node)
    waiting[0].push_back(0)
    best[0] = 0.0
    e = 0
    with nogil:
        for position in range(length + 1):
            while e < edges and begin[e] < position:
                e += 1
            first = e
            if waiting[position].empty():
                continue
            if restart[position]:
                # the best hypothesis may also begin a sentence here
                number = waiting[position][0]
                for i in waiting[position]:
                    if nodes[i].score > nodes[number].score:
                        number = i
                fresh = nodes[number]
                fresh.state = model.start()
                fresh.score -= restart_cost[position]
                fresh.alpha -= restart_cost[position] * temperature
                key = key_of(&fresh.state)
                place = index[position].find(key)
                if place == index[position].end():
                    arc.source, arc.target, arc.edge, arc.score = number, <int32_t>nodes.size(), -1, -restart_cost[position]
                    fresh.arc = <int32_t>arcs.size()
                    fresh.beta = NEVER
                    expanded.push_back(number)
                    first_arc.push_back(arcs.size())
                    arcs.push_back(arc)
                    last_arc.push_back(arcs.size())
                    waiting[position].push_back(<int32_t>nodes.size())
                    nodes.push_back(fresh)
            ranked.clear()
            for i in waiting[position]:
                if nodes[i].score > best[position] - window:
                    entry.score, entry.node = nodes[i].score, i
                    ranked.push_back(entry)
            kept = min(<int32_t>ranked.size(), width)
            partial_sort(ranked.begin(), ranked.begin() + kept, ranked.end(), &by_score)
            index[position].clear()
            for i in range(kept):
                number = ranked[i].node
                expanded.push_back(number)
                first_arc.push_back(arcs.size())
                node = nodes[number]
                e = first
                while e < edges and begin[e] == position:
                    target = end[e]
                    score = -cost[e]
                    if node.score + score > best[target] - window:
                        if token[e] >= 0:
                            logp = model.score(&node.state, token[e], &state)
                            if document is not None:
                                p = document.probability(node.previous, node.last, token[e], exp(logp))
                                logp = log((1.0 - document_weight) * exp(logp) + document_weight * p)
                            score += alpha * logp
                            fresh.previous, fresh.last = node.last, token[e]
                        else:
                            state = node.state
                            fresh.previous, fresh.last = node.previous, node.last
                        if node.score + score > best[target] - window:
                            key = key_of(&state)
                            arc.source, arc.edge, arc.score = number, <int32_t>e, score
                            value = node.alpha + temperature * score
                            place = index[target].find(key)
                            if place == index[target].end():
                                fresh.state, fresh.score, fresh.arc = state, node.score + score, <int32_t>arcs.size()
                                fresh.alpha, fresh.beta, fresh.position = value, NEVER, target
                                arc.target = <int32_t>nodes.size()
                                index[target][key] = arc.target
                                waiting[target].push_back(arc.target)
                                nodes.push_back(fresh)
                            else:
                                arc.target = dereference(place).second
                                nodes[arc.target].alpha = log_add(nodes[arc.target].alpha, value)
                                if node.score + score > nodes[arc.target].score:
                                    nodes[arc.target].score = node.score + score
                                    nodes[arc.target].arc = <int32_t>arcs.size()
                                    nodes[arc.target].previous, nodes[arc.target].last = fresh.previous, fresh.last
                            arcs.push_back(arc)
                            if node.score + score > best[target]:
                                best[target] = node.score + score
                    e += 1
                last_arc.push_back(arcs.size())
            e = first
    if waiting[length].empty():
        raise ValueError("no path leads through the lattice")
    return _read_back(nodes, arcs, waiting[length], expanded, first_arc, last_arc, edges, temperature)


cdef tuple _read_back(vector[Node]& nodes, vector[Arc]& arcs, vector[int32_t]& finals, vector[int32_t]& expanded,
                      vector[size_t]& first_arc, vector[size_t]& last_arc, int64_t edges, float temperature):
    """Best path and posteriors from what the forward pass kept."""
    cdef int32_t number = finals[0], i
    cdef size_t a
    cdef int64_t k
    cdef double total = NEVER, value
    for i in finals:
        nodes[i].beta = 0.0
        total = log_add(total, nodes[i].alpha)
        if nodes[i].score > nodes[number].score:
            number = i
    best_score = nodes[number].score
    path = []
    while nodes[number].arc >= 0:
        a = nodes[number].arc
        if arcs[a].edge >= 0:
            path.append(arcs[a].edge)
        number = arcs[a].source
    path.reverse()
    posterior = np.zeros(edges, np.float32)
    cdef float[::1] out = posterior
    cdef Arc* arc
    with nogil:
        for k in range(<int64_t>expanded.size() - 1, -1, -1):
            number = expanded[k]
            for a in range(first_arc[k], last_arc[k]):
                arc = &arcs[a]
                if nodes[arc.target].beta <= NEVER:
                    continue
                value = temperature * arc.score + nodes[arc.target].beta
                nodes[number].beta = log_add(nodes[number].beta, value)
                if arc.edge >= 0:
                    out[arc.edge] += <float>exp(nodes[number].alpha + value - total)
    return path, best_score, posterior
