"""What a PDF breaks of PDF/A-2b (ISO 19005-2:2011, the figures are its clauses), as far as this module looks.

    6.1.2   header     "%PDF-1.x" at the very beginning, then a comment of four bytes above 127
    6.1.3   encryption, file-id
    6.1.7   filters    no LZW, no Crypt; no stream in another file
    6.2.2   intent     an output intent with an ICC profile for GTS_PDFA1, one alone
    6.2.4   colours    device colours only as the output intent explains them; no DeviceCMYK with sRGB
    6.2.5   state      no transfer functions, no halftones' phase
    6.2.8   images     no Alternates, OPI, Interpolate; JPEG 2000 with 1, 3 or 4 channels of one depth
    6.2.9   xobjects   no PostScript, no references to other files
    6.2.11  fonts      embedded, widths as in the font (TrueType), CIDToGIDMap, known CMaps, encodings of TrueType
    6.3     annotations  known kinds, printed, not hidden, with an appearance
    6.4     forms      no XFA, no NeedAppearances, no actions
    6.5     actions    no scripts, no launch, sound, movie …; none that start by themselves
    6.6     metadata   XMP with part 2 and conformance B, agreeing with the document information
    6.8     files      none attached
    6.9     layers     each configuration has a name, none chooses by itself
    6.10    pages      no alternate presentations
    6.11    requirements  none

It is no certified validator: it looks at what is named here, and at nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import NamedTuple

import pikepdf
from lxml import etree  # type: ignore[import-untyped]
from pikepdf import Array, Dictionary, Object, Pdf, Stream

from restore.export.pdf_fonts import broken_fonts
from restore.export.pdf_objects import parts
from restore.export.pdfa import CONFORMANCE, PART, PLAIN_ACTIONS, PLAIN_NAMES

_NS = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
}
_HEADER_RE = re.compile(rb"%PDF-1\.[0-7]\r?\n%[\x80-\xff]{4}")
_ANNOTATIONS = frozenset({
    "/Text", "/Link", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight",
    "/Underline", "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink", "/Popup", "/FileAttachment", "/Widget",
    "/PrinterMark", "/TrapNet", "/Watermark", "/Redact",
})  # fmt: skip
_PRINT, _HIDING = 4, 1 | 2 | 32 | 256
_TRANSFERS = frozenset({"/TR", "/HTP"})
DAMAGED = "content stream"  # nobody can tell what it draws with
_BLENDS = frozenset({
    "/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten", "/ColorDodge", "/ColorBurn",
    "/HardLight", "/SoftLight", "/Difference", "/Exclusion", "/Hue", "/Saturation", "/Color", "/Luminosity",
})  # fmt: skip


class Violation(NamedTuple):
    """A rule that a file breaks.

    Attributes:
        rule: clause and short name, as "6.2.11 fonts".
        detail: what breaks it, by its name in the file.
        page: 1-based, where the page is known.
    """

    rule: str
    detail: str
    page: int | None = None


def violations(data: bytes) -> tuple[Violation, ...]:
    """What a PDF breaks of PDF/A-2b, in the order of the clauses, each once.

    Raises:
        pikepdf.PdfError: it is no PDF.
    """
    with Pdf.open(BytesIO(data)) as pdf:
        found: dict[Violation, None] = {}
        if not _HEADER_RE.match(data):
            found[Violation("6.1.2 header", "%PDF")] = None
        for rule in _RULES:
            found |= dict.fromkeys(rule(pdf))
    return tuple(found)


def _file_structure(pdf: Pdf) -> Iterator[Violation]:
    if pdf.is_encrypted:
        yield Violation("6.1.3 encryption", "/Encrypt")
    if len(pdf.trailer.get("/ID", ())) != 2:
        yield Violation("6.1.3 file-id", "/ID")
    for item in pdf.objects:
        if not isinstance(item, Stream):
            continue
        for name in ("/F", "/FFilter", "/FDecodeParms"):
            if name in item:
                yield Violation("6.1.7 filters", name)
        filters = item.get("/Filter", Array())
        for one in filters if isinstance(filters, Array) else [filters]:
            if str(one) in ("/LZWDecode", "/Crypt"):
                yield Violation("6.1.7 filters", str(one))


# Colours


def _channels(pdf: Pdf) -> int | None:
    """How many colours the output intent's profile has, None where there is no such intent."""
    profiles = [
        one.DestOutputProfile
        for one in pdf.Root.get("/OutputIntents", Array())
        if str(one.get("/S")) == "/GTS_PDFA1" and "/DestOutputProfile" in one
    ]
    if not profiles or any(one.objgen != profiles[0].objgen for one in profiles):
        return None
    data = profiles[0].read_bytes()
    known = {b"RGB ": 3, b"CMYK": 4, b"GRAY": 1}
    sound = len(data) > 128 and data[36:40] == b"acsp" and data[12:16] in (b"mntr", b"prtr") and data[8] < 5
    count = known.get(data[16:20]) if sound else None
    return count if count == profiles[0].get("/N") else None


