"""The body as passages of running text, so that one search goes over all of it and never across two of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from restore.document import Field, Status
from restore.structure.body import Node
from restore.structure.dates import DatePart
from restore.structure.lines import Run, Span, fold
from restore.structure.origin import Origin

# Stands between two passages. No letter, no digit, no blank and no punctuation that a pattern asks for.
BOUNDARY = "\x00"

PassageKind = Literal["subject", "basis", "title", "text"]


@dataclass(frozen=True, slots=True)
class Passage:
    """One stretch of running text: a section's title or its text, a legal basis, the subject.

    Attributes:
        kind: what it is.
        start: where it begins in ``Passages.text``.
        end: one past its last character.
        section_id: the section it is of; None for the subject and the legal bases.
        node: that section while the tree grows.
    """

    kind: PassageKind
    start: int
    end: int
    section_id: str | None = None
    node: Node | None = None


class Passages:
    """All passages of a document as one text, in its order, ``BOUNDARY`` between them.

    Lines are joined by one blank, and wider gaps in a line are one blank. ``text`` and ``folded`` (lower case without
    marks) have the same offsets; ``nodes`` is the tree of sections that the passages are of.
    """

    def __init__(
        self,
        origin: Origin,
        pieces: Sequence[tuple[PassageKind, str | None, Node | None, Sequence[Span]]],
        nodes: Sequence[Node] = (),
    ) -> None:
        self.origin = origin
        self.nodes = nodes
        self._runs = [Run(_single_spaced(spans, origin.text), origin.text) for _, _, _, spans in pieces]
        passages: list[Passage] = []
        offset = 0
        for (kind, section_id, node, _), run in zip(pieces, self._runs, strict=True):
            passages.append(Passage(kind, offset, offset + len(run.text), section_id, node))
            offset += len(run.text) + 1
        self.passages = tuple(passages)
        self._starts = [passage.start for passage in passages]
        self.text = BOUNDARY.join(run.text for run in self._runs)

    @cached_property
    def folded(self) -> str:
        """The text in lower case without marks, of the same length."""
        return fold(self.text)

    @cached_property
    def body_end(self) -> int:
        """Where what is annexed begins in the text; its end where nothing is."""
        annexes = {
            f"s{index}" for index, node in enumerate(self.nodes, start=1) if node.annex and node.children
        }
        inside = (one.start for one in self.passages if (one.section_id or "").partition(".")[0] in annexes)
        return next(inside, len(self.text))

    def at(self, offset: int) -> Passage:
        """The passage that holds an offset of the text."""
        return self.passages[max(bisect_right(self._starts, offset) - 1, 0)]

    def section_id(self, offset: int) -> str | None:
        """The section that holds an offset of the text."""
        return self.at(offset).section_id if self.passages else None

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Where ``text[start:end]``, which is of one passage, stands in the text that the parser reads."""
        index = max(bisect_right(self._starts, start) - 1, 0)
        passage = self.passages[index]
        return self._runs[index].slice(start - passage.start, end - passage.start)

    def field(
        self,
        start: int,
        end: int,
        value: str | None = None,
        *,
        status: Status = "present",
        blank_parts: tuple[DatePart, ...] = (),
    ) -> Field:
        """A field that stands on ``text[start:end]``; its value is that text unless given."""
        return self.origin.field(self.spans(start, end), value, status=status, blank_parts=blank_parts)


_WORDS_RE = re.compile(r"\S+(?: \S+)*")
_GAPS = ("  ", "\t", "\N{NO-BREAK SPACE}")


def _single_spaced(spans: Sequence[Span], text: str) -> Iterator[Span]:
    """The spans, parted where more than one blank stands between two words: a run joins them by one."""
    for span in spans:
        line = text[span.start : span.end]
        if any(gap in line for gap in _GAPS):
            for words in _WORDS_RE.finditer(line):
                yield Span(span.start + words.start(), span.start + words.end())
        else:
            yield span


def body_passages(
    origin: Origin, subject: Sequence[Span], bases: Sequence[Sequence[Span]], nodes: Sequence[Node]
) -> Passages:
    """The passages of a document in its order: its subject, its legal bases, each section's title and text.

    Args:
        origin: the text and the way back to the original.
        subject: where the subject stands.
        bases: where each legal basis stands.
        nodes: the tree of sections.
    """
    pieces: list[tuple[PassageKind, str | None, Node | None, Sequence[Span]]] = []
    if subject:
        pieces.append(("subject", None, None, subject))
    pieces += [("basis", None, None, spans) for spans in bases if spans]
    _add(pieces, nodes, "s")
    # A clause that was not known as a legal basis may stand between two that were.
    pieces.sort(key=lambda piece: piece[3][0].start)
    return Passages(origin, pieces, nodes)


def _add(
    pieces: list[tuple[PassageKind, str | None, Node | None, Sequence[Span]]],
    nodes: Sequence[Node],
    prefix: str,
) -> None:
    for index, node in enumerate(nodes, start=1):
        name = f"{prefix}{index}"
        if node.title:
            pieces.append(("title", name, node, node.title))
        if node.text:
            pieces.append(("text", name, node, node.text))
        _add(pieces, node.children, f"{name}.")
