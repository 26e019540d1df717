"""What the document says of its pages."""

from __future__ import annotations

from restore.page import BBox, Block, Line, Page, ProcessingStep, Region, Word, document_text
from restore.parser import build_document

WORD = Word("p2w0", "Nghiêm", BBox(10, 10, 90, 40), 0.9)
SEAL = Region("seal", BBox(300, 400, 500, 600))
IMPRINT = Region("overlay", BBox(5, 5, 80, 30), "Ký bởi: VĂN PHÒNG")
PAGE = Page(
    2,
    1000,
    1400,
    200,
    (Block((Line((WORD,)),)),),
    "tesseract",
    steps=(ProcessingStep("deskew", (("degrees", 1.5),)),),
    regions=(SEAL, IMPRINT),
)


def test_steps_and_regions_of_each_page_are_in_the_document() -> None:
    text, spans = document_text([PAGE])
    document = build_document(text, spans=spans, pages=[PAGE])
    (record,) = document.pages
    assert (record.number, record.width, record.height, record.dpi) == (2, 1000, 1400, 200)
    assert [(step.name, step.settings) for step in record.steps] == [("deskew", {"degrees": 1.5})]
    assert [(region.kind, region.text) for region in record.regions] == [
        ("seal", ""),
        ("overlay", "Ký bởi: VĂN PHÒNG"),
    ]
    (seal,) = document.closing.seals
    assert (seal.page, seal.bbox) == (2, SEAL.bbox)
    assert document.closing.signatures == ()


def test_plain_text_has_no_pages() -> None:
    assert build_document("KẾ HOẠCH\nTrồng cây").pages == ()
