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
    maker = _Maker(word, start, weights, source)
    for part in parts_of(word.text):
        if part.kind == "letters":
            yield from maker.letters(part)
        elif part.kind == "sign":
            yield from maker.sign(part)
        else:
            yield maker.arc(part.start, part.end, _number(NUMBER), NUMERAL, part.text)
            once = _TWICE_RE.sub("Đ", part.text)
            if once != part.text:
                yield maker.arc(part.start, part.end, _number(NUMBER), NUMERAL, once, -weights.dirt)
    if not PROTECTED_RE.search(word.text):
        for match in _MIXED_RE.finditer(word.text):
            if len(match[0]) <= LONGEST and not match[0].isalpha():
                yield from maker.mixed(Part(*match.span(), "mixed", match[0]))


def _number(token: str) -> int:
    return words().token_number[token]


class _Maker:
    """Makes the arcs of one word: each costs at least what it costs that the word was read rightly."""

    def __init__(self, word: Word, start: int, weights: ScanWeights, source: str) -> None:
        self.text, self.start, self.weights, self.source = word.text, start, weights, source
        self.choices = word.choices or ((),) * len(word.text)
        self.odds = odds_wrong(word.confidence)
        self.right = math.log1p(math.exp(self.odds))  # nats that it costs that the engine was right
        self.wrong = math.log1p(math.exp(-self.odds))  # and that it was not

    def arc(self, first: int, last: int, token: int, kind: int, text: str, cost: float = 0.0) -> Arc:
        """A reading of the characters from the first one up to the last, at so much more."""
        start, cost = self.start, self.right + cost
        return Arc(start + first, start + last, token, kind, text, cost, self.source, self.odds)

    def letters(self, part: Part) -> Iterator[Arc]:
        """A run of letters: as it was read, as other words, and as several words that lost the blanks between them."""
        run = part.text
        token = token_of(run)
        known = words().token_number.get(run.lower()) if token is None else token
        strange = known is None and not _may_abbreviate(run)
        kind = COPY if strange and self.odds > 0 else WORD
        extra = self.weights.unknown_word if strange else 0.0
        steady = _steady_case(run)
        if steady != run:
            extra += self.weights.dirt
        yield self.arc(part.start, part.end, _number(UNKNOWN) if known is None else known, kind, run, extra)
        once = _TWICE_RE.sub("Đ", run)
        if once != run:
            token = words().token_number.get(once.lower(), _number(UNKNOWN))
            yield self.arc(part.start, part.end, token, WORD, once, -self.weights.dirt)
        if len(run) <= LONGEST:
            yield from self._spelled(part, steady)
        if kind == COPY:
            for spelling in neighbours(run):
                cost = self.wrong - self.right + self.weights.neighbour * spelling.cost
                yield self.arc(part.start, part.end, spelling.token, WORD, spelling.text, cost)
        if known is None and len(run) >= FEWEST_GLUED:
            yield from self._glued(part)

    def mixed(self, part: Part) -> Iterator[Arc]:
        """Words whose letters the engine took for digits or dirt, and numbers whose digits it took for letters."""
        figures = [
            _figure(character, self.choices[place], self.weights)
            for place, character in enumerate(part.text, part.start)
        ]
        known = [figure for figure in figures if figure is not None]
        if any(map(str.isdigit, part.text)) and len(known) == len(part.text):
            text, cost = "".join(figure for figure, _ in known), sum(cost for _, cost in known)
            yield self.arc(part.start, part.end, _number(NUMBER), NUMERAL, text, cost)
        yield from self._spelled(part, part.text)

    def sign(self, part: Part) -> Iterator[Arc]:
        """A sign: as it was read, as another one, as a blank between words, as dirt that is no part of the text."""
        sign, weights = part.text, self.weights
        dirt, seldom = sign in _DIRT, sign in _SELDOM
        channel = scan_channel()
        listed = {
            choice.text: -weights.channel * channel.odds(sign, choice.text, choice.cost)
            for choice in self.choices[part.start]
        }
        yield self._sign(part, sign, weights.dirt if dirt else 0.0)
        if sign == "⁄":
            yield self._sign(part, "/", 0.0)
        if sign in _STOPS:
            for other in _STOPS:
                if other in listed:
                    yield self._sign(part, other, listed[other])
        if dirt:
            yield self._sign(part, "", weights.drop)
        elif seldom or (sign in _STOPS and self.text == sign):
            yield self._sign(part, "", self.wrong - self.right + weights.drop)
        elif sign in ".," and part.start == 0 and self.text[1:2].islower():  # no stop begins a word
            yield self._sign(part, "", weights.drop)
        if self.text[: part.start][-1:].isalpha() and self.text[part.end :][:1].isalpha():
            if " " in listed:
                yield self._sign(part, " ", listed[" "])
            elif sign in ".-" and _between_words(self.text, part):
                yield self._sign(part, " ", weights.blank_for_sign)

    def _sign(self, part: Part, text: str, cost: float) -> Arc:
        plain = "-" if text in ("–", "—") else text
        token = _number(plain) if plain and plain in PUNCTUATION else TRANSPARENT
        return self.arc(part.start, part.end, token, MARK, text, cost)

    def _options(self, part: Part) -> list[Options]:
        """What each character may be."""
        return [
            options(character, self.choices[place], self.weights)
            for place, character in enumerate(part.text, part.start)
        ]

    def _spelled(self, part: Part, case: str) -> Iterator[Arc]:
        """The words that a part may be, in the case of another writing of it."""
        for spelling in spellings(self._options(part), self.weights.most):
            text = written(spelling.text, case)
            if text != part.text:
                yield self.arc(part.start, part.end, spelling.token, WORD, text, spelling.cost)

    def _glued(self, part: Part) -> Iterator[Arc]:
        """The words that a run may consist of, each over its letters."""
        letters, length = self._options(part), len(part.text)
        spans = ((a, b) for a in range(length) for b in range(a + 1, min(a + LONGEST, length) + 1))
        for first, last in spans:
            if last - first == length:
                continue
            blank = " " if first else ""
            for spelling in spellings(letters[first:last], self.weights.most_glued)[:MOST_GLUED]:
                text = blank + written(spelling.text, part.text[first:last])
                cost = spelling.cost + (self.weights.missing_blank if first else 0.0)
                yield self.arc(part.start + first, part.start + last, spelling.token, WORD, text, cost)


def _steady_case(run: str) -> str:
    """A run without the capitals that only an engine writes inside a word.

    >>> [_steady_case(run) for run in ("nHận", "nÂY", "duyỆt", "TTg", "Nhận", "UBND", "mPa")]
    ['nhận', 'nây', 'duyệt', 'TTg', 'Nhận', 'UBND', 'mPa']
    """
    broken = run[:1].islower() and not run.islower()
    return run.lower() if broken and vietnamese.is_bare_syllable(vietnamese.strip_marks(run.lower())) else run


def _may_abbreviate(run: str) -> bool:
    """Whether a run may be an abbreviation that nothing knows: capitals without marks, but for Đ.

    >>> _may_abbreviate("QCRV"), _may_abbreviate("LĐVP"), _may_abbreviate("QUYÉT")
    (True, True, False)
    """
    return run.isupper() and len(run) <= LONGEST and _MARKLESS_RE.fullmatch(run) is not None


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
