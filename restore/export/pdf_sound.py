"""What damage left in a PDF where an object of another kind belongs, taken out before anything rests on it.

PDF says of every entry what kind of object it holds; a damaged file holds what it holds. Viewers pass such entries over, and so
does everything behind :func:`make_sound`: boxes are four numbers, resources dictionaries of what can be drawn, annotations have a
place. What a viewer shows of the file does not change.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pikepdf import Array, Dictionary, Object, Pdf, Stream

from restore.export.pdf_objects import parts

_BOXES = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")
_DRAWN = ("/Font", "/XObject", "/ColorSpace", "/ExtGState", "/Pattern", "/Shading", "/Properties")
# What these entries hold, whatever they stand in.
_ANYWHERE: dict[str, type] = {
    "/Resources": Dictionary,
    "/AP": Dictionary,
    "/Annots": Array,
    "/Kids": Array,
    "/Parent": Dictionary,
    "/FontDescriptor": Dictionary,
    "/DescendantFonts": Array,
}
_QUARTER = 90  # degrees


def make_sound(pdf: Pdf) -> None:
    """Take out what is of another kind than it should be; of a sound file nothing.

    Args:
        pdf: the file; it is changed.
    """
    root = pdf.Root
    for name in ("/Names", "/AcroForm", "/OCProperties", "/StructTreeRoot"):
        _only(root, name, Dictionary)
    if "/AcroForm" in root:
        _only(root.AcroForm, "/Fields", Array)
        _only_in(root.AcroForm, "/Fields", (Dictionary,))
    for page in pdf.pages:
        for node in _upwards(page.obj):
            _make_node_sound(node)
    for item in list(parts(pdf)):
        for name, kind in _ANYWHERE.items():
            _only(item, name, kind)
        if "/Resources" in item:
            _make_resources_sound(item["/Resources"])


def _upwards(node: Object) -> Iterator[Object]:
    """A page and the nodes above it."""
    for _ in range(100):  # of a damaged tree, which may lead back to itself
        yield node
        _only(node, "/Parent", Dictionary)
        if "/Parent" not in node:
            return
        node = node.Parent


def _make_node_sound(node: Object) -> None:
    for name in _BOXES:
        if name in node and not _is_box(node[name]):
            del node[name]
    if "/Rotate" in node:
        turned = node["/Rotate"]
        if isinstance(turned, int | Decimal):
            node["/Rotate"] = int(turned / _QUARTER) * _QUARTER  # as PDFium has it
        else:
            del node["/Rotate"]
    _only(node, "/Annots", Array)
    if "/Annots" in node:
        node["/Annots"] = Array([one for one in node["/Annots"] if _is_annotation(one)])


def _make_resources_sound(resources: Object) -> None:
    for name in _DRAWN:
        _only(resources, name, Dictionary)
    for name, kind in (("/Font", Dictionary), ("/XObject", Stream), ("/ExtGState", Dictionary)):
        for key, value in list(resources.get(name, Dictionary()).items()):
            if not isinstance(value, kind) or (name == "/Font" and not _is_font(value)):
                del resources[name][key]


def _is_font(item: Object) -> bool:
    """A composite font is made of one that has its letters."""
    inner = item.get("/DescendantFonts")
    return item.get("/Subtype") != "/Type0" or (
        isinstance(inner, Array) and len(inner) == 1 and isinstance(inner[0], Dictionary)
    )


def _is_annotation(item: object) -> bool:
    return isinstance(item, Dictionary) and _is_box(item.get("/Rect")) and isinstance(item.get("/F", 0), int)


def _is_box(item: object) -> bool:
    return isinstance(item, Array) and len(item) == 4 and all(isinstance(one, int | Decimal) for one in item)


def _only(holder: Object, name: str, kind: type) -> None:
    """The entry is of this kind or is not there."""
    if name in holder and not isinstance(holder[name], kind):
        del holder[name]


def _only_in(holder: Object, name: str, kinds: tuple[type, ...]) -> None:
    if name in holder and not all(isinstance(one, kinds) for one in holder[name]):
        holder[name] = Array([one for one in holder[name] if isinstance(one, kinds)])
