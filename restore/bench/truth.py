"""What hand-checked documents say (``fields.json``) and what was found in them, as items that can be compared.

The keys are those of ``tests/cases/structure/README.md``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from restore.content import Deadline, Reference
from restore.document import Document, Section
from restore.field import Field

Item = tuple[str | int | bool | None, ...]

_QUOTES = str.maketrans({"“": '"', "”": '"', "–": "-", "—": "-", "‘": "'", "’": "'"})
_TASK_WORDS = 6
_QUOTE_WORDS = 4
# The marker of a quoted section is in its number, not in its words.
_MARKER_RE = re.compile(r"^[\"“]?(?:Điều \d+\w?[.:]?|\d+\w?[.)]|[a-zđ]\d?\))\s*")
# A text shorter than this is a number, a code or a date: alike means equal there.
_SHORTEST_SIMILAR = 12


class Counts(NamedTuple):
    """How many items are right, how many were found and how many there are."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: object) -> Counts:
        """The counts of both."""
        assert isinstance(other, Counts)
        return Counts(self.right + other.right, self.found + other.found, self.wanted + other.wanted)

    @property
    def precision(self) -> float:
        """Right ones among those found; 1 where none was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Right ones among those that are there; 1 where there is none."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 1.0


def plain(value: str) -> str:
    """A value for comparison: white space folded, straight quotes and dashes, end marks left aside.

    >>> plain("Như  trên;"), plain("“Xanh” – sạch./.")
    ('Như trên', '"Xanh" - sạch')
    """
    return " ".join(value.translate(_QUOTES).split()).rstrip(" ;.,:/")


def compare(
    wanted: Sequence[Item], found: Sequence[Item], least: float
) -> tuple[Counts, list[Item], list[Item]]:
    """Counts, what is missed and what is too much; each item is matched once.

    Args:
        wanted: the truth.
        found: what was read.
        least: how similar long texts must be, 1 for equal.

    >>> compare([("a",), ("b",)], [("b",), ("c",)], 1.0)
    (Counts(right=1, found=2, wanted=2), [('a',)], [('c',)])
    """
    left = list(found)
    missed: list[Item] = []
    for item in wanted:
        match = next((other for other in left if _alike(item, other, least)), None)
        if match is None:
            missed.append(item)
        else:
            left.remove(match)
    return Counts(len(wanted) - len(missed), len(found), len(wanted)), missed, left


def _alike(one: Item, other: Item, least: float) -> bool:
    return len(one) == len(other) and all(
        a == b
        or (
            least < 1
            and isinstance(a, str)
            and isinstance(b, str)
            and min(len(a), len(b)) >= _SHORTEST_SIMILAR
            and fuzz.ratio(a, b) >= 100 * least
        )
        for a, b in zip(one, other, strict=True)
    )


def _texts(values: object) -> list[Item]:
    """Items of a truth that is a text, a list of texts, or null."""
    if not values:
        return []
    return [(plain(str(value)),) for value in (values if isinstance(values, list) else [values])]


def _fields(fields: Iterable[Field]) -> list[Item]:
    return [(plain(field.value),) for field in fields if field.value]


def _numbered(
    sections: Sequence[Section], path: tuple[str, ...] = ()
) -> Iterator[tuple[Section, tuple[str, ...]]]:
    """The numbered sections of a tree with their paths of numbers, quotations left out."""
    for section in sections:
        if section.quoted:
            continue
        if section.number is None:
            if section.kind == "paragraph":
                yield from _numbered(section.children, path)
            continue
        number = f"Điều {section.number}" if section.kind == "article" else section.number
        yield section, (*path, number)
        yield from _numbered(section.children, (*path, number))


def _body(document: Document) -> Sequence[Section]:
    """The document's own sections: what is annexed hangs under a heading at the end of the tree."""
    annexes = {component.section_id for component in document.components if component.kind == "appendix"}
    return [section for section in document.sections if section.id not in annexes]


def _outline(document: Document) -> list[Item]:
    return [
        (len(path), path[-1], plain(section.title or section.text))
        for section, path in _numbered(_body(document))
    ]


def _wanted_outline(rows: object) -> list[Item]:
    return [
        (row["level"], row["number"], plain(row.get("title") or row.get("text") or "")) for row in _rows(rows)
    ]


def _repairs(rows: object) -> list[Item]:
    return [(row["number"], row["raw"]) for row in _rows(rows) if row.get("raw")]


