"""Places of the gazetteer, as they stood on the date of the document."""

from __future__ import annotations

from restore.content import Place
from restore.field import Field
from restore.meaning.passages import Passages


def find_places(passages: Passages, issued: Field) -> tuple[Place, ...]:
    """The places named, once each, in the order of the text.

    Args:
        passages: of the document.
        issued: its date: on 1 July 2025 the districts went and provinces and communes were merged.
    """
    return ()
