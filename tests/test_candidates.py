"""What a chunk could mean: the finder against plain alignment, readings as they stand, the prune inside a chunk."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from restore.correct._alignment import align
from restore.correct._candidates import Finder
from restore.correct._trie import Trie

from restore.correct import candidates
from restore.correct.candidates import (
    CAPITALS,
    COPY,
    MARK,
    NUMERAL,
    PROTECTED_RE,
    ROMAN,
    TRANSPARENT,
    Edges,
    blank_costs,
    literal_edges,
    words,
)
from restore.correct.lattice import Readings
from restore.correct.weights import DEFAULT
from restore.language import channel, families, lexicon
from restore.language.channel import GRAPHEME_NUMBER, HALF, Floats, Observations
from restore.language.ngram import default_model

# Damage as engines make it, and letters of all kinds.
chunks = st.text("thucienaogQS~\\I6l1ưểđĐKAN'.", min_size=1, max_size=9)
TITLE, ALL_CAPS = 1.5, 3.0
LEXICON = ["an", "ban", "nhân", "ủy", "thực", "hiện", "ưng", "a"]
PRIORS = [-4.0, -3.0, -5.0, -6.0, -4.5, -5.5, -9.0, -7.0]


def costs_of(text: str, accents: float = 0.0) -> tuple[Observations, Floats]:
    observations = Observations([text])
    return observations, channel.cost(families.prior(observations, accents))


def small_trie(capital_only: tuple[str, ...] = ()) -> Trie:
    """A trie made by hand: each word a branch of its own below the root, nothing shared."""
    first_child, sibling, grapheme, word, best = [-1], [-1], [-1], [-1], [max(PRIORS)]
    for number, text in enumerate(LEXICON):
        parent = 0
        for position, letter in enumerate(text):
            node = len(word)
            first_child.append(-1)
            sibling.append(first_child[parent])
            first_child[parent] = node
            grapheme.append(GRAPHEME_NUMBER[letter])
            word.append(number if position == len(text) - 1 else -1)
            best.append(PRIORS[number])
            parent = node
    links = [np.array(a, np.int32) for a in (first_child, sibling, grapheme, word)]
    only = np.array([text in capital_only for text in LEXICON], np.uint8)
    return Trie(*links, np.array(best, np.float32), np.array(PRIORS, np.float32), only, HALF)


def finder(
    trie: Trie, cost: Floats, base: float = 500.0, keep: int = 10_000, prior_weight: float = 0.6
) -> Finder:
    return Finder(
        trie, np.ascontiguousarray(cost.T), prior_weight=prior_weight, base=base, slope=2.5, keep=keep, title_cost=TITLE,
        all_caps_cost=ALL_CAPS, glued_capitals=1.0,
    )  # fmt: skip


def found(
    chunk: str, search: Finder, observations: Observations, slack: float = 1e6
) -> list[tuple[int, int, int, float]]:
    """Start, end, word and the channel's cost of every word that may stand in the chunk."""
    readings = Readings([(0, chunk)], [], [], observations, replace(DEFAULT, chunk_slack=slack))
    edges = readings.read(search)
    words_ = edges.select(edges.row >= 0)
    cost = words_.cost - words_.extra
    return list(
        zip(words_.start.tolist(), words_.end.tolist(), words_.word.tolist(), cost.tolist(), strict=True)
    )


def plain_cost(
    text: str, observed: str, observations: Observations, cost: Floats, *, capital_only: bool = False
) -> float:
    """The cheapest of small, title and capitals, by plain alignment."""
    small = np.array([GRAPHEME_NUMBER[letter] for letter in text], np.int32)
    title = small.copy()
    title[0] += HALF
    shapes = [(small + HALF, ALL_CAPS)]
    if not capital_only:
        shapes += [(small, 0.0), (title, TITLE)]
    strings = observations.of(observed)
    return min(align(shape, strings, cost)[0] + extra for shape, extra in shapes)


