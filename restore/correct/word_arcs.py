"""What one scanned word may be, by the engine that read it: its parts as they were read, and what else they may be."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from restore.correct.candidates import COPY, MARK, NUMERAL, PROTECTED_RE, TRANSPARENT, words
from restore.correct.spellings import LONGEST, Options, neighbours, options, spellings, token_of, written
from restore.correct.weights import ScanWeights
from restore.language import vietnamese
from restore.language.ngram import NUMBER, PUNCTUATION, UNKNOWN
from restore.language.scan_channel import scan_channel
from restore.page import Choice, Word

WORD = 0  # the kind of an arc that is a word
FIRST = "choice"  # the source of what the first reading itself has, its letters' choices among it
FEWEST_GLUED = 4  # letters of two words without a blank
MOST_GLUED = 6  # words of one span inside a run
# What specks and parts of letters are read as; nobody writes documents with most of them.
_DIRT = frozenset("`´ˆ˜¨~¬¡¿«»‹›‡†„·^\\€£$¥¢©®™ªº¦¶¤")
_SELDOM = frozenset("'‘’°*+=<>_|•{}#§×÷±")  # these are written, if seldom
_STOPS = ".,;:"
# Tesseract gives a Đ in capitals often twice, as the letter of Vietnamese and as that of Icelandic.
_TWICE_RE = re.compile("[ĐÐ]*(?:ĐÐ|ÐĐ)[ĐÐ]*")
_MARKLESS_RE = re.compile("[A-ZĐ]+")
# Of the words that Tesseract read on rendered scans with these confidences, so many were wrong: .63, .56, .41, .39, .27, .09, .009.
_CONFIDENCES = (0.25, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95)
_ODDS_WRONG = (0.53, 0.24, -0.36, -0.45, -0.99, -2.31, -4.7)
SURELY_RIGHT = _ODDS_WRONG[-1]
_PART_RE = re.compile(
    rf"(?P<code>{PROTECTED_RE.pattern})|(?P<number>\d(?:[\d.,/:%-]*\d)?%?)|(?P<letters>[^\W\d_]+)|(?P<sign>.)",
    re.VERBOSE | re.DOTALL,
)
# Letters with something among them that may be a letter too: n4m, c6, trườn¢, +ại.
_MIXED_RE = re.compile(rf"(?=[^\s]*[^\W\d_])(?:[^\W_]|[{re.escape(''.join(sorted(_DIRT | _SELDOM)))}])+")


@dataclass(frozen=True, slots=True)
class Arc:
    """One reading of a span of the text: its token, what it would be written as, what it costs, who says so.

    ``kind`` is a kind below 0 of :mod:`restore.correct.candidates`, or WORD; COPY is a word that nothing knows and that its
    engine doubts. ``odds`` are the log odds that the engine misread the word.
    """

    start: int
    end: int
    token: int
    kind: int
    text: str
    cost: float
    source: str
    odds: float = SURELY_RIGHT


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a word: a run of "letters", a "number", a "code", or a single "sign"."""

    start: int
    end: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class _Doubt:
    """Log odds that a word was misread, and what it costs that it was read rightly, and wrongly."""

    odds: float
    right: float
    wrong: float

    @staticmethod
    def of(odds: float) -> _Doubt:
        return _Doubt(odds, _softplus(odds), _softplus(-odds))


def parts_of(text: str) -> Iterator[Part]:
    """The parts of a word, in order.

    >>> [part.text for part in parts_of("(12/KH-UBND),Kiến")]
    ['(', '12/KH-UBND', ')', ',', 'Kiến']
    """
    for match in _PART_RE.finditer(text):
        yield Part(match.start(), match.end(), str(match.lastgroup), match[0])


def odds_wrong(confidence: float) -> float:
    """Log odds that Tesseract misread a word that it read with this confidence.

    >>> round(odds_wrong(0.95), 1), round(odds_wrong(0.5), 1)
    (-4.7, 0.2)
    """
    return float(np.interp(confidence, _CONFIDENCES, _ODDS_WRONG))


