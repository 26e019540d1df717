"""Damaged text in, restored text and edits out: ``apply(original, edits) == restored``.

Healthy text passes untouched; in a document that is damaged in parts only those parts are read anew. The order of the work is
:func:`correct`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from restore.correct import abbreviations, confidence, doubts, lost_marks, readings
from restore.correct.broken_codes import kept_codes, stroked_codes
from restore.correct.candidates import BLANK, CAPITALS, COPY, words
from restore.correct.composition import nfc_edits, with_nfc
from restore.correct.damaged_codes import frozen_of_converted, only_broken
from restore.correct.decoder import Decoder, Decoding
from restore.correct.doubts import WordDoubt
from restore.correct.extent import frozen_of_layer, protected
from restore.correct.family import choose_family
from restore.correct.kinds import kind_of
from restore.correct.number_line import number_line
from restore.correct.numerals import dates_and_codes, suggestions
from restore.correct.readings import ChunkOf, Piece
from restore.correct.ruled_readings import decided, proposals, unheard
from restore.correct.rules import NOTHING, SOURCE, Match, Ruled, ruled
from restore.correct.scans import chosen
from restore.correct.weights import DEFAULT, DEFAULT_SCAN, ScanWeights, Weights
from restore.dictionary import Rule
from restore.edit import Edit, OffsetMap, apply
from restore.language.damaged_codes import family_of
from restore.language.families import Family
from restore.page import Reading, WordSpan


@dataclass(frozen=True, slots=True)
class Correction:
    """A text before and after, with every change and how sure the whole is.

    ``words`` counts the words of the restored text, ``words_changed`` those an applied edit touches,
    ``words_to_review`` those whose edit waits for a person. ``unread`` are the spans of the original, beside the edits,
    that stand as they stood because nothing better was found. ``doubts`` tell of the words of ``restored.split()``,
    unchanged ones too, where they stand in the original, how sure they are and what else they may be; ``mean_confidence``
    is the mean of their confidences.
    """

    original: str
    restored: str
    edits: tuple[Edit, ...]
    words: int
    words_changed: int
    words_to_review: int
    mean_confidence: float
    unread: tuple[tuple[int, int], ...] = ()
    doubts: tuple[WordDoubt, ...] = ()

    @property
    def confidences(self) -> tuple[float, ...]:
        """The probabilities that the words of ``restored.split()`` are right."""
        return tuple(doubt.confidence for doubt in self.doubts)


@dataclass(frozen=True, slots=True)
class Work:
    """A damaged text as it was read.

    Attributes:
        text: in NFC; all places are places in it.
        composing: the edits that made it NFC.
        frozen: by character, whether it stays as it stands; white space does.
        suggested: broken numbers, dates and codes with a reading, and the ``Số`` before a number that nobody could read.
        decoder: after its last pass, with the channel as the document has taught it.
        decoding: what it found.
        family: the kind of engine whose table it began with.
    """

    text: str
    composing: tuple[Edit, ...]
    frozen: tuple[bool, ...]
    suggested: tuple[Edit, ...]
    decoder: Decoder
    decoding: Decoding
    family: Family | None


@dataclass(frozen=True, slots=True)
class Restoration:
    """A correction and where it came from.

    Attributes:
        correction: what was changed.
        work: the decoder with its last decoding; None where no line was read anew as damaged.
        pieces: the readings, in order; their places are those of the composed text. Between them nothing was read anew.
    """

    correction: Correction
    work: Work | None = None
    pieces: tuple[Piece, ...] = ()


def correct(
    text: str, *, encoding: str | None = None, rules: Sequence[Rule] = (), weights: Weights = DEFAULT
) -> Correction:
    """Restore a text whose health is to be judged.

    Args:
        text: as decoded; any Unicode. NFC is part of the restoring, as edits of source "nfc".
        encoding: the legacy encoding that the text as a whole was converted from; where codes were damaged, the words are read
            anew in which they were.
        rules: of the archive's own dictionary.
        weights: of the restoring core.

    Returns:
        The correction; a healthy text comes back as it is.
    """
    return restoration(text, encoding=encoding, rules=rules, weights=weights).correction


def correct_scanned(
    text: str,
    spans: Sequence[WordSpan],
    readings: Sequence[Reading] = (),
    weights: Weights = DEFAULT,
    scan_weights: ScanWeights = DEFAULT_SCAN,
    *,
    rules: Sequence[Rule] = (),
) -> Correction:
    """Restore a text that an engine which knows Vietnamese read from a scan: of its readings the decoder chooses.

    Args:
        text: of the pages, in NFC.
        spans: where its words stand, with what their engine says of them.
        readings: what other readings saw in the place of some words.
        weights: of the restoring core.
        scan_weights: of reading scans.
        rules: of the archive's own dictionary.
    """
    told = ruled(text, rules)
    pieces = chosen(text, spans, readings, scan_weights, told)
    pieces = decided(text, pieces, unheard(text, told.matches), weights)
    found = (*_edits(text, pieces, weights), *told.numbers)
    taken = {place for edit in found for place in range(edit.start, edit.end)}
    taken.update(place for span in told.kept for place in range(*span))
    if weights.numbers:
        found += tuple(e for e in suggestions(text) if taken.isdisjoint(range(e.start, e.end)))
    return _corrected(text, (), text, found, pieces, found, weights)


def restoration(
    text: str, *, encoding: str | None = None, rules: Sequence[Rule] = (), weights: Weights = DEFAULT
) -> Restoration:
    """Restore a text as :func:`correct` does, and keep what the decoder found on the way."""
    composing = tuple(nfc_edits(text))
    composed = apply(text, composing)
    told = ruled(composed, rules)
    work = _read(composed, composing, encoding, weights, told)
    if work is None:
        return _with_lost_marks(text, composing, composed, weights, told)
    pieces = judged_pieces(work)
    if encoding and work.family is family_of(encoding):
        pieces = list(only_broken(work.text, pieces))
    pieces = lost_marks.mended(work.text, work.frozen, pieces, weights)
    pieces = _with_rules(work.text, pieces, told, unheard(work.text, told.matches, work.frozen), weights)
    fixed = work.decoder.is_frozen
    said = [abbreviations.Word(p.start, p.end, p.text, fixed(p.start) or p.source == SOURCE) for p in pieces]
    forms = abbreviations.forms_of(work.text, said)
    read_ = abbreviations.read(work.text, said, forms, weights.review) if weights.abbreviations else ()
    abbreviated = tuple(read_)
    pieces = _outside(pieces, abbreviated)
    changed = (edit for edit in abbreviated if edit.after != edit.before)
    codes = stroked_codes(work.text, work.suggested, forms) if weights.numbers else ()
    suggested = tuple(edit for edit in codes if not work.frozen[edit.start])
    found = (*_edits(work.text, pieces, weights), *changed, *suggested, *told.numbers)
    healthy = tuple(_in_healthy_text(work.text, work.frozen, found, weights, told))
    found, suggested = (*found, *healthy), (*suggested, *healthy, *told.numbers)
    pieces += (Piece(e.start, e.end, e.after, CAPITALS, e.confidence, ()) for e in abbreviated)
    pieces.sort(key=lambda piece: piece.start)
    correction = _corrected(text, composing, composed, found, pieces, suggested, weights, work.frozen)
    return Restoration(correction, work, tuple(pieces))


def _with_rules(
    text: str, pieces: Iterable[Piece], told: Ruled, matches: Sequence[Match], weights: Weights
) -> list[Piece]:
    """Pieces with what rules say where no lattice was; what they settle is certain, and has lost no marks."""
    if not told:
        return list(pieces)
    kept = [
        replace(piece, confidence=1.0) if told.settles(piece.start, piece.end) else piece
        for piece in pieces
        if piece.source != lost_marks.SOURCE or not told.settles(piece.start, piece.end)
    ]
    return decided(text, kept, matches, weights)


def _with_lost_marks(
    text: str, composing: Sequence[Edit], composed: str, weights: Weights, told: Ruled
) -> Restoration:
    """A text without damage: composed, with the marks that single words of it lost, dates and codes suggested."""
    healthy = (True,) * len(composed)
    pieces = lost_marks.mended(composed, healthy, [], weights)
    pieces = _with_rules(composed, pieces, told, told.matches, weights)
    found = (*_edits(composed, pieces, weights), *told.numbers)
    found += tuple(_in_healthy_text(composed, healthy, found, weights, told))
    if not found and not pieces:
        healthy_words = doubts.of_healthy(composed, composing)
        return Restoration(_summary(text, composed, tuple(composing), healthy_words))
    correction = _corrected(text, composing, composed, found, pieces, (), weights)
    return Restoration(correction, None, tuple(pieces))


def _corrected(
    text: str,
    composing: Sequence[Edit],
    composed: str,
    found: Sequence[Edit],
    pieces: Sequence[Piece],
    suggested: Sequence[Edit],
    weights: Weights,
    frozen: Sequence[bool] = (),
) -> Correction:
    """The correction of a text from what was found in its composed form; ``frozen`` is what stays, by character."""
    edits = tuple(with_nfc(text, composing, found))
    doubted = doubts.of_words(text, edits, composed, found, pieces)
    places = OffsetMap(composing)
    read_ = [piece for piece in pieces if not (frozen and frozen[piece.start])]
    unread = tuple(places.span(*span) for span in _unread(composed, read_, suggested, weights))
    return replace(_summary(text, apply(text, edits), edits, doubted), unread=unread)


def joined(parts: Sequence[tuple[int, Correction]]) -> Correction:
    """The corrections of stretches of one text, in order, as that of the whole.

    Args:
        parts: where each stretch begins in the text, and its correction; between them nothing is left out.
    """
    doubted = tuple(doubt.moved(start) for start, part in parts for doubt in part.doubts)
    words_ = sum(part.words for _, part in parts)
    return Correction(
        original="".join(part.original for _, part in parts),
        restored="".join(part.restored for _, part in parts),
        edits=tuple(_moved(edit, start) for start, part in parts for edit in part.edits),
        words=words_,
        words_changed=sum(part.words_changed for _, part in parts),
        words_to_review=sum(part.words_to_review for _, part in parts),
        mean_confidence=_mean(doubted),
        unread=tuple((start + a, start + b) for start, part in parts for a, b in part.unread),
        doubts=doubted,
    )


def _moved(edit: Edit, by: int) -> Edit:
    return edit.model_copy(update={"start": edit.start + by, "end": edit.end + by})


def read(text: str, *, encoding: str | None = None, weights: Weights = DEFAULT) -> Work | None:
    """Decode what is damaged in a text, as :func:`correct` does; None where all of it is healthy."""
    composing = tuple(nfc_edits(text))
    return _read(apply(text, composing), composing, encoding, weights, NOTHING)


def _read(
    composed: str, composing: tuple[Edit, ...], encoding: str | None, weights: Weights, told: Ruled
) -> Work | None:
    frozen = frozen_of_converted(composed) if encoding else ()
    codes = family_of(encoding) if encoding and not all(frozen) else None
    if codes is None:
        frozen = frozen_of_layer(composed)
    if told:
        frozen = told.frozen(composed, frozen)
    if all(frozen):
        return None
    broken, kept = _numbers(composed) if weights.numbers else ((), ())
    suggested = tuple(edit for edit in broken if not frozen[edit.start])
    spans = [*protected(composed, frozen), *((edit.start, edit.end) for edit in suggested), *kept]
    family = codes or choose_family(composed, frozen, weights)
    reach = weights if family else weights.for_unknown_engine()
    decoder = Decoder(composed, family, reach, frozen, spans, [*proposals(composed, told.matches, weights)])
    return Work(composed, composing, frozen, suggested, decoder, decoder.run(), family)


def judged_pieces(work: Work) -> list[Piece]:
    """The readings of a text, each as sure as the signs against it allow."""
    pieces = list(readings.pieces(work.decoder, work.decoding))
    return confidence.judged(
        work.text,
        pieces,
        work.decoding,
        lambda p: work.frozen[p.start] or p.source == SOURCE,
        broken_places(work),
    )


def odds_of_signs(work: Work) -> confidence.Signs:
    """What each sign adds to the log odds that an item of the best path is wrong: float64 [items, signs]."""
    pieces = list(readings.pieces(work.decoder, work.decoding))
    return confidence.odds(work.text, pieces, work.decoding, broken_places(work))


def broken_places(work: Work) -> Callable[[Piece], bool]:
    """Tells of a piece whether it is part of a broken number, date or code."""
    broken = np.zeros(len(work.text) + 1, bool)
    for edit in work.suggested:
        broken[edit.start : edit.end] = True
    return lambda piece: bool(broken[piece.start : piece.end].any())


def _numbers(text: str) -> tuple[Sequence[Edit], Sequence[tuple[int, int]]]:
    """What is broken of numbers, dates and codes, and the spans that no reading may reach into."""
    broken = [*suggestions(text)]
    line = number_line(text)
    if line is None or any(line.start < edit.end and edit.start < line.end for edit in broken):
        return broken, [*kept_codes(text)]
    return [*line.edits, *broken], [(line.start, line.end), *kept_codes(text)]


def _in_healthy_text(
    text: str, frozen: Sequence[bool], found: Iterable[Edit], weights: Weights, told: Ruled
) -> Iterator[Edit]:
    """Broken dates and codes of the text that nothing reads anew, where no other edit is."""
    if not weights.numbers:
        return
    taken = {place for edit in found for place in range(edit.start, edit.end)}
    for edit in dates_and_codes(text):
        places = range(edit.start, edit.end)
        settled = told.settles(edit.start, edit.end)
        if all(frozen[place] for place in places) and taken.isdisjoint(places) and not settled:
            yield edit


def _outside(pieces: Iterable[Piece], edits: Iterable[Edit]) -> list[Piece]:
    covered = {place for edit in edits for place in range(edit.start, edit.end)}
    return [piece for piece in pieces if piece.start not in covered]


def _edits(text: str, pieces: Sequence[Piece], weights: Weights) -> Iterator[Edit]:
    for piece in pieces:
        before = text[piece.start : piece.end]
        kind = kind_of(before, piece.text)
        if piece.text != before:
            yield Edit(
                start=piece.start,
                end=piece.end,
                before=before,
                after=piece.text,
                kind=kind,
                source="case" if kind == "case" and piece.source == "model" else piece.source,
                confidence=round(piece.confidence, 4),
                status="auto" if kind != "number" and piece.confidence >= weights.review else "review",
                alternatives=piece.alternatives,
                cost=piece.cost,
            )


def _unread(
    text: str, pieces: Sequence[Piece], suggested: Sequence[Edit], weights: Weights
) -> Iterator[tuple[int, int]]:
    """Chunks that no word of the lexicon explains, or not surely, and that no edit touches, not even a suggested one."""
    listed = {place for edit in suggested for place in range(edit.start, edit.end)}
    for _, group in groupby((piece for piece in pieces if piece.word != BLANK), key=ChunkOf(text)):
        chunk = list(group)
        if any(piece.text != text[piece.start : piece.end] for piece in chunk):
            continue
        if any(_is_unread(piece, weights) and piece.start not in listed for piece in chunk):
            yield chunk[0].start, chunk[-1].end


def _is_unread(piece: Piece, weights: Weights) -> bool:
    if piece.word == COPY and any(c.isalpha() for c in piece.text):
        return piece.text.lower() not in words().known
    return piece.confidence < weights.review and any(c.isalnum() for c in piece.text)


def _summary(
    original: str, restored: str, edits: tuple[Edit, ...], doubted: tuple[WordDoubt, ...]
) -> Correction:
    changed = [edit for edit in edits if edit.source != "nfc"]
    return Correction(
        original=original,
        restored=restored,
        edits=edits,
        words=len(doubted),
        words_changed=sum(edit.status != "suggested" for edit in changed),
        words_to_review=sum(edit.status != "auto" for edit in changed),
        mean_confidence=_mean(doubted),
        doubts=doubted,
    )


def _mean(doubted: Sequence[WordDoubt]) -> float:
    """How sure words are in the mean; where there is none nothing is doubted."""
    return round(sum(word.confidence for word in doubted) / len(doubted), 4) if doubted else 1.0
