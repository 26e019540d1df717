"""The frame of a document: its head, its legal bases, the tree of its body, its end and what is annexed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from restore.document import Closing, ComponentKind, Field, Header
from restore.page import Page, WordSpan
from restore.structure.annexes import Annex, annex_field, find_annexes
from restore.structure.bases import Basis, split_preamble
from restore.structure.body import Node, build_tree, section_places
from restore.structure.closing import read_closing, read_drafter
from restore.structure.copies import find_copied, find_copy
from restore.structure.header import read_header
from restore.structure.imprint import read_imprint
from restore.structure.lines import DroppedKind, Line, Span, join_dates, split_lines_and_rest
from restore.structure.origin import Origin
from restore.structure.paragraphs import Paragraph, split_paragraphs
from restore.structure.parts import Part
from restore.structure.pieces import HEAD_LINES, is_address, is_contact
from restore.structure.printed import body_lines

_FOOT_LINES = 4  # address, telephone, fax, mail


@dataclass(frozen=True, slots=True)
class Frame:
    """What the lines of a document are.

    Attributes:
        header: the head, with what of it stands at the end (drafter, contact).
        subject: where the subject stands.
        bases: the legal bases.
        nodes: the tree of the body; what is annexed hangs at its end.
        closing: recipients, signatures, annexes.
        places: all spans of all sections with the sections' ids, in the order of the text.
        parts: what every printed line is part of, in the order of the text.
    """

    header: Header
    subject: tuple[Span, ...]
    bases: tuple[Basis, ...]
    nodes: list[Node]
    closing: Closing
    places: tuple[tuple[Span, str], ...]
    parts: tuple[Part, ...]


def read_frame(origin: Origin, pages: Sequence[Page] = (), spans: Sequence[WordSpan] = ()) -> Frame:
    """Read the frame of a text; what is not found is absent.

    Args:
        origin: the text and the way back to the original.
        pages: that the original was read from.
        spans: where their words stand in the original.
    """
    every, dropped = split_lines_and_rest(origin.text)
    body, beside = body_lines(origin, every, pages, spans)
    imprint = read_imprint(origin, body, dropped)
    printed = join_dates(imprint.lines[:HEAD_LINES], origin.text) + imprint.lines[HEAD_LINES:]
    above = find_copied(printed)
    lines = printed[above.start :] if above else printed
    head = read_header(origin, lines)
    copy = find_copy(lines, head.end)
    own, copied = (lines[: copy.start], lines[copy.start :]) if copy else (lines, ())
    mark = printed[above.mark].span if above else lines[copy.mark].span if copy else None
    end = read_closing(origin, own, head.end)
    paragraphs = split_paragraphs(own[head.end : end.start])
    preamble = split_preamble(origin.text, paragraphs, head.header.doc_type.value)
    nodes = build_tree(origin, preamble.body)
    _cut_rests(nodes, preamble.rest, preamble.body)
    foot = _foot(own, end.annex)
    annexed = own[end.annex : len(own) - len(foot)]
    annexes = find_annexes(annexed)
    annex_nodes = _annex_nodes(origin, annexed, annexes)
    header = _completed(head.header, origin, end.closing, foot)
    if mark and header.copy_of.status == "absent":
        header = header.model_copy(update={"copy_of": origin.field([mark])})
    places = tuple(sorted(section_places([*nodes, *annex_nodes])))
    parts = [
        *head.parts,
        *_body_parts(own[head.end : end.start], preamble.bases, places),
        *end.parts,
        *_section_parts(annexed, "appendix", places),
        *(Part(line.start, "contact") for line in foot),
        *(Part(line.start, "copy") for line in (*(printed[: above.start] if above else ()), *copied)),
        *(Part(one.span.start, _DROPPED[one.kind]) for one in imprint.dropped),
        *beside,
    ]
    return Frame(
        header=header,
        subject=head.subject,
        bases=preamble.bases,
        nodes=nodes + annex_nodes,
        closing=_closing(origin, end.closing, imprint.field, annexed, annexes),
        places=places,
        parts=tuple(sorted(parts, key=lambda part: part.start)),
    )


_DROPPED: dict[DroppedKind, ComponentKind] = {
    "page": "page_number", "rule": "ornament", "crumb": "ornament", "overlay": "overlay",
    "running_head": "running_head",
}  # fmt: skip


def _body_parts(
    lines: Sequence[Line], bases: Sequence[Basis], places: Sequence[tuple[Span, str]]
) -> Iterator[Part]:
    """What the lines of the body are part of: a legal basis, or the section that they stand in."""
    ends = {span.start: span.end for basis in bases for span in basis.spans}
    last = 0
    for part in _section_parts(lines, "body", places):
        last = max(last, ends.get(part.start, 0))
        yield Part(part.start, "legal_basis") if part.start < last else part


def _section_parts(
    lines: Sequence[Line], kind: ComponentKind, places: Sequence[tuple[Span, str]]
) -> Iterator[Part]:
    """The lines with the sections that they stand in."""
    starts = [span.start for span, _ in places]
    for line in lines:
        index = bisect_right(starts, line.start)
        yield Part(line.start, kind, places[index - 1][1] if index else None)


def _foot(lines: Sequence[Line], annex: int) -> tuple[Line, ...]:
    """The office's address and telephone, which stand below everything else."""
    start = len(lines)
    while start > max(annex, len(lines) - _FOOT_LINES) and (
        is_contact(lines[start - 1]) or (start < len(lines) and is_address(lines[start - 1]))
    ):
        start -= 1
    return tuple(lines[start:])


def _closing(
    origin: Origin, closing: Closing, imprint: Field, annexed: Sequence[Line], annexes: Sequence[Annex]
) -> Closing:
    headings = (annex_field(origin, annexed, annex) for annex in annexes)
    appendices = tuple(heading for heading in headings if heading is not None)
    return closing.model_copy(update={"digital_signature": imprint, "appendices": appendices})


def _completed(header: Header, origin: Origin, closing: Closing, foot: Sequence[Line]) -> Header:
    """The header with what stands at the end of the document: who drafted it, and the office's address."""
    header = header.model_copy(update={"drafter": read_drafter(closing.filing)})
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
            if node.spans[-1].end == whole[-1].end and node.spans[0].start <= whole[0].start:
                # The dash was the clause's.
                node.kind, node.marker, node.spans, node.text = "paragraph", None, spans, spans


def _annex_nodes(origin: Origin, lines: Sequence[Line], annexes: Sequence[Annex]) -> list[Node]:
    """Each annex under its heading, so that its numbers do not mix with the document's own."""
    nodes: list[Node] = []
    ends = (*(annex.start for annex in annexes[1:]), len(lines))
    for annex, end in zip(annexes, ends, strict=False):
        first, last = annex.heading[0], annex.heading[-1] + 1
        title = tuple(lines[index].span for index in annex.heading)
        head = Node("heading", -1.0, title, title=title, annex=True)
        for part in (lines[annex.start : first], lines[last : annex.text], lines[annex.text : end]):
            head.children += build_tree(origin, split_paragraphs(part))
        nodes.append(head)
    return nodes
