"""A PDF made fit for PDF/A-2b (ISO 19005-2) as far as that changes nothing that is seen on its pages.

Taken out: scripts and other actions that a page or a file may start, attached files, XFA forms, signatures (which a changed
file would break anyway; their stamps stay), what tells a viewer to smooth pictures. Rewritten without loss: streams packed by
LZW. Put in: colours' meaning (output intent sRGB), metadata (XMP, and the same in the document information), print flags of
annotations. What else a file breaks is left to :mod:`restore.export.pdf_rules` to find.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from xml.sax.saxutils import escape

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String
from PIL import ImageCms

from restore.document import Document
from restore.export.characters import printable
from restore.export.head import joined_code
from restore.export.pdf_objects import parts

PART = "2"
CONFORMANCE = "B"
INTENT = "sRGB"
# Actions that only lead to a place or a page of the web; all others are forbidden or would do something (6.5.1).
PLAIN_ACTIONS = frozenset({"/GoTo", "/GoToR", "/GoToE", "/Thread", "/URI", "/Named"})
PLAIN_NAMES = frozenset({"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"})
_PRINT, _HIDING = (
    4,
    1 | 2 | 32 | 256,
)  # flags of annotations: print; invisible, hidden, no view, toggle no view
_PDF_DATE_RE = re.compile(
    r"D:(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?(?:([+-])(\d{2})'?(\d{2})?'?|Z.*)?"
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a PDF says of itself; empty where nothing is known.

    Attributes:
        title: of the document.
        author, subject, keywords, creator: as the file had them.
        producer: the program that made this file.
        created: PDF date of the file it was made of.
    """

    title: str = ""
    author: str = ""
    subject: str = ""
    keywords: str = ""
    creator: str = ""
    producer: str = ""
    created: str = ""


def title_of(document: Document) -> str:
    """Kind, number and subject of a document, as one cites it.

    >>> from restore.document import Field, Header
    >>> present = lambda value: Field(value=value, raw=value, status="present")
    >>> header = Header(doc_type=present("Quyết định"), number=present("12"), notation=present("QĐ-UBND"),
    ...                 subject=present("Về việc nghỉ Tết"))
    >>> title_of(Document(header=header))
    'Quyết định số 12/QĐ-UBND: Về việc nghỉ Tết'
    """
    header = document.header
    code = joined_code(header.number.value, header.notation.value)
    name = " ".join(part for part in (header.doc_type.value, code and f"số {code}") if part)
    title = ": ".join(part for part in (name, header.subject.value) if part)
    return printable(title[:1].upper() + title[1:])


def old_metadata(pdf: Pdf, title: str, producer: str) -> Metadata:
    """The metadata of a file, with a title and a producer of its own where there is a title."""
    info = pdf.docinfo

    def value(name: str) -> str:
        found = info.get(f"/{name}")
        return printable(str(found)).strip() if found is not None else ""

    created = value("CreationDate")
    return Metadata(
        title=title or value("Title"),
        author=value("Author"),
        subject=value("Subject"),
        keywords=value("Keywords"),
        creator=value("Creator"),
        producer=producer,
        created=created if _xmp_date(created) else "",
    )


# What is taken out


def mend(pdf: Pdf) -> tuple[str, ...]:
    """Take out and rewrite what PDF/A-2b forbids and nobody sees.

    Returns:
        What a user should know of: "signature", "attachment", "script".
    """
    told: set[str] = set()
    root = pdf.Root
    _drop_signatures(pdf, told)
    for name in ("/AA", "/Requirements", "/NeedsRendering", "/Extensions"):
        _drop(root, name)
    if "/OpenAction" in root and not _is_plain(root.OpenAction):
        del root.OpenAction
        told.add("script")
    names = root.get("/Names")
    if names is not None:
        for name, word in (
            ("/JavaScript", "script"),
            ("/EmbeddedFiles", "attachment"),
            ("/AlternatePresentations", ""),
        ):
            if name in names:
                del names[name]
                told.add(word)
    if "/AcroForm" in root:
        _drop(root.AcroForm, "/XFA")
        _drop(root.AcroForm, "/NeedAppearances")
    for item in list(parts(pdf)):
        if isinstance(item, Stream):
            _mend_stream(item)
        _mend_dictionary(item, told)
    for page in pdf.pages:
        _drop(page.obj, "/AA")
        _drop(page.obj, "/PresSteps")
        _mend_annotations(page.obj, told)
    return tuple(sorted(told - {""}))


