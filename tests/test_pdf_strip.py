"""An older layer is taken out where nobody sees it, and nothing else ever is."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restore.export.pdf_strip import Box, own_resources, strip_hidden_text
from tests import pdfs

PICTURE = "q 595 0 0 842 0 0 cm /Im Do Q\n"
FONTS = "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
STATES = "/ExtGState << /Half << /ca 0.5 >> >>"
PAGE = Box(0, 0, 595, 842)


def text(words: str, mode: int = 0, y: int = 700) -> str:
    return f"BT {mode} Tr /F 12 Tf 50 {y} Td ({words}) Tj ET\n"


def file(content: str, *, more: str = "", objects: tuple[bytes, ...] = (), xobjects: str = "") -> bytes:
    pixels = np.full((20, 14), 200, np.uint8)
    return pdfs.one_page(
        content,
        pdfs.image(pixels, more=more),
        *objects,
        resources=f"{FONTS} {STATES} /XObject << /Im 5 0 R {xobjects} >>",
    )


def stripped(source: bytes) -> tuple[str, bytes, bool]:
    """What text is left, the file, and whether anything was taken out."""
    with pikepdf.Pdf.open(BytesIO(source)) as pdf:
        page = pdf.pages[0]
        own_resources(page)
        changed = strip_hidden_text(pdf, page, PAGE)
        target = BytesIO()
        pdf.save(target)
    with pypdfium2.PdfDocument(target.getvalue()) as pdf:
        return " ".join(pdf[0].get_textpage().get_text_bounded().split()), target.getvalue(), changed


def shown(data: bytes) -> np.ndarray:
    with pypdfium2.PdfDocument(data) as pdf:
        return np.array(pdf[0].render(scale=0.5).to_numpy())


@pytest.mark.parametrize(
    ("content", "left"),
    [
        (PICTURE + text("old", 3), ""),
        (text("old", 3) + PICTURE, ""),
        (text("hidden") + PICTURE, ""),
        (PICTURE + text("seen"), "seen"),
        (text("hidden") + PICTURE + text("seen", y=100), "seen"),
        (PICTURE + text("old", 3) + text("seen", y=100), "seen"),
        (PICTURE + text("outline", 1), "outline"),
        # Invisible mode holds on in the next text object.
        (PICTURE + text("old", 3) + "BT /F 12 Tf 50 600 Td (too) Tj ET\n", ""),
        (PICTURE + "q " + text("old", 3) + "Q BT /F 12 Tf 50 600 Td (seen) Tj ET\n", "seen"),
        # What is shown by ' and " is taken out as well.
        (PICTURE + "BT 3 Tr /F 12 Tf 14 TL 50 700 Td (a) ' 1 2 (b) \" ET\n", ""),
        # A picture that does not cover the whole page, or not opaquely, hides nothing.
        (text("under") + "q 595 0 0 400 0 0 cm /Im Do Q\n", "under"),
        (text("under") + "q /Half gs 595 0 0 842 0 0 cm /Im Do Q\n", "under"),
        (text("under") + "q 0 0 300 842 re W n 595 0 0 842 0 0 cm /Im Do Q\n", "under"),
        (text("under") + "q 0 0 m 595 0 l 0 842 l W n 595 0 0 842 0 0 cm /Im Do Q\n", "under"),
        (text("under") + "q 590 40 -40 840 0 0 cm /Im Do Q\n", "under"),
        (text("under") + "/OC /Layer BDC " + PICTURE + "EMC\n", "under"),
        # A clip that leaves the whole page free is none.
        (text("hidden") + "q 0 0 595 842 re W n 595 0 0 842 0 0 cm /Im Do Q\n", ""),
    ],
)
def test_what_is_left(content: str, left: str) -> None:
    source = file(content)
    found, data, changed = stripped(source)
    assert found == left
    assert changed == (sorted(found.split()) != sorted(all_text(source).split()))
    assert np.array_equal(shown(data), shown(source))


def all_text(source: bytes) -> str:
    with pypdfium2.PdfDocument(source) as pdf:
        return pdf[0].get_textpage().get_text_bounded()


@pytest.mark.parametrize("more", ["/ImageMask true /Decode [1 0]", "/SMask 6 0 R", "/Mask [0 10]"])
def test_a_picture_with_holes_hides_nothing(more: str) -> None:
    mask = pdfs.image(np.full((20, 14), 128, np.uint8))
    assert stripped(file(text("under") + PICTURE, more=more, objects=(mask,)))[0] == "under"


def form(content: str, resources: str = FONTS) -> bytes:
    return pdfs.stream(
        f"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << {resources} >>", content.encode()
    )


def test_a_layer_in_a_form_is_taken_out_with_its_form() -> None:
    source = file(PICTURE + "/Old Do\n", objects=(form(text("old", 3)),), xobjects="/Old 6 0 R")
    found, data, changed = stripped(source)
    assert (found, changed) == ("", True)
    with pikepdf.Pdf.open(BytesIO(data)) as pdf:
        assert set(pdf.pages[0].obj.Resources.XObject.keys()) == {"/Im"}
        assert b"Old" not in pdf.pages[0].obj.Contents.read_bytes()


def test_what_else_a_form_draws_stays() -> None:
    inner = form(text("old", 3) + "1 0 0 rg 10 10 100 100 re f\n" + text("stamp", y=50))
    source = file(PICTURE + "/Old Do\n", objects=(inner,), xobjects="/Old 6 0 R")
    found, data, _ = stripped(source)
    assert found == "stamp"
    assert np.array_equal(shown(data), shown(source))


def test_text_that_marked_content_stands_for_goes_with_what_it_marked() -> None:
    source = file(
        PICTURE
        + "/Span << /ActualText (garbage) >> BDC\n"
        + text("old", 3)
        + "EMC\n/P << /MCID 0 >> BDC EMC\n"
    )
    _, data, _ = stripped(source)
    with pikepdf.Pdf.open(BytesIO(data)) as pdf:
        content = pdf.pages[0].obj.Contents.read_bytes()
    assert b"ActualText" not in content
    assert b"MCID" in content


def test_fonts_that_draw_nothing_any_more_go() -> None:
    _, data, _ = stripped(file(PICTURE + text("old", 3)))
    with pikepdf.Pdf.open(BytesIO(data)) as pdf:
        assert not pdf.pages[0].obj.Resources.Font.keys()


def test_visible_text_that_follows_on_the_line_does_not_move() -> None:
    """Its place is where the invisible text ends: that stays, too."""
    source = file(PICTURE + "BT 3 Tr /F 12 Tf 50 700 Td (old) Tj 0 Tr (seen) Tj ET\n")
    found, data, _ = stripped(source)
    assert "seen" in found
    assert np.array_equal(shown(data), shown(source))


def test_other_pages_that_share_a_form_or_resources_keep_theirs() -> None:
    source = pdfs.pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 /MediaBox [0 0 595 842] /Resources 7 0 R >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 5 0 R >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 5 0 R >>",
        pdfs.stream("", b"/Old Do"),
        form(text("old", 3)),
        f"<< {FONTS} /XObject << /Old 6 0 R >> >>".encode(),
    )
    _, data, _ = stripped(source)
    with pypdfium2.PdfDocument(data) as pdf:
        assert [page.get_textpage().get_text_bounded() for page in pdf] == ["", "old"]


def test_a_damaged_content_is_left_alone() -> None:
    source = file("BT 3 Tr (unfinished Tj")
    with pikepdf.Pdf.open(BytesIO(source)) as pdf:
        own_resources(pdf.pages[0])
        before = pdf.pages[0].obj.Contents.read_bytes()
        strip_hidden_text(pdf, pdf.pages[0], PAGE)
        assert pdf.pages[0].obj.Contents.read_bytes() == before


PIECES = st.sampled_from(
    [
        PICTURE, text("one"), text("two", 3, 600), text("three", 2, 500), "q\n", "Q\n", "0.5 0 0 0.5 10 10 cm\n",
        "q /Half gs\n", "q 100 100 200 300 re W n\n", "1 0 0 rg 20 20 99 99 re f\n", "/Old Do\n", "3 Tr\n", "0 Tr\n",
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=8))
def test_nothing_that_is_seen_ever_changes(pieces: list[str]) -> None:
    source = file(
        "".join(pieces), objects=(form(text("old", 3, 300) + text("new", 0, 200)),), xobjects="/Old 6 0 R"
    )
    _, data, _ = stripped(source)
    # What is transparent PDFium draws on a canvas as large as the form's objects: without the hidden one it rounds otherwise.
    assert int(np.abs(shown(data).astype(int) - shown(source).astype(int)).max()) <= 4
