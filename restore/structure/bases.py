"""Legal bases: the clauses ``Căn cứ …``, ``Xét …``, ``Theo đề nghị …``, for plans also ``Thực hiện …``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from restore.structure.lines import CAPITALS, Run, Span, fold
from restore.structure.names import is_office_head
from restore.structure.numbering import DASHES
from restore.structure.open_lists import FIXED
from restore.structure.paragraphs import Paragraph

# Kinds whose "Thực hiện …" names the documents they rest on.
PLANS = frozenset({"Kế hoạch", "Chương trình", "Phương án", "Đề án", "Dự án"})
# Kinds that rest on a document which they carry out where the issuer's own words follow it in the sentence.
_CARRIES_OUT = frozenset({"Nghị quyết", "Quyết định", "Quy định", "Quy chế", "Hướng dẫn"})

_OPENING_LENGTH = 60  # characters of a paragraph that tell whether it is a clause
_FORMAL_RE = re.compile(
    r"(?:can cu|chieu (?:theo|luat|sac lenh|nghi dinh)|theo de nghi"
    r"|xet (?:de nghi|to trinh|bao cao|yeu cau|don|nguyen vong|ket qua))\b"
)
# Only among others of its kind a clause: "Được sự đồng ý của …;".
_FURTHER_RE = re.compile(
    r"(?:duoc su (?:dong y|nhat tri|thong nhat|chap thuan|uy quyen)|thuc hien|tiep tuc thuc hien)\b"
)
_CITED_RE = re.compile(r"\bso \d|\bngay \d")
_PLAN_RE = re.compile(r"(?:tiep tuc )?thuc hien\b")
# "Căn cứ pháp lý", "Căn cứ xây dựng đề án": headings.
_HEADING_RE = re.compile(
    r"can cu (?:phap ly|thuc te|thuc tien|phap luat|xay dung|lap|de xay dung|ban hanh)\b[^;\d]*$"
)
# "Căn cứ:", "Căn cứ các văn bản sau:"; the clauses follow as a list.
_LIST_RE = re.compile(r"(?:cac )?can cu\b[^;.\d]{0,60}:$")
_NEXT_CLAUSE_RE = re.compile(
    r";\s+(?=(?:căn cứ|theo đề nghị|xét|thực hiện|tiếp tục thực hiện)\s)"
    r"|[,.]\s+(?=(?:căn cứ|theo đề nghị|xét đề nghị)\s)",
    re.IGNORECASE,
)
# What the issuer does after the clause: "…, Ủy ban nhân dân quận xây dựng Kế hoạch …".
_VERB_RE = re.compile(
    r"\b(?:xay dung|ban hanh|de nghi|thong bao|yeu cau|bao cao|huong dan|to chuc|trien khai|co y kien"
    r"|kinh trinh|trinh|quyet dinh|phat dong|chi dao|kinh de nghi|cong bo|lap|de xuat|thong nhat|ket luan"
    r"|kinh moi|tran trong|phoi hop|giao|xin|gui|cu|chung nhan|xac nhan|nhan duoc|nhan thay|tong hop|quy dinh|thoa thuan|cam ket"
    r"|ra (?:nghi quyet|quyet dinh|chi thi|thong bao))\b"
)
_COMMA_RE = re.compile(rf"[,;.]\s+(?=[{CAPITALS}]|nay\s)")
# Words that begin the sentence proper of minutes and contracts.
_NOW_RE = re.compile(r"(?:hom nay|chung toi|toi (?:la|ten)|hai ben|cac ben)\b")
_SUBJECT_LENGTH = 110  # characters of the longest office's name with its abbreviation in brackets


class Basis(NamedTuple):
    """One clause and where it stands."""

    spans: tuple[Span, ...]


class Preamble(NamedTuple):
    """The clauses, and the paragraphs of the body, the rest of a cut paragraph among them."""

    bases: tuple[Basis, ...]
    body: tuple[Paragraph, ...]
    rest: tuple[tuple[int, tuple[Span, ...]], ...]


def split_preamble(source: str, paragraphs: Sequence[Paragraph], doc_type: str | None) -> Preamble:
    """Take the legal bases out of the paragraphs before the first numbered section.

    A clause that the issuer's own words follow in one sentence is cut before them; ``rest`` gives those
    words by the index of their paragraph in ``body``.
    """
    bases: list[Basis] = []
    body: list[Paragraph] = []
    rest: list[tuple[int, tuple[Span, ...]]] = []
    listing = False
    for index, paragraph in enumerate(paragraphs):
        run = Run(paragraph.spans, source)
        opening = fold(run.text[:_OPENING_LENGTH])
        listed = paragraph.marker is not None and _is_listed(paragraph, run.text, opening, listing=listing)
        if paragraph.marker is not None and not listed:
            body += paragraphs[index:]
            break
        following = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
        if not (
            listed
            or _is_basis(run.text, opening, doc_type, begun=bool(bases))
            or (run.text.endswith(";") and _opens_basis(following, source))
        ):
            listing = bool(_LIST_RE.fullmatch(opening))
            body.append(paragraph)
            continue
        end = _clause_end(run.text)
        bases += [Basis(run.slice(*clause)) for clause in _clauses(run.text, end)]
        if end < len(run.text):
            rest.append((len(body), run.slice(end + 1, len(run.text))))
            body.append(paragraph)
    return Preamble(tuple(basis for basis in bases if basis.spans), tuple(body), tuple(rest))


def _opens_basis(paragraph: Paragraph | None, source: str) -> bool:
    """Whether a paragraph is a formal basis: one before it that ends with a semicolon is another, its words misread."""
    if paragraph is None or paragraph.marker is not None:
        return False
    first = paragraph.lines[0]
    return bool(_FORMAL_RE.match(first.folded)) and source[first.start].isupper()


def _clauses(text: str, end: int) -> list[tuple[int, int]]:
    """Where each of the clauses of one paragraph stands, its end mark included."""
    starts, ends = [0], []
    for match in _NEXT_CLAUSE_RE.finditer(text, 0, end):
        ends.append(match.start() + 1)
        starts.append(match.end())
    return list(zip(starts, [*ends, end], strict=True))


def _is_listed(paragraph: Paragraph, text: str, opening: str, *, listing: bool) -> bool:
    """Whether a dash or a number only lists legal bases (``- Căn cứ Luật …;``)."""
    assert paragraph.marker is not None
    if paragraph.marker.style in FIXED:
        return False
    if not text.endswith((";", ",", ".")):  # the issuer's own words follow the last of them
        formal = paragraph.marker.style in DASHES and bool(_FORMAL_RE.match(opening))
        return formal and _clause_end(text) < len(text)
    if listing and paragraph.marker.style in DASHES:
        return True
    return bool(_FORMAL_RE.match(opening)) and (paragraph.marker.style in DASHES or text.endswith(";"))


def _is_basis(text: str, opening: str, doc_type: str | None, *, begun: bool) -> bool:
    """Whether a paragraph is a clause, or begins with one."""
    if _FORMAL_RE.match(opening):
        return not _HEADING_RE.fullmatch(opening) and not _LIST_RE.fullmatch(opening)
    if _PLAN_RE.match(opening) and (
        doc_type in PLANS
        or (doc_type in _CARRIES_OUT and _CITED_RE.search(opening) and _clause_end(text) < len(text))
    ):
        return True
    return begun and text.endswith(";") and bool(_FURTHER_RE.match(opening))


def _clause_end(text: str) -> int:
    """Where the clause ends: before the issuer's own words, else at the end of the paragraph.

    >>> text = "Căn cứ Kế hoạch số 5/KH-UBND về việc trồng cây, Sở Nội vụ xây dựng Kế hoạch như sau:"
    >>> text[: _clause_end(text)]
    'Căn cứ Kế hoạch số 5/KH-UBND về việc trồng cây'
    """
    if text.endswith((";", ",")):
        return len(text)
    folded = fold(text)
    end = len(text)
    for match in _COMMA_RE.finditer(text):
        start = match.end() + 4 if folded.startswith("nay ", match.end()) else match.end()
        if _NOW_RE.match(folded, start):
            return match.start()
        if not is_office_head(text[start : start + _SUBJECT_LENGTH]):
            continue
        subject = folded[start : start + _SUBJECT_LENGTH]
        verb = _VERB_RE.search(re.split(r"[;:.]", subject, maxsplit=1)[0])
        if verb:
            end = match.start()
    return end
