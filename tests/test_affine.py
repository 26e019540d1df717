"""The way of a pixel there and back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore.page import BBox
from restore.scan.affine import Affine

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


@given(box=boxes, factor=st.sampled_from([1 / 3, 0.5, 2 / 3, 1.0]))
def test_a_box_of_a_shrunk_page_comes_back_to_a_pixel(box: BBox, factor: float) -> None:
    shrink = Affine.scaling(factor, factor)
    back = shrink.inverse().map_box(shrink.map_box(box))
    for side in ("left", "top", "right", "bottom"):
        assert abs(getattr(back, side) - getattr(box, side)) <= 0.5 / factor + 0.5
