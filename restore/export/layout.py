"""A document as a sequence of paragraphs, each with the part it plays: what every rendering is made from.

What stands on the pages beside the document's own text is left out: page numbers, running heads, footnotes, stamps.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from restore.document import Document, Field, LegalBasis, Section, Signer, Table
from restore.export.head import Head, head_of, printed_lines
from restore.field import Provenance

Style = Literal["text", "basis", "heading", "centred", "table"]

# Word processors print these private-use signs as bullets; other programs have no shape for them.
_PRIVATE_BULLETS = str.maketrans({"\uf0b7": "-", "\uf02d": "-"})
_TITLE_KINDS = frozenset({"part", "chapter", "section", "article", "clause"})
_SIGNING_FORMS = ("TM.", "T/M", "KT.", "K/T", "TL.", "T/L", "TUQ.", "Q.")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a table.

    Attributes:
        style: ``basis`` is a legal basis; ``heading`` stands in bold on a line of its own; ``centred`` likewise in the middle;
            ``text`` is running text; ``table`` is a table.
        head: what is printed bold at its beginning, lines parted by a line break.
        text: what follows it.
        marker: "-" or "+" of a dash item; empty for all others, whose marker is part of ``head`` or ``text``.
        depth: how deep it stands in the tree, from 1.
        table: the table.
    """

    style: Style
    head: str = ""
    text: str = ""
    marker: str = ""
    depth: int = 1
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, line by line; empty where the document has none of it."""

    authority: tuple[str, ...]
    position: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole document, laid out: head, body, end, and what is annexed."""

    head: Head
    body: tuple[Block, ...]
    recipients: tuple[str, ...]
    signatures: tuple[Signature, ...]
    annexes: tuple[tuple[Block, ...], ...]


def lay_out(document: Document) -> Sheet:
    """The parts of a document in the order in which they are printed."""
    tables = _tables_by_section(document)
    end = _end_of_body(document)
    own: list[tuple[int, list[Block]]] = [(_start(basis), [_basis(basis)]) for basis in document.legal_bases]
    annexes: list[tuple[Block, ...]] = []
    latest = 0
    for section in document.sections:
        latest = max(latest, _first(section.provenance, latest))
        blocks = list(_blocks(section, tables, 1))
        if section.quoted:
            blocks = _quoted(blocks)
        if end is not None and latest > end:
            annexes.append(tuple(blocks))
        else:
            own.append((latest, blocks))
    own.sort(key=lambda pair: pair[0])
    loose = [Block("table", table=table) for table in tables[None]]
    return Sheet(
        head=head_of(document.header),
        body=(*loose, *(block for _, blocks in own for block in blocks)),
        recipients=tuple(one.value for one in document.closing.recipients if one.value),
        signatures=tuple(_signature(signer) for signer in document.closing.signers),
        annexes=_joined(annexes),
    )


def _basis(basis: LegalBasis) -> Block:
    return Block("basis", text=basis.text.value or "")


def _blocks(section: Section, tables: Mapping[str | None, Sequence[Table]], depth: int) -> Iterator[Block]:
    """A section's own paragraph, the tables in it, and its parts."""
    block = _block(section, depth)
    if block.head or block.text or block.marker:
        yield block
    if block.style == "centred" and section.title and section.text:
        yield Block("text", text=section.text, depth=depth)
    yield from (Block("table", table=table) for table in tables.get(section.id, ()))
    for child in section.children:
        blocks = _blocks(child, tables, depth + 1)
        yield from blocks if section.quoted or not child.quoted else _quoted(list(blocks))


def _quoted(blocks: list[Block]) -> list[Block]:
    """A quoted amendment between its marks, which the tree of sections does without."""
    words = [index for index, block in enumerate(blocks) if block.head or block.text]
    if words:
        first, last = words[0], words[-1]
        block = blocks[first]
        blocks[first] = (
            replace(block, head=f"“{block.head}") if block.head else replace(block, text=f"“{block.text}")
        )
        block = blocks[last]
        blocks[last] = (
            replace(block, text=f"{block.text}”") if block.text else replace(block, head=f"{block.head}”")
        )
    return blocks


