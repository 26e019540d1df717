"""Pages of damaged text that nobody wrote: as many as are asked for, always the same ones.

Their words are drawn from the project's own language model, three at a time, so that they run as the prose of an office
runs; then letter after letter turns into what one of the known engines makes of it (``dictionaries/confusions.tsv``). So
they cost what real pages cost, and no page of an archive is needed to measure a batch.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Final

import numpy as np

from restore.language.families import POOLED, families
from restore.language.lexicon import abbreviation_forms, agencies, document_types, places, syllables
from restore.language.ngram import NUMBER, PUNCTUATION, START, UNKNOWN, default_model
from restore.language.vietnamese import strip_marks

SEED = 7
WORDS = 300  # of a page's body: with header and signature it is a page of a plan or decision
_WORDS_A_LINE = 12
_SENTENCE = 60  # words after which a sentence ends, if no full stop came
# Blanks that the engine loses and brings in, as in the samples' damaged scan (tools/garble.py).
_GLUED, _SPLIT = 0.06, 0.02
_FOLDER = 100  # files of one folder


def write_pages(folder: Path, pages: int, *, words: int = WORDS, seed: int = SEED) -> None:
    """Write pages as text files, a hundred a folder: ``000/00000.txt`` and so on.

    Args:
        folder: made where it is not there.
        pages: how many.
        words: of each page's body.
        seed: of chance; the same gives the same files.
    """
    for number in range(pages):
        path = folder / f"{number // _FOLDER:03}" / f"{number:05}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(number, words=words, seed=seed), "utf-8")


def page(number: int, *, words: int = WORDS, seed: int = SEED) -> str:
    """One damaged page; the numbers of one seed give pages that differ.

    >>> page(3) == page(3), page(3) == page(4)
    (True, False)
    """
    chance = Random(f"{seed}/{number}")
    return damaged(true_page(chance, words), chance)


def true_page(chance: Random, words: int = WORDS) -> str:
    """A page before it is damaged: header, body and signature of a document of an office."""
    kind = chance.choice([kind for kind in document_types() if kind.code])
    place = chance.choice(places()).name
    issuer = chance.choice(agencies()).name
    body = iter(_prose(chance, words))
    lines = [
        issuer.upper(),
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        f"Số: {chance.randint(1, 3000)}/{kind.code}-UBND",
        "Độc lập - Tự do - Hạnh phúc",
        f"{place}, ngày {chance.randint(1, 28):02} tháng {chance.randint(1, 12):02} năm {chance.randint(2005, 2024)}",
        kind.name.upper(),
        *body,
        "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
    ]
    return "\n".join(lines) + "\n"


def _prose(chance: Random, words: int) -> Iterator[str]:
    """Lines of sentences, with so many words in all."""
    line: list[str] = []
    written, since = 0, 0
    for token in _walk(chance):
        text = str(chance.randint(1, 2030)) if token == NUMBER else token
        if token in PUNCTUATION:
            if not line or line[-1][-1] in PUNCTUATION:
                continue
            line[-1] += token
        else:
            capital = written == 0 or since == 0
            line.append(_cased(text, capital=capital))
            written, since = written + 1, since + 1
        if token == "." or since >= _SENTENCE:
            since = 0
        if len(line) >= _WORDS_A_LINE or written >= words:
            yield " ".join(line)
            line = []
            if written >= words:
                return


def _cased(word: str, *, capital: bool) -> str:
    """A word of the model, which knows small letters alone, as it is printed."""
    if word not in syllables() and word.upper() in abbreviation_forms():
        return word.upper()
    return word.capitalize() if capital else word


def _walk(chance: Random) -> Iterator[str]:
    """Tokens without end, each drawn from what the model knows to follow the two before it."""
    model = default_model()
    left_out = {model.tokens.index(token) for token in (START, UNKNOWN)}
    last, pair = 0, -1
    while True:
        tokens, sums = _followers(last, pair)
        token = tokens[min(bisect_left(sums, chance.random() * sums[-1]), len(tokens) - 1)] if tokens else 0
        if token in left_out:  # nothing is known to follow: a new sentence
            last, pair = 0, -1
            continue
        last, pair = token, _pair(last, token)
        yield model.tokens[token]


@cache
def _followers(last: int, pair: int) -> tuple[list[int], list[float]]:
    """What may follow a pair of tokens, or the last one where nothing follows the pair, and the sums of the chances."""
    arrays = default_model().arrays
    level, begin, end = (3, *_children(2, pair)) if pair >= 0 else (2, 0, 0)
    if begin == end:
        level, begin, end = 2, *_children(1, last)
    logp = arrays[f"logp_codes_{level}"][arrays[f"logp_{level}"][begin:end]]
    tokens: list[int] = arrays[f"token_{level}"][begin:end].tolist()
    return tokens, list(accumulate(np.exp(logp.astype(np.float64)).tolist()))


def _children(level: int, node: int) -> tuple[int, int]:
    """The places of a node's children, see :mod:`restore.language.ngram`."""
    arrays = default_model().arrays
    if level == 1:
        return int(arrays["begin_1"][node]), int(arrays["begin_1"][node + 1])
    base, begin = arrays[f"base_{level}"], arrays[f"begin_{level}"]
    first, after = (int(base[n // 32]) + int(begin[n]) for n in (node, node + 1))
    return first, after


def _pair(first: int, second: int) -> int:
    """The place of a bigram, -1 where the model does not know it."""
    begin, end = _children(1, first)
    place = begin + int(np.searchsorted(default_model().arrays["token_2"][begin:end], second))
    return place if place < end and int(default_model().arrays["token_2"][place]) == second else -1


def damaged(text: str, chance: Random) -> str:
    """A text as one of the known engines would have left it; which one is chance."""
    table = _spoilt(chance.choice(POOLED))
    letters: list[str] = []
    for letter in text:
        if letter == " ":
            letters.append("" if chance.random() < _GLUED else " ")
            continue
        known = table.get(letter)
        letters.append(chance.choices(known[0], cum_weights=known[1])[0] if known else strip_marks(letter))
        if letter.isalpha() and chance.random() < _SPLIT:
            letters.append(" ")
    return "".join(letters)


_Choices = tuple[list[str], list[float]]
_FEWEST: Final = 10.0  # counts of a letter below which its table says too little: it just loses its marks


@cache
def _spoilt(name: str) -> dict[str, _Choices]:
    """What each letter became in front of an engine, and the sums of the counts."""
    (family,) = (family for family in families() if family.name == name)
    return {
        letter: (list(counts), list(accumulate(counts.values())))
        for letter, counts in family.counts.items()
        if sum(counts.values()) >= _FEWEST
    }
