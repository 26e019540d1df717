"""All readings of scanned words as one lattice: what was read, what its letters may be, what other readings saw."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from restore.correct.candidates import BLANK, TRANSPARENT, Edges
from restore.correct.spellings import LONGEST, options, spellings, token_of, written
from restore.correct.weights import ScanWeights
from restore.correct.word_arcs import FIRST, MOST_GLUED, WORD, Arc, arcs_of, odds_wrong, parts_of
from restore.language import vietnamese
from restore.page import Reading, Word, WordSpan


def reading_arcs(
    text: str, reading: Reading, spans: Mapping[str, WordSpan], weights: ScanWeights
) -> Iterator[Arc]:
    """What another reading saw in the place of some words, each of its words over the letters that it goes with."""
    own = [spans[word_id] for word_id in reading.word_ids]
    if not own or not reading.words:
        return
    start, end = own[0].start, own[-1].end
    places = [place for place in range(start, end) if not text[place].isspace()]
    seen = "".join(word.text for word in reading.words)
    cuts = bounds("".join(text[place] for place in places), seen)
    offset = 0
    for index, word in enumerate(reading.words):
        for part_arcs in _by_part(word, weights, reading.source):
            begin, stop = cuts[offset + part_arcs[0].start], cuts[offset + part_arcs[0].end]
            if begin == stop:
                return  # more words than letters: nothing to hang them on
            before = " " if part_arcs[0].start == 0 and index and text[places[begin] - 1] != " " else ""
            for arc in part_arcs:
                yield Arc(
                    places[begin], places[stop - 1] + 1, arc.token, arc.kind, before + arc.text,
                    arc.cost + weights.reading, arc.source, arc.odds,
                )  # fmt: skip
        offset += len(word.text)


def _by_part(word: Word, weights: ScanWeights, source: str) -> Iterator[list[Arc]]:
    arcs = list(arcs_of(word, 0, weights, source))
    for part in parts_of(word.text):
        yield [arc for arc in arcs if (arc.start, arc.end) == (part.start, part.end)]


def bounds(one: str, other: str) -> list[int]:
    """By place in the other string (and its end), the place in the first that goes with it; rising from 0 to its length."""
    a, b = (vietnamese.strip_marks(text).lower() for text in (one, other))
    places = [0] * (len(other) + 1)
    for step in Levenshtein.opcodes(a, b):
        for place in range(step.dest_start, step.dest_end + 1):
            share = (place - step.dest_start) / max(step.dest_end - step.dest_start, 1)
            places[place] = step.src_start + round((step.src_end - step.src_start) * share)
    places[0], places[-1] = 0, len(one)
    return places


def merges(one: WordSpan, other: WordSpan, weights: ScanWeights) -> Iterator[Arc]:
    """The word that a false blank may have cut."""
    joined = one.word.text + other.word.text
    if other.start != one.end + 1 or len(joined) > LONGEST or not joined.isalpha():
        return
    if token_of(one.word.text) is not None and token_of(other.word.text) is not None:
        return
    both = (one.word.choices or ((),) * len(one.word.text)) + (
        other.word.choices or ((),) * len(other.word.text)
    )
    letters = [options(letter, choice, weights) for letter, choice in zip(joined, both, strict=True)]
    for spelling in spellings(letters, weights.most_glued)[:MOST_GLUED]:
        cost = spelling.cost + weights.false_blank
        text = written(spelling.text, joined)
        odds = odds_wrong(min(one.word.confidence, other.word.confidence))
        yield Arc(one.start, other.end, spelling.token, WORD, text, cost, FIRST, odds)


def arcs(
    text: str, spans: Sequence[WordSpan], readings: Sequence[Reading], weights: ScanWeights
) -> list[Arc]:
    """All readings of a scanned text, cheapest of each kind only, sorted by start."""
    by_id = {span.word.id: span for span in spans}
    found: list[Arc] = []
    place = 0
    for span in spans:
        if span.start > place:
            found.append(Arc(place, span.start, TRANSPARENT, BLANK, text[place : span.start], 0.0, FIRST))
        found += arcs_of(span.word, span.start, weights)
        place = span.end
    if place < len(text):
        found.append(Arc(place, len(text), TRANSPARENT, BLANK, text[place:], 0.0, FIRST))
    for one, other in pairwise(spans):
        found += merges(one, other, weights)
    for reading in readings:
        found += reading_arcs(text, reading, by_id, weights)
    best: dict[tuple[int, int, int, str], Arc] = {}
    for arc in found:
        key = arc.start, arc.end, arc.token, arc.text
        rival = best.get(key)
        if rival is None:
            best[key] = arc
        else:  # what two readings saw is as sure as the surer one says
            cheaper = min(rival, arc, key=lambda one: one.cost)
            best[key] = replace(cheaper, odds=min(rival.odds, arc.odds))
    return sorted(best.values(), key=lambda arc: (arc.start, arc.end, arc.cost))


def edges_of(found: Sequence[Arc]) -> Edges:
    """Arcs as the search wants them, in their order."""
    return Edges.of([(arc.start, arc.end, arc.token, arc.kind, arc.cost) for arc in found])
