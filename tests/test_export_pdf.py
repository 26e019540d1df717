"""A searchable PDF: every word under its own ink, found by other programs; pictures and pages as they were."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from restore.document import Document, Field, Header
from restore.export.pdf import SearchablePdf, searchable_pdf
from restore.export.pdf_layer import layer_text
from restore.export.words import PlacedBlock, PlacedLine, PlacedPage
from restore.page import BBox
from restore.scan.text_layer import read_text_layer
from tests import pdfs
from tests.layers import LINES, Found, found_words, picture, placed_page, placed_word, text_of

pytestmark = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
PAGES = 612.0, 856.8  # points: more than 1000 x 1400 pixels at 200 dpi are high


def present(value: str) -> Field:
    return Field(value=value, raw=value, status="present")


DOCUMENT = Document(
    header=Header(doc_type=present("Kế hoạch"), number=present("12"), subject=present("Nghỉ <Tết> & lễ"))
)


def made(source: bytes, *pages: PlacedPage) -> SearchablePdf:
    return searchable_pdf(source, pages or (placed_page(),), DOCUMENT, "restore 0.1.0")


def scan(box: str = "/MediaBox [0 0 360 504]", content: str = "", resources: str = "") -> bytes:
    """A PDF of one page that is one picture, 1000 x 1400 pixels at 200 dpi."""
    pixels = np.zeros((1400, 1000), np.uint8)
    pixels[::7] = 200
    drawn = content or "q 360 0 0 504 0 0 cm /Im Do Q"
    return pdfs.one_page(
        drawn, pdfs.image(pixels), resources=f"/XObject << /Im 5 0 R >> {resources}", box=box
    )


def overlap(word: Found, box: BBox, scale: float) -> float:
    """The part of a word's box along its line that the ink's box shares."""
    left, right = box.left * scale, box.right * scale
    shared = min(word.right, right) - max(word.left, left)
    return shared / (max(word.right, right) - min(word.left, left))


def test_words_are_found_and_stand_under_their_ink(tmp_path: Path) -> None:
    data = made(scan()).data
    (words,) = found_words(data, tmp_path / "x.pdf")
    page = placed_page()
    assert [word.text for word in words] == [word.text for word in page.words]
    for word, seen in zip(words, page.words, strict=True):
        assert overlap(word, seen.bbox, 0.36) > 0.98
        middle = (word.top + word.bottom) / 2 / 0.36
        assert seen.bbox.top < middle < seen.bbox.bottom
        assert word.bottom - word.top < 2 * seen.bbox.height * 0.36


@pytest.mark.parametrize("options", [(), ("-raw",), ("-layout",)])
def test_copied_text_has_blanks_and_lines_and_is_nfc(tmp_path: Path, options: tuple[str, ...]) -> None:
    text = text_of(made(scan()).data, tmp_path / "x.pdf", *options)
    assert [line.strip() for line in text.splitlines() if line.strip()] == list(LINES)
    assert unicodedata.is_normalized("NFC", text)


def test_another_library_finds_the_same() -> None:
    with pypdfium2.PdfDocument(made(scan()).data) as pdf:
        assert pdf[0].get_textpage().get_text_bounded().split() == " ".join(LINES).split()


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_turned_pages_and_crop_boxes(tmp_path: Path, rotate: int, turned: int) -> None:
    """Boxes are those of the page as it is shown: cropped, and turned by /Rotate; lines run as the page was read."""
    width, height = (1000, 1400) if rotate in (0, 180) else (1400, 1000)
    box = f"/MediaBox [-20 -30 700 900] /CropBox [40 50 400 554] /Rotate {rotate}"
    page = placed_page(width=width, height=height, turned=turned)
    data = made(scan(box), page).data
    with pypdfium2.PdfDocument(data) as pdf:
        layer = read_text_layer(pdf[0], number=1, dpi=200, scale=1 / 0.36)
    assert layer is not None
    assert (layer.width, layer.height) == (width, height)
    assert sorted(word.text for word in layer.words) == sorted(word.text for word in page.words)
    for word in page.words:
        assert any(word.text == other.text and near(word.bbox, other.bbox) for other in layer.words)
    if rotate == turned == 0:
        (words,) = found_words(data, tmp_path / "x.pdf")
        assert [word.text for word in words] == [word.text for word in page.words]


def near(seen: BBox, found: BBox) -> bool:
    """Whether two boxes cover each other: along the line nearly, across it by half."""
    width = min(seen.right, found.right) - max(seen.left, found.left)
    height = min(seen.bottom, found.bottom) - max(seen.top, found.top)
    return width * height > 0.5 * seen.width * seen.height


def test_a_line_that_leans_is_followed(tmp_path: Path) -> None:
    words = [
        placed_word(text, BBox(100 + 120 * place, 200 + 4 * place, 200 + 120 * place, 230 + 4 * place))
        for place, text in enumerate(("xanh", "anh", "hai", "ba", "xe", "tin"))
    ]
    page = PlacedPage(1, 1000, 1400, 200, (PlacedBlock("body", (PlacedLine(tuple(words)),)),))
    (found,) = found_words(made(scan(), page).data, tmp_path / "x.pdf")
    assert [word.text for word in found] == [word.text for word in words]
    falls = [later.bottom - earlier.bottom for earlier, later in pairwise(found)]
    assert falls == pytest.approx([4 * 0.36] * 5, abs=0.4)  # whole pixels, and letters without descenders


def test_pictures_are_the_same_bytes() -> None:
    source = scan()
    assert images(made(source).data) == images(source)


def images(data: bytes) -> list[bytes]:
    with pikepdf.open(BytesIO(data)) as pdf:
        return sorted(
            item.read_raw_bytes()
            for item in pdf.objects
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"
        )


def test_nothing_that_is_seen_changes() -> None:
    source = scan(content="q 360 0 0 504 0 0 cm /Im Do Q 1 0 0 RG 5 w 20 20 m 300 400 l S")
    assert np.array_equal(shown(source), shown(made(source).data))


def shown(data: bytes) -> np.ndarray:
    with pypdfium2.PdfDocument(data) as pdf:
        return np.array(pdf[0].render(scale=1).to_numpy())


def test_what_a_page_does_to_the_graphics_state_cannot_move_the_layer(tmp_path: Path) -> None:
    """The content begins with Q and ends scaled and without a Q."""
    source = scan(content="q 3 0 0 3 50 50 cm 0.1 0 0 0.1 0 0 cm 360 0 0 504 0 0 cm /Im Do q")
    (words,) = found_words(made(source).data, tmp_path / "x.pdf")
    assert overlap(words[0], next(placed_page().words).bbox, 0.36) > 0.98


@pytest.mark.parametrize("source", [scan(), picture()], ids=["pdf", "picture"])
def test_the_same_arguments_give_the_same_bytes(source: bytes) -> None:
    """The very same: a PDF that is made anew has another identifier, and that is kept."""
    assert made(source).data == made(source).data


def test_no_clock_and_no_host_in_the_file() -> None:
    with pikepdf.open(BytesIO(made(picture()).data)) as pdf:
        assert set(pdf.docinfo) == {"/Title", "/Producer"}
        assert str(pdf.docinfo["/Title"]) == "Kế hoạch số 12: Nghỉ <Tết> & lễ"


def test_the_layer_is_small() -> None:
    """A page of 400 words costs some thousand bytes."""
    page = placed_page(tuple(["thực hiện nhiệm vụ được giao trong năm"] * 50), height=5000)
    assert len(made(scan(), page).data) - len(made(scan(), replace(page, blocks=())).data) < 6_000


# Pictures


@pytest.mark.parametrize(
    ("form", "mode", "kept"),
    [
        ("JPEG", "L", True),
        ("JPEG", "RGB", True),
        ("JPEG", "CMYK", True),
        ("PNG", "1", False),
        ("PNG", "L", False),
        ("PNG", "LA", False),
        ("PNG", "RGBA", False),
        ("PNG", "P", False),
        ("PNG", "I;16", False),
        ("TIFF", "1", False),
        ("TIFF", "RGB", False),
        ("BMP", "RGB", False),
        ("GIF", "P", False),
        ("WEBP", "RGB", False),
        ("JPEG2000", "RGB", True),
    ],
)
def test_every_kind_of_picture(tmp_path: Path, form: str, mode: str, kept: bool) -> None:
    options = {"lossless": True} if form == "WEBP" else {}
    source = picture(form=form, mode=mode, **options)
    found = made(source)
    (words,) = found_words(found.data, tmp_path / "x.pdf")
    assert [word.text for word in words] == " ".join(LINES).split()
    with pypdfium2.PdfDocument(found.data) as pdf:
        drawn = pdf[0].render(scale=200 / 72).to_numpy()
        assert drawn.shape[:2] == (1400, 1000)
    with Image.open(BytesIO(source)) as before:
        gray = np.array(before.convert("RGB").convert("L"))
    if mode not in ("I;16", "CMYK"):  # of which every program has an idea of its own
        assert np.mean(np.abs(drawn.mean(axis=2) - gray)) < 6
    if kept:
        assert images(found.data) == [source]
    rules = {broken.rule for broken in found.violations}
    assert rules == ({"6.2.4 colours"} if mode == "CMYK" else set())


def test_fax_pages_of_a_tiff(tmp_path: Path) -> None:
    frames = [
        Image.fromarray(np.eye(1400, 1000, k=shift, dtype=np.uint8) * 255).convert("1") for shift in (0, 50)
    ]
    target = BytesIO()
    frames[0].save(
        target, "TIFF", save_all=True, append_images=frames[1:], compression="group4", dpi=(200, 200)
    )
    pages = [placed_page(("trang một",)), placed_page(("trang hai",), number=2)]
    data = made(target.getvalue(), *pages).data
    assert [[word.text for word in page] for page in found_words(data, tmp_path / "x.pdf")] == [
        ["trang", "một"],
        ["trang", "hai"],
    ]
    with pikepdf.open(BytesIO(data)) as pdf:
        coded = [item for item in pdf.objects if isinstance(item, pikepdf.Stream) and "/Width" in item]
        assert [list(item.Filter) for item in coded] == [["/CCITTFaxDecode"]] * 2


def test_a_picture_that_was_turned_by_its_exif(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    source = picture(1400, 1000, exif=exif)
    data = made(source, placed_page()).data
    (words,) = found_words(data, tmp_path / "x.pdf")
    assert [word.text for word in words] == " ".join(LINES).split()
    with pypdfium2.PdfDocument(data) as pdf:
        assert pdf[0].get_size() == pytest.approx((360, 504), abs=0.5)


def test_a_damaged_source_is_told() -> None:
    for source in (b"%PDF-1.4 nothing", b"no picture at all", picture()[:300]):
        with pytest.raises(ValueError, match=r"."):
            made(source)


# Pages with text of their own


def test_a_page_whose_visible_text_is_right_gets_no_second_layer(tmp_path: Path) -> None:
    drawn, names = pdfs.lettered(list(LINES))
    source = pdfs.one_page(
        drawn, names,
        resources="/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 5 0 R >> >>",
    )  # fmt: skip
    result = made(source)
    assert result.unlayered == (1,)
    assert text_of(result.data, tmp_path / "x.pdf").split() == " ".join(LINES).split()
    assert {broken.rule for broken in result.violations} == {"6.2.11 fonts"}


def test_a_page_whose_visible_text_is_garbage_keeps_it_and_gets_a_layer(tmp_path: Path) -> None:
    drawn, names = pdfs.lettered(["UY BAN NHAN DAN", "So: l2/QD-UBND"])
    source = pdfs.one_page(
        drawn, names,
        resources="/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 5 0 R >> >>",
    )  # fmt: skip
    result = made(source)
    assert result.unlayered == ()
    assert {"ỦY", "UY"} <= set(text_of(result.data, tmp_path / "x.pdf").split())


# Laws

WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)
BOXES = st.builds(
    lambda left, top, width, height: BBox(left, top, left + width, top + height),
    st.integers(-5, 990), st.integers(-5, 1390), st.integers(0, 400), st.integers(0, 400),
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.tuples(WORDS, BOXES), min_size=1, max_size=4), min_size=1, max_size=4))
def test_any_words_anywhere_make_a_pdf_that_breaks_no_rule(lines: list[list[tuple[str, BBox]]]) -> None:
    rows = tuple(PlacedLine(tuple(placed_word(text, box) for text, box in line)) for line in lines)
    page = PlacedPage(1, 1000, 1400, 200, (PlacedBlock("body", rows),))
    found = made(scan(), page)
    assert found.violations == ()
    assert layer_letters(found.data) == "".join(layer_text(page))


def layer_letters(data: bytes) -> str:
    """The letters of the layer by its own map, blanks left out."""
    with pikepdf.open(BytesIO(data)) as pdf:
        page = pdf.pages[0]
        names = page.obj.Resources.Font["/RestoreLayer"].ToUnicode.read_bytes().decode()
        rows = (line.split() for line in names.splitlines() if line.startswith("<") and line.count("<") == 2)
        letters = {
            int(code[1:-1], 16): bytes.fromhex(text[1:-1]).decode("utf-16-be")
            for code, text in rows
            if code != "<0000>"
        }
        return "".join(_letters(page, letters))


def _letters(page: pikepdf.Page, letters: dict[int, str]) -> Iterator[str]:
    for one in pikepdf.parse_content_stream(page.obj.Contents[0], "Tj"):
        codes = bytes(one.operands[0])
        text = "".join(
            letters[int.from_bytes(codes[place : place + 2], "big")] for place in range(0, len(codes), 2)
        )
        yield text.removesuffix(" ")


def test_verapdf_agrees(tmp_path: Path) -> None:
    if shutil.which("verapdf") is None:
        pytest.skip("veraPDF is not installed")
    for name, source in {"scan": scan(), "picture": picture(mode="RGB")}.items():
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(made(source).data)
        told = subprocess.run(
            ["verapdf", "--flavour", "2b", path], capture_output=True, text=True, check=False
        )
        assert 'isCompliant="true"' in told.stdout, told.stdout


def test_another_validator_agrees() -> None:
    pdfa = pytest.importorskip("pikepdf.pdfa", reason="this pikepdf has no validator, or it lacks jsonschema")
    for source in (scan(), picture(mode="RGB"), picture(form="PNG", mode="RGBA")):
        report = pdfa.validate_written(BytesIO(made(source).data), "2b")
        assert report.verdict == "pass", report.summary()
