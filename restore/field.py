"""The atoms of ``document.json``: a value with the raw text it was read from, its status and where it stands."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict
from pydantic import Field as Attribute

from restore.page import BBox

Status = Literal["present", "blank", "absent", "unreadable"]


class Model(BaseModel):
    """What is read is never changed afterwards, and has no keys but its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Provenance(Model):
    """Where something stands: its page, the box around it in pixels, the words it is made of.

    Plain text has no pages: there ``page`` and ``bbox`` are null, and ``start``/``end`` alone point into
    ``original.txt`` (code points).
    """

    page: int | None = None
    bbox: BBox | None = None
    word_ids: tuple[str, ...] = ()
    start: int
    end: int


class Field(Model):
    """One value of the document, with the raw text it stands on.

    Attributes:
        value: as printed, lines joined by one blank; ISO for dates; null unless ``present``.
        raw: the text of the original it was read from, null when absent.
        status: ``blank`` is left empty on paper, ``absent`` is not there, ``unreadable`` is there and cannot be read.
        suggested: the value is a repair of ``raw`` and waits for review.
        confidence: probability that the value is right, 0 to 1; 0 of what cannot be read.
        provenance: where it stands.
        blank_parts: the parts of a partial date that were left empty (``day``, ``month``, ``year``).
    """

    value: str | None = None
    raw: str | None = None
    status: Status = "absent"
    suggested: bool = False
    confidence: float = Attribute(default=1.0, ge=0.0, le=1.0)
    provenance: tuple[Provenance, ...] = ()
    blank_parts: tuple[Literal["day", "month", "year"], ...] = ()


ABSENT = Field()
