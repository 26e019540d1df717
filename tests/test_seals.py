"""Seals found by their rims, and print that stays when their ink is taken out."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from restore.page import BBox, Block, Line, Page, Word
from restore.scan.seals import Seal, find_seals, inside, without_seal, without_seal_text, without_seals

SEAL = Seal(600, 500, 212)  # 36 mm at 300 dpi


def page_with(ink: int, *, seal: bool = True) -> np.ndarray:
    """A page with a bold name and the rings of a seal through its beginning."""
    picture = Image.new("L", (1240, 1000), 255)
    font = ImageFont.truetype("Tinos-Bold.ttf", 58)
    ImageDraw.Draw(picture).text((560, 640), "Trần Thị Minh Họa", font=font, fill=0)
    image = np.array(picture)
    for radius, width in ((212, 4), (196, 2), (140, 2)) if seal else ():
        ring = np.full_like(image, 255)
        cv2.circle(ring, (SEAL.x, SEAL.y), radius, ink, width, cv2.LINE_AA)
        image = np.minimum(image, ring)
    return image


@pytest.mark.parametrize("ink", [0, 150])
def test_a_seal_is_found_where_it_is_and_nowhere_else(ink: int) -> None:
    (found,) = find_seals(page_with(ink), 300)
    assert abs(found.x - SEAL.x) <= 6
    assert abs(found.y - SEAL.y) <= 6
    assert abs(found.radius - SEAL.radius) <= 10
    assert find_seals(page_with(ink, seal=False), 300) == ()


def test_other_circles_are_no_seals() -> None:
    image = np.full((1000, 1240), 255, np.uint8)
    cv2.circle(image, (600, 500), 60, 0, 4)  # 10 mm: a punch hole, a logo
    cv2.circle(image, (600, 500), 420, 0, 4)  # 71 mm
    assert find_seals(image, 300) == ()
    assert find_seals(np.full((1, 3000), 255, np.uint8), 300) == ()


@pytest.mark.parametrize(("ink", "left"), [(0, 0.25), (150, 0.02)])
def test_the_rings_go_and_the_print_stays(ink: int, left: float) -> None:
    bare, sealed = page_with(ink, seal=False), page_with(ink)
    cleared = without_seal(sealed, SEAL, 300)
    ring, name = (sealed < 200) & (bare >= 200), bare < 100
    assert (cleared[ring] < 128).mean() <= left  # a black ring is left where it is as thick as print
    assert (cleared[name] < 128).mean() > 0.9
    assert np.array_equal(cleared[:, 900:], sealed[:, 900:])
    assert np.array_equal(without_seals(bare, (), 300), bare)


def line(*texts: tuple[str, int, int]) -> Line:
    return Line(
        tuple(
            Word(text, text, BBox(left, top, left + 30 * len(text), top + 40), 0.9)
            for text, left, top in texts
        )
    )


def test_what_stands_in_the_middle_of_a_seal_is_its_own() -> None:
    own = line(("LIÊN", 510, 450), ("ĐOÀN", 630, 450))
    name = line(("Trần", 560, 640), ("Thị", 700, 640), ("Họa", 800, 640))
    crumb = line(("An", 200, 500), ("N", 420, 500))
    page = Page(1, 1240, 1000, 300, (Block((own,)), Block((name, crumb))), "tesseract")
    assert without_seal_text(page, (SEAL,)).text == "Trần Thị Họa\nAn"
    assert without_seal_text(page, ()) is page


def test_inside_is_by_all_corners() -> None:
    assert inside(BBox(560, 460, 640, 540), SEAL, 0.5)
    assert not inside(BBox(560, 460, 900, 540), SEAL, 1.0)
