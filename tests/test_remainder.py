"""What a first reading left out stands alone for the second; what it read, seals and dust do not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from restore.page import BBox, Block, Line, Page, Word
from restore.scan.remainder import is_print, unread
from restore.scan.seals import Seal

READ = Word("p1w0", "đọc", BBox(100, 100, 300, 145), 0.95)
PAGE = Page(1, 1000, 800, 300, (Block((Line((READ,)),)),), "tesseract")


@pytest.fixture
def paper() -> np.ndarray:
    image = np.full((800, 1000), 255, np.uint8)
    image[105:140, 110:290:20] = 0  # the strokes of what was read
    return image


def test_nothing_is_left_where_all_was_read(paper: np.ndarray) -> None:
    assert unread(paper, PAGE) is None
    assert unread(paper, Page(1, 1000, 800, 300, (), "tesseract")) is None


def test_letters_stay_with_their_marks_and_all_else_goes(paper: np.ndarray) -> None:
    paper[300:330, 400:420] = 0  # a letter
    paper[288:295, 405:415] = 0  # its mark
    paper[600:603, 700:703] = 0  # dust
    paper[500:502, 100:900] = 0  # a rule
    rest = unread(paper, PAGE)
    assert rest is not None
    assert np.array_equal(rest.image[280:340, 390:430], paper[280:340, 390:430])
    rest.image[280:340, 390:430] = 255
    assert rest.image.min() == 255
    (line,) = rest.lines
    assert line.left <= 400 < 420 <= line.right
    assert line.top <= 288 < 330 <= line.bottom


def test_letters_near_each_other_are_one_line(paper: np.ndarray) -> None:
    for left in (400, 430, 470):
        paper[300:330, left : left + 20] = 0
    paper[300:330, 800:820] = 0
    paper[400:430, 430:450] = 0
    rest = unread(paper, PAGE)
    assert rest is not None
    assert [(line.left // 100, line.top // 100) for line in rest.lines] == [(3, 2), (7, 2), (4, 3)]


def test_what_stands_in_a_seal_is_not_looked_at(paper: np.ndarray) -> None:
    paper[490:520, 590:610] = 0
    assert unread(paper, PAGE) is not None
    assert unread(paper, PAGE, (Seal(600, 500, 150),)) is None


def test_a_field_of_specks_is_not_worth_a_second_reading(paper: np.ndarray) -> None:
    for top in range(200, 800, 30):
        for left in range(10, 990, 20):
            paper[top : top + 20, left : left + 12] = 0
    assert unread(paper, PAGE) is None
    paper[350:] = 255  # five rows of them might be letters
    assert unread(paper, PAGE) is not None


def test_letters_inside_a_seal_belong_to_the_seal(paper: np.ndarray) -> None:
    cv2.circle(paper, (600, 500), 150, 0, 4)
    paper[490:520, 590:610] = 0
    assert unread(paper, PAGE) is None
    paper[490:520, 800:820] = 0  # beside it
    rest = unread(paper, PAGE)
    assert rest is not None
    assert (rest.image[490:520, 800:820] == 0).all()
    assert rest.image[:, :780].min() == 255


@pytest.mark.parametrize(
    ("text", "box", "confidence", "believed"),
    [
        ("Lưu", BBox(400, 300, 480, 340), 0.9, True),
        ("2", BBox(400, 300, 422, 330), 0.96, True),
        ("z", BBox(400, 300, 422, 330), 0.9, False),  # one letter alone must be surer
        ("Lưu", BBox(400, 300, 480, 340), 0.6, False),  # not sure
        ("~'", BBox(400, 300, 480, 340), 0.9, False),  # no letter
        ("Lưu", BBox(400, 300, 480, 400), 0.9, False),  # too high
        ("Lưu", BBox(250, 110, 330, 150), 0.9, False),  # what is left of the word that was read
    ],
)
def test_what_is_believed(text: str, box: BBox, confidence: float, believed: bool) -> None:
    assert is_print(Word("", text, box, confidence), PAGE, unit=45) is believed
