"""The only place where channel and language model meet: ``sum channel_logp + alpha * lm_logp``, one search, EM on top.

A document is decoded, its likeliest words are aligned with what was observed, the channel is counted anew, and the
document is decoded again (hard cases get their evidence from the easy ones).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from restore.correct import candidates, proposals
from restore.correct._candidates import Finder, align, within
from restore.correct._search import DocumentCounts, search
from restore.correct.candidates import BLANK, COPY, PROTECTED, TRANSPARENT, Edges
from restore.correct.weights import DEFAULT, Weights
from restore.language import channel, vietnamese
from restore.language._ngram import Ngram
from restore.language.channel import HALF, Family, Floats, Ints, Observations
from restore.language.ngram import NUMBER, default_model

CHUNK_RE = re.compile(r"\S+")
MERGE_LENGTH = 9  # characters of two chunks that may be one word: the longest syllable and two of damage
MERGE_PART = 3  # the shorter of them: blanks fall into words behind the first letters or before the last ones


@cache
def language_model() -> Ngram:
    """The syllable model, one a process, its arrays shared by all processes."""
    model = default_model()
    return Ngram(model.arrays, model.order)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of characters without blanks, and where it stands."""

    start: int
    text: str
    protected: bool = False

    @property
    def end(self) -> int:
        """One past the last character."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Lattice:
    """All readings of a text: edges sorted by start, and where sentences may begin at what cost."""

    edges: Edges
    restart: np.ndarray[tuple[int], np.dtype[np.uint8]]
    restart_cost: Floats
    length: int


@dataclass(frozen=True, slots=True)
class Decoding:
    """The best path through a lattice, and how sure each edge is."""

    lattice: Lattice
    path: tuple[int, ...]
    posterior: Floats
    logp: float


def chunks_of(text: str, protected: Sequence[tuple[int, int]] = ()) -> tuple[Chunk, ...]:
    """The chunks of a text; a protected span is a chunk of its own, and parts what it is glued to.

    >>> [chunk.text for chunk in chunks_of("Kiin An, (12/KH-UBND)", [(10, 20)])]
    ['Kiin', 'An,', '(', '12/KH-UBND', ')']
    """
    chunks: list[Chunk] = []
    position = 0
    for start, end in (*sorted(protected), (len(text), len(text))):
        start = max(start, position)
        if end < start:
            continue
        chunks += (
            Chunk(match.start() + position, match[0]) for match in CHUNK_RE.finditer(text[position:start])
        )
        if end > start:
            chunks.append(Chunk(start, text[start:end], protected=True))
        position = end
    return tuple(chunks)


class Decoder:
    """Decodes one document under channels that get better with every pass.

    Args:
        text: NFC.
        family: the table of the kind of engine, None for the generic channel alone.
        weights: all weights.
        frozen: by character, whether it is healthy and stays as it stands; empty for none.
        protected: spans that stay as they stand whatever is around them: codes, addresses, broken numbers.
    """

    def __init__(
        self,
        text: str,
        family: Family | None,
        weights: Weights = DEFAULT,
        frozen: Sequence[bool] = (),
        protected: Sequence[tuple[int, int]] = (),
    ) -> None:
        self.text, self.weights = text, weights
        self.chunks = chunks_of(text, protected)
        self.frozen = tuple(chunk.protected or bool(frozen and frozen[chunk.start]) for chunk in self.chunks)
        self._base = weights.base
        self._merges = self._mergeable()
        joined = [a.text + b.text for a, b in self._merges]
        phrases = proposals.phrase_proposals(text) if weights.phrases else ()
        self._proposed = [p for p in phrases if not self._meets_frozen(p.start, p.end)]
        spans = [self._observed(p.start, p.end) for p in self._proposed]
        self.observations = Observations([*(chunk.text for chunk in self.chunks), *joined, *spans])
        self.before = channel.prior(self.observations, channel.accent_rate(text), family)
        self.table = self.before
        self.counts: Floats = np.zeros_like(self.before)
        self._costs: dict[tuple[int, str], float] = {}  # of proposals, under the channel as it is
        self._literal: dict[str, Edges] = {}
        self._document: DocumentCounts | None = None

    def run(self) -> Decoding:
        """All passes; the last decoding."""
        decoding = self.decode()
        for _ in range(self.weights.passes - 1):
            self.learn(decoding)
            if self.weights.shortlists:
                self.propose(decoding)
            decoding = self.decode()
        return decoding

    def decode(self) -> Decoding:
        """One search under the channel as it is now."""
        lattice = self.lattice()
        edges, weights = lattice.edges, self.weights
        path, logp, posterior = search(
            language_model(), edges.start, edges.end, edges.token, edges.cost, lattice.restart, lattice.restart_cost,
            lattice.length, alpha=weights.alpha, width=weights.beam_width, window=weights.window,
            temperature=weights.temperature, document=self._document, document_weight=weights.document_share,
        )  # fmt: skip
        return Decoding(lattice, tuple(path), posterior, logp)

    def learn(self, decoding: Decoding) -> None:
        """Count what the letters of the likely words became, and what the document repeats."""
        edges, posterior = decoding.lattice.edges, decoding.posterior
        likely = np.flatnonzero((posterior > self.weights.count_floor) & (edges.word >= 0))
        weight: dict[tuple[int, str], float] = {}
        for edge in likely.tolist():
            observed = self._observed(int(edges.start[edge]), int(edges.end[edge]))
            key = (int(edges.word[edge]), observed)
            weight[key] = weight.get(key, 0.0) + float(posterior[edge])
        cost = channel.cost(self.table)
        self.counts = np.zeros_like(self.before)
        for (word, observed), share in weight.items():
            graphemes, strings = self.align(word, observed, cost)
            np.add.at(self.counts, (graphemes, np.array(strings, np.int32)), share)
        self.table = channel.adapt(self.before, self.counts)
        self._costs.clear()
        self._base = self.weights.base_later
        self._merges = [pair for pair in self._merges if self._was_merged(pair, decoding)]
        self._document = self._own_ngrams(decoding)

    def propose(self, decoding: Decoding) -> None:
        """Shortlists for the words of the best path that nothing could read."""
        edges = decoding.lattice.edges
        known = {(p.start, p.end) for p in self._proposed}
        for edge in decoding.path:
            start, end = int(edges.start[edge]), int(edges.end[edge])
            unread = edges.word[edge] == COPY and end - start > 1 and (start, end) not in known
            if (
                unread
                and not self.is_frozen(start)
                and self.text[start:end].lower() not in candidates.words().known
            ):
                self._proposed += proposals.word_proposals(self.text, start, end)

    def align(self, word: int, observed: str, cost: Floats) -> tuple[Ints, list[int]]:
        """A word's graphemes in their likeliest case, and the number of the string that each became."""
        strings = self.observations.of(observed)
        small = candidates.words().graphemes[word]
        title = small.copy()
        title[0] += HALF
        shapes = [(small + HALF, self.weights.all_caps)]
        if not candidates.words().capital_only[word]:
            shapes += [(small, 0.0), (title, self.weights.title)]
        aligned = [(shape, align(shape, strings, cost), extra) for shape, extra in shapes]
        graphemes, (_, observed_as), _ = min(aligned, key=lambda one: one[1][0] + one[2])
        return graphemes, observed_as

    def printed_cases(self) -> dict[tuple[int, int], str]:
        """By start and word, the case of the words that fixed phrases proposed; the first phrase's where several did."""
        return {(p.start, p.word): p.case for p in reversed(self._proposed) if p.case}

    def cost_of(self, graphemes: Ints, strings: Ints, cost: Floats) -> float:
        """Cost of the likeliest alignment of graphemes with what was observed (nats)."""
        return float(align(graphemes, strings, cost)[0])

    def lattice(self) -> Lattice:
        """The edges of all chunks, the blanks between them, and the words that a false blank may have cut."""
        weights = self.weights
        finder = Finder(
            candidates.words().trie, channel.cost(self.table), prior_weight=weights.prior_weight, base=self._base,
            slope=weights.slope, keep=weights.keep, title_cost=weights.title, all_caps_cost=weights.all_caps,
        )  # fmt: skip
        found: dict[str, Edges] = {}
        merged = {a.start: b for a, b in self._merges}
        joined: dict[tuple[str, str], Edges] = {}
        parts = []
        for index, (chunk, frozen) in enumerate(zip(self.chunks, self.frozen, strict=True)):
            if chunk.protected:
                edges = self._protected_edge(chunk)
            elif frozen:
                edges = _as_it_stands(self._literal_edges(chunk.text))
            elif chunk.text in found:
                edges = found[chunk.text]
            else:
                edges = found[chunk.text] = self._chunk_edges(chunk.text, finder)
            here = [edges.shifted(chunk.start)]
            other = merged.get(chunk.start)
            if other is not None:
                key = (chunk.text, other.text)
                if key not in joined:
                    joined[key] = self._merged_edges(*key, finder)
                here.append(_place_merged(joined[key], chunk, other))
            after = self.chunks[index + 1].start if index + 1 < len(self.chunks) else len(self.text)
            if after > chunk.end:
                here.append(Edges.of([(chunk.end, after, TRANSPARENT, BLANK, 0.0)]))
            part = Edges.join(here)
            parts.append(part.by_start())
        if self.chunks and self.chunks[0].start > 0:
            parts.insert(0, Edges.of([(0, self.chunks[0].start, TRANSPARENT, BLANK, 0.0)]))
        edges = Edges.join(parts) if parts else Edges.of([])
        if self._proposed:
            edges = Edges.join([edges, self._proposed_edges()]).cheapest()
        restart, restart_cost = self._restarts()
        return Lattice(edges, restart, restart_cost, len(self.text) if self.chunks else 0)

    def _protected_edge(self, chunk: Chunk) -> Edges:
        token = candidates.words().token_number[NUMBER]
        return Edges.of([(0, len(chunk.text), token, PROTECTED, self.weights.protected)])

    def _literal_edges(self, chunk: str) -> Edges:
        if chunk not in self._literal:
            edges = candidates.literal_edges(chunk, self.weights)
            self._literal[chunk] = edges.by_start()
        return self._literal[chunk]

    def _chunk_edges(self, chunk: str, finder: Finder) -> Edges:
        literal = self._literal_edges(chunk)
        edges = Edges.join([literal, candidates.word_edges(chunk, finder, self.observations, self.weights)])
        edges = edges.by_start()
        rank = edges.cost - self.weights.prior_weight * candidates.token_logp()[edges.token]
        return edges.select(within(edges.start, edges.end, rank, len(chunk), self.weights.chunk_slack))

    def _merged_edges(self, left: str, right: str, finder: Finder) -> Edges:
        edges = candidates.word_edges(left + right, finder, self.observations, self.weights)
        over = edges.select((edges.start < len(left)) & (edges.end > len(left)))
        return Edges(
            over.start, over.end, over.token, over.word, over.cost + np.float32(self.weights.false_blank)
        )

    def _proposed_edges(self) -> Edges:
        """Proposals at the channel's cost; a phrase that fits as a whole vouches for the worst read of its words."""
        cost = channel.cost(self.table)
        rows = []
        for p in self._proposed:
            observed = self._observed(p.start, p.end)
            total = self._word_cost(p.word, observed, cost)
            if p.phrase:
                total = min(total, self.weights.phrase_base + self.weights.phrase_letter * len(observed))
            rows.append((p.start, p.end, int(candidates.words().token[p.word]), p.word, total))
        return Edges.of(rows)

    def _word_cost(self, word: int, observed: str, cost: Floats) -> float:
        key = (word, observed)
        if key not in self._costs:
            graphemes, _ = self.align(word, observed, cost)
            self._costs[key] = self.cost_of(graphemes, self.observations.of(observed), cost)
        return self._costs[key]

    def is_frozen(self, place: int) -> bool:
        """Whether the chunk at a place stays as it stands."""
        index = bisect_right(self.chunks, place, key=lambda chunk: chunk.start) - 1
        return index >= 0 and self.frozen[index]

    def _meets_frozen(self, start: int, end: int) -> bool:
        """Whether any chunk between two places stays as it stands."""
        first = bisect_right(self.chunks, start, key=lambda chunk: chunk.start) - 1
        last = bisect_left(self.chunks, end, key=lambda chunk: chunk.start)
        return any(self.frozen[max(first, 0) : last])

    def _mergeable(self) -> list[tuple[Chunk, Chunk]]:
        """Neighbours on one line that may be one word: short, and one of them no syllable even without its marks."""
        pairs = []
        for index in range(len(self.chunks) - 1):
            a, b = self.chunks[index], self.chunks[index + 1]
            near = b.start == a.end + 1 and self.text[a.end] == " "
            short = len(a.text) + len(b.text) <= MERGE_LENGTH and min(len(a.text), len(b.text)) <= MERGE_PART
            whole = _bare_syllable(a.text) and _bare_syllable(b.text)
            if near and short and not whole and not (self.frozen[index] or self.frozen[index + 1]):
                pairs.append((a, b))
        return pairs

    def _was_merged(self, pair: tuple[Chunk, Chunk], decoding: Decoding) -> bool:
        """Whether any word over the blank of a pair had a posterior worth another look."""
        edges, blank = decoding.lattice.edges, pair[0].end
        begin, stop = np.searchsorted(edges.start, [pair[0].start, blank])
        over = (edges.end[begin:stop] > blank + 1) & (
            decoding.posterior[begin:stop] > self.weights.merge_floor
        )
        return bool(over.any())

    def _restarts(self) -> tuple[np.ndarray[tuple[int], np.dtype[np.uint8]], Floats]:
        restart = np.zeros(len(self.text) + 1, np.uint8)
        costs = np.zeros(len(self.text) + 1, np.float32)
        for before, chunk in zip((None, *self.chunks), self.chunks, strict=False):
            between = self.text[before.end if before else 0 : chunk.start]
            if before is not None and "\n" not in between:
                continue
            restart[chunk.start] = 1
            stopped = before is None or between.count("\n") > 1 or before.text[-1] in ".;:!?"
            costs[chunk.start] = self.weights.restart_after_stop if stopped else self.weights.restart
        return restart, costs

    def _observed(self, start: int, end: int) -> str:
        return self.text[start:end].replace(" ", "")

    def _own_ngrams(self, decoding: Decoding) -> DocumentCounts:
        edges = decoding.lattice.edges
        path = [edge for edge in decoding.path if edges.token[edge] >= 0]
        tokens = np.concatenate([[0, 0], edges.token[path]]).astype(np.int32)
        weight = np.concatenate([[0, 0], decoding.posterior[path]]).astype(np.float32)
        return DocumentCounts(tokens, weight)


def _place_merged(edges: Edges, left: Chunk, right: Chunk) -> Edges:
    """Edges of two joined chunks, at their place in the text: ends lie behind the blank."""
    return Edges(
        edges.start + np.int32(left.start),
        edges.end + np.int32(right.start - len(left.text)),
        edges.token,
        edges.word,
        edges.cost,
    )


def _as_it_stands(literal: Edges) -> Edges:
    """Healthy text has one reading: itself, at no cost."""
    return Edges(literal.start, literal.end, literal.token, literal.word, literal.cost * np.float32(0.01))


@cache
def _bare_syllables() -> frozenset[str]:
    return frozenset(vietnamese.strip_marks(text) for text in candidates.words().text)


def _bare_syllable(text: str) -> bool:
    return text.lower().strip(",.;:-\"'()") in _bare_syllables()
