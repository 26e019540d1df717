"""Fit how sure a word is: a logistic regression of the signs against it on damaged texts whose words are known, more or less.

    python -m tools.fit_confidence [--pairs] FOLDER...

Every ``silver/NAME.txt`` below a folder is the reading of ``NAME.raw.txt`` or ``NAME.layout.txt`` beside ``silver``, as
``tools/silver.py`` writes it. The readings are themselves OCR. So a difference only counts against a word where the reading is sure
and has syllables of the dictionary in its place, and stretches that say nothing of one another are left out. Each text counts
twice: as a whole, and page by page, since a page alone tells the decoder less. Of damaged texts beside ``*.gold.txt`` every word
is known.

Prints the coefficients for ``restore/correct/weights.py`` and, with each document left out in turn, the share of the errors
that the least certain tenth of its words holds. With ``--pairs`` it prints instead which products of two signs would explain most
of what the fit leaves: the first one is worth a column of its own, then ask again.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations_with_replacement
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein

from restore.bench.cases import GOLD, Case, damaged_texts
from restore.bench.ranking import rank
from restore.correct import confidence, corrector, readings
from restore.correct.candidates import BLANK, MARK
from restore.correct.readings import Piece
from restore.correct.weights import CONFIDENCE, TOGETHER
from restore.language import lexicon, vietnamese
from restore.review.metrics import words_of

Floats = npt.NDArray[np.float64]

REPLACED = 8  # words in a row that may stand for as many others; more is another text
ALIKE = 0.5  # share of the letters that two ways of parting words have in common
ADDED = 2  # words in a row that may stand for nothing; more is a stamp that the reading left out
SHRINKAGE = 1.0  # of the coefficients, in squared log odds
ROUNDS = 3  # of the fit
TENTH = 0.1
FOLDS = 10
PAGE = 400  # words
IN_A_ROW = 3  # words that two texts have alike: no chance
_WORD_RE = re.compile(r"[\W_]")
# A code as offices write it: 129/KH-UBND, 63/2010/NĐ-CP.
CODE_RE = re.compile(r"\d+(?:/\d{4})?/[A-ZĐ&]+(?:-[A-ZĐ&]+)*")


@dataclass(frozen=True)
class Labelled:
    """A text's words: the signs of the pieces, the pieces of each word, and which words are wrong (-1: not known).

    ``document`` is what it is a part of: parts of one document are left out together.
    """

    document: str
    signs: Floats
    pieces: tuple[tuple[int, ...], ...]
    settled: tuple[bool, ...]
    wrong: tuple[int, ...]


def labelled(
    document: str, text: str, known: Callable[[str, Sequence[str]], Sequence[int]]
) -> Labelled | None:
    """The words of a damaged text, each right or wrong by what is known of it; None where the text is healthy.

    Args:
        document: its name.
        text: damaged.
        known: tells of the restored text and its words which are wrong.
    """
    work = corrector.read(text)
    if work is None:
        return None
    pieces = list(readings.pieces(work.decoder, work.decoding))
    signs = confidence.signs(work.text, pieces, work.decoding, corrector.broken_places(work))
    words = words_of_pieces(pieces)
    wrong = known("".join(piece.text for piece in pieces), [text for text, _ in words])
    settled = tuple(work.frozen[piece.start] for piece in pieces)
    return Labelled(document, signs, tuple(numbers for _, numbers in words), settled, tuple(wrong))


def with_silver(name: str, damaged: Path, silver: Path) -> Iterator[Labelled]:
    """A damaged text as a whole, and page by page."""
    text = damaged.read_text(encoding="utf-8-sig")
    there = [_old_style(word) for word in words_of(silver.read_text(encoding="utf-8-sig"))]
    whole = labelled(name, text, lambda _, words: judge([_old_style(word) for word in words], there))
    if whole is not None:
        yield whole
    place = 0
    for page in pages(text):
        before = place

        def known(_: str, words: Sequence[str], before: int = before) -> Sequence[int]:
            nonlocal place
            mine = [_old_style(word) for word in words]
            start, end = beside(mine, there, before)
            place = max(before, end)
            return judge(mine, there[start:end])

        part = labelled(name, page, known)
        if part is not None:
            yield part


def pages(text: str) -> Iterator[str]:
    r"""A text in stretches of as many words as a page has.

    >>> [len(page.split()) for page in pages("một hai ba bốn\n" * 250)]
    [400, 400, 200]
    """
    lines: list[str] = []
    words = 0
    for line in text.split("\n"):
        lines.append(line)
        words += len(line.split())
        if words >= PAGE:
            yield "\n".join(lines)
            lines, words = [], 0
    if words:
        yield "\n".join(lines)


def beside(words: Sequence[str], silver: Sequence[str], before: int) -> tuple[int, int]:
    """Where in a reading the words of a page stand, from about a place on."""
    low = max(0, before - PAGE // 8)
    near = silver[low : before + len(words) + PAGE // 2]
    alike = [
        block
        for block in Levenshtein.opcodes(words, near)
        if block.tag == "equal" and block.src_end - block.src_start >= IN_A_ROW
    ]
    if not alike:
        return before, before
    first, last = alike[0], alike[-1]
    start = low + first.dest_start - first.src_start
    return max(0, start), low + last.dest_end + len(words) - last.src_end


def with_gold(case: Case) -> Labelled | None:
    """A damaged text whose true text is known."""

    def known(restored: str, _: Sequence[str]) -> Sequence[int]:
        ranked = rank(restored, [1.0] * len(restored.split()), case.truth())
        return [min(errors, 1) for errors in ranked.errors]

    return labelled(case.name, case.damaged(), known)


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
            if max(stop - place, len(there)) <= REPLACED and _tells_of(words[place:stop], there):
                told[place:stop] = [1] * (stop - place)
        elif block.tag == "delete" and stop - place <= ADDED:
            # a plausible word may be one that the reading left out
            told[place:stop] = [-1 if is_plausible(word) else 1 for word in words[place:stop]]
    return told[:end] + [-1] * (len(words) - end)  # a reading may end before the text does


def _tells_of(words: Sequence[str], there: Sequence[str]) -> bool:
    """Whether a reading has other words for these: as many, or the same letters parted in another way."""
    if not all(map(is_plausible, there)):
        return False
    one, other = (_WORD_RE.sub("", vietnamese.strip_marks("".join(part)).lower()) for part in (words, there))
    return len(words) == len(there) or Levenshtein.normalized_similarity(one, other) >= ALIKE


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
    """The coefficients from the words of damaged lines; of a word's pieces that one speaks which the fit before doubts most."""
    found = np.array(list(CONFIDENCE.values()))
    for _ in range(ROUNDS):
        found = regression(*_most_doubted(documents, found))
    return found


