"""Which words of the restored text were made of which seen ones, and the boxes that this gives them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from restore.page import BBox
from restore.seen import Doubt, Seen

# Words that one word can be made of, or become; more on one side are several changes.
MOST_JOINED = 4
# A rewritten passage of so many words before times words after is cut up by letters: aligning it would take seconds.
MOST_PAIRS = 10_000
# Of a word that stands beside nothing, in letters: less than any other word that may stand there instead costs.
_ALONE = 0.75


class Seat(NamedTuple):
    """A word as it was seen, its place in the original, and the line that it stands on."""

    start: int
    end: int
    id: str
    text: str
    bbox: BBox
    page: int
    block: int
    line: int


class Match(NamedTuple):
    """Which words of the restored text were made of which seen ones; one of the two may be none, or both several."""

    seats: range
    words: range


class Place(NamedTuple):
    """Where a word of the restored text stands, and what it was made of."""

    box: BBox
    line: int
    seats: range


def seats_of(seen: Seen) -> Iterator[Seat]:
    """The words of the pages in their order."""
    spans = iter(seen.spans)
    for number, page in enumerate(seen.pages):
        for block, lines in enumerate(page.blocks):
            for line, words in enumerate(lines.lines):
                for word in words.words:
                    span = next(spans)
                    yield Seat(span.start, span.end, word.id, word.text, word.bbox, number, block, line)


def _matches(texts: Sequence[str], doubts: Sequence[Doubt], seats: Sequence[Seat]) -> Iterator[Match]:
    """The words that stand in the same piece of the original, as few on each side as can be told apart, in order."""
    seat = word = 0
    while seat < len(seats) or word < len(doubts):
        first_seat, first_word = seat, word
        # Whichever begins first opens a group; the group takes in all that overlaps what it has.
        if word == len(doubts) or (seat < len(seats) and not _is_before(doubts[word], seats[seat])):
            end = seats[seat].end
            seat += 1
        else:
            end = doubts[word].end
            word += 1
        grown = True
        while grown:
            grown = False
            while seat < len(seats) and seats[seat].start < end:
                end, seat, grown = max(end, seats[seat].end), seat + 1, True
            while word < len(doubts) and doubts[word].start < end:
                end, word, grown = max(end, doubts[word].end), word + 1, True
        yield from _aligned(texts, seats, range(first_seat, seat), range(first_word, word))


def _is_before(word: Doubt, seat: Seat) -> bool:
    """Whether a word of the restored text begins before a seen one; what was inserted beside it stands before."""
    return word.start < seat.start or (word.start == seat.start == word.end)


def _aligned(texts: Sequence[str], seats: Sequence[Seat], before: range, after: range) -> Iterator[Match]:
    """A group, cut into the smallest matches that fit best by their letters."""
    if min(len(before), len(after)) <= 1:
        yield Match(before, after)
        return
    if len(before) * len(after) > MOST_PAIRS:
        yield from _by_letters(texts, seats, before, after)
        return
    old = [seats[index].text for index in before]
    new = [texts[index] for index in after]
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(len(old) + 1):
        for j in range(len(new) + 1):
            ways = (
                (best[i - di, j - dj][0] + _cost(old[i - di : i], new[j - dj : j]), (i - di, j - dj))
                for di, dj in _STEPS
                if di <= i and dj <= j
            )
            best[i, j] = min(ways, default=(0.0, (0, 0)))
    path = [(len(old), len(new))]
    while path[-1] != (0, 0):
        path.append(best[path[-1]][1])
    path.reverse()
    for (i, j), (next_i, next_j) in pairwise(path):
        yield Match(before[i:next_i], after[j:next_j])


def _by_letters(texts: Sequence[str], seats: Sequence[Seat], before: range, after: range) -> Iterator[Match]:
    """A group in which each word goes where its middle letter stands when both sides are as long as each other."""
    scale = sum(len(seats[index].text) for index in before) / sum(len(texts[index]) for index in after)
    word, read, end = after.start, 0.0, 0
    for seat in before:
        end += len(seats[seat].text)
        first = word
        while word < after.stop and (read + len(texts[word]) * scale / 2 < end or seat == before.stop - 1):
            read += len(texts[word]) * scale
            word += 1
        yield Match(range(seat, seat + 1), range(first, word))


_STEPS = (
    (1, 1),
    (1, 0),
    (0, 1),
    *((1, count) for count in range(2, MOST_JOINED + 1)),
    *((count, 1) for count in range(2, MOST_JOINED + 1)),
)


def _cost(old: Sequence[str], new: Sequence[str]) -> float:
    one, other = "".join(old), "".join(new)
    if not one or not other:
        return _ALONE * (len(one) + len(other))
    return Levenshtein.distance(one, other)


def places_of(
    texts: Sequence[str], doubts: Sequence[Doubt], seats: Sequence[Seat], turns: Sequence[int]
) -> list[Place]:
    """The place of each word of the restored text; there is at least one seat.

    Args:
        texts: the words.
        doubts: the same words' places in the original.
        seats: the words that were seen.
        turns: by page, degrees by which it was turned counter-clockwise to be read.
    """
    matches = list(_matches(texts, doubts, seats))
    found: list[Place] = []
    ahead = _first_behind(matches)
    before: int | None = None
    for index, match in enumerate(matches):
        if not match.words:
            continue
        if match.seats:
            stood = match.seats
            before = stood[-1]
            line = _main_line(seats, stood)
            box = BBox.union(seats[one].bbox for one in stood if _line(seats[one]) == _line(seats[line]))
        else:
            stood = range(0)
            line, box = _gap(before, ahead[index], seats, turns)
        turned = turns[seats[line].page]
        for word, part in zip(
            match.words, _parts(box, [texts[one] for one in match.words], turned), strict=True
        ):
            assert word == len(found)
            found.append(Place(part, line, stood))
    return found


def _line(seat: Seat) -> tuple[int, int, int]:
    return seat.page, seat.block, seat.line


def _main_line(seats: Sequence[Seat], some: range) -> int:
    """A seat of the line that has most of a word's letters: one may have been joined across the end of a line."""
    lines = [(sum(len(seats[one].text) for one in group), -group[0]) for group in _lines(seats, some)]
    return -max(lines)[1]


