"""Numbers in a form's gaps that readings do not agree on: handwritten ones are unreadable, never guessed.

An engine trained on print reads handwriting as something: as figures, mostly wrong ones. On the number and day of six
offices' documents it was right once in twelve, reading figures alone at four sizes never surely. But two models trained
on different material see different things in handwriting, while on print they agree: in all 16 numbers of rendered
pages and in 12 of 16 days, the other four of which the first reading was surer of than of any handwriting.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from restore.document import Field, Header
from restore.page import Page, Reading, Word
from restore.structure.lines import fold

# A number that was read as surely as this is print: days of rendered pages 0.95 to 0.97, handwriting at most 0.94.
SURE = 0.95
# A number that nothing else has read is believed from here on: print of bad scans 0.70, handwriting mostly below.
ALONE = 0.7
_LABELS = frozenset({"ngay", "thang", "nam", "so"})
_FIGURES_RE = re.compile(r"\d{1,6}[a-zA-Z]?")


def settled(header: Header, pages: Sequence[Page]) -> Header:
    """The header with its number and date unreadable where the readings of their words do not agree.

    Args:
        header: as it was read from the text.
        pages: that it stands on, with their readings; a text without pages stays as it is.
    """
    words = {word.id: word for page in pages for word in page.words}
    readings: dict[str, list[Reading]] = {}
    for reading in (reading for page in pages for reading in page.readings):
        for word_id in reading.word_ids:
            readings.setdefault(word_id, []).append(reading)
    changed = {
        name: field.model_copy(
            update={"status": "unreadable", "value": None, "suggested": False, "confidence": 0.0}
        )
        for name, field in (("number", header.number), ("issued_date", header.issued_date))
        if field.status == "present" and _is_disputed(field, words, readings)
    }
    return header.model_copy(update=changed) if changed else header


def _is_disputed(field: Field, words: Mapping[str, Word], readings: Mapping[str, Sequence[Reading]]) -> bool:
    ids = [word_id for place in field.provenance for word_id in place.word_ids if word_id in words]
    return any(
        not _is_certain(words[word_id], readings.get(word_id, ()), words)
        for word_id in ids
        if fold(words[word_id].text).strip(" .,:;") not in _LABELS
    )


def _is_certain(word: Word, readings: Sequence[Reading], words: Mapping[str, Word]) -> bool:
    if word.confidence >= SURE:
        return True
    own = _before_stroke(word.text)
    if not _FIGURES_RE.fullmatch(own.rpartition(":")[2].strip(" .,;…_")):
        return False
    if not readings:
        return word.confidence >= ALONE
    return any(_agrees(reading, words) for reading in readings)


def _agrees(reading: Reading, words: Mapping[str, Word]) -> bool:
    there = "".join(words[word_id].text for word_id in reading.word_ids if word_id in words)
    seen = "".join(word.text for word in reading.words)
    return _figures(there) == _figures(seen)


def _figures(text: str) -> str:
    """The figures before the stroke, ``129`` of ``129/KH-UBND``."""
    return re.sub(r"\D", "", _before_stroke(text))


def _before_stroke(text: str) -> str:
    return text.partition("/")[0]
