"""Fit how sure a word is: a logistic regression of the signs against it on damaged texts with a reading of the same scans.

    python -m tools.fit_confidence FOLDER...

Every ``silver/NAME.txt`` below a folder is the reading of ``NAME.raw.txt`` or ``NAME.layout.txt`` beside ``silver``. The
readings are themselves OCR, uncorrected. So a difference only counts against a word where the reading has syllables of the
dictionary in its place, and stretches that say nothing of one another are left out. Prints the coefficients for
``restore/correct/weights.py`` and, with each document left out in turn, the share of the errors that the least certain
tenth of its words holds.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein

from restore.correct import confidence, corrector, readings
from restore.correct.candidates import BLANK, MARK
from restore.correct.readings import Piece
from restore.correct.weights import CONFIDENCE
from restore.language import lexicon, vietnamese
from restore.review.metrics import words_of

Floats = npt.NDArray[np.float64]

REPLACED = 8  # words in a row that may stand for as many others; more is another text
ADDED = 2  # words in a row that may stand for nothing; more is a stamp that the reading left out
SHRINKAGE = 1.0  # of the coefficients, in squared log odds
TENTH = 0.1
# A code as offices write it: 129/KH-UBND, 63/2010/NĐ-CP.
CODE_RE = re.compile(r"\d+(?:/\d{4})?/[A-ZĐ&]+(?:-[A-ZĐ&]+)*")


@dataclass(frozen=True)
class Labelled:
    """A document's words: the signs of the pieces, the pieces of each word, and which words are wrong (-1: not known)."""

    name: str
    signs: Floats
    pieces: tuple[tuple[int, ...], ...]
    settled: tuple[bool, ...]
    wrong: tuple[int, ...]


def labelled(damaged: Path, silver: Path) -> Labelled | None:
    """The words of a damaged text, each right or wrong by the reading; None where the text is healthy."""
    work = corrector.read(damaged.read_text(encoding="utf-8-sig"))
    if work is None:
        return None
    pieces = list(readings.pieces(work.decoder, work.decoding))
    signs = confidence.signs(work.text, pieces, work.decoding, corrector.broken_places(work))
    words = words_of_pieces(pieces)
    gold = [_old_style(word) for word in words_of(silver.read_text(encoding="utf-8-sig"))]
    wrong = judge([_old_style(text) for text, _ in words], gold)
    settled = tuple(work.frozen[piece.start] for piece in pieces)
    return Labelled(damaged.name, signs, tuple(numbers for _, numbers in words), settled, tuple(wrong))


def _old_style(word: str) -> str:
    """hoá and hóa are one word, wherever a reading sets the tone."""
    return vietnamese.move_tone(word, "old")


def words_of_pieces(pieces: Sequence[Piece]) -> list[tuple[str, tuple[int, ...]]]:
    """The words that a word error rate counts, each with the numbers of its pieces; of marks only where nothing else is.

    >>> words_of_pieces([Piece(0, 2, "Kế", 5, 1.0, ()), Piece(2, 3, ",", MARK, 1.0, ())])
    [('Kế', (0,))]
    """
    ends = list(accumulate(len(piece.text) for piece in pieces))
    found = []
    number = 0
    for match in re.finditer(r"\S+", "".join(piece.text for piece in pieces)):
        while ends[number] <= match.start():
            number += 1
        last = number
        while ends[last] < match.end():
            last += 1
        mine = range(number, last + 1)
        spoken = tuple(k for k in mine if pieces[k].word not in (MARK, BLANK)) or tuple(mine)
        found += [(word, spoken) for word in words_of(match[0])]
    return found


