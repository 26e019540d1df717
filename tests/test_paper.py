"""Paper evened out: white paper, black print."""

from __future__ import annotations

import numpy as np

from restore.scan.paper import background, even_paper, needs_even_paper
from tests.printed import DPI, noisy, printed, shaded


def test_white_paper_needs_nothing() -> None:
    page = printed()
    assert not needs_even_paper(page, background(page, DPI))


def test_shaded_paper_becomes_white_and_print_black() -> None:
    white, page = printed() == 255, shaded(printed())
    paper = background(page, DPI)
    assert needs_even_paper(page, paper)
    even = even_paper(page, paper)
    assert even[white].mean() > 235
    assert np.percentile(even[printed() == 0], 50) < 60


def test_the_grain_of_paper_becomes_white_too() -> None:
    page = noisy(shaded(printed()), 6)
    even = even_paper(page, background(page, DPI))
    assert np.median(even[:60]) == 255
    assert (even[:60] < 255).mean() < 0.4


def test_a_nearly_empty_page_does_not_turn_black() -> None:
    page = np.full((600, 400), 200, np.uint8)
    page[300:310, 100:140] = 90
    even = even_paper(page, background(page, DPI))
    assert even[0, 0] == 255
    assert even[305, 120] < 100
