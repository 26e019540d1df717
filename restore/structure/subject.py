"""The title of a document and what it is about: under the title, or ``V/v …`` under an official letter's number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from restore.structure.lines import Line, is_upper, usual_width
from restore.structure.names import is_enacting_authority, is_office_head
from restore.structure.pieces import Piece, is_basis


def head_title(pieces: Sequence[Piece]) -> Piece | None:
    """The piece that names the document type; after an official letter's ``V/v`` there is none."""
    for piece in pieces:
        if piece.label == "subject" or piece.label == "addressee":
            return None
        if piece.label == "title":
            return piece
    return None


def letter_subject(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """``V/v …`` under the number, with the lines that go on with it."""
    start = next((index for index, piece in enumerate(pieces) if piece.label == "subject"), None)
    if start is None:
        start = _unmarked_subject(pieces)
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


def _unmarked_subject(pieces: Sequence[Piece]) -> int | None:
    """Where a letter to somebody writes ``Về …`` under its number for ``V/v …``; the party's letters nothing at all."""
    labels = [piece.label for piece in pieces]
    if "addressee" not in labels or "number" not in labels:
        return None
    number = labels.index("number")
    party = bool(_PARTY_LETTER_RE.search(pieces[number].text))
    for index in range(number + 1, labels.index("addressee")):
        text = pieces[index].text
        if labels[index] == "other" and (text.startswith("Về ") or (party and not is_upper(text, 0.5))):
            return index
    return None


# "Số 268-CV/VPTU" (Hướng dẫn 36-HD/VPTW).
_PARTY_LETTER_RE = re.compile(r"[-–]\s?CV\s?/")


def _shares_line(piece: Piece, pieces: Sequence[Piece]) -> bool:
    """Whether another piece of the subject's column may stand before this one on its line."""
    return any(other.line == piece.line and other.label == "other" and other is not piece for other in pieces)


# A subject of eight lines is the longest seen in a decree; what follows is running text.
_SUBJECT_LINES = 9


def title_subject(
    lines: Sequence[Line], pieces: Sequence[Piece], title: Piece
) -> tuple[tuple[Piece, ...], int]:
    """The lines under the title that say what it is about, and the index of the last of them."""
    run: list[Piece] = [
        piece for piece in pieces if piece.line == title.line and piece.span.start >= title.span.end
    ]
    after = [piece for piece in pieces if piece.line > title.line]
    for piece in after:
        if _may_be_subject(piece, title) and not _stops_subject(lines[piece.line], piece, run):
            run.append(piece)
            if len(run) >= _SUBJECT_LINES:
                break
        elif piece.label in ("date", "national_name", "motto", "number") and not run:
            continue
        else:
            break
    run = _without_paragraph(lines, run)
    return tuple(run), run[-1].line if run else title.line


def _may_be_subject(piece: Piece, title: Piece) -> bool:
    """Whether a piece under the title can be its subject, which may begin with another kind's name."""
    return piece.label in ("other", "subject") or (piece.label == "title" and piece.kind != title.kind)


def _stops_subject(line: Line, piece: Piece, run: Sequence[Piece]) -> bool:
    first = not run
    if piece.gap and not first and not (_goes_on(run) or piece.text[:1].islower()):
        return True
    if _begins_text(piece.text, line.folded, first=first):
        return True
    if is_basis(line):
        return not (first and line.folded.startswith(("thuc hien", "tiep tuc thuc hien")))
    if not is_upper(piece.text):
        return False
    if first:
        return piece.gap and is_enacting_authority(piece.text)
    # A subject in capitals may go on with an office's name; one in small letters does not.
    return is_enacting_authority(piece.text) and not _goes_on(run)


# What a form says first ("Sở Nội vụ trân trọng giới thiệu:", "Họ và tên: …"), and whom a letter greets.
_FORM_RE = re.compile(
    r"(?:tran trong|kinh moi|gui kem|gui theo|gioi thieu|cu (?:ong|ba|dong chi)|cap cho|xin moi|uy quyen cho)\b.*:"
    r"|(?!ve viec)[^,:]{2,40}:\s|(?:than gui|kinh thua|kinh gui|hom nay|chung toi gom)\b"
    r"|.{0,60}(?:than men|quy men|kinh men)\s?[,!.]"
)


def _begins_text(text: str, folded: str, *, first: bool) -> bool:
    """Whether a line under the title or its subject opens the text: a form's first words, a label, a greeting.

    >>> _begins_text("Thời gian: 14 giờ", "thoi gian: 14 gio", first=True), _begins_text("Về việc A", "ve viec a", first=True)
    (True, False)
    """
    if not text[:1].isupper() or is_upper(text):
        return False
    if folded.endswith("!") or (first and folded.endswith("./.")):
        return True
    return bool(_FORM_RE.match(folded) or (is_office_head(text) and _FORM_RE.search(folded)))


_CONNECTOR_RE = re.compile(
    r"(?:[,(-]|–|\b(?:và|của|về|cho|tại|với|do|theo|các|những|trong|đối với|trên|là|giữa|thuộc|hoặc|"
    r"bởi|từ|đến|VÀ|CỦA|VỀ|CHO|TẠI|VỚI|CÁC|TRONG|TRÊN|THUỘC))$"
)


def _goes_on(run: Sequence[Piece]) -> bool:
    """Whether the last of these lines of a subject can't be its last: a word leads on, or a quotation is open."""
    text = " ".join(piece.text for piece in run)
    quoted = text.count("“") > text.count("”") or text.count('"') % 2 == 1
    return quoted or bool(_CONNECTOR_RE.search(text.strip()))


def _without_paragraph(lines: Sequence[Line], run: list[Piece]) -> list[Piece]:
    """The subject without a running paragraph that follows it without an empty line.

    A subject has no end mark. Where the run ends a sentence, the paragraph begins at the first wide line
    with a capital that the line before does not lead to.
    """
    width = usual_width(lines)
    for index, piece in enumerate(run):
        if index and piece.text.endswith((".", ":", ";")):
            for start in range(1, index + 1):
                text = run[start].text
                if text[:1].isupper() and not is_upper(text) and not _goes_on(run[:start]):
                    wide = len(text) >= 0.8 * min(width, 90) or start == index
                    if wide:
                        return run[:start]
            break
    return run
