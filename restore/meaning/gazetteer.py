"""The gazetteer by name: which administrative units a name can stand for, on a day, inside other units.

``dictionaries/places.tsv`` knows two states of the country: before and from 1 July 2025, when the districts went and
provinces and communes were merged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from restore.content import PlaceLevel
from restore.language.lexicon import Place, to_place
from restore.language.resources import read_lines
from restore.language.vietnamese import move_tone
from restore.structure.lines import fold

MERGER = "2025-07-01"
BEFORE, FROM = "before", "from"
LEVELS: tuple[PlaceLevel, ...] = ("province", "district", "commune")

# Blanks, hyphens and apostrophes are written in many ways: "Thừa Thiên - Huế", "Ea H'leo", "B' Lá".
_LOOSE = str.maketrans("", "", " -–'’.")


def era_of(iso: str | None) -> str | None:
    """The era of a day, month or year; None where there is no date or the year alone does not tell.

    >>> era_of("2025-06-30"), era_of("2025-07"), era_of("2025"), era_of(None)
    ('before', 'from', None, None)
    """
    if not iso or (len(iso) == 4 and MERGER.startswith(iso)):
        return None
    return BEFORE if iso < MERGER[: len(iso)] else FROM


@cache
def _lines() -> tuple[str, ...]:
    return read_lines("places.tsv")


@cache
def _lines_by_key() -> dict[str, list[str]]:
    lines = _lines()
    names = "\n".join([line[: line.index("\t")] for line in lines])
    keys = fold(names).translate(_LOOSE).split("\n")
    found: dict[str, list[str]] = {}
    for key, line in zip(keys, lines, strict=True):
        found.setdefault(key, []).append(line)
    return found


@lru_cache(maxsize=4096)
def places_named(name: str) -> tuple[Place, ...]:
    """All units of a name, however it is written; those with just its marks where there are any.

    A name of one syllable must have its marks: "Chủ" is not "Chũ".

    >>> [place.full_name for place in places_named("LÂM ĐỒNG")], places_named("Hội")
    (['Tỉnh Lâm Đồng'], ())
    >>> {place.full_name for place in places_named("Thừa Thiên - Huế")}, len(places_named("03")) > 1
    ({'Tỉnh Thừa Thiên Huế'}, True)
    """
    key = fold(name).translate(_LOOSE)
    lines = _lines_by_key().get(key)
    if lines is None and key.isdecimal():
        number = key.lstrip("0")
        lines = _lines_by_key().get(number, []) + _lines_by_key().get(f"0{number}", [])
    places = tuple(map(to_place, lines or ()))
    wanted = _spelling(name)
    exact = tuple(place for place in places if _spelling(place.name) == wanted)
    return exact or (places if len(name.split()) > 1 or key.isdecimal() else ())


def _spelling(name: str) -> str:
    words = name.lower().replace("-", " ").split()
    return "".join(move_tone(word, "old") for word in words).translate(_LOOSE)


@cache
def _province_of_district() -> dict[str, str]:
    districts = (to_place(line) for line in _lines() if "\tdistrict\t" in line)
    return {place.code: place.parent_before for place in districts}


@cache
def provinces() -> tuple[Place, ...]:
    """The 63 provinces and central cities before the merger, the 34 from then on."""
    return tuple(to_place(line) for line in _lines() if "\tprovince\t" in line)


def province_of(place: Place) -> Place | None:
    """The province or city that a unit lies in, in its own era; None for a province.

    >>> district, = (place for place in places_named("Kiến An") if place.kind == "Quận")
    >>> province_of(district).full_name
    'Thành phố Hải Phòng'
    """
    return next((one for one in provinces() if place.level != "province" and inside(place, one)), None)


def inside(place: Place, outer: Place) -> bool:
    """Whether a unit lies in another in some era in which both are, or is that unit.

    >>> district, = (place for place in places_named("Kiến An") if place.kind == "Quận")
    >>> ward, = places_named("Trần Thành Ngọ")
    >>> city, = places_named("Hải Phòng")
    >>> inside(ward, district), inside(ward, city), inside(city, ward)
    (True, True, False)
    """
    if place == outer:
        return True
    for era in _eras(place) & _eras(outer):
        parent = place.parent_before if era == BEFORE else place.parent_from
        if outer.code in (parent, _province_of_district().get(parent, "")) and outer.level != place.level:
            return True
    return False


def _eras(place: Place) -> set[str]:
    return {BEFORE, FROM} if place.era == "both" else {place.era}


def in_era(places: Sequence[Place], era: str | None) -> tuple[Place, ...]:
    """Those that were there in an era; all where none was, or the era is not known."""
    return tuple(place for place in places if era in _eras(place)) or tuple(places)


def within(places: Sequence[Place], outer: Iterable[Place]) -> tuple[Place, ...]:
    """Those that lie in one of the outer units."""
    outer = tuple(outer)
    return tuple(place for place in places if any(inside(place, one) for one in outer))