def arcs_of(word: Word, start: int, weights: ScanWeights, source: str = FIRST) -> Iterator[Arc]:
    """What a word may be by the reading that has it: as it was read, and by its letters.

    Args:
        word: with its confidence, and choices where its engine gave them.
        start: where it stands in the text.
        weights: of reading scans.
        source: who read it.
    """
    doubt = _Doubt.of(odds_wrong(word.confidence))
    choices = word.choices or ((),) * len(word.text)
    number = words().token_number
    for part in parts_of(word.text):
        begin, end = start + part.start, start + part.end
        own = choices[part.start : part.end]
        if part.kind == "letters":
            yield from _letter_arcs(part.text, begin, own, doubt, weights, source)
        elif part.kind in ("number", "code"):
            yield Arc(begin, end, number[NUMBER], NUMERAL, part.text, doubt.right, source, doubt.odds)
        else:
            yield from _sign_arcs(word.text, part, begin, own[0], doubt, weights, source)
    for match in _MIXED_RE.finditer(word.text):
        if len(match[0]) <= LONGEST and not match[0].isalpha() and not PROTECTED_RE.search(word.text):
            own = choices[match.start() : match.end()]
            yield from _mixed_arcs(match[0], start + match.start(), own, doubt, weights, source)


def _softplus(odds: float) -> float:
    """-log of the probability that odds leave to the contrary."""
    return math.log1p(math.exp(odds))


def _letter_arcs(
    run: str,
    start: int,
    choices: Sequence[Sequence[Choice]],
    doubt: _Doubt,
    weights: ScanWeights,
    source: str,
) -> Iterator[Arc]:
    """A run of letters: as it was read, as other words, and as several words that lost the blanks between them."""
    number = words().token_number
    token = token_of(run)
    known = number.get(run.lower()) if token is None else token
    strange = known is None and not _may_abbreviate(run)
    kind = COPY if strange and doubt.odds > 0 else WORD
    cost = doubt.right + (weights.unknown_word if strange else 0.0)
    yield Arc(
        start,
        start + len(run),
        number[UNKNOWN] if known is None else known,
        kind,
        run,
        cost,
        source,
        doubt.odds,
    )
    if token is not None and vietnamese.case_of(run) == "mixed":
        text = run.lower() if run[0].islower() else run.capitalize()
        yield Arc(start, start + len(run), token, WORD, text, doubt.right - weights.dirt, source, doubt.odds)
    once = _TWICE_RE.sub("Đ", run)
    if once != run:
        token = number.get(once.lower(), number[UNKNOWN])
        yield Arc(start, start + len(run), token, WORD, once, doubt.right - weights.dirt, source, doubt.odds)
    letters = [options(letter, own, weights) for letter, own in zip(run, choices, strict=True)]
    if len(run) <= LONGEST:
        for spelling in spellings(letters, weights.most):
            text = written(spelling.text, run)
            if text != run:
                cost = doubt.right + spelling.cost
                yield Arc(start, start + len(run), spelling.token, WORD, text, cost, source, doubt.odds)
    if kind == COPY:
        for spelling in neighbours(run):
            cost = doubt.wrong + weights.neighbour * spelling.cost
            yield Arc(start, start + len(run), spelling.token, WORD, spelling.text, cost, source, doubt.odds)
    if known is None and len(run) >= FEWEST_GLUED:
        yield from _glued_arcs(run, start, letters, doubt, weights, source)


def _may_abbreviate(run: str) -> bool:
    """Whether a run may be an abbreviation that nothing knows: capitals without marks, but for Đ.

    >>> _may_abbreviate("QCRV"), _may_abbreviate("LĐVP"), _may_abbreviate("QUYÉT")
    (True, True, False)
    """
    return run.isupper() and len(run) <= LONGEST and _MARKLESS_RE.fullmatch(run) is not None


