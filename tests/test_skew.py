"""The lean of a page is found and taken out."""

from __future__ import annotations

import numpy as np
import pytest

from restore.scan.skew import deskew, estimate_skew, shrunk
from tests.printed import printed


@pytest.mark.parametrize("degrees", [-4.0, -1.7, -0.6, 0.0, 0.35, 1.2, 3.1])
@pytest.mark.parametrize("dpi", [150, 300])
def test_skew_is_found(degrees: float, dpi: int) -> None:
    skewed = deskew(printed(dpi), -degrees)
    assert estimate_skew(skewed) == pytest.approx(degrees, abs=0.12)


@pytest.mark.parametrize("fill", [0, 128, 255])
def test_an_even_page_has_no_skew(fill: int) -> None:
    assert estimate_skew(np.full((500, 400), fill, np.uint8)) == 0.0


def test_a_page_of_one_pixel_can_be_shrunk() -> None:
    assert shrunk(np.full((1, 1), 7, np.uint8), 0.25).tolist() == [[7]]
    assert shrunk(np.full((4, 2, 3), 7, np.uint8), 0.5).shape == (2, 1, 3)
