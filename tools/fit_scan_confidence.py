"""Fit how sure a word of a scan is: a logistic regression of its signs on rendered scans, whose truth is known.

    python -m tools.fit_scan_confidence FOLDER

FOLDER is what ``python -m tools.render_scans`` wrote. Prints the coefficients for ``SCAN_CONFIDENCE`` of
``restore/correct/weights.py`` and, with each page left out in turn, the share of the errors that the least certain tenth holds.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from restore.bench.cases import Case, find_cases
from restore.config import Config
from restore.correct.readings import Piece
from restore.correct.scans import Decided, decided, signs
from restore.page import document_text
from restore.reading import read_file
from restore.review.metrics import words_of
from tools.fit_confidence import TENTH, Floats, judge, regression, words_of_pieces

FOLDS = 5


def labelled(case: Case) -> tuple[Floats, Floats]:
    """The signs of the words of a scan, float64 [words, signs], and whether each is wrong."""
    pages = read_file(case.paths[0], Config()).pages
    text, spans = document_text(pages)
    parts = decided(text, spans, [reading for page in pages for reading in page.readings])
    words = words_of_pieces([_piece(part) for part in parts])
    told = judge([word for word, _ in words], words_of(case.truth()))
    # of several parts of one word the worst counts
    rows = [max((signs(parts[k]) for k in mine), key=lambda row: row[2]) for _, mine in words]
    known = [index for index, wrong in enumerate(told) if wrong >= 0]
    return np.array([rows[k] for k in known]), np.array([told[k] for k in known], np.float64)


def _piece(part: Decided) -> Piece:
    return Piece(part.arc.start, part.arc.end, part.arc.text, part.arc.kind, part.posterior, ())


def main(folder: Path) -> None:
    """Fit on all scans of the folder and print what came out."""
    found = [labelled(case) for case in find_cases(folder) if case.kind == "scan"]
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
    weights = regression(all_rows, all_told)
    sys.stdout.write(f"SCAN_CONFIDENCE = ({', '.join(f'{weight:.2f}' for weight in weights)})\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