def _drop(owner: Object, name: str) -> None:
    if name in owner:
        del owner[name]


def _is_plain(action: Object) -> bool:
    """Whether an action, or a destination that stands for one, only leads somewhere."""
    if not isinstance(action, Dictionary):
        return True
    kind = str(action.get("/S"))
    return kind in PLAIN_ACTIONS and (kind != "/Named" or str(action.get("/N")) in PLAIN_NAMES)


def _mend_stream(item: Stream) -> None:
    filters = item.get("/Filter")
    packed = [str(one) for one in filters] if isinstance(filters, Array) else [str(filters)]
    if "/LZWDecode" in packed and all(one in _LOSSLESS for one in packed):
        item.write(item.read_bytes())
    if item.get("/Subtype") == "/Image":
        for name in ("/Interpolate", "/Alternates", "/OPI"):
            _drop(item, name)
    elif item.get("/Subtype") == "/Form":
        _drop(item, "/OPI")


_LOSSLESS = frozenset({"/LZWDecode", "/FlateDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode"})


def _mend_dictionary(item: Object, told: set[str]) -> None:
    """Actions wherever they stand: bookmarks, annotations, form fields."""
    if item.get("/Type") == "/Filespec" or ("/EF" in item and "/F" in item):
        _drop(item, "/EF")
        told.add("attachment")
    for name in ("/A", "/AA", "/PA"):
        if name == "/AA" and name in item:
            del item[name]
            told.add("script")
        elif name in item and isinstance(item[name], Dictionary) and "/S" in item[name]:
            action = item[name]
            if not _is_plain(action) and str(action.S) not in ("/Table", "/List", "/Layout"):
                del item[name]
                told.add("script")
            elif "/Next" in action:
                del action["/Next"]


def _mend_annotations(page: Object, told: set[str]) -> None:
    if "/Annots" not in page:
        return
    kept = Array()
    for item in page.Annots:
        if not isinstance(item, Dictionary):
            continue
        kind = str(item.get("/Subtype"))
        if kind == "/FileAttachment":
            told.add("attachment")
            continue
        flags = int(item.get("/F", 0))
        if kind != "/Popup" and not flags & _HIDING:
            item.F = flags | _PRINT
        kept.append(item)
    if len(kept):
        page.Annots = kept
    else:
        del page["/Annots"]


def _drop_signatures(pdf: Pdf, told: set[str]) -> None:
    """Signatures, which hold for the old file alone; the stamps that show them become stamps that do no more."""
    root = pdf.Root
    if "/Perms" in root:
        del root.Perms
        told.add("signature")
    _drop(root, "/DSS")
    form = root.get("/AcroForm")
    if form is None or "/Fields" not in form:
        return
    fields = [field for field in form.Fields if isinstance(field, Dictionary)]
    signed = [field for field in _all_fields(fields) if _kind_of(field) == "/Sig"]
    if not signed:
        return
    if any("/V" in field for field in signed):
        told.add("signature")
    _drop(form, "/SigFlags")
    form.Fields = Array([field for field in fields if _kind_of(field) != "/Sig"])
    if not len(form.Fields):
        del root.AcroForm
    for page in pdf.pages:
        for item in page.obj.get("/Annots", Array()):
            if (
                isinstance(item, Dictionary)
                and item.get("/Subtype") == "/Widget"
                and _kind_of(item) == "/Sig"
            ):
                _become_stamp(item)


def _become_stamp(item: Object) -> None:
    """A stamp with the look and the place that the field had, and nothing else of it."""
    item.Subtype = Name.Stamp
    for name in set(item.keys()) - _OF_A_STAMP:
        del item[name]


_OF_A_STAMP = frozenset(
    {
        "/Type",
        "/Subtype",
        "/Rect",
        "/P",
        "/NM",
        "/M",
        "/F",
        "/AP",
        "/AS",
        "/C",
        "/CA",
        "/Contents",
        "/OC",
        "/StructParent",
    }
)


def _all_fields(fields: Sequence[Object], depth: int = 0) -> Iterator[Object]:
    for field in fields:
        yield field
        if "/Kids" in field and depth < 8:
            yield from _all_fields([kid for kid in field.Kids if isinstance(kid, Dictionary)], depth + 1)


def _kind_of(field: Object) -> str:
    """The type of a form field, its own or its parent's."""
    for _ in range(8):
        if "/FT" in field or "/Parent" not in field:
            break
        field = field.Parent
    return str(field.get("/FT"))


