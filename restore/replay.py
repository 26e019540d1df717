"""Decisions meet a text: each finds its place, though the original may have been read anew, and wins over the program's edits."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from restore.decisions import CONTEXT, Anchor, Decision
from restore.edit import Edit, OffsetMap, apply
from restore.page import BBox, WordSpan
from restore.seen import CERTAIN, Doubt

# A word is the one that was decided when the boxes share this part of the smaller one; neighbours share none of it.
SAME_PLACE = 0.5
# Characters of context that must agree where the text of a decision has moved, and the part of all that is known of it: the same
# words come again in other sentences, and a decision that finds no place is told while one in a wrong place is not.
LEAST_CONTEXT = 4
LEAST_AGREEMENT = 0.5
# What stands in the box of a decided word is another reading of it from this likeness on (difflib's ratio).
LEAST_LIKENESS = 0.5
_WORD_RE = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Replay:
    """The edits of decisions in their places, each with its decision, and the decisions whose place was not found again."""

    placed: tuple[tuple[Edit, Decision], ...]
    lost: tuple[Decision, ...] = ()

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits alone, in order of their place."""
        return tuple(edit for edit, _ in self.placed)


def replay(decisions: Iterable[Decision], original: str, spans: Sequence[WordSpan] = ()) -> Replay:
    """Find the place of every decided edit in the original; of two that overlap the later one holds.

    Args:
        decisions: those that stand, in the order of the log.
        original: the text as it is now.
        spans: where the words of its pages stand in it.

    >>> from restore.decisions import edit_decision
    >>> edit = Edit(start=0, end=4, before="Kiin", after="Kiến", kind="mixed", source="reviewer", confidence=1,
    ...             status="confirmed", reviewer="Lan")
    >>> found = replay([edit_decision(edit, "Kiin An")], "UBND Kiin An")
    >>> apply("UBND Kiin An", found.edits)
    'UBND Kiến An'
    """
    places: list[tuple[Edit, Decision]] = []
    lost: list[Decision] = []
    for decision in decisions:
        if decision.edit is None:
            continue
        edit = _placed(decision.edit, decision.anchor or Anchor(), original, spans)
        if edit is None:
            lost.append(decision)
            continue
        places = [one for one in places if not _overlap(one[0], edit)]
        places.append((edit, decision))
    places.sort(key=lambda one: (one[0].start, one[0].end))
    return Replay(tuple(places), tuple(lost))


def merged(own: Iterable[Edit], decided: Sequence[Edit]) -> tuple[Edit, ...]:
    """The program's own edits and those of reviewers, in order; where both touch one place the reviewer's holds."""
    if not decided:
        return tuple(own)
    starts = [edit.start for edit in decided]
    ends = [edit.end for edit in decided]
    left = []
    for edit in own:
        near = decided[max(0, bisect_left(ends, edit.start) - 1) : bisect_right(starts, edit.end)]
        if not any(_overlap(edit, other) or _clings(edit, other) for other in near):
            left.append(edit)
    return tuple(sorted([*left, *decided], key=lambda edit: (edit.start, edit.end)))


def word_doubts(original: str, edits: Sequence[Edit], doubts: Sequence[Doubt]) -> tuple[Doubt, ...]:
    """The words of the restored text, each with its place in the original and how sure it is.

    Args:
        original: the text before the edits.
        edits: all of them; what a reviewer decided is certain.
        doubts: what the program held of the words that are not certain.
    """
    decided = [edit for edit in edits if edit.status == "confirmed"]
    starts, ends = [edit.start for edit in decided], [edit.end for edit in decided]
    known: dict[tuple[int, int], Doubt] = {}
    for doubt in doubts:
        before = known.get((doubt.start, doubt.end))
        if before is None or doubt.confidence < before.confidence:
            known[doubt.start, doubt.end] = doubt
    places = OffsetMap(edits)
    found = []
    for word in _WORD_RE.finditer(apply(original, edits)):
        start, end = places.span(*word.span())
        if bisect_right(ends, start) < bisect_left(starts, max(end, start + 1)):
            found.append(Doubt(start, end, CERTAIN))
        else:
            found.append(known.get((start, end)) or Doubt(start, end, CERTAIN))
    return tuple(found)


def _overlap(one: Edit, other: Edit) -> bool:
    """Whether two edits cannot both be applied; two insertions in one place cannot."""
    if one.start == other.start:
        return one.end > one.start or other.end == other.start
    return one.start < other.end and other.start < one.end


def _clings(insertion: Edit, other: Edit) -> bool:
    """Whether something was put to a word without a blank: it is part of the word that a reviewer decided."""
    if insertion.end > insertion.start or other.end == other.start or any(map(str.isspace, insertion.after)):
        return False
    return insertion.start in (other.start, other.end)


