"""Fit how sure a word of a scan is: a logistic regression of its signs on rendered scans, whose truth is known.

    python -m tools.fit_scan_confidence FOLDER

FOLDER is what ``python -m tools.render_scans`` wrote. Prints the coefficients for ``SCAN_CONFIDENCE`` of
``restore/correct/weights.py`` and, with each page left out in turn, the share of the errors that the least certain tenth holds.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from restore.bench.cases import find_cases
from restore.bench.ranking import rank
from restore.config import Config
from restore.correct.readings import Piece
from restore.correct.scans import Decided, decided, signs
from restore.correct.weights import SCAN_CONFIDENCE
from restore.page import Page, document_text
from restore.reading import read_file
from tools.fit_confidence import TENTH, Floats, regression, words_of_pieces

FOLDS = 5


def labelled(pages: Sequence[Page], gold: str) -> tuple[Floats, Floats]:
    """The signs of the words of a scan, float64 [words, signs], and whether each is wrong."""
    text, spans = document_text(pages)
    parts = decided(text, spans, [reading for page in pages for reading in page.readings])
    words = words_of_pieces([_piece(part) for part in parts])
    restored = "".join(part.arc.text for part in parts)
    ranked = rank(restored, [1.0] * len(restored.split()), gold)
    rows = signs(parts)
    odds = rows @ np.array(list(SCAN_CONFIDENCE.values()))
    # of several parts of one word the worst counts
    worst = [max(mine, key=lambda number: odds[number]) for _, mine in words]
    return rows[worst], np.minimum(ranked.errors, 1).astype(np.float64)


def _piece(part: Decided) -> Piece:
    return Piece(part.arc.start, part.arc.end, part.arc.text, part.arc.kind, part.posterior, ())


def fit(found: Sequence[tuple[Floats, Floats]]) -> None:
    """Fit on the words of all pages and print what came out."""
    odds, wrong = [], []
    for fold in range(FOLDS):
        others = [one for index, one in enumerate(found) if index % FOLDS != fold]
        weights = regression(
            np.concatenate([rows for rows, _ in others]), np.concatenate([told for _, told in others])
        )
        for rows, told in found[fold::FOLDS]:
            odds.append(rows @ weights)
            wrong.append(told)
    score, label = np.concatenate(odds), np.concatenate(wrong)
    order = np.argsort(-score, kind="stable")
    share = label[order[: round(TENTH * len(order))]].sum() / label.sum()
    sys.stdout.write(
        f"{len(label)} words, {label.sum():.0f} wrong; the least certain tenth holds {share:.3f} of them\n"
    )
    all_rows, all_told = (np.concatenate(part) for part in zip(*found, strict=True))
    for name, value in zip(SCAN_CONFIDENCE, regression(all_rows, all_told), strict=True):
        sys.stdout.write(f'    "{name}": {value:.2f},\n')


def main(folder: Path) -> None:
    """Read all scans of the folder and fit."""
    cases = (case for case in find_cases(folder) if case.kind == "scan")
    fit([labelled(read_file(case.paths[0], Config()).pages, case.truth()) for case in cases])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
