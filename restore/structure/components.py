"""Every line of a text in exactly one component of the document."""

from __future__ import annotations

from restore.document import Component
from restore.structure.frame import Frame
from restore.structure.origin import Origin


def components(origin: Origin, frame: Frame) -> tuple[Component, ...]:
    """The components of a document, end to end over its original."""
    return ()
