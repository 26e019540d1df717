"""Words stand on a line: found from their boxes, whichever way the page lay."""

from __future__ import annotations

import pytest

from restore.export.baselines import baseline
from restore.export.words import PlacedWord
from restore.page import BBox


def words(*placed: tuple[str, BBox]) -> list[PlacedWord]:
    return [PlacedWord(text, box, 1.0, text, 0, len(text)) for text, box in placed]


def test_words_that_reach_below_the_line_do_not_lower_it() -> None:
    line = words(
        ("Căn", BBox(0, 10, 30, 30)), ("quyết", BBox(40, 14, 90, 36)), ("cứ", BBox(100, 8, 120, 30)),
        ("luật,", BBox(130, 8, 170, 34)), ("thực", BBox(180, 10, 220, 30)), ("hiện", BBox(230, 10, 270, 35)),
    )  # fmt: skip
    assert baseline(line, 0, 300, 100) == ((0, 30), (270, 30))


def test_a_line_that_rises_is_followed() -> None:
    line = words(*((f"xa{n}", BBox(100 * n, 50 - 2 * n, 100 * n + 60, 70 - 2 * n)) for n in range(8)))
    (left, low), (right, high) = baseline(line, 0, 900, 100)
    assert (left, right) == (0, 760)
    assert (high - low) / (right - left) == pytest.approx(-0.02, abs=0.003)
    assert low == pytest.approx(70, abs=1)


def test_where_all_words_reach_below_it_lies_above_their_lowest_point() -> None:
    assert baseline(words(("gyp", BBox(0, 0, 30, 20))), 0, 99, 99) == ((0, 16), (30, 16))


@pytest.mark.parametrize(
    ("turned", "points"),
    # a word whose box is 20 x 60 on a page of 100 x 200, standing on the side that was below when it was read
    [
        (90, ((10, 20), (10, 80))),
        (270, ((30, 80), (30, 20))),
        (0, ((10, 80), (30, 80))),
        (180, ((30, 20), (10, 20))),
    ],
)
def test_turned_pages(turned: int, points: tuple[tuple[int, int], ...]) -> None:
    assert baseline(words(("xa", BBox(10, 20, 30, 80))), turned, 100, 200) == points
