"""What a printed word may be besides what its engine read: one letter for another, as the engine itself doubts it.

An engine that knows Vietnamese reads the letters of good print; what it confuses are marks (ổ and ố, ẩ and ấ) and letters
under ink. It says how far behind its second choices lie; where the truth is none of them, a table of what the engine does on
pages of our own says how likely the rest is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from restore.correct.candidates import words
from restore.correct.weights import ScanWeights
from restore.language import vietnamese
from restore.language.scan_channel import scan_channel
from restore.page import Choice

LONGEST = 7  # letters of a syllable, nghiêng
MOST_APART = 2  # letters between a run that is no word and the words that it may be
MOST_SPELLINGS = 24  # of one span: what lies behind them was never right on pages of our own
# Letters of other languages that the engine's data knows, and the Vietnamese ones that were printed.
_FOREIGN = {"Ð": "Đ", "ð": "đ", "ĩ": "ĩ"}


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word that a span may be: as it would be printed, its token, and what the channel asks for it (nats)."""

    text: str
    token: int
    cost: float


Options = tuple[tuple[str, float], ...]
"""What a letter may be, small, each with its cost; the letter itself first, at none."""


@cache
def _tokens() -> dict[str, int]:
    """Every word of the lexicon in both styles of tone, small, with its token."""
    lexicon = words()
    found = {}
    for text, token in zip(lexicon.text, lexicon.token.tolist(), strict=True):
        found[vietnamese.move_tone(text.lower(), "new")] = token
        found[text.lower()] = token
    return found


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(text[:length] for text in _tokens() for length in range(1, len(text) + 1))


def token_of(text: str) -> int | None:
    """The token of a word of the lexicon, None of any other.

    >>> token_of("Hoà") == token_of("hòa"), token_of("hxz")
    (True, None)
    """
    return _tokens().get(text.lower())


def options(letter: str, choices: Sequence[Choice], weights: ScanWeights) -> Options:
    """What one letter may be, by the channel of :mod:`restore.language.scan_channel`.

    Args:
        letter: as it was read.
        choices: what the engine says of it; none where it says nothing.
        weights: what the channel weighs.
    """
    own = _FOREIGN.get(letter, letter).lower()
    beyond = _unlisted(own, bool(choices), weights.channel)
    if not choices:
        return beyond
    channel = scan_channel()
    found = dict(beyond)
    for choice in reversed(choices):  # of a small letter and its capital the likelier one counts
        text = _FOREIGN.get(choice.text, choice.text).lower()
        if len(text) == 1 and text.isalpha() and text != own:
            found[text] = -weights.channel * channel.odds(letter, choice.text, choice.cost)
    return tuple(sorted(found.items(), key=_by_cost))


def _by_cost(option: tuple[str, float]) -> float:
    return option[1]


@lru_cache(maxsize=1024)
def _unlisted(own: str, lists: bool, weight: float) -> Options:
    """A letter, and those of its base that the engine does not list."""
    channel = scan_channel()
    found = [(text, -weight * channel.unlisted_odds(own, text, lists=lists)) for text in _relatives(own)]
    return tuple(sorted([(own, 0.0), *found], key=_by_cost))


@cache
def _relatives(letter: str) -> tuple[str, ...]:
    """The letters of Vietnamese with the same base."""
    base = vietnamese.strip_marks(letter)
    return tuple(
        sorted(other for other in _letters() if vietnamese.strip_marks(other) == base and other != letter)
    )


@cache
def _letters() -> frozenset[str]:
    return frozenset(letter for text in _tokens() for letter in text)


def spellings(letters: Sequence[Options], most: float) -> list[Spelling]:
    """The words of the lexicon that a span may be, cheapest first.

    Args:
        letters: by letter, what it may be.
        most: what a spelling may cost (nats).

    >>> from restore.correct.weights import ScanWeights
    >>> [spelling.text for spelling in spellings([(("b", 0.0),), (("ỗ", 0.0), ("ổ", 1.5), ("x", 1.0))], 9.0)]
    ['bổ']
    """
    found = sorted(_grown("", 0.0, letters, most), key=lambda one: (one[1], one[0]))[:MOST_SPELLINGS]
    return [Spelling(text, _tokens()[text], cost) for text, cost in found]


def neighbours(run: str) -> list[Spelling]:
    """Words of the lexicon that are a letter or two away from a run that is no word; their cost counts these letters.

    >>> [spelling.text for spelling in neighbours("Mìh") if spelling.cost == 1][:2]
    ['Mì', 'Mìn']
    """
    near = process.extract(
        run.lower(),
        list(_tokens()),
        scorer=Levenshtein.distance,
        score_cutoff=MOST_APART,
        limit=MOST_SPELLINGS,
    )
    case = vietnamese.case_of(run)
    return [Spelling(vietnamese.apply_case(text, case), _tokens()[text], float(far)) for text, far, _ in near]


def _grown(text: str, cost: float, letters: Sequence[Options], most: float) -> Iterator[tuple[str, float]]:
    if len(text) == len(letters):
        if text in _tokens():
            yield text, cost
        return
    for letter, more in letters[len(text)]:
        if cost + more > most:
            break
        if text + letter in _beginnings():
            yield from _grown(text + letter, cost + more, letters, most)


def written(spelling: str, read: Iterable[str]) -> str:
    """A spelling with the capitals of what was read.

    >>> written("đồng", "ĐÒNG"), written("kiến", "Kiên")
    ('ĐỒNG', 'Kiến')
    """
    return "".join(
        letter.upper() if own.isupper() else letter for letter, own in zip(spelling, read, strict=True)
    )
