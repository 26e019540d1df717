"""ALTO, PAGE and hOCR of any document: well formed, in the order of their schemas, every word in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from restore.document import Source, Tool
from restore.edit import Edit
from restore.export.alto import SOFT_HYPHEN, alto
from restore.export.characters import printable
from restore.export.hocr import hocr
from restore.export.page_xml import page_xml
from restore.export.sheets import Sheet, sheets
from restore.page import BBox, Block, Cell, Line, Page, ProcessingStep, Reading, Region, Table, Word
from restore.results import Restored, assemble
from restore.scan.hocr import parse_pages
from restore.seen import Doubt, Seen
from tests.paged import line_of, paged

CASES = Path(__file__).parent / "cases" / "export"
DTD = {name: etree.DTD(str(CASES / f"{name}.dtd")) for name in ("alto", "page", "hocr")}
CATEGORIES = {"preOperation", "contentGeneration", "contentModification", "postOperation"}


def sheets_of(restored: Restored) -> list[Sheet]:
    return list(sheets(restored.original, restored.edits, restored.seen))


def checked(data: bytes, form: str) -> etree._Element:
    """The file's root, after it was held against the order of elements, required attributes and references."""
    root = etree.fromstring(data)
    assert DTD[form].validate(root), DTD[form].error_log
    return root


def corners(points: str) -> BBox:
    pairs = [tuple(map(int, point.split(","))) for point in points.split(" ")]
    xs, ys = zip(*pairs, strict=True)
    return BBox(min(xs), min(ys), max(xs), max(ys))


