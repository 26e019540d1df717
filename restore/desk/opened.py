"""A document on the desk: what its folder holds and what its log says, parted into sheets of words.

Opening reads the folder once. A decision needs only the log anew: the words of one sheet are made when they are asked for, so
that a document of 500 pages answers as quickly as a letter. The structure follows in the background (:mod:`restore.desk.writer`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, islice
from pathlib import Path

from restore import output
from restore.decisions import Decision, read_decisions, standing
from restore.edit import APPLIED, Edit, OffsetMap, apply
from restore.listed import listed, undecided
from restore.page import BBox, WordSpan
from restore.replay import merged, replay
from restore.results import holding, read_parts
from restore.seen import CERTAIN, Doubt, Seen

SHEET_LINES = 60  # of a text without pages
_WORD_RE = re.compile(r"(\S+)(\s*)")
MOST_ALTERNATIVES = 8
Stamp = tuple[int, int, int]
_nothing = re.match(r"()()", "")
assert _nothing
_NOTHING = _nothing  # what stands where a word was dropped


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page, or some lines of a text without pages: ``original[start:end]``."""

    number: int
    page: int | None
    start: int
    end: int
    first_line: int
    lines: int


@dataclass(frozen=True, slots=True)
class DeskWord:
    """A word of the restored text as the review page shows it; the names are those of the page's data."""

    start: int
    end: int
    text: str
    before: str
    space: str
    line: int
    box: BBox | None
    confidence: float
    kind: str | None
    status: str
    doubt: bool
    alternatives: tuple[str, ...]
    suggestion: str | None
    source: str | None
    reviewer: str | None
    decision: str | None
    group: bool


@dataclass(frozen=True)
class Opened:
    """A document as it is now.

    Attributes:
        name: of the document in its batch.
        folder: its results.
        original: the text before.
        own_edits: those of the program, with their pages and words.
        seen: what was seen.
        log: all decisions.
        stamp: which file ``seen.json`` is, when it was written and how long it is: another was made by a new run.
    """

    name: str
    folder: Path
    original: str
    own_edits: tuple[Edit, ...]
    seen: Seen
    log: tuple[Decision, ...]
    stamp: Stamp = (0, 0, 0)

    @property
    def revision(self) -> int:
        """How many lines the log has."""
        return len(self.log)

    @cached_property
    def placed(self) -> tuple[tuple[Edit, Decision], ...]:
        """The edits of standing decisions where they stand now, in order of their place."""
        return replay(standing(self.log), self.original, self.seen.spans).placed

    @cached_property
    def edits(self) -> tuple[Edit, ...]:
        """All edits, those of reviewers before the program's, in order of their place."""
        return merged(self.own_edits, [edit for edit, _ in self.placed])

    @cached_property
    def edit_starts(self) -> list[int]:
        """Where each of them begins."""
        return [edit.start for edit in self.edits]

    @cached_property
    def line_starts(self) -> list[int]:
        """Where each line of the original begins."""
        return [0, *(match.end() for match in re.finditer("\n", self.original))]

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """The pages that have words, or stretches of a text, in order."""
        starts = self.line_starts
        pages = [
            (page, next(spans).start) for page, spans in groupby(self.seen.spans, key=lambda span: span.page)
        ]
        if not pages:
            pages = [(0, starts[index]) for index in range(0, max(len(starts) - 1, 1), SHEET_LINES)]
        ends = [*(start for _, start in pages[1:]), len(self.original)]
        found = []
        for number, ((page, start), end) in enumerate(zip(pages, ends, strict=True), start=1):
            first = bisect_right(starts, start)
            lines = self.original.count("\n", start, max(end - 1, start)) + 1
            found.append(Sheet(number, page or None, start, end, first, lines))
        return tuple(found)

    def edits_at(self, start: int, end: int) -> list[Edit]:
        """The edits that touch a span, suggested ones too."""
        return _edits_at(self.edits, self.edit_starts, start, end)

    def spans_at(self, start: int, end: int) -> Sequence[WordSpan]:
        """The words of the pages that a span touches."""
        return _spans_at(self.seen.spans, start, end)

    def sheet_of(self, place: int) -> int:
        """The number of the sheet that holds a place of the original."""
        starts = [sheet.start for sheet in self.sheets]
        return max(bisect_right(starts, place), 1)

    @cached_property
    def _doubtful(self) -> tuple[list[int], list[int], list[Doubt]]:
        """The words on the list, decided or not: their starts, their ends, and how doubtful they are, in order."""
        ordered = list(listed(self.own_edits, self.seen))
        return [one.start for one in ordered], [one.end for one in ordered], ordered

    def doubts(self) -> list[Doubt]:
        """What nobody has decided yet of the words on the list, least certain first; each place once."""
        left = undecided(self._doubtful[2], [edit for edit, _ in self.placed])
        return sorted(left, key=lambda doubt: (doubt.confidence, doubt.start))

    def words(self, sheet: Sheet) -> Iterator[DeskWord]:
        """The words of a sheet as they are now."""
        starts = self.edit_starts
        last = (
            bisect_right if sheet is self.sheets[-1] else bisect_left
        )  # what was put to the end of the text
        first = bisect_left(starts, sheet.start)
        edits = self.edits[first : last(starts, sheet.end)]
        # Somebody may have decided over the edge of two sheets: the words are those of the sheet where they begin.
        earlier = (self.edits[index] for index in range(first - 1, -1, -1))
        begin = max(sheet.start, *(edit.end for edit in islice(_changing(earlier), 1)), 0)
        stop = max(begin, sheet.end, *(edit.end for edit in _changing(edits)))
        local = [
            edit.model_copy(update={"start": edit.start - begin, "end": edit.end - begin}) for edit in edits
        ]
        places = OffsetMap(local)
        known = _Known.of(self, sheet, edits)
        before = (-1, -1)
        dropped = [edit for edit in edits if not edit.after.strip() and edit.before.strip()]
        for match in _WORD_RE.finditer(apply(self.original[begin:stop], local)):
            start, end = (place + begin for place in places.span(match.start(), match.end(1)))
            while dropped and dropped[0].end <= start:
                edit = dropped.pop(0)
                yield self._word(_NOTHING, (edit.start, edit.end), known, group=False)
            yield self._word(match, (start, end), known, group=(start, end) == before)
            before = (start, end)

    def _word(self, match: re.Match[str], span: tuple[int, int], known: _Known, *, group: bool) -> DeskWord:
        start, end = span
        edits = known.edits_at(start, end)
        doubt = known.doubts.get(span) or Doubt(start, end, CERTAIN)
        decision = next(
            (known.decisions[edit.start, edit.end] for edit in edits if edit.status == "confirmed"), None
        )
        suggestion = next((edit.after.strip() for edit in edits if edit.status == "suggested"), None)
        change = next((edit for edit in edits if edit.status != "suggested"), edits[0] if edits else None)
        others = [
            suggestion or "",
            *doubt.alternatives,
            *(one for edit in edits for one in edit.alternatives),
        ]
        starts, ends, _ = self._doubtful
        on_list = bisect_right(ends, start) < bisect_left(starts, max(end, start + 1))
        return DeskWord(
            start=start,
            end=end,
            text=match[1],
            before=self.original[start:end],
            space=match[2],
            line=bisect_right(known.line_starts, start),
            box=known.box(start, end),
            confidence=CERTAIN if decision else doubt.confidence,
            kind=change.kind if change else None,
            status="confirmed" if decision else _status(edits),
            doubt=on_list and decision is None,
            alternatives=tuple(one for one in dict.fromkeys(others) if one and one != match[1])[
                :MOST_ALTERNATIVES
            ],
            suggestion=suggestion,
            source=change.source if change else None,
            reviewer=decision.reviewer if decision else None,
            decision=decision.id if decision else None,
            group=group,
        )


