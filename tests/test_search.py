"""The one search, on lattices made by hand: who wins, how surely, and that no probability is lost on the way."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from restore.correct._search import DocumentCounts, search
from restore.language._ngram import Ngram
from tiny_model import model_arrays

TOKENS = ["<s>", "<num>", "<unk>", "nhân", "dân", "nhận", "dần"]
NUMBER = {token: index for index, token in enumerate(TOKENS)}
OWN = 0.5  # how much of an occurrence a word says for itself
ARRAYS = model_arrays(
    TOKENS,
    {
        "<s>": (1e-6, -0.4), "<num>": (0.1, 0.0), "<unk>": (0.1, 0.0),
        "nhân": (0.2, -0.5), "dân": (0.2, -0.5), "nhận": (0.2, -0.5), "dần": (0.2, -0.5),
        "<s> nhân": (0.5, -0.3), "nhân dân": (0.9, -0.2), "nhận dần": (0.05, -0.2),
        "<s> nhân dân": (0.8, -0.1),
        "<s> nhân dân dần": (0.3, 0.0),
    },
)  # fmt: skip
MODEL = Ngram(ARRAYS, 5)
Row = tuple[int, int, str, float]  # start, end, token ("" leaves the state), cost


def run(rows: list[Row], length: int, restarts: dict[int, float] | None = None, **options):
    """Path as tokens, score and posteriors of a lattice whose rows are sorted by start."""
    begin, end, token, cost = zip(*rows, strict=True) if rows else ((), (), (), ())
    restart, restart_cost = np.zeros(length + 1, np.uint8), np.zeros(length + 1, np.float32)
    for place, price in (restarts or {}).items():
        restart[place], restart_cost[place] = 1, price
    settings_ = {"alpha": 1.0, "width": 50, "window": 100.0, "temperature": 1.0} | options
    path, score, posterior = search(
        MODEL, np.array(begin, np.int32), np.array(end, np.int32),
        np.array([NUMBER[t] if t else -1 for t in token], np.int32), np.array(cost, np.float32),
        restart, restart_cost, length, **settings_,
    )  # fmt: skip
    return [rows[k][2] for k in path], score, posterior


PEOPLE: list[Row] = [(0, 1, "nhân", 0.0), (0, 1, "nhận", 0.0), (1, 2, "dân", 2.0), (1, 2, "dần", 1.0)]


def test_the_language_model_turns_the_channels_answer() -> None:
    # the channel prefers "dần" by one nat, the model "nhân dân" by far
    assert run(PEOPLE, 2, alpha=0.0)[0][1] == "dần"
    path, score, _ = run(PEOPLE, 2)
    assert path == ["nhân", "dân"]
    assert score == pytest.approx(math.log(0.5) + math.log(0.8) - 2.0, rel=1e-5)


def test_the_language_model_does_not_turn_what_the_channel_is_sure_of() -> None:
    rows: list[Row] = [*PEOPLE[:2], (1, 2, "dân", 9.0), (1, 2, "dần", 1.0)]
    assert run(rows, 2)[0][1] == "dần"
    assert run(rows, 2, alpha=5.0)[0] == ["nhân", "dân"]


def test_one_word_or_two_is_decided_by_their_sums() -> None:
    rows: list[Row] = [(0, 1, "nhân", 1.0), (0, 2, "nhận", 2.9), (1, 2, "dân", 1.0)]
    both, one = math.log(0.5) + math.log(0.8) - 2.0, -0.4 + math.log(0.2) - 2.9
    path, score, posterior = run(rows, 2)
    assert path == ["nhân", "dân"]
    assert score == pytest.approx(both, rel=1e-5)
    share = math.exp(both) / (math.exp(both) + math.exp(one))
    assert posterior == pytest.approx([share, 1 - share, share], rel=1e-4)


def test_temperature_flattens_posteriors_and_leaves_the_path() -> None:
    sharp, flat = run(PEOPLE, 2), run(PEOPLE, 2, temperature=0.5)
    assert (sharp[0], sharp[1]) == (flat[0], flat[1])
    assert max(sharp[2]) > max(flat[2]) > 0.25
    assert flat[2][2] + flat[2][3] == pytest.approx(1.0, abs=1e-5)


def test_an_edge_without_token_keeps_the_state() -> None:
    # a blank between: "dân" is still what follows "nhân" at the start
    rows: list[Row] = [(0, 1, "nhân", 0.0), (1, 2, "", 0.5), (2, 3, "dân", 0.0)]
    assert run(rows, 3)[1] == pytest.approx(math.log(0.5) - 0.5 + math.log(0.8), rel=1e-5)


def test_a_sentence_may_begin_at_a_cost() -> None:
    rows: list[Row] = [(0, 1, "dần", 0.0), (1, 2, "nhân", 0.0)]
    going_on = -0.4 + math.log(0.2) + -0.5 + math.log(0.2)
    anew = -0.4 + math.log(0.2) - 0.25 + math.log(0.5)
    assert run(rows, 2)[1] == pytest.approx(going_on, rel=1e-5)
    assert run(rows, 2, {1: 0.25})[1] == pytest.approx(anew, rel=1e-5)
    assert run(rows, 2, {1: 40.0})[1] == pytest.approx(going_on, rel=1e-5)


def test_restarts_lose_no_probability() -> None:
    # Once they did: at the beginning of a line both words shared less than one.
    for restarts in ({}, {1: 0.1}, {0: 0.5, 1: 0.5, 2: 0.5}, {1: 30.0}):
        rows: list[Row] = [*PEOPLE, (2, 3, "nhân", 0.0), (2, 3, "dần", 0.3)]
        _, _, posterior = run(rows, 3, restarts)
        for k in (0, 2, 4):
            assert posterior[k] + posterior[k + 1] == pytest.approx(1.0, abs=1e-5), restarts


def test_a_restart_shares_what_its_line_is_worth() -> None:
    # one path, two ways to have begun its second word: the edge itself is certain
    rows: list[Row] = [(0, 1, "dần", 0.0), (1, 2, "nhân", 0.0)]
    assert run(rows, 2, {1: 0.5})[2] == pytest.approx([1.0, 1.0], abs=1e-5)


@pytest.mark.parametrize(
    ("rows", "length"),
    [
        ([], 1),
        ([(0, 1, "nhân", 0.0)], 2),
        ([(1, 2, "nhân", 0.0)], 2),
        ([(0, 1, "nhân", 0.0), (2, 3, "dân", 0.0)], 3),
    ],
)
def test_where_no_path_leads_there_is_no_answer(rows: list[Row], length: int) -> None:
    with pytest.raises(ValueError, match="no path leads through the lattice"):
        run(rows, length)


def test_nothing_is_read_as_nothing() -> None:
    path, score, posterior = run([], 0)
    assert (path, score, len(posterior)) == ([], 0.0, 0)


def test_a_narrow_beam_still_answers() -> None:
    assert run(PEOPLE, 2, width=1, window=0.1)[0][1] in ("dân", "dần")


def brute(rows: list[Row], length: int) -> tuple[float, np.ndarray]:
    """Best score and posteriors over all paths, each scored as a whole."""
    paths: list[list[int]] = [[]]
    done = []
    while paths:
        path = paths.pop()
        place = rows[path[-1]][1] if path else 0
        if place == length:
            done.append(path)
        else:
            paths += [[*path, k] for k, row in enumerate(rows) if row[0] == place]
    scores = []
    for path in done:
        tokens = [NUMBER[rows[k][2]] for k in path if rows[k][2]]
        scores.append(float(MODEL.sequence_logp(tokens).sum()) - sum(rows[k][3] for k in path))
    weight = np.exp(np.array(scores) - max(scores))
    posterior = np.zeros(len(rows))
    for path, share in zip(done, weight / weight.sum(), strict=True):
        posterior[path] += share
    return max(scores), posterior


@st.composite
def lattices(draw: st.DrawFn) -> tuple[list[Row], int]:
    length = draw(st.integers(1, 5))
    tokens = st.sampled_from(["", *TOKENS[1:]])
    rows: list[Row] = [(k, k + 1, draw(tokens), draw(st.floats(0, 5))) for k in range(length)]
    for start, end in itertools.combinations(range(length + 1), 2):
        if draw(st.booleans()):
            rows.append((start, end, draw(tokens), draw(st.floats(0, 5))))
    return sorted(rows, key=lambda row: row[0]), length


@given(lattices())
@settings(max_examples=80, deadline=None)
def test_the_beam_is_exact_where_it_is_wide(lattice: tuple[list[Row], int]) -> None:
    rows, length = lattice
    _, score, posterior = run(rows, length)
    best, shares = brute(rows, length)
    assert score == pytest.approx(best, rel=1e-4, abs=1e-4)
    assert posterior == pytest.approx(shares, abs=1e-3)


@given(
    lattices(), st.dictionaries(st.integers(0, 5), st.floats(0, 5)), st.floats(0.3, 1.0), st.integers(1, 50)
)
@settings(max_examples=80, deadline=None)
def test_every_place_is_read_once(lattice, restarts, temperature: float, width: int) -> None:
    rows, length = lattice
    restarts = {place: price for place, price in restarts.items() if place <= length}
    path, _, posterior = run(rows, length, restarts, temperature=temperature, width=width, window=14.0)
    for place in range(length):
        over = sum(p for row, p in zip(rows, posterior, strict=True) if row[0] <= place < row[1])
        assert over == pytest.approx(1.0, abs=1e-3)
    assert len(path) >= 1


def test_what_the_document_repeats_gains() -> None:
    # the document wrote "nhận dần" again and again, with certainty
    tokens = np.array([0, 0, *[NUMBER["nhận"], NUMBER["dần"]] * 10], np.int32)
    own = DocumentCounts(tokens, np.ones(len(tokens), np.float32), OWN)
    rows: list[Row] = [(0, 1, "nhận", 0.0), (1, 2, "dân", 0.0), (1, 2, "dần", 0.5)]
    assert run(rows, 2)[0] == ["nhận", "dân"]
    assert run(rows, 2, document=own, document_weight=0.5)[0] == ["nhận", "dần"]
    assert run(rows, 2, document=own, document_weight=0.0)[0] == ["nhận", "dân"]


def test_the_documents_share_by_hand() -> None:
    # one "dần" after "nhận" of two "nhận", each less the quarter that a word says for itself; the trigram's context was never seen
    tokens = np.array([0, 3, 5, 6, 4, 5, 4], np.int32)
    own = DocumentCounts(tokens, np.ones(7, np.float32), 0.25)
    rows: list[Row] = [(0, 1, "nhận", 0.0), (1, 2, "dần", 0.0)]
    first = math.exp(-0.4) * 0.2  # nothing follows two starts in this document
    second = 0.05
    mixed = 0.5 * second + 0.5 * (0.75 + 2 * second) / (1.75 + 2)
    score = run(rows, 2, document=own, document_weight=0.5)[1]
    assert score == pytest.approx(math.log(first) + math.log(mixed), rel=1e-4)


def test_unsure_words_count_less_for_the_document() -> None:
    rows: list[Row] = [(0, 1, "nhận", 0.0), (1, 2, "dần", 0.0)]
    tokens = np.array([0, 0, *[NUMBER["nhận"], NUMBER["dần"]] * 3], np.int32)
    scores = [
        run(
            rows,
            2,
            document=DocumentCounts(tokens, np.full(len(tokens), weight, np.float32), OWN),
            document_weight=0.3,
        )[1]
        for weight in (0.01, 0.5, 1.0)
    ]
    assert scores == sorted(scores)
    assert scores[0] < scores[2]
