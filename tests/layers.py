"""Pages with words for the tests of PDFs: lines of text that stand where they are drawn."""

from __future__ import annotations

import html
import re
import subprocess
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

from restore.export.words import PlacedBlock, PlacedLine, PlacedPage, PlacedWord
from restore.page import BBox

LINES = ("ỦY BAN NHÂN DÂN", "Số: 12/QĐ-UBND", "Kế hoạch được phê duyệt,", "nghỉ Tết từ ngày mồng một")


class Found(NamedTuple):
    """A word that pdftotext finds, in points from the page's top left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def placed_word(text: str, box: BBox) -> PlacedWord:
    return PlacedWord(text, box, 0.9, text, 0, 0)


def placed_page(
    lines: tuple[str, ...] = LINES, *, number: int = 1, width: int = 1000, height: int = 1400, turned: int = 0
) -> PlacedPage:
    """Lines of words, 20 pixels a letter, 30 high, from the top left corner of the upright page."""
    across, down = (width, height) if turned in (0, 180) else (height, width)
    rows = []
    for row, line in enumerate(lines):
        words, left = [], 100
        for text in line.split():
            right = left + 20 * len(text)
            box = BBox(left, 150 + 80 * row, right, 180 + 80 * row)
            words.append(placed_word(text, as_scanned(box, across, down, turned)))
            left = right + 15
        rows.append(PlacedLine(tuple(words)))
    return PlacedPage(number, width, height, 200, (PlacedBlock("body", tuple(rows)),), turned)


def as_scanned(box: BBox, width: int, height: int, turned: int) -> BBox:
    """A box of the upright page where it stood before the page was turned counter-clockwise."""
    if turned == 90:
        return BBox(height - box.bottom, box.left, height - box.top, box.right)
    if turned == 180:
        return BBox(width - box.right, height - box.bottom, width - box.left, height - box.top)
    if turned == 270:
        return BBox(box.top, width - box.right, box.bottom, width - box.left)
    return box


def picture(
    width: int = 1000, height: int = 1400, form: str = "JPEG", mode: str = "L", **options: object
) -> bytes:
    """A gray picture with a pattern, so that two are not the same by chance."""
    pixels = (np.add.outer(np.arange(height), np.arange(width)) % 251).astype(np.uint8)
    target = BytesIO()
    Image.fromarray(pixels).convert(mode).save(target, form, dpi=(200, 200), **options)
    return target.getvalue()


def found_words(data: bytes, path: Path) -> list[list[Found]]:
    """The words that pdftotext finds on each page."""
    path.write_bytes(data)
    shown = subprocess.run(
        ["pdftotext", "-bbox", path, "-"], capture_output=True, check=True, text=True
    ).stdout
    sides = r'<word xMin="(-?[\d.]+)" yMin="(-?[\d.]+)" xMax="(-?[\d.]+)" yMax="(-?[\d.]+)">(.*?)</word>'
    return [
        [Found(html.unescape(text), *map(float, box)) for *box, text in re.findall(sides, page)]
        for page in shown.split("<page ")[1:]
    ]


def text_of(data: bytes, path: Path, *options: str) -> str:
    """What pdftotext makes of a file."""
    path.write_bytes(data)
    return subprocess.run(
        ["pdftotext", *options, path, "-"], capture_output=True, check=True, text=True
    ).stdout
