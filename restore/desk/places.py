"""The place of a decision: the edit that it is, what stood there before, and whether somebody else has been there."""

from __future__ import annotations

import re
import unicodedata

from restore.decisions import REVIEWER_SOURCE, Decision
from restore.desk.opened import Opened
from restore.desk.repeats import RepeatedPlace, Same
from restore.edit import Edit, apply
from restore.errors import InputError
from restore.evidence import place_edits
from restore.page import BBox
from restore.results import kind_of

# Control characters, halves of characters, and what turns the direction of a text: nobody types these.
_UNSEEN_RE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")


class Conflict(Exception):
    """Somebody else has decided on the place, or set the field, meanwhile.

    Attributes:
        decision: theirs.
        revision: of the log now; a decision sent with it overrules.
    """

    def __init__(self, decision: Decision, revision: int) -> None:
        super().__init__(decision.id)
        self.decision = decision
        self.revision = revision


def edit_of(document: Opened, start: int, end: int, after: str, reviewer: str) -> tuple[Edit, BBox | None]:
    """The edit of a decision, and the box of its words where it is made of whole ones.

    Raises:
        InputError: the text has no such place.
    """
    if not 0 <= start <= end <= len(document.original):
        raise InputError("no-such-place", path=document.folder, start=start, end=end)
    after = document.original[start:end] if after == document.original[start:end] else typed(after)
    if start == end:
        after = _as_word(document, start, after)
    if not after and start < end and document.original[start - 1 : start] == " ":
        start -= 1  # what is dropped takes the blank before it along
    before = document.original[start:end]
    edit = Edit(
        start=start,
        end=end,
        before=before,
        after=after,
        kind="same" if before == after else kind_of(before, after),
        source=REVIEWER_SOURCE,
        confidence=1.0,
        status="confirmed",
        reviewer=reviewer,
    )
    (edit,) = place_edits([edit], document.seen.spans)
    touched = document.spans_at(start, end)
    whole = bool(touched) and touched[0].start == start and touched[-1].end == end
    return edit, BBox.union(span.word.bbox for span in touched) if whole else None


def typed(text: str) -> str:
    r"""What somebody typed, as texts and files can hold it: NFC, single blanks, nothing that no one sees.

    >>> typed(" kế\t\x00hoạch \u202e ")
    'kế hoạch'
    """
    seen = "".join(one for one in text if one.isspace() or not _UNSEEN_RE.match(one))
    return unicodedata.normalize("NFC", " ".join(seen.split()))


def _as_word(document: Opened, place: int, after: str) -> str:
    """What is put between two words, with the blanks that part it from them."""
    if not after:
        return after
    there = next((edit.after for edit in document.edits_at(place, place) if edit.start == edit.end), "")
    if there.strip():  # it takes the place of something that the program put there
        return there[: len(there) - len(there.lstrip())] + after + there[len(there.rstrip()) :]
    left, right = document.original[:place][-1:], document.original[place : place + 1]
    before = " " if left and not left.isspace() and after[0].isalnum() else ""
    return before + after + (" " if right.isalnum() else "")


def check_place(document: Opened, start: int, end: int, before: str) -> None:
    """See that the text still holds what the reviewer saw; blanks apart.

    Raises:
        InputError: it was read anew meanwhile.
    """
    if "".join(document.original[max(start, 0) : max(end, 0)].split()) != "".join(before.split()):
        raise InputError("no-such-place", path=document.folder, start=start, end=end)


def check_conflict(document: Opened, edit: Edit, revision: int) -> None:
    """See that nobody else has decided on the place of an edit after a revision.

    Raises:
        Conflict: somebody has.
    """
    later = {decision.id for decision in document.log[revision:]}
    for other, decision in document.placed:
        meets = other.start < max(edit.end, edit.start + 1) and edit.start < max(other.end, other.start + 1)
        if meets and decision.id in later and decision.reviewer != edit.reviewer:
            raise Conflict(decision, document.revision)


def reading(document: Opened, start: int, end: int) -> str | None:
    """What stands at a span now; None where an edit reaches beyond it."""
    inside = [edit for edit in document.edits_at(start, end) if edit.status != "suggested"]
    if any(edit.start < start or edit.end > end for edit in inside):
        return None
    moved = [
        edit.model_copy(update={"start": edit.start - start, "end": edit.end - start}) for edit in inside
    ]
    return apply(document.original[start:end], moved).strip()


def is_here(place: RepeatedPlace, name: str, edit: Edit) -> bool:
    """Whether a place is that of the edit itself."""
    return place.document == name and place.start < edit.end and edit.start < place.end


def is_open(document: Opened, place: RepeatedPlace, same: Same) -> bool:
    """Whether a place is undecided still, and reads as it did."""
    touching = document.edits_at(place.start, place.end)
    if any(edit.status == "confirmed" for edit in touching):
        return False
    return reading(document, place.start, place.end) == same.read
