"""Words that lost marks one by one, or every ư, among words that kept theirs: what may have lost them, and to what.

Here the letters are right and so is every word with its marks; only words without any, or with marks that make no syllable, are
read anew, under a channel that knows one kind of damage: a letter became its base letter, in as many cases as
:mod:`restore.language.marks` estimates. What a reading changes beyond marks is no reading of such a text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from restore.correct import confidence, readings
from restore.correct.candidates import LETTERS_RE, PROTECTED_RE
from restore.correct.chunks import CHUNK_RE
from restore.correct.decoder import Decoder
from restore.correct.extent import protected
from restore.correct.readings import Piece
from restore.correct.weights import Weights
from restore.language import marks, vietnamese
from restore.language.channel import GRAPHEMES
from restore.language.families import Family
from restore.language.health import is_code, is_english

SOURCE = "lost-marks"  # of such pieces and their edits
# Counts behind the table, so many that neither the generic channel below it nor the document moves it.
CERTAIN = 1e6
# Of the lost marks, those that left the other mark of their letter behind (thực: thưc, not thuc).
HALF_LOST = 0.2
# A word that has marks may have had more where it is so much rarer than what it may have been (đong: động).
MARKED_ODDS = 3.0
# A word is looked at for a lost ư unless it is so much the commoner one (cho: chưo is none, cha: chưa is common).
DROPPED_ODDS = 0.02


@dataclass(frozen=True, slots=True)
class LostMarks:
    """What to read anew in a text and how.

    Attributes:
        frozen: by character, whether it stays as it stands.
        family: the channel.
    """

    frozen: tuple[bool, ...]
    family: Family


def find(text: str, frozen: Sequence[bool]) -> LostMarks | None:
    """The words that may have lost their marks where a text lost some; None where it lost none.

    Args:
        text: NFC.
        frozen: by character, what is not damaged in another way, and so is to be looked at here.
    """
    lines = text.split("\n")
    dropped = marks.has_dropped(text)
    shares = [1.0] * len(lines) if dropped else marks.lost_shares(lines)
    may_be = _may_have_dropped if dropped else _may_have_lost
    kept = [True] * len(text)
    used: list[float] = []
    position = 0
    for line, share in zip(lines, shares, strict=True):
        strange = is_english(line) or is_code(line)
        if share > 0 and not strange and all(frozen[position : position + len(line)]):
            for start, end in _doubtful(line, may_be):
                kept[position + start : position + end] = [False] * (end - start)
                used.append(share)
        position += len(line) + 1
    if not used:
        return None
    return LostMarks(tuple(kept), family_of_dropped() if dropped else family(sum(used) / len(used)))


def mended(text: str, frozen: Sequence[bool], pieces: Sequence[Piece], weights: Weights) -> list[Piece]:
    """Pieces of a text, and of the parts that nothing else is wrong with the words that may have lost marks.

    Each is as sure as its signs say, those that stay as they stand too.

    Args:
        text: NFC.
        frozen: by character, what was not read anew.
        pieces: what was.
        weights: of the restoring core.
    """
    lost = find(text, frozen)
    if lost is None:
        return list(pieces)
    spans = list(protected(text, lost.frozen))
    decoder = Decoder(text, lost.family, lost_marks_weights(weights), lost.frozen, spans)
    decoding = decoder.run()
    read = [_in_its_case(text, piece) for piece in readings.pieces(decoder, decoding)]
    sure = confidence.judged(
        text, read, decoding, lambda piece: decoder.is_frozen(piece.start), lambda piece: False
    )
    # its edge is one of another lattice than the other pieces'
    found = [
        replace(piece, source=SOURCE, edge=-1)
        for piece in sure
        if piece.word >= 0
        and not decoder.is_frozen(piece.start)
        and with_marks(text[piece.start : piece.end], piece.text) is not None
    ]
    places = {place for piece in found for place in range(piece.start, piece.end)}
    kept = (piece for piece in pieces if places.isdisjoint(range(piece.start, piece.end)))
    return sorted((*kept, *found), key=lambda piece: piece.start)


def _in_its_case(text: str, piece: Piece) -> Piece:
    """A reading with the case of what stood there, which is right, where it changes marks alone."""
    written = with_marks(text[piece.start : piece.end], piece.text)
    return piece if written is None else replace(piece, text=written, case_odds=confidence.SURE_CASE)


def _doubtful(line: str, may_be: Callable[[str], bool]) -> list[tuple[int, int]]:
    """The chunks of a line that may have lost marks; codes, addresses, abbreviations and foreign words have not."""
    codes = [match.span() for match in PROTECTED_RE.finditer(line)]
    return [
        match.span()
        for match in CHUNK_RE.finditer(line)
        if not any(start < match.end() and match.start() < end for start, end in codes)
        and not any(character.isdigit() for character in match[0])
        and any(map(may_be, LETTERS_RE.findall(match[0])))
    ]


def _may_have_lost(word: str) -> bool:
    small = vietnamese.move_tone(word.lower(), "old")
    return marks.odds(small) > (0 if vietnamese.MARKED_LETTERS.isdisjoint(small) else MARKED_ODDS)


def _may_have_dropped(word: str) -> bool:
    small = vietnamese.move_tone(word.lower(), "old")
    return not word.isupper() and marks.odds_after_dropping(small) > DROPPED_ODDS


def family_of_dropped() -> Family:
    """The channel of a text that lost every ư.

    >>> family_of_dropped().counts["ư"]
    {'': 1000000.0}
    """
    return Family("lost ư", {g: {"" if g.lower() == marks.DROPPED else g: CERTAIN} for g in GRAPHEMES})


def family(share: float) -> Family:
    """The channel of a text that lost this share of its marked letters' marks.

    >>> counts = family(0.1).counts
    >>> round(counts["ê"]["e"] / counts["ê"]["ê"], 3), len(counts["e"])
    (0.111, 1)
    """
    counts: dict[str, dict[str, float]] = {}
    for grapheme in GRAPHEMES:
        bare, toneless = vietnamese.strip_marks(grapheme), vietnamese.strip_tones(grapheme)
        row = counts.setdefault(grapheme, {grapheme: CERTAIN})
        if bare != grapheme:
            half = HALF_LOST if toneless not in (bare, grapheme) else 0.0
            row[grapheme] = CERTAIN * (1 - share)
            row[bare] = CERTAIN * share * (1 - half)
            if half:
                row[toneless] = CERTAIN * share * half
    return Family("lost marks", counts)


def lost_marks_weights(weights: Weights) -> Weights:
    """The weights for such a text: it teaches the channel nothing, and its words are where they were."""
    return replace(weights, passes=1, phrases=False, shortlists=False)


def with_marks(observed: str, reading: str) -> str | None:
    """A reading in the case of what stood there; None where it differs by more than marks.

    >>> with_marks("Nhan", "nhân"), with_marks("nhan", "nhanh"), with_marks("Đợc", "được")
    ('Nhân', None, 'Được')
    """
    if reading.lower().replace(marks.DROPPED, "") == observed.lower() != reading.lower():
        return reading[:1].upper() + reading[1:].lower() if observed[:1].isupper() else reading.lower()
    if vietnamese.strip_marks(observed).lower() != vietnamese.strip_marks(reading).lower():
        return None
    return "".join(
        new.upper() if old.isupper() else new.lower() for old, new in zip(observed, reading, strict=True)
    )