def _most_doubted(documents: Sequence[Labelled], coefficients: Floats) -> tuple[Floats, Floats]:
    """The signs of the most doubted piece of each word that is known, and whether the word is wrong."""
    rows, wrong = [], []
    for document in documents:
        odds = document.signs @ coefficients
        for numbers, told in zip(document.pieces, document.wrong, strict=True):
            worst = max(numbers, key=lambda number: odds[number])
            if told >= 0 and not document.settled[worst]:
                rows.append(document.signs[worst])
                wrong.append(told)
    return np.array(rows), np.array(wrong, np.float64)


def worth_of_pairs(signs: Floats, target: Floats, coefficients: Floats) -> list[tuple[float, str]]:
    """Products of two signs by what they would explain beside the columns, best first: Rao's score test, chi square of one degree.

    Left out are products that the columns make up already, all but a twelfth.
    """
    single = [(number, name) for number, name in enumerate(CONFIDENCE) if number and TOGETHER not in name]
    share = 1 / (1 + np.exp(-signs @ coefficients))
    weight, left = share * (1 - share), target - share
    weighted = signs * weight[:, None]
    inverse = np.linalg.inv(weighted.T @ signs + 1e-3 * np.eye(signs.shape[1]))
    found = []
    for (one, name), (other, beside_it) in combinations_with_replacement(single, 2):
        product = signs[:, one] * signs[:, other]
        known = weighted.T @ product
        whole = float(product**2 @ weight)
        new = whole - float(known @ inverse @ known)
        if new > whole / 12:
            found.append((float(product @ left) ** 2 / new, f"{name}{TOGETHER}{beside_it}"))
    return sorted(found, reverse=True)


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


def documents_of(folder: Path) -> Iterator[Labelled]:
    """All texts of a folder, those with silver and those with gold."""
    for silver in sorted(folder.rglob("silver/*.txt")):
        name = silver.stem.removesuffix(".first3pages")
        near = [silver.parent.parent / f"{name}.{kind}.txt" for kind in ("raw", "layout")]
        for damaged in [path for path in near if path.is_file()][:1]:
            yield from with_silver(name, damaged, silver)
    if any(folder.rglob(f"*{GOLD}")):
        yield from filter(None, map(with_gold, damaged_texts([folder])))


def main(arguments: Sequence[str]) -> None:
    """Fit on all documents of the folders and print what came out."""
    folders = [Path(argument) for argument in arguments if argument != "--pairs"]
    texts = [one for folder in folders for one in documents_of(folder)]
    if "--pairs" in arguments:
        found = fit(texts)
        for worth, pair in worth_of_pairs(*_most_doubted(texts, found), found)[:FOLDS]:
            sys.stdout.write(f"{worth:8.1f}  {pair}\n")
        return
    names = sorted({text.document for text in texts})
    odds, wrong = [], []
    for fold in range(FOLDS):
        left_out = set(names[fold::FOLDS])
        others = fit([text for text in texts if text.document not in left_out])
        for text in texts:
            if text.document in left_out and any(told >= 0 for told in text.wrong):
                score, label = scores(text, others)
                odds.append(score)
                wrong.append(label)
    score, label = np.concatenate(odds), np.concatenate(wrong)
    order = np.argsort(-score)
    tenth = round(TENTH * len(order))
    sure = 1 / (1 + np.exp(score[order[tenth]]))
    share = label[order[:tenth]].sum() / label.sum()
    sys.stdout.write(
        f"{len(label)} words, {label.sum():.0f} wrong; "
        f"the least certain tenth lies below {sure:.2f} and holds {share:.3f} of them\n"
    )
    for name, value in zip(CONFIDENCE, fit(texts), strict=True):
        sys.stdout.write(f'    "{name}": {value:.2f},\n')


if __name__ == "__main__":
    main(sys.argv[1:])
