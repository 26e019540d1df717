"""How sure each word of the restored text is, changed or not.

The posterior alone is no good judge: where the search kept one reading it is 1, however badly that reading fits. What
is wrong shows in other signs too: letters that the channel explains dearly, a word that nothing around it asks for, digits
among letters. A logistic regression weighs them (:data:`restore.correct.weights.CONFIDENCE`, fitted by
``tools/fit_confidence.py``); its probability is the confidence of the word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from typing import Any

import numpy as np
import numpy.typing as npt

from restore.correct.candidates import (
    BLANK,
    CAPITALS,
    COPY,
    MARK,
    NUMERAL,
    PROTECTED,
    PROTECTED_RE,
    ROMAN,
    token_logp,
    words,
)
from restore.correct.decoder import Decoding, language_model
from restore.correct.readings import Piece
from restore.correct.weights import CONFIDENCE, TOGETHER
from restore.language import lexicon
from restore.language.ngram import UNKNOWN

Signs = npt.NDArray[np.float64]

_WORD_RE = re.compile(r"\S+")
_CODE_RE = re.compile(r"\d+(?:/\d{4})?((?:[/-][A-ZĐ&]+)+)")
# Numbers with points and commas, dates and shares of them, ranges, hours, and what offices name with figures: 12A, T1, 5/KH-UBND.
_FIGURE_RE = re.compile(
    r"""\d+ (?:[.,]\d+)* | \d+ [/–-] \d+ (?:[/-]\d{4})? | \d{1,2} \. \d{1,2} \. \d{4} | \d{1,2} [hg] \d{0,2} | \d+ [A-Za-zđ]
      | [A-ZĐ]{1,4} \d+ (?:[.-]\d+)* | \d+ (?:/\d{4})? [/-] [A-ZĐ&]+ (?:[/-][A-ZĐa-z&]+)*""",
    re.VERBOSE,
)
_ODD_CASE_RE = re.compile(r"[a-zà-ỹđ][A-ZÀ-ỸĐ]")  # a capital behind a small letter
_ADDRESS_RE = re.compile(r"@|www|http")
_EDGES = ".,;:()\"“”‘’'–-%/!?…"
_SYMBOL_RE = re.compile(r"[^\w\s.,;:/()\"“”'’%-]")
# A restored word with a mark in its middle that parts no words there: two words in one, or a part of a letter.
_JOINED_RE = re.compile(r"\w[^\w\s.,;:/()\"“”%-]+\w|[^\W\d_][.,;:()\"“”]+[^\W\d_]")
# Numbers that may stand behind the words of a date.
_PARTS_OF_DATES = {"ngày": range(1, 32), "tháng": range(1, 13), "năm": range(1900, 2100)}
LONGEST_YEAR = 4  # digits
CAP = 30.0  # nats of the channel above which a word is no worse
SOME_BOND = 3.0  # nats that a neighbour gives a word: the first ones say most
STRONG_BOND = 6.0  # nats of a neighbour that make up for dear letters, as far as that goes
SURE_CASE = 4.0  # log odds of a word's case above which it is no surer
SURPRISE = 14.0  # nats of the language model above which a word is no more surprising


def judged(
    text: str,
    pieces: Sequence[Piece],
    decoding: Decoding,
    settled: Callable[[Piece], bool],
    doubted: Callable[[Piece], bool],
) -> list[Piece]:
    """The same pieces, each as sure as its signs say; marks and blanks are no words and stay sure.

    Args:
        text: that was read.
        pieces: readings of the best path, at their posterior.
        decoding: where they come from.
        settled: whether a piece stands in healthy text, which is as it is.
        doubted: whether a piece is part of a broken number, date or code.
    """
    if not pieces:
        return []
    wrong = 1.0 / (1.0 + np.exp(-odds(text, pieces, decoding, doubted).sum(axis=1)))
    return [
        piece
        if settled(piece)
        else replace(piece, confidence=1.0 if piece.word in (MARK, BLANK) else float(1.0 - share))
        for piece, share in zip(pieces, wrong, strict=True)
    ]


def odds(text: str, pieces: Sequence[Piece], decoding: Decoding, doubted: Callable[[Piece], bool]) -> Signs:
    """What each sign adds to the log odds that a piece is wrong: float64 [pieces, signs]."""
    weighed: Signs = signs(text, pieces, decoding, doubted) * np.array(list(CONFIDENCE.values()))
    return weighed


def signs(text: str, pieces: Sequence[Piece], decoding: Decoding, doubted: Callable[[Piece], bool]) -> Signs:
    """What speaks against each piece: float64 [pieces, signs], columns in the order of ``CONFIDENCE``."""
    edges = decoding.lattice.edges
    path = np.array([piece.edge for piece in pieces])
    word, token, paid = edges.word[path], edges.token[path], edges.cost[path]
    said = [piece.text.strip() for piece in pieces]
    length = np.array([max(1, piece.end - piece.start) for piece in pieces])
    is_word = word >= 0
    spelled = is_word | (word == COPY)
    cost = np.where(spelled, paid, 0.0)
    letters = np.minimum(np.where(word == MARK, 0.0, paid), CAP) / 10
    posterior = np.clip([piece.confidence for piece in pieces], 1e-4, 1 - 1e-4)
    times = Counter(word[is_word].tolist())
    bond, surprise, context = context_of(token)
    sound = np.array([_is_sound_code(one) for one in said])
    known = np.array([one.lower() in words().known for one in said])
    upper = np.array([len(one) > 1 and one.isupper() for one in said])
    case = np.clip([piece.case_odds for piece in pieces], -SURE_CASE, SURE_CASE)
    columns = {
        "base": np.ones(len(pieces)),
        "posterior": np.log((1 - posterior) / posterior),
        "rivals": 1 - posterior,
        "letters": letters,
        "garbled": letters**2,
        "each": np.minimum(cost / length, 5.0),
        "stroke": is_word & (length == 1),
        "swallowed": np.where(is_word, np.maximum(length - [len(one) for one in said], 0), 0),
        "rare": -token_logp()[token] / 5,
        "once": np.array([1 / np.sqrt(times[w]) if w >= 0 else 0.0 for w in word.tolist()]),
        "bond": np.minimum(bond, SOME_BOND),
        "asked-for": letters * np.minimum(bond, STRONG_BOND),
        "context": context,
        "surprise": surprise / 5,
        "otherwise": _read_otherwise(text, pieces),
        "case": np.where(is_word, np.exp(-case), 0.0),
        "case-odds": np.where(is_word, -case, 0.0) / SURE_CASE,
        "proposed": np.array([piece.source in ("phrase", "shortlist") for piece in pieces]),
        "title": np.array([one[:1].isupper() for one in said]),
        "upper": is_word & upper,
        "upper-alone": is_word & upper & _alone(upper, said) & ~words().capital_only[word],
        "abbreviation": np.where(is_word, words().capital_only[word], _stands_in_dictionary(word, said)),
        "capitals": (word == CAPITALS) & ~_stands_in_dictionary(word, said) | (word == ROMAN),
        "foreign": (word == COPY) & known,
        "odd-case": (word == COPY) & np.array([bool(_ODD_CASE_RE.search(one)) for one in said]),
        "lone": ~is_word & _lone_letters(text, pieces),
        "number": word == NUMERAL,
        "odd-figure": (word != MARK) & in_words(pieces, is_odd_figure),
        "in-word": (word == NUMERAL) & _beside_letters(text, pieces),
        "odd-date": (word == NUMERAL) & odd_dates(word, said),
        "code": (word == PROTECTED) & ~sound,
        "broken": np.array([doubted(piece) for piece in pieces]),
        "symbol": np.array([bool(_SYMBOL_RE.search(one)) for one in said]),
        "joined": (word != MARK) & in_words(pieces, is_joined),
        "digits": ~sound & np.array([_mixed(one) for one in said]),
    }
    return np.stack([_column(name, columns) for name in CONFIDENCE], axis=1)


def _column(name: str, columns: Mapping[str, npt.NDArray[Any]]) -> Signs:
    """A sign by its name, or the product of two: what they say together beyond what each says alone.

    >>> _column("each × bond", {"each": np.array([2, 3]), "bond": np.array([1, 4])}).tolist()
    [2.0, 12.0]
    """
    first, *others = (columns[part].astype(np.float64) for part in name.split(TOGETHER))
    return reduce(np.multiply, others, first)


def _stands_in_dictionary(word: npt.NDArray[np.int32], said: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Whether each piece is capitals that were left as they stand because the dictionary has them."""
    known = np.array([one in lexicon.abbreviation_forms() for one in said], np.bool_)
    return np.equal(word, CAPITALS) & known


