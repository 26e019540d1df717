"""The word lists of ``dictionaries/``, each read once: cached functions, no managers.

All files are UTF-8, NFC, one entry a line, sorted; ``#`` opens a comment line, columns are parted by a tab
and ``-`` stands for "none". Words are in the old tone style (``hóa``); ``vietnamese.move_tone`` makes the
other one.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from restore.language.resources import read_lines

NONE = "-"


class Place(NamedTuple):
    """An administrative unit.

    Attributes:
        name: without its type ("Kiến An").
        kind: the type as written before the name ("Quận", "Thành phố").
        level: ``province``, ``district`` or ``commune``.
        era: ``before`` or ``from`` 1 July 2025, or ``both``.
        code: official code; codes live on where the unit does.
        parent_before: code of the district or province it lay in before, "" where it had none or did not
        exist. parent_from: code of the province it lies in from then on, "" likewise.
    """

    name: str
    kind: str
    level: str
    era: str
    code: str
    parent_before: str
    parent_from: str

    @property
    def full_name(self) -> str:
        """Name with its type: "Quận Kiến An"."""
        return f"{self.kind} {self.name}"


class Abbreviation(NamedTuple):
    """An abbreviation and one reading of it; one with several readings has several entries."""

    short: str
    reading: str
    source: str


class Agency(NamedTuple):
    """Name of an agency or office, and how many documents hold it as a whole name."""

    name: str
    documents: int


class DocumentType(NamedTuple):
    """A type of document.

    Attributes:
        code: what stands in the notation ("KH"), "" where the type has none.
        name: "Kế hoạch".
        aliases: other codes that are found for it; to read, never to write.
        group: ``hành chính``, ``quy phạm``, ``bản sao`` or ``đảng``.
        source: the rule that lists it.
        disputed: the ``aliases`` on which sources disagree; they yield to any other reading.
    """

    code: str
    name: str
    aliases: tuple[str, ...]
    group: str
    source: str
    disputed: tuple[str, ...] = ()


class NameSyllable(NamedTuple):
    """A syllable of personal names: in how many distinct names it stands first, between and last."""

    syllable: str
    surname: int
    middle: int
    given: int


class Phrase(NamedTuple):
    """A fixed line of documents as it is printed.

    Attributes:
        text: "TM. ỦY BAN NHÂN DÂN".
        role: ``national_name``, ``motto``, ``issuer``, ``title``, ``signer_authority``, ``signer_position``,
            ``heading``, ``opening``, ``recipients``, ``enacting`` ("QUYẾT ĐỊNH:") or ``marking`` (urgency,
            secrecy, circulation).
        documents: how many have it as a line; 0 where only the rules name it.
    """

    text: str
    role: str
    documents: int


def _rows(name: str) -> Iterator[list[str]]:
    for line in read_lines(name):
        yield line.split("\t")


def _blank(cell: str) -> str:
    return "" if cell == NONE else cell


@cache
def syllables() -> frozenset[str]:
    """Lower-case syllables in the old tone style, from ``syllables.txt``: one a line.

    Worked example, three syllables::

        an
        hóa
        đường

    >>> {"hóa", "nghiêng", "đường"} <= syllables(), "kiin" in syllables()
    (True, False)
    """
    return frozenset(read_lines("syllables.txt"))


@cache
def places() -> tuple[Place, ...]:
    """Provinces, districts and communes before and from 1 July 2025, from ``places.tsv``.

    Columns: name, type, level, era, code, parent's code before, parent's code from then on. Worked example, a
    district that is no more, and a commune that is new::

        Kiến An     Quận  district  before  306    31  -
        Mậu A       Xã    commune   from    04375  -   15

    >>> [place.full_name for place in places() if place.name == "Kiến An" and place.level == "district"]
    ['Quận Kiến An']
    """
    return tuple(map(to_place, read_lines("places.tsv")))


def to_place(line: str) -> Place:
    r"""The place in one line of ``places.tsv``, for who needs a few of the 13,600.

    >>> to_place("Kiến An\tQuận\tdistrict\tbefore\t307\t31\t-").full_name
    'Quận Kiến An'
    """
    return Place(*map(_blank, line.split("\t")))


@cache
def abbreviations() -> tuple[Abbreviation, ...]:
    """Abbreviations with their readings, from ``abbreviations.tsv``.

    Columns: abbreviation, reading, source. Worked example::

        HĐND  Hội đồng nhân dân  office

    >>> [entry.reading for entry in abbreviations() if entry.short == "HĐND"]
    ['Hội đồng nhân dân']
    """
    return tuple(Abbreviation(*row) for row in _rows("abbreviations.tsv"))


@cache
def abbreviation_forms() -> frozenset[str]:
    """The abbreviations of the dictionary, without their readings."""
    return frozenset(entry.short for entry in abbreviations())


@cache
def document_codes() -> frozenset[str]:
    """The codes of all document types and their aliases: QĐ, KH, TTr."""
    return frozenset(code for kind in document_types() for code in (kind.code, *kind.aliases) if code)


@cache
def agencies() -> tuple[Agency, ...]:
    """Names of agencies and offices, from ``agencies.tsv``.

    Columns: name, documents that hold it as a whole name. Worked example::

        Sở Tài chính  152

    >>> "Tổng Liên đoàn Lao động Việt Nam" in {agency.name for agency in agencies()}
    True
    """
    return tuple(Agency(name, int(count)) for name, count in _rows("agencies.tsv"))


@cache
def document_types() -> tuple[DocumentType, ...]:
    """Types of documents, from ``document_types.tsv``, sorted by name.

    Columns: code, name, aliases parted by ``;`` (with a ``?`` where sources disagree), group, source. Worked
    example, a type with and one without a code::

        QyĐ  Quy định   QĐi  hành chính  Nghị định 30/2020/NĐ-CP
        -    Công văn   CV?  hành chính  Nghị định 30/2020/NĐ-CP

    >>> [kind.name for kind in document_types() if kind.code == "KH"]
    ['Kế hoạch']
    """
    return tuple(
        _document_type(code, name, aliases, group, source)
        for code, name, aliases, group, source in _rows("document_types.tsv")
    )


def _document_type(code: str, name: str, aliases: str, group: str, source: str) -> DocumentType:
    marked = _blank(aliases).split(";") if _blank(aliases) else []
    disputed = tuple(alias.removesuffix("?") for alias in marked if alias.endswith("?"))
    return DocumentType(
        _blank(code), name, tuple(alias.removesuffix("?") for alias in marked), group, source, disputed
    )


@cache
def personal_name_syllables() -> dict[str, NameSyllable]:
    """Syllables of personal names by themselves, capitalised, from ``personal_names.txt``.

    Columns: syllable, distinct names it is the surname of, distinct names it stands inside, distinct names it
    ends. Worked example::

        Nguyễn  455  9  0

    >>> personal_name_syllables()["Nguyễn"].surname > 100, "Thực-hiện" in personal_name_syllables()
    (True, False)
    """
    return {
        syllable: NameSyllable(syllable, int(surname), int(middle), int(given))
        for syllable, surname, middle, given in _rows("personal_names.txt")
    }


@cache
def surnames() -> tuple[str, ...]:
    """The commonest surnames, at most a hundred, commonest first.

    >>> surnames()[:3]
    ('Nguyễn', 'Trần', 'Lê')
    """
    entries = (entry for entry in personal_name_syllables().values() if entry.surname)
    return tuple(
        entry.syllable for entry in sorted(entries, key=lambda entry: (-entry.surname, entry.syllable))
    )


@cache
def phrases() -> tuple[Phrase, ...]:
    """Fixed lines of documents as they are printed, from ``phrases.tsv``.

    Columns: phrase, role, documents that have it as a line. Worked example::

        Độc lập - Tự do - Hạnh phúc  motto  888

    >>> [phrase.text for phrase in phrases() if phrase.role == "motto"]
    ['Độc lập - Tự do - Hạnh phúc']
    """
    return tuple(Phrase(text, role, int(count)) for text, role, count in _rows("phrases.tsv"))
