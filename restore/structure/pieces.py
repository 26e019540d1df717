"""The top of a document cut into pieces, each one thing: national name, number, date, title, other.

Plain text holds the two columns of the head in many orders: left then right, right then left, or both on
one line
(``ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM``). Cutting every line at what is certain makes them
one case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from restore.language.lexicon import DocumentType
from restore.structure.codes import NOTATION, number_label
from restore.structure.dates import find_damaged_date, find_date
from restore.structure.doctypes import type_of_title
from restore.structure.lines import Line, Span, fold, is_upper, stripped
from restore.structure.names import is_office_head
from restore.structure.numbering import find_marker
from restore.structure.phrases import (
    MOTTO,
    NATIONAL_NAME,
    PARTY_NAME,
    RECIPIENTS,
    SIMILAR,
    SIMILAR_PARTY,
    find_phrase,
    handling_mark,
    starts_with,
)

Label = Literal[
    "national_name", "party", "motto", "number", "date", "subject", "title", "addressee",
    "bare_number", "bare_notation", "urgency", "secrecy", "circulation", "copy_of", "contact", "incoming",
    "draft", "attached", "other",
]  # fmt: skip

# The head of the longest document of our own cases ends before the 30th line; a long subject adds some.
HEAD_LINES = 48


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line of the head; ``line`` is the line's index, ``kind`` the type that a title names."""

    label: Label
    span: Span
    text: str
    line: int
    gap: bool
    kind: DocumentType | None = None


_SUBJECT_RE = re.compile(r"v\s?[/.]\s?v\b|vv\s?:|v[il1|]v[.\s:]")
_ATTACHED_RE = re.compile(r"[(\[]\s*(?:(?:duoc )?ban hanh )?kem theo\b")
_ADDRESSEE = "kinh gui"
_COLUMNS_RE = re.compile(r"\s{3,}|\t")
_FORM_GAP_RE = re.compile(r"(?:\bso|\bngay|\bthang|\bnam|[:.…_/])$")
_FORM_NEXT_RE = re.compile(r"[/.…_-]|thang\b|nam\b|ngay\b")
_BARE_NUMBER_RE = re.compile(rf"(?:\d{{1,6}}[a-zA-Z]?)?\s?/\s?{NOTATION}")
_CONTACT_RE = re.compile(r"(?:dia chi|tru so|dien thoai|e-?mail|website|fax|dt)\s*[:.]")
_LISTED_BASIS_RE = re.compile(
    r"[-–—+*•·]\s*(?:can cu|theo de nghi|xet (?:de nghi|to trinh|bao cao|yeu cau|don|nguyen vong))\b"
)
_BASIS_RE = re.compile(
    r"(?:can cu|theo de nghi|xet (?:de nghi|to trinh|bao cao|yeu cau|don|nguyen vong)|tiep tuc thuc hien|thuc hien)\b"
)
_SENTENCE_RE = re.compile(r"[.;:]\s|[.;:]$")


def is_contact(line: Line) -> bool:
    """Whether a line gives the office's address, telephone or e-mail (``Địa chỉ: …``)."""
    return bool(_CONTACT_RE.match(line.folded))


_ADDRESS_RE = re.compile(
    r"so(?: nha)? \d+[\w/.-]*,? .*(?:duong|pho|phuong|xa|quan|huyen|thanh pho|tinh|tp)\b"
)


def is_address(line: Line) -> bool:
    """Whether a line is an address without its label, ``Số 5, đường Trần Phú, phường 2``."""
    return bool(_ADDRESS_RE.match(line.folded))


def is_basis(line: Line) -> bool:
    """Whether a line begins like a legal basis, ``Căn cứ …`` or ``- Căn cứ …``."""
    if line.text[:1].isupper():
        return bool(_BASIS_RE.match(line.folded))
    return bool(_LISTED_BASIS_RE.match(line.folded))