@given(chunks)
@settings(max_examples=60, deadline=None)
def test_the_finder_finds_every_word_at_the_cost_of_its_alignment(chunk: str) -> None:
    observations, cost = costs_of(chunk)
    costs = {(a, b, w): c for a, b, w, c in found(chunk, finder(small_trie(), cost), observations)}
    for start in range(len(chunk)):
        for end in range(start + 1, len(chunk) + 1):
            for number, text in enumerate(LEXICON):
                expected = plain_cost(text, chunk[start:end], observations, cost)
                if expected < 1e8:
                    assert costs[start, end, number] == pytest.approx(expected, rel=1e-4)
                else:  # more characters than its graphemes can have become
                    assert (start, end, number) not in costs


@given(chunks)
@settings(max_examples=30, deadline=None)
def test_abbreviations_are_read_in_capitals_alone(chunk: str) -> None:
    observations, cost = costs_of(chunk)
    for a, b, number, c in found(chunk, finder(small_trie(("an", "ban")), cost), observations):
        text = LEXICON[number]
        expected = plain_cost(text, chunk[a:b], observations, cost, capital_only=text in ("an", "ban"))
        assert c == pytest.approx(expected, rel=1e-4)


@given(chunks, st.integers(1, 5))
@settings(max_examples=30, deadline=None)
def test_the_best_n_of_a_span_are_kept(chunk: str, keep: int) -> None:
    observations, cost = costs_of(chunk)
    rows = found(chunk, finder(small_trie(), cost), observations)
    kept = found(chunk, finder(small_trie(), cost, keep=keep), observations)
    spans: dict[tuple[int, int], list[float]] = {}
    for a, b, w, c in rows:
        spans.setdefault((a, b), []).append(float(c) - 0.6 * PRIORS[w])
    for (a, b), ranks in spans.items():
        here = [float(c) - 0.6 * PRIORS[w] for s, e, w, c in kept if (s, e) == (a, b)]
        assert here == pytest.approx(sorted(ranks)[:keep], rel=1e-5)


def _whole_lexicon(chunk: str) -> list[tuple[float, float]]:
    """Costs that the finder gives with the weights as they are, each beside the plain alignment's."""
    observations, cost = costs_of(chunk)
    search = finder(words().trie, cost, base=DEFAULT.base, keep=DEFAULT.keep)
    pairs = []
    for a, b, number, c in found(chunk, search, observations, 25.0)[:300]:
        text, only = words().text[number].lower(), bool(words().capital_only[number])
        pairs.append((float(c), plain_cost(text, chunk[a:b], observations, cost, capital_only=only)))
    return pairs


@given(chunks)
@settings(max_examples=25, deadline=None)
def test_the_whole_lexicon_is_found_at_no_less_than_its_alignment(chunk: str) -> None:
    # A cheaper alignment may be pruned on its way; the finder never invents one.
    for cost, plain in _whole_lexicon(chunk):
        assert cost >= plain - 1e-3


@pytest.mark.parametrize("chunk", ["th\\Ic", "hi~n", "KSnAn", "duQ'cban", "QU~N", "s6"])
def test_pruning_costs_hardly_an_alignment(chunk: str) -> None:
    pairs = _whole_lexicon(chunk)
    assert len(pairs) > 50
    assert np.mean([cost == pytest.approx(plain, rel=1e-4) for cost, plain in pairs]) > 0.95


def test_the_bound_drops_what_costs_too_much() -> None:
    observations, cost = costs_of("xyz")
    assert found("xyz", finder(small_trie(), cost, base=1.0), observations) == []
    observations, cost = costs_of("ban")
    rows = found("ban", finder(small_trie(), cost, base=3.0), observations)
    assert (0, 3, LEXICON.index("ban")) in {row[:3] for row in rows}


