"""Damaged text in, restored text and edits out: ``apply(original, edits) == restored``.

Healthy text passes untouched; in a document that is damaged in parts only those parts are read anew. The order of the work is
:func:`correct`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

import numpy as np

from restore.correct import casing
from restore.correct.candidates import (
    BLANK,
    CAPITALS,
    COPY,
    LETTERS_RE,
    MARK,
    NUMERAL,
    PROTECTED_RE,
    ROMAN,
    words,
)
from restore.correct.casing import Placed, Shapes
from restore.correct.composition import nfc_edits, stacks, with_nfc
from restore.correct.decoder import Decoder, Decoding, chunks_of
from restore.correct.numerals import suggestions
from restore.correct.segmentation import Doubt, weigh
from restore.correct.weights import DEFAULT, Weights
from restore.edit import Edit, EditKind, OffsetMap, apply
from restore.language import channel, health, vietnamese
from restore.language.channel import HALF, Family

Engine = Literal["auto", "layer", "tesseract"]


@dataclass(frozen=True, slots=True)
class Correction:
    """A text before and after, with every change and how sure the whole is.

    ``words`` counts the words of the restored text, ``words_changed`` those an applied edit touches,
    ``words_to_review`` those whose edit waits for a person; ``mean_confidence`` is over all words,
    unchanged ones at their posterior. ``unread`` are the spans of the original, beside the edits, that stand as they
    stood because nothing better was found.
    """

    original: str
    restored: str
    edits: tuple[Edit, ...]
    words: int
    words_changed: int
    words_to_review: int
    mean_confidence: float
    unread: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """One reading of the best path: what stood there, what it means."""

    start: int
    end: int
    text: str
    word: int
    confidence: float
    alternatives: tuple[str, ...]


def correct(text: str, *, engine: Engine = "auto", weights: Weights = DEFAULT) -> Correction:
    """Restore a text.

    Args:
        text: as decoded; any Unicode. NFC is part of the restoring, as edits of source "nfc".
        engine: what read the text: "layer" and "auto" judge its health and repair what is damaged; "tesseract" is text in
            Tesseract's Vietnamese, of which only words that are none are read anew.
        weights: of the restoring core.

    Returns:
        The correction; a healthy text comes back as it is.
    """
    composing = tuple(nfc_edits(text))
    composed = apply(text, composing)
    frozen = _frozen(composed, engine)
    if all(frozen):
        return _summary(text, composed, composing, [])
    broken = suggestions(composed) if weights.numbers else ()
    suggested = tuple(edit for edit in broken if not frozen[edit.start])
    protected = [
        *_far_from_damage(composed, frozen),
        *((edit.start, edit.end) for edit in suggested),
        *(m.span() for m in PROTECTED_RE.finditer(composed)),
        *stacks(composed),
    ]
    family = choose_family(composed, frozen, weights)
    reach = weights if family else weights.for_unknown_engine()
    decoder = Decoder(composed, family, reach, frozen, protected)
    decoding = decoder.run()
    pieces = list(_pieces(decoder, decoding))
    edits = tuple(with_nfc(text, composing, (*_edits(composed, pieces, weights), *suggested)))
    places = OffsetMap(composing)
    unread = tuple(places.span(start, end) for start, end in _unread(composed, pieces, weights))
    return replace(_summary(text, apply(text, edits), edits, pieces), unread=unread)


def choose_family(text: str, frozen: Sequence[bool], weights: Weights) -> Family | None:
    """The kind of engine whose table makes a sample of the text clearly likelier; None is the generic channel."""
    sample = _sample(text, frozen)
    found: Family | None = None
    if not weights.families:
        return None
    best = Decoder(sample, None, weights).decode().logp + FAMILY_MARGIN * len(sample)
    for family in channel.families():
        logp = Decoder(sample, family, weights).decode().logp
        if logp > best:
            best, found = logp, family
    return found


# Nats a character that a table has to gain over the generic channel. The right one gains 0.2 to 0.75 on the damaged documents,
# a wrong one 0.1 at most, and its sure ideas then mislead where the generic channel would learn from the document.
FAMILY_MARGIN = 0.15
# Most of a page: enough to tell the kinds of damage apart; each kind costs one pass over it.
SAMPLE_CHUNKS = 240


def _sample(text: str, frozen: Sequence[bool]) -> str:
    """Damaged chunks from the middle of the text, where the body is."""
    damaged = [chunk.text for chunk in chunks_of(text) if not frozen[chunk.start]]
    middle = len(damaged) // 2
    return " ".join(damaged[max(0, middle - SAMPLE_CHUNKS // 2) : middle + SAMPLE_CHUNKS // 2])


def _frozen(text: str, engine: Engine) -> tuple[bool, ...]:
    """By character, whether it stays as it stands; white space does."""
    if engine == "tesseract":
        frozen = [True] * len(text)
        for chunk in chunks_of(text):
            if _is_suspect(chunk.text):
                frozen[chunk.start : chunk.end] = [False] * len(chunk.text)
        return tuple(frozen)
    whole = health.health(text)
    if whole.grade not in ("damaged", "stripped", "healthy"):
        return (True,) * len(text)
    frozen = []
    lines = text.split("\n")
    for line, judged in zip(lines, health.line_health(text, whole.grade), strict=True):
        # lines that say little of themselves go with the whole
        healthy = (
            judged.grade not in ("damaged", "stripped")
            if whole.grade == "healthy"
            else judged.grade == "healthy"
        )
        frozen += [healthy or character.isspace() for character in line + "\n"]
    return tuple(frozen[: len(text)])


def _far_from_damage(text: str, frozen: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Spans of healthy lines with no damage in the line before or after: nothing there needs to be decoded."""
    bounds = [match.span() for match in re.finditer(r"[^\n]*\n?", text) if match.end() > match.start()]
    healthy = [all(frozen[start:end]) for start, end in bounds]
    begin = None
    for index, (start, _) in enumerate(bounds):
        if all(healthy[max(0, index - 1) : index + 2]):
            begin = start if begin is None else begin
        elif begin is not None:
            yield begin, start
            begin = None
    if begin is not None:
        yield begin, len(text)


