"""How noisy a scan is, whether it was enlarged, and what a filter leaves of noise and print."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from restore.scan.clean import ENLARGED, NOISY
from restore.scan.noise import grain_width, noise_level, remove_grain
from tests.printed import noisy, printed


@pytest.mark.parametrize("sigma", [0.0, 6.0])
def test_clean_and_mild_pages_are_quiet(sigma: float) -> None:
    assert noise_level(noisy(printed(), sigma)) < NOISY


def test_salt_and_pepper_is_noise() -> None:
    assert noise_level(noisy(printed(), 17, 0.012)) > NOISY


def test_noise_counts_in_parts_of_the_contrast() -> None:
    pale = (255 - (255 - printed().astype(int)) // 2).astype(np.uint8)
    assert noise_level(noisy(pale, 9)) == pytest.approx(2 * noise_level(noisy(printed(), 9)), rel=0.15)


@pytest.mark.parametrize(
    ("factor", "kind", "enlarged"),
    [
        (1.0, cv2.INTER_LINEAR, False),
        (1.5, cv2.INTER_LINEAR, True),
        (1.5, cv2.INTER_CUBIC, True),
        (2.0, cv2.INTER_CUBIC, True),
    ],
)
def test_an_enlarged_page_is_told_by_its_grain(factor: float, kind: int, enlarged: bool) -> None:
    page = cv2.resize(noisy(printed(), 17, 0.012), None, fx=factor, fy=factor, interpolation=kind)
    assert (grain_width(page) > ENLARGED) == enlarged


@pytest.mark.parametrize("shape", [(1, 1), (20, 300), (300, 20), (33, 33)])
def test_flawless_and_tiny_pages_have_no_grain(shape: tuple[int, int]) -> None:
    page = np.full(shape, 255, np.uint8)
    assert (noise_level(page), grain_width(page)) == (0.0, 0.0)


def test_grain_goes_and_dots_stay() -> None:
    page = printed(300)
    filtered = remove_grain(noisy(page, 17, 0.012))
    blank = slice(0, 120)
    assert (noisy(page, 17, 0.012)[blank] < 128).mean() > 0.005
    assert (filtered[blank] < 128).mean() < 0.0002
    # Every dot and hook of the letters, a shape of its own, is still there.
    shapes = [cv2.connectedComponents((image < 128).astype(np.uint8))[0] for image in (page, filtered)]
    assert shapes[1] == pytest.approx(shapes[0], rel=0.05)
