"""The frame of a document: its head, its legal bases, the tree of its body, its end and what is annexed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from restore.document import Closing, Header
from restore.page import Page, WordSpan
from restore.structure.bases import Basis, split_preamble
from restore.structure.body import Node, build_tree
from restore.structure.closing import read_closing, read_drafter
from restore.structure.header import read_header
from restore.structure.lines import Line, Span, join_dates, split_lines
from restore.structure.origin import Origin
from restore.structure.paragraphs import Paragraph, split_paragraphs
from restore.structure.pieces import HEAD_LINES, is_contact
from restore.structure.printed import body_lines


@dataclass(frozen=True, slots=True)
class Frame:
    """What the lines of a document are.

    Attributes:
        header: the head, with what of it stands at the end (drafter, contact).
        subject: where the subject stands.
        bases: the legal bases.
        nodes: the tree of the body; what is annexed hangs at its end.
        closing: recipients, signatures, annexes.
        lines: the printed lines of the document.
        body: index of the first line after the head.
        end: index of the first line of the closing.
        annex: index of the first line of what is annexed.
    """

    header: Header
    subject: tuple[Span, ...]
    bases: tuple[Basis, ...]
    nodes: list[Node]
    closing: Closing
    lines: tuple[Line, ...]
    body: int
    end: int
    annex: int


def read_frame(origin: Origin, pages: Sequence[Page] = (), spans: Sequence[WordSpan] = ()) -> Frame:
    """Read the frame of a text; what is not found is absent.

    Args:
        origin: the text and the way back to the original.
        pages: that the original was read from.
        spans: where their words stand in the original.
    """
    lines = _lines(origin, pages, spans)
    head = read_header(origin, lines)
    end = read_closing(origin, lines, head.end)
    paragraphs = split_paragraphs(lines[head.end : end.start])
    preamble = split_preamble(origin.text, paragraphs, head.header.doc_type.value)
    nodes = build_tree(origin, preamble.body)
    _cut_rests(nodes, preamble.rest, preamble.body)
    near_end = end.annex >= len(lines) - 3
    foot = tuple(line for line in lines[end.annex :] if is_contact(line)) if near_end else ()
    nodes += _annex_nodes(origin, [line for line in lines[end.annex :] if line not in foot])
    return Frame(
        header=_completed(head.header, origin, end.closing, foot),
        subject=head.subject,
        bases=preamble.bases,
        nodes=nodes,
        closing=end.closing,
        lines=lines,
        body=head.end,
        end=end.start,
        annex=end.annex,
    )


def _lines(origin: Origin, pages: Sequence[Page], spans: Sequence[WordSpan]) -> tuple[Line, ...]:
    lines = body_lines(origin, split_lines(origin.text), pages, spans)
    return join_dates(lines[:HEAD_LINES], origin.text) + lines[HEAD_LINES:]


def _completed(header: Header, origin: Origin, closing: Closing, foot: Sequence[Line]) -> Header:
    """The header with what stands at the end of the document: who drafted it, and the office's address."""
    header = header.model_copy(update={"drafter": read_drafter(origin, closing.filing)})
    if foot and header.contact.status == "absent":
        header = header.model_copy(update={"contact": origin.field([line.span for line in foot])})
    return header


def _cut_rests(
    nodes: list[Node], rests: Sequence[tuple[int, tuple[Span, ...]]], body: Sequence[Paragraph]
) -> None:
    """Leave in the body only what follows a legal basis in its sentence."""
    for index, spans in rests:
        whole = body[index].spans
        for node in nodes:
            if node.spans == whole:
                node.spans = node.text = spans


def _annex_nodes(origin: Origin, lines: Sequence[Line]) -> list[Node]:
    """What is annexed, under one heading, so that its numbers do not mix with the document's own."""
    paragraphs = split_paragraphs(lines)
    if not paragraphs:
        return []
    first, *rest = paragraphs
    title = first.spans if first.marker is None else ()
    head = Node("heading", -1.0, (first.lines[0].span, *first.spans[1:]), title=title)
    head.children = build_tree(origin, rest if title else paragraphs)
    return [head]