def _colours(pdf: Pdf) -> Iterator[Violation]:
    channels = _channels(pdf)
    if channels is None:
        yield Violation("6.2.2 intent", "/OutputIntents")
    forbidden = {DAMAGED, "/DeviceCMYK"} if channels != 4 else {DAMAGED}
    if channels != 3:
        forbidden.add("/DeviceRGB")
    for number, page in enumerate(pdf.pages, 1):
        spared = _defaults(page.resources) if "/Resources" in page else set()
        for space in (_drawn_spaces(page) & forbidden) - spared:
            yield Violation("6.2.4 colours", space, number)
    for item in parts(pdf):
        if isinstance(item, Stream) and item.get("/Subtype") == "/Form":
            for space in (_drawn_spaces(item) & forbidden) - _defaults(item.get("/Resources", Dictionary())):
                yield Violation("6.2.4 colours", space)
        for space in _named_spaces(item) & forbidden:
            yield Violation("6.2.4 colours", space)


def _defaults(resources: Object) -> set[str]:
    """Device colours that the resources explain by a profile of their own."""
    spaces = resources.get("/ColorSpace", Dictionary())
    return {
        f"/Device{name[8:]}" for name in ("/DefaultRGB", "/DefaultCMYK", "/DefaultGray") if name in spaces
    }


_OPERATORS = {"k": "/DeviceCMYK", "K": "/DeviceCMYK", "rg": "/DeviceRGB", "RG": "/DeviceRGB"}


def _drawn_spaces(content: pikepdf.Page | Stream) -> set[str]:
    """The device colours that a content stream draws with."""
    found: set[str] = set()
    try:
        operators = pikepdf.parse_content_stream(content)
    except pikepdf.PdfError:
        return {DAMAGED}
    for one in operators:
        operator = str(one.operator)
        if operator in _OPERATORS:
            found.add(_OPERATORS[operator])
        elif operator in ("cs", "CS"):
            found.add(str(one.operands[0]))
        elif isinstance(one, pikepdf.ContentStreamInlineImage):
            space = str(one.iimage.obj.get("/ColorSpace", one.iimage.obj.get("/CS", "")))
            found.add({"/RGB": "/DeviceRGB", "/CMYK": "/DeviceCMYK"}.get(space, space))
    return found


def _named_spaces(item: Object) -> set[str]:
    """The device colours that an image, a group, a shading or a list of colour spaces is made of."""
    spaces = [item[name] for name in ("/ColorSpace", "/CS") if name in item]
    found: set[str] = set()
    while spaces:
        space = spaces.pop()
        if isinstance(space, pikepdf.Name):
            found.add(str(space))
        elif isinstance(space, Array) and len(space):
            kind = str(space[0])
            if kind in ("/Indexed", "/Pattern", "/Separation", "/DeviceN", "/I"):
                spaces += [space[2]] if kind in ("/Separation", "/DeviceN") else list(space)[1:2]
            elif len(space) == 1:
                found.add(kind)
        elif isinstance(space, Dictionary):
            spaces += [value for name, value in space.items() if not name.startswith("/Default")]
    return found


# What is drawn


