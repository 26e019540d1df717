"""Pages that lie on their side are told by their letters, whatever lies around them."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from restore.scan.orientation import SIDEWAYS, columns_to_rows, lies_sideways
from tests.printed import noisy, printed, shaded


def ruled(page: np.ndarray) -> np.ndarray:
    """The page with a grid of rules over it, as close down as across."""
    for x in range(40, 1240, 110):
        cv2.line(page, (x, 30), (x, 850), 0, 2)
    for line in range(16):
        cv2.line(page, (40, 70 + 50 * line), (1140, 70 + 50 * line), 0, 2)
    return page


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
@pytest.mark.parametrize("dpi", [150, 300])
def test_lines_that_run_up_or_down_are_told(turns: int, dpi: int) -> None:
    page = np.ascontiguousarray(np.rot90(printed(dpi), turns))
    assert lies_sideways(page, dpi) == (turns % 2 == 1)


@pytest.mark.parametrize("turns", [0, 1])
def test_grain_shade_rules_and_colour_do_not_matter(turns: int) -> None:
    pages = (
        noisy(printed(), 17, 0.012),
        shaded(printed()),
        ruled(printed()),
        cv2.cvtColor(printed(), cv2.COLOR_GRAY2BGR),
    )
    for page in pages:
        assert lies_sideways(np.ascontiguousarray(np.rot90(page, turns)), 150) == (turns == 1)


def test_a_few_letters_tell_nothing() -> None:
    page = np.full_like(printed(), 255)
    page[80:120] = printed()[80:120]
    page[:, 400:] = 255
    assert columns_to_rows(page, 150) == 1.0 < SIDEWAYS


@pytest.mark.parametrize("shape", [(1, 1), (1, 400), (400, 1)])
@pytest.mark.parametrize("fill", [0, 255])
def test_an_empty_page_lies_as_it_is(shape: tuple[int, int], fill: int) -> None:
    assert not lies_sideways(np.full(shape, fill, np.uint8), 300)