def _placed(edit: Edit, anchor: Anchor, original: str, spans: Sequence[WordSpan]) -> Edit | None:
    """The edit where it stands now, None where its place is not found."""
    # All of the context: one that is shorter than it could be says that the text began or ended there.
    near = original[max(0, edit.start - CONTEXT) : edit.start] == anchor.left
    behind = original[edit.end : edit.end + CONTEXT] == anchor.right
    stands = original[edit.start : edit.end] == edit.before
    if stands and (near and behind if edit.start == edit.end else near or behind):
        return _moved(edit, edit.start, edit.end, original, spans)
    place = _by_box(anchor, edit, original, spans) if anchor.bbox else None
    place = place or _by_context(edit.before, anchor, original, edit.start)
    return None if place is None else _moved(edit, *place, original, spans)


def _moved(edit: Edit, start: int, end: int, original: str, spans: Sequence[WordSpan]) -> Edit:
    touched = _touched(start, end, spans)
    return edit.model_copy(
        update={
            "start": start,
            "end": end,
            "before": original[start:end],
            "page": touched[0].page if touched else None,
            "word_ids": tuple(span.word.id for span in touched),
        }
    )


def _touched(start: int, end: int, spans: Sequence[WordSpan]) -> Sequence[WordSpan]:
    first = bisect_right(spans, start, key=lambda span: span.end)
    last = bisect_left(spans, max(end, start + 1), key=lambda span: span.start)
    return spans[first:last]


def _by_box(anchor: Anchor, edit: Edit, original: str, spans: Sequence[WordSpan]) -> tuple[int, int] | None:
    """The words that stand now where the decided ones stood on the page; blanks and marks inside count as theirs.

    A page of that number may be another one by now: the words must be like the decided ones, or their neighbours the same.
    """
    assert anchor.bbox
    if edit.start == edit.end:
        return None
    there = [
        span
        for span in spans
        if span.page == anchor.page and _shared(span.word.bbox, anchor.bbox) >= SAME_PLACE
    ]
    if not there:
        return None
    start, end = min(span.start for span in there), max(span.end for span in there)
    inside = sum(start <= span.start < end for span in spans)
    if inside != len(there):  # words of two columns are not one place
        return None
    known = _is_like(original[start:end], edit) or _agreement(anchor, original, start, end) >= LEAST_CONTEXT
    return (start, end) if known else None


def _is_like(text: str, edit: Edit) -> bool:
    """Whether a text may be another reading of what was decided on."""
    return any(
        SequenceMatcher(None, text, known, autojunk=False).ratio() >= LEAST_LIKENESS
        for known in (edit.before, edit.after)
    )


def _shared(one: BBox, other: BBox) -> float:
    """The part of the smaller box that lies in the other."""
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    if width <= 0 or height <= 0:
        return 0.0
    smaller = min(one.width * one.height, other.width * other.height)
    return width * height / max(smaller, 1)


def _by_context(before: str, anchor: Anchor, original: str, start: int) -> tuple[int, int] | None:
    """The place of the text whose neighbourhood agrees best; None where it agrees nowhere, or in two places alike.

    Of two alike the one is taken that has moved less than half as far as the other.
    """
    ranked = sorted(
        (
            (-_agreement(anchor, original, place, place + len(before)), abs(place - start), place)
            for place in _occurrences(before, anchor, original)
        ),
    )
    known = len(anchor.left) + len(anchor.right)
    if not ranked or -ranked[0][0] < max(min(LEAST_CONTEXT, known), known * LEAST_AGREEMENT):
        return None
    if len(ranked) > 1 and ranked[0][0] == ranked[1][0] and 2 * ranked[0][1] >= ranked[1][1]:
        return None
    place = ranked[0][2]
    return place, place + len(before)


def _occurrences(before: str, anchor: Anchor, original: str) -> Iterator[int]:
    """Where the text stands as a whole; an insertion where what stood before it stands."""
    if before:
        for found in re.finditer(rf"(?<!\w){re.escape(before)}(?!\w)", original):
            yield found.start()
    elif anchor.left:
        for found in re.finditer(re.escape(anchor.left[-LEAST_CONTEXT:]), original):
            yield found.end()


def _agreement(anchor: Anchor, original: str, start: int, end: int) -> int:
    """How many characters of the context stand around a place, counted outwards until one differs."""
    left = original[max(0, start - len(anchor.left)) : start]
    right = original[end : end + len(anchor.right)]
    return _common(reversed(anchor.left), reversed(left)) + _common(anchor.right, right)


def _common(one: Iterable[str], other: Iterable[str]) -> int:
    count = 0
    for here, there in zip(one, other, strict=False):
        if here != there:
            break
        count += 1
    return count
