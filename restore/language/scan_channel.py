"""What Tesseract's Vietnamese makes of printed letters: how much it tells for another letter than the one that was read.

Three things tell how likely the printed letter was ``ể`` where ``ế`` was read: how far behind the engine's own list has it, what
kind of change it is, and which two letters these are, as the engine takes ``ể`` for ``ế`` often and ``ế`` for ``ể`` hardly ever.
All were learned from scans of our own whose truth is known (``tools/learn_scan_channel.py``). The engine's confidence in the
word tells nothing beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from restore.language.resources import read_lines
from restore.language.vietnamese import strip_marks

FILE: Final = "scan_channel.tsv"
NEAREST, FARTHEST = -2.0, 25.0  # nats behind the letter read: what lies outside tells no more


@dataclass(frozen=True)
class ScanChannel:
    """Log odds (nats) for another letter against the one that was read, by what the channel tells alone.

    They are those of a likelihood: how common the two letters are is taken out, as a language model knows that better.

    Attributes:
        kinds: by kind of change, the odds at no distance and what a nat of distance takes from them.
        unlisted: by kind of change, the odds of a letter that the engine does not list: where it lists none, and where it does.
        pairs: by letter read and letter printed, small, what is added; where a pair is missing, nothing.
    """

    kinds: Mapping[str, tuple[float, float]]
    unlisted: Mapping[str, tuple[float, float]]
    pairs: Mapping[tuple[str, str], float]

    def odds(self, read: str, printed: str, behind: float) -> float:
        """Log odds that a letter which the engine lists is the printed one.

        Args:
            read: the letter that the engine chose.
            printed: another one of its list.
            behind: by how many nats it lies behind.
        """
        start, slope = self.kinds[kind(read, printed)]
        return start + slope * min(max(behind, NEAREST), FARTHEST) + self._pair(read, printed)

    def unlisted_odds(self, read: str, printed: str, *, lists: bool) -> float:
        """Log odds that a letter was printed which the engine does not list.

        Args:
            read: the letter that the engine chose.
            printed: another one.
            lists: whether the engine lists any other letter in this place.
        """
        none, some = self.unlisted[kind(read, printed)]
        return (some if lists else none) + self._pair(read, printed)

    def _pair(self, read: str, printed: str) -> float:
        return self.pairs.get((read.lower(), printed.lower()), 0.0)


def kind(read: str, printed: str) -> str:
    """The kind of change between two letters: mark, case, letter, or sign where one of them is no letter.

    >>> kind("ế", "ể"), kind("C", "c"), kind("e", "c"), kind("I", "1")
    ('mark', 'case', 'letter', 'sign')
    """
    if not (read.isalpha() and printed.isalpha()):
        return "sign"
    one, other = strip_marks(read), strip_marks(printed)
    if one == other:
        return "mark"
    return "case" if one.lower() == other.lower() else "letter"


@cache
def scan_channel() -> ScanChannel:
    """The table of ``scan_channel.tsv``.

    Lines ``kind <TAB> name <TAB> odds at no distance <TAB> odds a nat``, ``unlisted <TAB> kind <TAB> odds where the engine
    lists none <TAB> odds where it lists others``, and ``pair <TAB> letter read <TAB> letter printed <TAB> odds <TAB> how often
    it was so``.
    """
    rows = [line.split("\t") for line in read_lines(FILE)]
    return ScanChannel(
        kinds={row[1]: (float(row[2]), float(row[3])) for row in rows if row[0] == "kind"},
        unlisted={row[1]: (float(row[2]), float(row[3])) for row in rows if row[0] == "unlisted"},
        pairs={(row[1], row[2]): float(row[3]) for row in rows if row[0] == "pair"},
    )
