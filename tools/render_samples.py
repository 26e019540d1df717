"""Render and degrade the scans of ``samples/`` from the drafts in ``tools/drafts``.

    python -m tools.render_samples [-o samples] [CASE ...]

A case is a draft in a grade, in one of the formats that archives hold. Each gets its scan, ``truth.txt``
(one printed line a line, an
empty line between blocks, left column before right one, printed page numbers first) and ``expected.json``
(the fields of its header and
closing, and its outline). The same Pillow, OpenCV and Tinos give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from tools.degrade import GRADES, degrade
from tools.garble import garble
from tools.image_pdf import LayerWord, PdfPage, write_pdf
from tools.render import Draft, RenderedPage, read_draft, render

DRAFTS = Path(__file__).parent / "drafts"
BASELINE = 0.89  # of the type size below the top of a line: the ascent of Tinos


@dataclass(frozen=True, slots=True)
class Case:
    """A scan: which draft, in which grade, written by which function."""

    name: str
    draft: str
    grade: str
    write: Callable[[Path, list[Image.Image], list[RenderedPage], str], None]


def as_bilevel(image: Image.Image) -> Image.Image:
    """Black and white at the middle, as fax and cheap scanners keep pages; red ink turns black."""
    return image.convert("L").point(lambda level: 255 if level > 140 else 0).convert("1")


def few_colours(image: Image.Image) -> Image.Image:
    """Sixteen colours, which hold black, paper, red, blue and their edges."""
    return image.quantize(16, dither=Image.Dither.NONE)


def has_colour(image: Image.Image) -> bool:
    """Whether a page has more than greys: a stamp, blue ink."""
    saturation = image.convert("HSV").getchannel("S")
    return sum(saturation.histogram()[120:]) > 1000


def scan(page: RenderedPage, grade: str, seed: int) -> Image.Image:
    """A page as it comes from the scanner; pages without coloured ink are scanned in grey."""
    image = page.image if has_colour(page.image) else page.image.convert("L")
    return degrade(image, grade, seed)


def write_image_pdf(folder: Path, images: list[Image.Image], _pages: list[RenderedPage], grade: str) -> None:
    """A PDF of images alone, lossless: grey pages in black and white, coloured ones in sixteen colours."""
    kept = [few_colours(image) if image.mode == "RGB" else as_bilevel(image) for image in images]
    pages = [PdfPage(image, GRADES[grade].dpi) for image in kept]
    write_pdf(folder / "scan.pdf", pages)


def write_damaged_pdf(folder: Path, images: list[Image.Image], pages: list[RenderedPage], grade: str) -> None:
    """A PDF with a text layer as an engine leaves it that knows no Vietnamese."""
    out: list[PdfPage] = []
    for number, (image, page) in enumerate(zip(images, pages, strict=True), 1):
        placed = [word for word in page.words if word.text]
        texts = garble([word.text for word in placed], seed=number)
        words = tuple(
            LayerWord(text, word.left, word.top + BASELINE * word.size, word.width, word.size)
            for text, word in zip(texts, placed, strict=True)
        )
        out.append(PdfPage(image, GRADES[grade].dpi, GRADES[grade].jpeg, words))
    write_pdf(folder / "scan.pdf", out)


def write_fax_tiff(folder: Path, images: list[Image.Image], _pages: list[RenderedPage], grade: str) -> None:
    """A multi-page TIFF in black and white, Group 4."""
    first, *rest = [as_bilevel(image) for image in images]
    dpi = (GRADES[grade].dpi, GRADES[grade].dpi)
    first.save(folder / "scan.tif", save_all=True, append_images=rest, compression="group4", dpi=dpi)


def write_jpeg_tiff(folder: Path, images: list[Image.Image], _pages: list[RenderedPage], grade: str) -> None:
    """A multi-page grey TIFF, JPEG inside."""
    first, *rest = [image.convert("L") for image in images]
    settings = GRADES[grade]
    dpi = (settings.dpi, settings.dpi)
    first.save(
        folder / "scan.tif",
        save_all=True,
        append_images=rest,
        compression="jpeg",
        quality=settings.jpeg,
        dpi=dpi,
    )


def write_png(folder: Path, images: list[Image.Image], _pages: list[RenderedPage], grade: str) -> None:
    """One PNG a page, in sixteen colours."""
    dpi = (GRADES[grade].dpi, GRADES[grade].dpi)
    for number, image in enumerate(images, 1):
        few_colours(image).save(folder / f"page-{number}.png", optimize=True, dpi=dpi)


def write_jpeg(folder: Path, images: list[Image.Image], _pages: list[RenderedPage], grade: str) -> None:
    """One JPEG a page."""
    settings = GRADES[grade]
    for number, image in enumerate(images, 1):
        image.save(folder / f"page-{number}.jpg", quality=settings.jpeg, dpi=(settings.dpi, settings.dpi))


CASES = (
    Case("ke-hoach-clean", "ke-hoach", "clean", write_image_pdf),
    Case("ke-hoach-hard", "ke-hoach", "hard", write_jpeg_tiff),
    Case("nghi-dinh-clean", "nghi-dinh", "clean", write_fax_tiff),
    Case("nghi-dinh-mild", "nghi-dinh", "mild", write_damaged_pdf),
    Case("quyet-dinh-clean", "quyet-dinh", "clean", write_png),
    Case("quyet-dinh-mild", "quyet-dinh", "mild", write_jpeg),
)


def seed_of(case: Case, number: int) -> int:
    """The seed of a page: the same for a case and page number everywhere, another one for others."""
    return zlib.crc32(f"{case.name}/{number}".encode())


def scan_pages(case: Case) -> tuple[list[Image.Image], list[RenderedPage]]:
    """The scanned pages of a case, before they are stored, and the pages as they were set."""
    pages = list(render(read_draft(DRAFTS / f"{case.draft}.toml")))
    return [scan(page, case.grade, seed_of(case, number)) for number, page in enumerate(pages, 1)], pages


def expected_fields(draft: Draft) -> dict[str, object]:
    """What should be read from the document: header, closing and outline, lines joined by one blank."""
    openings = ("Căn cứ", "Theo đề nghị")
    bases = [item.text for item in draft.body if item.style == "basis" and item.text.startswith(openings)]
    derived: dict[str, object] = {
        "doc_type": None,
        "issuer": " ".join(draft.issuer),
        "issuer_parent": " ".join(draft.issuer_parent) or None,
        "number": None,
        "notation": None,
        "place": None,
        "date": None,
        "subject": " ".join(draft.subject),
        "legal_bases": bases or None,
        "signer_authority": " ".join(draft.authority) or None,
        "signer_position": " ".join(draft.position),
        "signer_name": draft.name,
        "recipients": [item.removeprefix("- ").rstrip(";.") for item in draft.recipients],
        "outline": [{"title": None} | dict(item.outline) for item in draft.body if item.outline],
        "addressee": None,
    }
    return derived | draft.fields


def write_case(case: Case, output: Path) -> None:
    """Write scan, truth and expected fields of a case into its folder."""
    folder = output / case.name
    folder.mkdir(parents=True, exist_ok=True)
    images, pages = scan_pages(case)
    case.write(folder, images, pages, case.grade)
    (folder / "truth.txt").write_text("\n".join(page.text for page in pages), encoding="utf-8")
    fields = expected_fields(read_draft(DRAFTS / f"{case.draft}.toml"))
    text = json.dumps(fields, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / "expected.json").write_text(text + "\n", encoding="utf-8")


def main() -> None:
    """Write the cases named, or all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("cases", nargs="*", metavar="CASE")
    parser.add_argument("-o", "--output", type=Path, default=Path("samples"))
    arguments = parser.parse_args()
    for case in CASES:
        if not arguments.cases or case.name in arguments.cases:
            write_case(case, arguments.output)


if __name__ == "__main__":
    main()
