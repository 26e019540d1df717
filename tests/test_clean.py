"""The gates that decide for the cleaning steps, and the way back to the page's pixels."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from restore.page import BBox
from restore.scan.clean import clean
from restore.scan.skew import deskew, estimate_skew
from tests.printed import noisy, printed, shaded


def names(image: np.ndarray, dpi: int = 150) -> list[str]:
    return [step.name for step in clean(image, dpi).steps]


def test_a_clean_page_is_left_as_it_is() -> None:
    cleaned = clean(printed(), 150)
    assert cleaned.steps == ()
    assert np.array_equal(cleaned.image, printed())
    assert cleaned.transform.map_box(BBox(3, 4, 50, 60)) == BBox(3, 4, 50, 60)


def test_mild_noise_is_left_alone() -> None:
    assert names(noisy(printed(), 6)) == []


def test_salt_and_pepper_is_removed() -> None:
    page = noisy(printed(), 17, 0.03)
    cleaned = clean(page, 150)
    assert "remove-grain" in [step.name for step in cleaned.steps]
    assert cleaned.image.shape == page.shape
    blank = slice(0, 60)
    assert (page[blank] < 128).mean() > 0.01
    assert (cleaned.image[blank] < 128).mean() < 0.0005


def test_shaded_paper_is_evened_out() -> None:
    assert names(shaded(printed())) == ["even-paper"]


def test_what_was_enlarged_is_shrunk_and_its_boxes_come_back() -> None:
    scan = noisy(printed(200), 30, 0.012)
    page = cv2.resize(scan, None, fx=1.5, fy=1.5, interpolation=cv2.INTER_CUBIC)
    cleaned = clean(page, 300)
    assert [step.name for step in cleaned.steps][:2] == ["shrink", "remove-grain"]
    assert (cleaned.dpi, cleaned.image.shape) == (200, scan.shape)
    whole = BBox(0, 0, cleaned.image.shape[1], cleaned.image.shape[0])
    assert cleaned.transform.inverse().map_box(whole) == BBox(0, 0, page.shape[1], page.shape[0])


def test_a_noisy_page_at_its_own_resolution_is_not_shrunk() -> None:
    cleaned = clean(noisy(printed(300), 17, 0.012), 300)
    assert (cleaned.dpi, cleaned.image.shape) == (300, printed(300).shape)


def test_skewed_page_is_turned_and_boxes_find_their_way_back() -> None:
    skewed = deskew(printed(), -3.0)
    cleaned = clean(skewed, 150)
    assert [step.name for step in cleaned.steps] == ["deskew"]
    assert abs(estimate_skew(cleaned.image)) < 0.15
    # A mark in the cleaned page stands, mapped back, on the same ink of the page as it is.
    rows, columns = np.nonzero(cleaned.image < 60)
    back = cleaned.transform.inverse()
    for index in range(0, len(rows), len(rows) // 20):
        x, y = back.map_point(float(columns[index]), float(rows[index]))
        around = skewed[int(y) - 2 : int(y) + 3, int(x) - 2 : int(x) + 3]
        assert around.min() < 128


def test_a_slight_lean_is_told_but_not_turned() -> None:
    cleaned = clean(deskew(printed(), -0.6), 150)
    assert cleaned.steps == ()
    assert cleaned.lean == pytest.approx(0.6, abs=0.12)


def test_a_seal_is_taken_out_and_told_where_it_stands() -> None:
    page = cv2.cvtColor(printed(300), cv2.COLOR_GRAY2BGR)
    seal = np.full_like(page, 255)
    cv2.circle(seal, (1000, 800), 210, (70, 60, 215), 12)
    cleaned = clean(np.minimum(page, seal), 300)
    assert [step.name for step in cleaned.steps] == ["take-out-ink"]
    (region,) = cleaned.regions
    assert region.kind == "seal"
    for side, expected in zip(("left", "top", "right", "bottom"), (790, 590, 1210, 1010), strict=True):
        assert abs(getattr(region.bbox, side) - expected) < 20
    assert (cleaned.image < 100).mean() == pytest.approx(
        (clean(printed(300), 300).image < 100).mean(), rel=0.02
    )


def test_dirt_is_named_and_counted() -> None:
    page = printed()
    page[:, :12] = 0
    steps = {step.name: dict(step.settings) for step in clean(page, 150).steps}
    assert steps == {"clear-edges": {"count": 1}}
