"""The lists that are open while a body is read: which number is due in them, and how deep a marker stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from restore.structure.numbering import Marker, Style, rank_of

# Styles whose depth is fixed by the rules; the others are nested where a sentence leads to them ("gồm:" / "1) …").
FIXED: frozenset[Style] = frozenset({"part", "chapter", "mục", "subsection", "article"})
# A nested list stands this much deeper than the item that leads to it, and above whatever is below that by rule.
_NESTED = 0.05
# Lists in lists: the rules have eight levels (part to point), and writers put two or three more inside. A text that begins
# ever new ones is no document, and a tree as deep as it is long would exhaust whoever walks it.
_DEEPEST = 20


@dataclass(slots=True)
class OpenList:
    """A list that may go on: what its markers look like, how deep it stands, the last of them."""

    key: str
    rank: float
    last: Marker


def key_of(marker: Marker) -> str:
    """Markers of one list share it: their style, of decimals all but the last number, of "(1)" the bracket."""
    if marker.style == "decimal" and marker.number:
        return "decimal" + marker.number.rpartition(".")[0]
    return marker.style + "(" if marker.bracketed else marker.style


def follows(last: Marker, marker: Marker) -> bool:
    """Whether a marker is the next after ``last``: the next number, or one put in ("5a" after 5).

    Some writers leave out đ, so e follows d too.
    """
    if marker.inserted:
        return marker.value == last.value and marker.inserted > last.inserted
    step = marker.value - last.value
    return step == 1 or (step == 2 and marker.number == "e" and last.number == "d")


class OpenLists:
    """All lists that are open at a line, outermost first; articles run through all chapters."""

    def __init__(self) -> None:
        self._lists: list[OpenList] = []
        self._article: Marker | None = None

    def due(self, marker: Marker) -> bool:
        """Whether the marker follows the last of a list that is open, or is a first one."""
        if marker.style == "article" and self._article:
            return follows(self._article, marker)
        key = key_of(marker)
        lasts = [one.last for one in self._lists if one.key == key]
        if not lasts:
            return marker.value == 1 and not marker.inserted
        return any(follows(last, marker) for last in lasts)

    def begun(self, style: Style) -> bool:
        """Whether a list of this style is open."""
        return any(one.last.style == style for one in self._lists)

    def lasts(self) -> Iterator[Marker]:
        """The last marker of every open list, innermost first; the last article is one of them."""
        for one in reversed(self._lists):
            if one.last.style != "article":
                yield one.last
        if self._article:
            yield self._article

    def take(self, marker: Marker, *, leads: bool = False) -> float:
        """Note an accepted marker and tell how deep it stands; what is deeper ends before it.

        Args:
            marker: the marker.
            leads: the text before it leads to a list ("như sau:"), so that a first number opens one inside
                the item there.
        """
        key = key_of(marker)
        same = [one for one in reversed(self._lists) if one.key == key]
        chosen = next((one for one in same if follows(one.last, marker)), None)
        nests = leads and marker.style not in FIXED and 0 < len(self._lists) < _DEEPEST
        if chosen is None and marker.value == 1 and nests:
            innermost = self._lists[-1].rank
            if same or innermost > rank_of(marker):
                return self._open(key, innermost + _NESTED, marker)
        if chosen is None and same:
            chosen = same[-1] if marker.value == 1 else same[0]
        return self._open(key, chosen.rank if chosen else rank_of(marker), marker)

    def _open(self, key: str, rank: float, marker: Marker) -> float:
        if marker.style == "article":
            self._article = marker
        self._lists = [one for one in self._lists if one.rank < rank]
        self._lists.append(OpenList(key, rank, marker))
        return rank
