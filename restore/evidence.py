"""What the words of the pages know of the text: where each edit stands, and which words their engine doubts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import groupby

from restore.document import Provenance, Warning
from restore.edit import Edit
from restore.messages import message
from restore.page import WordSpan

DOUBTFUL_WORDS = "words-doubtful"
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


def doubtful_words(edits: Sequence[Edit], spans: Sequence[WordSpan]) -> tuple[Warning, ...]:
    """A warning for each page with words that their engine doubts and no edit has put on the review list.

    >>> from restore.page import BBox, Word
    >>> span = WordSpan(0, 5, 3, Word("p3w0", "Nguỵn", BBox(0, 0, 9, 9), 0.21))
    >>> warning, = doubtful_words([], [span])
    >>> warning.message, warning.provenance[0].word_ids
    ('Page 3: words read with little certainty: Nguỵn', ('p3w0',))
    """
    listed = {word_id for edit in edits if edit.status != "auto" for word_id in edit.word_ids}
    doubtful = [
        span
        for span in spans
        if span.word.confidence < DOUBTFUL_CONFIDENCE
        and any(character.isalnum() for character in span.word.text)
        and span.word.id not in listed
    ]
    return tuple(
        _warning(page, tuple(page_spans))
        for page, page_spans in groupby(doubtful, key=lambda span: span.page)
    )


def doubtful_places(warnings: Iterable[Warning]) -> tuple[Provenance, ...]:
    """Where the words of :func:`doubtful_words` stand, one place a word, in the order of the text."""
    return tuple(
        place for warning in warnings if warning.code == DOUBTFUL_WORDS for place in warning.provenance
    )


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
