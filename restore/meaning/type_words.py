"""The kind of document that the words before a number name: ``Kế hoạch số``, ``Thông báo kết luận số``, ``QĐ``."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from restore.meaning.passages import BOUNDARY
from restore.structure.doctypes import document_types, type_of_code
from restore.structure.lines import Span, fold

# Cited by number as often as the kinds of Decree 30/2020/NĐ-CP, though it has no rules for them.
_FURTHER_NAMES = ("Sắc lệnh", "Sắc luật", "Nội quy")
# What is said for short: "Thỏa thuận này".
_SHORT_NAMES = {"thoa thuan": "Bản thỏa thuận", "ban cam ket": "Bản cam kết", "cam ket": "Bản cam kết"}
# Kinds that are called after what they are about: "Biên bản làm việc ngày …".
_SHORT_NAMES |= {
    f"bien ban {about}": "Biên bản"
    for about in (
        "hop",
        "lam viec",
        "kiem tra",
        "ban giao",
        "nghiem thu",
        "thoa thuan",
        "hoi nghi",
        "cuoc hop",
        "thanh ly",
    )
}
_SHORT_NAMES |= {
    f"hop dong {about}": "Hợp đồng"
    for about in (
        "kinh te",
        "lao dong",
        "thue khoan",
        "giao khoan",
        "mua ban",
        "dich vu",
        "thue",
        "xay dung",
        "nguyen tac",
    )
}
_SHORT_NAMES |= {
    f"quyet dinh {about}": "Quyết định"
    for about in ("thanh lap", "bo nhiem", "phe duyet", "cong nhan", "kien toan")
}
# What may stand between a kind and its number: "Kế hoạch phối hợp số", "Thông báo kết luận số", "Công văn khẩn số".
_QUALIFIERS = (
    " lien tich", " lien nganh", " lien bo", " lien so", " phoi hop", " hop nhat", " ket luan", " hanh dong", " khan",
    " hoa toc", " trien khai", " thuc hien",
)  # fmt: skip
# "số", and said twice by a slip of the pen: "Kế hoạch số số 129".
_NUMBER_SIGN_RE = re.compile(r"(?<!\w)(?:so[\s:.]{0,3}){1,3}$")
_LONGEST = 40
_MOST_WORDS = 5
_BEFORE_NAMES = "(“\"'[-"
_ANY_KIND = ("van ban",)  # a document of a kind that is not told


class TypeWord(NamedTuple):
    """The words that name a kind: where they stand, and its name as in the dictionary, None for "văn bản"."""

    span: Span
    name: str | None


class Label(NamedTuple):
    """What stands before a number.

    Attributes:
        start: where it begins, from the kind of document or from ``số``.
        kind: the kind of document, None where none is named.
        numbered: ``số`` stands before the number.
    """

    start: int
    kind: TypeWord | None
    numbered: bool


@cache
def _names() -> dict[str, str | None]:
    names: dict[str, str | None] = {fold(kind.name): kind.name for kind in document_types()}
    names |= {fold(name): name for name in _FURTHER_NAMES} | _SHORT_NAMES
    return names | dict.fromkeys(_ANY_KIND)


@cache
def _last_words() -> frozenset[str]:
    """The words that the name of a kind or a qualifier ends with."""
    return frozenset(name.split()[-1] for name in (*_names(), *_QUALIFIERS))


def type_before(text: str, folded: str, end: int) -> TypeWord | None:
    """The kind of document whose name ends at a place of the text, blanks left aside.

    >>> text = "theo Thông báo kết luận số 5"
    >>> type_before(text, fold(text), 24)
    TypeWord(span=Span(start=5, end=14), name='Thông báo')
    """
    while end and folded[end - 1] == " ":
        end -= 1
    start = (
        max(
            folded.rfind(" ", max(0, end - _LONGEST), end),
            folded.rfind(BOUNDARY, max(0, end - _LONGEST), end),
        )
        + 1
    )
    if folded[start:end].lstrip(_BEFORE_NAMES) in _last_words():
        return _worded(folded, end)
    return _abbreviated(text, Span(start, end))


def _worded(folded: str, end: int) -> TypeWord | None:
    """A kind by its name, with or without a qualifier behind it."""
    found = _longest_name(folded, end)
    for qualifier in _QUALIFIERS:
        if folded.endswith(qualifier, 0, end):
            longer = _longest_name(folded, end - len(qualifier))
            if longer and (found is None or longer.span.start < found.span.start):
                found = longer
    return found


def _abbreviated(text: str, span: Span) -> TypeWord | None:
    """A kind by its code: "QĐ số 12", "NĐ 30", "CV số 5"."""
    word = text[slice(*span)].lstrip(_BEFORE_NAMES)
    if not (1 < len(word) < 5 and word[0].isupper() and word[1].isupper()):
        return None
    kind = type_of_code(word)
    name = kind.name if kind else "Công văn" if word == "CV" else None
    return TypeWord(Span(span.end - len(word), span.end), name) if name else None


def label_before(text: str, folded: str, position: int) -> Label:
    """What stands before a number that begins at a place of the text: its kind of document and ``số``.

    >>> text = "Căn cứ Kế hoạch số số 129"
    >>> label_before(text, fold(text), 22)
    Label(start=7, kind=TypeWord(span=Span(start=7, end=15), name='Kế hoạch'), numbered=True)
    """
    match = _NUMBER_SIGN_RE.search(folded, max(0, position - 12), position)
    end = match.start() if match else position
    kind = type_before(text, folded, end)
    return Label(kind.span.start if kind else end, kind, match is not None)


def _longest_name(folded: str, end: int) -> TypeWord | None:
    """The longest name of a kind that ends at a place."""
    names = _names()
    start = max(0, end - _LONGEST, folded.rfind(BOUNDARY, max(0, end - _LONGEST), end) + 1)
    words = folded[start:end].split(" ")[-_MOST_WORDS:]
    for first in range(len(words)):
        name = " ".join(words[first:]).lstrip(_BEFORE_NAMES)
        if name in names:
            return TypeWord(Span(end - len(name), end), names[name])
    return None