def _glued_arcs(
    run: str, start: int, letters: Sequence[Options], doubt: _Doubt, weights: ScanWeights, source: str
) -> Iterator[Arc]:
    """The words that a run may consist of, each over its letters."""
    spans = ((a, b) for a in range(len(run)) for b in range(a + 1, min(a + LONGEST, len(run)) + 1))
    for first, last in spans:
        if last - first == len(run):
            continue
        blank = " " if first else ""
        for spelling in spellings(letters[first:last], weights.most_glued)[:MOST_GLUED]:
            text = blank + written(spelling.text, run[first:last])
            cost = spelling.cost + (weights.missing_blank if first else 0.0)
            yield Arc(start + first, start + last, spelling.token, WORD, text, cost, source, doubt.odds)


def _mixed_arcs(
    run: str,
    start: int,
    choices: Sequence[Sequence[Choice]],
    doubt: _Doubt,
    weights: ScanWeights,
    source: str,
) -> Iterator[Arc]:
    """Words whose letters the engine took for digits or dirt, and numbers whose digits it took for letters."""
    figures = [_figure(character, own, weights) for character, own in zip(run, choices, strict=True)]
    known = [figure for figure in figures if figure is not None]
    if any(map(str.isdigit, run)) and len(known) == len(run):
        text = "".join(figure for figure, _ in known)
        cost = doubt.right + sum(cost for _, cost in known)
        yield Arc(
            start, start + len(run), words().token_number[NUMBER], NUMERAL, text, cost, source, doubt.odds
        )
    letters = [options(letter, own, weights) for letter, own in zip(run, choices, strict=True)]
    for spelling in spellings(letters, weights.most):
        text = written(spelling.text, run)
        cost = doubt.right + spelling.cost
        yield Arc(start, start + len(run), spelling.token, WORD, text, cost, source, doubt.odds)


def _figure(character: str, choices: Sequence[Choice], weights: ScanWeights) -> tuple[str, float] | None:
    """The digit that a character is, or that its engine says it may be, with its cost."""
    if character.isdigit():
        return character, 0.0
    for choice in choices:
        if choice.text.isdecimal() and choice.text.isascii():
            return choice.text, -weights.channel * scan_channel().odds(character, choice.text, choice.cost)
    return None


def _between_words(word: str, part: Part) -> bool:
    """Whether a sign stands between two words in small letters, as a speck between them does."""
    sides = word[: part.start], word[part.end :]
    return all(
        len(side) > 1 and side.islower() and token_of(side.rstrip(_STOPS)) is not None for side in sides
    )


def _sign_arcs(
    word: str,
    part: Part,
    start: int,
    choices: Sequence[Choice],
    doubt: _Doubt,
    weights: ScanWeights,
    source: str,
) -> Iterator[Arc]:
    """A sign: as it was read, as another one, as a blank between words, as dirt that is no part of the text."""
    number = words().token_number
    sign = part.text

    def arc(text: str, cost: float) -> Arc:
        plain = "-" if text in ("–", "—") else text
        token = number[plain] if plain and plain in PUNCTUATION else TRANSPARENT
        return Arc(start, start + 1, token, MARK, text, cost, source, doubt.odds)

    dirt, seldom = sign in _DIRT, sign in _SELDOM
    yield arc(sign, weights.dirt if dirt else doubt.right if seldom else 0.0)
    channel = scan_channel()
    listed = {c.text: -weights.channel * channel.odds(sign, c.text, c.cost) for c in choices}
    if sign == "⁄":
        yield arc("/", 0.0)
    if sign in _STOPS:
        for other in _STOPS:
            if other in listed:
                yield arc(other, listed[other])
    if dirt:
        yield arc("", weights.drop)
    elif seldom or (sign in _STOPS and word == sign):
        yield arc("", doubt.wrong + weights.drop)
    elif sign in ".," and part.start == 0 and word[1:2].islower():  # no stop begins a word
        yield arc("", weights.drop)
    if word[: part.start][-1:].isalpha() and word[part.end :][:1].isalpha():
        if " " in listed:
            yield arc(" ", listed[" "])
        elif sign in ".-" and _between_words(word, part):
            yield arc(" ", weights.blank_for_sign)
