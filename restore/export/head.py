"""The head of a document as Decree 30/2020/NĐ-CP sets it (Appendix I, boxes 1 to 5 and 9a to 13)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from restore.document import Field, Header

OFFICIAL_LETTER = "Công văn"
_LAWS = ("Luật", "Bộ luật", "Pháp lệnh")
# A party office sets a hyphen after the number: "31-KH/HU" (Hướng dẫn 36-HD/VPTW), a state office a stroke.
_PARTY_NOTATION_RE = re.compile(r"[^\W\d_]+/")
_PRINTED_DATE_RE = re.compile(r"ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}", re.IGNORECASE)
_GAP = " " * 6  # what was left blank on paper
_UNREADABLE = "[?]"  # after what cannot be read for certain


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the body; empty where the document has none of it.

    Attributes:
        parent: lines of the office above the issuer.
        issuer: lines of the issuer, of each of several.
        national_name: quốc hiệu.
        motto: tiêu ngữ.
        number: "Số: 05/KH-UBND", with a gap where it was left blank.
        about: "V/v …" of an official letter, which stands under the number.
        place_date: "Hà Nội, ngày 05 tháng 01 năm 2024".
        marks: urgency, secrecy, circulation, copy.
        type_name: name of the kind, in capitals; empty for official letters.
        subject: trích yếu, under the type's name.
        addressees: after Kính gửi.
        contact: the office's address line, at the foot of the first page.
    """

    parent: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    national_name: str = ""
    motto: str = ""
    number: str = ""
    about: str = ""
    place_date: str = ""
    marks: tuple[str, ...] = ()
    type_name: str = ""
    subject: str = ""
    addressees: tuple[str, ...] = ()
    contact: str = ""


def head_of(header: Header) -> Head:
    """The head that a header makes."""
    subject = header.subject.value or ""
    is_letter = header.doc_type.value == OFFICIAL_LETTER or (
        header.doc_type.value is None and subject.lower().startswith("v/v")
    )
    issuers = header.issuers or (header.issuer,)
    marks = (header.secrecy, header.urgency, header.circulation, header.copy_of)
    return Head(
        parent=printed_lines(header.issuer_parent),
        issuer=tuple(line for issuer in issuers for line in printed_lines(issuer)),
        national_name=header.national_name.value or "",
        motto=header.motto.value or "",
        number=number_line(header),
        about=subject if is_letter else "",
        place_date=place_and_date(header),
        marks=tuple(mark.value for mark in marks if mark.value),
        type_name="" if is_letter else (header.doc_type.value or "").upper(),
        subject="" if is_letter else subject,
        addressees=tuple(one.value for one in header.addressees if one.value),
        contact=header.contact.value or "",
    )


def printed_lines(field: Field) -> tuple[str, ...]:
    r"""The value in the lines of the paper, where the paper says the same as the value.

    >>> printed_lines(Field(value="TRƯỜNG THPT LÊ QUÝ ĐÔN", raw="TRƯỜNG THPT\nLÊ QUÝ ĐÔN", status="present"))
    ('TRƯỜNG THPT', 'LÊ QUÝ ĐÔN')
    """
    if not field.value:
        return ()
    lines = tuple(" ".join(line.split()) for line in (field.raw or "").splitlines() if line.strip())
    return lines if " ".join(lines) == field.value else (field.value,)


def number_line(header: Header) -> str:
    """Number and notation as they are printed; nothing where the document has neither.

    >>> present = lambda value: Field(value=value, raw=value, status="present")
    >>> number_line(Header(number=present("05"), notation=present("KH-UBND")))
    'Số: 05/KH-UBND'
    >>> number_line(Header(number=present("31"), notation=present("KH/HU")))
    'Số: 31-KH/HU'
    """
    code = joined_code(_written(header.number), header.notation.value)
    word = f"{header.doc_type.value} số" if header.doc_type.value in _LAWS else "Số"
    return f"{word}: {code}" if code else ""


def joined_code(number: str | None, notation: str | None) -> str:
    """Number and notation in one, as others cite the document.

    >>> joined_code("05", "KH-UBND"), joined_code("31", "KH/HU"), joined_code(None, "KH-UBND"), joined_code("12", None)
    ('05/KH-UBND', '31-KH/HU', 'KH-UBND', '12')
    """
    if not number or not notation:
        return number or notation or ""
    return f"{number}{'-' if _PARTY_NOTATION_RE.match(notation) else '/'}{notation}"


def place_and_date(header: Header) -> str:
    """Place and date as they are printed; nothing where the document has neither, as laws, which tell their day at the end.

    >>> place_and_date(Header(place=Field(value="Hà Nội", raw="Hà Nội", status="present")))
    'Hà Nội'
    """
    place = _written(header.place)
    if not place and header.doc_type.value in _LAWS:
        return ""
    return ", ".join(part for part in (place, date_in_words(header.issued_date)) if part)


def date_in_words(date: Field) -> str:
    """A date of issue in the decree's words: days below 10 and the months 1 and 2 have a nought before them.

    >>> date_in_words(Field(value="2024-03-05", raw="5/3/2024", status="present"))
    'ngày 05 tháng 3 năm 2024'
    >>> date_in_words(Field(value="2024-03", raw="ngày   tháng 3 năm 2024", status="present", blank_parts=("day",)))
    'ngày        tháng 3 năm 2024'
    """
    raw = " ".join((date.raw or "").split())
    if date.status == "blank":
        return f"ngày {_GAP} tháng {_GAP} năm {_GAP}".rstrip()
    if date.value is None:
        return f"{raw} {_UNREADABLE}" if date.status == "unreadable" else ""
    if not date.suggested and _PRINTED_DATE_RE.fullmatch(raw):
        return raw
    year, _, rest = date.value.partition("-")
    month, _, day = rest.partition("-")
    words = [f"năm {year}"]
    if month.isdecimal():
        words.insert(0, f"tháng {int(month):02d}" if int(month) < 3 else f"tháng {int(month)}")
    elif "month" in date.blank_parts:
        words.insert(0, f"tháng {_GAP}")
    if day:
        words.insert(0, f"ngày {day}")
    elif "day" in date.blank_parts:
        words.insert(0, f"ngày {_GAP}")
    return " ".join(words)


def _written(field: Field) -> str:
    """The value; a gap where it was left blank; what was made out of it, with a mark, where it cannot be read."""
    if field.status == "blank":
        return _GAP
    if field.status == "unreadable":
        return f"{' '.join((field.raw or '').split())} {_UNREADABLE}"
    return field.value or ""
