"""Ruled tables: drawn lines that cross make a grid, and the grid's openings are cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from restore.page import BBox, Cell, Table
from restore.scan.rules import Rule, Rules

# In inches. Lines that miss each other by no more are taken to meet; lines closer than CLOSE are one.
MEET = 0.08
CLOSE = 0.07
# A side of a cell is there if so much of it is drawn.
DRAWN = 0.5
# Rules reach beyond the outermost line of a table whose sides are open by more than this, in inches.
OPEN = 0.25
# An upright of this length need not end at a level rule: one of its ends may have been lost.
LONG = 1.0
# Two of a table's level rules run over so much of its width; stamps with frames are 2.4 inches wide at most.
WHOLE = 0.8
LEAST_WIDTH = 2.6
# Stamps of arrival are 45 to 60 mm wide and 18 to 30 mm high; the uprights of a frame face each other.
STAMP_WIDTH = (1.4, 2.6)
STAMP_HEIGHT = 1.4
FACING = 0.6


def find_grids(rules: Rules, dpi: int) -> tuple[Table, ...]:
    """The tables that the rules of a page make, from top to bottom, their cells still without words.

    A single frame is no table, nor is a list of frames one above the other: there are two columns at least.

    Args:
        rules: the page's rules.
        dpi: the resolution that they are measured in.
    """
    grids = [grid for level, upright in _companies(rules, MEET * dpi) if (grid := _grid(level, upright, dpi))]
    return tuple(sorted(grids, key=lambda table: (table.bbox.top, table.bbox.left)))


def find_frames(rules: Rules, dpi: int) -> tuple[BBox, ...]:
    """Frames of the size of a stamp of arrival: two uprights with a level rule from one to the other.

    Args:
        rules: the page's rules.
        dpi: the resolution that they are measured in.
    """
    frames = []
    for left in rules.upright:
        for right in rules.upright:
            shared = min(left.end, right.end) - max(left.start, right.start)
            if not STAMP_WIDTH[0] * dpi <= right.at - left.at <= STAMP_WIDTH[1] * dpi:
                continue
            if shared < FACING * max(left.length, right.length):
                continue
            top, bottom = min(left.start, right.start), max(left.end, right.end)
            drawn = sum(
                min(rule.end, right.at) - max(rule.start, left.at)
                for rule in rules.level
                if min(abs(rule.at - top), abs(rule.at - bottom)) <= MEET * 2 * dpi
                and rule.end > left.at
                and rule.start < right.at
            )
            if drawn >= WHOLE * (right.at - left.at) and bottom - top <= STAMP_HEIGHT * dpi:
                frames.append(BBox(round(left.at), round(top), round(right.at), round(bottom)))
    return tuple(frames)


def rules_of(tables: Iterable[Table], rules: Rules, dpi: int) -> Rules:
    """Those of the page's rules that belong to these tables."""
    boxes = [table.bbox for table in tables]
    reach = MEET * dpi

    def belongs(rule: Rule, sides: tuple[int, int], ends: tuple[int, int]) -> bool:
        along = min(rule.end, ends[1]) - max(rule.start, ends[0])
        return sides[0] - reach <= rule.at <= sides[1] + reach and along > rule.length / 2

    return Rules(
        tuple(
            rule
            for rule in rules.level
            if any(belongs(rule, (box.top, box.bottom), (box.left, box.right)) for box in boxes)
        ),
        tuple(
            rule
            for rule in rules.upright
            if any(belongs(rule, (box.left, box.right), (box.top, box.bottom)) for box in boxes)
        ),
        rules.straight,
    )


def _companies(rules: Rules, reach: float) -> list[tuple[list[Rule], list[Rule]]]:
    """Level and upright rules that hang together by their crossings."""
    companies: list[tuple[list[Rule], list[Rule]]] = [([rule], []) for rule in rules.level]
    for upright in rules.upright:
        met = [company for company in companies if any(_meet(level, upright, reach) for level in company[0])]
        if not met:
            continue
        first = met[0]
        first[1].append(upright)
        for other in met[1:]:
            first[0].extend(other[0])
            first[1].extend(other[1])
            companies.remove(other)
    return companies


def _meet(level: Rule, upright: Rule, reach: float) -> bool:
    return (
        level.start - reach <= upright.at <= level.end + reach
        and upright.start - reach <= level.at <= upright.end + reach
    )


