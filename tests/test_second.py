"""What is read again, and what becomes of it; the engine stands still where its words do not matter."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from restore.page import BBox, Block, Line, Page, Word
from restore.scan import second, tesseract
from restore.scan.beside import beside
from restore.scan.seals import Seal
from restore.scan.second import cut, second_readings

Shown = list[np.ndarray]


def word(number: int, text: str, left: int, confidence: float = 0.96, top: int = 100) -> Word:
    return Word(f"p1w{number}", text, BBox(left, top, left + 25 * len(text), top + 45), confidence)


def page(*words: Word) -> Page:
    return Page(1, 1200, 1000, 300, (Block((Line(words),)),), "tesseract")


@pytest.fixture
def paper() -> np.ndarray:
    return np.full((1000, 1200), 255, np.uint8)


def stand_in(
    monkeypatch: pytest.MonkeyPatch, answers: list[list[Word]], model: str | None = "Vietnamese"
) -> Shown:
    """Tesseract replaced by its answers, boxes in pixels of the crop; the pictures that it was shown."""
    shown: Shown = []

    def recognize_lines(images: Shown, *, language: str, **_: object) -> tuple[tuple[Word, ...], ...]:
        assert language == (model or "vie")
        shown.extend(images)
        return tuple(tuple(answer) for answer in answers)

    monkeypatch.setattr(tesseract, "recognize_lines", recognize_lines)
    monkeypatch.setattr(second, "script_model", lambda: model)
    return shown


def test_doubtful_words_are_shown_and_what_is_seen_stands_beside_them(
    monkeypatch: pytest.MonkeyPatch, paper: np.ndarray
) -> None:
    first = page(*(word(n, "tra", 20 + 95 * n, 0.5 if n == 3 else 0.96) for n in range(12)))
    seen = Word("", "trăng", BBox(5, 5, 50, 24), 0.9)
    shown = stand_in(monkeypatch, [[seen]])
    again = second_readings(first, paper, (), timeout=9)
    assert len(shown) == 1
    (reading,) = again.readings
    assert (reading.word_ids, reading.source) == (("p1w3",), "script-model")
    assert [each.text for each in reading.words] == ["trăng"]
    assert first.blocks == again.blocks
    # The crop is as high as lines are shown, and its boxes come back to the page.
    assert shown[0].shape[0] == pytest.approx(20 * (1 + 2 * second.MARGIN), abs=2)
    assert abs(reading.words[0].bbox.left - (305 - 9 + round(5 * 45 / 20))) <= 1


def test_no_more_than_a_share_of_the_print_and_the_worst_first(
    monkeypatch: pytest.MonkeyPatch, paper: np.ndarray
) -> None:
    words = [word(n, "trang", 20 + 130 * (n % 8), 0.5 + n / 100, top=60 * (n // 8)) for n in range(32)]
    lines = tuple(
        Line(tuple(words[k] for k in range(row * 8, row * 8 + 8) if k % 2 == 0)) for row in range(4)
    )
    first = Page(1, 1200, 1000, 300, (Block(lines),), "tesseract")
    shown = stand_in(monkeypatch, [[]])
    monkeypatch.setattr(second, "COLUMN_GAP", 0.1)  # each word alone
    again = second_readings(first, paper, (), timeout=9)
    assert len(shown) == 1  # a tenth of 16 words
    assert [reading.word_ids for reading in again.readings] == [("p1w0",)]
    assert again.readings[0].words == ()  # nothing was seen there: that too is evidence


def test_without_the_script_model_doubts_are_left(monkeypatch: pytest.MonkeyPatch, paper: np.ndarray) -> None:
    shown = stand_in(monkeypatch, [], model=None)
    again = second_readings(page(word(0, "trang", 60, 0.3)), paper, (), timeout=9)
    assert (shown, again.readings) == ([], ())


def test_what_was_left_out_becomes_words_of_the_page(
    monkeypatch: pytest.MonkeyPatch, paper: np.ndarray
) -> None:
    paper[300:345, 600:620] = 0
    first = page(word(0, "trang", 60), word(1, "đọc", 250))
    stand_in(monkeypatch, [[Word("", "3", BBox(8, 8, 16, 28), 0.96)]], model=None)
    again = second_readings(first, paper, (), timeout=9)
    assert [each.text for each in again.words] == ["trang", "đọc", "3"]
    assert len({each.id for each in again.words}) == 3
    stand_in(monkeypatch, [[Word("", "z", BBox(8, 8, 16, 28), 0.85)]], model=None)
    assert second_readings(first, paper, (), timeout=9) == first


def test_numbers_of_a_list_that_were_read_as_one_column_stand_before_their_lines(
    monkeypatch: pytest.MonkeyPatch, paper: np.ndarray
) -> None:
    lines = [
        Line((word(2 * n, "Đăng", 200, top=100 + 80 * n), word(2 * n + 1, "ký", 320, top=100 + 80 * n)))
        for n in range(3)
    ]
    column = Line(
        (
            Word("p1w6", "SA", BBox(110, 340, 180, 400), 0.0),
            Word("p1w7", ".-", BBox(120, 100, 160, 310), 0.45),
        )
    )
    first = Page(1, 1200, 1000, 300, (Block(tuple(lines)), Block((column,))), "tesseract")
    for n in range(3):
        paper[100 + 80 * n : 145 + 80 * n, 120:145] = 0
    answers = [[Word("", f"{n + 1}.", BBox(8, 8, 18, 28), 0.9)] for n in range(3)]
    stand_in(monkeypatch, answers, model=None)
    again = second_readings(first, paper, (), timeout=9)
    assert [line.text for block in again.blocks for line in block.lines] == [
        "1. Đăng ký",
        "2. Đăng ký",
        "3. Đăng ký",
    ]
    assert len({each.id for each in again.words}) == 9


def test_a_line_goes_on_under_a_seal(monkeypatch: pytest.MonkeyPatch, paper: np.ndarray) -> None:
    seal = Seal(400, 200, 200)
    first = page(word(0, "-", 40), word(1, "CHỦ", 420), word(2, "TỊCH", 520))
    unit = 45
    scale = second.SHOWN_HEIGHT / unit
    left = 400 - 230 - round(second.MARGIN * unit)  # where the crop begins: no further than the seal

    def seen(text: str, begin: int, end: int) -> Word:
        return Word("", text, BBox(round((begin - left) * scale), 4, round((end - left) * scale), 24), 0.9)

    shown = stand_in(monkeypatch, [[seen("PHÓ", 325, 400), seen("CHỦ", 420, 495), seen("TỊCH", 520, 620)]])
    again = second_readings(first, paper, (seal,), timeout=9)
    assert len(shown) == 1
    assert [reading.word_ids for reading in again.readings] == [("p1w1",), ("p1w2",)]
    assert {reading.source for reading in again.readings} == {"without-ink"}
    (new,) = again.blocks[-1].lines[0].words
    assert (new.text, new.id) == ("PHÓ", "p1w3")
    assert abs(new.bbox.left - 325) <= 3


@given(
    st.lists(st.tuples(st.integers(0, 500), st.integers(1, 90)), max_size=8),
    st.lists(st.tuples(st.integers(0, 500), st.integers(1, 90)), max_size=8),
)
def test_every_word_has_one_place_among_the_readings(
    own: list[tuple[int, int]], other: list[tuple[int, int]]
) -> None:
    words = [
        Word(f"p1w{n}", "a", BBox(left, 0, left + wide, 9), 1.0) for n, (left, wide) in enumerate(sorted(own))
    ]
    seen = [Word("", "b", BBox(left, 0, left + wide, 9), 1.0) for left, wide in other]
    found = list(beside(words, seen, "x"))
    assert [word_id for reading in found for word_id in reading.word_ids] == [each.id for each in words]
    for reading in found:
        assert [each.bbox.left for each in reading.words] == sorted(each.bbox.left for each in reading.words)


def test_places_at_the_edge_of_the_page(paper: np.ndarray) -> None:
    shown, back = cut(paper, BBox(1190, 990, 1200, 1000), 45.0)
    assert min(shown.shape) >= 1
    assert back(BBox(0, 0, 0, 0)) == BBox(1181, 981, 1182, 982)
    assert back(BBox(0, 0, 99, 99)) == BBox(1181, 981, 1200, 1000)


def test_lines_are_read_in_one_process() -> None:
    font = ImageFont.truetype("Tinos-Regular.ttf", 40)
    lines = []
    for text in ("Kế hoạch tổ chức hội nghị", "", "Phòng Giáo dục và Đào tạo"):
        line = Image.new("L", (700, 70), 255)
        ImageDraw.Draw(line).text((20, 10), text, font=font, fill=0)
        lines.append(np.array(line))
    read = tesseract.recognize_lines(lines, number=1, dpi=200, timeout=60)
    assert [" ".join(each.text for each in words) for words in read[::2]] == [
        "Kế hoạch tổ chức hội nghị",
        "Phòng Giáo dục và Đào tạo",
    ]
    assert len(read) == 3
    assert all(0 <= each.bbox.left < each.bbox.right <= 700 for words in read for each in words)
    assert tesseract.recognize_lines([], number=1, dpi=200, timeout=60) == ()


def test_digits_alone() -> None:
    line = Image.new("L", (300, 70), 255)
    ImageDraw.Draw(line).text((20, 10), "1O5", font=ImageFont.truetype("Tinos-Regular.ttf", 40), fill=0)
    (words,) = tesseract.recognize_lines(
        [np.array(line)], number=1, dpi=200, timeout=60, letters="0123456789"
    )
    assert all(each.text.isdigit() for each in words)
