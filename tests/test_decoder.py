"""Decoding a document: chunks, lattice, EM. Where channel and language model meet."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from restore.correct.candidates import BLANK, COPY, PROTECTED, words
from restore.correct.chunks import chunks_of
from restore.correct.decoder import Decoder, Decoding
from restore.correct.weights import DEFAULT
from restore.language import families
from restore.language.channel import GRAPHEME_NUMBER
from restore.language.vietnamese import strip_marks

SAMPLE = (Path(__file__).parents[1] / "samples" / "000_d85d24a1343911c1.txt").read_text(encoding="utf-8")
PLAN = "Uy ban nhan dan quan xay dung ke hoach thuc hien phong trao thi dua, ke hoach nay thuc hien nhu sau"
texts = st.text(st.sampled_from("thucienaogQS~\\I61 .,;-/()\n"), max_size=40)


def reading(decoder: Decoder, decoding: Decoding) -> str:
    """The best path's words in small letters, everything else as it stands."""
    edges = decoding.lattice.edges
    return "".join(
        words().text[edges.word[k]] if edges.word[k] >= 0 else decoder.text[edges.start[k] : edges.end[k]]
        for k in decoding.path
    )


def decoded(text: str, **options) -> str:
    decoder = Decoder(text, None, **options)
    return reading(decoder, decoder.decode())


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 10)), max_size=4))
def test_chunks_hold_every_character_once_and_protected_spans_whole(text: str, spans) -> None:
    protected = [(start, min(start + length, len(text))) for start, length in spans if start < len(text)]
    chunks = chunks_of(text, protected)
    assert all(text[chunk.start : chunk.end] == chunk.text for chunk in chunks)
    assert all(a.end <= b.start for a, b in itertools.pairwise(chunks))
    held = {place for chunk in chunks for place in range(chunk.start, chunk.end)}
    assert all(place in held or character.isspace() for place, character in enumerate(text))
    kept = {place for chunk in chunks if chunk.protected for place in range(chunk.start, chunk.end)}
    assert kept == {place for start, end in protected for place in range(start, end)}
    assert all(not any(c.isspace() for c in chunk.text) for chunk in chunks if not chunk.protected)


@given(texts)
@example("")
@example(" \n ")
@settings(max_examples=50, deadline=None)
def test_every_text_has_a_path_that_spells_it(text: str) -> None:
    decoder = Decoder(text, None)
    decoding = decoder.run()
    edges = decoding.lattice.edges
    place = 0
    for k in decoding.path:
        assert edges.start[k] == place
        place = int(edges.end[k])
    assert place == decoding.lattice.length
    assert (np.diff(edges.start) >= 0).all()


@given(texts)
@settings(max_examples=30, deadline=None)
def test_posteriors_cover_every_place_once(text: str) -> None:
    decoding = Decoder(text, None).decode()
    edges, posterior = decoding.lattice.edges, decoding.posterior
    for place in range(decoding.lattice.length):
        over = (edges.start <= place) & (edges.end > place)
        assert posterior[over].sum() == pytest.approx(1.0, abs=2e-3)


def test_no_probability_is_lost_where_lines_begin() -> None:
    text = SAMPLE[:1500]
    decoder = Decoder(text, families.families()[-1])
    for decoding in (decoder.decode(), decoder.run()):
        edges, posterior = decoding.lattice.edges, decoding.posterior
        begins = [k + 1 for k, c in enumerate(text) if c == "\n" and not text[k + 1].isspace()]
        assert len(begins) > 15
        for place in begins:
            over = (edges.start <= place) & (edges.end > place)
            assert posterior[over].sum() == pytest.approx(1.0, abs=2e-3), text[place : place + 20]


def test_sentences_may_begin_where_lines_do() -> None:
    text = "ke hoach\nnay;\nsau\n\ncuoi"
    lattice = Decoder(text, None).lattice()
    starts = {text.index("nay"): DEFAULT.restart, text.index("sau"): DEFAULT.restart_after_stop}
    starts |= {0: DEFAULT.restart_after_stop, text.index("cuoi"): DEFAULT.restart_after_stop}
    assert set(np.flatnonzero(lattice.restart).tolist()) == set(starts)
    assert {place: pytest.approx(lattice.restart_cost[place]) for place in starts} == starts


def test_marks_come_back_by_context() -> None:
    assert decoded(PLAN).startswith(
        "ủy ban nhân dân quận xây dựng kế hoạch thực hiện phong trào thi đua, kế hoạch"
    )


def test_glued_words_part_and_split_words_join() -> None:
    assert (
        decoded("Uy bannhan dan quan") == "ủy bannhân dân quận"
    )  # two words, the blank is the corrector's to write
    decoder = Decoder("Uy ban nh an dan quan", None)
    edges = decoder.lattice().edges
    over = (edges.start == 7) & (edges.end == 12) & (edges.word >= 0)
    assert "nhân" in {words().text[word] for word in edges.word[over]}
    assert reading(decoder, decoder.decode()) == "ủy ban nhân dân quận"


