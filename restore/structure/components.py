"""Every line of a text in exactly one component of the document."""

from __future__ import annotations

from collections.abc import Iterator

from restore.document import Component
from restore.structure.frame import Frame
from restore.structure.origin import Origin
from restore.structure.parts import Part

_NOTHING_PRINTED = Part(0, "ornament")


def components(origin: Origin, frame: Frame) -> tuple[Component, ...]:
    r"""The components of a document, end to end over its original.

    An empty line counts to the line before it; empty lines at the top count to the first line that is printed.

    Args:
        origin: the text and the way back to the original.
        frame: what was read of its lines.

    >>> from restore.structure.frame import read_frame
    >>> origin = Origin("Số: 5/KH-UBND\nAn Lão, ngày 02 tháng 3 năm 2023\n\nKẾ HOẠCH\nTrồng cây\n2\n")
    >>> [(one.kind, one.start, one.end) for one in components(origin, read_frame(origin))]
    [('number', 0, 14), ('place_date', 14, 48), ('doc_type', 48, 57), ('subject', 57, 67), ('page_number', 67, 69)]
    """
    runs = list(_runs(origin, frame))
    ends = (*(start for start, _ in runs[1:]), len(origin.original))
    return tuple(
        Component(kind=part.kind, start=start, end=end, section_id=part.section_id)
        for (start, part), end in zip(runs, ends, strict=False)
    )


def _runs(origin: Origin, frame: Frame) -> Iterator[tuple[int, Part]]:
    """Where in the original another part of the document begins, and which; the first begins at 0."""
    parts = _in_original(origin, frame.parts)
    upcoming = next(parts, None)
    last: Part | None = None
    offset = 0
    for line in origin.original.splitlines(keepends=True):
        end = offset + len(line)
        own: Part | None = None
        while upcoming is not None and upcoming.start < end:
            own = own or upcoming  # of two columns the left one
            upcoming = next(parts, None)
        if own is not None and (last is None or own[1:] != last[1:]):
            yield (offset if last else 0), own
            last = own
        offset = end
    if last is None and offset:
        yield 0, _NOTHING_PRINTED


def _in_original(origin: Origin, parts: tuple[Part, ...]) -> Iterator[Part]:
    """The parts with their places in the original."""
    for part in parts:
        start = origin.original_start(part.start)
        yield part if start == part.start else part._replace(start=start)
