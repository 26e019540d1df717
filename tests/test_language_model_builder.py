"""The builder of the language model, on an invented corpus of two files."""

from __future__ import annotations

import lzma
import math
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from restore.language._ngram import Ngram

from restore.language import lexicon
from restore.language.ngram import NUMBER, START, UNKNOWN, ModelFile, model_tokens, read_model
from tools.build_language_model import ORDER
from tools.corpora import is_held_out
from tools.kneser_ney import Estimates, Mask, choose, estimate, losses, renormalise
from tools.model_arrays import quantise, title_rates
from tools.model_text import LOWER, TITLE, Stream, choose_vocabulary
from tools.ngram_counts import Level, count_ngrams

ROOT = Path(__file__).parents[1]
HELD_OUT = ("39", "49")
# Ten consecutive words of a held-out document; nine of them are no reason to drop a paragraph.
TEN = "cánh đồng bên sông mùa này vàng rực bông lúa"
NINE = TEN.rsplit(" ", 1)[0]
RESERVED = frozenset(["khuỷu", "tay", "ngoằn", "ngoèo", "loằng", "ngoằng", "cánh", "vàng", "rặng"])
COMMON = "ủy ban nhân dân xã xây dựng kế hoạch trước ngày 12"


def sentences(draw: random.Random, common: float) -> Iterator[str]:
    """Invented text with the frequencies of language: a few common words, many rare ones, habits of what follows what."""
    vocabulary = [text for text in sorted(lexicon.syllables()) if len(text) > 2 and text not in RESERVED]
    vocabulary = draw.sample(vocabulary, 700)
    follow = {word: draw.sample(vocabulary[:300], 6) for word in vocabulary}
    while True:
        words, word = [], vocabulary[0]
        for _ in range(draw.randrange(6, 18)):
            usual = draw.random() < 0.7
            word = (
                follow[word][int(6 * draw.random() ** 2)]
                if usual
                else vocabulary[int(700 * draw.random() ** 4)]
            )
            words.append(word)
        if draw.random() < common:
            words.append(COMMON)
        text = " ".join(words)
        yield text[0].upper() + text[1:] + draw.choice([".", ";", ":", ", kể cả 3/4 - 5."])


def write_corpus(folder: Path) -> None:
    draw = random.Random(11)
    text, other = sentences(draw, 0.1), sentences(draw, 0.0)
    folder.mkdir()
    names = [name for name in map(str, range(40)) if not is_held_out(name)]
    for file, kept, away in (("laws", names[:20], HELD_OUT[0]), ("news", names[20:], HELD_OUT[1])):
        lines = []
        for name in kept:
            lines += [f"<<<{name}>>>", *(next(text) for _ in range(20))]
        lines += [
            f"<<<{away}>>>",
            *(f"Khuỷu tay thứ {n} {next(other)}" for n in range(12)),
            f"Nhìn ra {TEN} thơm.",
        ]
        if file == "news":
            places = ["đông", "tây", "nam", "bắc", "trên", "dưới"]
            lines += ["<<<cánh đồng>>>"]
            lines += [f"Phía {place} là {TEN} ngoằn ngoèo." for place in places]
            lines += [f"Phía {place} là {NINE} rặng tre loằng ngoằng." for place in places]
        with lzma.open(folder / f"{file}.txt.xz", "wt", encoding="utf-8") as stream:
            stream.write("\n".join(lines) + "\n")


@dataclass(frozen=True)
class Built:
    model: ModelFile
    printed: str
    held_out: Path