def _beside_letters(text: str, pieces: Sequence[Piece]) -> npt.NDArray[np.bool_]:
    """Whether a letter stands right before or behind each piece, as in 20t9."""
    return np.array(
        [
            text[piece.end : piece.end + 1].isalpha() or text[max(0, piece.start - 1) : piece.start].isalpha()
            for piece in pieces
        ]
    )


def in_words(pieces: Sequence[Piece], told: Callable[[str], bool]) -> npt.NDArray[np.bool_]:
    """Whether each piece is part of a restored word of which that is told."""
    found = np.zeros(len(pieces), bool)
    ends = np.cumsum([len(piece.text) for piece in pieces])
    for word in _WORD_RE.finditer("".join(piece.text for piece in pieces)):
        if told(word[0]):
            first, last = np.searchsorted(ends, [word.start(), word.end() - 1], side="right")
            found[first : last + 1] = True
    return found


def is_joined(word: str) -> bool:
    """Whether a mark parts a word in its middle that parts no words there: doan'Lao, f;n, hỗ"trợ."""
    return _JOINED_RE.search(word) is not None and PROTECTED_RE.search(word) is None


def is_odd_figure(word: str) -> bool:
    """Whether a word has digits in it and is no number, date, code or numbered name that anybody writes: 1I0, 81;1."""
    core = word.strip(_EDGES)
    return any(map(str.isdigit, core)) and _FIGURE_RE.fullmatch(core) is None and not _ADDRESS_RE.search(core)


