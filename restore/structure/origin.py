"""From a place in the text that the parser reads back to the original, its pages and its words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TypeVar

from restore.document import Field, Status
from restore.edit import APPLIED, Edit, OffsetMap, applied, apply
from restore.field import Provenance
from restore.page import BBox, WordSpan
from restore.structure.dates import DatePart
from restore.structure.lines import Span

_CODE_RE = re.compile(r"\d|/|^[A-ZĐ]+(?:-[A-ZĐ]+)+$")

_Item = TypeVar("_Item", Edit, WordSpan)


class Origin:
    """The text as the parser reads it, and the way back.

    Suggested repairs of numbers, dates and codes are not in the restored text. The parser reads the text
    *with*
    them (``text``), so that a field's value is the repaired one; running text is given back as restored.

    Args:
        restored: the text with all applied edits, NFC.
        original: the text the edits start from; the restored text itself where it is None.
        edits: ``apply(original, edits) == restored``.
        words: where the words of pages stand in the original.

    Raises:
        ValueError: the edits do not lead from the original to the restored text.
    """

    def __init__(
        self,
        restored: str,
        original: str | None = None,
        edits: Sequence[Edit] = (),
        words: Sequence[WordSpan] = (),
    ) -> None:
        self.original = restored if original is None else original
        self.restored = restored
        if apply(self.original, edits) != restored:
            raise ValueError("the edits do not lead from the original to the restored text")
        self._to_original = OffsetMap(edits)
        self._applied = list(applied(edits))
        self._applied_starts = [edit.start for edit in self._applied]
        suggested = _suggestions(edits)
        self.text = apply(restored, suggested)
        self._to_restored = OffsetMap(suggested)
        self._unchanged = not self._applied and not suggested
        self._touched = sorted(
            (edit for edit in edits if edit.status in APPLIED or _is_code(edit)), key=lambda edit: edit.start
        )
        self._touched_ends = _running_max(edit.end for edit in self._touched)
        self._words = sorted(words, key=lambda word: word.start)
        self._word_ends = _running_max(word.end for word in self._words)
        self._bare = self._unchanged and not self._touched and not self._words

    @property
    def exact(self) -> bool:
        """Whether the text is as it was given: nothing was restored in it, and it was not read from pages."""
        return self._bare

    def running_text(self, spans: Iterable[Span]) -> str:
        """The restored text of the spans, joined by one blank."""
        if self._unchanged:
            return " ".join(" ".join([self.restored[start:end] for start, end in spans]).split())
        parts = (self.restored[slice(*self._to_restored.span(*span))] for span in spans)
        return " ".join(" ".join(parts).split())

    def original_start(self, start: int) -> int:
        """Where the character at a place of the text stands in the original."""
        return start if self._unchanged else self.original_span(Span(start, start + 1)).start

    def original_span(self, span: Span) -> Span:
        """Where a span of the text stands in the original."""
        if self._unchanged:
            return span
        return Span(*self._to_original.span(*self._to_restored.span(*span)))

    def restored_from(self, start: int, end: int) -> str:
        """What was restored from a span of the original, joined by one blank; an edit counts where it begins."""
        parts: list[str] = []
        position = start
        for edit in self._applied[bisect_left(self._applied_starts, start) :]:
            if edit.start >= end:
                break
            parts += self.original[position : edit.start], edit.after
            position = edit.end
        parts.append(self.original[position:end])
        return " ".join("".join(parts).split())

    def provenance(self, spans: Sequence[Span]) -> tuple[Provenance, ...]:
        """Where the spans stand: one entry for each piece that is continuous and on one page."""
        if self._bare and len(spans) == 1:
            return (Provenance(start=spans[0].start, end=spans[0].end),)
        pieces: list[Provenance] = []
        for start, end in self._continuous(spans):
            words = _between(self._words, self._word_ends, start, end) if self._words else []
            if not words:
                pieces.append(Provenance(start=start, end=end))
            for page, group in groupby(words, key=lambda word: word.page):
                here = list(group)
                pieces.append(
                    Provenance(
                        page=page,
                        bbox=BBox.union(word.word.bbox for word in here),
                        word_ids=tuple(word.word.id for word in here),
                        start=max(start, here[0].start),
                        end=min(end, max(word.end for word in here)),
                    )
                )
        return tuple(pieces)

    def field(
        self,
        spans: Sequence[Span],
        value: str | None = None,
        *,
        status: Status = "present",
        blank_parts: tuple[DatePart, ...] = (),
    ) -> Field:
        """A field that stands on the spans; its value is their text, joined by one blank, unless given.

        Its confidence is that of the least certain edit or word in it; 0 where nothing can be read.
        """
        if self._bare and len(spans) == 1:
            # Most fields of a correct text: no edit and no word has a say in them.
            ((start, end),) = spans
            raw = self.original[start:end]
            value = (" ".join(raw.split()) if value is None else value) if status == "present" else None
            place = Provenance(start=start, end=end)
            sure = 0.0 if status == "unreadable" else 1.0
            return Field(
                value=value,
                raw=raw,
                status=status,
                confidence=sure,
                provenance=(place,),
                blank_parts=blank_parts,
            )
        if value is None and status == "present":
            value = " ".join(" ".join(self.text[start:end] for start, end in spans).split())
        pieces = self._continuous(spans)
        edits = [
            edit for start, end in pieces for edit in _between(self._touched, self._touched_ends, start, end)
        ]
        words = [word for start, end in pieces for word in _between(self._words, self._word_ends, start, end)]
        doubts = [edit.confidence for edit in edits] + [word.word.confidence for word in words]
        return Field(
            value=value if status == "present" else None,
            raw="\n".join(self.original[start:end] for start, end in pieces),
            status=status,
            suggested=any(edit.status == "suggested" for edit in edits),
            confidence=0.0 if status == "unreadable" else min(doubts, default=1.0),
            provenance=self.provenance(spans),
            blank_parts=blank_parts,
        )

    def _continuous(self, spans: Sequence[Span]) -> list[tuple[int, int]]:
        """The spans in the original, neighbours with only blanks between them joined."""
        pieces: list[tuple[int, int]] = []
        for span in spans:
            start, end = self.original_span(span)
            if pieces and start >= pieces[-1][1] and not self.original[pieces[-1][1] : start].strip():
                pieces[-1] = (pieces[-1][0], max(end, pieces[-1][1]))
            else:
                pieces.append((start, end))
        return pieces


def _between(items: Sequence[_Item], ends: Sequence[int], start: int, end: int) -> list[_Item]:
    """The items that touch a span; they are in order of their starts, with the running maximum of their ends."""
    found: list[_Item] = []
    for index in range(bisect_left(ends, start + 1), len(items)):
        # A slice would copy the rest of a long document.
        item = items[index]
        if item.start >= end:
            break
        if item.end > start:
            found.append(item)
    return found


def _running_max(ends: Iterable[int]) -> list[int]:
    """The largest end so far at each place, which is sorted even where pieces overlap."""
    largest: list[int] = []
    for end in ends:
        largest.append(max(end, largest[-1]) if largest else end)
    return largest


def _is_code(edit: Edit) -> bool:
    """Whether a suggestion is about a number, a date or a code, as opposed to a word."""
    if edit.status != "suggested":
        return False
    return edit.kind == "number" or bool(_CODE_RE.search(edit.before) or _CODE_RE.search(edit.after))


def _suggestions(edits: Sequence[Edit]) -> list[Edit]:
    """The suggested repairs of numbers, dates and codes as applied edits of the *restored* text.

    One that overlaps an applied edit or another suggestion is left out: the parser then reads what was
    restored.
    """
    moved: list[Edit] = []
    shift, free_from = 0, 0
    chosen = [edit for edit in edits if edit.status in APPLIED or _is_code(edit)]
    applied_spans = [(edit.start, edit.end) for edit in edits if edit.status in APPLIED]
    for edit in sorted(chosen, key=lambda edit: (edit.start, edit.end)):
        if edit.status in APPLIED:
            shift += len(edit.after) - len(edit.before)
            free_from = max(free_from, edit.end)
        elif edit.start >= free_from and not _overlaps(edit, applied_spans):
            place = {"start": edit.start + shift, "end": edit.end + shift, "status": "auto"}
            moved.append(edit.model_copy(update=place))
            free_from = edit.end
    return moved


def _overlaps(edit: Edit, spans: list[tuple[int, int]]) -> bool:
    return any(start < edit.end and edit.start < end for start, end in spans)
