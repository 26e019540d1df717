"""References to one document tied together: ``Nghị định số 30`` is ``Nghị định số 30/2020/NĐ-CP ngày …`` cited before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from restore.content import Reference
from restore.structure.lines import fold


@dataclass(slots=True)
class _Cited:
    """One document, as far as the references to it tell: folded notation and name, ISO date, and their indices."""

    kind: str
    notation: str
    date: str
    name: str
    indices: list[int] = field(default_factory=list)

    def may_be(self, other: _Cited) -> bool:
        """Whether the other tells nothing that contradicts this one: a short form lacks notation, date or kind."""
        kinds = not self.kind or not other.kind or self.kind == other.kind
        notations = self.notation.startswith(other.notation) or other.notation.startswith(self.notation)
        dates = self.date.startswith(other.date) or other.date.startswith(self.date)
        years = (
            dates or self.notation[:4] == other.date
        )  # "Luật Đất đai số 31/2024/QH15", "Luật Đất đai năm 2024"
        names = not self.name or not other.name or self.name == other.name
        return kinds and notations and years and names

    def add(self, other: _Cited) -> None:
        """Keep what tells the most."""
        self.kind = self.kind or other.kind
        self.notation = max(self.notation, other.notation, key=len)
        self.date = max(self.date, other.date, key=len)
        self.name = self.name or other.name
        self.indices += other.indices


def numbered(references: Sequence[Reference]) -> tuple[Reference, ...]:
    """References in their order with ids "r1", "r2" …, each tied to the one of its document that tells the most.

    Where several tell as much it is the first of them, which is tied to none.
    """
    best: dict[int, int] = {}
    for cited in _documents(references):
        first = max(cited.indices, key=lambda index: (_told(references[index]), -index))
        best |= {index: first for index in cited.indices if index != first}
    return tuple(
        reference.model_copy(
            update={"id": f"r{index + 1}", "same_as": f"r{best[index] + 1}" if index in best else None}
        )
        for index, reference in enumerate(references)
    )


def _documents(references: Sequence[Reference]) -> list[_Cited]:
    """The documents cited, each with the indices of its references; the own one is none of them.

    References are compared with those of the same number or name alone, and a short form goes to the last that it can mean.
    """
    documents: list[_Cited] = []
    by_key: dict[str, list[_Cited]] = {}
    for index, reference in enumerate(references):
        if reference.own:
            continue
        cited = _Cited(
            reference.doc_type.value or "",
            fold(reference.notation.value or ""),
            reference.date.value or "",
            fold(reference.name.value or ""),
            [index],
        )
        keys = [key for key in (_plain_number(reference), cited.name) if key] or [
            f"{cited.kind} {cited.date}"
        ]
        known = [one for key in keys for one in by_key.get(key, ()) if one.may_be(cited)]
        if known:
            known[-1].add(cited)
            cited = known[-1]
        else:
            documents.append(cited)
        for key in keys:
            by_key.setdefault(key, []).append(cited)
    return documents


def _plain_number(reference: Reference) -> str:
    return (reference.number.value or "").lstrip("0")


def _told(reference: Reference) -> int:
    """How much a reference tells of its document: its parts, a notation with its office, a whole date."""
    fields = (reference.number, reference.notation, reference.date, reference.issuer, reference.name)
    whole = "/" in (reference.notation.value or "") or "-" in (reference.notation.value or "")
    return sum(one.value is not None for one in fields) + whole + ("-" in (reference.date.value or ""))
