"""Scanned text: of all readings of its words the decoder chooses, by what each costs and what stands around it.

The same search and the same language model as for damaged text (:mod:`restore.correct.decoder`); the channel is another one:
what the engine itself says of its letters, and what other readings of the same place saw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from restore.correct._search import search
from restore.correct.candidates import BLANK, Edges
from restore.correct.decoder import language_model
from restore.correct.readings import Piece
from restore.correct.scan_lattice import arcs, edges_of
from restore.correct.weights import DEFAULT, DEFAULT_SCAN, ScanWeights
from restore.correct.word_arcs import Arc
from restore.language.channel import Floats
from restore.page import Reading, WordSpan

RIVALS = 4
LEAST_RIVAL = 0.001  # posterior of an alternative worth showing


def chosen(
    text: str,
    spans: Sequence[WordSpan],
    readings: Sequence[Reading] = (),
    weights: ScanWeights = DEFAULT_SCAN,
) -> list[Piece]:
    """The likeliest reading of every part of a scanned text, in order, with its posterior and its rivals.

    Args:
        text: of the pages, in NFC.
        spans: where its words stand, with what their engine says of them.
        readings: what other readings saw in the place of some words.
        weights: of reading scans.
    """
    found = arcs(text, spans, readings, weights)
    if not found:
        return []
    path, posterior = _searched(text, spans, edges_of(found), weights)
    rivals = _rivals(found, posterior)
    pieces = [_piece(found[k], float(posterior[k]), rivals[found[k].start, found[k].end]) for k in path]
    return _without_blanks_of_dropped(text, pieces)


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


def _rivals(found: Sequence[Arc], posterior: Floats) -> dict[tuple[int, int], list[tuple[str, float]]]:
    """By span, all its readings that are worth showing, likeliest first."""
    by_span: dict[tuple[int, int], list[tuple[str, float]]] = {(arc.start, arc.end): [] for arc in found}
    for k in np.argsort(-posterior, kind="stable"):
        if posterior[k] < LEAST_RIVAL:
            break
        by_span[found[k].start, found[k].end].append((found[k].text, float(posterior[k])))
    return by_span


def _piece(arc: Arc, posterior: float, rivals: Sequence[tuple[str, float]]) -> Piece:
    others = tuple(dict.fromkeys(text.strip() for text, _ in rivals if text != arc.text))[:RIVALS]
    return Piece(
        arc.start, arc.end, arc.text, arc.kind, min(posterior, 1.0), others, cost=round(arc.cost, 3),
        source=arc.source,
    )  # fmt: skip
