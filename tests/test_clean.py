"""Each cleaning step alone, the gates that decide for it, and the way back to the page's pixels."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from restore.page import BBox
from restore.scan import clean as cleaning
from restore.scan.affine import Affine
from restore.scan.clean import clean

TEXT = "Ủy ban nhân dân xã tổ chức ngày hội đọc sách cho thiếu nhi"


@pytest.fixture(scope="module")
def print_page() -> np.ndarray:
    """Half an A4 page at 150 dpi with fourteen lines."""
    page = Image.new("L", (1240, 877), 255)
    font = ImageFont.truetype("Tinos-Regular.ttf", 29)
    for line in range(14):
        ImageDraw.Draw(page).text((140, 80 + 50 * line), TEXT, font=font, fill=0)
    return np.array(page)


def noisy(page: np.ndarray, sigma: float, specks: float = 0.0) -> np.ndarray:
    random = np.random.default_rng(5)
    result = page + random.normal(0, sigma, page.shape)
    chance = random.random(page.shape)
    result[chance < specks / 2] = 0
    result[chance > 1 - specks / 2] = 255
    return np.clip(result, 0, 255).astype(np.uint8)


def shaded(page: np.ndarray) -> np.ndarray:
    """Pale print on paper that darkens to the right."""
    shade = np.linspace(210, 140, page.shape[1])
    return (shade - (255 - page.astype(float)) * 0.4).astype(np.uint8)


def names(image: np.ndarray, dpi: int = 150) -> list[str]:
    return [step.name for step in clean(image, dpi).steps]


def test_a_clean_page_is_left_as_it_is(print_page: np.ndarray) -> None:
    cleaned = clean(print_page, 150)
    assert cleaned.steps == ()
    assert np.array_equal(cleaned.image, print_page)
    assert cleaned.transform.map_box(BBox(3, 4, 50, 60)) == BBox(3, 4, 50, 60)


def test_mild_noise_is_left_alone(print_page: np.ndarray) -> None:
    assert "median" not in names(noisy(print_page, 6))


def test_salt_and_pepper_is_removed(print_page: np.ndarray) -> None:
    page = noisy(print_page, 17, 0.03)
    assert cleaning.noise_level(page) > cleaning.NOISY > cleaning.noise_level(noisy(print_page, 6))
    cleaned = clean(page, 150)
    assert "median" in [step.name for step in cleaned.steps]
    blank = slice(0, 60)
    assert (page[blank] < 128).mean() > 0.01
    assert (cleaned.image[blank] < 128).mean() < 0.0005


def test_shaded_paper_becomes_white_and_print_black(print_page: np.ndarray) -> None:
    page = shaded(print_page)
    cleaned = clean(page, 150)
    assert [step.name for step in cleaned.steps] == ["even-paper"]
    assert cleaned.image[print_page == 255].mean() > 235
    assert np.percentile(cleaned.image[print_page == 0], 50) < 60


def test_a_nearly_empty_page_does_not_turn_black() -> None:
    page = np.full((600, 400), 200, np.uint8)
    page[300:310, 100:140] = 90
    cleaned = clean(page, 150).image
    assert cleaned[0, 0] == 255
    assert cleaned[305, 120] < 100


@pytest.mark.parametrize("degrees", [-4.0, -1.7, -0.6, 0.0, 0.35, 1.2, 3.1])
def test_skew_is_found(print_page: np.ndarray, degrees: float) -> None:
    skewed = cleaning.deskew(print_page, -degrees)
    assert cleaning.estimate_skew(skewed) == pytest.approx(degrees, abs=0.12)


def test_skewed_page_is_turned_and_boxes_find_their_way_back(print_page: np.ndarray) -> None:
    skewed = cleaning.deskew(print_page, -3.0)
    cleaned = clean(skewed, 150)
    assert [step.name for step in cleaned.steps] == ["deskew"]
    assert abs(cleaning.estimate_skew(cleaned.image)) < 0.15
    # A mark in the cleaned page stands, mapped back, on the same ink of the page as it is.
    rows, columns = np.nonzero(cleaned.image < 60)
    back = cleaned.transform.inverse()
    for index in range(0, len(rows), len(rows) // 20):
        x, y = back.map_point(float(columns[index]), float(rows[index]))
        around = skewed[int(y) - 2 : int(y) + 3, int(x) - 2 : int(x) + 3]
        assert around.min() < 128


def test_a_slight_lean_is_told_but_not_turned(print_page: np.ndarray) -> None:
    cleaned = clean(cleaning.deskew(print_page, -0.6), 150)
    assert cleaned.steps == ()
    assert cleaned.lean == pytest.approx(0.6, abs=0.12)


@pytest.mark.parametrize("fill", [0, 128, 255])
def test_an_even_page_has_no_skew(fill: int) -> None:
    assert cleaning.estimate_skew(np.full((500, 400), fill, np.uint8)) == 0.0


def test_red_seal_fades_and_print_under_it_stays(print_page: np.ndarray) -> None:
    page = cv2.cvtColor(print_page, cv2.COLOR_GRAY2BGR)
    seal = np.zeros(print_page.shape, np.uint8)
    cv2.circle(seal, (500, 400), 120, 255, 12)
    page[(seal > 0) & (print_page > 128)] = (60, 50, 225)
    cleaned = clean(page, 150)
    assert [step.name for step in cleaned.steps] == ["red-channel"]
    assert cleaned.image[(seal > 0) & (print_page > 200)].min() > 200
    assert np.array_equal(cleaned.image < 100, print_page < 100)


def test_colour_page_without_red_is_plain_gray(print_page: np.ndarray) -> None:
    page = cv2.cvtColor(print_page, cv2.COLOR_GRAY2BGR)
    page[10:30, 10:200] = (200, 60, 40)  # blue ink: the red channel would blacken it
    assert names(page) == ["gray"]


def test_scanner_edge_is_whitened_and_print_near_it_kept(print_page: np.ndarray) -> None:
    page = print_page.copy()
    page[:, :12] = 0
    page[100:500, -9:] = 30
    page[300:330, 25:60] = 0  # near the edge, but not part of it
    cleaned, pixels = cleaning.clear_edges(page)
    assert pixels >= 12 * page.shape[0]
    assert cleaned[:, :12].min() == 255
    assert cleaned[:, -9:].min() == 255
    assert np.array_equal(cleaned[:, 20:-20], page[:, 20:-20])


def test_a_frame_around_the_page_is_not_taken_for_an_edge(print_page: np.ndarray) -> None:
    page = print_page.copy()
    cv2.rectangle(page, (0, 0), (page.shape[1] - 1, page.shape[0] - 1), 0, 3)
    cleaned, pixels = cleaning.clear_edges(page)
    assert pixels == 0
    assert np.array_equal(cleaned, page)


boxes = st.builds(
    lambda left, top, width, height: BBox(left, top, left + width, top + height),
    st.integers(0, 2000),
    st.integers(0, 3000),
    st.integers(1, 400),
    st.integers(1, 80),
)


@given(box=boxes, turns=st.integers(0, 3))
def test_quarter_turns_come_back_exactly(box: BBox, turns: int) -> None:
    turn = Affine.quarter_turns(turns, 2480, 3508)
    assert turn.inverse().map_box(turn.map_box(box)) == box


@given(turns=st.integers(0, 3), x=st.integers(0, 29), y=st.integers(0, 19))
def test_quarter_turns_follow_numpy(turns: int, x: int, y: int) -> None:
    image = np.zeros((20, 30), np.uint8)
    image[y, x] = 1
    box = Affine.quarter_turns(turns, 30, 20).map_box(BBox(x, y, x + 1, y + 1))
    assert np.rot90(image, turns)[box.top, box.left] == 1


@given(degrees=st.floats(-5, 5), x=st.floats(0, 2480), y=st.floats(0, 3508))
def test_rotation_and_its_inverse(degrees: float, x: float, y: float) -> None:
    turn = Affine.rotation(degrees, 2480, 3508)
    there = turn.then(turn.inverse()).map_point(x, y)
    assert there == pytest.approx((x, y), abs=1e-6)
