"""The number line of a head whose number is handwriting that no engine read: ``86: 53)f ITB-DHTD``.

What stands before the colon is ``Số``; what is printed behind the number can be suggested; the number itself is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from restore.correct.abbreviations import looks_alike
from restore.correct.broken_codes import known_type, offices, plain_types
from restore.correct.lookalikes import SLASH, suggestion
from restore.edit import Edit

HEAD_LINES = (
    16  # lines with text: the number stands under the issuer's name, beside or under the national name
)
LABEL, NOTATION = (
    0.9,
    0.8,
)  # by hand: a colon, a type and an office on one line near the top leave little else

_GAP_RE = re.compile(r"[\s.…_]*|[\s.…_]*\d{1,5}[a-z]?[\s.…_]*")


class NumberLine(NamedTuple):
    """A garbled number line: the edit of its label, the suggestion for its notation, and what both stand in."""

    edits: tuple[Edit, ...]
    start: int
    end: int


@cache
def _line_re() -> re.Pattern[str]:
    types = "|".join(sorted(plain_types(), key=lambda code: (-len(code), code)))
    return re.compile(
        rf"(?P<lead>[ \t]*)(?P<label>[Ss5$8][^\s:;]{{0,3}})\ ?[:;](?P<number>[^\n:]{{0,14}}?)"
        rf"(?P<notation>(?P<slash>\ ?{SLASH}\ ?)(?P<type>{types})\ ?[-–]\ ?(?P<office>[A-ZĐÐ][A-ZĐÐ0-9&-]+))"
    )


def number_line(text: str) -> NumberLine | None:
    """The number line in the head of a text, if it is garbled.

    >>> [(edit.before, edit.after, edit.status) for edit in number_line("se :,At>fiKH -VBND").edits]
    [('se', 'Số', 'auto'), ('iKH -VBND', '/KH-UBND', 'suggested')]
    >>> number_line("Số:     /KH-UBND"), number_line("Số: 12/KH-UBND")
    (None, None)
    """
    for start, line in _head_lines(text):
        match = _line_re().match(line)
        if match is not None and not _GAP_RE.fullmatch(match["number"]):
            return NumberLine(tuple(_edits(match, start)), start + match.start("label"), start + match.end())
    return None


def _head_lines(text: str) -> Iterator[tuple[int, str]]:
    position = found = 0
    for line in text.split("\n"):
        if line.strip():
            found += 1
            yield position, line
        if found == HEAD_LINES:
            return
        position += len(line) + 1


def _edits(match: re.Match[str], start: int) -> Iterator[Edit]:
    place, label = start + match.start("label"), match["label"]
    if label != "Số":
        yield Edit(
            start=place, end=place + len(label), before=label, after="Số", kind="mixed", source="phrase",
            confidence=LABEL, status="review" if label.isdigit() else "auto",
        )  # fmt: skip
    kind, notation = known_type(match["type"]), match["notation"].lstrip()
    after = f"/{kind}-{_office(match['office'])}"
    if after != notation:
        yield suggestion(start + match.end() - len(notation), notation, after, NOTATION)


def _office(observed: str) -> str:
    """The office of the dictionary that an observed one looks like, or the observed one."""
    if observed.replace("Đ", "D") in offices():
        return observed
    alike = [office for office in sorted(offices()) if looks_alike(observed, office)]
    return alike[0] if len(alike) == 1 else observed
