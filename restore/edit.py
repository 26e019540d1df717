"""What was changed: edits that replay the restored text from the original, ``apply(original, edits) == restored``."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

EditKind = Literal[
    "tone", "mark", "letter", "split", "merge", "case", "punctuation", "number", "encoding", "drop", "mixed", "same",
]  # fmt: skip
EditStatus = Literal["auto", "review", "suggested", "confirmed"]
APPLIED: frozenset[EditStatus] = frozenset({"auto", "review", "confirmed"})


class Edit(BaseModel):
    """One change of the text. Offsets are code points in the original.

    Attributes:
        start: first code point replaced.
        end: one past the last; equal to ``start`` for an insertion.
        before: what stands there in the original.
        after: what takes its place.
        kind: what sort of difference it is; ``same`` where a reviewer says that it is right as it stands.
        source: who proposed it: ``nfc``, ``model``, ``phrase``, ``segmentation``, ``lost-marks``, ``case``, ``number`` …
        confidence: probability that ``after`` is right, 0 to 1.
        status: ``suggested`` edits are not applied; ``review`` ones are, and a person should look.
        alternatives: other readings, best first.
        cost: nats that the channel asks for ``after`` where ``before`` stands, blanks and case among them; None where no
            channel was asked.
        page: 1-based page, where the text came from pages.
        word_ids: the words of the page that it touches.
        reviewer: who decided it; None where the program did.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    before: str
    after: str
    kind: EditKind
    source: str
    confidence: float = Field(ge=0.0, le=1.0)
    status: EditStatus
    alternatives: tuple[str, ...] = ()
    cost: float | None = None
    page: int | None = None
    word_ids: tuple[str, ...] = ()
    reviewer: str | None = None

    @model_validator(mode="after")
    def _check_span(self) -> Edit:
        if self.end - self.start != len(self.before):
            raise ValueError(f"edit {self.start}-{self.end} does not span {self.before!r}")
        return self


def apply(original: str, edits: Iterable[Edit]) -> str:
    """The text after all applied edits.

    Raises:
        ValueError: two edits overlap, or one does not fit the original.

    >>> edit = Edit(start=0, end=4, before="Kiin", after="Kiến", kind="mixed", source="model",
    ...             confidence=0.98, status="auto")
    >>> apply("Kiin An", [edit])
    'Kiến An'
    """
    parts: list[str] = []
    position = 0
    for edit in applied(edits):
        if edit.start < position:
            raise ValueError(f"edits overlap at {edit.start}")
        if original[edit.start : edit.end] != edit.before:
            raise ValueError(
                f"edit at {edit.start} expects {edit.before!r}, found {original[edit.start : edit.end]!r}"
            )
        parts += original[position : edit.start], edit.after
        position = edit.end
    parts.append(original[position:])
    return "".join(parts)


def applied(edits: Iterable[Edit]) -> Iterator[Edit]:
    """The edits that change the text, in order of their place."""
    yield from sorted(
        (edit for edit in edits if edit.status in APPLIED), key=lambda edit: (edit.start, edit.end)
    )


class OffsetMap:
    """Carries offsets of the restored text back to the original.

    Inside an edit, which has no inner correspondence, a start goes to the edit's start and an end to its end.
    What was dropped beside a span is no part of it.
    """

    def __init__(self, edits: Iterable[Edit]) -> None:
        self._pieces: list[
            tuple[int, int, int, int]
        ] = []  # restored start, restored end, original start, end
        shift = 0
        for edit in applied(edits):
            start = edit.start + shift
            self._pieces.append((start, start + len(edit.after), edit.start, edit.end))
            shift += len(edit.after) - (edit.end - edit.start)
        self._starts = [start for start, *_ in self._pieces]  # sought in thousands of times a page
        assert all(a[1] <= b[0] for a, b in pairwise(self._pieces))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's span for a span of the restored text."""
        if not self._pieces:  # a correct text: nothing was changed
            return start, end
        first = self._map(start, last=False)
        return first, max(first, self._map(end, last=True))

    def _map(self, offset: int, *, last: bool) -> int:
        # A piece that begins where a span ends is not in it: a dropped one, which is empty, would be else.
        bisect = bisect_left if last else bisect_right
        index = bisect(self._starts, offset) - 1
        if index < 0:
            return offset
        _, end, original_start, original_end = self._pieces[index]
        if offset >= end:
            return offset - end + original_end
        return original_end if last else original_start
