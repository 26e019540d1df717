"""Where in a text the words of a query stand, and the piece of it that shows them best."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from restore.search.query import Phrase, Query, Word
from restore.search.words import fold, lower, plain

SNIPPET = 160  # characters of a piece that is shown, as many as two lines of a terminal hold
LEAD = 40  # of them before the first hit
MOST_PIECES = 2
MOST_WINDOWS = 2000  # hits of one text that are tried as the beginning of a piece


class Span(NamedTuple):
    """A stretch of a text, ``text[start:end]``."""

    start: int
    end: int


class Piece(NamedTuple):
    """A stretch of a snippet, and whether it is a hit. It is plain text: a page has to escape it."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a hit stands in ``restored.txt``: code points from 0, line and column from 1."""

    start: int
    end: int
    line: int
    column: int


class Finder:
    """Finds the phrases of one query in texts."""

    def __init__(self, query: Query) -> None:
        self.query = query
        self._patterns = {phrase: _pattern(phrase) for phrase in query.phrases}
        self._plain = lru_cache(maxsize=8)(plain)  # a document is looked at more than once

    def spans(self, text: str) -> dict[Phrase, list[Span]]:
        """Where each wanted phrase stands; those of one phrase may overlap ("a a" in "a a a").

        Args:
            text: NFC.
        """
        bare = self._plain(text)
        return {phrase: list(self._find(phrase, text, bare)) for phrase in self.query.wanted}

    def holds(self, texts: Sequence[str]) -> bool:
        """Whether the texts of one document together are what the query asks for."""
        pairs = [(text, self._plain(text)) for text in texts]

        def stands(phrase: Phrase) -> bool:
            return any(next(self._find(phrase, *pair), None) for pair in pairs)

        return any(
            all(map(stands, branch.wanted)) and not any(map(stands, branch.unwanted))
            for branch in self.query.branches
        )

    def _find(self, phrase: Phrase, text: str, bare: str) -> Iterator[Span]:
        pattern = self._patterns[phrase]
        match = pattern.search(bare)
        while match:
            start = match.start()
            if not (start and bare[start - 1].isalnum()) and all(
                _fits(word, text[slice(*match.span(n))]) for n, word in enumerate(phrase.words, 1)
            ):
                yield Span(*match.span())
            match = pattern.search(bare, start + 1)


_TELLING = 3  # letters
_REST_OF_WORD = r"[^\W_]*"


def _pattern(phrase: Phrase) -> re.Pattern[str]:
    """The bare words in a row, anything but letters and figures between them.

    It begins with letters as they are, which the matcher finds at many times the speed of any condition; only where those are so
    few that most words have them inside, the beginning of a word is asked for.
    """
    start = r"(?<![^\W_])" if len(phrase.words[0].bare) < _TELLING else ""
    words = ("(" + re.escape(word.bare) + _REST_OF_WORD * word.prefix + ")" for word in phrase.words)
    return re.compile(start + r"[\W_]+".join(words) + r"(?![^\W_])")


def _fits(word: Word, found: str) -> bool:
    """Whether a word whose bare form is right has the right marks."""
    if not word.exact:
        return True
    if word.prefix:
        return lower(found).startswith(word.beginnings) or fold(found).startswith(word.beginnings)
    return fold(found) == word.text


def places(text: str, spans: Sequence[Span]) -> tuple[Place, ...]:
    r"""The spans with their lines.

    >>> places("Điều 1\nđiều 2", [Span(7, 11)])
    (Place(start=7, end=11, line=2, column=1),)
    """
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    found = []
    for start, end in spans:
        line = bisect_right(starts, start)
        found.append(Place(start, end, line, start - starts[line - 1] + 1))
    return tuple(found)


def merged(spans: Sequence[Span]) -> list[Span]:
    """Spans in order, those that overlap made one.

    >>> merged([Span(4, 8), Span(0, 2), Span(6, 9)])
    [Span(start=0, end=2), Span(start=4, end=9)]
    """
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def hits(found: Mapping[Phrase, Sequence[Span]]) -> list[Span]:
    """Where any phrase stands, in order, those that overlap made one."""
    return merged([span for spans in found.values() for span in spans])


def marked(text: str, spans: Sequence[Span], start: int = 0, end: int | None = None) -> tuple[Piece, ...]:
    """A stretch of a text cut at its hits; line breaks and runs of blanks are one blank.

    Args:
        text: the whole text.
        spans: merged.
        start: where the stretch begins.
        end: where it ends; by default where the text does.
    """
    end = len(text) if end is None else end
    pieces: list[Piece] = []
    for span in spans:
        if start <= span.start and span.end <= end:
            pieces.append(Piece(_one_line(text[start : span.start]), hit=False))
            pieces.append(Piece(_one_line(text[slice(*span)]), hit=True))
            start = span.end
    pieces.append(Piece(_one_line(text[start:end]), hit=False))
    return tuple(piece for piece in pieces if piece.text)


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def snippets(text: str, found: Mapping[Phrase, Sequence[Span]]) -> tuple[tuple[Piece, ...], ...]:
    """The pieces of a text that show most of the phrases, in their order; none where none stands in it."""
    spans = sorted((span, number) for number, each in enumerate(found.values()) for span in each)
    missing = {number for _, number in spans}
    windows: list[Span] = []
    while missing and len(windows) < MOST_PIECES:
        window, seen = _best_window(spans, missing)
        if windows and window.start < windows[0].end and window.end > windows[0].start:
            break
        windows.append(window)
        missing -= seen
    every_hit = hits(found)
    return tuple(_shown(text, every_hit, window) for window in sorted(windows))


def _best_window(spans: Sequence[tuple[Span, int]], missing: set[int]) -> tuple[Span, set[int]]:
    """The stretch with most of the missing phrases, then with most hits, then the first."""
    best: tuple[int, int] = (0, 0)
    window, shown = Span(0, 0), set[int]()
    for first, (span, number) in enumerate(spans[:MOST_WINDOWS]):
        if number not in missing:
            continue
        limit = max(span.start - LEAD + SNIPPET, span.end)
        seen, count = set[int](), 0
        for other, its_number in spans[first:]:
            if other.end > limit:
                break
            seen.add(its_number)
            count += 1
        worth = len(seen & missing), count
        if worth > best:
            best, window, shown = worth, Span(max(0, span.start - LEAD), limit), seen
    return window, shown


def _shown(text: str, spans: Sequence[Span], window: Span) -> tuple[Piece, ...]:
    """The stretch with its hits, begun and ended between words, with dots where the text goes on."""
    start, end = window.start, min(window.end, len(text))
    first = next(span for span in spans if span.end > start)
    start = min(start, first.start)
    while 0 < start < first.start and not text[start - 1].isspace():
        start += 1
    while end < len(text) and not text[end].isspace() and end - window.end < LEAD:
        end += 1
    pieces = list(marked(text, spans, start, end))
    if start > 0:
        pieces.insert(0, Piece("… ", hit=False))
    if text[end:].strip():
        pieces.append(Piece(" …", hit=False))
    return tuple(pieces)
