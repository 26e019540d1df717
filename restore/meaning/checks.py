"""What a records clerk would ask about: what is blank or missing, what contradicts itself, what is out of order.

Every check would rather be silent than wrong: a document that is well made gets no warning. Whether a part is missing is asked
only of a text that has a head, for a page from the middle of a document has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from restore.document import Document, Field, Header, Reference, Signer, Warning
from restore.field import Provenance
from restore.meaning.abbreviations import initials, spell_out
from restore.meaning.sequences import Break, breaks
from restore.messages import message
from restore.structure.doctypes import OFFICIAL_LETTER, document_types, type_of_code
from restore.structure.lines import fold

# Kinds that lack a part, or have it in their running text (Decree 30/2020/NĐ-CP, Appendix III; the law on legal documents).
_LAWS = frozenset(("Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh", "Lệnh"))
_AGREED = frozenset(("Biên bản", "Hợp đồng", "Bản ghi nhớ", "Bản thỏa thuận", "Bản cam kết"))
_ANNEXED = frozenset(("Quy chế", "Quy định", "Điều lệ", "Đề án", "Dự án", "Phương án", "Chương trình"))
_PERSONAL = frozenset(("Thư công", "Giấy nghỉ phép", "Giấy ủy quyền"))
_WITHOUT: dict[str, frozenset[str]] = {
    "issuer": _AGREED,
    "number": _AGREED | _ANNEXED | _PERSONAL,
    "date": _AGREED | _ANNEXED | _LAWS,
    "type": frozenset(),
    "signer": _ANNEXED,
    "recipients": _AGREED | _ANNEXED | _LAWS | _PERSONAL | {"Văn bản hợp nhất"},
}
# A head has at least so many of its parts; running text may show one by chance.
_LEAST_HEAD = 3
# Codes that older rules, party offices and habit use for another type than Decree 30: "QĐ" of a party's Quy định, "TT" of a
# Tờ trình, "CT" of a Chương trình.
_OTHER_CODES = {
    "Quy định": {"QĐ"}, "Quy chế": {"QĐ", "QC"}, "Tờ trình": {"TT"}, "Chương trình": {"CT", "KH"}, "Chỉ thị": {"CTr"},
    "Thông tri": {"TTr"}, "Công điện": {"CV"}, "Nghị quyết liên tịch": {"NQ"}, "Thông tư liên tịch": {"TT"},
}  # fmt: skip
# In the notation of a letter stands its office ("TC-NSNN" of a Phòng Tài chính), so only these codes are no office there.
_NO_OFFICES = frozenset(("QĐ", "NQ", "NĐ"))
_DEPUTY_RE = re.compile(r"pho\b(?! giao su)")
_AUTHORITY_RE = re.compile(r"\b(?:k\.?t|t\.?m|t\.?l|t\.?u\.?q|q|k/t|t/m|t/l)\b[./]|\bthay mat\b")
_FILED_RE = re.compile(r"\b[Ll](?:ưu|uu|ưư)\b|\bLƯU\b")
_YEAR_RE = re.compile(r"((?:19|20)\d\d)/")
_FULL_DATE = 10  # characters of an ISO day
# Bodies whose abbreviation in a notation is theirs alone, by the words (folded) of which an issuer's name has one.
_BODIES: dict[str, tuple[str, ...]] = {
    "UBND": ("uy ban nhan dan", "ubnd"), "HĐND": ("hoi dong nhan dan", "hdnd"), "CP": ("chinh phu",),
    "TTg": ("thu tuong",), "UBTVQH": ("thuong vu quoc hoi",), "CTN": ("chu tich nuoc",),
}  # fmt: skip
_KNOWN_ISSUER_RE = re.compile(
    r"(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|so|bo|phong|chi cuc|cuc|truong|benh vien)\b"
)
_PARLIAMENT_RE = re.compile(r"quoc hoi$")  # whose laws and resolutions name no recipients
_NAMED = 6  # places in a message; the provenance has them all


def check(document: Document) -> tuple[Warning, ...]:
    """Warnings about a document that was read, one a code, each with all its places."""
    header = document.header
    return (
        *_blanks(header),
        *_notation(header),
        *_order(list(breaks(document)) if _has_head(header) else []),
        *_later(header.issued_date, document.references),
        *_signing(document),
        *_missing(document),
    )


def _warning(code: str, provenance: Iterable[Provenance], **values: object) -> Warning:
    return Warning(code=code, message=message(code, "en", **values), provenance=tuple(provenance))


def _blanks(header: Header) -> Iterator[Warning]:
    if header.number.status == "blank":
        yield _warning("number-blank", header.number.provenance)
    date = header.issued_date
    if date.status == "blank" or date.blank_parts:
        yield _warning("date-blank", date.provenance, raw=" ".join((date.raw or "").split()))


def _notation(header: Header) -> Iterator[Warning]:
    """The code and the office of the notation against the type and the issuer."""
    notation, kind = header.notation.value or "", header.doc_type.value or ""
    parts = [part for part in re.split(r"[-–/]", notation) if part and not part.isdecimal()]
    if not parts or header.notation.suggested:
        return
    other = _other_type(parts[0], kind)
    if other:
        yield _warning("notation-type", header.notation.provenance, notation=notation, kind=kind, other=other)
    offices = parts[1:] if len(parts) > 1 else parts
    if not header.issuers and _is_of_another(offices, header):
        issuer = header.issuer.value
        yield _warning("notation-issuer", header.notation.provenance, notation=notation, issuer=issuer)


@cache
def _types_by_code() -> dict[str, tuple[str, ...]]:
    types: dict[str, tuple[str, ...]] = {}
    for kind in document_types():
        for code in (kind.code, *kind.aliases):
            if code:
                types[code] = (*types.get(code, ()), kind.name)
    return types


def _other_type(code: str, kind: str) -> str | None:
    """The type that a code surely belongs to, if it is not the document's.

    >>> _other_type("QĐ", "Kế hoạch"), _other_type("KH", "Kế hoạch"), _other_type("UBND", "Kế hoạch")
    ('Quyết định', None, None)
    """
    types = _types_by_code().get(code, ())
    if not kind or not types or kind in types or code in _OTHER_CODES.get(kind, ()):
        return None
    if kind == OFFICIAL_LETTER and code not in _NO_OFFICES:
        return None
    known = type_of_code(code)
    return known.name if known else None


def _is_of_another(offices: Sequence[str], header: Header) -> bool:
    """Whether the offices of a notation are all known, and none is the issuer's."""
    names = [fold(field.value or "") for field in (header.issuer, header.issuer_parent)]
    if not _KNOWN_ISSUER_RE.match(names[0]):
        return False
    first = offices[0]
    if first in _BODIES:
        return not any(word in name for word in _BODIES[first] for name in names)
    read = spell_out(first)
    if read is None or not read.startswith(("Bộ ", "Sở ")):
        return False
    return not any(fold(read) in name for name in names) and initials(header.issuer.value or "") != first


