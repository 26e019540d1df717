"""One thing to be read, in both languages."""

from __future__ import annotations

from typing import Literal, NamedTuple

Language = Literal["vi", "en"]


class Words(NamedTuple):
    """One message in each language; ``{name}`` marks what is filled in."""

    vi: str
    en: str
