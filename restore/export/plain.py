"""A document as plain text: paragraphs are joined, head and end stand as in a printed sheet read column by column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from restore.document import Document, Table
from restore.export.grid import grid
from restore.export.layout import Block, Sheet, lay_out


def plain_text(document: Document) -> str:
    r"""The document as text, one paragraph a line; tables have a line a row, their cells parted by tabs.

    >>> from restore.document import Section
    >>> plain_text(Document(sections=(Section(id="s1", kind="clause", number="1", marker="1.", text="Nộp."),)))
    '1. Nộp.\n'
    """
    sheet = lay_out(document)
    groups = [
        [*_head(sheet)],
        [*_body(sheet.body)],
        *_end(sheet),
        *([*_body(annex)] for annex in sheet.annexes),
    ]
    return "\n".join("".join(f"{line}\n" for line in group) for group in groups if group)


def _head(sheet: Sheet) -> Iterator[str]:
    """The left column, then the right one: issuer, number, V/v; quốc hiệu, place and date."""
    head = sheet.head
    left = (*head.parent, *head.issuer, head.number, head.about, *head.marks)
    yield from (line for line in (*left, head.national_name, head.motto, head.place_date) if line)
    yield from (line for line in (head.type_name, head.subject) if line)
    yield from addressee_lines(head.addressees)


def addressee_lines(addressees: tuple[str, ...]) -> tuple[str, ...]:
    """Kính gửi with one addressee on its line, several below it.

    >>> addressee_lines(("Sở Y tế", "Sở Nội vụ"))
    ('Kính gửi:', '- Sở Y tế;', '- Sở Nội vụ.')
    """
    if len(addressees) < 2:
        return tuple(f"Kính gửi: {one}" for one in addressees)
    return ("Kính gửi:", *listed(addressees))


def listed(items: tuple[str, ...]) -> tuple[str, ...]:
    """Items with a dash before, a semicolon or, after the last, a full stop behind them."""
    marks = [";"] * (len(items) - 1) + ["."]
    return tuple(f"- {item}{mark}" for item, mark in zip(items, marks, strict=False))


def _body(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if block.table:
            yield from _rows(block.table)
        else:
            yield " ".join(part for part in (block.marker, block.head, block.text) if part)


def _rows(table: Table) -> Iterator[str]:
    for row in grid(table):
        yield "\t".join(cell.text if cell else "" for cell in row)


def _end(sheet: Sheet) -> Iterator[list[str]]:
    if sheet.recipients:
        yield ["Nơi nhận:", *listed(sheet.recipients)]
    for signature in sheet.signatures:
        yield [line for line in (*signature.authority, *signature.position, signature.name) if line]
    if sheet.head.contact:
        yield [sheet.head.contact]