def _is_suspect(chunk: str) -> bool:
    """Whether a word of Tesseract's Vietnamese can be none: letters that form no syllable, no capitals, no foreign word."""
    parts = LETTERS_RE.findall(chunk)
    return any(
        not vietnamese.is_syllable(part)
        and not part.isupper()
        and part.lower() not in words().known
        and len(part) > 1
        for part in parts
    ) and any(part in vietnamese.MARKED_LETTERS for part in chunk)


def _pieces(decoder: Decoder, decoding: Decoding) -> Iterator[Piece]:
    """The best path as text, each word in its case, with its posterior and its rivals."""
    edges, path = decoding.lattice.edges, decoding.path
    spans = [(int(edges.start[k]), int(edges.end[k])) for k in path]
    readings = _weighed(decoding, spans, evidence=decoder.weights.word_evidence)
    line_of = np.concatenate([[0], np.cumsum([character == "\n" for character in decoder.text])])
    tokens = words().token
    placed = [
        Placed(
            reading[0][0] if reading else int(edges.word[k]),
            int(tokens[reading[0][0]]) if reading else int(edges.token[k]),
            int(line_of[start]),
            decoder.text[start:end],
        )
        for k, (start, end), reading in zip(path, spans, readings, strict=True)
    ]
    known = decoder.printed_cases()
    printed = {
        index: known[start, item.word]
        for index, ((start, _), item) in enumerate(zip(spans, placed, strict=True))
        if (start, item.word) in known
    }
    shapes = _Shapes(decoder).costs
    by_context = decoder.weights.casing
    cases = casing.decide(placed, shapes, printed) if by_context else casing.by_shape(placed, shapes)
    style = vietnamese.tone_style(
        decoder.text
    )  # of the healthy parts; the lexicon's own where there are none
    before = BLANK
    for k, (start, end), item, case, reading in zip(path, spans, placed, cases, readings, strict=True):
        text, confidence = item.observed, float(min(1.0, decoding.posterior[k]))
        if reading:
            text, confidence = _written(item.word, case, style), min(1.0, reading[0][1])
        if not decoder.is_frozen(start) and _needs_blank(decoder.text, start, before, item.word):
            text = " " + text
        alternatives = tuple(_written(word, case, style) for word, _ in reading[1:5])
        yield Piece(start, end, text, item.word, confidence, alternatives)
        before = item.word


Reading = tuple[
    tuple[int, float], ...
]  # words of one span with their posteriors, best first; empty where no word stands


def _weighed(decoding: Decoding, spans: Sequence[tuple[int, int]], *, evidence: bool) -> list[Reading]:
    """The words of every span of the best path; with ``evidence``, after word evidence was heard."""
    rivals = _rivals(decoding)
    edges = decoding.lattice.edges
    text = words().text
    readings: list[Reading] = []
    for k, span in zip(decoding.path, spans, strict=True):
        word = int(edges.word[k])
        if word < 0:
            readings.append(())
            continue
        best = float(decoding.posterior[k])
        readings.append(((word, best), *((o, p) for o, p in rivals.get(span, ()) if o != word)))
    if not evidence:
        return readings
    places = [index for index, reading in enumerate(readings) if reading]
    doubts = [Doubt(tuple(text[w] for w, _ in readings[i]), tuple(p for _, p in readings[i])) for i in places]
    for index, doubt in zip(places, weigh(doubts), strict=True):
        number = {text[w]: w for w, _ in readings[index]}
        readings[index] = tuple((number[t], p) for t, p in zip(doubt.readings, doubt.posteriors, strict=True))
    return readings


def _written(word: int, case: str, style: str) -> str:
    return vietnamese.move_tone(casing.written(word, case), style)


def _needs_blank(text: str, start: int, before: int, kind: int) -> bool:
    """Whether the damage took the blank before a reading that begins inside a chunk."""
    if before == BLANK or start == 0:
        return False
    word_like = kind >= 0 or kind in (COPY, CAPITALS, ROMAN)
    if before >= 0:
        return word_like or kind == NUMERAL
    if before in (COPY, CAPITALS, ROMAN):
        return word_like
    if before == NUMERAL:
        return kind >= 0
    return word_like and before == MARK and text[start - 1] in ",;:.)”"


