"""hOCR 1.2: one file a document, XHTML that a browser shows and programs read.

    ocr_page > ocr_carea > ocr_par > ocr_line > ocrx_word

Running heads and page numbers are floats (``ocr_header``, ``ocr_pageno``), tables ``ocr_table`` with a paragraph a cell, seals and
signatures ``ocr_image``. Other readings are left out: the standard's ``ins`` and ``del`` would be read as text by programs that
take all text of a page.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement

from restore.document import Source, Tool
from restore.export.baselines import baseline
from restore.export.characters import printable
from restore.export.sheets import Sheet, TableArea, TextArea
from restore.export.steps import PROGRAM
from restore.export.words import PlacedLine
from restore.export.xml_bytes import xml_bytes
from restore.page import BBox, BlockKind

CAPABILITIES = "ocr_page ocr_carea ocr_par ocr_line ocrx_word ocr_header ocr_pageno ocr_table ocr_image ocr_photo ocrp_lang"
_DOCTYPE = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"'
    ' "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n'
)
_CLASSES: dict[BlockKind, str] = {"running-head": "ocr_header", "page-number": "ocr_pageno"}
# They part properties in a title, or end its quotation.
_SPECIAL = str.maketrans({'"': "%22", ";": "%3B", "\\": "%5C"})


def hocr(sheets: Iterable[Sheet], source: Source, tool: Tool) -> bytes:
    """The document as an hOCR file.

    Args:
        sheets: its pages.
        source: the file that they are of.
        tool: what read and restored it.
    """
    root = Element("html", {"xmlns": "http://www.w3.org/1999/xhtml", "xml:lang": "vi", "lang": "vi"})
    head, body = SubElement(root, "head"), SubElement(root, "body")
    SubElement(head, "title").text = printable(source.path) or "text"
    SubElement(head, "meta", {"http-equiv": "Content-Type", "content": "text/html; charset=utf-8"})
    pages = 0
    steps: dict[str, list[int]] = {}
    for sheet in sheets:
        pages += 1
        _page(body, sheet)
        for step in sheet.steps:
            by = " ".join(filter(None, (step.software, step.version, step.agent)))
            settings = ", ".join(f"{key}={value}" for key, value in step.settings)
            text = f"{step.name}{f' by {by}' if by else ''}{f' ({settings})' if settings else ''}"
            steps.setdefault(text, []).append(sheet.number)
    versions = tool.versions
    system = f"{PROGRAM} {versions.get(PROGRAM, '')}"
    if "tesseract" in versions:
        system = f"tesseract {versions['tesseract']}, {system}"
    for name, content in (
        ("ocr-system", system),
        ("ocr-capabilities", CAPABILITIES),
        ("ocr-number-of-pages", str(pages)),
        ("ocr-langs", "vi"),
        ("ocr-scripts", "Latn"),
        *(("DCTERMS.provenance", f"{text}: pages {_ranges(numbers)}") for text, numbers in steps.items()),
    ):
        SubElement(head, "meta", {"name": name, "content": printable(content)})
    return xml_bytes(root, _DOCTYPE)


def _ranges(numbers: Iterable[int]) -> str:
    """Page numbers, those in a row as a range.

    >>> _ranges([1, 2, 3, 7])
    '1-3, 7'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("-".join(map(str, run)) for run in runs)


def _page(body: Element, sheet: Sheet) -> None:
    name = f"page_{sheet.number}"
    title = (
        f'image "{sheet.file_name.translate(_SPECIAL)}"; bbox 0 0 {sheet.width} {sheet.height}; '
        f"ppageno {sheet.number - 1}; scan_res {sheet.dpi} {sheet.dpi}"
    )
    page = SubElement(body, "div", {"class": "ocr_page", "id": name, "title": title})
    for number, area in enumerate(sheet.areas, start=1):
        block = f"block_{sheet.number}_{number}"
        if isinstance(area, TableArea):
            element = _div(page, "ocr_table", block, area.bbox)
            for cell_number, cell in enumerate(area.cells, start=1):
                if cell.lines:
                    _paragraph(element, f"{sheet.number}_{number}_{cell_number}", cell, sheet)
        else:
            element = _div(page, _CLASSES.get(area.kind, "ocr_carea"), block, area.bbox)
            _paragraph(element, f"{sheet.number}_{number}", area, sheet)
    for number, region in enumerate(sheet.regions, start=1):
        kind = "ocr_photo" if region.kind == "picture" else "ocr_image"
        _div(page, kind, f"{region.kind}_{sheet.number}_{number}", region.bbox)


def _div(parent: Element, kind: str, name: str, box: BBox) -> Element:
    return SubElement(parent, "div", {"class": kind, "id": name, "title": _box(box)})


def _paragraph(parent: Element, place: str, area: TextArea, sheet: Sheet) -> None:
    attributes = {"class": "ocr_par", "id": f"par_{place}", "lang": "vi", "title": _box(area.bbox)}
    paragraph = SubElement(parent, "p", attributes)
    for number, line in enumerate(area.lines, start=1):
        _line(paragraph, f"{place}_{number}", line, sheet)


def _line(paragraph: Element, place: str, line: PlacedLine, sheet: Sheet) -> None:
    title = f"{_box(line.bbox)}; {_rest(line, sheet)}"
    element = SubElement(paragraph, "span", {"class": "ocr_line", "id": f"line_{place}", "title": title})
    for number, word in enumerate(line.words, start=1):
        title = f"{_box(word.bbox)}; x_wconf {round(100 * word.confidence)}"
        attributes = {"class": "ocrx_word", "id": f"word_{place}_{number}", "title": title}
        SubElement(element, "span", attributes).text = word.text


def _rest(line: PlacedLine, sheet: Sheet) -> str:
    """The baseline from the lower left corner of the line; of a line that is turned, by how much, as Tesseract has it."""
    if sheet.angle:
        return f"textangle {sheet.angle}"
    (left, first), (right, last) = baseline(line.words, 0, sheet.width, sheet.height)
    slope = (last - first) / (right - left)
    return f"baseline {round(slope, 3):g} {first - line.bbox.bottom}"


def _box(box: BBox) -> str:
    return f"bbox {box.left} {box.top} {box.right} {box.bottom}"
