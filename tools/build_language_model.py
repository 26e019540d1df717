"""Learn the syllable language model from a folder of corpora.

    python -m tools.build_language_model CORPORA -o dictionaries/syllables.ngram [--megabytes 33] [--held-out DIR]

CORPORA holds ``*.txt.xz`` files, UTF-8, whose documents are parted by lines ``<<<name>>>``. Documents whose name's
sha256 begins with 0 are held out, and so is, before training, every paragraph elsewhere that shares ten consecutive words
with them; ``--held-out`` writes the held-out documents there, one file a corpus. The same corpora give the same bytes.

Steps: tokens (:mod:`tools.model_text`), counts of orders 1 to 5 (:mod:`tools.ngram_counts`), modified Kneser-Ney
estimates weighted by corpus and pruned to the size asked for (:mod:`tools.kneser_ney`), 8-bit codes
(:mod:`tools.model_arrays`), file. Prints held-out perplexity, unpruned and for each size in ``--compare``.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from restore.language.ngram import PUNCTUATION, write_model
from tools.kneser_ney import Estimates, Mask, choose, estimate, losses, renormalise, score_stream
from tools.model_arrays import pack, title_rates
from tools.model_text import Tokens, drop_shared, read_corpora, stream_of, vocabulary_of
from tools.ngram_counts import Ints, count_ngrams, locate

ORDER = 5
# What an occurrence in a corpus is worth: local decisions and news are nearest to what offices write of, and small; the
# encyclopedia is the largest and the farthest. Chosen on held-out documents and on OCR readings of office documents.
WEIGHTS = {"local-decisions": 6.0, "news": 2.0, "procedures": 1.5, "vbpl": 1.3, "wikipedia": 0.25}
# Bytes of an n-gram in the file by order: code, token, back-off code, place of its children, its rates of capitals.
BYTES = (8.0, 8.13, 6.13, 6.13, 3.0)
FIXED = 200_000  # header, code tables, level 1


def main() -> None:
    """Build the model and print its figures."""
    options = _parser().parse_args()
    tokens = Tokens()
    training, held_out = read_corpora(options.corpora, tokens, options.held_out)
    names = list(tokens.ids)
    parts = drop_shared(training, held_out, np.array([name not in PUNCTUATION for name in names]))
    vocabulary, remap = vocabulary_of(parts, names)
    stream = stream_of(parts, remap)
    print(f"{len(stream.ids):,} training tokens, vocabulary {len(vocabulary):,}, "
          f"{np.mean(stream.ids == 2):.2%} unknown", flush=True)  # fmt: skip
    weights = np.array([WEIGHTS.get(name, 1.0) for _, _, name in parts])[stream.corpus]
    levels = count_ngrams(stream.ids, weights, ORDER)
    tests = {
        corpus.name: stream_of([(np.frombuffer(corpus.codes, np.uint32), corpus.lengths, "")], remap).ids
        for corpus in held_out
    }
    found = {name: locate(levels, ids) for name, ids in tests.items()}
    full = estimate(levels)
    report("unpruned", full, [np.ones(len(level.keys), bool) for level in levels], tests, found)
    scores = losses(levels, full)
    for size in sorted({*options.compare, options.megabytes}):
        kept = choose(levels, scores, BYTES, size * 1e6 - FIXED)
        pruned = renormalise(levels, full, kept)
        report(f"{size:g} MB", pruned, kept, tests, found)
        if size == options.megabytes:
            arrays = pack(levels, pruned, kept) | title_rates(
                stream, weights, levels[1].keys[kept[1]], vocabulary
            )
            write_model(options.output, ORDER, vocabulary, arrays)
            print(f"{options.output}: {options.output.stat().st_size:,} bytes, "
                  + ", ".join(f"{mask.sum():,}" for mask in kept) + " n-grams", flush=True)  # fmt: skip


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--megabytes", type=float, default=33.0)
    parser.add_argument(
        "--compare", type=float, nargs="*", default=[10, 20], help="further sizes to print perplexity for"
    )
    parser.add_argument("--held-out", type=Path, help="where to write the held-out documents")
    return parser


def report(
    label: str,
    estimates: Sequence[Estimates],
    kept: Sequence[Mask],
    tests: Mapping[str, np.ndarray],
    found: Mapping[str, Sequence[Ints]],
) -> None:
    """Print held-out perplexity a token, by corpus."""
    figures = [
        f"{name} {np.exp(-np.mean(score_stream(ids, found[name], estimates, kept))):.1f}"
        for name, ids in tests.items()
    ]
    size = sum(int(mask.sum()) for mask in kept)
    print(f"{label}: {size:,} n-grams; held-out perplexity " + ", ".join(figures), flush=True)


if __name__ == "__main__":
    main()
