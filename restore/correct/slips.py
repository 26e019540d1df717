"""Text that Tesseract read with its Vietnamese data: it reads letters well, and slips in marks and blanks.

Only words that are none are read anew, and only a mark or a blank is changed: a word whose letters would have to change is a
foreign one, a name, or not to be known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from restore.correct.candidates import LETTERS_RE, words
from restore.correct.decoder import chunks_of
from restore.correct.readings import ChunkOf, Piece
from restore.language import vietnamese


def frozen_of_tesseract(text: str) -> tuple[bool, ...]:
    """By character, whether it stays as it stands; white space does."""
    frozen = [True] * len(text)
    for chunk in chunks_of(text):
        if _is_suspect(chunk.text):
            frozen[chunk.start : chunk.end] = [False] * len(chunk.text)
    return tuple(frozen)


def _is_suspect(chunk: str) -> bool:
    """Whether a word of Tesseract's Vietnamese can be none: letters that form no syllable, no capitals, no foreign word."""
    parts = LETTERS_RE.findall(chunk)
    return any(
        not vietnamese.is_syllable(part)
        and not part.isupper()
        and part.lower() not in words().known
        and len(part) > 1
        for part in parts
    ) and any(part in vietnamese.MARKED_LETTERS for part in chunk)


def is_slip(before: str, after: str) -> bool:
    """Whether a reading is what Tesseract slips in: a mark too few or wrong, or, in small letters, a blank lost.

    >>> is_slip("câp", "cấp"), is_slip("kếtquả", "kết quả"), is_slip("Mátthêu", "Mát thêu"), is_slip("Đắk", "Đắc")
    (True, True, False, False)
    """
    if " " in after:
        parts = after.split()
        return "".join(parts) == before and before[:1].islower() and min(map(len, parts)) > 1
    return vietnamese.strip_marks(after) == vietnamese.strip_marks(before)


def only_slips(text: str, pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, as they stood in every chunk where more than marks or blanks would change."""
    for _, group in groupby(pieces, key=ChunkOf(text)):
        chunk = list(group)
        before = "".join(text[piece.start : piece.end] for piece in chunk).strip()
        after = "".join(piece.text for piece in chunk).strip()
        if is_slip(before, after):
            yield from chunk
        else:
            yield from (replace(piece, text=text[piece.start : piece.end]) for piece in chunk)