# What is put in


def declare(pdf: Pdf, metadata: Metadata, *, archival: bool) -> None:
    """Write the metadata into a PDF and, where it is one, that it is PDF/A-2b, with the colours' output intent."""
    for key in list(pdf.docinfo.keys()):
        del pdf.docinfo[key]
    info = {
        "Title": metadata.title,
        "Author": metadata.author,
        "Subject": metadata.subject,
        "Keywords": metadata.keywords,
        "Creator": metadata.creator,
        "Producer": metadata.producer,
        "CreationDate": metadata.created,
    }
    for name, value in info.items():
        if value:
            pdf.docinfo[f"/{name}"] = String(value)
    stream = Stream(pdf, xmp(metadata, archival=archival).encode())
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(stream)
    intents = pdf.Root.get("/OutputIntents", Array())
    if not archival:
        _drop_own_intent(pdf)
    elif not any(str(one.get("/S")) == "/GTS_PDFA1" for one in pdf.Root.get("/OutputIntents", Array())):
        profile = Stream(pdf, srgb_profile(), N=3)
        intent = Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFA1,
            OutputConditionIdentifier=INTENT,
            Info="sRGB IEC61966-2.1",
            RegistryName="http://www.color.org",
            DestOutputProfile=pdf.make_indirect(profile),
        )
        pdf.Root.OutputIntents = Array([*intents, pdf.make_indirect(intent)])


def _drop_own_intent(pdf: Pdf) -> None:
    """Take the output intent out again that :func:`declare` has put in."""
    kept = [one for one in pdf.Root.get("/OutputIntents", Array()) if not _is_own(one)]
    pdf.Root.OutputIntents = Array(kept)
    if not kept:
        del pdf.Root.OutputIntents


def _is_own(intent: Object) -> bool:
    return "/DestOutputProfile" in intent and intent.DestOutputProfile.read_bytes() == srgb_profile()


@cache
def srgb_profile() -> bytes:
    """An ICC profile of sRGB, the same bytes every time: without the moment at which it was made.

    PDF 1.7 knows ICC 4.2; the profile has nothing of a later version and says so.
    """
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    data[8:12] = bytes((4, 0x20, 0, 0))
    data[24:36] = bytes((0x07, 0xD0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))  # 1 January 2000
    data[84:100] = bytes(16)  # a profile may go without a checksum
    return bytes(data)


def xmp(metadata: Metadata, *, archival: bool) -> str:
    """The XMP packet: what the document information says, and the part and conformance of PDF/A.

    >>> "<pdfaid:part>2</pdfaid:part>" in xmp(Metadata("Kế hoạch <1>"), archival=True)
    True
    """
    rows = []
    if metadata.title:
        rows.append(f"<dc:title>{_alternatives(metadata.title)}</dc:title>")
    if metadata.author:
        rows.append(f"<dc:creator><rdf:Seq><rdf:li>{escape(metadata.author)}</rdf:li></rdf:Seq></dc:creator>")
    if metadata.subject:
        rows.append(f"<dc:description>{_alternatives(metadata.subject)}</dc:description>")
    simple = {
        "dc:format": "application/pdf",
        "pdf:Keywords": metadata.keywords,
        "pdf:Producer": metadata.producer,
        "xmp:CreatorTool": metadata.creator,
        "xmp:CreateDate": _xmp_date(metadata.created),
        "pdfaid:part": PART if archival else "",
        "pdfaid:conformance": CONFORMANCE if archival else "",
    }
    rows += [f"<{name}>{escape(value)}</{name}>" for name, value in simple.items() if value]
    return _PACKET.format(rows="\n".join(rows))


_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" \
xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
{rows}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def _alternatives(text: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt>'


def _xmp_date(date: str) -> str:
    """A PDF date as XMP writes it, empty where it is none.

    >>> _xmp_date("D:20240105093000+07'00'"), _xmp_date("D:2024"), _xmp_date("yesterday")
    ('2024-01-05T09:30:00+07:00', '2024', '')
    """
    found = _PDF_DATE_RE.fullmatch(date.strip())
    if not found:
        return ""
    year, month, day, hour, minute, second, sign, zone_hour, zone_minute = found.groups()
    text = "-".join(part for part in (year, month, day) if part)
    if not hour:
        return text
    zone = f"{sign}{zone_hour}:{zone_minute or '00'}" if sign else "Z"
    return f"{text}T{hour}:{minute or '00'}:{second or '00'}{zone}"
