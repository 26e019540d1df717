"""The readings that rules of the archive's dictionary offer: edges of damaged text, arcs of scans, and places decided alone."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from restore.correct.candidates import BLANK, RULE, token_of, words
from restore.correct.chunks import CHUNK_RE
from restore.correct.decoder import language_model
from restore.correct.kinds import digits
from restore.correct.proposals import Proposal
from restore.correct.readings import Piece
from restore.correct.rules import SOURCE, Match, Ruled
from restore.correct.scan_lattice import bounds
from restore.correct.walk import start_state
from restore.correct.weights import Weights
from restore.correct.word_arcs import WORD, Arc
from restore.language import vietnamese
from restore.language.ngram import NUMBER, UNKNOWN, model_tokens

# Characters around a place that is decided by itself, and tokens of them: the model remembers four.
AROUND, LEFT, RIGHT = 80, 6, 4


def proposals(text: str, matches: Sequence[Match], weights: Weights) -> Iterator[Proposal]:
    """The words of matches over the characters that they stand for; nothing of a match that cannot be parted so.

    >>> [(p.start, p.end, p.text) for p in proposals("tai KiSnAn,", [Match(4, 10, "Kiến An")], Weights())]
    [(4, 8, 'Kiến'), (8, 10, 'An')]
    """
    for match in matches:
        gain = _strength(text, match, weights)
        for start, end, said in parts(text, match):
            yield Proposal(start, end, _word(said), text=said, gain=gain)


def _strength(text: str, match: Match, weights: Weights) -> float:
    """Nats that a rule speaks for each word of its reading: the more, the less else can have stood there."""
    if _several(text, match):
        return weights.rule_phrase
    bare = vietnamese.strip_marks(text[match.start : match.end].lower())
    return weights.rule if vietnamese.is_bare_syllable(bare) else weights.rule_strange


def _several(text: str, match: Match) -> bool:
    """Whether several words stand at a match: by chance they seldom stand together."""
    return len(text[match.start : match.end].split()) > 1


def parts(text: str, match: Match) -> tuple[tuple[int, int, str], ...]:
    """The words of a match, each with its place; empty where there are more of them than letters to hang them on."""
    after = match.after.split(" ")
    chunks = [(a + match.start, b + match.start) for a, b in _spans(text[match.start : match.end])]
    if len(chunks) != len(after):
        places = [place for place in range(match.start, match.end) if not text[place].isspace()]
        ends = bounds("".join(text[place] for place in places), "".join(after))
        offsets = [0]
        for word in after:
            offsets.append(offsets[-1] + len(word))
        cuts = [ends[offset] for offset in offsets]
        if any(a >= b for a, b in pairwise(cuts)):
            return ()
        chunks = [(places[a], places[b - 1] + 1) for a, b in pairwise(cuts)]
    found = (_trimmed(text, start, end, word) for (start, end), word in zip(chunks, after, strict=True))
    return tuple(part for part in found if part[0] < part[1] and part[2] and not digits(part[2]))


def _spans(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in CHUNK_RE.finditer(text)]


def _trimmed(text: str, start: int, end: int, word: str) -> tuple[int, int, str]:
    """A word and its place without the marks that both sides have at their edges: "s6:" for "số:" is "s6" for "số"."""
    while word and start < end and word[-1] == text[end - 1] and not word[-1].isalnum():
        word, end = word[:-1], end - 1
    while word and start < end and word[0] == text[start] and not word[0].isalnum():
        word, start = word[1:], start + 1
    return start, end, word


def _word(said: str) -> int:
    """A word's number in the lexicon; RULE for what stands only in the dictionary of the archive."""
    return _numbers().get(vietnamese.move_tone(said.lower(), "old"), RULE)


@cache
def _numbers() -> dict[str, int]:
    """The words of the lexicon in small letters, with their numbers; a syllable's where an abbreviation has the same letters."""
    order = sorted(range(len(words().text)), key=lambda number: -int(words().capital_only[number]))
    return {words().text[number].lower(): number for number in order}