@pytest.mark.parametrize(
    ("observed", "word"),
    [
        ("th\\Ic", "thực"),
        ("hi~n", "hiện"),
        ("duQ'c", "được"),
        ("KSn", "kiến"),
        ("s6", "số"),
        ("QU~N", "quận"),
        ("UBND", "UBND"),
    ],
)
def test_what_engines_wrote_is_found(observed: str, word: str) -> None:
    observations = Observations([observed])
    best: dict[str, int] = {}
    for family in families.families():
        cost = channel.cost(families.prior(observations, 0.0, family))
        rows = found(observed, finder(words().trie, cost, 12.0, 28), observations, DEFAULT.chunk_slack)
        whole = [words().text[number] for a, b, number, _ in rows if (a, b) == (0, len(observed))]
        best[family.name] = whole.index(word) if word in whole else 99
    assert min(best.values()) < DEFAULT.keep


def test_align_by_hand() -> None:
    # graphemes a, b; strings "" x y xy: a became nothing at 5, x at 1; b became y at 2, xy at 3
    observations = Observations(["xy"])
    cost = np.full((2, len(observations.number)), 50.0, np.float32)
    cost[0, observations.number[""]], cost[0, observations.number["x"]] = 5.0, 1.0
    cost[1, observations.number["y"]], cost[1, observations.number["xy"]] = 2.0, 3.0
    total, became = align(np.array([0, 1], np.int32), observations.of("xy"), cost)
    assert total == pytest.approx(3.0)
    assert [observations.strings[number] for number in became] == ["x", "y"]
    cost[0, observations.number["x"]] = 9.0
    total, became = align(np.array([0, 1], np.int32), observations.of("xy"), cost)
    assert total == pytest.approx(8.0)
    assert [observations.strings[number] for number in became] == ["", "xy"]


@given(chunks, st.sampled_from(LEXICON))
@settings(max_examples=40, deadline=None)
def test_an_alignment_spells_what_was_observed(chunk: str, word: str) -> None:
    observations, cost = costs_of(chunk)
    graphemes = np.array([GRAPHEME_NUMBER[letter] for letter in word], np.int32)
    total, became = align(graphemes, observations.of(chunk), cost)
    if total < 1e8:
        assert "".join(observations.strings[number] for number in became) == chunk
        assert total == pytest.approx(
            sum(cost[g, s] for g, s in zip(graphemes, became, strict=True)), rel=1e-4
        )


def _edges(chunk: str) -> list[tuple[str, int, float]]:
    edges = literal_edges(chunk, DEFAULT)
    rows = zip(
        edges.start.tolist(), edges.end.tolist(), edges.word.tolist(), edges.cost.tolist(), strict=True
    )
    return [(chunk[a:b], word, cost) for a, b, word, cost in rows]


@given(st.text(st.characters(exclude_categories=["Cs", "Zs", "Zl", "Zp", "Cc"]), min_size=1, max_size=20))
@settings(max_examples=60)
def test_every_chunk_can_stay_as_it_stands(chunk: str) -> None:
    edges = literal_edges(chunk, DEFAULT)
    assert ((edges.start == 0) & (edges.end == len(chunk))).any()
    assert (edges.cost > 0).all()
    reached = {0}
    for a, b in sorted(zip(edges.start.tolist(), edges.end.tolist(), strict=True)):
        if b - a == 1 and a in reached:
            reached.add(b)
    assert len(chunk) in reached  # one character at a time, too


def test_the_edges_of_a_chunk_grow_with_its_length_alone() -> None:
    counts = [len(literal_edges("th~c1." * n, DEFAULT).start) for n in (50, 100, 500)]
    assert counts[1] <= 2.1 * counts[0]
    assert counts[2] <= 10.5 * counts[0]
    unit = "thihanh~nphapluat"
    counts = []
    for n in (10, 20, 60):
        observations, cost = costs_of(unit * n)
        f = finder(words().trie, cost, DEFAULT.base, DEFAULT.keep)
        counts.append(len(found(unit * n, f, observations)))
    assert counts[0] > 100
    assert counts[1] <= 2.2 * counts[0]
    assert counts[2] <= 6.6 * counts[0]