@dataclass(frozen=True, slots=True)
class _Known:
    """What there is to tell of the words of one sheet, made ready to be looked up."""

    edits: Sequence[Edit]
    edit_starts: Sequence[int]
    doubts: Mapping[tuple[int, int], Doubt]
    decisions: Mapping[tuple[int, int], Decision]
    spans: Sequence[WordSpan]
    line_starts: Sequence[int]

    @classmethod
    def of(cls, document: Opened, sheet: Sheet, edits: Sequence[Edit]) -> _Known:
        doubts, spans = document.seen.doubts, document.seen.spans
        first, last = (
            bisect_left(doubts, place, key=lambda one: one.start) for place in (sheet.start, sheet.end)
        )
        begin, end = (
            bisect_left(spans, place, key=lambda one: one.start) for place in (sheet.start, sheet.end)
        )
        return cls(
            edits=edits,
            edit_starts=[edit.start for edit in edits],
            doubts={(one.start, one.end): one for one in doubts[first:last]},
            decisions={(edit.start, edit.end): decision for edit, decision in document.placed},
            spans=spans[begin:end],
            line_starts=document.line_starts,
        )

    def edits_at(self, start: int, end: int) -> list[Edit]:
        """The edits that touch a span, suggested ones too."""
        return _edits_at(self.edits, self.edit_starts, start, end)

    def box(self, start: int, end: int) -> BBox | None:
        """Around the words that a span touches."""
        touched = _spans_at(self.spans, start, end)
        return BBox.union(span.word.bbox for span in touched) if touched else None


def _edits_at(edits: Sequence[Edit], starts: Sequence[int], start: int, end: int) -> list[Edit]:
    first = bisect_left(starts, start)
    while first and edits[first - 1].end > start:  # one that begins before the span
        first -= 1
    return [edit for edit in edits[first : bisect_right(starts, end)] if _touches(edit, start, end)]


def _spans_at(spans: Sequence[WordSpan], start: int, end: int) -> Sequence[WordSpan]:
    first = bisect_right(spans, start, key=lambda span: span.end)
    return spans[first : bisect_left(spans, max(end, start + 1), key=lambda span: span.start)]


def _changing(edits: Iterable[Edit]) -> Iterator[Edit]:
    return (edit for edit in edits if edit.status in APPLIED)


def _touches(edit: Edit, start: int, end: int) -> bool:
    return edit.start < end and start < edit.end if edit.start < edit.end else start <= edit.start <= end


def _status(edits: Sequence[Edit]) -> str:
    states = {edit.status for edit in edits}
    if "suggested" in states:
        return "suggested"
    return "review" if "review" in states else "auto" if states else "plain"


def open_document(name: str, folder: Path) -> Opened:
    """Read a document's folder.

    Raises:
        InputError: a file is missing or damaged.
    """
    with holding(folder):
        stamp = stamp_of(folder)
        original, own_edits, seen = read_parts(folder)
    log = read_decisions(folder / output.DECISIONS_FILE)
    return Opened(name, folder, original, own_edits, seen, log, stamp)


def stamp_of(folder: Path) -> Stamp:
    """Which file holds what was seen, when it was written, and its length; zeros where there is none."""
    try:
        found = (folder / output.SEEN_FILE).stat()
    except OSError:
        return 0, 0, 0
    return found.st_ino, found.st_mtime_ns, found.st_size