def arcs(text: str, found: Sequence[Arc], told: Ruled, weights: Weights) -> list[Arc]:
    """The arcs of a scanned text with those that the rules offer, sorted by start; over what they keep nothing but itself."""
    free = [arc for arc in found if arc.kind == BLANK or not told.settles(arc.start, arc.end)]
    for start, end in told.settled():
        free += (
            _arc(start + a, start + b, text[start + a : start + b], 0.0) for a, b in _spans(text[start:end])
        )
    for one in proposals(text, told.matches, weights):
        blank = (
            " " if one.start and not text[one.start - 1].isspace() and text[one.start - 1].isalnum() else ""
        )
        free.append(_arc(one.start, one.end, blank + one.text, -one.gain))
    return sorted(free, key=lambda arc: (arc.start, arc.end, arc.cost))


def _arc(start: int, end: int, said: str, cost: float) -> Arc:
    token = token_of(NUMBER) if digits(said) else token_of(said.strip())
    return Arc(start, end, token, RULE if _word(said.strip()) == RULE else WORD, said, cost, SOURCE)


def unheard(text: str, matches: Sequence[Match], frozen: Sequence[bool] = ()) -> list[Match]:
    """The matches that no lattice hears: what nothing reads anew, and those that cannot be parted into words."""
    return [
        match
        for match in matches
        if not parts(text, match)
        or (
            frozen
            and any(frozen[place] for place in range(match.start, match.end) if not text[place].isspace())
        )
    ]


# In text that nothing reads anew


def decided(text: str, pieces: Sequence[Piece], matches: Sequence[Match], weights: Weights) -> list[Piece]:
    """The readings of a text, with those of the matches that the language model allows in their company.

    Args:
        text: NFC.
        pieces: what was read; between them stands what the text has.
        matches: that no lattice could hear.
        weights: of the restoring core.
    """
    found = list(pieces)
    for match in matches:
        inside = [p for p in pieces if match.start <= p.start and p.end <= match.end]
        across = (p for p in pieces if p.start < match.end and match.start < p.end and p not in inside)
        if any(p.text != text[p.start : p.end] for p in across):
            continue
        as_read = _as_read(text, pieces, match.start, match.end)
        gain = weights.alpha * _gain(text, pieces, match, as_read)
        gain += _evidence(text, match, as_read, weights)
        if gain > 0 and as_read != match.after:
            sure = min(weights.rule_sure, 1.0 / (1.0 + math.exp(-weights.temperature * gain)))
            found = [p for p in found if p not in inside]
            found.append(Piece(match.start, match.end, match.after, RULE, sure, (as_read,), source=SOURCE))
    return sorted(found, key=lambda piece: piece.start)


def _as_read(text: str, pieces: Sequence[Piece], start: int, end: int) -> str:
    """What stands between two places when the pieces inside are read."""
    said, place = [], start
    for piece in pieces:
        if place <= piece.start and piece.end <= end:
            said += [text[place : piece.start], piece.text]
            place = piece.end
    return "".join([*said, text[place:end]])


def _evidence(text: str, match: Match, as_read: str, weights: Weights) -> float:
    """Nats that speak for a match beside the language model: the rule, and whether what was read is a word at all."""
    if _several(text, match):
        return weights.rule_phrase * len(text[match.start : match.end].split())
    strange = any(token not in words().token_number for token in model_tokens(as_read))
    return weights.rule_strange * len(match.after.split()) if strange else weights.rule_healthy


def _gain(text: str, pieces: Sequence[Piece], match: Match, as_read: str) -> float:
    """Nats by which the language model prefers a match to what was read."""
    low, high = max(0, match.start - AROUND), min(len(text), match.end + AROUND)
    left = model_tokens(_as_read(text, pieces, low, match.start))[-LEFT:]
    right = model_tokens(_as_read(text, pieces, match.end, high))[:RIGHT]
    before, after = model_tokens(as_read), model_tokens(match.after)
    return _logp(left, [*after, *right]) - _logp(left, [*before, *right])


def _logp(left: Sequence[str], tokens: Sequence[str]) -> float:
    number = words().token_number
    state, total = start_state(), 0.0
    for index, token in enumerate((*left, *tokens)):
        logp, state = language_model().score_token(state, number.get(token, number[UNKNOWN]))
        total += logp if index >= len(left) else 0.0
    return total
