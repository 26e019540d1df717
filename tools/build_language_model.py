"""Learn the syllable language model from a folder of corpora.

    python -m tools.build_language_model CORPORA -o dictionaries/syllables.ngram [--megabytes 20] [--held-out DIR]

CORPORA holds ``*.txt.xz`` files, UTF-8, whose documents are parted by lines ``<<<name>>>``. Documents whose name's
sha256 begins with 0 are held out, and so is, before training, every paragraph elsewhere that shares ten consecutive words
with them; ``--held-out`` writes the held-out documents there, one file a corpus. The same corpora give the same bytes.

Steps: tokens (restore.language.ngram), each distinct paragraph counted once, modified Kneser-Ney estimates of orders 1 to
4 (Chen & Goodman 1999), pruning by relative entropy down to the size asked for (Stolcke 1998), 8-bit codes, file.
Prints held-out perplexity for each size in ``--compare``.
"""

from __future__ import annotations

import argparse
import lzma
import re
import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from restore.language import vietnamese
from restore.language.ngram import (
    BLOCK,
    NUMBER,
    PUNCTUATION,
    START,
    TOKEN_RE,
    UNKNOWN,
    model_token,
    write_model,
)  # fmt: skip
from tools.corpora import all_documents, is_held_out

ORDER = 4
# Copies of a corpus in the counts: local decisions are nearest to what offices write, and the smallest.
WEIGHTS = {"local-decisions": 3}
SYLLABLE_MINIMUM = 4  # occurrences that bring a token of syllable shape into the vocabulary
OTHER_MINIMUM = 60  # and any other token: foreign words, abbreviations
SHARED_WORDS = 10  # a training paragraph that shares so many consecutive words with a held-out document goes
LOWER, TITLE, UPPER = 0, 1, 2

_PHAPDIEN_RE = re.compile(r"^Điều [\d.]+[A-ZĐ]+[\d.]*?\.(\d+)\. ")
_NOTE_RE = re.compile(r"^\(Điều .*\)$|^\(Xem .*|^# \w+ =|^Nguồn: |^Đề mục ")
_SMALL = "a-z" + "".join(sorted(c for c in vietnamese.MARKED_LETTERS if c.islower()))
_LARGE = "A-Z" + "".join(sorted(c for c in vietnamese.MARKED_LETTERS if c.isupper()))
_GLUED_RE = re.compile(f"[{_SMALL}]{{2}}[{_LARGE}][{_SMALL}]")  # "nộpThời": cells of a table run together
_MARKUP_RE = re.compile(r"^=+|=+$")


def paragraphs(lines: Sequence[str]) -> list[str]:
    """Paragraphs of a document: no notes, no cells run together; printed lines joined where the next begins small."""
    found: list[str] = []
    for line in lines:
        if _NOTE_RE.match(line) or _GLUED_RE.search(line):
            continue
        text = _MARKUP_RE.sub("", _PHAPDIEN_RE.sub(r"Điều \1. ", line)).strip()
        if text[:1].islower() and found and len(found[-1]) > 40 and text[1:2] != ")":
            found[-1] += " " + text
        else:
            found.append(text)
    return found


