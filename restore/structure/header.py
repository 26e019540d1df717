"""The head of a document: who issued what, when, where, as which number (Decree 30/2020/NĐ-CP, Article 8)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from restore.document import ABSENT, Field, Header, Status
from restore.structure.codes import Numbered, find_number, number_label, read_number
from restore.structure.dates import find_damaged_date, find_date
from restore.structure.doctypes import OFFICIAL_LETTER, DocumentType, document_types, type_of_code
from restore.structure.lines import Line, Run, Span, is_ended, is_upper, usual_width
from restore.structure.names import continues_office, is_enacting_authority, is_office_head, is_unfinished
from restore.structure.origin import Origin
from restore.structure.pieces import Label, Piece, head_pieces, is_basis


class Head(NamedTuple):
    """What was read of the head, the index of the first line after it, and where the subject stands."""

    header: Header
    end: int
    subject: tuple[Span, ...] = ()


def read_header(origin: Origin, lines: Sequence[Line]) -> Head:
    """Read the head from the lines of a document; all fields are absent where there is none."""
    pieces = head_pieces(lines)
    numbered = _number(origin, lines, pieces)
    title = _title(pieces)
    subject = _letter_subject(pieces) if title is None else ()
    last = max(
        (piece.line for piece in pieces if piece.label not in ("other", "draft", "contact")), default=-1
    )
    if title is not None:
        subject, last_subject = _title_subject(lines, pieces, title)
        last = max(last, last_subject, title.line)
    elif subject:
        last = max(last, *(piece.line for piece in subject))
    addressees, end = _addressees(origin, lines, pieces, last + 1)
    kind, kind_field = _doc_type(origin, title, numbered, bool(subject) or bool(addressees))
    issuers = _issuers(pieces, title)
    place, issued = _place_and_date(origin, lines, pieces)
    if not any(
        piece.label in ("national_name", "number", "title", "date", "party", "subject") for piece in pieces
    ):
        # Nothing but unlabelled lines: this is no head (an annex, a page from the middle).
        return Head(Header(), 0)
    header = Header(
        national_name=_marked(origin, pieces, "national_name"),
        motto=_marked(origin, pieces, "motto"),
        issuer_parent=_office(origin, issuers[-2]) if len(issuers) > 1 else ABSENT,
        issuer=_office(origin, issuers[-1]) if issuers else ABSENT,
        number=numbered.number if numbered else ABSENT,
        notation=numbered.notation if numbered else ABSENT,
        place=place,
        issued_date=issued,
        doc_type=kind_field,
        doc_type_code=_doc_type_code(origin, numbered, kind_field, kind),
        subject=_office(origin, [piece.span for piece in subject]),
        urgency=_marked(origin, pieces, "urgency"),
        secrecy=_marked(origin, pieces, "secrecy"),
        circulation=_marked(origin, pieces, "circulation"),
        addressees=addressees,
        issuers=_joint_issuers(origin, issuers[-1]) if issuers else (),
        contact=_marked(origin, pieces, "contact"),
        copy_of=_marked(origin, pieces, "copy_of"),
    )
    return Head(header, end, tuple(piece.span for piece in subject))


def _office(origin: Origin, spans: Sequence[Span]) -> Field:
    return origin.field(spans) if spans else ABSENT


def _marked(origin: Origin, pieces: Iterable[Piece], label: Label) -> Field:
    for piece in pieces:
        if piece.label == label:
            return origin.field([piece.span])
    return ABSENT


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
    return find_number(origin, pieces[0].span.start, pieces[-1].span.end)


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


def _title(pieces: Sequence[Piece]) -> Piece | None:
    """The piece that names the document type; after an official letter's ``V/v`` there is none."""
    for piece in pieces:
        if piece.label == "subject" or piece.label == "addressee":
            return None
        if piece.label == "title":
            return piece
    return None