class _Shapes:
    """What the letters' shapes say of a word's case, under the channel as it is at the end."""

    def __init__(self, decoder: Decoder) -> None:
        self._decoder = decoder
        # Not the adapted table: it was counted with the shapes that it would be asked about, and confirms itself.
        self._cost = channel.cost(channel.prior(decoder.observations, channel.accent_rate(decoder.text)))
        self._known: dict[tuple[int, str], Shapes] = {}

    def costs(self, word: int, observed: str) -> Shapes:
        """Cost of having seen ``observed`` had the word been small, with a capital, in capitals."""
        key = (word, observed)
        if key not in self._known:
            small = words().graphemes[word]
            title = small.copy()
            title[0] += HALF
            strings = self._decoder.observations.of(observed.replace(" ", ""))
            self._known[key] = (
                self._decoder.cost_of(small, strings, self._cost),
                self._decoder.cost_of(title, strings, self._cost),
                self._decoder.cost_of(small + HALF, strings, self._cost),
            )
        return self._known[key]


def _rivals(decoding: Decoding) -> dict[tuple[int, int], list[tuple[int, float]]]:
    """By span, the words with a posterior worth naming, best first."""
    edges, posterior = decoding.lattice.edges, decoding.posterior
    order = np.flatnonzero((posterior > 0.005) & (edges.word >= 0))
    order = order[np.argsort(-posterior[order], kind="stable")]
    rivals: dict[tuple[int, int], list[tuple[int, float]]] = {}
    for k in order.tolist():
        found = rivals.setdefault((int(edges.start[k]), int(edges.end[k])), [])
        if all(word != edges.word[k] for word, _ in found):
            found.append((int(edges.word[k]), float(posterior[k])))
    return rivals


def _edits(text: str, pieces: Sequence[Piece], weights: Weights) -> Iterator[Edit]:
    for piece in pieces:
        before = text[piece.start : piece.end]
        if piece.text != before:
            yield Edit(
                start=piece.start,
                end=piece.end,
                before=before,
                after=piece.text,
                kind=kind_of(before, piece.text),
                source="model",
                confidence=round(piece.confidence, 4),
                status="auto" if piece.confidence >= weights.review else "review",
                alternatives=piece.alternatives,
            )


def _unread(text: str, pieces: Sequence[Piece], weights: Weights) -> Iterator[tuple[int, int]]:
    """Chunks with letters that no word of the lexicon explains, or not surely, and that no edit touches."""
    for _, group in groupby((piece for piece in pieces if piece.word != BLANK), key=_ChunkOf(text)):
        chunk = list(group)
        if any(piece.text != text[piece.start : piece.end] for piece in chunk):
            continue
        if any(_is_unread(piece, weights) for piece in chunk):
            yield chunk[0].start, chunk[-1].end


def _is_unread(piece: Piece, weights: Weights) -> bool:
    if piece.word == COPY:
        return any(c.isalpha() for c in piece.text) and piece.text.lower() not in words().known
    # An abbreviation shares its posterior with the same capitals as they stand.
    return piece.word >= 0 and not words().capital_only[piece.word] and piece.confidence < weights.review


class _ChunkOf:
    """Numbers the chunks of a text by how many blanks stand before a piece."""

    def __init__(self, text: str) -> None:
        self._blanks = np.concatenate([[0], np.cumsum([character.isspace() for character in text])])

    def __call__(self, piece: Piece) -> int:
        return int(self._blanks[piece.start])


def kind_of(before: str, after: str) -> EditKind:
    """What sort of difference an edit is.

    >>> [kind_of(*pair) for pair in (("an", "án"), ("hien", "hiên"), ("kiin", "kiến"), ("v", " và"), ("Sự", "sự"))]
    ['tone', 'mark', 'mixed', 'split', 'case']
    """
    word = after.lstrip()
    if word == before:
        return "split"
    if after != word:
        return "split"
    if any(character.isspace() for character in before):
        return "merge"
    if before.lower() == word.lower():
        return "case"
    if vietnamese.strip_tones(before).lower() == vietnamese.strip_tones(word).lower():
        return "tone"
    if vietnamese.strip_marks(before).lower() == vietnamese.strip_marks(word).lower():
        return "mark"
    if vietnamese.strip_marks(word) == word:
        return "letter"
    return "mixed"


def _summary(original: str, restored: str, edits: tuple[Edit, ...], pieces: Sequence[Piece]) -> Correction:
    count = len(restored.split())
    changed = [edit for edit in edits if edit.source != "nfc"]
    sure = [piece.confidence for piece in pieces if piece.word >= 0 or piece.word == COPY]
    unsure = sum(1.0 - confidence for confidence in sure)
    return Correction(
        original=original,
        restored=restored,
        edits=edits,
        words=count,
        words_changed=sum(edit.status != "suggested" for edit in changed),
        words_to_review=sum(edit.status != "auto" for edit in changed),
        mean_confidence=round(max(0.0, 1.0 - unsure / count), 4) if count else 1.0,
    )
