"""The one home of what a Vietnamese letter and syllable are made of.

A letter is a base letter (``a``), a mark that makes another vowel or consonant of it (breve, circumflex, horn, and
the stroke of đ) and a tone. Unicode decomposes all of them but the stroke: ``đ`` is a letter of its own, so the
stroke is handled here as a mark by name, and everything else through NFD.

All functions take and give NFC.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

BREVE = "\N{COMBINING BREVE}"
CIRCUMFLEX = "\N{COMBINING CIRCUMFLEX ACCENT}"
HORN = "\N{COMBINING HORN}"
STROKE = "\N{COMBINING SHORT STROKE OVERLAY}"  # our name for what parts đ from d; Unicode has no decomposition of it
MARKS = BREVE + CIRCUMFLEX + HORN + STROKE

GRAVE = "\N{COMBINING GRAVE ACCENT}"
HOOK = "\N{COMBINING HOOK ABOVE}"
TILDE = "\N{COMBINING TILDE}"
ACUTE = "\N{COMBINING ACUTE ACCENT}"
DOT = "\N{COMBINING DOT BELOW}"
TONES = GRAVE + HOOK + TILDE + ACUTE + DOT

VOWELS = "aăâeêioôơuưy"


class Letter(NamedTuple):
    """A letter taken apart: base with its case, mark or "", tone or ""."""

    base: str
    mark: str
    tone: str


def nfc(text: str) -> str:
    r"""Canonical composition, the form of all text in this package.

    >>> nfc("Kie\u0302\u0301n") == "Kiến"
    True
    """
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=4096)
def split_letter(letter: str) -> Letter:
    """Take one letter apart; a character that is no Vietnamese letter is its own base.

    >>> split_letter("ế") == Letter("e", CIRCUMFLEX, ACUTE)
    True
    >>> split_letter("Đ") == Letter("D", STROKE, "")
    True
    """
    if letter in "đĐ":
        return Letter("d" if letter == "đ" else "D", STROKE, "")
    decomposed = unicodedata.normalize("NFD", letter)
    mark = "".join(c for c in decomposed[1:] if c in MARKS)
    tone = "".join(c for c in decomposed[1:] if c in TONES)
    if len(mark) + len(tone) + 1 != len(decomposed) or decomposed[0].lower() not in VOWELS:
        return Letter(letter, "", "")
    return Letter(decomposed[0], mark, tone)


def join_letter(base: str, mark: str = "", tone: str = "") -> str:
    """The letter made of base, mark and tone.

    >>> join_letter("e", CIRCUMFLEX, ACUTE), join_letter("D", STROKE)
    ('ế', 'Đ')
    """
    if mark == STROKE:
        return {"d": "đ", "D": "Đ"}[base]
    return nfc(base + mark + tone)


_STRIP = {}
_STRIP_TONES = {}
for _base in "aeiouyAEIOUY":
    for _mark in ("", BREVE, CIRCUMFLEX, HORN):
        for _tone in ("", *TONES):
            _letter = join_letter(_base, _mark, _tone)
            if len(_letter) == 1:
                _STRIP[ord(_letter)] = _base
                _STRIP_TONES[ord(_letter)] = join_letter(_base, _mark)
_STRIP |= {ord("đ"): "d", ord("Đ"): "D"}
MARKED_LETTERS = frozenset(chr(code) for code, base in _STRIP.items() if chr(code) != base)
# str.translate is twice as fast where it finds every letter, and finds it as a number.
_STRIP_CODES = {code: code for code in (*range(128), *map(ord, "“”–…"))}
_STRIP_CODES |= {code: ord(base) for code, base in _STRIP.items()}


def strip_marks(text: str) -> str:
    """The text without any mark, tone or stroke: what an engine that knew no Vietnamese would have seen at best.

    >>> strip_marks("Độc lập - Tự do - Hạnh phúc")
    'Doc lap - Tu do - Hanh phuc'
    """
    return text.translate(_STRIP_CODES)


def strip_tones(text: str) -> str:
    """The text without tones; marks and the stroke stay.

    >>> strip_tones("Hạnh phúc, Điều")
    'Hanh phuc, Điêu'
    """
    return text.translate(_STRIP_TONES)


def tone_of(syllable: str) -> str:
    """The tone of a syllable as its combining character, "" for the level tone.

    >>> tone_of("Kiến") == ACUTE
    True
    """
    for letter in syllable:
        tone = split_letter(letter).tone
        if tone:
            return tone
    return ""


ONSETS = (
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr",
    "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "q", "r", "s", "t", "v", "x",
)  # fmt: skip
CODAS = ("ch", "ng", "nh", "c", "m", "n", "p", "t")
_SYLLABLE_RE = re.compile(
    rf"""
    (?P<onset> {"|".join(ONSETS)} )?
    (?P<nucleus> [{VOWELS}]{{1,3}} )
    (?P<coda> {"|".join(CODAS)} )?
    """,
    re.VERBOSE,
)
_STOPPED = ("c", "ch", "p", "t")  # after these only the acute and the dot tone occur
# Rhymes, tones taken off (Hoàng Phê, Từ điển vần, and the codas above); foreign spellings are not among them.
_NUCLEI = frozenset((
    "a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "ia", "ya", "iê", "yê", "ua", "uô",
    "ưa", "ươ", "ai", "ao", "au", "ay", "âu", "ây", "eo", "êu", "iu", "iêu", "yêu", "oa", "oă", "oe",
    "oi", "oai", "oao", "oay", "oeo", "oo", "ôi", "ơi", "ua", "ui", "uôi", "uê", "ui", "uơ", "uy",
    "uya", "uyê", "uyu", "ưi", "ươi", "ươu", "ưu", "uâ", "uây", "uêu", "uao", "uai", "uay", "ue",
    "ueo", "uă", "uo",
))  # fmt: skip


class Syllable(NamedTuple):
    """A syllable taken apart; all parts lower-case and without tone."""

    onset: str
    nucleus: str
    coda: str
    tone: str


@lru_cache(maxsize=65536)
def parse_syllable(text: str) -> Syllable | None:
    """Take a syllable apart, or None where the text has no shape of a Vietnamese syllable.

    >>> parse_syllable("Nghiêng")
    Syllable(onset='ngh', nucleus='iê', coda='ng', tone='')
    >>> parse_syllable("Kiin") is None
    True
    """
    toneless = strip_tones(text.lower())
    tones = [tone for letter in text.lower() if (tone := split_letter(letter).tone)]
    if len(tones) > 1:
        return None
    match = _SYLLABLE_RE.fullmatch(toneless)
    if match is None:
        return None
    onset, nucleus, coda = match["onset"] or "", match["nucleus"], match["coda"] or ""
    if nucleus not in _NUCLEI:
        return None
    tone = tones[0] if tones else ""
    if coda in _STOPPED and tone not in (ACUTE, DOT):
        return None
    return Syllable(onset, nucleus, coda, tone)


def is_syllable(text: str) -> bool:
    r"""Whether the text has the shape of a Vietnamese syllable.

    >>> [is_syllable(word) for word in ("thực", "th\\Ic", "hoạch", "hoach")]
    [True, False, True, False]
    """
    return parse_syllable(text) is not None


_BARE_NUCLEI = frozenset(strip_marks(nucleus) for nucleus in _NUCLEI)


@lru_cache(maxsize=65536)
def is_bare_syllable(text: str) -> bool:
    """Whether the text is what a syllable may leave when its marks and tone are taken away.

    >>> [is_bare_syllable(word) for word in ("thuc", "nguoi", "duoc", "thực", "that's", "Kiin")]
    [True, True, True, False, False, False]
    """
    match = _SYLLABLE_RE.fullmatch(text.lower())
    return text.isascii() and match is not None and match["nucleus"] in _BARE_NUCLEI


# The only nuclei whose tone has two homes: old style marks the first letter (hóa), new style the second (hoá).
_TWO_HOMES = ("oa", "oe", "uy")
ToneStyle = str  # "old" (hóa) or "new" (hoá)


def move_tone(syllable: str, style: ToneStyle) -> str:
    """Write the tone of ``oa``, ``oe`` and ``uy`` in open syllables in the old (hóa) or the new (hoá) style.

    Syllables whose tone has only one home (``quý``, ``hoàn``, ``thuyền``) stay as they are.

    >>> move_tone("hoá", "old"), move_tone("HÓA", "new"), move_tone("quý", "old"), move_tone("toàn", "old")
    ('hóa', 'HOÁ', 'quý', 'toàn')
    """
    tone = tone_of(syllable)
    if not tone:
        return syllable
    toneless = strip_tones(syllable)
    tail = toneless[-2:].lower()
    if tail not in _TWO_HOMES or (len(toneless) > 2 and toneless[-3].lower() == "q"):
        return syllable
    first, second = toneless[-2], toneless[-1]
    if style == "old":
        return toneless[:-2] + nfc(first + tone) + second
    return toneless[:-2] + first + nfc(second + tone)


_WORD_RE = re.compile(r"[^\W\d_]+")


def tone_style(text: str) -> ToneStyle:
    """The style a text mostly writes ``oa``, ``oe`` and ``uy`` in: "old" (hóa) or "new" (hoá); "old" when even.

    >>> tone_style("văn hoá, xã hội, thuỷ lợi, hóa"), tone_style("không có")
    ('new', 'old')
    """
    old = new = 0
    for word in _WORD_RE.findall(text):
        if tone_of(word):
            old_form, new_form = move_tone(word, "old"), move_tone(word, "new")
            if old_form != new_form:
                old += word == old_form
                new += word == new_form
    return "new" if new > old else "old"


Case = str  # "lower", "title", "upper" or "mixed"


def case_of(word: str) -> Case:
    """The case pattern of a word; a single capital is "title".

    >>> [case_of(word) for word in ("đảng", "Đảng", "ĐẢNG", "đẢng", "A", "12")]
    ['lower', 'title', 'upper', 'mixed', 'title', 'lower']
    """
    letters = [c for c in word if c.isalpha()]
    if not any(c.isupper() for c in letters):
        return "lower"
    if letters[0].isupper() and not any(c.isupper() for c in letters[1:]):
        return "title"
    if all(c.isupper() for c in letters):
        return "upper"
    return "mixed"


def apply_case(word: str, case: Case) -> str:
    """The word written in a case pattern.

    >>> apply_case("đảng", "title"), apply_case("đảng", "upper")
    ('Đảng', 'ĐẢNG')
    """
    if case == "upper":
        return word.upper()
    if case == "title":
        return word[:1].upper() + word[1:].lower()
    return word.lower() if case == "lower" else word
