"""What each chunk of a damaged text could mean: the lexicon as a trie, and the edges of one chunk.

A chunk is a run of characters without blanks. Its edges are words under the channel, and readings as it stands: numbers,
marks, abbreviations, roman numerals, codes and addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from restore.correct._trie import Trie
from restore.correct.weights import Weights
from restore.language import lexicon, vietnamese
from restore.language.channel import GRAPHEME_NUMBER, HALF, Floats, Ints
from restore.language.measures import FIXED_RE, UNIT_RE
from restore.language.ngram import NUMBER, PUNCTUATION, UNKNOWN, default_model

# What an edge that is no word of the lexicon stands for, in the place of a word's number.
COPY, NUMERAL, MARK, PROTECTED, BLANK, CAPITALS, ROMAN, RULE = -1, -2, -3, -4, -5, -6, -7, -8
TRANSPARENT = -1  # the token of an edge that leaves the language model's state as it is
ABBREVIATION_LOGP = (
    -13.0
)  # prior of an abbreviation that the model does not know: rarer than nearly any syllable
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


class _Entry(NamedTuple):
    text: str
    token: int
    prior: float
    capital_only: bool


def _entries() -> Iterator[_Entry]:
    """Every word: the syllables that dictionary and model share, and the abbreviations."""
    model = default_model()
    logp = model.arrays["logp_codes_1"][model.arrays["logp_1"]]
    count = model.arrays["count_1"]
    dictionary = lexicon.syllables()
    number = {token: index for index, token in enumerate(model.tokens)}
    for index, token in enumerate(model.tokens):
        if vietnamese.is_syllable(token) and (token in dictionary or count[index] >= SYLLABLE_MINIMUM):
            yield _Entry(token, index, float(logp[index]), capital_only=False)
    unknown = number[UNKNOWN]
    for form in lexicon.abbreviation_forms():
        if form.isupper() and form.isalpha() and 2 <= len(form) <= 10:
            token_number = number.get(form.lower(), unknown)
            prior = ABBREVIATION_LOGP if token_number == unknown else float(logp[token_number])
            yield _Entry(form.lower(), token_number, prior, capital_only=True)


def _trie(entries: Sequence[_Entry]) -> Trie:
    """The trie of all entries; "an" the syllable and "AN" the abbreviation end in two nodes."""
    first_child, sibling, grapheme, word, best = [-1], [-1], [-1], [-1], [-1e9]
    children: list[dict[tuple[int, bool], int]] = [{}]
    for index, entry in enumerate(entries):
        node = 0
        for position, letter in enumerate(entry.text):
            last = position == len(entry.text) - 1
            key = (GRAPHEME_NUMBER[letter], entry.capital_only and last)
            child = children[node].get(key)
            if child is None:
                child = children[node][key] = len(word)
                children.append({})
                first_child.append(-1)
                sibling.append(first_child[node])
                grapheme.append(key[0])
                word.append(-1)
                best.append(-1e9)
                first_child[node] = child
            best[child] = max(best[child], entry.prior)
            node = child
        word[node] = index
    arrays = [np.array(a, np.int32) for a in (first_child, sibling, grapheme, word)]
    prior = np.array([entry.prior for entry in entries], np.float32)
    capital_only = np.array([entry.capital_only for entry in entries], np.uint8)
    return Trie(*arrays, np.array(best, np.float32), prior, capital_only, HALF)


@cache
def words() -> Words:
    """The lexicon with its trie, made once a process."""
    entries = sorted(entry for entry in _entries() if all(c in GRAPHEME_NUMBER for c in entry.text))
    model = default_model()
    return Words(
        text=tuple(entry.text.upper() if entry.capital_only else entry.text for entry in entries),
        token=np.array([entry.token for entry in entries], np.int32),
        capital_only=np.array([entry.capital_only for entry in entries], np.uint8),
        graphemes=tuple(np.array([GRAPHEME_NUMBER[c] for c in entry.text], np.int32) for entry in entries),
        trie=_trie(entries),
        token_number={token: index for index, token in enumerate(model.tokens)},
        known=frozenset(
            t for t in model.tokens if len(t) > 3 and t.isalpha() and not vietnamese.is_syllable(t)
        ),
    )


@cache
def token_logp() -> Floats:
    """Log P of every token by itself; the entry past the last, number -1 too, is the transparent one's 0."""
    model = default_model()
    logp = model.arrays["logp_codes_1"][model.arrays["logp_1"]]
    return np.append(logp, np.float32(0.0)).astype(np.float32)


