"""What each chunk of a damaged text could mean: the lexicon as a trie, and the edges of one chunk.

A chunk is a run of characters without blanks. Its edges are words under the channel, and readings as it stands: numbers,
marks, abbreviations, roman numerals, codes and addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from restore.correct._candidates import Finder, Trie
from restore.correct.weights import Weights
from restore.language import lexicon, vietnamese
from restore.language.channel import GRAPHEME_NUMBER, HALF, Floats, Ints, Observations
from restore.language.ngram import NUMBER, PUNCTUATION, UNKNOWN, default_model

# What an edge that is no word of the lexicon stands for, in the place of a word's number.
COPY, NUMERAL, MARK, PROTECTED, BLANK, CAPITALS, ROMAN = -1, -2, -3, -4, -5, -6, -7
TRANSPARENT = -1  # the token of an edge that leaves the language model's state as it is
ABBREVIATION_LOGP = -13.0  # prior of an abbreviation that the model does not know: rarer than nearly any syllable
SYLLABLE_MINIMUM = 200  # a syllable outside the dictionary counts as one when the corpora have it so often


@dataclass(frozen=True)
class Words:
    """The lexicon of the search: parallel arrays, one entry a word."""

    text: tuple[str, ...]
    token: Ints
    capital_only: npt.NDArray[np.uint8]
    graphemes: tuple[Ints, ...]
    trie: Trie
    token_number: dict[str, int]
    known: frozenset[str]  # tokens of the model that are no syllables: foreign words


def _entries() -> Iterator[tuple[str, int, float, bool]]:
    """Text, token, log prior and whether capital-only, of every word."""
    model = default_model()
    logp = model.arrays["logp_codes_1"][model.arrays["logp_1"]]
    count = model.arrays["count_1"]
    dictionary = lexicon.syllables()
    number = {token: index for index, token in enumerate(model.tokens)}
    for index, token in enumerate(model.tokens):
        if vietnamese.is_syllable(token) and (token in dictionary or count[index] >= SYLLABLE_MINIMUM):
            yield token, index, float(logp[index]), False
    seen = set()
    for entry in lexicon.abbreviations():
        form = entry.abbreviation
        if form in seen or not form.isupper() or not form.isalpha() or not 2 <= len(form) <= 10:
            continue
        seen.add(form)
        token = number.get(form.lower(), number[UNKNOWN])
        prior = float(logp[token]) if token != number[UNKNOWN] else ABBREVIATION_LOGP
        yield form.lower(), token, prior, True


@cache
def words() -> Words:
    """The lexicon as a trie, made once a process."""
    entries = sorted(e for e in _entries() if all(c in GRAPHEME_NUMBER for c in e[0]))
    model = default_model()
    first_child, sibling, grapheme, word, best = [-1], [-1], [-1], [-1], [-1e9]
    children: list[dict[int, int]] = [{}]
    entries = list({(text, capital): (text, token, prior, capital) for text, token, prior, capital in entries}.values())
    capital_leaf: dict[tuple[int, int], int] = {}
    for index, (text, _, prior, capital_only) in enumerate(entries):
        node = 0
        for position, letter in enumerate(text):
            number = GRAPHEME_NUMBER[letter]
            last = position == len(text) - 1
            # "an" the syllable and "AN" the abbreviation end in two nodes
            key = number + (10_000 if capital_only and last else 0)
            child = children[node].get(key)
            if child is None:
                child = len(word)
                children[node][key] = child
                children.append({})
                first_child.append(-1)
                sibling.append(first_child[node])
                grapheme.append(number)
                word.append(-1)
                best.append(-1e9)
                first_child[node] = child
            best[child] = max(best[child], prior)
            node = child
        word[node] = index
    del capital_leaf
    prior = np.array([entry[2] for entry in entries], np.float32)
    capital_only = np.array([entry[3] for entry in entries], np.uint8)
    arrays = [np.array(a, np.int32) for a in (first_child, sibling, grapheme, word)]
    trie = Trie(*arrays, np.array(best, np.float32), prior, capital_only, HALF)
    return Words(
        text=tuple(entry[0].upper() if entry[3] else entry[0] for entry in entries),
        token=np.array([entry[1] for entry in entries], np.int32),
        capital_only=capital_only,
        graphemes=tuple(np.array([GRAPHEME_NUMBER[c] for c in entry[0]], np.int32) for entry in entries),
        trie=trie,
        token_number={token: index for index, token in enumerate(model.tokens)},
        known=frozenset(t for t in model.tokens if len(t) > 3 and t.isalpha() and not vietnamese.is_syllable(t)),
    )


@cache
def token_logp() -> Floats:
    """log P of every token by itself; the entry past the last, which is number -1 too, is the transparent one's 0."""
    model = default_model()
    logp = model.arrays["logp_codes_1"][model.arrays["logp_1"]]
    return np.append(logp, np.float32(0.0)).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Edges:
    """Readings of spans of the text, parallel arrays: int32 start, end, token, word and float32 cost (nats)."""

    start: Ints
    end: Ints
    token: Ints
    word: Ints
    cost: Floats

    def select(self, mask: npt.NDArray[np.bool_] | Ints) -> Edges:
        """The edges that a mask or an order picks."""
        return Edges(self.start[mask], self.end[mask], self.token[mask], self.word[mask], self.cost[mask])

    @staticmethod
    def join(parts: list[Edges]) -> Edges:
        """All edges of all parts."""
        return Edges(*(np.concatenate([getattr(part, name) for part in parts]) for name in Edges.__slots__))

    def shifted(self, offset: int) -> Edges:
        """The same edges, further on in the text."""
        return Edges(self.start + np.int32(offset), self.end + np.int32(offset), self.token, self.word, self.cost)

    @staticmethod
    def of(rows: list[tuple[int, int, int, int, float]]) -> Edges:
        """Edges from rows of start, end, token, word, cost."""
        columns = list(zip(*rows, strict=True)) or [(), (), (), (), ()]
        return Edges(*(np.array(c, np.int32) for c in columns[:4]), np.array(columns[4], np.float32))


