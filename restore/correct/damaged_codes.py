"""Text that was converted from a legacy encoding: the words in it whose codes were damaged.

The conversion is exact, so what is a word after it was one before: only words that nobody writes are read anew, with their
neighbours as context, under the channel of the encoding (:mod:`restore.language.damaged_codes`). Names, numbers, abbreviations and
words of other languages stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from restore.correct.candidates import words
from restore.correct.chunks import chunks_of
from restore.correct.readings import ChunkOf, Piece
from restore.language import vietnamese
from restore.language.health import FORMULA_RE, is_code, is_english

# What parts words beside blanks; other signs inside of a word may be damage.
_PART_RE = re.compile(r"[^\s/.,:()\"“”‘’…–—-]+")
_EDGES = "[]{}<>*+=&#@'?!%_;•«»§°·²³¹"  # what stands before and behind words that are right
_AROUND = _EDGES + '.,:()"“”‘’…–—-/'
_PIECE_RE = re.compile(r"[^\W\d_]+")
_LINE_RE = re.compile(r"[^\n]+")
# A sign beside a letter, figures between letters, a figure before or behind a letter with a mark.
_LETTER = r"[^\W\d_]"
_DOUBTFUL_RE = re.compile(
    rf"{_LETTER}[~^\\|<>$#&=+{{}}@]|[~^\\|<>$#&=+{{}}@]{_LETTER}|{_LETTER}[!*%']+{_LETTER}"
    rf"|{_LETTER}\d{{1,2}}{_LETTER}|\b\d[^\W\d_a-zA-Z]"
)
_FOREIGN = frozenset("fjwz")  # letters that Vietnamese has not
# A text is damaged that has so many different words with signs or marks in them that nobody writes: of the words of right text,
# foreign names and slips of typists among them, at most one in 1,000 is such a one.
MIN_DAMAGED = 3
DAMAGED_SHARE = 0.003
# In a text with so many, small words that are right by themselves are read anew too (ông: không), but changed only where the
# reading is so sure and one letter away. Tried on held-out administrative text with 3 % of its codes lost: .060 wrong words without
# it, .014 at .6, .016 at .8, when confidences were less strict.
MIN_EVERY, EVERY_SHARE = 4, 0.01
SURE = 0.6


def frozen_of_converted(text: str) -> tuple[bool, ...]:
    """By character, whether it stays as it stands; white space does.

    >>> line = "Kế ho~ch tổ chưc h^i nghị của b$ phận số 12"
    >>> "".join(c for c, stays in zip(line, frozen_of_converted(line)) if c == " " or not stays).split()
    ['ho~ch', 'chưc', 'h^i', 'b$']
    """
    frozen = [True] * len(text)
    chunks = [
        (match.start() + chunk.start, chunk.text)
        for match in _LINE_RE.finditer(text)
        if not is_english(match[0]) and not is_code(match[0])
        for chunk in chunks_of(match[0])
    ]
    certain = {chunk for _, chunk in chunks if is_broken(chunk) and not _is_ascii_word(chunk)}
    if len(certain) < max(MIN_DAMAGED, DAMAGED_SHARE * len(chunks)):
        return tuple(frozen)
    every = len(certain) >= max(MIN_EVERY, EVERY_SHARE * len(chunks))
    for start, chunk in chunks:
        if is_broken(chunk) or is_doubtful(chunk) or (every and _may_be_another(chunk)):
            frozen[start : start + len(chunk)] = [False] * len(chunk)
    return tuple(frozen)


def _is_ascii_word(chunk: str) -> bool:
    return chunk.isascii() and chunk.strip(_AROUND).isalpha()


def _may_be_another(chunk: str) -> bool:
    """Whether a chunk is a small word, which may have been another before its code was damaged."""
    word = chunk.strip(_AROUND)
    point = len(word) == 1 and word.isascii()
    return not point and word.islower() and word.isalpha() and not _is_foreign(word)


def is_doubtful(chunk: str) -> bool:
    """Whether a chunk of a text that is damaged has a sign or a figure among its letters that right text seldom has there.

    >>> [is_doubtful(word) for word in ("b$", "~i", "t11ổi", "5ở", "nhóm", "10h30", "R&D", "A4", "(xem*)")]
    [True, True, True, True, False, False, False, False, False]
    """
    if _is_capitals(chunk) or any(map(_is_foreign, _PART_RE.findall(chunk))):
        return False
    return _DOUBTFUL_RE.search(chunk) is not None


def _is_capitals(chunk: str) -> bool:
    return chunk.isupper() and chunk.isascii()


def is_broken(chunk: str) -> bool:
    """Whether a chunk holds a word that nobody writes, and none that may be a name, a number or foreign.

    >>> [word for word in ("ho~ch", "thcng,", "t;ết", "nghiệ") if not is_broken(word)]
    []
    >>> right = ("hoạch", "UBND", "H2SO4", "Windows", "Krông", "12%", "km2", "R&D", "và/hoặc", "nam+nữ")
    >>> any(map(is_broken, right))
    False
    """
    parts = [part for part in (part.strip(_EDGES) for part in _PART_RE.findall(chunk)) if part]
    return any(map(_is_broken, parts)) and not any(map(_is_foreign, parts))


def _is_broken(part: str) -> bool:
    if len(part) < 2:
        return False
    if part.isalpha():
        return not _is_word(part)
    pieces = _PIECE_RE.findall(part)
    # what is whole but for a figure or a sign beside it (quyết1, nam+nữ, 10h) is no damage of a letter
    digits = sum(character.isdigit() for character in part)
    known = _known() if digits else _syllables()
    whole = all(len(piece) > 1 and vietnamese.move_tone(piece.lower(), "old") in known for piece in pieces)
    return bool(pieces) and digits <= 1 and not whole and len(part) > 2


def _is_word(part: str) -> bool:
    """A syllable that is in use, an abbreviation, or what may be a name."""
    if part.isupper():
        return part.isascii() or vietnamese.is_syllable(part.lower())
    return part[:1].isupper() or vietnamese.move_tone(part, "old") in _known()


@cache
def _syllables() -> frozenset[str]:
    return frozenset(words().text)


@cache
def _known() -> frozenset[str]:
    """Syllables in use, and what the model has seen beside them: units, names, foreign words."""
    return frozenset(
        (*words().text, *(token for token in words().token_number if not vietnamese.is_syllable(token)))
    )


def _is_foreign(part: str) -> bool:
    if part.lower() in words().known or FORMULA_RE.fullmatch(part):
        return True
    if part.isascii() and not _FOREIGN.isdisjoint(part.lower()):
        return True
    return part[:1].isupper() and ("'" in part or (part.isascii() and (part.isupper() or part.isalpha())))


def only_broken(text: str, pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, as they stood in every chunk whose reading is none of a damaged word."""
    for _, group in groupby(pieces, key=ChunkOf(text)):
        chunk = list(group)
        before = "".join(text[piece.start : piece.end] for piece in chunk).strip()
        if _may_be_another(before):  # what stood there as a small word was one
            chunk = [replace(piece, text=piece.text.lower()) for piece in chunk]
        after = "".join(piece.text for piece in chunk).strip()
        sure = min(piece.confidence for piece in chunk)
        if is_near(before, after, sure):
            yield from chunk
        else:
            yield from (replace(piece, text=text[piece.start : piece.end]) for piece in chunk)


def is_near(before: str, after: str, sure: float) -> bool:
    """Whether a reading of that confidence keeps most of what stood there: one word, or two without a change but the blank.

    >>> is_near("ho~ch", "hoạch", 0.5), is_near("t$e#t", "tiết", 0.5), is_near("gópý", "góp ý", 0.5)
    (True, True, True)
    >>> is_near("homestay", "hôm tay", 0.9), is_near("manti", "mang", 0.9), is_near("ông", "không", 0.5)
    (False, False, False)
    """
    distance = Levenshtein.distance(before, after.replace(" ", ""))
    if not is_broken(before) and not is_doubtful(before):
        return distance == 1 and " " not in after and sure >= SURE
    if not _is_ascii_word(before):
        return True
    return distance <= (0 if " " in after else max(1, len(before) // 3))