def judge(words: Sequence[str], silver: Sequence[str]) -> list[int]:
    """1 for each word that is wrong, 0 for a right one, -1 where the reading does not tell.

    >>> judge(["Kế", "hoach", "số"], ["Kế", "hoạch", "số"])
    [0, 1, 0]
    >>> judge(["Kế", "hoạch", "số"], ["Kế", "hqạch", "số"])
    [0, -1, 0]
    """
    told = [-1] * len(words)
    end = 0
    for block in Levenshtein.opcodes(words, silver):
        place, stop, there = block.src_start, block.src_end, silver[block.dest_start : block.dest_end]
        if block.tag == "equal":
            told[place:stop] = [0] * (stop - place)
            end = stop
        elif block.tag == "replace":
            if max(stop - place, len(there)) <= REPLACED and all(map(is_plausible, there)):
                told[place:stop] = [1] * (stop - place)
        elif block.tag == "delete" and stop - place <= ADDED:
            told[place:stop] = [1] * (stop - place)
    return told[:end] + [-1] * (len(words) - end)  # a reading may end before the text does


def is_plausible(word: str) -> bool:
    """Whether a word of a reading can be what was printed: a number, a code, or syllables of the dictionary.

    >>> [is_plausible(word) for word in ("hoạch", "hqạch", "129/KH-UBND", "129/KH-UBNÐ", "30/5/2022", "3O")]
    [True, False, True, False, True, False]
    """
    letters = re.findall(r"[^\W\d_]+", word.lower())
    if any(c.isdigit() for c in word) and letters:
        return CODE_RE.fullmatch(word) is not None
    return all(vietnamese.move_tone(part, "old") in lexicon.syllables() for part in letters)


def fit(documents: Sequence[Labelled]) -> Floats:
    """The coefficients by Newton's method, from words of one piece that stand in damaged lines."""
    rows, wrong = [], []
    for document in documents:
        for numbers, told in zip(document.pieces, document.wrong, strict=True):
            if told >= 0 and len(numbers) == 1 and not document.settled[numbers[0]]:
                rows.append(document.signs[numbers[0]])
                wrong.append(told)
    return regression(np.array(rows), np.array(wrong, np.float64))


def regression(signs: Floats, target: Floats) -> Floats:
    """The coefficients of a logistic regression; the first sign is 1 everywhere."""
    shrinkage = np.full(signs.shape[1], SHRINKAGE)
    shrinkage[0] = 1e-9  # the base is no sign
    found = np.zeros(signs.shape[1])
    for _ in range(30):
        share = 1 / (1 + np.exp(-signs @ found))
        slope = signs.T @ (share - target) + shrinkage * found
        curvature = (signs * (share * (1 - share))[:, None]).T @ signs + np.diag(shrinkage)
        step = np.linalg.solve(curvature, slope)
        found -= step
        if np.abs(step).max() < 1e-6:
            break
    return found


def scores(document: Labelled, coefficients: Floats) -> tuple[Floats, Floats]:
    """Log odds that each word with a label is wrong, and whether it is."""
    odds = document.signs @ coefficients
    told = [(max(odds[list(n)]), w) for n, w in zip(document.pieces, document.wrong, strict=True) if w >= 0]
    found = np.array(told)
    return found[:, 0], found[:, 1]


def main(folders: Sequence[Path]) -> None:
    """Fit on all documents of the folders and print what came out."""
    documents = []
    for silver in sorted(path for folder in folders for path in folder.rglob("silver/*.txt")):
        name = silver.stem.removesuffix(".first3pages")
        beside = [silver.parent.parent / f"{name}.{kind}.txt" for kind in ("raw", "layout")]
        for damaged in [path for path in beside if path.is_file()][:1]:
            document = labelled(damaged, silver)
            documents += [document] if document else []
    odds, wrong = [], []
    for document in documents:
        others = fit([other for other in documents if other is not document])
        score, label = scores(document, others)
        odds.append(score)
        wrong.append(label)
        sys.stdout.write(f"{document.name}: {len(label)} words, {label.sum():.0f} wrong\n")
    score, label = np.concatenate(odds), np.concatenate(wrong)
    order = np.argsort(-score)
    tenth = round(TENTH * len(order))
    sure = 1 / (1 + np.exp(score[order[tenth]]))
    share = label[order[:tenth]].sum() / label.sum()
    sys.stdout.write(f"the least certain tenth lies below {sure:.2f} and holds {share:.3f} of the errors\n")
    for name, value in zip(CONFIDENCE, fit(documents), strict=True):
        sys.stdout.write(f'    "{name}": {value:.2f},\n')


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