def _grid(level: Sequence[Rule], upright: Sequence[Rule], dpi: int) -> Table | None:
    upright = [rule for rule in upright if rule.length > LONG * dpi or _is_anchored(rule, level, MEET * dpi)]
    if not level or not upright or not _is_table(level, upright, dpi):
        return None
    rows = _borders(level, upright, dpi)
    columns = _borders(upright, level, dpi)
    if len(rows) < 2 or len(columns) < 3:
        return None
    cells = _cells(rows, columns, level, upright, CLOSE * dpi)
    if len({cell.column for cell in cells}) < 2:
        return None
    return Table(BBox.union(cell.bbox for cell in cells), tuple(cells), ruled=True)


def _is_anchored(upright: Rule, level: Sequence[Rule], reach: float) -> bool:
    """Whether it begins and ends at level rules: the stem of a letter does not."""
    return all(
        any(
            abs(rule.at - end) <= reach
            for rule in level
            if rule.start - reach <= upright.at <= rule.end + reach
        )
        for end in (upright.start, upright.end)
    )


def _is_table(level: Sequence[Rule], upright: Sequence[Rule], dpi: int) -> bool:
    """Whether the lines are those of a table: wide, closed above and below, with an upright over half of it."""
    left, right = min(rule.start for rule in level), max(rule.end for rule in level)
    top, bottom = min(rule.start for rule in upright), max(rule.end for rule in upright)
    whole = sum(rule.length >= WHOLE * (right - left) for rule in level)
    high = any(rule.length >= (bottom - top) / 2 for rule in upright)
    return right - left >= LEAST_WIDTH * dpi and whole >= 2 and high


def _borders(along: Sequence[Rule], across: Sequence[Rule], dpi: int) -> list[float]:
    """Where the rules stand, close ones as one; with the ends of those across where a side is open.

    >>> _borders([Rule(0, 0, 99), Rule(2, 0, 99), Rule(60, 0, 99)], [Rule(5, 0, 60), Rule(95, 0, 60)], 100)
    [1.0, 60.0]
    """
    groups: list[list[float]] = []
    for at in sorted(rule.at for rule in along):
        if groups and at - groups[-1][-1] <= CLOSE * dpi:
            groups[-1].append(at)
        else:
            groups.append([at])
    places = [sum(group) / len(group) for group in groups]
    low, high = min(rule.start for rule in across), max(rule.end for rule in across)
    begin = [low] if places and low < places[0] - OPEN * dpi else []
    end = [high] if places and high > places[-1] + OPEN * dpi else []
    return [*begin, *places, *end]


def _cells(
    rows: Sequence[float],
    columns: Sequence[float],
    level: Sequence[Rule],
    upright: Sequence[Rule],
    close: float,
) -> list[Cell]:
    """The openings of the grid: neighbours with no line drawn between them are one cell."""
    count = len(columns) - 1
    group = list(range((len(rows) - 1) * count))

    def head(index: int) -> int:
        while group[index] != index:
            index = group[index]
        return index

    for row, (top, bottom) in enumerate(pairwise(rows)):
        for column, (left, right) in enumerate(pairwise(columns)):
            here = row * count + column
            if column + 1 < count and not _is_drawn(upright, right, top, bottom, close):
                group[head(here + 1)] = head(here)
            if row + 2 < len(rows) and not _is_drawn(level, bottom, left, right, close):
                group[head(here + count)] = head(here)
    members: dict[int, list[int]] = {}
    for index in range(len(group)):
        members.setdefault(head(index), []).append(index)
    return sorted(
        (_cell(indices, rows, columns) for indices in members.values()),
        key=lambda cell: (cell.row, cell.column),
    )


def _cell(indices: Iterable[int], rows: Sequence[float], columns: Sequence[float]) -> Cell:
    places = [divmod(index, len(columns) - 1) for index in indices]
    top, bottom = min(row for row, _ in places), max(row for row, _ in places) + 1
    left, right = min(column for _, column in places), max(column for _, column in places) + 1
    box = BBox(round(columns[left]), round(rows[top]), round(columns[right]), round(rows[bottom]))
    return Cell(top, left, box, (), bottom - top, right - left)


def _is_drawn(rules: Sequence[Rule], at: float, start: float, end: float, close: float) -> bool:
    """Whether rules at this place cover enough of the way."""
    covered = sum(
        max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules if abs(rule.at - at) <= close
    )
    return covered >= DRAWN * (end - start)
