"""Codes of documents that an engine broke: ``771KH-UBND``, ``33-NQITW``, ``12120161NQ-CP``, and codes without their Đ.

The slash is what breaks; a reading needs a known type of document or, where there is none, the abbreviation of an office. D or Đ
is decided by the types, the dictionary and the document's own abbreviations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from restore.correct.abbreviations import Forms
from restore.correct.broken_dates import YEARS
from restore.correct.lookalikes import SLASH, figures, suggestion
from restore.edit import Edit
from restore.language import lexicon

# 32 of the 34 broken codes with a known type, and 18 of 19 that only lacked a Đ, stand so in an OCR reading of the same scans
# ("damaged", see weights.py): one kept a D that is Đ, the OCR reading misread the other two. The rest is a bound.
# UNTYPED: by hand, none was met.
TYPED, UNTYPED, STROKED = 0.9, 0.7, 0.9

_FREE = r"(?<![\w/.,'’-])"  # what stands behind other signs may be half of a number
_NUMBER = rf"{_FREE}(?P<number>[\dOolISZ]{{1,4}}(?P<suffix>[a-hjkmnp-rt-z]?))"
_TYPE = r"(?P<type>QH\d{1,2}|[A-ZĐ][A-Za-zĐđ]{1,3})"
_UNIT = r"[A-ZĐ][\wĐ&]*(?:\.[A-ZĐ][\wĐ&]*)*"
_UNITS = rf"(?:[-–]{_UNIT}|\ ?[-–]\ ?(?=[A-ZĐ]{{2}}){_UNIT})"
_STATE_RE = re.compile(rf"{_NUMBER}(?P<slash>\ ?{SLASH}\ ?){_TYPE}(?P<rest>{_UNITS}+)")
_PARTY_RE = re.compile(rf"{_NUMBER}\ ?-\ ?{_TYPE}(?P<slash>{SLASH})(?P<rest>[A-ZĐ]{{2}}[\w&]*(?:\.{_UNIT})*)")
_YEAR_RE = re.compile(
    rf"{_NUMBER}(?P<first>{SLASH})(?P<year>(?:19|20)\d\d)(?P<slash>{SLASH}){_TYPE}(?P<rest>{_UNITS}*)"
)
_OFFICE_RE = re.compile(
    r"(?<![\w/.,'’-])(?P<number>\d{1,4})(?P<slash>[fIl|]{1,2})(?P<rest>[A-ZĐ]{3,}(?:-[A-ZĐ]{2,})?)\b"
)
_WHOLE_RE = re.compile(
    rf"(?<![\w/])(?:(?P<number>\d{{1,6}}[a-z]?)\ ?(?:/(?:19|20)\d\d)?)?"
    rf"[/-]\ ?{_TYPE}(?P<rest>(?:{_UNITS}|/{_UNIT})*)"
    rf"|(?<=\w)(?P<bare>/{_TYPE.replace('type', 'type2')}(?P<rest2>{_UNITS}+))"
)
_PART_RE = re.compile(r"[^\W\d_][\w&]*")


def broken_codes(text: str) -> Iterator[Edit]:
    """Suggested codes, in no order, D and Đ as the types have them.

    >>> [(edit.before, edit.after) for edit in broken_codes("771KH-UBND, 33-NQITW, 301fILDLD")]
    [('771KH-UBND', '77/KH-UBND'), ('33-NQITW', '33-NQ/TW'), ('301fILDLD', '301/LDLD')]
    >>> [edit.after for edit in broken_codes("12120161NQ-CP")]
    ['12/2016/NQ-CP']
    """
    for match in _YEAR_RE.finditer(text):
        kind, number = known_type(match["type"]), _figures(match)
        whole = match["rest"] or match["type"].startswith("QH")
        if kind and whole and int(match["year"]) in YEARS and _is_number(number):
            yield from _edit(match, f"{number}/{match['year']}/{kind}{_closed(match['rest'])}", TYPED)
    for match in _STATE_RE.finditer(text):
        kind, number = known_type(match["type"]), _figures(match)
        broken = match["slash"].strip() != "/" or number != match["number"]
        if kind and broken and _is_number(number):
            yield from _edit(match, f"{number}/{kind}{_closed(match['rest'])}", TYPED)
    for match in _PARTY_RE.finditer(text):
        kind, number = known_type(match["type"]), _figures(match)
        broken = match["slash"] != "/" or number != match["number"]
        if kind and broken and _is_number(number):
            yield from _edit(match, f"{number}-{kind}/{match['rest']}", TYPED)
    for match in _OFFICE_RE.finditer(text):
        if _plain(match["rest"].partition("-")[0]) in offices():
            yield from _edit(match, f"{match['number']}/{match['rest']}", UNTYPED)


def _edit(match: re.Match[str], after: str, confidence: float) -> Iterator[Edit]:
    if after != match[0]:
        yield suggestion(match.start(), match[0], after, confidence)


def _figures(match: re.Match[str]) -> str:
    """The number of a code; the letter behind it, of an inserted document, stays."""
    return figures(match["number"].removesuffix(match["suffix"])) + match["suffix"]


def _closed(rest: str) -> str:
    return re.sub(r"\s", "", rest)


def _is_number(number: str) -> bool:
    """Whether a code may have this number: with a digit in it that is not 0."""
    return number.rstrip("abcdefghijklmnopqrstuvwxyz").isdecimal() and number.strip("0") != ""


def _plain(code: str) -> str:
    return code.replace("Đ", "D")


@cache
def _types() -> dict[str, str]:
    """Codes of document types by themselves and, where that is no other's, without their Đ."""
    codes = lexicon.document_codes()
    return {_plain(code): code for code in codes} | {code: code for code in codes}


