"""Who issued a document: its office and the one above it, or several offices together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from restore.document import Field
from restore.language.lexicon import DocumentType
from restore.structure.lines import CAPITALS, Run, Span, is_upper
from restore.structure.names import continues_office, is_office_head, is_unfinished
from restore.structure.origin import Origin
from restore.structure.pieces import Piece

_LONGEST_OFFICE = 180  # a joint circular names up to eight ministries on one line


def head_offices(pieces: Sequence[Piece], title: Piece | None) -> tuple[tuple[Piece, ...], ...]:
    """The offices at the top, superior first, each as the pieces of its lines."""
    stop = len(pieces)
    for index, piece in enumerate(pieces):
        if piece.label in ("number", "title", "subject", "addressee"):
            stop = index
            break
    found = [piece for piece in pieces[:stop] if piece.label == "other" and len(piece.text) < _LONGEST_OFFICE]
    capitals = [piece for piece in found if is_upper(piece.text, 0.6)]
    offices: list[list[Piece]] = []
    for piece in capitals or found:
        last = offices[-1][-1].text if offices else ""
        begins = is_office_head(piece.text) and not is_unfinished(last) and not continues_office(piece.text)
        if not offices or begins:
            offices.append([piece])
        else:
            offices[-1].append(piece)
    return tuple(tuple(office) for office in offices)


def office_spans(office: Sequence[Piece]) -> list[Span]:
    """The spans of an office's lines without the strokes that an engine reads before and after the name."""
    spans = [piece.span for piece in office]
    first, last = office[0].text, office[-1].text
    spans[0] = Span(spans[0].start + len(first) - len(first.lstrip(_SPECKS)), spans[0].end)
    spans[-1] = Span(spans[-1].start, spans[-1].end - len(last) + len(last.rstrip(_SPECKS)))
    return [span for span in spans if span.end > span.start]


_SPECKS = " -–_.*:;|~'"
_JOINT_RE = re.compile(r"\s+[-–]\s+")
# Codes of joint documents: TTLT, NQLT, KHLT, HDLN (liên tịch, liên ngành, liên sở).
_PART_RE = re.compile(r"[^-/\s]+")
_JOINT_CODE_RE = re.compile(rf"(?:^|[/-])[{CAPITALS}][A-Za-zĐđ]?[{CAPITALS}]?L[TNS](?=[/-])")


def is_joint(kind: DocumentType | None, notation: str | None) -> bool:
    """Whether several offices issue a document together, by its kind or its code.

    >>> is_joint(None, "KHLT/SYT-SGDĐT"), is_joint(None, "KH-UBND")
    (True, False)
    """
    return (kind is not None and kind.name.endswith("liên tịch")) or bool(
        _JOINT_CODE_RE.search(notation or "")
    )


def together(offices: Sequence[tuple[Piece, ...]], notation: str | None) -> tuple[tuple[Piece, ...], ...]:
    """Those of the offices at the top that issue a joint document: as many as its code names, from the last up.

    Where the code does not name two or more of them, all do.
    """
    match = _JOINT_CODE_RE.search(notation or "")
    named = len(_PART_RE.findall(notation or "", match.end())) if match else 0
    return tuple(offices[-named:]) if 2 <= named < len(offices) else tuple(offices)


def joint_issuers(origin: Origin, offices: Sequence[Sequence[Piece]], *, joint: bool) -> tuple[Field, ...]:
    """The offices of a joint document, parted by hyphens or each on lines of its own; none where only one issued it.

    Args:
        origin: the text and the way back to the original.
        offices: as they stand at the top.
        joint: the document says that it is joint; else only hyphens before further offices tell it.
    """
    if not offices:
        return ()
    if joint and len(offices) > 1:
        found = [part for office in offices for part in _by_hyphens(origin, office)]
        return tuple(origin.field(spans) for spans in found)
    parts = _by_hyphens(origin, offices[-1])
    return tuple(origin.field(spans) for spans in parts) if len(parts) > 1 else ()


def _by_hyphens(origin: Origin, office: Sequence[Piece]) -> list[Sequence[Span]]:
    """The offices on the lines of one, parted by hyphens, where each part begins an office's name."""
    spans = office_spans(office)
    run = Run(spans, origin.text)
    starts = [0] + [match.end() for match in _JOINT_RE.finditer(run.text)]
    ends = [match.start() for match in _JOINT_RE.finditer(run.text)] + [len(run.text)]
    if len(starts) < 2 or not all(is_office_head(run.text[start:]) for start in starts):
        return [spans]
    return [run.slice(start, end) for start, end in zip(starts, ends, strict=True)]
