"""Alignment of two texts, by words and by letters inside them: made once, read by metrics and diff alike.

Letters are compared without marks and case, so that ``KiSn`` and ``Kiến`` meet although no letter but three
is the same, and words that were glued or split meet as one block (``KiSnAn``: ``Kiến An``). Long texts are
first cut at runs of words that stand once in each (patience), so the cost grows with the length, not with its
square.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from restore.edit import Edit, applied
from restore.language.vietnamese import nfc, strip_marks

# Letters of left times letters of right that are compared directly: two pages against two pages. The bit
# matrix of such a comparison takes 8 MB and some milliseconds.
DIRECT_CELLS = 6000 * 6000
# Words in a row that must stand exactly once in both texts to be an anchor; fewer where no longer run is
# found.
ANCHOR_LENGTHS = (4, 3, 2, 1)
# Two words belong together when at least this share of the letters of the shorter one meet.
LINK_SHARE = 0.5


class Token(NamedTuple):
    """A word as it stands in its text: its code points, and its line counted from 0."""

    text: str
    start: int
    end: int
    line: int


class Pair(NamedTuple):
    """Words of left and what they became in right; one side is empty where words were lost or added."""

    left: tuple[Token, ...]
    right: tuple[Token, ...]

    @property
    def same(self) -> bool:
        """Whether both sides have the same words, code point by code point."""
        return [token.text for token in self.left] == [token.text for token in self.right]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two texts and the pairs that cover all their words, in order."""

    left: str
    right: str
    pairs: tuple[Pair, ...]


_WORD_RE = re.compile(r"\S+")


