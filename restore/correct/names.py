"""Names of places as n-grams: the syllable model has met few of them often enough, a document may name any of them."""

from __future__ import annotations

from functools import cache

import numpy as np

from restore.correct.candidates import words
from restore.language import lexicon, vietnamese
from restore.language.channel import Floats, Ints

# Communes are too many: ten thousand names make every pair of syllables a name. Damaged texts: .1051 wrong words with provinces and
# districts, .1054 with communes too, .1053 with neither.
LEVELS = ("province", "district")
START = 0  # the token that parts the names from each other


@cache
def full_names() -> tuple[str, ...]:
    """The full names of provinces and districts of both eras, sorted.

    >>> [name for name in full_names() if name.endswith("Kiến An")]
    ['Quận Kiến An']
    """
    return tuple(sorted({place.full_name for place in lexicon.places() if place.level in LEVELS}))


@cache
def place_names() -> tuple[Ints, Floats]:
    """Tokens of the full names ("quận kiến an") of both eras, two starts before each; and whether each is part of one.

    Names with a syllable that the model does not know are left out.
    """
    number = words().token_number
    tokens: list[int] = []
    for name in full_names():
        found = [number.get(vietnamese.move_tone(part.lower(), "old")) for part in name.split()]
        if None not in found:
            tokens += (START, START, *(token for token in found if token is not None))
    array = np.array(tokens, np.int32)
    return array, (array != START).astype(np.float32)
