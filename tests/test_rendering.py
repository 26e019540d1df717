"""PDF pages as they are in the wild: how a scan lies on its page decides the resolution at which it is read."""

from __future__ import annotations

import io
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from pdfs import A4, image, jbig2, jpeg2000, one_page, stream
from PIL import Image

from restore.errors import InputError
from restore.scan.ingest import PageImage, open_document

ONE_IMAGE = "/XObject << /Im 5 0 R >>"
FULL_PAGE = "q 595 0 0 842 0 0 cm /Im Do Q"


def scan(dpi: int) -> np.ndarray:
    """A page of white with a black bar in its upper left quarter."""
    pixels = np.full((round(842 / 72 * dpi), round(595 / 72 * dpi)), 255, np.uint8)
    pixels[dpi : dpi + dpi // 4, dpi : 4 * dpi] = 0
    return pixels


def load(path: Path, data: bytes, **options: float) -> PageImage:
    path.write_bytes(data)
    with open_document(path, **options) as scanned:
        return scanned.load(1)


def dpi_of(tmp_path: Path, data: bytes) -> int:
    return load(tmp_path / "a.pdf", data).dpi


def bar(page: PageImage) -> tuple[float, ...]:
    """Where the black is, in inches: top, bottom, left, right."""
    rows, columns = np.nonzero(page.image < 128)
    edges = rows.min(), rows.max() + 1, columns.min(), columns.max() + 1
    return tuple(float(edge) / page.dpi for edge in edges)


# Codings of images


@pytest.mark.parametrize("coding", ["Flate", "JPX", "JBIG2", "CCITT", "DCT"])
def test_scans_of_every_coding_are_drawn(coding: str, tmp_path: Path) -> None:
    pixels = scan(200)
    if coding == "Flate":
        item = image(pixels)
    elif coding == "JPX":
        item = image(pixels, "JPXDecode", jpeg2000(pixels))
    elif coding == "JBIG2":
        item = image(pixels > 0, "JBIG2Decode", jbig2(pixels > 0))
    elif coding == "CCITT":
        out = io.BytesIO()
        tags = {262: 0, 278: pixels.shape[0]}
        Image.fromarray(pixels > 0).save(out, "TIFF", compression="group4", tiffinfo=tags)
        with Image.open(out) as coded:
            start, length = coded.tag_v2[273][0], coded.tag_v2[279][0]
        size = f"/DecodeParms << /K -1 /Columns {pixels.shape[1]} /Rows {pixels.shape[0]} >>"
        item = image(pixels > 0, "CCITTFaxDecode", out.getvalue()[start : start + length], size)
    else:
        out = io.BytesIO()
        Image.fromarray(pixels).save(out, "JPEG", quality=95)
        item = image(pixels, "DCTDecode", out.getvalue())
    page = load(tmp_path / "a.pdf", one_page(FULL_PAGE, item, resources=ONE_IMAGE))
    assert page.dpi == 200
    assert bar(page) == pytest.approx((1, 1.25, 1, 4), abs=0.02)


def test_an_inline_image_is_a_scan(tmp_path: Path) -> None:
    pixels = scan(200)
    head = f"q 595 0 0 842 0 0 cm\nBI /W {pixels.shape[1]} /H {pixels.shape[0]} /CS /G /BPC 8 /F /AHx\nID "
    content = head.encode() + pixels.tobytes().hex().encode() + b">\nEI Q"
    assert dpi_of(tmp_path, one_page(content)) == 200


def test_a_mask_is_a_scan(tmp_path: Path) -> None:
    pixels = scan(300) > 0
    head = (
        f"/Type /XObject /Subtype /Image /ImageMask true /Width {pixels.shape[1]} /Height {pixels.shape[0]}"
    )
    mask = stream(f"{head} /BitsPerComponent 1", np.packbits(pixels, axis=1).tobytes())
    page = load(tmp_path / "a.pdf", one_page("0 g " + FULL_PAGE, mask, resources=ONE_IMAGE))
    assert page.dpi == 300
    assert bar(page) == pytest.approx((1, 1.25, 1, 4), abs=0.02)


def test_an_inverted_scan_is_turned_round(tmp_path: Path) -> None:
    pixels = np.zeros((2339, 1653), np.uint8)
    pixels[200:2000:40, 200:1400] = 255
    pixels[201:2000:40, 200:1400] = 255
    page = load(tmp_path / "a.pdf", one_page(FULL_PAGE, image(pixels), resources=ONE_IMAGE))
    assert np.median(page.image) == 255
    assert [step.name for step in page.steps] == ["negative"]


# How scans lie on their pages


def strips(dpi: int, count: int) -> bytes:
    """A scan that was cut in strips."""
    pixels = scan(dpi)
    edges = np.linspace(0, len(pixels), count + 1).astype(int)
    scale = 72 / dpi
    content, objects, names = "", [], ""
    for index, (top, bottom) in enumerate(pairwise(edges)):
        place = f"595 0 0 {(bottom - top) * scale:.3f} 0 {842 - bottom * scale:.3f}"
        content += f"q {place} cm /I{index} Do Q\n"
        names += f"/I{index} {5 + index} 0 R "
        objects.append(image(pixels[top:bottom]))
    return one_page(content, *objects, resources=f"/XObject << {names} >>")


@pytest.mark.parametrize("count", [1, 2, 7, 60])
def test_a_scan_cut_in_strips_has_its_resolution(count: int, tmp_path: Path) -> None:
    page = load(tmp_path / "a.pdf", strips(240, count))
    assert page.dpi == 240
    assert bar(page) == pytest.approx((1, 1.25, 1, 4), abs=0.02)


def test_two_scans_on_one_page(tmp_path: Path) -> None:
    half = scan(260)[: 842 * 260 // 144]
    two = "q 595 0 0 421 0 421 cm /Im Do Q q 595 0 0 421 0 0 cm /Im Do Q"
    assert dpi_of(tmp_path, one_page(two, image(half), resources=ONE_IMAGE)) == 260


def test_a_signature_of_600_dpi_on_a_page_of_text_is_no_scan(tmp_path: Path) -> None:
    small = "q 100 0 0 40 300 100 cm /Im Do Q"
    assert dpi_of(tmp_path, one_page(small, image(scan(100)[:400, :800]), resources=ONE_IMAGE)) == 300


def test_coarse_paper_under_fine_print_is_rendered_as_other_pages(tmp_path: Path) -> None:
    paper, mask = image(scan(100)), image(scan(100)[:, :-8])
    layers = "q 595 0 0 842 0 0 cm /Im Do Q q 595 0 0 842 0 0 cm /Fg Do Q"
    resources = "/XObject << /Im 5 0 R /Fg 6 0 R >>"
    assert dpi_of(tmp_path, one_page(layers, paper, mask, resources=resources)) == 300


def test_a_scan_in_a_form_has_its_resolution(tmp_path: Path) -> None:
    form = stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Matrix [595 0 0 842 0 0] /Resources << /XObject << /Im 6 0 R >> >>",
        b"q 1 0 0 1 0 0 cm /Im Do Q",
    )
    page = load(tmp_path / "a.pdf", one_page("/Im Do", form, image(scan(250)), resources=ONE_IMAGE))
    assert page.dpi == 250
    assert bar(page) == pytest.approx((1, 1.25, 1, 4), abs=0.02)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_scan_on_a_turned_page_has_its_resolution(rotation: int, tmp_path: Path) -> None:
    box = f"{A4} /Rotate {rotation}"
    page = load(tmp_path / "a.pdf", one_page(FULL_PAGE, image(scan(220)), resources=ONE_IMAGE, box=box))
    assert page.dpi == 220
    turned = page.image if rotation in (0, 180) else page.image.T
    assert turned.shape == (2573, 1819)


def test_a_scan_that_lies_on_its_side_in_its_page(tmp_path: Path) -> None:
    lying = np.ascontiguousarray(np.rot90(scan(200)))
    turned = "q 0 842 -595 0 595 0 cm /Im Do Q"
    assert dpi_of(tmp_path, one_page(turned, image(lying), resources=ONE_IMAGE)) == 200


def test_a_scan_of_which_the_crop_box_shows_a_part(tmp_path: Path) -> None:
    box = f"{A4} /CropBox [36 442 336 806]"
    page = load(tmp_path / "a.pdf", one_page(FULL_PAGE, image(scan(200)), resources=ONE_IMAGE, box=box))
    assert page.dpi == 200
    assert page.image.shape == (1012, 834)
    assert bar(page) == pytest.approx((0.5, 0.75, 0.5, 3.5), abs=0.02)


# Sizes that cannot be


def test_a_page_as_many_points_large_as_its_scan_has_pixels(tmp_path: Path) -> None:
    pixels = scan(300)
    height, width = pixels.shape
    content = f"q {width} 0 0 {height} 0 0 cm /Im Do Q"
    data = one_page(content, image(pixels), resources=ONE_IMAGE, box=f"/MediaBox [0 0 {width} {height}]")
    page = load(tmp_path / "a.pdf", data)
    assert (page.dpi, page.image.shape) == (300, pixels.shape)
    assert np.array_equal(page.image, pixels)


def test_a_page_as_large_as_a_stamp_whose_user_unit_is_not_known(tmp_path: Path) -> None:
    pixels = scan(300)
    box = "/MediaBox [0 0 59.5 84.2] /UserUnit 10"
    page = load(
        tmp_path / "a.pdf",
        one_page("q 59.5 0 0 84.2 0 0 cm /Im Do Q", image(pixels), resources=ONE_IMAGE, box=box),
    )
    assert page.dpi == 300
    assert page.image.shape == pytest.approx(pixels.shape, abs=12)
    assert bar(page) == pytest.approx((1, 1.25, 1, 4), abs=0.02)


@pytest.mark.parametrize("box", ["/MediaBox [0 0 0 0]", "", "/MediaBox [0 0 595]", "/MediaBox [5 5 5 900]"])
def test_a_page_of_no_size_is_drawn_as_a_letter(box: str, tmp_path: Path) -> None:
    page = load(tmp_path / "a.pdf", one_page("", box=box))
    assert page.image.shape == pytest.approx((3300, 2550), abs=1)


def test_a_page_of_no_sensible_size_is_refused_and_nothing_worse(tmp_path: Path) -> None:
    for side in ("14400", "1000000"):
        with pytest.raises(InputError) as raised:
            load(tmp_path / "a.pdf", one_page("", box=f"/MediaBox [0 0 {side} {side}]"))
        assert raised.value.key in ("image-too-large", "unreadable-page")
    page = load(tmp_path / "a.pdf", one_page("", box="/MediaBox [0 0 0.1 0.1]"))
    assert min(page.image.shape) >= 1


@pytest.mark.parametrize("coding", ["JPXDecode", "JBIG2Decode", "DCTDecode"])
def test_a_page_of_nothing_but_a_picture_that_cannot_be_decoded_is_not_blank(
    coding: str, tmp_path: Path
) -> None:
    broken = one_page(FULL_PAGE, image(scan(200), coding, b"this is no picture"), resources=ONE_IMAGE)
    with pytest.raises(InputError, match="unreadable-page"):
        load(tmp_path / "a.pdf", broken)
    white = one_page(FULL_PAGE, image(np.full((2339, 1653), 255, np.uint8)), resources=ONE_IMAGE)
    assert (load(tmp_path / "a.pdf", white).image == 255).all()
