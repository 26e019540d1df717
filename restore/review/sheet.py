"""The body of a diff page: the two texts as plain text in chunks, and what is marked in them as data beside it.

A document of 500 pages whose every word was damaged has 120,000 changes. As elements they keep a browser busy for
twenty seconds; as data they are read in a fraction of one, and the page makes elements of those that come into
sight. The texts themselves are in the page, so a browser finds them, and shows them without scripts too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from restore.messages import Language
from restore.review.align import Pair
from restore.review.diff import Piece, Row, visible
from restore.review.marks import ORDER, STATES, View, letter_runs, reasons

if TYPE_CHECKING:  # OpenCV: a tenth of a second that a page without images need not wait for
    from restore.review.crops import Crop

ROWS_A_CHUNK = 64  # about a page and a half: what a screen or two hold
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The chunks as HTML, and the lines that the marks in them tell, each once."""

    body: Markup
    told: tuple[str, ...]


def sheet(view: View, lang: Language, crops: Mapping[int, Crop]) -> Sheet:
    """The rows of two aligned texts as HTML.

    Args:
        view: the texts and their marks.
        lang: language of what the marks tell.
        crops: the images of lines of the left text, by their numbers from 1.
    """
    writer = _Writer(view, lang, crops)
    starts = range(0, len(view.rows), ROWS_A_CHUNK)
    parts = [writer.chunk(view.rows[start : start + ROWS_A_CHUNK]) for start in starts]
    told = tuple(visible(line) for line in writer.told)
    return Sheet(Markup("".join(parts)), told)


class _Writer:
    """Writes chunks in their order; what the next one needs of those before it is kept here."""

    def __init__(self, view: View, lang: Language, crops: Mapping[int, Crop]) -> None:
        self.told: dict[str, int] = {}  # every line once, and its number
        self._view, self._lang, self._crops = view, lang, crops
        self._ordinals: dict[int, int] = {}  # of marked pairs, in the order in which they came
        self._numbers = [0, 0]  # the last line numbers of both sides

    def chunk(self, rows: Sequence[Row]) -> str:
        """A section: the data of its rows, the images of its lines, its text."""
        data, images = [], {}
        for row in rows:
            data.append(self._row(row))
            crop = self._crops.get(row.left_number or 0)
            if crop and self._is_marked(row):
                frames = self._frames(row, crop)
                images[row.left_number] = [crop.src, crop.width, crop.height, crop.page, frames, crop.place]
        shown = (
            _stretch(list(group)) if alike else "".join(map(_pair_of_lines, group))
            for alike, group in groupby(rows, key=self._is_alike)
        )
        pictures = _script(images, "i") if images else ""
        return f'<section class="k">{_script(data)}{pictures}{"".join(shown)}</section>\n'

    def _is_marked(self, row: Row) -> bool:
        return any(piece.pair in self._view.marks for piece in (*row.left, *row.right))

    def _is_alike(self, row: Row) -> bool:
        return not self._is_marked(row) and _text(row.left) == _text(row.right)

    def _row(self, row: Row) -> object:
        """0 for a line that follows the last one and has no marks, else its numbers (or 0) and its marks."""
        marks = self._row_marks(row)
        follows = [row.left_number, row.right_number] == [n + 1 for n in self._numbers] and not row.gap
        numbers = 0 if follows else [row.left_number or 0, row.right_number or 0, int(row.gap)]
        self._numbers = [
            new or old for new, old in zip((row.left_number, row.right_number), self._numbers, strict=True)
        ]
        return [numbers, *marks] if marks or numbers else 0

    def _row_marks(self, row: Row) -> list[list[object]]:
        """What is marked in a row, see the page's rows.js, which reads it.

        Each mark: words passed over and words marked on the left, the same on the right, kind, state, how many marks
        ago its pair began (0: here), the letters that changed, and the numbers of the lines that are told of it.
        """
        left, right = _places(row.left), _places(row.right)
        found: list[list[object]] = []
        at = [0, 0]
        for pair in (p for p in dict.fromkeys(p.pair for p in _in_order(row)) if p in self._view.marks):
            mark = self._view.marks[pair]
            numbers: list[object] = []
            for side, places in enumerate((left, right)):
                start, length = places.get(pair, (at[side], 0))
                numbers += [start - at[side], length]
                at[side] = start + length
            first = pair not in self._ordinals
            ordinal = self._ordinals.setdefault(pair, len(self._ordinals))
            since = 0 if first else len(self._ordinals) - ordinal
            runs = _runs(self._view.pairs[pair], row.right, pair) if mark.kind else ""
            lines = reasons(mark, self._lang) if first else []
            told = [self.told.setdefault(line, len(self.told)) for line in lines]
            state = STATES.index(mark.state) if mark.state else -1
            found.append([*numbers, ORDER.index(mark.shown_kind), state, since, runs, *told])
        return found

    def _frames(self, row: Row, crop: Crop) -> list[list[int]]:
        """The places of marked words on the image of their line, each behind the index of its mark."""
        marked = [p for p in dict.fromkeys(p.pair for p in _in_order(row)) if p in self._view.marks]
        return [
            [index, frame.left, frame.top, frame.width, frame.height]
            for index, pair in enumerate(marked)
            for frame in crop.frames
            if any(
                token.start < frame.end and frame.start < token.end for token in self._view.pairs[pair].left
            )
        ]


def _in_order(row: Row) -> Iterator[Piece]:
    """The pieces of both sides so that the pairs come in their own order."""
    yield from sorted((*row.left, *row.right), key=lambda piece: piece.pair)


def _places(pieces: Sequence[Piece]) -> dict[int, tuple[int, int]]:
    """For each pair the number of its first word on this side of a row, and how many words it has there."""
    places: dict[int, tuple[int, int]] = {}
    at = 0
    for piece in pieces:
        words = piece.text.count(" ") + 1
        places[piece.pair] = at, words
        at += words
    return places


def _runs(pair: Pair, pieces: Sequence[Piece], index: int) -> str:
    """How many letters stay and change by turns, a digit (to base 36) each; "" where all of them change."""
    text = next((piece.text for piece in pieces if piece.pair == index), "")
    if not pair.left or not text:
        return ""
    left, right = (" ".join(token.text for token in side) for side in pair)
    return _coded_runs(left, right) if text == right else ""


@cache
def _coded_runs(left: str, right: str) -> str:
    runs = letter_runs(left, right)
    lengths = [0] if runs[0][1] else []
    lengths += [len(text) for text, _ in runs]
    whole = len(runs) == 1 and runs[0][1]
    if whole or max(lengths) >= len(_DIGITS) or "".join(text for text, _ in runs) != right:
        return ""
    return "".join(_DIGITS[length] for length in lengths)


def _pair_of_lines(row: Row) -> str:
    return f'<div class="r"><p>{_line(row.left)}<p>{_line(row.right)}</div>'


def _stretch(rows: Sequence[Row]) -> str:
    """Lines that are the same on both sides, so they stand there once."""
    return f"<pre>{chr(10).join(_line(row.left) for row in rows)}</pre>"


def _line(pieces: Sequence[Piece]) -> str:
    return str(escape(visible(_text(pieces))))


def _text(pieces: Sequence[Piece]) -> str:
    return " ".join(piece.text for piece in pieces)


def _script(content: object, name: str = "") -> str:
    """Data for the page's script; nothing in it can end its element."""
    named = f' class="{name}"' if name else ""
    return f'<script type="application/json"{named}>{embedded(content)}</script>'


def embedded(content: object) -> str:
    r"""JSON that may stand inside a script element.

    >>> embedded(["</script>"])
    '["\\u003c/script>"]'
    """
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
