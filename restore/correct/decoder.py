"""The only place where channel and language model meet: ``sum channel_logp + alpha * lm_logp``, one search, EM on top.

A document is decoded, its likeliest words are aligned with what was observed, the channel is counted anew, and the
document is decoded again (hard cases get their evidence from the easy ones).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from restore.correct import candidates, proposals
from restore.correct._alignment import Aligner, align
from restore.correct._search import DocumentCounts, search
from restore.correct.candidates import BLANK, COPY, PROTECTED, TRANSPARENT, Edges
from restore.correct.chunks import Chunk, chunks_of
from restore.correct.lattice import Lattice, Readings, aligner_of, finder_of, literals_under
from restore.correct.names import place_names
from restore.correct.proposals import Proposal
from restore.correct.weights import DEFAULT, Weights
from restore.language import channel, families, vietnamese
from restore.language._ngram import Ngram
from restore.language.channel import Floats, Ints, Observations
from restore.language.families import Family
from restore.language.ngram import NUMBER, UNKNOWN, default_model

MERGE_LENGTH = 9  # characters of two chunks that may be one word: the longest syllable and two of damage
MERGE_PART = 3  # the shorter of them: blanks fall into words behind the first letters or before the last ones


@cache
def language_model() -> Ngram:
    """The syllable model, one a process, its arrays shared by all processes."""
    model = default_model()
    return Ngram(model.arrays, model.order)


@dataclass(frozen=True, slots=True)
class Decoding:
    """The best path through a lattice, and how sure each edge is."""

    lattice: Lattice
    path: tuple[int, ...]
    posterior: Floats
    logp: float


class Decoder:
    """Decodes one document under channels that get better with every pass.

    Args:
        text: NFC.
        family: the table of the kind of engine; None for what all engines have in common.
        weights: all weights.
        frozen: by character, whether it is healthy and stays as it stands; empty for none.
        protected: spans that stay as they stand whatever is around them: codes, addresses, broken numbers.
        ruled: words that rules of the archive's dictionary speak for, see :mod:`restore.correct.rules`.
    """

    def __init__(
        self,
        text: str,
        family: Family | None,
        weights: Weights = DEFAULT,
        frozen: Sequence[bool] = (),
        protected: Sequence[tuple[int, int]] = (),
        ruled: Sequence[Proposal] = (),
    ) -> None:
        self.text, self.weights = text, weights
        self.chunks = chunks_of(text, protected)
        self.frozen = tuple(chunk.protected or bool(frozen and frozen[chunk.start]) for chunk in self.chunks)
        self._frozen_at = _by_character(self.chunks, self.frozen, len(text))
        pairs = self._mergeable()
        joined = [self.chunks[k].text + self.chunks[k + 1].text for k in pairs]
        phrases = proposals.phrase_proposals(text) if weights.phrases else ()
        found = [p for p in (*ruled, *phrases) if not self._meets_frozen(p.start, p.end)]
        self._proposed = [p for p in found if p.word >= 0]
        self._strange = [p for p in found if p.word < 0]
        self.written = {(p.start, p.end, p.word): p.text for p in found if p.text}
        spans = list(dict.fromkeys(self._observed(p.start, p.end) for p in self._proposed))
        self.observations = Observations([*(chunk.text for chunk in self.chunks), *joined, *spans])
        self._read = [k for k, frozen_ in enumerate(self.frozen) if not frozen_]
        index = {chunk: k for k, chunk in enumerate(self._read)}
        self.readings = Readings(
            [(self.chunks[k].start, self.chunks[k].text) for k in self._read],
            [index[k] for k in pairs],
            spans,
            self.observations,
            weights,
        )
        rows = self.readings.runs.first[len(self.readings.runs.first) - len(spans) :].tolist()
        self._span_row = dict(zip(spans, rows, strict=True))
        self._letters = np.concatenate([[0], np.cumsum([not c.isspace() for c in text])]).astype(np.int32)
        self._fixed = self._fixed_edges()
        self._base = weights.base
        self.before = families.prior(
            self.observations, channel.accent_rate(text), family, common=weights.common
        )
        self.table = self.before
        self._cost: Floats | None = None  # of the table as it is, once it was asked for
        self.counts: Floats = np.zeros((0, 0), np.float32)
        self._document = self._counts([], [])

    def run(self) -> Decoding:
        """All passes; the last decoding. Words are sought in the first and the last, those between weigh what was found."""
        passes = self.weights.passes
        decoding = self.decode(narrow=passes > 1)
        for number in range(1, passes):
            self.learn(decoding)
            if self.weights.shortlists:
                self.propose(decoding)
            between = number < passes - 1
            decoding = self.decode(narrow=between, previous=decoding if between else None)
        return decoding

    def decode(self, *, narrow: bool = False, previous: Decoding | None = None) -> Decoding:
        """One search under the channel as it is now.

        Args:
            narrow: whether a narrow beam will do: for counting it does, but its posteriors know few rivals.
            previous: a decoding whose likelier readings are all that is looked at.
        """
        lattice = self.lattice(previous)
        edges, weights = lattice.edges, self.weights
        width, window = (
            (weights.narrow_width, weights.narrow_window) if narrow else (weights.beam_width, weights.window)
        )
        path, logp, posterior = search(
            language_model(), edges.start, edges.end, edges.token, edges.cost, lattice.restart, lattice.restart_cost,
            lattice.length, alpha=weights.alpha, width=width, window=window,
            temperature=weights.temperature, document=self._document, document_weight=weights.document_share,
        )  # fmt: skip
        return Decoding(lattice, tuple(path), posterior, logp)

    def learn(self, decoding: Decoding) -> None:
        """Count what the letters of the likely words became, and what the document repeats."""
        edges, posterior = decoding.lattice.edges, decoding.posterior
        aligner = aligner_of(self._costs(), self.weights)
        likely = edges.select((posterior > self.weights.count_floor) & (edges.row >= 0))
        share = posterior[(posterior > self.weights.count_floor) & (edges.row >= 0)]
        strings = self.readings.runs.strings
        self.counts = aligner.count(strings, likely.word, likely.row, self._length(likely), share).T
        del aligner
        self._cost = (
            None  # freed before another table is made: of a long document each takes tens of megabytes
        )
        self.table = channel.adapt(self.before, self.counts)
        self._document = self._own_ngrams(decoding)
        self._base = self.weights.base_later

    def _costs(self) -> Floats:
        """-log P of the channel as it is, float32 [graphemes, strings]; by strings in memory, as the compiled search wants it."""
        if self._cost is None:
            self._cost = channel.cost(self.table.T).T
        return self._cost

    def _length(self, edges: Edges) -> Ints:
        """Characters that were observed, blanks not counted."""
        return self._letters[edges.end] - self._letters[edges.start]

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

    def printed_cases(self) -> dict[tuple[int, int], str]:
        """By start and word, the case of the words that fixed phrases proposed; the first phrase's where several did."""
        return {(p.start, p.word): p.case for p in reversed(self._proposed) if p.case}

    def proposed_by(self) -> dict[tuple[int, int, int], str]:
        """By start, end and word, who proposed it from outside the trie: a "phrase" or a "shortlist"."""
        found = {
            (p.start, p.end, p.word): "phrase" if p.phrase else "shortlist" for p in reversed(self._proposed)
        }
        return found | dict.fromkeys(self.written, "rule")

    def token_logp(
        self, state: tuple[int, ...], history: tuple[int, int], token: int
    ) -> tuple[float, tuple[int, ...]]:
        """Log P of a token as the search has it, model and document together, and the model's state behind it.

        Args:
            state: of the model.
            history: the last two tokens, for the document's own n-grams.
            token: the next.
        """
        logp, after = language_model().score_token(state, token)
        return self._document.mixed_logp(*history, token, logp, self.weights.document_share), after

    def cost_of(self, graphemes: Ints, strings: Ints, cost: Floats) -> float:
        """Cost of the likeliest alignment of graphemes with what was observed (nats)."""
        return float(align(graphemes, strings, cost)[0])

    def lattice(self, previous: Decoding | None = None) -> Lattice:
        """The edges of all chunks, the blanks between them, and the words that a false blank may have cut.

        With ``previous`` only those that were likely enough there.
        """
        cost = self._costs()
        if previous is None:
            finder = finder_of(cost, self._base, self.weights)
            edges = Edges.join([self.readings.read(finder), self._fixed])
        else:
            edges = self._again(previous, aligner_of(cost, self.weights))
        if self._proposed:
            edges = self._with_proposed(edges, aligner_of(cost, self.weights))
        restart, restart_cost = self._restarts()
        return Lattice(edges.by_start(), restart, restart_cost, len(self.text) if self.chunks else 0)

    def _again(self, previous: Decoding, aligner: Aligner) -> Edges:
        """What was likely enough in the pass before, at the cost of the channel as it is now."""
        possible = previous.posterior > self.weights.keep_floor
        possible[list(previous.path)] = True
        kept = previous.lattice.edges.select(possible)
        words_ = np.flatnonzero(kept.row >= 0)
        some = kept.select(words_)
        cost = kept.cost.copy()
        cost[words_] = (
            aligner.costs(self.readings.runs.strings, some.word, some.row, self._length(some)) + some.extra
        )
        return replace(kept, cost=cost)

    def _fixed_edges(self) -> Edges:
        """What no channel changes: protected spans, frozen chunks, the blanks between chunks."""
        token = candidates.words().token_number[NUMBER]
        literals = literals_under(self.weights)
        rows, parts, place = [], [], 0
        for chunk, frozen in zip(self.chunks, self.frozen, strict=True):
            if chunk.start > place:
                rows.append((place, chunk.start, TRANSPARENT, BLANK, 0.0))
            if chunk.protected:
                rows.append((chunk.start, chunk.end, token, PROTECTED, self.weights.protected))
            elif frozen:
                shift = np.int32(chunk.start)
                parts.append(_as_it_stands(literals(chunk.text)).moved(shift, shift))
            place = chunk.end
        if self.chunks and place < len(self.text):
            rows.append((place, len(self.text), TRANSPARENT, BLANK, 0.0))
        for p in self._strange:
            token = candidates.token_of(p.text)
            rows.append((p.start, p.end, token, p.word, -p.gain))
        return Edges.join([Edges.of(rows), *parts])

    def _with_proposed(self, edges: Edges, aligner: Aligner) -> Edges:
        """Proposals beside the edges; of one word on one span the cheaper remains."""
        proposed = self._proposed_edges(aligner)
        near = np.isin(edges.start, proposed.start)
        return Edges.join([edges.select(~near), Edges.join([edges.select(near), proposed]).cheapest()])

    def _proposed_edges(self, aligner: Aligner) -> Edges:
        """Proposals at the channel's cost; a phrase that fits as a whole vouches for the worst read of its words."""
        p = self._proposed
        start = np.array([one.start for one in p], np.int32)
        end = np.array([one.end for one in p], np.int32)
        word = np.array([one.word for one in p], np.int32)
        row = np.array([self._row(one.start, one.end) for one in p], np.int32)
        length = self._letters[end] - self._letters[start]
        cost = aligner.costs(self.readings.runs.strings, word, row, length)
        phrase = np.array([one.phrase for one in p])
        cap = np.where(phrase, self.weights.phrase_base + self.weights.phrase_letter * length, np.inf)
        cap = np.where([bool(one.text) for one in p], [-one.gain for one in p], cap)
        cost = np.minimum(cost, cap).astype(np.float32)
        return Edges(start, end, candidates.words().token[word], word, cost, row, np.zeros_like(cost))

    def _row(self, start: int, end: int) -> int:
        """Where in the table of runs stands what was observed in a span."""
        span: int | None = self._span_row.get(self._observed(start, end))
        if span is not None:
            return span
        place = int(np.searchsorted(self.readings.start, start, side="right")) - 1
        first = self.readings.runs.first[self.readings.which[place]]
        return int(first) + start - int(self.readings.start[place])

    def is_frozen(self, place: int) -> bool:
        """Whether the chunk at a place stays as it stands."""
        return self._frozen_at[place] == 1

    def _meets_frozen(self, start: int, end: int) -> bool:
        """Whether any chunk between two places stays as it stands."""
        return 1 in self._frozen_at[start:end]

    def _mergeable(self) -> list[int]:
        """Numbers of chunks that may be one word with the next one.

        On one line, short, and one of them no syllable even without its marks.
        """
        pairs = []
        for index in range(len(self.chunks) - 1):
            a, b = self.chunks[index], self.chunks[index + 1]
            near = b.start == a.end + 1 and self.text[a.end] == " "
            short = len(a.text) + len(b.text) <= MERGE_LENGTH and min(len(a.text), len(b.text)) <= MERGE_PART
            whole = _bare_syllable(a.text) and _bare_syllable(b.text)
            if near and short and not whole and not (self.frozen[index] or self.frozen[index + 1]):
                pairs.append(index)
        return pairs

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
        return self._counts(edges.token[path], decoding.posterior[path])

    def _counts(self, tokens: ArrayLike, weight: ArrayLike) -> DocumentCounts:
        """What the document said, with the names of places that it may say."""
        names, part = place_names()
        return DocumentCounts(
            np.concatenate([names, [0, 0], tokens]).astype(np.int32),
            np.concatenate([part * self.weights.place_name, [0, 0], weight]).astype(np.float32),
            self.weights.own_occurrence,
        )


def _by_character(chunks: Sequence[Chunk], frozen: Sequence[bool], length: int) -> bytes:
    """By character 1 where the chunk there, or the last one before, is frozen."""
    bounds = [0, *(chunk.start for chunk in chunks), length + 1]
    return b"".join(
        (b"\1" if one else b"\0") * (bounds[k + 1] - bounds[k]) for k, one in enumerate((False, *frozen))
    )


def _as_it_stands(literal: Edges) -> Edges:
    """Healthy text has one reading, itself, at no cost: its words, so that they are context for what is read beside them."""
    unknown = candidates.words().token_number[UNKNOWN]
    wordless = (literal.word == COPY) & ((literal.token == TRANSPARENT) | (literal.token == unknown))
    cost = np.where(wordless, literal.cost, literal.cost * np.float32(0.01))
    return replace(literal, cost=cost)


@cache
def _bare_syllables() -> frozenset[str]:
    return frozenset(vietnamese.strip_marks(text) for text in candidates.words().text)


def _bare_syllable(text: str) -> bool:
    return text.lower().strip(",.;:-\"'()") in _bare_syllables()
