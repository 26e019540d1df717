"""Scanned text: of all readings of its words the decoder chooses, by what each costs and what stands around it.

The same search and the same language model as for damaged text (:mod:`restore.correct.decoder`); the channel is another one:
what the engine itself says of its letters, and what other readings of the same place saw.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from restore.correct import ruled_readings
from restore.correct._search import search
from restore.correct.candidates import BLANK, COPY, MARK, NUMERAL, Edges, words
from restore.correct.confidence import (
    SOME_BOND,
    Signs,
    context_of,
    in_words,
    is_joined,
    is_odd_figure,
    odd_dates,
)
from restore.correct.decoder import language_model
from restore.correct.readings import Piece
from restore.correct.rules import NOTHING, Ruled
from restore.correct.scan_lattice import arcs, edges_of
from restore.correct.weights import DEFAULT, DEFAULT_SCAN, SCAN_CONFIDENCE, ScanWeights
from restore.correct.word_arcs import WORD, Arc
from restore.language.channel import Floats
from restore.language.ngram import UNKNOWN
from restore.page import Reading, WordSpan

RIVALS = 4
LEAST_RIVAL = 0.001  # posterior of an alternative worth showing


@dataclass(frozen=True, slots=True)
class Decided:
    """An arc of the best path, its posterior, and the texts that rival it, likeliest first."""

    arc: Arc
    posterior: float
    rivals: tuple[str, ...]


def chosen(
    text: str,
    spans: Sequence[WordSpan],
    readings: Sequence[Reading] = (),
    weights: ScanWeights = DEFAULT_SCAN,
    told: Ruled = NOTHING,
) -> list[Piece]:
    """The likeliest reading of every part of a scanned text, in order, with how sure it is and its rivals.

    Args:
        text: of the pages, in NFC.
        spans: where its words stand, with what their engine says of them.
        readings: what other readings saw in the place of some words.
        weights: of reading scans.
        told: what rules of the archive's dictionary say.
    """
    parts = decided(text, spans, readings, weights, told)
    pieces = [
        Piece(
            one.arc.start, one.arc.end, one.arc.text, one.arc.kind, sure, one.rivals,
            cost=round(one.arc.cost, 3), source=one.arc.source,
        )
        for one, sure in zip(parts, confidences(parts), strict=True)
    ]  # fmt: skip
    return _without_blanks_of_dropped(text, pieces)


def decided(
    text: str,
    spans: Sequence[WordSpan],
    readings: Sequence[Reading] = (),
    weights: ScanWeights = DEFAULT_SCAN,
    told: Ruled = NOTHING,
) -> list[Decided]:
    """The best path through all readings; the arguments are those of :func:`chosen`."""
    found = arcs(text, spans, readings, weights)
    if not found:
        return []
    if told:
        found = ruled_readings.arcs(text, found, told, DEFAULT)
    path, posterior = _searched(text, spans, edges_of(found), weights)
    by_span = _by_span(found, posterior)
    return [Decided(found[k], min(float(posterior[k]), 1.0), _rivals(found[k], by_span)) for k in path]


def confidences(parts: Sequence[Decided]) -> list[float]:
    """Probability that each decided part is right: a logistic regression of :func:`signs`; of marks and blanks the posterior."""
    if not parts:
        return []
    wrong = 1.0 / (1.0 + np.exp(-(signs(parts) @ np.array(list(SCAN_CONFIDENCE.values())))))
    return [
        part.posterior if part.arc.kind in (BLANK, MARK) else float(1.0 - share)
        for part, share in zip(parts, wrong, strict=True)
    ]


def signs(parts: Sequence[Decided]) -> Signs:
    """What tells that each decided part may be wrong: float64 [parts, signs], columns in the order of ``SCAN_CONFIDENCE``."""
    kind = np.array([part.arc.kind for part in parts])
    token = np.array([part.arc.token for part in parts], np.int32)
    rest = np.maximum(1.0 - np.array([part.posterior for part in parts]), LEAST_RIVAL)
    bond, surprise, context = context_of(token)
    said = [Piece(part.arc.start, part.arc.end, part.arc.text, part.arc.kind, 1.0, ()) for part in parts]
    columns = {
        "base": np.ones(len(parts)),
        "posterior": np.log(rest),
        "engine": np.array([part.arc.odds for part in parts]),
        "strange": np.isin(kind, (WORD, COPY)) & (token == words().token_number[UNKNOWN]),
        "bond": np.minimum(bond, SOME_BOND),
        "surprise": surprise / 5,
        "context": context,
        "number": kind == NUMERAL,
        "lone": np.array([len(part.arc.text.strip()) == 1 for part in parts]),
        "odd-date": (kind == NUMERAL) & odd_dates(kind, [piece.text.strip() for piece in said]),
        "odd-figure": (kind != MARK) & in_words(said, is_odd_figure),
        "joined": (kind != MARK) & in_words(said, is_joined),
    }
    return np.stack([columns[name].astype(np.float64) for name in SCAN_CONFIDENCE], axis=1)


def _without_blanks_of_dropped(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """A word that is dropped as a whole takes the blank before it along, or at the beginning of a line the one behind."""
    kept: list[Piece] = []
    for piece in pieces:
        last = kept[-1] if kept else None
        ends = text[piece.end : piece.end + 1].strip() == ""
        if last and last.word == BLANK and last.text == " " and not piece.text and ends:
            kept[-1] = replace(piece, start=last.start)
        elif (
            last
            and not last.text
            and piece.text == " "
            and text[last.start - 1 : last.start].strip("\n") == ""
        ):
            kept[-1] = replace(last, end=piece.end)
        else:
            kept.append(piece)
    return kept


def _searched(
    text: str, spans: Sequence[WordSpan], edges: Edges, weights: ScanWeights
) -> tuple[list[int], Floats]:
    """The best path, and the posterior of every edge; what the document repeats was tried here and decides nothing."""
    restart, restart_cost = _restarts(text, spans)
    path, _, posterior = search(
        language_model(), edges.start, edges.end, edges.token, edges.cost, restart, restart_cost, len(text),
        alpha=weights.alpha, width=DEFAULT.beam_width, window=DEFAULT.window, temperature=weights.temperature,
    )  # fmt: skip
    return path, posterior


def _restarts(text: str, spans: Sequence[WordSpan]) -> tuple[npt.NDArray[np.uint8], Floats]:
    """Where sentences may begin, at what cost: at the beginning of lines."""
    restart = np.zeros(len(text) + 1, np.uint8)
    costs = np.zeros(len(text) + 1, np.float32)
    restart[spans[0].start], costs[spans[0].start] = 1, DEFAULT.restart_after_stop
    for before, span in pairwise(spans):
        breaks = text.count("\n", before.end, span.start)
        if breaks:
            restart[span.start] = 1
            stopped = breaks > 1 or before.word.text[-1] in ".;:!?"
            costs[span.start] = DEFAULT.restart_after_stop if stopped else DEFAULT.restart
    return restart, costs


def _by_span(found: Sequence[Arc], posterior: Floats) -> dict[tuple[int, int], list[str]]:
    """By span, all its readings that are worth showing, likeliest first."""
    by_span: dict[tuple[int, int], list[str]] = defaultdict(list)
    for k in np.argsort(-posterior, kind="stable"):
        if posterior[k] < LEAST_RIVAL:
            break
        by_span[found[k].start, found[k].end].append(found[k].text)
    return by_span


def _rivals(arc: Arc, by_span: Mapping[tuple[int, int], Sequence[str]]) -> tuple[str, ...]:
    others = (text.strip() for text in by_span.get((arc.start, arc.end), ()) if text != arc.text)
    return tuple(dict.fromkeys(others))[:RIVALS]
