"""The pages of a TIFF are counted from its own chain, whatever that does."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from restore.scan.directories import directory_count
from tests.hostile_files import tiff_directories
from tests.pictures import tiff

FIRST = 8 + 64


def count(data: bytes) -> int:
    return directory_count(io.BytesIO(data))


def test_pages_as_pillow_writes_them() -> None:
    pages = [Image.new("L", (9, 9), tone) for tone in (0, 90, 255)]
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
    assert count(out.getvalue()) == 3


def test_big_tiff_and_the_other_order_of_bytes() -> None:
    for pixels in (np.zeros((8, 8), np.uint8), np.zeros((8, 8), ">u2")):
        assert [count(tiff(pixels, 1, big=big)) for big in (False, True)] == [1, 1]


def test_a_chain_in_a_circle_ends() -> None:
    assert count(tiff_directories(1, FIRST)) == 1
    assert count(tiff_directories(5, FIRST)) == 5


def test_what_a_chain_breaks_at_is_its_last_page() -> None:
    whole = tiff_directories(5, 0)
    assert count(whole) == 5
    assert count(tiff_directories(5, 0x7FFFFFFF)) == 6
    assert count(whole[:-60]) == 5


def test_ten_thousands_of_pages_are_counted_one_by_one() -> None:
    assert count(tiff_directories(50_000, 0)) == 50_000


def test_what_is_no_tiff_has_one_page() -> None:
    assert [count(data) for data in (b"", b"II*\0", b"II*\0\0\0\0\0", b"MM\0*\xff\xff\xff\xff")] == [1] * 4
