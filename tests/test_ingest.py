"""Files of every kind become page images; damaged ones a clear error of the file or of the page alone."""

from __future__ import annotations

import ctypes
from pathlib import Path

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from restore.errors import InputError
from restore.page import BBox
from restore.scan.ingest import open_document, page_count

A4 = (595.0, 842.0)  # points
WORDS = "Uy ban nhan dan"


def picture(path: Path, size: tuple[int, int] = (400, 300), **options: object) -> Path:
    """A white page with a black bar at the top left."""
    pixels = np.full((size[1], size[0]), 255, np.uint8)
    pixels[20:40, 30:200] = 0
    Image.fromarray(pixels).save(path, **options)
    return path


def pdf(path: Path, lines: list[str], *, rotation: int = 0, scan: tuple[int, int] | None = None) -> Path:
    """A PDF page with lines of Helvetica from 700 points upwards down, and a scan under them if asked for."""
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(*A4)
    if scan:
        image = pypdfium2.PdfImage.new(document)
        bitmap = pypdfium2.PdfBitmap.new_native(*scan, pdfium.FPDFBitmap_Gray)
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, *scan)
        image.set_bitmap(bitmap)
        image.set_matrix(pypdfium2.PdfMatrix().scale(*A4))
        page.insert_obj(image)
    for index, line in enumerate(lines):
        text = pdfium.FPDFPageObj_NewTextObj(document, b"Helvetica", 12.0)
        encoded = (line + "\0").encode("utf-16-le")
        pdfium.FPDFText_SetText(text, ctypes.cast(encoded, ctypes.POINTER(ctypes.c_ushort)))
        pdfium.FPDFPageObj_Transform(text, 1, 0, 0, 1, 72, 700 - 16 * index)
        pdfium.FPDFPage_InsertObject(page, text)
    page.set_rotation(rotation)
    page.gen_content()
    document.save(path)
    document.close()
    return path


def fails(path: Path, **options: float) -> str:
    with pytest.raises(InputError) as raised, open_document(path, **options) as scanned:
        scanned.load(1)
    assert str(path) == raised.value.values["path"]
    return raised.value.key


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("a.png", "image/png"), ("a.jpg", "image/jpeg"), ("a.tif", "image/tiff")],
)
def test_images_are_told_by_content(tmp_path: Path, name: str, media_type: str) -> None:
    path = picture(tmp_path / name, dpi=(200, 200)).rename(tmp_path / "no-suffix")
    with open_document(path) as scanned:
        assert (scanned.media_type, scanned.page_count) == (media_type, 1)
        page = scanned.load(1)
        assert scanned.text_layer(1) is None
    assert page.image.shape == (300, 400)
    assert page.image.dtype == np.uint8
    assert page.image[30, 100] < 40
    assert page.dpi == 200


def test_colour_is_blue_green_red(tmp_path: Path) -> None:
    Image.new("RGB", (50, 40), (250, 20, 10)).save(tmp_path / "red.png")
    with open_document(tmp_path / "red.png") as scanned:
        assert scanned.load(1).image[0, 0].tolist() == [10, 20, 250]


def test_odd_pixel_formats_become_gray_on_white(tmp_path: Path) -> None:
    clear = Image.new("RGBA", (50, 40), (0, 0, 0, 0))
    clear.putpixel((7, 5), (0, 0, 0, 255))
    clear.save(tmp_path / "clear.png")
    deep = np.full((40, 50), 65535, np.uint16)
    deep[5, 7] = 0
    Image.fromarray(deep).save(tmp_path / "deep.png")
    for name in ("clear.png", "deep.png"):
        with open_document(tmp_path / name) as scanned:
            image = scanned.load(1).image
        assert image.shape == (40, 50)
        assert (image[5, 7], image[0, 0]) == (0, 255)


@pytest.mark.parametrize(("named", "expected"), [(None, 212), (1, 212), (72, 212), (20_000, 212), (400, 400)])
def test_unbelievable_resolution_is_guessed_from_a4(tmp_path: Path, named: int | None, expected: int) -> None:
    options = {"dpi": (named, named)} if named else {}
    path = picture(tmp_path / "a.png", (1754, 2480), **options)
    with open_document(path) as scanned:
        assert scanned.load(1).dpi == expected