class Tokens:
    """Token ids of many paragraphs, with their letter shapes: flat arrays and the paragraphs' ends."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = {START: 0, NUMBER: 1}
        self._cache: dict[str, int] = {}  # raw -> 4 * id + shape

    def encode(self, text: str) -> list[int]:
        """Codes ``4 * id + shape`` of a paragraph."""
        cache = self._cache
        codes = []
        for raw in TOKEN_RE.findall(text):
            code = cache.get(raw)
            if code is None:
                token = model_token(raw)
                shape = {"title": TITLE, "upper": UPPER}.get(vietnamese.case_of(raw), LOWER)
                code = 4 * self.ids.setdefault(token, len(self.ids)) + shape
                if token != NUMBER:
                    cache[raw] = code
            codes.append(code)
        return codes


@dataclass
class Corpus:
    """All paragraphs of one side (training or held out) of one file."""

    name: str
    codes: array
    ends: array


def read_corpora(
    folder: Path, tokens: Tokens, held_out_folder: Path | None
) -> tuple[list[Corpus], list[Corpus]]:
    """Training and held-out paragraphs of every corpus, each distinct training paragraph once."""
    training, held_out = [], []
    seen: set[int] = set()
    for path in sorted(folder.glob("*.txt.xz")):
        name = path.name.removesuffix(".txt.xz")
        sides = Corpus(name, array("I"), array("Q")), Corpus(name, array("I"), array("Q"))
        kept_text = []
        with lzma.open(path, "rt", encoding="utf-8") as stream:
            for document in all_documents(stream):
                found = paragraphs(document.lines)
                away = is_held_out(document.name)
                if away and found:
                    kept_text.append(f"<<<{document.name}>>>\n" + "\n".join(found))
                _add(sides[away], found, tokens, None if away else seen)
        training.append(sides[0])
        held_out.append(sides[1])
        if held_out_folder:
            held_out_folder.mkdir(parents=True, exist_ok=True)
            (held_out_folder / f"{name}.txt").write_text("\n".join(kept_text) + "\n", encoding="utf-8")
        print(
            f"{name}: {len(sides[0].codes):,} training tokens, {len(sides[1].codes):,} held out", flush=True
        )
    return training, held_out


def _add(side: Corpus, found: Sequence[str], tokens: Tokens, seen: set[int] | None) -> None:
    """Add a document's paragraphs to a side; where ``seen`` is given, only those not seen before."""
    for paragraph in found:
        codes = tokens.encode(paragraph)
        if len(codes) < 2:
            continue
        if seen is not None:
            key = hash(tuple(codes))
            if key in seen:
                continue
            seen.add(key)
        side.codes.extend(codes)
        side.ends.append(len(side.codes))