def _is_sound_code(text: str) -> bool:
    """Whether a text is a code of known parts: 129/KH-UBND is one, 129/QD-UBND has lost the stroke of its Đ."""
    match = _CODE_RE.fullmatch(text)
    return match is not None and set(re.split("[/-]", match[1])[1:]) <= (
        lexicon.document_codes() | lexicon.abbreviation_forms()
    )


def _mixed(text: str) -> bool:
    """Whether digits and letters stand in one word."""
    return any(c.isdigit() for c in text) and any(c.isalpha() for c in text)


def context_of(token: npt.NDArray[np.int32]) -> tuple[Signs, Signs, Signs]:
    """What the language model says of each token.

    How much it gains by its closer neighbour, how little it was expected, and how dear the tokens around it are (nats, the last
    ones a token). Of what it does not know it says nothing.
    """
    places = np.flatnonzero(token >= 0)
    bond, surprise, context = np.zeros(len(token)), np.zeros(len(token)), np.zeros(len(token))
    if not len(places):
        return bond, surprise, context
    logp = language_model().sequence_logp(token[places].astype(np.int32)).astype(np.float64)
    gain = logp - token_logp()[token[places]]
    bond[places] = np.maximum(gain, np.append(gain[1:], 0.0))
    surprise[places] = np.minimum(-logp, SURPRISE)
    unknown = token == words().token_number[UNKNOWN]
    bond[unknown] = surprise[unknown] = 0.0
    total = np.concatenate([[0.0], np.cumsum(np.maximum(logp, -12.0))])
    index = np.arange(len(places))
    low, high = np.maximum(index - 2, 0), np.minimum(index + 4, len(places))
    context[places] = -(total[high] - total[low]) / (high - low)
    return bond, surprise, context


def _read_otherwise(text: str, pieces: Sequence[Piece]) -> Signs:
    """Of the places where the document has the same letters, the share that was read as another word."""
    seen = [
        "".join(text[piece.start : piece.end].split()).lower() if piece.word >= 0 else "" for piece in pieces
    ]
    readings = Counter((letters, piece.word) for letters, piece in zip(seen, pieces, strict=True))
    places = Counter(seen)
    return np.array(
        [
            1.0 - readings[letters, piece.word] / places[letters] if letters else 0.0
            for letters, piece in zip(seen, pieces, strict=True)
        ]
    )


def _lone_letters(text: str, pieces: Sequence[Piece]) -> npt.NDArray[np.bool_]:
    """Whether each piece is a letter between two blanks: no letter of a point, which has its mark behind it."""
    return np.array(
        [
            piece.end - piece.start == 1 and piece.text.strip().isalpha() and text[piece.end : piece.end + 1].strip() == ""
            and text[max(0, piece.start - 1) : piece.start].strip() == ""
            for piece in pieces
        ]
    )  # fmt: skip


def _alone(upper: npt.NDArray[np.bool_], said: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Whether the words on both sides of each piece are not in capitals."""
    places = np.flatnonzero([any(map(str.isalpha, one)) for one in said])
    capitals = np.concatenate([[False], upper[places], [False]])
    found = np.zeros(len(said), bool)
    found[places] = ~(capitals[:-2] | capitals[2:])
    return found


def odd_dates(word: npt.NDArray[np.int32], said: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Whether each piece is a number that cannot stand behind the word of a date before it: năm 202, tháng 20."""
    found = np.zeros(len(said), bool)
    before = ""
    for index, (kind, one) in enumerate(zip(word.tolist(), said, strict=True)):
        if kind == BLANK:
            continue
        may_be = _PARTS_OF_DATES.get(before)
        if may_be is not None and one.isdecimal():
            found[index] = len(one) > LONGEST_YEAR or int(one) not in may_be
        before = one.lower()
    return found
