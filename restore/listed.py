"""What a person should look at: one list, which ``words_to_review`` counts and the desk walks through."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from restore.correct.weights import DEFAULT
from restore.edit import Edit
from restore.evidence import doubtful_spans
from restore.seen import Doubt, Seen

# A word below this is on the list, changed or not (docs/restoring.md: "a change waits for a person").
REVIEW_BELOW = DEFAULT.review
# What was not read at all is as likely wrong as not.
_UNREAD = 0.5


def listed(own_edits: Iterable[Edit], seen: Seen) -> tuple[Doubt, ...]:
    """All that the program doubts, decided or not, in the order of the text; places may share characters.

    On the list are words that are not sure enough, changes that wait for a person, what could not be read, and words that their
    engine itself held for wrong and nothing else speaks of; those come last, for all else says that they are right.

    Args:
        own_edits: the program's, with their words.
        seen: what else it saw.

    >>> [doubt.start for doubt in listed([], Seen(doubts=(Doubt(0, 4, 0.7), Doubt(5, 7, 0.95)), unread=((8, 9),)))]
    [0, 8]
    """
    own = list(own_edits)
    known = {(doubt.start, doubt.end): doubt for doubt in seen.doubts}
    found = {key: doubt for key, doubt in known.items() if doubt.confidence < REVIEW_BELOW}
    for edit in own:
        if edit.status in ("review", "suggested"):
            sure = 1 - edit.confidence if edit.status == "suggested" else edit.confidence
            key = edit.start, edit.end
            found.setdefault(key, known.get(key) or Doubt(*key, round(sure, 4)))
    for start, end in seen.unread:
        found.setdefault((start, end), known.get((start, end)) or Doubt(start, end, _UNREAD))
    for span in doubtful_spans(own, seen.spans, seen.unread):
        key = span.start, span.end
        found.setdefault(key, known.get(key) or Doubt(*key, REVIEW_BELOW))
    return tuple(found[key] for key in sorted(found))


def undecided(doubts: Iterable[Doubt], decided: Sequence[Edit]) -> tuple[Doubt, ...]:
    """What nobody has decided yet of the list, in the order of the text; each place once.

    Args:
        doubts: of :func:`listed`.
        decided: the edits of reviewers, in order.
    """
    starts, ends = [edit.start for edit in decided], [edit.end for edit in decided]
    left = []
    last = -1
    for doubt in doubts:
        touched = bisect_left(starts, max(doubt.end, doubt.start + 1)) - bisect_right(ends, doubt.start)
        if touched <= 0 and doubt.start >= last:
            left.append(doubt)
            last = max(last, doubt.end)
    return tuple(left)
