"""Families of text in a legacy encoding: what a letter shows up as after the conversion where its code was damaged.

In TCVN3, VISCII and VPS a letter is one code, in VNI a base letter and a sign for its marks. A code that is lost, or stands for
another, leaves something behind that depends on the encoding: of ``oä`` (ộ in VNI) o or ä is left, or ``~ä``. The rows of these
tables are made by a rule from the tables of the encodings, as that of stripped text is, not learned.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from restore.language.channel import GRAPHEMES, LOOK_ALIKES, MAX_OBSERVED
from restore.language.families import Family
from restore.language.legacy import codes, from_legacy

# All by hand. A letter of a word that is none is damaged in one case of six; it was lost, or became a sign or a look-alike.
INTACT, DAMAGED = 250.0, 50.0
LOST, SIGN, LOOK_ALIKE = 0.4, 0.4, 0.2
# Printable ASCII that is neither letter nor digit, nor ends a clause.
SIGNS = "!#$%&'*+<=>?@\\^_`{|}~"


@cache
def family_of(encoding: str) -> Family:
    """The channel of a text that was converted from a legacy encoding, some codes of it damaged.

    Args:
        encoding: one of :data:`restore.language.legacy.LEGACY_ENCODINGS`.

    >>> counts = family_of("vni").counts["ộ"]
    >>> [observed in counts for observed in ("ộ", "o", "ä", "~ä", "o~", "", "x")]
    [True, True, True, True, True, False, False]
    """
    code_of = codes(encoding)
    counts: dict[str, dict[str, float]] = {}
    for grapheme in GRAPHEMES:
        code = code_of.get(grapheme) or code_of.get(grapheme.lower(), grapheme)
        row = counts[grapheme] = {grapheme: INTACT}
        for damaged, share in _damaged(code):
            observed = from_legacy(damaged, encoding)
            row[observed] = row.get(observed, 0.0) + DAMAGED * share
    return Family(encoding, counts)


def _damaged(code: str) -> Iterator[tuple[str, float]]:
    """What may be left of a code of one or two characters, one of them damaged, and how often; the shares sum to 1."""
    for place, character in enumerate(code):
        before, after = code[:place], code[place + 1 :]
        looks = LOOK_ALIKES.get(character, "").split()
        parts = [("", LOST), *((sign, SIGN / len(SIGNS)) for sign in SIGNS)]
        parts += [(look, LOOK_ALIKE / len(looks)) for look in looks]
        for part, share in parts:
            if len(before + part + after) <= MAX_OBSERVED:
                yield before + part + after, share / len(code)
