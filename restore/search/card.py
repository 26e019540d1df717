"""What the index keeps of a document beside its text: the fields that hits show and filters ask for."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from pydantic import BaseModel

from restore.document import Grade, Header
from restore.documents import check_version, checked
from restore.field import Field
from restore.language.vietnamese import strip_marks
from restore.search.words import FACT, bare_run, both_forms, words_of

_DATE_RE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, slots=True)
class Card:
    """One document as a catalogue has it; None where the document does not tell.

    Attributes:
        doc_type: "Kế hoạch".
        doc_type_code: "KH".
        number: "129".
        notation: "KH-UBND".
        issuer: as printed; several are joined by a comma.
        issuer_parent: as printed.
        issued_date: ISO, as far as it is known: "2023-04".
        subject: as printed.
        grade: good, review or poor.
    """

    doc_type: str | None = None
    doc_type_code: str | None = None
    number: str | None = None
    notation: str | None = None
    issuer: str | None = None
    issuer_parent: str | None = None
    issued_date: str | None = None
    subject: str | None = None
    grade: Grade = "good"

    @property
    def code(self) -> str:
        """Number and notation as they are cited.

        >>> Card(number="129", notation="KH-UBND").code, Card(notation="KH-UBND").code, Card().code
        ('129/KH-UBND', '/KH-UBND', '')
        """
        return f"{self.number or ''}/{self.notation}" if self.notation else self.number or ""


class _Quality(BaseModel):
    grade: Grade = "good"


class _Sheet(BaseModel):
    """The part of ``document.json`` that a card is made of; the rest is passed over unread."""

    schema_version: str
    header: Header
    quality: _Quality = _Quality()


def read_card(data: bytes, path: Path) -> Card:
    """The card of a ``document.json``.

    Args:
        data: what the file holds.
        path: named in errors.

    Raises:
        InputError: it is no document, or one of a later schema.
    """
    sheet = checked(data, path, _Sheet)
    check_version(sheet.schema_version, path)
    return card_of(sheet.header, sheet.quality.grade)


def card_of(header: Header, grade: Grade = "good") -> Card:
    """The card of a document whose header is known."""
    issuers = [field.value for field in header.issuers or (header.issuer,) if field.value]
    return Card(
        doc_type=_value(header.doc_type),
        doc_type_code=_value(header.doc_type_code),
        number=_value(header.number),
        notation=_value(header.notation),
        issuer=", ".join(issuers) or None,
        issuer_parent=_value(header.issuer_parent),
        issued_date=_value(header.issued_date),
        subject=_value(header.subject),
        grade=grade,
    )


def _value(field: Field) -> str | None:
    """What a field says; an unreadable one may still say something."""
    return field.value or None


def card_dict(card: Card) -> dict[str, str | None]:
    """A card as plain JSON."""
    return asdict(card)


def head_texts(card: Card) -> tuple[str, str, str]:
    """What can be found of a document without its text: number, subject with type, issuer with the body above.

    >>> head_texts(Card(doc_type="Kế hoạch", number="9", issuer="SỞ Y TẾ"))
    ('9', 'Kế hoạch', 'SỞ Y TẾ')
    """
    subject = " ".join(filter(None, [card.doc_type, card.subject]))
    issuer = " ".join(filter(None, [card.issuer_parent, card.issuer]))
    return card.code, subject, issuer


def columns(card: Card, text: str) -> tuple[str, str, str, str, str]:
    """What the full-text table holds of a document: number, subject, issuer, body, facts."""
    number, subject, issuer = map(both_forms, head_texts(card))
    return number, subject, issuer, both_forms(text), facts(card)


def facts(card: Card) -> str:
    """What filters ask for, each fact one word behind ``=``; words that follow each other stay in a row.

    >>> facts(Card(doc_type="Kế hoạch", doc_type_code="KH", number="09", notation="KH-UBND", issued_date="2023-04"))
    '=all =tkehoach =tkh =n9 =ckh =cubnd =y2023 =m202304 =pm202304'
    """
    found = ["all", *(f"t{bare_run(kind)}" for kind in (card.doc_type, card.doc_type_code) if kind)]
    found += [f"n{plain_number(card.number)}"] if card.number else []
    found += [f"c{strip_marks(word)}" for word in words_of(card.notation or "")]
    _, _, issuer = head_texts(card)
    found += [f"i{word}" for word in words_of(issuer)]
    found += [f"b{strip_marks(word)}" for word in words_of(issuer)]
    found += _date_facts(card.issued_date)
    return " ".join(FACT + fact for fact in found)


def plain_number(number: str) -> str:
    """A document's number without marks, blanks and leading noughts.

    >>> plain_number("09"), plain_number("129a"), plain_number("00")
    ('9', '129a', '0')
    """
    return bare_run(number).lstrip("0") or "0"


def date_parts(text: str | None) -> tuple[str, ...]:
    """Year, month and day of an ISO date, as many as it has; none where it is no date.

    >>> date_parts("2023-04-05"), date_parts("2023-04"), date_parts("2023-13"), date_parts(None)
    (('2023', '04', '05'), ('2023', '04'), (), ())
    """
    match = _DATE_RE.fullmatch(text or "")
    if match is None or first_day(parts := tuple(filter(None, match.groups()))) is None:
        return ()
    return parts


def first_day(parts: tuple[str, ...]) -> date | None:
    """The first day of a year, a month or a day; None where the calendar has none."""
    try:
        return date(*(int(part) for part in (*parts, "1", "1")[:3]))
    except ValueError:
        return None


def _date_facts(text: str | None) -> list[str]:
    """Each unit of time that the date lies in, and which of them is all that is known."""
    parts = date_parts(text)
    if not parts:
        return []
    names = [f"{letter}{''.join(parts[: n + 1])}" for n, letter in enumerate("ymd"[: len(parts)])]
    return names + ([f"p{names[-1]}"] if len(parts) < 3 else [])