def test_readings_as_they_stand() -> None:
    assert ("30/5/2022", NUMERAL, pytest.approx(9 * DEFAULT.number)) in _edges("30/5/2022;")
    assert (";", MARK, pytest.approx(DEFAULT.mark)) in _edges("30/5/2022;")
    assert ("6", NUMERAL, pytest.approx(DEFAULT.number + DEFAULT.number_in_word)) in _edges("s6")
    assert ("III", ROMAN, pytest.approx(DEFAULT.roman)) in _edges("III.")
    assert ("QCRV", CAPITALS, pytest.approx(DEFAULT.capitals_base + 4 * DEFAULT.capitals_letter)) in _edges(
        "QCRV"
    )
    assert ("th", COPY, pytest.approx(DEFAULT.copy_base + 2 * DEFAULT.copy_letter)) in _edges("th\\Ic")
    assert not any(word == ROMAN for _, word, _ in _edges("VIM"))
    assert not any(word == CAPITALS for _, word, _ in _edges("HOA"))


def test_brackets_leave_the_model_as_it_is() -> None:
    edges = literal_edges("(“a”)", DEFAULT)
    for k in range(len(edges.start)):
        if "(“a”)"[edges.start[k]] in "(“”)" and edges.end[k] - edges.start[k] == 1:
            assert edges.token[k] == TRANSPARENT
    assert candidates.token_logp()[TRANSPARENT] == 0.0


def test_a_blank_is_cheap_to_miss_behind_a_comma_and_free_behind_a_bracket() -> None:
    costs = blank_costs("a,b(c-de", DEFAULT)
    missing, mark = DEFAULT.missing_blank, DEFAULT.missing_blank_after_mark
    assert costs == pytest.approx([0.0, missing, mark, missing, 0.0, missing, 0.0, missing])


@pytest.mark.parametrize(
    ("text", "protected"),
    [
        ("số 129/KH-UBND ngày 30/5/2022", ["129/KH-UBND"]),
        ("63/2010/NĐ-CP, 15/2018/QH14;", ["63/2010/NĐ-CP", "15/2018/QH14"]),
        ("theo 48IBTV-TG", ["48IBTV-TG"]),
        ("gửi vanphong.ubnd@kienan.gov.vn nhé", ["vanphong.ubnd@kienan.gov.vn"]),
        ("(https://dichvucong.gov.vn/p/home?id=1), xem", ["https://dichvucong.gov.vn/p/home?id=1"]),
        ("tại www.haiphong.gov.vn; và kienan.gov.vn.", ["www.haiphong.gov.vn", "kienan.gov.vn"]),
        ("12a/TTr-SNV", ["12a/TTr-SNV"]),
        ("triển khai thực hiện và/hoặc 50 người", []),
        ("km/h, 5/10 điểm", []),
    ],
)
def test_codes_and_addresses_are_protected(text: str, protected: list[str]) -> None:
    assert [match[0] for match in PROTECTED_RE.finditer(text)] == protected


def test_the_lexicon_holds_syllables_and_abbreviations() -> None:
    texts = words().text
    assert len(texts) == len(words().token) == len(words().graphemes) == len(words().capital_only)
    assert {"thực", "ủy", "hóa", "UBND", "HĐND"} <= set(texts)
    assert not {"uỷ", "hoá"} & set(texts)  # one tone style inside
    assert lexicon.syllables() & set(default_model().tokens) <= set(texts)
    for text, graphemes in zip(texts, words().graphemes, strict=True):
        assert [GRAPHEME_NUMBER[letter] for letter in text.lower()] == graphemes.tolist()


def test_edges_select_join_and_move() -> None:
    edges = Edges.of([(2, 3, 5, 6, 1.5), (0, 1, 7, 8, 0.5)])
    assert edges.by_start().start.tolist() == [0, 2]
    assert edges.select(edges.cost > 1.0).word.tolist() == [6]
    further = edges.moved(np.array([4, 8], np.int32), np.array([5, 9], np.int32))
    assert further.start.tolist() == [6, 8]
    assert further.end.tolist() == [8, 10]
    assert Edges.join([edges, further]).start.tolist() == [2, 0, 6, 8]
    assert len(Edges.of([]).start) == 0
    assert [a <= b for a, b in pairwise(Edges.join([edges, edges]).by_start().start)] == [True] * 3
    assert edges.row.tolist() == [-1, -1]  # readings as they stand
