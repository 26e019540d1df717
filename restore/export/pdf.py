"""A searchable PDF: the pages of a file as they are, with the restored text, invisible, under their ink.

    pictures (a scan that is no PDF) -> sound (what damage left) -> strip (an older layer) -> layer + font
    -> pdfa (what PDF/A-2b asks) -> rules (is it one?)

No page is drawn again and no picture recoded. A page whose visible text says what was restored keeps it and gets no second layer.
The file says that it is PDF/A-2b only where :mod:`restore.export.pdf_rules` finds nothing against it.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Page, Pdf, Stream

from restore.document import Document
from restore.export.pdf_font import LayerFont
from restore.export.pdf_layer import PageFrame, layer_content, layer_text, letters_of
from restore.export.pdf_objects import inherited
from restore.export.pdf_pictures import picture_pdf
from restore.export.pdf_rules import Violation, violations
from restore.export.pdf_sound import make_sound
from restore.export.pdf_strip import Box, drop_unused_fonts, own_resources, strip_hidden_text
from restore.export.pdfa import declare, mend, old_metadata, title_of
from restore.export.words import PlacedPage
from restore.language.vietnamese import nfc

FONT_RESOURCE = "/RestoreLayer"
# A page whose visible text has this share of its restored words needs no layer: it is found, and copied, as it is.
FOUND_SHARE = 0.9
# What the libraries raise for files that are not what they say; what is left of one after make_sound() is refused.
DAMAGE_ERRORS = (
    pikepdf.PdfError, pikepdf.PasswordError, pikepdf.DependencyError, pypdfium2.PdfiumError, OSError, ValueError, TypeError,
    AttributeError, LookupError, RuntimeError, ArithmeticError, MemoryError,
)  # fmt: skip
_PDF_HEADER_WITHIN = 1024  # bytes: readers accept garbage before %PDF- as far as that


@dataclass(frozen=True, slots=True)
class SearchablePdf:
    """A PDF that was made.

    Attributes:
        data: the file.
        violations: what keeps it from being PDF/A-2b; none where it says that it is one.
        left_out: what the source had that the file has not: "signature", "attachment", "script", "password".
        unlayered: numbers of the pages whose visible text was left alone.
    """

    data: bytes
    violations: tuple[Violation, ...]
    left_out: tuple[str, ...]
    unlayered: tuple[int, ...]


def searchable_pdf(
    source: bytes, pages: Sequence[PlacedPage], document: Document, producer: str
) -> SearchablePdf:
    """A PDF with the restored text under the pages of its source.

    Args:
        source: the bytes of the PDF or picture file that the pages were read from.
        pages: the restored words; a page of the source that is not among them stays as it is.
        document: names the title.
        producer: name and version of this program.

    Returns:
        The same bytes for the same arguments.

    Raises:
        ValueError: the source is damaged, or asks for a password.
    """
    try:
        with warnings.catch_warnings():
            # Of content that breaks off, and of form fields that are left alone.
            warnings.simplefilter("ignore", UserWarning)
            data = source if is_pdf(source) else picture_pdf(source, [page.dpi for page in pages])
            with Pdf.open(BytesIO(data)) as pdf:
                _check_pages(pdf, data)
                return _make(pdf, pages, title_of(document), producer)
    except DAMAGE_ERRORS as error:
        told = isinstance(error, ValueError | OSError | pikepdf.PdfError | pikepdf.PasswordError)
        raise ValueError(str(error) if told else f"{type(error).__name__}: {error}") from error


def _check_pages(pdf: Pdf, data: bytes) -> None:
    """The pages of a file's bytes, as every reader counts them, are those of the open file.

    Of a damaged tree, which page is which depends on the reader, and a page that is hardly one may go when the file is written.
    """
    with closing(pypdfium2.PdfDocument(data)) as shown, Pdf.open(BytesIO(data)) as found:
        count = len(pdf.pages)
        if not count or {count} != {len(shown), len(found.pages)}:
            raise ValueError(f"{min(count, len(found.pages))} of its {len(shown)} pages are whole")


def is_pdf(source: bytes) -> bool:
    """Whether a file is a PDF, by its content."""
    return b"%PDF-" in source[:_PDF_HEADER_WITHIN]


def _make(pdf: Pdf, pages: Sequence[PlacedPage], title: str, producer: str) -> SearchablePdf:
    make_sound(pdf)
    locked = ("password",) if pdf.is_encrypted else ()
    metadata = old_metadata(pdf, title, producer)
    unlayered = _put_layers(pdf, pages)
    left_out = (*locked, *mend(pdf))
    declare(pdf, metadata, archival=True)
    data = _saved(pdf)
    broken = violations(data)
    if broken:
        declare(pdf, metadata, archival=False)
        data = _saved(pdf)
    _check_pages(pdf, data)
    return SearchablePdf(data, broken, left_out, unlayered)


def _saved(pdf: Pdf) -> bytes:
    """The file with its streams as they are, small objects packed together, and an ID made from what it holds."""
    target = BytesIO()
    pdf.save(
        target,
        force_version="1.7",
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        deterministic_id=True,
        fix_metadata_version=False,
        encryption=False,
    )
    return target.getvalue()


# The layer


def _put_layers(pdf: Pdf, pages: Sequence[PlacedPage]) -> tuple[int, ...]:
    """Put the words on the pages; the numbers of those that need none."""
    wanted = {page.number: page for page in pages if page.number <= len(pdf.pages)}
    frames = {number: _frame(pdf.pages[number - 1]) for number in wanted}
    for number, page in enumerate(pdf.pages, 1):
        own_resources(page)
        if number in frames:
            strip_hidden_text(pdf, page, Box(*frames[number][:4]))
        else:
            drop_unused_fonts(page)
    lettered = [number for number in wanted if _has_text(pdf.pages[number - 1])]
    legible = _legible(pdf, [wanted[number] for number in lettered])
    layered = [page for number, page in wanted.items() if number not in legible]
    font = LayerFont(letters_of(layered))
    embedded = font.embed(pdf) if any(placed.blocks for placed in layered) else None
    for placed in layered:
        page = pdf.pages[placed.number - 1]
        name = _free_name(page)
        content = layer_content(placed, frames[placed.number], font, name)
        if content and embedded is not None:
            _put(pdf, page, content, name, embedded)
    return tuple(sorted(legible))


def _frame(page: Page) -> PageFrame:
    """The part of a page that is shown, and how it is turned."""
    media = _sides(inherited(page, "/MediaBox")) or Box(0, 0, 612, 792)
    crop = _sides(inherited(page, "/CropBox")) or media
    shown = Box(
        max(crop.left, media.left),
        max(crop.bottom, media.bottom),
        min(crop.right, media.right),
        min(crop.top, media.top),
    )
    if shown.right <= shown.left or shown.top <= shown.bottom:
        shown = media
    turned = inherited(page, "/Rotate")
    return PageFrame(*shown, rotate=int(turned) % 360 if turned is not None else 0)


def _sides(box: pikepdf.Object | None) -> Box | None:
    if box is None or len(box) != 4:
        return None
    x0, y0, x1, y1 = (float(number) for number in box)
    found = Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return found if found.right > found.left and found.top > found.bottom else None


def _free_name(page: Page) -> str:
    taken: Collection[str] = page.obj.Resources.get("/Font", Dictionary()).keys()
    name = FONT_RESOURCE
    while name in taken:
        name += "_"
    return name


def _put(pdf: Pdf, page: Page, content: bytes, name: str, font: pikepdf.Object) -> None:
    """The layer comes before all else on the page: what the page's own content does to the graphics state cannot touch it."""
    resources = page.obj.Resources
    if "/Font" not in resources:
        resources.Font = Dictionary()
    resources.Font[name] = font
    own = page.obj.get("/Contents", Array())
    streams = list(own) if isinstance(own, Array) else [own]
    page.obj.Contents = Array([pdf.make_indirect(Stream(pdf, content)), *streams])


# Pages that need none


def _has_text(page: Page) -> bool:
    """Whether text may still be drawn on a page: fonts are left, its own or in what it draws."""
    resources = page.obj.Resources
    forms = (item.get("/Subtype") == "/Form" for _, item in resources.get("/XObject", Dictionary()).items())
    return bool(resources.get("/Font", Dictionary()).keys()) or any(forms)


def _legible(pdf: Pdf, pages: Sequence[PlacedPage]) -> set[int]:
    """The numbers of the pages whose visible text has their words."""
    if not pages:
        return set()
    target = BytesIO()
    pdf.save(target)
    found: set[int] = set()
    with closing(pypdfium2.PdfDocument(target.getvalue())) as shown:
        for page in pages:
            words = Counter(layer_text(page))
            if not words:
                continue
            with closing(shown[page.number - 1]) as leaf, closing(leaf.get_textpage()) as text:
                visible = Counter(nfc(text.get_text_bounded()).split())
            if (words & visible).total() >= FOUND_SHARE * words.total():
                found.add(page.number)
    return found
