"""Offices that a document names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from restore.content import Abbreviation, Agency
from restore.document import Header
from restore.field import Field, Provenance
from restore.language.vietnamese import is_syllable
from restore.meaning.abbreviations import spell_out
from restore.meaning.gazetteer import province_of
from restore.meaning.office_names import HEADS, OfficeName, office_at
from restore.meaning.passages import Passages
from restore.meaning.places import home_units
from restore.structure.lines import CAPITALS, fold

_CAPITAL_RE = re.compile(rf"(?<![\w/&.–-])[{CAPITALS}][\w&]*")
_SHORT_RE = re.compile(rf"[{CAPITALS}]{{2,}}(?:&[{CAPITALS}]+)*")
# The place that an office is of, at the end of its name in the head.
_HOME_RE = re.compile(
    r"\b(?P<kind>tỉnh|thành phố|tp\.?|quận|huyện|thị xã|thị trấn|xã|phường|đặc khu)\s(?P<name>\d{1,2}|\w+(?:\s\w+){0,3})$"
)
_KINDS = {"tp": "thành phố", "tp.": "thành phố", "q.": "quận", "h.": "huyện", "p.": "phường"}
# Who acts for an office is no part of its name.
_HEAD_OF_OFFICE_RE = re.compile(
    r"^(?:CHỦ TỊCH|(?:TỔNG )?GIÁM ĐỐC|HIỆU TRƯỞNG|BỘ TRƯỞNG|(?:TỔNG )?CỤC TRƯỞNG|VIỆN TRƯỞNG)\s(?!NƯỚC\b)"
)
_PLAIN_RE = re.compile(r"[^a-z0-9]+")
# What these are called without a place is the one that speaks, where it is one of them.
_NAMELESS = frozenset(("uy ban nhan dan", "hoi dong nhan dan"))


@dataclass(slots=True)
class _Office:
    """An office while its mentions are counted."""

    name: Field
    full_name: str | None
    count: int = 0
    provenance: list[Provenance] = field(default_factory=list)

    def agency(self) -> Agency:
        return Agency(
            name=self.name, full_name=self.full_name, count=self.count, provenance=tuple(self.provenance)
        )


def find_agencies(
    passages: Passages, header: Header, abbreviations: Sequence[Abbreviation] = ()
) -> tuple[Agency, ...]:
    """The offices named, once each: the issuer with the one above it, then those of the body in the order of the text.

    One office is named in many ways ("UBND quận", "Ủy ban nhân dân quận Kiến An"); it is one where its full name is the same.
    Where several are meant at once ("UBND các phường"), none is named.

    Args:
        passages: of the document.
        header: of the document: its issuer and the place of the issuer.
        abbreviations: of the document, whose long forms are the first choice.
    """
    home = _home(header)
    longs = {one.short.value: one.long for one in abbreviations if one.short.value and one.long}
    found: dict[str, _Office] = {}
    for issuer in (header.issuer_parent, *(header.issuers or (header.issuer,))):
        if issuer.value:
            full = _full_name(issuer.value, "", home, longs)
            office = found.setdefault(_key(full or issuer.value), _Office(issuer, full))
            office.count += 1
            office.provenance += issuer.provenance
    speakers = list(found)[::-1]
    for name in _names(passages):
        printed = passages.text[name.start : name.end]
        full = _full_name(printed, name.kind, home, longs)
        key = _key(full or printed)
        if key in _NAMELESS:
            key = next((one for one in speakers if one.startswith(key)), key)
        if key not in found:
            found[key] = _Office(passages.field(name.start, name.end), full)
        found[key].count += 1
        found[key].provenance += passages.origin.provenance(passages.spans(name.start, name.end))
    return tuple(office.agency() for office in found.values())


def _names(passages: Passages) -> list[OfficeName]:
    """Where offices are named in the body, one after the other; headings in capitals do not show where a name ends."""
    text, end = passages.text, passages.body_end
    names: list[OfficeName] = []
    position = 0
    for match in _CAPITAL_RE.finditer(text, 0, end):
        if match[0] not in HEADS or match.start() < position:
            continue
        name = office_at(text, match.start(), end)
        if name is not None:
            position = name.end
            if not name.several and not text[name.start : name.end].isupper():
                names.append(name)
    return names


def _key(name: str) -> str:
    return _PLAIN_RE.sub(" ", fold(name)).strip()


def _home(header: Header) -> dict[str, str]:
    """The places that the issuer is of, by their types: {"quận": "quận Kiến An", "thành phố": "thành phố Hải Phòng"}."""
    home: dict[str, str] = {}
    for issuer in (header.issuer, header.issuer_parent):
        match = _HOME_RE.search(" ".join((issuer.value or "").lower().split()))
        if match:
            kind = _KINDS.get(match["kind"], match["kind"])
            home.setdefault(kind, f"{kind} {match['name'].title()}")
    for unit in home_units(header):
        for outer in (unit, province_of(unit)):
            if outer:
                home.setdefault(outer.kind.lower(), f"{outer.kind.lower()} {outer.name}")
    return home


def _full_name(name: str, kind: str, home: Mapping[str, str], longs: Mapping[str, str]) -> str | None:
    """The name with its abbreviations spelt out and its place named, None where that is how it stands.

    >>> _full_name("UBND quận", "quận", {"quận": "quận Kiến An"}, {}), _full_name("Sở Y tế", "", {}, {})
    ('Ủy ban nhân dân quận Kiến An', None)
    """
    full = _HEAD_OF_OFFICE_RE.sub("", name)
    spelt = _SHORT_RE.sub(lambda match: _spelt(match[0], longs), full)
    if full.isupper() and spelt != full:
        place = _HOME_RE.search(spelt.lower())
        rest = spelt[: place.start()] if place else spelt
        full = " ".join(word.capitalize() if word.isupper() else word for word in rest.split())
        full += f" {home.get(place['kind'], place[0])}" if place else ""
    elif kind:
        low = kind.lower()
        full = spelt[: -len(kind)] + home.get(_KINDS.get(low, low), kind)
    else:
        full = spelt
    return full if fold(full) != fold(name) else None


def _spelt(word: str, longs: Mapping[str, str]) -> str:
    if is_syllable(word.lower()):
        return word
    return longs.get(word) or spell_out(word) or word
