"""Which kind of document a title or a code names (``dictionaries/document_types.tsv``)."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from restore.language.lexicon import DocumentType
from restore.language.lexicon import document_types as document_types
from restore.structure.phrases import blankless

OFFICIAL_LETTER = "Công văn"


@cache
def type_named(name: str) -> DocumentType:
    """The kind of this very name.

    Raises:
        KeyError: there is none.

    >>> type_named("Kế hoạch").code
    'KH'
    """
    return {kind.name: kind for kind in document_types()}[name]


@cache
def _by_title() -> dict[str, DocumentType]:
    return {blankless(kind.name): kind for kind in document_types()}


@cache
def _by_code(party: bool) -> dict[str, DocumentType]:
    """The kinds by code: a kind's own before what is read for another, and what sources disagree on last.

    The party and the state share some codes; TT is a circular of the state and a notice of the party.
    """
    codes: dict[str, DocumentType] = {}
    kinds = sorted(document_types(), key=lambda kind: (kind.group == "đảng") != party)
    for kind in kinds:
        if kind.code:
            codes.setdefault(kind.code, kind)
    for disputed in (False, True):
        for kind in kinds:
            for alias in kind.aliases:
                if (alias in kind.disputed) == disputed:
                    codes.setdefault(alias, kind)
    return codes


# One wrong letter in a title of seven to nine ("QUYETEINH"), two in a longer one; shorter names must be exact.
_SIMILAR_TITLE = 0.8
_SHORTEST_FUZZY = 7


def type_of_title(title: str) -> DocumentType | None:
    """The kind that a line names, or None.

    >>> type_of_title("KẾ HOẠCH").code, type_of_title("QUYẾT ĐỊNI").name, type_of_title("CHỦ TỊCH") is None
    ('KH', 'Quyết định', True)
    """
    key = blankless(title)
    exact = _by_title().get(key)
    if exact or len(key) < _SHORTEST_FUZZY:
        return exact
    found = process.extractOne(
        key, _by_title().keys(), scorer=Levenshtein.normalized_similarity, score_cutoff=_SIMILAR_TITLE
    )
    return _by_title()[found[0]] if found else None


# Committees of the party by their rank: trung ương, tỉnh ủy, huyện ủy, quận ủy, đảng ủy, chi bộ; their bodies before it.
_PARTY_RE = re.compile(r"\s*/\s*[A-ZĐ]*(?:TW|TU|HU|QU|ĐU(?:QS|CA|BP|K)?|CB|ĐH|BCSĐ|ĐĐ)(?:-|$)")


def type_of_code(notation: str) -> DocumentType | None:
    """The kind whose code opens a notation, a year before it left aside; the party sets a stroke after the code.

    >>> [type_of_code(notation).name for notation in ("KH-UBND", "2025/NĐ-CP", "TT-BTC", "TT/TU")]
    ['Kế hoạch', 'Nghị định', 'Thông tư', 'Thông tri']
    >>> type_of_code("LĐLĐ") is None
    True
    """
    rest = notation.strip()
    year, stroke, after = rest.partition("/")
    if stroke and year.strip().isdigit():
        rest = after.strip()
    ends = [place for sign in "/-" if (place := rest.find(sign)) >= 0]
    end = min(ends, default=len(rest))
    return _by_code(bool(_PARTY_RE.match(rest, end))).get(rest[:end].strip())