def build(corpora: Path, folder: Path, seed: str) -> Built:
    folder.mkdir()
    output, held_out = folder / "tiny.ngram", folder / "held-out"
    done = subprocess.run(
        [sys.executable, "-m", "tools.build_language_model", corpora, "-o", output, "--megabytes", "1", "--compare", "0.25",
         "--held-out", held_out],
        capture_output=True, text=True, check=True, cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    return Built(read_model(output), done.stdout, held_out)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("builder")
    write_corpus(path / "corpora")
    return path


@pytest.fixture(scope="module")
def built(folder: Path) -> Built:
    return build(folder / "corpora", folder / "one", "1")


def test_the_same_corpora_give_the_same_bytes(folder: Path, built: Built) -> None:
    again = build(folder / "corpora", folder / "two", "4242")
    assert again.model.path.read_bytes() == built.model.path.read_bytes()
    assert again.printed.replace("two", "one") == built.printed


def test_the_file_is_a_model(built: Built) -> None:
    model = built.model
    assert model.order == ORDER
    assert model.tokens[:3] == (START, NUMBER, UNKNOWN)
    assert list(model.tokens[3:]) == sorted(model.tokens[3:])
    assert {"ủy", "ban", "kế", "hoạch", ".", ":"} <= set(model.tokens)
    assert len(model.arrays["title_1"]) == len(model.tokens)


def _logp(model: ModelFile, text: str) -> float:
    number = {token: index for index, token in enumerate(model.tokens)}
    tokens = [number.get(token, number[UNKNOWN]) for token in model_tokens(text)]
    return float(Ngram(model.arrays, model.order).sequence_logp(tokens).sum())


def test_it_has_learned_what_the_corpus_says(built: Built) -> None:
    unlikely = " ".join(reversed(COMMON.split()))
    assert _logp(built.model, COMMON) > _logp(built.model, unlikely) + 20


def test_held_out_documents_are_not_in_it(built: Built) -> None:
    assert "khuỷu" not in built.model.tokens
    assert "tay" not in built.model.tokens
    assert all(map(is_held_out, HELD_OUT))
    assert "Khuỷu tay thứ 3" in (built.held_out / "laws.txt").read_text(encoding="utf-8")
    assert "<<<39>>>" in (built.held_out / "laws.txt").read_text(encoding="utf-8")


def test_a_paragraph_that_shares_ten_words_with_a_held_out_one_is_dropped(built: Built) -> None:
    assert "ngoằn" not in built.model.tokens
    assert {"loằng", "ngoằng", "cánh", "vàng"} <= set(built.model.tokens)
    assert "6 of " in next(
        line for line in built.printed.splitlines() if "news" in line and "share ten" in line
    )


def test_perplexity_is_printed_for_every_size(built: Built) -> None:
    lines = [line for line in built.printed.splitlines() if "held-out perplexity" in line]
    assert [line.split(":")[0] for line in lines] == ["unpruned", "0.25 MB", "1 MB"]
    figures = [float(line.split("laws ")[1].split(",")[0]) for line in lines]
    assert all(1 < figure < 1000 for figure in figures)


def test_pruning_takes_ngrams_and_keeps_sums(built: Built) -> None:
    counts = [
        int(line.split(": ")[1].split(" ")[0].replace(",", ""))
        for line in built.printed.splitlines()
        if "n-grams; held-out" in line
    ]
    assert counts[0] >= counts[2] > counts[1] > 0
    model = Ngram(built.model.arrays, built.model.order)
    number = {token: index for index, token in enumerate(built.model.tokens)}
    for context in ("", "ủy ban", "kế hoạch", "trước ngày <num>", "<unk>"):
        state = (0, -1, -1, -1)
        for token in context.split():
            _, state = model.score_token(state, number[token])
        total = math.fsum(math.exp(model.score_token(state, token)[0]) for token in range(len(number)))
        # exact before the 8-bit codes (below); a context of one or two successors suffers most from them
        assert total == pytest.approx(1.0, abs=0.3), context


@dataclass(frozen=True)
class Textbook:
    """Back-off as the textbook has it, by tuples of tokens."""

    logp: dict[tuple[int, ...], float]
    backoff: dict[tuple[int, ...], float]

    @classmethod
    def of(cls, levels: list[Level], estimates: list[Estimates], kept: list[Mask]) -> Textbook:
        logp, backoff = {}, {}
        below: list[tuple[int, ...]] = [()]
        for n, (level, values, mask) in enumerate(zip(levels, estimates, kept, strict=True)):
            prefixes = level.prefix if n else np.zeros(len(level.keys), int)
            names = [(*below[p], int(t)) for p, t in zip(prefixes, level.token, strict=True)]
            logp |= {name: p for name, p, k in zip(names, values.logp, mask, strict=True) if k}
            backoff |= {name: b for name, b, k in zip(names, values.backoff, mask, strict=True) if k}
            below = names
        return cls(logp, backoff)

    def probability(self, context: tuple[int, ...], token: int) -> float:
        penalty = 0.0
        for begin in range(len(context) + 1):
            if (*context[begin:], token) in self.logp:
                return math.exp(penalty + self.logp[*context[begin:], token])
            penalty += self.backoff.get(context[begin:], 0.0)
        raise KeyError(token)


def _invented_levels(weight: float) -> list[Level]:
    draw = np.random.default_rng(3)
    raw = np.minimum(draw.zipf(1.5, 8000), 2000)
    raw[::12] = 0  # paragraphs
    ids = np.unique(raw, return_inverse=True)[1].astype(np.uint16)  # every number from 0 on occurs
    return count_ngrams(ids, np.where(np.arange(len(ids)) < 4000, weight, 1.0), ORDER)


@pytest.mark.parametrize("weight", [1.0, 6.0, 0.25])
@pytest.mark.parametrize("pruned", [False, True])
def test_estimates_sum_to_one_after_every_context(pruned: bool, weight: float) -> None:
    levels = _invented_levels(weight)
    estimates = estimate(levels)
    kept = [np.ones(len(level.keys), bool) for level in levels]
    if pruned:
        before = sum(mask.sum() for mask in kept)
        kept = choose(levels, losses(levels, estimates), [8, 8, 6, 6, 3], 20_000)
        estimates = renormalise(levels, estimates, kept)
        assert sum(mask.sum() for mask in kept) < before / 3
    model = Textbook.of(levels, estimates, kept)
    for context in (
        (),
        (1,),
        (2, 1),
        (3, 1, 2),
        (0, 5),
        (0, 1, 1),
        (90,),
        (1, 90, 1),
        (1, 1, 2, 1),
        (0, 1, 2, 1),
    ):
        tokens = range(1, len(levels[0].keys))
        total = math.fsum(model.probability(context, token) for token in tokens)
        assert total == pytest.approx(1.0, abs=1e-5), context


def test_a_kept_ngram_keeps_its_prefix_and_its_suffix() -> None:
    levels = _invented_levels(1.0)
    kept = choose(levels, losses(levels, estimate(levels)), [8, 8, 6, 6, 3], 20_000)
    for n in range(2, ORDER):
        assert kept[n - 1][levels[n].prefix[kept[n]]].all()
        assert kept[n - 1][levels[n].suffix[kept[n]]].all()


def test_a_corpus_of_more_weight_is_believed_more_where_corpora_differ() -> None:
    # After 2, the first corpus goes on with 3 and the second with 4, each in many contexts.
    draw = np.random.default_rng(5)
    parts = [
        np.column_stack([np.zeros(300), draw.integers(5, 20, 300), np.full(300, 2), np.full(300, after)])
        for after in (3, 4)
    ]
    filling = np.column_stack([np.zeros(400), draw.integers(1, 20, (400, 6))]).ravel()
    ids = np.concatenate([*(part.ravel() for part in parts), filling]).astype(np.uint16)

    def chance(weight: float, token: int) -> float:
        levels = count_ngrams(ids, np.where(np.arange(len(ids)) < 1200, weight, 1.0), ORDER)
        kept = [np.ones(len(level.keys), bool) for level in levels]
        return Textbook.of(levels, estimate(levels), kept).probability((2,), token)

    assert chance(1.0, 3) == pytest.approx(chance(1.0, 4), rel=0.2)
    assert chance(4.0, 3) > 2 * chance(4.0, 4)
    assert chance(4.0, 3) > chance(1.0, 3)


def test_an_abbreviation_needs_fewer_occurrences_than_a_foreign_word() -> None:
    names = [START, NUMBER, "bcđ", "street", "dân", "kỳ", ";"]
    counts = np.array([9, 9, 12, 12, 12, 3, 1])
    capitals = np.array([0, 0, 11, 1, 0, 0, 0])
    assert [names[k] for k in choose_vocabulary(counts, capitals, names)] == [";", "bcđ", "dân"]


@pytest.mark.parametrize(
    ("values", "distinct"),
    [([0.0, -1.0, -1.0, -2.0], 3), ([0.0], 1), ([-0.5] * 400, 1), (list(np.linspace(-9, -1, 5000)), 255)],
)
def test_quantising_keeps_zero_and_stays_near(values: list[float], distinct: int) -> None:
    codes, table = quantise(np.array(values))
    restored = table[codes]
    assert (restored[np.array(values) == 0] == 0).all()
    assert len(set(restored.tolist())) == distinct
    assert np.abs(restored - values).max() < 0.05


def test_capitals_are_counted_where_nothing_else_asks_for_them(built: Built) -> None:
    number = {token: index for index, token in enumerate(built.model.tokens)}
    title = built.model.arrays["title_1"]
    # words have a capital at the head of a sentence alone: that tells nothing of the word
    assert (title == 0).all()
    # inside a sentence it does
    tokens = [number["ủy"], number["ban"]] * 2
    ids = np.array([0, *tokens], np.uint16)
    shapes = np.array([LOWER, TITLE, LOWER, TITLE, TITLE], np.uint8)
    bigrams = np.array([(tokens[0] << 16) | tokens[1]], np.uint64)
    stream = Stream(ids, shapes, np.zeros(5, np.uint8))
    rates = title_rates(stream, np.ones(5), bigrams, built.model.tokens)
    assert rates["title_1"][tokens[0]] == 255  # its first place is the paragraph's head and does not count
    assert rates["title_1"][tokens[1]] == 128
    assert rates["title_left_2"].tolist() == [128]
    # an occurrence counts as much as its weight
    heavy = title_rates(stream, np.array([1.0, 1.0, 1.0, 1.0, 3.0]), bigrams, built.model.tokens)
    assert heavy["title_1"][tokens[1]] == 191
