r"""Is a text healthy Vietnamese, or read by an engine that knew none, or stripped, or in an old encoding?

Judged by counting: healthy Vietnamese has marks on most of its syllables; a damaged layer has almost none and
is full of words that nobody writes (``th\Ic``, ``hi~n``, ``duQ'c``); stripped text has neither; a foreign
text is not made of syllables. Each distinct word is looked at once, so the speed is that of splitting and
counting.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, NamedTuple

from restore.language.measures import SOUND_RE
from restore.language.ngram import default_model
from restore.language.short_cache import short_cache
from restore.language.vietnamese import MARKED_LETTERS, is_bare_syllable, is_syllable, nfc

HealthGrade = Literal["healthy", "damaged", "stripped", "legacy", "other", "empty"]

# Share of marked syllables among all that are a syllable with or without marks. Silver readings of 11 scanned
# documents .86 to .92, the damaged layers of the same scans at most .01. Half-way, so that a document with
# damaged pages among healthy ones falls to the side that most of its words are on.
HEALTHY_MARKED_SHARE = 0.5
# Broken words beside healthy ones: at most .03 in whole silver readings, .21 on their worst page, a chart.
HEALTHY_BROKEN_SHARE = 0.35
# (syllables + bare syllables + 2 * broken) / words. Damaged layers .92 and more, English .21, French .24.
DAMAGED_SCORE = 0.6
BROKEN_WEIGHT = 2.0
# The silver readings without their marks: .94 to 1 syllables (damaged layers .62 to .77), and broken words at
# most .005, but for tables read as letters (.027).
STRIPPED_SHARE = 0.85
STRIPPED_BROKEN_SHARE = 0.02
# Words with characters that Vietnamese has not but its legacy encodings use. Silver readings re-encoded:
# TCVN3 at least .56, VNI .42, VISCII .52, VPS .43; damaged layers at most .003.
LEGACY_SIGN_SHARE = 0.2
# A stamp or a header of another origin may bring a few Unicode letters into a legacy text; Vietnamese in
# Unicode has one in every second word.
LEGACY_MODERN_SHARE = 0.1
# Names of people and places abroad may fill more than half of a text that is Vietnamese all the same.
HEALTHY_SYLLABLE_SHARE = 0.25
# A line of a healthy text is only called damaged or stripped when it bears next to no marks: film titles,
# file names and lists of foreign names beside two or three Vietnamese words are not damage.
DOUBTFUL_LINE_MARKED_SHARE = 0.15
# Fewer words than this say little about themselves: the text around them decides.
MIN_WORDS = 5


@dataclass(frozen=True, slots=True)
class Health:
    """What a text is made of, and the verdict.

    Attributes:
        grade: ``healthy``; ``damaged``: read by an engine that knew no Vietnamese; ``stripped``: without
            marks but otherwise whole; ``legacy``: probably in an encoding from before Unicode; ``other``: no
            Vietnamese, or nothing but numbers and abbreviations; ``empty``: nothing but white space.
        words: words that were judged; numbers, codes, addresses of mail and web and abbreviations are not.
        accented: syllables that bear a mark or tone.
        valid: all syllables, accented or not.
        bare: unmarked words that are no syllable until they get their marks back (``duoc``, ``thuc``).
        broken: words that nobody writes: signs, digits or capitals inside.
        signs: words with characters of the legacy encodings.
        modern: words with Vietnamese letters that only Unicode has, and no font of before.
    """

    grade: HealthGrade
    words: int
    accented: int
    valid: int
    bare: int
    broken: int
    signs: int
    modern: int

    @property
    def marked_share(self) -> float:
        """Accented syllables among all that are a syllable or would be one with its marks, 0 to 1."""
        return self.accented / max(self.valid + self.bare, 1)

    @property
    def damaged_share(self) -> float:
        """Words that are broken or stripped of their marks, among all words, 0 to 1.

        >>> health("Thực hiện kế hoạch").damaged_share, health("Thuc hi~n kS hoach").damaged_share
        (0.0, 1.0)
        """
        return (self.broken + self.bare) / max(self.words, 1)


class _Tally(NamedTuple):
    words: int = 0
    accented: int = 0
    valid: int = 0
    bare: int = 0
    broken: int = 0
    signs: int = 0
    modern: int = 0


_NOTHING = _Tally()
_ADDRESS_RE = re.compile(
    r"\S+@\S+\.\S+|(?:https?:|www\.)\S+|\S+\.(?:vn|com|gov|net|org)(?:/\S*)?", re.IGNORECASE
)
_PART_RE = re.compile(r"[^\s/.,;:()\"'“”‘’…–—-]+")
# TeX: {\frac{a}{b}}. Damage has a backslash or a bracket of these, not a command in brackets.
_TEX_RE = re.compile(r"\S*(?:\{\S*[\\}]|\\[a-zA-Z]+\{)\S*")
_INNER_CAPITAL_RE = re.compile(r"[a-zà-ỹ][A-ZĐ]")
# Formulas of chemistry: H2SO4, NaHCO3, PBr5. A figure that stands for no letter (2, 3, 4, 7) or a symbol of two letters is in
# each; PH6 AN is PHỐ AN.
_ELEMENTS = (
    "He|Li|Be|Ne|Na|Mg|Al|Si|Cl|Ar|Ca|Ti|Cr|Mn|Fe|Co|Ni|Cu|Zn|Ga|Ge|As|Se|Br|Kr|Rb|Sr|Zr|Nb|Mo|Pd|Ag|Cd|Sn|Sb|Te|Xe|Cs|Ba|La|Ce|"
    "Pt|Au|Hg|Pb|Bi|[HBCNOFPSKVIUW]"
)
FORMULA_RE = re.compile(
    rf"(?=\w*\d)(?=\w*(?:[2347]|[a-z]))(?=[A-Z][a-z]?\d*[A-Z]|[A-Z][a-z]?[2347])(?:(?:{_ELEMENTS})\d{{0,2}})+"
)
_SURNAME_RE = re.compile(r"(?:Mc|Mac|Fitz)[A-Z][a-z]+")
# What the legacy encodings are made of when read as Latin-1, and Vietnamese is not.
_LEGACY_SIGNS = (
    frozenset(map(chr, range(0x80, 0x100))) - MARKED_LETTERS - frozenset("\N{NO-BREAK SPACE}«»°§·²³")
) | frozenset("\N{MINUS SIGN}\N{BULLET OPERATOR}")
_MODERN_LETTERS = frozenset(letter for letter in MARKED_LETTERS if ord(letter) > 0xFF)
_EDGES = "".join(map(chr, range(0x21, 0x30))) + ":;<=>?@[\\]^_`{|}~•*°«»§·\u00ad\ufeff"


@short_cache(maxsize=65536)
def _judge(chunk: str) -> tuple[_Tally, _Tally]:
    """The tally of one blank-free chunk: small and title-case words, and words all in capitals."""
    if _ADDRESS_RE.fullmatch(chunk) or _TEX_RE.fullmatch(chunk):
        return _NOTHING, _NOTHING
    signs = any(c in _LEGACY_SIGNS for c in chunk) and any(c.isalpha() for c in chunk)
    if signs:
        # Such a chunk is not taken apart: its signs may be letters, not punctuation.
        broken = _is_broken(chunk.strip(_EDGES))
        return _Tally(words=1, signs=1, broken=broken, modern=_is_modern(chunk)), _NOTHING
    tallies = [(_judge_part(part), part.isupper()) for part in map(_trim, _PART_RE.findall(chunk)) if part]
    small = _add((tally, 1) for tally, upper in tallies if not upper)
    capitals = _add((tally, 1) for tally, upper in tallies if upper)
    return small, capitals


def _trim(part: str) -> str:
    return part.strip(_EDGES)


def _is_broken(part: str) -> bool:
    return bool(_INNER_CAPITAL_RE.search(part)) or not part.isalpha()


def _is_modern(part: str) -> bool:
    return not _MODERN_LETTERS.isdisjoint(part)


@cache
def _known() -> frozenset[str]:
    """Words of other languages that Vietnamese texts use (iPhone, YouTube); short ones may be damage."""
    return frozenset(token for token in default_model().tokens if len(token) > 4 and token.isalpha())


def _judge_part(part: str) -> _Tally:
    if not any(c.isalpha() for c in part) or len(part) == 1:
        return _NOTHING
    if SOUND_RE.fullmatch(part) or FORMULA_RE.fullmatch(part):
        return _NOTHING
    if part.isupper() and not any(c in MARKED_LETTERS for c in part) and not is_bare_syllable(part):
        return _NOTHING  # an abbreviation: UBND, HĐND
    if part.isupper() and part.replace("&", "").isalpha():
        part = part.lower()
    noted = part.strip("0123456789²³¹")
    if noted != part and is_syllable(noted) and not MARKED_LETTERS.isdisjoint(noted):
        part = noted  # quyết1, with the number of a note: no engine reads such a word and a figure into it
    if _is_broken(part) and part.lower() not in _known() and not _SURNAME_RE.fullmatch(part):
        return _Tally(words=1, broken=1, modern=_is_modern(part))
    if is_syllable(part):
        accented = any(c in MARKED_LETTERS for c in part)
        return _Tally(words=1, valid=1, accented=accented, modern=_is_modern(part))
    return _Tally(words=1, bare=is_bare_syllable(part), modern=_is_modern(part))


def _add(counted: Iterable[tuple[_Tally, int]]) -> _Tally:
    # most chunks stand in a line once, and many say nothing
    rows = [
        tally if count == 1 else tuple(count * value for value in tally)
        for tally, count in counted
        if tally is not _NOTHING
    ]
    return _Tally(*map(sum, zip(*rows, strict=True))) if rows else _NOTHING


def health(text: str) -> Health:
    r"""Judge a document, a page or a paragraph.

    >>> health("Căn cứ Kế hoạch số 129/KH-UBND ngày 30/5/2022 của UBND thành phố").grade
    'healthy'
    >>> health("Can cir KShoach s6 s6 129/KH-UBND ngay 30/5/2022 cua UBND thanh ph6").grade
    'damaged'
    >>> health("Can cu Ke hoach so 129/KH-UBND ngay 30/5/2022 cua UBND thanh pho").grade
    'stripped'
    >>> health("C¨n cø KÕ ho¹ch sè 129/KH-UBND ngµy 30/5/2022 cña UBND thµnh phè").grade
    'legacy'
    >>> health("This licence applies to any program or other work").grade, health(" \n").grade
    ('other', 'empty')
    """
    counted = Counter(nfc(text).split())
    if not counted:
        return Health("empty", *_NOTHING)
    judged = [(_judge(chunk), count) for chunk, count in counted.items()]
    small = _add((tallies[0], count) for tallies, count in judged)
    capitals = _add((tallies[1], count) for tallies, count in judged)
    # Headings in capitals hold abbreviations and are what engines read worst: they count where there is
    # little else.
    tally = small if small.words >= max(MIN_WORDS, capitals.words) else _add([(small, 1), (capitals, 1)])
    return Health(_grade(tally), *tally)


def _grade(tally: _Tally) -> HealthGrade:
    if not tally.words:
        return "other"
    syllables = tally.valid + tally.bare
    broken = tally.broken / tally.words
    if tally.signs >= LEGACY_SIGN_SHARE * tally.words and tally.modern <= LEGACY_MODERN_SHARE * tally.words:
        return "legacy"
    marked = tally.accented > 0 and tally.accented >= HEALTHY_MARKED_SHARE * syllables
    if marked and broken <= HEALTHY_BROKEN_SHARE:
        return "healthy" if syllables >= HEALTHY_SYLLABLE_SHARE * tally.words else "other"
    if syllables >= STRIPPED_SHARE * tally.words and broken <= STRIPPED_BROKEN_SHARE:
        return "stripped"
    score = (syllables + BROKEN_WEIGHT * tally.broken) / tally.words
    return "damaged" if score >= DAMAGED_SCORE else "other"


# Words of every English text that no Vietnamese is, with its marks or without.
_ENGLISH = frozenset(
    (
        "and",
        "are",
        "been",
        "for",
        "from",
        "has",
        "have",
        "is",
        "its",
        "of",
        "their",
        "this",
        "was",
        "were",
        "which",
        "will",
        "with",
    )
)
ENGLISH_WORDS = 2  # distinct ones in a line; damage makes one now and then


def is_english(line: str) -> bool:
    """Whether a line is English by its small words.

    >>> is_english("This plan is to be carried out by the offices of the district"), is_english("Ke hoach cua for UBND")
    (True, False)
    """
    return len(_ENGLISH.intersection(line.lower().split())) >= ENGLISH_WORDS


# How the lines of programs begin, and what else stands in them.
_CODE_RE = re.compile(
    r"\s*(?:def|class|return|import|from|for|while|if|elif|else|try|print|function|const|var|SELECT|INSERT|UPDATE|DELETE|CREATE)\b"
    r".*(?:[=+{}<>;]|\w\(|\w_\w|\):)"
    r"|.*(?:\{\\[A-Za-z]{4,}|\\[A-Za-z]{3,}[ _^]*\{)"  # and TeX
)


def is_code(line: str) -> bool:
    """Whether a line is one of a program, or a formula of TeX.

    >>> is_code("for i in range(10): print(i)"), is_code("SELECT id, ten FROM can_bo"), is_code("Can cu Ke hoach;")
    (True, True, False)
    """
    return _CODE_RE.match(line) is not None


def line_health(text: str, whole: HealthGrade | None = None) -> tuple[Health, ...]:
    r"""Judge every line; lines of fewer than :data:`MIN_WORDS` words take the grade of the whole text.

    ``whole`` is that grade where the caller knows it already.

    >>> [line.grade for line in line_health("Kế hoạch thực hiện phong trào thi đua\n\nKim Lan\n129/KH-UBND")]
    ['healthy', 'empty', 'healthy', 'healthy']
    """
    grade = whole or health(text).grade
    return tuple(_line_grade(health(line), grade) for line in text.split("\n"))


def _line_grade(line: Health, whole: HealthGrade) -> Health:
    few = line.grade != "empty" and line.words < MIN_WORDS
    marked = whole == "healthy" and line.grade in ("damaged", "stripped")
    if few or (marked and line.marked_share > DOUBTFUL_LINE_MARKED_SHARE):
        return replace(line, grade=whole)
    return line
