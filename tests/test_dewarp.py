"""Lines that bend are drawn level, straight ones are left, and boxes find their way back."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from restore.page import BBox
from restore.scan.clean import clean
from restore.scan.dewarp import draw_level, find_bend
from restore.scan.skew import deskew, sharpness
from tests.printed import noisy, printed, shaded

DPI = 150


def arched(page: np.ndarray, pixels: float) -> np.ndarray:
    """The page as it lies over a bulge: the middle of each line stands higher than its ends."""
    y, x = np.mgrid[0 : page.shape[0], 0 : page.shape[1]].astype(np.float32)
    rise = pixels * (np.sin(np.pi * x / page.shape[1]) - 0.5)
    return cv2.remap(page, x, y + rise.astype(np.float32), cv2.INTER_LINEAR, borderValue=255)


def fanned(page: np.ndarray) -> np.ndarray:
    """The page seen from the side: its lines run together to the right."""
    height, width = page.shape
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    seen = np.array([[0, 0], [width, 0.05 * height], [width, 0.93 * height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, seen)
    return cv2.warpPerspective(page, matrix, (width, height), borderValue=255)


def levelness(page: np.ndarray) -> float:
    """How sharply ink and gaps part in the rows of a page, however it is turned."""
    return max(sharpness((page < 128).astype(np.uint8), degrees) for degrees in np.arange(-2, 2.1, 0.1))


@pytest.mark.parametrize("page", [arched(printed(), 25), arched(printed(), -30), fanned(printed())])
def test_bent_lines_are_drawn_level(page: np.ndarray) -> None:
    cleaned = clean(page, DPI)
    assert "dewarp" in [step.name for step in cleaned.steps]
    assert levelness(cleaned.image) > 2 * levelness(page)


@pytest.mark.parametrize("degrees", [-4.0, -1.0, 0.0, 0.7, 3.0])
def test_turned_pages_do_not_bend(degrees: float) -> None:
    assert find_bend(deskew(printed(), degrees), DPI) is None


def test_bad_paper_does_not_bend() -> None:
    assert find_bend(noisy(printed(), 17, 0.012), DPI) is None
    assert find_bend(shaded(printed()), DPI) is None


@pytest.mark.parametrize("shape", [(1, 1), (1, 500), (500, 1), (300, 300)])
def test_a_page_without_lines_does_not_bend(shape: tuple[int, int]) -> None:
    assert find_bend(np.full(shape, 255, np.uint8), 300) is None


def test_ink_is_found_where_it_stood_on_the_page_as_it_is() -> None:
    page = arched(printed(), 30)
    cleaned = clean(page, DPI)
    assert "dewarp" in [step.name for step in cleaned.steps]
    back = cleaned.transform.inverse()
    rows, columns = np.nonzero(cleaned.image < 60)
    for index in range(0, len(rows), len(rows) // 40):
        x, y = back.map_point(float(columns[index]), float(rows[index]))
        assert page[round(y) - 1 : round(y) + 2, round(x) - 1 : round(x) + 2].min() < 128


def test_there_and_back_is_the_same_place() -> None:
    bend = find_bend(arched(printed(), 30), DPI)
    assert bend is not None
    for box in (BBox(140, 80, 260, 110), BBox(300, 400, 400, 430), BBox(1000, 700, 1090, 735)):
        away = bend.map_box(box)
        assert away != box
        back = bend.inverse().map_box(away)
        assert all(
            abs(getattr(back, side) - getattr(box, side)) <= 2 for side in ("left", "top", "right", "bottom")
        )


def test_what_comes_in_from_outside_is_white() -> None:
    page = arched(printed(), 30)
    bend = find_bend(page, DPI)
    assert bend is not None
    level = draw_level(page, bend)
    assert level.shape == page.shape
    assert level[0].min() == 255
