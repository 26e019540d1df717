"""How a word of a scan came to stand as it does: what was seen, by whom, how sure each was, and what was made of it.

In a scan the decoder chooses among readings of a place: there are no costs of letters to tell, but everything that had a say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from restore.correct.places import bare, line_and_column, offset_in
from restore.edit import APPLIED, Edit, apply
from restore.page import WordSpan
from restore.results import Restored

Outcome = Literal["changed", "kept", "suggested", "unread"]


@dataclass(frozen=True, slots=True)
class Saying:
    """What one reading saw in a place, and how sure it was of it, 0 to 1; no words where it saw nothing."""

    source: str
    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Recognised:
    """How one word of a scan came to stand as it does.

    Attributes:
        page: from 1.
        start: code points of the original text.
        end: one past the last.
        line: of the original text, from 1.
        column: from 1.
        observed: what the engine read there, with the words that were changed together with it.
        restored: what stands there now.
        outcome: "changed", "kept" (as it was read), "suggested" (a reading waits for a person), "unread" (no better one was found).
        source: who decided; of an edit its source.
        confidence: probability that what stands there is right.
        status: of its edit.
        suggestion: the reading that waits.
        engine: what the engine itself said of its reading, 0 to 1; None of a text layer, which says nothing.
        readings: what others saw there.
        alternatives: what else it may be, likeliest first.
    """

    page: int
    start: int
    end: int
    line: int
    column: int
    observed: str
    restored: str
    outcome: Outcome
    source: str | None
    confidence: float
    status: str | None
    suggestion: str | None
    engine: float | None
    readings: tuple[Saying, ...]
    alternatives: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """The word as ``explain --json`` gives it."""
        return asdict(self)


def recognised(
    restored: Restored, wanted: str, *, limit: int = 1, skip: int = 0
) -> tuple[int, tuple[Recognised, ...]]:
    """How the words of a scan that somebody asks about were decided.

    Args:
        restored: the scan, read and corrected.
        wanted: a word as it was read or as it stands now, or a place: ``line:column`` from 1, ``#offset`` in code points from 0.
        limit: at most so many of the places that fit.
        skip: so many of them are passed over first.

    Returns:
        How many places fit, and what is told of them.
    """
    explainer = _Explainer(restored)
    spans = explainer.find(wanted)
    return len(spans), tuple(explainer.told(span) for span in spans[skip : skip + limit])


class _Explainer:
    def __init__(self, restored: Restored) -> None:
        self._original, self._edits, self._seen = restored.original, restored.edits, restored.seen
        self._readings = _readings_by_word(restored)
        self._scanned = {page.number for page in restored.seen.pages if page.source == "tesseract"}

    def find(self, wanted: str) -> list[WordSpan]:
        """The words that fit, in order: at a place, else as they stand or stood, else the same without regard to case."""
        spans = list(self._seen.spans)
        offset = offset_in(self._original, wanted)
        if offset is not None:
            return [span for span in spans if span.start <= offset < span.end]
        for fold in (str, str.casefold):
            found = [span for span in spans if fold(wanted) in {fold(form) for form in self._forms(span)}]
            if found:
                return found
        return []

    def _forms(self, span: WordSpan) -> Iterator[str]:
        """What stood at a place, and each word that stands there."""
        edits = self._touching(span)
        for text in (
            span.word.text,
            *(self._restored(*_stretch(span, edits), edits).split() if edits else ()),
        ):
            yield from (text, bare(text))

    def _touching(self, span: WordSpan) -> list[Edit]:
        return [edit for edit in self._edits if edit.start < span.end and span.start < edit.end]

    def _restored(self, start: int, end: int, edits: Sequence[Edit]) -> str:
        moved = [
            edit.model_copy(update={"start": edit.start - start, "end": edit.end - start})
            for edit in edits
            if edit.status in APPLIED
        ]
        return apply(self._original[start:end], moved)

    def told(self, span: WordSpan) -> Recognised:
        """What is told of a word."""
        edits = self._touching(span)
        start, end = _stretch(span, edits)
        edit = min(edits, key=lambda one: one.status == "suggested", default=None)
        doubts = [one for one in self._seen.doubts if one.start < span.end and span.start < one.end]
        sure = min((one.confidence for one in doubts), default=edit.confidence if edit else 1.0)
        others = [
            *(edit.alternatives if edit else ()),
            *(text for one in doubts for text in one.alternatives),
        ]
        line, column = line_and_column(self._original, start)
        waiting = edit is not None and edit.status == "suggested"
        return Recognised(
            page=span.page,
            start=start,
            end=end,
            line=line,
            column=column,
            observed=self._original[start:end],
            restored=self._restored(start, end, edits),
            outcome=self._outcome(span, edit),
            source=edit.source if edit else None,
            confidence=round(edit.confidence if edit and not waiting else sure, 4),
            status=edit.status if edit else None,
            suggestion=edit.after if edit and waiting else None,
            engine=span.word.confidence if span.page in self._scanned else None,
            readings=self._readings.get(span.word.id, ()),
            alternatives=tuple(dict.fromkeys(others)),
        )

    def _outcome(self, span: WordSpan, edit: Edit | None) -> Outcome:
        if edit is not None:
            return "suggested" if edit.status == "suggested" else "changed"
        is_unread = any(start < span.end and span.start < end for start, end in self._seen.unread)
        return "unread" if is_unread else "kept"


def _stretch(span: WordSpan, edits: Sequence[Edit]) -> tuple[int, int]:
    """A word with all that was changed together with it."""
    return min([span.start, *(e.start for e in edits)]), max([span.end, *(e.end for e in edits)])


def _readings_by_word(restored: Restored) -> Mapping[str, tuple[Saying, ...]]:
    found: dict[str, list[Saying]] = defaultdict(list)
    for page in restored.seen.pages:
        for reading in page.readings:
            text = " ".join(word.text for word in reading.words)
            least = min((word.confidence for word in reading.words), default=0.0)
            for name in reading.word_ids:
                found[name].append(Saying(reading.source, text, least))
    return {name: tuple(said) for name, said in found.items()}
