"""What damage left in a PDF is taken out, and what is sound stays: a damaged file can still be made searchable."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pikepdf
import pypdfium2
import pytest

from restore.document import Document
from restore.export.pdf import searchable_pdf
from restore.export.pdf_sound import make_sound
from restore.export.words import placed_pages
from restore.page import BBox, Block, Line, Page, Word, document_text
from restore.seen import Seen
from tests.pdfs import image, one_page, stream

SCAN = image(np.full((60, 42), 200, np.uint8))
DRAWN = "q 595 0 0 842 0 0 cm /P Do Q\n"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def damaged(resources: str = "", box: str = "/MediaBox [0 0 595 842]") -> bytes:
    """A scan, object 5, with other entries beside it."""
    return one_page(
        DRAWN, SCAN, FONT, resources=f"/XObject << /P 5 0 R /Q 6 0 R /R 7 >> {resources}", box=box
    )


def sound(data: bytes) -> pikepdf.Pdf:
    pdf = pikepdf.open(BytesIO(data))
    make_sound(pdf)
    return pdf


def searchable(data: bytes) -> str:
    """The text of the first page of the searchable PDF."""
    words = tuple(
        Word(f"w{n}", text, BBox(20 + 90 * n, 30, 100 + 90 * n, 60), 0.9)
        for n, text in enumerate(["Kế", "hoạch"])
    )
    seen = Seen(pages=(Page(1, 595, 842, 72, (Block((Line(words),)),), "tesseract"),))
    made = searchable_pdf(data, placed_pages(document_text(seen.pages)[0], (), seen), Document(), "restore 1")
    return pypdfium2.PdfDocument(made.data)[0].get_textpage().get_text_bounded()


def test_a_sound_file_stays_as_it_is() -> None:
    form = stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F 6 0 R >> >>", b"0 0 9 9 re f"
    )
    box = "/MediaBox [0 0 595 842] /CropBox [1.5 1 500 800] /Rotate 270 /Annots [<< /Subtype /Link /Rect [1 2 3 4] /F 4 >>]"
    data = one_page(
        DRAWN, SCAN, FONT, form, resources="/XObject << /P 5 0 R /X 7 0 R >> /Font << /F 6 0 R >>", box=box
    )
    with pikepdf.open(BytesIO(data)) as before, sound(data) as after:
        kept = [(repr(one), repr(other)) for one, other in zip(before.objects, after.objects, strict=True)]
    assert [one for one, _ in kept] == [other for _, other in kept]


@pytest.mark.parametrize(
    "more",
    [
        "/Font 9",
        "/Font << /F 9 /G [1] >>",
        "/Font << /F << /Type /Font /Subtype /Type0 >> >>",
        "/ExtGState << /G (x) >>",
        "/ColorSpace [1 2]",
    ],
)
def test_resources_of_another_kind_do_not_keep_a_page_from_being_searched(more: str) -> None:
    with sound(damaged(more)) as pdf:
        assert [*pdf.pages[0].obj.Resources.XObject.keys()] == ["/P"]
    assert searchable(damaged(more)).split() == ["Kế", "hoạch"]


@pytest.mark.parametrize(
    "more",
    [
        "/CropBox [/a /b /c /d]",
        "/CropBox [1 2 3]",
        "/CropBox 7",
        "/Rotate (x)",
        "/Rotate 27",
        "/Annots 9",
        "/Annots [9 << /Subtype /Link >> << /Rect [1 2 (x) 4] >> << /Rect [1 2 3 4] /F (x) >>]",
    ],
)
def test_nor_do_boxes_turns_and_annotations(more: str) -> None:
    data = damaged(box=f"/MediaBox [0 0 595 842] {more}")
    with sound(data) as pdf:
        node = pdf.pages[0].obj
        assert "/CropBox" not in node
        assert int(node.get("/Rotate", 0)) == 0
        assert len(node.get("/Annots", pikepdf.Array())) == 0
    assert searchable(data).split() == ["Kế", "hoạch"]


def test_pages_that_two_readers_count_differently_are_refused() -> None:
    data = damaged().replace(b"/Kids [3 0 R] /Count 1", b"/Kids [4 0 R 3 0 R] /Count 2")
    with pytest.raises(ValueError, match="pages are whole"):
        searchable(data)
