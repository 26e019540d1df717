"""The numbers of sections in their order: where one is left out, where one stands twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from restore.document import Document, Section
from restore.structure.numbering import LETTERS, roman_value

Fault = Literal["numbering-gap", "numbering-repeat"]


class Break(NamedTuple):
    """Two neighbours of one style whose numbers do not follow each other."""

    fault: Fault
    before: Section
    after: Section


class _Numbered(NamedTuple):
    section: Section
    style: tuple[str, ...]
    value: int
    inserted: bool  # "5a", put in between two others


# More numbers missing than this are no slip of who wrote the document: a page is lost, or the number is none.
_LARGEST_LEAP = 3
# Who does not count đ, or counts f, leaves out or puts in one letter.
_FOREIGN_STEPS = frozenset((("d", "e"), ("e", "g"), ("i", "k"), ("v", "x")))


_UNREAD_RE = re.compile(r"[^\W_]{1,4}\s?[.)/–-]")


def breaks(document: Document) -> Iterator[Break]:
    """Every break in the numbering of the body; quotations of other documents and annexes count in their own way.

    Articles run through all chapters; everything else begins anew in each section. Where a number was repaired from its
    sequence, that sequence tells nothing.
    """
    body = _body(document)
    yield from _breaks(_articles(body))
    for siblings in _families(body):
        yield from _breaks([one for one in siblings if one.kind != "article"])


def _body(document: Document) -> tuple[Section, ...]:
    """The outermost sections before what is annexed."""
    places = [field.provenance[0].start for field in document.closing.appendices if field.provenance]
    if not places:
        return document.sections
    return tuple(
        one for one in document.sections if not one.provenance or one.provenance[0].start < min(places)
    )


def _articles(sections: Iterable[Section]) -> list[Section]:
    found: list[Section] = []
    for section in sections:
        if section.quoted:
            continue
        if section.kind == "article":
            found.append(section)
        else:
            found += _articles(section.children)
    return found


def _families(sections: Sequence[Section]) -> list[Sequence[Section]]:
    """The sections that lie side by side, at every depth."""
    found = [sections]
    for family in found:  # grows while it is read
        found += [one.children for one in family if one.children and not one.quoted]
    return found


def _breaks(siblings: Sequence[Section]) -> Iterator[Break]:
    styles: dict[tuple[str, ...], list[_Numbered]] = {}
    for section in siblings:
        numbered = None if section.quoted else _numbered(section)
        if numbered:
            styles.setdefault(numbered.style, []).append(numbered)
    for run in styles.values():
        if any(one.section.number_raw for one in run):
            continue
        for before, after in pairwise(run):
            fault = _fault(before, after)
            if fault and not _is_unread(before.section) and not _is_in_text(before, after):
                yield Break(fault, before.section, after.section)


def _fault(before: _Numbered, after: _Numbered) -> Fault | None:
    step = after.value - before.value
    if (
        step == 0
        and not (before.inserted or after.inserted)
        and (before.value > 1 or _are_parts(before, after))
    ):
        return "numbering-repeat"
    if 1 < step <= _LARGEST_LEAP + 1 and not after.inserted:
        pair = (before.section.number or "", after.section.number or "")
        return None if pair in _FOREIGN_STEPS else "numbering-gap"
    return None


def _are_parts(before: _Numbered, after: _Numbered) -> bool:
    """Whether two that are both the first are headed parts ("I. MỤC ĐÍCH"); lists of one item begin with 1 again and again."""
    return before.style[1] == "roman" and bool(before.section.title and after.section.title)


def _is_unread(section: Section) -> bool:
    """Whether something in a section begins with what may be a number that was misread ("S." for 5, "Il." for II)."""
    return any(
        (child.number is None and _UNREAD_RE.match(child.title or child.text)) or _is_unread(child)
        for child in section.children
    )


def _is_in_text(before: _Numbered, after: _Numbered) -> bool:
    """Whether a number that is left out stands in the text before: then it was not read as a section, and is no gap."""
    if before.style[1] not in ("figures", "letters"):
        return False
    word = (before.section.marker or "").split()[0] if before.section.kind == "article" else ""
    numbers = range(before.value + 1, after.value)
    if not numbers:
        return False
    missing = [LETTERS[one - 1] if before.style[1] == "letters" else str(one) for one in numbers]
    found = re.compile(rf"(?<![\w.,/]){word}\s?(?:{'|'.join(missing)})(?:[.):/]|\s-)(?!\d)")
    return any(found.search(text) for text in _texts(before.section))


def _texts(section: Section) -> Iterator[str]:
    yield section.title or ""
    yield section.text
    for child in section.children:
        yield child.marker or ""
        yield from _texts(child)


def _numbered(section: Section) -> _Numbered | None:
    """The number of a section as a value in the sequence of its style."""
    number = section.number
    if not number:
        return None
    marker = (section.marker or "").strip()
    if marker.startswith("("):
        return None  # "(5)" is a blank of a form or a note as often as an item
    sign = marker[-1:] if not marker[-1:].isalnum() else ""
    if number.isdecimal():
        return _Numbered(section, (section.kind, "figures", sign), int(number), False)
    if number[:-1].isdecimal() and number[-1].isalpha():
        return _Numbered(section, (section.kind, "figures", sign), int(number[:-1]), True)
    head, _, last = number.rpartition(".")
    if head and last.isdecimal():
        return _Numbered(section, (section.kind, "points", head), int(last), False)
    if len(number) == 1 and number in LETTERS:
        return _Numbered(section, (section.kind, "letters", sign), LETTERS.index(number) + 1, False)
    if number.isupper() and roman_value(number):
        return _Numbered(section, (section.kind, "roman", sign), roman_value(number), False)
    return None