def word_hashes(corpus: Corpus, is_word: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A hash of every ten consecutive words within a paragraph, and the paragraph it stands in."""
    ids = np.frombuffer(corpus.codes, dtype=np.uint32) >> 2
    paragraph = np.repeat(
        np.arange(len(corpus.ends)),
        np.diff(np.frombuffer(corpus.ends, np.uint64), prepend=0).astype(np.int64),
    )
    keep = is_word[ids]
    ids, paragraph = ids[keep].astype(np.uint64), paragraph[keep]
    if len(ids) < SHARED_WORDS:
        return np.empty(0, np.uint64), np.empty(0, np.int64)
    count = len(ids) - SHARED_WORDS + 1
    value = np.zeros(count, np.uint64)
    for k in range(SHARED_WORDS):
        value = (value ^ ids[k : k + count]) * np.uint64(0x9E3779B97F4A7C15)
        value ^= value >> np.uint64(29)
    inside = paragraph[:count] == paragraph[SHARED_WORDS - 1 :]
    return value[inside], paragraph[:count][inside]


def drop_shared(
    training: list[Corpus], held_out: list[Corpus], is_word: np.ndarray
) -> list[tuple[np.ndarray, np.ndarray, str]]:
    """Training tokens (codes, paragraph starts) without the paragraphs that share ten words with held-out ones."""
    away = np.unique(np.concatenate([word_hashes(corpus, is_word)[0] for corpus in held_out]))
    kept = []
    for corpus in training:
        hashes, paragraph = word_hashes(corpus, is_word)
        place = np.minimum(np.searchsorted(away, hashes), len(away) - 1)
        shared = np.zeros(len(corpus.ends), bool)
        shared[paragraph[away[place] == hashes]] = True
        codes = np.frombuffer(corpus.codes, dtype=np.uint32)
        lengths = np.diff(np.frombuffer(corpus.ends, np.uint64), prepend=0).astype(np.int64)
        mask = np.repeat(~shared, lengths)
        kept.append((codes[mask], lengths[~shared], corpus.name))
        print(
            f"{corpus.name}: {shared.sum():,} of {len(shared):,} paragraphs share ten words with held-out text"
        )
    return kept


def stream_of(
    parts: list[tuple[np.ndarray, np.ndarray, str]], remap: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """One stream of vocabulary ids with a start token before each paragraph, and the letter shapes."""
    ids, shapes = [], []
    for codes, lengths, name in parts:
        starts = np.cumsum(lengths) - lengths
        with_start = np.insert(remap[codes >> 2], starts, 0).astype(np.uint16)
        shape = np.insert((codes & 3).astype(np.uint8), starts, LOWER)
        for _ in range(WEIGHTS.get(name, 1)):
            ids.append(with_start)
            shapes.append(shape)
    return np.concatenate(ids), np.concatenate(shapes)


@dataclass
class Level:
    """All n-grams of one order, sorted: keys pack token ids, first token highest."""

    keys: np.ndarray  # uint64
    count: np.ndarray  # raw counts
    adjusted: np.ndarray  # Kneser-Ney continuation counts, raw for the highest order and after <s>
    logp: np.ndarray
    backoff: np.ndarray


def _first(keys: np.ndarray, n: int) -> np.ndarray:
    return keys >> np.uint64(16 * (n - 1))


def _suffix(keys: np.ndarray, n: int) -> np.ndarray:
    return keys & np.uint64((1 << (16 * (n - 1))) - 1)


def count_ngrams(ids: np.ndarray) -> list[Level]:
    """Counts of the orders 1 to ORDER; n-grams that would run over a paragraph's start are left out."""
    levels = []
    key = ids.astype(np.uint64)
    inside = np.ones(len(ids), bool)
    for n in range(1, ORDER + 1):
        if n > 1:
            key = (key[:-1] << np.uint64(16)) | ids[n - 1 :].astype(np.uint64)
            inside = inside[:-1] & (ids[n - 1 :] != 0)
        keys, counts = np.unique(key[inside], return_counts=True)
        empty = np.empty(0)
        levels.append(Level(keys, counts, counts.copy(), empty, empty))
        print(f"order {n}: {len(keys):,} n-grams", flush=True)
    for n in range(1, ORDER):
        higher, level = levels[n], levels[n - 1]
        place = np.searchsorted(level.keys, _suffix(higher.keys, n + 1))
        continuation = np.bincount(place, minlength=len(level.keys))
        after_start = _first(level.keys, n) == 0
        level.adjusted = np.where(after_start, level.count, continuation)
    return levels


def estimate(levels: list[Level], vocabulary: int) -> None:
    """Fill in interpolated modified Kneser-Ney log probabilities and back-off weights, lowest order first."""
    for n, level in enumerate(levels, 1):
        c = level.adjusted.astype(np.float64)
        n1, n2, n3, n4 = (np.count_nonzero(level.adjusted == k) for k in (1, 2, 3, 4))
        y = n1 / (n1 + 2 * n2)
        d = np.array([0.0, 1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3])
        discount = d[np.minimum(level.adjusted, 3)]
        if n == 1:
            c[0] = discount[0] = 0.0  # <s> is never predicted
            total = c.sum()
            left = discount.sum() / total
            level.logp = np.log(np.maximum((c - discount) / total + left / vocabulary, 1e-12))
            level.backoff = np.zeros(len(c))
            continue
        below = levels[n - 2]
        context = np.searchsorted(below.keys, level.keys >> np.uint64(16))
        total = np.bincount(context, c, len(below.keys))
        left = np.bincount(context, discount, len(below.keys)) / np.maximum(total, 1e-9)
        lower = np.searchsorted(below.keys, _suffix(level.keys, n))
        p = (c - discount) / total[context] + left[context] * np.exp(below.logp[lower])
        level.logp = np.log(p)
        level.backoff = np.zeros(len(p))
        below.backoff = np.where(total > 0, np.log(np.maximum(left, 1e-9)), 0.0)
        print(f"order {n}: discounts {d[1]:.3f} {d[2]:.3f} {d[3]:.3f}", flush=True)


def _lower_logp(levels: list[Level], n: int) -> np.ndarray:
    """Log p(w | shorter context) + back-off weight of the context, for every n-gram of order n."""
    level, below = levels[n - 1], levels[n - 2]
    context = np.searchsorted(below.keys, level.keys >> np.uint64(16))
    lower = np.searchsorted(below.keys, _suffix(level.keys, n))
    return below.backoff[context] + below.logp[lower]


def prune(levels: list[Level], budget: int, fixed: int) -> list[Level]:
    """The n-grams that lower the model's entropy most, within so many bytes; prefixes and suffixes of kept ones stay."""
    scores = [
        level.count * (level.logp - _lower_logp(levels, n)) for n, level in enumerate(levels, 1) if n > 1
    ]
    cost = [8, 6.2, 6.2, 3]
    low, high = 0.0, 1e5
    best: list[np.ndarray] = []
    for _ in range(40):
        threshold = (low + high) / 2
        kept = _closure(levels, [np.abs(score) > threshold for score in scores])
        size = fixed + sum(cost[n] * mask.sum() for n, mask in enumerate(kept))
        if size <= budget:
            best, high = kept, threshold
        else:
            low = threshold
    pruned = [
        Level(
            level.keys[mask], level.count[mask], level.adjusted[mask], level.logp[mask], level.backoff[mask]
        )
        for level, mask in zip(levels, best, strict=True)
    ]
    _renormalise(pruned)
    return pruned


def _closure(levels: list[Level], masks: list[np.ndarray]) -> list[np.ndarray]:
    """Masks for all orders, with the prefix and the suffix of every kept n-gram kept too."""
    kept = [np.ones(len(levels[0].keys), bool), *(mask.copy() for mask in masks)]
    for n in range(ORDER, 2, -1):
        keys, below = levels[n - 1].keys[kept[n - 1]], levels[n - 2].keys
        kept[n - 2][np.searchsorted(below, np.unique(keys >> np.uint64(16)))] = True
        kept[n - 2][np.searchsorted(below, np.unique(_suffix(keys, n)))] = True
    return kept


def _renormalise(levels: list[Level]) -> None:
    """Back-off weights that make every context sum to one again."""
    for n in range(2, ORDER + 1):
        level, below = levels[n - 1], levels[n - 2]
        context = np.searchsorted(below.keys, level.keys >> np.uint64(16))
        lower = np.searchsorted(below.keys, _suffix(level.keys, n))
        taken = np.bincount(context, np.exp(level.logp), len(below.keys))
        covered = np.bincount(context, np.exp(below.logp[lower]), len(below.keys))
        below.backoff = np.where(
            taken > 0, np.log(np.maximum(1 - taken, 1e-6) / np.maximum(1 - covered, 1e-6)), 0.0
        )
        # lower orders' logp stays: it was interpolated with the full model below


def score_stream(levels: list[Level], ids: np.ndarray) -> np.ndarray:
    """Log p of every token but <s> under the back-off model."""
    logp = np.full(len(ids), np.nan)
    done = ids == 0
    penalty = np.zeros(len(ids))
    since_start = np.arange(len(ids)) - np.maximum.accumulate(np.where(ids == 0, np.arange(len(ids)), 0))
    for n in range(ORDER, 0, -1):
        key = np.zeros(len(ids), np.uint64)
        for k in range(n):
            key[n - 1 :] |= ids[k : len(ids) - n + 1 + k].astype(np.uint64) << np.uint64(16 * (n - 1 - k))
        possible = ~done & (since_start >= n - 1)
        found = np.zeros(len(ids), bool)
        keys = levels[n - 1].keys
        place = np.minimum(np.searchsorted(keys, key[possible]), len(keys) - 1)
        hit = keys[place] == key[possible]
        index = np.flatnonzero(possible)
        found[index[hit]] = True
        logp[index[hit]] = levels[n - 1].logp[place[hit]] + penalty[index[hit]]
        done |= found
        if n > 1:  # the context of what is still open pays its back-off weight
            context = key[possible][~hit] >> np.uint64(16)
            below = levels[n - 2]
            place = np.minimum(np.searchsorted(below.keys, context), len(below.keys) - 1)
            known = below.keys[place] == context
            penalty[index[~hit][known]] += below.backoff[place[known]]
    return logp[ids != 0]


def quantise(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """8-bit codes and their values: bins of equal frequency, each at its mean (as KenLM does); code 0 is exactly 0."""
    codes = np.zeros(len(values), np.uint8)
    table = np.zeros(256, np.float32)
    other = np.flatnonzero(values != 0)
    order = other[np.argsort(values[other], kind="stable")]
    for code, part in enumerate(np.array_split(order, 255), 1):
        if len(part):
            codes[part] = code
            table[code] = values[part].mean()
    return codes, table


def title_rates(
    ids: np.ndarray, shapes: np.ndarray, bigrams: np.ndarray, vocabulary: int
) -> dict[str, np.ndarray]:
    """How often a word is written with a capital where its neighbours do not say so, in 1/255ths.

    ``title_1``: by word; ``title_left_2``: the second word of each bigram; ``title_right_2``: its first word.
    Words after a paragraph's start or a full stop, and words in capitals beside words in capitals, tell nothing.
    """
    full_stops = np.array([1 if i in FULL_STOP_IDS else 0 for i in range(vocabulary)], bool)
    after = np.concatenate([[True], (ids[:-1] == 0) | full_stops[ids[:-1]]])
    told = (ids != 0) & ~after & (shapes != UPPER)
    rates = {}
    rates["title_1"] = _rate(ids.astype(np.int64), shapes, told, vocabulary)
    key = (ids[:-1].astype(np.uint64) << np.uint64(16)) | ids[1:].astype(np.uint64)
    place = np.minimum(np.searchsorted(bigrams, key), len(bigrams) - 1)
    hit = bigrams[place] == key
    rates["title_left_2"] = _rate(place, shapes[1:], told[1:] & hit, len(bigrams))
    rates["title_right_2"] = _rate(place, shapes[:-1], told[:-1] & hit, len(bigrams))
    return rates


FULL_STOP_IDS: set[int] = set()


def _rate(place: np.ndarray, shapes: np.ndarray, told: np.ndarray, size: int) -> np.ndarray:
    seen = np.bincount(place[told], minlength=size)
    title = np.bincount(place[told & (shapes == TITLE)], minlength=size)
    return np.round(255 * title / np.maximum(seen, 1)).astype(np.uint8)


def pack(levels: list[Level], counts: np.ndarray) -> dict[str, np.ndarray]:
    """The arrays of the file format (see restore.language.ngram)."""
    arrays: dict[str, np.ndarray] = {"count_1": counts.astype(np.uint32)}
    for n, level in enumerate(levels, 1):
        arrays[f"logp_{n}"], arrays[f"logp_codes_{n}"] = quantise(level.logp)
        if n > 1:
            arrays[f"token_{n}"] = (level.keys & np.uint64(0xFFFF)).astype(np.uint16)
        if n == ORDER:
            continue
        arrays[f"backoff_{n}"], arrays[f"backoff_codes_{n}"] = quantise(level.backoff)
        begin = np.searchsorted(levels[n].keys >> np.uint64(16), level.keys)
        begin = np.append(begin, len(levels[n].keys))
        if n == 1:
            arrays["begin_1"] = begin.astype(np.uint32)
        else:
            base = begin[::BLOCK]
            offset = begin - np.repeat(base, BLOCK)[: len(begin)]
            if offset.max() >= 1 << 16:
                raise ValueError("a block of nodes has too many children; lower BLOCK")
            arrays[f"base_{n}"], arrays[f"begin_{n}"] = base.astype(np.uint32), offset.astype(np.uint16)
    return arrays


def choose_vocabulary(counts: np.ndarray, names: list[str]) -> list[int]:
    """Old ids of the vocabulary: the special tokens, then the rest by code points."""
    chosen = []
    for index, (name, count) in enumerate(zip(names, counts, strict=True)):
        minimum = SYLLABLE_MINIMUM if vietnamese.is_syllable(name) else OTHER_MINIMUM
        if index > 1 and (count >= minimum or name in PUNCTUATION):
            chosen.append(index)
    return sorted(chosen, key=lambda index: names[index])


def main() -> None:
    """Build the model and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--megabytes", type=float, default=20.0)
    parser.add_argument(
        "--compare", type=float, nargs="*", default=[10, 20, 30], help="sizes to print perplexity for"
    )
    parser.add_argument("--held-out", type=Path, help="where to write the held-out documents")
    options = parser.parse_args()

    tokens = Tokens()
    training, held_out = read_corpora(options.corpora, tokens, options.held_out)
    names = list(tokens.ids)
    is_word = np.array([name not in PUNCTUATION for name in names])
    parts = drop_shared(training, held_out, is_word)
    counts = np.bincount(np.concatenate([codes >> 2 for codes, _, _ in parts]), minlength=len(names))
    chosen = choose_vocabulary(counts, names)
    vocabulary = [START, NUMBER, UNKNOWN, *(names[index] for index in chosen)]
    remap = np.full(len(names), 2, np.uint16)
    remap[0], remap[1] = 0, 1
    remap[chosen] = np.arange(3, len(vocabulary))
    FULL_STOP_IDS.update(vocabulary.index(mark) for mark in ".;:-/" if mark in vocabulary)
    ids, shapes = stream_of(parts, remap)
    print(f"{len(ids):,} training tokens, vocabulary {len(vocabulary):,}, "
          f"{np.mean(ids == 2):.2%} unknown", flush=True)  # fmt: skip
    levels = count_ngrams(ids)
    estimate(levels, len(vocabulary))
    tests = {
        corpus.name: stream_of([(np.frombuffer(corpus.codes, np.uint32),
                                 np.diff(np.frombuffer(corpus.ends, np.uint64), prepend=0).astype(np.int64), "")], remap)[0]
        for corpus in held_out
    }  # fmt: skip
    counts_1 = np.bincount(ids, minlength=len(vocabulary))
    report("unpruned", levels, tests, sum(len(level.keys) for level in levels))
    fixed = 300_000
    for size in sorted({*options.compare, options.megabytes}):
        pruned = prune(levels, int(size * 1e6), fixed)
        report(f"{size:g} MB", pruned, tests, sum(len(level.keys) for level in pruned))
        if size == options.megabytes:
            arrays = pack(pruned, counts_1) | title_rates(ids, shapes, pruned[1].keys, len(vocabulary))
            write_model(options.output, ORDER, vocabulary, arrays)
            print(f"{options.output}: {options.output.stat().st_size:,} bytes, "
                  + ", ".join(f"{len(level.keys):,}" for level in pruned) + " n-grams")  # fmt: skip
    sys.stdout.flush()


def report(label: str, levels: list[Level], tests: dict[str, np.ndarray], size: int) -> None:
    """Print held-out perplexity a token, by corpus."""
    figures = [f"{name} {np.exp(-np.mean(score_stream(levels, ids))):.1f}" for name, ids in tests.items()]
    print(f"{label}: {size:,} n-grams; held-out perplexity " + ", ".join(figures), flush=True)


if __name__ == "__main__":
    main()
