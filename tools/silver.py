"""Read scans as silver: what damaged layers of the same scans are compared with, its doubtful words left open.

    python -m tools.silver SCAN.pdf... -o FOLDER [--pages N]

Writes FOLDER/SCAN.txt. The pages are read from their pixels alone, so that a reading owes nothing to the layer that it is to
judge; a word that is less sure than most stands as a letter that no Vietnamese word has.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

from restore.config import Config
from restore.correct.corrector import Correction, correct_scanned
from restore.page import document_text
from restore.reading import read_file

DPI = 300
SURE = 0.97  # nine in ten words of a scan are surer
OPEN = "\N{LATIN LETTER GLOTTAL STOP}"  # a letter, so that it is a word, and no Vietnamese one


def told(correction: Correction) -> str:
    """The words of a reading on one line, doubtful ones left open."""
    words = zip(correction.restored.split(), correction.confidences, strict=True)
    return " ".join(word if confidence >= SURE else OPEN for word, confidence in words)


def page_images(scan: Path, folder: Path, most: int) -> Iterator[Path]:
    """The first pages of a PDF as pictures without a text layer."""
    with pypdfium2.PdfDocument(scan) as document:
        for number in range(min(len(document), most)):
            path = folder / f"{number}.png"
            document[number].render(scale=DPI / 72).to_pil().save(path, dpi=(DPI, DPI))
            yield path


def read_image(path: Path) -> Correction:
    """What restore reads on a page."""
    pages = read_file(path, Config()).pages
    text, spans = document_text(pages)
    return correct_scanned(text, spans, [reading for page in pages for reading in page.readings])


def main() -> None:
    """Read the scans one after the other."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("scans", type=Path, nargs="+")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--pages", type=int, default=10, help="of each scan at most")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    for scan in options.scans:
        with tempfile.TemporaryDirectory() as folder:
            pages = [told(read_image(path)) for path in page_images(scan, Path(folder), options.pages)]
        (options.output / f"{scan.stem}.txt").write_text("\n".join(pages) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
