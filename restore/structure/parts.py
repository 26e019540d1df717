"""What a printed line is part of, as the readers of head, body and end tell it."""

from __future__ import annotations

from typing import NamedTuple

from restore.document import ComponentKind


class Part(NamedTuple):
    """From here on the text is part of a component, up to where the next part begins.

    Attributes:
        start: where its first line begins, in the text that the parser reads.
        kind: the component.
        section_id: the section of the body or of an annex.
    """

    start: int
    kind: ComponentKind
    section_id: str | None = None
