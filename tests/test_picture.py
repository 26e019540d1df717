"""Image files of every pixel format, and those that break off: what there is of a page comes out dark on white."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pictures import deep_png, png, tiff
from PIL import Image, ImageDraw

from restore.errors import InputError
from restore.scan.ingest import PageImage, open_document
from restore.scan.picture import LONGEST_SIDE, a4_dpi, reading_factor

HEIGHT, WIDTH = 300, 400


def page(height: int = HEIGHT, width: int = WIDTH) -> np.ndarray:
    """White, with a black bar at the top left and one at the foot."""
    pixels = np.full((height, width), 255, np.uint8)
    pixels[20:40, 30 : width // 2] = 0
    pixels[-30:-20, 30 : width // 2] = 0
    return pixels


def load(path: Path, number: int = 1) -> PageImage:
    with open_document(path) as scanned:
        return scanned.load(number)


def deep() -> np.ndarray:
    return page().astype(np.uint16) * 257


FORMATS: dict[str, Callable[[], bytes]] = {
    "gray of 16 bits.png": lambda: deep_png(deep()),
    "colour of 16 bits.png": lambda: deep_png(np.repeat(deep()[:, :, None], 3, 2)),
    "ink of 16 bits, paper transparent.png": lambda: deep_png(np.stack([0 * deep(), 65535 - deep()], 2)),
    "gray of 16 bits.tif": lambda: tiff(deep(), 1),
    "gray of 16 bits, white is zero.tif": lambda: tiff(65535 - deep(), 0),
    "gray of 12 bits in 16.tif": lambda: tiff(deep() >> 4, 1),
    "gray of 32 bits.tif": lambda: tiff(page().astype("<u4") * 16843009, 1),
    "gray of 32 bits, of which 8 are used.tif": lambda: tiff(page().astype("<u4"), 1),
    "floating point to 1.tif": lambda: tiff((page() / 255).astype("<f4"), 1),
    "floating point to 255.tif": lambda: tiff(page().astype("<f4"), 1),
    "colour of 16 bits.tif": lambda: tiff(np.repeat(deep()[:, :, None], 3, 2), 2),
    "colour of 16 bits, big-endian.tif": lambda: tiff(np.repeat(deep()[:, :, None], 3, 2).astype(">u2"), 2),
    "CMYK of 16 bits.tif": lambda: tiff(np.stack([0 * deep()] * 3 + [65535 - deep()], 2), 5),
    "gray, white is zero.tif": lambda: tiff(255 - page(), 0),
    "BigTIFF.tif": lambda: tiff(page(), 1, big=True),
    "one bit, black is zero.tif": lambda: tiff(np.packbits(page() > 0, axis=1), 1, bits=1),
    "one bit, white is zero.tif": lambda: tiff(np.packbits(page() == 0, axis=1), 0, bits=1),
}


@pytest.mark.parametrize("name", FORMATS)
def test_print_is_black_in_formats_that_pillow_does_not_write(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(FORMATS[name]())
    image = load(tmp_path / name).image
    assert np.array_equal(image, page())


@pytest.mark.parametrize("suffix", ["bmp", "gif", "webp", "jp2"])
def test_pictures_of_phones_and_old_programs(suffix: str, tmp_path: Path) -> None:
    Image.fromarray(page()).save(tmp_path / f"a.{suffix}")
    with open_document(tmp_path / f"a.{suffix}") as scanned:
        assert (scanned.media_type, scanned.page_count) == (f"image/{suffix}", 1)
        for _ in range(2):  # and again
            assert np.array_equal(scanned.load(1).image < 128, page() < 128)


def test_a_picture_for_two_eyes_is_one_page(tmp_path: Path) -> None:
    other = Image.fromarray(255 - page())
    Image.fromarray(page()).save(tmp_path / "a.jpg", "MPO", save_all=True, append_images=[other])
    with open_document(tmp_path / "a.jpg") as scanned:
        assert (scanned.media_type, scanned.page_count) == ("image/jpeg", 1)
        assert np.array_equal(scanned.load(1).image < 128, page() < 128)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_says_which_way_is_up(orientation: int, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = Image.fromarray(page())
    stored.save(tmp_path / "a.jpg", exif=exif, quality=95)
    turns = {
        1: lambda p: p,
        2: np.fliplr,
        3: lambda p: np.rot90(p, 2),
        4: np.flipud,
        5: np.transpose,
        6: lambda p: np.rot90(p, 3),
        7: lambda p: np.rot90(p, 2).T,
        8: np.rot90,
    }
    assert np.array_equal(load(tmp_path / "a.jpg").image < 128, turns[orientation](page()) < 128)


# White on black


@pytest.mark.parametrize("mode", ["1", "L", "RGB"])
def test_a_negative_is_turned_round(mode: str, tmp_path: Path) -> None:
    print_on_white = np.full((1754, 1240), 255, np.uint8)
    print_on_white[100:1500:30, 100:1100] = 0
    print_on_white[101:1500:30, 100:1100] = 0
    Image.fromarray(255 - print_on_white).convert(mode).save(tmp_path / "a.png")
    loaded = load(tmp_path / "a.png")
    assert np.array_equal(loaded.image, print_on_white)
    assert [step.name for step in loaded.steps] == ["negative"]


def test_a_small_sheet_on_an_open_lid_is_no_negative(tmp_path: Path) -> None:
    lid = np.full((1200, 900), 10, np.uint8)
    lid[100:600, 80:500] = np.repeat(np.repeat(page(250, 210), 2, 0), 2, 1)
    Image.fromarray(lid).save(tmp_path / "a.png")
    loaded = load(tmp_path / "a.png")
    assert np.array_equal(loaded.image, lid)
    assert loaded.steps == ()


# What breaks off


def half(path: Path, **options: object) -> Path:
    """A page of noise in a file of which the second half is missing."""
    stream = io.BytesIO()
    Image.effect_noise((WIDTH, HEIGHT), 90).save(stream, **options)
    path.write_bytes(stream.getvalue()[: len(stream.getvalue()) // 2])
    return path


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.png", {"format": "PNG"}),
        ("a.jpg", {"format": "JPEG"}),
        ("a.bmp", {"format": "BMP"}),
    ],
)
def test_the_upper_half_of_a_picture_is_a_page(name: str, options: dict[str, object], tmp_path: Path) -> None:
    loaded = load(half(tmp_path / name, **options))
    assert "truncated" in loaded.damage
    image = loaded.image if name != "a.bmp" else loaded.image[::-1]  # which begins at the foot
    assert image.shape == (HEIGHT, WIDTH)
    assert image[:100].std() > 50
    assert (image[220:] == 255).all()  # no data is no ink


def test_half_a_progressive_jpeg_is_the_whole_page_and_coarser(tmp_path: Path) -> None:
    large = Image.fromarray(page(1200, 900))
    ImageDraw.Draw(large).text((60, 300), "Uy ban nhan dan huyen", fill=0)
    stream = io.BytesIO()
    large.save(stream, "JPEG", progressive=True, quality=95)
    (tmp_path / "a.jpg").write_bytes(stream.getvalue()[: len(stream.getvalue()) // 2])
    loaded = load(tmp_path / "a.jpg")
    assert loaded.damage
    assert loaded.image[-26, 100] < 128  # the bar at the foot


def three_frames(path: Path) -> list[Image.Image]:
    frames = [Image.effect_noise((WIDTH, HEIGHT), 90) for _ in range(3)]
    frames[0].save(path, save_all=True, append_images=frames[1:])
    return frames


def test_a_tiff_that_breaks_off_keeps_what_there_is(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    frames = three_frames(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 5 // 6])
    with open_document(path) as scanned:
        assert scanned.page_count == 3
        assert np.array_equal(scanned.load(2).image, np.array(frames[1]))
        last = scanned.load(3)
        assert last.damage
        assert np.array_equal(last.image[:100], np.array(frames[2])[:100])
        assert (last.image[200:] == 255).all()
        assert np.array_equal(scanned.load(1).image, np.array(frames[0]))


def test_a_tiff_whose_chain_of_pages_is_broken_names_the_page_that_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    frames = three_frames(path)
    with Image.open(path) as picture:
        picture.seek(2)
        third = picture._frame_pos[2]
    data = bytearray(path.read_bytes())
    place = data.index(struct.pack("<I", third))
    data[place : place + 4] = struct.pack("<I", len(data) + 1000)
    path.write_bytes(data)
    with open_document(path) as scanned:
        assert scanned.page_count == 3
        assert np.array_equal(scanned.load(2).image, np.array(frames[1]))
        with pytest.raises(InputError) as raised:
            scanned.load(3)
        assert raised.value.values["page"] == "3"
        assert np.array_equal(scanned.load(1).image, np.array(frames[0]))


def test_a_damaged_frame_shows_nothing_of_the_page_before(tmp_path: Path) -> None:
    frames = [Image.effect_noise((WIDTH, HEIGHT), 90) for _ in range(3)]
    path = tmp_path / "a.tif"
    frames[0].save(path, save_all=True, append_images=frames[1:], compression="tiff_deflate")
    with Image.open(path) as picture:
        picture.seek(1)
        start = picture.tag_v2[273][0]
    data = bytearray(path.read_bytes())
    data[start + 40_000 : start + 40_100] = bytes(100)
    path.write_bytes(data)
    with open_document(path) as scanned:
        scanned.load(1)
        try:
            image = scanned.load(2).image
        except InputError as error:
            assert error.key == "unreadable-page"
        else:
            assert not (image[150:] == np.array(frames[0])[150:]).mean() > 0.1


def test_a_picture_of_which_nothing_can_be_decoded(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png(WIDTH, HEIGHT, 8, 0, b""))
    with pytest.raises(InputError, match="unreadable-page"):
        load(tmp_path / "a.png")


# Sizes


@pytest.mark.parametrize("name", ["a.png", "a.tif", "a.bmp"])
def test_a_page_of_one_pixel(name: str, tmp_path: Path) -> None:
    Image.new("L", (1, 1), 255).save(tmp_path / name)
    assert load(tmp_path / name).image.tolist() == [[255]]


@pytest.mark.parametrize("size", [(60_000, 40), (40, 60_000)])
@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif"])
def test_a_side_of_60000_pixels_is_shrunk_to_what_tesseract_takes(
    size: tuple[int, int], name: str, tmp_path: Path
) -> None:
    Image.new("L", size, 255).save(tmp_path / name, dpi=(300, 300))
    loaded = load(tmp_path / name)
    assert max(loaded.image.shape) == 30_000
    assert (loaded.shrunk, loaded.dpi) == (2, 150)


def test_60000_by_60000_pixels_are_refused_by_their_header(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png(60_000, 60_000, 8, 0, b"\0" * 100))
    with pytest.raises(InputError) as raised:
        load(tmp_path / "a.png")
    assert (raised.value.key, raised.value.values["megapixels"]) == ("image-too-large", "3600")


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif"])
@pytest.mark.parametrize("mode", ["1", "L", "RGB", "P"])
def test_a_fine_scan_is_shrunk_by_a_whole_number(name: str, mode: str, tmp_path: Path) -> None:
    if mode in ("1", "P") and name == "a.jpg":
        pytest.skip("JPEG has no such pixels")
    Image.fromarray(page(600, 800)).convert(mode).save(tmp_path / name, dpi=(600, 600))
    loaded = load(tmp_path / name)
    assert (loaded.shrunk, loaded.dpi) == (2, 300)
    assert np.array_equal(loaded.image < 128, page(600, 800)[::2, ::2] < 128)
    assert [(step.name, dict(step.settings)) for step in loaded.steps] == [("shrunk", {"factor": 2})]


@given(dpi=st.integers(1, 5000), width=st.integers(1, 200_000), height=st.integers(1, 200_000))
def test_whatever_is_shrunk_is_not_too_long_and_fine_enough(dpi: int, width: int, height: int) -> None:
    factor = reading_factor(dpi, (width, height))
    assert -(-max(width, height) // factor) <= LONGEST_SIDE
    if max(width, height) <= LONGEST_SIDE and factor > 1:
        assert 300 <= dpi / factor < 600


@given(st.floats(1, 1e7))
def test_a_guessed_resolution_is_a_scanners(pixels: float) -> None:
    assert 100 <= a4_dpi(pixels) <= 1200


# Many frames

COUNT = """
import sys, tracemalloc
from pathlib import Path
from PIL import TiffImagePlugin
from restore.scan.ingest import open_document
loaded = 0
def load(self, fp, load=TiffImagePlugin.ImageFileDirectory_v2.load):
    global loaded
    loaded += 1
    return load(self, fp)
