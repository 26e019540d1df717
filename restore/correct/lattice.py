"""All readings of a text as one lattice: what every distinct chunk could mean, put in each of its places.

A chunk is looked at once, however often it stands in the text, and all chunks in one call of the compiled search.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from restore.correct import candidates
from restore.correct._alignment import Aligner
from restore.correct._candidates import FOUND, Finder
from restore.correct.candidates import Edges
from restore.correct.weights import Weights
from restore.language.channel import MAX_OBSERVED, Floats, Ints, Observations
from restore.language.short_cache import short_cache


@dataclass(frozen=True, slots=True)
class Lattice:
    """All readings of a text: edges sorted by start, and where sentences may begin at what cost."""

    edges: Edges
    restart: np.ndarray[tuple[int], np.dtype[np.uint8]]
    restart_cost: Floats
    length: int


# Caches of what no channel changes: common chunks stand in every document. One a set of weights, as these are dear to hash.
_DISTINCT = 8192


@lru_cache(maxsize=4)
def literals_under(weights: Weights) -> Callable[[str], Edges]:
    """:func:`candidates.literal_edges` by start, under these weights."""
    return short_cache(_DISTINCT)(lambda chunk: candidates.literal_edges(chunk, weights).by_start())


@lru_cache(maxsize=4)
def _blanks_under(weights: Weights) -> Callable[[str], Floats]:
    return short_cache(_DISTINCT)(lambda run: candidates.blank_costs(run, weights))


@lru_cache(maxsize=4)
def _marks_under(weights: Weights) -> Callable[[str], Floats]:
    return short_cache(_DISTINCT)(lambda run: _mark_costs(run, weights))


def _mark_costs(run: str, weights: Weights) -> Floats:
    """By character, what a word pays that takes it for a part of its last letter though it ends the run or a sign follows."""
    costs = np.zeros(len(run), np.float32)
    for place, (character, after) in enumerate(zip(run, run[1:] + " ", strict=True)):
        if character in ".,;:" and place and not after.isalnum():
            costs[place] = weights.swallowed_mark
    return costs


class Runs:
    """Distinct runs of characters, numbered as they come, one below the other in one table.

    Attributes:
        texts: the runs.
        first, size: int32 [runs], the row of each one's first character, and its characters.
        strings: int32 [rows, 4], the number of the string of k characters that begins at each row; 0 beyond the run's end.
        blank: float32 [rows], what a blank that is missing before a row costs.
        mark: float32 [rows], what a word that ends with a row costs because it swallows a mark.
    """

    def __init__(self, texts: Iterable[str], observations: Observations, weights: Weights) -> None:
        self.texts = tuple(texts)
        self.size: Ints = np.array([len(text) for text in self.texts], np.int32)
        self.first: Ints = np.zeros(len(self.texts), np.int32)
        np.cumsum(self.size[:-1], out=self.first[1:])
        self.strings: Ints = np.zeros((int(self.size.sum()), MAX_OBSERVED + 1), np.int32)
        for length in range(1, MAX_OBSERVED + 1):
            self.strings[:, length] = _numbers(self.texts, observations.number, length)
        nothing = np.zeros(0, np.float32)
        self.blank: Floats = np.concatenate([nothing, *map(_blanks_under(weights), self.texts)])
        self.mark: Floats = np.concatenate([nothing, *map(_marks_under(weights), self.texts)])


def _numbers(texts: Iterable[str], number: Mapping[str, int], length: int) -> list[int]:
    """By character of all texts, the number of the string of that length that begins there, 0 beyond a text's end."""
    return [
        number[text[start : start + length]] if start + length <= len(text) else 0
        for text in texts
        for start in range(len(text))
    ]


class Literals:
    """Readings as they stand of all runs, in the finder's records."""

    def __init__(self, texts: Sequence[str], weights: Weights) -> None:
        parts = [*map(literals_under(weights), texts)]
        self.edges = Edges.join(parts) if parts else Edges.of([])
        self.size: Ints = np.array([len(part.start) for part in parts], np.int32)
        self.first: Ints = np.zeros(len(parts), np.int32)
        np.cumsum(self.size[:-1], out=self.first[1:])
        self.found = np.zeros(len(self.edges.start), FOUND)
        self.found["start"], self.found["end"] = self.edges.start, self.edges.end
        self.found["word"] = ~np.arange(len(self.edges.start), dtype=np.int32)
        self.found["cost"] = self.edges.cost
        logp = candidates.token_logp()[self.edges.token]
        self.found["rank"] = self.edges.cost - weights.prior_weight * logp


def edges_of(found: npt.NDArray[np.void], first: Ints, mark: Floats, literals: Edges) -> Edges:
    """The finder's records as edges, places counted from the chunk's beginning.

    Args:
        found: :data:`FOUND`.
        first: by the number of a chunk, its first row.
        mark: by row, what a word pays that ends with it.
        literals: what a word below 0 stands for.
    """
    is_word = found["word"] >= 0
    literal = np.where(is_word, 0, ~found["word"])
    number = np.where(is_word, found["word"], 0)
    token, word = candidates.words().token[number], found["word"].copy()
    row = first[found["chunk"]] + found["start"]
    extra = found["extra"] + np.where(
        is_word, mark[first[found["chunk"]] + found["end"] - 1], np.float32(0.0)
    )
    if not is_word.all():
        token = np.where(is_word, token, literals.token[literal])
        word = np.where(is_word, word, literals.word[literal])
        row = np.where(is_word, row, np.int32(-1))
    return Edges(
        found["start"].copy(), found["end"].copy(), token, word, found["cost"] + extra, row, extra
    )  # fmt: skip