def plain_types() -> frozenset[str]:
    """The codes of document types as they are met, with Đ and without."""
    return frozenset(_types())


@cache
def offices() -> frozenset[str]:
    """The dictionary's abbreviations without Đ."""
    return frozenset(_plain(form) for form in lexicon.abbreviation_forms())


def known_type(code: str) -> str | None:
    """The code of a type of document with its Đ, None if there is no such type.

    >>> known_type("QD"), known_type("HD"), known_type("KH"), known_type("XY")
    ('QĐ', 'HD', 'KH', None)
    """
    return code if re.fullmatch(r"QH\d{1,2}", code) else _types().get(code)


def kept_codes(text: str) -> Iterator[tuple[int, int]]:
    """Spans of codes that are whole: whatever surrounds them, no reading may reach into them.

    >>> [text[a:b] for text in ("so 27-KH/TU, 5/BC-X",) for a, b in kept_codes(text)]
    ['27-KH/TU', '5/BC-X']
    """
    return ((start, start + len(code)) for start, code in _whole_codes(text))


def _whole_codes(text: str) -> Iterator[tuple[int, str]]:
    """Where codes with a known type stand; of one with an unread number what follows it."""
    for match in _WHOLE_RE.finditer(text):
        if match["bare"]:
            if known_type(match["type2"]):
                yield match.start("bare"), match["bare"]
        elif match["rest"] and known_type(match["type"]):
            yield match.start(), match[0]


def stroked_codes(text: str, broken: Sequence[Edit], forms: Forms) -> Iterator[Edit]:
    """The suggestions of a text, broken codes and whole ones with Đ where types, dictionary and document have it.

    >>> list(stroked_codes("12/QĐ-UBND", [], Forms({})))
    []
    >>> [(edit.before, edit.after) for edit in stroked_codes("61/2018/ND-CP, 324/QD-UBND", [], Forms({}))]
    [('61/2018/ND-CP', '61/2018/NĐ-CP'), ('324/QD-UBND', '324/QĐ-UBND')]
    """
    taken = {place for edit in broken for place in range(edit.start, edit.end)}
    for edit in broken:
        yield edit.model_copy(update={"after": stroked(edit.after, forms)})
    for start, code in _whole_codes(text):
        after = stroked(code, forms)
        if after != code and taken.isdisjoint(range(start, start + len(code))):
            yield suggestion(start, code, after, STROKED)


def stroked(code: str, forms: Forms) -> str:
    """A code with Đ in its type and its offices; one that has a Đ already was read by an engine that knows it.

    >>> stroked("12/QD-LDLD", Forms({}))
    '12/QĐ-LDLD'
    """
    if "Đ" in code:
        return code
    first = _PART_RE.search(code)
    if first is None:
        return code
    kind = known_type(first[0]) or _stroked_office(first[0], forms)
    rest = _PART_RE.sub(lambda part: _stroked_office(part[0], forms), code[first.end() :])
    return code[: first.start()] + kind + rest


def _stroked_office(part: str, forms: Forms) -> str:
    form = forms.resolve(part)
    return form.text if form is not None else part
