"""How sure each word of the restored text is, changed or not.

The posterior alone is no good judge: where the search kept one reading it is 1, however badly that reading fits. What
is wrong shows in other signs too: letters that the channel explains dearly, a word that nothing around it asks for, digits
among letters. A logistic regression weighs them (:data:`restore.correct.weights.CONFIDENCE`, fitted by
``tools/fit_confidence.py``); its probability is the confidence of the word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

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
from restore.correct.weights import CONFIDENCE
from restore.language import lexicon

Signs = npt.NDArray[np.float64]

_WORD_RE = re.compile(r"\S+")
_CODE_RE = re.compile(r"\d+(?:/\d{4})?((?:[/-][A-ZĐ&]+)+)")
_SYMBOL_RE = re.compile(r"[^\w\s.,;:/()\"“”'’%-]")
# A restored word with a mark in its middle that parts no words there.
_JOINED_RE = re.compile(r"\w[^\w\s.,;:/()\"“”%-]+\w|[^\W\d_][.,;:]+[^\W\d_]")
AROUND = 4  # words each side whose letters tell how badly a place is damaged
CAP = 30.0  # nats of the channel above which a word is no worse
SOME_BOND = 3.0  # nats that a neighbour gives a word: the first ones say most
STRONG_BOND = 6.0  # nats of a neighbour that make up for dear letters, as far as that goes
SURE_CASE = 4.0  # log odds of a word's case above which it is no surer


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
    bond, context = _context(token)
    sound = np.array([_is_sound_code(one) for one in said])
    upper = np.array([len(one) > 1 and one.isupper() for one in said])
    case = np.clip([piece.case_odds for piece in pieces], -SURE_CASE, SURE_CASE)
    columns = {
        "base": np.ones(len(pieces)),
        "posterior": np.log((1 - posterior) / posterior),
        "rivals": 1 - posterior,
        "letters": letters,
        "garbled": letters**2,
        "each": np.minimum(cost / length, 5.0),
        "around": _around(cost / length, spelled),
        "length": np.minimum(length, 8) / 8,
        "stroke": is_word & (length == 1),
        "swallowed": np.where(is_word, np.maximum(length - [len(one) for one in said], 0), 0),
        "rare": -token_logp()[token] / 5,
        "once": np.array([1 / np.sqrt(times[w]) if w >= 0 else 0.0 for w in word.tolist()]),
        "bond": np.minimum(bond, SOME_BOND),
        "asked-for": letters * np.minimum(bond, STRONG_BOND),
        "context": context,
        "case": np.where(is_word, np.exp(-case), 0.0),
        "case-odds": np.where(is_word, -case, 0.0) / SURE_CASE,
        "proposed": np.array([piece.source in ("phrase", "shortlist") for piece in pieces]),
        "title": np.array([one[:1].isupper() for one in said]),
        "upper": is_word & upper,
        "abbreviation": np.where(is_word, words().capital_only[word], _stands_in_dictionary(word, said)),
        "capitals": (word == CAPITALS) & ~_stands_in_dictionary(word, said) | (word == ROMAN),
        "foreign": (word == COPY) & np.array([one.lower() in words().known for one in said]),
        "number": word == NUMERAL,
        "figure": (word == NUMERAL) & np.array([len(one) == 1 for one in said]),
        "odd-company": (word == NUMERAL) & _beside_odd(word, said, sound),
        "in-word": (word == NUMERAL) & _beside_letters(text, pieces),
        "code": (word == PROTECTED) & ~sound,
        "broken": np.array([doubted(piece) for piece in pieces]),
        "symbol": np.array([bool(_SYMBOL_RE.search(one)) for one in said]),
        "joined": (word != MARK) & _in_joined(pieces),
        "digits": ~sound & np.array([_mixed(one) for one in said]),
    }
    return np.stack([columns[name].astype(np.float64) for name in CONFIDENCE], axis=1)


def _stands_in_dictionary(word: npt.NDArray[np.int32], said: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Whether each piece is capitals that were left as they stand because the dictionary has them."""
    known = np.array([one in lexicon.abbreviation_forms() for one in said], np.bool_)
    return np.equal(word, CAPITALS) & known