def _letter_subject(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """``V/v …`` under the number, with the lines that go on with it."""
    start = next((index for index, piece in enumerate(pieces) if piece.label == "subject"), None)
    if start is None:
        return ()
    subject = [pieces[start]]
    for piece in pieces[start + 1 :]:
        if piece.label == "other" and not (piece.gap and piece.line != subject[-1].line):
            if piece.line > subject[-1].line + 2:
                break
            subject.append(piece)
        elif piece.line != subject[-1].line and not _shares_line(piece, pieces):
            break
    return tuple(subject)


def _shares_line(piece: Piece, pieces: Sequence[Piece]) -> bool:
    """Whether another piece of the subject's column may stand before this one on its line."""
    return any(other.line == piece.line and other.label == "other" and other is not piece for other in pieces)


# A subject of eight lines is the longest seen in a decree; what follows is running text.
_SUBJECT_LINES = 9


def _title_subject(
    lines: Sequence[Line], pieces: Sequence[Piece], title: Piece
) -> tuple[tuple[Piece, ...], int]:
    """The lines under the title that say what it is about, and the index of the last of them."""
    run: list[Piece] = [
        piece for piece in pieces if piece.line == title.line and piece.span.start >= title.span.end
    ]
    after = [piece for piece in pieces if piece.line > title.line]
    for piece in after:
        if _may_be_subject(piece, title) and not _stops_subject(lines[piece.line], piece, run, title):
            run.append(piece)
            if len(run) >= _SUBJECT_LINES:
                break
        elif piece.label in ("date", "national_name", "motto", "number") and not run:
            continue
        else:
            break
    run = _without_paragraph(lines, run, title)
    return tuple(run), run[-1].line if run else title.line


def _may_be_subject(piece: Piece, title: Piece) -> bool:
    """Whether a piece under the title can be its subject, which may begin with another kind's name."""
    return piece.label in ("other", "subject") or (piece.label == "title" and piece.kind != title.kind)


def _stops_subject(line: Line, piece: Piece, run: Sequence[Piece], title: Piece) -> bool:
    first = not run
    if piece.gap and not first and not _goes_on(run[-1].text):
        return True
    if is_basis(line):
        return not (first and line.folded.startswith(("thuc hien", "tiep tuc thuc hien")))
    if not is_upper(piece.text):
        return False
    if first:
        return piece.gap and is_enacting_authority(piece.text)
    # A subject in capitals may go on with an office's name; one in small letters does not.
    return is_enacting_authority(piece.text) and not _goes_on(run[-1].text)


_CONNECTOR_RE = re.compile(
    r"(?:[,(-]|–|\b(?:và|của|về|cho|tại|với|do|theo|các|những|trong|đối với|trên|là|giữa|thuộc|hoặc|"
    r"bởi|từ|đến|VÀ|CỦA|VỀ|CHO|TẠI|VỚI|CÁC|TRONG|TRÊN|THUỘC))$"
)


def _goes_on(text: str) -> bool:
    """Whether a line of a subject can't be its last."""
    return bool(_CONNECTOR_RE.search(text.strip())) or text.count("“") > text.count("”")


def _without_paragraph(lines: Sequence[Line], run: list[Piece], title: Piece) -> list[Piece]:
    """The subject without a running paragraph that follows it without an empty line.

    A subject has no end mark. Where the run ends a sentence, the paragraph begins at the first wide line
    with a
    capital that the line before does not lead to.
    """
    width = usual_width(lines)
    for index, piece in enumerate(run):
        if index and piece.text.endswith((".", ":", ";")):
            for start in range(1, index + 1):
                text = run[start].text
                if text[:1].isupper() and not is_upper(text) and not _goes_on(run[start - 1].text):
                    wide = len(text) >= 0.8 * min(width, 90) or start == index
                    if wide:
                        return run[:start]
            break
    return run


_LONGEST_OFFICE = 180  # a joint circular names up to eight ministries on one line


def _issuers(pieces: Sequence[Piece], title: Piece | None) -> list[list[Span]]:
    """The offices at the top, superior first, each as the spans of its lines."""
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
    return [_without_specks(office) for office in offices]


_SPECKS = " -–_.*:;|~'"


def _without_specks(office: Sequence[Piece]) -> list[Span]:
    """The spans of an office's lines without the strokes that an engine reads before and after the name."""
    spans = [piece.span for piece in office]
    first, last = office[0].text, office[-1].text
    spans[0] = Span(spans[0].start + len(first) - len(first.lstrip(_SPECKS)), spans[0].end)
    spans[-1] = Span(spans[-1].start, spans[-1].end - len(last) + len(last.rstrip(_SPECKS)))
    return spans


_JOINT_RE = re.compile(r"\s+[-–]\s+")


def _joint_issuers(origin: Origin, spans: Sequence[Span]) -> tuple[Field, ...]:
    """The offices of a joint document (``BỘ TÀI CHÍNH - BỘ Y TẾ``), none where only one issued it."""
    run = Run(spans, origin.text)
    starts = [0] + [match.end() for match in _JOINT_RE.finditer(run.text)]
    ends = [match.start() for match in _JOINT_RE.finditer(run.text)] + [len(run.text)]
    if len(starts) < 2 or not all(is_office_head(run.text[start:]) for start in starts):
        return ()
    return tuple(origin.field(run.slice(start, end)) for start, end in zip(starts, ends, strict=True))


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
    kind = next(kind for kind in document_types() if kind.name == OFFICIAL_LETTER)
    # An official letter bears no title: the value is a conclusion and stands on no text.
    return kind, Field(value=kind.name, raw="", status="present")


def _doc_type_code(
    origin: Origin, numbered: Numbered | None, doc_type: Field, kind: DocumentType | None
) -> Field:
    if kind is None or kind.code is None:
        return ABSENT
    notation = numbered.notation if numbered else ABSENT
    printed = type_of_code(notation.value) if notation.value else None
    base = notation if printed is not None and printed.code == kind.code else doc_type
    return base.model_copy(update={"value": kind.code})


_ADDRESSEE_RE = re.compile(r"\s*[:;.]?\s*")
_ADDRESSEE_LABEL_LENGTH = 8  # "Kính gửi"
_ITEM_RE = re.compile(r"[-–+•*]\s*")
_ADDRESSEE_LINES = 25


def _addressees(
    origin: Origin, lines: Sequence[Line], pieces: Sequence[Piece], after: int
) -> tuple[tuple[Field, ...], int]:
    """``Kính gửi: …``: one office, several parted by ``;``, or a list; and the index of the next line."""
    piece = next((piece for piece in pieces if piece.label == "addressee"), None)
    if piece is None:
        return (), after
    start = piece.span.start + _ADDRESSEE_LABEL_LENGTH
    match = _ADDRESSEE_RE.match(origin.text, start, piece.span.end)
    assert match is not None  # all of it is optional
    items: list[list[Span]] = [[Span(match.end(), piece.span.end)]] if match.end() < piece.span.end else []
    index = piece.line + 1
    while index < min(len(lines), piece.line + _ADDRESSEE_LINES):
        line = lines[index]
        dash = _ITEM_RE.match(line.text)
        if dash and (not items or line.text[dash.end() :][:1].isupper()):
            items.append([Span(line.start + dash.end(), line.end)])
        elif line.gap or not items or _ends_item(origin.text[slice(*items[-1][-1])], line):
            break
        else:
            items[-1].append(line.span)
        index += 1
    fields = [field for item in items for field in _parted(origin, item)]
    return tuple(fields), index


def _ends_item(last: str, line: Line) -> bool:
    """Whether a line can't go on with the addressee before it."""
    if last.rstrip().endswith((",", ";")):
        return False
    return is_ended(last) or (line.text[:1].isupper() and len(line.text) > 50) or is_basis(line)


def _parted(origin: Origin, spans: Sequence[Span]) -> list[Field]:
    run = Run(spans, origin.text)
    fields: list[Field] = []
    for match in re.finditer(r"[^;]+", run.text):
        body = match[0].rstrip(" .,:")
        found = run.slice(match.start(), match.start() + len(body))
        if body.strip() and found:
            fields.append(origin.field(found))
    return fields
