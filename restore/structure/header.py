"""The head of a document: who issued what, when, where, as which number (Decree 30/2020/NĐ-CP, Article 8)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import NamedTuple

from restore.document import ABSENT, ComponentKind, Field, Header, Status
from restore.language.lexicon import DocumentType
from restore.structure.addressees import read_addressees
from restore.structure.codes import Numbered, find_number, number_label, read_number
from restore.structure.dates import find_damaged_date, find_date
from restore.structure.doctypes import OFFICIAL_LETTER, type_named, type_of_code
from restore.structure.issuers import head_offices, joint_issuers, office_spans, together
from restore.structure.lines import Line, Span
from restore.structure.origin import Origin
from restore.structure.parts import Part
from restore.structure.phrases import MARK_EDGE, mark_label
from restore.structure.pieces import HEAD_LINES, Label, Piece, head_pieces
from restore.structure.subject import head_title, letter_subject, title_subject


class Head(NamedTuple):
    """What was read of the head, the index of the first line after it, where the subject stands, what its lines are."""

    header: Header
    end: int
    subject: tuple[Span, ...] = ()
    parts: tuple[Part, ...] = ()


def read_header(origin: Origin, lines: Sequence[Line]) -> Head:
    """Read the head from the lines of a document; all fields are absent where there is none."""
    pieces = head_pieces(lines)
    numbered = _number(origin, lines, pieces)
    title = head_title(pieces)
    subject = letter_subject(pieces) if title is None else ()
    last = max(
        (piece.line for piece in pieces if piece.label not in ("other", "draft", "contact", "attached")),
        default=-1,
    )
    if title is not None:
        subject, last_subject = title_subject(lines, pieces, title)
        last = max(last, last_subject, title.line)
    elif subject:
        last = max(last, *(piece.line for piece in subject))
    last = _after_attached(lines, pieces, last)
    addressees, end = read_addressees(origin, lines, pieces, last + 1)
    kind, kind_field = _doc_type(origin, title, numbered, bool(subject) or bool(addressees))
    place, issued = _place_and_date(origin, lines, pieces)
    if not any(
        piece.label in ("national_name", "number", "title", "date", "party", "subject") for piece in pieces
    ):
        # Nothing but unlabelled lines: this is no head (an annex, a page from the middle).
        return Head(Header(), 0)
    notation = numbered.notation.value if numbered else None
    offices = head_offices(pieces, notation)
    issuing = together(offices, title, notation)
    issuers = joint_issuers(origin, issuing)
    above = offices[: len(offices) - len(issuing)]
    header = Header(
        national_name=_in_lines(origin, pieces, "national_name"),
        motto=_in_lines(origin, pieces, "motto"),
        issuer_parent=_office(origin, office_spans(above[-1])) if above else ABSENT,
        issuer=_office(origin, [span for office in issuing for span in office_spans(office)]),
        number=numbered.number if numbered else ABSENT,
        notation=numbered.notation if numbered else ABSENT,
        place=place,
        issued_date=issued,
        doc_type=kind_field,
        doc_type_code=_doc_type_code(numbered, kind_field, kind),
        subject=_office(origin, [piece.span for piece in subject]),
        urgency=_marked(origin, pieces, "urgency"),
        secrecy=_marked(origin, pieces, "secrecy"),
        circulation=_marked(origin, pieces, "circulation"),
        addressees=addressees,
        issuers=issuers,
        contact=_marked(origin, pieces, "contact"),
        copy_of=_marked(origin, pieces, "copy_of"),
    )
    parts = _parts(lines[:end], pieces, frozenset(piece for office in offices for piece in office), subject)
    return Head(header, end, tuple(piece.span for piece in subject), parts)


_KINDS: dict[Label, ComponentKind] = {
    "national_name": "national_name", "party": "national_name", "motto": "motto", "number": "number",
    "bare_number": "number", "bare_notation": "number", "date": "place_date", "title": "doc_type",
    "subject": "subject", "addressee": "addressee", "urgency": "urgency", "secrecy": "secrecy",
    "circulation": "circulation", "copy_of": "copy", "contact": "contact", "incoming": "incoming", "draft": "draft",
    "attached": "head", "other": "head",
}  # fmt: skip


def _parts(
    lines: Sequence[Line], pieces: Sequence[Piece], issuers: frozenset[Piece], subject: Sequence[Piece]
) -> tuple[Part, ...]:
    """What the lines of the head are part of; of two pieces on a line the left one tells."""
    kinds: dict[int, ComponentKind] = {}
    of_subject = frozenset(subject)
    for piece in pieces:
        kind = _KINDS[piece.label]
        if piece in of_subject and piece.label != "title":
            kind = "subject"
        elif piece in issuers:
            kind = "issuer"
        kinds.setdefault(piece.line, kind)
    addressed = next((index for index in range(len(lines)) if kinds.get(index) == "addressee"), len(lines))
    return tuple(
        Part(line.start, kinds.get(index, "addressee" if index > addressed else "head"))
        for index, line in enumerate(lines)
    )


_ATTACHED_LINES = 4


def _after_attached(lines: Sequence[Line], pieces: Sequence[Piece], last: int) -> int:
    """The last line of the head with ``(Ban hành kèm theo …)``, which may go on over lines to its bracket."""
    for piece in pieces:
        if piece.label == "attached" and piece.line == last + 1:
            last = piece.line
            while ")" not in lines[last].text and last + 1 < min(len(lines), piece.line + _ATTACHED_LINES):
                last += 1
    return last


def _office(origin: Origin, spans: Sequence[Span]) -> Field:
    return origin.field(spans) if spans else ABSENT


def _marked(origin: Origin, pieces: Iterable[Piece], label: Label) -> Field:
    for piece in pieces:
        if piece.label == label:
            return origin.field([_mark_itself(piece) if label in _HANDLING else piece.span])
    return ABSENT


def _in_lines(origin: Origin, pieces: Iterable[Piece], label: Label) -> Field:
    """The first of a label's pieces, with a second on the next line where a narrow column broke it."""
    found = [piece for piece in pieces if piece.label == label]
    both = (
        found[1:2] and found[1].line == found[0].line + 1 and not found[1].text.startswith(found[0].text[:3])
    )
    return _office(origin, [piece.span for piece in found[: 2 if both else 1]])


