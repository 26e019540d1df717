"""Drawn lines: found straight, leaning, sheared and faint, and told from print."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore.page import BBox, Cell
from restore.scan.grids import find_frames, find_grids
from restore.scan.rules import Rule, Rules, find_rules

DPI = 300
COLUMNS = (300, 520, 1200, 1900)
ROWS = (400, 520, 640, 900)


def paper() -> np.ndarray:
    return np.full((1600, 2200), 255, np.uint8)


def grid(
    image: np.ndarray, columns: tuple[int, ...] = COLUMNS, rows: tuple[int, ...] = ROWS, ink: int = 0
) -> None:
    for x in columns:
        cv2.line(image, (x, rows[0]), (x, rows[-1]), ink, 3)
    for y in rows:
        cv2.line(image, (columns[0], y), (columns[-1], y), ink, 3)


def places(cells: tuple[Cell, ...]) -> list[tuple[int, int, int, int]]:
    return [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in cells]


def tables(image: np.ndarray, lean: float = 0.0) -> list[list[tuple[int, int, int, int]]]:
    return [places(table.cells) for table in find_grids(find_rules(image, DPI, lean), DPI)]


PLAIN = [(row, column, 1, 1) for row in range(3) for column in range(3)]


def test_rules_stand_where_they_were_drawn() -> None:
    image = paper()
    grid(image)
    found = find_rules(image, DPI)
    assert [rule.at for rule in found.level] == pytest.approx(ROWS, abs=4)
    assert [rule.at for rule in found.upright] == pytest.approx(COLUMNS, abs=4)
    for rule in found.level:
        assert (rule.start, rule.end) == pytest.approx((300, 1900), abs=16)


def test_faint_rules_of_a_grey_page() -> None:
    image = np.full((1600, 2200), 215, np.uint8)
    grid(image, ink=170)
    assert tables(image) == [PLAIN]


@pytest.mark.parametrize(("rise", "shear"), [(0.02, 0.0), (-0.015, 0.0), (0.0, 0.018), (0.01, -0.01)])
def test_a_page_that_leans_or_is_sheared(rise: float, shear: float) -> None:
    image = paper()
    grid(image)
    matrix = np.array([[1.0, shear, -800 * shear], [-rise, 1.0, 1100 * rise]])
    leaning = cv2.warpAffine(image, matrix, (2200, 1600), borderValue=255)
    assert tables(leaning, float(np.degrees(rise))) == [PLAIN]
    assert tables(leaning) == [PLAIN]  # also where nobody tells the lean


def test_print_is_no_rule() -> None:
    image = paper()
    for row in range(8):
        y = 200 + 90 * row
        cv2.putText(image, "HHHlll THANH PHO --- III EEE [1]", (100, y), cv2.FONT_HERSHEY_SIMPLEX, 1.7, 0, 5)
    found = find_rules(image, DPI)
    assert found.level == ()
    assert found.upright == ()


def test_a_picture_too_small_for_rules() -> None:
    assert find_rules(np.zeros((1, 1), np.uint8), DPI).level == ()
    assert find_rules(np.zeros((3, 900), np.uint8), DPI).upright == ()


def test_cells_that_span_rows_and_columns() -> None:
    image = paper()
    grid(image)
    image[405:516, 515:526] = 255  # no line between the first two cells of the first row
    image[636:645, 1210:1890] = 255  # nor between the last two rows of the last column
    assert tables(image) == [
        [(0, 0, 1, 2), (0, 2, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1), (1, 2, 2, 1), (2, 0, 1, 1), (2, 1, 1, 1)]
    ]


def test_open_sides_and_a_table_cut_by_the_end_of_the_page() -> None:
    image = paper()
    grid(image)
    image[:, 290:312] = 255
    image[:, 1890:1912] = 255
    assert tables(image) == [PLAIN]
    image = paper()
    grid(image)
    image[890:912] = 255
    assert tables(image) == [PLAIN]


def test_two_tables_one_above_the_other() -> None:
    image = paper()
    grid(image)
    grid(image, rows=(1000, 1100, 1200))
    assert [len(table) for table in tables(image)] == [9, 6]


def test_frames_and_lines_alone_are_no_tables() -> None:
    image = paper()
    cv2.rectangle(image, (300, 400), (1900, 900), 0, 3)  # a frame around a notice
    cv2.line(image, (300, 1000), (1100, 1000), 0, 3)  # above a footnote
    grid(image, columns=(300, 600, 950), rows=(1200, 1300, 1400))  # a stamp of arrival
    assert tables(image) == []


def test_a_stem_that_ends_nowhere_is_no_column() -> None:
    image = paper()
    grid(image)
    cv2.line(image, (800, 430), (800, 500), 0, 4)
    assert tables(image) == [PLAIN]


def test_a_table_stays_where_it_is_drawn() -> None:
    image = paper()
    grid(image)
    (table,) = find_grids(find_rules(image, DPI), DPI)
    box = table.cells[4].bbox
    assert (box.left, box.top, box.right, box.bottom) == pytest.approx((520, 520, 1200, 640), abs=4)


rules = st.lists(
    st.tuples(st.floats(0, 2000), st.floats(0, 2000), st.floats(0, 2000)).map(
        lambda three: Rule(three[0], min(three[1:]), max(three[1:]))
    ),
    max_size=8,
).map(tuple)


@given(level=rules, upright=rules)
def test_the_cells_of_any_rules_leave_no_place_of_their_table_out(
    level: tuple[Rule, ...], upright: tuple[Rule, ...]
) -> None:
    for table in find_grids(Rules(level, upright), DPI):
        assert {cell.column for cell in table.cells} != {0}
        assert table.bbox == BBox.union(cell.bbox for cell in table.cells)
        covered = [
            (cell.row + down, cell.column + right)
            for cell in table.cells
            for down in range(cell.row_span)
            for right in range(cell.column_span)
        ]
        rows, columns = (max(place[axis] for place in covered) + 1 for axis in (0, 1))
        assert set(covered) == {(row, column) for row in range(rows) for column in range(columns)}


def test_a_frame_of_the_size_of_a_stamp() -> None:
    image = paper()
    cv2.rectangle(image, (200, 300), (750, 520), 0, 3)
    cv2.rectangle(image, (1000, 300), (2100, 520), 0, 3)  # as wide as a table
    (frame,) = find_frames(find_rules(image, DPI), DPI)
    assert (frame.left, frame.top, frame.right, frame.bottom) == pytest.approx((200, 300, 750, 520), abs=16)