def _graphics(pdf: Pdf) -> Iterator[Violation]:
    for item in parts(pdf):
        if isinstance(item, Dictionary) and (
            item.get("/Type") == "/ExtGState" or "/TR" in item or "/HTP" in item
        ):
            yield from _state(item)
        if isinstance(item, Dictionary) and "/ExtGState" in item and isinstance(item.ExtGState, Dictionary):
            for _, state in item.ExtGState.items():
                yield from _state(state)
        if not isinstance(item, Stream):
            continue
        kind = str(item.get("/Subtype"))
        if kind == "/Image":
            yield from _image(item)
        elif kind == "/PS" or item.get("/Subtype2") == "/PS" or (kind == "/Form" and "/PS" in item):
            yield Violation("6.2.9 xobjects", "/PS")
        elif kind == "/Form":
            for name in ("/Ref", "/OPI"):
                if name in item:
                    yield Violation("6.2.9 xobjects", name)


def _state(state: Object) -> Iterator[Violation]:
    for name in sorted(_TRANSFERS & set(state.keys())):
        yield Violation("6.2.5 state", name)
    if str(state.get("/TR2", "/Default")) != "/Default":
        yield Violation("6.2.5 state", "/TR2")
    modes = state.get("/BM", Array())
    for mode in modes if isinstance(modes, Array) else [modes]:
        if str(mode) not in _BLENDS:
            yield Violation("6.2.10 blending", str(mode))


def _image(item: Stream) -> Iterator[Violation]:
    for name in ("/Alternates", "/OPI"):
        if name in item:
            yield Violation("6.2.8 images", name)
    if item.get("/Interpolate", False):
        yield Violation("6.2.8 images", "/Interpolate")
    filters = item.get("/Filter", Array())
    names = [str(one) for one in filters] if isinstance(filters, Array) else [str(filters)]
    if names[-1:] == ["/JPXDecode"] and not _is_baseline(item.read_raw_bytes()):
        yield Violation("6.2.8 images", "/JPXDecode")


def _is_baseline(data: bytes) -> bool:
    """Whether a JPEG 2000 file has 1, 3 or 4 channels of one depth, and one colour specification that PDF/A knows.

    A file is a row of boxes: length (4 bytes), type (4), content; "jp2h" holds "ihdr", "bpcc" and "colr" (ISO 15444-1, I.4).
    """
    header = next((content for kind, content in _boxes(data) if kind == b"jp2h"), b"")
    parts = list(_boxes(header))
    sizes = [content for kind, content in parts if kind == b"ihdr"]
    colours = [content for kind, content in parts if kind == b"colr"]
    if len(sizes) != 1 or len(sizes[0]) < 14 or not colours:
        return False
    channels, depth = int.from_bytes(sizes[0][8:10], "big"), sizes[0][10]
    best = (
        [colour for colour in colours if len(colour) > 3 and colour[2] == 1] if len(colours) > 1 else colours
    )
    return (
        channels in (1, 3, 4)
        and depth != 255
        and (depth & 127) < 38
        and len(best) == 1
        and best[0][0] in (1, 2, 3)
        and best[0][3:7] != (19).to_bytes(4, "big")  # CIEJab
    )


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 0
    while place + 8 <= len(data):
        length = int.from_bytes(data[place : place + 4], "big")
        length = len(data) - place if length == 0 else length
        if length < 8:
            return
        yield data[place + 4 : place + 8], data[place + 8 : place + length]
        place += length


def _fonts(pdf: Pdf) -> Iterator[Violation]:
    for number, page in enumerate(pdf.pages, 1):
        for detail in broken_fonts(page):
            yield Violation("6.2.11 fonts", detail, number)


# What is not drawn


def _annotations(pdf: Pdf) -> Iterator[Violation]:
    for number, page in enumerate(pdf.pages, 1):
        for item in page.obj.get("/Annots", Array()):
            if not isinstance(item, Dictionary):
                continue
            kind, flags = str(item.get("/Subtype")), int(item.get("/F", 0))
            if kind not in _ANNOTATIONS:
                yield Violation("6.3 annotations", kind, number)
            if kind != "/Popup" and (not flags & _PRINT or flags & _HIDING):
                yield Violation("6.3 annotations", f"{kind} /F {flags}", number)
            if kind not in ("/Popup", "/Link") and not _has_look(item):
                yield Violation("6.3 annotations", f"{kind} /AP", number)
            if "/A" in item and kind == "/Widget":
                yield Violation("6.4 forms", "/A", number)