_HANDLING: frozenset[Label] = frozenset({"urgency", "secrecy", "circulation", "copy_of"})


def _mark_itself(piece: Piece) -> Span:
    """The mark without its label and brackets, ``MẬT`` of ``Độ mật: MẬT``."""
    start = mark_label(piece.text)
    end = len(piece.text.rstrip(MARK_EDGE))
    return Span(piece.span.start + start, piece.span.start + end)


def _number(origin: Origin, lines: Sequence[Line], pieces: Sequence[Piece]) -> Numbered | None:
    """The number line: not that of a stamp of arrival, and one with a notation rather than one without."""
    found: list[Numbered] = []
    for index, piece in enumerate(pieces):
        if piece.label != "number" or (index and pieces[index - 1].label == "incoming"):
            continue
        start = piece.span.start + number_label(
            lines[piece.line].folded[piece.span.start - lines[piece.line].start :]
        )
        end = piece.span.end
        following = lines[piece.line + 1] if piece.line + 1 < len(lines) else None
        if following and following.text.startswith("/") and end == lines[piece.line].end:
            end = following.end
        numbered = read_number(origin, start, end)
        if numbered is not None:
            found.append(numbered)
    for numbered in found:
        if numbered.notation.status == "present":
            return numbered
    if found or any(piece.label == "number" for piece in pieces):
        return _with_strays(origin, found[0] if found else None, pieces)
    if not pieces:
        return None
    # The number of what a regulation is attached to is not its own.
    own = list(takewhile(lambda piece: piece.label != "attached", pieces))
    return find_number(origin, own[0].span.start, own[-1].span.end) if own else None


