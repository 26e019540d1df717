"""PAGE 2019-07-15: one file a page, every word with all its readings, tables as cells.

    Metadata   who made it, and an item for each thing that was done
    Page       ReadingOrder, then TextRegion > TextLine > Word, TableRegion, GraphicRegion, ImageRegion

Elements stand in the order of the schema (``sequence``). The schema asks for a time, but the same input gives the same bytes:
both dates are the beginning of Unix time, and the comment says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from restore.export.baselines import baseline
from restore.export.sheets import Sheet, TableArea, TextArea
from restore.export.steps import PROGRAM, Step
from restore.export.words import PlacedLine, PlacedWord
from restore.export.xml_bytes import confidence_text, xml_bytes
from restore.page import BBox, BlockKind, Region, RegionKind

NAMESPACE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"
NO_TIME = "1970-01-01T00:00:00"
COMMENT = "The dates are not kept: the same input gives the same file."

_TEXT_TYPES: dict[BlockKind, str] = {
    "body": "paragraph",
    "page-number": "page-number",
    "running-head": "header",
    "footnote": "footnote",
    "table": "other",
}
_GRAPHIC_TYPES: dict[RegionKind, str] = {
    "seal": "stamp",
    "signature": "signature",
    "handwriting": "handwritten-annotation",
    "overlay": "other",
}
# What the names of steps begin with where OCR-D workflows have a word for them.
_STEP_NAMES = {
    "preOperation": "preprocessing",
    "contentGeneration": "recognition",
    "contentModification": "post-correction",
    "postOperation": "format-conversion",
}
# In ``custom`` these part properties and values from each other.
_SPECIAL = {ord(sign): f"\\u{ord(sign):04X}" for sign in "{};:\\"}


def page_xml(sheet: Sheet) -> bytes:
    """The page as a PAGE file.

    A word's ``TextEquiv`` with index 0 is its restored text; then comes what was read, where it was something else, with the
    engine's own confidence, then other readings. ``custom`` says what became of the word and who decided it.
    """
    root = Element("PcGts", {"xmlns": NAMESPACE, "pcGtsId": f"page{sheet.number}"})
    _metadata(root, sheet)
    turned = {"orientation": str(180 - (180 + sheet.turned) % 360)} if sheet.turned else {}
    page = SubElement(
        root,
        "Page",
        {
            "imageFilename": sheet.file_name,
            "imageWidth": str(sheet.width),
            "imageHeight": str(sheet.height),
            "imageXResolution": str(sheet.dpi),
            "imageYResolution": str(sheet.dpi),
            "imageResolutionUnit": "PPI",
            "custom": f"page {{number:{sheet.number};}}",
            **turned,
            "primaryLanguage": "Vietnamese",
            "primaryScript": "Latn - Latin",
            "conf": confidence_text(sheet.confidence),
        },
    )
    names = [f"p{sheet.number}_b{number}" for number, _ in enumerate(sheet.areas, start=1)]
    _reading_order(page, names, sheet.number)
    for name, area in zip(names, sheet.areas, strict=True):
        if isinstance(area, TableArea):
            _table(page, name, area, sheet)
        else:
            _text_region(page, name, area, sheet)
    for number, region in enumerate(sheet.regions, start=1):
        _region(page, f"p{sheet.number}_r{number}", region)
    return xml_bytes(root)


def _metadata(root: Element, sheet: Sheet) -> None:
    metadata = SubElement(root, "Metadata", {"externalRef": f"sha256:{sheet.source.sha256}"})
    own = next((step for step in sheet.steps if step.name == "restoration"), Step("", "contentModification"))
    SubElement(metadata, "Creator").text = f"{PROGRAM} {own.version}".strip()
    SubElement(metadata, "Created").text = NO_TIME
    SubElement(metadata, "LastChange").text = NO_TIME
    SubElement(metadata, "Comments").text = COMMENT
    for step in sheet.steps:
        made_by = f"{step.software} {step.version}".strip() or step.agent or "unknown"
        name = "/".join(dict.fromkeys((_STEP_NAMES[step.category], step.name)))
        attributes = {"type": "processingStep", "name": name, "value": made_by}
        item = SubElement(metadata, "MetadataItem", attributes)
        if step.settings:
            labels = SubElement(item, "Labels")
            for key, value in step.settings:
                SubElement(labels, "Label", {"value": value, "type": key})


def _reading_order(page: Element, names: Sequence[str], number: int) -> None:
    if not names:
        return
    order = SubElement(SubElement(page, "ReadingOrder"), "OrderedGroup", {"id": f"p{number}_order"})
    for index, name in enumerate(names):
        SubElement(order, "RegionRefIndexed", {"index": str(index), "regionRef": name})


def _table(page: Element, name: str, area: TableArea, sheet: Sheet) -> None:
    rows = max((cell.row + cell.row_span for cell in area.table.cells), default=0)
    columns = max((cell.column + cell.column_span for cell in area.table.cells), default=0)
    table = SubElement(
        page,
        "TableRegion",
        {
            "id": name,
            "rows": str(rows),
            "columns": str(columns),
            "lineSeparators": "true" if area.table.ruled else "false",
        },
    )
    _coords(table, area.bbox)
    for number, cell in enumerate(area.cells, start=1):
        _text_region(table, f"{name}_c{number}", cell, sheet)


def _text_region(parent: Element, name: str, area: TextArea, sheet: Sheet) -> None:
    region = SubElement(parent, "TextRegion", {"id": name, "type": _TEXT_TYPES[area.kind]})
    _coords(region, area.bbox)
    if area.cell is not None:
        role = {
            "rowIndex": str(area.cell.row),
            "columnIndex": str(area.cell.column),
            "rowSpan": str(area.cell.row_span),
            "colSpan": str(area.cell.column_span),
        }
        SubElement(SubElement(region, "Roles"), "TableCellRole", role)
    for number, line in enumerate(area.lines, start=1):
        _line(region, f"{name}_l{number}", line, sheet)
    _text(region, area.text)


def _line(region: Element, name: str, line: PlacedLine, sheet: Sheet) -> None:
    element = SubElement(region, "TextLine", {"id": name})
    _coords(element, line.bbox)
    points = baseline(line.words, sheet.turned, sheet.width, sheet.height)
    SubElement(element, "Baseline", {"points": " ".join(f"{x},{y}" for x, y in points)})
    for number, word in enumerate(line.words, start=1):
        _word(element, f"{name}_w{number}", word, sheet.engine_confidence(word))
    _text(element, line.text)


def _word(line: Element, name: str, word: PlacedWord, engine: float | None) -> None:
    element = SubElement(line, "Word", {"id": name, "custom": custom_of(word)})
    _coords(element, word.bbox)
    _text(element, word.text, word.confidence, 0)
    recognized = bool(word.seen) and word.seen != word.text
    if recognized:
        _text(element, word.seen, engine, 1, "recognized")
    for index, other in enumerate(word.alternatives, start=1 + recognized):
        _text(element, other, None, index, "reading")


def custom_of(word: PlacedWord) -> str:
    """What became of a word, as ``custom`` attributes are written: a name, then properties in braces.

    >>> custom_of(PlacedWord("An", BBox(0, 0, 9, 9), 1.0, "An", 0, 2))
    'restoration {status:seen; start:0; end:2;}'
    """
    properties = [("status", word.status), ("start", str(word.start)), ("end", str(word.end))]
    if word.reviewer:
        properties.append(("reviewer", word.reviewer.translate(_SPECIAL)))
    return f"restoration {{{' '.join(f'{key}:{value};' for key, value in properties)}}}"


def _text(
    parent: Element, text: str, confidence: float | None = None, index: int | None = None, comment: str = ""
) -> None:
    if not text:
        return
    attributes = {} if index is None else {"index": str(index)}
    if confidence is not None:
        attributes["conf"] = confidence_text(confidence)
    if comment:
        attributes["comments"] = comment
    SubElement(SubElement(parent, "TextEquiv", attributes), "Unicode").text = text


def _region(page: Element, name: str, region: Region) -> None:
    attributes = {"id": name, "custom": f"structure {{type:{region.kind};}}"}
    if region.text:
        attributes |= {"comments": region.text, "embText": "true"}
    if region.kind == "picture":
        element = SubElement(page, "ImageRegion", attributes)
    else:
        element = SubElement(page, "GraphicRegion", {**attributes, "type": _GRAPHIC_TYPES[region.kind]})
    _coords(element, region.bbox)


def _coords(parent: Element, box: BBox) -> None:
    corners = (
        (box.left, box.top),
        (box.right, box.top),
        (box.right, box.bottom),
        (box.left, box.bottom),
    )
    SubElement(parent, "Coords", {"points": " ".join(f"{x},{y}" for x, y in corners)})