def tokenize(text: str) -> tuple[Token, ...]:
    r"""The words of a text, parted by white space, with their places.

    >>> [tuple(token) for token in tokenize("Kế hoạch\n số")]
    [('Kế', 0, 2, 0), ('hoạch', 3, 8, 0), ('số', 10, 12, 1)]
    """
    return tuple(
        Token(match[0], start + match.start(), start + match.end(), number)
        for number, (start, line) in enumerate(_lines(text))
        for match in _WORD_RE.finditer(line)
    )


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line with its offset; only line feeds part lines, as they do in ``restored.txt``."""
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


@lru_cache(maxsize=65536)
def letter_key(text: str) -> str:
    """NFC, without marks and case, as long as the NFC text: what letters are matched by.

    >>> letter_key("ĐIỀU")
    'dieu'
    """
    bare = strip_marks(nfc(text))
    lower = bare.lower()
    # A few capitals have two small letters (İ); they keep their case, so that places stay comparable.
    if len(lower) == len(bare):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in bare)


def graphemes(text: str) -> tuple[str, ...]:
    r"""The letters of a text after NFC: each with the combining characters that NFC leaves beside it.

    >>> graphemes("Kie\u0302\u0301n x\u0323")
    ('K', 'i', 'ế', 'n', ' ', 'x̣')
    """
    composed = nfc(text)
    if composed.isascii() or not any(unicodedata.combining(c) for c in composed):
        return tuple(composed)
    starts = [place for place, c in enumerate(composed) if not place or not unicodedata.combining(c)]
    return tuple(composed[start:end] for start, end in pairwise([*starts, len(composed)]))


def align_letters(left: str, right: str) -> tuple[tuple[str, str], ...]:
    """The letters of two words side by side, "" for one that is missing.

    >>> align_letters("Kiin", "Kiến")
    (('K', 'K'), ('i', 'i'), ('i', 'ế'), ('n', 'n'))
    >>> align_letters("hdi", "hội")
    (('h', 'h'), ('d', 'ộ'), ('i', 'i'))
    """
    one, other = graphemes(left), graphemes(right)
    keys = [[letter_key(cluster[0]) for cluster in clusters] for clusters in (one, other)]
    pairs: list[tuple[str, str]] = []
    for code in Levenshtein.opcodes(keys[0], keys[1]):
        here, there = one[code.src_start : code.src_end], other[code.dest_start : code.dest_end]
        width = max(len(here), len(there))
        pairs += zip(here + ("",) * (width - len(here)), there + ("",) * (width - len(there)), strict=True)
    return tuple(pairs)


def align(left: str, right: str) -> Alignment:
    """Align two texts by their words.

    Args:
        left: what was, an original or a hypothesis.
        right: what it became, or should be.

    >>> alignment = align("quan KiSnAn , ngay", "quận Kiến An, ngày")
    >>> [(" ".join(t.text for t in a), " ".join(t.text for t in b)) for a, b in alignment.pairs]
    [('quan', 'quận'), ('KiSnAn ,', 'Kiến An,'), ('ngay', 'ngày')]
    """
    one, other = tokenize(left), tokenize(right)
    keys = [letter_key(token.text) for token in one], [letter_key(token.text) for token in other]
    pairs: list[Pair] = []
    for i0, i1, j0, j1 in _segments(*keys):
        links = _letter_links(keys[0][i0:i1], keys[1][j0:j1])
        pairs += _pairs(one[i0:i1], other[j0:j1], links)
    return Alignment(left, right, tuple(pairs))


def align_edits(left: str, edits: Iterable[Edit], right: str) -> Alignment:
    """Align an original with its restored text by the edits between them, so that nothing is guessed.

    >>> edit = Edit(start=0, end=6, before="KiSnAn", after="Kiến An", kind="split", source="model",
    ...             confidence=0.9, status="auto")
    >>> [len(pair.right) for pair in align_edits("KiSnAn 12", [edit], "Kiến An 12").pairs]
    [2, 1]
    """
    one, other = tokenize(left), tokenize(right)
    starts = [token.start for token in one], [token.start for token in other]
    links: list[tuple[int, int]] = []
    position = shift = 0

    def touch(place: tuple[int, int], place_right: tuple[int, int], *, whole: bool) -> None:
        here, there = _touched(one, starts[0], *place), _touched(other, starts[1], *place_right)
        if whole:
            links.extend((i, j) for i in here for j in there)
        else:
            links.extend(
                (i, j)
                for i in here
                for j in _touched(other, starts[1], one[i].start + shift, one[i].end + shift)
                if j in there
            )

    for edit in applied(edits):
        touch((position, edit.start), (position + shift, edit.start + shift), whole=False)
        start = edit.start + shift
        touch((edit.start, edit.end), (start, start + len(edit.after)), whole=True)
        shift += len(edit.after) - len(edit.before)
        position = edit.end
    touch((position, len(left)), (position + shift, len(right)), whole=False)
    return Alignment(left, right, tuple(_pairs(one, other, sorted(set(links)))))


def _touched(tokens: Sequence[Token], starts: Sequence[int], start: int, end: int) -> range:
    """The indices of the words that a span overlaps."""
    first = max(bisect_left(starts, start) - 1, 0)
    if first < len(tokens) and tokens[first].end <= start:
        first += 1
    return range(first, max(bisect_left(starts, end), first))


def _segments(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Cut two lists of words into stretches that are small enough to be compared letter by letter."""
    stack = [(0, len(left), 0, len(right))]
    while stack:
        i0, i1, j0, j1 = stack.pop()
        letters = sum(map(len, left[i0:i1])) * sum(map(len, right[j0:j1]))
        cuts = _anchors(left[i0:i1], right[j0:j1]) if letters > DIRECT_CELLS else []
        if letters <= DIRECT_CELLS or (not cuts and min(i1 - i0, j1 - j0) < 2):
            yield i0, i1, j0, j1
            continue
        # Two texts without one word in common: any cut is as good as another.
        cuts = cuts or [((i1 - i0) // 2, (j1 - j0) // 2)]
        places = [(i0, j0), *((i0 + i, j0 + j) for i, j in cuts), (i1, j1)]
        stack += [(a[0], b[0], a[1], b[1]) for a, b in pairwise(places) if a != b][::-1]


def _anchors(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """Places where the same run of words stands once in each list, in the same order in both; never 0, 0."""
    for length in ANCHOR_LENGTHS:
        places = _unique_runs(left, length), _unique_runs(right, length)
        common = sorted((place, places[1][run]) for run, place in places[0].items() if run in places[1])
        increasing = _longest_increasing(common)
        if increasing and increasing[0] == (0, 0):
            increasing = increasing[1:]
        if increasing:
            return increasing
    return []


def _unique_runs(words: Sequence[str], length: int) -> dict[tuple[str, ...], int]:
    runs = list(zip(*(words[shift:] for shift in range(length)), strict=False))
    counts = Counter(runs)
    return {run: place for place, run in enumerate(runs) if counts[run] == 1}


def _longest_increasing(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest chain of places that grows on both sides (patience sorting); given sorted by the first."""
    tops: list[int] = []
    top_places: list[int] = []
    before: list[int] = []
    for index, (_, place) in enumerate(places):
        pile = bisect_left(tops, place)
        before.append(top_places[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(place)
            top_places.append(index)
        else:
            tops[pile], top_places[pile] = place, index
    chain: list[tuple[int, int]] = []
    index = top_places[-1] if top_places else -1
    while index >= 0:
        chain.append(places[index])
        index = before[index]
    return chain[::-1]


def _letter_links(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of indices of words of which enough letters meet."""
    met: Counter[tuple[int, int]] = Counter()
    owners = _owners(left), _owners(right)
    for code in Levenshtein.opcodes(" ".join(left), " ".join(right)):
        if code.tag == "equal":
            spans = owners[0][code.src_start : code.src_end], owners[1][code.dest_start : code.dest_end]
            met.update(pair for pair in zip(*spans, strict=True) if min(pair) >= 0)
    links = {(i, j) for (i, j), n in met.items() if n >= LINK_SHARE * min(len(left[i]), len(right[j]))}
    return sorted(links | _orphan_links(left, right, links, met))


def _orphan_links(
    left: Sequence[str], right: Sequence[str], links: Set[tuple[int, int]], met: Mapping[tuple[int, int], int]
) -> set[tuple[int, int]]:
    r"""Links of words that have none with a longer word which is still partly free.

    Where garbage was glued to a word (``d\ffigthanh``), too few letters of ``dựng`` are left to meet, but the
    letters that ``thành`` does not need are its place.
    """
    free = [Counter[int](dict(enumerate(map(len, words)))) for words in (left, right)]
    for i, j in links:
        free[0][i] -= len(right[j])
        free[1][j] -= len(left[i])
    linked = {i for i, _ in links}, {j for _, j in links}
    found: set[tuple[int, int]] = set()
    for (i, j), _ in sorted(met.items(), key=lambda row: (-row[1], row[0])):
        if j not in linked[1] and i in linked[0] and free[0][i] >= LINK_SHARE * len(right[j]):
            free[0][i] -= len(right[j])
            linked[1].add(j)
            found.add((i, j))
        elif i not in linked[0] and j in linked[1] and free[1][j] >= LINK_SHARE * len(left[i]):
            free[1][j] -= len(left[i])
            linked[0].add(i)
            found.add((i, j))
    return found


def _owners(words: Sequence[str]) -> list[int]:
    """For every character of the joined words the index of its word, -1 for the blanks."""
    owners: list[int] = []
    for index, word in enumerate(words):
        owners += [-1] * (index > 0) + [index] * len(word)
    return owners


def _pairs(left: Sequence[Token], right: Sequence[Token], links: Sequence[tuple[int, int]]) -> Iterator[Pair]:
    """Pairs from sorted links: linked words form blocks, what stands between two blocks is a gap."""
    i = j = index = 0
    while index < len(links):
        first, second = links[index]
        last, last_right = first, second
        while index < len(links) and (links[index][0] <= last or links[index][1] <= last_right):
            last, last_right = max(last, links[index][0]), max(last_right, links[index][1])
            index += 1
        yield from _gap(left[i:first], right[j:second])
        i, j = last + 1, last_right + 1
        yield Pair(tuple(left[first:i]), tuple(right[second:j]))
    yield from _gap(left[i:], right[j:])


def _gap(left: Sequence[Token], right: Sequence[Token]) -> Iterator[Pair]:
    """Words that met nothing: as many on both sides take each other's place, else they were lost or added."""
    if len(left) == len(right):
        yield from (Pair((one,), (other,)) for one, other in zip(left, right, strict=True))
    elif left and right and max(len(left), len(right)) <= 3:
        yield Pair(tuple(left), tuple(right))
    else:
        yield from (Pair((one,), ()) for one in left)
        yield from (Pair((), (other,)) for other in right)