def _rows(rows: object) -> list[dict[str, Any]]:
    return list(rows) if isinstance(rows, list) else []


def _reference(reference: Reference) -> Item:
    values = (reference.doc_type, reference.number, reference.notation, reference.date, reference.locator)
    return (*(plain(one.value) if one.value else None for one in values), reference.own)


def _wanted_reference(row: Mapping[str, Any]) -> Item:
    names = ("doc_type", "number", "notation", "date", "locator")
    return (*(plain(str(row[name])) if row.get(name) else None for name in names), bool(row.get("own")))


def _deadline(deadline: Deadline) -> Item:
    value = deadline.date.value or deadline.period or deadline.recurrence
    return deadline.kind, value, deadline.working_days


def _wanted_deadline(row: Mapping[str, Any]) -> Item:
    value = row.get("date") or row.get("period") or row.get("recurrence")
    return str(row["kind"]), value, bool(row.get("working_days"))


def _opening(text: str, words: int = _TASK_WORDS) -> str:
    return plain(" ".join(plain(text).lower().split()[:words]))


def _targets(document: Document) -> list[Item]:
    paths = {section.id: "/".join(path) for section, path in _numbered(_body(document))}
    return [_from_article(paths[one.target_id]) for one in document.references if one.target_id in paths]


def _from_article(path: str) -> Item:
    """A path without the chapters that an article stands in: articles are numbered through.

    >>> _from_article("II/1/Điều 4/2"), _from_article("III/2")
    (('Điều 4/2',), ('III/2',))
    """
    return (path[max(path.find("Điều "), 0) :],)


CHECKS = frozenset({
    "number-blank", "date-blank", "notation-type", "notation-issuer", "numbering-gap", "numbering-repeat",
    "no-filing", "later-document", "no-authority", "missing-component",
})  # fmt: skip


def _long(form: str | None) -> str | None:
    """A long form as it is compared: documents print the same words with and without commas and capitals."""
    return (form or "").lower().replace(",", "") or None


Find = Callable[[Document], list[Item]]
Want = Callable[[Any], list[Item]]


def _head(name: str) -> Find:
    return lambda document: _fields([getattr(document.header, name)])


def _end(name: str) -> Find:
    return lambda document: _fields([getattr(document.closing, name)])


_HEAD = (
    "national_name", "motto", "issuer_parent", "issuer", "number", "notation", "place", "doc_type",
    "doc_type_code", "subject", "urgency", "secrecy", "circulation", "copy_of", "drafter", "contact",
)  # fmt: skip
_END = ("signer_authority", "signer_position", "signer_name", "filing", "digital_signature")
_STATUS_FIELDS = ("number", "notation", "issued_date", "place")


def _statuses(document: Document) -> list[Item]:
    fields = ((name, getattr(document.header, name)) for name in _STATUS_FIELDS)
    return [(name, field.status) for name, field in fields if field.status in ("blank", "unreadable")]


def _wanted_statuses(statuses: Any) -> list[Item]:  # noqa: ANN401 - of a JSON file
    return [
        (name, status)
        for name, status in (statuses or {}).items()
        if name in _STATUS_FIELDS and status in ("blank", "unreadable")
    ]


def _joined_addressees(document: Document) -> list[Item]:
    """All addressees as one text, as the truth of one-page documents has them."""
    values = [one.value for one in document.header.addressees if one.value]
    return [(plain("; ".join(values)),)] if values else []


def _quotes(sections: Sequence[Section]) -> Iterator[str]:
    """The text of every quoted amendment; what stands inside of it is no quote of its own."""
    for section in sections:
        if section.quoted:
            yield " ".join(_words(section))
        else:
            yield from _quotes(section.children)


def _words(section: Section) -> Iterator[str]:
    """The text of a section and of what is under it, with the markers."""
    yield from filter(None, (section.marker, section.title, section.text))
    for child in section.children:
        yield from _words(child)


