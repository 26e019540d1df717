"""What a word is to the search, and in which forms it stands in the index.

Every word is indexed twice: folded (``kế``), and bare behind an underscore (``_ke``), which no word can begin with.
Facts about the document, which filters ask for, begin with ``=``. So no query about one of them ever reads the others.
"""

from __future__ import annotations

import re
from functools import lru_cache

from restore.language.vietnamese import move_tone, nfc, strip_marks

WORD_RE = re.compile(r"[^\W_]+")
BARE = "_"
FACT = "="
LAST_CHARACTER = "\U0010ffff"  # behind everything that begins alike


def lower(text: str) -> str:
    """The text in lower case, character by character: none is added, none depends on its neighbours.

    >>> lower("ĐIỀU"), len(lower("İ")), lower("ΑΣ") == lower("Α") + lower("Σ")
    ('điều', 1, True)
    """
    return text.replace("İ", "i").lower().replace("ς", "σ")


def plain(text: str) -> str:
    """The text in lower case without marks, of the same length.

    >>> plain("Kế hoạch số 129/KH-UBND")
    'ke hoach so 129/kh-ubnd'
    """
    return strip_marks(lower(text))


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A word in lower case with its tone mark in the old place; it is NFC already.

    >>> fold("HOÁ"), fold("hóa"), fold("Kế")
    ('hóa', 'hóa', 'kế')
    """
    return move_tone(lower(word), "old")


def has_marks(word: str) -> bool:
    """Whether a word has any mark, tone or stroke.

    >>> has_marks("lần"), has_marks("đan"), has_marks("lan"), has_marks("129")
    (True, True, False, False)
    """
    return strip_marks(word) != word


def words_of(text: str) -> list[str]:
    """The folded words of a text, in their order.

    >>> words_of("Số: 129/KH-UBND, Văn hoá_xã hội")
    ['số', '129', 'kh', 'ubnd', 'văn', 'hóa', 'xã', 'hội']
    """
    return [fold(word) for word in WORD_RE.findall(nfc(text))]


def both_forms(text: str) -> str:
    """What the index holds of a text: its words, then its bare words.

    >>> both_forms("Kế hoạch")
    'kế hoạch _ke _hoach'
    """
    words = words_of(text)
    return " ".join([*words, *(BARE + strip_marks(word) for word in words)])


def bare_run(text: str) -> str:
    """The bare letters and figures of a text, nothing between them.

    >>> bare_run("Quyết định"), bare_run("QĐ")
    ('quyetdinh', 'qd')
    """
    return "".join(WORD_RE.findall(plain(nfc(text))))
