"""What PDF/A forbids and nobody sees is taken out; metadata say the same in both places; signatures end with their file."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree

import numpy as np
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageCms

from restore.document import Document, Field, Header
from restore.export.pdf import SearchablePdf, searchable_pdf
from restore.export.pdfa import Metadata, srgb_profile, title_of, xmp
from tests import pdfs
from tests.layers import placed_page

BOX = "/MediaBox [0 0 360 504]"
LOOK = pdfs.stream("/Type /XObject /Subtype /Form /BBox [0 0 90 30]", b"1 0 0 rg 0 0 90 30 re f")


def made(source: bytes) -> SearchablePdf:
    return searchable_pdf(source, [placed_page(("một trang",))], Document(), "restore 0.1.0")


def scan(*objects: bytes, catalogue: str = "", page: str = "") -> bytes:
    """A page that is one picture; further objects are numbered from 6."""
    pixels = np.full((28, 20), 200, np.uint8)
    return pdfs.one_page(
        "q 360 0 0 504 0 0 cm /Im Do Q", pdfs.image(pixels), *objects,
        resources="/XObject << /Im 5 0 R >>", box=f"{BOX} {page}", catalogue=catalogue,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (scan(catalogue="/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), ("script",)),
        (scan(catalogue="/Names << /JavaScript << /Names [] >> >>"), ("script",)),
        (scan(catalogue="/Names << /EmbeddedFiles << /Names [(a) 6 0 R] >> >>").replace(b"6 0 R", b"5 0 R"), ("attachment",)),
        (scan(LOOK, catalogue="/X << /Type /Filespec /F (a) /EF << /F 6 0 R >> >>"), ("attachment",)),
        (scan(catalogue="/AcroForm << /Fields [] /XFA (x) /NeedAppearances true >>"), ()),
        (scan(catalogue="/Requirements []"), ()),
        (scan(page="/AA << /O << /S /JavaScript /JS (x) >> >>"), ("script",)),
        (scan(page="/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /Launch /F (x) >> >>]"), ("script",)),
        (scan(page="/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://a) >> >>]"), ()),
        (scan(page="/Annots [<< /Subtype /FileAttachment /Rect [0 0 9 9] >>]"), ("attachment",)),
        (scan(catalogue="/OpenAction [3 0 R /Fit]"), ()),
    ],
)  # fmt: skip
def test_what_nobody_sees_is_taken_out(source: bytes, told: tuple[str, ...]) -> None:
    found = made(source)
    assert found.violations == ()
    assert found.left_out == told


def test_links_and_destinations_stay() -> None:
    link = "/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://a) >> >>]"
    with pikepdf.open(BytesIO(made(scan(page=link, catalogue="/OpenAction [3 0 R /Fit]")).data)) as pdf:
        assert str(pdf.pages[0].obj.Annots[0].A.URI) == "https://a"
        assert int(pdf.pages[0].obj.Annots[0].F) == 4
        assert "/OpenAction" in pdf.Root


def test_a_signature_ends_and_its_stamp_stays() -> None:
    signed = scan(
        LOOK,
        b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (s) /Rect [10 10 100 40] /F 132 /P 3 0 R /V 8 0 R /AP << /N 6 0 R >> "
        b"/DR << >> >>",
        b"<< /Type /Sig /Filter /Adobe.PPKLite /ByteRange [0 1 2 3] /Contents <00> >>",
        catalogue="/AcroForm << /Fields [7 0 R] /SigFlags 3 >> /Perms << /DocMDP 8 0 R >>", page="/Annots [7 0 R]",
    )  # fmt: skip
    found = made(signed)
    assert found.left_out == ("signature",)
    assert found.violations == ()
    with pikepdf.open(BytesIO(found.data)) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert "/Perms" not in pdf.Root
        (stamp,) = pdf.pages[0].obj.Annots
        assert str(stamp.Subtype) == "/Stamp"
        assert b"0 0 90 30 re" in stamp.AP.N.read_bytes()
        assert not any("/ByteRange" in item for item in pdf.objects if isinstance(item, pikepdf.Dictionary))


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        (scan(page="/Annots [<< /Subtype /Movie /Rect [0 0 9 9] >>]"), "6.3 annotations"),
        (scan(page="/Annots [<< /Subtype /Stamp /Rect [0 0 9 9] /F 2 >>]"), "6.3 annotations"),
    ],
)
def test_what_cannot_be_mended_costs_the_mark_alone(source: bytes, rule: str) -> None:
    found = made(source)
    assert {one.rule for one in found.violations} == {rule}
    with pikepdf.open(BytesIO(found.data)) as pdf:
        assert b"pdfaid:part" not in pdf.Root.Metadata.read_bytes()
        assert "/OutputIntents" not in pdf.Root
        assert "/RestoreLayer" in pdf.pages[0].obj.Resources.Font


def test_a_file_that_opens_without_its_password_is_written_without_it() -> None:
    target = BytesIO()
    with pikepdf.open(BytesIO(scan())) as pdf:
        pdf.save(target, encryption=pikepdf.Encryption(owner="secret", user=""))
    found = made(target.getvalue())
    assert found.left_out == ("password",)
    assert found.violations == ()
    target = BytesIO()
    with pikepdf.open(BytesIO(scan())) as pdf:
        pdf.save(target, encryption=pikepdf.Encryption(owner="secret", user="secret"))
    with pytest.raises(ValueError, match="password"):
        made(target.getvalue())


def test_what_was_packed_by_lzw_is_packed_anew() -> None:
    coded = pdfs.stream("/Filter /LZWDecode", b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01")
    found = made(scan(coded, catalogue="/X 6 0 R"))
    assert found.violations == ()
    with pikepdf.open(BytesIO(found.data)) as pdf:
        assert pdf.Root.X.read_bytes() == b"-----A---B"


def test_what_the_file_said_of_itself_is_kept_in_both_places() -> None:
    source = scan(
        b"<< /Author (Nguyen) /Subject (S) /Keywords (k) /Creator (Scanner) /CreationDate (D:20200102030405+07'00') >>"
    )
    source = source.replace(b"trailer\n<< ", b"trailer\n<< /Info 6 0 R ")
    with pikepdf.open(BytesIO(made(source).data)) as pdf:
        told = pdf.Root.Metadata.read_bytes().decode()
        assert str(pdf.docinfo["/Author"]) == "Nguyen"
    for part in ("Nguyen", "Scanner", "2020-01-02T03:04:05+07:00", "restore 0.1.0"):
        assert part in told


def test_the_profile_is_srgb_and_has_no_clock() -> None:
    profile = ImageCms.ImageCmsProfile(BytesIO(srgb_profile()))
    assert profile.profile.xcolor_space == "RGB "
    assert profile.profile.creation_date is not None
    assert profile.profile.creation_date.year == 2000


def test_the_title_names_kind_number_and_subject() -> None:
    def present(value: str) -> Field:
        return Field(value=value, raw=value, status="present")

    assert title_of(Document()) == ""
    assert title_of(Document(header=Header(subject=present("V/v nghỉ Tết")))) == "V/v nghỉ Tết"
    law = Header(doc_type=present("Luật"), number=present("1"), notation=present("2020/QH14"))
    assert title_of(Document(header=law)) == "Luật số 1/2020/QH14"


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufffe\uffff"), max_size=20
)


@given(
    st.builds(
        Metadata, title=TEXTS, author=TEXTS, subject=TEXTS, keywords=TEXTS, creator=TEXTS, producer=TEXTS
    ),
    st.booleans(),
)
def test_any_metadata_make_xml_that_says_them(metadata: Metadata, archival: bool) -> None:
    tree = ElementTree.fromstring(xmp(metadata, archival=archival))
    said = "".join(tree.itertext())
    for value in (metadata.title, metadata.author, metadata.keywords):
        assert value in said
    assert ("{http://www.aiim.org/pdfa/ns/id/}part" in {element.tag for element in tree.iter()}) == archival