def _order(found: Sequence[Break]) -> Iterator[Warning]:
    for code, sign in (("numbering-gap", " → "), ("numbering-repeat", " = ")):
        here = [one for one in found if one.fault == code]
        if here:
            named = [f"{_marker(one, 'before')}{sign}{_marker(one, 'after')}" for one in here[:_NAMED]]
            rest = " …" if len(here) > _NAMED else ""
            places = [place for one in here for place in one.after.provenance[:1]]
            yield _warning(code, places, places=", ".join(named) + rest)


def _marker(found: Break, side: str) -> str:
    section = found.before if side == "before" else found.after
    return (section.marker or section.number or "").strip()


def _later(issued: Field, references: Sequence[Reference]) -> Iterator[Warning]:
    """Documents cited that are younger than this one."""
    day = issued.value or ""
    if len(day) != _FULL_DATE or issued.suggested:
        return
    later = [one for one in references if not one.own and _is_later(one, day)]
    if later:
        named = ", ".join(" ".join((one.text.value or "").split()) for one in later[:_NAMED])
        yield _warning(
            "later-document", [place for one in later for place in one.text.provenance], named=named
        )


def _is_later(reference: Reference, day: str) -> bool:
    date = reference.date
    if date.value and not date.suggested:
        return len(date.value) == _FULL_DATE and date.value > day
    year = _YEAR_RE.match(reference.notation.value or "")
    return year is not None and not reference.notation.suggested and year[1] > day[:4]


def _signing(document: Document) -> Iterator[Warning]:
    """A deputy signs for somebody, and says so; who gets a document is told where it is kept."""
    closing, kind = document.closing, document.header.doc_type.value
    deputies = [one for one in closing.signers if _needs_authority(one)] if kind not in _AGREED else []
    if deputies:
        named = ", ".join(one.position.value or "" for one in deputies)
        places = [place for one in deputies for place in one.position.provenance]
        yield _warning("no-authority", places, position=named)
    kept = closing.filing.status != "absent" or any(
        _FILED_RE.search(one.value or "") for one in closing.recipients
    )
    if closing.recipients and not kept:
        yield _warning("no-filing", closing.recipients[-1].provenance)


def _needs_authority(signer: Signer) -> bool:
    position = fold(signer.position.value or "")
    return (
        signer.authority.status == "absent"
        and bool(_DEPUTY_RE.match(position))
        and not _AUTHORITY_RE.search(position)
    )


def _head(header: Header) -> dict[str, bool]:
    """Which parts of a head there are, blank or unreadable ones included."""
    return {
        "issuer": header.issuer.status != "absent" or bool(header.issuers),
        "number": header.number.status != "absent" or header.notation.status != "absent",
        "date": header.issued_date.status != "absent",
        "type": header.doc_type.status != "absent" or header.subject.status != "absent",
    }


def _has_head(header: Header) -> bool:
    parts, named = _head(header), header.national_name.status != "absent"
    if not (named or parts["number"] or (parts["issuer"] and parts["date"])):
        return False
    return sum(parts.values()) + named >= _LEAST_HEAD


def _missing(document: Document) -> Iterator[Warning]:
    """Parts that every document of the kind has."""
    header, closing = document.header, document.closing
    if not _has_head(header):
        return
    kind = header.doc_type.value or ""
    parts = _head(header)
    parts["signer"] = any(one.name.value or one.position.value for one in closing.signers)
    parts["recipients"] = bool(
        closing.recipients or header.addressees or _PARLIAMENT_RE.search(fold(header.issuer.value or ""))
    )
    missing = [part for part, there in parts.items() if not there and kind not in _WITHOUT[part]]
    if missing:
        named = ", ".join(message(f"component-{part}", "en") for part in missing)
        unnamed = closing.signers if "signer" in missing else ()
        places = [place for one in unnamed for place in one.authority.provenance]
        yield _warning("missing-component", places, parts=named)