def token_of(text: str) -> int:
    """The model's token for a word, the unknown one for a word that it does not know."""
    number = words().token_number
    return number.get(vietnamese.move_tone(text.lower(), "old"), number[UNKNOWN])


@dataclass(frozen=True, slots=True)
class Edges:
    """Readings of spans of the text, parallel arrays.

    Attributes:
        start, end: int32, places in the text.
        token: int32, of the language model; word: int32, of the lexicon or a kind below 0.
        cost: float32, nats.
        row: int32, where in the table of runs begins what was observed; -1 for a reading as it stands.
        extra: float32, the part of the cost that is not the channel's: blanks.
    """

    start: Ints
    end: Ints
    token: Ints
    word: Ints
    cost: Floats
    row: Ints
    extra: Floats

    def columns(self) -> tuple[npt.NDArray[Any], ...]:
        """All arrays, in order."""
        return (self.start, self.end, self.token, self.word, self.cost, self.row, self.extra)

    def select(self, mask: npt.NDArray[np.bool_] | npt.NDArray[np.integer[Any]]) -> Edges:
        """The edges that a mask or an order picks."""
        start, end, token, word, cost, row, extra = (column[mask] for column in self.columns())
        return Edges(start, end, token, word, cost, row, extra)

    @staticmethod
    def join(parts: Sequence[Edges]) -> Edges:
        """All edges of all parts."""
        columns = zip(*(part.columns() for part in parts), strict=True)
        start, end, token, word, cost, row, extra = (np.concatenate(column) for column in columns)
        return Edges(start, end, token, word, cost, row, extra)

    def moved(self, start: Ints | np.int32, end: Ints | np.int32) -> Edges:
        """The same edges elsewhere in the text: ``start`` is added to the starts, ``end`` to the ends."""
        return replace(self, start=self.start + start, end=self.end + end)

    @staticmethod
    def of(rows: Sequence[tuple[int, int, int, int, float]]) -> Edges:
        """Readings as they stand from rows of start, end, token, word, cost."""
        start, end, token, word, cost = zip(*rows, strict=True) if rows else ((), (), (), (), ())
        return Edges(
            np.array(start, np.int32),
            np.array(end, np.int32),
            np.array(token, np.int32),
            np.array(word, np.int32),
            np.array(cost, np.float32),
            np.full(len(rows), -1, np.int32),
            np.zeros(len(rows), np.float32),
        )

    def cheapest(self) -> Edges:
        """The edges sorted by start, of several for one word on one span the cheapest: they would share its posterior."""
        ordered = self.select(np.lexsort((self.cost, self.word, self.end, self.start)))
        again = np.zeros(len(ordered.start), bool)
        again[1:] = ordered.word[1:] >= 0
        for column in (ordered.start, ordered.end, ordered.word):
            again[1:] &= column[1:] == column[:-1]
        return ordered.select(~again)

    def by_start(self) -> Edges:
        """The same edges, sorted by start, otherwise in their order."""
        return self.select(np.argsort(self.start, kind="stable"))


# Addresses, document codes and other scripts stay as they stand; so does what may be a code, however broken. Repetitions
# are bounded: a chunk of ten thousand digits or dots would be looked through from each of them.
PROTECTED_RE = re.compile(
    r"""
      https?://[^\s),;]+ | www\.[^\s),;]+ | [\w.+-]{1,64}@[\w-]+\.[\w.-]*\w   # addresses
    | (?: [\w-]{1,63}\. ){1,8} (?: vn | com | org | net )\b                  # a bare host name
    | (?<![^\W\d_]) \d{1,8} [a-zA-Z|]? / (?: \d{4} / )? [A-ZĐ] [\w&]* (?: - [A-ZĐ] [\w&.]* )*   # 129/KH-UBND, 63/2010/NĐ-CP
    | (?<![^\W\d_]) \d{1,8} [a-zA-Z|]? [A-ZĐ]{2} [\w&]* (?: [-/] [A-ZĐ] [\w&]* )+              # 48IBTV-TG
    | [\u0590-\u1CFF\u2E80-\uA6FF\uAC00-\uD7FF\uF900-\uFAFF]+                       # Hebrew to Vedic, Chinese to Korean
    """,
    re.VERBOSE,
)
NUMERAL_RE = re.compile(r"\d(?:[\d.,/:%-]*\d)?%?")
ROMAN_RE = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
POINT_RE = re.compile(r"([a-zđ])\)")
LETTERS_RE = re.compile(r"[^\W\d_]+")
_VOWELS = frozenset("AEIOUY")
_BRACKETS = frozenset("()[]{}\"'“”‘’«»!?*+=%&_…•")