def _has_look(item: Object) -> bool:
    left, bottom, right, top = (float(one) for one in item.Rect)
    return left == right or bottom == top or "/N" in item.get("/AP", Dictionary())


def _interaction(pdf: Pdf) -> Iterator[Violation]:
    root = pdf.Root
    form = root.get("/AcroForm", Dictionary())
    if "/XFA" in form:
        yield Violation("6.4 forms", "/XFA")
    if form.get("/NeedAppearances", False):
        yield Violation("6.4 forms", "/NeedAppearances")
    names = root.get("/Names", Dictionary())
    if "/JavaScript" in names:
        yield Violation("6.5 actions", "/JavaScript")
    if "/EmbeddedFiles" in names or "/AF" in root:
        yield Violation("6.8 files", "/EmbeddedFiles")
    if "/AlternatePresentations" in names:
        yield Violation("6.10 pages", "/AlternatePresentations")
    for name, rule in (("/Requirements", "6.11 requirements"), ("/Perms", "6.1.12 permissions")):
        if name in root:
            yield Violation(rule, name)
    for item in parts(pdf):
        yield from _actions(item)
    for number, page in enumerate(pdf.pages, 1):
        if "/PresSteps" in page.obj:
            yield Violation("6.10 pages", "/PresSteps", number)


def _actions(item: Object) -> Iterator[Violation]:
    if "/AA" in item:
        yield Violation("6.5 actions", "/AA")
    if "/EF" in item:
        yield Violation("6.8 files", "/EF")
    owned = [item[name] for name in ("/A", "/OpenAction", "/Next") if name in item]
    for action in [item, *owned] if item.get("/Type") == "/Action" else owned:
        if isinstance(action, Dictionary) and "/S" in action:
            kind = str(action.S)
            if kind not in PLAIN_ACTIONS and kind not in _ATTRIBUTE_OWNERS:
                yield Violation("6.5 actions", kind)
            elif kind == "/Named" and str(action.get("/N")) not in PLAIN_NAMES:
                yield Violation("6.5 actions", str(action.get("/N")))


# /A of a structure element holds attributes, with an owner (/O) or, in old files, what looks like an action.
_ATTRIBUTE_OWNERS = frozenset({"/Table", "/List", "/Layout"})


def _layers(pdf: Pdf) -> Iterator[Violation]:
    properties = pdf.Root.get("/OCProperties")
    if properties is None:
        return
    for one in [properties.get("/D", Dictionary()), *properties.get("/Configs", Array())]:
        if "/Name" not in one:
            yield Violation("6.9 layers", "/Name")
        if "/AS" in one:
            yield Violation("6.9 layers", "/AS")


def _metadata(pdf: Pdf) -> Iterator[Violation]:
    stream = pdf.Root.get("/Metadata")
    data = stream.read_bytes() if isinstance(stream, Stream) else b""
    try:
        tree = etree.fromstring(data, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError:
        yield Violation("6.6 metadata", "/Metadata")
        return

    def told(path: str) -> str:
        prefix, _, name = path.partition(":")
        found = tree.find(f".//{path}", _NS)
        if found is not None:
            return "".join(found.itertext()).strip()
        attribute = f"{{{_NS[prefix]}}}{name}"
        return next((one.get(attribute, "") for one in tree.iter(f"{{{_NS['rdf']}}}Description")), "")

    if told("pdfaid:part") != PART:
        yield Violation("6.6 metadata", "pdfaid:part")
    if told("pdfaid:conformance") not in (CONFORMANCE, "A", "U"):
        yield Violation("6.6 metadata", "pdfaid:conformance")
    for name, path in _SAME.items():
        if name in pdf.docinfo and str(pdf.docinfo[name]) != told(path):
            yield Violation("6.6 metadata", name)


_SAME = {
    "/Title": "dc:title",
    "/Author": "dc:creator",
    "/Subject": "dc:description",
    "/Keywords": "pdf:Keywords",
    "/Producer": "pdf:Producer",
    "/Creator": "xmp:CreatorTool",
}
_RULES: tuple[Callable[[Pdf], Iterable[Violation]], ...] = (
    _file_structure, _colours, _graphics, _fonts, _annotations, _interaction, _layers, _metadata,
)  # fmt: skip