def _block(section: Section, depth: int) -> Block:
    marker = (section.marker or "").translate(_PRIVATE_BULLETS)
    title, text = section.title or "", section.text
    if section.kind == "bullet":
        return Block("text", text=_label(title, text), marker=marker or "-", depth=depth)
    if section.kind == "heading":
        return Block("centred", head=title or text, depth=depth)
    worded = " " in marker and section.kind != "article"
    if worded and not text:
        return Block("centred", head="\n".join(part for part in (marker, title) if part), depth=depth)
    if not title:
        bold = marker if section.kind == "article" or worded else ""
        rest = text if bold else " ".join(part for part in (marker, text) if part)
        return Block("text", head=bold, text=rest, depth=depth)
    head = f"{marker} {title}".strip()
    if section.kind not in _TITLE_KINDS:
        return Block("text", text=_label(head, text), depth=depth)
    if text:
        return Block("text", head=_label(head, " ").rstrip(), text=text, depth=depth)
    return Block("heading", head=head, depth=depth)


def _label(title: str, text: str) -> str:
    """A title and the text that goes on after it; a colon parts them where the title has no mark of its own.

    >>> _label("Sở Y tế", "chủ trì"), _label("Sở Y tế:", "chủ trì"), _label("", "chủ trì")
    ('Sở Y tế: chủ trì', 'Sở Y tế: chủ trì', 'chủ trì')
    """
    if not title or not text:
        return title or text
    return f"{title}{'' if title[-1] in ':.;,' else ':'} {text}"


def _signature(signer: Signer) -> Signature:
    return Signature(
        authority=authority_lines(signer.authority),
        position=printed_lines(signer.position),
        name=signer.name.value or "",
    )


def authority_lines(field: Field) -> tuple[str, ...]:
    """The lines of an authority; a value on one line breaks before each form of signing.

    >>> authority_lines(Field(value="TM. CHÍNH PHỦ KT. THỦ TƯỚNG", raw="TM. CHlNH PHU", status="present"))
    ('TM. CHÍNH PHỦ', 'KT. THỦ TƯỚNG')
    """
    lines: list[str] = []
    for line in printed_lines(field):
        start = True
        for word in line.split(" "):
            if start or word in _SIGNING_FORMS:
                lines.append(word)
            else:
                lines[-1] += f" {word}"
            start = False
    return tuple(lines)


def _end_of_body(document: Document) -> int | None:
    """Where the closing begins in the original: what begins after it is annexed. None without a closing."""
    closing = document.closing
    fields = [*closing.recipients, *(part for one in closing.signers for part in (one.position, one.name))]
    starts = [place.start for one in fields for place in one.provenance[:1]]
    return max(starts, default=None)


def _joined(annexes: Sequence[tuple[Block, ...]]) -> tuple[tuple[Block, ...], ...]:
    """Each annex from its heading on; what has no heading belongs to the one before."""
    joined: list[tuple[Block, ...]] = []
    for blocks in annexes:
        if joined and blocks and blocks[0].style != "centred":
            joined[-1] += blocks
        elif blocks:
            joined.append(blocks)
    return tuple(joined)


def _tables_by_section(document: Document) -> Mapping[str | None, Sequence[Table]]:
    """The tables after whose section's paragraph they stand; those of no section of the document under None."""
    known = set(_ids(document.sections))
    tables: defaultdict[str | None, list[Table]] = defaultdict(list)
    for table in document.tables:
        tables[table.section_id if table.section_id in known else None].append(table)
    return tables


def _ids(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        yield section.id
        yield from _ids(section.children)


def _start(basis: LegalBasis) -> int:
    return _first(basis.text.provenance, 0)


def _first(provenance: Sequence[Provenance], otherwise: int) -> int:
    return provenance[0].start if provenance else otherwise
