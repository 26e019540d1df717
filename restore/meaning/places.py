"""Places of the gazetteer, as they stood on the date of the document.

A place is named with its type ("quận Kiến An", "các xã Tân Thành, Hiệp An"), or it is a province by its bare name ("Lâm
Đồng"). Which of several units of one name is meant, the chain tells ("xã X, huyện Y, tỉnh Z"), or else where the document
is from: the place in its head and its issuer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from restore.content import Place, PlaceLevel
from restore.document import Header
from restore.field import Field
from restore.language.lexicon import Place as Unit
from restore.language.lexicon import surnames
from restore.meaning import gazetteer
from restore.meaning.gazetteer import LEVELS, in_era, places_named, within
from restore.meaning.passages import BOUNDARY, Passages
from restore.structure.lines import CAPITALS, Span, fold

# Types as they are written before a name: the levels they can stand for.
_KINDS: dict[str, tuple[str, ...]] = {
    "tỉnh": ("Tỉnh",), "thành phố": ("Thành phố",), "tp": ("Thành phố",), "quận": ("Quận",), "q": ("Quận",),
    "huyện": ("Huyện",), "h": ("Huyện",), "thị xã": ("Thị xã",), "tx": ("Thị xã",), "thị trấn": ("Thị trấn",),
    "tt": ("Thị trấn",), "xã": ("Xã",), "x": ("Xã",), "phường": ("Phường",), "p": ("Phường",),
    "đặc khu": ("Đặc khu",),
}  # fmt: skip
_LEVELS_OF: dict[str, tuple[PlaceLevel, ...]] = {
    "Tỉnh": ("province",), "Thành phố": ("province", "district"), "Quận": ("district",), "Huyện": ("district",),
    "Thị xã": ("district",), "Thị trấn": ("commune",), "Xã": ("commune",), "Phường": ("commune",),
    "Đặc khu": ("commune",),
}  # fmt: skip
_WORD = rf"[{CAPITALS}][\w'’]*"
_RUN = rf"{_WORD}(?:(?:\s?[-–]\s?|'?\s){_WORD})*"
_TYPED_RE = re.compile(
    rf"""(?<!\w)(?:(?P<kind>
    [Tt]ỉnh|TỈNH|[Tt]hành\sphố|Thành\sPhố|THÀNH\sPHỐ|[Qq]uận|QUẬN|[Hh]uyện|HUYỆN|[Tt]hị\sxã|THỊ\sXÃ|[Tt]hị\strấn|THỊ\sTRẤN
    |[Xx]ã|XÃ|[Pp]hường|PHƯỜNG|[Đđ]ặc\skhu|ĐẶC\sKHU|T[Pp](?=[.\s])|TX(?=[.\s])|TT(?=[.\s])|[QHXP](?=\.)
    )(?P<colon>:)?\.?\s*(?P<name>{_RUN}|(?<=[ngQP][\s.])\d{{1,2}}\b(?![/.,]\d))|T[Pp]\.?\s?(?P<saigon>HCM)\b)""",
    re.VERBOSE,
)
_RUN_RE = re.compile(_RUN)
_CUT_RE = re.compile(r"\s?[-–]\s?|\s")
_DASH_RE = re.compile(r"(\s?[-–]\s?)")
_BEFORE_SENTENCE = f'{BOUNDARY}.;:-–+•"“('  # the empty string, too: the beginning of the text
_NEXT_OF_LIST_RE = re.compile(rf"\s*(?:[,;]|\bvà\b)\s*(?P<name>\d{{1,2}}\b(?![/.,%]\d)|{_RUN})")
_PLURAL_RE = re.compile(r"(?:\b(?:các|những|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)|\d)\s$", re.IGNORECASE)
_LINK_RE = re.compile(r"[\s,(–-]*(?:(?:thuộc|của|trực thuộc|địa bàn)\s+)*[\s,(–-]*$", re.IGNORECASE)
_LONGEST_LINK = 40
# Words that stand before what is no province: persons, streets, waters ("đường Điện Biên Phủ" is no run of its own).
_NO_PLACE_RE = re.compile(
    r"\b(?:ong|ba|anh|chi|em|dong chi|duong|pho|ngo|song|kenh|dao|vinh|nui|cau|cho|khach san|ho|ten|quang truong)\s$"
)
# An office may begin a capitalised run that ends with its province.
_OFFICE_RE = re.compile(
    rf"(?:Sở|Ban|Phòng|Cục|Chi|Đại|Trường|Viện|Tòa|Toà|Đài|Báo|Hội|[{CAPITALS}&]{{2,}})\b"
)
# Names that mean a man or an idea when no type stands before them.
_NEVER_BARE = frozenset({"Hồ Chí Minh", "Huế"})
_CAPITAL = "Hà Nội"
_DATE_RE = re.compile(r"\b\d{1,2}[/.-](?P<month>\d{1,2})[/.-](?P<year>20\d\d)\b")
_LONG_DATE_RE = re.compile(r"\bthang (?P<month>\d{1,2}) nam (?P<year>20\d\d)\b")


@dataclass(frozen=True, slots=True)
class _Mention:
    """A name where it stands in a text, and the units that it can be.

    Attributes:
        start: of the type, or of the name where there is none.
        name: where the name stands.
        units: of this name, level and era.
        same_kind: their type is the one printed.
        listed: the name follows others of its kind ("các xã A, B").
        sure: the chain of names or the home of the document tells which unit it is.
    """

    start: int
    name: Span
    units: tuple[Unit, ...]
    same_kind: bool = True
    listed: bool = False
    sure: bool = False

    @property
    def level(self) -> PlaceLevel:
        return min((_level(unit) for unit in self.units), key=LEVELS.index)

    @property
    def code(self) -> str | None:
        return self.units[0].code if self.sure and len(self.units) == 1 else None


def find_places(passages: Passages, header: Header) -> tuple[Place, ...]:
    """The places that subject, legal bases and body name, once each, in the order of the text.

    Args:
        passages: of the document.
        header: its date chooses the gazetteer, its issuer and place tell where an ambiguous name lies. Without a date
            the newest one in the text decides, and without any, units of both eras may be meant.
    """
    era = gazetteer.era_of(header.issued_date.value) or _era_of_text(passages)
    home = home_units(header, era)
    text = passages.text[: passages.body_end]
    typed = list(_typed(text, era))
    taken = {mention.name.start for mention in typed}
    mentions = sorted([*typed, *_bare(text, era, taken)], key=lambda mention: mention.start)
    found: list[Place] = []
    for mention in _settled(text, mentions, home):
        printed = text[slice(*mention.name)]
        value = mention.units[0].name if printed.isupper() else None
        found.append(
            Place(
                name=passages.field(*mention.name, value),
                level=mention.level,
                code=mention.code,
                section_id=passages.section_id(mention.start),
            )
        )
    return _once(found)


def _era_of_text(passages: Passages) -> str | None:
    months = [*_DATE_RE.finditer(passages.text), *_LONG_DATE_RE.finditer(passages.folded)]
    newest = max((f"{match['year']}-{int(match['month']):02d}" for match in months), default=None)
    return gazetteer.era_of(newest)


def _level(unit: Unit) -> PlaceLevel:
    return next(level for level in LEVELS if level == unit.level)


def _typed(text: str, era: str | None) -> Iterator[_Mention]:
    """Names that follow their type, and those that follow them in a list."""
    position = 0
    while match := _TYPED_RE.search(text, position):
        position = match.end("kind") if match["kind"] else match.end()
        kinds = _KINDS[" ".join(match["kind"].lower().split())] if match["kind"] else ("Thành phố",)
        mention = _longest(text, match.start(), match.span("name" if match["kind"] else "saigon"), kinds, era)
        plural = bool(_PLURAL_RE.search(text, max(0, match.start() - 7), match.start()))
        if match["colon"] and not plural:
            continue  # "Tại cấp xã: Chủ tịch …"
        while mention:
            yield mention
            position = mention.name.end
            following = _NEXT_OF_LIST_RE.match(text, position) if plural else None
            span = following.span("name") if following else None
            mention = _longest(text, span[0], span, kinds, era, listed=True) if span else None


def _longest(
    text: str,
    start: int,
    run: tuple[int, int],
    kinds: tuple[str, ...],
    era: str | None,
    *,
    listed: bool = False,
) -> _Mention | None:
    """The longest beginning of a run of capitalised words that is a name of one of the types, or of their level."""
    levels = {level for kind in kinds for level in _LEVELS_OF[kind]}
    name = text[slice(*run)]
    if name == "HCM":
        name, cuts = "Hồ Chí Minh", []
    else:
        cuts = [match.start() for match in _CUT_RE.finditer(name)]
    for length in (len(name), *reversed(cuts)):
        units = [unit for unit in places_named(name[:length]) if unit.level in levels]
        if units:
            exact = [unit for unit in units if unit.kind in kinds]
            end = run[1] if not cuts and length == len(name) else run[0] + length
            return _Mention(
                start, Span(run[0], end), in_era(exact or units, era), same_kind=bool(exact), listed=listed
            )
    return None


@cache
def _province_names() -> frozenset[str]:
    names = {unit.name for unit in gazetteer.provinces()} - _NEVER_BARE
    return frozenset(names | {name.upper() for name in names})


def _bare(text: str, era: str | None, taken: set[int]) -> Iterator[_Mention]:
    """Provinces by their bare names."""
    names = _province_names()
    for match in _RUN_RE.finditer(text):
        run = match[0]
        if " " not in run:
            continue
        for start, end in _pieces(run, opens=_opens_sentence(text, match.start())):
            if run[start:end] not in names or match.start() + start in taken:
                continue
            if not start and _NO_PLACE_RE.search(fold(text[max(0, match.start() - 12) : match.start()])):
                continue
            units = tuple(unit for unit in places_named(run[start:end]) if unit.level == "province")
            name = Span(match.start() + start, match.start() + end)
            yield _Mention(name.start, name, in_era(units, era))


def _opens_sentence(text: str, start: int) -> bool:
    return text[max(0, start - 2) : start].rstrip(" ")[-1:] in _BEFORE_SENTENCE


def _pieces(run: str, *, opens: bool = False) -> list[tuple[int, int]]:
    """Where in a capitalised run the name of a province may stand: the whole, what a dash parts, the end after an office.

    Args:
        run: capitalised words.
        opens: its first word has its capital from the beginning of a sentence.

    >>> run = "Tuyến Hà Nội - Hải Phòng"
    >>> [run[start:end] for start, end in _pieces(run, opens=True)]
    ['Tuyến Hà Nội - Hải Phòng', 'Tuyến Hà Nội', 'Hải Phòng', 'Hà Nội']
    """
    found = [(0, len(run))]
    if "-" in run or "–" in run:
        offset = 0
        for piece in _DASH_RE.split(run):
            found.append((offset, offset + len(piece)))
            offset += len(piece)
        found = found[:1] + found[1::2]
    first = run.split(" ", 1)[0]
    if _OFFICE_RE.match(run):
        cuts = [match.end() for match in _CUT_RE.finditer(run)]
        found += [(cut, len(run)) for cut in cuts[-3:]]
    elif opens and first not in surnames():
        found.append((len(first) + 1, found[:2][-1][1]))
    return found


def _settled(text: str, mentions: Sequence[_Mention], home: Sequence[Unit]) -> list[_Mention]:
    """Each name with the units that are left by its chain, or else by the home of the document."""
    settled: list[_Mention] = []
    following: _Mention | None = None
    outer: tuple[Unit, ...] = ()
    for mention in reversed(mentions):
        near = following and following.start - mention.name.end <= _LONGEST_LINK
        if not (following and near and _LINK_RE.match(text[mention.name.end : following.start])):
            outer = ()
        elif LEVELS.index(following.level) < LEVELS.index(mention.level):
            outer = following.units
        elif not following.listed:
            outer = ()
        following = _narrowed(mention, outer, home)
        settled.append(following)
    return settled[::-1]


def _narrowed(mention: _Mention, outer: Sequence[Unit], home: Sequence[Unit]) -> _Mention:
    """The mention with what its chain leaves of its units; a chain that fits none leaves it unsure."""
    if outer:
        inner = within(mention.units, outer)
        return replace(mention, units=inner or mention.units, sure=bool(inner))
    if mention.units[0].level == "province":
        return replace(mention, sure=True)
    near = within(mention.units, [unit for unit in home if unit not in mention.units] or home)
    if near:
        return replace(mention, units=near, sure=mention.same_kind)
    # A commune of the only such name may well be another, of a name that is no more.
    return replace(mention, sure=mention.same_kind and (mention.level == "district" or not home))


def home_units(header: Header, era: str | None = None) -> list[Unit]:
    """The units that issuer and place of the head are of, as far as they are sure.

    Args:
        header: of the document.
        era: of the gazetteer, where the date of the head does not tell it.
    """
    era = gazetteer.era_of(header.issued_date.value) or era
    home: list[Unit] = []
    named: set[str] = set()
    for field in (header.issuer_parent, header.issuer, *header.issuers):
        text = field.value or ""
        typed = list(_typed(text, era))
        taken = {mention.name.start for mention in typed}
        for mention in _settled(text, [*typed, *_bare(text, era, taken)], home):
            named.add(fold(mention.units[0].name))
            if mention.code:
                home.append(mention.units[0])
    place = _place_of_issue(header.place, era, home)
    # The ministries sit in Hà Nội and speak of the whole country.
    if place and fold(place.units[0].name) not in named and place.units[0].name != _CAPITAL:
        place = _narrowed(place, (), home)
        home += [place.units[0]] if place.code else []
    return home


def _place_of_issue(field: Field, era: str | None, home: Sequence[Unit]) -> _Mention | None:
    """The place in front of the date: a name, mostly without its type."""
    name = (field.value or "").strip(" ,.")
    typed = next(iter(_typed(name, era)), None)
    if typed or not name:
        return typed
    units = in_era(places_named(name), era)
    near = [unit for unit in home if unit in units] or within(units, home)
    units = tuple(near) or units
    if not units:
        return None
    level = min((unit.level for unit in units), key=LEVELS.index)
    return _Mention(0, Span(0, len(name)), tuple(unit for unit in units if unit.level == level))


def _once(places: Iterable[Place]) -> tuple[Place, ...]:
    """Each unit at its first place; a name that is unsure counts for the same name where that is sure."""
    groups: dict[tuple[str, str], list[Place]] = {}
    order: list[Place] = []
    for place in places:
        group = groups.setdefault((place.level, fold(place.name.value or "")), [])
        known = [one for one in group if one.code == place.code or place.code is None]
        if known:
            continue
        unsure = next((one for one in group if one.code is None), None)
        if unsure is not None:
            settled = unsure.model_copy(update={"code": place.code})
            group[group.index(unsure)] = settled
            order[order.index(unsure)] = settled
            continue
        group.append(place)
        order.append(place)
    return tuple(order)
