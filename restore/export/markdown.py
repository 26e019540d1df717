"""A document as Markdown (CommonMark with tables and the HTML that GitHub and Pandoc let through).

Head and end are tables of two columns, as on paper; what stands in the middle is centred; numbered items keep their own numbers.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence

from restore.document import Document, Table
from restore.export.characters import printable
from restore.export.grid import grid
from restore.export.layout import Block, Sheet, Signature, lay_out
from restore.export.plain import listed

_DEEPEST = 6  # Markdown has six levels of headings
_RULE = "―" * 6
# Signs that Markdown gives a meaning anywhere in a line.
_SIGNS_RE = re.compile(r"[\\`*_\[\]<>|~&#$]")
# Beginnings of a line that it takes for an item, a quotation, a rule or a heading.
_ITEM_RE = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_OPENING_RE = re.compile(r"^([-+=:])")
# Dashes that Markdown's own dash stands for; any other sign stands in the item.
_DASHES = ("-", "–", "•", "+")
_BLANKS_RE = re.compile(r" {2,}")


def markdown(document: Document) -> str:
    r"""The document as Markdown.

    >>> from restore.document import Section
    >>> section = Section(id="s1", kind="clause", number="1", marker="1.", title="Mục đích")
    >>> markdown(Document(sections=(section,)))
    '## 1. Mục đích\n'
    """
    sheet = lay_out(document)
    parts = [*_head(sheet), *_body(sheet.body), *_end(sheet)]
    for annex in sheet.annexes:
        parts += ["---", *_body(annex)]
    return "\n\n".join(parts) + "\n" if parts else ""


def escaped(text: str) -> str:
    r"""Text in which nothing has a meaning for Markdown; on one line, runs of blanks are kept.

    >>> escaped("1. Quỹ *Vì người nghèo*")
    '1. Quỹ \\*Vì người nghèo\\*'
    """
    text = " ".join(printable(text).splitlines()).strip("\t ")
    return _BLANKS_RE.sub(lambda run: "&nbsp;" * len(run[0]), _SIGNS_RE.sub(r"\\\g<0>", text))


def paragraph(text: str) -> str:
    r"""The same as a paragraph, whose first signs are no item and no rule.

    >>> paragraph("1. Mục đích"), paragraph("- Lưu: VT")
    ('1\\. Mục đích', '\\- Lưu: VT')
    """
    return _OPENING_RE.sub(r"\\\1", _ITEM_RE.sub(r"\1\\\2", escaped(text)))


def _bold(text: str) -> str:
    return f"**{escaped(text)}**" if text.strip() else ""


def _italic(text: str) -> str:
    return f"*{escaped(text)}*" if text.strip() else ""


def _lines(lines: Iterable[str]) -> str:
    """The lines of a table's cell."""
    return "<br>".join(line for line in lines if line)


def _head(sheet: Sheet) -> Iterator[str]:
    head = sheet.head
    office = [*map(escaped, head.parent), *map(_bold, head.issuer)]
    state = [_bold(head.national_name), _bold(head.motto)]
    rows = [
        (_lines([*office, _RULE] if office else []), _lines([*state, _RULE] if any(state) else [])),
        (_lines([escaped(head.number), escaped(head.about)]), _italic(head.place_date)),
        (_lines(map(_bold, head.marks)), ""),
    ]
    rows = [row for row in rows if any(row)]
    if rows:
        yield _columns(rows, [":---:", ":---:"])
    if head.type_name or head.subject:
        title = [f"# {escaped(head.type_name)}"] if head.type_name else []
        subject = [_bold(head.subject), _RULE] if head.subject else []
        yield _centred([*title, *subject])
    if len(head.addressees) == 1:
        yield f"Kính gửi: {escaped(head.addressees[0])}"
    elif head.addressees:
        yield "Kính gửi:"
        yield "\n".join(f"- {paragraph(item[2:])}" for item in listed(head.addressees))


def _columns(rows: Sequence[tuple[str, ...]], alignments: Sequence[str]) -> str:
    """A table without a heading of its own."""
    lines = ["|" + "  |" * len(alignments), f"|{'|'.join(alignments)}|"]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def _centred(parts: Iterable[str]) -> str:
    return "\n\n".join(['<div align="center">', *parts, "</div>"])


def _body(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if block.table:
            yield _table(block.table)
        elif block.style == "basis":
            yield _italic(block.text)
        elif block.style in ("centred", "heading"):
            signs = "#" * min(block.depth + 1, _DEEPEST)
            lines = [escaped(line) for line in block.head.splitlines() if line.strip()]
            title = f"{signs} {'<br>'.join(lines)}"
            yield _centred([title]) if block.style == "centred" else title
        elif block.marker:
            item = f"{block.marker} {block.text}" if block.marker not in _DASHES else block.text
            yield f"{'  ' if block.marker == '+' else ''}- {paragraph(item)}"
        elif block.head:
            yield " ".join(part for part in (_bold(block.head), escaped(block.text)) if part)
        else:
            yield paragraph(block.text)


def _table(table: Table) -> str:
    """A table as HTML: Markdown's own tables have no spans."""
    rows: list[str] = []
    for row in grid(table):
        cells = (cell for cell in row if cell)
        rows.append(
            "<tr>"
            + "".join(
                f"<td{_span('rowspan', cell.row_span)}{_span('colspan', cell.column_span)}>"
                f"{html.escape(' '.join(printable(cell.text).split()))}</td>"
                for cell in cells
            )
            + "</tr>"
        )
    opening = "<table>" if table.ruled else '<table border="0">'
    return "\n".join([opening, *rows, "</table>"])


def _span(name: str, size: int) -> str:
    return f' {name}="{size}"' if size > 1 else ""


def _end(sheet: Sheet) -> Iterator[str]:
    recipients = ["***Nơi nhận:***", *map(escaped, listed(sheet.recipients))] if sheet.recipients else []
    signatures = [_signature(signature) for signature in sheet.signatures]
    if recipients or signatures:
        yield _columns([(_lines(recipients), *signatures)], [":---", *[":---:"] * len(signatures)])
    if sheet.head.contact:
        yield paragraph(sheet.head.contact)


def _signature(signature: Signature) -> str:
    office = _lines(map(_bold, (*signature.authority, *signature.position)))
    return f"{office}<br><br><br>{_bold(signature.name)}" if signature.name else office
