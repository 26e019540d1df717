"""How many of a text's marks were lost one by one: ``cac phòng, ban, đơn vi`` among words that kept theirs.

Vietnamese has plenty of words without a mark, so what tells is which of them: ``cac`` is hardly ever meant, ``ban`` mostly
is. Each word without a mark is either meant (P(ban)) or one of the marked words of its letters that lost its marks
(share of lost marks times P(bán) + P(bàn) + ...); a word with marks kept them. The share that makes a stretch of text likeliest
is the estimate, and what it gains over "none was lost" is the evidence.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import product

import numpy as np
import numpy.typing as npt

from restore.language import vietnamese
from restore.language.ngram import default_model

Floats = npt.NDArray[np.float64]

# Shares that are tried; what lies between two of them makes no difference to what is read.
SHARES = (0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9)
# Lines before and after that are judged together with one: none, for the line that lost all; some hundred words, where three or
# four lost marks are seen and a slip of the author's is no more than that; and a page, where one mark in twenty is.
REACHES = (0, 4, 20)
# Nats by which "some were lost" must be likelier.
EVIDENCE = 15.0
# Share of all words that no unmarked word is rarer than: slips, foreign words and names in small letters.
FLOOR = 5e-5
# A line with more words than this that are no syllable with any marks is foreign: its "to", "la" and "an" say nothing.
FOREIGN_SHARE = 0.25

# The letter that has no glyph of its own where TCVN3 is read as Latin-1.
DROPPED = "ư"

# Words that are no part of an address or a code; of Vietnamese, no longer than nghiêng.
_ANY_WORD_RE = re.compile(r"(?<![\w@./])[^\W\d_]{2,}(?![\w@/])")
_WORD_RE = re.compile(r"(?<![\w@./])[^\W\d_]{2,7}(?![\w@/])")
_ONE_WORD_RE = re.compile(r"(?<![\w@./])[^\W\d_]{1,7}(?![\w@/])")


@cache
def _odds() -> dict[str, float]:
    """By form, how much more often the words are written that it may have been than itself."""
    return _odds_after(_remains)


@cache
def _odds_after_dropping() -> dict[str, float]:
    """The same for words that may have lost their letters ư."""
    return _odds_after(lambda word: [word.replace(DROPPED, "")] if DROPPED in word else [])


def _odds_after(loss: Callable[[str], Iterable[str]]) -> dict[str, float]:
    model = default_model()
    counts = model.arrays["count_1"]
    total = float(counts.sum())
    own: dict[str, float] = {}
    others: dict[str, float] = {}
    for token, count in zip(model.tokens, counts.tolist(), strict=True):
        if not token.isalpha() or not vietnamese.is_bare_syllable(vietnamese.strip_marks(token)):
            continue
        own[token] = count / total
        for form in loss(token):
            others[form] = others.get(form, 0.0) + count / total
    return {form: share / max(own.get(form, 0.0), FLOOR) for form, share in others.items()}


def _remains(word: str) -> Iterator[str]:
    """What is left of a word when any of its marks are lost."""
    letters = [
        dict.fromkeys((letter, vietnamese.strip_tones(letter), vietnamese.strip_marks(letter)))
        for letter in word
    ]
    forms = map("".join, product(*letters))
    next(forms)  # the word itself
    yield from forms


def odds(word: str) -> float:
    """How many times likelier than a word itself are the words that it is with a mark or more lost; 0 for none.

    >>> odds("cac") > 100, odds("thưc") > 10, odds("trong") < 1, odds("www")
    (True, True, True, 0.0)
    """
    return _odds().get(word, 0.0)


def odds_after_dropping(word: str) -> float:
    """How many times likelier than a word itself the words are that it is without their ư; 0 for none.

    >>> odds_after_dropping("đợc") > 100, odds_after_dropping("nh") > 10, odds_after_dropping("các")
    (True, True, 0.0)
    """
    return _odds_after_dropping().get(word, 0.0)


def has_dropped(text: str) -> bool:
    """Whether a text lost every ư: that letter is U+00AD, the soft hyphen, in TCVN3, and many a program drops those.

    >>> has_dropped("Kết quả đạt đợc từ các phong trào từng bớc nâng cao chất lợng cuộc sống của ngời dân, nh các trờng học")
    True
    >>> has_dropped("Kết quả đạt được từ các phong trào từng bước nâng cao chất lượng cuộc sống")
    False
    """
    if DROPPED in text:  # the capital has a code of its own, and stays
        return False
    found = Counter(_ONE_WORD_RE.findall(text.lower()))
    return sum(count * math.log1p(odds_after_dropping(word)) for word, count in found.items()) > EVIDENCE


def evidence(text: str) -> float:
    """How much likelier a whole text is if some of its marks were lost (nats), damaged words left aside; 0 and more.

    >>> evidence("Thvc hi~n KS hoach s6 44 cua UBND quan") > 4, evidence("iPhone 12, Galaxy S21 Ultra") < 1
    (True, True)
    """
    words = [word.lower() for word in _WORD_RE.findall(text)]
    return max(0.0, float(_gains(words).max())) if words else 0.0


def lost_shares(lines: Sequence[str]) -> list[float]:
    """By line, the share of marks that were lost around it; 0 where that is not sure enough.

    >>> lost_shares(["Cac phòng, ban, đơn vi có kế hoach cu thể để tổ chuc thưc hiện, tuyen truyền, van đông các tổ chưc"])
    [0.5]
    >>> lost_shares(["Các phòng, ban, đơn vị có kế hoạch cụ thể để tổ chức thực hiện, tuyên truyền, vận động các tổ chức"])
    [0.0]
    """
    words = [_small_words(line) for line in lines]
    none = np.zeros(len(SHARES))
    told = [index for index, found in enumerate(words) if found and not is_foreign(lines[index])]
    gains = np.array([_gains(words[index]) for index in told]).reshape(len(told), len(SHARES))
    summed = np.concatenate([none[None], np.cumsum(gains, axis=0)])
    shares = [0.0] * len(lines)
    for place, index in enumerate(told):
        shares[index] = _share_at(summed, place)
    return shares


def _share_at(summed: Floats, index: int) -> float:
    """The share of the surest window around a line; ``summed`` holds the gains of all lines before each."""
    windows = [
        summed[min(index + reach + 1, len(summed) - 1)] - summed[max(index - reach, 0)] for reach in REACHES
    ]
    window = max(windows, key=lambda gains: float(gains.max()))
    best = int(window.argmax())
    return SHARES[best] if window[best] > EVIDENCE else 0.0


def _small_words(line: str) -> list[str]:
    """Words in small letters: names lack marks for other reasons. In a line of capitals, all words."""
    words = _WORD_RE.findall(line)
    small = [word for word in words if word.islower()]
    return small or [word.lower() for word in words if word.isupper()]


def is_foreign(line: str) -> bool:
    """Whether the words of a line, names among them, are not Vietnamese ones.

    >>> is_foreign("1992: Jean Carmet, phim Merci la vie"), is_foreign("Cac phong, ban cua UBND quan")
    (True, False)
    """
    words = [(word, vietnamese.strip_marks(word.lower())) for word in _ANY_WORD_RE.findall(line)]
    syllables = [(word, vietnamese.is_bare_syllable(bare)) for word, bare in words]
    told = [
        is_one for word, is_one in syllables if is_one or not word.isupper()
    ]  # abbreviations are of no language
    return told.count(False) > FOREIGN_SHARE * len(told)


def _gains(words: Sequence[str]) -> Floats:
    """By share, how much likelier it makes words than if no marks were lost (nats)."""
    shares = np.array(SHARES)
    marked = np.array([not vietnamese.MARKED_LETTERS.isdisjoint(word) for word in words], dtype=float)
    kept = 1 - np.outer(shares, marked)
    gains: Floats = np.log(kept + np.outer(shares, [odds(word) for word in words])).sum(axis=1)
    return gains
