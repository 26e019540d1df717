"""Printed lines of words, and blocks of lines: what stands beside and below what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from restore.page import Line, Word

# Two pieces belong to one printed line if their heights overlap by this share of the lower one.
SAME_LINE_OVERLAP = 0.5
# A new block begins where lines stand this much further apart than usual, or with an indent.
BLOCK_PITCH = 1.25
INDENT = 0.7


def centre_x(word: Word) -> float:
    """How far to the right a word stands."""
    return (word.bbox.left + word.bbox.right) / 2


def centre_y(line: Line) -> float:
    """How far down a line stands: the median of its words' middles, which marks and commas cannot shift."""
    return float(median((word.bbox.top + word.bbox.bottom) / 2 for word in line.words))


def merge_pieces(pieces: Iterable[Line]) -> list[Line]:
    """Printed lines from top to bottom: pieces that stand beside each other become one line."""
    lines: list[Line] = []
    for piece in sorted(pieces, key=centre_y):
        for index in range(len(lines) - 1, max(len(lines) - 4, -1), -1):
            if _on_one_line(lines[index], piece):
                words = sorted((*lines[index].words, *piece.words), key=lambda word: word.bbox.left)
                lines[index] = Line(tuple(words))
                break
        else:
            lines.append(piece)
    return lines


def _on_one_line(one: Line, other: Line) -> bool:
    a, b = one.bbox, other.bbox
    if min(a.right, b.right) - max(a.left, b.left) > min(a.width, b.width) / 2:
        return False  # one above the other, however close
    # The words nearest each other: on a page that is not quite straight the far ends stand higher or lower.
    first, second = (one, other) if a.left < b.left else (other, one)
    a, b = first.words[-1].bbox, second.words[0].bbox
    overlap = min(a.bottom, b.bottom) - max(a.top, b.top)
    return overlap >= SAME_LINE_OVERLAP * min(a.height, b.height)


def group_lines(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines of one column in blocks: parted by white space, an indent or a jump upwards.

    Args:
        lines: in reading order.
    """
    if not lines:
        return []
    pitches = sorted(centre_y(after) - centre_y(line) for line, after in pairwise(lines))
    close = [pitch for pitch in pitches if pitch > 0]
    # The usual distance of two lines is that of the closer half: blank lines only make distances larger.
    usual = close[len(close) // 4] if close else 0.0
    unit = float(median(word.bbox.height for line in lines for word in line.words))
    groups = [[lines[0]]]
    for index in range(1, len(lines)):
        line, before = lines[index], lines[index - 1]
        after = lines[index + 1] if index + 1 < len(lines) else None
        pitch = centre_y(line) - centre_y(before)
        if pitch < 0 or pitch > BLOCK_PITCH * max(usual, unit) or _is_indented(before, line, after, unit):
            groups.append([])
        groups[-1].append(line)
    return groups


def _is_indented(before: Line, line: Line, after: Line | None, unit: float) -> bool:
    """A paragraph's first line: the next goes back out, the one before stands further out or ends early."""
    indent = INDENT * unit
    if after is None or line.bbox.left - after.bbox.left <= indent:
        return False
    if _is_centred_below(before, line, indent) or _is_centred_below(line, after, indent):
        return False
    stands_in = line.bbox.left - before.bbox.left > indent
    ends_early = before.bbox.right < line.bbox.right - 2 * unit
    return stands_in or ends_early


def _is_centred_below(above: Line, line: Line, indent: float) -> bool:
    middles = above.bbox.left + above.bbox.right, line.bbox.left + line.bbox.right
    return abs(middles[0] - middles[1]) < 2 * indent and abs(above.bbox.left - line.bbox.left) > indent / 2
