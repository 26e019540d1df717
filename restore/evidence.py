"""What the words of the pages know of the text: where each edit stands, and which words their engine doubts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import groupby

from restore.document import Header, Warning
from restore.edit import Edit
from restore.field import Provenance
from restore.messages import message
from restore.page import BBox, WordSpan

DOUBTFUL_WORDS = "words-doubtful"
UNREAD_WORDS = "words-unread"
# Below one half the engine itself holds its reading for more likely wrong than right. Not tuned; measured on 9
# hand-checked pages, 1 % of the words are below it, of which 70 % are wrong.
DOUBTFUL_CONFIDENCE = 0.5
NAMED_WORDS = 8  # in the message; the provenance has them all


def place_edits(edits: Sequence[Edit], spans: Sequence[WordSpan]) -> tuple[Edit, ...]:
    """The edits with the page and the words that they touch; an insertion touches the words beside it.

    >>> from restore.page import BBox, Word
    >>> span = WordSpan(0, 2, 1, Word("p1w0", "Kê", BBox(0, 0, 9, 9), 1.0))
    >>> edit = Edit(start=1, end=2, before="ê", after="ế", kind="tone", source="model", confidence=1,
    ...             status="auto")
    >>> placed, = place_edits([edit], [span])
    >>> placed.page, placed.word_ids
    (1, ('p1w0',))
    """
    starts = [span.start for span in spans]
    ends = [span.end for span in spans]
    placed = []
    for edit in edits:
        if edit.start < edit.end:
            touched = spans[bisect_right(ends, edit.start) : bisect_left(starts, edit.end)]
        else:
            touched = spans[bisect_left(ends, edit.start) : bisect_right(starts, edit.end)]
        if touched:
            ids = tuple(span.word.id for span in touched)
            edit = edit.model_copy(update={"page": touched[0].page, "word_ids": ids})
        placed.append(edit)
    return tuple(placed)


def doubtful_words(
    edits: Sequence[Edit], spans: Sequence[WordSpan], unread: Sequence[tuple[int, int]] = ()
) -> tuple[Warning, ...]:
    """A warning for each page with words that their engine doubts and nothing else has put on the review list.

    >>> from restore.page import BBox, Word
    >>> span = WordSpan(0, 5, 3, Word("p3w0", "Nguỵn", BBox(0, 0, 9, 9), 0.21))
    >>> warning, = doubtful_words([], [span])
    >>> warning.message, warning.provenance[0].word_ids
    ('Page 3: words read with little certainty: Nguỵn', ('p3w0',))
    """
    doubtful = doubtful_spans(edits, spans, unread)
    return tuple(
        _warning(page, tuple(page_spans))
        for page, page_spans in groupby(doubtful, key=lambda span: span.page)
    )


def doubtful_spans(
    edits: Sequence[Edit], spans: Sequence[WordSpan], unread: Sequence[tuple[int, int]] = ()
) -> list[WordSpan]:
    """The words that their engine doubts and nothing else has put on the review list."""
    listed = {word_id for edit in edits if edit.status != "auto" for word_id in edit.word_ids}
    return [
        span
        for span in spans
        if span.word.confidence < DOUBTFUL_CONFIDENCE
        and any(character.isalnum() for character in span.word.text)
        and span.word.id not in listed
        and not any(start < span.end and span.start < end for start, end in unread)
    ]


def unread_words(
    text: str, unread: Sequence[tuple[int, int]], spans: Sequence[WordSpan]
) -> tuple[Warning, ...]:
    """A warning for what stands as it stood because no reading was found.

    >>> warning, = unread_words("I. MVC ntcn", [(7, 11)], [])
    >>> warning.message, warning.provenance[0].start
    ('No reading was found for: ntcn', 7)
    """
    if not unread:
        return ()
    ends = [span.end for span in spans]
    starts = [span.start for span in spans]
    places = []
    for start, end in unread:
        touched = spans[bisect_right(ends, start) : bisect_left(starts, end)]
        places.append(
            Provenance(
                page=touched[0].page if touched else None,
                bbox=BBox.union(span.word.bbox for span in touched) if touched else None,
                word_ids=tuple(span.word.id for span in touched),
                start=start,
                end=end,
            )
        )
    named = ", ".join(text[start:end] for start, end in unread[:NAMED_WORDS])
    rest = " …" if len(unread) > NAMED_WORDS else ""
    note = message(UNREAD_WORDS, "en", words=named + rest)
    return (Warning(code=UNREAD_WORDS, message=note, provenance=tuple(places)),)


def doubtful_places(warnings: Iterable[Warning]) -> tuple[Provenance, ...]:
    """Where the words of :func:`doubtful_words` and :func:`unread_words` stand, one place a word."""
    places = (
        place
        for warning in warnings
        if warning.code in (DOUBTFUL_WORDS, UNREAD_WORDS)
        for place in warning.provenance
    )
    return tuple(sorted(places, key=lambda place: place.start))


def unreadable_fields(header: Header) -> tuple[Warning, ...]:
    """A warning for each field of the header that stands on a page and cannot be read, with its place for the crop.

    >>> from restore.document import Field, Header
    >>> place = Provenance(page=1, word_ids=("p1w3",), start=4, end=7)
    >>> field = Field(raw="9,4", status="unreadable", provenance=(place,))
    >>> warning, = unreadable_fields(Header(number=field))
    >>> warning.code, warning.message
    ('number-unreadable', "Page 1: the document's number cannot be read with certainty: “9,4”")
    """
    found = []
    for code, field in (("number-unreadable", header.number), ("date-unreadable", header.issued_date)):
        if field.status == "unreadable" and field.provenance and field.provenance[0].page is not None:
            note = message(code, "en", page=field.provenance[0].page, raw=field.raw or "")
            found.append(Warning(code=code, message=note, provenance=field.provenance))
    return tuple(found)


def _warning(page: int, spans: Sequence[WordSpan]) -> Warning:
    named = ", ".join(span.word.text for span in spans[:NAMED_WORDS])
    rest = " …" if len(spans) > NAMED_WORDS else ""
    return Warning(
        code=DOUBTFUL_WORDS,
        message=message(DOUBTFUL_WORDS, "en", page=page, words=named + rest),
        provenance=tuple(
            Provenance(
                page=page, bbox=span.word.bbox, word_ids=(span.word.id,), start=span.start, end=span.end
            )
            for span in spans
        ),
    )
