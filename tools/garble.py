"""Spoil text as an engine that knows no Vietnamese spoils it: for the damaged text layer of a sample.

The confusions are ours, in the manner of sample 000: marks are lost, letters with two marks become letters
or signs of similar
shape, blanks are lost or added. They are no table of any archive's documents.
"""

from __future__ import annotations

import random

from restore.language.vietnamese import strip_marks

# What a letter may turn into, each as likely as the others; letters that are not here lose their marks.
CONFUSIONS = {
    "ạ": ("a", "~", "?"),
    "ả": ("a", "it", "a"),
    "ấ": ("a", "ft", "ft"),
    "ầ": ("a", "§", "ft"),
    "ậ": ("~", "a", "d"),
    "ắ": ("a", "Ä", "a"),
    "ặ": ("a", "~", "q"),
    "ế": ("e", "S", "6"),
    "ề": ("e", "8", "e"),
    "ể": ("e", "S", "8"),
    "ệ": ("~", "e", "?"),
    "ị": ("i", "!", "j"),
    "ố": ("6", "o", "6"),
    "ồ": ("o", "6", "d"),
    "ổ": ("6", "o", "6"),
    "ộ": ("Q", "o", "~"),
    "ợ": ("Q", "o", "g"),
    "ờ": ("o", "a", "o"),
    "ớ": ("o", "6", "o"),
    "ụ": ("u", "V", "\\!"),
    "ư": ("u", "ir", "tr"),
    "ứ": ("ir", "u", "it"),
    "ừ": ("u", "ir", "tir"),
    "ự": ("V", "\\I", "u"),
    "đ": ("d", "d", "dT"),
    "Đ": ("D", "D", "E)"),
    "m": ("m", "m", "rn"),
    "l": ("l", "l", "1"),
}
KEPT = 0.75  # share of the letters above without marks (m, l) that stay what they are
GLUE, SPLIT = 0.06, 0.02  # how often a blank is lost, how often one comes in


def garble_word(word: str, rng: random.Random) -> str:
    """One word spoilt; numbers and plain letters mostly stay.

    >>> garble_word("2024", random.Random(1)), garble_word("Hà", random.Random(1))
    ('2024', 'Ha')
    """
    spoilt: list[str] = []
    for index, letter in enumerate(word):
        choices = CONFUSIONS.get(letter)
        if choices is None or (letter.isascii() and rng.random() < KEPT):
            spoilt.append(strip_marks(letter))
        else:
            spoilt.append(rng.choice(choices))
        if 0 < index < len(word) - 1 and rng.random() < SPLIT:
            spoilt.append(" ")
    return "".join(spoilt)


def garble(words: list[str], seed: int) -> list[str]:
    """The words of a page spoilt, each with the blank behind it, or without where the engine lost it.

    >>> garble(["Độc", "lập"], 1) == garble(["Độc", "lập"], 1)
    True
    """
    rng = random.Random(seed)
    return [garble_word(word, rng) + ("" if rng.random() < GLUE else " ") for word in words]
