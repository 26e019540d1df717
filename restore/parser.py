"""From text to ``Document``: header, legal bases, sections, closing, references, each with its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from restore.content import Mentions
from restore.document import Document, Header, LegalBasis, Quality, Reference, Source, Tool
from restore.edit import Edit
from restore.meaning.abbreviations import find_abbreviations
from restore.meaning.agencies import find_agencies
from restore.meaning.assignments import find_assignments
from restore.meaning.checks import check
from restore.meaning.deadlines import find_dates, find_deadlines
from restore.meaning.money import find_money
from restore.meaning.passages import Passages, body_passages
from restore.meaning.places import find_places
from restore.meaning.references import find_references
from restore.meaning.targets import find_targets
from restore.page import Page, WordSpan
from restore.structure.bases import Basis
from restore.structure.body import to_sections
from restore.structure.components import components
from restore.structure.disputed import settled
from restore.structure.frame import read_frame
from restore.structure.origin import Origin
from restore.structure.page_records import page_records, with_regions
from restore.structure.printed import tables

_NO_SOURCE, _NO_TOOL, _NOT_JUDGED = Source(), Tool(), Quality()


def build_document(
    text: str,
    *,
    original: str | None = None,
    edits: Sequence[Edit] = (),
    spans: Sequence[WordSpan] = (),
    pages: Sequence[Page] = (),
    source: Source = _NO_SOURCE,
    tool: Tool = _NO_TOOL,
    quality: Quality = _NOT_JUDGED,
    settle: Callable[[Document], Document] | None = None,
) -> Document:
    r"""Read a document's structure from its text.

    Never fails on any text: what is not found is absent.

    Args:
        text: the restored (or correct) text, NFC, lines as printed.
        original: the text that offsets and raw values refer to; ``text`` itself where it is None.
        edits: ``apply(original, edits) == text``; suggested repairs of numbers, dates and codes become values.
        spans: the words of pages in ``original`` (``page.document_text``), for pages, boxes and word ids.
        pages: these pages, for what is no body on them, what was done to them and what was laid aside on them.
        source: the file the text is from.
        tool: what made it.
        quality: how far it can be trusted.
        settle: puts in what a person has decided of the fields, before they are checked.

    Raises:
        ValueError: the edits do not lead from the original to the text.

    >>> text = "Số: 5/KH-UBND\nAn Lão, ngày 02 tháng 3 năm 2023\nKẾ HOẠCH\nTrồng cây\nI. MỤC ĐÍCH"
    >>> document = build_document(text)
    >>> document.header.number.value, document.header.issued_date.value, document.sections[0].number
    ('5', '2023-03-02', 'I')
    """
    origin = Origin(text, original, edits, spans)
    frame = read_frame(origin, pages, spans)
    header = settled(frame.header, pages)
    passages = body_passages(origin, frame.subject, [basis.spans for basis in frame.bases], frame.nodes)
    references = find_references(passages, header.doc_type)
    deadlines = find_deadlines(passages, header.issued_date)
    document = Document(
        source=source,
        tool=tool,
        header=header,
        legal_bases=tuple(_legal_basis(origin, basis, references) for basis in frame.bases),
        sections=to_sections(origin, frame.nodes),
        assignments=find_assignments(passages, deadlines),
        references=references,
        deadlines=deadlines,
        mentions=_mentions(passages, header, references),
        components=components(origin, frame),
        tables=tables(origin, pages, spans, frame.places),
        closing=with_regions(frame.closing, pages),
        pages=page_records(pages),
        quality=quality,
    )
    document = settle(document) if settle else document
    warnings = (*quality.warnings, *check(document))
    return document.model_copy(update={"quality": quality.model_copy(update={"warnings": warnings})})


def _mentions(passages: Passages, header: Header, references: Sequence[Reference]) -> Mentions:
    abbreviations = find_abbreviations(passages, header)
    return Mentions(
        agencies=find_agencies(passages, header, abbreviations),
        abbreviations=abbreviations,
        places=find_places(passages, header),
        money=find_money(passages),
        targets=find_targets(passages, header),
        dates=find_dates(passages, references),
    )


def _legal_basis(origin: Origin, basis: Basis, references: Sequence[Reference]) -> LegalBasis:
    text = origin.field(basis.spans)
    start, end = text.provenance[0].start, text.provenance[-1].end
    inside = (one for one in references if start <= one.text.provenance[0].start < end)
    return LegalBasis(text=text, reference=next(inside, None))