def test_photographs_are_turned_as_viewers_turn_them(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90 degrees clockwise
    path = picture(tmp_path / "a.jpg", exif=exif)
    with open_document(path) as scanned:
        assert scanned.load(1).image.shape == (400, 300)


@pytest.mark.parametrize("compression", [None, "tiff_lzw"])
@pytest.mark.parametrize(
    ("turn", "orientation"),
    [(Image.Transpose.ROTATE_180, 3), (Image.Transpose.ROTATE_90, 6), (Image.Transpose.ROTATE_270, 8)],
)
def test_tiff_that_lies_on_its_side_stands_upright(
    tmp_path: Path, turn: Image.Transpose, orientation: int, compression: str | None
) -> None:
    upright = Image.effect_noise((400, 300), 90)
    path = tmp_path / "a.tif"
    upright.transpose(turn).save(path, tiffinfo={274: orientation}, compression=compression)
    with open_document(path) as scanned:
        assert np.array_equal(scanned.load(1).image, np.array(upright))


@pytest.mark.parametrize(
    ("mode", "suffix"),
    [(mode, "png") for mode in ("1", "P", "LA", "RGBA", "I;16")]
    + [(mode, "tif") for mode in ("1", "P", "LA", "RGBA", "CMYK", "YCbCr", "I", "I;16", "PA")]
    + [("CMYK", "jpg")],
)
def test_print_is_black_in_every_pixel_format(tmp_path: Path, mode: str, suffix: str) -> None:
    pixels = np.full((40, 50), 255, np.uint8)
    pixels[10:26, 16:40] = 0
    if mode.startswith("I"):
        deep = pixels.astype(np.uint16) * 257
        made = Image.fromarray(deep if mode == "I;16" else deep.astype(np.int32))
    elif mode in ("LA", "RGBA"):  # nothing but black, what is paper is transparent
        made = Image.new(mode, (50, 40))
        made.putalpha(Image.fromarray(255 - pixels))
    elif mode == "PA":
        made = Image.fromarray(pixels).convert("P").convert(mode)
    else:
        made = Image.fromarray(pixels).convert("RGB").convert(mode)
    assert made.mode == mode
    made.save(tmp_path / f"a.{suffix}")
    with open_document(tmp_path / f"a.{suffix}") as scanned:
        image = scanned.load(1).image
    assert np.array_equal(image < 128, pixels < 128)
    assert np.abs(image.astype(int) - pixels).max() <= (60 if suffix == "jpg" else 0)


def test_pages_of_a_tiff_load_in_any_order(tmp_path: Path) -> None:
    shades = [Image.new("L", (60, 40 + index), 50 * index) for index in range(4)]
    shades[0].save(tmp_path / "a.tif", save_all=True, append_images=shades[1:])
    assert page_count(tmp_path / "a.tif") == 4
    with open_document(tmp_path / "a.tif") as scanned:
        for number in (3, 1, 4, 2, 2):
            page = scanned.load(number)
            assert page.number == number
            assert page.image.shape == (39 + number, 60)
            assert page.image[0, 0] == 50 * (number - 1)
        with pytest.raises(InputError, match="no-such-pages"):
            scanned.load(5)


def test_one_bad_page_does_not_cost_the_others(tmp_path: Path) -> None:
    pages = [Image.effect_noise((300, 200), 90) for _ in range(3)]
    path = tmp_path / "a.tif"
    pages[0].save(path, save_all=True, append_images=pages[1:], compression="tiff_deflate")
    with Image.open(path) as picture_file:
        picture_file.seek(1)
        start = picture_file.tag_v2[273][0]
    data = bytearray(path.read_bytes())
    data[start : start + 2000] = b"\xff" * 2000
    path.write_bytes(data)
    with open_document(path) as scanned:
        assert np.array_equal(scanned.load(1).image, np.array(pages[0]))
        with pytest.raises(InputError) as raised:
            scanned.load(2)
        assert raised.value.key == "unreadable-page"
        assert raised.value.values["page"] == "2"
        assert np.array_equal(scanned.load(3).image, np.array(pages[2]))


def test_pdf_page_with_its_text_layer(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", [WORDS, "so 12/KH"])
    with open_document(path) as scanned:
        assert (scanned.media_type, scanned.page_count) == ("application/pdf", 1)
        page, layer = scanned.load(1), scanned.text_layer(1)
    assert page.dpi == 300
    assert page.image.shape == (3509, 2480)
    assert layer
    assert layer.text == f"{WORDS}\nso 12/KH"
    assert (layer.width, layer.height, layer.source) == (2480, 3509, "text-layer")
    assert [word.id for word in layer.words] == [f"p1w{index}" for index in range(6)]
    for word in layer.words:
        assert covers_ink(page.image, word.bbox)


@pytest.mark.parametrize("dpi", [100, 201, 299, 333])
def test_text_layer_is_as_large_as_the_image(tmp_path: Path, dpi: int) -> None:
    with open_document(pdf(tmp_path / "a.pdf", [WORDS]), dpi=dpi) as scanned:
        layer = scanned.text_layer(1)
        assert layer
        assert (layer.height, layer.width) == scanned.load(1).image.shape
        with pytest.raises(InputError, match="no-such-pages"):
            scanned.text_layer(2)


def test_boxes_of_a_turned_page(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", [WORDS], rotation=90)
    with open_document(path) as scanned:
        page, layer = scanned.load(1), scanned.text_layer(1)
    assert page.image.shape == (2480, 3509)
    assert layer
    assert (layer.width, layer.height) == (3509, 2480)
    for word in layer.words:
        assert covers_ink(page.image, word.bbox)
        assert word.bbox.height > word.bbox.width


def covers_ink(image: np.ndarray, box: BBox) -> bool:
    """Whether ink reaches each side of the box within two pixels, and no further."""
    wide = image[box.top - 3 : box.bottom + 3, box.left - 3 : box.right + 3] < 128
    rows, columns = np.flatnonzero(wide.any(axis=1)), np.flatnonzero(wide.any(axis=0))
    return bool(
        rows[0] <= 5
        and columns[0] <= 5
        and rows[-1] >= wide.shape[0] - 6
        and columns[-1] >= wide.shape[1] - 6
    )


@pytest.mark.parametrize(
    ("pixels", "expected"),
    [((2480, 3508), 300), ((3306, 4678), 400), ((4960, 7016), 300), ((827, 1169), 200)],
)
def test_a_scan_is_rendered_at_its_own_resolution(
    tmp_path: Path, pixels: tuple[int, int], expected: int
) -> None:
    path = pdf(tmp_path / "a.pdf", [], scan=pixels)
    with open_document(path, dpi=150) as scanned:
        page = scanned.load(1)
        assert scanned.text_layer(1) is None
    assert page.dpi == expected
    assert page.image.shape[1] == pytest.approx(A4[0] / 72 * expected, abs=1)


def test_page_without_a_scan_is_rendered_as_asked(tmp_path: Path) -> None:
    with open_document(pdf(tmp_path / "a.pdf", [WORDS]), dpi=100) as scanned:
        assert scanned.load(1).dpi == 100


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_large_image_is_refused_before_it_is_decoded(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "large"
    Image.new("1", (30_000, 30_000)).save(path, format=kind)
    with pytest.raises(InputError) as raised, open_document(path) as scanned:
        scanned.load(1)
    assert raised.value.key == "image-too-large"
    assert raised.value.values["megapixels"] == "900"


def test_limit_can_be_set_for_images_and_pdf(tmp_path: Path) -> None:
    image, document = picture(tmp_path / "a.png"), pdf(tmp_path / "a.pdf", [WORDS])
    assert fails(image, max_megapixels=0.1) == "image-too-large"
    assert fails(document, max_megapixels=8) == "image-too-large"
    for path in (image, document):
        with open_document(path, max_megapixels=9) as scanned:
            assert scanned.load(1).number == 1


def test_missing_file_and_folder(tmp_path: Path) -> None:
    assert fails(tmp_path / "nothing.pdf") == "missing-file"
    assert fails(tmp_path) == "not-a-file"


def test_what_is_no_image(tmp_path: Path) -> None:
    named, unknown, empty = tmp_path / "a.png", tmp_path / "a.xyz", tmp_path / "a.tif"
    named.write_bytes(b"not a picture at all")
    unknown.write_bytes(b"\0\1\2\3")
    empty.write_bytes(b"")
    assert fails(named) == "damaged-file"
    assert fails(unknown) == "unknown-file-type"
    assert fails(empty) == "damaged-file"


def test_damaged_pdf(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\nnothing that follows is a PDF")
    assert fails(path) == "unreadable-file"
    with pytest.raises(InputError) as caught:
        open_document(path)
    assert caught.value.values["reason"] == "Failed to load document: Data format error"


def test_pdf_without_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    document = pypdfium2.PdfDocument.new()
    document.save(path)
    document.close()
    assert fails(path) == "pdf-without-pages"


def test_encrypted_pdf(tmp_path: Path) -> None:
    # The user password's check fails for an empty password: 32 bytes that no password gives.
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"11" * 32 + b"> /U <" + b"22" * 32 + b"> >>",
    ]
    data = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 5\n0000000000 65535 f \n"
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    identity = b"<" + b"33" * 16 + b">"
    data += b"trailer\n<< /Size 5 /Root 1 0 R /Encrypt 4 0 R /ID [%s %s] >>\n" % (identity, identity)
    data += b"startxref\n%d\n%%%%EOF\n" % start
    path = tmp_path / "a.pdf"
    path.write_bytes(bytes(data))
    assert fails(path) == "encrypted-pdf"


@settings(deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_an_error_and_nothing_worse(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.pdf"
    for head in (b"", b"%PDF-1.4\n", b"\x89PNG\r\n\x1a\n", b"II*\0\x08\0\0\0", b"\xff\xd8\xff\xe0"):
        path.write_bytes(head + data)
        with pytest.raises(InputError), open_document(path) as scanned:
            scanned.load(1)
