"""Where a decision repeats: other places of the batch that show the same and were read alike.

A place is offered when the same text stands there in the original, whole, and was read as it was read where the decision was
made; or, where that reading was accepted, when it is still in doubt. Numbers are never offered: what a figure is, is decided
in each place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from restore import output
from restore.edit import APPLIED
from restore.listed import REVIEW_BELOW


@dataclass(frozen=True, slots=True)
class Same:
    """What repeats: ``before`` in the original, read as ``read`` until it was decided to be ``after``."""

    before: str
    read: str
    after: str

    @property
    def can_repeat(self) -> bool:
        """Whether other places may be told from this one: words can, figures and lone marks cannot."""
        text = self.before + self.after
        return any(map(str.isalpha, self.before)) and not any(map(str.isdigit, text))


@dataclass(frozen=True, slots=True)
class RepeatedPlace:
    """A place where the same is to be decided: its span in the original of its document, and the line it stands on."""

    document: str
    start: int
    end: int
    line: int
    text: str


def repeated_places(same: Same, name: str, folder: Path) -> Iterator[RepeatedPlace]:
    """The undecided places of one document; files that cannot be read have none.

    Args:
        same: what repeats.
        name: of the document.
        folder: its results.
    """
    try:
        original = (folder / output.ORIGINAL_FILE).read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return
    if same.before not in original:
        return
    try:
        yield from list(_places(same, name, folder, original))
    except (LookupError, TypeError, ValueError, AttributeError):
        # Edits that are none: the document is damaged.
        return


def _places(same: Same, name: str, folder: Path, original: str) -> Iterator[RepeatedPlace]:
    edits = _edits(folder)
    pattern = rf"(?<!\w){re.escape(same.before)}(?!\w)"
    for match in re.finditer(pattern, original):
        start, end = match.span()
        touching = [edit for edit in edits if edit["start"] < end and start < edit["end"]]
        if any(edit["status"] == "confirmed" for edit in touching):
            continue
        reading = _reading(original, start, end, touching)
        if reading == same.read and (reading != same.after or _in_doubt(folder, start, end, touching)):
            line = original.count("\n", 0, start) + 1
            first = original.rfind("\n", 0, start) + 1
            last = original.find("\n", end)
            yield RepeatedPlace(name, start, end, line, original[first : last if last >= 0 else None])


def _in_doubt(folder: Path, start: int, end: int, edits: Sequence[Mapping[str, Any]]) -> bool:
    """Whether what stands at a span is on the list: by an edit, or as a word that nothing changed."""
    if any(edit["status"] in ("review", "suggested") for edit in edits):
        return True
    return any(a < end and start < b for a, b in _doubtful_words(folder, _stamp(folder)))


@lru_cache(maxsize=64)
def _doubtful_words(folder: Path, stamp: int) -> tuple[tuple[int, int], ...]:
    """The spans of the words below the list's bound; ``stamp`` tells one state of the file from another."""
    try:
        seen = json.loads((folder / output.SEEN_FILE).read_bytes())
        return tuple((start, end) for start, end, sure, _ in seen["words"] if sure < REVIEW_BELOW)
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return ()


def _stamp(folder: Path) -> int:
    try:
        return (folder / output.SEEN_FILE).stat().st_mtime_ns
    except OSError:
        return 0


def _edits(folder: Path) -> Sequence[Mapping[str, Any]]:
    """The edits of a document; read without their model, which would take ten times as long over a whole batch."""
    try:
        text = (folder / output.EDITS_FILE).read_bytes().decode()
        return [json.loads(line) for line in text.split("\n") if line]
    except (OSError, ValueError, RecursionError):
        return ()


def _reading(original: str, start: int, end: int, edits: Sequence[Mapping[str, Any]]) -> str | None:
    """What stands at a span after the edits; None where one reaches beyond it."""
    parts: list[str] = []
    position = start
    for edit in edits:
        if edit["status"] not in APPLIED:
            continue
        if edit["start"] < position or edit["end"] > end:
            return None
        parts += original[position : edit["start"]], edit["after"]
        position = edit["end"]
    return "".join([*parts, original[position:end]])