def _beside_odd(
    word: npt.NDArray[np.int32], said: Sequence[str], sound: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """Whether what stands next to each piece, blanks and plain marks passed over, is nothing that was read."""
    symbol = np.array([bool(_SYMBOL_RE.search(one)) for one in said])
    known = np.array([one.lower() in words().known for one in said])
    odd = (
        (word == COPY) & ~known
        | (word == MARK) & symbol
        | (word == PROTECTED) & ~sound
        | (word == CAPITALS) & ~_stands_in_dictionary(word, said)
    )
    places = np.flatnonzero((word != BLANK) & ((word != MARK) | symbol))
    found = np.zeros(len(said), bool)
    found[places[1:]] = odd[places[:-1]]
    found[places[:-1]] |= odd[places[1:]]
    return found


def _beside_letters(text: str, pieces: Sequence[Piece]) -> npt.NDArray[np.bool_]:
    """Whether a letter stands right before or behind each piece, as in 20t9."""
    return np.array(
        [
            text[piece.end : piece.end + 1].isalpha() or text[max(0, piece.start - 1) : piece.start].isalpha()
            for piece in pieces
        ]
    )


def _in_joined(pieces: Sequence[Piece]) -> npt.NDArray[np.bool_]:
    """Whether each piece is part of a restored word that a mark parts in its middle, as doan'Lao or f;n."""
    found = np.zeros(len(pieces), bool)
    ends = np.cumsum([len(piece.text) for piece in pieces])
    for word in _WORD_RE.finditer("".join(piece.text for piece in pieces)):
        if _JOINED_RE.search(word[0]) and not PROTECTED_RE.search(word[0]):
            first, last = np.searchsorted(ends, [word.start(), word.end() - 1], side="right")
            found[first : last + 1] = True
    return found


def _is_sound_code(text: str) -> bool:
    """Whether a text is a code of known parts: 129/KH-UBND is one, 129/QD-UBND has lost the stroke of its Đ."""
    match = _CODE_RE.fullmatch(text)
    return match is not None and set(re.split("[/-]", match[1])[1:]) <= (
        lexicon.document_codes() | lexicon.abbreviation_forms()
    )


def _mixed(text: str) -> bool:
    """Whether digits and letters stand in one word."""
    return any(c.isdigit() for c in text) and any(c.isalpha() for c in text)


def _around(cost: Signs, spelled: npt.NDArray[np.bool_]) -> Signs:
    """Cost a character of the words around each, its own left out."""
    places = np.flatnonzero(spelled)
    found = np.zeros(len(cost))
    total = np.concatenate([[0.0], np.cumsum(cost[places])])
    for index, place in enumerate(places.tolist()):
        low, high = max(0, index - AROUND), min(len(places), index + AROUND + 1)
        if high - low > 1:
            found[place] = (total[high] - total[low] - cost[place]) / (high - low - 1)
    return found


def _context(token: npt.NDArray[np.int32]) -> tuple[Signs, Signs]:
    """How much each token gains by its closer neighbour (nats), and how dear the tokens around it are (nats a token)."""
    places = np.flatnonzero(token >= 0)
    bond, context = np.zeros(len(token)), np.zeros(len(token))
    if not len(places):
        return bond, context
    logp = language_model().sequence_logp(token[places].astype(np.int32)).astype(np.float64)
    gain = logp - token_logp()[token[places]]
    bond[places] = np.maximum(gain, np.append(gain[1:], 0.0))
    total = np.concatenate([[0.0], np.cumsum(np.maximum(logp, -12.0))])
    index = np.arange(len(places))
    low, high = np.maximum(index - 2, 0), np.minimum(index + 4, len(places))
    context[places] = -(total[high] - total[low]) / (high - low)
    return bond, context
