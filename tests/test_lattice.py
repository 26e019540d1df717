"""The lattice of a text: what the bounded search keeps against plain forward-backward, and chunks in their places."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from restore.correct._alignment import align
from restore.correct._candidates import Finder

from restore.correct.candidates import Edges, token_logp, words
from restore.correct.lattice import Readings, Runs, aligner_of, finder_of, placed
from restore.correct.weights import DEFAULT, Weights
from restore.language import channel, families
from restore.language.channel import HALF, Observations

chunks = st.text("thucienaogQS~\\I6l1ưểđĐKAN'.", min_size=1, max_size=9)
# what a swallowed mark costs comes after the search
PLAIN = replace(DEFAULT, swallowed_mark=0.0)
WIDE = replace(PLAIN, chunk_slack=1e6)


def read(chunk: str, weights: Weights, *more: str) -> tuple[Edges, Finder, Readings]:
    """Readings of chunks with a blank between them, where each may belong to the next."""
    texts = [chunk, *more]
    starts = np.cumsum([0, *(len(text) + 1 for text in texts)])
    pairs = range(len(texts) - 1)
    observations = Observations([*texts, *(texts[k] + texts[k + 1] for k in pairs)])
    readings = Readings(
        list(zip(starts.tolist(), texts, strict=False)), list(pairs), [], observations, weights
    )
    finder = finder_of(channel.cost(families.prior(observations, 0.0)), weights.base, weights)
    return readings.read(finder), finder, readings


def ranks(edges: Edges) -> np.ndarray:
    """Costs with the priors of the words, as the search weighs them."""
    lexicon = words()
    unknown = np.float32(-13.0)  # of abbreviations that the model does not know
    prior = token_logp()[edges.token]
    abbreviation = (edges.word >= 0) & (lexicon.capital_only[np.maximum(edges.word, 0)] == 1)
    prior = np.where(abbreviation & (edges.token == lexicon.token_number["<unk>"]), unknown, prior)
    return edges.cost - DEFAULT.prior_weight * prior


def through(edges: Edges, length: int) -> tuple[np.ndarray, float]:
    """The rank of the best path through each edge, and of the best of all, by plain forward-backward."""
    rank = ranks(edges)
    forward, backward = np.full(length + 1, np.inf), np.full(length + 1, np.inf)
    forward[0] = backward[length] = 0.0
    order = np.argsort(edges.start, kind="stable")
    for k in order:
        forward[edges.end[k]] = min(forward[edges.end[k]], forward[edges.start[k]] + rank[k])
    for k in order[::-1]:
        backward[edges.start[k]] = min(backward[edges.start[k]], backward[edges.end[k]] + rank[k])
    return forward[edges.start] + rank + backward[edges.end], float(forward[length])


def keys(edges: Edges, mask: np.ndarray) -> set[tuple[int, int, int]]:
    chosen = edges.select(mask)
    return set(zip(chosen.start.tolist(), chosen.end.tolist(), chosen.word.tolist(), strict=True))


@given(chunks, st.sampled_from([0.5, 4.0, 10.0]))
@settings(max_examples=40, deadline=None)
def test_the_bounded_search_keeps_what_the_unbounded_one_would(chunk: str, slack: float) -> None:
    everything, _, _ = read(chunk, WIDE)
    narrow, _, _ = read(chunk, replace(PLAIN, chunk_slack=slack))
    rank, best = through(everything, len(chunk))
    kept = keys(narrow, np.ones(len(narrow.start), bool))
    assert keys(everything, rank <= best + slack - 1e-2) <= kept
    assert kept <= keys(everything, rank <= best + slack + 1e-2)


@given(chunks.filter(lambda text: len(text) < 6), chunks.filter(lambda text: len(text) < 6))
@settings(max_examples=30, deadline=None)
def test_words_over_a_blank_compete_with_the_chunks_apart(left: str, right: str) -> None:
    slack, cut = 10.0, len(left)
    both, _, _ = read(left, replace(PLAIN, chunk_slack=slack), right)
    over = both.select((both.start < cut) & (both.end > cut + 1))
    joined, _, _ = read(left + right, WIDE)
    joined = joined.select((joined.start < cut) & (joined.end > cut) & (joined.row >= 0))
    apart = [read(text, WIDE)[0] for text in (left, right)]
    best = sum(through(edges, len(text))[1] for edges, text in zip(apart, (left, right), strict=True))
    forward = {0: 0.0} | {end: through(apart[0].select(apart[0].end <= end), end)[1] for end in range(1, cut)}
    after = [apart[1].select(apart[1].start >= place) for place in range(len(right))]
    backward = [
        through(edges.moved(-np.int32(place), -np.int32(place)), len(right) - place)[1]
        for place, edges in enumerate(after)
    ] + [0.0]
    expected = {}
    for k, rank in enumerate(ranks(joined)):
        total = (
            forward[int(joined.start[k])] + rank + DEFAULT.false_blank + backward[int(joined.end[k]) - cut]
        )
        expected[int(joined.start[k]), int(joined.end[k]) + 1, int(joined.word[k])] = total
    found = keys(over, np.ones(len(over.start), bool))
    # what is left of the chunks is only looked at where they can be parted there
    whole = {(0, len(left) + 1 + len(right), number) for number in range(len(words().text))}
    near = {key for key, total in expected.items() if total <= best + slack - 1e-2}
    assert near & whole <= found
    assert all(expected[key] <= best + slack + 1e-2 for key in found)
    assert (over.extra >= DEFAULT.false_blank).all()


@given(chunks, st.sampled_from(["an", "thực", "hiện", "UBND", "quận"]))
@settings(max_examples=40, deadline=None)
def test_costs_and_counts_are_those_of_the_likeliest_alignment(chunk: str, text: str) -> None:
    observations = Observations([chunk])
    cost = channel.cost(families.prior(observations, 0.0))
    runs = Runs([chunk], observations, DEFAULT)
    number = words().text.index(text)
    pair = (np.array([number], np.int32), np.zeros(1, np.int32), np.array([len(chunk)], np.int32))
    aligner = aligner_of(cost, DEFAULT)
    small = words().graphemes[number]
    title = np.concatenate([small[:1] + np.int32(HALF), small[1:]])
    shapes = [(small + np.int32(HALF), DEFAULT.all_caps)]
    if not words().capital_only[number]:
        shapes += [(title, DEFAULT.title), (small, 0.0)]
    aligned = [(align(shape, runs.strings, cost), shape, extra) for shape, extra in shapes]
    (_, became), shape, extra = min(aligned, key=lambda one: one[0][0] + one[2])
    best = min(one[0][0] + one[2] for one in aligned)
    counts = aligner.count(runs.strings, *pair, np.array([0.5], np.float32)).T
    if best >= 1e8:  # more characters than its letters can have become
        assert counts.sum() == 0
        return
    assert aligner.costs(runs.strings, *pair)[0] == pytest.approx(best, rel=1e-4)
    assert counts.sum() == pytest.approx(0.5 * len(small))
    spelt = sum(
        cost[row, column] * counts[row, column] for row, column in zip(*counts.nonzero(), strict=True)
    )
    assert spelt == pytest.approx(0.5 * (best - extra), rel=1e-3, abs=1e-3)
    assert len(became) == len(shape)


def test_runs_lie_one_below_the_other() -> None:
    observations = Observations(["th\\Ic", "an"])
    runs = Runs(["th\\Ic", "an"], observations, DEFAULT)
    assert runs.first.tolist() == [0, 5]
    assert runs.size.tolist() == [5, 2]
    for text, first in zip(runs.texts, runs.first, strict=True):
        assert (runs.strings[first : first + len(text)] == observations.of(text)).all()
    assert runs.blank[[0, 5]].tolist() == [0.0, 0.0]
    assert runs.blank[1] == pytest.approx(DEFAULT.missing_blank)
    assert Runs([], Observations([]), DEFAULT).strings.shape == (0, 4)


def test_a_chunk_is_put_in_all_its_places() -> None:
    edges = Edges.of([(0, 1, 5, 6, 1.0), (1, 2, 7, 8, 2.0), (0, 3, 9, 9, 3.0)])
    owner = np.array([0, 0, 1], np.int32)
    which, start = np.array([1, 0, 1], np.int32), np.array([10, 20, 30], np.int32)
    there = placed(edges, owner, which, start, start + np.int32(1))
    assert there.start.tolist() == [10, 20, 21, 30]
    assert there.end.tolist() == [14, 22, 23, 34]
    assert there.cost.tolist() == [3.0, 1.0, 2.0, 3.0]
    nowhere = placed(edges, owner, np.array([2], np.int32), start[:1], start[:1])
    assert len(nowhere.start) == 0


def test_the_same_chunk_reads_alike_wherever_it_stands() -> None:
    edges, _, _ = read("hi~n", DEFAULT, "th\\Ic", "hi~n")
    here = [edges.select((edges.start >= start) & (edges.end <= start + 4)) for start in (0, 11)]
    assert len(here[0].start) > 20
    assert (here[0].word == here[1].word).all()
    assert (here[0].cost == here[1].cost).all()
    assert (here[0].row == here[1].row).all()
