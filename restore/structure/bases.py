"""Legal bases: the clauses ``Căn cứ …``, ``Theo đề nghị …``, for plans also ``Thực hiện …``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from restore.structure.lines import CAPITALS, Run, Span, fold
from restore.structure.names import is_office_head
from restore.structure.paragraphs import Paragraph

# Kinds whose "Thực hiện …" names the documents they rest on.
PLANS = frozenset({"Kế hoạch", "Chương trình", "Phương án", "Đề án"})

_FORMAL_RE = re.compile(r"(?:can cu|theo de nghi|xet (?:de nghi|to trinh|bao cao|yeu cau))\b")
_PLAN_RE = re.compile(r"(?:tiep tuc )?thuc hien\b")
_NEXT_CLAUSE_RE = re.compile(
    r";\s+(?=(?:căn cứ|theo đề nghị|xét|thực hiện|tiếp tục thực hiện)\s)", re.IGNORECASE
)
# What the issuer does after the clause: "…, Ủy ban nhân dân quận xây dựng Kế hoạch …".
_VERB_RE = re.compile(
    r"\b(?:xay dung|ban hanh|de nghi|thong bao|yeu cau|bao cao|huong dan|to chuc|trien khai|co y kien"
    r"|kinh trinh|trinh|quyet dinh|phat dong|chi dao|kinh de nghi|cong bo|lap"
    r"|kinh moi|tran trong|phoi hop|giao)\b"
)
_COMMA_RE = re.compile(rf"[,;.]\s+(?=[{CAPITALS}])")
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
    words by
    the index of their paragraph in ``body``.
    """
    bases: list[Basis] = []
    body: list[Paragraph] = []
    rest: list[tuple[int, tuple[Span, ...]]] = []
    for index, paragraph in enumerate(paragraphs):
        if paragraph.marker is not None and not _is_listed_basis(paragraph, source):
            body += paragraphs[index:]
            break
        run = Run(paragraph.spans, source)
        if not _is_basis(run.text, doc_type, begun=bool(bases)):
            body.append(paragraph)
            continue
        end = _clause_end(run.text)
        start = 0
        for match in _NEXT_CLAUSE_RE.finditer(run.text, 0, end):
            bases.append(Basis(run.slice(start, match.start() + 1)))
            start = match.end()
        bases.append(Basis(run.slice(start, end)))
        if end < len(run.text):
            rest.append((len(body), run.slice(end + 1, len(run.text))))
            body.append(paragraph)
    return Preamble(tuple(basis for basis in bases if basis.spans), tuple(body), tuple(rest))


def _is_listed_basis(paragraph: Paragraph, source: str) -> bool:
    """Whether a dash only lists legal bases (``- Căn cứ Luật …;``)."""
    assert paragraph.marker is not None
    text = Run(paragraph.spans, source).text
    return (
        paragraph.marker.style == "bullet"
        and bool(_FORMAL_RE.match(fold(text)))
        and text.endswith((";", ",", "."))
    )


def _is_basis(text: str, doc_type: str | None, *, begun: bool) -> bool:
    folded = fold(text)
    if _FORMAL_RE.match(folded):
        return True
    if not _PLAN_RE.match(folded):
        return False
    return doc_type in PLANS or (begun and text.endswith(";"))


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
        if not is_office_head(text[match.end() :]):
            continue
        subject = folded[match.end() : match.end() + _SUBJECT_LENGTH]
        verb = _VERB_RE.search(re.split(r"[;:.]", subject, maxsplit=1)[0])
        if verb:
            end = match.start()
    return end
