"""The best path as text: each word in its case, with its posterior and its rivals, after word evidence was heard."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from restore.correct import casing
from restore.correct.candidates import (
    BLANK,
    CAPITALS,
    COPY,
    MARK,
    NUMERAL,
    ROMAN,
    RULE,
    Edges,
    token_logp,
    words,
)
from restore.correct.casing import Placed, Shapes
from restore.correct.decoder import Decoder, Decoding
from restore.correct.segmentation import Doubt, weigh
from restore.language import channel, families, vietnamese
from restore.language.channel import HALF, Floats


@dataclass(frozen=True, slots=True)
class Piece:
    """One reading of the best path.

    Attributes:
        start: where it stands.
        end: one past its last character.
        text: what it means, in its case, with the blank before it that the damage took.
        word: its number in the lexicon, or a negative kind.
        confidence: its posterior, until :mod:`restore.correct.confidence` has judged it.
        alternatives: other words for the same span, best first.
        edge: its edge in the lattice.
        case_odds: log odds that its case is right.
        cost: nats that the channel asks for it.
        source: what made it the best: the "model", a "phrase" or a "shortlist" that proposed it, "segmentation", a "rule";
            "lost-marks", see :mod:`restore.correct.lost_marks`.
    """

    start: int
    end: int
    text: str
    word: int
    confidence: float
    alternatives: tuple[str, ...]
    edge: int = -1
    case_odds: float = 0.0
    cost: float = 0.0
    source: str = "model"


def pieces(decoder: Decoder, decoding: Decoding) -> Iterator[Piece]:
    """The best path as text, each word in its case, with its posterior and its rivals."""
    edges, path = decoding.lattice.edges, decoding.path
    spans = [(int(edges.start[k]), int(edges.end[k])) for k in path]
    ruled = decoder.written
    readings = _weighed(decoding, spans, ruled, evidence=decoder.weights.word_evidence)
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
    known, proposed = decoder.printed_cases(), decoder.proposed_by()
    printed = {
        index: known[start, item.word]
        for index, ((start, _), item) in enumerate(zip(spans, placed, strict=True))
        if (start, item.word) in known
    }
    shapes = _Shapes(decoder).costs
    by_context = decoder.weights.casing
    cases = casing.weighed(placed, shapes, printed) if by_context else casing.by_shape(placed, shapes)
    style = vietnamese.tone_style(
        decoder.text
    )  # of the healthy parts; the lexicon's own where there are none
    before = BLANK
    for k, (start, end), item, (case, odds), reading in zip(
        path, spans, placed, cases, readings, strict=True
    ):
        text, confidence = item.observed, float(min(1.0, decoding.posterior[k]))
        if reading:
            text, confidence = _written(item.word, case, style), min(1.0, reading[0][1])
        if (start, end, item.word) in ruled:
            text, confidence = ruled[start, end, item.word], min(confidence, decoder.weights.rule_sure)
        if not decoder.is_frozen(start) and _needs_blank(decoder.text, start, before, item.word):
            text = " " + text
        others = [word for word, _ in reading[1:5]]
        if (start, end, item.word) in ruled:
            case = vietnamese.case_of(text)
            others = _outdone(edges, decoding.posterior, (start, end), item.word)[:4]
        alternatives = tuple(_written(word, case, style) for word in others)
        edge = k if edges.word[k] == item.word else _edge_of(edges, (start, end), item.word)
        source = proposed.get((start, end, item.word), "model") if edge == k else "segmentation"
        cost = round(float(edges.cost[edge]), 3)
        yield Piece(start, end, text, item.word, confidence, alternatives, edge, odds, cost, source)
        before = item.word


Reading = tuple[
    tuple[int, float], ...
]  # words of one span with their posteriors, best first; empty where no word stands


def _weighed(
    decoding: Decoding,
    spans: Sequence[tuple[int, int]],
    ruled: Container[tuple[int, int, int]],
    *,
    evidence: bool,
) -> list[Reading]:
    """The words of every span of the best path; with ``evidence``, after word evidence was heard, which moves no rule."""
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
    fixed = {index for index in places if (*spans[index], readings[index][0][0]) in ruled}
    heard = [readings[index][:1] if index in fixed else readings[index] for index in places]
    doubts = [Doubt(tuple(text[w] for w, _ in one), tuple(p for _, p in one)) for one in heard]
    for index, doubt in zip(places, weigh(doubts), strict=True):
        if index in fixed:
            continue
        number = {text[w]: w for w, _ in readings[index]}
        readings[index] = tuple((number[t], p) for t, p in zip(doubt.readings, doubt.posteriors, strict=True))
    return readings


def _edge_of(edges: Edges, span: tuple[int, int], word: int) -> int:
    """The edge of a word that stands on a span beside the best path."""
    same = (edges.start == span[0]) & (edges.end == span[1]) & (edges.word == word)
    return int(np.flatnonzero(same)[0])


def _written(word: int, case: str, style: str) -> str:
    return vietnamese.move_tone(casing.written(word, case), style)


def _needs_blank(text: str, start: int, before: int, kind: int) -> bool:
    """Whether the damage took the blank before a reading that begins inside a chunk."""
    if before == BLANK or start == 0:
        return False
    word_like = kind >= 0 or kind in (COPY, CAPITALS, ROMAN, RULE)
    if before >= 0 or before == RULE:
        return word_like or (kind == NUMERAL and _is_syllable(before))
    if before in (COPY, CAPITALS, ROMAN):
        return kind >= 0
    if before == NUMERAL:
        return _is_syllable(kind)
    return word_like and before == MARK and text[start - 1] in ",;:.)”"


def _is_syllable(word: int) -> bool:
    """Whether a reading is a word of the lexicon and no abbreviation, which a number may follow without a blank: DN100."""
    return word >= 0 and not words().capital_only[word]


class _Shapes:
    """What the letters' shapes say of a word's case, under the channel as it is at the end."""

    def __init__(self, decoder: Decoder) -> None:
        self._decoder = decoder
        # Not the adapted table: it was counted with the shapes that it would be asked about, and confirms itself.
        self._cost = channel.cost(
            families.prior(
                decoder.observations, channel.accent_rate(decoder.text), common=decoder.weights.common
            )
        )
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


def _outdone(edges: Edges, posterior: Floats, span: tuple[int, int], word: int) -> list[int]:
    """The words of a span that a rule outdid: those that the search kept by their posteriors, then by what each costs alone."""
    same = np.flatnonzero((edges.start == span[0]) & (edges.end == span[1]) & (edges.word >= 0))
    alone = edges.cost[same] - token_logp()[edges.token[same]]
    order = np.lexsort((alone, -posterior[same]))
    return [other for other in dict.fromkeys(edges.word[same][order].tolist()) if other != word]


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


class ChunkOf:
    """Numbers the chunks of a text by how many blanks stand before a piece."""

    def __init__(self, text: str) -> None:
        self._blanks = np.concatenate([[0], np.cumsum([character.isspace() for character in text])])

    def __call__(self, piece: Piece) -> int:
        """The number of the chunk that a piece stands in."""
        return int(self._blanks[piece.start])
