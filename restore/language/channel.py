r"""P(observed | intended): what a true letter became in front of an engine that knew no Vietnamese.

The unit is the grapheme, one letter with its marks, lower and upper case apart. A grapheme became a string of 0 to 3
observed characters. Four layers, each the prior of the next:

1. the *generic* model: the letter itself where the engine had accents, else its bare base letter, look-alikes, uniform rest;
2. what *all engines* have in common, pooled from their tables (:mod:`restore.language.families`);
3. a *family* table, counted on other documents of the same kind of engine;
4. what this document shows, counted by EM: ``(n(g, o) + S * prior(o | g)) / (n(g) + S)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np
import numpy.typing as npt

from restore.language import vietnamese

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]

MAX_OBSERVED = 3
# Pseudo-counts of the prior against the document's own counts; the value of the lab's prototype.
PRIOR_STRENGTH = 10.0
# Printable characters that an engine may put in a letter's place: ASCII and the Latin-1 letters.
ALPHABET_SIZE = 150.0

# Shapes an engine takes for one another, both ways unless the key says otherwise; ASCII only, as old engines were.
LOOK_ALIKES: Mapping[str, str] = {
    "a": "o 6 & d e u",
    "b": "h 6 l> lb",
    "c": "e o ( C",
    "d": "cl d o a eI ct",
    "e": "c o 6 a C",
    "g": "q 9 y",
    "h": "b li lI 1i n Ii ll",
    "i": "l 1 j t I ! r : ;",
    "k": "lc l< h",
    "l": "1 I i ! | t",
    "m": "rn nn in ni nu iii n",
    "n": "ll 11 ii ri u r1 il li h m",
    "o": "0 6 c e a Q () D",
    "p": "r> n",
    "q": "g 9",
    "r": "i t f",
    "s": "5 S a",
    "t": "l f r i 1 + I c",
    "u": "lI li ii n v ll tt 11 lt",
    "v": "y V u",
    "x": "X ><",
    "y": "v Y g",
    "A": "4 a /\\",
    "B": "8 R E 13",
    "C": "( G c O e",
    "D": "O 0 I) B f) £) E> l)",
    "E": "F B £ e",
    "G": "C 6 0 O",
    "H": "I-I Il ll ti N li H",
    "I": "l 1 i | ! J r",
    "K": "k I< R",
    "L": "l I 1 i t",
    "M": "NI N lvI IvI",
    "N": "M H I\\ r1 n W",
    "O": "0 Q o D () C",
    "P": "F p I' r",
    "Q": "O 0 o",
    "R": "H K r I<",
    "S": "5 8 s",
    "T": "I l t r 1 7 f",
    "U": "V u lJ LI D Ll",
    "V": "v Y U \\/",
    "X": "x",
    "Y": "V y v",
}


# Letters whose capital differs in size alone: an engine that sees one letter at a time takes one for the other.
SAME_SHAPE = frozenset("ckopsuvwxyz")


def _alphabet() -> tuple[str, ...]:
    small = set("abcdefghijklmnopqrstuvwxyz") | {c for c in vietnamese.MARKED_LETTERS if c.islower()}
    return (*sorted(small), *(c.upper() for c in sorted(small)))


GRAPHEMES = _alphabet()
HALF = len(GRAPHEMES) // 2
GRAPHEME_NUMBER = {grapheme: number for number, grapheme in enumerate(GRAPHEMES)}


def swapped_share(letter: str) -> float:
    """P(the other case of a letter was seen) before anything is known of the engine; by hand."""
    return 0.005 if letter.lower() in SAME_SHAPE else 0.0005


def generic(grapheme: str, accents: float) -> dict[str, float]:
    """The explicit part of the generic P(observed | grapheme); what is left of 1 is spread by :func:`uniform`.

    Args:
        grapheme: one letter.
        accents: share of the document's accented letters that kept their accent, 0 to 1.

    >>> table = generic("ế", accents=0.0)
    >>> table["e"] > 0.4, sum(table.values()) < 1
    (True, True)
    """
    base = vietnamese.strip_marks(grapheme)
    other_case = base.lower() if base.isupper() else base.upper()
    table: dict[str, float] = {}

    def add(observed: str, probability: float) -> None:
        table[observed] = table.get(observed, 0.0) + probability

    looks = LOOK_ALIKES.get(base, "").split()
    swapped = swapped_share(base)
    if grapheme == base:
        add(base, 0.85 + 0.06 * accents)
        add(other_case, swapped)
        add("", 0.004)
        look_share, sibling_share = 0.04 * (1 - 0.5 * accents), 0.01
    else:
        lost = 1 - accents
        add(grapheme, 0.95 * accents)
        add(base, 0.5 * lost + 0.015 * accents)
        add(other_case, swapped * lost)
        add("", 0.006 * lost + 0.001)
        look_share, sibling_share = 0.08 * lost, 0.05 * lost + 0.02 * accents
    for look in looks:
        add(look, look_share / len(looks))
    siblings = [c for c in _siblings(base) if c != grapheme]
    for sibling in siblings:
        add(sibling, sibling_share / len(siblings))
    return table


@cache
def _siblings(base: str) -> tuple[str, ...]:
    return tuple(c for c in sorted(vietnamese.MARKED_LETTERS) if vietnamese.strip_marks(c) == base) or (base,)


# How the rest is spread over strings of 1, 2 and 3 characters: chosen by hand so that a shorter string is likelier.
_LENGTH_SHARES = (0.62, 0.30, 0.08)


def uniform(length: int) -> float:
    """P(one particular string of that length) where nothing better is known; over all strings it sums to 1."""
    return _LENGTH_SHARES[length - 1] / ALPHABET_SIZE**length


class Observations:
    """All strings of 1 to 3 characters that stand inside the chunks of a text, numbered; number 0 is the empty string."""

    def __init__(self, chunks: Iterable[str]) -> None:
        self.number: dict[str, int] = {"": 0}
        for chunk in chunks:
            for length in range(1, MAX_OBSERVED + 1):
                for start in range(len(chunk) - length + 1):
                    self.number.setdefault(chunk[start : start + length], len(self.number))
        self.strings = tuple(self.number)

    def of(self, chunk: str) -> Ints:
        """Number of the string of k characters beginning at each character: int32 [characters, 4], 0 where it ends before."""
        table = np.zeros((len(chunk), MAX_OBSERVED + 1), np.int32)
        for length in range(1, MAX_OBSERVED + 1):
            for start in range(len(chunk) - length + 1):
                table[start, length] = self.number[chunk[start : start + length]]
        return table


def adapt(before: Floats, counts: Floats, strength: float = PRIOR_STRENGTH) -> Floats:
    """P(string | grapheme) after counting: ``(n(g, o) + S * prior(o | g)) / (n(g) + S)``."""
    adapted: Floats = (counts + strength * before) / (counts.sum(axis=1, keepdims=True) + strength)
    return adapted


def cost(table: Floats) -> Floats:
    """-log P, the channel's share of the objective (nats)."""
    found = np.array(
        table, np.float32, order="C"
    )  # one copy, worked on in place: of a long document it has tens of megabytes
    np.log(np.maximum(found, 1e-12, out=found), out=found)
    return np.negative(found, out=found)


_LETTERS_RE = re.compile(r"[^\W\d_]+")
# Share of letters with a mark in correct Vietnamese text; counted over whole documents of the legal database.
MARKED_SHARE = 0.29


def accent_rate(text: str) -> float:
    """Share of accented letters that kept their accent, estimated from how many marked letters the text has; 0 to 1.

    >>> round(accent_rate("Uy ban nhan dan quan"), 2)
    0.0
    """
    letters = "".join(_LETTERS_RE.findall(text))
    if not letters:
        return 0.0
    marked = sum(letter in vietnamese.MARKED_LETTERS for letter in letters)
    return min(1.0, marked / len(letters) / MARKED_SHARE)