def placed(edges: Edges, owner: Ints, which: Ints, start: Ints, end: Ints) -> Edges:
    """Edges of distinct chunks in every place where the chunks stand.

    Args:
        edges: sorted by owner, places counted from the chunk's beginning.
        owner: by edge, the number of its chunk.
        which: by place in the text, the number of the chunk that stands there.
        start: by place, what is added to the starts of the edges.
        end: by place, what is added to their ends.
    """
    low = np.searchsorted(owner, which, side="left")
    count = np.searchsorted(owner, which, side="right") - low
    before = np.cumsum(count) - count
    index = np.arange(int(count.sum())) + np.repeat(low - before, count)
    shift = (np.repeat(part, count).astype(np.int32) for part in (start, end))
    return edges.select(index).moved(*shift)


class Readings:
    """The chunks of a text that are to be read, and the pairs of neighbours that may be one word.

    Args:
        chunks: place and text of each chunk.
        pairs: numbers of chunks that may belong to the next one.
        spans: other runs that something is observed in.
        observations: holds all strings of the runs.
        weights: all weights.
    """

    def __init__(
        self,
        chunks: Sequence[tuple[int, str]],
        pairs: Sequence[int],
        spans: Sequence[str],
        observations: Observations,
        weights: Weights,
    ) -> None:
        texts = [text for _, text in chunks]
        number = {text: index for index, text in enumerate(dict.fromkeys(texts))}
        joined = dict.fromkeys((texts[index], texts[index + 1]) for index in pairs)
        self._weights = weights
        self.count = len(number)
        self.runs = Runs([*number, *(a + b for a, b in joined), *spans], observations, weights)
        self.start: Ints = np.array([start for start, _ in chunks], np.int32)
        self.which: Ints = np.array([number[text] for text in texts], np.int32)
        self._literals = Literals(tuple(number), weights)
        self._left: Ints = np.array([number[a] for a, _ in joined], np.int32)
        self._right: Ints = np.array([number[b] for _, b in joined], np.int32)
        # pairs of chunks that no word was found over are not asked again
        self._joinable: Ints = np.arange(len(joined), dtype=np.int32)
        self._pairs: Ints = np.array(pairs, np.int32)
        pair_number = {pair: index for index, pair in enumerate(joined)}
        self._which_pair: Ints = np.array([pair_number[texts[i], texts[i + 1]] for i in pairs], np.int32)

    def read(self, finder: Finder) -> Edges:
        """All readings of all chunks in their places, and the words over blanks that may be false."""
        runs, literals = self.runs, self._literals
        found = finder.read(
            runs.strings, runs.blank, literals.found, runs.first[: self.count], runs.size[: self.count],
            literals.first, literals.size, self._weights.chunk_slack,
        )  # fmt: skip
        edges = edges_of(found, runs.first, runs.mark, literals.edges)
        alone = placed(edges, found["chunk"], self.which, self.start, self.start)
        return Edges.join([alone, self._read_joined(finder)])

    def _read_joined(self, finder: Finder) -> Edges:
        runs, these = self.runs, self.count + self._joinable
        found = finder.read_joined(
            runs.strings, runs.blank, runs.first[these], runs.size[these], self._left[self._joinable],
            self._right[self._joinable], self._weights.false_blank, self._weights.chunk_slack,
        )  # fmt: skip
        found["chunk"] = self._joinable[found["chunk"]]
        first = np.diff(found["chunk"], prepend=-1) != 0  # np.unique would import np.ma for it
        self._joinable = found["chunk"][first]
        edges = edges_of(found, runs.first[self.count :], runs.mark, self._literals.edges)
        start = self.start[self._pairs]
        end = self.start[self._pairs + 1] - runs.size[self.which[self._pairs]]  # behind the blank
        return placed(edges, found["chunk"], self._which_pair, start, end)


def finder_of(cost: Floats, base: float, weights: Weights) -> Finder:
    """The search for words under one channel; ``cost`` is float32 [graphemes, strings]."""
    return Finder(
        candidates.words().trie, np.ascontiguousarray(cost.T), prior_weight=weights.prior_weight, base=base,
        slope=weights.slope, keep=weights.keep, title_cost=weights.title, all_caps_cost=weights.all_caps,
        glued_capitals=weights.glued_capitals,
    )  # fmt: skip


def aligner_of(cost: Floats, weights: Weights) -> Aligner:
    """Alignment of words with what was observed; ``cost`` is float32 [graphemes, strings]."""
    return Aligner(
        candidates.words().trie, np.ascontiguousarray(cost.T), title_cost=weights.title, all_caps_cost=weights.all_caps
    )  # fmt: skip
