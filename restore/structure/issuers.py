"""Who issued a document: its office and the one above it, or several offices together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from restore.document import Field
from restore.language.lexicon import DocumentType
from restore.structure.lines import CAPITALS, Run, Span, fold, is_upper
from restore.structure.names import continues_office, is_office_head, is_unfinished, opens_office
from restore.structure.origin import Origin
from restore.structure.pieces import Piece

_LONGEST_OFFICE = 180  # a joint circular names up to eight ministries on one line


def head_offices(pieces: Sequence[Piece], notation: str | None) -> tuple[tuple[Piece, ...], ...]:
    """The offices at the top, superior first, each as the pieces of its lines.

    An office begins at a line that its first words tell, or, after a name with its place, whose initials the notation gives.
    """
    stop = len(pieces)
    for index, piece in enumerate(pieces):
        if piece.label in ("number", "title", "subject", "addressee"):
            stop = index
            break
    found = [piece for piece in pieces[:stop] if piece.label == "other" and len(piece.text) < _LONGEST_OFFICE]
    capitals = [piece for piece in found if is_upper(piece.text, 0.6)]
    kept = capitals or found
    offices: list[list[Piece]] = []
    for index, piece in enumerate(kept):
        last = offices[-1][-1].text if offices else ""
        begins = opens_office(piece.text) or (_is_placed(last) and _is_of_code(kept[index:], notation))
        if not offices or (begins and not is_unfinished(last) and not continues_office(piece.text)):
            offices.append([piece])
        else:
            offices[-1].append(piece)
    return tuple(tuple(office) for office in offices)


def initials(text: str) -> str:
    """The first letters of the words of an office's name, as codes are made of them.

    >>> initials("CHI NHÁNH GÒ CÔNG"), initials("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG")
    ('CNGC', 'SNNMT')
    """
    return "".join(word[0] for word in _WORD_RE.findall(text) if word.upper() != "VÀ").upper()


_PLACED_RE = re.compile(
    r".{8}.*\b(?:viet nam|(?:tinh|thanh pho|tp|huyen|quan|thi xa|xa|phuong) \S+(?: \S+){0,2})", re.DOTALL
)


def _is_placed(name: str) -> bool:
    """Whether a name ends with the place of its office, after which it can't go on."""
    return bool(_PLACED_RE.fullmatch(fold(name).strip()))


_WORD_RE = re.compile(r"[^\W\d_]+")
_SHORTEST_CODE = 3  # two letters are those of too many words


def _is_of_code(lines: Sequence[Piece], notation: str | None) -> bool:
    """Whether the notation ends with the initials of the lines, ``07/DA-CNGC`` for ``CHI NHÁNH GÒ CÔNG``."""
    code = notation.rpartition("-")[2].rpartition("/")[2] if notation else ""
    return len(code) >= _SHORTEST_CODE and initials(" ".join(line.text for line in lines)) == code.upper()


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


def together(
    offices: Sequence[tuple[Piece, ...]], title: Piece | None, notation: str | None
) -> tuple[tuple[Piece, ...], ...]:
    """Those of the offices at the top that issue the document together; the last alone where nothing tells more.

    Told by the kind or its code (``TTLT``, ``NQLT``), by a notation that names the offices one after the other
    (``11/BGN-SDL-HHDL``), or by a title that only several offices use, over offices of one rank.
    """
    if len(offices) < 2:
        return tuple(offices)
    if is_joint(title.kind if title else None, notation):
        match = _JOINT_CODE_RE.search(notation or "")
        named = len(_PART_RE.findall(notation or "", match.end())) if match else 0
        return tuple(offices[-named:]) if 2 <= named < len(offices) else tuple(offices)
    codes = _PART_RE.findall(notation or "")[1:]
    if 2 <= len(codes) <= len(offices) and _named_by(offices[-len(codes) :], codes):
        return tuple(offices[-len(codes) :])
    if title is not None and _BETWEEN_RE.match(fold(title.text)) and _are_peers(*offices[-2:]):
        return tuple(offices[-2:])
    return tuple(offices[-1:])


# Kinds of documents that offices make with each other.
_BETWEEN_RE = re.compile(
    r"ban ghi nho|ban thoa thuan|thoa thuan|.* phoi hop|.* lien (?:nganh|tich)|.* hop tac"
)
# Offices that have others below them, and those that stand below others.
_ABOVE_RE = re.compile(
    r"(?:uy ban nhan dan|ubnd|bo|tong cuc|tong cong ty|tap doan|dai hoc|dang bo|tong lien doan|quoc hoi|chinh phu)\b"
)
_BELOW_RE = re.compile(
    r"(?:phong|trung tam|chi cuc|cuc|vu|vien|truong|benh vien|chi nhanh|khoa|van phong|thanh tra|ban quan ly|tram|doi|to"
    r"|xi nghiep|chi bo|bo mon|phan (?:vien|hieu|xuong)|ban)\b"
)


def _named_by(offices: Sequence[Sequence[Piece]], codes: Sequence[str]) -> bool:
    """Whether each code is made of the first letters of its office's name."""
    names = [initials(" ".join(piece.text for piece in office)) for office in offices]
    return all(
        len(code) > 1 and name.startswith(code.replace("&", "").upper())
        for name, code in zip(names, codes, strict=True)
    )


def _are_peers(first: Sequence[Piece], second: Sequence[Piece]) -> bool:
    """Whether two offices are of one rank rather than one the other's superior."""
    above, below = fold(first[0].text), fold(second[0].text)
    if above.split()[0] == below.split()[0]:
        return True
    return not _ABOVE_RE.match(above) and not _BELOW_RE.match(below)


def joint_issuers(origin: Origin, offices: Sequence[Sequence[Piece]]) -> tuple[Field, ...]:
    """The offices of a joint document, parted by hyphens or each on lines of its own; none where only one issued it.

    Args:
        origin: the text and the way back to the original.
        offices: that issue the document together, as they stand at the top.
    """
    parts = [part for office in offices for part in _by_hyphens(origin, office)]
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