def literal_edges(chunk: str, weights: Weights) -> Edges:
    """Readings of a chunk's parts as they stand."""
    lexicon_ = words()
    number, unknown = lexicon_.token_number, lexicon_.token_number[UNKNOWN]
    rows: list[tuple[int, int, int, int, float]] = []
    for match in NUMERAL_RE.finditer(chunk):
        cost = weights.number * (match.end() - match.start())
        if match.start() and chunk[match.start() - 1] not in PUNCTUATION + '(["“':
            cost += weights.number_in_word
        rows.append((match.start(), match.end(), number[NUMBER], NUMERAL, cost))
    rows += _measures(chunk, weights)
    for position, character in enumerate(chunk):
        if character in PUNCTUATION or character in "–—":
            token = number["-" if character in "–—" else character]
            rows.append((position, position + 1, token, MARK, weights.mark))
        elif character in _BRACKETS:
            rows.append((position, position + 1, TRANSPARENT, MARK, weights.mark))
        elif not character.isalnum():
            rows.append((position, position + 1, TRANSPARENT, MARK, weights.symbol))
    point = POINT_RE.match(chunk)
    if point is not None:  # "a)" of a list is the letter itself
        rows.append((0, 1, number.get(point[1].lower(), unknown), ROMAN, weights.point))
    letter = chunk.rstrip(",.;:)")
    if len(letter) == 1 and letter.islower() and point is None:  # "điểm d khoản 1"
        rows.append((0, 1, number.get(letter, unknown), ROMAN, weights.letter))
    for match in LETTERS_RE.finditer(chunk):
        form, length = match[0], match.end() - match.start()
        if form.lower() in lexicon_.known:
            cost = weights.copy_known_base + weights.copy_known_letter * length
            rows.append((match.start(), match.end(), number[form.lower()], COPY, cost))
        token = number.get(vietnamese.move_tone(form.lower(), "old"), unknown)
        rows.append(
            (match.start(), match.end(), token, COPY, weights.copy_base + weights.copy_letter * length)
        )
        if _is_known_abbreviation(form):
            cost = weights.capitals_known if length > 2 else weights.capitals_short
            rows.append((match.start(), match.end(), token, CAPITALS, cost))
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


def _measures(chunk: str, weights: Weights) -> Iterator[tuple[int, int, int, int, float]]:
    """Amounts with their unit, units alone and codes of capitals and figures: each is one number, with no word in it.

    >>> [row[:2] for text in ("(10kg)", "12A1,", "T1/2023", "S6:", "m6i", "m2") for row in _measures(text, Weights())]
    [(1, 5), (0, 4), (0, 7), (0, 2)]
    """
    number = words().token_number[NUMBER]
    for match in FIXED_RE.finditer(chunk):
        yield match.start(), match.end(), number, NUMERAL, weights.number * (match.end() - match.start())
    unit = UNIT_RE.fullmatch(chunk)
    if unit is not None:
        token = words().token_number.get(unit["unit"].lower(), words().token_number[UNKNOWN])
        yield unit.start("unit"), unit.end("unit"), token, NUMERAL, weights.unit


def _is_known_abbreviation(form: str) -> bool:
    """Whether capitals are an abbreviation of the dictionary or the model that is no syllable: BCH, GDP, TW, not BAN or TU."""
    if not form.isupper() or vietnamese.is_bare_syllable(form.lower()):
        return False
    if len(form) > 2:
        return form in lexicon.abbreviation_forms() or form.lower() in words().token_number
    return form in lexicon.abbreviation_forms() and not _VOWELS & set(form)


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