def _lines(seats: Sequence[Seat], some: range) -> Iterator[list[int]]:
    for _, group in groupby(some, key=lambda index: _line(seats[index])):
        yield list(group)


def _first_behind(matches: Sequence[Match]) -> list[int | None]:
    """For each match, the next seat behind it that has a word still."""
    found: list[int | None] = []
    behind: int | None = None
    for match in reversed(matches):
        found.append(behind)
        if match.seats and match.words:
            behind = match.seats[0]
    return found[::-1]


def _gap(
    before: int | None, after: int | None, seats: Sequence[Seat], turns: Sequence[int]
) -> tuple[int, BBox]:
    """Where what was inserted stands: between its neighbours on a line, or on the last pixels of the one before."""
    if before is None:
        before = after if after is not None else 0
        return before, _edge(seats[before].bbox, turns[seats[before].page], first=True)
    turned = turns[seats[before].page]
    edge = _edge(seats[before].bbox, turned, first=False)
    if after is None or _line(seats[after]) != _line(seats[before]):
        return before, edge
    other = seats[after].bbox
    if turned in (0, 180):
        left, right = (edge.right, other.left) if turned == 0 else (other.right, edge.left)
        between = BBox(left, edge.top, right, edge.bottom)
    else:
        top, bottom = (edge.bottom, other.top) if turned == 90 else (other.bottom, edge.top)
        between = BBox(edge.left, top, edge.right, bottom)
    return before, between if between.width > 0 and between.height > 0 else edge


def _edge(box: BBox, turned: int, *, first: bool) -> BBox:
    """The outermost pixels of a word where it begins, or where it ends."""
    low = first == (turned in (0, 90))
    if turned in (0, 180):
        left = box.left if low else max(box.left, box.right - 1)
        return BBox(left, box.top, min(left + 1, box.right), box.bottom)
    top = box.top if low else max(box.top, box.bottom - 1)
    return BBox(box.left, top, box.right, min(top + 1, box.bottom))


def _parts(box: BBox, texts: Sequence[str], turned: int) -> Iterator[BBox]:
    """The box, cut by letters in reading order."""
    letters = sum(map(len, texts))
    done = 0
    for text in texts:
        low, high = done / letters, (done + len(text)) / letters
        done += len(text)
        if turned in (180, 270):
            low, high = 1 - high, 1 - low
        if turned in (0, 180):
            left, right = _cut(box.left, box.right, low, high)
            yield BBox(left, box.top, right, box.bottom)
        else:
            top, bottom = _cut(box.top, box.bottom, low, high)
            yield BBox(box.left, top, box.right, bottom)


def _cut(start: int, end: int, low: float, high: float) -> tuple[int, int]:
    """A part of a length of pixels, at least one wide where there is one."""
    first, last = round(start + low * (end - start)), round(start + high * (end - start))
    if last > first or end <= start:
        return first, last
    first = min(first, end - 1)
    return first, first + 1
