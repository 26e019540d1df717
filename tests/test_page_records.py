"""What the document says of its pages."""

from __future__ import annotations

from dataclasses import replace

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


def test_a_seal_and_the_imprint_of_a_digital_signature_are_fields_of_the_end() -> None:
    text, spans = document_text([PAGE])
    closing = build_document(text, spans=spans, pages=[PAGE]).closing
    assert (closing.seal.status, closing.seal.value) == ("present", "")
    assert [(place.page, place.bbox) for place in closing.seal.provenance] == [(2, SEAL.bbox)]
    assert (closing.digital_signature.value, closing.digital_signature.raw) == (IMPRINT.text, IMPRINT.text)
    assert [place.bbox for place in closing.digital_signature.provenance] == [IMPRINT.bbox]


def test_what_the_text_tells_of_a_seal_counts_more_than_its_region() -> None:
    text, spans = document_text([PAGE])
    end = "./.\nGIÁM ĐỐC\n(Đã ký, đóng dấu)\nLê Văn Tám\n"
    closing = build_document(text + end, spans=spans, pages=[PAGE]).closing
    assert closing.seal.value == "(Đã ký, đóng dấu)"
    assert len(closing.seals) == 1


def test_a_stamp_of_arrival_is_no_signature() -> None:
    stamp = Region("overlay", BBox(5, 5, 80, 30), "CÔNG VĂN ĐẾN\nSố: 15")
    text, spans = document_text([PAGE])
    page = replace(PAGE, regions=(stamp,))
    closing = build_document(text, spans=spans, pages=[page]).closing
    assert (closing.seal.status, closing.digital_signature.status) == ("absent", "absent")


def test_plain_text_has_no_pages() -> None:
    assert build_document("KẾ HOẠCH\nTrồng cây").pages == ()
