"""ALTO 4.4: one file a page, every word with its box, its confidence and its other readings.

    Description   the image, what was done to it and to the text
    Tags          kinds of areas and regions, states of words
    Layout        Page > PrintSpace > TextBlock > TextLine > String

Elements stand in the order of the schema (``xsd:sequence``). The files have no styles: nothing is known of the typefaces.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement

from restore.export.baselines import baseline
from restore.export.sheets import Sheet, TableArea, TextArea
from restore.export.steps import Step
from restore.export.words import PlacedLine, PlacedWord
from restore.export.xml_bytes import confidence_text, xml_bytes
from restore.page import BBox, Region

NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
_SCHEMA = "http://www.loc.gov/standards/alto/v4/alto-4-4.xsd"
# A hyphen that is there only for the end of the line; any other one is part of its word.
SOFT_HYPHEN = "\N{SOFT HYPHEN}"


def alto(sheet: Sheet) -> bytes:
    """The page as an ALTO file.

    Every word is a ``String`` with its text as CONTENT, its confidence as WC, what was read and what else it may be as
    ALTERNATIVE, CS="true" where a person decided it, and a tag for its state. Ids are made of the places on the page.
    """
    root = Element(
        "alto",
        {
            "xmlns": NAMESPACE,
            "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
            "xsi:schemaLocation": f"{NAMESPACE} {_SCHEMA}",
            "SCHEMAVERSION": "4.4",
        },
    )
    _description(root, sheet)
    _tags(root, sheet)
    space = _print_space(root, sheet)
    for number, area in enumerate(sheet.areas, start=1):
        name = f"p{sheet.number}_b{number}"
        if isinstance(area, TableArea):
            _table(space, name, area, sheet)
        else:
            _block(space, name, area, sheet)
    for number, region in enumerate(sheet.regions, start=1):
        attributes = {"ID": f"p{sheet.number}_r{number}", "TAGREFS": _region_tag(region, number)[0]}
        SubElement(space, "Illustration", {**attributes, **_place(region.bbox), "TYPE": region.kind})
    return xml_bytes(root)


def _description(root: Element, sheet: Sheet) -> None:
    description = SubElement(root, "Description")
    SubElement(description, "MeasurementUnit").text = "pixel"
    image = SubElement(description, "sourceImageInformation")
    SubElement(image, "fileName").text = sheet.file_name
    if sheet.source.sha256:
        sha = SubElement(image, "fileIdentifier", {"fileIdentifierLocation": "sha256"})
        sha.text = sheet.source.sha256
    for number, step in enumerate(sheet.steps, start=1):
        _processing(description, f"step{number}", step)


def _processing(description: Element, name: str, step: Step) -> None:
    element = SubElement(description, "Processing", {"ID": name})
    SubElement(element, "processingCategory").text = step.category
    if step.agent:
        SubElement(element, "processingAgency").text = step.agent
    SubElement(element, "processingStepDescription").text = step.name
    if step.settings:
        settings = "; ".join(f"{key}={value}" for key, value in step.settings)
        SubElement(element, "processingStepSettings").text = settings
    if step.software:
        software = SubElement(element, "processingSoftware")
        SubElement(software, "softwareName").text = step.software
        SubElement(software, "softwareVersion").text = step.version


def _tags(root: Element, sheet: Sheet) -> None:
    """The tags that the page refers to: kinds of blocks, kinds of regions, states of words."""
    kinds = {area.kind for area in sheet.areas if isinstance(area, TextArea) and area.kind != "body"}
    states = {word.status for word in sheet.words if word.status != "seen"}
    if not (kinds or states or sheet.regions):
        return
    tags = SubElement(root, "Tags")
    for kind in sorted(kinds):
        SubElement(tags, "StructureTag", {"ID": f"kind_{kind}", "TYPE": "block", "LABEL": kind})
    for state in sorted(states):
        SubElement(tags, "OtherTag", {"ID": f"status_{state}", "TYPE": "status", "LABEL": state})
    described = dict(_region_tag(region, number) for number, region in enumerate(sheet.regions, start=1))
    for name, attributes in described.items():
        SubElement(tags, "LayoutTag", {"ID": name, "TYPE": "region", **attributes})


def _region_tag(region: Region, number: int) -> tuple[str, dict[str, str]]:
    """The tag of a region; one that has a text has a tag of its own, which describes it."""
    if region.text:
        return f"region_{region.kind}_{number}", {"LABEL": region.kind, "DESCRIPTION": region.text}
    return f"region_{region.kind}", {"LABEL": region.kind}


def _print_space(root: Element, sheet: Sheet) -> Element:
    """The page and, in it, the box around all that is printed; an empty page is its own."""
    attributes = {
        "ID": f"p{sheet.number}",
        "HEIGHT": str(sheet.height),
        "WIDTH": str(sheet.width),
        "PHYSICAL_IMG_NR": str(sheet.number),
        "PC": confidence_text(sheet.confidence),
        "LANG": "vi",
    }
    if sheet.angle:
        attributes["ROTATION"] = str(sheet.angle)
    page = SubElement(SubElement(root, "Layout"), "Page", attributes)
    boxes = [*(area.bbox for area in sheet.areas), *(region.bbox for region in sheet.regions)]
    whole = BBox.union(boxes) if boxes else BBox(0, 0, sheet.width, sheet.height)
    return SubElement(page, "PrintSpace", {"ID": f"p{sheet.number}_space", **_place(whole)})


def _table(space: Element, name: str, area: TableArea, sheet: Sheet) -> None:
    table = SubElement(space, "ComposedBlock", {"ID": name, **_place(area.bbox), "TYPE": "table"})
    for number, cell in enumerate(area.cells, start=1):
        if cell.lines:
            _block(table, f"{name}_c{number}", cell, sheet)


def _block(parent: Element, name: str, area: TextArea, sheet: Sheet) -> None:
    refs = {"TAGREFS": f"kind_{area.kind}"} if area.kind != "body" and area.cell is None else {}
    block = SubElement(parent, "TextBlock", {"ID": name, **refs, **_place(area.bbox)})
    for number, (line, hyphenated, carried) in enumerate(_hyphenations(area.lines), start=1):
        _line(block, f"{name}_l{number}", line, sheet, hyphenated, carried)


def _hyphenations(lines: Sequence[PlacedLine]) -> Iterator[tuple[PlacedLine, str, str]]:
    """Each line, with the whole word that its last one is the beginning of, and the one that its first is the end of."""
    carried = ""
    for line, following in zip(lines, (*lines[1:], None), strict=True):
        last, whole = line.words[-1].text, ""
        if following is not None and last.endswith(SOFT_HYPHEN) and last.strip(SOFT_HYPHEN):
            whole = last.removesuffix(SOFT_HYPHEN) + following.words[0].text
        yield line, whole, carried
        carried = whole


def _line(parent: Element, name: str, line: PlacedLine, sheet: Sheet, hyphenated: str, carried: str) -> None:
    points = baseline(line.words, sheet.turned, sheet.width, sheet.height)
    text = " ".join(f"{x},{y}" for x, y in points)
    element = SubElement(parent, "TextLine", {"ID": name, **_place(line.bbox), "BASELINE": text})
    before: PlacedWord | None = None
    strings = []
    for number, word in enumerate(line.words, start=1):
        if before is not None:
            SubElement(element, "SP", {} if sheet.turned else _gap(before.bbox, word.bbox))
        strings.append(_string(element, f"{name}_w{number}", word))
        before = word
    if carried:
        strings[0].attrib |= {"SUBS_TYPE": "HypPart2", "SUBS_CONTENT": carried}
    if hyphenated:  # the end of a word that itself goes on: ALTO has no name for its middle
        content = strings[-1].attrib["CONTENT"].removesuffix(SOFT_HYPHEN)
        strings[-1].attrib |= {"CONTENT": content, "SUBS_TYPE": "HypPart1", "SUBS_CONTENT": hyphenated}
        SubElement(element, "HYP", {"CONTENT": SOFT_HYPHEN})


def _string(line: Element, name: str, word: PlacedWord) -> Element:
    attributes = {
        "ID": name,
        **({"TAGREFS": f"status_{word.status}"} if word.status != "seen" else {}),
        **_place(word.bbox),
        "CONTENT": word.text,
        "WC": confidence_text(word.confidence),
        **({"CS": "true"} if word.status == "confirmed" else {}),
    }
    string = SubElement(line, "String", attributes)
    if word.seen and word.seen != word.text:
        SubElement(string, "ALTERNATIVE", {"PURPOSE": "recognized"}).text = word.seen
    for other in word.alternatives:
        SubElement(string, "ALTERNATIVE", {"PURPOSE": "reading"}).text = other
    return string


def _place(box: BBox) -> dict[str, str]:
    return {
        "HEIGHT": str(box.height),
        "WIDTH": str(box.width),
        "HPOS": str(box.left),
        "VPOS": str(box.top),
    }


def _gap(left: BBox, right: BBox) -> dict[str, str]:
    """The blank between two words, at least nothing wide."""
    width = max(right.left - left.right, 0)
    return _place(BBox(left.right, left.top, left.right + width, left.bottom))
