"""The imprint of a digital signature: what signing software prints over the page (Decree 30/2020/NĐ-CP, boxes 8 and 14)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from restore.document import ABSENT, Field
from restore.structure.lines import Dropped, Line, Span, fold
from restore.structure.origin import Origin

_OPENING_RE = re.compile(r"(?:duoc )?ky boi\b|nguoi ky\b|digitally signed|signed by")
_TIME_RE = re.compile(r"(?:thoi gian|gio|ngay) ky\b|date:\s*\d{4}")
_LABELLED_RE = re.compile(
    r"(?:e-?mail|co quan|to chuc|don vi|chuc vu|ly do|noi ky|dia diem|location|reason|email)\s*:"
)
_TIME_REST_RE = re.compile(r"\d{1,2}:\d\d|[+-]\d\d[:']\d\d")
# The time of signing alone, as some software prints it in a corner of the page.
_STAMPED_RE = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{4},? \d{1,2}:\d\d(?::\d\d)?(?: ?[+-]\d\d[:']?\d\d)?")
# Nothing of an imprint: a line of a list, of a signature or of the head.
_FOREIGN_RE = re.compile(
    r"[-–+*•]\s|(?:tm|kt|tl|tuq|q)\s?[./]|[tk]/[mtl]\b|so\s*:|noi nhan|dieu \d|cong hoa xa"
    r"|.*\bngay .{1,6}thang "
)
_IMPRINT_LINES = 8  # signer, mail, office on up to three lines, time on two
_UNLABELLED = 2  # lines that a long name may go on


class Imprint(NamedTuple):
    """The imprint as a field, the lines without it, and all that is laid aside, the imprint's lines among it."""

    field: Field
    lines: tuple[Line, ...]
    dropped: tuple[Dropped, ...]


def read_imprint(origin: Origin, lines: Sequence[Line], dropped: Sequence[Dropped]) -> Imprint:
    r"""Take the imprints of digital signatures out of the lines; the first that names a signer is the field.

    Args:
        origin: the text and the way back to the original.
        lines: of the text.
        dropped: lines of the text that were laid aside, those that open an imprint among them.

    >>> from restore.structure.lines import split_lines_and_rest
    >>> origin = Origin("Ký bởi: Sở Y tế\nCơ quan: Tỉnh Bình An\nThời gian ký: 19.11.2024\n09:41:22 +07:00\nSỞ Y TẾ")
    >>> imprint = read_imprint(origin, *split_lines_and_rest(origin.text))
    >>> imprint.field.value, [line.text for line in imprint.lines]
    ('Ký bởi: Sở Y tế Cơ quan: Tỉnh Bình An Thời gian ký: 19.11.2024 09:41:22 +07:00', ['SỞ Y TẾ'])
    """
    overlays = [one for one in dropped if one.kind == "overlay"]
    stamped = [Dropped(line.span, "overlay") for line in lines if _STAMPED_RE.fullmatch(line.text)]
    if stamped:
        lines = [line for line in lines if not _STAMPED_RE.fullmatch(line.text)]
        dropped = sorted([*dropped, *stamped])
    if not overlays:
        return Imprint(ABSENT, tuple(lines), tuple(dropped))
    runs = _runs(origin, lines, overlays)
    taken = {span.start for run in runs for span in run}
    named = next((run for run in runs if _OPENING_RE.match(_folded(origin, run[0]))), None)
    own = [Dropped(line.span, "overlay") for line in lines if line.start in taken]
    return Imprint(
        origin.field(named) if named else ABSENT,
        tuple(line for line in lines if line.start not in taken),
        tuple(sorted([*dropped, *own])),
    )


def _runs(origin: Origin, lines: Sequence[Line], overlays: Sequence[Dropped]) -> list[list[Span]]:
    """The lines of each imprint."""
    every = sorted([line.span for line in lines] + [one.span for one in overlays])
    places = {span.start: index for index, span in enumerate(every)}
    runs: list[list[Span]] = []
    done = -1
    for overlay in overlays:
        index = places[overlay.span.start]
        if index <= done:
            continue
        run = _run(origin, every[index : index + _IMPRINT_LINES])
        runs.append(run)
        done = places[run[-1].start]
    return runs


def _run(origin: Origin, ahead: Sequence[Span]) -> list[Span]:
    """The imprint that begins a stretch of lines: up to the time of signing, or its first line where none follows."""
    folded = [_folded(origin, span) for span in ahead]
    time = next((index for index, text in enumerate(folded) if _TIME_RE.match(text)), None)
    if time is None or (time and not _OPENING_RE.match(folded[0])):
        return [ahead[0]]
    run: list[Span] = []
    unlabelled = 0
    for index, text in enumerate(folded[: time + 1]):
        labelled = index in (0, time) or bool(_LABELLED_RE.match(text) or _OPENING_RE.match(text))
        unlabelled = 0 if labelled else unlabelled + 1
        if labelled or (unlabelled <= _UNLABELLED and not _FOREIGN_RE.match(text)):
            run.append(ahead[index])
    if time + 1 < len(ahead) and _TIME_REST_RE.match(folded[time + 1]):
        run.append(ahead[time + 1])
    return run


def _folded(origin: Origin, span: Span) -> str:
    return fold(origin.text[slice(*span)])
