"""What a document says, as ``document.json`` holds it: whom it cites and names, who must do what by when."""

from __future__ import annotations

from typing import Literal

from restore.field import ABSENT, Field, Model, Provenance

DeadlineKind = Literal["date", "period", "recurring"]
Recurrence = Literal["daily", "weekly", "monthly", "quarterly", "half-yearly", "yearly"]
Comparison = Literal[
    "exactly", "at-least", "at-most", "more-than", "less-than", "about", "increase", "decrease"
]
PlaceLevel = Literal["province", "district", "commune"]


class Reference(Model):
    """A document, or a part of one, that this one cites; every place where it is cited is a reference of its own.

    Attributes:
        id: "r1", "r2" … in the order of the text.
        text: the citation as printed, from its first word.
        doc_type: name as in Decree 30; absent where neither the words nor the code tell it.
        number: "30".
        notation: what follows the number, "2020/NĐ-CP".
        date: ISO; "2024" of "Luật Đất đai năm 2024".
        issuer: as printed.
        name: what a law is called, "Luật Đất đai".
        locator: the part cited, "điểm a khoản 2 Điều 5"; absent where the whole document is.
        own: the document cites itself ("Kế hoạch này", "khoản 2 Điều 5 Nghị định này", "khoản 1 Điều này").
        target_id: the section of this document that ``locator`` leads to; null where there is none.
        same_as: the id of the first reference to the same document that tells more of it; null for a first one.
        section_id: the section it stands in; null in legal bases and outside the body.
    """

    id: str = ""
    text: Field
    doc_type: Field = ABSENT
    number: Field = ABSENT
    notation: Field = ABSENT
    date: Field = ABSENT
    issuer: Field = ABSENT
    name: Field = ABSENT
    locator: Field = ABSENT
    own: bool = False
    target_id: str | None = None
    same_as: str | None = None
    section_id: str | None = None


class Task(Model):
    """One thing that a unit has to do.

    Attributes:
        text: as printed, without its dash and end mark.
        deadline: ISO where the words give a date, else the words.
        with_units: who works with the unit ("phối hợp với …").
    """

    text: Field
    deadline: Field = ABSENT
    with_units: tuple[Field, ...] = ()


class Assignment(Model):
    """What one unit has to do."""

    unit: Field
    section_id: str | None = None
    tasks: tuple[Task, ...] = ()


class Deadline(Model):
    """When something is due.

    Attributes:
        text: the words that say so, "trước ngày 05/12/2023".
        kind: ``date`` by or on a day, month, quarter or year; ``period`` within some time; ``recurring`` again and again.
        date: ISO; a quarter is "2024-Q3", a stretch of time "2024-05-01/2024-05-31"; absent where the words give none.
        period: ISO 8601 duration, "P10D", "P6M".
        working_days: the days of ``period`` are working days.
        recurrence: how often.
        section_id: the section it stands in.
    """

    text: Field
    kind: DeadlineKind = "date"
    date: Field = ABSENT
    period: str | None = None
    working_days: bool = False
    recurrence: Recurrence | None = None
    section_id: str | None = None


class Target(Model):
    """A figure to be reached: "ít nhất 95% hộ gia đình".

    ``number`` is a decimal with a point ("95", "2.5"), a range "30/40"; ``unit`` as printed ("%", "hộ", "mô hình").
    """

    text: Field
    number: Field
    unit: Field = ABSENT
    comparison: Comparison = "exactly"
    section_id: str | None = None


class Money(Model):
    """An amount of money; ``amount`` in whole units of ``currency`` (ISO 4217), "480000000" of "480 triệu đồng"."""

    text: Field
    amount: Field
    currency: str = "VND"
    section_id: str | None = None


class Place(Model):
    """A place of the gazetteer as it stood on the date of the document.

    ``code`` is the official one of the administrative unit; null where several bear the name and nothing tells which.
    """

    name: Field
    level: PlaceLevel
    code: str | None = None
    section_id: str | None = None


class Agency(Model):
    """An office that the document names, once each; ``full_name`` where its abbreviation or short form stands there."""

    name: Field
    full_name: str | None = None
    count: int = 1
    provenance: tuple[Provenance, ...] = ()


class Abbreviation(Model):
    """An abbreviation of the document with its long form, which the document itself gives, or the dictionary, or nothing."""

    short: Field
    long: str | None = None
    source: Literal["document", "dictionary"] | None = None
    count: int = 1


class Mentions(Model):
    """What the document names: once each, at its first place, but money, targets and dates wherever they stand."""

    agencies: tuple[Agency, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()
    places: tuple[Place, ...] = ()
    money: tuple[Money, ...] = ()
    targets: tuple[Target, ...] = ()
    dates: tuple[Field, ...] = ()
