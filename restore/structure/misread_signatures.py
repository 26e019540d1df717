"""Authorities and positions over which a hand and a stamp went: what an engine left of them, and what they must be.

Only for text that was read from pages or restored: in a correct text a line is what it says.
"""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import fuzz, process

from restore.language.vietnamese import is_syllable
from restore.structure.lines import CAPITALS, fold, is_upper
from restore.structure.names import is_office_head, is_position

# The positions that sign most documents of state, party, associations and schools; deputies are made from them.
_HEADS = (
    "CHỦ TỊCH", "GIÁM ĐỐC", "TỔNG GIÁM ĐỐC", "THỦ TƯỚNG", "HIỆU TRƯỞNG", "CHÁNH VĂN PHÒNG", "CHÁNH THANH TRA",
    "TRƯỞNG PHÒNG", "TRƯỞNG BAN", "BÍ THƯ", "CỤC TRƯỞNG", "TỔNG CỤC TRƯỞNG", "CHI CỤC TRƯỞNG", "VỤ TRƯỞNG",
    "VIỆN TRƯỞNG", "CHỦ NHIỆM", "TRƯỞNG KHOA", "TRƯỞNG CÔNG AN", "CHỈ HUY TRƯỞNG", "CHÁNH ÁN", "TỔNG THANH TRA",
)  # fmt: skip
_SECOND = {"BỘ TRƯỞNG": "THỨ TRƯỞNG"}  # whose deputy has a name of his own
_POSITIONS = (*_HEADS, *_SECOND, *_SECOND.values(), *(f"PHÓ {head}" for head in _HEADS))
_SPECKS = " .,:;'\"“”‘’`~*|_<>%#^=+{}\\/–-"
# One letter in five wrong; shorter words have too many neighbours.
_SIMILAR, _SHORTEST = 80.0, 7
_WORDS_RE = re.compile(r"[^\W\d_]+")
# "K, THỦ TƯỚNG", "K T. CHỦ TỊCH", "TM, ỦY BAN NHÂN DÂN", "TL BỘ TRƯỞNG": a point lost or misread, a letter lost.
_FORM_RE = re.compile(
    rf"(?P<form>K\s?T|T\s?M|T\s?L|T\s?U\s?Q|K(?=\s?[.,:;]))\s*[.,:;'/]*\s*(?P<whose>[{CAPITALS}]{{2}}.*)$"
)


def speckless(text: str) -> tuple[int, int]:
    """Where a line begins and ends without the quotes and specks that an engine reads around a signature's words.

    >>> speckless("'HIỆU TRƯỞNG”"), speckless("- Như trên;")
    ((1, 12), (0, 11))
    """
    start = len(text) - len(text.lstrip(_SPECKS))
    end = len(text.rstrip(_SPECKS))
    core = text[start:end]
    return (start, end) if core and is_upper(core) and (start or end < len(text)) else (0, len(text))


def meant_authority(text: str) -> str | None:
    """The authority that a misread line is, in its right form; None for other lines and for those read well.

    >>> meant_authority("K, THỦ TƯỚNG"), meant_authority("TM, ỦY BAN NHÂN DÂN"), meant_authority("KT. CHỦ TỊCH")
    ('KT. THỦ TƯỚNG', 'TM. ỦY BAN NHÂN DÂN', None)
    """
    match = _FORM_RE.match(text.strip(_SPECKS)) if is_upper(text, 0.9) else None
    if match is None:
        return None
    form = match["form"].replace(" ", "")
    form = "KT" if form == "K" else form
    whose = match["whose"].strip(_SPECKS)
    if not (is_office_head(whose) if form == "TM" else is_position(whose)):
        return None
    meant = f"{form}. {whose}"
    return None if meant == " ".join(text.split()) else meant


def meant_position(text: str, authority: str | None = None) -> str | None:
    """The position that a misread line is; None for other lines and for those read well.

    It is the known position at the end of the line, else the most similar one. Who signs for another (``KT.``) is
    his deputy.

    Args:
        text: the line.
        authority: the line above it.

    >>> meant_position("PHÓ, CHỦ TỊCH"), meant_position("% ŸR CHỦ TỊCH"), meant_position("PHO GIÂM DỐC")
    ('PHÓ CHỦ TỊCH', 'CHỦ TỊCH', 'PHÓ GIÁM ĐỐC')
    >>> meant_position("TUƠNG", "KT. THỦ TƯỚNG"), meant_position("LAO"), meant_position("SỞ Y TẾ")
    ('PHÓ THỦ TƯỚNG', None, None)
    """
    if not is_upper(text, 0.7):
        return None
    words = _WORDS_RE.findall(fold(text))
    head = _substituted(authority)
    if head is not None and words and fold(head).split()[-1] == words[-1]:
        meant: str | None = _deputy(head)
    else:
        ends = (" ".join(words[start:]) for start in range(len(words)))
        meant = next((_by_words()[end] for end in ends if end in _by_words()), None) or _nearest(
            " ".join(words)
        )
    return None if meant is None or meant == " ".join(text.split()) else meant


def may_continue(text: str) -> bool:
    """Whether a line in capitals can go on with a position: words of the language, and more than one.

    >>> [may_continue(text) for text in ("TỈNH AN GIANG", "LAO", "sở LIÊN ĐOÀN Ẫ")]
    [True, False, False]
    """
    words = _WORDS_RE.findall(text)
    return text.isupper() and len(words) > 1 and all(is_syllable(word) for word in words)


def _substituted(authority: str | None) -> str | None:
    """The position whose holder another one signs for."""
    if authority is None or not authority.startswith("KT"):
        return None
    rest = fold(authority[2:].strip(_SPECKS))
    return next((one for one in (*_HEADS, *_SECOND) if rest == fold(one)), None)


def _deputy(head: str) -> str:
    return _SECOND.get(head, f"PHÓ {head}")


@cache
def _by_words() -> dict[str, str]:
    return {fold(position): position for position in _POSITIONS}


def _nearest(words: str) -> str | None:
    """The most similar position."""
    if len(words) < _SHORTEST:
        return None
    found = process.extractOne(words, _by_words().keys(), scorer=fuzz.ratio, score_cutoff=_SIMILAR)
    return _by_words()[found[0]] if found else None
