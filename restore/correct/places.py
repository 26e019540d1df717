"""Where in a text the word stands that somebody asks about: by the word itself, by line and column, by offset."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from restore.correct import lost_marks
from restore.correct.candidates import BLANK, MARK
from restore.correct.composition import nfc_edits
from restore.correct.corrector import Restoration, Work
from restore.correct.readings import Piece
from restore.edit import OffsetMap


@dataclass(frozen=True, slots=True)
class Place:
    """A word of the original that can be asked about; ``piece`` is its reading, None in text that was not read anew."""

    start: int
    end: int
    piece: Piece | None


_PLACE_RE = re.compile(r"#(?P<offset>\d+)|(?P<line>\d+):(?P<column>\d+)")
_RUN_RE = re.compile(r"\S+")
_EDGE_RE = re.compile(r"^[\W_]+|[\W_]+$")


def find(done: Restoration, wanted: str) -> list[Place]:
    """The words that fit, in order: at a place, else as they stand or stood, else the same without regard to case.

    A glued chunk (``KiSnAn``) stands for all words that it was parted into.
    """
    places = list(_places(done))
    offset = offset_in(done.correction.original, wanted)
    if offset is not None:
        return [place for place in places if place.start <= offset < place.end]
    chunks = [match.span() for match in _RUN_RE.finditer(done.correction.original)]
    for fold in (str, str.casefold):
        glued = [
            chunk for chunk in chunks if fold(bare(done.correction.original[slice(*chunk)])) == fold(wanted)
        ]
        found = [
            place
            for place in places
            if fold(wanted) in {fold(form) for form in _forms(done.correction.original, place)}
            or (_is_word(place) and any(start <= place.start < end for start, end in glued))
        ]
        if found:
            return found
    return []


def _is_word(place: Place) -> bool:
    return place.piece is None or place.piece.word != MARK


def bare(text: str) -> str:
    """A word without the marks around it."""
    return _EDGE_RE.sub("", text)


def _forms(text: str, place: Place) -> set[str]:
    """What stood at a place, and what stands there."""
    return {text[place.start : place.end], place.piece.text.strip() if place.piece else ""} - {""}


def offset_in(text: str, wanted: str) -> int | None:
    r"""The place that ``#offset`` or ``line:column`` names, the text's end where there is none; None of a word.

    >>> offset_in("Kế\nhoạch", "2:1"), offset_in("Kế", "#1"), offset_in("Kế", "Kế")
    (3, 1, None)
    """
    match = _PLACE_RE.fullmatch(wanted)
    if match is None:
        return None
    if match["offset"]:
        return int(match["offset"])
    lines = text.split("\n")
    line, column = int(match["line"]), int(match["column"])
    if not 1 <= line <= len(lines) or not 1 <= column <= len(lines[line - 1]):
        return len(text)
    return sum(len(one) + 1 for one in lines[: line - 1]) + column - 1


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    r"""The line of a place and its column, from 1: what :func:`offset_in` reads.

    >>> line_and_column("Kế\nhoạch", 3)
    (2, 1)
    """
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _places(done: Restoration) -> Iterator[Place]:
    original, work = done.correction.original, done.work
    places = OffsetMap(work.composing if work else tuple(nfc_edits(original)))
    behind = 0
    for piece in done.pieces:
        start, end = places.span(piece.start, piece.end)
        yield from _runs(original, behind, start)
        behind = end
        if piece.word == BLANK:
            continue
        if work and _is_untouched(work, piece):
            yield from _runs(original, start, end)
        else:
            yield Place(start, end, piece)
    yield from _runs(original, behind, len(original))


def _is_untouched(work: Work, piece: Piece) -> bool:
    """Whether a piece stands in healthy text and nobody doubted it."""
    stands = piece.text == work.text[piece.start : piece.end]
    return work.frozen[piece.start] and stands and piece.source != lost_marks.SOURCE


def _runs(text: str, start: int, end: int) -> Iterator[Place]:
    """The words of a stretch that was not read anew."""
    for match in _RUN_RE.finditer(text, start, end):
        word = bare(match[0])
        if word:
            begin = match.start() + match[0].index(word)
            yield Place(begin, begin + len(word), None)
