"""What an old layer has in the place of words goes beside them only if all of it may be right as it stands."""

from __future__ import annotations

import pytest

from restore.page import BBox, Block, Line, Page, Word
from restore.scan.layer_readings import CONFIDENCE, layer_readings


def word(text: str, left: int, right: int, top: int = 100, id_: str = "") -> Word:
    return Word(id_ or f"w{left}", text, BBox(left, top, right, top + 20), 0.9)


def page(*lines: tuple[Word, ...]) -> Page:
    return Page(1, 1000, 1000, 200, (Block(tuple(map(Line, lines))),), "tesseract")


def readings(read: Page, layer: Page, usable: str = "0123456789/.") -> list[tuple[tuple[str, ...], str]]:
    found = layer_readings(read, layer, lambda text: set(text) <= set(usable))
    assert all(seen.confidence == CONFIDENCE and not seen.id for one in found for seen in one.words)
    return [(one.word_ids, " ".join(seen.text for seen in one.words)) for one in found]


def test_a_figure_stands_beside_the_word_in_its_place() -> None:
    read = page((word("ngày", 0, 60), word("281", 70, 110)), (word("5", 0, 12, top=140),))
    layer = page((word("ng~y", 1, 58, 102), word("28", 71, 109, 102)), (word("6", 0, 12, 141),))
    assert readings(read, layer) == [(("w70",), "28"), (("w0",), "6")]


@pytest.mark.parametrize(
    ("read", "seen", "expected"),
    [
        ([("2", 0, 10), ("3", 14, 24)], [("23", 0, 24)], [(("w0", "w14"), "23")]),
        ([("19/12", 0, 60)], [("19", 0, 24), ("/12", 26, 60)], [(("w0",), "19 /12")]),
        ([("ngày28", 0, 90)], [("ngiy", 0, 60), ("28", 66, 90)], []),  # part of the place is garbage
        ([("ngày28", 0, 90)], [("28", 66, 90)], []),  # part of the place is empty
        ([("28", 0, 24)], [("28/5/2016", 0, 120)], []),  # the layer goes on where the page has nothing
        ([("28", 0, 24)], [("30", 200, 224)], []),
        ([("28", 0, 24)], [], []),
    ],
)
def test_both_must_begin_and_end_in_one_place(
    read: list[tuple[str, int, int]],
    seen: list[tuple[str, int, int]],
    expected: list[tuple[tuple[str, ...], str]],
) -> None:
    one = page(tuple(word(*each) for each in read))
    other = page(tuple(word(*each) for each in seen)) if seen else page((word("x", 900, 910, 900),))
    assert readings(one, other) == expected


def test_words_of_the_lines_above_and_below_are_not_meant() -> None:
    layer = page((word("1", 0, 12, 70),), (word("2", 0, 12, 125),))
    assert readings(page((word("7", 0, 12),)), layer) == []


def test_a_page_without_words_has_no_readings() -> None:
    empty = Page(1, 100, 100, 200, (), "tesseract")
    assert layer_readings(empty, page((word("1", 0, 12),)), lambda text: True) == ()
