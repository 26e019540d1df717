"""The syllable model: its tokens, its file, and scores that back off as they should."""

from __future__ import annotations

import json
import math
import struct
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from restore.language._ngram import Ngram
from tiny_model import Arrays, model_arrays

from restore.language.ngram import (
    MAGIC,
    NUMBER,
    START,
    TOKEN_RE,
    UNKNOWN,
    VERSION,
    default_model,
    model_tokens,
    read_model,
    write_model,
)

TOKENS = [START, NUMBER, UNKNOWN, "nhân", "dân", "ủy"]
START_ID, NUMBER_ID, UNKNOWN_ID, NHÂN, DÂN, ỦY = range(6)


NGRAMS = {
    START: (0.01, -0.5), NUMBER: (0.09, 0.0), UNKNOWN: (0.2, 0.0),
    "nhân": (0.3, -0.7), "dân": (0.25, -0.9), "ủy": (0.15, -0.3),
    "<s> ủy": (0.6, -0.25), "nhân dân": (0.7, -0.4), "ủy nhân": (0.5, -0.2), "dân nhân": (0.1, 0.0),
    "<s> ủy nhân": (0.8, -0.35), "ủy nhân dân": (0.75, -0.1), "nhân dân nhân": (0.2, 0.0),
    "<s> ủy nhân dân": (0.9, -0.15), "ủy nhân dân nhân": (0.3, 0.0),
    "<s> ủy nhân dân nhân": (0.4, 0.0),
}  # fmt: skip


def tiny_arrays() -> Arrays:
    return model_arrays(TOKENS, NGRAMS)


