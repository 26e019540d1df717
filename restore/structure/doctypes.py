"""The kinds of documents and their codes, from ``dictionaries/document_types.tsv``."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from restore.language.resources import read_lines
from restore.structure.phrases import blankless

OFFICIAL_LETTER = "Công văn"


class DocumentType(NamedTuple):
    """A kind of document as Decree 30/2020/NĐ-CP and the law on legal documents name it.

    Attributes:
        code: its abbreviation in the notation (``KH``), None where it has none (công văn, luật).
        name: ``Kế hoạch``.
        aliases: other codes seen on paper, for reading only.
    """

    code: str | None
    name: str
    aliases: tuple[str, ...]


@cache
def document_types() -> tuple[DocumentType, ...]:
    """All kinds. A line of the file: code, name, aliases parted by ``;``, class, source; ``-`` is none."""
    types: list[DocumentType] = []
    for line in read_lines("document_types.tsv"):
        code, name, aliases, *_ = line.split("\t")
        types.append(
            DocumentType(
                None if code in ("-", "") else code,
                name,
                tuple(alias for alias in aliases.split(";") if alias not in ("-", "")),
            )
        )
    return tuple(types)


@cache
def _by_title() -> dict[str, DocumentType]:
    return {blankless(kind.name): kind for kind in document_types()}


@cache
def _by_code() -> dict[str, DocumentType]:
    # Two kinds share TT; the circular is by far the more frequent, and the party's thông tri is read by its
    # title.
    kinds = sorted(document_types(), key=lambda kind: kind.name == "Thông tri")
    codes: dict[str, DocumentType] = {}
    for kind in kinds:
        for code in (kind.code, *kind.aliases):
            if code:
                codes.setdefault(code, kind)
    return codes


# One wrong letter in a title of eight ("QUYETEINH"); short names must be exact.
_TITLE_RATIO = 85.0
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
    found = process.extractOne(key, _by_title().keys(), scorer=fuzz.ratio, score_cutoff=_TITLE_RATIO)
    return _by_title()[found[0]] if found else None


def type_of_code(notation: str) -> DocumentType | None:
    """The kind whose code opens a notation, a year before it left aside.

    >>> type_of_code("KH-UBND").name, type_of_code("2025/NĐ-CP").name, type_of_code("LĐLĐ") is None
    ('Kế hoạch', 'Nghị định', True)
    """
    parts = [part.strip() for part in notation.replace("/", "-").split("-")]
    for part in parts:
        if part.isdigit():
            continue
        return _by_code().get(part)
    return None
