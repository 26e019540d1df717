"""The chunks of a text: runs of characters without blanks, the places that readings begin and end in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

CHUNK_RE = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of characters without blanks, and where it stands."""

    start: int
    text: str
    protected: bool = False

    @property
    def end(self) -> int:
        """One past the last character."""
        return self.start + len(self.text)


def chunks_of(text: str, protected: Sequence[tuple[int, int]] = ()) -> tuple[Chunk, ...]:
    """The chunks of a text; a protected span is a chunk of its own, and parts what it is glued to.

    >>> [chunk.text for chunk in chunks_of("Kiin An, (12/KH-UBND)", [(10, 20)])]
    ['Kiin', 'An,', '(', '12/KH-UBND', ')']
    """
    chunks: list[Chunk] = []
    position = 0
    for start, end in (*sorted(protected), (len(text), len(text))):
        start = max(start, position)
        if end < start:
            continue
        chunks += (
            Chunk(match.start() + position, match[0]) for match in CHUNK_RE.finditer(text[position:start])
        )
        if end > start:
            chunks.append(Chunk(start, text[start:end], protected=True))
        position = end
    return tuple(chunks)