# Key of the truth: its parts' name, items of the truth, items of the document.
MEASURES: tuple[tuple[str, str, Want, Find], ...] = (
    *((name, name, _texts, _head(name)) for name in _HEAD),
    ("date", "date", _texts, _head("issued_date")),
    *((name, name, _texts, _end(name)) for name in _END),
    ("addressee", "addressees", _texts, _joined_addressees),
    ("addressees", "addressees", _texts, lambda found: _fields(found.header.addressees)),
    ("issuers", "issuers", _texts, lambda found: _fields(found.header.issuers)),
    ("legal_bases", "legal_bases", _texts, lambda found: _fields(one.text for one in found.legal_bases)),
    ("recipients", "recipients", _texts, lambda found: _fields(found.closing.recipients)),
    ("appendices", "appendices", _texts, lambda found: _fields(found.closing.appendices)),
    (
        "signers",
        "signers",
        lambda rows: [tuple(plain(part) if part else None for part in row) for row in rows or []],
        lambda found: [
            tuple(plain(part.value) if part.value else None for part in (one.authority, one.position, one.name))
            for one in found.closing.signers
        ],
    ),
    (
        "statuses",
        "statuses",
        _wanted_statuses,
        _statuses,
    ),
    ("blank_parts", "blank_parts", _texts, lambda found: [(part,) for part in found.header.issued_date.blank_parts]),
    ("outline", "outline", _wanted_outline, _outline),
    (
        "outline",
        "repairs",
        _repairs,
        lambda found: [(path[-1], one.number_raw) for one, path in _numbered(_body(found)) if one.number_raw],
    ),
    (
        "roles",
        "roles",
        lambda rows: [(number, role) for number, role in dict(rows or {}).items() if role],
        lambda found: [(one.number, one.role) for one in _body(found) if one.number and one.role],
    ),
    (
        "quotes",
        "quotes",
        lambda rows: [(_opening(_MARKER_RE.sub("", str(row)), _QUOTE_WORDS),) for row in rows or []],
        lambda found: [(_opening(_MARKER_RE.sub("", text), _QUOTE_WORDS),) for text in _quotes(found.sections)],
    ),
    (
        "references",
        "references",
        lambda rows: [_wanted_reference(row) for row in _rows(rows)],
        lambda found: [_reference(one) for one in found.references],
    ),
    (
        "references",
        "reference issuers",
        lambda rows: [(plain(row["issuer"]),) for row in _rows(rows) if row.get("issuer")],
        lambda found: _fields(one.issuer for one in found.references),
    ),
    (
        "references",
        "reference targets",
        lambda rows: [_from_article(row["target"]) for row in _rows(rows) if row.get("target")],
        _targets,
    ),
    (
        "deadlines",
        "deadlines",
        lambda rows: [_wanted_deadline(row) for row in _rows(rows)],
        lambda found: [_deadline(one) for one in found.deadlines],
    ),
    (
        "assignments",
        "assignments",
        lambda rows: [(plain(row["unit"]), _opening(task)) for row in _rows(rows) for task in row["tasks"]],
        lambda found: [
            (plain(one.unit.value or ""), _opening(task.text.value or "")) for one in found.assignments for task in one.tasks
        ],
    ),
    (
        "assignments",
        "assigned units",
        lambda rows: [(plain(row["unit"]),) for row in _rows(rows)],
        lambda found: [(plain(one.unit.value or ""),) for one in found.assignments],
    ),
    (
        "assignments",
        "with units",
        lambda rows: [(plain(", ".join(row["with"])),) for row in _rows(rows) if row.get("with")],
        lambda found: [
            (plain(", ".join(unit.value or "" for task in one.tasks for unit in task.with_units)),)
            for one in found.assignments
            if any(task.with_units for task in one.tasks)
        ],
    ),
    (
        "targets",
        "targets",
        lambda rows: [(str(row["number"]), row.get("unit")) for row in _rows(rows)],
        lambda found: [(one.number.value, one.unit.value) for one in found.mentions.targets],
    ),
    ("money", "money", _texts, lambda found: _fields(one.amount for one in found.mentions.money)),
    ("places", "places", _texts, lambda found: _fields(one.name for one in found.mentions.places)),
    ("agencies", "agencies", _texts, lambda found: _fields(one.name for one in found.mentions.agencies)),
    (
        "abbreviations",
        "abbreviations",
        lambda rows: [(row["short"], _long(row.get("long"))) for row in _rows(rows)],
        lambda found: [(one.short.value, _long(one.long)) for one in found.mentions.abbreviations],
    ),
    (
        "warnings",
        "warnings",
        _texts,
        lambda found: [(one.code,) for one in found.quality.warnings if one.code in CHECKS],
    ),
)  # fmt: skip
