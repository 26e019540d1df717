"""Ink of seals and signatures leaves the page without a trace, print below it stays."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from restore.page import BBox
from restore.scan.ink import find_seal, separate
from tests.printed import printed

RED, BLUE, VIOLET = (60, 50, 215), (140, 48, 36), (120, 60, 70)
DPI = 150
MM = DPI / 25.4


def stamped(page: np.ndarray, ink: np.ndarray, colour: tuple[int, int, int]) -> np.ndarray:
    """Ink on a page as ink lies: both darken the paper."""
    layer = np.where(ink[:, :, None] > 0, np.array(colour), 255)
    return (page[:, :, None].astype(int) * layer // 255).astype(np.uint8)


def rim(
    middle: tuple[int, int], millimetres: float = 18.0, shape: tuple[int, int] | None = None
) -> np.ndarray:
    ink = np.zeros(shape or printed().shape, np.uint8)
    cv2.circle(ink, middle, round(millimetres * MM), 255, 5)
    cv2.circle(ink, middle, round((millimetres - 5) * MM), 255, 2)
    cv2.putText(ink, "BINH", (middle[0] - 45, middle[1] + 10), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 255, 3)
    return ink


def signature(left: int, top: int) -> np.ndarray:
    ink = np.zeros(printed().shape, np.uint8)
    x = np.arange(220)
    y = top + 40 + 38 * np.sin(x / 9)
    cv2.polylines(ink, [np.stack([left + x, y.astype(int)], 1).astype(np.int32)], False, 255, 3)
    return ink


def kinds(image: np.ndarray) -> list[str]:
    return [region.kind for region in separate(image, DPI).regions]


@pytest.mark.parametrize("colour", [RED, (95, 80, 190)])
def test_a_seal_fades_and_print_below_it_stays(colour: tuple[int, int, int]) -> None:
    ink = rim((600, 400))
    separated = separate(stamped(printed(), ink, colour), DPI)
    (seal,) = separated.regions
    assert seal.kind == "seal"
    radius = round(18 * MM)
    for side, expected in zip(
        (seal.bbox.left, seal.bbox.top, seal.bbox.right, seal.bbox.bottom),
        (600 - radius, 400 - radius, 600 + radius, 400 + radius),
        strict=True,
    ):
        assert abs(side - expected) < 2.5 * MM
    assert separated.gray[(ink > 0) & (printed() == 255)].min() > 235
    assert separated.gray[(ink > 0) & (printed() == 0)].max() < 60
    outside = cv2.dilate(ink, np.ones((25, 25), np.uint8)) == 0
    assert np.array_equal(separated.gray[outside], printed()[outside])


def test_half_a_seal_at_the_edge_of_the_page_is_one() -> None:
    ink = rim((printed().shape[1] - 20, 400))
    separated = separate(stamped(printed(), ink, RED), DPI)
    assert [region.kind for region in separated.regions] == ["seal"]
    assert separated.gray[(ink > 0) & (printed() == 255)].min() > 235
    assert separated.regions[0].bbox.right == printed().shape[1]


def test_a_signature_fades_and_a_number_by_hand_stays() -> None:
    number = np.zeros(printed().shape, np.uint8)
    cv2.putText(number, "17", (300, 840), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 255, 3)
    drawn = signature(700, 330)
    page = stamped(printed(), np.maximum(number, drawn), BLUE)
    separated = separate(page, DPI)
    assert sorted(region.kind for region in separated.regions) == ["handwriting", "signature"]
    assert separated.gray[(drawn > 0) & (printed() == 255)].min() > 225
    assert separated.gray[number > 0].max() < 90


def test_a_name_stamped_in_red_is_read_and_the_seal_above_it_not() -> None:
    blank = np.full_like(printed(), 255)
    name = np.zeros_like(blank)
    cv2.putText(name, "Nguyen Van An", (520, 560), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 255, 3)
    seal = rim((600, 400))
    separated = separate(stamped(blank, np.maximum(name, seal), RED), DPI)
    assert [region.kind for region in separated.regions] == ["seal"]
    assert separated.gray[name > 0].max() < 140
    assert separated.gray[seal > 0].min() > 235


@pytest.mark.parametrize("colour", [RED, BLUE, VIOLET])
def test_a_page_printed_in_colour_is_read(colour: tuple[int, int, int]) -> None:
    page = stamped(np.full_like(printed(), 255), 255 - printed(), colour)
    separated = separate(page, DPI)
    assert "seal" not in {region.kind for region in separated.regions}
    assert separated.step.name == "gray"
    assert separated.gray[printed() == 0].max() < 110


def test_a_heading_in_red_is_read() -> None:
    heading = np.zeros(printed().shape, np.uint8)
    cv2.putText(heading, "THANH PHO MAU", (300, 60), cv2.FONT_HERSHEY_SIMPLEX, 1.3, 255, 4)
    separated = separate(stamped(printed(), heading, RED), DPI)
    assert separated.regions == ()
    assert separated.gray[heading > 0].max() < 140


def test_paper_has_a_colour_too() -> None:
    tinted = (printed()[:, :, None] * np.array([150, 180, 235]) / 255).astype(np.uint8)
    assert separate(tinted, DPI).step.name == "gray"
    ink = rim((600, 400))
    separated = separate(
        (stamped(printed(), ink, RED) * np.array([150, 180, 235]) / 255).astype(np.uint8), DPI
    )
    assert [region.kind for region in separated.regions] == ["seal"]
    assert separated.gray[(ink > 0) & (printed() == 255)].min() > 165


def test_letters_form_no_seal() -> None:
    ink = (printed() < 128).astype(np.uint8)
    assert find_seal(ink, BBox(100, 60, 1100, 800), MM) is None


@pytest.mark.parametrize("shape", [(1, 1), (3, 200), (200, 3)])
def test_any_size_has_a_gray_of_its_own(shape: tuple[int, int]) -> None:
    for colour in ((255, 255, 255), (0, 0, 255), (255, 0, 0)):
        image = np.full((*shape, 3), colour, np.uint8)
        assert separate(image, 300).gray.shape == shape
