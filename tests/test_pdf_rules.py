"""Each rule of PDF/A-2b that the check names: a sound file breaks none, and one that breaks it on purpose is told so."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO

import numpy as np
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from restore.document import Document
from restore.export.pdf import searchable_pdf
from restore.export.pdf_rules import violations
from restore.export.pdfa import srgb_profile
from tests import pdfs
from tests.layers import picture, placed_page

Break = Callable[[Pdf], None]


@cache
def sound() -> bytes:
    return searchable_pdf(picture(mode="RGB"), [placed_page()], Document(), "restore 0.1.0").data


def broken(change: Break, **saving: object) -> set[str]:
    """The rules that the sound file breaks after a change."""
    with Pdf.open(BytesIO(sound())) as pdf:
        change(pdf)
        target = BytesIO()
        pdf.save(target, fix_metadata_version=False, **saving)  # type: ignore[arg-type]
    return {one.rule for one in violations(target.getvalue())}


def stream(pdf: Pdf, data: bytes, **entries: object) -> pikepdf.Object:
    return pdf.make_indirect(Stream(pdf, data, **entries))


def page(pdf: Pdf) -> pikepdf.Object:
    return pdf.pages[0].obj


def picture_of(pdf: Pdf) -> pikepdf.Object:
    return next(one for _, one in page(pdf).Resources.XObject.items())


def draw(pdf: Pdf, operators: bytes) -> None:
    page(pdf).Contents = Array([*page(pdf).Contents, stream(pdf, operators)])


def annotate(pdf: Pdf, **entries: object) -> None:
    box = Array([10, 10, 50, 30])
    look = Dictionary(N=stream(pdf, b"", Type=Name.XObject, Subtype=Name.Form, BBox=box))
    values = {"Type": Name.Annot, "Subtype": Name.Stamp, "Rect": box, "F": 4, "AP": look} | entries
    kept = {name: value for name, value in values.items() if value is not None}
    page(pdf).Annots = Array([pdf.make_indirect(Dictionary(**kept))])


def font(pdf: Pdf) -> pikepdf.Object:
    return page(pdf).Resources.Font["/RestoreLayer"]


def change_xmp(old: bytes, new: bytes) -> Break:
    def change(pdf: Pdf) -> None:
        data = pdf.Root.Metadata.read_bytes()
        assert old in data
        pdf.Root.Metadata.write(data.replace(old, new))

    return change


def set_root(**entries: object) -> Break:
    def change(pdf: Pdf) -> None:
        for name, value in entries.items():
            pdf.Root[f"/{name}"] = value

    return change


def drop_root(name: str) -> Break:
    def change(pdf: Pdf) -> None:
        del pdf.Root[name]

    return change


def set_picture(**entries: object) -> Break:
    def change(pdf: Pdf) -> None:
        for name, value in entries.items():
            picture_of(pdf)[f"/{name}"] = value

    return change


def set_state(**entries: object) -> Break:
    def change(pdf: Pdf) -> None:
        page(pdf).Resources.ExtGState = Dictionary(G=Dictionary(Type=Name.ExtGState, **entries))

    return change


def act(kind: str, **entries: object) -> Dictionary:
    return Dictionary(S=Name(kind), **entries)


def unembedded(pdf: Pdf) -> None:
    page(pdf).Resources.Font.F = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)


def wrong_width(pdf: Pdf) -> None:
    font(pdf).DescendantFonts[0].DW = 700


def no_glyph_map(pdf: Pdf) -> None:
    del font(pdf).DescendantFonts[0]["/CIDToGIDMap"]


def foreign_cmap(pdf: Pdf) -> None:
    font(pdf).Encoding = Name("/UniGB-UTF16-H")


def other_file(pdf: Pdf) -> None:
    pdf.Root.X = stream(pdf, b"x", F=String("x.bin"))


def reference(pdf: Pdf) -> None:
    box = Array([0, 0, 9, 9])
    form = stream(pdf, b" ", Type=Name.XObject, Subtype=Name.Form, BBox=box, Ref=Dictionary())
    page(pdf).Resources.XObject.R = form


def field_action(pdf: Pdf) -> None:
    annotate(pdf, Subtype=Name.Widget, FT=Name.Btn, T=String("a"), A=act("/URI", URI=String("https://a")))
    pdf.Root.AcroForm = Dictionary(Fields=Array([page(pdf).Annots[0]]))


def jpeg2000_of_two_channels(pdf: Pdf) -> None:
    data = pdfs.jpeg2000(np.zeros((8, 8), np.uint8))
    at = data.index(b"ihdr") + 12
    data = data[:at] + b"\x00\x02" + data[at + 2 :]
    size = {"Width": 8, "Height": 8, "BitsPerComponent": 8, "ColorSpace": Name.DeviceGray}
    item = stream(pdf, data, Type=Name.XObject, Subtype=Name.Image, Filter=Name.JPXDecode, **size)
    page(pdf).Resources.XObject.J = item


def other_profile(pdf: Pdf) -> None:
    intent = pdf.Root.OutputIntents[0]
    second = Dictionary(dict(intent.items()))
    second.DestOutputProfile = stream(pdf, srgb_profile(), N=3)
    pdf.Root.OutputIntents = Array([intent, second])


def cmyk_picture(pdf: Pdf) -> None:
    item = {"Width": 1, "Height": 1, "BitsPerComponent": 8, "ColorSpace": Name.DeviceCMYK}
    page(pdf).Resources.XObject.C = stream(pdf, b"\0\0\0\0", Type=Name.XObject, Subtype=Name.Image, **item)


def separation_of_cmyk(pdf: Pdf) -> None:
    tint = Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1)
    space = Array([Name.Separation, Name.Spot, Name.DeviceCMYK, tint])
    page(pdf).Resources.ColorSpace = Dictionary(S=space)


def cmyk_in_a_form(pdf: Pdf) -> None:
    form = stream(
        pdf, b"0 0 0 1 k 0 0 9 9 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9])
    )
    page(pdf).Resources.XObject.F = form


BREAKS: dict[str, tuple[str, Break]] = {
    "attached": ("6.8 files", set_root(Names=Dictionary(EmbeddedFiles=Dictionary(Names=Array([]))))),
    "attached to an object": ("6.8 files", set_root(X=Dictionary(Type=Name.Filespec, EF=Dictionary()))),
    "other file": ("6.1.7 filters", other_file),
    "permissions": ("6.1.12 permissions", set_root(Perms=Dictionary())),
    "no intent": ("6.2.2 intent", drop_root("/OutputIntents")),
    "two profiles": ("6.2.2 intent", other_profile),
    "damaged profile": ("6.2.2 intent", lambda pdf: pdf.Root.OutputIntents[0].DestOutputProfile.write(b"none")),
    "wrong channels": ("6.2.2 intent", lambda pdf: setattr(pdf.Root.OutputIntents[0].DestOutputProfile, "N", 4)),
    "cmyk drawn": ("6.2.4 colours", lambda pdf: draw(pdf, b"0 0 0 1 k 0 0 9 9 re f")),
    "cmyk chosen": ("6.2.4 colours", lambda pdf: draw(pdf, b"/DeviceCMYK CS 0 0 0 1 SC 0 0 m 9 9 l S")),
    "cmyk inline": ("6.2.4 colours", lambda pdf: draw(pdf, b"q BI /W 1 /H 1 /BPC 8 /CS /CMYK ID \1\2\3\4 EI Q")),
    "cmyk picture": ("6.2.4 colours", cmyk_picture),
    "cmyk separation": ("6.2.4 colours", separation_of_cmyk),
    "cmyk form": ("6.2.4 colours", cmyk_in_a_form),
    "transfer": ("6.2.5 state", set_state(TR=Name.Identity)),
    "transfer 2": ("6.2.5 state", set_state(TR2=Name.Identity)),
    "halftone phase": ("6.2.5 state", set_state(HTP=Array([0, 0]))),
    "blend": ("6.2.10 blending", set_state(BM=Name.Dazzle)),
    "alternates": ("6.2.8 images", set_picture(Alternates=Array([]))),
    "opi": ("6.2.8 images", set_picture(OPI=Dictionary())),
    "interpolate": ("6.2.8 images", set_picture(Interpolate=True)),
    "jpeg 2000": ("6.2.8 images", jpeg2000_of_two_channels),
    "postscript": ("6.2.9 xobjects", set_picture(Subtype=Name.PS)),
    "reference": ("6.2.9 xobjects", reference),
    "not embedded": ("6.2.11 fonts", unembedded),
    "width": ("6.2.11 fonts", wrong_width),
    "no glyph map": ("6.2.11 fonts", no_glyph_map),
    "foreign cmap": ("6.2.11 fonts", foreign_cmap),
    "damaged font": ("6.2.11 fonts", lambda pdf: font(pdf).DescendantFonts[0].FontDescriptor.FontFile2.write(b"x")),
    "movie": ("6.3 annotations", lambda pdf: annotate(pdf, Subtype=Name.Movie)),
    "not printed": ("6.3 annotations", lambda pdf: annotate(pdf, F=None)),
    "hidden": ("6.3 annotations", lambda pdf: annotate(pdf, F=6)),
    "no look": ("6.3 annotations", lambda pdf: annotate(pdf, AP=None)),
    "xfa": ("6.4 forms", set_root(AcroForm=Dictionary(Fields=Array([]), XFA=String("x")))),
    "appearances": ("6.4 forms", set_root(AcroForm=Dictionary(Fields=Array([]), NeedAppearances=True))),
    "field action": ("6.4 forms", field_action),
    "script": ("6.5 actions", set_root(OpenAction=act("/JavaScript", JS=String("app.alert(1)")))),
    "named scripts": ("6.5 actions", set_root(Names=Dictionary(JavaScript=Dictionary(Names=Array([]))))),
    "launch": ("6.5 actions", lambda pdf: annotate(pdf, Subtype=Name.Link, A=act("/Launch", F=String("x.exe")))),
    "named action": ("6.5 actions", lambda pdf: annotate(pdf, Subtype=Name.Link, A=act("/Named", N=Name.Print))),
    "second action": (
        "6.5 actions",
        lambda pdf: annotate(pdf, Subtype=Name.Link, A=act("/URI", URI=String("https://a"), Next=act("/Launch"))),
    ),
    "by itself": ("6.5 actions", set_root(AA=Dictionary(WC=act("/URI", URI=String("https://a"))))),
    "no metadata": ("6.6 metadata", drop_root("/Metadata")),
    "damaged metadata": ("6.6 metadata", change_xmp(b"</rdf:RDF>", b"</rdf:RD>")),
    "part": ("6.6 metadata", change_xmp(b"<pdfaid:part>2<", b"<pdfaid:part>1<")),
    "conformance": ("6.6 metadata", change_xmp(b"<pdfaid:conformance>B<", b"<pdfaid:conformance>X<")),
    "other title": ("6.6 metadata", lambda pdf: pdf.docinfo.__setitem__("/Title", "another")),
    "other producer": ("6.6 metadata", change_xmp(b"restore 0.1.0", b"restore 0.0.0")),
    "nameless layers": ("6.9 layers", set_root(OCProperties=Dictionary(OCGs=Array([]), D=Dictionary()))),
    "choosing layers": (
        "6.9 layers",
        set_root(OCProperties=Dictionary(OCGs=Array([]), D=Dictionary(Name=String("x"), AS=Array([])))),
    ),
    "presentations": ("6.10 pages", set_root(Names=Dictionary(AlternatePresentations=Dictionary()))),
    "steps": ("6.10 pages", lambda pdf: setattr(page(pdf), "PresSteps", Dictionary())),
    "requirements": ("6.11 requirements", set_root(Requirements=Array([]))),
}  # fmt: skip


def test_a_sound_file_breaks_no_rule() -> None:
    assert violations(sound()) == ()
    assert broken(lambda pdf: None, deterministic_id=True) == set()


@pytest.mark.parametrize("name", BREAKS)
def test_each_breach_is_named(name: str) -> None:
    rule, change = BREAKS[name]
    # Without its intent a file does not say what its device colours are.
    implied = {"6.2.4 colours"} if rule == "6.2.2 intent" else set()
    assert broken(change, deterministic_id=True) - implied == {rule}


def test_lzw_is_named() -> None:
    """qpdf packs such a stream anew whenever it writes one: the file is made by hand."""
    coded = pdfs.stream("/Filter /LZWDecode", b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01")
    found = violations(pdfs.one_page("", coded, catalogue="/X 5 0 R"))
    assert ("6.1.7 filters", "/LZWDecode") in {(one.rule, one.detail) for one in found}


def test_encryption_is_named() -> None:
    def nothing(pdf: Pdf) -> None:
        del pdf

    assert "6.1.3 encryption" in broken(nothing, encryption=pikepdf.Encryption(owner="x", user=""))


def test_a_missing_file_identifier_and_what_stands_before_the_header_are_named() -> None:
    data = sound()
    at = data.rindex(b"/ID [")
    without = data[:at] + b"/IX [" + data[at + 5 :]
    assert {one.rule for one in violations(without)} == {"6.1.3 file-id"}
    assert "6.1.2 header" in {one.rule for one in violations(b"\n" + data)}
    assert {one.rule for one in violations(data.replace(b"%PDF-1.7", b"%PDF-2.0", 1))} == {"6.1.2 header"}


def test_colours_that_the_resources_explain_are_allowed() -> None:
    def explained(pdf: Pdf) -> None:
        profile = stream(pdf, b"", N=4)
        page(pdf).Resources.ColorSpace = Dictionary(DefaultCMYK=Array([Name.ICCBased, profile]))
        draw(pdf, b"0 0 0 1 k 0 0 9 9 re f")

    assert broken(explained, deterministic_id=True) == set()


def test_true_type_encodings_and_widths() -> None:
    """A simple font: symbolic ones have no encoding, others a known one, and widths are those of the program."""

    def simple(flags: int, encoding: str | None, width: int) -> Break:
        def change(pdf: Pdf) -> None:
            descriptor = Dictionary(dict(font(pdf).DescendantFonts[0].FontDescriptor.items()))
            descriptor.Flags = flags
            made = Dictionary(
                Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name.X, FirstChar=65, LastChar=65, Widths=Array([width]),
                FontDescriptor=descriptor,
            )  # fmt: skip
            if encoding:
                made.Encoding = Name(encoding)
            page(pdf).Resources.Font.F = made

        return change

    assert broken(simple(4, None, 500), deterministic_id=True) == set()
    assert broken(simple(32, "/WinAnsiEncoding", 500), deterministic_id=True) == set()
    assert broken(simple(4, "/WinAnsiEncoding", 500), deterministic_id=True) == {"6.2.11 fonts"}
    assert broken(simple(32, None, 500), deterministic_id=True) == {"6.2.11 fonts"}


def test_the_page_of_a_breach_is_told() -> None:
    with Pdf.open(BytesIO(sound())) as pdf:
        unembedded(pdf)
        target = BytesIO()
        pdf.save(target, deterministic_id=True)
    (one,) = violations(target.getvalue())
    assert (one.detail, one.page) == ("Helvetica: not embedded", 1)


def test_a_good_jpeg_2000_is_allowed() -> None:
    with Pdf.open(
        BytesIO(searchable_pdf(picture(form="JPEG2000", mode="RGB"), [placed_page()], Document(), "x").data)
    ) as pdf:
        assert any(
            "JPXDecode" in str(item.get("/Filter")) for item in pdf.objects if isinstance(item, Stream)
        )