def alto_box(element: etree._Element) -> BBox:
    left, top, width, height = (int(element.get(key)) for key in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
    return BBox(left, top, left + width, top + height)


def page_box(element: etree._Element) -> BBox:
    return corners(element.find("{*}Coords").get("points"))


def inside(inner: BBox, outer: BBox) -> bool:
    return BBox.union([inner, outer]) == outer


def words_of(restored: Restored) -> list[str]:
    return [printable(word) for word in restored.restored.split()]


def alto_words(root: etree._Element) -> Iterator[str]:
    for string in root.iter("{*}String"):
        after = string.getnext()
        hyphen = after.get("CONTENT") if after is not None and after.tag.endswith("HYP") else ""
        yield string.get("CONTENT") + hyphen


@settings(max_examples=80, deadline=None)
@given(paged())
def test_any_document_gives_alto_with_every_word_in_order(restored: Restored) -> None:
    words: list[str] = []
    for sheet in sheets_of(restored):
        data = alto(sheet)
        assert data == alto(sheet)
        root = checked(data, "alto")
        words += alto_words(root)
        page = BBox(0, 0, sheet.width, sheet.height)
        for element in root.iter(
            "{*}PrintSpace", "{*}TextBlock", "{*}ComposedBlock", "{*}TextLine", "{*}String"
        ):
            parent = element.getparent()
            assert inside(alto_box(element), page if parent.tag.endswith("Page") else alto_box(parent))
        for string in root.iter("{*}String"):
            assert 0 <= float(string.get("WC")) <= 1
            assert (string.get("CS") == "true") == ("status_confirmed" in (string.get("TAGREFS") or ""))
        for line in root.iter("{*}TextLine"):
            assert inside(corners(line.get("BASELINE")), page)
        assert {step.findtext("{*}processingCategory") for step in root.iter("{*}Processing")} <= CATEGORIES
    assert words == words_of(restored)


@settings(max_examples=80, deadline=None)
@given(paged())
def test_any_document_gives_page_with_every_word_in_order(restored: Restored) -> None:
    words: list[str] = []
    for sheet in sheets_of(restored):
        data = page_xml(sheet)
        assert data == page_xml(sheet)
        root = checked(data, "page")
        whole = BBox(0, 0, sheet.width, sheet.height)
        for element in root.iter(
            "{*}TextRegion", "{*}TableRegion", "{*}TextLine", "{*}Word", "{*}GraphicRegion"
        ):
            parent = element.getparent()
            assert inside(page_box(element), whole if parent.tag.endswith("}Page") else page_box(parent))
        for baseline in root.iter("{*}Baseline"):
            assert inside(corners(baseline.get("points")), whole)
        for word in root.iter("{*}Word"):
            readings = word.findall("{*}TextEquiv")
            assert [int(one.get("index")) for one in readings] == list(range(len(readings)))
            texts = [one.findtext("{*}Unicode") for one in readings]
            assert len(texts) == len(set(texts))
            assert all(0 <= float(one.get("conf", 0)) <= 1 for one in readings)
            words.append(texts[0])
        order = [one.get("regionRef") for one in root.iter("{*}RegionRefIndexed")]
        regions = root.iterchildren("{*}Page")
        assert order == [
            one.get("id")
            for page in regions
            for one in page
            if one.tag.endswith(("TextRegion", "TableRegion"))
        ]
        _against_the_schema(root)
    assert words == words_of(restored)


@settings(max_examples=80, deadline=None)
@given(paged())
def test_any_document_gives_hocr_with_every_word_in_order(restored: Restored) -> None:
    found = sheets_of(restored)
    data = hocr(found, restored.seen.source, restored.seen.tool)
    assert data == hocr(found, restored.seen.source, restored.seen.tool)
    root = checked(data, "hocr")
    meta = {one.get("name"): one.get("content") for one in root.iter("{*}meta")}
    used = {one.get("class") for one in root.iter("{*}div", "{*}p", "{*}span")}
    assert used <= set(meta["ocr-capabilities"].split())
    assert meta["ocr-number-of-pages"] == str(len(found))
    words = root.xpath("//*[@class='ocrx_word']")
    assert [word.text for word in words] == words_of(restored)
    for word in words:
        confidence = re.fullmatch(r"bbox \d+ \d+ \d+ \d+; x_wconf (\d+)", word.get("title"))
        assert confidence and int(confidence[1]) <= 100
    for page, sheet in zip(root.xpath("//*[@class='ocr_page']"), found, strict=True):
        assert page.get("title").split("; ")[1] == f"bbox 0 0 {sheet.width} {sheet.height}"
        assert page.get("title").count(";") == 3


def _against_the_schema(root: etree._Element) -> None:
    """The published schema itself, where somebody has installed OCR-D's core, which carries it."""
    if _SCHEMA is not None:
        assert _SCHEMA.validate(root), _SCHEMA.error_log


def _schema() -> etree.XMLSchema | None:
    spec = find_spec("ocrd_validators")
    folders = spec.submodule_search_locations if spec else None
    return etree.XMLSchema(etree.parse(str(Path(folders[0]) / "page.xsd"))) if folders else None


_SCHEMA = _schema()


# One document with everything


CELLS = (line_of("TT", 20, 100, "a"), line_of("Nội dung", 60, 100, "b"), line_of("1", 20, 140, "c"))
TABLE = Table(
    BBox(10, 90, 300, 200),
    (
        Cell(0, 0, BBox(10, 90, 50, 130), ("a0",)),
        Cell(0, 1, BBox(50, 90, 300, 130), ("b0", "b1")),
        Cell(1, 0, BBox(10, 130, 50, 200), ("c0",)),
        Cell(1, 1, BBox(50, 130, 300, 200), ()),
    ),
    ruled=True,
)
PAGE = Page(
    2, 400, 500, 200,
    (
        Block((line_of("2", 200, 10, "n"),), "page-number"),
        Block((line_of("Kiin An sang", 10, 40, "x"),)),
        Block((CELLS[0], CELLS[1]), "table"),
        Block((CELLS[2],), "table"),
        Block((line_of("xã\u00ad", 10, 220, "h"), line_of("hội hóa", 10, 250, "i"))),
    ),
    "tesseract",
    (ProcessingStep("deskew", (("degrees", 1.5),)),),
    readings=(Reading(("x0",), (), "script-model"),),
    regions=(
        Region("seal", BBox(300, 300, 380, 380)),
        Region("overlay", BBox(0, 450, 100, 490), "Ký bởi: Lan"),
        Region("picture", BBox(100, 450, 200, 490)),
    ),
    tables=(TABLE,),
)  # fmt: skip
TOOL = Tool(
    versions={"restore": "0.9", "dictionaries": "2026.11", "tesseract": "5.3", "tesseract-models": "vie"},
    config={"mode": "auto", "pages": ""},
)


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    seen = Seen(Source(path="kho/xã.tif", sha256="ab" * 32), TOOL, (PAGE,), (Doubt(8, 10, 0.625, ("Ân",)),))
    values = {"kind": "mixed", "source": "model", "confidence": 0.9}
    edits = [
        Edit(start=3, end=7, before="Kiin", after="Kiến", status="confirmed", reviewer="Bình", alternatives=("Kiên",), **values),
        Edit(start=11, end=15, before="sang", after="Sáng", status="auto", **values),
    ]  # fmt: skip
    (found,) = sheets_of(assemble("".join(_text()), edits, seen))
    return found


def _text() -> Iterator[str]:
    for index, block in enumerate(PAGE.blocks):
        yield "\n" if index else ""
        yield block.text + "\n"


def test_alto_says_what_was_done_and_what_else_a_word_may_be(sheet: Sheet) -> None:
    root = checked(alto(sheet), "alto")
    assert root.findtext(".//{*}fileName") == "xã.tif"
    assert root.findtext(".//{*}fileIdentifier") == "ab" * 32
    steps = [
        (
            step.findtext("{*}processingCategory"),
            step.findtext("{*}processingStepDescription"),
            step.findtext("{*}processingAgency"),
            step.findtext("{*}processingStepSettings"),
            step.findtext("{*}processingSoftware/{*}softwareName"),
            step.findtext("{*}processingSoftware/{*}softwareVersion"),
        )
        for step in root.iter("{*}Processing")
    ]
    assert steps == [
        ("preOperation", "deskew", None, "degrees=1.5", "restore", "0.9"),
        (
            "contentGeneration",
            "recognition",
            None,
            "models=vie; other-readings=script-model",
            "tesseract",
            "5.3",
        ),
        ("contentModification", "restoration", None, "dictionaries=2026.11; mode=auto", "restore", "0.9"),
        ("contentModification", "review", "Bình", "words=1", None, None),
    ]
    strings = {string.get("CONTENT"): string for string in root.iter("{*}String")}
    kien = strings["Kiến"]
    assert (kien.get("CS"), kien.get("WC"), kien.get("TAGREFS")) == ("true", "1", "status_confirmed")
    assert [(one.get("PURPOSE"), one.text) for one in kien] == [("recognized", "Kiin"), ("reading", "Kiên")]
    assert (strings["An"].get("WC"), strings["An"].get("CS"), strings["An"][0].text) == ("0.625", None, "Ân")
    assert strings["Sáng"].get("TAGREFS") == "status_auto"
    gap = strings["An"].getprevious()
    assert (gap.tag.endswith("SP"), gap.get("HPOS"), gap.get("WIDTH")) == (True, "50", "10")


def test_alto_has_tables_regions_and_the_parts_of_a_hyphenated_word(sheet: Sheet) -> None:
    root = checked(alto(sheet), "alto")
    (table,) = root.iter("{*}ComposedBlock")
    cells = [[string.get("CONTENT") for string in block.iter("{*}String")] for block in table]
    assert (table.get("TYPE"), cells) == ("table", [["TT"], ["Nội", "dung"], ["1"]])
    labels = {tag.get("ID"): tag.get("LABEL") for tag in root.find("{*}Tags")}
    shown = [labels[one.get("TAGREFS")] for one in root.iter("{*}Illustration")]
    assert shown == ["seal", "overlay", "picture"]
    assert root.xpath("//*[@DESCRIPTION='Ký bởi: Lan']")
    first = next(root.iter("{*}TextBlock"))
    assert labels[first.get("TAGREFS")] == "page-number"
    parts = [
        (one.get("CONTENT"), one.get("SUBS_TYPE"), one.get("SUBS_CONTENT"))
        for one in root.iter("{*}String")
        if one.get("SUBS_TYPE")
    ]
    assert parts == [("xã", "HypPart1", "xãhội"), ("hội", "HypPart2", "xãhội")]
    assert [one.get("CONTENT") for one in root.iter("{*}HYP")] == [SOFT_HYPHEN]


def test_page_has_all_readings_cells_and_regions(sheet: Sheet) -> None:
    root = checked(page_xml(sheet), "page")
    _against_the_schema(root)
    words = {word.findtext("{*}TextEquiv/{*}Unicode"): word for word in root.iter("{*}Word")}
    readings = [
        (one.get("index"), one.get("conf"), one.get("comments"), one.findtext("{*}Unicode"))
        for one in words["Kiến"].findall("{*}TextEquiv")
    ]
    assert readings == [
        ("0", "1", None, "Kiến"),
        ("1", "0.9", "recognized", "Kiin"),
        ("2", None, "reading", "Kiên"),
    ]
    assert words["Kiến"].get("custom") == "restoration {status:confirmed; start:3; end:7; reviewer:Bình;}"
    (table,) = root.iter("{*}TableRegion")
    assert (table.get("rows"), table.get("columns"), table.get("lineSeparators")) == ("2", "2", "true")
    cells = [
        (
            role.get("rowIndex"),
            role.get("columnIndex"),
            role.getparent().getparent().findtext("{*}TextEquiv/{*}Unicode"),
        )
        for role in table.iter("{*}TableCellRole")
    ]
    assert cells == [("0", "0", "TT"), ("0", "1", "Nội dung"), ("1", "0", "1"), ("1", "1", None)]
    graphics = [(one.get("type"), one.get("comments")) for one in root.iter("{*}GraphicRegion")]
    assert graphics == [("stamp", None), ("other", "Ký bởi: Lan")]
    assert len(list(root.iter("{*}ImageRegion"))) == 1
    items = [(one.get("name"), one.get("value")) for one in root.iter("{*}MetadataItem")]
    assert items == [
        ("preprocessing/deskew", "restore 0.9"),
        ("recognition", "tesseract 5.3"),
        ("post-correction/restoration", "restore 0.9"),
        ("post-correction/review", "Bình"),
    ]
    assert [region.get("type") for region in root.iter("{*}TextRegion")][:2] == ["page-number", "paragraph"]


def test_hocr_is_read_back_as_it_was_placed(sheet: Sheet) -> None:
    data = hocr([sheet], sheet.source, TOOL)
    root = checked(data, "hocr")
    (blocks,) = parse_pages(data, 2)
    read = [
        (word.text, word.bbox, word.confidence)
        for block in blocks
        for line in block.lines
        for word in line.words
    ]
    assert read == [(word.text, word.bbox, round(word.confidence, 2)) for word in sheet.words]
    classes = [one.get("class") for one in root.iter("{*}div")]
    assert classes == [
        "ocr_page",
        "ocr_pageno",
        "ocr_carea",
        "ocr_table",
        "ocr_carea",
        "ocr_image",
        "ocr_image",
        "ocr_photo",
    ]
    title = root.xpath("string(//*[@class='ocr_page']/@title)")
    assert title == 'image "xã.tif"; bbox 0 0 400 500; ppageno 1; scan_res 200 200'
    steps = [one.get("content") for one in root.iter("{*}meta") if one.get("name") == "DCTERMS.provenance"]
    assert steps[0] == "deskew by restore 0.9 (degrees=1.5): pages 2"
    assert "review by Bình (words=1): pages 2" in steps


def test_what_xml_cannot_hold_is_replaced_and_counted() -> None:
    page = Page(
        1, 99, 99, 300, (Block((Line((Word("w0", "a\x00b\x01", BBox(0, 0, 9, 9), 1.0),)),)),), "text-layer"
    )
    (sheet,) = sheets_of(assemble("a\x00b\x01\n", (), Seen(tool=TOOL, pages=(page,))))
    root = checked(alto(sheet), "alto")
    assert [string.get("CONTENT") for string in root.iter("{*}String")] == [
        "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}"
    ]
    last = list(root.iter("{*}Processing"))[-1]
    assert last.findtext("{*}processingStepDescription") == "replace-characters"
    assert last.findtext("{*}processingStepSettings") == "characters=2"
    made = root.find(".//{*}Processing[1]")
    assert made.findtext("{*}processingStepDescription") == "text-layer"
    assert made.find("{*}processingSoftware") is None


@pytest.mark.parametrize(
    ("turned", "angle", "orientation"), [(90, 270, "-90"), (180, 180, "180"), (270, 90, "90")]
)
def test_turned_pages_say_so(turned: int, angle: int, orientation: str) -> None:
    steps = (ProcessingStep("turn", (("degrees", turned),)),)
    page = Page(1, 400, 500, 300, (Block((line_of("Kế hoạch"),)),), "tesseract", steps)
    (sheet,) = sheets_of(assemble("Kế hoạch\n", (), Seen(tool=TOOL, pages=(page,))))
    assert checked(alto(sheet), "alto").find(".//{*}Page").get("ROTATION") == str(angle)
    assert checked(page_xml(sheet), "page").find("{*}Page").get("orientation") == orientation
    assert f"textangle {angle}" in hocr([sheet], Source(), TOOL).decode()


def test_an_empty_page_is_a_page() -> None:
    (sheet,) = sheets_of(assemble("", (), Seen(tool=TOOL, pages=(Page(1, 400, 500, 300, (), "tesseract"),))))
    (space,) = checked(alto(sheet), "alto").iter("{*}PrintSpace")
    assert (alto_box(space), len(space)) == (BBox(0, 0, 400, 500), 0)
    assert len(checked(page_xml(sheet), "page").find("{*}Page")) == 0
    assert sheets_of(assemble("chỉ là chữ\n", (), Seen())) == []