def head_pieces(lines: Sequence[Line]) -> tuple[Piece, ...]:
    """The pieces of the head: of all lines from the first to the body, at most ``HEAD_LINES``."""
    pieces: list[Piece] = []
    anchored = False
    for index, line in enumerate(lines[:HEAD_LINES]):
        titled = bool(pieces) and pieces[-1].label == "title"
        if _ends_head(line, anchored) and not (titled and _is_plan_subject(line)):
            break
        cut = tuple(_cut(_without_drawing_id(line), index))
        if any(piece.label == "addressee" for piece in cut) and anchored:
            pieces += cut
            break
        if index and not titled:
            cut = _with_halves(pieces, cut)
        anchored |= any(piece.label in ("national_name", "party", "number", "title", "date") for piece in cut)
        pieces += cut
    return tuple(pieces)


# The nation's name and the motto where a narrow column breaks them: how their two lines begin and end.
_HALVES: tuple[tuple[Label, str, str], ...] = (
    ("national_name", "cong hoa xa hoi chu nghia", "viet nam"),
    ("national_name", "cong hoa xa hoi", "chu nghia viet nam"),
    ("motto", "doc lap - tu do", "hanh phuc"),
    ("motto", "doc lap", "tu do - hanh phuc"),
)


def _with_halves(pieces: list[Piece], cut: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces of a line, the second line of the nation's name or of the motto among them told from the one before."""
    return tuple(_second_half(piece, pieces) if piece.label == "other" else piece for piece in cut)


def _second_half(piece: Piece, before: list[Piece]) -> Piece:
    text = _plain(piece.text)
    for label, first, second in _HALVES:
        if text != second or not piece.text[:1].isupper():
            continue
        for index, other in enumerate(before):
            if other.label == "other" and other.line == piece.line - 1 and _plain(other.text) == first:
                before[index] = replace(other, label=label)
                return replace(piece, label=label)
    return piece


def _plain(text: str) -> str:
    return fold(text).strip(" -–").replace("–", "-")


# What word processors leave of a drawn line: its numbers, glued to the text beside it.
_DRAWING_ID_RE = re.compile(r"\d{10,}(?=[^\W\d_])")


def _without_drawing_id(line: Line) -> Line:
    match = _DRAWING_ID_RE.match(line.text)
    if match is None:
        return line
    end = match.end()
    return line._replace(start=line.start + end, text=line.text[end:], folded=line.folded[end:])


def _is_plan_subject(line: Line) -> bool:
    """Whether a line under the title is a subject that begins like a basis (``Thực hiện nhiệm vụ …``)."""
    return line.folded.startswith(("thuc hien", "tiep tuc thuc hien"))


def _ends_head(line: Line, anchored: bool) -> bool:
    if line.folded.startswith(RECIPIENTS):
        return True
    if not anchored and line.folded.startswith("phu luc") and is_upper(line.text[:7]):
        return True  # an annex without its document; its titles are no document's
    if is_basis(line):
        return anchored or len(line.text) > 40
    marker = find_marker(line)
    if marker is not None and marker.style == "chapter":
        return True  # its heading may begin like a title: "QUY ĐỊNH CHUNG"
    if marker is None or not anchored:
        return False
    return marker.style not in ("star", "bullet", "plus", "decimal") and not number_label(line.folded)


# A title set wide, "K Ế   H O Ạ C H": its gaps part words, not columns.
_SPACED_RE = re.compile(r"(?:[^\W\d_]\s+)+[^\W\d_]")


def _cut(line: Line, index: int) -> Iterator[Piece]:
    """Cut one line at the fixed phrases, the date, the number and wide gaps."""
    if _SPACED_RE.fullmatch(line.text) and (kind := type_of_title(line.text)) is not None:
        yield _piece(line, index, "title", Span(0, len(line.text)), kind)
        return
    known = sorted(_known(line, index), key=lambda found: found[0])
    position = 0
    for span, label in known:
        if span.start < position:
            continue
        yield from _rest(line, index, position, span.start)
        yield _piece(line, index, label, span)
        position = span.end
    yield from _rest(line, index, position, len(line.text))


# The youth union's own name stands where the nation's does; after "BCH" it is part of the issuer's, on the first line
# alone it is the office above.
_YOUTH_RE = re.compile(r"(?<!bch )(?<!hanh )(?<!vu )\bdoan (?:tncs|thanh nien cong san) ho chi minh\b")


def _known(line: Line, index: int) -> Iterator[tuple[Span, Label]]:
    folded = line.folded
    phrases: tuple[tuple[str, Label, float], ...] = (
        (NATIONAL_NAME, "national_name", SIMILAR), (MOTTO, "motto", SIMILAR), (PARTY_NAME, "party", SIMILAR_PARTY),
    )  # fmt: skip
    for phrase, label, similar in phrases:
        if (span := find_phrase(phrase, folded, similar)) and (
            label != "party" or is_upper(line.text[slice(*span)])
        ):
            yield span, label
    youth = _YOUTH_RE.search(folded)
    if (
        youth
        and is_upper(youth_text := line.text[slice(*youth.span())])
        and (index or len(youth_text) < len(line.text))
    ):
        yield Span(*youth.span()), "party"
    date = find_date(line.text, numeric=bool(_PLACE_DATE_RE.match(folded))) or find_damaged_date(line.text)
    if (
        date is not None
        and _is_date_line(line, date.span.start)
        and not _SENTENCE_REST_RE.match(line.text, date.span.end)
    ):
        yield Span(_place_start(line.text, date.span.start), date.span.end), "date"


# What follows a date inside a sentence: a small letter, or a comma and more.
_SENTENCE_REST_RE = re.compile(r"\s*(?:[^\W\d_A-ZÀ-Ỹ]|,\s+\w)")
_PLACE_DATE_RE = re.compile(r"[^\d:;/]{2,40},\s*(?:ngay\s*)?\d")


def _is_date_line(line: Line, start: int) -> bool:
    """Whether the date is that of the head: after a place and a comma, alone, or after the number."""
    before = line.folded[:start].rstrip()
    if before.startswith(
        ("hom nay", "thu hai", "thu ba", "thu tu", "thu nam", "thu sau", "thu bay", "chu nhat")
    ):
        return False
    if not before or before.endswith((",", ".")):  # a comma that a scan shows as a point
        return len(before) < 80
    return number_label(line.folded) > 0 and "/" in before and len(before) < 50


# Kinds of places that bear numbers, "Quận 5".
_NUMBERED_PLACES = frozenset({"quan", "phuong", "q.", "p.", "thon", "khu"})
_DOTS_RE = re.compile(r"[.…_]{3,}\s*,?\s*$")


def _place_start(text: str, date_start: int) -> int:
    """Where the place before a date begins: the run of capitalised words before the comma, or the points."""
    before = text[:date_start]
    if not before.rstrip().endswith(","):
        dots = _DOTS_RE.search(before)
        return dots.start() if dots else date_start
    dots = _DOTS_RE.search(before)
    if dots:
        return dots.start()
    head = number_label(fold(before))
    if not head and not _SUBJECT_RE.match(fold(before)):
        wide = [match.end() for match in _COLUMNS_RE.finditer(before.rstrip())]
        return wide[-1] if wide else 0
    words = list(re.finditer(r"\S+", before))
    start = date_start
    for index in range(len(words) - 1, -1, -1):
        word, token = words[index], words[index][0].rstrip(",")
        if token.isdigit() and index and fold(words[index - 1][0]) in _NUMBERED_PLACES:
            continue
        if "/" in token or any(letter.isdigit() for letter in token) or number_label(fold(word[0])):
            break
        if token and not (token[0].isupper() or token in "-–"):
            break
        if (
            is_upper(token)
            and len(token) > 2
            and token.isupper()
            and start != date_start
            and "." not in token
        ):
            break
        start = word.start()
    return start


def _rest(line: Line, index: int, start: int, end: int) -> Iterator[Piece]:
    """The pieces of a stretch between known ones, cut at wide gaps that no form has."""
    position = start
    for match in _COLUMNS_RE.finditer(line.text, start, end):
        left, right = line.folded[position : match.start()].rstrip(), line.folded[match.end() : end]
        if not left or not right or _FORM_GAP_RE.search(left) or _FORM_NEXT_RE.match(right):
            continue
        yield from _labelled(line, index, Span(position, match.start()))
        position = match.end()
    yield from _labelled(line, index, Span(position, end))


def _labelled(line: Line, index: int, span: Span) -> Iterator[Piece]:
    span = stripped(line.text, span)
    text, folded = line.text[slice(*span)], line.folded[slice(*span)]
    if not any(letter.isalnum() for letter in text):
        return
    title = None if handling_mark(text) else _title(text)
    if title is not None:
        kind, length = title
        yield _piece(line, index, "title", Span(span.start, span.start + length), kind)
        rest = stripped(line.text, Span(span.start + length, span.end))
        if rest.end > rest.start:
            yield _piece(line, index, "other", rest)
        return
    yield _piece(line, index, _label(text, folded), span)


def _label(text: str, folded: str) -> Label:
    mark = handling_mark(text)
    if mark is not None:
        return mark  # type: ignore[return-value]
    if number_label(folded):
        return "number"
    if _BARE_NUMBER_RE.fullmatch(text):
        return "bare_notation" if text.startswith("/") else "bare_number"
    if _SUBJECT_RE.match(folded):
        return "subject"
    if starts_with(_ADDRESSEE, folded):
        return "addressee"
    if _CONTACT_RE.match(folded):
        return "contact"
    if _ATTACHED_RE.match(folded):
        return "attached"
    if folded.strip(" .:") in ("den", "cong van den", "van ban den"):
        return "incoming"
    if folded.strip(" .:()") in ("du thao", "du thao lan", "hoa toc khan") or folded.startswith(
        "du thao lan"
    ):
        return "draft"
    return "other"


# What a title goes on with before its subject: "CHƯƠNG TRÌNH PHỐI HỢP", "KẾ HOẠCH LIÊN NGÀNH".
_ADJUNCT_RE = re.compile(
    r"\s+(?:PHỐI HỢP|LIÊN (?:NGÀNH|TỊCH|SỞ|BỘ)|HÀNH ĐỘNG|HỢP TÁC)(?: LIÊN NGÀNH| CÔNG TÁC)?\s*$"
)


def _title(text: str) -> tuple[DocumentType, int] | None:
    """The document type a piece names, and how much of it the name takes: all of it, or its capitals."""
    if len(text) > 200 or text.endswith(":"):
        return None
    if is_upper(text) or len(text) < 30:
        kind = type_of_title(text)
        if kind is not None and text[:1].isupper():
            return kind, len(text)
        adjunct = _ADJUNCT_RE.search(text)
        if adjunct and is_upper(text) and (kind := type_of_title(text[: adjunct.start()])):
            return kind, len(text)
    words = text.split()
    for count in range(min(4, len(words) - 1), 0, -1):
        head = " ".join(words[:count])
        if head.startswith("PHƯỜNG "):  # "PHƯỜNG AN KHÁNH" is no PHƯƠNG ÁN
            continue
        if text.startswith(head) and is_upper(head, 1.0) and (kind := type_of_title(head)):
            if blank_head(words, count):
                return kind, len(head)
            return None
    return None


def blank_head(words: Sequence[str], count: int) -> bool:
    """Whether the words after a title go on as its subject rather than as the name of an office."""
    return not is_office_head(" ".join(words[: count + 1])) and len(words) - count >= 2


def _piece(line: Line, index: int, label: Label, span: Span, kind: DocumentType | None = None) -> Piece:
    place = Span(line.start + span.start, line.start + span.end)
    return Piece(label, place, line.text[slice(*span)], index, line.gap or line.rule, kind)
