"""The ruled tables of a page before it is read: where they are, the page without them, their cells as pictures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from restore.page import BBox, Table
from restore.scan.affine import IDENTITY, Affine
from restore.scan.grids import find_frames, find_grids, rules_of
from restore.scan.mosaic import Mosaic, mosaics
from restore.scan.rules import MOST_THICK, Rules, find_rules

Gray = NDArray[np.uint8]

WHITE = 255


@dataclass(frozen=True, slots=True)
class RuledPage:
    """A cleaned page and its ruled tables.

    Attributes:
        tables: without words, in pixels of the page once it is level.
        outside: the page as it is, its tables whitened.
        cells: pictures of the print in the tables' cells, of the page once it is level.
        level: takes pixels of the page to where its lines are level and its tables upright.
        frames: of the size of a stamp, in the same pixels as the tables.
    """

    tables: tuple[Table, ...]
    outside: Gray
    cells: tuple[Mosaic, ...]
    level: Affine
    frames: tuple[BBox, ...] = ()


def find_tables(gray: Gray, dpi: int, lean: float) -> RuledPage:
    """The ruled tables of a page.

    Args:
        gray: the page, cleaned.
        dpi: its resolution.
        lean: by how many degrees its lines rise to the right.
    """
    rules = find_rules(gray, dpi, lean)
    tables = find_grids(rules, dpi)
    # The columns of a table make frames, too.
    frames = tuple(
        frame for frame in find_frames(rules, dpi) if not any(_touch(frame, table.bbox) for table in tables)
    )
    if not tables:
        page = without_tables(gray, lean)
        moved = rules.straight.inverse().then(page.level)
        return replace(page, frames=tuple(moved.map_box(frame) for frame in frames))
    # Where there are tables their rules say better than the lines what is level and upright.
    level = rules.straight
    plain = _level(gray, level) if level != IDENTITY else gray.copy()
    _whiten_rules(plain, rules_of(tables, rules, dpi), dpi)
    boxes = [cell.bbox for table in tables for cell in table.cells]
    outside = _without(gray, (table.bbox for table in tables), level.inverse(), round(MOST_THICK * dpi))
    return RuledPage(tables, outside, mosaics(plain, boxes, dpi), level, frames)


def without_tables(gray: Gray, lean: float) -> RuledPage:
    """A page that has none."""
    height, width = gray.shape
    return RuledPage((), gray, (), Affine.rotation(-lean, width, height))


def _touch(one: BBox, other: BBox) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > 0 and down > 0


def _level(gray: Gray, level: Affine) -> Gray:
    height, width = gray.shape
    turned = cv2.warpAffine(
        gray, level.matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=WHITE
    )  # fmt: skip
    return np.asarray(turned, np.uint8)


def _whiten_rules(gray: Gray, rules: Rules, dpi: int) -> None:
    """Whiten rules in place; print that touches a rule keeps its strokes beside it."""
    thick = max(round(MOST_THICK * dpi / 2), 3)
    for rule in rules.level:
        cv2.line(gray, (round(rule.start), round(rule.at)), (round(rule.end), round(rule.at)), WHITE, thick)
    for rule in rules.upright:
        cv2.line(gray, (round(rule.at), round(rule.start)), (round(rule.at), round(rule.end)), WHITE, thick)


def _without(gray: Gray, boxes: Iterable[BBox], back: Affine, around: int) -> Gray:
    """The page with boxes whitened that are given where ``back`` leads to the page from."""
    outside = gray.copy()
    for box in boxes:
        left, top, right, bottom = (
            box.left - around,
            box.top - around,
            box.right + around,
            box.bottom + around,
        )
        corners = [
            back.map_point(*point) for point in ((left, top), (right, top), (right, bottom), (left, bottom))
        ]
        cv2.fillConvexPoly(outside, np.round(corners).astype(np.int32), WHITE)
    return outside
