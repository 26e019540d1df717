"""Edges and specks are told from print by their shapes."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from restore.scan import dirt
from restore.scan.dirt import find_shapes, whiten
from tests.printed import DPI, printed


def cleared(page: np.ndarray, find: object, dpi: int = DPI) -> tuple[np.ndarray, int]:
    shapes = find_shapes(page, dpi)
    chosen = find(shapes)  # type: ignore[operator]
    return whiten(page, shapes, chosen), int(chosen.sum())


@pytest.mark.parametrize("find", [dirt.edges, dirt.lonely_specks])
def test_print_is_no_dirt(find: object) -> None:
    page = printed()
    cv2.rectangle(page, (60, 40), (1180, 800), 0, 3)  # a frame around the text
    result, count = cleared(page, find)
    assert count == 0
    assert np.array_equal(result, page)


def test_scanner_edges_are_whitened_and_print_near_them_kept() -> None:
    page = printed()
    page[:, :12] = 0
    page[100:500, -9:] = 30
    page[300:330, 25:60] = 0  # near the edge, but not part of it
    result, count = cleared(page, dirt.edges)
    assert count == 2
    assert result[:, :12].min() == 255
    assert result[:, -9:].min() == 255
    assert np.array_equal(result[:, 20:-20], page[:, 20:-20])


def test_an_edge_around_a_corner_is_one_edge() -> None:
    page = printed()
    page[:, :14] = 0
    page[:10] = 0
    result, count = cleared(page, dirt.edges)
    assert count == 1
    assert result[:, :14].min() == result[:10].min() == 255


def test_a_rule_that_runs_off_the_page_is_no_edge() -> None:
    page = printed()
    page[400:403] = 0
    assert cleared(page, dirt.edges)[1] == 0


def specked(page: np.ndarray) -> np.ndarray:
    """Thirty dots in the left margin, 9 mm and more from the text."""
    spoilt = page.copy()
    for index in range(30):
        cv2.circle(spoilt, (10 + 37 * index % 36, 20 + 27 * index), 2, 0, -1)
    return spoilt


def test_specks_in_the_margin_are_whitened() -> None:
    result, count = cleared(specked(printed()), dirt.lonely_specks)
    assert count == 30
    assert np.array_equal(result, printed())


def test_dots_of_a_leader_and_dashes_of_a_list_stay() -> None:
    page = printed()
    for x in range(300, 1000, 10):  # a gap to fill in, far below the text
        cv2.circle(page, (x, 850), 2, 0, -1)
    for line in range(14):  # a dash 3 mm and a bullet 6 mm before their texts
        cv2.line(page, (115, 100 + 50 * line), (122, 100 + 50 * line), 0, 2)
        cv2.circle(page, (103, 100 + 50 * line), 3, 0, -1)
    result, count = cleared(specked(page), dirt.lonely_specks)
    assert count == 30
    assert np.array_equal(result, page)


def test_a_few_specks_are_left() -> None:
    page = printed()
    cv2.circle(page, (30, 400), 2, 0, -1)
    assert cleared(page, dirt.lonely_specks)[1] == 0