def test_whole_syllables_are_not_joined() -> None:
    edges = Decoder("an ban nhan", None).lattice().edges
    assert not ((edges.start == 0) & (edges.end == 6)).any()


def test_a_blank_is_dear_to_drop() -> None:
    text = "Uy ban nh an dan quan"
    assert decoded(text, weights=replace(DEFAULT, false_blank=60.0)) != decoded(text)


def test_frozen_and_protected_text_has_one_meaning() -> None:
    text = "ke hoach s6 12/KH ke hoach"
    frozen = [False] * 9 + [True] * 3 + [False] * (len(text) - 12)
    decoder = Decoder(text, None, frozen=frozen, protected=[(12, 17)])
    edges = decoder.lattice().edges
    inside = (edges.start >= 9) & (edges.end <= 11)
    assert inside.any()
    assert (edges.word[inside] < 0).all()
    protected = np.flatnonzero((edges.start < 17) & (edges.end > 12))
    assert [(edges.start[k], edges.end[k], edges.word[k]) for k in protected] == [(12, 17, PROTECTED)]
    assert [decoder.is_frozen(place) for place in (0, 9, 10, 13, 18)] == [False, True, True, True, False]


def test_no_proposal_reaches_into_what_is_frozen() -> None:
    heading = "TO CHU'C 12/KH-UBND THlJC HI~N"
    edges = Decoder(heading, None, protected=[(9, 19)]).lattice().edges
    assert not ((edges.start < 9) & (edges.end > 9)).any()
    assert not ((edges.start < 19) & (edges.start >= 9) & (edges.end != 19)).any()


def test_the_document_teaches_the_channel() -> None:
    # an engine that no table knows: it writes @ for ế and $ for ự
    true = "Ủy ban nhân dân quận xây dựng kế hoạch thực hiện phong trào thi đua, kế hoạch này được thực hiện đến hết năm."
    text = "\n".join([strip_marks(true.replace("ế", "@").replace("ự", "$"))] * 6)
    decoder = Decoder(text, None)
    number = decoder.observations.number
    before = decoder.table.copy()
    decoding = decoder.run()
    assert reading(decoder, decoding).split("\n")[3] == true.lower()
    for letter, sign in (("ế", "@"), ("ự", "$")):
        row = GRAPHEME_NUMBER[letter]
        assert decoder.table[row, number[sign]] > max(0.3, 10 * before[row, number[sign]])
        assert decoder.table[row, number[sign]] > decoder.table[GRAPHEME_NUMBER["o"], number[sign]]


def test_rows_of_the_table_stay_at_most_one() -> None:
    for family in (None, *families.families()):
        decoder = Decoder(SAMPLE[:1500], family)
        decoder.run()
        assert decoder.table.sum(axis=1).max() <= 1 + 1e-4
        assert (decoder.counts >= 0).all()
        # what was counted are whole graphemes of likely words: about as many as there are letters
        letters = sum(c.isalpha() for c in decoder.text)
        assert 0.7 * letters < decoder.counts.sum() < 1.3 * letters


def test_counts_spell_what_was_observed() -> None:
    text = "ke hoach thuc hien ke hoach"
    decoder = Decoder(text, None)
    decoder.learn(decoder.decode())
    strings = decoder.observations.strings
    spelt = sum(
        len(strings[column]) * decoder.counts[row, column]
        for row, column in zip(*decoder.counts.nonzero(), strict=True)
    )
    assert spelt == pytest.approx(len(text.replace(" ", "")), rel=0.02)


def test_words_that_nothing_reads_get_a_shortlist() -> None:
    text = "xay d$utkg nong thon moi kieu mau"
    decoder = Decoder(text, None)
    first = decoder.decode()
    edges = first.lattice.edges
    copied = [k for k in first.path if edges.word[k] == COPY]
    assert [text[edges.start[k] : edges.end[k]] for k in copied] == ["d$utkg"]
    decoder.learn(first)
    decoder.propose(first)
    edges = decoder.lattice().edges
    here = edges.word[(edges.start == 4) & (edges.end == 10) & (edges.word >= 0)]
    assert "dựng" in {words().text[word] for word in here}
    count = len(edges.start)
    decoder.propose(first)  # once is enough
    assert len(decoder.lattice().edges.start) == count


def test_blanks_are_edges_of_their_own() -> None:
    decoding = Decoder("  ke\n\nhoach ", None).decode()
    edges = decoding.lattice.edges
    blanks = [(int(edges.start[k]), int(edges.end[k])) for k in decoding.path if edges.word[k] == BLANK]
    assert blanks == [(0, 2), (4, 6), (11, 12)]
