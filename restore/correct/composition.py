"""NFC as edits, one a letter, so that the restored text replays from the original whatever its normal form."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from restore.edit import Edit, OffsetMap
from restore.language import vietnamese


def nfc_edits(text: str) -> Iterator[Edit]:
    r"""The edits that bring a text into NFC.

    >>> [(edit.start, edit.before, edit.after) for edit in nfc_edits("tie\u0302\u0301p")]
    [(2, 'e\u0302\u0301', 'ế')]
    """
    position = 0
    for line in text.splitlines(keepends=True):
        if vietnamese.nfc(line) != line:
            place = position
            for cluster in _clusters(line):
                composed = vietnamese.nfc(cluster)
                if composed != cluster:
                    yield Edit(
                        start=place, end=place + len(cluster), before=cluster, after=composed, kind="encoding",
                        source="nfc", confidence=1.0, status="auto",
                    )  # fmt: skip
                place += len(cluster)
        position += len(line)


def _clusters(line: str) -> list[str]:
    """Parts of a line that compose by themselves: a letter with its combining marks, a block of Hangul."""
    starts = [0]  # and not the parts as they grow: a letter may bear a million marks
    for place, character in enumerate(line):
        if place and not _is_mark(character) and not _compose(line[starts[-1] : place], character):
            starts.append(place)
    return [line[start:end] for start, end in pairwise([*starts, len(line)])]


def _is_mark(character: str) -> bool:
    return unicodedata.combining(unicodedata.normalize("NFD", character)[0]) > 0


def _compose(cluster: str, character: str) -> bool:
    """Whether NFC joins a letter with what stands before it: scripts, Hangul among them, whose letters do so."""
    return vietnamese.nfc(cluster + character) != vietnamese.nfc(cluster) + vietnamese.nfc(character)


def stacks(text: str) -> Iterator[tuple[int, int]]:
    """Where composed text has marks left beside their letter: no letters of ours, and not to be taken apart.

    A letter put before such a mark would compose with it.

    >>> list(stacks("ph6\N{COMBINING HORN} an"))
    [(2, 4)]
    """
    start, stacked = 0, False
    for place, character in enumerate(text):
        if unicodedata.combining(character):
            stacked = True
            continue
        if stacked:
            yield start, place
        start, stacked = place + character.isspace(), False
    if stacked:
        yield start, len(text)


def with_nfc(original: str, nfc_edits: Sequence[Edit], edits: Sequence[Edit]) -> Iterator[Edit]:
    """Edits of the composed text as edits of the original, with the NFC edits that none of them covers."""
    if not nfc_edits:
        yield from sorted(edits, key=lambda edit: (edit.start, edit.end))
        return
    places = OffsetMap(nfc_edits)
    composed = {place for edit in nfc_edits for place in range(edit.start, edit.end)}
    covered: set[int] = set()
    moved = []
    for edit in edits:
        start, end = places.span(edit.start, edit.end)
        if edit.status != "suggested":
            covered.update(range(start, end))
        elif not composed.isdisjoint(range(start, end)):
            continue  # a suggestion is not applied, but composition has to be
        moved.append(edit.model_copy(update={"start": start, "end": end, "before": original[start:end]}))
    moved += (edit for edit in nfc_edits if edit.start not in covered)
    yield from sorted(moved, key=lambda edit: (edit.start, edit.end))