@pytest.fixture
def model_path(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.ngram"
    write_model(path, 5, TOKENS, tiny_arrays())
    return path


def tiny() -> Ngram:
    return Ngram(tiny_arrays(), 5)


def test_what_is_written_is_read(model_path: Path) -> None:
    model = read_model(model_path)
    assert (model.order, model.tokens) == (5, tuple(TOKENS))
    for name, array in tiny_arrays().items():
        assert model.arrays[name].dtype == array.dtype
        np.testing.assert_array_equal(model.arrays[name], array)
    with pytest.raises(ValueError, match="read-only"):
        model.arrays["logp_1"][0] = 1


def test_the_same_model_gives_the_same_bytes(model_path: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.ngram"
    write_model(again, 5, TOKENS, tiny_arrays())
    assert again.read_bytes() == model_path.read_bytes()


def test_arrays_are_aligned_and_where_the_header_says(model_path: Path) -> None:
    content = model_path.read_bytes()
    assert content[:8] == MAGIC
    (length,) = struct.unpack("<I", content[8:12])
    header = json.loads(content[12 : 12 + length])
    assert (header["version"], header["order"]) == (VERSION, 5)
    for name, (kind, count, offset) in header["arrays"].items():
        assert offset % 16 == 0
        found = np.frombuffer(content, np.dtype(kind), count, offset)
        np.testing.assert_array_equal(found, tiny_arrays()[name])


def test_another_file_is_refused(model_path: Path) -> None:
    model_path.write_bytes(b"RESTNGRX" + model_path.read_bytes()[8:])
    with pytest.raises(ValueError, match=r"tiny\.ngram is not a restore\.ngram file"):
        read_model(model_path)


def test_another_version_is_refused(model_path: Path) -> None:
    model_path.write_bytes(model_path.read_bytes().replace(b'"version":1', b'"version":2'))
    with pytest.raises(ValueError, match="has version 2, this program reads version 1"):
        read_model(model_path)


@pytest.mark.parametrize("kept", [0, 4, 8, 11, 40, 300, -1])
def test_a_truncated_file_is_refused(model_path: Path, kept: int) -> None:
    model_path.write_bytes(model_path.read_bytes()[:kept])
    with pytest.raises(ValueError):
        read_model(model_path)


def test_another_order_is_refused() -> None:
    with pytest.raises(ValueError, match="the model is of order 3, the program reads order 5"):
        Ngram(tiny_arrays(), 3)


def test_scores_by_hand() -> None:
    model = tiny()
    state = (START_ID, -1, -1, -1)
    logp, state = model.score_token(state, ỦY)  # the bigram "<s> ủy"
    assert logp == pytest.approx(math.log(0.6))
    logp, state = model.score_token(state, NHÂN)  # the trigram
    assert logp == pytest.approx(math.log(0.8))
    logp, state = model.score_token(state, DÂN)  # the 4-gram
    assert logp == pytest.approx(math.log(0.9))
    assert min(state) >= 0
    before = state
    logp, state = model.score_token(before, NHÂN)  # the 5-gram
    assert logp == pytest.approx(math.log(0.4))
    # <num> follows none of them: the back-offs of all contexts are paid
    logp, state = model.score_token(before, NUMBER_ID)
    assert logp == pytest.approx(-0.15 - 0.1 - 0.4 - 0.9 + math.log(0.09))
    assert state == (NUMBER_ID, -1, -1, -1)
    # what a state says does not depend on what was asked before
    assert model.score_token(before, NUMBER_ID) == (logp, state)


def test_back_off_by_hand() -> None:
    model = tiny()
    _, after_uy = model.score_token((NUMBER_ID, -1, -1, -1), ỦY)
    assert after_uy == (ỦY, -1, -1, -1)
    logp, after_nhan = model.score_token(after_uy, NHÂN)
    assert logp == pytest.approx(math.log(0.5))
    logp, after_dan = model.score_token(after_nhan, DÂN)  # the trigram, no context was given up
    assert logp == pytest.approx(math.log(0.75))
    logp, _ = model.score_token(after_nhan, ỦY)  # neither "nhân ủy" nor "ủy nhân ủy": two back-offs
    assert logp == pytest.approx(-0.2 - 0.7 + math.log(0.15))
    assert after_dan[2] >= 0
    assert after_dan[3] == -1


def test_a_context_that_nothing_follows_is_no_state() -> None:
    model = tiny()
    _, state = model.score_token((DÂN, -1, -1, -1), NHÂN)  # the model has "dân nhân", and no trigram after it
    assert model.bigram(DÂN, NHÂN) >= 0
    assert state == (NHÂN, -1, -1, -1)


def test_a_sequence_is_scored_from_its_start() -> None:
    model = tiny()
    logp = model.sequence_logp([ỦY, NHÂN, DÂN])
    assert logp == pytest.approx(np.log([0.6, 0.8, 0.9]))
    assert len(model.sequence_logp([])) == 0


def test_bigrams_are_found_by_both_tokens() -> None:
    model = tiny()
    assert [model.bigram(*pair) for pair in ((START_ID, ỦY), (NHÂN, DÂN), (ỦY, NHÂN))] == [0, 1, 3]
    assert model.bigram(NHÂN, ỦY) == model.bigram(DÂN, ỦY) == -1


def _sum(model: Ngram, state: tuple[int, ...]) -> float:
    return math.fsum(math.exp(model.score_token(state, token)[0]) for token in range(model.vocabulary))


@pytest.mark.parametrize(
    "context",
    ["", "ủy ban", "ủy ban nhân", "của", "quyết định", "căn cứ luật", "<num> /", "và các ủy", "<unk> <unk>"],
)
def test_probabilities_sum_to_one_after_common_contexts(context: str) -> None:
    # Exact before quantising (the builder renormalises). One of 255 codes stands for all values of its bin; over
    # the many successors of a common context the errors cancel but for the back-off weight's own: within a tenth.
    default = default_model()
    model = Ngram(default.arrays, default.order)
    state = (0, -1, -1, -1)
    for token in context.split():
        _, state = model.score_token(state, default.tokens.index(token))
    assert _sum(model, state) == pytest.approx(1.0, abs=0.1)


def test_probabilities_sum_to_one_on_average() -> None:
    # A rare context may have one successor, whose code is too high or too low by half: of contexts drawn
    # evenly from the vocabulary the mean error is held, not each.
    default = default_model()
    model = Ngram(default.arrays, default.order)
    draw = np.random.default_rng(0)
    sums = [_sum(model, (int(token), -1, -1, -1)) for token in draw.integers(0, model.vocabulary, 60)]
    assert np.mean(sums) == pytest.approx(1.0, abs=0.05)
    assert np.mean(np.abs(np.array(sums) - 1.0)) < 0.1


def test_the_model_that_ships_prefers_vietnamese() -> None:
    default = default_model()
    model = Ngram(default.arrays, default.order)
    number = {token: index for index, token in enumerate(default.tokens)}

    def logp(text: str) -> float:
        return float(model.sequence_logp([number[token] for token in model_tokens(text)]).sum())

    assert logp("ủy ban nhân dân thành phố") > logp("ủy bán nhận dần thanh phó") + 10
    assert logp("căn cứ luật tổ chức") > logp("tổ luật căn chức cứ") + 10
    assert default.tokens[:3] == (START, NUMBER, UNKNOWN)
    assert len(set(default.tokens)) == len(default.tokens)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Hoá, HOÁ hóa", "hóa , hóa hóa"),
        ("30/5/2022 1.250.000 12%", "<num> <num> <num>"),
        ("“Xanh – Sạch — Đẹp”", "xanh - sạch - đẹp"),
        ("a) [b] *", "a b"),
        ("129/KH-UBND", "<num> / kh - ubnd"),
        ("s6", "s <num>"),
        ("", ""),
    ],
)
def test_tokens(text: str, tokens: str) -> None:
    assert model_tokens(text) == tokens.split()


@given(st.text())
def test_tokens_are_lower_case_and_stable(text: str) -> None:
    for token in model_tokens(unicodedata.normalize("NFC", text)):
        assert token
        if token != NUMBER and token.lower() == token and TOKEN_RE.fullmatch(token):
            assert model_tokens(token) == [token]
        assert " " not in token