# An address, or a document's code ("129/KH-UBND", "44/KH-SGDĐT", "24iCT-UBND" is none: it is broken): kept as it stands.
PROTECTED_RE = re.compile(
    r"""
      https?://\S+ | www\.\S+ | [\w.+-]+@[\w-]+\.[\w.-]*\w      # addresses
    | (?: [\w-]+\. )+ (?: vn | com | org | net )\b               # a bare host name
    | \d+ [a-zA-Z]? / (?: \d{4} / )? [A-ZĐa-z&]* [A-ZĐ]{2} [\wĐ&/]* (?: - [A-ZĐ] [\wĐ&.]* )*   # 129/KH-UBND, 63/2010/NĐ-CP
    """,
    re.VERBOSE,
)
NUMERAL_RE = re.compile(r"\d(?:[\d.,/:%-]*\d)?%?")
ROMAN_RE = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
CAPITALS_RE = re.compile(r"[A-ZĐ][A-ZĐ&]*[A-ZĐ]|[A-ZĐ]")
LETTERS_RE = re.compile(r"[^\W\d_]+")
_VOWELS = frozenset("AEIOUY")
_BRACKETS = frozenset("()[]{}\"'“”‘’«»!?*+=%&_…•")


def literal_edges(chunk: str, weights: Weights) -> Edges:
    """Readings of a chunk's parts as they stand."""
    lexicon_ = words()
    number, unknown = lexicon_.token_number, lexicon_.token_number[UNKNOWN]
    rows: list[tuple[int, int, int, int, float]] = []
    for match in PROTECTED_RE.finditer(chunk):
        rows.append((match.start(), match.end(), number[NUMBER], PROTECTED, weights.protected))
    for match in NUMERAL_RE.finditer(chunk):
        length = match.end() - match.start()
        rows.append((match.start(), match.end(), number[NUMBER], NUMERAL, weights.number_base + weights.number * length))
    for position, character in enumerate(chunk):
        if character in PUNCTUATION or character in "–—":
            token = number["-" if character in "–—" else character]
            rows.append((position, position + 1, token, MARK, weights.mark))
        elif character in _BRACKETS:
            rows.append((position, position + 1, TRANSPARENT, MARK, weights.mark))
        elif not character.isalnum():
            rows.append((position, position + 1, TRANSPARENT, MARK, weights.symbol))
    for match in LETTERS_RE.finditer(chunk):
        form, length = match[0], match.end() - match.start()
        if form.lower() in lexicon_.known:
            cost = weights.copy_known_base + weights.copy_known_letter * length
            rows.append((match.start(), match.end(), number[form.lower()], COPY, cost))
        token = number.get(vietnamese.move_tone(form.lower(), "old"), unknown)
        rows.append((match.start(), match.end(), token, COPY, weights.copy_base + weights.copy_letter * length))
        if ROMAN_RE.fullmatch(form):
            rows.append((match.start(), match.end(), number.get(form.lower(), unknown), ROMAN, weights.roman))
        elif form.isupper() and not _VOWELS & set(vietnamese.strip_marks(form)):
            cost = weights.capitals_base + weights.capitals_letter * length
            rows.append((match.start(), match.end(), number.get(form.lower(), unknown), CAPITALS, cost))
    if len(chunk) > 1:  # whatever else it is, it can stay as it stands
        rows.append((0, len(chunk), unknown, COPY, weights.copy_base + weights.copy_letter * len(chunk)))
    else:
        rows.append((0, 1, unknown, COPY, weights.copy_base))
    for position, character in enumerate(chunk):  # no chunk is without a path
        if character.isalnum():
            rows.append((position, position + 1, TRANSPARENT, COPY, 1.5 * weights.copy_base))
    return Edges.of(rows)


def blank_costs(chunk: str, weights: Weights) -> Floats:
    """By position in a chunk, what a word that begins there pays for the blank that is missing before it."""
    costs = np.full(len(chunk), weights.missing_blank, np.float32)
    costs[0] = 0.0
    for position in range(1, len(chunk)):
        before = chunk[position - 1]
        if before in ",;:.)" + "”":
            costs[position] = weights.missing_blank_after_mark
        elif before in "(\"“'/-–_&[‘":
            costs[position] = 0.0
    return costs


def word_edges(chunk: str, finder: Finder, observations: Observations, weights: Weights) -> Edges:
    """Readings of a chunk's parts as words of the lexicon, under one channel."""
    start, end, word, cost = finder.find(observations.of(chunk), weights.missing_blank, weights.chunk_slack)
    cost = cost + blank_costs(chunk, weights)[start]
    return Edges(start, end, words().token[word], word, cost)