def _with_strays(origin: Origin, numbered: Numbered | None, pieces: Sequence[Piece]) -> Numbered | None:
    """A number line with what was parted from it: ``Số:`` … ``354 /QĐ-UBND``, ``Số: 102`` … ``/QĐ-SYT``."""
    for piece in pieces:
        if piece.label == "bare_number" and numbered is None:
            return read_number(origin, *piece.span)
        if piece.label == "bare_notation":
            stray = read_number(origin, *piece.span)
            if stray is not None and numbered is not None:
                return numbered._replace(notation=stray.notation)
            return stray
    return numbered


_ADOPTED_RE = re.compile(r"(?:bo luat|luat|nghi quyet|phap lenh) nay .{0,160}thong qua .{0,80}?(?=ngay \d)")
_DOTS_RE = re.compile(r"[\s.…_,]*")


def _place_and_date(origin: Origin, lines: Sequence[Line], pieces: Sequence[Piece]) -> tuple[Field, Field]:
    """Place and date of issue; a law's date is that of its adoption, at its end."""
    for piece in pieces:
        if piece.label != "date":
            continue
        text = origin.text[slice(*piece.span)]
        printed = find_date(text) or find_damaged_date(text)
        assert printed is not None  # the piece was cut around it
        before = text[: printed.span.start].rstrip().rstrip(",").rstrip()
        place = ABSENT
        if before:
            span = Span(piece.span.start, piece.span.start + len(before))
            place = origin.field([span], status="blank" if _DOTS_RE.fullmatch(before) else "present")
        return place, _date_field(origin, piece.span)
    for line in lines if pieces else ():
        if match := _ADOPTED_RE.match(line.folded):
            return ABSENT, _date_field(origin, Span(line.start + match.end(), line.end))
    # A contract or minutes without a date in the head begin with it.
    for index, line in enumerate(lines[:HEAD_LINES] if pieces else ()):
        if line.folded.startswith("hom nay"):
            following = lines[min(index + 1, len(lines) - 1)]
            return ABSENT, _date_field(origin, Span(line.start, following.end))
    return ABSENT, ABSENT


def _date_field(origin: Origin, within: Span) -> Field:
    text = origin.text[slice(*within)]
    printed = find_date(text) or find_damaged_date(text)
    if printed is None:
        return ABSENT
    span = Span(within.start + printed.span.start, within.start + printed.span.end)
    if not printed.valid:
        return origin.field([span], status="unreadable", blank_parts=printed.blank_parts)
    status: Status = "present" if printed.value else "blank"
    found = origin.field([span], printed.value, status=status, blank_parts=printed.blank_parts)
    return found.model_copy(update={"suggested": True}) if printed.repaired else found


def _doc_type(
    origin: Origin, title: Piece | None, numbered: Numbered | None, letter: bool
) -> tuple[DocumentType | None, Field]:
    """The kind: by its title; by the notation's code where the title was lost; else an official letter."""
    if title is not None and title.kind is not None:
        return title.kind, origin.field([title.span], title.kind.name)
    notation = numbered.notation if numbered else ABSENT
    kind = type_of_code(notation.value) if notation.value else None
    if kind is not None:
        return kind, notation.model_copy(update={"value": kind.name})
    if not letter and not (notation.value and numbered):
        return None, ABSENT
    kind = type_named(OFFICIAL_LETTER)
    # An official letter bears no title: the value is a conclusion and stands on no text.
    return kind, Field(value=kind.name, raw="", status="present")


def _doc_type_code(numbered: Numbered | None, doc_type: Field, kind: DocumentType | None) -> Field:
    if kind is None or not kind.code:
        return ABSENT
    notation = numbered.notation if numbered else ABSENT
    printed = type_of_code(notation.value) if notation.value else None
    base = notation if printed is not None and printed.code == kind.code else doc_type
    return base.model_copy(update={"value": kind.code})
