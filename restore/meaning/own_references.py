"""Places where a document cites itself, and the parts of documents that are cited.

``Kế hoạch này``, ``khoản 2 Điều 5 Nghị định này``, ``khoản 1 Điều này``, ``theo Điều 3``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from restore.meaning.citations import Citation
from restore.meaning.locators import THIS, Locator, Part, find_locators
from restore.meaning.passages import BOUNDARY, Passages
from restore.meaning.resolve import Outline
from restore.meaning.type_words import type_before
from restore.structure.lines import Span

_THIS_RE = re.compile(r" nay(?!\w)")
# Kinds that are things too: "dự án này" is a project, "Dự án này" may be the document.
_THINGS = frozenset((
    "Dự án", "Hợp đồng", "Báo cáo", "Chương trình", "Phương án", "Biên bản", "Quy định", "Hướng dẫn", "Kết luận", "Đề án",
    "Thông báo", "Bản cam kết", "Giấy chứng nhận", "Giấy mời", "Lệnh", "Giấy đi đường", "Giấy giới thiệu", "Bản ghi nhớ",
    "Bản thỏa thuận",
))  # fmt: skip
_LETTER = "Công văn"  # calls itself "văn bản này"
# Between a part and its document: "Điều 5 của Luật …", "Phụ lục I ban hành kèm theo Thông tư này".
_LINK_RE = re.compile(
    r"(?:\s(?:cua|thuoc|tai|trong)|,)?\s\(?(?:(?:duoc\s)?(?:ban hanh\s)?(?:kem theo|dinh kem)\s)?"
)
# Between a part of an annexed document and the one that it is annexed to: "Điều 5 Quy chế … ban hành kèm theo Quyết định này".
_ANNEXED_TO_RE = re.compile(r"\s[^;:.\x00]{3,120}?\sban hanh (?:kem )?theo\s")
# What is amended is another document's: "Sửa đổi khoản 2 Điều 3 như sau", "Bãi bỏ Điều 11", "… tại Điều 4" in one that amends.
_AMENDED_RE = re.compile(
    r"(?:sua doi|bo sung|bai bo|thay the|cum tu|dinh chinh|vao sau|vao truoc)[^;.:\x00]{0,60}$"
)
_AMENDING_RE = re.compile(
    r"sua doi,? (?:va )?(?:bo sung|thay the|bai bo|mot so)|bai bo mot so|(?:sua doi|bo sung) (?:dieu|khoan|diem)\b"
)
_OTHER_RE = re.compile(
    r"[.,]?\s(?:cua|thuoc|dieu|khoan|neu tren|noi tren)\b"
    r"|(?:\s(?:tai|trong))?\s(?:bo luat|luat|phap lenh|hien phap|nghi dinh|nghi quyet|thong tu|quyet dinh|quy che|quy dinh"
    r"|dieu le|noi quy|cong uoc|hiep dinh|hop dong|chi thi|ke hoach|de an|chuong trinh|huong dan|quy trinh|van ban)\b"
)
_TELLING_RE = re.compile(
    r"(?:\b(?:tai|theo|cua|neu|o|va|thuoc|trong|xem|nhu|voi|den|tu|cac|muc dich|thuc hien)|,)\s$"
)

# In one row with a part of the own document: "khoản 1 Điều 4 và khoản 2 Điều này".
_WITH_THIS_RE = re.compile(r"(?:\s?[,;]|\s(?:va|hoac))\s[^.;:\x00]{0,40}\b(?:dieu|khoan|muc|chuong) nay\b")

# "Điều này cho thấy …" begins a sentence about what was said.
_SHOWS_RE = re.compile(
    r"\s(?:cho thay|co (?:nghia|the|y nghia)|the hien|khien|lam|giup|dan den|chung to|chung minh|doi hoi|da|se|rat|la|cung"
    r"|dong nghia|phan anh|xuat phat|gay|tao|gop phan|anh huong|thuc su|hoan toan|nham|khong (?:chi|nhung|phai))\b"
)


def find_own(passages: Passages, kind: str | None) -> Iterator[Citation]:
    """All places that name the document itself ("Kế hoạch này").

    Args:
        passages: of the document.
        kind: what the document is.
    """
    text, folded = passages.text, passages.folded
    for match in _THIS_RE.finditer(folded, 0, passages.body_end):
        word = type_before(text, folded, match.start())
        if word is None or _is_quoted(passages, match.start()):
            continue
        start = word.span.start
        if word.name is None:
            if kind != _LETTER:
                continue
        elif word.name in _THINGS and word.name != kind:
            opens = folded[max(0, start - 3) : start].rstrip()[-1:] in ("", ".", ";", ":", BOUNDARY)
            if opens or not text[start].isupper():
                continue
        yield Citation(Span(start, match.end()), word, own=True)


def with_parts(passages: Passages, citations: Sequence[Citation], kind: str | None) -> list[Citation]:
    """Citations with the parts that are cited of their documents, and the parts that the document cites of itself.

    Args:
        passages: of the document.
        citations: without parts, in their order.
        kind: what the document is.
    """
    end = passages.body_end
    text, folded = passages.text[:end], passages.folded[:end]
    found = list(citations)
    starts = {citation.span.start: index for index, citation in enumerate(found)}
    outline = Outline(passages)
    amending = _is_amending(passages)
    for locator in find_locators(text, folded):
        if locator.parts[0].kind == "phu luc":
            continue  # "Phụ lục I ban hành kèm theo Thông tư này" cites the circular
        index = _document_of(folded, locator, starts)
        if index is not None:
            found[index] = _located(found[index], locator, passages, outline, kind)
        elif not _is_quoted(passages, locator.span.start):
            own = _own_part(passages, locator, outline, amending=amending)
            if own:
                found.append(own)
    found.sort(key=lambda citation: citation.span)
    return found


def _document_of(folded: str, locator: Locator, starts: dict[int, int]) -> int | None:
    """Which citation a part is of: the one that follows it."""
    end = locator.span.end
    for pattern in (_LINK_RE, _ANNEXED_TO_RE):
        match = pattern.match(folded, end)
        if match and match.end() in starts:
            return starts[match.end()]
    return None


def _located(
    citation: Citation, locator: Locator, passages: Passages, outline: Outline, kind: str | None
) -> Citation:
    """A citation with the part that is cited of it; of the own document the section that this part is."""
    span = Span(locator.span.start, citation.span.end)
    citation = replace(citation, span=span, locator=locator.span)
    if not citation.own:
        return citation
    whole = citation.doc_type is not None and citation.doc_type.name == kind
    target = outline.target(locator.parts, passages.section_id(span.start), whole=whole)
    return replace(citation, target_id=target)


def _own_part(passages: Passages, locator: Locator, outline: Outline, *, amending: bool) -> Citation | None:
    """A part without a document is one of the own document, if there is such a part; else it is of one named before."""
    folded = passages.folded
    start, end = locator.span
    target = outline.target(locator.parts, passages.section_id(start))
    own = Citation(locator.span, own=True, locator=locator.span, target_id=target)
    before = folded[max(0, start - 80) : start]
    if len(locator.parts) == 1 and locator.parts[0].number == THIS:
        return own if _is_this_part(passages, locator, outline, before) else None
    if any(part.number == THIS for part in locator.parts):
        return own
    if before.endswith(("“", '"')):  # quoted words of an amendment
        return None
    if _OTHER_RE.match(folded, end) or amending or _AMENDED_RE.search(before):
        return None
    telling = (
        len(locator.parts) > 1  # "khoản 1 Điều 3"
        or locator.parts[0].kind == "dieu"
        or _TELLING_RE.search(before)
        or _WITH_THIS_RE.match(folded, end)
    )
    return own if target and telling else None


def _is_this_part(passages: Passages, locator: Locator, outline: Outline, before: str) -> bool:
    """Whether "Điều này", "khoản này" alone are parts of the document, and not "this", "this sum", "this place"."""
    start, end = locator.span
    kind = locator.parts[0].kind
    if kind == "dieu":
        shows = _SHOWS_RE.match(passages.folded, end) and not _TELLING_RE.search(before)
        return passages.text[start].isupper() and not shows
    if kind in ("khoan", "diem", "tiet"):
        return outline.target((Part("dieu", THIS),), passages.section_id(start)) is not None
    return _TELLING_RE.search(before) is not None


def _is_quoted(passages: Passages, offset: int) -> bool:
    """Whether a place is inside the quotation of an amendment, where "này" is the document amended."""
    node = passages.at(offset).node
    return node is not None and node.quoted


def _is_amending(passages: Passages) -> bool:
    """Whether the document amends another, by its subject or the heading of its first article."""
    return any(
        _AMENDING_RE.search(passages.folded, passage.start, passage.end)
        for passage in passages.passages[:40]
        if passage.kind == "subject"
        or (passage.kind == "title" and passage.node and passage.node.kind == "article")
    )