TiffImagePlugin.ImageFileDirectory_v2.load = load
with open_document(Path(sys.argv[1])) as scanned:
    tracemalloc.start()
    peaks = []
    for number in range(1, scanned.page_count + 1):
        tracemalloc.reset_peak()
        scanned.load(number)
        peaks.append(tracemalloc.get_traced_memory()[1])
print(scanned.page_count, loaded, max(peaks[250:]) / max(peaks[:250]))
"""


def test_500_frames_take_no_more_memory_than_one_and_no_squared_time(tmp_path: Path) -> None:
    frames = [Image.new("L", (300 + index % 7, 200), index % 256) for index in range(500)]
    frames[0].save(tmp_path / "a.tif", save_all=True, append_images=frames[1:])
    done = subprocess.run(
        [sys.executable, "-c", COUNT, str(tmp_path / "a.tif")], capture_output=True, text=True, check=True
    )
    count, tables_read, growth = done.stdout.split()
    assert int(count) == 500
    assert int(tables_read) <= 5 * 500
    assert float(growth) < 1.5


def test_frames_of_every_kind_in_one_file(tmp_path: Path) -> None:
    kinds = [
        ("1", (40, 30)),
        ("RGB", (60, 50)),
        ("CMYK", (30, 70)),
        ("L", (20, 20)),
        ("P", (90, 10)),
        ("RGBA", (9, 9)),
    ]
    frames = [Image.new("L", size, 255).convert(mode) for mode, size in kinds]
    frames[0].save(tmp_path / "a.tif", save_all=True, append_images=frames[1:])
    with open_document(tmp_path / "a.tif") as scanned:
        assert scanned.page_count == len(kinds)
        for number in (6, 1, 3, 2, 5, 4, 4):
            width, height = kinds[number - 1][1]
            image = scanned.load(number).image
            assert image.shape == (height, width)
            assert (image == 255).all()
